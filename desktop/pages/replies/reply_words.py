"""How an answer looks in the table: its verdict's chip, its deadline, what became of the case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from desktop.installed.screen_texts import t
from desktop.parts.theme.chips import Look
from desktop.parts.widgets.table_model import Column
from forms.exchange.answer_file import VERDICTS

if TYPE_CHECKING:
    from forms.exchange.answer_file import Verdict
    from forms.office.reply_care import CaseReply

LOOKS: dict[Verdict, Look] = {
    "pass": Look("circle-check", "done", "severity.done"),
    "return": Look("clock", "pending", "severity.pending"),
    "refuse": Look("octagon-x", "error", "severity.error"),
}
FILTERS = ("all", "open", "return", "refuse", "pass")
_SOON_DAYS = 7


def is_of(name: str, one: CaseReply) -> bool:
    """Whether a filter shows an answer."""
    return name == "all" or (one.is_open if name == "open" else one.reply.verdict == name)


def columns(today: Callable[[], date]) -> tuple[Column, ...]:
    """Patent, verdict, deadline, what became of the case; `today` is asked when it is drawn."""
    return (
        Column(
            header=t("replies.columns.patent"),
            text=lambda one: one.reply.patent_number,
            second=lambda one: one.name,
        ),
        Column(
            header=t("replies.columns.verdict"),
            chip=lambda one: (LOOKS[one.reply.verdict], VERDICTS[one.reply.verdict]),
            width=118,
        ),
        Column(
            header=t("replies.columns.deadline"),
            text=lambda one: str(one.reply.deadline or "—"),
            second=lambda one: left_words(one, today()),
            second_ink=lambda one: left_ink(one, today()),
            width=120,
        ),
        Column(
            header=t("replies.columns.state"),
            text=state_words,
            ink=lambda one: "done" if one.is_reported_again else "text2",
            width=132,
            may_go=True,
        ),
    )


def left_words(one: CaseReply, today: date) -> str:
    """How long there is for the correction; "" where there is none to be made."""
    if not one.is_open or one.reply.deadline is None:
        return ""
    days = (one.reply.deadline - today).days
    if days < 0:
        return t("replies.past", days=-days)
    return t("replies.left", days=days) if days else t("replies.today_is_it")


def left_ink(one: CaseReply, today: date) -> str:
    """The ink of how long there is."""
    if one.reply.deadline is None or (days := (one.reply.deadline - today).days) > _SOON_DAYS:
        return "text2"
    return "error" if days < 0 else "pending"


def state_words(one: CaseReply) -> str:
    """What became of the case since."""
    if one.is_gone:
        return t("replies.states.gone")
    if one.reply.verdict == "return" and one.is_reported_again:
        return t("replies.states.reported_again")
    return t("replies.states.changed" if one.is_changed else "replies.states.same")
