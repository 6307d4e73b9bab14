"""Text tables (.csv and their like): bytes into rows, whatever encoding and separator.

UTF-8 and UTF-16 with or without their marks, GB18030 (what Excel writes on Chinese Windows);
comma, tab or semicolon.  A few bytes that can not be read do not make a file unreadable, nor
another encoding: the line they stand in is told.  This module must not know packs or cases.
"""

import codecs
import csv
import io
import re
from collections import Counter
from contextlib import suppress
from itertools import islice

from forms.exchange.sheets import Sheet, UnreadableFile, check_size
from forms.exchange.strangers import is_noise, locked
from forms.ground.cleaning import Cell

_SEPARATORS = ",\t;"
_LOOKED_AT = 30
_MAX_SEPARATORS = 100_000  # in the lines of one row; a text in quotes may hold many
_MARKED = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_DOS_END = b"\x1a"  # which old databases write behind their last row
_MOST_BAD = 100  # bytes that may be unreadable; more is no text
_LINES_TOLD = 5
_BAD = "\ufffd"
_BEYOND_ASCII = re.compile("[^\x00-\x7f]+")
_MANY_TIMES = 4
_AS_FORMULA = re.compile(r'="([^"]*)"')  # how programs keep Excel from eating long numbers


def read_delimited(data: bytes, file: str) -> Sheet:
    """Return the rows of a text table, and a note on bytes that could not be read.

    Raises UnreadableFile.
    """
    text, notes = decoded(data.rstrip(_DOS_END), file)
    separator = _separator(text)
    return Sheet(file, "", _rows(text, separator, file), notes=notes)


def decoded(data: bytes, file: str, said: str = "") -> tuple[str, tuple[str, ...]]:
    """Return a text whatever its encoding, and notes on what of it could not be read.

    What can not be read becomes U+FFFD; `said` is an encoding that the text itself names.
    Raises UnreadableFile where it is no text.
    """
    text, encoding = _decoded(data, file, said)
    return text, _bad_lines(text, encoding, file)


def _decoded(data: bytes, file: str, said: str) -> tuple[str, str]:
    named = [name for mark, name in _MARKED if data.startswith(mark)] or [said] * bool(said)
    for encoding in [*named, "utf-8"]:
        with suppress(UnicodeDecodeError):
            text = data.decode(encoding)
            if not _CONTROLS.search(text):
                return text, encoding
    for encoding in [*named, *_likely(data)]:
        text = _CONTROLS.sub(_BAD, data.decode(encoding, errors="replace"))
        if text.count(_BAD) <= min(_MOST_BAD, len(text) // 20):
            return text, encoding
    wide = "utf-16-le" if data[1::2].count(0) > data[::2].count(0) else "utf-16-be"
    text = data.decode(wide, errors="replace")
    if data.count(0) > len(data) // 50 and "\n" in text and text.count(_BAD) <= 1:
        return text, wide
    if is_noise(data):
        raise UnreadableFile(locked(file))
    raise UnreadableFile(
        f"“{file}”不是可读取的表格：既不是工作簿（.xlsx、.xls、.ods），也不是 UTF-8 或 GBK 编码的"
        "文本表格（.csv）。"
    )


def _likely(data: bytes) -> list[str]:
    """Return the encodings a text that is no UTF-8 throughout may be in, the likeliest first.

    Nearly any bytes are some text in GB18030, so a text that is UTF-8 but for a byte would be
    read as another one without a word; GBK on the other hand hardly ever looks like UTF-8.
    """
    as_utf_8 = data.decode("utf-8", errors="replace")
    bad = as_utf_8.count(_BAD)
    good = sum(map(len, _BEYOND_ASCII.findall(as_utf_8))) - bad
    return ["utf-8", "gb18030"] if good >= _MANY_TIMES * bad else ["gb18030", "utf-8"]


def _bad_lines(text: str, encoding: str, file: str) -> tuple[str, ...]:
    """Say in which lines something could not be read."""
    if _BAD not in text:
        return ()
    bad = [place for place, line in enumerate(text.split("\n"), 1) if _BAD in line]
    lines = "、".join(f"第 {place} 行" for place in bad[:_LINES_TOLD])
    more = f"等 {len(bad)} 行" if len(bad) > _LINES_TOLD else ""
    name = "GBK" if encoding == "gb18030" else encoding[:6].rstrip("-").upper()
    return (
        f"“{file}”按 {name} 编码读出，{lines}{more}有无法识别的字，显示为“{_BAD}”："
        "文件可能损坏或被截断，请对照原数据改正这几行。",
    )


def _separator(text: str) -> str:
    """Return the separator by which most rows at the start fall into as many cells."""
    return max(_SEPARATORS, key=lambda separator: _evenness(text, separator))


class _TooWide(Exception):
    """A row has so many cells."""


class _Lines:
    """The lines of a text, given out one by one; a row without end is stopped on its way."""

    def __init__(self, text: str, separator: str) -> None:
        self.text = io.StringIO(text, newline="")
        self.separator = separator
        self.seen = 0  # separators since the row began

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = next(self.text)
        self.seen += line.count(self.separator)
        if self.seen > _MAX_SEPARATORS:
            raise _TooWide
        return line


def _evenness(text: str, separator: str) -> int:
    lines = _Lines(text, separator)
    widths: Counter[int] = Counter()
    try:
        for row in islice(csv.reader(lines, delimiter=separator), _LOOKED_AT):
            lines.seen = 0
            if len(row) > 1:
                widths[len(row)] += 1
    except csv.Error:
        return 0
    except _TooWide:
        return _MAX_SEPARATORS
    return max((count * (width - 1) for width, count in widths.items()), default=0)


def _rows(text: str, separator: str, file: str) -> list[list[Cell]]:
    lines = _Lines(text, separator)
    rows: list[list[Cell]] = []
    widest = 0
    try:
        for row in csv.reader(lines, delimiter=separator, strict=True):
            lines.seen = 0
            widest = max(widest, len(row))
            check_size(f"“{file}”", len(rows) + 1, widest)
            rows.append([_AS_FORMULA.sub(r"\1", cell) for cell in row])
    except csv.Error as error:
        raise UnreadableFile(
            f"“{file}”第 {len(rows) + 1} 行无法读取：引号不成对，或一格内容过长，请改正后再导入。"
        ) from error
    except _TooWide as error:
        raise UnreadableFile(
            f"“{file}”第 {len(rows) + 1} 行无法读取：一行有几万格，不是专利清单，请另选文件。"
        ) from error
    return rows
