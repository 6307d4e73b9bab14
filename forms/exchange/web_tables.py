"""Read the tables of a page (HTML), as many databases hand them out under the name .xls.

Every table with a row becomes a sheet; its cells are texts, as in a text table, with the cells
that span rows or columns as merged ranges.  Nothing of a page is run or followed.

Source: HTML, 4.9.12 (how cells find their places).  This module must not know packs or cases.
"""

import codecs
import re
from html.parser import HTMLParser

from forms.exchange.delimited import decoded
from forms.exchange.rebuilt_xlsx import Rebuilt
from forms.exchange.sheets import MAX_COLUMNS, MAX_ROWS, UnreadableFile, check_size
from forms.exchange.strangers import SAVE_AS

_STARTS = re.compile(
    rb"\s*(<!--.*?-->\s*)*<(!doctype\s+html|html|head|meta|body|table|style|div)\b", re.I | re.S
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.I)
_LONG_TAG = re.compile("<[^<>]{100000}")
_GB = {"gb2312", "gbk", "gb_2312-80", "hz-gb-2312"}
_BREAKS = {"br", "p", "div", "li"}
_PASSED_OVER = {"script", "style", "title", "head"}
_MOST_TABLES = 100
_MOST_TAGS = 1_000_000  # each takes some microseconds


def is_page(data: bytes) -> bool:
    """Whether a file is a page."""
    return bool(_STARTS.match(data[:2000].removeprefix(codecs.BOM_UTF8)))


def rebuilt(data: bytes, file: str) -> tuple[bytes, tuple[str, ...]]:
    """Return a page's tables as an .xlsx, and notes on what could not be read.

    Raises UnreadableFile, also where a page has no table.
    """
    said = _CHARSET.search(data[:4000])
    text, notes = decoded(data, file, _known(said[1].decode("ascii")) if said else "")
    if text.count("<") > _MOST_TAGS or _LONG_TAG.search(text):
        raise UnreadableFile(f"“{file}”实为网页，且过大；{SAVE_AS}")
    page = _Page(f"“{file}”")
    page.feed(text)
    page.close()
    tables = [table for table in page.tables if table.cells]
    if not tables:
        raise UnreadableFile(
            f"“{file}”实为网页，其中没有表格（可能是登录页或出错页），请重新从数据库导出。"
        )
    if len(tables) > _MOST_TABLES:
        raise UnreadableFile(f"“{file}”实为网页，其中有 {len(tables)} 张表；{SAVE_AS}")
    made = Rebuilt(file)
    for place, table in enumerate(tables, 1):
        with made.sheet(f"表{place}" if len(tables) > 1 else "") as writer:
            row = -1
            for (at, column), cell in sorted(table.cells.items()):
                if at != row:
                    row = at
                    writer.row(row)
                if text := cell.text():
                    writer.text(column, text)
                if cell.rows > 1 or cell.columns > 1:
                    writer.merge(at, column, at + cell.rows - 1, column + cell.columns - 1)
    return made.data(), notes


def _known(charset: str) -> str:
    """Return the encoding that a page names, "" for one that is not known."""
    if charset.lower() in _GB:
        return "gb18030"
    try:
        return codecs.lookup(charset).name
    except LookupError:
        return ""


class _Cell:
    def __init__(self, rows: int, columns: int) -> None:
        self.rows, self.columns = rows, columns
        self.pieces: list[str] = []

    def text(self) -> str:
        """Return its text: blanks as a browser shows them, a line for each line."""
        lines = (" ".join(line.split()) for line in "".join(self.pieces).split("\0"))
        return "\n".join(line for line in lines if line)


class _Table:
    """A table being read; cells stand where no cell from above reaches down to."""

    def __init__(self, where: str) -> None:
        self._where = where
        self.cells: dict[tuple[int, int], _Cell] = {}
        self.row = -1
        self._column = 0
        self._reaching: dict[int, int] = {}  # column -> the row before which it is taken

    def next_row(self) -> None:
        self.row += 1
        self._column = 0

    def next_cell(self, rows: int, columns: int) -> _Cell:
        if self.row < 0:
            self.next_row()
        while self._reaching.get(self._column, 0) > self.row:
            self._column += 1
        check_size(self._where, self.row + 1, self._column + 1)
        columns = min(columns, MAX_COLUMNS - self._column)
        cell = self.cells[self.row, self._column] = _Cell(rows, columns)
        for column in range(self._column, self._column + columns):
            self._reaching[column] = self.row + rows
        self._column += columns
        return cell


class _Page(HTMLParser):
    def __init__(self, where: str) -> None:
        super().__init__(convert_charrefs=True)
        self._where = where
        self.tables: list[_Table] = []
        self._open: list[tuple[_Table, _Cell | None]] = []
        self._passed_over = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _PASSED_OVER:
            self._passed_over = tag
        elif tag in ("body", "table"):
            self._passed_over = ""
        if tag == "table":
            self.tables.append(_Table(self._where))
            self._open.append((self.tables[-1], None))
        elif not self._open:
            return
        table, cell = self._open[-1]
        if tag == "tr":
            table.next_row()
            self._open[-1] = table, None
        elif tag in ("td", "th"):
            named = dict(attrs)
            rows, columns = (
                _span(named.get("rowspan"), MAX_ROWS),
                _span(named.get("colspan"), MAX_COLUMNS),
            )
            self._open[-1] = table, table.next_cell(rows, columns)
        elif cell is not None and tag in _BREAKS:
            cell.pieces.append("\0")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._passed_over:
            self._passed_over = ""
        if not self._open:
            return
        table, cell = self._open[-1]
        if tag == "table":
            self._open.pop()
        elif tag in ("td", "th", "tr"):
            self._open[-1] = table, None
        elif cell is not None and tag in _BREAKS:
            cell.pieces.append("\0")

    def handle_data(self, data: str) -> None:
        if self._open and not self._passed_over:
            cell = self._open[-1][1]
            if cell is not None:
                cell.pieces.append(data)


def _span(text: str | None, most: int) -> int:
    """Return how many rows or columns a cell takes; what is no number is one."""
    text = (text or "").strip()
    return (
        min(max(int(text), 1), most) if text.isascii() and text.isdigit() and len(text) < 10 else 1
    )
