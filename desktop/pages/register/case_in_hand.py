"""What is known of the case in hand: how it stands, the other cases of its patent, what it becomes.

All of it comes when a case is shown: slow to load.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from desktop.desk.desk import Desk

if TYPE_CHECKING:
    from forms.office.case_standing import Checked


class InHand(NamedTuple):
    """A case checked; `others` are the patent's other cases: id, what the case is called."""

    checked: Checked
    others: tuple[tuple[int, str], ...]


def in_hand(desk: Desk, case_id: int) -> InHand | None:
    """Look at a case; None where it is not there any more."""
    from db.store_problems import UnknownCase
    from forms.office.case_standing import check_each
    from forms.office.store import kindred

    try:
        stored = desk.store.cases.one(case_id)
    except UnknownCase:
        return None
    (checked,) = check_each(desk.store, desk.shelf, desk.today, [stored])
    return InHand(checked=checked, others=kindred(desk.store, desk.shelf, stored))


def may_convert(desk: Desk, case_id: int) -> bool:
    """Whether there is a pack at hand that a case may be converted to."""
    from forms.office.converting import goals

    found = desk.store.cases.listed(ids=[case_id])
    return bool(found and goals(found[0].case.pack, desk.shelf))
