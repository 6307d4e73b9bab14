"""A composed batch paper (汇总表) as a spreadsheet with the form's look.

Every cell but the count of the rows is text, whatever it looks like: a patent number keeps its
digits and an answer that begins with "=" never becomes a formula; Excel is told not to mark
numbers that are text.  The sheet prints on the paper's own page with its header repeated, with
room for the seal on the first and （续） on those that follow.
"""

import re
from copy import copy
from io import BytesIO
from math import ceil
from typing import Any

import msgspec
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.worksheet import Worksheet

from forms.ground.name_patterns import fill
from forms.ground.steady_archive import steady
from forms.ground.voices import Role
from forms.ground.workbook_cells import put_figure, put_text
from forms.pack.language import Column
from forms.paper.document import Document, Inlines, Table, Title, text_of

# Fonts that Windows brings with it, by the paper's voices.
FONTS: dict[Role, str] = {
    "title": "宋体",
    "heading": "黑体",
    "song": "宋体",
    "fangsong": "仿宋",
    "kai": "楷体",
}
_CELL_LIMIT = 32_767  # characters a cell of a workbook can hold
_SHEET_NAME_LIMIT = 31
_MM_PER_INCH = 25.4
_LABEL_PT, _HEAD_LINE_PT = 20.0, 27.0  # heights of the rows above and below the title
_COUNT = "{row}"  # what a column of the form says that counts the rows


class TooLong(ValueError):
    """A cell of a workbook can not hold an answer."""


def write_xlsx(document: Document) -> bytes:
    """Return the document's table as a workbook of one sheet.

    Raises ValueError if the document holds no table.
    """
    table = next((block for block in document.blocks if isinstance(block, Table)), None)
    if table is None:
        raise ValueError(f"{document.code} has no table to write into a workbook")
    if table.total:  # a sheet has no pages, whose sums it could have
        table = msgspec.structs.replace(table, rows=(*table.rows, table.total))
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = re.sub(r"[\[\]:*?/\\']", "", document.title)[:_SHEET_NAME_LIMIT]
    head_rows = _head(sheet, document, table)
    _rows(sheet, table, head_rows + 1)
    _print_setup(sheet, document, table, head_rows + 1)
    book.properties.title = document.title
    book.properties.language = "zh-CN"
    book.properties.creator = ""
    result = BytesIO()
    book.save(result)
    corner = f"{get_column_letter(len(table.spec.columns))}{head_rows + 1 + len(table.rows)}"
    return steady(result.getvalue(), lambda name, xml: _unmarked(name, xml, f"A1:{corner}"))


def _unmarked(name: str, xml: bytes, cells: str) -> bytes:
    """Tell Excel of cells whose numbers are meant as text: no green triangles.

    openpyxl can not write it; the schema has it behind the header and the footer.
    """
    if not name.startswith("xl/worksheets/sheet"):
        return xml
    end = b"</headerFooter>"
    said = f'<ignoredErrors><ignoredError sqref="{cells}" numberStoredAsText="1"/></ignoredErrors>'
    return xml.replace(end, end + said.encode(), 1)


def _head(sheet: Worksheet, document: Document, table: Table) -> int:
    """Write label, title and head line above the table; return how many rows they take."""
    width = len(table.spec.columns)
    row = 0
    if document.label:
        row += 1
        _put(
            sheet, row, 1, document.label, Font(name=FONTS["heading"], size=14), "left", wrap=False
        )
    if document.draft:
        row = max(row, 1)
        mark = Font(name=FONTS["heading"], size=14, color="7F7F7F")
        _put(sheet, row, width, document.page.draft, mark, "right", wrap=False)
    for block in document.blocks:
        if isinstance(block, Title):
            row += 1
            font = Font(name=FONTS["title"], size=block.spec.size_pt, bold=True)
            room_pt = table.spec.seal_mm / _MM_PER_INCH * 72 - _LABEL_PT - _HEAD_LINE_PT
            height_pt = max(block.spec.size_pt * 2, room_pt)
            _merged(sheet, row, width, block.text, font, "center", height_pt)
    if table.head:
        row += 1
        font = Font(name=FONTS["fangsong"], size=table.head.type.size_pt)
        _merged(sheet, row, width, _head_line(table.head.inlines), font, "left", _HEAD_LINE_PT)
    return row


def _head_line(inlines: Inlines) -> str:
    return text_of(inlines).replace("\n", " ")


