"""Who gets what of a pool's income: exact, to the fen, and the same however it is put in.

From the income goes the operator's fee, then the annuities that were paid centrally.  The rest is
shared by number of patents, by their weights, by agreed shares, or by parts of these, within floors
and caps; a patent counts where it is in force within the period.  What can not be shared to the fen
goes by largest remainder.  Equal remainders: the member that `joined` first, one without a day
last, then by the name, code point by code point; the order in which members stand never counts.

Source: 专利池建设运行工作指引 第九条; T/CIPS 017 6.5.  Largest remainder is the program's own
choice (ADR 0059): neither says how to round.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil

import msgspec

from forms.facts.amounts import grouped
from forms.pool.counting import DECIMALS, Counted, Nothing, counted, fen, weights
from forms.pool.rounding import bounded, rounded
from forms.pool.share_faults import Fault, NoShares, faults_of, named
from forms.pool.share_input import Portion, ShareRun


class Share(msgspec.Struct, frozen=True, kw_only=True):
    """What a member gets, in yuan, and what it follows from.

    `count` are the patents that counted; `weight` what they weigh (with `by_days` times days);
    `part` the exact part of the whole that its weight is; `exact` the exact amount after bounds.
    """

    member: str
    amount: Decimal
    count: int
    weight: Decimal
    part: Fraction
    exact: Fraction

    @property
    def is_rounded_up(self) -> bool:
        """Whether a fen went to it by its remainder."""
        return self.exact < Fraction(self.amount)


class Shares(msgspec.Struct, frozen=True, kw_only=True):
    """A distribution as it was reckoned, in yuan: `total` is the sum of all shares."""

    fee: Decimal
    annuities: Decimal
    distributed: Decimal
    shares: tuple[Share, ...]
    total: Decimal


def shares(run: ShareRun) -> Shares:
    """Return who gets what.  Raises NoShares, which names every place that is at fault."""
    faults = faults_of(run)
    if faults:
        raise NoShares(faults)
    income, annuities = fen(run.income), fen(run.annuities)
    fee = fee_of(run.fee, income)
    distributed = income - fee - annuities
    if distributed < 0:
        words = (
            f"管理费和代缴年费共 {grouped(_yuan(fee + annuities))} 元，"
            f"超过收入 {grouped(_yuan(income))} 元"
        )
        raise NoShares([Fault("income", words)])
    held = counted(run)
    try:
        weighed = weights(run, held)
    except Nothing as nothing:
        raise NoShares([_nothing_counts(run, held, nothing.source)]) from None
    least, most = _bounds(run, distributed, weighed)
    try:
        exact = bounded(distributed, weighed, least, most)
    except ValueError:
        raise NoShares([_unbounded(distributed, least)]) from None
    ties = [(member.joined or date.max, member.name) for member in run.members]
    whole = rounded(distributed, exact, ties)
    of_all = sum(weighed)
    return Shares(
        fee=_yuan(fee),
        annuities=_yuan(annuities),
        distributed=_yuan(distributed),
        shares=tuple(
            Share(
                member=member.name,
                amount=_yuan(amount),
                count=len(ones),
                weight=Decimal(f"{sum(one.units for one in ones)}E-{DECIMALS}"),
                part=Fraction(weight, of_all),
                exact=share / 100,
            )
            for member, ones, weight, share, amount in zip(
                *(run.members, held, weighed, exact, whole), strict=True
            )
        ),
        total=_yuan(sum(whole)),
    )


def fee_of(fee: Portion, income: int) -> int:
    """Return the operator's fee in fen: the sum, or the percent of the income, half a fen up."""
    if fee.sum is not None:
        return fen(fee.sum)
    share = Fraction(fee.percent or 0) * income / 100
    return int(share + Fraction(1, 2))


def _yuan(amount: int) -> Decimal:
    """An amount of fen in yuan, with both decimals."""
    return Decimal(amount).scaleb(-2)


def _nothing_counts(run: ShareRun, held: Sequence[Sequence[Counted]], source: int | None) -> Fault:
    first, last = run.period
    if source is not None and run.sources[source].numbers is not None:
        words = (
            f"{named(run.sources[source].name)} 的专利清单中，{first} 至 {last} 没有可以计入的专利"
        )
        return Fault(f"sources[{source}].numbers", words)
    if any(held):
        return Fault("members", "本期有效专利的权重都是 0，无法按权重分配，请填写权重")
    return Fault(
        "members", f"{first} 至 {last} 没有一件有效的入池专利，无法分配，请核对专利的起止日和期间"
    )


def _bounds(
    run: ShareRun, distributed: int, weighed: Sequence[int]
) -> tuple[list[int], list[int | None]]:
    """The least and the most of each member, in fen; nobody without a share has a least."""
    least: list[int] = []
    most: list[int | None] = []
    for member, weight in zip(run.members, weighed, strict=True):
        floor, cap = member.floor or run.floor, member.cap or run.cap
        low, high = _in_fen(floor, distributed), _in_fen(cap, distributed)
        least.append(int(low) if low is not None and weight else 0)
        most.append(None if high is None else ceil(high))
        if high is not None and ceil(high) < least[-1]:
            raise NoShares([Fault("floor", f"{named(member.name)} 的保底高于封顶")])
    return least, most


def _in_fen(one: Portion | None, distributed: int) -> Fraction | None:
    if one is None or one == Portion():
        return None
    if one.sum is not None:
        return Fraction(fen(one.sum))
    return Fraction(one.percent or 0) * distributed / 100


def _unbounded(distributed: int, least: Sequence[int]) -> Fault:
    if sum(least) > distributed:
        words = (
            f"各成员的保底合计 {grouped(_yuan(sum(least)))} 元，"
            f"超过可分配收益 {grouped(_yuan(distributed))} 元，请降低保底"
        )
        return Fault("floor", words)
    words = f"各成员都到了封顶，可分配收益 {grouped(_yuan(distributed))} 元分不完，请提高封顶"
    return Fault("cap", words)
