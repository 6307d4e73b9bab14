"""The two tables of matching: what companies need, and the patents that answer one of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop.installed.screen_texts import t
from desktop.parts.widgets.table import RowsTable
from desktop.parts.widgets.table_model import Column

if TYPE_CHECKING:
    from forms.office.matching import Match
    from forms.office.needs import Need, Push
    from forms.office.stored import Kept

_STATES = {"open": "text2", "pushed": "done", "closed": "text3"}
GOOD, FAIR = 60, 30
"""From how many points on a match is shown as a good one, as one to be looked at."""


def needs_table() -> RowsTable:
    """Needs: the company above, what it looks for beneath."""

    def state(kept: Kept[Need]) -> str:
        return kept.state

    return RowsTable(
        (
            Column(
                header=t("match.columns.company"),
                text=lambda kept: kept.record.company,
                second=lambda kept: " ".join(kept.record.words.split()),
            ),
            Column(
                header=t("match.columns.state"),
                text=lambda kept: str(len(kept.record.pushes) or ""),
                second=lambda kept: t(f"match.filters.{state(kept)}"),
                second_ink=lambda kept: _STATES[state(kept)],
                width=72,
            ),
        ),
        t("match.needs"),
    )


def matches_table(push_of: Callable[[str], Push | None]) -> RowsTable:
    """Matches, each with a tick: points, patent, fee, the words that agree, whether it was sent."""

    def sent(match: Match) -> str:
        push = push_of(match.offer.number)
        return str(push.on) if push and push.on else t("match.not_sent")

    def answer(match: Match) -> str:
        from forms.office.needs import ANSWERS

        push = push_of(match.offer.number)
        return ANSWERS[push.answer] if push else ""

    return RowsTable(
        (
            Column(
                header=t("match.columns.score"),
                text=lambda match: t("match.points", score=match.score),
                ink=_ink,
                width=88,
            ),
            Column(
                header=t("match.columns.patent"),
                text=lambda match: match.offer.number,
                second=lambda match: match.offer.title,
            ),
            Column(
                header=t("match.columns.why"),
                text=lambda match: "、".join(match.words),
                width=190,
                breaks=True,
            ),
            Column(
                header=t("match.columns.fee"),
                text=lambda match: match.offer.fee,
                width=150,
                breaks=True,
                may_go=True,
            ),
            Column(
                header=t("match.columns.sent"),
                text=sent,
                second=answer,
                ink=lambda match: "done" if match.is_sent else "text2",
                width=132,
                may_go=True,
            ),
        ),
        t("match.matches"),
        ticks=True,
    )


def _ink(match: Match) -> str:
    return "done" if match.score >= GOOD else "text" if match.score >= FAIR else "text2"
