"""What an export says anew, a fact in each row: ledger, file, and what must then be done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent

from desktop.installed.screen_texts import t
from desktop.parts.theme.tokens import Tone
from desktop.parts.widgets.table import RowsModel, RowsTable
from desktop.parts.widgets.table_cells import TICKS
from desktop.parts.widgets.table_model import TICK, Column, Index
from desktop.parts.widgets.table_view import TableView

if TYPE_CHECKING:
    from forms.office.status_consequences import ToDo
    from forms.office.status_sync import Difference, SyncRow

Standing = Literal["change", "conflict", "done"]
FactKey = tuple[str, str]
_LOOKS: dict[Standing, tuple[str, str]] = {
    "change": ("pencil-line", "accent"),
    "conflict": ("circle-alert", "pending"),
    "done": ("circle-check", "done"),
}


@dataclass(frozen=True, kw_only=True)
class FactRow:
    """A fact of a patent that the export says otherwise, or that was taken over of it."""

    row: SyncRow
    fact: Difference
    is_done: bool
    is_first: bool
    """Whether it is the first shown of its patent, which says what must be done."""

    @property
    def key(self) -> FactKey:
        """The patent's number and the fact's path."""
        return self.row.key, self.fact.path

    @property
    def standing(self) -> Standing:
        """Whether it may be taken over, stands against the ledger, or is taken over."""
        return "done" if self.is_done else "conflict" if self.fact.is_conflict else "change"


class FactModel(RowsModel):
    """Facts, ticked by what they are: a filter leaves the ticks of what it hides."""

    rows: list[FactRow]

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__(columns, ticks=True)
        self.chosen: set[FactKey] = set()

    def is_ticked(self, place: int) -> bool:
        """Whether the fact at a place is ticked, or done."""
        one = self.rows[place]
        return one.is_done or one.key in self.chosen

    def tick(self, places: Iterable[int], on: bool = True) -> None:
        """Tick some facts, or untick them; what is done stays."""
        keys = {self.rows[place].key for place in places if not self.rows[place].is_done}
        self.chosen = self.chosen | keys if on else self.chosen - keys
        self.redraw()
        self.ticked.emit()

    def flags(self, index: Index) -> Qt.ItemFlag:
        """What is done is read only."""
        flags = super().flags(index)
        is_done = index.isValid() and index.column() == TICK and self.rows[index.row()].is_done
        return flags & ~Qt.ItemFlag.ItemIsUserCheckable if is_done else flags


class FactTable(RowsTable):
    """Shows them."""

    def __init__(self, today: Callable[[], date]) -> None:
        self.facts = FactModel(_columns(today))
        super().__init__(self.facts.columns, t("sync.name"), tone=_tone, model=self.facts)
        self.empty_words = lambda: t("sync.none")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click takes a row in hand, and ticks in the room of the ticks."""
        TableView.mousePressEvent(self, event)
        point = event.position().toPoint()
        index = self.indexAt(point)
        is_left = event.button() == Qt.MouseButton.LeftButton
        if is_left and index.isValid() and index.column() == TICK and point.x() < TICKS:
            self.facts.toggle(index.row())

    @property
    def in_hand(self) -> FactRow | None:
        """The fact in hand."""
        here = self.current
        return here if isinstance(here, FactRow) else None


def fact_rows(rows: Sequence[SyncRow], *, is_done: bool, standing: str) -> list[FactRow]:
    """The facts of some patents that stand so ("all" for any)."""
    made: list[FactRow] = []
    for row in rows:
        is_first = True
        for fact in row.differences:
            if is_done and not fact.is_taken:
                continue
            one = FactRow(row=row, fact=fact, is_done=is_done, is_first=is_first)
            if standing in ("all", one.standing):
                made.append(one)
                is_first = False
    return made


def until_words(act: ToDo, today: date) -> tuple[str, str]:
    """Until when something must be done, with the colour of these words."""
    if act.until is None:
        return t("sync.in_time"), "text2"
    if act.until < today:
        return t("sync.late", day=act.until), "error"
    return t("sync.until", day=act.until), "pending"


def _acts(one: FactRow) -> tuple[ToDo, ...]:
    return one.row.to_do if one.is_first else ()


def _why(one: FactRow) -> str:
    return "" if one.is_done else one.fact.conflict


def _columns(today: Callable[[], date]) -> tuple[Column, ...]:
    def until(one: FactRow) -> str:
        if not (acts := _acts(one)):
            return ""
        words, _ = until_words(acts[0], today())
        return words + (t("sync.more", count=len(acts) - 1) if len(acts) > 1 else "")

    def until_ink(one: FactRow) -> str:
        return until_words(acts[0], today())[1] if (acts := _acts(one)) else "text2"

    return (
        Column(
            header=t("sync.columns.patent"),
            text=lambda one: one.row.holding.number,
            second=lambda one: one.row.holding.entry.patent.title,
            width=232,
        ),
        Column(
            header=t("sync.columns.fact"),
            text=lambda one: one.fact.label,
            second=lambda one: t(f"sync.standing.{one.standing}"),
            icon=lambda one: _LOOKS[one.standing],
            second_ink=lambda one: "text2" if one.standing == "change" else _ink(one),
            width=164,
        ),
        Column(
            header=t("sync.columns.before"),
            text=lambda one: one.fact.before or t("sync.blank"),
            ink=lambda one: "text2" if one.fact.before else "text3",
            width=128,
            breaks=True,
        ),
        Column(
            header=t("sync.columns.after"),
            text=lambda one: one.fact.after,
            width=128,
            breaks=True,
        ),
        Column(
            header=t("sync.columns.to_do"),
            text=lambda one: acts[0].what if (acts := _acts(one)) else _why(one),
            second=until,
            second_ink=until_ink,
        ),
    )


def _ink(one: FactRow) -> str:
    return _LOOKS[one.standing][1]


def _tone(one: FactRow) -> Tone | None:
    return "pending" if one.standing == "conflict" else None
