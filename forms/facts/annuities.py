"""Annuities (年费): when each is due, what it costs, what lateness costs, when the right is lost.

The patent year runs from the filing date.  The annuity of the year of grant is paid at
registration, every later one before the year before it ends: its last day is the day of the
filing date in that year.  A holiday moves the last day to pay, and the last day of grace; it
never moves the end of a right.  Months of lateness count from the day that was not moved, so
that no step begins later than it may.

Sources: 专利法实施细则 第五条, 第一百一十五条; 审查指南 第五部分第二章 3.1, 3.2, 第九章 4.1, 4.2.1,
第十一章 8.  This module must not know a case, a pack or today's date.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Literal

import msgspec

from forms.facts.amounts import FEN
from forms.facts.fee_table import fee_table, full_annuity
from forms.facts.record import Kind, Patent
from forms.facts.terms import (
    add_days,
    add_months,
    add_years,
    anniversary,
    fee_grace_end,
    term_years,
)
from forms.facts.working_days import Moved, last_day_to_act

State = Literal["paid", "due", "grace", "lapsed", "ahead"]

_HUNDRED = Decimal(100)
_SHORTEST_YEAR = 365  # days
_DAYS_KEPT = 2048  # what follows from a due day alone: thousands of patents share some hundred
_NOTHING = Decimal(0)


class OpenLicence(msgspec.Struct, frozen=True, gc=False):
    """A recorded open licence: the day of recordal, the last day of the offer it was taken under,
    and the day on which that offer's withdrawal was published."""

    recorded_on: date
    offer_end: date | None = None
    withdrawn_on: date | None = None


