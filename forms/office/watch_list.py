"""Lapsed rights of others that are watched: taken in from a list, listed, written out again.

An office that looks for what may be used freely keeps them beside its own stock (浅析盘活存量专利
的路径, 三).  Until when a right may be restored is as the list says it: nothing is reckoned.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

import msgspec

from forms.exchange.sheets import Sheet, UnreadableFile
from forms.facts.patent_number import NotAPatentNumber, parse
from forms.ground.cleaning import Cell, Shown, cell_text, clean_line, fold, is_error_value
from forms.office.store import CannotDo, CaseStore
from forms.office.stored import Kept
from forms.output.plain_book import SheetOfRows, write_plain_book
from forms.stock.facts import key_of
from forms.stock.records import WATCHED, WatchedRight
from forms.stock.watch_sheet import COLUMNS, DAYS, known_headings

_LOOKED_AT = 12
_LONGEST = 500


class Watched(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a list: numbers newly watched and brought up to date, how many the same."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    same: int
    refused: tuple[str, ...]


def watched(store: CaseStore) -> list[Kept[WatchedRight]]:
    """Return what is watched, in the order it was taken in."""
    return list(store.records.of(WATCHED).listed())


def watch(store: CaseStore, sheets: Sequence[Sheet], *, who: str = "") -> Watched:
    """Take in the rights of some lists; a blank cell takes nothing away.

    Raises UnreadableFile where no sheet has a column of numbers.
    """
    rights, refused = _read(sheets)
    shelf = store.records.of(WATCHED)
    new: dict[str, WatchedRight] = {}
    changed, same = list[str](), 0
    with store.transaction():
        known = {key_of(one.record.number): one for one in shelf.listed()}
        for right in rights:
            key = key_of(right.number)
            before = known.get(key)
            if before is None:
                new[key] = _united(new[key], right) if key in new else right
            elif (after := _united(before.record, right)) != before.record:
                shelf.save(before.id, after, who=who, what="导入")
                changed.append(right.number)
            else:
                same += 1
        shelf.add_all(list(new.values()), who=who, what="导入")
    numbers = tuple(one.number for one in new.values())
    return Watched(new=numbers, changed=tuple(changed), same=same, refused=tuple(refused))


def unwatch(store: CaseStore, numbers: Iterable[str]) -> None:
    """Watch some rights no longer.  Raises CannotDo where one is not watched."""
    shelf = store.records.of(WATCHED)
    with store.transaction():
        known = {key_of(one.record.number): one.id for one in shelf.listed()}
        for number in numbers:
            if key_of(number) not in known:
                raise CannotDo(f"关注的失效专利中没有 {number}。")
            shelf.bin([known[key_of(number)]])


def watch_book(rights: Iterable[WatchedRight]) -> bytes:
    """Return the list as a workbook that can be taken in again."""
    rows = [tuple(getattr(one, name) for name in COLUMNS) for one in rights]
    sheet = SheetOfRows("关注的失效专利", tuple(COLUMNS.values()), rows)
    return write_plain_book([sheet], title="关注的失效专利")


def _united(before: WatchedRight, after: WatchedRight) -> WatchedRight:
    said = {name: value for name in COLUMNS if (value := getattr(after, name)) not in ("", None)}
    return msgspec.structs.replace(before, **said | {"number": before.number})


def _read(sheets: Sequence[Sheet]) -> tuple[list[WatchedRight], list[str]]:
    known, found, refused = known_headings(), list[WatchedRight](), list[str]()
    has_any = False
    for sheet in sheets:
        for top, row in enumerate(sheet.rows[:_LOOKED_AT]):
            places = _places([cell_text(cell) for cell in row], known)
            if "number" in places and len(places) > 1:
                has_any = True
                for line, cells in enumerate(sheet.rows[top + 1 :], start=top + 2):
                    _take(sheet, line, cells, places, found, refused)
                break
    if not has_any:
        file = sheets[0].file if sheets else ""
        raise UnreadableFile(f"“{file}”中没有“专利号”一列，列名为：{'、'.join(COLUMNS.values())}。")
    return found, refused


def _places(headings: Sequence[str], known: Any) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, text in enumerate(headings):
        name = known.get(fold(text))
        if name is not None:
            places.setdefault(name, place)
    return places


def _take(
    sheet: Sheet,
    line: int,
    cells: Sequence[Cell],
    places: dict[str, int],
    found: list[WatchedRight],
    refused: list[str],
) -> None:
    said: dict[str, Any] = {}
    for name, place in places.items():
        cell = cells[place] if place < len(cells) else None
        text = clean_line(cell_text(cell))[:_LONGEST]
        if is_error_value(cell_text(cell)):
            text = ""  # of a formula that was never reckoned, or went wrong
        if name not in DAYS:
            said[name] = text
        elif text:
            said[name] = _day(cell, text)
            if said[name] is None:
                where = f"“{sheet.file}”第 {line} 行"
                refused.append(f"{where}“{COLUMNS[name]}”一格“{text}”不是日期，未采用")
    if not any(said.values()):
        return
    try:
        number = parse(said.get("number", "")).text
    except NotAPatentNumber:
        refused.append(f"“{sheet.file}”第 {line} 行没有能识别的专利号，未列入")
        return
    found.append(WatchedRight(**said | {"number": number}))


def _day(cell: Cell, text: str) -> date | None:
    if isinstance(cell, Shown):
        return None
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    for mark in ("年", "月", "/", "."):
        text = text.replace(mark, "-")
    parts = text.replace("日", "").strip("-").split("-")
    try:
        year, month, day = map(int, parts)
        return date(year, month, day)
    except ValueError:
        return None
