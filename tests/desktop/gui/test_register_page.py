"""The register as a clerk uses it: found, ticked, opened, changed many at once, undone."""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
)
from pytestqt.qtbot import QtBot

from db.store_problems import RestoredElsewhere
from desktop.desk.desk import Desk
from desktop.pages.register import RegisterPage
from desktop.pages.register.bulk_bar import CHANGES
from desktop.pages.register.bulk_sheet import BulkSheet
from desktop.pages.register.row_loading import Loader
from desktop.pages.register.shown_rows import COLUMNS
from desktop.pages.register.state_settling import STAMP
from desktop.pages.register.template_sheet import TemplateSheet
from desktop.parts.notices import Notice
from desktop.parts.widgets.one_line import ElidedCombo
from desktop.shell.main_window import MainWindow
from forms.exchange.workbook_reader import read_file
from forms.facts.paths import with_value
from forms.facts.record import Case, Patent
from forms.office.bulk_change import is_shared
from forms.office.templates import keep_template
from tests.desktop.gui.seat import AnsweringDialogs, LockedOnce, words

Asked = list[tuple[str, dict[str, object]]]


@pytest.fixture
def page(sample_desk: Desk, qtbot: QtBot) -> Iterator[RegisterPage]:
    made = RegisterPage(sample_desk)
    qtbot.addWidget(made)
    made.resize(1368, 900)
    made.show()
    qtbot.waitExposed(made)
    made.table.setFocus()
    settled(made, qtbot)
    yield made


def settled(page: RegisterPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not page.settler._running)


@pytest.fixture
def asked(page: RegisterPage) -> Asked:
    """The places the page asks for."""
    heard: Asked = []
    page.desk.place_asked.connect(lambda place, arguments: heard.append((place, arguments)))
    return heard


def key(page: RegisterPage, qtbot: QtBot, key: Qt.Key, *, shift: bool = False) -> None:
    modifier = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    qtbot.keyClick(page.table, key, modifier)


def titles(page: RegisterPage) -> list[str]:
    return [page.model.row_at(place).title for place in range(page.model.rowCount())]


def search(page: RegisterPage, qtbot: QtBot, text: str) -> None:
    page.filters.search.setText(text)
    qtbot.waitUntil(lambda: page.model.filter.text == text)


# --- found ----------------------------------------------------------------------------------


def test_every_case_is_there_with_its_state(page: RegisterPage) -> None:
    total = page.desk.store.register.count()
    assert page.model.rowCount() == total
    assert page.model.counts[""] == total
    assert sum(count for state, count in page.model.counts.items() if state) == total
    assert any(f"共 {total} 件" in one for one in words(page))


def test_one_chinese_character_is_enough(page: RegisterPage, qtbot: QtBot) -> None:
    search(page, qtbot, "茶")
    assert titles(page)
    assert all("茶" in title for title in titles(page))
    search(page, qtbot, "")
    assert page.model.rowCount() == page.desk.store.register.count()


def test_words_kind_owner_and_year_narrow_down(page: RegisterPage, qtbot: QtBot) -> None:
    search(page, qtbot, "zl2021 示例")
    for combo in (page.filters.kind, page.filters.owner, page.filters.year):
        combo.setCurrentIndex(1)
    rows = [page.model.row_at(place) for place in range(page.model.rowCount())]
    assert {row.kind for row in rows} <= {"invention"}
    page.filters.show_all()
    assert page.filters.filter.is_open
    assert page.model.rowCount() == page.desk.store.register.count()


@pytest.fixture
def with_own_facts(page: RegisterPage) -> RegisterPage:
    """Two cases of a department, one of them with notes and inventors of its own."""
    store = page.desk.store
    first, second, *_ = store.register.ids()
    case = with_value(store.cases.one(first).case, "department", "材料学院")
    case = with_value(case, "patent.inventors", ("张喆铉", "王敏"))
    store.cases.save(with_value(case, "notes", "等评价报告<b>"), case_id=first)
    store.cases.save(
        with_value(store.cases.one(second).case, "department", "材料学院"), case_id=second
    )
    page.refresh()
    return page


