"""What a pool's list must follow: patents whose right ended or went over, by the ledger.

Source: 专利池运营规范 (draft) 5.2 c (到期、放弃、无效、权属变更及时同步).  Offered; the clerk takes
it.
"""

from collections.abc import Sequence
from datetime import date

import msgspec

from forms.exchange.status_export import StatusExport, StatusLine
from forms.facts.ledger import entry_of, united
from forms.facts.paths import with_value
from forms.facts.record import LedgerEntry, Patent
from forms.office.pools import PoolView, take_out
from forms.office.store import CaseStore
from forms.office.stored import Kept
from forms.pool.entry_rules import digits_of
from forms.pool.fall_out import FallOut, fall_out
from forms.pool.records import PoolPatent


class Offered(msgspec.Struct, frozen=True):
    """A patent of a pool with the fall-out that is offered for it."""

    patent: Kept[PoolPatent]
    offer: FallOut


def fall_outs(
    store: CaseStore, view: PoolView, today: date, export: StatusExport | None = None
) -> list[Offered]:
    """Return the fall-outs that the ledger calls for, in the order of the list.

    What an `export` of a database says of a patent comes before the ledger, which knows little of
    other members' patents.
    """
    inside = [one for one in view.patents if one.record.why_out is None]
    entries: dict[str, LedgerEntry] = {}
    numbers = sorted({one.record.number for one in inside})
    for stored in store.cases.listed(numbers) if numbers else ():
        entries.setdefault(digits_of(stored.case.patent.number or ""), entry_of(stored.case))
    for line in export.lines if export is not None else ():
        said, digits = _entry(line), line.number.digits
        known = entries.get(digits)
        entries[digits] = united(said, known) if known is not None else said
    found = []
    for one in inside:
        entry = entries.get(digits_of(one.record.number))
        if entry is None:
            continue
        name = view.names.get(one.record.member_id, "")
        offer = fall_out(one.record, entry, name, today)
        if offer is not None:
            found.append(Offered(one, offer))
    return found


def not_said(view: PoolView, export: StatusExport) -> list[str]:
    """Return the numbers of patents in a pool of which an export says nothing."""
    said = {line.number.digits for line in export.lines}
    return [
        one.record.number
        for one in view.patents
        if one.record.why_out is None and digits_of(one.record.number) not in said
    ]


def _entry(line: StatusLine) -> LedgerEntry:
    """What a row of an export says of a patent, as the ledger would."""
    entry = LedgerEntry(patent=Patent(number=line.number.text))
    for answer in line.answers:
        entry = with_value(entry, answer.field.path, answer.value)
    return entry


def take_fall_outs(store: CaseStore, offered: Sequence[Offered], *, who: str = "") -> int:
    """Take the fall-outs whose day is known, all or none; how many.  Raises CannotDo."""
    known = [one for one in offered if one.offer.out_on is not None]
    with store.transaction():
        for one in known:
            take_out(store, one.patent, one.offer.why, one.offer.out_on, who=who)
        store.events.log("pool.synced", who=who, counts={"patents": len(known)})
    return len(known)
