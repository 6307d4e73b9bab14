"""Read the texts that are written as nearly all are, each known as such by one pattern.

In a long list most texts are clean Chinese, numbers as the office writes them, days as 2023-05-16.
Of these one look says what `forms.pack.reading` finds out step by step: nothing to clean, no error,
no number that a spreadsheet has spoiled, no mark between names and no remark beside them, no letter
that can not be printed.  What no pattern knows is no fault: it is read as any text is.

This module must not know cases, workbooks or a screen.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date

from forms.facts.patent_number import NotAPatentNumber, parse
from forms.facts.quantities import FIRST_YEAR, LAST_YEAR
from forms.facts.several_names import party_of
from forms.ground.late_pattern import late_pattern
from forms.pack.reading import Value
from forms.pack.types import Field, FieldKind

# Letters of GBK, which every voice can set, that stand for themselves in each of Unicode's forms.
_IDEOGRAPH = "\u4e00-\u9fa5"
_BUT_OF_DAYS = "\u4e00-\u5e73\u5e75-\u65e4\u65e6-\u6707\u6709-\u9fa5"  # without 年, 月, 日
_BUT_ONE = "\u4e01-\u9fa5"  # without 一, a number before a name
_MARKS = "、。《》「」『』【】“”‘’—…·！（），：；？"  # NFC leaves them as they are
_ASCII = r" -\^`-~"  # without _, of which Excel writes _x000D_

_LONGEST = 1000  # characters; what is longer is hardly met again
_NO_NAMES = frozenset({"无", "不适用"})


def plainly_read(field: Field, texts: Iterable[str]) -> Mapping[str, Value]:
    """Return the values of those of some texts that are written as nearly all are.

    Each is what `read` gives, says something, and is written by `write` as the text it is of;
    nothing is to be told of it.
    """
    reader = None if field.choices else _READERS.get(field.kind)
    return {} if reader is None else reader(text for text in texts if len(text) <= _LONGEST)


def _themselves(pattern: re.Pattern[str]) -> Callable[[Iterable[str]], Mapping[str, Value]]:
    def read(texts: Iterable[str]) -> Mapping[str, Value]:
        return {text: text for text in filter(pattern.fullmatch, texts)}

    return read


_TEXT = late_pattern(f"[{_BUT_OF_DAYS}][{_IDEOGRAPH}{_MARKS}{_ASCII}]*+(?<! )")
_POSTCODE = late_pattern("[1-9][0-9]{5}")
_PHONE = late_pattern("1[3-9][0-9]{9}|0[0-9]{2,3}-[0-9]{7,8}")
_EMAIL = late_pattern("[A-Za-z0-9.+-]+@[A-Za-z0-9.-]+")
_NUMBER = late_pattern(r"ZL(?:[0-9]{12}|[0-9]{8})\.[0-9X]")
_DAY = late_pattern("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NAMES = late_pattern(f"[{_BUT_ONE}]++(?:；[{_BUT_ONE}]++)*+")


def _numbers(texts: Iterable[str]) -> Mapping[str, Value]:
    return {text: text for text in filter(_NUMBER.fullmatch, texts) if _is_number(text)}


def _is_number(text: str) -> bool:
    try:
        parse(text)
    except NotAPatentNumber:
        return False
    return True


def _days(texts: Iterable[str]) -> Mapping[str, Value]:
    days = ((text, _day(text)) for text in filter(_DAY.fullmatch, texts))
    return {text: day for text, day in days if day is not None}


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def _split(texts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    names = ((text, tuple(text.split("；"))) for text in filter(_NAMES.fullmatch, texts))
    return {text: some for text, some in names if _NO_NAMES.isdisjoint(some)}


def _parties(texts: Iterable[str]) -> Mapping[str, Value]:
    return {text: tuple(map(party_of, names)) for text, names in _split(texts).items()}


_READERS: Mapping[FieldKind, Callable[[Iterable[str]], Mapping[str, Value]]] = {
    "text": _themselves(_TEXT),
    "long_text": _themselves(_TEXT),
    "postcode": _themselves(_POSTCODE),
    "phone": _themselves(_PHONE),
    "email": _themselves(_EMAIL),
    "patent_number": _numbers,
    "date": _days,
    "parties": _parties,
    "names": _split,
}