def test_the_offices_own_facts_are_filtered_searched_and_shown(
    with_own_facts: RegisterPage, qtbot: QtBot, asked: Asked
) -> None:
    page = with_own_facts
    first, second, *_ = page.desk.store.register.ids()
    department, inventor = (page.filters.combos[name] for name in ("department", "inventor"))
    assert department.isVisible()
    department.setCurrentIndex(department.findData("材料学院"))
    assert sorted(page.model.shown_ids()) == [first, second]
    inventor.setCurrentIndex(inventor.findData("王敏"))
    assert page.model.shown_ids() == [first]
    page.filters.show_all()
    search(page, qtbot, "评价报告<")
    assert page.model.shown_ids() == [first]
    qtbot.waitUntil(lambda: "等评价报告<b>" in words(page.summary))
    qtbot.mouseClick(
        next(
            one for one in page.summary.findChildren(QPushButton) if one.text().endswith("改备注")
        ),
        Qt.MouseButton.LeftButton,
    )
    assert asked[-1] == ("wizard", {"case_id": first, "path": "notes"})


def test_where_no_case_names_a_department_none_is_offered(page: RegisterPage) -> None:
    assert not page.filters.combos["department"].isVisible()


def test_the_clerk_chooses_the_columns_and_they_stay(
    with_own_facts: RegisterPage, qtbot: QtBot
) -> None:
    page = with_own_facts
    page.resize(1900, 900)

    def shown(of: RegisterPage) -> set[str]:
        return {n for place, n in enumerate(COLUMNS) if not of.table.isColumnHidden(place)}

    assert not {"inventors", "department"} & shown(page)
    menu = page.columns.menu()
    chosen = {one.text(): one for one in menu.actions()}
    chosen["发明人"].trigger()
    chosen["学院/部门"].trigger()
    chosen["更改"].trigger()
    assert {"inventors", "department", "owners"} <= shown(page)
    assert "changed" not in shown(page)
    place = page.model.place_of(page.desk.store.register.ids()[0])
    cells = {n: page.model.index(place, at).data() for at, n in enumerate(COLUMNS)}
    assert (cells["inventors"], cells["department"]) == ("张喆铉", "材料学院")
    another = RegisterPage(page.desk)
    qtbot.addWidget(another)
    assert another.table.wanted == page.table.wanted
    page.resize(900, 700)  # what was chosen besides gives way last
    assert {"inventors", "department"} <= shown(page)
    assert "owners" not in shown(page)


def test_states_are_counted_and_chosen(page: RegisterPage, qtbot: QtBot) -> None:
    ready = page.filters.states.buttons["ready"]
    count = page.model.counts["ready"]
    assert str(count) in ready.text()
    qtbot.mouseClick(ready, Qt.MouseButton.LeftButton)
    assert page.model.rowCount() == count
    other = next(one for one in page.filters.states.menu.actions() if one.data() == "licensed")
    other.trigger()
    assert page.filters.states.buttons["more"].isChecked()
    assert page.model.rowCount() == 0
    assert page.none_found.isVisible()


def test_nothing_found_says_so_and_offers_all(page: RegisterPage, qtbot: QtBot) -> None:
    search(page, qtbot, "量子纠缠")
    assert "量子纠缠" in page.none_found.text()
    assert page.escape()
    assert page.model.rowCount() == page.desk.store.register.count()


def test_ctrl_f_goes_to_the_search(page: RegisterPage, qtbot: QtBot) -> None:
    page.search()
    qtbot.waitUntil(page.filters.search.hasFocus)


@pytest.mark.parametrize("column", COLUMNS[1:])
def test_every_column_sorts_both_ways(column: str, page: RegisterPage) -> None:
    page.table._sort(COLUMNS.index(column))
    once = page.model.shown_ids()
    page.table._sort(COLUMNS.index(column))
    assert sorted(once) == sorted(page.model.shown_ids())
    assert page.model.sorted_by == column


