"""What the page of a pool shows, reckoned in a job: the pool, its figures, what is to be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desktop.desk.desk import Desk
from desktop.desk.jobs import Report
from desktop.installed.screen_texts import t
from forms.facts.amounts import grouped, yuan
from forms.facts.annuities import fee_facts, to_be_paid
from forms.facts.derived import kind
from forms.facts.licence_effect import by_day
from forms.facts.licence_ledger import ledger
from forms.facts.record import Case
from forms.office.pool_entry import ON_THE_WAY, problems_of_all
from forms.office.pool_sync import Offered, fall_outs
from forms.office.pools import PoolView, pools, view
from forms.office.store import CaseStore
from forms.office.stored import Kept
from forms.paper.document import Bar, Chart
from forms.pool.entry_rules import digits_of
from forms.pool.findings import PoolProblem
from forms.pool.overview import Matrix, Portion, matrix, portions
from forms.pool.records import Application, Pool, PoolLicence, PoolPatent
from forms.pool.runs import RUNS

_QUARTER = 3
NOTHING = Decimal(0)
_NO_CHART = Chart(title="", bars=(), upright=True)


@dataclass(frozen=True, kw_only=True)
class LicenceLine:
    """A licence with what came in under it, and how it stands: an icon, a colour, words."""

    kept: Kept[PoolLicence]
    received: Decimal
    icon: str
    tone: str
    words: str


@dataclass(frozen=True, kw_only=True)
class PoolLook:
    """A pool with all that its page shows; `view` is None where there is no pool."""

    pools: tuple[Kept[Pool], ...]
    view: PoolView | None
    today: date
    inside: tuple[Kept[PoolPatent], ...] = ()
    matrix: Matrix | None = None
    portions: Mapping[int, Portion] | None = None
    waiting: tuple[Kept[Application], ...] = ()
    checked: Mapping[int, tuple[PoolProblem, ...]] | None = None
    problems: tuple[PoolProblem, ...] = ()
    offered: tuple[Offered, ...] = ()
    licences: tuple[LicenceLine, ...] = ()
    income: Chart = _NO_CHART
    income_of_year: Decimal = Decimal(0)
    next_fee: date | None = None
    last_run: tuple[date, Decimal] | None = None

    @property
    def whole(self) -> PoolView:
        """The pool, where there is one."""
        assert self.view is not None
        return self.view


def look(desk: Desk, pool_id: int, _report: Report) -> PoolLook:
    """Look at a pool, or where it is not there at the first; in a job."""
    today = desk.today
    with desk.own_store() as store:
        return looked(store, pool_id, today)


def looked(store: CaseStore, pool_id: int, today: date) -> PoolLook:
    """What the page of a pool shows."""
    known = tuple(pools(store))
    if not known:
        return PoolLook(pools=(), view=None, today=today)
    here = pool_id if any(one.id == pool_id for one in known) else known[0].id
    found = view(store, here)
    pool, inside = found.pool.record, tuple(found.in_on(today))
    records = [one.record for one in inside]
    waiting = tuple(one for one in found.applications if one.record.stage in ON_THE_WAY)
    parts = portions(pool, records, [one.id for one in found.members])
    chart, total = _income(found, today)
    return PoolLook(
        pools=known,
        view=found,
        today=today,
        inside=inside,
        matrix=matrix(pool, records),
        portions={one.member_id: one for one in parts},
        waiting=waiting,
        checked=problems_of_all(store, here, waiting, today),
        problems=found.problems(today),
        offered=tuple(fall_outs(store, found, today)),
        licences=tuple(_line(one, today) for one in reversed(found.licences)),
        income=chart,
        income_of_year=total,
        next_fee=_next_fee(store, records, today),
        last_run=_last_run(store, here),
    )


def _line(kept: Kept[PoolLicence], today: date) -> LicenceLine:
    licence = kept.record.licence
    account = ledger(Case(), licence, today)
    icon, tone, words = "circle-check", "done", t("pool.licence.running")
    last = max((one.day for one in licence.life.receipts if one.day), default=None)
    ahead = [one for one in account.lines if one.due.due and one.state in ("due", "ahead")]
    if last is not None:
        words = t("pool.licence.paid", day=f"{last:%m-%d}")
    if ahead and ahead[0].due.due is not None:
        icon, tone = "clock", "pending"
        words = t("pool.licence.due", day=f"{ahead[0].due.due:%m-%d}")
    if account.overdue:
        icon, tone = "octagon-x", "error"
        words = t("pool.licence.overdue", amount=yuan(account.overdue))
    if licence.ends_on is not None and licence.ends_on < today:
        icon, tone, words = "circle-minus", "text2", t("pool.licence.over")
    return LicenceLine(kept=kept, received=account.received, icon=icon, tone=tone, words=words)


def _income(found: PoolView, today: date) -> tuple[Chart, Decimal]:
    """What came in in the quarters of this year, up to the one that runs."""
    sums = [Decimal(0)] * ((today.month + _QUARTER - 1) // _QUARTER)
    for one in found.licences:
        for receipt in by_day(one.record.licence.life.receipts):
            if receipt.day and receipt.amount and receipt.day.year == today.year:
                place = (receipt.day.month - 1) // _QUARTER
                if place < len(sums):
                    sums[place] += receipt.amount
    last = len(sums) - 1
    bars = tuple(
        Bar(
            label=t(
                "pool.licences.so_far" if place == last else "pool.licences.quarter",
                count=place + 1,
            ),
            parts=(NOTHING, NOTHING, amount) if place == last else (amount,),  # outlined
            number=yuan(amount),
        )
        for place, amount in enumerate(sums)
    )
    chart = Chart(title=t("pool.licences.income"), bars=bars, upright=True)
    return chart, sum(sums, Decimal(0))


def _next_fee(store: CaseStore, inside: Sequence[PoolPatent], today: date) -> date | None:
    """The next day on which an annuity of a patent in the pool is due, as far as is known."""
    wanted = {digits_of(one.number) for one in inside}
    numbers = sorted({one.number for one in inside})
    days = []
    for stored in store.cases.listed(numbers) if numbers else ():
        patent = stored.case.patent
        facts = fee_facts(patent, kind(stored.case))
        if facts is None or digits_of(patent.number or "") not in wanted:
            continue
        owed = next(to_be_paid(facts, today), None)
        if owed is not None and owed.state in ("due", "ahead"):
            days.append(owed.pay_by.day)
    return min(days, default=None)


def _last_run(store: CaseStore, pool_id: int) -> tuple[date, Decimal] | None:
    """The day of the last distribution that was closed, and what it shared out."""
    closed = [
        (one.record.closed_on, one.record.totals.distributed)
        for one in store.records.of(RUNS).listed(parent=pool_id, state="closed")
        if one.record.closed_on is not None
    ]
    return max(closed, default=None)


def money(amount: Decimal) -> str:
    """An amount as a card shows it."""
    return t("pool.yuan", amount=grouped(amount))
