"""What a pool's list must follow: patents whose right ended or went over, by the ledger.

Source: 专利池运营规范 (draft) 5.2 c (到期、放弃、无效、权属变更及时同步).  Offered; the clerk takes
it.
"""

from collections.abc import Sequence
from datetime import date

import msgspec

from forms.facts.ledger import entry_of
from forms.office.pools import PoolView, take_out
from forms.office.store import CaseStore
from forms.office.stored import Kept, StoredCase
from forms.pool.entry_rules import digits_of
from forms.pool.fall_out import FallOut, fall_out
from forms.pool.records import PoolPatent


class Offered(msgspec.Struct, frozen=True):
    """A patent of a pool with the fall-out that is offered for it."""

    patent: Kept[PoolPatent]
    offer: FallOut


def fall_outs(store: CaseStore, view: PoolView, today: date) -> list[Offered]:
    """Return the fall-outs that the ledger calls for, in the order of the list."""
    inside = [one for one in view.patents if one.record.why_out is None]
    by_digits: dict[str, StoredCase] = {}
    numbers = sorted({one.record.number for one in inside})
    for stored in store.cases.listed(numbers) if numbers else ():
        by_digits.setdefault(digits_of(stored.case.patent.number or ""), stored)
    found = []
    for one in inside:
        known = by_digits.get(digits_of(one.record.number))
        if known is None:
            continue
        name = view.names.get(one.record.member_id, "")
        offer = fall_out(one.record, entry_of(known.case), name, today)
        if offer is not None:
            found.append(Offered(one, offer))
    return found


def take_fall_outs(store: CaseStore, offered: Sequence[Offered], *, who: str = "") -> int:
    """Take the fall-outs whose day is known, all or none; how many.  Raises CannotDo."""
    known = [one for one in offered if one.offer.out_on is not None]
    with store.transaction():
        for one in known:
            take_out(store, one.patent, one.offer.why, one.offer.out_on, who=who)
        store.events.log("pool.synced", who=who, counts={"patents": len(known)})
    return len(known)
