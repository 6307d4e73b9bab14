"""The scenes of a bureau's workplace (省局)."""

from desktop.installed.workplaces import BUREAU
from desktop.pages.first_start import Answers, FirstStart
from desktop.pages.intake import IntakePage
from desktop.program.app import Program
from desktop.program.bureau_sample import BUREAU as FACTS
from desktop.screens.scene_waits import page_shown, settle, until
from forms.bureau.package_care import Standing


def first_start(program: Program) -> None:
    """The first page, put to a bureau and filled in."""
    window = program.window
    assert isinstance(window, FirstStart)
    window.workplace.buttons[BUREAU].click()
    for name, field in window.fields.items():
        field.setText(getattr(FACTS, name))
    window.region.setCurrentText(FACTS.region)
    window.folder.setText("D:\\开放许可资料")
    window.fields["name"].setFocus()


def begun(program: Program) -> None:
    """The workplace of a bureau that has just begun."""
    program.begin(Answers(FACTS, "hubei-2022", program.folder, BUREAU))


def intake(program: Program) -> None:
    """What came, the altered package in hand, some ticked."""
    page = _intake(program, "altered")
    ready = [place for place, one in enumerate(page.table.rows) if one.standing == "ready"]
    page.table.rows_model.tick(ready)
    settle(100)


def intake_twice(program: Program) -> None:
    """A patent that came from two offices."""
    _intake(program, "duplicate")


def intake_foreign(program: Program) -> None:
    """A package without a manifest."""
    _intake(program, "foreign")


def intake_empty(program: Program) -> None:
    """Nothing has come yet."""
    begun(program)
    page = page_shown(program, IntakePage)
    until(lambda: page.looked is not None)


def _intake(program: Program, stands: Standing) -> IntakePage:
    assert program.desk is not None
    program.desk.go("intake")
    page = page_shown(program, IntakePage)
    until(lambda: page.looked is not None and not page.desk.jobs.running)
    places = [place for place, one in enumerate(page.table.rows) if one.standing == stands]
    page.table.choose(places[0])
    settle(100)
    return page
