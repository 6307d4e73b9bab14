"""The window around the pages: places, badges, keys, panes, messages, sizes."""

from importlib.util import find_spec

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from db.store_problems import LockedDatabase
from desktop.desk.desk import Desk
from desktop.desk.page_base import Page
from desktop.installed.workplaces import OFFICE
from desktop.screens import catalogue, screens
from desktop.shell import main_window
from desktop.shell.main_window import MainWindow
from desktop.shell.page_table import PAGES, PageRow, rail_of
from desktop.shell.shortcut_sheet import ShortcutSheet


class SaidPage(Page):
    """A page that notes what the window tells it."""

    name = "said"

    @property
    def title(self) -> str:
        return "记事"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.said: list[str] = []
        self.stays = False

    def enter(self, **arguments: object) -> None:
        self.said.append(f"enter {arguments}")

    def refresh(self) -> None:
        self.said.append("refresh")

    def leave(self) -> bool:
        self.said.append("leave")
        return not self.stays


@pytest.fixture
def said(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> SaidPage:
    page = PageRow(
        name="submission",
        module=__name__,
        page="SaidPage",
        waiting=lambda desk: len(desk.store.cases.numbers()),
    )
    window._places = {**window._places, "submission": page}
    window.show_place("submission", {"case_ids": [3]})
    shown = window.page
    assert isinstance(shown, SaidPage)
    return shown


@pytest.mark.parametrize("name", [place.name for place in rail_of(OFFICE)])
def test_every_place_of_the_rail_opens(name: str, window: MainWindow) -> None:
    window._rail.buttons[name].click()
    assert window.page is not None
    assert window.page.name == name
    assert window.page.title in window.windowTitle()
    assert window._rail.buttons[name].isChecked()


@pytest.mark.parametrize("name", list(PAGES))
def test_every_page_is_called_what_it_is_asked_for(name: str) -> None:
    assert PAGES[name].load().name == name


def test_what_is_loaded_ahead_for_a_page_is_there() -> None:
    ahead = [name for page in PAGES.values() for name in page.ahead]
    assert ahead
    assert [name for name in ahead if find_spec(name) is None] == []


def test_a_row_is_all_a_new_page_needs_to_be_drawn_with_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    row = PageRow(name="fees", module=__name__, page="SaidPage", under="register")
    monkeypatch.setattr(catalogue, "PAGES", {**PAGES, "fees": row})
    assert [one.name for one in screens()].count("fees") == 1
    assert [one.name for one in screens()].count("register") == 1


def test_a_page_is_entered_with_its_arguments_then_filled(said: SaidPage) -> None:
    assert said.said == ["enter {'case_ids': [3]}", "refresh"]


def test_a_page_is_filled_again_only_when_something_changed(
    said: SaidPage, window: MainWindow, qtbot: QtBot
) -> None:
    said.said.clear()
    window.show_place("register")
    window.show_place("submission")
    assert "refresh" not in said.said
    window.desk.cases_changed.emit()
    window.desk.cases_changed.emit()
    qtbot.waitUntil(lambda: said.said.count("refresh") == 1)


def test_a_hidden_page_is_filled_when_it_comes_back(said: SaidPage, window: MainWindow) -> None:
    window.show_place("register")
    said.said.clear()
    window.desk.case_saved.emit(1)
    assert said.said == []
    window.show_place("submission")
    assert said.said[-1] == "refresh"


def test_a_page_with_something_in_hand_is_not_left(said: SaidPage, window: MainWindow) -> None:
    said.stays = True
    window._rail.buttons["register"].click()
    assert window.page is said
    assert window._rail.buttons["submission"].isChecked()
    said.stays = False
    window._rail.buttons["register"].click()
    assert window.page is not said


def test_a_page_that_can_not_be_entered_leaves_the_one_that_is_shown(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another program has the data just now: nothing is half here, half there."""
    window.show_place("register")
    shown = window.page
    assert shown is not None
    store = window.desk.store
    case_id = store.register.ids()[0]

    def locked(_: int) -> None:
        raise LockedDatabase(store.path)

    with monkeypatch.context() as patch, pytest.raises(LockedDatabase):
        patch.setattr(store.cases, "one", locked)
        window.show_place("wizard", {"case_id": case_id})
    assert window.page is shown
    assert shown.isVisible()
    window.show_place("wizard", {"case_id": case_id})
    assert window.page is not shown and not shown.isVisible()


def test_a_badge_says_how_many_wait(said: SaidPage, window: MainWindow, qtbot: QtBot) -> None:
    waiting = len(window.desk.store.cases.numbers())
    window.desk.cases_changed.emit()
    button = window._rail.buttons["submission"]
    qtbot.waitUntil(lambda: button.waiting == waiting)
    assert f"{waiting} 项待办" in button.accessibleName()


def test_a_badge_that_can_not_be_counted_yet_is_counted_later_and_nobody_told(
    said: SaidPage, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    button, store = window._rail.buttons["submission"], window.desk.store
    right = len(store.cases.numbers())
    window.desk.cases_changed.emit()  # the window may have counted before it knew of this page
    qtbot.waitUntil(lambda: button.waiting == right)
    asked: list[int] = []

    def numbers() -> list[str]:
        asked.append(1)
        if len(asked) == 1:
            raise LockedDatabase(store.path)
        return ["ZL202110345678.3"] * 7

    monkeypatch.setattr("desktop.desk.unasked.AGAIN_MS", 20)
    monkeypatch.setattr(store.cases, "numbers", numbers)
    window.desk.cases_changed.emit()
    qtbot.waitUntil(lambda: button.waiting == 7)
    assert len(asked) == 2


def test_keys_go_to_places(window: MainWindow, qtbot: QtBot) -> None:
    for keys, name in (
        (Qt.Key.Key_4, "licences"),
        (Qt.Key.Key_1, "overview"),
        (Qt.Key.Key_2, "register"),
    ):
        qtbot.keyClick(window, keys, Qt.KeyboardModifier.ControlModifier)
        assert window.page is not None
        assert window.page.name == name


def test_f6_goes_round_the_panes(window: MainWindow, qtbot: QtBot) -> None:
    window.show_place("settings")
    window._next_pane()
    first = QApplication.focusWidget()
    for _ in range(8):
        window._next_pane()
        if QApplication.focusWidget() is first:
            break
    assert QApplication.focusWidget() is first


def test_the_list_of_keys_names_every_key_of_the_window(window: MainWindow) -> None:
    window.show_keys()
    sheet = next(w for w in QApplication.topLevelWidgets() if isinstance(w, ShortcutSheet))
    words = {label.text() for label in sheet.findChildren(main_window.QWidget) if _has_text(label)}
    assert {"快捷键一览", "Ctrl+1", "F6", "下一个区域"} <= words
    sheet.close()


def _has_text(widget: object) -> bool:
    return hasattr(widget, "text") and isinstance(widget.text(), str)


def test_a_workbook_may_be_dropped_anywhere(window: MainWindow) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/资料/专利.xlsx"), QUrl.fromLocalFile("/资料/图.png")])
    event = QDropEvent(
        QPointF(QPoint(300, 300)),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(event)
    assert window.page is not None
    assert window.page.name == "import"


def test_a_message_is_shown_and_a_graver_one_stays(window: MainWindow) -> None:
    strip = window.notices
    done: list[int] = []
    window.desk.notices.tell("error", "磁盘空间已满。", details="openlicense.db")
    window.desk.notices.tell("done", "已导出 3 份。", action=("打开文件夹", lambda: done.append(1)))
    assert strip.isVisible()
    assert strip.accessibleName() == "完成：已导出 3 份。"
    strip._act()
    assert done == [1]
    assert strip.accessibleName() == "错误：磁盘空间已满。"
    strip._copy_details()
    assert QApplication.clipboard().text() == "openlicense.db"
    window._escape()
    assert not strip.isVisible()


def test_what_is_said_before_there_is_a_window_waits_for_it(
    sample_desk: Desk, qtbot: QtBot
) -> None:
    sample_desk.notices.tell("pending", "有 1 项设置无法读取。")
    window = MainWindow(sample_desk)
    qtbot.addWidget(window)
    sample_desk.notices.show_in(window.notices.show_notice)
    notice = window.notices.notice
    assert notice is not None
    assert notice.text.startswith("有 1 项设置")


def test_the_window_remembers_its_size(window: MainWindow, sample_desk: Desk, qtbot: QtBot) -> None:
    window.resize(900, 640)  # the offscreen screen is 800 wide
    window.close()
    again = MainWindow(sample_desk)
    qtbot.addWidget(again)
    assert (again.width(), again.height()) == (900, 640)


def test_a_small_window_has_its_rail_without_words(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(900, 500)
    qtbot.waitUntil(lambda: window.height() == 500)
    button = window._rail.buttons["register"]
    assert button.height() == 40
    assert "案卷" in button.toolTip()
    assert button.accessibleName() == "案卷"
    assert window.minimumSizeHint().height() <= 500


def test_a_notice_moves_nothing_and_goes_with_its_page(window: MainWindow) -> None:
    before = window.page.geometry() if window.page else None
    tell = window.desk.notices.tell
    tell("pending", "各件均未填写。")
    QApplication.processEvents()
    assert window.page is not None
    assert window.page.geometry() == before
    tell("error", "磁盘空间已满。")
    QApplication.processEvents()
    window.show_place("parties")
    assert [one.text for one in window.notices._kept] == ["磁盘空间已满。"]


def test_what_is_done_goes_once_its_window_was_in_front(window: MainWindow, qtbot: QtBot) -> None:
    strip, other = window.notices, QWidget()
    qtbot.addWidget(other)
    strip._goes.setInterval(20)
    with qtbot.waitActive(other):
        other.show()
        other.activateWindow()
    window.desk.notices.tell("done", "已导出 3 份。")
    qtbot.wait(100)
    assert strip.notice is not None  # the clerk is elsewhere and has not read it
    window.activateWindow()
    qtbot.waitUntil(lambda: strip.notice is None)
    window.desk.notices.tell("error", "磁盘空间已满。")
    window.desk.notices.tell("done", "已保存。")
    with qtbot.waitActive(other):
        other.activateWindow()
    window.activateWindow()
    qtbot.waitUntil(lambda: len(strip._kept) == 1)
    qtbot.wait(100)
    assert [one.text for one in strip._kept] == ["磁盘空间已满。"]


def test_what_is_said_for_the_page_to_come_stays(window: MainWindow) -> None:
    window.desk.notices.tell("pending", "已经导入。")
    window.show_place("parties")
    assert window.notices.isVisible()


def test_a_work_stands_on_the_rail_once_the_office_does_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = PageRow(name="sync", module=__name__, page="SaidPage", icon="list", work="work.pool")
    monkeypatch.setattr(main_window, "rail_of", lambda _place: (*rail_of(OFFICE), row))
    monkeypatch.setattr(main_window, "PAGES", {**PAGES, "sync": row})
    made = main_window.MainWindow(desk)
    assert made._rail.buttons["sync"].isHidden()
    desk.settings.set("work.pool", True)
    assert not made._rail.buttons["sync"].isHidden()
    made.close()
    made.deleteLater()
