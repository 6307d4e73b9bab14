"""The recordal of a licence (备案): its last day, and which papers for it are there.

This module must not know the pack, the papers or a screen; a day is passed in.
"""

from datetime import date
from typing import Literal

import msgspec

from forms.facts.derived import licence_royalty
from forms.facts.licence_effect import effect, effect_by
from forms.facts.licence_life import ItemState, RecordalItem
from forms.facts.record import Case, Licence
from forms.facts.terms import add_months
from forms.facts.working_days import Moved, last_day_to_act

MONTHS = 3
MetBy = Literal["", "notice", "payment", "contract", "agent", "others"]
RecordalState = Literal["no_effect", "open", "late", "submitted", "recorded", "cancelled"]


def deadline(case: Case, licence: Licence) -> Moved | None:
    """Return the last day for the recordal: three months from the day of effect.

    The day of effect is not counted; the last is the corresponding one of the third month, moved
    on where it is a day off.  Source: 专利法实施细则 第五条、第十五条第二款.
    """
    day = effect(case, licence).day
    return None if day is None else last_day_to_act(add_months(day, MONTHS))


def is_late(case: Case, licence: Licence, today: date) -> bool:
    """Whether the recordal was requested, or on a day still is not, after its last day."""
    last = deadline(case, licence)
    recordal = licence.life.recordal
    asked_on = recordal.submitted_on or recordal.recorded_on or today
    return last is not None and asked_on > last.day


def state(case: Case, licence: Licence, today: date) -> RecordalState:
    """Return how the recordal stands on a day."""
    recordal = licence.life.recordal
    if recordal.cancelled_on:
        return "cancelled"
    if recordal.recorded_on or recordal.number:
        return "recorded"
    if recordal.submitted_on:
        return "submitted"
    if effect(case, licence).day is None:
        return "no_effect"
    return "late" if is_late(case, licence, today) else "open"


def is_asked_for(licence: Licence) -> bool:
    """Whether the recordal was requested, whatever became of it."""
    recordal = licence.life.recordal
    return bool(
        recordal.submitted_on or recordal.recorded_on or recordal.number or recordal.cancelled_on
    )


def relieved_from(case: Case, licence: Licence) -> date | None:
    """Return the day from which annual fees not yet due are reduced for a licence; None for none.

    The day of the recordal, of an open licence only.  Source: 审查指南 第五部分第十一章 8.
    """
    return licence.life.recordal.recorded_on if effect_by(case, licence) == "open" else None


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """How a paper for the recordal stands: as said, else as the record shows; `asks` where only
    the clerk can say (how a free licence proves its payment)."""

    state: ItemState
    asks: bool = False
    item: RecordalItem


def standing(case: Case, licence: Licence, code: str, met_by: MetBy) -> Standing:
    """Return how one of the papers stands.

    What the clerk said holds; a file makes one ready.  Else a notice and a payment are ready
    where their files are kept, and what is asked of an agency or of nothing in particular
    is not needed without one.
    """
    items = licence.life.recordal.items
    item = next((one for one in items if one.code == code), RecordalItem(code=code))
    if item.state is not None:
        return Standing(state=item.state, item=item)
    if item.proofs:
        return Standing(state="ready", item=item)
    life = licence.life
    match met_by:
        case "notice":
            return Standing(state="ready" if life.notice.proof.sha256 else "pending", item=item)
        case "payment":
            if licence_royalty(case, licence).way == "free" and not life.receipts:
                return Standing(state="pending", asks=True, item=item)
            proved = any(one.proof.sha256 for one in life.receipts)
            return Standing(state="ready" if proved else "pending", item=item)
        case "agent":
            unsaid = life.recordal.agent is None
            is_wanted = unsaid or life.recordal.agent
            return Standing(state="pending" if is_wanted else "not_needed", asks=unsaid, item=item)
        case "others":
            return Standing(state="not_needed", item=item)
    return Standing(state="pending", item=item)
