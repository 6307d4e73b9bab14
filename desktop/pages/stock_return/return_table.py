"""The table of what came back: now, what was sent back, what becomes of it and why."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from desktop.installed.screen_texts import t
from desktop.parts.theme.chips import Look
from desktop.parts.widgets.grid_table import GridModel
from desktop.parts.widgets.table import RowsTable
from desktop.parts.widgets.table_model import Column
from forms.stock.merging import STANDINGS, Change, Standing
from forms.stock.returned import Said
from forms.stock.stock_items import Item, shown

_LOOKS: dict[Standing, Look] = {
    "changed": Look("circle-check", "done", ""),
    "merged": Look("circle-check", "pending", ""),
    "conflict": Look("octagon-x", "error", ""),
    "cleared": Look("circle-minus", "pending", ""),
    "unread": Look("circle-help", "pending", ""),
    "guessed": Look("circle-help", "pending", ""),
    "renumbered": Look("circle-alert", "pending", ""),
    "foreign": Look("circle-alert", "pending", ""),
}


def words(item: Item, said: Said) -> str:
    """What stands in a cell, in words."""
    return said.unread or shown(item, said.values)


def _columns() -> tuple[Column, ...]:
    return (
        Column(
            header=t("stock.back.columns.patent"),
            text=lambda one: one.patent.title,
            second=lambda one: "　".join(filter(None, (one.patent.number, one.patent.college))),
        ),
        Column(header=t("stock.back.columns.item"), width=118, text=lambda one: one.item.header),
        Column(
            header=t("stock.back.columns.before"),
            width=150,
            text=lambda one: words(one.item, one.before) or t("stock.back.unfilled"),
            ink=lambda one: "text2",
            may_go=True,
        ),
        Column(
            header=t("stock.back.columns.after"),
            width=170,
            text=lambda one: words(one.item, one.after) or t("stock.back.blank"),
            breaks=True,
        ),
        Column(
            header=t("stock.back.columns.standing"),
            width=124,
            chip=lambda one: (_LOOKS[one.standing], STANDINGS[one.standing]),
        ),
        Column(
            header=t("stock.back.columns.place"),
            text=lambda one: f"{one.file} {one.place}",
            second=lambda one: one.reason or one.by,
            is_small=True,
        ),
    )


class ReturnedChanges(GridModel):
    """Changes, of which two of one cell are never ticked at once."""

    def tick(self, places: Iterable[int], on: bool = True) -> None:
        """Tick some changes, or untick them; a ticked one takes the tick from its rival."""
        some, wanted = list(places), dict[tuple[int, str], int]()
        for place in some:
            one: Change = self.rows[place]
            wanted.setdefault((one.patent.id, one.item.code), place)
        if on:
            self.keys = {key for key in self.keys if key[:2] not in wanted}
        super().tick(wanted.values() if on else some, on)


class ReturnTable(RowsTable):
    """Shows changes, each ticked by itself."""

    LEAST: ClassVar[int] = 200

    def __init__(self) -> None:
        columns = _columns()
        self.changes = ReturnedChanges(columns, lambda one: one.key)
        super().__init__(columns, t("stock.back.grid"), ticks=True, model=self.changes)

    def tick_taken(self, changes: tuple[Change, ...]) -> None:
        """Tick those that are taken by themselves."""
        self.changes.keys = {one.key for one in changes if one.is_taken}
