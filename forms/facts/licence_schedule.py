"""What a licence owes: one line for each payment, as the royalty was offered or negotiated.

Amounts are Decimal to the fen; the lines of a sum that was agreed add up to it exactly.
Periods are accounting ones (会计月份、季度、年度), counted from the day of effect.

This module must not know the pack, the papers or a screen; a day is passed in.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Literal

import msgspec

from forms.facts.amounts import FEN
from forms.facts.derived import licence_royalty
from forms.facts.licence_effect import effect, last_day
from forms.facts.licence_life import RunningTerms
from forms.facts.record import Case, Cycle, Instalments, Licence, RateBase, Royalty
from forms.facts.terms import add_days

DueKind = Literal["lump_sum", "first", "instalment", "entry", "running", "milestone"]
MONTHS: dict[Cycle, int] = {"month": 1, "quarter": 3, "year": 12}
MOST_LINES = 1_200
"""A hundred years by the month; what a record says beyond is not paid off in a lifetime."""


class Due(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A payment that is owed: what for, by which day, how much (None: not known yet).

    `payable_from` is the first day of the days named before the end of an accounting period.  A
    running royalty has its period's name and the base that was reported.  `is_condition` is the
    first payment of an open licence, which takes effect by it: none is late with it.
    """

    kind: DueKind
    place: int = 1
    due: date | None = None
    amount: Decimal | None = None
    payable_from: date | None = None
    what: str = ""
    period: str = ""
    base: Decimal | None = None
    rate: Decimal | None = None
    base_of: RateBase | None = None
    is_reported: bool = True
    is_condition: bool = False


def to_fen(amount: Decimal) -> Decimal:
    """Return an amount to the fen, half a fen upwards (in Chinese accounting 四舍五入)."""
    return amount.quantize(FEN, rounding=ROUND_HALF_UP)


def schedule(case: Case, licence: Licence, today: date) -> tuple[Due, ...]:
    """Return what is owed under a licence, in order.

    The first payment of an open licence is counted from its notice, of an agreed one from its
    effect.  Of a running royalty without a known end, up to the period in which `today` lies.
    """
    royalty = licence_royalty(case, licence)
    known = effect(case, licence)
    start = known.day
    is_open = known.by == "open"
    base = licence.life.notice.day if is_open else start
    found: Iterable[Due] = ()
    match royalty.way:
        case "lump_sum":
            found = (_lump_sum(royalty, base),)
        case "instalments":
            counted_from = start if is_open else None
            found = _instalments(royalty.instalments, base, counted_from)
        case "running" | "entry_running":
            found = _with_running(case, licence, royalty, base, start, today)
        case "other":
            found = _milestones(licence)
    return tuple(_as_condition(one, start) if is_open else one for one in found)


def _as_condition(owed: Due, start: date | None) -> Due:
    """A first payment that makes an open licence effective is due when it does, if not later."""
    if owed.kind not in ("lump_sum", "first", "entry"):
        return owed
    due = max(owed.due, start) if owed.due and start else owed.due
    return msgspec.structs.replace(owed, due=due, is_condition=True)


def total(lines: Iterable[Due]) -> Decimal:
    """Return the sum of the amounts that are known."""
    return sum((line.amount for line in lines if line.amount is not None), Decimal("0.00"))


def due_words(owed: Due) -> str:
    """Return what a payment is for, in the words of an account: 首批, 2026年二季度提成费."""
    match owed.kind:
        case "instalment":
            return f"第{owed.place}批"
        case "running":
            return f"{period_words(owed.period)}提成费"
        case "milestone":
            return owed.what or f"第{owed.place}个节点"
    return _WORDS[owed.kind]


def period_words(period: str) -> str:
    """Return a period's name in words: 2026年, 2026年二季度, 2026年6月."""
    year, _, part = period.partition("-")
    if not part:
        return f"{year}年"
    return f"{year}年{_QUARTERS[part]}季度" if part in _QUARTERS else f"{year}年{int(part)}月"


_WORDS = {"lump_sum": "一次总付", "first": "首批", "entry": "入门费"}
_QUARTERS = {"Q1": "一", "Q2": "二", "Q3": "三", "Q4": "四"}


# --- sums that were agreed --------------------------------------------------------------------


def _lump_sum(royalty: Royalty, base: date | None) -> Due:
    agreed = royalty.lump_sum
    amount = None if agreed.amount is None else to_fen(agreed.amount)
    return Due(kind="lump_sum", due=_after(base, agreed.days), amount=amount)