# --- ticked ---------------------------------------------------------------------------------


def test_space_shift_and_ctrl_tick(page: RegisterPage, qtbot: QtBot) -> None:
    page.table.choose_place(0)
    key(page, qtbot, Qt.Key.Key_Space)
    assert page.model.ticked_ids() == page.model.shown_ids()[:1]
    key(page, qtbot, Qt.Key.Key_Down, shift=True)
    key(page, qtbot, Qt.Key.Key_Down, shift=True)
    assert page.model.ticked_ids() == page.model.shown_ids()[:3]
    _click(page, qtbot, 4, Qt.KeyboardModifier.ControlModifier)
    _click(page, qtbot, 6, Qt.KeyboardModifier.ShiftModifier)
    assert page.model.ticked_ids() == [page.model.shown_ids()[n] for n in (0, 1, 2, 4, 5, 6)]
    assert page.bulk.isVisible()
    page.table.tick_all_or_none()
    assert page.model.all_ticked() == Qt.CheckState.Checked
    assert page.escape()
    assert page.model.ticked_ids() == []
    assert not page.bulk.isVisible()
    assert not page.escape()


def test_ticks_stay_while_one_searches_on(page: RegisterPage, qtbot: QtBot) -> None:
    page.model.tick([0])
    first = page.model.ticked_ids()
    search(page, qtbot, "茶")
    assert page.model.ticked_ids() == first
    assert page.model.all_ticked() == Qt.CheckState.PartiallyChecked


# --- the case in hand -------------------------------------------------------------------------


def test_the_summary_says_what_is_missing_and_leads_there(
    page: RegisterPage, qtbot: QtBot, asked: Asked
) -> None:
    case_id = page.desk.store.cases.save(Case(pack="hubei-2022", patent=Patent(title="一种桥"))).id
    page.desk.cases_changed.emit()
    page.enter(case_id=case_id)
    qtbot.waitUntil(lambda: page.table.current_id == case_id)
    qtbot.waitUntil(lambda: "一种桥" in "".join(words(page.summary)))
    assert page.summary.primary.text() == "继续填写"
    go = next(one for one in page.summary.findChildren(QPushButton) if "去改正" in one.text())
    go.click()
    place, arguments = asked[-1]
    assert place == "wizard"
    assert arguments["case_id"] == case_id
    assert arguments["path"]


@pytest.mark.parametrize(
    ("what", "place"),
    [
        ("wizard", "wizard"),
        ("mend", "wizard"),
        ("copy", "wizard"),
        ("seals", "seals"),
        ("submission", "submission"),
        ("licences", "licences"),
    ],
)
def test_the_summary_leads_on(what: str, place: str, page: RegisterPage, asked: Asked) -> None:
    page.table.choose_place(0)
    page._show_summary()
    page._do_with_one(what)
    assert asked[-1][0] == place


def test_enter_opens_and_ctrl_d_copies(page: RegisterPage, qtbot: QtBot, asked: Asked) -> None:
    page.table.choose_place(2)
    key(page, qtbot, Qt.Key.Key_Return)
    assert asked[-1] == ("wizard", {"case_id": page.table.current_id})
    page.copy_case()
    assert asked[-1] == ("wizard", {"case_id": None, "copy_of": page.table.current_id})
    page.new_case()
    assert asked[-1] == ("wizard", {"case_id": None})


def test_a_state_that_changes_shows_at_once(page: RegisterPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.filters.states.buttons["ready"], Qt.MouseButton.LeftButton)
    stored = page.desk.store.cases.one(page.model.shown_ids()[0])
    page.filters.show_all()
    past = with_value(stored.case, "offer_end", date(2020, 1, 1))
    page.desk.store.cases.save(past, case_id=stored.id)
    page.desk.licences_changed.emit(stored.id)
    row = page.model.row_at(page.model.place_of(stored.id))
    assert row.state == "faulty"


