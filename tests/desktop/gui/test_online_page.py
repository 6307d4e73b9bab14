"""网上填报 at a window: copied row by row, known after a restart; forty folders in few presses."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import msgspec
import openpyxl
import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from pytestqt.qtbot import QtBot

from desktop.desk.desk import Desk
from desktop.pages.import_sheets import ImportPage
from desktop.pages.register import RegisterPage
from desktop.pages.wizard import WizardPage
from desktop.pages.wizard.online_page import OnlinePage
from desktop.program.sample import OFFICE
from desktop.screens.online_scenes import CASE, STEP
from desktop.shell.main_window import MainWindow
from forms.facts.patent_number import check_character
from forms.facts.record import Case
from tests.desktop.gui.hand import CTRL, Hand
from tests.desktop.gui.seat import LockedOnce
from tests.scans import one_page

PATENTS, MOST_PRESSES = 40, 20
FILE_DIALOG = 2  # a click on the file and one on open: the dialog itself is the system's
ROW = {
    "发明创造名称": "一种示例装置",
    "申请日": "2018-01-10",
    "授权公告日": "2020-06-02",
    "专利权人": "示例大学；示例水环境研究院",
    "许可使用费方式": "免费",
    "许可期限届满日": "2030-12-31",
    "收件人": "张喆",
    "联系地址": "湖北省武汉市洪山区示例路88号",
    "邮编": "430070",
    "联系电话": "027-68880001",
    "电子邮件": "licensing@example.edu.cn",
    "专利法律状态": "有效",
}


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What the system was asked to open."""
    asked: list[Path] = []

    def opens(url: QUrl) -> bool:
        asked.append(Path(url.toLocalFile()))
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", opens)
    return asked


BEGINS_AT = ""


def at_step(window: MainWindow, case: Case = CASE) -> OnlinePage:
    """Open a stored case at the step."""
    window.activateWindow()
    window.desk.choose_pack(case.pack)
    stored = window.desk.store.cases.save(case)
    return again(window, stored.id)


def again(window: MainWindow, case_id: int) -> OnlinePage:
    """Open a case at the step, its widgets made anew."""
    window.desk.go("wizard", case_id=case_id)
    wizard = window.page
    assert isinstance(wizard, WizardPage)
    wizard.open_step(STEP)
    page = wizard.stage.form
    assert isinstance(page, OnlinePage)
    page.rows.setFocus()
    return page


def pasted() -> str:
    return QGuiApplication.clipboard().text()


def states(page: OnlinePage) -> Mapping[str, str]:
    return {one.row.id: one.row.state for one in page.rows.rows}


def current(page: OnlinePage) -> str:
    assert page.rows.current is not None
    return page.rows.current.id


