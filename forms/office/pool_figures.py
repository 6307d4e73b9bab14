"""A pool's figures of a year (统计): members, patents, licences, and its money."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import msgspec

from forms.office.pool_money import PoolMoney, pool_money
from forms.office.pool_payments import owed
from forms.office.store import CaseStore
from forms.pool.records import POOLS
from forms.pool.runs import NOUGHT
from forms.pool.standing import is_in


class PoolFigures(msgspec.Struct, frozen=True, kw_only=True):
    """A pool on the last day of a year's count; money is in yuan.

    `members`, `patents` and `licences` are those on that day (licences that were signed and have
    not ended); `entered` and `left` the patents that came and went in the year; `income` what came
    in under the pool's licences, `distributed` what closed runs of the year shared, `paid` what
    members were paid in the year, `unpaid` what they still wait for, of all years.
    """

    pool_id: int
    name: str
    is_run: bool
    members: int
    patents: int
    licences: int
    entered: int
    left: int
    income: Decimal
    distributed: Decimal
    paid: Decimal
    unpaid: Decimal


def pool_figures(store: CaseStore, year: int, end: date) -> tuple[PoolFigures, ...]:
    """Return the figures of all pools of a year, up to a day."""
    first = date(year, 1, 1)
    return tuple(
        _figures(pool_money(store, kept.id), first, end)
        for kept in store.records.of(POOLS).listed()
    )


def _figures(money: PoolMoney, first: date, end: date) -> PoolFigures:
    return PoolFigures(
        pool_id=money.id,
        name=money.pool.name,
        is_run=money.pool.run == "run",
        members=sum(
            (one.joined_on is None or one.joined_on <= end)
            and (one.left_on is None or one.left_on > end)
            for _, one in money.members
        ),
        patents=sum(is_in(one, end) for one in money.patents),
        licences=sum(
            one.licence.signed_on is not None
            and one.licence.signed_on <= end
            and (one.licence.ends_on is None or one.licence.ends_on >= end)
            and (one.licence.life.ending.day is None or one.licence.life.ending.day > end)
            for _, one in money.licences
        ),
        entered=sum(_within(one.entered_on, first, end) for one in money.patents),
        left=sum(_within(one.out_on, first, end) for one in money.patents),
        income=sum(_income(money, first, end), NOUGHT),
        distributed=sum(_distributed(money, first, end), NOUGHT),
        paid=sum(
            (one.record.amount for one in money.payments if _within(one.record.day, first, end)),
            NOUGHT,
        ),
        unpaid=sum((one.left for one in owed(money)), NOUGHT),
    )


def _income(money: PoolMoney, first: date, end: date) -> Iterator[Decimal]:
    for _, one in money.licences:
        for receipt in one.licence.life.receipts:
            if receipt.amount is not None and _within(receipt.day, first, end):
                yield receipt.amount


def _distributed(money: PoolMoney, first: date, end: date) -> Iterator[Decimal]:
    """What runs closed in the year gave the members, corrections with their differences."""
    for _, run in money.numbered:
        if _within(run.closed_on, first, end):
            yield from (share.due for share in run.shares)


def _within(day: date | None, first: date, end: date) -> bool:
    return day is not None and first <= day <= end
