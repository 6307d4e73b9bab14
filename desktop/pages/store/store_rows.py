"""What the table of the store says of a patent."""

from collections.abc import Mapping, Sequence

from desktop.installed.screen_texts import t
from desktop.parts.theme.chips import Look
from desktop.parts.widgets.table_model import Column
from forms.bureau.fee_words import fee_of
from forms.bureau.provincial_store import STATE_WORDS, Entry
from forms.bureau.records import State
from forms.facts.derived import owners_joined

LOOKS: Mapping[State, Look] = {
    "waiting": Look("circle-dashed", "grey", "store.which.waiting"),
    "returned": Look("undo-2", "pending", "store.which.returned"),
    "refused": Look("ban", "error", "store.which.refused"),
    "passed": Look("circle-check", "done", "store.which.passed"),
    "published": Look("newspaper", "accent", "store.which.published"),
    "withdrawn": Look("undo-2", "grey", "store.which.withdrawn"),
    "replaced": Look("copy", "grey", "store.which.withdrawn"),
}


def fee_text(entry: Entry, words: Mapping[str, str]) -> str:
    """What a licence of the patent costs, in words."""
    return fee_of(entry.kept.record.case.royalty, words).text or "—"


def columns(fee_words: Mapping[str, str]) -> Sequence[Column]:
    """The columns of the table."""
    return (
        Column(
            header=t("store.columns.patent"),
            text=lambda one: one.kept.record.case.patent.title or t("store.no_title"),
            second=lambda one: one.kept.record.number,
        ),
        Column(
            header=t("store.columns.owners"),
            text=lambda one: owners_joined(one.kept.record.case),
            second=lambda one: one.kept.record.office,
            width=220,
            may_go=True,
        ),
        Column(
            header=t("store.columns.fee"),
            text=lambda one: fee_text(one, fee_words),
            is_small=True,
            breaks=True,
            width=180,
            may_go=True,
        ),
        Column(
            header=t("store.columns.end"),
            text=lambda one: str(one.kept.record.case.offer_end or "—"),
            width=108,
            may_go=True,
        ),
        Column(
            header=t("store.columns.licences"),
            text=lambda one: f"{len(one.licences)}" if one.licences else "—",
            width=64,
            is_right=True,
        ),
        Column(
            header=t("store.columns.state"),
            chip=lambda one: (
                LOOKS[one.kept.record.state],
                STATE_WORDS[one.kept.record.state],
            ),
            width=120,
        ),
    )
