"""The money of a pool as the store has it: what came in, and by which run it is counted.

Receipts are counted once: a run takes what no other has, corrections aside.
"""

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from forms.facts.licence_life import Receipt
from forms.facts.patent_number import NotAPatentNumber, parse
from forms.office.store import CaseStore
from forms.office.stored import Kept
from forms.pool.records import LICENCES, MEMBERS, PATENTS, POOLS, Pool, PoolLicence, PoolPatent
from forms.pool.records import Member as PoolMember
from forms.pool.runs import PAYMENTS, RUNS, CentralFee, Payment, ReceiptOf, Run, Taken

FEE_NOTES = "annual_fee:"


@dataclass(frozen=True, kw_only=True)
class PoolMoney:
    """A pool with all that its distributions are reckoned from, as it stands in the store."""

    id: int
    pool: Pool
    members: tuple[tuple[int, PoolMember], ...]
    patents: tuple[PoolPatent, ...]
    licences: tuple[tuple[int, PoolLicence], ...]
    runs: tuple[Kept[Run], ...]
    payments: tuple[Kept[Payment], ...]

    @property
    def numbered(self) -> list[tuple[int, Run]]:
        """The runs with their ids, in order of creation."""
        return [(kept.id, kept.record) for kept in self.runs]


def pool_money(store: CaseStore, pool_id: int) -> PoolMoney:
    """Read a pool's money.  Raises CannotDo where there is no such pool."""
    records = store.records
    members = records.of(MEMBERS).listed(parent=pool_id)
    return PoolMoney(
        id=pool_id,
        pool=records.of(POOLS).get(pool_id).record,
        members=tuple(
            sorted(
                ((kept.id, kept.record) for kept in members), key=lambda one: (one[1].order, one[0])
            )
        ),
        patents=tuple(kept.record for kept in records.of(PATENTS).listed(parent=pool_id)),
        licences=tuple(
            (kept.id, kept.record) for kept in records.of(LICENCES).listed(parent=pool_id)
        ),
        runs=tuple(records.of(RUNS).listed(parent=pool_id)),
        payments=tuple(records.of(PAYMENTS).listed(parent=pool_id)),
    )


# --- what may be counted ----------------------------------------------------------------------


def receipts_to_count(store: CaseStore, money: PoolMoney, run: Run) -> list[Taken]:
    """Return the receipts that came in until the period's end and that no other run counts.

    Those of the pool's licences; and those of licences under cases on its patents, which may be
    the member's own business (T/CIPS 017 6.1.1), so that the clerk decides.
    """
    counted = _counted(money, run)
    found = []
    for taken in _received(store, money):
        if counted[taken.mark]:
            counted[taken.mark] -= 1
        elif taken.day is not None and run.last is not None and taken.day <= run.last:
            found.append(taken)
    return sorted(found, key=lambda taken: taken.day or date.min)


def is_proposed(taken: Taken, run: Run) -> bool:
    """Whether a receipt is counted unless the clerk says otherwise: the pool's, in the period."""
    return (
        taken.of == "pool_licence"
        and taken.day is not None
        and (run.first is None or taken.day >= run.first)
    )


def fees_paid(store: CaseStore, money: PoolMoney, run: Run) -> list[CentralFee]:
    """Return the annuities of the pool's patents that the office noted as paid in the period."""
    numbers = {_digits(one.number): one.number for one in money.patents}
    counted = _counted(money, run)
    found = []
    for key, note in store.duties.notes().items():
        if not key.startswith(FEE_NOTES) or note.state != "done" or note.amount is None:
            continue
        _, number, year = key.split(":", 2)
        known = numbers.get(_digits(number))
        if known is None or not (run.first and run.last and run.first <= note.day <= run.last):
            continue
        fee = CentralFee(
            number=known, what=f"第{year}年年费", day=note.day, amount=note.amount,
            voucher=note.words,
        )  # fmt: skip
        if not counted[fee.mark]:
            found.append(fee)
    return sorted(found, key=lambda fee: (fee.day or date.min, fee.number))


def _counted(money: PoolMoney, run: Run) -> Counter[Hashable]:
    """What other runs count, of each receipt how often.

    Runs that correct each other are one: what a closed correction left out is free again.
    """
    runs = dict(money.numbered)
    mended = {one.corrects for one in runs.values() if one.is_closed}
    own = None if run.corrects is None else _root(runs, run.corrects)
    together: dict[int, Counter[Hashable]] = {}
    for run_id, other in runs.items():
        root = _root(runs, run_id)
        is_itself = (other.year, other.place) == (run.year, run.place)
        if run_id in mended or root == own or is_itself:
            continue
        marks = [taken.mark for taken in other.receipts] + [fee.mark for fee in other.fees]
        together[root] = together.get(root, Counter()) | Counter(marks)
    return sum(together.values(), Counter())


def _root(runs: Mapping[int, Run], run_id: int) -> int:
    """The run that began a chain of corrections; what is corrected is always the older one."""
    while (older := runs[run_id].corrects) is not None and older in runs and older < run_id:
        run_id = older
    return run_id


def _received(store: CaseStore, money: PoolMoney) -> Iterator[Taken]:
    for licence_id, one in money.licences:
        numbers = None if one.is_whole else one.numbers
        payer = one.licence.licensee.name
        for receipt in one.licence.life.receipts:
            yield _taken("pool_licence", licence_id, payer, receipt, numbers)
    of_case = {one.case_id: one.number for one in money.patents if one.case_id is not None}
    for case_id, licences in store.licences.granted(list(of_case)).items():
        for stored in licences:
            payer = stored.licence.licensee.name
            for receipt in stored.licence.life.receipts:
                yield _taken("licence", stored.id, payer, receipt, (of_case[case_id],))


def _taken(
    of: ReceiptOf, of_id: int, payer: str, receipt: Receipt, numbers: tuple[str, ...] | None
) -> Taken:
    return Taken(
        of=of,
        of_id=of_id,
        payer=payer,
        what=receipt.purpose,
        day=receipt.day,
        amount=receipt.amount,
        voucher=receipt.number,
        numbers=numbers,
    )


def _digits(number: str) -> str:
    try:
        return parse(number).digits
    except NotAPatentNumber:
        return number