def test_enter_copies_and_goes_on(window: MainWindow, qtbot: QtBot) -> None:
    page, hand = at_step(window), Hand(qtbot)
    hand.key(Qt.Key.Key_Return)
    assert (pasted(), current(page)) == ("ZL202020995106.0", "owners")
    hand.key(Qt.Key.Key_C, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert (pasted(), current(page)) == ("示例大学；示例水环境研究院（武汉）", "way")
    hand.key(Qt.Key.Key_Down)
    hand.key(Qt.Key.Key_Down)
    hand.key(Qt.Key.Key_Up)
    assert current(page) == "standard"
    assert page.rows.accessibleDescription().startswith("第 4 项，专利许可使用费标准，")
    button = page.rows.rows[4].button
    hand.clicks(button)
    assert (pasted(), current(page)) == ("自公告之日起至2027年12月31日", "contact")
    wizard = window.page
    assert isinstance(wizard, WizardPage)
    assert wizard.map.buttons[STEP].words() == "已复制 3 / 10"


def test_what_was_copied_is_known_after_a_restart(window: MainWindow, qtbot: QtBot) -> None:
    page, hand = at_step(window), Hand(qtbot)
    case_id = page.session.case_id
    assert case_id is not None
    for _ in range(3):
        hand.key(Qt.Key.Key_Return)
    store = page.desk.store
    assert list(store.web.copied(case_id)) == ["number", "owners", "way"]
    window.desk.go("register")
    other = store.cases.save(msgspec.structs.replace(CASE, offer_end=date(2029, 1, 1)))
    assert set(states(again(window, other.id)).values()) == {"todo"}
    page = again(window, case_id)
    assert [one for one, state in states(page).items() if state == "copied"] == [
        *("number", "owners", "way")
    ]
    assert current(page) == "standard"
    page.session.draft.type("owners.0.name", "示例学院")
    assert states(page)["owners"] == "changed"
    assert "值已改，请再复制" in page.rows.rows[1]._more.text()


def test_the_promise_is_ticked_and_nothing_is_pasted(window: MainWindow, qtbot: QtBot) -> None:
    page, hand = at_step(window), Hand(qtbot)
    QGuiApplication.clipboard().setText("before")
    for row in page.rows.rows:
        if row.row.id == "promise":
            hand.clicks(row.button)
    assert (pasted(), states(page)["promise"]) == ("before", "ticked")
    hand.clicks(page.start)
    assert set(states(page).values()) == {"todo"}
    assert current(page) == "number"


def test_the_number_is_copied_in_the_writing_chosen(window: MainWindow, qtbot: QtBot) -> None:
    page, hand = at_step(window), Hand(qtbot)
    page.writing.setFocus()
    hand.key(Qt.Key.Key_2)
    page.rows.setFocus()
    hand.key(Qt.Key.Key_Return)
    assert pasted() == "2020209951060"
    page.writing.setFocus()
    hand.key(Qt.Key.Key_Delete)  # one of them always holds
    assert page.writing.value == "digits"
    assert states(page)["number"] == "copied"
    case_id = page.session.case_id
    assert case_id is not None
    window.desk.go("register")
    assert again(window, case_id).writing.value == "digits"
    hand.clicks(page.copy_address)
    assert pasted() == "cponline.cnipa.gov.cn"


def test_what_is_missing_leads_to_where_it_is_filled_in(window: MainWindow, qtbot: QtBot) -> None:
    page = at_step(window, msgspec.structs.replace(CASE, offer_end=None))
    hand = Hand(qtbot)
    (row,) = [one for one in page.rows.rows if one.row.id == "term"]
    assert row.row.state == "missing"
    assert not row.button.isVisible()
    hand.clicks(row)
    hand.key(Qt.Key.Key_Return)  # as 去填 does
    wizard = window.page
    assert isinstance(wizard, WizardPage)
    assert wizard.stage.current == "term"


def test_a_file_from_elsewhere_is_put_in_and_its_folder_opened(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, opened: list[Path]
) -> None:
    page, hand = at_step(window), Hand(qtbot)
    (tmp_path / "评价报告.pdf").write_bytes(one_page("report"))
    window.desk.dialogs.chosen_files = [tmp_path / "评价报告.pdf"]  # type: ignore[attr-defined]
    window.desk.dialogs.chosen_folder = tmp_path / "上传"  # type: ignore[attr-defined]
    hand.waits(lambda: "report" in page.files.rows)
    assert page.files.rows["mandate"].acts == []  # not asked
    wizard = window.page
    assert isinstance(wizard, WizardPage)
    assert wizard.stage.wanting() == "还差 2 项附件，可以先填别的"
    page.put_in("report")
    assert wizard.stage.wanting() == "还差 1 项附件，可以先填别的"
    shown = page.files.rows["report"].upload
    assert (shown.state, shown.name) == ("ready", "2020209951060-report.pdf")
    page.files.rows["report"].open_asked.emit()
    hand.waits(lambda: opened)
    page.files.rows["report"].open_asked.emit()  # it stands as it was made
    assert opened == [tmp_path / "上传" / "2020209951060"] * 2
    assert (opened[0] / "2020209951060-report.pdf").read_bytes() == one_page("report")
    (tmp_path / "评价报告.pdf").write_bytes(one_page("another"))
    page.put_in("report")
    page.files.rows["report"].open_asked.emit()
    hand.waits(lambda: len(opened) > 2)
    assert (opened[2] / "2020209951060-report.pdf").read_bytes() == one_page("another")


@pytest.mark.parametrize("size", [(1440, 900), (1280, 720), (900, 500)])
def test_labels_are_whole_at_every_size(
    window: MainWindow, qtbot: QtBot, size: tuple[int, int]
) -> None:
    window.resize(*size)
    page = at_step(window)
    qtbot.wait(50)
    for row in page.rows.rows:
        label = row._label
        assert label.height() >= label.heightForWidth(label.width())
        assert row.button.width() >= row.button.sizeHint().width()
        value = row._value
        assert value.height() >= value.heightForWidth(value.width())


def test_what_has_gone_out_can_still_be_copied(window: MainWindow) -> None:
    page = at_step(window)
    wizard = window.page
    assert isinstance(wizard, WizardPage)
    wizard.lock(True)
    assert page.isEnabled()
    assert not wizard.stage.is_locked or not wizard._may_change()


@pytest.fixture
def office(desk: Desk, qtbot: QtBot) -> MainWindow:
    """The window of an office that works with the statutory pack, and nothing else."""
    desk.store.parties.set_office(OFFICE)
    desk.choose_pack(CASE.pack)
    made = MainWindow(desk)
    qtbot.addWidget(made)
    desk.notices.show_in(made.notices.show_notice)
    made.resize(1440, 900)
    made.show_place("register")
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


def forty(folder: Path) -> Path:
    """A workbook of forty patents."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["专利号", *ROW])
    for place in range(PATENTS):
        digits = f"20181{place + 24046:07d}"
        sheet.append([f"ZL{digits}.{check_character(digits)}", *ROW.values()])
    book.save(folder / "四十件.xlsx")
    return folder / "四十件.xlsx"


@pytest.mark.qt_log_ignore("does not support raise", "does not support grabbing")
def test_forty_patents_reach_their_folders_in_few_presses(
    office: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    hand = Hand(qtbot)
    dialogs = office.desk.dialogs
    dialogs.chosen_files = [forty(tmp_path)]  # type: ignore[attr-defined]
    dialogs.chosen_folder = tmp_path / "上传"  # type: ignore[attr-defined]
    register = office.page
    assert isinstance(register, RegisterPage)
    hand.waits(register.empty.isVisible)
    hand.key(Qt.Key.Key_I, CTRL)
    hand.presses += FILE_DIALOG
    assert isinstance(office.page, ImportPage)
    hand.presses_button(f"导入 {PATENTS} 件")
    hand.waits(lambda: isinstance(office.page, RegisterPage))
    hand.waits(lambda: register.model.rowCount() == PATENTS)
    hand.key(Qt.Key.Key_A, CTRL)
    hand.clicks(register.bulk.more)
    hand.picks("生成网上填报文件夹")
    hand.presses += FILE_DIALOG
    hand.waits(lambda: (tmp_path / "上传" / "list.xlsx").exists())
    folders = [path for path in (tmp_path / "上传").iterdir() if path.is_dir()]
    assert len([one for one in folders if not one.name.startswith(".")]) == PATENTS
    assert hand.presses <= MOST_PRESSES, f"{hand.presses} presses"


def test_what_a_lock_kept_from_being_looked_at_is_looked_at_later(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = at_step(window)
    wizard, store = window.page, window.desk.store
    assert isinstance(wizard, WizardPage)
    stood, copied = dict(wizard._own), LockedOnce(store.path, store.web.copied)
    monkeypatch.setattr("desktop.desk.unasked.AGAIN_MS", 20)
    monkeypatch.setattr(store.web, "copied", copied)
    wizard._stand_anew()
    assert stood and wizard._own == stood
    qtbot.waitUntil(lambda: copied.asked > 1)
    assert page.isVisible()