class FeeFacts(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """What of a patent its annuities hang on.

    `last_year` is the last patent year that has an annuity, `granted_in` that of the grant, None
    where its day is not known; `reduction` the percent that the owner is relieved of.
    """

    kind: Kind
    filing_date: date
    anniversary: date
    last_year: int
    granted_in: int | None = None
    paid_to: date | None = None
    reduction: int = 0
    open_licences: tuple[OpenLicence, ...] = ()


class Annuity(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One annuity as it stands on a day: sums in yuan.

    `due` is the filing date's day of its year, `pay_by` the last day to pay without lateness.
    `surcharge` is what is owed on top on that day; `payable` is both.
    """

    year: int
    due: date
    pay_by: Moved
    full: Decimal
    reduction_percent: int
    reduced: Decimal
    surcharge: Decimal
    state: State

    @property
    def payable(self) -> Decimal:
        """What is to be paid on that day."""
        return self.reduced + self.surcharge


def fee_facts(
    patent: Patent, kind: Kind | None, open_licences: tuple[OpenLicence, ...] = ()
) -> FeeFacts | None:
    """Return what a patent's annuities hang on; None where kind or filing date are not known."""
    filing = patent.filing_date
    if kind is None or filing is None:
        return None
    granted, percent = patent.grant_date, patent.fee_reduction
    ended = anniversary(kind, filing, patent.compensation_days)
    return FeeFacts(
        kind=kind,
        filing_date=filing,
        anniversary=ended,
        last_year=_last_year(kind, filing, ended if patent.compensation_days else None),
        granted_in=patent_year(filing, granted) if granted and granted >= filing else None,
        paid_to=patent.fee_paid_to,
        reduction=int(percent) if percent and percent != "none" else 0,
        open_licences=open_licences,
    )


def patent_year(filing_date: date, day: date) -> int:
    """Return the patent year (专利年度) that a day is in, counted from the filing date.

    Source: 审查指南 第五部分第九章 4.2.1.1.
    """
    return 0 if day < filing_date else _years_over(filing_date, day)[0] + 1


def _years_over(filing_date: date, day: date) -> tuple[int, date]:
    """Return how many patent years are over on a day, below 0 before the filing, and since when."""
    years = day.year - filing_date.year
    since = add_years(filing_date, years)
    if since <= day:
        return years, since
    return years - 1, add_years(filing_date, years - 1)


def due_day(filing_date: date, year: int) -> date:
    """Return the day by which a year's annuity is due: the year before it ends.

    Source: 审查指南 第五部分第九章 4.2.1 (缴费期限届满日是申请日在该年的相应日).
    """
    return add_years(filing_date, year - 1)


def _last_year(kind: Kind, filing_date: date, compensated_to: date | None) -> int:
    """The last year that has an annuity; a compensated year counts only if it is whole.

    Source: 国家知识产权局公告第594号 (补偿期不足一年的不收).
    """
    years = term_years(kind, filing_date)
    if compensated_to is not None:
        while add_years(filing_date, years + 1) <= compensated_to < date.max:
            years += 1
    return years


def reduction_percent(facts: FeeFacts, year: int, due: date) -> int:
    """Return the percent off an annuity: the higher of two reliefs, never both together.

    An open licence relieves of annuities not yet due on the day of its recordal, as long as the
    offer lasts; after a withdrawal up to the patent year it falls in.
    Source: 审查指南 第五部分第二章 3.1, 第十一章 8.
    """
    if not facts.open_licences:
        return _of_the_ten(facts, year) if facts.reduction else 0
    return max(_of_the_ten(facts, year), _of_open_licence(facts, year, due))


def _of_the_ten(facts: FeeFacts, year: int) -> int:
    first = facts.granted_in
    if first is None or not first <= year < first + fee_table().ten_annuities.annuities:
        return 0
    return facts.reduction


def _of_open_licence(facts: FeeFacts, year: int, due: date) -> int:
    relief, last = fee_table().open_licence, last_day_to_act(due).day
    if last < relief.since:
        return 0
    for one in facts.open_licences:
        is_offered = one.offer_end is None or due <= one.offer_end
        left = one.withdrawn_on and patent_year(facts.filing_date, one.withdrawn_on)
        if one.recorded_on <= last and is_offered and not (left and year > left):
            return relief.percent
    return 0


def surcharge_percent(due: date, day: date) -> int:
    """Return the percent of the full annuity that is owed on top for paying on a day.

    A day a whole month late is in the first step already, as in the Guidelines' example
    (5%时段5月10日至6月10日).
    Source: 专利法实施细则 第一百一十五条; 审查指南 第五部分第九章 4.2.1.3.
    """
    rule = fee_table().surcharge
    if day < add_months(due, rule.free_months):
        return 0
    for step in rule.steps:
        if day <= add_months(due, step.to_month):
            return step.percent
    return rule.steps[-1].percent


def step_ends(due: date) -> tuple[tuple[date, int], ...]:
    """Return the last day of each step of lateness with its percent, the free month's first."""
    rule = fee_table().surcharge
    steps = [(add_months(due, step.to_month), step.percent) for step in rule.steps[:-1]]
    last = (grace_end(due).day, rule.steps[-1].percent)
    return ((add_days(add_months(due, rule.free_months), -1), 0), *steps, last)


def surcharge(full: Decimal, due: date, day: date) -> Decimal:
    """Return what is owed on top in yuan: of the full annuity, whatever relief there is."""
    return _share(full, surcharge_percent(due, day))


@lru_cache(maxsize=_DAYS_KEPT)
def grace_end(due: date) -> Moved:
    """Return the last day of the six months in which a missed annuity may still be paid."""
    return last_day_to_act(fee_grace_end(due))


def still_owed(annuity: Annuity, paid: Decimal, day: date) -> Decimal:
    """Return what makes a short payment good on a day in yuan: by the step of that day.

    Source: 审查指南 第五部分第九章 4.2.1.3 (依照再次补缴时所在滞纳金时段内的标准补足).
    """
    owed = annuity.reduced + surcharge(annuity.full, annuity.due, day) - paid
    return max(owed, Decimal(0))


def annuities(facts: FeeFacts, day: date) -> Iterator[Annuity]:
    """Give the annuities from the year of grant to the last, as they stand on a day.

    Where one was missed the right ended on its day (审查指南 第五部分第九章 4.2.2): it is the last.
    """
    yield from _from(facts, facts.granted_in or 1, day, first_unpaid(facts, day))


def to_be_paid(facts: FeeFacts, day: date, until: date = date.max) -> Iterator[Annuity]:
    """Give the annuities that are not paid, the earliest first, as `annuities` has them.

    Those due after the day `until` are left out.
    """
    unpaid, due = _first_unpaid(facts, day)
    return _from(facts, unpaid, day, unpaid, until, due)


def paid_ahead(facts: FeeFacts, day: date, until: date) -> Iterator[Annuity]:
    """Give the annuities that are paid though their last day is still to come, up to a day."""
    if facts.paid_to is None or (facts.paid_to - day).days < _SHORTEST_YEAR - 1:
        return iter(())
    return _paid_ahead(facts, day, until)


def _paid_ahead(facts: FeeFacts, day: date, until: date) -> Iterator[Annuity]:
    first, unpaid = patent_year(facts.filing_date, day), first_unpaid(facts, day)
    for one in _from(facts, max(first, facts.granted_in or 1), day, unpaid, until):
        if one.state != "paid":
            return
        if one.pay_by.day >= day:
            yield one


class _Stands(msgspec.Struct, frozen=True, gc=False):
    """How an annuity stands on a day, with the last day to pay it without lateness.

    `late_percent` is what is owed on top, of the full annuity; None where it is not late.
    """

    pay_by: Moved
    state: State
    late_percent: int | None = None


def _from(
    facts: FeeFacts,
    year: int,
    day: date,
    unpaid: int,
    until: date = date.max,
    due: date | None = None,
) -> Iterator[Annuity]:
    """Give annuities from a year on; `due` is that year's day, where it is known."""
    filing, last = facts.filing_date, facts.last_year
    due = due or due_day(filing, year)
    while year <= last and due <= until:
        stands = _open_on(due, day)
        if year < unpaid:
            stands = _Stands(stands.pay_by, "paid")
        yield _annuity(facts, year, due, stands)
        if stands.state == "lapsed":
            return
        due = add_years(filing, year)
        year += 1


def _annuity(facts: FeeFacts, year: int, due: date, stands: _Stands) -> Annuity:
    """One annuity; one without an amount in the table costs nothing."""
    full = full_annuity(facts.kind, year, due) or _NOTHING
    percent = reduction_percent(facts, year, due)
    reduced, on_top = _sums(full, percent, stands.late_percent)
    return Annuity(
        year=year,
        due=due,
        pay_by=stands.pay_by,
        full=full,
        reduction_percent=percent,
        reduced=reduced,
        surcharge=on_top,
        state=stands.state,
    )


@lru_cache(maxsize=1024)
def _sums(full: Decimal, percent: int, late_percent: int | None) -> tuple[Decimal, Decimal]:
    """An annuity with its relief, and what lateness adds: nothing where it is None."""
    on_top = _NOTHING if late_percent is None else _share(full, late_percent)
    return full - _share(full, percent), on_top


def first_unpaid(facts: FeeFacts, day: date) -> int:
    """Return the year of the earliest annuity that is not paid, maybe one after the last.

    Without `paid_to` all whose grace has passed are taken as paid: the right is in force.
    """
    return _first_unpaid(facts, day)[0]


def _first_unpaid(facts: FeeFacts, day: date) -> tuple[int, date]:
    """Return the year of the earliest annuity that is not paid, and the day it is due."""
    since, filing, paid_to = facts.granted_in or 0, facts.filing_date, facts.paid_to
    years, due = _years_over(filing, day if paid_to is None else add_days(paid_to, 1))
    if years < since:
        years, due = since, add_years(filing, since)
    if paid_to is None and _open_on(due, day).state == "lapsed":
        years, due = years + 1, add_years(filing, years + 1)
    return years + 1, due


@lru_cache(maxsize=_DAYS_KEPT)
def _open_on(due: date, day: date) -> _Stands:
    """How every annuity of a due day that is not paid stands on a day."""
    pay_by = last_day_to_act(due)
    if day <= pay_by.day:
        return _Stands(pay_by, "due" if (due - day).days <= _SHORTEST_YEAR else "ahead")
    state: State = "grace" if day <= grace_end(due).day else "lapsed"
    return _Stands(pay_by, state, surcharge_percent(due, day))


def lapsed_on(facts: FeeFacts, day: date) -> date | None:
    """Return the day on which the right ended for want of an annuity; None while it stands.

    Source: 专利法实施细则 第一百一十五条 (自应当缴纳年费期满之日起终止).
    """
    first = next(to_be_paid(facts, day), None)
    return first.due if first is not None and first.state == "lapsed" else None


class Restoring(msgspec.Struct, frozen=True, gc=False):
    """Asking a lapsed right back: the last day of an ordinary request, and what it costs in yuan.

    `latest` is the last day where force majeure hindered; `is_presumed` says that the notice's
    day is not known and the earliest it can have come was taken.
    """

    last_day: Moved
    latest: Moved
    is_presumed: bool
    fee: Decimal
    annuity: Decimal
    surcharge: Decimal

    @property
    def total(self) -> Decimal:
        """All that is to be paid with the request."""
        return self.fee + self.annuity + self.surcharge


def restoring(missed: Annuity, notice_on: date | None) -> Restoring:
    """Return how a right that lapsed for want of an annuity is asked back.

    `notice_on` is the day the notice of termination was received.  Source: 专利法实施细则 第六条;
    审查指南 第五部分第七章 6.2, 第九章 4.2.1.3 (缴纳或者补足全额年费25%的滞纳金).
    """
    rule, late = fee_table().restoration, fee_table().surcharge.steps[-1].percent
    end = grace_end(missed.due).day
    return Restoring(
        last_day=last_day_to_act(add_months(notice_on or end, rule.months)),
        latest=last_day_to_act(add_years(end, rule.years_at_most)),
        is_presumed=notice_on is None,
        fee=rule.yuan,
        annuity=missed.reduced,
        surcharge=_share(missed.full, late),
    )


@lru_cache(maxsize=1024)
def _share(full: Decimal, percent: int) -> Decimal:
    return (full * percent / _HUNDRED).quantize(FEN)
