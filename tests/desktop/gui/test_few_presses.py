"""From a clean workbook of fifty patents to the mail draft: every click and key is counted."""

import email
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from desktop.desk import Desk
from desktop.importing import ImportPage
from desktop.main_window import MainWindow
from desktop.register import RegisterPage
from desktop.sample import OFFICE
from forms.patent_number import check_character
from tests.desktop.clerk import GOOD
from tests.desktop.gui.hand import CTRL, Hand

MOST_PRESSES = 25
PATENTS = 50
FILE_DIALOG = 2  # a click on the file and one on open: the dialog itself is the system's


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What the system was asked to open."""
    asked: list[Path] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda url: not asked.append(Path(QUrl(url).toLocalFile()))
    )
    return asked


@pytest.fixture
def office(desk: Desk, qtbot: QtBot) -> MainWindow:
    """The window right after the first start: an office, and nothing else."""
    desk.store.set_office(OFFICE)
    made = MainWindow(desk)
    qtbot.addWidget(made)
    desk.notices.show_in(made.notices.show_notice)
    made.resize(1440, 900)
    made.show_place("register")
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


def fifty(folder: Path) -> Path:
    """A clean workbook as an office has it, of fifty patents."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(list(GOOD))
    for place in range(PATENTS):
        digits = f"20181{place + 24046:07d}"
        number = f"ZL{digits}.{check_character(digits)}"
        row = {**GOOD, "专利号": number, "发明创造名称": f"一种示例装置（{place + 1}）"}
        sheet.append(list(row.values()))
    file = folder / "征集汇总.xlsx"
    book.save(file)
    return file


def test_fifty_patents_reach_the_mail_draft_in_few_presses(
    office: MainWindow, qtbot: QtBot, tmp_path: Path, opened: list[Path]
) -> None:
    hand = Hand(qtbot)
    register = office.page
    assert isinstance(register, RegisterPage)
    hand.waits(register.empty.isVisible)

    office.desk.dialogs.chosen_files = [fifty(tmp_path)]  # type: ignore[attr-defined]
    hand.key(Qt.Key.Key_I, CTRL)
    hand.presses += FILE_DIALOG
    assert isinstance(office.page, ImportPage)
    hand.presses_button(f"导入 {PATENTS} 件")

    hand.waits(lambda: office.page is register and register.model.rowCount() == PATENTS)
    hand.key(Qt.Key.Key_A, CTRL)
    hand.presses_button("加入报送…")
    hand.presses_button("生成报送包")
    hand.presses_button("打开邮件草稿")

    draft = email.message_from_bytes(opened[0].read_bytes())
    assert draft["X-Unsent"] == "1"
    names = [part.get_filename() for part in draft.walk() if part.get_filename()]
    assert len(names) == 2 * PATENTS + 2 + 1  # two papers each, the summary twice, the manifest
    assert hand.presses <= MOST_PRESSES, f"{hand.presses} presses"