def test_a_case_saved_elsewhere_comes_to_the_front(page: RegisterPage) -> None:
    last = page.model.shown_ids()[-1]
    stored = page.desk.store.cases.one(last)
    page.desk.store.cases.save(with_value(stored.case, "patent.title", "一种新名"), case_id=last)
    page.desk.case_saved.emit(last)
    assert page.model.row_at(page.model.place_of(last)).title == "一种新名"


# --- many at once -----------------------------------------------------------------------------


def test_a_bulk_change_is_shown_done_and_undone(
    page: RegisterPage, told: list[Notice], qtbot: QtBot
) -> None:
    chosen = page.model.shown_ids()[:3]
    before = {one.id: one.case for one in page.desk.store.cases.listed(ids=chosen)}
    page.model.tick(range(3))
    page.bulk.buttons["contact"].click()
    sheet = _sheet(page)
    assert not sheet.primary.isEnabled()
    cast(QLineEdit, sheet.editors["contact.phone"]).setText("027-8700 0000")
    sheet.show_changes()
    assert sheet.primary.text() == "改 3 件"
    assert {new for change in sheet.changes for _, _, new in change.texts} == {"027-8700 0000"}
    sheet.accept()
    phones = {one.case.contact.phone for one in page.desk.store.cases.listed(ids=chosen)}
    assert phones == {"027-8700 0000"}
    assert "已改 3 件" in told[-1].text
    action = told[-1].action
    assert action is not None
    action[1]()
    assert {one.id: one.case for one in page.desk.store.cases.listed(ids=chosen)} == before
    page.doing.undo()
    assert told[-1].text == "没有可撤销的操作。"


def test_a_case_changed_since_is_left_alone_by_undo(page: RegisterPage, told: list[Notice]) -> None:
    first, second = page.model.shown_ids()[:2]
    page.doing.change("region", [first, second])
    sheet = _sheet(page)
    cast(QLineEdit, sheet.editors["region"]).setText("神农架林区")
    sheet.show_changes()
    sheet.accept()
    stored = page.desk.store.cases.one(first)
    page.desk.store.cases.save(with_value(stored.case, "patent.title", "又有改动"), case_id=first)
    page.doing.undo()
    assert page.desk.store.cases.one(first).case.region == "神农架林区"
    assert page.desk.store.cases.one(second).case.region != "神农架林区"
    assert "又有改动" in told[-1].text or "之后" in told[-1].text


@pytest.mark.parametrize("what", list(CHANGES))
def test_every_sheet_opens_and_may_be_left(what: str, page: RegisterPage) -> None:
    page.doing.change(what, page.model.shown_ids()[:2])
    sheet = _sheet(page)
    assert sheet.first is not None
    assert sheet.focusWidget() is sheet.first
    sheet.reject()
    assert page.doing.sheet is None


def test_enter_does_it_at_once_after_the_last_key(page: RegisterPage, qtbot: QtBot) -> None:
    chosen = page.model.shown_ids()[:2]
    page.doing.change("end", chosen)
    sheet = _sheet(page)
    sheet.activateWindow()
    qtbot.waitUntil(lambda: sheet.focusWidget() is sheet.editors["offer_end"])
    line = sheet.editors["offer_end"]
    assert isinstance(line, QLineEdit)
    line.selectAll()
    qtbot.keyClicks(line, "2029-06-30")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    days = {str(one.case.offer_end) for one in page.desk.store.cases.listed(ids=chosen)}
    assert days == {"2029-06-30"}
    assert page.doing.sheet is None


def test_what_was_typed_on_a_sheet_that_was_left_is_there_again(page: RegisterPage) -> None:
    chosen = page.model.shown_ids()[:2]
    page.doing.change("terms", chosen)
    cast(QPlainTextEdit, _sheet(page).editors["other_terms"]).setPlainText("每年培训一次。")
    _sheet(page).reject()
    page.doing.change("terms", chosen)
    words = cast(QPlainTextEdit, _sheet(page).editors["other_terms"])
    assert words.toPlainText() == "每年培训一次。"
    _sheet(page).show_changes()
    _sheet(page).accept()
    page.doing.change("terms", chosen[:1])
    assert not _sheet(page).kept
    _sheet(page).reject()