def _rows(sheet: Worksheet, table: Table, header_row: int) -> None:
    thin, thick = Side(style="thin"), Side(style="medium")
    last = header_row + len(table.rows)
    columns = table.spec.columns
    header_font = Font(name=FONTS["heading"], size=table.header_type.size_pt)
    shade = PatternFill("solid", fgColor=_gray(table.spec.header_gray))
    body_font = Font(name=FONTS["kai"], size=table.type.size_pt)
    for place, column in enumerate(columns, 1):
        cell = _put(sheet, header_row, place, column.whole_header, header_font, "center")
        cell.fill = shade
        sheet.column_dimensions[get_column_letter(place)].width = _width_chars(column.width_mm)
    sheet.row_dimensions[header_row].height = table.spec.header_pt
    for offset, row in enumerate(table.rows, 1):
        texts = [text_of(cell) for cell in row]
        number = header_row + offset
        for place, (text, column) in enumerate(zip(texts, columns, strict=True), 1):
            if offset == 1 or number == last:
                _put(sheet, number, place, text, body_font, column.align)
            else:
                _put_plain(sheet, number, place, text)
            if column.text == _COUNT and text.isdecimal():
                put_figure(sheet, number, place, int(text), "0")
        sheet.row_dimensions[number].height = _height_pt(texts, table)
    for number in dict.fromkeys((header_row, min(header_row + 1, last), last)):
        for place in range(1, len(columns) + 1):
            sheet.cell(number, place).border = Border(
                left=thick if place == 1 else thin,
                right=thick if place == len(columns) else thin,
                top=thick if number == header_row else thin,
                bottom=thick if number == last else thin,
            )
    _dress_alike(sheet, header_row + 1, last, len(columns))


def _dress_alike(sheet: Worksheet, first: int, last: int, columns: int) -> None:
    """Let the rows between the first and the last look like the first.

    openpyxl weighs every font, border and alignment anew for each cell that is given one: that is
    most of the time of a long table.
    """
    for number in range(first + 1, last):
        for place in range(1, columns + 1):
            like: Any = sheet.cell(first, place)
            cell: Any = sheet.cell(number, place)
            cell._style = copy(like._style)


def _print_setup(sheet: Worksheet, document: Document, table: Table, header_row: int) -> None:
    page = document.page
    last = header_row + len(table.rows)
    corner = f"{get_column_letter(len(table.spec.columns))}{last}"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.orientation = "landscape" if page.width_mm > page.height_mm else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
    sheet.page_margins.left = page.left_mm / _MM_PER_INCH
    sheet.page_margins.right = page.right_mm / _MM_PER_INCH
    sheet.page_margins.top = page.top_mm / _MM_PER_INCH
    sheet.page_margins.bottom = page.bottom_mm / _MM_PER_INCH
    sheet.print_options.horizontalCentered = True
    sheet.print_title_rows = f"{header_row}:{header_row}"
    sheet.print_area = f"A1:{corner}"
    sheet.freeze_panes = f"A{header_row + 1}"
    sheet.auto_filter.ref = f"A{header_row}:{corner}"
    words = fill(page.number.replace("&", "&&"), {"page": "&P", "pages": "&N"})
    sheet.HeaderFooter.differentFirst = True
    for footer in (sheet.firstFooter, sheet.oddFooter):
        _center(footer, words)
    _center(sheet.oddHeader, table.spec.next_title, table.spec.next_title_pt)
    if document.draft:
        for header in (sheet.firstHeader, sheet.oddHeader):
            _at_right(header, page.draft)


def _center(item: HeaderFooterItem | None, words: str, size_pt: float = 0) -> None:
    if item is not None and item.center is not None:
        item.center.text = words
        item.center.size = round(size_pt) or None


def _at_right(item: HeaderFooterItem | None, words: str) -> None:
    if item is not None and item.right is not None:
        item.right.text = words


def _put(
    sheet: Worksheet, row: int, column: int, text: str, font: Font, align: str, *, wrap: bool = True
) -> Cell:
    """Put text into a cell as text; nothing is cut (TooLong where a cell can not hold it)."""
    cell = _put_plain(sheet, row, column, text)
    cell.font = font
    horizontal = "left" if align == "justify" else align
    cell.alignment = Alignment(horizontal=horizontal, vertical="center", wrap_text=wrap)
    return cell


def _put_plain(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    if len(text) > _CELL_LIMIT:
        raise TooLong(f"a cell holds {_CELL_LIMIT} characters at most, not {len(text)}")
    return put_text(sheet, row, column, text)


def _merged(
    sheet: Worksheet, row: int, width: int, text: str, font: Font, align: str, height_pt: float
) -> None:
    _put(sheet, row, 1, text, font, align)
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=width)
    sheet.row_dimensions[row].height = height_pt


def _gray(share: float) -> str:
    level = round(255 * (1 - share))
    return f"{level:02X}" * 3


def _width_chars(width_mm: float) -> float:
    """Excel's column width, in digits of its standard font 7 px wide with 5 px of padding."""
    return round((width_mm / _MM_PER_INCH * 96 - 5) / 7, 2)


def _height_pt(texts: list[str], table: Table) -> float:
    """The height that the fullest cell of a row needs, in points; Excel takes 409 at most."""
    lines = max(
        _lines(text, column, table.type.size_pt)
        for text, column in zip(texts, table.spec.columns, strict=True)
    )
    return min(409.0, max(table.spec.row_min_pt, lines * table.type.leading_pt + 9))


def _lines(text: str, column: Column, size_pt: float) -> int:
    room_em = max(1.0, (column.width_mm - 2) / _MM_PER_INCH * 72 / size_pt)
    widths = (sum(1.0 if ord(c) > 0x2E7F else 0.56 for c in line) for line in text.split("\n"))
    return sum(max(1, ceil(width / room_em)) for width in widths)
