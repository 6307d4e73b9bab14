"""Text as people and programs hand it over, made clean: one way to write the same words.

Nothing visible is dropped: characters that no file can hold (lone surrogates) become U+FFFD,
so that they are seen; control characters go; bidirectional and other invisible characters
inside a text stay, since a rule warns of them.

This module must not know fields, packs or workbooks.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache

import msgspec

from forms.ground.late_pattern import late_pattern
from forms.ground.locate import resources


class Shown(msgspec.Struct, frozen=True):
    """A date of a cell that shows less of it: its month, and not the day that it holds."""

    value: date
    text: str


Cell = str | int | float | bool | date | datetime | time | timedelta | Shown | None

NO_RESULT = "（公式没有结果）"  # what stands for a formula that was never calculated
_NO_VALUE = late_pattern(  # of Excel, WPS and LibreOffice; ### is a column too narrow
    r"#(?:N/?A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA|FIELD!|BLOCKED!"
    r"|CONNECT!|UNKNOWN!|BUSY!|EXTERNAL!|PYTHON!)|Err:[0-9]{3}|#{2,}|" + NO_RESULT,
    re.IGNORECASE,
)
_NO_VALUE_BEGINS = ("#", "E", "e", NO_RESULT[0])
_LONGEST_NOUGHT = 40  # with the blanks around it
_NOUGHT = late_pattern(  # of an empty cell, in a formula: 0, or the day 0 of a spreadsheet
    r"[¥￥]?\s*[-+]?0+(?:\.0+)?\s*%?|1900[-/.年]0?1(?:[-/.月]0{1,2}日?|月)|1899[-/.年]12[-/.月]3[01]日?"
)
_NO_NOUGHT = late_pattern("[4-7A-Za-z]|(?![年月日])[\u4e00-\u9fff]")  # stands in none, however wide

# Zero-width characters, marks and overrides of direction, fillers, tags, and controls.
INVISIBLE = late_pattern(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_LINE_ENDS = late_pattern("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]|_x000D_\n?")  # the last is Excel's
_RADICAL = re.compile("[\u2e80-\u2fdf]")
_CONTROLS = late_pattern("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_BROKEN = late_pattern("[\ud800-\udfff\ufffe\uffff]")
_SPACES = str.maketrans("\t\u00a0", "  ")
_AROUND = " \n\u3000\u200b\ufeff"
_UNFOLDED = re.compile(
    r"[\s\u00ad\u200b-\u200f\u2060\ufeff()\[\]{}<>【】〔〕〈〉《》「」:*\"'“”‘’·,、。.;/\\+\-_—–~#☑√✓✔■□]+"
)


def clean_lines(text: str) -> str:
    """Return text with its line ends as \\n, NFC, without control characters, trimmed."""
    if _is_clean(text):
        return text.strip(" ")
    text = _BROKEN.sub("\ufffd", with_letters(text))
    text = _CONTROLS.sub("", _LINE_ENDS.sub("\n", text)).translate(_SPACES)
    lines = (line.strip(_AROUND) for line in unicodedata.normalize("NFC", text).split("\n"))
    return "\n".join(lines).strip(_AROUND)


def _is_clean(text: str) -> bool:
    """Whether there is nothing to clean but blanks around: the quick way for most cells."""
    if text.isascii():
        return text.isprintable() and "_x000D_" not in text
    is_plain = text.isprintable() and "_x000D_" not in text and not _RADICAL.search(text)
    return is_plain and unicodedata.is_normalized("NFC", text)


def radicals_in(text: str) -> Mapping[str, str]:
    """Return the radicals of a text that are turned into letters, and the letter of each."""
    if not _RADICAL.search(text):
        return {}
    found = dict.fromkeys(_RADICAL.findall(text))
    return {one: radicals()[one] for one in found if one in radicals()}


def with_letters(text: str) -> str:
    """Return a text with the letters that its radicals look like."""
    return _RADICAL.sub(lambda found: radicals().get(found[0], found[0]), text)


@cache
def radicals() -> Mapping[str, str]:
    """The letters that radicals look like, as PDFs hold them (⻓ 长), by Unicode's own table."""
    return _table("radicals.txt")


@cache
def private_codes() -> Mapping[str, str]:
    """The letters that old systems wrote with a private code (U+E863 䶮), by GB 18030's table."""
    return _table("private_codes.txt")


def _table(name: str) -> Mapping[str, str]:
    lines = (resources() / "reading" / name).read_text(encoding="utf-8").splitlines()
    found: dict[str, str] = {}
    for line in lines:
        codes, _, letter = line.partition("#")[0].partition(";")
        if letter:
            first, _, last = codes.strip().partition("..")
            for code in range(int(first, 16), int(last or first, 16) + 1):
                found[chr(code)] = chr(int(letter.strip(), 16))
    return found


def clean_line(text: str) -> str:
    """Return text as one clean line; lines join without a space where Chinese meets."""
    if _is_clean(text):
        return text.strip(" ")
    joined = ""
    for line in clean_lines(text).split("\n"):
        space = " " if joined and line and joined[-1].isascii() and line[0].isascii() else ""
        joined += space + line
    return unicodedata.normalize("NFC", joined)


def narrow(text: str) -> str:
    """Return text as one clean line with full-width letters, digits and marks made half-width."""
    if _is_clean(text) and unicodedata.is_normalized("NFKC", text):
        return text.strip(" ")
    line = clean_line(unicodedata.normalize("NFKC", clean_lines(text)))
    return unicodedata.normalize("NFKC", line).strip(_AROUND)


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Return what of a word counts when it is compared: no case, width, spaces or marks."""
    return _UNFOLDED.sub("", narrow(text).casefold())


def visible(text: str) -> str:
    """Return a text with every unseen or direction-turning character spelt out: ‹U+202E›."""
    return INVISIBLE.sub(lambda found: f"‹U+{ord(found[0]):04X}›", text)


def cell_text(cell: Cell) -> str:
    """Return a cell as it is shown: whole numbers without .0, dates as 2023-05-16.

    A number has at most the fifteen digits that a spreadsheet keeps.
    """
    match cell:
        case None:
            return ""
        case str():
            return cell
        case bool():
            return "是" if cell else "否"
        case float():
            return format(cell, ".15g")
        case datetime():
            cell = whole_second(cell)
            return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
        case Shown():
            return cell.text
        case date() | time():
            return cell.isoformat()
    return str(cell)


def whole_second(moment: datetime) -> datetime:
    """Return a moment to the second: sums of a spreadsheet fall a hair short of midnight."""
    if moment.microsecond >= 500_000 and moment < datetime.max.replace(microsecond=0):
        moment += timedelta(seconds=1)
    return moment.replace(microsecond=0)


def with_code(character: str) -> str:
    """Return a character as messages name it, which the screen may not show: “䶮”（U+4DAE）."""
    return f"“{character}”（U+{ord(character):04X}）"


def is_error_value(text: str) -> bool:
    """Whether a text is what a spreadsheet shows instead of a value: #N/A, Err:502, #####."""
    bare = text.strip()
    return bare.startswith(_NO_VALUE_BEGINS) and _NO_VALUE.fullmatch(bare) is not None


def is_nought(text: str) -> bool:
    """Whether a text is the 0 that a formula makes of an empty cell, as a number or a date."""
    if len(text) > _LONGEST_NOUGHT or (_NO_NOUGHT.search(text) and "_x000D_" not in text):
        return False
    return _NOUGHT.fullmatch(narrow(text)) is not None
