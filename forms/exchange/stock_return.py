"""A workbook that a college sent back (盘点表), read however it was treated.

Columns may have moved, and one whose heading was changed is known by its place and content, as a
guess that is told.  Merged cells of an item say for each row what stands in the first.  What can
not be read stays as it was typed.  This module must not know the stock, the store or a screen.
"""

from collections.abc import Iterator, Sequence

import msgspec

from forms.exchange.headers import letters
from forms.exchange.sheets import Block, Sheet, UnreadableFile
from forms.ground.cleaning import Cell, cell_text, clean_line, clean_lines, fold, is_nought, visible
from forms.stock.returned import Returned, ReturnedFile, ReturnedRow, Said
from forms.stock.stock_items import Item, NoAnswer, StockForm, read_answer
from forms.stock.stock_sheet import (
    FILLER,
    NUMBER,
    TITLE,
    headings,
    other_headings,
    place_of_item,
    sent_items,
)

_LOOKED_AT = 12  # rows from the top among which the headings are sought
_LEAST = 2  # headings beside the number that make a sheet a return
_MOST_NOTES = 100  # of a file
_LONGEST = 1000  # characters of a cell that are kept as they were typed


class _Head(msgspec.Struct):
    """Where the headings stand, which columns are of what, and which are not known."""

    row: int
    facts: dict[str, int]
    items: dict[str, int]
    unknown: dict[int, str]
    guessed: set[str] = set()


def returned_of(sheets: Sequence[Sheet], form: StockForm, name: str, sha256: str) -> ReturnedFile:
    """Return what the sheets of a file say.  Raises UnreadableFile where none is of ours."""
    rows: list[ReturnedRow] = []
    notes: list[str] = []
    lacking: list[str] = []
    seen = ((sheet, _head_of(sheet, form)) for sheet in sheets if not sheet.hidden)
    heads = [(sheet, head) for sheet, head in seen if head is not None]
    for sheet, head in heads:
        notes += sheet.notes
        merged = _filled(sheet, head)
        notes += _guess(merged.rows, form, head)
        notes += merged.notes
        lost = [one.header for one in sent_items(form) if one.code not in head.items]
        lacking += lost
        if lost:
            notes.append(f"缺少{'、'.join(f'“{one}”' for one in lost)}列，这些项目未核对")
        notes += _told_unknown(head)
        rows += _rows(sheet, merged, form, head, named=len(heads) > 1)
    if not heads:
        raise UnreadableFile(
            f"“{name}”不是盘点表：前 {_LOOKED_AT} 行中应有“{NUMBER}”一列，"
            f"和“{sent_items(form)[0].header}”等至少两列。"
        )
    if (more := len(notes) - _MOST_NOTES) > 0:
        notes = [*notes[:_MOST_NOTES], f"另有 {more} 条提示，未逐条列出"]
    return ReturnedFile(
        name=name, sha256=sha256, rows=tuple(rows), lacking=tuple(lacking), notes=tuple(notes)
    )


def _head_of(sheet: Sheet, form: StockForm) -> _Head | None:
    known, others = headings(form), other_headings()
    best: _Head | None = None
    for place, cells in enumerate(sheet.rows[:_LOOKED_AT]):
        head = _Head(row=place, facts={}, items={}, unknown={})
        for column, cell in enumerate(cells):
            text = clean_line(cell_text(cell)[:_LONGEST])
            if not text:
                continue
            found = known.get(fold(text))
            if found is not None and found.item is not None:
                head.items.setdefault(found.item.code, column)
            elif found is not None:
                head.facts.setdefault(found.fact, column)
            elif fold(text) not in others:
                head.unknown[column] = text
        is_ours = NUMBER in head.facts and len(head.items) >= _LEAST
        if is_ours and (best is None or len(head.items) > len(best.items)):
            best = head
    return best


class _Merged(msgspec.Struct):
    """The rows with merged cells of items filled down, and which cells were filled."""

    rows: list[list[Cell]]
    filled: set[tuple[int, int]]
    notes: list[str]


