"""A year's figures as a workbook: a sheet of figures, and sheets of the rows behind them."""

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
    """A sheet: its name, its headings, its rows; a cell without a value stays empty."""

    name: str
    head: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]


def write_yearly_book(sheets: Sequence[SheetOfRows], title: str) -> bytes:
    """Return the sheets as one workbook; every text is text, every number a number."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for one in sheets:
        _put_sheet(book.create_sheet(one.name), one)
    book.properties.title = title
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
        texts = [heading, *(str(row[place - 1] or "") for row in one.rows)]
        widest = min(_WIDEST, max(map(width, texts)) + 3)
        sheet.column_dimensions[get_column_letter(place)].width = widest
    for line, row in enumerate(one.rows, 2):
        for place, value in enumerate(row, 1):
            _put(sheet, line, place, value)
    sheet.freeze_panes = "A2"


def _put(sheet: Worksheet, line: int, place: int, value: Cell) -> None:
    match value:
        case None | "":
            return
        case str():
            put_text(sheet, line, place, value)
        case Decimal():
            put_figure(sheet, line, place, value, "#,##0.00" if value.as_tuple().exponent else "0")
        case int():
            put_figure(sheet, line, place, value, "0")
        case _:
            put_figure(sheet, line, place, value, "yyyy-mm-dd")
