"""The workbook a college fills in (盘点表): its patents, lists to choose from, how to fill it in.

Facts are grey and locked, without a password: a slip is kept off, nobody is locked out.  Lists of
what can be chosen lie on a sheet of their own, since a list in a cell holds 255 characters.
Nothing in the workbook is a formula.
"""

from collections.abc import Sequence
from io import BytesIO

import msgspec
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from forms.ground.office_text import plain
from forms.ground.steady_archive import steady
from forms.ground.workbook_cells import put_text
from forms.stock.facts import InStock
from forms.stock.stock_items import MOST_STARS, Item, StockForm, is_asked, shown, shown_answer
from forms.stock.stock_sheet import (
    ANSWER_SHEET,
    FACTS,
    FILLER,
    GUIDE_SHEET,
    LIST_SHEET,
    TITLE,
    WIDTHS,
    facts_of,
    sent_items,
)

_FONT = "微软雅黑"
_GREY, _HEAD, _WANTED = "EFEEEA", "DDE6F4", "FBEBC8"
_THIN = Side(style="thin", color="BFBBB2")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_OPEN, _LOCKED = Protection(locked=False), Protection(locked=True)
_WIDE = {"text": 30.0, "choices": 22.0, "choice": 13.0, "stars": 11.0}
_LINE_PT = 15.0  # of the guide
_ROOM = 200
"""Rows below the last in which the lists still open: patents that a college adds."""


class StockBook(msgspec.Struct, frozen=True, kw_only=True):
    """What a workbook is made of: round, college, last day, who asks, and its patents."""

    round: str
    college: str
    due: str
    office: str
    contact: str
    patents: Sequence[InStock]


