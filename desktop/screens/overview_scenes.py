"""The scenes of 概览: what is to be done today, and all that has a date."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal

from PySide6.QtWidgets import QWidget

from desktop.editing.target_sheet import TargetSheet
from desktop.pages.overview import OverviewPage
from desktop.pages.overview.duty_sheet import DutySheet
from desktop.program.app import Program
from desktop.screens.day_scenes import register_empty
from desktop.screens.scene_waits import Prepare, page_shown, settle, until
from forms.facts.licence_life import Life, Notice, Receipt
from forms.facts.paths import with_values
from forms.facts.record import Licence, Party
from forms.facts.royalty import LumpSum, Royalty
from forms.office.statistics_types import Measure
from forms.office.stored import DutyNote
from forms.office.targets import keep_targets, targets

_LATER = 3
_LICENSED = ((1, 0), (3, 80_000), (3, 0), (5, 120_000), (6, 0), (8, 60_000), (9, 150_000), (10, 0))
_DEPARTMENTS = (
    "土木工程学院",
    "材料学院",
    "土木工程学院",
    "机电工程学院",
    "农学院",
    "材料学院",
    "",
)
_TARGETS: Mapping[Measure, Decimal | None] = {
    "sent": Decimal(20),
    "licensed": Decimal(8),
    "rate": Decimal(15),
    "income": Decimal(1_000_000),
}


def _lived_in(program: Program) -> None:
    """Give the sample days that lie around this one: one annuity late, some due, a recordal."""
    assert program.desk is not None
    store, today = program.desk.store, program.desk.today
    cases = [one for one in store.cases.listed() if one.case.patent.filing_date is not None]
    ends: Iterator[int] = iter((-38, 3, 12, 17, 39, 70, 96, 150))
    for stored, days in zip(cases, ends, strict=False):
        filed, end = stored.case.patent.filing_date, today + timedelta(days=days)
        assert filed is not None
        filed = date(filed.year, end.month, min(end.day, 28))
        changes = {
            "patent.filing_date": filed,
            "patent.fee_paid_to": date(end.year, filed.month, filed.day),
            "patent.fee_reduction": "85" if days % 2 else None,
        }
        store.cases.save(with_values(stored.case, changes), case_id=stored.id)
    in_effect = today - timedelta(days=85)
    life = Life(
        notice=Notice(day=in_effect),
        receipts=(Receipt(day=in_effect, amount=Decimal(30_000)),),
    )
    licensee = Party(name="武汉示例电力巡检有限公司", kind="unit")
    licence = Licence(licensee=licensee, signed_on=in_effect, life=life)
    store.licences.add(cases[1].id, licence)
    aims: Mapping[Measure, Decimal | None] = {
        "sent": Decimal(20),
        "licensed": Decimal(1),
        "income": Decimal(40_000),
    }
    keep_targets(store.settings, today.year, aims)


def schedule(*, place: int = 1, ticked: int = 0, standing: str = "open") -> Prepare:
    """The duties by week, one in hand."""

    def prepare(program: Program) -> None:
        page = _shown(program, "schedule")
        table = page.schedule.table
        if standing != "open":
            page.schedule.show_standing(standing)
        if table.rows:
            table.choose_key("", place)
        table.rows_model.tick(range(ticked))
        settle()

    return prepare


def today(program: Program) -> None:
    """What is to be done now, and how far the cases are."""
    _shown(program, "today")


def empty(program: Program) -> None:
    """Nothing is to be done."""
    register_empty(program)
    assert program.desk is not None
    program.desk.go("overview", tab="schedule")
    page = page_shown(program, OverviewPage)
    until(lambda: not page.desk.jobs.running)


def done_sheet(program: Program) -> QWidget:
    """What is asked when a duty is done."""
    page = _shown(program, "schedule")
    item = page.schedule.shown[0]
    sheet = DutySheet(
        "done",
        item.duty.what,
        page.desk.today,
        due=item.duty.date,
        amount=item.duty.amount,
        parent=page,
    )
    sheet.show()
    return sheet


def statistics(program: Program) -> None:
    """The figures of the year, its targets and charts."""
    _counted(program)
    settle()


def statistics_below(program: Program) -> None:
    """What is below the first cards."""
    bar = _counted(program).statistics.view.area.verticalScrollBar()
    settle()
    bar.setValue(bar.maximum())


def statistics_empty(program: Program) -> None:
    """Nothing is to be counted yet."""
    register_empty(program)
    assert program.desk is not None
    program.desk.go("overview", tab="statistics")
    page = page_shown(program, OverviewPage)
    until(lambda: page.statistics.found and not page.desk.jobs.running)


def target_sheet(program: Program) -> QWidget:
    """The targets of the year are asked for."""
    page = _counted(program)
    meant = targets(page.desk.store.settings, page.desk.today.year)
    sheet = TargetSheet(page.desk.today.year, meant, page)
    sheet.show()
    return sheet


def _counted(program: Program) -> OverviewPage:
    """The tab of statistics, of a year with licences paid for and free, and with targets."""
    assert program.desk is not None
    desk = program.desk
    _lived_in(program)
    store, year = desk.store, desk.today.year
    cases = store.cases.listed()
    for place, (month, yuan) in enumerate(_LICENSED):
        stored = cases[(place * 3 + 2) % len(cases)]
        day = date(year, month, 9 + place)
        receipts = (Receipt(day=day, amount=Decimal(yuan)),) if yuan else ()
        paid = Royalty(way="lump_sum", lump_sum=LumpSum(days=30, amount=Decimal(yuan)))
        licence = Licence(
            licensee=Party(name="宜昌示例生物有限公司", kind="unit"),
            signed_on=day,
            agreed="negotiated",
            royalty=paid if yuan else Royalty(way="free"),
            life=Life(receipts=receipts),
        )
        store.licences.add(stored.id, licence)
    for place, stored in enumerate(store.cases.listed()):
        values: dict[str, object] = {"department": _DEPARTMENTS[place % len(_DEPARTMENTS)]}
        if place % 3:
            values["declaration.filed_on"] = date(year, 1 + place % 11, 15)
        store.cases.save(with_values(stored.case, values), case_id=stored.id)
    keep_targets(store.settings, year, _TARGETS)
    desk.cases_changed.emit()
    desk.go("overview", tab="statistics")
    page = page_shown(program, OverviewPage)
    until(lambda: page.statistics.found and not desk.jobs.running)
    return page


def _shown(program: Program, tab: str) -> OverviewPage:
    assert program.desk is not None
    desk = program.desk
    _lived_in(program)
    desk.cases_changed.emit()
    desk.go("overview", tab=tab)
    page = page_shown(program, OverviewPage)
    until(lambda: page.rows and not desk.jobs.running)
    waits = page.schedule.shown[1].duty.key
    later = DutyNote(
        key=waits,
        state="snoozed",
        day=desk.today + timedelta(days=_LATER),
        words="等财务处开账",
        noted_by=desk.who,
    )
    desk.store.duties.put([later])
    page.mark_stale()
    until(lambda: any(one.standing == "snoozed" for one in page.rows) and not desk.jobs.running)
    settle()
    return page
