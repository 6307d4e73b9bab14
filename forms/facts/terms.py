"""Terms: how long a patent is protected, and date arithmetic as the law counts.

A term runs from the filing date (申请日, never the priority date) and ends with the
corresponding day of its last month.  Which of two neighbouring days is the last is seen
differently: the anniversary is the day the right has ended, the day before it is certainly
the last day of protection.  Both are kept, so that a rule may tell them apart.

Dates past the year 9999 become `date.max`, those before the year 1 `date.min`; nothing raises.
This module must not know a case, a pack or today's date.
"""

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, timedelta
from functools import lru_cache

import msgspec

from forms.facts.record import Duration, Kind

DESIGN_FIFTEEN_YEARS_FROM = date(2021, 6, 1)
GRACE_MONTHS = 6
_SHORTEST_MONTH = 28  # days


class Protection(msgspec.Struct, frozen=True):
    """The term of protection of one patent: first day, last day, and the anniversary after it."""

    first_day: date
    last_day: date
    anniversary: date


def term_years(kind: Kind, filing_date: date) -> int:
    """Return the years of protection: invention 20, utility model 10, design 15.

    A design filed on or before 2021-05-31 has 10.
    Source: 专利法 第四十二条 (2020); 施行专利法的审查业务处理暂行办法 第十条 for designs.
    """
    if kind == "design":
        return 15 if filing_date >= DESIGN_FIFTEEN_YEARS_FROM else 10
    return 20 if kind == "invention" else 10


def protection(kind: Kind, filing_date: date, compensation_days: int | None = None) -> Protection:
    """Return the term of protection; compensation days lengthen an invention's only.

    Source: 专利法 第四十二条; 专利法实施细则 第五条.
    """
    ended = anniversary(kind, filing_date, compensation_days)
    return Protection(filing_date, add_days(ended, -1), ended)


def anniversary(kind: Kind, filing_date: date, compensation_days: int | None = None) -> date:
    """Return the day on which the right has ended (期满终止日), as `protection` has it.

    Source: 审查指南 第五部分第九章 4.1.
    """
    end = add_years(filing_date, term_years(kind, filing_date))
    if kind == "invention" and compensation_days:
        return add_days(end, max(compensation_days, 0))
    return end


def protection_end(kind: Kind, filing_date: date, compensation_days: int | None = None) -> date:
    """Return the last day of protection, the day before the anniversary."""
    return protection(kind, filing_date, compensation_days).last_day


@lru_cache(maxsize=4096)  # one patent's days are asked for several times, and offices have few
def add_months(start: date, months: int) -> date:
    """Return the corresponding day some months on, or the last day of a shorter month.

    Source: 专利法实施细则 第五条 (该月无相应日的，以该月最后一日为期限届满日).
    """
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if not MINYEAR <= year <= MAXYEAR:
        return date.max if months > 0 else date.min
    if start.day <= _SHORTEST_MONTH:
        return date(year, month + 1, start.day)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def add_years(start: date, years: int) -> date:
    """Return the corresponding day some years on, as `add_months` has it.

    Most patents have days of their own, so that what is kept of others is of no use to them.
    """
    year = start.year + years
    if start.day > _SHORTEST_MONTH or not MINYEAR <= year <= MAXYEAR:
        return add_months(start, 12 * years)
    return date(year, start.month, start.day)


def add_days(start: date, days: int) -> date:
    """Return the day some days on, or the first or last day there is."""
    try:
        return start + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def add_duration(start: date, length: Duration) -> date:
    """Return the corresponding day after a length of time."""
    if length.unit == "day":
        return add_days(start, length.count)
    return add_months(start, length.count * (12 if length.unit == "year" else 1))


def fee_grace_end(paid_to: date) -> date:
    """Return the last day on which an annual fee may still be paid, with a surcharge.

    Source: 专利法实施细则 第一百一十五条 (自应当缴纳年费期满之日起6个月内补缴).
    """
    return add_months(paid_to, GRACE_MONTHS)
