"""The one door by which text comes into a cell: it stays text, whatever it begins with.

A spreadsheet runs a cell that begins with = + - @ as a formula.  A workbook can say that a cell
is text (`put_text`) or none (`put_figure`); a text table can not, so that there such a cell begins
with an apostrophe (`text_table`, `copied_block`), as a spreadsheet itself writes it.

A spreadsheet also reads `_x0041_` in a workbook's text as the character with that code (ST_Xstring,
ECMA-376 part 1, 22.9.2.19), and openpyxl 3.1.5 writes it as it is: `spelled_out` keeps such words.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from forms.ground.office_text import plain

Figure: TypeAlias = int | float | Decimal | date

# Half-width and full-width, since input methods and some spreadsheets take them for the same;
# what is white space before them is dropped when a table is opened.
_BEGINS_A_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def spelled_out(text: str) -> str:
    """A text as a workbook's XML holds it: what looks like a spreadsheet's escape is none."""
    return _LOOKS_ESCAPED.sub("_x005F_", text)


def put_text(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    """Put a text into a cell of a workbook, typed and formatted as text.  Rows count from 1."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    shown = spelled_out(plain(text))
    cell.value = shown
    if shown:
        cell.data_type = "s"
    cell.number_format = "@"
    return cell


def put_figure(sheet: Worksheet, row: int, column: int, figure: Figure, shown_as: str) -> Cell:
    """Put a number or a day into a cell of a workbook, in a number format."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    cell.value = figure
    cell.number_format = shown_as
    return cell


def text_table(rows: Iterable[Sequence[str]]) -> bytes:
    """A text table (.csv) that Excel and WPS open: UTF-8 with its mark, no cell a formula."""
    return _written(rows, ",", "\r\n").encode("utf-8-sig")


def copied_block(rows: Iterable[Sequence[str]]) -> str:
    """Cells as a spreadsheet takes them from the clipboard: tabs between them, none a formula."""
    return _written(rows, "\t", "\n")


def pasted_block(text: str) -> list[list[str]]:
    """The cells of a block from the clipboard, without the apostrophes that kept them texts."""
    lines = csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter="\t")
    return [[_said(cell) for cell in line] for line in lines]


def _written(rows: Iterable[Sequence[str]], between: str, end: str) -> str:
    text = io.StringIO()
    table = csv.writer(text, delimiter=between, lineterminator=end)
    for row in rows:
        table.writerow([_inert(plain(cell)) for cell in row])
    return text.getvalue()


def _inert(text: str) -> str:
    return f"'{text}" if text.lstrip(" ")[:1] in _BEGINS_A_FORMULA and text.strip() else text


def _said(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and _inert(cell[1:]) == cell else cell
