"""Decisions that are typed and not yet recorded: kept with the data, so that nothing is lost."""

from __future__ import annotations

import msgspec

from desktop.desk.desk import Desk
from forms.bureau.records import Reason

_NAME = "review.draft.{}"


class DraftOfDecision(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in the card: a verdict perhaps, reasons, words, the day."""

    verdict: str = ""
    reasons: tuple[Reason, ...] = ()
    text: str = ""
    deadline: str = ""


def draft_of(desk: Desk, case_id: int) -> DraftOfDecision | None:
    """What was typed of a case and not recorded; None where nothing was."""
    try:
        kept = desk.store.settings.get(_NAME.format(case_id))
        return msgspec.json.decode(kept, type=DraftOfDecision) if kept else None
    except msgspec.DecodeError:
        return None


def keep_draft(desk: Desk, case_id: int, draft: DraftOfDecision | None) -> None:
    """Keep what is typed of a case, or forget it."""
    text = msgspec.json.encode(draft).decode() if draft is not None else ""
    if (desk.store.settings.get(_NAME.format(case_id)) or "") != text:
        desk.store.settings.put(_NAME.format(case_id), text)
