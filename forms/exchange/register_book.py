"""The register (台账) as a workbook: every column an import knows, and what it would read back.

A fact has a column of its own under a name that means it alone, also the facts of ways that were
not chosen, so that the workbook imported again changes nothing.  What would change all the same
is found by planning that import, and told.

This module must not know the store or a screen.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO

import msgspec
from openpyxl import Workbook
from openpyxl.cell.cell import Cell as WrittenCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from forms.exchange.import_plan import RowPlan, Stored, plan
from forms.exchange.row_merge import shown
from forms.exchange.sheet_columns import Names
from forms.exchange.sheets import MAX_ROWS, Sheet, UnreadableFile
from forms.facts.paths import value_at
from forms.facts.record import Case
from forms.ground.office_text import plain
from forms.ground.steady_archive import steady
from forms.ground.workbook_cells import put_figure, put_text
from forms.pack.types import Field, FieldKind, Pack

SHEET = "台账"
PLACE = "序号"  # what an import passes over
_FIRST_DAY = date(1900, 3, 1)  # before it, spreadsheets count a day that never was
_EXACT = 15  # digits that a number cell keeps
_TOLD = 5
_Written = str | int | float | date
_FONT = "微软雅黑"
_WIDTHS: dict[FieldKind, float] = {"patent_number": 22, "long_text": 36, "parties": 32, "date": 12}


class RegisterBook(msgspec.Struct, frozen=True):
    """The workbook, and what of it an import would read otherwise."""

    content: bytes
    count: int
    words: tuple[str, ...] = ()


def register_columns(pack: Pack) -> tuple[tuple[str, Field], ...]:
    """Return the columns: a name that means the fact alone, where it has one, and the fact."""
    names = Names(pack)
    found = []
    for field in pack.fields:
        if field.columns and not field.path.startswith("licence."):
            own = (name for name in (*field.columns, field.label) if _means(names, name, field))
            found.append((next(own, field.columns[0]), field))
    return tuple(found)


def _means(names: Names, name: str, field: Field) -> bool:
    column = names.column(0, name)
    return column is not None and [one.path for one in column.fields] == [field.path]


def write_register(stored: Sequence[Stored], pack: Pack) -> RegisterBook:
    """Return the register of cases in the order given.

    Raises UnreadableFile where there are more than an import takes.
    """
    if len(stored) >= MAX_ROWS:
        raise UnreadableFile(f"台账最多 {MAX_ROWS - 1} 件，请分几次导出。")
    columns = register_columns(pack)
    rows: list[list[_Written]] = [[PLACE, *(header for header, _ in columns)]]
    for place, one in enumerate(stored, 1):
        rows.append([place, *(_cell(one.case, field) for _, field in columns)])
    words = tuple(_otherwise(rows, stored, pack))
    return RegisterBook(_written(rows, columns), len(stored), words)


def _cell(case: Case, field: Field) -> _Written:
    """Return a fact as a cell: days and amounts as such, all else as text."""
    if field.path not in case.unread and not field.path.startswith("owners."):
        value = value_at(case, field.path)
        if isinstance(value, date) and value >= _FIRST_DAY:
            return value
        if isinstance(value, Decimal) and field.kind == "money" and _is_exact(value):
            return float(value)
        if isinstance(value, int) and not isinstance(value, bool):
            return value
    return plain(shown(case, field))


def _is_exact(value: Decimal) -> bool:
    return len(value.normalize().as_tuple().digits) <= _EXACT and abs(value) < 10**_EXACT


def _written(rows: Sequence[Sequence[_Written]], columns: Sequence[tuple[str, Field]]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = SHEET
    for place, (header, field) in enumerate([(PLACE, None), *columns], 1):
        dimension = sheet.column_dimensions[get_column_letter(place)]
        dimension.width = 6 if field is None else _WIDTHS.get(field.kind, 16)
        head = put_text(sheet, 1, place, header)
        head.font = Font(name=_FONT, bold=True)
        head.fill = PatternFill("solid", start_color="ECEAE4")
        head.alignment = Alignment(vertical="center", wrap_text=True)
    top = Alignment(vertical="top", wrap_text=True)
    for line, cells in enumerate(rows[1:], 2):
        for place, cell in enumerate(cells, 1):
            if cell != "":
                _put(sheet, line, place, cell).alignment = top
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns) + 1)}{len(rows)}"
    book.properties.title = SHEET
    book.properties.language = "zh-CN"
    book.properties.creator = ""
    out = BytesIO()
    book.save(out)
    return steady(out.getvalue())


def _put(sheet: Worksheet, row: int, column: int, cell: _Written) -> WrittenCell:
    if isinstance(cell, str):
        return put_text(sheet, row, column, cell)
    return put_figure(
        sheet, row, column, cell, "yyyy-mm-dd" if isinstance(cell, date) else "General"
    )


# ------------------------------------------------------------------ what would not come back


def _otherwise(
    rows: Sequence[Sequence[_Written]], stored: Sequence[Stored], pack: Pack
) -> list[str]:
    """Say which cells an import of the workbook would read otherwise than they stand."""
    if not stored:
        return []
    planned = plan([Sheet(SHEET, SHEET, [list(row) for row in rows])], pack, stored)
    changed = [row for row in planned.rows if row.action != "unchanged"]
    if not changed:
        return []
    told = "；".join(_why(row, pack) for row in changed[:_TOLD])
    more = f"等 {len(changed)} 件" if len(changed) > _TOLD else ""
    return [f"台账再导入时，下列内容会有出入，请先在案卷中改正：{told}{more}。"]


def _why(row: RowPlan, pack: Pack) -> str:
    labels = [field.label for path, _, _ in row.changes if (field := pack.field(path))]
    what = row.reason.rstrip("。") or "、".join(labels) or "与其他案卷无法区分"
    return f"第 {row.row} 行（{row.name or '没有专利号'}）{what}"
