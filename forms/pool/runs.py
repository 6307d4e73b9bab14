"""Distributions of a pool (收益分配) as they are kept: what was counted, and who got what.

A run is open, or closed (定稿) for ever: it then holds the figures it was reckoned from and what
came out, and a correction is a further run (`corrects`) that books the differences.  What was paid
to a member is a record of its own.

Sources: 专利池建设运行工作指引 第九条; T/CIPS 017 6.4.3 (paid within some days, less the fee), 6.5.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from msgspec.structs import replace

from forms.facts.record_shape import Record, WithAmounts
from forms.ground.record_kind import RecordKind
from forms.pool.records import Member, OperatorFee, Pool, PoolPatent, ShareRule
from forms.pool.share_input import HeldPatent, Part, Portion, ShareRun, Source
from forms.pool.share_input import Member as Sharer
from forms.pool.shares import Shares, shares
from forms.pool.standing import days_in, weight_of, weights

ReceiptOf = Literal["pool_licence", "licence", "entered"]

NOUGHT = Decimal("0.00")
_DAY = timedelta(days=1)


class Taken(WithAmounts, omit_defaults=True, frozen=True):
    """Money that came in and is counted: of which licence, from whom, what for, when, how much.

    `numbers` are the patents of the licence's list; None where it is of the whole pool.
    """

    of: ReceiptOf = "entered"
    of_id: int | None = None
    payer: str = ""
    what: str = ""
    day: date | None = None
    amount: Decimal | None = None
    voucher: str = ""
    numbers: tuple[str, ...] | None = None

    @property
    def mark(self) -> Hashable:
        """What tells it from others, whatever was mended of its words since."""
        return (self.of, self.of_id, self.day, self.amount, self.voucher)


class CentralFee(WithAmounts, omit_defaults=True, frozen=True):
    """An annuity that the pool paid for a member (统一代缴): number, what, when, how much."""

    number: str = ""
    what: str = ""
    day: date | None = None
    amount: Decimal | None = None
    voucher: str = ""

    @property
    def mark(self) -> Hashable:
        """What tells it from others: an annuity of a year is paid once."""
        return (self.number, self.what)


class MemberShare(WithAmounts, omit_defaults=True, frozen=True):
    """What a member gets by a closed run, in yuan; `grades` counts its patents by their grades.

    `part` and `exact` are exact fractions ("95/268"); `before` is what earlier runs, which this
    one corrects, gave it already.
    """

    member_id: int
    name: str
    count: int = 0
    grades: Mapping[str, int] = {}
    weight: Decimal = Decimal(0)
    part: str = "0"
    exact: str = "0"
    amount: Decimal = NOUGHT
    before: Decimal = NOUGHT

    @property
    def due(self) -> Decimal:
        """What it gets by this run; below zero it has to give back."""
        return self.amount - self.before

    @property
    def is_rounded_up(self) -> bool:
        """Whether a fen went to it by its remainder."""
        return Fraction(self.exact) < Fraction(self.amount)


class Totals(WithAmounts, omit_defaults=True, frozen=True):
    """The sums of a run, in yuan: income less fee less annuities is what is distributed."""

    income: Decimal = NOUGHT
    fee: Decimal = NOUGHT
    annuities: Decimal = NOUGHT
    distributed: Decimal = NOUGHT


class Run(Record, omit_defaults=True, frozen=True):
    """A distribution of a pool: the `place`th of a `year`, of a period whose both ends count.

    `rule` and `fee` are the pool's as they stood when it was begun, or as they were changed for
    it; `pay_by` is the day by which the members are paid.  What follows `closed_on` is empty
    until then.
    """

    version: int = 1
    year: int = 0
    place: int = 0
    first: date | None = None
    last: date | None = None
    receipts: tuple[Taken, ...] = ()
    fees: tuple[CentralFee, ...] = ()
    fee: OperatorFee = OperatorFee()
    rule: ShareRule = ShareRule()
    pay_by: date | None = None
    corrects: int | None = None
    reason: str = ""
    notes: str = ""
    closed_on: date | None = None
    closed_by: str = ""
    reckoned: ShareRun | None = None
    totals: Totals = Totals()
    shares: tuple[MemberShare, ...] = ()

    @property
    def is_closed(self) -> bool:
        """Whether it is closed (定稿)."""
        return self.closed_on is not None

    @property
    def number(self) -> str:
        """Its number within the pool: 2026-02."""
        return f"{self.year}-{self.place:02}"

    @property
    def words(self) -> str:
        """What it is called: 2026 年第 2 次."""
        return f"{self.year} 年第 {self.place} 次"


class Payment(WithAmounts, omit_defaults=True, frozen=True):
    """Money paid to a member by a run, in yuan; below zero it was given back."""

    run_id: int
    member_id: int
    day: date | None = None
    amount: Decimal = NOUGHT
    voucher: str = ""
    notes: str = ""


RUNS = RecordKind(
    name="pool_run",
    shape=Run,
    word="收益分配",
    key=lambda run: run.number,
    state=lambda run: "closed" if run.is_closed else "open",
)
PAYMENTS = RecordKind(
    name="pool_payment",
    shape=Payment,
    word="支付记录",
    key=lambda one: f"{one.run_id}:{one.member_id}",
    searched=lambda one: (one.voucher, one.notes),
)

Numbered = Sequence[tuple[int, Member]]
"""Members with their ids, in the order of the pool."""


def input_of(
    pool: Pool, members: Numbered, patents: Iterable[PoolPatent], run: Run
) -> tuple[ShareRun, list[int]]:
    """Return what a run is reckoned from, and the id of each of its members, in order.

    Members are those that were in on any day of the period; a patent is in until its day, and
    while its member is.
    """
    first, last = _period(run)
    of_grade, held = weights(pool), dict[int, list[HeldPatent]]()
    left = {member_id: member.left_on for member_id, member in members}
    for patent in patents:
        days = days_in(patent)
        if days is None:
            continue
        gone = left.get(patent.member_id)
        ends = [day for day in (days[1], gone - _DAY if gone else None) if day is not None]
        until = min(ends, default=None)
        if days[0] > last or (until is not None and (until < first or until < days[0])):
            continue
        held.setdefault(patent.member_id, []).append(
            HeldPatent(
                number=patent.number,
                since=days[0],
                until=until,
                weight=weight_of(patent, of_grade),
            )
        )
    inside = [one for one in members if _is_member(one[1], first, last)]
    rule = run.rule
    made = ShareRun(
        period=(first, last),
        income=sum((one.amount or NOUGHT for one in run.receipts), NOUGHT),
        method=rule.method,
        members=tuple(
            Sharer(
                name=member.party.name,
                patents=tuple(held.get(member_id, ())),
                share_percent=member.share_percent,
                joined=member.joined_on,
            )
            for member_id, member in inside
        ),
        fee=Portion(percent=run.fee.percent, sum=run.fee.amount),
        annuities=sum((one.amount or NOUGHT for one in run.fees), NOUGHT),
        parts=_parts(rule),
        floor=_bound(rule.floor_percent),
        cap=_bound(rule.cap_percent),
        by_days=rule.by_days,
        sources=_sources(run.receipts),
    )
    return made, [member_id for member_id, _ in inside]


def reckon(
    pool: Pool,
    members: Numbered,
    patents: Sequence[PoolPatent],
    run: Run,
    before: Mapping[int, Decimal],
) -> Run:
    """Return a run with its figures as they are now; `before` is what is corrected, by member.

    Raises NoShares.
    """
    reckoned, ids = input_of(pool, members, patents, run)
    done = shares(reckoned)
    of_number = {one.number: one.grade for one in patents}
    rows = [
        MemberShare(
            member_id=member_id,
            name=share.member,
            count=share.count,
            grades=dict(Counter(of_number[one.number] for one in sharer.patents)),
            weight=share.weight,
            part=str(share.part),
            exact=str(share.exact),
            amount=share.amount,
            before=before.get(member_id, NOUGHT),
        )
        for member_id, sharer, share in zip(ids, reckoned.members, done.shares, strict=True)
    ]
    names = {member_id: member.party.name for member_id, member in members}
    rows += [
        MemberShare(member_id=member_id, name=names.get(member_id, ""), before=amount)
        for member_id, amount in before.items()
        if amount and member_id not in ids
    ]
    return _with(run, reckoned, done, tuple(rows))


def _with(run: Run, reckoned: ShareRun, done: Shares, rows: tuple[MemberShare, ...]) -> Run:
    totals = Totals(
        income=reckoned.income,
        fee=done.fee,
        annuities=done.annuities,
        distributed=done.distributed,
    )
    return replace(run, reckoned=reckoned, totals=totals, shares=rows)


def given(runs: Iterable[tuple[int, Run]], corrected: int) -> dict[int, Decimal]:
    """Return what a closed run and all that correct it gave each member, together."""
    chain, total = {corrected}, dict[int, Decimal]()
    for run_id, run in runs:  # in order of creation: what corrects comes after
        if run.corrects in chain:
            chain.add(run_id)
        if run_id in chain and run.is_closed:
            for share in run.shares:
                total[share.member_id] = total.get(share.member_id, NOUGHT) + share.due
    return total


def _period(run: Run) -> tuple[date, date]:
    if run.first is None or run.last is None:
        raise ValueError("a run without its period")
    return run.first, run.last


def _is_member(member: Member, first: date, last: date) -> bool:
    return (member.joined_on is None or member.joined_on <= last) and (
        member.left_on is None or member.left_on > first
    )


def _parts(rule: ShareRule) -> tuple[Part, ...]:
    if rule.method != "formula":
        return ()
    told: tuple[tuple[Literal["number", "weight", "agreed"], Decimal | None], ...] = (
        ("number", rule.number_part),
        ("weight", rule.weight_part),
        ("agreed", rule.agreed_part),
    )
    return tuple(Part(method=method, percent=percent) for method, percent in told if percent)


def _bound(percent: Decimal | None) -> Portion | None:
    return None if percent is None else Portion(percent=percent)


def _sources(receipts: Sequence[Taken]) -> tuple[Source, ...]:
    """The income by the lists it is shared within; nothing where all is of the whole pool."""
    if all(one.numbers is None for one in receipts):
        return ()
    sums: dict[tuple[str, ...] | None, tuple[str, Decimal]] = {}
    for one in receipts:
        key = None if one.numbers is None else tuple(sorted(set(one.numbers)))
        name, amount = sums.get(key, (one.payer or one.what, NOUGHT))
        sums[key] = name, amount + (one.amount or NOUGHT)
    return tuple(
        Source(name=name, income=amount, numbers=numbers)
        for numbers, (name, amount) in sums.items()
    )
