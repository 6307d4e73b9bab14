"""概览, 总库, 名册 of a bureau: what is to be done, patents among many, the roll in and out."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import msgspec
import openpyxl
import pytest
from pytestqt.qtbot import QtBot

from db.store import Store
from desktop.desk.desk import Desk
from desktop.installed.settings import Settings
from desktop.installed.workplaces import BUREAU
from desktop.pages.intake import IntakePage
from desktop.pages.province import ProvincePage
from desktop.pages.review import ReviewPage
from desktop.pages.store import StorePage
from desktop.pages.store.licence_sheet import LicenceSheet
from desktop.pages.units import UnitsPage
from desktop.parts.notices import Notice
from desktop.parts.theme.theme import Theme
from desktop.shell import reminder
from desktop.shell.main_window import MainWindow
from forms.bureau.province import keep_term, term_of
from forms.bureau.provincial_store import look_up
from forms.bureau.records import (
    PACKAGE_CASES,
    PACKAGES,
    REPORTED_LICENCES,
    Decision,
    Package,
    PackageCase,
    ReportedLicence,
    State,
)
from forms.bureau.units import EXPERTS, REPORT_TERMS, UNITS, ReportTerm, Unit, quarter_of
from forms.bureau.units_book import write_roll
from forms.facts.record import Case, Party, Patent
from forms.pack.types import Pack
from tests.desktop.gui.seat import NOW, AnsweringDialogs, seat, words

NUMBERS = ("ZL202110771203.0", "ZL202120862680.3", "ZL202010136533.8", "ZL202110781997.9")


@pytest.fixture
def desk(tmp_path: Path, theme: Theme, settings: Settings, pack: Pack) -> Iterator[Desk]:
    """A bureau's desk: one package with four patents in four states; one unit is silent."""
    made = seat(tmp_path / "资料", theme, settings, pack)
    made.workplace = BUREAU
    fill(made.store)
    yield made
    made.close()


def fill(store: Store) -> None:
    store.records.of(UNITS).add_all([Unit(name="示例大学"), Unit(name="江汉示例学院")])
    store.records.of(REPORT_TERMS).add(
        ReportTerm(quarter="2022Q3", due=date(2022, 8, 31), basis="本局通知 第二条")
    )
    package = store.records.of(PACKAGES).add(
        Package(office="示例大学", cases=4, received_at=NOW, sent_to_review=NOW)
    )
    states: tuple[State, ...] = ("passed", "published", "returned", "waiting")
    for place, (number, state) in enumerate(zip(NUMBERS, states, strict=True)):
        case = Case(
            patent=Patent(number=number, title=f"第 {place} 种滤波方法", main_class="G01N33/18"),
            owners=(Party(name="示例大学"),),
        )
        decision = decided(state)
        store.records.of(PACKAGE_CASES).add(
            PackageCase(office="示例大学", case=case, state=state, decision=decision),
            parent=package.id,
        )
    store.records.of(REPORTED_LICENCES).add(
        ReportedLicence(patent_number=NUMBERS[1], licensee="示例电力公司")
    )


def decided(state: State) -> Decision | None:
    at: datetime = NOW
    if state == "returned":
        return Decision(verdict="return", deadline=date(2022, 9, 3), at=at)
    return Decision(verdict="pass", at=at) if state in ("passed", "published") else None


