"""The 简要说明 at a window: method, base, factors, result, text, and the way back from each."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.pages.wizard import WizardPage
from desktop.pages.wizard.statement_page import StatementPage
from desktop.pages.wizard.statement_references import References
from desktop.shell.main_window import MainWindow
from forms.check.changes import changes
from forms.facts.paths import with_value
from forms.facts.record import Case, Factor
from tests.desktop.gui.seat import type_chinese
from tests.forms.stated import STATED

PACK = "cnipa-2024"


BEGINS_AT = ""


@pytest.fixture
def wizard(window: MainWindow, qtbot: QtBot) -> Iterator[WizardPage]:
    """The window at the statement of a stored declaration."""
    window.activateWindow()
    desk = window.desk
    desk.choose_pack(PACK)
    stored = desk.store.cases.save(STATED)
    desk.go("wizard", case_id=stored.id, path="statement.method")
    page = window.page
    assert isinstance(page, WizardPage)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    yield page
    page.leave()


@pytest.fixture
def writer(wizard: WizardPage) -> StatementPage:
    """Its step."""
    form = wizard.stage.form
    assert isinstance(form, StatementPage)
    return form


def kept(page: WizardPage) -> Case:
    """The case as the store has it."""
    assert page.session.case_id is not None
    page.session.save()
    return page.desk.store.cases.one(page.session.case_id).case


def line(writer: StatementPage, path: str) -> QWidget:
    widget = writer.widget_of(path)
    assert widget is not None
    return widget


def retype(widget: QWidget, text: str) -> None:
    widget.setFocus()
    QTest.keySequence(widget, "Ctrl+A")
    type_chinese(text)


def test_what_is_typed_changes_the_sum_the_text_and_the_count(
    wizard: WizardPage, writer: StatementPage
) -> None:
    assert "51,737 元" in writer.result.accessibleName()
    before = wizard.count.accessibleName()
    retype(line(writer, "statement.licensees"), "10")
    assert "31,042 元" in writer.result.accessibleName()
    assert "高于算得结果" in writer.result.accessibleName()
    assert wizard.count.accessibleName() != before
    assert kept(wizard).statement.licensees == 10
    wizard.undo()
    assert "51,737 元" in writer.result.accessibleName()
    wizard.redo()
    assert kept(wizard).statement.licensees == 10


def test_another_method_asks_another_sentence_and_keeps_the_answers(
    wizard: WizardPage, writer: StatementPage
) -> None:
    pill = next(one for one in writer.method.pills if one.value == "valuation")
    pill.setFocus()
    QTest.keyClick(pill, Qt.Key.Key_Space)
    assert kept(wizard).statement.method == "valuation"
    blank = writer.base.blanks["statement.base_amount"]
    assert blank.text() == "1,660,000"
    wizard.undo()
    assert kept(wizard).statement.method == "statistics"
    assert writer.method.main.accessibleName() == "行业统计数据"


def test_a_factor_is_added_from_the_menu_filled_in_and_taken_away(
    wizard: WizardPage, writer: StatementPage, qtbot: QtBot
) -> None:
    factors = writer.factors
    factors.put_last(Factor(name="剩余保护期"), "value")
    path = "statement.factors.3.value"
    qtbot.waitUntil(lambda: QApplication.focusWidget() is line(writer, path))
    QTest.keyClicks(line(writer, path), "50%")
    assert kept(wizard).statement.factors[3] == Factor(name="剩余保护期", value=Decimal("0.50"))
    factors.remove(1)
    assert [one.name for one in kept(wizard).statement.factors] == [
        *("许可年限", "地域与规模", "剩余保护期"),
    ]
    assert len(factors.rows) == 3
    wizard.undo()
    assert [row.lines["name"].text() for row in factors.rows][1] == "技术成熟度"
    assert "statement.licensees" in factors.lines()


def test_who_types_a_factor_types_on_in_that_one_though_another_takes_one_out_above(
    wizard: WizardPage, writer: StatementPage, qtbot: QtBot
) -> None:
    _, second, third = kept(wizard).statement.factors
    reason = line(writer, "statement.factors.1.reason")
    assert isinstance(reason, QLineEdit)
    reason.setFocus()
    reason.end(False)

    def others_leave(*left: Factor) -> None:
        there = with_value(kept(wizard), "statement.factors", left)
        wizard.desk.store.cases.save(there, case_id=wizard.session.case_id)
        wizard.session.follow()

    others_leave(second, third)
    qtbot.keyClicks(QApplication.focusWidget(), "!")
    second = replace(second, reason=f"{second.reason}!")
    assert kept(wizard).statement.factors == (second, third)
    assert line(writer, "statement.factors.0.reason") is reason
    writer.factors.rows[1].remover.click()  # each is taken away by its own
    assert kept(wizard).statement.factors == (second,)
    wizard.undo()
    reason.setFocus()
    others_leave(third)
    qtbot.keyClicks(QApplication.focusWidget(), "!")
    assert kept(wizard).statement.factors == (third,)


def test_a_factor_that_can_not_be_read_is_kept_and_told(
    wizard: WizardPage, writer: StatementPage
) -> None:
    value = line(writer, "statement.factors.1.value")
    retype(value, "六成")
    value.clearFocus()
    assert kept(wizard).unread == {"statement.factors.1.value": "六成"}
    assert value.property("state") == "error"
    assert "“技术成熟度”的取值" in writer.result.accessibleName()
    writer.factors.remove(0)
    assert kept(wizard).unread == {"statement.factors.0.value": "六成"}


def test_a_part_is_rewritten_and_follows_again(wizard: WizardPage, writer: StatementPage) -> None:
    part = next(one for one in writer.words.parts if one.path.endswith("reckoning"))
    QTest.mouseClick(part.edit, Qt.MouseButton.LeftButton)
    assert part.box.hasFocus()
    retype(part.box, "照中试数据确定。")
    retype(line(writer, "statement.licensees"), "9")
    assert kept(wizard).statement.edited == {"reckoning": "照中试数据确定。"}
    assert part.box.toPlainText() == "照中试数据确定。"
    QTest.mouseClick(part.back, Qt.MouseButton.LeftButton)
    assert kept(wizard).statement.edited == {}
    assert part.box.isHidden()


def test_a_part_that_was_emptied_is_written_by_the_program_again(
    wizard: WizardPage, writer: StatementPage
) -> None:
    part = writer.words.parts[0]
    QTest.mouseClick(part.edit, Qt.MouseButton.LeftButton)
    QTest.keySequence(part.box, "Ctrl+A")
    QTest.keyClick(part.box, Qt.Key.Key_Delete)
    assert part.box.isVisibleTo(writer)
    line(writer, "statement.licensees").setFocus()
    assert part.box.isHidden()
    assert kept(wizard).statement.edited == {}


def test_a_text_of_ones_own_begins_with_what_was_written(
    wizard: WizardPage, writer: StatementPage
) -> None:
    writer.words.way.setFocus()
    QTest.keyClick(writer.words.way, Qt.Key.Key_2)
    assert kept(wizard).statement.text.startswith("一、专利及其实施")
    assert all(part.isHidden() for part in writer.words.parts)
    QTest.keyClick(writer.words.way, Qt.Key.Key_1)
    assert kept(wizard).statement.text == ""
    wizard.undo()
    assert kept(wizard).statement.text.startswith("一、专利及其实施")


def test_too_long_a_statement_is_told_in_the_foot_and_stops_nothing(
    wizard: WizardPage, writer: StatementPage
) -> None:
    wizard.session.draft.put("statement.text", "字" * 2114)
    assert wizard.count.accessibleName() == "一般不超过 2,000 字，现有 2,114 字"
    wizard.open_step("patent")
    assert wizard.count.isHidden()


def test_advertising_is_told_and_taken_out(wizard: WizardPage, writer: StatementPage) -> None:
    reason = line(writer, "statement.factors.1.reason")
    retype(reason, "国内领先，完成中试")
    reason.clearFocus()
    wizard.session.note_step_left("statement")
    problem = next(p for p in wizard.session.problems if p.rule == "statement.advertising")
    wizard.fix(problem)
    assert kept(wizard).statement.factors[1].reason == "，完成中试"


def test_the_history_names_what_changed_of_factors_and_sources(wizard: WizardPage) -> None:
    after = with_value(STATED, "statement.factors.1.value", Decimal("0.7"))
    after = with_value(after, "statement.sources.1.name", "校内决算表")
    after = with_value(after, "statement.edited.review", "照旧。")
    told = {one.box: (one.before, one.after) for one in changes(STATED, after, wizard.session.pack)}
    before, now = told["⑧ 调整因素"]
    assert "技术成熟度 0.60（完成中试）" in before
    assert "技术成熟度 0.7（完成中试）" in now
    assert told["⑧ 数据来源"][1].endswith("；校内决算表")
    assert told["核对与说明（手改）"] == ("", "照旧。")


def test_reference_figures_are_offered_and_a_table_is_taken_in(
    wizard: WizardPage, writer: StatementPage, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["行业", "年份", "平均许可金额", "平均许可年限", "来源"])
    book.worksheets[0].append(["专用设备制造业", 2023, 900000, 3, "某公报"])
    book.save(tmp_path / "行业.xlsx")
    wizard.desk.dialogs.chosen_files = [tmp_path / "行业.xlsx"]  # type: ignore[attr-defined]
    references: References = writer.references
    references.import_file()
    menu = references.menu()
    names = [action.text() for action in menu.actions()]
    own = next(one for one in menu.actions() if "专用设备制造业" in one.text())
    assert any("1,660,000 元" in name for name in names)
    own.trigger()
    statement = kept(wizard).statement
    assert (statement.base_amount, statement.base_note) == (Decimal(900_000), "某公报")
    assert statement.sources[-1].name == "某公报"
    menu.deleteLater()


def test_tab_goes_through_the_step_as_it_stands(writer: StatementPage) -> None:
    writer.method.main.setFocus()
    order = [
        *writer.base.in_order(),
        *(one for row in writer.factors.rows for one in row.lines.values()),
        writer.factors.count,
    ]
    seen: list[QWidget] = []
    for _ in range(80):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget())
    places = [seen.index(widget) for widget in order if widget in seen]
    assert len(places) == len(order)
    assert places == sorted(places)
