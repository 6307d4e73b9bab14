"""A workbook of plain sheets: headings and rows, every text a text, every number a number."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import TypeAlias

import msgspec
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from forms.ground.columns import width
from forms.ground.steady_archive import steady
from forms.ground.workbook_cells import put_figure, put_text

Cell: TypeAlias = str | int | Decimal | date | None

_WIDEST = 48


class SheetOfRows(msgspec.Struct, frozen=True):
    """A sheet: its name, its headings, its rows; a cell without a value stays empty.

    Columns are as wide as their words, unless `widths` says it in characters.  `money` is how
    amounts with fen are shown.
    """

    name: str
    head: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]
    widths: tuple[int, ...] = ()
    money: str = "#,##0.00"


def write_plain_book(sheets: Sequence[SheetOfRows], title: str = "") -> bytes:
    """Return the sheets as one workbook."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for one in sheets:
        _put_sheet(book.create_sheet(one.name), one)
    book.properties.title = title or None
    book.properties.creator = ""
    out = BytesIO()
    book.save(out)
    return steady(out.getvalue())


def _put_sheet(sheet: Worksheet, one: SheetOfRows) -> None:
    for place, heading in enumerate(one.head, 1):
        cell = put_text(sheet, 1, place, heading)
        cell.font = Font(name="黑体", bold=True)
        cell.fill = PatternFill("solid", fgColor="EFEFEF")
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        wide = one.widths[place - 1] if one.widths else _widest(one, place)
        sheet.column_dimensions[get_column_letter(place)].width = wide
    for line, row in enumerate(one.rows, 2):
        for place, value in enumerate(row, 1):
            _put(sheet, line, place, value, one.money)
    sheet.freeze_panes = "A2"


def _widest(one: SheetOfRows, place: int) -> int:
    texts = [one.head[place - 1], *(str(row[place - 1] or "") for row in one.rows)]
    return min(_WIDEST, max(map(width, texts)) + 3)


def _put(sheet: Worksheet, line: int, place: int, value: Cell, money: str) -> None:
    match value:
        case None | "":
            return
        case str():
            put_text(sheet, line, place, value)
        case Decimal():
            put_figure(sheet, line, place, value, money if value.as_tuple().exponent else "0")
        case int():
            put_figure(sheet, line, place, value, "0")
        case _:
            put_figure(sheet, line, place, value, "yyyy-mm-dd")
