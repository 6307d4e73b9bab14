"""Rows of a sheet that belong together: one patent over several rows, and rows that are none.

An owner a row, with the number merged, repeated or left blank below the first: the names are
gathered into one row.  Lines under a list (合计, 填表人) and repeated headers are passed over.
Whatever is done is told, row by row; what can not be told apart stays a row of its own.

This module must not know cases.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from forms.exchange.headers import Header
from forms.exchange.headings import is_footer
from forms.exchange.row_cells import Answer, Row
from forms.exchange.sheet_columns import NUMBER, TITLE
from forms.exchange.sheets import Block, Sheet
from forms.facts.several_names import split_names, split_people, split_places
from forms.ground.cleaning import Cell, cell_text, fold, narrow

_OWNERS = "owners"
_OF_OWNERS = "owners."
_LONGEST_SHOWN = 30

Read = Callable[[str, Cell], Answer]  # a field's path and a cell
Tell = Callable[[int, str], None]  # a row from 1, 0 for the sheet, and a sentence without its end


class Note(msgspec.Struct, frozen=True, gc=False):
    """Something to be told of a row of a file, 0 for the whole sheet; `text` is Chinese."""

    file: str
    sheet: str
    row: int
    text: str


def filled(sheet: Sheet, header: Header) -> Sheet:
    """Return a sheet whose merged cells each say what stands in the first, below its header."""
    blocks = [block for block in sheet.merged if block.bottom > block.top > header.row]
    if not blocks:
        return sheet
    rows = [list(row) for row in sheet.rows]
    for block in blocks:
        _fill(rows, block)
    return msgspec.structs.replace(sheet, rows=rows)


_DITTO = frozenset(
    {"同上", "同前", "同上行", "上同", "〃", "″", '"', "''", "”", "ditto", "Ditto", "do."}
)


def without_dittos(sheet: Sheet, header: Header, tell: Tell) -> Sheet:
    """Return a sheet whose 同上 and 〃 say what stands above them; told by column."""
    places = {place: c.header for c in header.columns for place in (c.place, *c.also)}
    rows, found = list(sheet.rows), dict[int, list[int]]()
    for at in range(header.row + 2, len(rows)):
        if _DITTO.isdisjoint(rows[at]):
            continue
        above, cells = rows[at - 1], list(rows[at])
        for place in places:
            if place < min(len(cells), len(above)) and cells[place] in _DITTO:
                cells[place] = above[place]
                found.setdefault(place, []).append(at + 1)
        rows[at] = cells
    for place, lines in found.items():
        tell(0, f"“{places[place]}”一列为同上的（{named_rows(lines)}），取上一行的内容")
    return msgspec.structs.replace(sheet, rows=rows) if found else sheet


_ROWS_NAMED = 5


def named_rows(rows: Iterable[int]) -> str:
    """Name rows, the first few where they are many."""
    every = list(rows)
    more = f"等 {len(every)} 行" if len(every) > _ROWS_NAMED else ""
    return f"第 {'、'.join(map(str, every[:_ROWS_NAMED]))} 行{more}"


def _fill(rows: list[list[Cell]], block: Block) -> None:
    first = rows[block.top] if block.top < len(rows) else []
    value = first[block.left] if block.left < len(first) else ""
    for row in rows[block.top + 1 : block.bottom + 1]:
        row.extend([""] * (block.left + 1 - len(row)))
        if row[block.left] == "":
            row[block.left] = value


def is_merged_away(sheet: Sheet, row: int) -> bool:
    """Whether all that a row (from 0) says stands in cells merged with those above."""
    if not sheet.merged:
        return False
    cells = sheet.rows[row]
    own = {place for place, cell in enumerate(cells) if cell not in ("", None)}
    away = {b.left for b in sheet.merged if b.top < row <= b.bottom}
    return bool(away) and own <= away


def passed_over(cells: Sequence[Cell], header: Header, row: Row) -> str:
    """Return why a row is none of the list's, "" for one that may be."""
    texts = ((p, text) for p, cell in enumerate(cells) if (text := narrow(cell_text(cell))))
    place, first = next(texts, (0, ""))
    is_heading = bool(first) and fold(first) in header.texts.get(place, ())
    if is_heading and all(fold(text) in header.texts.get(p, ()) for p, text in texts):
        return "重复的表头"
    if is_footer(first) and row.patent is None:
        return f"为“{_short(first)}”，不是专利"
    return ""


