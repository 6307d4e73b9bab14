"""Rows of a sheet under headings that are told: each cell a value, or told as unreadable.

Headings are sought among the first rows, in any order, and compared without blanks and marks; what
a merged block says holds for each of its rows.  This module must not know what the rows are of.
"""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from forms.exchange.row_cells import DAYS_FROM_1900_TO_1904, is_blank_row
from forms.exchange.sheets import Sheet
from forms.ground.cleaning import Cell, cell_text, fold, visible
from forms.pack.reading import Unreadable, Value, is_blank, read
from forms.pack.types import Field

_LOOKED_AT = 20  # rows from the top among which the headings are sought
_LONGEST_SHOWN = 40


class ReadRow(msgspec.Struct, frozen=True):
    """A row as a spreadsheet counts it: path -> value of each cell that says something.

    `wrong` are sentences on the cells that could not be read.
    """

    sheet: str
    row: int
    values: Mapping[str, Value]
    wrong: tuple[str, ...] = ()


def rows_under(sheet: Sheet, fields: Sequence[Field], needs: Sequence[str]) -> list[ReadRow] | None:
    """Return the rows of a sheet under the headings of some fields.

    None where no row is such a header: it names all fields of the paths `needs`.  Rows that are
    blank are passed over.
    """
    header = _header(sheet, fields, needs)
    return None if header is None else list(_rows(sheet, _whole(sheet), *header))


def headings_found(sheet: Sheet, fields: Sequence[Field], needs: Sequence[str]) -> int:
    """Return how many of some fields a sheet has headings of; 0 where `rows_under` gives none."""
    header = _header(sheet, fields, needs)
    return 0 if header is None else len(header[1])


def headings_unknown(sheet: Sheet, fields: Sequence[Field], needs: Sequence[str]) -> list[str]:
    """Return the headings of a sheet that no field has, over columns that say something.

    Empty where `rows_under` gives none.
    """
    header = _header(sheet, fields, needs)
    if header is None:
        return []
    top, columns = header
    return [
        cell.strip()
        for place, cell in enumerate(sheet.rows[top])
        if isinstance(cell, str)
        and cell.strip()
        and place not in columns
        and any(place < len(row) and cell_text(row[place]).strip() for row in sheet.rows[top + 1 :])
    ]


def _header(
    sheet: Sheet, fields: Sequence[Field], needs: Sequence[str]
) -> tuple[int, dict[int, Field]] | None:
    if sheet.hidden:
        return None
    for top, row in enumerate(sheet.rows[:_LOOKED_AT]):
        columns = _columns(row, fields)
        if {field.path for field in columns.values()} >= set(needs):
            return top, columns
    return None


def pairs_of(sheet: Sheet, fields: Sequence[Field]) -> ReadRow | None:
    """Return what a sheet of two columns says, a heading and its value in each row.

    None where fewer than two of its rows have a heading that is known.
    """
    known = {fold(word): field for field in fields for word in field.columns}
    values: dict[str, Value] = {}
    wrong: list[str] = []
    found = 0
    for place, row in enumerate(sheet.rows):
        field = known.get(fold(cell_text(row[0]))) if len(row) > 1 else None
        if field is None:
            continue
        found += 1
        _take(sheet, field, row[1], place, values, wrong)
    return ReadRow(sheet.name, 0, values, tuple(wrong)) if found > 1 else None


def _columns(row: Sequence[Cell], fields: Sequence[Field]) -> dict[int, Field]:
    first = {fold(field.columns[0]): field for field in fields}
    more = {fold(word): field for field in fields for word in field.columns[1:]}
    found: dict[int, Field] = {}
    for names in (first, more):  # a heading that is a field's own is no other's
        for place, cell in enumerate(row):
            field = names.get(fold(cell)) if isinstance(cell, str) else None
            if field is not None and place not in found and field not in found.values():
                found[place] = field
    return found


def _rows(
    sheet: Sheet, cells: Sequence[Sequence[Cell]], top: int, columns: Mapping[int, Field]
) -> Iterator[ReadRow]:
    for place in range(top + 1, len(cells)):
        row = cells[place]
        if is_blank_row(row):
            continue
        values: dict[str, Value] = {}
        wrong: list[str] = []
        for at, field in columns.items():
            if at < len(row):
                _take(sheet, field, row[at], place, values, wrong)
        if values or wrong:
            yield ReadRow(sheet.name, place + 1, values, tuple(wrong))


def _take(
    sheet: Sheet,
    field: Field,
    cell: Cell,
    place: int,
    values: dict[str, Value],
    wrong: list[str],
) -> None:
    if is_blank(field, cell):
        return
    is_day = field.kind == "date" and isinstance(cell, int | float) and not isinstance(cell, bool)
    if is_day and sheet.from_1904:
        cell = cell + DAYS_FROM_1900_TO_1904  # type: ignore[operator]
    try:
        values[field.path] = read(field, cell)
    except Unreadable:
        text = visible(cell_text(cell))
        shown = text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
        wrong.append(
            f"工作表“{sheet.name}”第 {place + 1} 行“{field.label}”一格“{shown}”不能识别，未采用"
        )


def _whole(sheet: Sheet) -> list[list[Cell]]:
    """The cells with what merged blocks say in each of their rows."""
    if not sheet.merged:
        return sheet.rows
    rows = [list(row) for row in sheet.rows]
    for block in sheet.merged:
        if block.left != block.right or block.top >= len(rows):
            continue
        first = rows[block.top]
        value = first[block.left] if block.left < len(first) else None
        for row in rows[block.top + 1 : block.bottom + 1]:
            if block.left < len(row):
                row[block.left] = value
    return rows
