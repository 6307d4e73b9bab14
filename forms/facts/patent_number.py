"""A Chinese patent number: read in every way people write it, checked, written one way.

A number is a year, a digit for the kind and a serial, then a check character:
ZL202110345678.3 since 2003-10-01 (ZC 0006-2003), eight digits before (ZL95115608.X).
The check character is not described in the standard; the weights are the practice of the
office: sum of digit times 2 3 4 5 6 7 8 9 2 3 4 5, modulo 11, ten written X.

This module must not know a case, a pack or today's date.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

import msgspec

from forms.facts.record import Kind
from forms.ground.late_pattern import late_pattern

Reason = Literal["empty", "publication", "international", "lost_digits", "shape", "kind", "year"]

FIRST_YEAR = 1985
LAST_YEAR = 2099

_OLD_DIGITS = 8
_WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
_CHARACTERS = "0123456789X"
_KINDS: dict[str, Kind] = {
    "1": "invention",
    "2": "utility_model",
    "3": "design",
    "8": "invention",
    "9": "utility_model",
}
_NORMAL = re.compile(r"(?:ZL)?([0-9]{12}|[0-9]{8})(?:\.([0-9X]))?")
_LOOSE = (
    re.compile(r"([0-9]{4})\.?([0-9])\.?([0-9]{7})\.?([0-9X])?\.?"),
    re.compile(r"([0-9]{4})([0-9])([0-9]{7})([0-9X])\.0"),  # a number cell that became text
    re.compile(r"([0-9]{2})\.?([0-9])\.?([0-9]{5})\.?([0-9X])?\.?"),
)
_IN_TEXT = late_pattern(  # a blank only where the standard bears one
    r"(ZL)?[ :]*(?<![0-9.])([0-9]{4} ?[12389] ?[0-9]{7}(?:\.?[0-9X])?)(?![0-9.]*[0-9])"
)
_PREFIX = re.compile(r"(?:ZL|CN|专利申请号|专利号码?|申请号|号码?|NO\.?|[.:])+")
_PUBLICATION = re.compile(r"[0-9]{7,9}[A-WYZ][0-9]?|[123][0-9]{8}")
_INTERNATIONAL = re.compile(r"PCT/?[A-Z]{2}.*|WO/?[0-9]{4}.*")
_LOST_DIGITS = re.compile(r"[0-9](?:\.[0-9]+)?E\+?[0-9]+")
_INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_DASHES = "\\-\u2010-\u2015\u2212_"
_QUOTES = "'\"\u2018\u2019\u201c\u201d"
_DROPPED = late_pattern(rf"[\s{_INVISIBLE}{_DASHES}{_QUOTES}()\[\]]+")
_AS_DOT = dict.fromkeys("\u3002\uff0c,\u3001\u00b7\u2022\u2219\u30fb", ".")
_AS_X = dict.fromkeys("\u00d7\u2715\u0425\u0445", "X")  # times sign, Cyrillic
_READ_AS = str.maketrans(_AS_DOT | _AS_X)


class NotAPatentNumber(ValueError):
    """A text is no patent number; `reason` says why.

    "publication" is the number of a published document (CN1234567B), "international" one of
    the PCT, "lost_digits" what a spreadsheet leaves of a number (2.02E+12); "kind" and "year"
    mark a number of the right length with an impossible part; "shape" is all else.
    """

    def __init__(self, reason: Reason, text: str) -> None:
        """Keep the reason and the text as it was given."""
        super().__init__(f"{reason}: {text!r}")
        self.reason: Reason = reason
        self.text = text


class PatentNumber(msgspec.Struct, frozen=True, gc=False):
    """The 12 digits (8 in the old form) of a number, and its check character if it has one."""

    digits: str
    check: str | None = None

    @property
    def is_old_form(self) -> bool:
        """Whether it is of the eight-digit form in use to 2003-09-30."""
        return len(self.digits) == _OLD_DIGITS

    @property
    def year(self) -> int:
        """The year in which the office accepted the application.

        A divisional application or one under the PCT has an earlier filing date.
        """
        if self.is_old_form:
            short = int(self.digits[:2])
            return short + (1900 if short >= FIRST_YEAR - 1900 else 2000)
        return int(self.digits[:4])

    @property
    def kind_digit(self) -> str:
        """The digit of the kind: 1, 2, 3, or 8 and 9 for applications under the PCT."""
        return self.digits[2 if self.is_old_form else 4]

    @property
    def kind(self) -> Kind:
        """The kind of patent the number says it is."""
        return _KINDS[self.digits[2 if len(self.digits) == _OLD_DIGITS else 4]]

    @property
    def is_pct(self) -> bool:
        """Whether it entered through the PCT."""
        return self.kind_digit in "89"

    @property
    def expected_check(self) -> str:
        """The check character the digits ask for."""
        return check_character(self.digits)

    @property
    def check_is_right(self) -> bool | None:
        """Whether the check character is right; None where it is missing."""
        return None if self.check is None else self.check == self.expected_check

    @property
    def may_lack_check(self) -> bool:
        """Whether the number was given without a check character (1985 to 1988)."""
        return self.is_old_form and self.year <= 1988

    @property
    def text(self) -> str:
        """The number as the papers write it: ZL202110345678.3."""
        return f"ZL{self.digits}" + (f".{self.check}" if self.check is not None else "")

    @property
    def corrected(self) -> str:
        """The number as the papers write it, with the check character its digits ask for."""
        return f"ZL{self.digits}.{self.expected_check}"


def check_character(digits: str) -> str:
    """Return the check character, 0 to 9 or X, of 12 or 8 digits.

    Source: practice of the office since 1989; ZC 0006-2003 names it without the sum.
    """
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False))
    return _CHARACTERS[total % 11]


@lru_cache(maxsize=2048)  # a number is looked at several times, by each who meets it
def parse(text: str) -> PatentNumber:
    """Read a patent number however it is written.

    ZL, CN, 专利号, spaces, hyphens, full width, a comma for the dot or none, a lower-case x
    and the lack of a check character are all read; a wrong check character is kept.
    Raises NotAPatentNumber.
    """
    normal = _NORMAL.fullmatch(text)
    digits, check = (normal[1], normal[2]) if normal else _loose(text)
    number = PatentNumber(digits, check)
    _raise_impossible(number, text)
    return number


def numbers_in(text: str, *, marked: bool = False) -> Iterator[PatentNumber]:
    """Yield the patent numbers that a text names; `marked`, only those written with ZL.

    Without the mark a number of an account may be taken for one.
    """
    for found in _IN_TEXT.finditer(unicodedata.normalize("NFKC", text).upper()):
        if marked and not found[1]:
            continue
        try:
            yield parse(found[2])
        except NotAPatentNumber:
            continue


def _loose(text: str) -> tuple[str, str | None]:
    bare = _DROPPED.sub("", unicodedata.normalize("NFKC", text).translate(_READ_AS).upper())
    if not bare:
        raise NotAPatentNumber("empty", text)
    if _INTERNATIONAL.fullmatch(bare):
        raise NotAPatentNumber("international", text)
    prefix = _PREFIX.match(bare)
    rest = bare[prefix.end() :] if prefix else bare
    if _PUBLICATION.fullmatch(rest) or (bare.startswith("CN") and re.fullmatch("[0-9]{7}", rest)):
        raise NotAPatentNumber("publication", text)
    for shape in _LOOSE:
        if parts := shape.fullmatch(rest):
            return parts[1] + parts[2] + parts[3], parts[4]
    raise NotAPatentNumber("lost_digits" if _LOST_DIGITS.fullmatch(rest) else "shape", text)


def _raise_impossible(number: PatentNumber, text: str) -> None:
    is_old_form, year = number.is_old_form, number.year
    if number.digits[2 if is_old_form else 4] not in _KINDS:
        raise NotAPatentNumber("kind", text)
    if not FIRST_YEAR <= year <= (2003 if is_old_form else LAST_YEAR):
        raise NotAPatentNumber("year", text)