@pytest.fixture
def window(desk: Desk, qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(desk)
    qtbot.addWidget(made)
    made.resize(1440, 900)
    made.show()
    yield made
    made.close()


BEGINS_AT = ""


@pytest.fixture
def overview(window: MainWindow, qtbot: QtBot) -> ProvincePage:
    window.show_place("province")
    page = window.page
    assert isinstance(page, ProvincePage)
    qtbot.waitUntil(lambda: page.looked is not None)
    return page


def stored(window: MainWindow, qtbot: QtBot, **arguments: object) -> StorePage:
    window.show_place("store", arguments)
    page = window.page
    assert isinstance(page, StorePage)
    qtbot.waitUntil(lambda: page.found is not None and not page.desk.jobs.running)
    return page


# --- 概览 ---------------------------------------------------------------------------------


def test_the_overview_says_what_is_late_and_leads_to_where_it_is_done(
    overview: ProvincePage, window: MainWindow, qtbot: QtBot
) -> None:
    kinds = [one.kind for one in overview.table.rows]
    assert kinds == ["unheard", "correction", "review", "publish"]
    assert overview.desk.overdue == 1
    overview.spans.choose("overdue")
    assert [one.kind for one in overview.table.rows] == ["unheard"]
    overview.act(overview.table.rows[0])
    page = window.page
    assert isinstance(page, IntakePage)
    qtbot.waitUntil(lambda: page.looked is not None and not page.desk.jobs.running)
    assert [unit.name for unit in page.looked.silent if page.looked] == ["江汉示例学院"]


def test_a_bar_a_state_and_a_duty_lead_to_their_patents(
    overview: ProvincePage, window: MainWindow, qtbot: QtBot
) -> None:
    assert overview.looked is not None
    correction = next(one for one in overview.table.rows if one.kind == "correction")
    overview.act(correction)
    assert isinstance(window.page, ReviewPage)
    ids = overview.looked.province.units[0].ids
    overview.charts.asked.emit(ids[:1], "示例大学 1 件")
    page = window.page
    assert isinstance(page, StorePage)
    qtbot.waitUntil(lambda: [one.kept.id for one in page.table.rows] == list(ids[:1]))
    assert "只列：示例大学 1 件" in words(page)
    overview.states.state_asked.emit("licensed")
    qtbot.waitUntil(lambda: [one.kept.record.number for one in page.table.rows] == [NUMBERS[1]])


def test_targets_and_the_term_are_the_bureaus_to_say(
    overview: ProvincePage, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert isinstance(desk.dialogs, AnsweringDialogs)
    overview.set_term()
    sheet = desk.dialogs.sheets[-1]
    assert sheet.term.due == date(2022, 8, 31)  # type: ignore[attr-defined]
    overview.set_targets()
    titles = words(desk.dialogs.sheets[-1])
    assert any("列入目录" in one for one in titles)
    assert not any("到账" in one for one in titles)


def test_the_reminder_counts_what_a_bureau_has_to_do(
    window: MainWindow, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reminder, "FIRST_AFTER_MS", 0)
    reminder.Reminder(desk, window)
    qtbot.waitUntil(lambda: desk.overdue == 1)


# --- 总库 ---------------------------------------------------------------------------------


def test_the_store_shows_what_passed_with_its_licences_and_finds_it(
    window: MainWindow, qtbot: QtBot
) -> None:
    page = stored(window, qtbot, state="listed")
    assert [one.kept.record.number for one in page.table.rows] == list(NUMBERS[:2])
    assert [len(one.licences) for one in page.table.rows] == [0, 1]
    page.search.setText("202120862680")
    qtbot.waitUntil(lambda: len(page.table.rows) == 1)
    page.table.choose(0)
    assert page.pane.isVisible() and "示例电力公司" in words(page.pane)


def test_a_licence_is_noted_by_hand_and_what_is_wrong_is_said(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    page = stored(window, qtbot, state="listed")
    sheet = LicenceSheet(page.table.rows[0].kept.record, desk.today)
    qtbot.addWidget(sheet)
    sheet.lines["amount"].setText("五万")
    sheet.lines["signed_on"].setText("2022年")
    sheet.keep()
    assert sheet.licence is None
    assert [name for name, edit in sheet.lines.items() if edit.property("state") == "error"] == [
        *("licensee", "amount", "signed_on"),
    ]
    for name, text in (("licensee", "甲公司"), ("amount", "50,000"), ("signed_on", "2022-08-01")):
        sheet.lines[name].setText(text)
    sheet.keep()
    assert sheet.licence is not None and sheet.licence.amount == 50_000
    desk.store.records.of(REPORTED_LICENCES).add(sheet.licence)
    assert look_up(desk.store, "licensed").total == 2


def test_licences_as_reported_come_from_a_workbook(
    window: MainWindow, desk: Desk, tmp_path: Path, told: list[Notice], qtbot: QtBot
) -> None:
    page = stored(window, qtbot, state="listed")
    file = tmp_path / "许可情况.csv"
    lines = ("专利号,被许可人", f"{NUMBERS[0]},甲公司", "ZL201910055850.4,乙公司", ",丙公司")
    file.write_text("\n".join(lines), encoding="utf-8")
    assert isinstance(desk.dialogs, AnsweringDialogs)
    desk.dialogs.chosen_files = [file]
    page.ask_import()
    qtbot.waitUntil(lambda: look_up(desk.store, "licensed").total == 2)
    qtbot.waitUntil(lambda: bool(told))
    assert "1 件不在总库" in told[-1].text and "没有专利号" in told[-1].details


def test_the_store_is_exported_with_its_licences(
    window: MainWindow, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    page = stored(window, qtbot, state="listed")
    assert isinstance(desk.dialogs, AnsweringDialogs)
    desk.dialogs.chosen_save = tmp_path / "总库"
    page.export()
    qtbot.waitUntil((tmp_path / "总库.xlsx").is_file)
    book = openpyxl.load_workbook(tmp_path / "总库.xlsx")
    assert [row[0] for row in book["总库"].iter_rows(min_row=2, values_only=True)] == list(
        NUMBERS[:2]
    )
    assert next(book["许可情况"].iter_rows(min_row=2, values_only=True))[3] == "示例电力公司"


# --- 名册 ---------------------------------------------------------------------------------


@pytest.fixture
def roll(window: MainWindow) -> UnitsPage:
    window.show_place("units")
    assert isinstance(window.page, UnitsPage)
    return window.page


def test_a_unit_is_typed_kept_and_taken_out_with_a_way_back(
    roll: UnitsPage, desk: Desk, told: list[Notice], qtbot: QtBot
) -> None:
    roll.new()
    roll.editor.save()
    assert roll.editor.fields["name"].property("state") == "error"
    roll.editor.fields["name"].setText("黄石示例学院")
    roll.editor.reports.setChecked(False)
    roll.leave()  # what is typed is kept
    shelf = desk.store.records.of(UNITS)
    kept = shelf.listed()[-1]
    assert (kept.record.name, kept.record.reports) == ("黄石示例学院", False)
    roll.delete()
    assert len(shelf.listed()) == 2
    notice = told[-1]
    assert notice.action is not None
    notice.action[1]()
    assert len(shelf.listed()) == 3


def test_what_another_clerk_saved_meanwhile_is_not_overwritten(
    roll: UnitsPage, desk: Desk, qtbot: QtBot
) -> None:
    roll.table.choose(0)
    shelf = desk.store.records.of(UNITS)
    first = shelf.listed()[0]
    shelf.save(first.id, Unit(name="示例大学", contact="王敏"))
    roll.editor.fields["phone"].setText("027-2")
    roll.refresh()  # as the window does once others have written; what is typed stays
    roll.editor.fields["phone"].editingFinished.emit()  # kept at once, without a word
    assert shelf.get(first.id).record == Unit(name="示例大学", contact="王敏", phone="027-2")
    shelf.save(first.id, Unit(name="示例大学", contact="李强", phone="027-2"))
    roll.editor.fields["contact"].editingFinished.emit()  # only passed through
    roll.editor.fields["region"].setText("武汉市")
    roll.leave()
    kept = Unit(name="示例大学", contact="李强", phone="027-2", region="武汉市")
    assert shelf.get(first.id).record == kept


def test_a_unit_deleted_elsewhere_is_taken_out_again_by_whoever_types_in_it(
    roll: UnitsPage, desk: Desk, qtbot: QtBot
) -> None:
    roll.table.choose(0)
    shelf = desk.store.records.of(UNITS)
    first = shelf.listed()[0]
    shelf.bin([first.id])
    roll.editor.fields["contact"].setText("王敏")
    assert roll.leave()  # else nobody could go elsewhere any more
    assert shelf.get(first.id).record == msgspec.structs.replace(first.record, contact="王敏")
    shelf.bin([first.id])
    roll.refresh()  # nothing is typed that was not kept
    assert not roll.editor.isVisible()


def test_of_a_term_only_what_was_said_anew_is_kept(desk: Desk) -> None:
    before = term_of(desk.store, quarter_of(date(2022, 9, 1)))
    assert before is not None
    keep_term(desk.store, before, msgspec.structs.replace(before, publishes=date(2022, 10, 31)))
    keep_term(desk.store, before, msgspec.structs.replace(before, basis="本局通知 第三条"))
    now = term_of(desk.store, quarter_of(date(2022, 9, 1)))
    assert now is not None
    assert (now.publishes, now.basis) == (date(2022, 10, 31), "本局通知 第三条")


def test_a_workbook_completes_the_roll_and_leaves_what_it_does_not_say(
    roll: UnitsPage, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    shelf = desk.store.records.of(UNITS)
    first = shelf.listed()[0]
    shelf.save(first.id, Unit(name="示例大学", contact="陈思远"))
    file = tmp_path / "名册.xlsx"
    file.write_bytes(write_roll([Unit(name="示例 大学", phone="027-1"), Unit(name="新学院")], []))
    roll.import_file(file)
    qtbot.waitUntil(lambda: shelf.count() == 3)
    assert shelf.get(first.id).record == Unit(name="示例大学", contact="陈思远", phone="027-1")
    assert desk.store.records.of(EXPERTS).count() == 0
