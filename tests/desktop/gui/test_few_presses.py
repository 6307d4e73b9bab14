"""From a workbook of fifty patents to the mail draft: every click and key is counted.

A clean workbook, and one as a department exports it: odd headings, one column of fees, and
answers that no row has.
"""

import email
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from desktop.desk.desk import Desk
from desktop.pages.import_sheets import ImportPage
from desktop.pages.register import RegisterPage
from desktop.pages.register.bulk_sheet import BulkSheet
from desktop.program.sample import OFFICE
from desktop.shell.main_window import MainWindow
from forms.facts.patent_number import check_character
from tests.desktop.clerk import GOOD
from tests.desktop.gui.hand import CTRL, Hand

MOST_PRESSES = 8
MOST_OF_A_TYPICAL_EXPORT = 30
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
    desk.store.parties.set_office(OFFICE)
    made = MainWindow(desk)
    qtbot.addWidget(made)
    desk.notices.show_in(made.notices.show_notice)
    made.resize(1440, 900)
    made.show_place("register")
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


TYPICAL = {
    "申请号": "专利号",
    "成果名称": "发明创造名称",  # odd: to be said
    "权利人": "专利权人",
    "申请日": "申请日",
    "授权公告日": "授权公告日",
    "开放截止": "许可期限届满日",  # odd: to be said
    "收费方式": "许可使用费方式",
    "许可费（万元）": "总付金额",  # one column of fees
    "付款期限": "付款期限(日)",
    "法律状态": "专利法律状态",
    "开放范围": "开放范围",
    "对接老师": "收件人",  # odd: to be said
    "手机": "联系电话",
    "通信地址": "联系地址",
    "邮编": "邮编",
    "邮箱": "电子邮件",
}
"""Heading of a department's list -> the template's; ③, ④ and 单次许可期限 are nowhere."""


def clean(folder: Path) -> Path:
    """A clean workbook as an office has it, of fifty patents."""
    return fifty(folder, {name: name for name in GOOD}, GOOD)


def typical(folder: Path) -> Path:
    """A list as a department exports it."""
    fee = {"许可使用费方式": "一次付清", "总付金额": "5", "付款期限(日)": "30"}
    return fifty(folder, TYPICAL, {**GOOD, **fee})


def fifty(folder: Path, columns: Mapping[str, str], said: Mapping[str, str]) -> Path:
    """A workbook of fifty patents: heading -> the template's, and what each row says there."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(list(columns))
    for place in range(PATENTS):
        digits = f"20181{place + 24046:07d}"
        number = f"ZL{digits}.{check_character(digits)}"
        row = {**said, "专利号": number, "发明创造名称": f"一种示例装置（{place + 1}）"}
        sheet.append([row[name] for name in columns.values()])
    file = folder / "征集汇总.xlsx"
    book.save(file)
    return file


@pytest.fixture
def hand(office: MainWindow, qtbot: QtBot) -> Hand:
    """A hand at the window, before anything is in it."""
    made = Hand(qtbot)
    register = office.page
    assert isinstance(register, RegisterPage)
    made.waits(register.empty.isVisible)
    return made


def chooses(hand: Hand, office: MainWindow, file: Path) -> ImportPage:
    """Choose a workbook to import."""
    office.desk.dialogs.chosen_files = [file]  # type: ignore[attr-defined]
    hand.key(Qt.Key.Key_I, CTRL)
    hand.presses += FILE_DIALOG
    page = office.page
    assert isinstance(page, ImportPage)
    return page


def imports(hand: Hand, office: MainWindow) -> RegisterPage:
    """Import what was shown."""
    hand.presses_button(f"导入 {PATENTS} 件")
    hand.waits(lambda: isinstance(office.page, RegisterPage))
    register = office.page
    assert isinstance(register, RegisterPage)
    hand.waits(lambda: register.model.rowCount() == PATENTS)
    return register


def goes_to_the_mail_draft(hand: Hand, opened: list[Path]) -> None:
    """From the list of what was imported to the draft."""
    hand.key(Qt.Key.Key_A, CTRL)
    hand.presses_button("加入报送…")
    hand.presses_button("生成报送包")
    hand.presses_button("打开邮件草稿")
    draft = email.message_from_bytes(opened[0].read_bytes())
    assert draft["X-Unsent"] == "1"
    names = [part.get_filename() for part in draft.walk() if part.get_filename()]
    assert len(names) == 2 * PATENTS + 2 + 1  # two papers each, the summary twice, the manifest


def test_fifty_patents_reach_the_mail_draft_in_few_presses(
    office: MainWindow, hand: Hand, tmp_path: Path, opened: list[Path]
) -> None:
    chooses(hand, office, clean(tmp_path))
    imports(hand, office)
    goes_to_the_mail_draft(hand, opened)
    assert hand.presses <= MOST_PRESSES, f"{hand.presses} presses"


@pytest.mark.qt_log_ignore("does not support raise", "does not support grabbing")
def test_a_typical_export_reaches_the_mail_draft_in_few_presses(
    office: MainWindow, hand: Hand, tmp_path: Path, opened: list[Path]
) -> None:
    page = chooses(hand, office, typical(tmp_path))
    for heading, words, path in (
        ("成果名称", "名称", "patent.title"),
        ("开放截止", "届满", "offer_end"),
        ("对接老师", "收件", "contact.name"),
    ):
        hand.waits(lambda heading=heading: heading in page.columns.combos)
        hand.clicks(page.columns.combos[heading])
        hand.types(words)
        hand.key(Qt.Key.Key_Return)
        hand.waits(
            lambda heading=heading, path=path: (
                page.columns.combos[heading].currentData() == path and not page._is_looking()
            )
        )
    register = imports(hand, office)

    hand.presses_button("统一填写空栏")
    hand.waits(lambda: isinstance(register.doing.sheet, BulkSheet))
    sheet = register.doing.sheet
    assert isinstance(sheet, BulkSheet)
    hand.waits(sheet.isActiveWindow)
    assert [field.label for field in sheet._fields if not sheet._rows[field.path].isHidden()] == [
        "自行实施专利的情况",
        "许可他人实施专利的状况",
        "单次许可期限",
    ]
    hand.key(Qt.Key.Key_1)  # 未自行实施
    hand.key(Qt.Key.Key_Tab)
    hand.key(Qt.Key.Key_1)  # 未许可他人
    hand.key(Qt.Key.Key_Tab)
    hand.types("3年")
    hand.key(Qt.Key.Key_Return)
    hand.waits(lambda: register.doing.sheet is None)
    hand.waits(lambda: not register.settler._running)

    goes_to_the_mail_draft(hand, opened)
    numbers = {one.case.royalty.lump_sum.amount for one in office.desk.store.cases.listed()}
    assert numbers == {50_000}
    assert hand.presses <= MOST_OF_A_TYPICAL_EXPORT, f"{hand.presses} presses"