def test_every_field_may_be_set_for_many(page: RegisterPage) -> None:
    chosen = page.model.shown_ids()[:2]
    page.doing.change("gaps", chosen)
    sheet = _sheet(page)
    offered = {sheet.further.itemData(place) for place in range(sheet.further.count())}
    asked = {field.path for field in page.desk.pack.fields if is_shared(field)}
    assert offered | set(sheet.editors) >= asked
    sheet.further.setCurrentIndex(sheet.further.findData("patent.pledge"))
    sheet.further.activated.emit(sheet.further.currentIndex())
    sheet.only_blank.setChecked(False)
    pledge = sheet.editors["patent.pledge"]
    assert isinstance(pledge, QComboBox)
    pledge.setCurrentIndex(pledge.findData("none"))
    sheet.show_changes()
    sheet.accept()
    assert {one.case.patent.pledge for one in page.desk.store.cases.listed(ids=chosen)} == {"none"}


def test_a_template_is_put_into_what_is_blank(page: RegisterPage) -> None:
    desk = page.desk
    first, second = page.model.shown_ids()[:2]
    wished = with_value(Case(pack=desk.pack.identity.code), "region", "宜昌市")
    wished = with_value(wished, "other_terms", "每年培训一次。")
    keep_template(desk.store.settings, desk.pack, "宜昌", wished)
    blank = with_value(desk.store.cases.one(first).case, "other_terms", "")
    desk.store.cases.save(blank, case_id=first)
    other = with_value(desk.store.cases.one(second).case, "other_terms", "不变")
    desk.store.cases.save(other, case_id=second)
    page.doing.change("template", [first, second])
    sheet = page.doing.sheet
    assert isinstance(sheet, TemplateSheet)
    sheet.show_changes()
    sheet.accept()
    cases = {one.id: one.case for one in desk.store.cases.listed(ids=[first, second])}
    assert cases[first].other_terms == "每年培训一次。"
    assert cases[first].region == blank.region != "宜昌市"
    assert cases[second] == other


def test_what_can_not_be_read_is_said_on_the_sheet(page: RegisterPage) -> None:
    page.doing.change("end", page.model.shown_ids()[:2])
    sheet = _sheet(page)
    cast(QLineEdit, sheet.editors["offer_end"]).setText("明年某天")
    sheet.show_changes()
    assert not sheet.primary.isEnabled()
    assert "格式有误" in "".join(words(sheet))
    cast(QLineEdit, sheet.editors["offer_end"]).setText("2029-06-30")
    sheet.show_changes()
    assert sheet.primary.isEnabled()
    sheet.reject()


def test_del_bins_and_undo_brings_back(
    page: RegisterPage, qtbot: QtBot, told: list[Notice]
) -> None:
    total = page.desk.store.register.count()
    page.table.choose_place(1)
    gone = page.table.current_id
    key(page, qtbot, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: page.model.rowCount() == total - 1)
    assert page.model.place_of(gone) == -1
    assert "回收站" in told[-1].text
    page.doing.undo()
    qtbot.waitUntil(lambda: page.model.rowCount() == total)


def test_ticked_cases_go_to_submission_or_the_bin(page: RegisterPage, asked: Asked) -> None:
    page.model.tick([0, 1])
    chosen = page.model.ticked_ids()
    page.bulk.buttons["submission"].click()
    assert asked[-1] == ("submission", {"case_ids": chosen})
    assert page.model.ticked_ids() == []
    page.model.tick([0, 1])
    page._do_with_ticked("bin")
    assert {one.id for one in page.desk.store.cases.binned()} == set(chosen)
    page._do_with_ticked("none")
    assert page.model.ticked_ids() == []


