"""Read the spreadsheets of LibreOffice and its like (.ods).

python-calamine reads them too, but without percentages, number formats, errors, merged ranges
and hidden rows (docs/adr/0043-other-tables.md).  The parts come from `unpacking`, within its
bounds.  Source: OpenDocument 1.3 part 3, 9 (tables), 16 (styles), 19 (attributes).

This module must not know packs or cases.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from xml.parsers import expat

from forms.exchange.rebuilt_xlsx import Rebuilt, SheetWriter
from forms.exchange.sheet_scan import Attributes, local, parser, refuse_crowded
from forms.exchange.sheets import MAX_COLUMNS, MAX_ROWS, UnreadableFile, check_size
from forms.exchange.strangers import damaged, encrypted

CONTENT, STYLES, MANIFEST = "content.xml", "styles.xml", "meta-inf/manifest.xml"
_BEGIN = datetime(1899, 12, 30)
_ERROR = re.compile(r"#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)|(Err|错误)[:：]\s*[0-9]{3}")
_DURATION = re.compile(r"(-?)PT([0-9]{1,6})H([0-9]{1,6})M([0-9.]{1,12})S")
_DATE_PARTS = {  # element -> its format, plain and long
    "year": ("yy", "yyyy"),
    "month": ("m", "mm"),
    "day": ("d", "dd"),
    "hours": ("h", "hh"),
    "minutes": ("m", "mm"),
    "seconds": ("s", "ss"),
}
_FORMATS = {"number-style", "percentage-style", "currency-style", "date-style", "time-style"}
_PASSED_OVER = {"annotation", "tracked-changes", "shapes", "frame", "forms", "named-expressions"}


def is_one(parts: Mapping[str, bytes]) -> bool:
    """Whether the parts are an OpenDocument spreadsheet's."""
    kind = parts.get("mimetype", b"")
    return kind.startswith(b"application/vnd.oasis.opendocument.spreadsheet")


def rebuilt(parts: Mapping[str, bytes], file: str) -> bytes:
    """Return the workbook as an .xlsx.  Raises UnreadableFile."""
    if b"encryption-data" in parts.get(MANIFEST, b""):
        raise UnreadableFile(encrypted(file))
    content = parts.get(CONTENT, b"")
    refuse_crowded(content, file)
    reader = _Reader(file)
    try:
        if STYLES in parts:
            reader.read(parts[STYLES])
        reader.read(content)
    except (expat.ExpatError, ValueError, LookupError, OverflowError) as error:
        raise UnreadableFile(damaged(file)) from error
    return reader.book.data()


class _Reader:
    """Goes through the parts and puts down what it meets."""

    def __init__(self, file: str) -> None:
        self.book = Rebuilt(file)
        self._file = file
        self._data_styles: dict[str, str] = {}  # its name -> format code
        self._cell_styles: dict[str, str] = {}  # its name -> data style
        self._hidden_tables: set[str] = set()
        self._style = self._family = self._format_name = ""
        self._code: list[str] = []
        self._is_literal = False
        self._passing: list[str] = []
        self._sheet: _Sheet | None = None
        self._parser = parser(self._start)

    def read(self, part: bytes) -> None:
        """Read a part."""
        self._parser = parser(self._start)
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.Parse(part, True)

    def _start(self, full: str, attributes: Attributes) -> None:
        name = local(full)
        if self._passing or name in _PASSED_OVER:
            self._passing.append(name)
            return
        given = {local(key): value for key, value in attributes.items()}
        if name == "table":
            if self._sheet is not None:  # a table within a cell
                self._passing.append(name)
                return
            hidden = given.get("style-name", "") in self._hidden_tables
            self._sheet = _Sheet(self, given.get("name", ""), hidden)
        elif self._sheet is not None:
            self._sheet.start(name, given)
        else:
            self._start_style(name, given)

    def _start_style(self, name: str, given: Mapping[str, str]) -> None:
        if name == "style":
            self._style, self._family = given.get("name", ""), given.get("family", "")
            if data_style := given.get("data-style-name"):
                self._cell_styles[self._style] = data_style
        elif name == "table-properties":
            if given.get("display") == "false":
                self._hidden_tables.add(self._style)
        elif name in _FORMATS:
            self._format_name, self._code = given.get("name", ""), []
        elif self._format_name:
            self._is_literal = name in ("text", "currency-symbol")
            if name == "number":
                places = int(given.get("decimal-places", "0")[:2] or 0)
                thousands = given.get("display-factor", "1").partition(".")[0].count("000")
                self._code.append("0" + ("." + "0" * places if places else "") + "," * thousands)
            elif name in _DATE_PARTS:
                self._code.append(_DATE_PARTS[name][given.get("style") == "long"])

    def _end(self, full: str) -> None:
        name = local(full)
        if self._passing:
            self._passing.pop()
        elif self._sheet is not None:
            if name == "table":
                self._sheet.close()
                self._sheet = None
            else:
                self._sheet.end(name)
        elif name in _FORMATS:
            self._data_styles[self._format_name] = "".join(self._code)
            self._format_name = ""
        elif name in ("text", "currency-symbol"):
            self._is_literal = False

    def _text(self, text: str) -> None:
        if self._passing:
            return
        if self._sheet is not None:
            self._sheet.text(text)
        elif self._format_name and self._is_literal:
            self._code.append("%" if text == "%" else f'"{text.replace(chr(34), "")}"')

    def format_of(self, cell_style: str) -> str:
        """Return the format a cell style shows numbers in."""
        return self._data_styles.get(self._cell_styles.get(cell_style, ""), "")


