"""The scenes of a bureau's workplace (省局)."""

from desktop.installed.workplaces import BUREAU
from desktop.pages.first_start import FirstStart
from desktop.program.app import Program

_BUREAU = {"name": "示例省知识产权局", "contact": "周敏", "phone": "027-8700 0001"}


def first_start(program: Program) -> None:
    """The first page, put to a bureau and filled in."""
    window = program.window
    assert isinstance(window, FirstStart)
    window.workplace.buttons[BUREAU].click()
    for name, words in _BUREAU.items():
        window.fields[name].setText(words)
    window.folder.setText("D:\\开放许可资料")
    window.fields["name"].setFocus()
