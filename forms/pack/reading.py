"""A cell or a typed text into the value of a field, and a value back into text.

The one place where text becomes a value: the import reads cells with it, a wizard what is
typed.  A value is what the record holds (date, Decimal, int, bool, str, Duration, a tuple of
parties or names); a blank is "", () or None by the field's kind.  What can not be read raises
Unreadable with a reason, and nothing else is ever raised.

`read(field, write(field, value)) == value` for every value that reading gives.

This module must not know cases, workbooks or a screen.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from itertools import compress

from forms.facts.amounts import duration_text, plain
from forms.facts.identity_numbers import is_resident
from forms.facts.patent_number import NotAPatentNumber, PatentNumber, parse
from forms.facts.quantities import (
    Unreadable,
    UnreadableReason,
    read_date,
    read_day_number,
    read_duration,
    read_integer,
    read_money,
    read_number,
    read_percent,
)
from forms.facts.record import Duration, Party
from forms.facts.several_names import party_of, split_names, split_people
from forms.ground.cleaning import (
    Cell,
    Shown,
    cell_text,
    clean_line,
    clean_lines,
    fold,
    is_error_value,
    is_nought,
    narrow,
    whole_second,
)
from forms.ground.late_pattern import late_pattern
from forms.pack.types import Choice, Field, FieldKind

__all__ = [
    "MOST_CHARACTERS",
    "Unreadable",
    "UnreadableReason",
    "Value",
    "is_blank",
    "read",
    "write",
]

Value = str | int | bool | Decimal | date | Duration | tuple[Party, ...] | tuple[str, ...] | None

NOT_READ = "\ufffd"  # what stands where a file's bytes were no text
MOST_CHARACTERS = 32_767  # what a cell of Excel holds
MOST_IN_A_NUMBER = 120  # characters of a date, an amount, a patent number

# How people write that there is nothing, where a number or a date is asked for.
_NOTHING = frozenset({"", "-", "--", "---", "—", "——", "–", "/", "\\", "无", "N/A", "NA", "不适用"})
# How databases and programs write it, wherever it stands.
_NULLS = frozenset({"null", "(null)", "<null>", "nan", "nat", "<na>", "none", "undefined", "\\n"})
_LONGEST_NULL = 9
_NUMERIC: frozenset[FieldKind] = frozenset(
    {"patent_number", "date", "money", "percent", "number", "integer", "duration"}
)
_FLAG_WORDS: Mapping[str, bool] = {
    **dict.fromkeys(("有", "是", "已", "对", "true", "yes", "y", "1", "✓", "√", "☑"), True),
    **dict.fromkeys(("无", "否", "未", "没有", "不是", "false", "no", "n", "×", "x"), False),
}
_SHORT_NAME = 40  # characters: what is longer is hardly met again
_MOST_EXACT = 10**15  # from here on a number cell has lost digits
_DIGIT = re.compile(r"\d")
_CUT = re.compile(r"[0-9](?:\.[0-9]+)?E\+[0-9]{2}", re.IGNORECASE)
_SHORTEST_CUT = 17
_CUT_DIGITS = re.compile("[1-9][0-9]{14}0{2,10}")
_BOX = late_pattern("([☑√✓✔■☒□☐])")
_UNTICKED = frozenset("□☐")


def read(field: Field, cell: Cell) -> Value:
    """Return the value of a cell or a text for a field.

    Dates come as text, as date cells or as bare numbers (serial numbers of Excel or
    20230516).  A patent number in a number cell that lost its ".0" gets it back where the
    check character of its digits is 0; a postcode that lost its leading zero likewise.
    A 0 is a value where a number is asked for, and nowhere else: a formula makes it of an empty
    cell.  Raises Unreadable.
    """
    text = cell if type(cell) is str else cell_text(cell)
    if len(text) > MOST_CHARACTERS:
        raise Unreadable("too_long")
    if is_blank(field, text):
        return BLANKS.get(field.kind)
    if NOT_READ in text:
        raise Unreadable("bad_bytes")
    if is_error_value(text):
        raise Unreadable("error_value")
    if field.kind not in _NUMERIC:
        if isinstance(cell, bool) and field.kind not in ("flag", "choice"):
            raise Unreadable("error_value")  # what a formula answers: IF without its last part
        _refuse_number(text)
        if isinstance(cell, int | float) and abs(cell) >= _MOST_EXACT:
            raise Unreadable("lost_digits")
    if field.kind in _NUMERIC and len(text.strip()) > MOST_IN_A_NUMBER:
        # The patterns beneath take a cubic time over blanks.
        raise Unreadable("range" if text.strip().isdecimal() else "too_long")
    return _READERS[field.kind](field, cell, text)


def is_blank(field: Field, cell: Cell) -> bool:
    """Whether a cell says nothing for a field: empty, null, a dash where a number is asked for."""
    text = cell if type(cell) is str else cell_text(cell)
    if len(text) > MOST_CHARACTERS:
        return False
    if len(text) <= _LONGEST_NULL and isinstance(cell, str) and text.strip().casefold() in _NULLS:
        return True
    if field.kind not in _NUMERIC and text.isprintable() and text.strip():
        return False
    bare = narrow(text)
    return not bare or (field.kind in _NUMERIC and bare.upper() in _NOTHING)


def write(field: Field, value: Value) -> str:
    """Return the text of a value, as the template's cell or a list of changes shows it."""
    match value:
        case None:
            return ""
        case str():
            return (_label(field.choices, value) or value) if field.choices else value
        case bool():
            words = ("true", "是") if value else ("false", "否")
            return _label(field.choices, words[0]) or words[1]
        case tuple():
            return "；".join(item.name if isinstance(item, Party) else item for item in value)
        case Decimal():
            return f"{plain(value)}%" if field.kind == "percent" else format(value, "f")
        case date():
            return value.isoformat()
        case Duration():
            return duration_text(value)
    return str(value)