def _filled(sheet: Sheet, head: _Head) -> _Merged:
    columns = {place: code for code, place in head.items.items()}
    rows, filled, notes = [list(row) for row in sheet.rows], set[tuple[int, int]](), list[str]()
    room = len(rows) * len(columns)  # blocks of a sheet do not overlap, unless somebody means ill
    for block in sheet.merged:
        if block.bottom <= head.row or block.top <= head.row:
            continue
        name = _named(block)
        if block.left == head.facts[NUMBER] or block.left not in columns:
            if block.bottom > block.top:
                notes.append(f"{name} 是合并单元格，只有第一行有内容")
            continue
        if block.right > block.left:
            notes.append(f"{name} 横跨几列，只记在第一列")
        room -= block.bottom - block.top
        if block.bottom > block.top and room >= 0:
            notes.append(f"{name} 是合并单元格，各行按第一格读取，请核对")
            _fill_down(rows, block, filled)
    return _Merged(rows, filled, notes)


def _fill_down(rows: list[list[Cell]], block: Block, filled: set[tuple[int, int]]) -> None:
    first = _at(rows[block.top], block.left)
    for place in range(block.top + 1, min(block.bottom, len(rows) - 1) + 1):
        row = rows[place]
        row += [None] * (block.left + 1 - len(row))
        row[block.left] = first
        filled.add((place, block.left))


def _named(block: Block) -> str:
    first = f"{letters(block.left)}{block.top + 1}"
    return f"{first}:{letters(block.right)}{block.bottom + 1}"


def _guess(rows: Sequence[Sequence[Cell]], form: StockForm, head: _Head) -> Iterator[str]:
    """Take a column of an unknown heading for the item that was sent in its place, if it reads."""
    for column, text in list(head.unknown.items()):
        for item in sent_items(form):
            if item.code in head.items or place_of_item(form, item.code) != column:
                continue
            if _reads_as(rows[head.row + 1 :], column, item):
                head.items[item.code] = column
                head.guessed.add(item.code)
                del head.unknown[column]
                yield (
                    f"{letters(column)} 列的列名“{visible(text[:20])}”不认识，"
                    f"按位置和内容读作“{item.header}”，请核对"
                )


def _reads_as(rows: Sequence[Sequence[Cell]], column: int, item: Item) -> bool:
    found = 0
    for cells in rows:
        text = cell_text(_at(cells, column))
        if not text.strip():
            continue
        try:
            read_answer(item, text)
        except NoAnswer:
            return False
        found += 1
    return found > 0


def _told_unknown(head: _Head) -> Iterator[str]:
    if head.unknown:
        words = "、".join(
            f"{letters(column)} 列“{visible(text[:20])}”" for column, text in head.unknown.items()
        )
        yield f"{words}不认识，未采用"


def _rows(
    sheet: Sheet, merged: _Merged, form: StockForm, head: _Head, *, named: bool
) -> Iterator[ReturnedRow]:
    items = [(form.item(code), column) for code, column in head.items.items()]
    for place in range(head.row + 1, len(merged.rows)):
        cells = merged.rows[place]
        number = _text(cells, head.facts.get(NUMBER))
        answered = {
            item.code: _returned(
                item,
                _at(cells, column),
                is_guessed=item.code in head.guessed,
                is_merged=(place, column) in merged.filled,
                is_zero=(place, column) in sheet.zeros,
            )
            for item, column in items
        }
        title = _text(cells, head.facts.get(TITLE))
        if not number and not title and all(one.said.is_blank for one in answered.values()):
            continue
        yield ReturnedRow(
            sheet=sheet.name if named else "",
            row=place + 1,
            number=number,
            title=title,
            filler=_text(cells, head.facts.get(FILLER)),
            cells=answered,
        )


def _returned(
    item: Item, cell: Cell, *, is_guessed: bool, is_merged: bool, is_zero: bool
) -> Returned:
    text = cell_text(cell)
    if is_zero or (
        isinstance(cell, int | float) and not isinstance(cell, bool) and is_nought(text)
    ):
        text = ""  # what a formula makes of an empty cell
    try:
        said, fault = Said(read_answer(item, text)), ""
    except NoAnswer as no:
        said, fault = Said(unread=clean_lines(text)[:_LONGEST]), str(no)
    return Returned(said=said, fault=fault, is_guessed=is_guessed, is_merged=is_merged)


def _at(cells: Sequence[Cell], column: int | None) -> Cell:
    return cells[column] if column is not None and column < len(cells) else None


def _text(cells: Sequence[Cell], column: int | None) -> str:
    return clean_line(cell_text(_at(cells, column)))[:_LONGEST]
