"""The workbook a clerk fills: one column for each thing the pack asks, in the forms' words.

Headers, drop-downs, notes, a sample row and a sheet of guidance all come from the pack; what
is needed comes from its rules (`forms.check.needs`).  Nothing in the workbook is a formula.
The sample row is marked so that an import passes over it.
"""

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path

import msgspec
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from forms.check.needs import Need, needs
from forms.exchange.row_cells import SAMPLE_MARK
from forms.exchange.sheet_columns import NUMBER
from forms.ground.files import write_atomically
from forms.ground.office_text import plain
from forms.ground.steady_archive import steady
from forms.ground.workbook_cells import put_text
from forms.pack.types import Field, FieldKind, Pack

LIST_SHEET = "专利清单"
GUIDE_SHEET = "填写说明"
ROWS_WITH_CHOICES = 2_000

_FONT = "微软雅黑"
_FILLS: Mapping[str, str] = {"error": "F8D7D3", "pending": "FBEBC8", "": "ECEAE4"}
_WIDTHS: Mapping[FieldKind, float] = {
    "patent_number": 24,
    "text": 18,
    "long_text": 36,
    "parties": 32,
    "names": 20,
    "email": 24,
}
_FORMATS: Mapping[FieldKind, str] = {
    "date": "yyyy-mm-dd",
    "money": "General",
    "percent": "General",
    "number": "General",
    "integer": "General",
}
_WIDE = {"patent.title": 36.0, "contact.address": 32.0}
_LONGEST_LIST = 255  # characters of a drop-down that Excel takes
_THIN = Side(style="thin", color="BFBBB2")


class TemplateColumn(msgspec.Struct, frozen=True):
    """A column of the template: its header and the field, or fields, it stands for."""

    header: str
    fields: tuple[Field, ...]

    @property
    def field(self) -> Field:
        """The first of the fields."""
        return self.fields[0]


def template_columns(pack: Pack) -> tuple[TemplateColumn, ...]:
    """Return the template's columns in the pack's order.

    Asked are the fields with a step and a column name; those sharing a first name share one.
    """
    shared: dict[str, list[Field]] = {}
    for field in pack.fields:
        if field.step and field.columns:
            shared.setdefault(field.columns[0], []).append(field)
    return tuple(TemplateColumn(header, tuple(fields)) for header, fields in shared.items())


def write_template(pack: Pack, path: Path) -> None:
    """Write the workbook.  Raises forms.ground.files.CannotWrite."""
    write_atomically(path, template(pack))


