"""The rule on text that could not be read: it says what was typed and what was expected.

What makes a text unreadable is known to `forms.pack.reading` alone; it is asked again here.
"""

import unicodedata
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from forms.ground.late_pattern import late_pattern
from forms.ground.problems import Finding, ParamValue
from forms.pack.reading import Unreadable, read
from forms.pack.types import Field
from forms.rules.base import NUMBER, Params, Subject, rule, rules_of
from forms.rules.party_rules import of_each

_DATE = late_pattern(r"([0-9]{4})\D+([0-9]{1,2})\D+([0-9]{1,2})\D*|([0-9]{4})([0-9]{2})([0-9]{2})")
_TEXT = ("text",)
_COUNTED = ("text", "owners", "count")
_BY_REASON = ("negative", "decimals", "range", "too_long")
_OF_SHEETS = ("error_value", "nought", "lost_digits")  # what a spreadsheet left in the cell
_RANGES = ("date", "duration")  # whose bounds can be told in words
_BY_KIND = ("date", "money", "percent", "number", "integer", "duration")
_VARIANTS = {
    **dict.fromkeys(("", *_BY_REASON, *_OF_SHEETS, *_BY_KIND), _TEXT),
    **dict.fromkeys((f"{kind}_range" for kind in _RANGES), _TEXT),
    "no_such_date": ("text", "example"),
    "choice": ("text", "choices"),
    **dict.fromkeys(("fewer", "more"), _COUNTED),
}


@rule(
    "unread.value",
    "专利法实施细则 第八十五条第三款: 内容应当准确、清楚",
    shows=_VARIANTS,
    scopes=("offer", "contract"),
    on_unread=True,
)
def value(subject: Subject, _params: Params) -> Iterator[Finding]:
    """A text that is no date, amount, count or choice where one is asked for.

    Under a way that was not chosen nothing is.  What a contract alone prints is a fault of the
    contract: the offer's papers do not wait for it.
    """
    for path, text in subject.unread.items():
        if subject.licence is None and subject.is_for_contract(path):
            continue
        # number.shape has more to say of the number
        if path == NUMBER or subject.is_unchosen(path):
            continue
        counted = of_each(subject, path, text)
        yield from (_finding(path, text, subject.field(path)),) if counted is None else counted


@rule(
    "unread.for_contract",
    "合同 许可人、被许可人; 第五条 帐号",
    shows={"": _TEXT, "lost_digits": _TEXT, "fewer": _COUNTED, "more": _COUNTED},
    on_unread=True,
)
def for_contract(subject: Subject, _params: Params) -> Iterator[Finding]:
    """A text that can not be read and that contracts alone ask for, while there is none."""
    for path, text in () if subject.has_contract else subject.unread.items():
        if subject.is_for_contract(path) and path != NUMBER:
            field = subject.field(path)
            if (counted := of_each(subject, path, text)) is not None:
                yield from counted
                continue
            is_cut = field is not None and _reason(field, text) == "lost_digits"
            yield Finding(path, {"text": text}, "lost_digits" if is_cut else "")


def _finding(path: str, text: str, field: Field | None) -> Finding:
    shown: dict[str, ParamValue] = {"text": text}
    if field is None:
        return Finding(path, shown)
    reason = _reason(field, text)
    if reason in _OF_SHEETS:
        return Finding(path, shown, reason)
    if field.choices and reason != "too_long":
        labels = tuple(choice.label for choice in field.choices)
        return Finding(path, {**shown, "choices": labels}, "choice")
    if reason == "no_such_day" and (example := day_meant(text)):
        return Finding(path, {**shown, "example": example.isoformat()}, "no_such_date")
    if reason == "range" and field.kind in _RANGES:
        return Finding(path, shown, f"{field.kind}_range")
    if reason in _BY_REASON:
        return Finding(path, shown, reason)
    return Finding(path, shown, field.kind if field.kind in _BY_KIND else "")


def _reason(field: Field, text: str) -> str:
    """Why a text can not be read for a field; "" where by now it could be."""
    try:
        read(field, text)
    except Unreadable as fault:
        return fault.reason
    return ""


def day_meant(text: str) -> date | None:
    """Return the nearest real day to a date that does not exist (2030-02-28 for 02-30).

    None for a text that is not written in figures.
    """
    shape = _DATE.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if shape is None:
        return None
    year, month, day = (int(part) for part in shape.groups() if part is not None)
    year, month = max(year, 1), min(max(month, 1), 12)
    return date(year, month, min(max(day, 1), monthrange(year, month)[1]))


RULES = rules_of(globals())