class _Sheet:
    """A table being read, row by row."""

    def __init__(self, reader: _Reader, name: str, hidden: bool) -> None:
        self._reader = reader
        self._hidden = hidden
        self._where = f"“{reader._file}”工作表“{name}”"
        self._context = reader.book.sheet(name, hidden=hidden)
        self._writer: SheetWriter = self._context.__enter__()
        self._column_styles: list[str] = []
        self._row = self._column = 0
        self._repeat = 1
        self._row_is_hidden = False
        self._row_cells: list[tuple[int, int, Mapping[str, str], str]] = []
        self._cell: Mapping[str, str] = {}
        self._lines: list[list[str]] | None = None
        self._in_line = False

    def start(self, name: str, given: Mapping[str, str]) -> None:
        """An element within the table begins."""
        if name == "table-column":
            style = given.get("default-cell-style-name", "")
            count = min(_count(given, "number-columns-repeated"), MAX_COLUMNS + 1)
            if len(self._column_styles) <= MAX_COLUMNS:
                self._column_styles += [style] * count
        elif name == "table-row":
            self._column, self._row_cells = 0, []
            self._repeat = _count(given, "number-rows-repeated")
            self._row_is_hidden = given.get("visibility", "visible") != "visible"
        elif name in ("table-cell", "covered-table-cell"):
            self._cell, self._lines = given, []
        elif self._lines is None:
            return
        elif name == "p":
            self._lines.append([])
            self._in_line = True
        elif name == "s":
            self.text(" " * min(_count(given, "c"), 1000))
        elif name == "tab":
            self.text("\t")
        elif name == "line-break":
            self.text("\n")

    def text(self, text: str) -> None:
        """A piece of a paragraph in a cell."""
        if self._lines and self._in_line:
            self._reader.book.count(len(text))
            self._lines[-1].append(text)

    def end(self, name: str) -> None:
        """An element within the table ends."""
        if name == "p":
            self._in_line = False
        elif name in ("table-cell", "covered-table-cell"):
            shown = "\n".join("".join(line) for line in self._lines or [])
            count = _count(self._cell, "number-columns-repeated")
            has_value = "value-type" in self._cell or bool(shown)
            if name == "table-cell" and has_value:
                check_size(self._where, self._row + 1, self._column + count)
                self._row_cells.append((self._column, count, self._cell, shown))
            self._column += count
            self._lines = None
        elif name == "table-row":
            self._end_row()

    def close(self) -> None:
        """The table ends."""
        self._context.__exit__(None, None, None)

    def _end_row(self) -> None:
        if self._row_cells and not self._hidden:
            check_size(self._where, self._row + self._repeat, 1)
            for row in range(self._row, self._row + self._repeat):
                self._writer.row(row, hidden=self._row_is_hidden)
                for column, count, given, shown in self._row_cells:
                    for place in range(column, column + count):
                        self._put(place, given, shown)
                    self._merge(row, column, given)
                if row == self._row:  # refused before, not after, a million cells are put down
                    self._writer.room_for_more(self._repeat - 1)
        self._row += self._repeat

    def _merge(self, row: int, column: int, given: Mapping[str, str]) -> None:
        rows, columns = (
            _count(given, "number-rows-spanned"),
            _count(given, "number-columns-spanned"),
        )
        if rows > 1 or columns > 1:
            below = min(row + rows, MAX_ROWS) - 1
            self._writer.merge(row, column, below, min(column + columns, MAX_COLUMNS) - 1)

    def _put(self, column: int, given: Mapping[str, str], shown: str) -> None:
        kind, is_formula = given.get("value-type", "string"), "formula" in given
        if kind == "error" or (is_formula and _ERROR.fullmatch(shown.strip())):
            self._writer.error(column, shown.strip() or "#N/A")
        elif kind in ("float", "percentage", "currency"):
            code = self._format(column, given) or ("0%" if kind == "percentage" else 0)
            self._writer.number(column, float(given["value"]), code, formula=is_formula)
        elif kind == "date":
            code, day = self._format(column, given) or "yyyy-mm-dd", _day(given["date-value"])
            if day < 1:  # of before 1900, which an .xlsx knows no number of
                self._writer.text(column, given["date-value"][:10])
            else:
                self._writer.number(column, day, code, formula=is_formula)
        elif kind == "time":
            self._writer.number(column, _part_of_day(given["time-value"]), "h:mm:ss")
        elif kind == "boolean":
            self._writer.truth(column, given.get("boolean-value") == "true")
        elif text := given.get("string-value") or shown:
            self._writer.text(column, text, formula=is_formula)

    def _format(self, column: int, given: Mapping[str, str]) -> str:
        style = given.get("style-name", "")
        if not style and column < len(self._column_styles):
            style = self._column_styles[column]
        return self._reader.format_of(style)


def _count(given: Mapping[str, str], name: str) -> int:
    """Return how often something is repeated, or how far it spans.  Raises ValueError."""
    return max(int(given.get(name, "1")[:9]), 1)


def _day(text: str) -> float:
    """Return the number a spreadsheet keeps of a moment such as 2023-05-16 or …T08:30:00."""
    moment = datetime.fromisoformat(text[:19])
    days = (moment - _BEGIN).total_seconds() / 86_400
    return days - 1 if days < 61 else days  # as Excel, which has a 29 February 1900


def _part_of_day(text: str) -> float:
    found = _DURATION.fullmatch(text)
    if found is None:
        raise ValueError("a time is PT…H…M…S")
    seconds = int(found[2]) * 3600 + int(found[3]) * 60 + float(found[4])
    return (-seconds if found[1] else seconds) / 86_400
