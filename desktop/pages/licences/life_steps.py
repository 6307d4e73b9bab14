"""A licence's life as steps: notice, payment, effect, recordal, payments, end.  No widgets."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from desktop.installed.screen_texts import t
from desktop.parts.theme.chips import Look
from forms.facts.amounts import grouped
from forms.facts.licence_effect import Effect, by_day, effect, last_day
from forms.facts.licence_ledger import Ledger
from forms.facts.record import Case, Licence
from forms.facts.recordal import RecordalState, deadline, state
from forms.office.licence_life import missing_words

Stage = Literal["done", "now", "later"]
Action = Literal["", "notice", "receipt", "signed_on", "record", "end"]
_SOON_DAYS = 14

_RECORDAL: dict[RecordalState, Look] = {
    "no_effect": Look("clock", "grey", "licences.life.states.no_effect"),
    "open": Look("clock", "pending", "licences.life.states.open"),
    "late": Look("octagon-x", "error", "licences.life.states.late"),
    "submitted": Look("send", "accent", "licences.life.states.submitted"),
    "recorded": Look("circle-check", "done", "licences.life.states.recorded"),
    "cancelled": Look("circle-minus", "grey", "licences.life.states.cancelled"),
}
_IN_EFFECT = Look("handshake", "done", "licences.life.states.in_effect")
_NOT_YET = Look("clock", "pending", "licences.life.states.not_yet")
_ENDED = Look("circle-minus", "grey", "licences.life.states.ended")


@dataclass(frozen=True, kw_only=True)
class Step:
    """A step: its day and what stands under it, its title, what is said, what may be done."""

    id: str
    day: str
    under: str = ""
    tone: str = ""
    stage: Stage
    title: str
    said: str = ""
    do: str = ""
    action: Action = ""


def looks(case: Case, licence: Licence, today: date) -> tuple[Look, Look]:
    """How a licence stands, and how its recordal does."""
    day, end = effect(case, licence).day, last_day(case, licence)
    if day is None or day > today:
        first = _NOT_YET
    else:
        first = _ENDED if end is not None and end < today else _IN_EFFECT
    return first, _RECORDAL[state(case, licence, today)]


def steps(case: Case, licence: Licence, account: Ledger, today: date) -> tuple[Step, ...]:
    """The steps in order; an agreed licence begins with its contract."""
    known = effect(case, licence)
    found = [*_beginning(licence, known), _effect(known), _recordal(case, licence, known, today)]
    if account.lines:
        found.append(_dues(account))
    return (*found, _end(case, licence, today))


def _beginning(licence: Licence, known: Effect) -> Iterator[Step]:
    if known.by == "agreed":
        yield Step(
            id="signed",
            day=_text(licence.signed_on),
            under=_weekday(licence.signed_on),
            stage="done" if licence.signed_on else "now",
            title=t("licences.life.signed"),
            do=t("licences.life.fill"),
            action="signed_on",
        )
        return
    notice = licence.life.notice
    yield Step(
        id="notice",
        day=_text(notice.day),
        under=_weekday(notice.day),
        stage="done" if notice.day else "now",
        title=t("licences.life.notice"),
        said="，".join(part for part in (notice.how, notice.proof.name) if part),
        do=t("licences.life.change" if notice.day else "licences.life.note_notice"),
        action="notice",
    )
    receipts = by_day(licence.life.receipts)
    first = receipts[0] if receipts else None
    amount = grouped(first.amount) if first and first.amount else ""
    yield Step(
        id="payment",
        day=_text(first.day) if first else "",
        under=_weekday(first.day) if first else "",
        stage="done" if first else "now" if notice.day else "later",
        title=t("licences.life.payment"),
        said=t("licences.life.received", amount=amount) if first else "",
        do="" if first else t("licences.life.note_receipt"),
        action="" if first else "receipt",
    )


def _effect(known: Effect) -> Step:
    how = t(f"licences.life.by_{known.by}")
    return Step(
        id="effect",
        day=_text(known.day),
        under=t("licences.life.reckoned") if known.day else "",
        stage="done" if known.day else "later",
        title=t("licences.life.effect"),
        said=how if known.day else missing_words(known),
    )


def _recordal(case: Case, licence: Licence, known: Effect, today: date) -> Step:
    recordal, last = licence.life.recordal, deadline(case, licence)
    how = state(case, licence, today)
    if recordal.recorded_on:
        return Step(
            id="recordal",
            day=_text(recordal.recorded_on),
            under=recordal.number,
            stage="done",
            title=t("licences.life.recordal"),
            said=t(_RECORDAL[how].word),
            do=t("licences.life.change"),
            action="record",
        )
    left = (last.day - today).days if last else 0
    under, tone = "", ""
    if last is not None and how != "submitted":
        under = (
            t("licences.life.left", days=left) if left >= 0 else t("licences.life.over", days=-left)
        )
        tone = "error" if left < 0 else "pending" if left <= _SOON_DAYS else ""
    return Step(
        id="recordal",
        day=_text(last.day) if last else "",
        under=under,
        tone=tone,
        stage="now" if known.day else "later",
        title=t("licences.life.recordal"),
        said=t("licences.life.three_months"),
        do=t("licences.life.note_record") if known.day else "",
        action="record" if known.day else "",
    )


def _dues(account: Ledger) -> Step:
    """What is owed: the day of what comes next."""
    open_ones = [one for one in account.lines if one.state != "paid"]
    late = any(one.is_owed for one in open_ones)
    return Step(
        id="dues",
        day=_text(open_ones[0].due.due) if open_ones else "",
        under=t("licences.life.late") if late else "",
        tone="error" if late else "",
        stage="now" if late else "later" if open_ones else "done",
        title=t("licences.life.dues"),
        said=t("licences.life.in_all", count=len(account.lines), amount=grouped(account.total)),
    )


def _end(case: Case, licence: Licence, today: date) -> Step:
    ending, end = licence.life.ending, last_day(case, licence)
    over = end is not None and end < today
    return Step(
        id="end",
        day=_text(end),
        stage="done" if over else "later",
        title=t("licences.life.ended" if ending.day else "licences.life.term_end"),
        said=ending.reason,
        do=t("licences.life.note_end"),
        action="end",
    )


def _text(day: date | None) -> str:
    return day.isoformat() if day else ""


def _weekday(day: date | None) -> str:
    return t(f"licences.life.weekdays.d{day.weekday()}") if day else ""