def test_many_are_binned_only_when_the_clerk_says_so(page: RegisterPage) -> None:
    dialogs = page.desk.dialogs
    assert isinstance(dialogs, AnsweringDialogs)
    dialogs.says_yes = False
    page.model.tick([0, 1, 2])
    page._do_with_ticked("bin")
    assert dialogs.asked == ["移入回收站 3 件"]
    assert page.desk.store.cases.binned() == []
    assert len(page.model.ticked_ids()) == 3


def test_one_that_was_sent_is_binned_only_when_the_clerk_says_so(
    page: RegisterPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(
        page.desk.dialogs, "confirm", lambda _page, _title, text, _yes, **_: said.append(text)
    )
    (case_id,) = page.model.shown_ids()[:1]
    row = page.model.row_at(0)
    monkeypatch.setattr(
        page.desk.store.register, "rows_of", lambda _ids: [row._replace(state="sent")]
    )
    page.doing.bin([case_id])
    assert f"{row.title}（已报送）" in said[0]


def test_an_emptied_register_shows_the_way_to_the_bin(page: RegisterPage, qtbot: QtBot) -> None:
    page.model.tick_all(True)
    total = page.desk.store.register.count()
    page._do_with_ticked("bin")
    words = f"从回收站取回（{total} 件）…"
    qtbot.waitUntil(lambda: page._empty is not None and page._empty._binned.text() == words)


def test_ticked_cases_go_in_the_order_of_the_workbook_or_of_the_table(page: RegisterPage) -> None:
    page.model.tick([5, 0, 3])
    assert page.model.ticked_in_order() == sorted(page.model.ticked_ids())
    page.model.sort_by("number", descending=True)
    shown = page.model.shown_ids()
    expected = sorted(page.model.ticked_ids(), key=shown.index)
    assert page.model.ticked_in_order() == expected


def test_a_filter_by_state_hides_no_case_that_is_new(page: RegisterPage, qtbot: QtBot) -> None:
    page.filters.states.choose("faulty")
    new = page.desk.store.cases.save(Case(pack=page.desk.pack.identity.code)).id
    page.desk.cases_changed.emit()
    qtbot.waitUntil(lambda: page.model.place_of(new) >= 0)
    assert page.filters.filter.is_open


def test_the_filters_can_be_read_at_any_width(page: RegisterPage, qtbot: QtBot) -> None:
    for wide in (1100, 1368, 1680):
        page.resize(wide, 900)
        page.filters.show_counts(dict.fromkeys(page.model.counts, 12_345))
        qtbot.waitUntil(lambda: _can_be_read(page.filters.states.buttons.values()))
    assert page.filters.states.menu.layoutDirection() == Qt.LayoutDirection.LeftToRight


def test_cases_that_were_sent_are_left_alone_until_the_clerk_says_so(page: RegisterPage) -> None:
    first, second = page.model.shown_ids()[:2]
    page.doing.change("region", [first, second])
    sheet = _sheet(page)
    sheet.lock([first])
    cast(QLineEdit, sheet.editors["region"]).setText("神农架林区")
    sheet.show_changes()
    assert [change.stored.id for change in sheet.changes] == [second]
    sheet.sent_too.setChecked(True)
    sheet.show_changes()
    assert [change.stored.id for change in sheet.changes] == [first, second]
    sheet.reject()


def test_papers_are_exported_where_the_clerk_says(
    page: RegisterPage, qtbot: QtBot, told: list[Notice], tmp_path: Path
) -> None:
    qtbot.mouseClick(page.filters.states.buttons["ready"], Qt.MouseButton.LeftButton)
    case_id = page.model.shown_ids()[0]
    cast(AnsweringDialogs, page.desk.dialogs).chosen_folder = tmp_path / "文书"
    page.doing.export([case_id], "pdf")
    qtbot.waitUntil(lambda: any("已导出" in one.text for one in told))
    assert list((tmp_path / "文书").glob("*.pdf"))


# --- rooms and sizes ---------------------------------------------------------------------------


def test_the_register_goes_into_a_workbook_in_the_order_shown(
    page: RegisterPage, qtbot: QtBot, tmp_path: Path, told: list[Notice]
) -> None:
    page.desk.dialogs.chosen_save = tmp_path / "台账"  # type: ignore[attr-defined]
    page.doing.export_book(page.model.shown_ids())
    qtbot.waitUntil(lambda: any("台账已导出" in notice.text for notice in told))
    [sheet] = read_file(tmp_path / "台账.xlsx")
    assert [row[3] for row in sheet.rows[1:]] == titles(page)


def test_the_summary_gives_way_where_it_is_narrow(window: MainWindow, qtbot: QtBot) -> None:
    page = window.page
    assert isinstance(page, RegisterPage)
    assert page.summary.isVisible()
    window.resize(900, 500)
    qtbot.waitUntil(lambda: page.width() == 828)
    assert window.width() == 900
    qtbot.waitUntil(lambda: not page.summary.isVisible())
    qtbot.waitUntil(lambda: page.table.isColumnHidden(COLUMNS.index("changed")))
    page.toggle_summary()
    assert page.summary.isVisible()
    assert page.summary.geometry().right() <= page.width()
    assert page.escape()
    assert not page.summary.isVisible()


def test_only_some_cases_are_shown_when_asked(page: RegisterPage) -> None:
    some = page.model.shown_ids()[2:4]
    page.enter(only=some, words="刚导入 2 件")
    assert page.model.shown_ids() == some
    assert page.filters.only.isVisible()
    page.filters.only.click()
    assert page.model.rowCount() == page.desk.store.register.count()


def test_very_many_cases_come_in_two_portions(
    page: RegisterPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.pages.register.row_loading.READ_AT_ONCE", 5)
    monkeypatch.setattr("desktop.pages.register.row_loading.READ_FIRST", 4)
    seen: list[int] = []
    page.loader.loaded.connect(lambda rows: seen.append(len(rows.listing.rows)))
    page.loader.load()
    page.loader.load()  # asked again meanwhile
    total = page.desk.store.register.count()
    qtbot.waitUntil(lambda: page.loader.is_whole)
    assert seen[0] == 4
    assert seen[-1] == total
    assert page.model.rowCount() == total


def test_a_search_finds_what_is_not_read_yet(
    page: RegisterPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.pages.register.row_loading.READ_AT_ONCE", 5)
    monkeypatch.setattr("desktop.pages.register.row_loading.READ_FIRST", 1)
    page.loader._soon.setInterval(10**6)
    rows = [row for some in page.desk.store.register.rows() for row in some]
    last = rows[-1]
    page.loader.load()
    assert [row.id for row in page.model.rows] == [rows[0].id]
    page.filters.search.setText(last.title)
    qtbot.waitUntil(lambda: last.id in page.model.shown_ids())
    assert f"已找到 {page.model.rowCount()} 件" in page.head._beside.text()
    monkeypatch.setattr("db.register.MOST_FOUND", 1)
    page.filters.search.setText(last.title[:2])
    qtbot.waitUntil(lambda: "超过 1 件" in page.head._beside.text())
    assert page.model.rowCount() == 1
    page.filters.search.clear()
    qtbot.waitUntil(lambda: page.model.shown_ids() == [rows[0].id])
    page.loader._soon.start(0)
    qtbot.waitUntil(lambda: page.loader.is_whole)
    assert page.model.rowCount() == len(rows)


def test_an_empty_register_offers_three_ways_in(desk: Desk, qtbot: QtBot) -> None:
    page = RegisterPage(desk)
    qtbot.addWidget(page)
    page.show()
    asked: Asked = []
    desk.place_asked.connect(lambda place, arguments: asked.append((place, arguments)))
    assert page.empty.isVisible()
    assert not page.summary.isVisible()
    cast(AnsweringDialogs, desk.dialogs).chosen_files = [Path("清单.xlsx")]
    page.empty.import_asked.emit()
    assert asked[-1] == ("import", {"files": [Path("清单.xlsx")]})
    page.empty.new_asked.emit()
    assert asked[-1][0] == "wizard"
    page.empty.restore_asked.emit()
    assert asked[-1] == ("settings", {"group": "backup"})
    with qtbot.waitSignal(desk.sample_asked):
        page.empty.sample_asked.emit()


def test_states_of_another_pack_are_settled_anew(page: RegisterPage, qtbot: QtBot) -> None:
    store = page.desk.store
    store.settle_by(None)
    case_id = store.cases.save(Case(patent=Patent(title="未核对"))).id
    store.settle_by(page.desk._settled)
    page.desk.cases_changed.emit()
    qtbot.waitUntil(lambda: store.register.rows_of([case_id])[0].state == "drafting")
    qtbot.waitUntil(lambda: page.model.row_at(page.model.place_of(case_id)).state == "drafting")


def test_settling_that_meets_a_restore_elsewhere_bothers_nobody(
    page: RegisterPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled(page, qtbot)
    store, tried = page.desk.store, []

    def restored(name: str, _value: str) -> None:
        tried.append(name)
        raise RestoredElsewhere(store.path)

    store.settings.put(STAMP, "of another day")
    with monkeypatch.context() as beside:
        beside.setattr(store.settings, "put", restored)
        page.settler.start()
        qtbot.waitUntil(lambda: bool(tried))
    page.settler.start()
    qtbot.waitUntil(lambda: store.settings.get(STAMP) not in (None, "of another day"))


def test_the_page_opens_in_the_window(window: MainWindow, qtbot: QtBot) -> None:
    page = window.page
    assert isinstance(page, RegisterPage)
    qtbot.waitUntil(page.table.hasFocus)
    assert isinstance(page.loader, Loader)
    window.show_keys()
    for widget in QApplication.topLevelWidgets():
        if widget is not window:
            widget.close()


# --- helpers ------------------------------------------------------------------------------------


def _sheet(page: RegisterPage) -> BulkSheet:
    sheet = page.doing.sheet
    assert sheet is not None
    return cast(BulkSheet, sheet)


def _can_be_read(buttons: Iterable[QPushButton]) -> bool:
    return all(one.width() >= one.sizeHint().width() for one in buttons)


def _click(page: RegisterPage, qtbot: QtBot, place: int, modifier: Qt.KeyboardModifier) -> None:
    at: QPoint = page.table.visualRect(page.model.index(place, 2)).center()
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, modifier, at)


def test_no_row_has_children(page: RegisterPage) -> None:
    assert page.model.rowCount(page.model.index(0, 0)) == 0
    assert page.model.columnCount(page.model.index(0, 0)) == 0
    assert page.model.data(QModelIndex()) is None


def test_the_filters_look_like_filters(page: RegisterPage, qtbot: QtBot) -> None:
    """A widget that is shown before it has its role is drawn without it, and its words are cut."""
    asked = ElidedCombo()
    asked.setProperty("role", "filter")
    qtbot.addWidget(asked)
    asked.addItem(page.filters.kind.currentText())
    asked.resize(page.filters.kind.size())
    asked.ensurePolished()
    for combo in (page.filters.kind, page.filters.owner, page.filters.year):
        assert frame(combo) == frame(asked)


def frame(widget: QComboBox) -> QColor:
    picture = widget.grab().toImage()
    return picture.pixelColor(0, picture.height() // 2)


def test_a_summary_that_can_not_be_read_yet_comes_later_and_nobody_is_told(
    page: RegisterPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = page.desk.store
    one = LockedOnce(store.path, store.cases.one)
    monkeypatch.setattr("desktop.desk.unasked.AGAIN_MS", 20)
    monkeypatch.setattr(store.cases, "one", one)
    page.table.choose_place(1)
    page._show_summary()
    qtbot.waitUntil(lambda: one.asked > 1)
