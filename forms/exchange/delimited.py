"""Text tables (.csv and their like): bytes into rows, whatever encoding and separator.

UTF-8 with or without its mark, UTF-16 with its mark, GB18030 (what Excel writes on Chinese
Windows); comma, tab or semicolon.  This module must not know packs or cases.
"""

import codecs
import csv
import io
import re
from collections import Counter
from itertools import islice

from forms.cleaning import Cell
from forms.exchange.sheets import Sheet, UnreadableFile, check_size

_SEPARATORS = ",\t;"
_LOOKED_AT = 30
_MAX_SEPARATORS = 100_000  # in the lines of one row; a text in quotes may hold many
_MARKED = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_AS_FORMULA = re.compile(r'="([^"]*)"')  # how programs keep Excel from eating long numbers


def read_delimited(data: bytes, file: str) -> Sheet:
    """Return the rows of a text table.  Raises UnreadableFile."""
    text = _decoded(data, file)
    separator = _separator(text)
    return Sheet(file, "", _rows(text, separator, file))


def _decoded(data: bytes, file: str) -> str:
    marked = next((name for mark, name in _MARKED if data.startswith(mark)), None)
    for encoding in [marked] if marked else ["utf-8", "gb18030"]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _NOT_TEXT.search(text):
            return text
    raise UnreadableFile(
        f"“{file}”不是能读的表格：既不是 Excel 工作簿（.xlsx），也不是 UTF-8 或者 GB18030 编码的"
        "文本表格（.csv）。"
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
            f"“{file}”第 {len(rows) + 1} 行读不出来：引号不成对，或者一格的内容太长。"
        ) from error
    except _TooWide as error:
        raise UnreadableFile(
            f"“{file}”第 {len(rows) + 1} 行读不出来：一行有几万格，不是专利清单。"
        ) from error
    return rows
