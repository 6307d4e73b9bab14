"""States of cases as a register keeps them: settled in the transaction that touched the case.

A state that hangs on the day carries the last day for which it surely holds, so that it need
not be computed again each time the register is opened.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from forms.facts import derived
from forms.facts.amounts import plain
from forms.facts.annuities import grace_end
from forms.facts.record import Case, Licence, RateBase, Royalty
from forms.facts.working_days import last_day_to_act
from forms.office.case_standing import check_each
from forms.office.store import CaseStore
from forms.office.stored import Settled
from forms.pack.pack_shelf import Shelf

DAY = timedelta(days=1)


def settled(
    store: CaseStore, shelf: Shelf, today: date, case_ids: Sequence[int]
) -> dict[int, Settled]:
    """Settle some cases of a store, each by its own pack; one that is not there is left out."""
    cases = store.cases.listed(ids=case_ids)
    return {
        one.stored.id: Settled(
            state=one.state,
            until=until(one.stored.case, today, [licence for _, licence in one.licences]),
            royalty="\n".join(royalty_in_short(one.stored.case.royalty)),
        )
        for one in check_each(store, shelf, today, cases)
    }


def until(case: Case, today: date, licences: Sequence[Licence] = ()) -> date | None:
    """Return the last day on which a check of the case surely finds what it finds today.

    Rules compare today with days the case names or implies, and its number's year with this
    one; so nothing changes before the nearest of these.
    """
    days = (*_days(case), *(licence.ends_on for licence in licences))
    known = [day for day in days if day is not None and day > date.min]
    turning = [turn for day in known for turn in (day - DAY, day) if turn >= today]
    number = derived.number(case)
    if number is not None and number.year > today.year:
        turning.append(date(today.year, 12, 31))
    return min(turning, default=None)


def _days(case: Case) -> Iterator[date | None]:
    patent = case.patent
    named = (patent.filing_date, patent.grant_date, patent.fee_paid_to, patent.transferred_on)
    extras = (extra.day for extra in case.extra.values())
    its = case.declaration
    course = (
        its.filed_on,
        its.published_on,
        its.withdrawal_asked_on,
        its.withdrawn_on,
        its.told_on,
    )
    paid_to = patent.fee_paid_to
    fees = () if paid_to is None else (last_day_to_act(paid_to).day, grace_end(paid_to).day)
    yield from (*named, *fees, *course, case.offer_end, derived.term_end(case), *extras)


def royalty_in_short(royalty: Royalty) -> tuple[str, ...]:
    """Return the royalty in one or two short lines: what it is, what it comes to."""
    match royalty.way:
        case "free":
            return ("免费使用",)
        case "entry_running":
            running, rate = royalty.entry_running, royalty.entry_running.rate_percent
            of_base = f"{_OF_BASE[running.base] or '提成'}{_percent(rate)}" if rate else ""
            return _lines(f"入门费{_yuan(running.entry_fee)}", of_base)
        case "running":
            rate = royalty.running.rate_percent
            return _lines("提成", _OF_BASE[royalty.running.base] + _percent(rate))
        case "lump_sum":
            return _lines("一次总付", _yuan(royalty.lump_sum.amount))
        case "instalments":
            times = derived.instalment_times(royalty.instalments)
            total = _yuan(derived.instalment_total(royalty.instalments))
            in_all = f"共{total}" if total else ""
            return _lines(f"分期 {times} 次" if times else "分期支付", in_all)
        case "other":
            return _lines("其他标准", royalty.other.text.partition("\n")[0][:40])
    return ()


_OF_BASE: Mapping[RateBase | None, str] = {None: "", "net_sales": "净销售额", "profit": "利润额"}


def _percent(rate: Decimal | None) -> str:
    return f" {plain(rate)}%" if rate is not None else ""


def _lines(*lines: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in lines if line.strip())


def _yuan(amount: Decimal | None) -> str:
    """Return an amount as the register shows it: 30,000 元, cents only where there are any."""
    if amount is None:
        return ""
    return f" {amount:,f} 元" if amount != amount.to_integral_value() else f" {int(amount):,} 元"