def _instalments(
    agreed: Instalments, base: date | None, counted_from: date | None
) -> Iterator[Due]:
    """The first batch, the others by the ends of accounting periods after it, or after effect.

    Source: 信息表 ⑥ and 合同 第五条 (在每个会计…截止前的…日内).  Rounded by their sums, so that
    they add up to what was agreed though a share of it were no whole fen.
    """
    first, each = agreed.first_amount, agreed.each_amount
    due = _after(base, agreed.first_days)
    before = None if first is None else to_fen(first)
    yield Due(kind="first", due=due, amount=before)
    reached = counted_from or due
    for place in range(1, min(agreed.batches or 0, MOST_LINES) + 1):
        amount = None
        if before is not None and first is not None and each is not None:
            sum_now = to_fen(first + each * place)
            amount, before = sum_now - before, sum_now
        reached = _cycle_end_after(reached, agreed.cycle)
        days = agreed.each_days
        payable = add_days(reached, 1 - days) if reached and days else None
        yield Due(
            kind="instalment", place=place + 1, due=reached, amount=amount, payable_from=payable
        )


def _milestones(licence: Licence) -> tuple[Due, ...]:
    return tuple(
        Due(
            kind="milestone",
            place=place,
            what=one.what,
            due=one.due_on,
            amount=None if one.amount is None else to_fen(one.amount),
        )
        for place, one in enumerate(licence.life.milestones[:MOST_LINES], 1)
    )


def _after(base: date | None, days: int | None) -> date | None:
    """The last of some days after a day; the day itself is not counted (民法典 第二百零一条)."""
    return None if base is None else add_days(base, days or 0)


def _cycle_end_after(day: date | None, cycle: Cycle | None) -> date | None:
    """The first end of an accounting period after a day."""
    if day is None or cycle is None:
        return None
    end = period_end(day, cycle)
    return end if end > day else period_end(add_days(end, 1), cycle)


# --- running royalties ------------------------------------------------------------------------


def period_end(day: date, cycle: Cycle) -> date:
    """Return the last day of the accounting period that a day lies in."""
    months = MONTHS[cycle]
    return _month_end(day.year, (day.month - 1) // months * months + months)


@lru_cache(maxsize=1024)
def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def period_name(last: date, cycle: Cycle) -> str:
    """Return how records name the accounting period with a last day: 2026, 2026-Q2, 2026-06."""
    if cycle == "year":
        return f"{last.year}"
    part = f"Q{last.month // 3}" if cycle == "quarter" else f"{last.month:02}"
    return f"{last.year}-{part}"


def _with_running(
    case: Case,
    licence: Licence,
    royalty: Royalty,
    base: date | None,
    start: date | None,
    today: date,
) -> Iterator[Due]:
    agreed = royalty.running if royalty.way == "running" else royalty.entry_running
    if royalty.way == "entry_running":
        fee = royalty.entry_running.entry_fee
        yield Due(kind="entry", due=base, amount=None if fee is None else to_fen(fee))
    if start is None:
        return
    terms = licence.life.running
    end = last_day(case, licence)
    reports = {one.period: one for one in licence.life.reports}
    paid = Decimal(0)
    for place, last in enumerate(_periods(start, terms.cycle or "year", end, today), 1):
        period = period_name(last, terms.cycle or "year")
        report = reports.get(period)
        reported = report.base if report else None
        amount = _royalty_of(reported, agreed.rate_percent, terms, paid)
        paid += amount or 0
        yield Due(
            kind="running",
            place=place,
            due=add_days(min(last, end) if end else last, terms.days or 0),
            amount=amount,
            period=period,
            base=reported,
            rate=agreed.rate_percent,
            base_of=agreed.base,
            is_reported=report is not None,
        )


def _royalty_of(
    base: Decimal | None, rate: Decimal | None, terms: RunningTerms, paid: Decimal
) -> Decimal | None:
    """A period's royalty: a share of its base, the least that was agreed, never over the cap."""
    if base is None or rate is None:
        return None
    amount = max(to_fen(base * rate / 100), to_fen(terms.minimum or Decimal(0)))
    return amount if terms.cap is None else min(amount, max(to_fen(terms.cap) - paid, Decimal(0)))


def _periods(start: date, cycle: Cycle, end: date | None, today: date) -> Iterator[date]:
    """The last days of the accounting periods from one day to another."""
    until = end or today
    last = period_end(start, cycle)
    for _ in range(MOST_LINES):
        yield last
        if last >= until or last.year >= date.max.year:
            return
        last = period_end(add_days(last, 1), cycle)