def template(pack: Pack) -> bytes:
    """Return the workbook, the same bytes for the same pack."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = LIST_SHEET
    columns, needed = template_columns(pack), needs(pack)
    _list_sheet(sheet, pack, columns, needed)
    _guide_sheet(book.create_sheet(GUIDE_SHEET), pack, columns, needed)
    book.properties.title = plain(pack.identity.name)
    book.properties.language = "zh-CN"
    book.properties.creator = ""
    out = BytesIO()
    book.save(out)
    return steady(out.getvalue())


# ------------------------------------------------------------------ the list


def _list_sheet(
    sheet: Worksheet, pack: Pack, columns: Sequence[TemplateColumn], needed: Mapping[str, Need]
) -> None:
    for place, column in enumerate(columns, start=1):
        letter = get_column_letter(place)
        dimension = sheet.column_dimensions[letter]
        dimension.width = _WIDE.get(column.field.path, _WIDTHS.get(column.field.kind, 14))
        dimension.number_format = _FORMATS.get(column.field.kind, "@")
        fill = _FILLS[_severity(column, needed)]
        header = _put(sheet, 1, place, column.header, bold=True, fill=fill)
        note = "\n".join(_guidance(column, needed))
        header.comment = Comment(plain(note), "", height=40 + 22 * (len(note) // 18 + 2), width=320)
        if sample := _sample(column, pack):
            _put(sheet, 2, place, sample, italic=True)
        _offer_choices(sheet, letter, column.field)
    sheet.row_dimensions[1].height = 32
    sheet.freeze_panes = "B2"


def _sample(column: TemplateColumn, pack: Pack) -> str:
    """Return the sample of a column; ways that the samples do not choose stay empty."""
    for field in column.fields:
        if _is_of_chosen_way(field, pack):
            mark = f"{SAMPLE_MARK}：" if field.path == NUMBER else ""
            return mark + field.sample
    return ""


def _is_of_chosen_way(field: Field, pack: Pack) -> bool:
    """Whether a field's record is the one its way names, as the samples stand.

    Records keep one member per way beside `way` (royalty.lump_sum beside royalty.way).
    """
    names = field.path.split(".")
    for depth in range(1, len(names)):
        way = pack.field(".".join([*names[:depth], "way"]))
        values = {choice.value: choice.label for choice in way.choices} if way else {}
        if way and names[depth] in values and values[names[depth]] != way.sample:
            return False
    return True


def _offer_choices(sheet: Worksheet, letter: str, field: Field) -> None:
    labels = [choice.label for choice in field.choices]
    listed = ",".join(labels)
    is_plain = not any(mark in label for label in labels for mark in ',"')
    if not labels or not is_plain or len(listed) > _LONGEST_LIST:
        return
    offer = DataValidation(
        type="list",
        formula1=f'"{listed}"',
        allow_blank=True,
        showErrorMessage=True,
        errorStyle="warning",
        errorTitle=plain(field.label)[:30],
        error=plain(f"请从下拉列表中选择：{'、'.join(labels)}")[:220],
    )
    offer.add(f"{letter}2:{letter}{ROWS_WITH_CHOICES}")
    sheet.add_data_validation(offer)


# ------------------------------------------------------------------ the guidance


def _guide_sheet(
    sheet: Worksheet, pack: Pack, columns: Sequence[TemplateColumn], needed: Mapping[str, Need]
) -> None:
    row = 0
    for row, line in enumerate(_introduction(pack), start=1):
        _put(sheet, row, 1, line, bold=row == 1, size=14 if row == 1 else 11, wrap=False)
    row += 2
    for place, head in enumerate(("列名", "表上的位置", "是否必填", "填写方法"), start=1):
        _put(sheet, row, place, head, bold=True, fill=_FILLS[""])
    for column in columns:
        row += 1
        need, *rest = _guidance(column, needed)
        _put(sheet, row, 1, column.header, bold=True, fill=_FILLS[_severity(column, needed)])
        _put(sheet, row, 2, "\n".join(dict.fromkeys(field.box for field in column.fields)))
        _put(sheet, row, 3, need)
        _put(sheet, row, 4, "\n".join(rest))
    for letter, width in zip("ABCD", (22, 30, 30, 80), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.sheet_view.showGridLines = False


def _introduction(pack: Pack) -> list[str]:
    return [
        f"{pack.identity.name} 填写说明",
        f"每件专利在“{LIST_SHEET}”中占一行。第一行是列名，请勿改动；各列次序可以调换，不需要的列可以删除。",
        f"第二行是示例（专利号以“{SAMPLE_MARK}”开头），导入时自动略过，可保留，也可删除或改写。",
        "红底的列必须填写，黄底的列报送前补齐，灰底的列按情况填写。鼠标停在列名上显示说明。",
        "有下拉列表的列，请从列表中选择。同一格内有多位专利权人或发明人的，用分号隔开或各占一行。",
        "日期写作 2023-05-16 或 2023年5月16日；金额以元为单位，也可写作 5万元。",
        "同一文件修改后可再次导入，只更新改动的内容，未改动的不受影响。",
    ]


def _guidance(column: TemplateColumn, needed: Mapping[str, Need]) -> tuple[str, ...]:
    """Return what is said of a column, the need first."""
    said = [_need_words(column, needed)]
    for field in column.fields:
        said += [field.help, f"说明：{field.note}" if field.note else ""]
        if field.choices:
            said.append(f"可选：{'、'.join(choice.label for choice in field.choices)}")
        if field.sample and "例如" not in field.help:
            said.append(f"例如：{field.sample}")
    return (said[0], *dict.fromkeys(line for line in said[1:] if line))


def _severity(column: TemplateColumn, needed: Mapping[str, Need]) -> str:
    """Return how a column is coloured: only what is always needed is."""
    always = [n.severity for n in _needs_of(column, needed) if not n.beside]
    return "error" if "error" in always else "pending" if "pending" in always else ""


def _needs_of(column: TemplateColumn, needed: Mapping[str, Need]) -> Iterator[Need]:
    return (needed[field.path] for field in column.fields if field.path in needed)


def _need_words(column: TemplateColumn, needed: Mapping[str, Need]) -> str:
    severity = _severity(column, needed)
    if severity:
        return "必须填写" if severity == "error" else "报送前补齐"
    beside: dict[str, list[str]] = {}
    for need in _needs_of(column, needed):
        for field, choice in need.beside:
            name = field.columns[0] if field.columns else field.label
            beside.setdefault(name, []).append(f"“{choice.label}”")
    words = [f"“{name}”为{'或'.join(labels)}时填写" for name, labels in beside.items()]
    return "；".join(words) or "按情况填写"


def _put(
    sheet: Worksheet,
    row: int,
    column: int,
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    fill: str = "",
    size: float = 10,
    wrap: bool = True,
) -> Cell:
    """Put a text into a cell, as text whatever it looks like."""
    cell = put_text(sheet, row, column, text)
    colour = "808080" if italic else "000000"
    cell.font = Font(name=_FONT, size=size, bold=bold, italic=italic, color=colour)
    cell.alignment = Alignment(vertical="center" if bold else "top", wrap_text=wrap)
    if fill:
        cell.fill = PatternFill("solid", start_color=fill)
        cell.border = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
    return cell
