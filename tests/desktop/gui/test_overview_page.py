"""概览: a clerk sees what is to be done, does it, puts it off, and makes the lists of it."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from db.store_problems import LockedDatabase
from desktop.editing.target_sheet import TargetSheet
from desktop.pages.licences import LicencesPage
from desktop.pages.overview import OverviewPage
from desktop.pages.overview.duty_rows import Group
from desktop.pages.overview.duty_sheet import DutySheet
from desktop.pages.overview.year_rows import MeasureRow
from desktop.pages.register import RegisterPage
from desktop.pages.wizard import WizardPage
from desktop.parts.notices import Notice
from desktop.shell.main_window import MainWindow
from desktop.shell.reminder import Reminder
from forms.facts.paths import with_values
from forms.facts.record import Case, Licence, Party, Patent
from forms.office.agenda import Item
from forms.office.targets import keep_targets, targets
from tests.desktop.gui.seat import AnsweringDialogs

LATE = Patent(
    number="ZL201811203345.1",
    title="磷石膏基自流平砂浆",
    filing_date=date(2018, 7, 16),
    grant_date=date(2021, 1, 5),
    fee_paid_to=date(2022, 7, 16),
    fee_reduction="85",
)
SOON = Patent(
    number="ZL202110345678.3",
    title="桥梁裂缝检测方法",
    filing_date=date(2018, 9, 20),
    grant_date=date(2021, 5, 7),
    fee_paid_to=date(2022, 9, 20),
)


BEGINS_AT = ""


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> OverviewPage:
    """The schedule of an office with one annuity late and one due; today is 2022-09-01."""
    desk = window.desk
    with desk.store.transaction():
        for stored in desk.store.cases.listed():
            desk.store.cases.bin(stored.id)
    late = desk.store.cases.save(Case(pack="hubei-2022", patent=LATE))
    desk.store.cases.save(Case(pack="hubei-2022", patent=SOON))
    licence = Licence(licensee=Party(name="武汉示例公司", kind="unit"), signed_on=date(2022, 8, 1))
    desk.store.licences.add(late.id, licence)
    desk.cases_changed.emit()
    desk.go("overview", tab="schedule")
    made = window.page
    assert isinstance(made, OverviewPage)
    settled(made, qtbot)
    return made


def settled(page: OverviewPage, qtbot: QtBot, holds: Callable[[], object] | None = None) -> None:
    """Wait until all is reckoned, and perhaps until something holds."""
    qtbot.waitUntil(lambda: bool(page.rows) and not page.desk.jobs.running)
    if holds is not None:
        qtbot.waitUntil(lambda: bool(holds()))


def items(page: OverviewPage) -> list[Item]:
    return [row.item for row in page.rows]


def of(page: OverviewPage, kind: str) -> Item:
    return next(one for one in items(page) if one.duty.kind == kind)


def dialogs(page: OverviewPage) -> AnsweringDialogs:
    answers = page.desk.dialogs
    assert isinstance(answers, AnsweringDialogs)
    return answers


def test_duties_stand_by_week_and_say_how_they_were_come_by(page: OverviewPage) -> None:
    view = page.schedule
    titles = [row.title for row in view.table.rows if isinstance(row, Group)]
    assert titles[0] == "已过期"
    first = view.shown[0]
    assert (first.duty.kind, first.duty.patent_number) == ("annual_fee", LATE.number)
    assert view.table.current == first
    said = "\n".join(one.text() for one in view.pane.findChildren(type(view.bar._count)))
    assert "上一年度期满" in said
    assert "授予专利权当年以后的年费应当在上一年度期满前缴纳" in said
    QTest.keyClick(view.table, Qt.Key.Key_Down)
    assert view.table.current == view.shown[1]  # past the rows of weeks
    view.search.setText("桥梁")
    assert {one.duty.patent_number for one in view.shown} == {SOON.number}
    view.search.clear()
    view.filters.choose("recordal")
    assert {one.duty.kind for one in view.shown} == {"recordal"}
    heights = [view.table.rowHeight(place) for place in range(len(view.table.rows))]
    assert heights == [32 if isinstance(row, Group) else 48 for row in view.table.rows]


def test_what_is_done_is_kept_and_can_be_taken_back(page: OverviewPage, qtbot: QtBot) -> None:
    desk, key = page.desk, of(page, "annual_fee").duty.key
    QTest.keyClick(page.schedule.table, Qt.Key.Key_D)
    settled(page, qtbot, lambda: of(page, "annual_fee").is_done)
    note = desk.store.duties.notes()[key]
    assert (note.state, note.day, note.noted_by) == ("done", date(2022, 9, 1), "陈思远")
    assert note.amount == of(page, "annual_fee").duty.amount
    assert all(one.duty.patent_number != LATE.number for one in page.schedule.shown[:1])
    # Lateness goes with the annuity, and saving the record loses nothing.
    assert all(one.is_done for one in items(page) if one.duty.kind in ("lapse", "grace_step"))
    (stored,) = desk.store.cases.listed([str(LATE.number)])
    desk.store.cases.save(with_values(stored.case, {"notes": "已催"}), case_id=stored.id)
    page.mark_stale()
    settled(page, qtbot)
    assert of(page, "annual_fee").is_done
    page.doing.undo()
    settled(page, qtbot, lambda: of(page, "annual_fee").is_open)
    assert desk.store.duties.notes() == {}


def test_what_another_says_of_a_duty_since_is_not_taken_back(
    page: OverviewPage, qtbot: QtBot, told: list[Notice]
) -> None:
    duties, key = page.desk.store.duties, of(page, "annual_fee").duty.key
    QTest.keyClick(page.schedule.table, Qt.Key.Key_D)
    settled(page, qtbot, lambda: of(page, "annual_fee").is_done)
    duties.put([replace(duties.notes()[key], words="单据在财务处", noted_by="王敏")])
    page.doing.undo()
    assert duties.notes()[key].noted_by == "王敏"
    assert told[-1].text == "1 项此后又在别处登记过，保持现状。"
    page.doing.do("undo", [of(page, "annual_fee")])  # as it was shown before the other's
    assert duties.notes()[key].noted_by == "王敏"


def test_putting_off_asks_for_a_reason(page: OverviewPage, qtbot: QtBot) -> None:
    item = of(page, "annual_fee")
    sheet = DutySheet("snooze", item.duty.what, page.desk.today, due=item.duty.date, parent=page)
    assert not sheet.yes.isEnabled()
    sheet.words_line.setText("等财务处开账")
    assert sheet.yes.isEnabled()
    sheet.day_line.setText("2022-08-30")
    assert not sheet.yes.isEnabled()
    sheet.close()
    page.schedule.asked.emit("exclude", [item])
    settled(page, qtbot, lambda: of(page, "annual_fee").is_excluded)
    page.schedule.show_standing("excluded")
    assert [one.duty.key for one in page.schedule.shown] == [item.duty.key]


def test_the_lists_are_made_of_what_is_ticked_and_shown(
    page: OverviewPage, qtbot: QtBot, tmp_path: Path, told: list[Notice]
) -> None:
    view = page.schedule
    view.filters.choose("fees")
    view.search.setText("年费及滞纳金")
    QTest.keyClick(view.table, Qt.Key.Key_Space)
    assert view.bar.isVisible()
    dialogs(page).chosen_save = tmp_path / "缴费清单.xlsx"
    view.bar.payment.click()
    qtbot.waitUntil(lambda: (tmp_path / "缴费清单.xlsx").exists() and bool(told))
    sheet = openpyxl.load_workbook(tmp_path / "缴费清单.xlsx").worksheets[0]
    fees = [sheet.cell(line, 6).value for line in range(2, sheet.max_row + 1)]
    assert fees == ["发明专利第5年年费", "发明专利年费滞纳金"]
    dialogs(page).chosen_save = tmp_path / "日程.ics"
    page.export_calendar()
    qtbot.waitUntil((tmp_path / "日程.ics").exists)
    assert (tmp_path / "日程.ics").read_bytes().count(b"BEGIN:VEVENT") == len(view.shown)


def test_enter_goes_where_a_duty_is_done(page: OverviewPage, window: MainWindow) -> None:
    QTest.keyClick(page.schedule.table, Qt.Key.Key_Return)
    assert isinstance(window.page, WizardPage)
    window.desk.go("overview")
    page.schedule.asked.emit("go", [of(page, "recordal")])
    assert isinstance(window.page, LicencesPage)


def test_a_click_in_the_strip_and_its_arrows_go_to_a_week(page: OverviewPage) -> None:
    strip, table = page.schedule.strip, page.schedule.table
    strip.setFocus()
    for _ in range(3):
        QTest.keyClick(strip, Qt.Key.Key_Right)
    assert strip.week == date(2022, 9, 19)
    assert table.current is not None
    assert table.current.day >= strip.week
    assert "2022-09-19" in strip.accessibleName()


def test_today_shows_what_is_next_and_opens_the_cases_of_a_state(
    page: OverviewPage, window: MainWindow
) -> None:
    page.tabs.choose("today")
    view = page.today
    assert view.table.rows[0].duty.patent_number == LATE.number
    view.spans.choose("overdue")
    assert len(view.table.rows) == 1
    view.progress.state_asked.emit("faulty")
    register = window.page
    assert isinstance(register, RegisterPage)
    assert register.filters.states.state == "faulty"


def test_one_notice_at_the_start_and_a_badge(
    page: OverviewPage, window: MainWindow, qtbot: QtBot, told: list[Notice]
) -> None:
    page.desk.overdue = 0
    reminder = Reminder(page.desk, window)
    reminder.count()
    qtbot.waitUntil(lambda: page.desk.overdue == 1 and bool(told))
    assert [one.text for one in told] == ["有 1 项要办的事已经过期。"]
    qtbot.waitUntil(lambda: window._rail.buttons["overview"].waiting == 1)
    reminder.count()
    qtbot.waitUntil(lambda: not page.desk.jobs.running)
    assert len(told) == 1


def test_a_target_is_set_and_shown_beside_the_year_so_far(
    page: OverviewPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(sheet: TargetSheet) -> bool:
        keep_targets(page.desk.store.settings, page.desk.today.year, {"recorded": Decimal(7)})
        sheet.lines["licensed"].setText("20")
        return True

    page.tabs.choose("today")
    monkeypatch.setattr(page.desk.dialogs, "agrees", fill)
    settings, year = page.desk.store.settings, page.desk.today.year
    keep_targets(settings, year, {"sent": Decimal(150)})
    page.today.progress.target.click()
    settled(page, qtbot)
    assert targets(settings, year) == {"sent": 150, "recorded": 7, "licensed": 20}
    qtbot.waitUntil(
        lambda: (
            "达成许可 1 项，目标 20 项"
            in [one.accessibleName() for one in page.today.progress.findChildren(MeasureRow)]
        )
    )


def test_while_another_program_holds_the_data_nothing_is_told(
    page: OverviewPage,
    window: MainWindow,
    qtbot: QtBot,
    told: list[Notice],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def locked() -> None:
        raise LockedDatabase(page.desk.store.path)

    with monkeypatch.context() as held:
        held.setattr(page.desk, "own_store", locked)
        Reminder(page.desk, window).count()
        page.refresh()
        qtbot.waitUntil(lambda: not page.desk.jobs.running)
    before = page.rows
    qtbot.waitUntil(lambda: page.rows is not before)  # it looks again by itself
    assert told == []
