"""Text as people and programs hand it over, made clean: one way to write the same words.

Nothing visible is dropped: characters that no file can hold (lone surrogates) become U+FFFD,
so that they are seen; control characters go; bidirectional and other invisible characters
inside a text stay, since a rule warns of them.

This module must not know fields, packs or workbooks.
"""

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from functools import lru_cache

Cell = str | int | float | bool | date | datetime | time | timedelta | None

_LINE_ENDS = re.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]|_x000D_\n?")  # the last is Excel's
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_BROKEN = re.compile("[\ud800-\udfff\ufffe\uffff]")
_SPACES = str.maketrans("\t\u00a0", "  ")
_AROUND = " \n\u3000\u200b\ufeff"
_UNFOLDED = re.compile(
    r"[\s\u00ad\u200b-\u200f\u2060\ufeff()\[\]{}<>【】〔〕〈〉《》「」:*\"'“”‘’·,、。.;/\\+\-_—–~#☑√✓✔■□]+"
)


def clean_lines(text: str) -> str:
    """Return text with its line ends as \\n, NFC, without control characters, trimmed."""
    if _is_clean(text):
        return text.strip(" ")
    text = _BROKEN.sub("\ufffd", text)
    text = _CONTROLS.sub("", _LINE_ENDS.sub("\n", text)).translate(_SPACES)
    lines = (line.strip(_AROUND) for line in unicodedata.normalize("NFC", text).split("\n"))
    return "\n".join(lines).strip(_AROUND)


def _is_clean(text: str) -> bool:
    """Whether there is nothing to clean but blanks around: the quick way for most cells."""
    is_plain = text.isprintable() and "_x000D_" not in text
    return is_plain and unicodedata.is_normalized("NFC", text)


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
            return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
        case date() | time():
            return cell.isoformat()
    return str(cell)
