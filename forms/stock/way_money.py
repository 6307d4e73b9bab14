"""What a way for a patent costs and brings, as far as there are figures: sums in yuan, sources.

Nothing is estimated: annuities come from the fee table, receipts from the licences, what others
paid from published figures with their source.  Where a fact is wanting, it is said.

Sources: 专利法实施细则 第六条、第一百一十五条; 审查指南 第五部分第二章 3.1, 第十一章 8.
This module must not know today's date.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

import msgspec

from forms.facts.amounts import grouped
from forms.facts.annuities import OpenLicence, to_be_paid
from forms.stock.signs import WayFacts, restoration
from forms.stock.way_rules import Way
from forms.stock.ways import WayFound

_ZERO = Decimal(0)
_FEES = "年费标准；专利法实施细则 第一百一十五条"
_RELIEF = "审查指南 第五部分第十一章 8：自备案日起尚未到期的年费减缴 15%，两项减缴取高"
_RESTORE = "专利法实施细则 第六条；审查指南 第五部分第九章 4.2.1.3"
_OWN = "本单位的许可台账"
_OF_RIGHT: tuple[Way, ...] = ("own_use", "ordinary", "open", "pool")
_LICENSING: tuple[Way, ...] = ("ordinary", "open", "pool")


class Published(msgspec.Struct, frozen=True, kw_only=True):
    """A published figure of what licences cost: yuan over so many years, or percent; its source."""

    industry: str
    year: int
    amount: Decimal | None = None
    years: Decimal | None = None
    rate: Decimal | None = None
    source: str
    caution: str = ""


class Money(msgspec.Struct, frozen=True, kw_only=True):
    """What came in from licences on a patent so far, in yuan, and of how many."""

    received: Decimal = _ZERO
    licences: int = 0


class Figure(msgspec.Struct, frozen=True, gc=False):
    """A sentence on what a way costs or brings, and where its figure comes from."""

    message: str
    source: str


def figures_of(
    way: WayFound, facts: WayFacts, money: Money, published: Sequence[Published], today: date
) -> tuple[Figure, ...]:
    """Return what a way costs and brings on a day; nothing of one that is closed."""
    return tuple(_figures(way.way, facts, money, published, today)) if way.is_open else ()


def _figures(
    way: Way, facts: WayFacts, money: Money, published: Sequence[Published], today: date
) -> Iterator[Figure]:
    if way == "restore":
        yield from _restoring(facts, today)
        return
    left = _left(facts, today)
    if way in _OF_RIGHT or way == "surrender":
        yield _maintaining(way, left)
    if way == "open" and left is not None and left[1]:
        yield from _relief(facts, left[1], today)
    if way in _LICENSING:
        if money.received:
            words = f"已由 {money.licences} 份许可收到 {grouped(money.received)} 元"
            yield Figure(words, _OWN)
        if way != "pool":
            yield from (_published(one) for one in published)


def _left(facts: WayFacts, today: date) -> tuple[int, Decimal] | None:
    """How many annuities are still to be paid and what they come to; None where not known."""
    if facts.fees is None:
        return None
    unpaid = [one for one in to_be_paid(facts.fees, today) if one.state != "lapsed"]
    return len(unpaid), sum((one.payable for one in unpaid), _ZERO)


def _maintaining(way: Way, left: tuple[int, Decimal] | None) -> Figure:
    if left is None:
        return Figure("申请日或者专利号未填（待填），年费无从推算", _FEES)
    count, total = left
    if not count:
        return Figure("没有须再缴的年费", _FEES)
    verb = "不再维持可免缴" if way == "surrender" else "维持到期满须缴"
    return Figure(f"{verb} {count} 期年费，共 {grouped(total)} 元（照现有减缴推算）", _FEES)


def _relief(facts: WayFacts, total: Decimal, today: date) -> Iterator[Figure]:
    if facts.fees is None or facts.fees.open_licences:
        return
    offered = msgspec.structs.replace(facts.fees, open_licences=(OpenLicence(today),))
    unpaid = [one for one in to_be_paid(offered, today) if one.state != "lapsed"]
    saved = total - sum((one.payable for one in unpaid), _ZERO)
    if saved > 0:
        words = f"如现在即有一份开放许可备案并一直延续，年费可少缴 {grouped(saved)} 元"
        yield Figure(words, _RELIEF)
    else:
        yield Figure("已按更高的比例减缴年费，开放许可不再减少", _RELIEF)


def _restoring(facts: WayFacts, today: date) -> Iterator[Figure]:
    how = restoration(facts, today)
    if how is None:
        yield Figure("年费已交至未填（待填），恢复的费用无从推算", _RESTORE)
        return
    parts = (
        f"恢复费 {grouped(how.fee)}、年费 {grouped(how.annuity)}、滞纳金 {grouped(how.surcharge)}"
    )
    yield Figure(f"须缴 {grouped(how.total)} 元：{parts}", _RESTORE)


def _published(one: Published) -> Figure:
    said = []
    if one.amount is not None:
        over = f"，平均 {one.years} 年" if one.years is not None else ""
        said.append(f"固定费用平均 {grouped(one.amount)} 元{over}")
    if one.rate is not None:
        said.append(f"提成率平均 {one.rate}%")
    words = f"参考：{one.year} 年{one.industry}许可，{'；'.join(said)}"
    return Figure(words, "；".join(filter(None, (one.source, one.caution))))
