"""What members get by closed distributions, what of it was paid, what waits to be shared."""

from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace as with_other
from datetime import date
from decimal import Decimal

from forms.facts.amounts import grouped
from forms.office.pool_money import PoolMoney, pool_money, receipts_to_count
from forms.office.store import CannotDo, CaseStore
from forms.pool.runs import NOUGHT, PAYMENTS, MemberShare, Payment, Run, Taken


@dataclass(frozen=True, kw_only=True)
class Owed:
    """What a member gets by a closed run, in yuan, and what of it was paid."""

    run_id: int
    run: Run
    share: MemberShare
    paid: Decimal

    @property
    def left(self) -> Decimal:
        """What is still to be paid; below zero, what the member has to give back."""
        return self.share.due - self.paid


def owed(money: PoolMoney) -> list[Owed]:
    """Return what each member gets by each closed run, and what of it was paid."""
    paid: dict[tuple[int, int], Decimal] = {}
    for kept in money.payments:
        key = kept.record.run_id, kept.record.member_id
        paid[key] = paid.get(key, NOUGHT) + kept.record.amount
    return [
        Owed(run_id=run_id, run=run, share=share, paid=paid.get((run_id, share.member_id), NOUGHT))
        for run_id, run in money.numbered
        if run.is_closed
        for share in run.shares
        if share.due
    ]


def pay(
    store: CaseStore,
    pool_id: int,
    payments: Sequence[Payment],
    *,
    today: date | None = None,
    who: str = "",
) -> list[int]:
    """Note that members were paid.

    Raises CannotDo where more was paid than is owed, or on a day that is still to come.
    """
    with store.transaction():
        money = pool_money(store, pool_id)
        left = {(one.run_id, one.share.member_id): one for one in owed(money)}
        more: dict[tuple[int, int], Decimal] = {}
        for one in payments:
            key = one.run_id, one.member_id
            of = left.get(key)
            if of is None:
                raise CannotDo("这一次分配没有应付给该成员的款项，或者还没有定稿。")
            if not one.amount or not one.amount.is_finite():
                raise CannotDo(f"请填写付给 {of.share.name} 的金额。")
            if today is not None and one.day is not None and one.day > today:
                raise CannotDo(f"付款日 {one.day} 晚于今天（{today}），请核对。")
            more[key] = more.get(key, NOUGHT) + one.amount
            is_over = more[key] > of.left if of.left > 0 else more[key] < of.left
            if is_over or (one.amount > 0) != (of.share.due > 0):
                raise CannotDo(
                    f"{of.share.name} 按{of.run.words}分配还有 {grouped(of.left)} 元，"
                    f"不能登记 {grouped(one.amount)} 元。"
                )
        return list(
            store.records.of(PAYMENTS).add_all(payments, parent=pool_id, who=who, what="登记支付")
        )


def undistributed(store: CaseStore, money: PoolMoney, today: date) -> list[Taken]:
    """Return the receipts of the pool's own licences that no closed run has shared yet."""
    ahead = Run(last=today)
    closed = [kept for kept in money.runs if kept.record.is_closed]
    settled = with_other(money, runs=tuple(closed))
    return [
        taken
        for taken in receipts_to_count(store, settled, ahead)
        if taken.of == "pool_licence" and taken.amount
    ]
