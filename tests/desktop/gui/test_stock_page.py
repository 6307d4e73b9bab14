"""Taking stock at the window: typed into the grid, pasted, filled down, undone; two at once."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from db.store import open_store
from db.store_problems import LockedDatabase
from desktop.desk.desk import Desk
from desktop.pages.stock import StockPage
from desktop.pages.stock_return import StockReturnPage
from desktop.parts.notices import Notice
from desktop.parts.question import AskText
from desktop.screens.stock_scenes import stocked
from desktop.shell.main_window import MainWindow
from forms.office.stocktaking import close_round
from forms.stock.records import STOCK, Answer, values_of
from tests.desktop.gui.seat import AnsweringDialogs

COUNT = 12
STARS, WORKING, WILLING, USE = 7, 3, 4, 6  # columns


BEGINS_AT = ""


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> StockPage:
    """The page with twelve patents in stock."""
    desk = window.desk
    stocked(desk.store, COUNT)
    desk.settings.set("work.stock", True)
    desk.go("stock")
    made = window.page
    assert isinstance(made, StockPage)
    qtbot.waitUntil(lambda: len(made.table.rows) == COUNT)
    return made


def kept(desk: Desk, record: int, item: str) -> tuple[str, ...]:
    return values_of(desk.store.records.of(STOCK).get(record).record.answers, item)


def press(
    widget: QWidget, key: Qt.Key, mods: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    QTest.keyClick(widget, key, mods)


def test_what_is_typed_into_a_cell_is_down_at_once_and_undone(
    page: StockPage, qtbot: QtBot
) -> None:
    first = page.table.rows[0].id
    before = kept(page.desk, first, "stars")
    page.table.choose_cell(0, STARS)
    press(page.table.viewport(), Qt.Key.Key_2)
    (editor,) = page.table.viewport().findChildren(QLineEdit)
    press(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: kept(page.desk, first, "stars") == ("2",))
    answer = page.desk.store.records.of(STOCK).get(first).record.answers["stars"]
    assert answer.by == page.desk.who
    assert page.table.currentIndex().row() == 1, "Enter goes on to the cell below"
    page.saver.undo()
    assert kept(page.desk, first, "stars") == before


def test_a_text_is_down_before_its_cell_is_closed(page: StockPage, qtbot: QtBot) -> None:
    first = page.table.rows[0].id
    page.table.choose_cell(0, USE)
    press(page.table.viewport(), Qt.Key.Key_A)
    (editor,) = page.table.viewport().findChildren(QLineEdit)
    press(editor, Qt.Key.Key_B)
    qtbot.waitUntil(lambda: kept(page.desk, first, "use") == ("ab",))
    press(editor, Qt.Key.Key_C)
    assert (page.table.is_editing, editor.text()) == (True, "abc")


def test_chinese_is_typed_straight_into_a_cell(page: StockPage, qtbot: QtBot) -> None:
    first = page.table.rows[0].id
    page.table.setFocus()
    page.table.choose_cell(0, USE)
    QApplication.sendEvent(page.table, QInputMethodEvent("qiao", []))
    (editor,) = page.table.viewport().findChildren(QLineEdit)
    done = QInputMethodEvent()
    done.setCommitString("桥梁养护")
    QApplication.sendEvent(editor, done)
    press(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: kept(page.desk, first, "use") == ("桥梁养护",))


def test_a_block_is_copied_pasted_filled_down_and_emptied(page: StockPage) -> None:
    ids = [row.id for row in page.table.rows]
    QGuiApplication.clipboard().setText("产业化\t许可、转让\n自行实施\t不愿转化\n")
    page.table.choose_cell(1, WORKING)
    page.table.paste()
    assert [kept(page.desk, one, "working") for one in ids[1:3]] == [("industrial",), ("own",)]
    assert kept(page.desk, ids[1], "willing") == ("license", "transfer")
    page.table.selectionModel().clear()
    page.table.choose_cell(1, WORKING)
    page.table.copy()
    assert QGuiApplication.clipboard().text() == "产业化\n"
    page.table.choose_cell(2, WORKING)
    press(page.table, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert kept(page.desk, ids[2], "working") == ("industrial",)
    press(page.table, Qt.Key.Key_Delete)
    assert kept(page.desk, ids[2], "working") == ()
    assert "working" in page.table.rows[2].lacking


def test_what_is_no_answer_stays_as_typed_and_is_told(page: StockPage, told: list[Notice]) -> None:
    first = page.table.rows[0]
    QGuiApplication.clipboard().setText("十分好")
    page.table.choose_cell(0, STARS)
    page.table.paste()
    answer = page.desk.store.records.of(STOCK).get(first.id).record.answers["stars"]
    assert (answer.values, answer.unread) == ((), "十分好")
    assert "不是星级" in told[-1].text
    assert page.table.rows[0].is_unread("stars")


def test_what_another_clerk_wrote_meanwhile_is_never_written_over(
    page: StockPage, told: list[Notice]
) -> None:
    first = page.table.rows[0].id
    with open_store(page.desk.store.path, now=page.desk.now) as other:
        shelf = other.records.of(STOCK)
        record = shelf.get(first)
        answers = record.record.answers | {"stars": Answer(values=("5",), by="王敏")}
        theirs = msgspec.structs.replace(record.record, answers=answers)
        shelf.save(first, theirs, revision=record.revision)
    QGuiApplication.clipboard().setText("一星")
    page.table.choose_cell(0, STARS)
    page.table.paste()
    assert kept(page.desk, first, "stars") == ("5",)
    assert "别人" in told[-1].text
    assert page.table.rows[0].texts["stars"] == "五星", "theirs is shown"
    QGuiApplication.clipboard().setText("中试")
    page.table.choose_cell(0, 5)
    page.table.paste()
    assert kept(page.desk, first, "maturity") == ("pilot",), "another cell is nobody's conflict"


def test_what_another_saves_does_not_close_the_cell_that_is_typed_into(
    page: StockPage, qtbot: QtBot
) -> None:
    first, second = (row.id for row in page.table.rows[:2])
    page.table.choose_cell(0, USE)
    press(page.table.viewport(), Qt.Key.Key_A)
    (editor,) = page.table.viewport().findChildren(QLineEdit)
    with open_store(page.desk.store.path, now=page.desk.now) as other:
        shelf = other.records.of(STOCK)
        record = shelf.get(second)
        answers = record.record.answers | {"stars": Answer(values=("5",), by="王敏")}
        shelf.save(second, msgspec.structs.replace(record.record, answers=answers))
    page.desk.cases_changed.emit()
    qtbot.waitUntil(lambda: page._is_behind)
    assert page.table.is_editing
    editor.setText("轨道检测")
    press(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.table.rows[1].texts["stars"] == "五星")
    assert kept(page.desk, first, "use") == ("轨道检测",)
    assert page.table.rows[0].texts["use"] == "轨道检测"


def test_the_pane_answers_too_and_colleges_narrow_the_grid(page: StockPage) -> None:
    page.colleges.choose("土木学院")
    assert {row.found.college for row in page.table.rows} == {"土木学院"}
    row = page.table.rows[0]
    page.table.choose_cell(0, 0)
    page.pane.fields["stars"].stars._choose(1)
    assert kept(page.desk, row.id, "stars") == ("1",)
    page.colleges.choose("")
    page.standing.setCurrentIndex(page.standing.findData("open"))
    page.standing.activated.emit(0)
    assert all(not one.is_complete for one in page.table.rows)


def test_cases_are_made_of_those_ticked_and_never_twice(
    page: StockPage, qtbot: QtBot, told: list[Notice]
) -> None:
    before = len(page.desk.store.cases.listed())
    page.table.grid_model.tick([0, 1])
    page.bulk.cases.click()
    qtbot.waitUntil(lambda: len(page.desk.store.cases.listed()) == before + 2)
    made = page.desk.store.cases.listed()[-1]
    assert made.case.patent.title == page.table.rows[1].found.title
    qtbot.waitUntil(lambda: not page.desk.jobs.running)
    page.table.grid_model.tick([0, 1, 2])
    page.bulk.cases.click()
    qtbot.waitUntil(lambda: len(page.desk.store.cases.listed()) == before + 3)
    qtbot.waitUntil(lambda: any("2 件已有案卷" in one.text for one in told))


def test_a_case_made_of_the_one_in_hand_leaves_the_ticks_of_others(
    page: StockPage, told: list[Notice], qtbot: QtBot
) -> None:
    _, second, third = (row.id for row in page.table.rows[:3])
    page.table.grid_model.tick([1, 2])
    page.table.choose_cell(0, 0)
    page.does.make_case()
    qtbot.waitUntil(lambda: bool(told))
    assert page.table.grid_model.keys == {second, third}
    page.does.bulk("cases")
    qtbot.waitUntil(lambda: len(told) == 2)
    assert page.table.grid_model.keys == set()


def test_a_workbook_goes_out_and_comes_back(
    page: StockPage, qtbot: QtBot, tmp_path: Path, window: MainWindow
) -> None:
    dialogs = page.desk.dialogs
    assert isinstance(dialogs, AnsweringDialogs)
    dialogs.chosen_folder = tmp_path / "发出"
    dialogs.chosen_folder.mkdir()
    page.does.send()
    back = tmp_path / "发出" / "存量专利盘点表_材料学院.xlsx"
    qtbot.waitUntil(lambda: back.exists() and not page.desk.jobs.running)
    changed(back, lambda sheet, column: sheet.cell(2, column).__setattr__("value", "隧道巡检"))
    page.desk.go("stock_return", files=[back])
    looked = window.page
    assert isinstance(looked, StockReturnPage)
    qtbot.waitUntil(lambda: bool(looked.table.rows))
    (change,) = looked.look.plan.changes if looked.look else ()
    assert (change.standing, change.is_taken) == ("changed", True)
    looked.take()
    qtbot.waitUntil(lambda: kept(page.desk, change.patent.id, "use") == ("隧道巡检",))
    qtbot.waitUntil(lambda: looked.look is not None and not looked.look.plan.changes)


def changed(path: Path, change: Callable[..., object]) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book["盘点表"]
    (column,) = (cell.column for cell in sheet[1] if cell.value == "应用场景")
    change(sheet, column)
    book.save(path)


def test_another_way_is_chosen_with_a_reason_and_the_suggestion_comes_back(
    page: StockPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desktop.pages.stock.stock_columns import path_word
    from desktop.pages.stock.way_sheets import OtherWaySheet

    page.table.choose_cell(1, 0)
    row = page.pane.shown
    assert row is not None
    before = path_word(row)
    assert before is not None
    assert before.word == "开放许可"

    def answer(sheet: OtherWaySheet) -> bool:
        assert not sheet.yes.isEnabled(), "a reason is asked for"
        sheet.way.setCurrentIndex(sheet.way.findData("pool"))
        sheet.reason.setText("池内已有同类专利")
        return sheet.yes.isEnabled()

    monkeypatch.setattr(page.desk.dialogs, "agrees", answer)
    page.weighs.other()
    chosen = page.desk.store.records.of(STOCK).get(row.id).record.path
    assert chosen is not None
    assert (chosen.path, chosen.by) == ("pool", page.desk.who)
    shown = path_word(page.table.rows[1])
    assert shown is not None
    assert (shown.word, shown.reason) == ("入池", "池内已有同类专利")
    page.pane.ways.open_way("restore")
    assert "现在不可以" in page.pane.ways.ways["restore"].toolTip()


def test_a_patent_is_graded_with_weights_in_sight_and_priced_for_one_and_for_many(
    page: StockPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desktop.pages.stock.grade_sheet import GradeSheet
    from forms.stock.grading import GRADINGS

    page.table.choose_cell(1, 0)

    def answer(sheet: GradeSheet) -> bool:
        assert "还缺" in sheet.told.text()
        for spin in sheet.marks.values():
            spin.setValue(4)
        assert sheet.told.text() == "80.0 分　甲级"
        sheet.given.setCurrentIndex(sheet.given.findData("b"))
        assert not sheet.yes.isEnabled(), "a reason is asked for"
        sheet.reason.setText("市场尚小")
        sheet.base.setText("一百万")
        assert "不是数" in sheet.price.text()
        sheet.base.setText("900,000")
        sheet.licensees.setValue(3)
        assert "预计 10 家，每家 90,000.00 元" in sheet.price.text()
        return sheet.yes.isEnabled()

    monkeypatch.setattr(page.desk.dialogs, "agrees", answer)
    page.weighs.grade()
    (kept_,) = page.desk.store.records.of(GRADINGS).listed()
    assert (kept_.record.grade, kept_.record.weights["legal_stable"]) == ("b", 15)
    loaded = page.loaded
    qtbot.waitUntil(lambda: page.loaded is not loaded)
    assert page.loaded is not None
    row = page.pane.shown
    assert row is not None
    assert "乙级　80.0 分" in page.loaded.paths.grade(row.found)


def test_points_weighed_otherwise_change_what_is_suggested(
    page: StockPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desktop.pages.stock.way_sheets import WeightsSheet

    def answer(sheet: WeightsSheet) -> bool:
        sheet.spins["ordinary.license"].setValue(50)
        sheet.weights["legal_stable"].setValue(40)
        return True

    monkeypatch.setattr(page.desk.dialogs, "agrees", answer)
    loaded = page.loaded
    page.weighs.weigh()
    qtbot.waitUntil(lambda: page.loaded is not loaded)
    ways = page.table.rows[1].ways
    assert ways.suggestion.label == "普通许可"


def test_a_line_comes_again_as_it_was_typed_where_it_can_not_be_done(
    page: StockPage, monkeypatch: pytest.MonkeyPatch, told: list[Notice]
) -> None:
    desk, first = page.desk, page.table.rows[0].id
    dialogs = desk.dialogs
    assert isinstance(dialogs, AnsweringDialogs)

    def held(*_: object, **__: object) -> None:
        raise LockedDatabase(desk.store.path)

    dialogs.chosen_text = "已转让"
    page.table.choose_cell(0, STARS)
    with monkeypatch.context() as patch:
        patch.setattr("forms.office.stocktaking.take_out", held)
        page.does.take_out()
    assert dialogs.refused == [str(LockedDatabase(desk.store.path))]
    assert isinstance(dialogs.sheets[-1], AskText)
    assert dialogs.sheets[-1].line.text() == "已转让"
    assert told == []
    page.does.take_out()
    assert desk.store.records.of(STOCK).get(first).record.is_out


def test_a_round_is_named_anew_where_there_is_one_of_that_name(page: StockPage) -> None:
    dialogs = page.desk.dialogs
    assert isinstance(dialogs, AnsweringDialogs)
    dialogs.chosen_text = "2022 年下半年"
    page.does.open_round()
    assert dialogs.refused == []
    close_round(page.desk.store, [], page.desk.today)
    page.does.open_round()
    assert dialogs.refused == ["已有名为“2022 年下半年”的盘点，请换一个名称。"]