def write_stock_book(form: StockForm, what: StockBook) -> bytes:
    """Return the workbook, the same bytes for the same patents."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = LIST_SHEET
    items = sent_items(form)
    _head(sheet, form, items)
    for line, patent in enumerate(what.patents, start=2):
        _row(sheet, line, form, patent, items)
    _guide(book.create_sheet(GUIDE_SHEET), form, what, items)
    lists = _answers(book.create_sheet(ANSWER_SHEET), items)
    _offer(sheet, items, lists, len(what.patents) + 1 + _ROOM)
    _protect(sheet, len(items), len(what.patents) + 1)
    book.properties.title = plain(f"{form.title} {what.college}")
    book.properties.language = "zh-CN"
    book.properties.creator = ""
    out = BytesIO()
    book.save(out)
    return steady(out.getvalue())


def _head(sheet: Worksheet, form: StockForm, items: Sequence[Item]) -> None:
    for place, heading in enumerate(FACTS, start=1):
        _put(sheet, 1, place, heading, bold=True, fill=_GREY, middle=True)
        sheet.column_dimensions[get_column_letter(place)].width = WIDTHS[heading]
    for place, item in enumerate(items, start=len(FACTS) + 1):
        cell = _put(sheet, 1, place, item.header, bold=True, fill=_HEAD, middle=True)
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = _WIDE[item.kind]
        sheet.column_dimensions[letter].number_format = "@"
        note = "\n".join(_told(form, item))
        cell.comment = Comment(plain(note), "", height=40 + 22 * (len(note) // 18 + 2), width=320)
    sheet.row_dimensions[1].height = 32
    sheet.freeze_panes = f"{get_column_letter(FACTS.index(TITLE) + 2)}2"


def _row(
    sheet: Worksheet, line: int, form: StockForm, patent: InStock, items: Sequence[Item]
) -> None:
    answers = patent.patent.answers
    for place, (heading, text) in enumerate(zip(FACTS, facts_of(patent), strict=True), start=1):
        is_open = heading == FILLER
        cell = _put(sheet, line, place, text, fill="" if is_open else _GREY)
        cell.protection = _OPEN if is_open else _LOCKED
    for place, item in enumerate(items, start=len(FACTS) + 1):
        text = shown_answer(item, answers.get(item.code))
        is_wanted = not text and is_asked(item, answers)
        cell = _put(sheet, line, place, text, fill=_WANTED if is_wanted else "")
        cell.protection = _OPEN


def _offer(sheet: Worksheet, items: Sequence[Item], lists: dict[str, str], last: int) -> None:
    for place, item in enumerate(items, start=len(FACTS) + 1):
        if item.code not in lists:
            continue
        several = item.kind == "choices"
        offer = DataValidation(
            type="list",
            formula1=lists[item.code],
            allow_blank=True,
            showErrorMessage=not several,  # several are written with 、 between them
            errorStyle="warning",
            errorTitle=plain(item.header)[:30],
            error=plain(f"请从下拉列表中选择：{'、'.join(_words(item))}")[:220],
        )
        letter = get_column_letter(place)
        offer.add(f"{letter}2:{letter}{last}")
        sheet.add_data_validation(offer)


def _answers(sheet: Worksheet, items: Sequence[Item]) -> dict[str, str]:
    """Write what can be chosen, an item a column; return where each list stands."""
    lists: dict[str, str] = {}
    chosen = [item for item in items if _words(item)]
    for place, item in enumerate(chosen, start=1):
        letter = get_column_letter(place)
        _put(sheet, 1, place, item.header, bold=True, fill=_HEAD)
        for line, word in enumerate(_words(item), start=2):
            _put(sheet, line, place, word)
        sheet.column_dimensions[letter].width = 18
        lists[item.code] = f"'{ANSWER_SHEET}'!${letter}$2:${letter}${len(_words(item)) + 1}"
    sheet.protection.enable()
    return lists


def _words(item: Item) -> tuple[str, ...]:
    if item.kind == "stars":
        return tuple(shown(item, (str(count),)) for count in range(1, MOST_STARS + 1))
    return tuple(one.label for one in item.choices)


def _guide(sheet: Worksheet, form: StockForm, what: StockBook, items: Sequence[Item]) -> None:
    until = f"，请于 {what.due} 前发回" if what.due else ""
    lines = [
        f"{form.title}　{what.round}　{what.college}",
        f"共 {len(what.patents)} 件专利{until}。",
        *form.guide,
        f"联系人：{what.contact}" if what.contact else "",
        form.note,
    ]
    row = 0
    for row, line in enumerate((one for one in lines if one), start=1):
        _put(sheet, row, 1, line, bold=row == 1, size=14 if row == 1 else 11, wrap=False, bare=True)
    row += 2
    for place, heading in enumerate(("列名", "内容", "填写方法"), start=1):
        _put(sheet, row, place, heading, bold=True, fill=_HEAD)
    for item in items:
        row += 1
        _put(sheet, row, 1, item.header, bold=True)
        _put(sheet, row, 2, item.label)
        told = _told(form, item)[1:]
        _put(sheet, row, 3, "\n".join(told))
        sheet.row_dimensions[row].height = _LINE_PT * max(1, len(told)) + 3
    for letter, width in zip("ABC", (20, 34, 90), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
    sheet.protection.enable()


def _told(form: StockForm, item: Item) -> list[str]:
    said = [item.label]
    if item.when is not None:
        on = form.item(item.when[0])
        said.append(f"“{on.header}”为“{shown(on, (item.when[1],))}”时填写。")
    said.append(item.help)
    if words := _words(item):
        said.append(f"可填：{'、'.join(words)}")
    said += [f"{one.label}：{one.means}" for one in item.choices if one.means]
    if item.kind == "text":
        said.append(f"不超过 {item.most} 字。")
    if item.example:
        said.append(f"例如：{item.example}")
    return [one for one in said if one]


def _protect(sheet: Worksheet, items: int, last: int) -> None:
    corner = get_column_letter(len(FACTS) + items)
    sheet.auto_filter.ref = f"A1:{corner}{last}"
    protection = sheet.protection
    protection.enable()
    # What is still allowed under a protection; each is named by what it forbids.
    protection.formatColumns = protection.formatRows = protection.formatCells = False
    protection.autoFilter = protection.sort = False
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
    sheet.print_title_rows = "1:1"


_FONTS: dict[tuple[bool, float], Font] = {}
_FILLED: dict[str, PatternFill] = {}
_AT = {
    (middle, wrap): Alignment(
        horizontal="center" if middle else None,
        vertical="center" if middle else "top",
        wrap_text=wrap,
    )
    for middle in (False, True)
    for wrap in (False, True)
}


def _put(
    sheet: Worksheet,
    row: int,
    column: int,
    text: str,
    *,
    bold: bool = False,
    fill: str = "",
    size: float = 10,
    wrap: bool = True,
    middle: bool = False,
    bare: bool = False,
) -> Cell:
    """Put a text into a cell, as text whatever it looks like."""
    cell = put_text(sheet, row, column, text)
    cell.font = _FONTS.setdefault((bold, size), Font(name=_FONT, size=size, bold=bold))
    cell.alignment = _AT[(middle, wrap)]
    if not bare:
        cell.border = _BORDER
    if fill:
        cell.fill = _FILLED.setdefault(fill, PatternFill("solid", start_color=fill))
    return cell
