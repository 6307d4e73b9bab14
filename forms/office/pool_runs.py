"""The distributions of a pool: begun, changed, closed, corrected.

A closed run (定稿) is never written again: what was wrong is mended by a further run, which is
reckoned anew for the same period and books the differences.
"""

from datetime import date, timedelta

from msgspec.structs import replace

from forms.facts.licence_schedule import to_fen
from forms.office.pool_money import (
    PoolMoney,
    fees_paid,
    is_proposed,
    pool_money,
    receipts_to_count,
)
from forms.office.store import CannotDo, CaseStore
from forms.office.stored import Kept
from forms.pool.records import Pool
from forms.pool.runs import NOUGHT, RUNS, Run, Totals, given, reckon
from forms.pool.share_faults import NoShares


def new_run(store: CaseStore, pool_id: int, first: date, last: date, *, who: str = "") -> Kept[Run]:
    """Begin a distribution of a period with what came in and what was paid within it.

    Raises CannotDo.
    """
    if last < first:
        raise CannotDo(f"期间的止日 {last} 早于起日 {first}，请改正。")
    with store.transaction():
        money = pool_money(store, pool_id)
        if money.pool.run != "run":
            raise CannotDo(f"“{money.pool.name}”不由本单位运营，收益由运营机构分配。")
        run = _numbered(
            money,
            Run(first=first, last=last, fee=money.pool.fee, rule=money.pool.shares),
        )
        receipts = receipts_to_count(store, money, run)
        fees = fees_paid(store, money, run) if money.pool.annuities == "pool" else []
        run = replace(
            run,
            receipts=tuple(taken for taken in receipts if is_proposed(taken, run)),
            fees=tuple(fees),
        )
        return _added(store, pool_id, run, who, "新建收益分配")


def correct_run(
    store: CaseStore, pool_id: int, run_id: int, reason: str, *, who: str = ""
) -> Kept[Run]:
    """Begin a correction of a closed run: as it stands, to be changed and closed in its turn.

    Raises CannotDo.
    """
    if not reason.strip():
        raise CannotDo("请写明更正的原因，通知书上要说明。")
    with store.transaction():
        money = pool_money(store, pool_id)
        wrong = _of_id(money, run_id)
        if not wrong.is_closed:
            raise CannotDo(f"{wrong.words}分配还没有定稿，直接修改即可，不必更正。")
        later = [one for _, one in money.numbered if one.corrects == run_id]
        if later:
            raise CannotDo(f"{wrong.words}分配已由{later[0].words}更正，请更正后一次。")
        again = replace(
            wrong, corrects=run_id, reason=reason.strip(), closed_on=None, closed_by="",
            reckoned=None, shares=(), pay_by=None, totals=Run().totals,
        )  # fmt: skip
        return _added(store, pool_id, _numbered(money, again), who, f"更正{wrong.words}分配")


def save_run(
    store: CaseStore, kept: Kept[Run], run: Run, *, who: str = "", amends: bool = False
) -> Kept[Run]:
    """Save what was changed of an open run.  Raises CannotDo for a closed one, StaleRevision."""
    if kept.record.is_closed or run.is_closed:
        raise CannotDo(f"{kept.record.words}分配已经定稿，不再改动；有误的请新建更正。")
    return store.records.of(RUNS).save(
        kept.id, run, revision=kept.revision, who=who, what="修改收益分配", amends=amends
    )


def looked_at(money: PoolMoney, run: Run) -> Run:
    """Return a run with its figures: those it was closed with, or as they are now.

    Raises NoShares.
    """
    if run.is_closed:
        return run
    before = given(money.numbered, run.corrects) if run.corrects is not None else {}
    return reckon(money.pool, money.members, money.patents, run, before)


def sums_of(run: Run) -> Run:
    """Return a run with its sums as far as they follow, where its shares can not be reckoned."""
    income = sum((one.amount or NOUGHT for one in run.receipts), NOUGHT)
    annuities = sum((one.amount or NOUGHT for one in run.fees), NOUGHT)
    fee = to_fen(run.fee.amount or (run.fee.percent or NOUGHT) * income / 100)
    left = max(NOUGHT, income - fee - annuities)
    totals = Totals(income=income, fee=fee, annuities=annuities, distributed=left)
    return replace(run, totals=totals, shares=())


def close_run(store: CaseStore, kept: Kept[Run], today: date, *, who: str = "") -> Kept[Run]:
    """Close a run (定稿) with the figures of now.  Raises CannotDo."""
    with store.transaction():
        if kept.record.is_closed:
            raise CannotDo(f"{kept.record.words}分配已经定稿。")
        assert kept.parent_id is not None  # a run is always a pool's
        money = pool_money(store, kept.parent_id)
        run = kept.record
        if run.last is not None and run.last > today:
            raise CannotDo(f"期间到 {run.last} 才结束，请到期后定稿，或者把止日改为今天以前。")
        if not run.receipts:
            raise CannotDo("没有计入任何收入，不能定稿。")
        try:
            done = looked_at(money, run)
        except NoShares as fault:
            raise CannotDo(f"不能定稿：{fault}") from fault
        done = replace(
            done,
            closed_on=today,
            closed_by=who,
            pay_by=run.pay_by or payable_until(money.pool, run, today),
        )
        return store.records.of(RUNS).save(
            kept.id, done, revision=kept.revision, who=who, what="收益分配定稿"
        )


def payable_until(pool: Pool, run: Run, today: date) -> date | None:
    """Return the day by which the members are to be paid; None where nothing was agreed.

    So many days after the last receipt that is counted (T/CIPS 017 6.4.3), never in the past.
    """
    if pool.payout_days is None:
        return None
    last = max((one.day for one in run.receipts if one.day is not None), default=today)
    return max(today, last + timedelta(days=pool.payout_days))


def drop_run(store: CaseStore, kept: Kept[Run]) -> None:
    """Put an open run into the bin.  Raises CannotDo for a closed one."""
    shelf = store.records.of(RUNS)
    with store.transaction():  # another may have closed it since it was shown
        now = shelf.get(kept.id).record
        if now.is_closed:
            raise CannotDo(f"{now.words}分配已经定稿，不能删除；有误的请新建更正。")
        shelf.bin([kept.id])


def _added(store: CaseStore, pool_id: int, run: Run, who: str, what: str) -> Kept[Run]:
    return store.records.of(RUNS).add(run, parent=pool_id, who=who, what=what)


def _numbered(money: PoolMoney, run: Run) -> Run:
    year = run.last.year if run.last is not None else 0
    places = [one.place for _, one in money.numbered if one.year == year]
    return replace(run, year=year, place=max(places, default=0) + 1)


def _of_id(money: PoolMoney, run_id: int) -> Run:
    found = dict(money.numbered).get(run_id)
    if found is None:
        raise CannotDo(f"“{money.pool.name}”没有这一次分配。")
    return found