def _label(choices: tuple[Choice, ...], value: str) -> str:
    return next((choice.label for choice in choices if choice.value == value), "")


def _refuse_number(text: str) -> None:
    """Refuse what a spreadsheet has made of a text: a 0 for a blank, a number cut short.

    Its numbers have fifteen digits: a longer one ends in zeros that nobody typed, two at least
    where it can be told from a number that ends so.
    """
    if len(text) > MOST_IN_A_NUMBER or not _DIGIT.search(text):
        return
    if is_nought(text):
        raise Unreadable("nought")
    if is_cut_short(text):
        raise Unreadable("lost_digits")


def is_cut_short(text: str) -> bool:
    """Whether a long number looks as spreadsheets leave it: 6.22E+18, zeros from the 16th digit on.

    Sheets show numbers in groups too, but with blanks: one that is parted by strokes
    (6222-0212-3456-7890-000) was written by a person.  One whose check character is right is whole.
    """
    if "+" in text and _CUT.fullmatch(text.strip()):
        return True
    if len(text) < _SHORTEST_CUT:
        return False
    bare = narrow(text).replace(" ", "")
    return _CUT_DIGITS.fullmatch(bare) is not None and not is_resident(bare)


def _line(field: Field, cell: Cell, text: str) -> str:
    if isinstance(cell, datetime):
        cell = whole_second(cell)
    if isinstance(cell, date):
        return f"{cell.year}年{cell.month}月{cell.day}日"
    return clean_line(text)


def _postcode(field: Field, cell: Cell, text: str) -> str:
    text = narrow(text)
    return text.zfill(6) if not isinstance(cell, str) and len(text) == 5 else text


def _patent_number(field: Field, cell: Cell, text: str) -> str:
    text = narrow(text).removeprefix("'")
    try:
        number = parse(text)
    except NotAPatentNumber as error:
        if error.reason == "empty":
            raise Unreadable("shape") from None
        cut = "E+" in text.upper() and error.reason == "shape"
        raise Unreadable("lost_digits" if cut else error.reason) from None
    is_number = isinstance(cell, (int, float))
    if is_number and number.check is None and number.expected_check == "0":
        number = PatentNumber(number.digits, "0")
    return number.text


def _date(field: Field, cell: Cell, text: str) -> date:
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return read_day_number(cell)
    if isinstance(cell, Shown) and cell.value.day > 1:  # the 1st is put there for a month
        return read_date(cell_text(cell.value))
    return read_date(text)


def _choice(field: Field, cell: Cell, text: str) -> str:
    wanted = fold(_ticked(text))
    for choice in field.choices:
        if wanted and wanted in {fold(w) for w in (choice.value, choice.label, *choice.words)}:
            return choice.value
    raise Unreadable("choice")


def _ticked(text: str) -> str:
    """Return the answer beside a tick, the text itself where there are no boxes.

    □有 ☑无 is 无; □有 alone is no answer.  Raises Unreadable where none or several are ticked.
    """
    if not _BOX.search(text):
        return text
    before, *marked = _BOX.split(text)
    pairs = list(zip(marked[::2], marked[1::2], strict=True))
    ticked = [words for mark, words in pairs if mark not in _UNTICKED]
    if len(pairs) == len(ticked) == 1:
        return (before + ticked[0]).strip() or text  # 有√, √有 or √ alone
    if before.strip() or len(ticked) != 1:
        raise Unreadable("choice")
    return ticked[0]


def _flag(field: Field, cell: Cell, text: str) -> bool:
    if field.choices and not isinstance(cell, bool):
        try:
            return _choice(field, cell, text) == "true"
        except Unreadable:
            pass  # the words of every flag are tried next
    word = narrow(_ticked(text)).casefold()
    if word not in _FLAG_WORDS:
        raise Unreadable("choice")
    return _FLAG_WORDS[word]


def _parties(field: Field, cell: Cell, text: str) -> tuple[Party, ...]:
    return tuple(party_of(name) for name in _names(split_names(text)))


def _names(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return names but for strokes that stand for none.  Raises Unreadable for what is no name."""
    are_names = [_is_known(one) if len(one) <= _SHORT_NAME else _is_name(one) for one in names]
    return tuple(compress(names, are_names))


def _is_name(name: str) -> bool:
    if is_error_value(name):
        raise Unreadable("error_value")
    _refuse_number(name)
    return name.upper() not in _NOTHING and name.casefold() not in _NULLS


_is_known = lru_cache(maxsize=8192)(_is_name)  # the same people stand in row after row


_READERS: Mapping[FieldKind, Callable[[Field, Cell, str], Value]] = {
    "text": _line,
    "long_text": lambda field, cell, text: clean_lines(text),
    "patent_number": _patent_number,
    "date": _date,
    "money": lambda field, cell, text: read_money(text),
    "percent": lambda field, cell, text: read_percent(text),
    "number": lambda field, cell, text: read_number(text),
    "integer": lambda field, cell, text: read_integer(text),
    "duration": lambda field, cell, text: read_duration(text),
    "choice": _choice,
    "flag": _flag,
    "parties": _parties,
    "names": lambda field, cell, text: _names(split_people(text)),
    "postcode": _postcode,
    "phone": lambda field, cell, text: narrow(text),
    "email": lambda field, cell, text: narrow(text),
}

# What a field holds that says nothing; None where nothing else is named.
BLANKS: Mapping[FieldKind, Value] = {
    "text": "",
    "long_text": "",
    "postcode": "",
    "phone": "",
    "email": "",
    "parties": (),
    "names": (),
}
