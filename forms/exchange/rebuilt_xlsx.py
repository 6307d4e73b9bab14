"""Write what another kind of table says as the one kind that is looked at, an .xlsx.

What is read from .xls, .ods or a page is put down here cell by cell: its value, the number
format it is shown by, whether it is a formula's, merged ranges, hidden rows and sheets.  So
`unpacking` looks at all of them alike, and what it tells of one it tells of all.

Source: ECMA-376 part 1, 18 (SpreadsheetML).  This module must not know packs or cases.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape

from forms.exchange.sheets import UnreadableFile, check_size
from forms.ground.workbook_cells import spelled_out

MAX_CHARACTERS = 50_000_000  # of XML; a list of patents has a hundredth

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_NEVER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # in no XML
_HIDDEN_SHEET = ' state="hidden"'
_FIRST_OWN = 164  # numbers of formats below are every program's
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Rebuilt:
    """A workbook being written anew, sheet by sheet.  Rows and columns count from 0."""

    def __init__(self, file: str, *, from_1904: bool = False) -> None:
        """Begin it; `from_1904` says that its numbers of days count from 1904."""
        self.file = file
        self._from_1904 = from_1904
        self._sheets: list[tuple[str, bool, str]] = []
        self._texts: dict[str, int] = {}
        self._formats: dict[int | str, int] = {0: 0}
        self._written = 0

    @contextmanager
    def sheet(self, name: str, *, hidden: bool = False) -> Iterator["SheetWriter"]:
        """Write a sheet.  Raises UnreadableFile where it is too large."""
        writer = SheetWriter(self, f"“{self.file}”工作表“{name}”" if name else f"“{self.file}”")
        yield writer
        self._sheets.append((name or f"Sheet{len(self._sheets) + 1}", hidden, writer.xml()))

    def text_place(self, text: str) -> int:
        """Return the place of a text among those that cells share."""
        found = self._texts.get(text)
        if found is None:
            found = self._texts[text] = len(self._texts)
            self.count(len(text) + 30)
        return found

    def style(self, number_format: int | str) -> int:
        """Return the place of the style that shows numbers in a format.

        A format is its code, or the number of one that all programs know (0 is the general).
        """
        return self._formats.setdefault(number_format, len(self._formats))

    def count(self, characters: int) -> None:
        """Count what was written.  Raises UnreadableFile beyond MAX_CHARACTERS."""
        self.room_for(characters)
        self._written += characters

    def room_for(self, characters: int) -> None:
        """See that so much more can be written.  Raises UnreadableFile."""
        if self._written + characters > MAX_CHARACTERS:
            raise UnreadableFile(f"“{self.file}”过大，不是专利清单，请核对，或拆分成几个文件。")

    def data(self) -> bytes:
        """Return the workbook."""
        parts = {
            "xl/workbook.xml": self._workbook(),
            "xl/_rels/workbook.xml.rels": self._relations(),
            "xl/styles.xml": self._styles(),
            "xl/sharedStrings.xml": self._shared(),
        }
        for place, (_, _, xml) in enumerate(self._sheets):
            parts[_sheet_part(place)] = xml
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
            for name, part in parts.items():
                archive.writestr(zipfile.ZipInfo(name), part.encode())
        return out.getvalue()

    def _workbook(self) -> str:
        sheets = "".join(
            f'<sheet name="{_attribute(name)}" sheetId="{place + 1}" r:id="r{place}"'
            f"{_HIDDEN_SHEET if hidden else ''}/>"
            for place, (name, hidden, _) in enumerate(self._sheets)
        )
        properties = '<workbookPr date1904="1"/>' if self._from_1904 else ""
        return (
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{properties}'
            f"<sheets>{sheets}</sheets></workbook>"
        )

    def _relations(self) -> str:
        each = "".join(
            f'<Relationship Id="r{place}" Type="{_OFFICE}/worksheet"'
            f' Target="{_sheet_part(place).removeprefix("xl/")}"/>'
            for place in range(len(self._sheets))
        )
        more = (
            f'<Relationship Id="s" Type="{_OFFICE}/styles" Target="styles.xml"/>'
            f'<Relationship Id="t" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        )
        return f'<Relationships xmlns="{_RELATIONS}">{each}{more}</Relationships>'

    def _styles(self) -> str:
        numbers = {
            one: one if isinstance(one, int) else _FIRST_OWN + place
            for one, place in self._formats.items()
        }
        formats = "".join(
            f'<numFmt numFmtId="{number}" formatCode="{_attribute(code)}"/>'
            for code, number in numbers.items()
            if isinstance(code, str)
        )
        styles = "".join(f'<xf numFmtId="{number}"/>' for number in numbers.values())
        return (
            f'<styleSheet xmlns="{_MAIN}"><numFmts>{formats}</numFmts>'
            f"<cellXfs>{styles}</cellXfs></styleSheet>"
        )

    def _shared(self) -> str:
        texts = "".join(
            f'<si><t xml:space="preserve">{_text(text)}</t></si>' for text in self._texts
        )
        return f'<sst xmlns="{_MAIN}">{texts}</sst>'


class SheetWriter:
    """The cells of one sheet, row after row, from left to right."""

    def __init__(self, book: Rebuilt, where: str) -> None:
        self._book = book
        self._where = where
        self._rows: list[str] = []
        self._cells: list[str] = []
        self._merged: list[str] = []
        self._row = 0
        self._is_hidden = False
        self._widest = 0

    def row(self, row: int, *, hidden: bool = False) -> None:
        """Go to a row."""
        self._end_row()
        self._row, self._is_hidden = row, hidden

    def room_for_more(self, times: int) -> None:
        """See that the row can be put down so many times more.  Raises UnreadableFile.

        A row further down is not shorter than this one; its texts are shared.
        """
        self._book.room_for(times * sum(map(len, self._cells)))

    def text(self, column: int, text: str, *, formula: bool = False) -> None:
        """Put a text into a cell of the row."""
        if formula:
            self._put(column, f' t="str"><f/><v>{_text(text)}</v></c>')
        else:
            self._put(column, f' t="s"><v>{self._book.text_place(text)}</v></c>')

    def number(
        self, column: int, value: float, number_format: int | str = 0, *, formula: bool = False
    ) -> None:
        """Put a number into a cell of the row; a date is the number of its day."""
        style = self._book.style(number_format)
        inside = f"{'<f/>' if formula else ''}<v>{value!r}</v></c>"
        self._put(column, f' s="{style}">{inside}' if style else f">{inside}")

    def truth(self, column: int, value: bool) -> None:
        """Put yes or no into a cell of the row."""
        self._put(column, f' t="b"><v>{int(value)}</v></c>')

    def error(self, column: int, text: str) -> None:
        """Put an error such as #N/A into a cell of the row."""
        self._put(column, f' t="e"><v>{_text(text)}</v></c>')

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """Say that the cells from one corner to the other are shown as one."""
        self._merged.append(f'<mergeCell ref="{_place(top, left)}:{_place(bottom, right)}"/>')
        self._book.count(len(self._merged[-1]))

    def xml(self) -> str:
        """Return the sheet's part."""
        self._end_row()
        merged = f"<mergeCells>{''.join(self._merged)}</mergeCells>" if self._merged else ""
        return (
            f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(self._rows)}</sheetData>{merged}'
            "</worksheet>"
        )

    def _put(self, column: int, rest: str) -> None:
        if column >= self._widest:
            self._widest = column + 1
        cell = f'<c r="{_place(self._row, column)}"{rest}'
        self._book.count(len(cell))
        self._cells.append(cell)

    def _end_row(self) -> None:
        if self._cells:
            check_size(self._where, self._row + 1, self._widest)
            hidden = ' hidden="1"' if self._is_hidden else ""
            self._rows.append(f'<row r="{self._row + 1}"{hidden}>{"".join(self._cells)}</row>')
            self._cells.clear()


def _sheet_part(place: int) -> str:
    return f"xl/worksheets/sheet{place + 1}.xml"


def _place(row: int, column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = _LETTERS[rest] + letters
    return f"{letters}{row + 1}"


def _text(text: str) -> str:
    """Return a text as XML holds it; what looks like Excel's own escape is written as such."""
    text = spelled_out(escape(_NEVER.sub("\ufffd", text), quote=False))
    return text.replace("\r", "&#13;")


def _attribute(text: str) -> str:
    return _text(text).replace('"', "&quot;").replace("\n", " ").replace("\t", " ")
