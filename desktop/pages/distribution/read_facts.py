"""What is typed into the sheets of the distributions, read as every other box of the program."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

from desktop.installed.screen_texts import t
from desktop.parts.facts_sheet import FactsSheet
from forms.facts.quantities import Unreadable, read_date, read_money, read_percent

if TYPE_CHECKING:
    from forms.office.pool_money import PoolMoney
    from forms.pool.records import StatementCycle

T = TypeVar("T")

_MONTHS: Mapping[StatementCycle, int] = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}


class Odd(ValueError):
    """What is wrong of what was typed, for the clerk."""


def day_of(text: str) -> date:
    """Read a day.  Raises Odd."""
    try:
        return read_date(text)
    except Unreadable as fault:
        raise Odd(t("distribution.odd.day")) from fault


def money_of(text: str) -> Decimal:
    """Read an amount of whole fen.  Raises Odd."""
    try:
        amount = read_money(text.removeprefix("-"))
    except Unreadable as fault:
        raise Odd(t("distribution.odd.amount")) from fault
    if amount != round(amount, 2):
        raise Odd(t("distribution.odd.fen"))
    return -amount if text.startswith("-") else amount


def percent_of(text: str) -> Decimal:
    """Read a percent.  Raises Odd."""
    try:
        percent = read_percent(text)
    except Unreadable as fault:
        raise Odd(t("distribution.odd.percent")) from fault
    if not 0 <= percent <= 100:
        raise Odd(t("distribution.odd.percent"))
    return percent


def text_of(text: str) -> str:
    """Take words.  Raises Odd where there are none."""
    if not text.strip():
        raise Odd(t("distribution.odd.empty"))
    return text.strip()


def maybe(read: Callable[[str], T]) -> Callable[[str], T | None]:
    """Read what may be left blank."""
    return lambda text: read(text) if text.strip() else None


def checked_by(
    rules: Mapping[str, Callable[[str], object]],
) -> Callable[[FactsSheet], tuple[str, str] | None]:
    """What tells the first fact of a sheet that can not be read, and why."""

    def check(sheet: FactsSheet) -> tuple[str, str] | None:
        for name, read in rules.items():
            try:
                read(sheet.said(name))
            except Odd as odd:
                return name, str(odd)
        return None

    return check


def previous_period(money: PoolMoney, today: date) -> tuple[date, date]:
    """Return the period that is likely meant: after the last run, else the cycle that is over."""
    months = _MONTHS[money.pool.statements]
    count = today.month - 1 - (today.month - 1) % months
    begins = date(today.year, count + 1, 1)
    last = begins - timedelta(days=1)
    first_month = last.month - months
    first = date(last.year + first_month // 12, first_month % 12 + 1, 1)
    done = [run.last for _, run in money.numbered if run.last is not None]
    after = max(done, default=None)
    if after is not None and first <= after < last:
        first = after + timedelta(days=1)
    return first, last