def gathered(rows: Iterable[Row], read: Read, tell: Tell) -> Iterator[Row]:
    """Yield rows, those of one patent as one; `tell` takes a row (from 1) and what was done."""
    group: list[Row] = []
    for row in rows:
        if group and _goes_with(row, group[0], tell):
            group.append(row)
            continue
        if group:
            yield _joined(group, read, tell)
        group = [row]
    if group:
        yield _joined(group, read, tell)


def _goes_with(row: Row, head: Row, tell: Tell) -> bool:
    """Whether a row says more of the patent of the row above, and nothing else of it."""
    is_same_number = bool(row.number) and _number(row) == _number(head)
    is_further = not row.number and (not row.title or row.title == head.title)
    if head.refusal or row.is_sample or not (is_same_number or is_further):
        return False
    above = {answer.field.path: answer.text for answer in head.answers}
    said = [answer for answer in row.answers if answer.sort != "blank"]
    more = [answer for answer in said if _is_listed(answer)]
    other = [
        answer
        for answer in said
        if not _is_listed(answer)
        and answer.field.path not in (NUMBER, TITLE)
        and answer.text != above.get(answer.field.path, "")
    ]
    has_news = any(answer.text != above.get(answer.field.path, "") for answer in more)
    if row.is_merged_away:
        return True
    if other or (row.title and row.title != head.title):
        if is_further and not row.title:
            labels = "、".join(f"“{answer.field.label}”" for answer in other[:3])
            tell(
                row.row,
                f"没有专利号和名称，疑为第 {head.row} 行专利的续行，但{labels}与该行不同，"
                "未导入，请改为一行",
            )
        return False
    return has_news


def _is_listed(answer: Answer) -> bool:
    path = answer.field.path
    return answer.field.kind in ("parties", "names") or path.startswith(_OF_OWNERS)


def _number(row: Row) -> str:
    return row.patent.digits if row.patent else narrow(row.number)


def _joined(group: list[Row], read: Read, tell: Tell) -> Row:
    """Return one row of several that are one patent's."""
    if len(group) == 1:
        return group[0]
    head = group[0]
    cells: dict[str, str] = {}
    for path in dict.fromkeys(a.field.path for a in head.answers if _is_listed(a)):
        texts = [_text_of(row, path) for row in group]
        if path.startswith(_OF_OWNERS):
            cells[path] = _of_each_owner(group, texts)
        else:
            split = split_names if path == _OWNERS else split_people
            cells[path] = "；".join(dict.fromkeys(n for text in texts for n in split(text)))
    answers = tuple(
        read(path, cells[path]) if (path := a.field.path) in cells and cells[path] else a
        for a in head.answers
    )
    for row in group[1:]:
        if not row.is_merged_away:
            names = [a.field.label for a in row.answers if _is_listed(a) and a.sort != "blank"]
            what = "、".join(f"“{name}”" for name in dict.fromkeys(names))
            tell(row.row, f"与第 {head.row} 行是同一件专利，{what}已并入该行")
    return msgspec.structs.replace(head, answers=answers)


def _text_of(row: Row, path: str) -> str:
    answer = next((a for a in row.answers if a.field.path == path), None)
    return cell_text(answer.cell).strip() if answer and answer.sort != "blank" else ""


def _of_each_owner(group: list[Row], texts: list[str]) -> str:
    """Return what is said of each owner in turn, "" where nothing is said of any."""
    said: dict[str, str] = {}
    for row, text in zip(group, texts, strict=True):
        names = split_names(_text_of(row, _OWNERS))
        pieces = split_places(text) if len(names) > 1 else (text,)
        for place, name in enumerate(names):
            piece = pieces[place] if place < len(pieces) else ""
            said[name] = said.get(name) or piece
    return "；".join(said.values()) if any(said.values()) else ""


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "……"
