"""The figures of a year: what was sent, licensed, recorded and paid, by month, way and department.

A pure function of what the office holds and a day.  Every figure names the cases and licences it
counts, so that a screen leads to them and a workbook lists them; None is a figure nobody knows,
0 one that is known to be nothing.

What counts, and when (the paper's notes say the same):
- held: patents of the ledger on the day, without those whose legal status says that they are over;
- sent: patents declared in the year, of a pilot by the day the first package was noted as sent, of
  a statutory declaration by the day it was filed;
- licensed, recorded: licences by their day of effect (专利法 第五十一条; 审查指南 第五部分
  第十一章 6) and of recordal;
- income: receipts by their day, in yuan, by what they were laid against;
- rate: of the patents sent up to the year's end, how many have had a licence in effect
  (湖北省专利开放许可试点实施方案 二、试点目标: 达成专利许可的专利占所有开放许可专利的15%左右).
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, TypeVar

import msgspec

from forms.facts.derived import licence_royalty, number
from forms.facts.legal_status import end_of
from forms.facts.licence_effect import effect
from forms.facts.licence_ledger import ledger
from forms.facts.licence_schedule import DueKind
from forms.facts.record import Case, Kind, Licence
from forms.ground.pinyin import name_order
from forms.office.case_standing import STATE_WORDS, State
from forms.office.holdings import Holding, is_over
from forms.office.statistics_types import (
    NO_DEPARTMENT,
    WAY_WORDS,
    Figure,
    Group,
    IncomeWay,
    LicenceRow,
    Measure,
    Month,
    SentRow,
    Statistics,
)
from forms.office.stored import StoredCase

K = TypeVar("K")

_WAY_OF: Mapping[DueKind, IncomeWay] = {
    "lump_sum": "lump_sum",
    "first": "instalments",
    "instalment": "instalments",
    "entry": "entry",
    "running": "running",
    "milestone": "milestone",
}
_KINDS: tuple[Kind | None, ...] = ("invention", "utility_model", "design", None)
_ZERO = Decimal("0.00")


def statistics(
    holdings: Sequence[Holding],
    year: int,
    day: date,
    *,
    sent_on: Mapping[int, date],
    states: Mapping[int, State],
) -> Statistics:
    """Return the figures of a year as known on a day.

    `sent_on` is the day the first package with a case was sent, by the case; `states` are the
    states of the cases.
    """
    end = min(date(year, 12, 31), day)
    sent = [row for holding in holdings if (row := _sent(holding, sent_on, year, end))]
    rows = [row for holding in holdings for row in _licences(holding, year, end, day)]
    told = [row for row in rows if row.is_new or row.income or _is_in(row.recorded_on, year, end)]
    of_departments = _parted(
        defaultdict(_Part), lambda one: one.entry.department, holdings, sent, rows
    )
    known: defaultdict[Kind | None, _Part] = defaultdict(_Part, {one: _Part() for one in _KINDS})
    of_kinds = _parted(known, kind_of, holdings, sent, rows)
    return Statistics(
        year=year,
        end=end,
        day=day,
        states=_states(states),
        measures=_measures(holdings, sent, rows, sent_on, year, end),
        months=tuple(_month(month, rows) for month in range(1, 13)),
        ways=_ways(rows),
        departments=_departments(of_departments, year, end),
        kinds=_kinds(of_kinds, year, end),
        sent=tuple(sorted(sent, key=lambda row: (row.day, row.holding.number))),
        licences=tuple(told),
        without_effect=_count_licences(row for row in rows if row.effect is None),
        odd_receipts=_odd(rows, year, end),
        outstanding=_money(rows, "outstanding"),
        overdue=_money(rows, "overdue"),
    )


# --- what counts --------------------------------------------------------------------------------


def _is_in(day: date | None, year: int, end: date) -> bool:
    return day is not None and day.year == year and day <= end


def _is_held(holding: Holding) -> bool:
    """Whether a right is not over; one in arrears still stands."""
    return not is_over(holding) or end_of(holding.entry.patent.legal_status) == "arrears"


def _days_sent(stored: StoredCase, sent_on: Mapping[int, date]) -> Iterator[date]:
    if (sent := sent_on.get(stored.id)) is not None:
        yield sent
    for declared in (*stored.case.earlier, stored.case.declaration):
        if declared.filed_on is not None:
            yield declared.filed_on


def _sent(holding: Holding, sent_on: Mapping[int, date], year: int, end: date) -> SentRow | None:
    days = [
        (day, stored.id)
        for stored in holding.cases
        for day in _days_sent(stored, sent_on)
        if _is_in(day, year, end)
    ]
    if not days:
        return None
    day, case_id = min(days)
    return SentRow(holding=holding, day=day, case_id=case_id)


def _licences(holding: Holding, year: int, end: date, day: date) -> Iterator[LicenceRow]:
    cases = {stored.id: stored.case for stored in holding.cases}
    for stored in holding.licences:
        case, licence = cases[stored.case_id], stored.licence
        known = effect(case, licence).day
        recorded = licence.life.recordal.recorded_on
        by_way, account = _income(case, licence, year, end, day), ledger(case, licence, day)
        yield LicenceRow(
            holding=holding,
            case=case,
            stored=stored,
            effect=known,
            is_free=licence_royalty(case, licence).way == "free",
            is_new=_is_in(known, year, end),
            recorded_on=recorded if recorded is not None and recorded <= end else None,
            income=sum(by_way.values(), _ZERO),
            by_way=by_way,
            outstanding=sum((line.unpaid for line in account.lines), _ZERO),
            overdue=account.overdue,
        )


def _income(
    case: Case, licence: Licence, year: int, end: date, day: date
) -> dict[IncomeWay, Decimal]:
    """What came in in a year by way: all up to its end, less all up to the year before."""
    receipts = licence.life.receipts
    if not any(_is_in(one.day, year, end) for one in receipts):
        return {}
    now = _laid(case, licence, end, day)
    before = _laid(case, licence, date(year - 1, 12, 31), day)
    came = {way: amount - before.get(way, _ZERO) for way, amount in now.items()}
    return {way: amount for way, amount in came.items() if amount}


def _laid(case: Case, licence: Licence, until: date, day: date) -> dict[IncomeWay, Decimal]:
    kept = tuple(one for one in licence.life.receipts if one.day and one.day <= until)
    life = msgspec.structs.replace(licence.life, receipts=kept)
    account = ledger(case, msgspec.structs.replace(licence, life=life), day)
    found: dict[IncomeWay, Decimal] = {"other": account.over}
    for line in account.lines:
        way = _WAY_OF[line.due.kind]
        found[way] = found.get(way, _ZERO) + line.received
    return found


# --- figures ------------------------------------------------------------------------------------


def _states(states: Mapping[int, State]) -> dict[State, Figure]:
    ids: dict[State, list[int]] = {state: [] for state in STATE_WORDS}
    for case_id, state in states.items():
        ids[state].append(case_id)
    return {state: Figure(len(some), tuple(some)) for state, some in ids.items()}


def _count(holdings: Iterable[Holding]) -> Figure:
    found = list(holdings)
    return Figure(len(found), tuple(stored.id for one in found for stored in one.cases))


def _count_sent(rows: Collection[SentRow]) -> Figure:
    return Figure(len(rows), tuple(row.case_id for row in rows))


def _count_licences(rows: Iterable[LicenceRow]) -> Figure:
    found = list(rows)
    return _licence_figure(len(found), found)


def _licence_figure(value: Decimal | int | None, rows: Iterable[LicenceRow]) -> Figure:
    found = list(rows)
    cases = tuple(dict.fromkeys(row.stored.case_id for row in found))
    return Figure(value, cases, tuple(row.stored.id for row in found))


def _money(
    rows: Iterable[LicenceRow], of: Literal["income", "outstanding", "overdue"] = "income"
) -> Figure:
    found = [(row, amount) for row in rows if (amount := getattr(row, of))]
    total = sum((amount for _, amount in found), _ZERO)
    return _licence_figure(total, (row for row, _ in found))


def _month(month: int, rows: Sequence[LicenceRow]) -> Month:
    of_month = [row for row in rows if row.is_new and row.effect and row.effect.month == month]
    return Month(
        month,
        _count_licences(row for row in of_month if not row.is_free),
        _count_licences(row for row in of_month if row.is_free),
    )


def _ways(rows: Sequence[LicenceRow]) -> dict[IncomeWay, Figure]:
    found = {}
    for way in WAY_WORDS:
        of_way = [row for row in rows if row.by_way.get(way)]
        total = sum((row.by_way[way] for row in of_way), _ZERO)
        found[way] = _licence_figure(total, of_way)
    return found


def _measures(
    holdings: Sequence[Holding],
    sent: Sequence[SentRow],
    rows: Sequence[LicenceRow],
    sent_on: Mapping[int, date],
    year: int,
    end: date,
) -> dict[Measure, Figure]:
    ever = [
        holding
        for holding in holdings
        if any(day <= end for stored in holding.cases for day in _days_sent(stored, sent_on))
    ]
    licensed = {id(row.holding) for row in rows if row.effect and row.effect <= end}
    having = [holding for holding in ever if id(holding) in licensed]
    rate = None
    if ever:
        share = Decimal(len(having)) * 100 / len(ever)
        rate = share.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    units = {
        owner.name
        for row in sent
        for owner in row.holding.entry.owners
        if owner.name and owner.kind != "person"
    }
    sent_ids = tuple(row.case_id for row in sent)
    return {
        "sent": _count_sent(sent),
        "licensed": _count_licences(row for row in rows if row.is_new),
        "rate": Figure(rate, tuple(stored.id for one in having for stored in one.cases)),
        "units": Figure(len(units), sent_ids),
        "income": _money(rows),
        "recorded": _count_licences(row for row in rows if _is_in(row.recorded_on, year, end)),
    }


class _Part:
    """What belongs to a department or a kind."""

    def __init__(self) -> None:
        self.holdings: list[Holding] = []
        self.sent: list[SentRow] = []
        self.rows: list[LicenceRow] = []

    def group(self, name: str, year: int, end: date) -> Group:
        """Its figures."""
        new = [row for row in self.rows if row.is_new]
        held = [one for one in self.holdings if _is_held(one)]
        recorded = (row for row in self.rows if _is_in(row.recorded_on, year, end))
        return Group(
            name=name,
            held=_count(held),
            sent=_count_sent(self.sent),
            paid=_count_licences(row for row in new if not row.is_free),
            free=_count_licences(row for row in new if row.is_free),
            recorded=_count_licences(recorded),
            income=_money(self.rows),
            held_of={
                kind or "": _count(one for one in held if kind_of(one) == kind) for kind in _KINDS
            },
        )


def _parted(
    parts: defaultdict[K, _Part],
    key: Callable[[Holding], K],
    holdings: Sequence[Holding],
    sent: Sequence[SentRow],
    rows: Sequence[LicenceRow],
) -> defaultdict[K, _Part]:
    for holding in holdings:
        parts[key(holding)].holdings.append(holding)
    for one in sent:
        parts[key(one.holding)].sent.append(one)
    for row in rows:
        parts[key(row.holding)].rows.append(row)
    return parts


def _departments(parts: Mapping[str, _Part], year: int, end: date) -> tuple[Group, ...]:
    """The departments, that of the most patents first; at last what is of none."""
    groups = [part.group(name, year, end) for name, part in parts.items()]
    last = NO_DEPARTMENT

    def order(one: Group) -> tuple[bool, int, str]:
        return one.name == last, -_whole(one.held), name_order(one.name)

    return tuple(sorted(groups, key=order))


def _kinds(parts: Mapping[Kind | None, _Part], year: int, end: date) -> tuple[Group, ...]:
    """The three kinds; and what is of none that is known, where there is any."""
    return tuple(
        part.group(kind or "", year, end)
        for kind, part in parts.items()
        if kind is not None or part.holdings
    )


def kind_of(holding: Holding) -> Kind | None:
    """The kind of a patent: what its number says, else what was stated."""
    patent = holding.entry.patent
    known = number(Case(patent=patent))
    return known.kind if known else patent.kind_stated


def _whole(figure: Figure) -> int:
    return int(figure.value or 0)


def _odd(rows: Sequence[LicenceRow], year: int, end: date) -> Figure:
    """Receipts that count nowhere: without a day, or without an amount above zero."""
    found, count = [], 0
    for row in rows:
        odd = [
            one
            for one in row.stored.licence.life.receipts
            if one.day is None or (_is_in(one.day, year, end) and (one.amount or 0) <= 0)
        ]
        count += len(odd)
        found += [row] if odd else []
    return _licence_figure(count, found)
