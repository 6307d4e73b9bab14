"""日程: the duties of all that an office holds, with what it says of them, in the order to do them.

Command line and window both go by this: whether a duty is done is said here and nowhere else.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

import msgspec

from forms.facts.amounts import grouped
from forms.office.duties import Duty, duties
from forms.office.holdings import Holding, held
from forms.office.pool_duties import PoolDuties, pool_duties
from forms.office.reply_care import reply_duties
from forms.office.store import CaseStore
from forms.office.stored import DutyNote
from forms.output.calendar_file import Entry

_TICK_EVERY = 500
_OF_ITS_ANNUITY = ("grace_step", "lapse")


class Item(msgspec.Struct, frozen=True, gc=False):
    """A duty with what is said of it; `case_ids` are the patent's cases, none of a pool's."""

    duty: Duty
    note: DutyNote | None
    case_ids: tuple[int, ...]

    @property
    def is_done(self) -> bool:
        """Whether it is done: the records show it, or the office says so."""
        return self.duty.done or (self.note is not None and self.note.state == "done")

    @property
    def is_excluded(self) -> bool:
        """Whether the office says that it is none of its own."""
        return not self.duty.done and self.note is not None and self.note.state == "excluded"

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return not self.is_done and not self.is_excluded

    @property
    def is_snoozed(self) -> bool:
        """Whether it is put off."""
        return self.is_open and self.note is not None

    @property
    def day(self) -> date:
        """The day to think of it: its own, or a later one that it is put off to."""
        if self.note is not None and self.is_snoozed:
            return max(self.note.day, self.duty.date)
        return self.duty.date


def agenda(
    store: CaseStore,
    day: date,
    until: date,
    *,
    holdings: Sequence[Holding] | None = None,
    tick: Callable[[int, int], object] | None = None,
) -> list[Item]:
    """Return the duties up to a day with what is said of them; `tick` hears how far it is.

    `holdings` are all that the store has, where they are read already.
    """
    notes, holdings = store.duties.notes(), held(store) if holdings is None else holdings
    pools = pool_duties(store, day, until)
    found: list[Item] = []
    for place, holding in enumerate(holdings):
        if tick is not None and place % _TICK_EVERY == 0:
            tick(place, len(holdings))
        found += _of_holding(holding, notes, day, until, pools)
    found += [Item(duty, _said(duty.key, notes), ()) for duty in pools.duties]
    for duty in reply_duties(store, day, until):
        case_ids = () if duty.case_id is None else (duty.case_id,)
        found.append(Item(duty, _said(duty.key, notes), case_ids))
    return sorted(found, key=_order)


def noted(items: Iterable[Item], notes: Mapping[str, DutyNote]) -> list[Item]:
    """Return duties with what is said of them now, in their order; nothing is reckoned anew."""
    found = [Item(one.duty, _said(one.duty.key, notes), one.case_ids) for one in items]
    return sorted(found, key=_order)


def _order(item: Item) -> tuple[date, str]:
    return item.day, item.duty.key


def _of_holding(
    holding: Holding, notes: Mapping[str, DutyNote], day: date, until: date, pools: PoolDuties
) -> Iterator[Item]:
    case_ids = tuple(one.id for one in holding.cases)
    for duty in duties([holding], day, until):
        yield Item(pools.told(duty), _said(duty.key, notes), case_ids)


def _said(key: str, notes: Mapping[str, DutyNote]) -> DutyNote | None:
    """What is said of a duty; an annuity that is paid has no further steps of lateness."""
    note = notes.get(key)
    kind, _, part = key.partition(":")
    if note is None and kind in _OF_ITS_ANNUITY:
        number, year = part.split(":")[:2]
        note = notes.get(f"annual_fee:{number}:{year}")
        note = note if note is not None and note.state == "done" else None
    return note


def overdue(items: Iterable[Item], day: date) -> list[Item]:
    """Return what is open and whose day is past."""
    return [one for one in items if one.is_open and one.day < day]


def annuity_keys(items: Iterable[Item]) -> frozenset[str]:
    """The keys of the annuities among some duties, by which a payment list is made."""
    return frozenset(one.duty.key for one in items if one.duty.kind == "annual_fee")


def holdings_of(store: CaseStore, items: Collection[Item]) -> list[Holding]:
    """The patents of some duties."""
    case_ids = sorted({case_id for one in items for case_id in one.case_ids})
    return held(store, store.cases.listed(ids=case_ids))


def calendar_entries(items: Sequence[Item]) -> list[Entry]:
    """The entries of a calendar for some duties; their names are the duties' keys."""
    return [
        Entry(
            key=one.duty.key,
            day=one.duty.date,
            title=f"{'已办理：' if one.is_done else ''}{one.duty.what}",
            lines=(
                f"{one.duty.patent_number} {one.duty.title}".strip(),
                f"金额：{grouped(one.duty.amount)} 元" if one.duty.amount is not None else "",
                f"依据：{one.duty.basis}",
            ),
            kind=one.duty.kind,
        )
        for one in items
    ]
