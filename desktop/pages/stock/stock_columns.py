"""The columns of the grid: the patent, its college, the items of the pack, perhaps the path."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from desktop.installed.screen_texts import t
from desktop.pages.stock.stock_paths import LOOKS, NONE
from desktop.pages.stock.stock_row import StockRow
from desktop.parts.theme.chips import Look
from desktop.parts.widgets.grid_table import GridColumn
from desktop.parts.widgets.table_model import Column
from forms.stock.stock_items import MOST_STARS, Item, StockForm, shown

PATENT, COLLEGE, PATH = "patent", "college", "path"

_WIDTHS = {"choice": 78, "choices": 116, "stars": 96, "text": 116}


@dataclass(frozen=True)
class PathWord:
    """What the column 建议路径 says of a patent: how its chip looks, its word, why."""

    look: Look
    word: str
    reason: str


PathOf = Callable[[StockRow], PathWord | None]
"""Tells the path suggested for a patent; None where none is."""


def path_word(row: StockRow) -> PathWord | None:
    """The way that is suggested, else how many items are wanting for one."""
    if row.ways is None or row.found.patent.is_out:
        return None
    told = row.ways.suggestion
    if told.way is not None:
        return PathWord(LOOKS[told.way], told.label, told.reason)
    if told.open_items:
        why = told.reason or t("stock.open_items", count=told.open_items)
        return PathWord(NONE, t("stock.open"), why)
    return PathWord(NONE, t("stock.ways.none"), told.reason)


def ways_suggested(rows: Sequence[StockRow]) -> list[tuple[str, str]]:
    """The codes of the ways that are suggested, with a word that says of how many patents."""
    told = [row.ways.suggestion for row in rows if row.ways and not row.found.patent.is_out]
    counts = Counter((one.way, one.label) for one in told if one.way is not None)
    return [
        (way, t("stock.standings.way", name=name, count=count))
        for (way, name), count in counts.most_common()
    ]


def columns(form: StockForm, path_of: PathOf | None = None) -> tuple[Column, ...]:
    """The columns; that of the path where somebody tells it."""
    return (
        Column(
            header=t("stock.columns.patent"),
            text=lambda row: row.found.title or t("stock.untitled"),
            second=lambda row: row.under,
        ),
        Column(
            header=t("stock.columns.college"),
            width=104,
            text=lambda row: row.found.college or t("stock.no_college"),
            second=lambda row: row.found.filler,
            ink=lambda row: "text" if row.found.college else "pending",
            may_go=True,
        ),
        *(_of_item(item) for item in form.main),
        *((_of_path(path_of),) if path_of is not None else ()),
    )


def _of_item(item: Item) -> GridColumn:
    return GridColumn(
        header=item.short or item.header,
        name=item.code,
        width=_WIDTHS[item.kind],
        text=partial(_text, item),
        second=partial(_second, item.code) if item.kind == "choice" else None,
        second_ink=lambda _row: "pending",
        ink=partial(_ink, item),
        may_go=item.kind == "text",
        typed=partial(_typed, item.code),
        choices=words_of(item),
        several=item.kind == "choices",
    )


def _of_path(path_of: PathOf) -> Column:
    def chip(row: Any) -> tuple[Look, str] | None:
        found = path_of(row)
        return (found.look, found.word) if found is not None else None

    def reason(row: Any) -> str:
        found = path_of(row)
        return found.reason if found is not None else ""

    return Column(header=t("stock.columns.path"), name=PATH, width=150, chip=chip, second=reason)


def words_of(item: Item) -> tuple[str, ...]:
    """The words an item is answered with, where it is chosen."""
    if item.kind == "stars":
        return tuple(shown(item, (str(count),)) for count in range(1, MOST_STARS + 1))
    return tuple(one.label for one in item.choices)


def _text(item: Item, row: StockRow) -> str:
    answer = row.answers.get(item.code)
    if answer is None or (not answer.values and not answer.unread):
        return t("stock.unfilled") if item.code in row.lacking else ""
    if item.kind == "stars" and not answer.unread:
        count = int(answer.values[0])
        return "★" * count + "☆" * (MOST_STARS - count)
    return row.texts[item.code]


def _second(code: str, row: StockRow) -> str:
    return t("stock.parts_unfilled") if code in row.parts_lacking else ""


def _ink(item: Item, row: StockRow) -> str:
    if row.is_unread(item.code):
        return "error"
    if item.code in row.lacking:
        return "pending"
    return "text2" if item.kind == "stars" else "text"  # stars are a value, no state


def _typed(code: str, row: StockRow) -> str:
    return row.texts[code]
