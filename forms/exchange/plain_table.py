"""Lists of the program's own, read from a workbook: a few declared columns in any order.

What is asked of a case goes by its pack (`forms.exchange.sheet_columns`); this is for the lists
beside cases, such as the needs of companies.  A row with a cell that can not be read is told and
left out: nothing is taken in half.  This module must not know cases, a store or a screen.
"""

from collections.abc import Mapping, Sequence

import msgspec

from forms.exchange.headed_rows import TEN_THOUSAND, header_of, rows_beneath
from forms.exchange.sheets import Sheet, UnreadableFile
from forms.ground.cleaning import Cell, cell_text, fold
from forms.pack.reading import Unreadable, Value, read
from forms.pack.types import Field, FieldKind

_TOLD = 20
_UNITS = ("（元）", "(元)", "（万元）", "(万元)")


class TableColumn(msgspec.Struct, frozen=True, kw_only=True):
    """A column: the value's name, its heading, other headings that mean it, its kind.

    A row without what is `asked` is left out; money in a column of 万元 is turned into yuan.
    """

    name: str
    header: str
    words: tuple[str, ...] = ()
    kind: FieldKind = "text"
    asked: bool = False
    width: int = 18


class TableRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row that was read: its sheet, its line as a spreadsheet counts, its values by name."""

    sheet: str
    line: int
    values: Mapping[str, Value]

    def text(self, name: str) -> str:
        """A text of the row; "" where the column is missing or blank."""
        value = self.values.get(name)
        return value if isinstance(value, str) else ""


class TableRead(msgspec.Struct, frozen=True):
    """What a file's sheets gave, and why rows were left out: sentences, Chinese."""

    rows: tuple[TableRow, ...]
    left_out: tuple[str, ...]


def read_table(sheets: Sequence[Sheet], columns: Sequence[TableColumn]) -> TableRead:
    """Read the rows of every sheet that has the asked columns.

    Raises UnreadableFile, naming the columns, where none has them.
    """
    rows: list[TableRow] = []
    left_out: list[str] = []
    has_header = False
    for sheet in sheets:
        header = header_of(sheet, lambda cells: _understood(cells, columns))
        if header is None:
            continue
        has_header = True
        place, places = header
        for line, cells in rows_beneath(sheet, place):
            found = _row(sheet.name, line, cells, places)
            if isinstance(found, TableRow):
                rows.append(found)
            else:
                left_out.append(found)
    if not has_header:
        file = sheets[0].file if sheets else ""
        asked = "”“".join(column.header for column in columns if column.asked)
        known = "、".join(column.header for column in columns)
        raise UnreadableFile(f"“{file}”中没有找到“{asked}”的表头，请补上。认得的列名：{known}。")
    if len(left_out) > _TOLD:
        left_out[_TOLD:] = [f"还有 {len(left_out) - _TOLD} 行未导入。"]
    return TableRead(tuple(rows), tuple(left_out))


def _understood(
    cells: Sequence[Cell], columns: Sequence[TableColumn]
) -> Mapping[int, tuple[TableColumn, bool]]:
    """Which column stands where, and whether in 万元; {} for a row that is no header."""
    known = {fold(word): column for column in columns for word in (column.header, *column.words)}
    found: dict[int, tuple[TableColumn, bool]] = {}
    for place, cell in enumerate(cells):
        if not isinstance(cell, str):
            continue
        bare = cell
        for unit in _UNITS:
            bare = bare.replace(unit, "")
        column = known.get(fold(cell)) or known.get(fold(bare))
        if column is not None and all(column is not other for other, _ in found.values()):
            found[place] = (column, column.kind == "money" and TEN_THOUSAND in cell)
    has = {column.name for column, _ in found.values()}
    return found if all(not column.asked or column.name in has for column in columns) else {}


def _row(
    sheet: str,
    line: int,
    cells: Sequence[Cell],
    places: Mapping[int, tuple[TableColumn, bool]],
) -> TableRow | str:
    values: dict[str, Value] = {}
    where = f"“{sheet}”第 {line} 行"
    for place, (column, is_large) in places.items():
        cell = cells[place] if place < len(cells) else None
        field = Field(path=f"extra.{column.name}", label=column.header, kind=column.kind)
        try:
            value = read(field, cell)
        except Unreadable:
            return f"{where}：{column.header}“{cell_text(cell)[:40]}”无法识别，未导入。"
        if column.asked and value in (None, ""):
            return f"{where}：没有{column.header}，未导入。"
        values[column.name] = value * 10_000 if is_large and value else value  # type: ignore[operator]
    return TableRow(sheet=sheet, line=line, values=values)
