"""The table of duties, in groups by week; a group's row is read, never taken in hand or ticked."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from desktop.installed.screen_texts import t
from desktop.pages.overview import duty_words as words
from desktop.pages.overview.duty_rows import Group
from desktop.parts.theme import tokens as tk
from desktop.parts.theme.tokens import Tone, tokens
from desktop.parts.theme.type import sized
from desktop.parts.widgets.table import RowsModel, RowsTable
from desktop.parts.widgets.table_cells import FIRST_PAD, TICKS, CellDelegate
from desktop.parts.widgets.table_model import TICK, Column, Index
from desktop.parts.widgets.table_view import TableView
from forms.office.agenda import Item

_GROUP = 32
_ACTION = 96


class DutyModel(RowsModel):
    """Duties, perhaps with rows of groups between them."""

    def lines(self, row: Any, column: Column) -> tuple[str, str]:
        """The lines of a cell; a group has one, in its first."""
        if not isinstance(row, Group):
            return super().lines(row, column)
        is_first = column is self.columns[0]
        count = t("overview.count", count=f"{row.count:,}")
        return (f"{row.title}　{row.beside}　{count}" if is_first else ""), ""

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Groups are passed over."""
        if index.isValid() and isinstance(self.rows[index.row()], Group):
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """As of every table; a group has no tick."""
        is_tick = role == Qt.ItemDataRole.CheckStateRole
        if is_tick and index.isValid() and isinstance(self.rows[index.row()], Group):
            return None
        return super().data(index, role)

    def tick(self, places: Iterable[int], on: bool = True) -> None:
        """Tick duties; what is no duty is left."""
        super().tick((one for one in places if isinstance(self.rows[one], Item)), on)


class DutyTable(RowsTable):
    """Shows duties; `acted` carries one whose action was clicked."""

    acted = Signal(object)  # Item
    done_asked = Signal()  # by D

    READ, LEAST = 1, 220

    def __init__(self, today: Callable[[], date], *, ticks: bool, action: Column) -> None:
        """`action` is the last column, which is clicked."""
        columns = (*_columns(today, wide_day=ticks), action)
        super().__init__(
            columns,
            t("overview.duties"),
            tone=lambda item: _tone(item, today()),
            model=DutyModel(columns, ticks=ticks),
        )
        self._groups: list[int] = []
        self.setItemDelegate(_DutyCells(self))
        self.verticalHeader().setMinimumSectionSize(_GROUP)

    def show_rows(self, rows: Iterable[Any]) -> None:
        """Show duties with their groups; none is in hand."""
        self.clearSpans()
        super().show_rows(rows)
        for place in self._groups:  # a reset leaves the heights of rows as they were
            if place < len(self.rows):
                self.setRowHeight(place, tk.ROW)
        self._groups = [at for at, row in enumerate(self.rows) if isinstance(row, Group)]
        for place in self._groups:
            self.setSpan(place, 0, 1, len(self.table_model.columns))
            self.setRowHeight(place, _GROUP)

    def going(self) -> Sequence[int]:
        """The basis goes first, which the pane has; then the action, which keys do; the sum."""
        return (2, 4, 3)

    @property
    def current(self) -> Item | None:
        """The duty in hand."""
        index = self.currentIndex()
        row = self.rows[index.row()] if index.isValid() else None
        return row if isinstance(row, Item) else None

    def ticked_items(self) -> list[Item]:
        """The duties that are ticked."""
        return self.rows_model.ticked_rows()

    def choose_key(self, key: str, place: int = 0) -> None:
        """Take the duty of a key in hand, else the first at or after a place, else the last."""
        found = (at for at, row in enumerate(self.rows) if _is_of(row, key))
        own = next(found, None) if key else None
        if own is None:
            after = (at for at in range(place, len(self.rows)) if isinstance(self.rows[at], Item))
            own = next(after, len(self.rows) - 1)
        self.choose_place(own)

    def show_day(self, day: date) -> None:
        """Take the first duty of a day in hand, or of the days after it."""
        for place, row in enumerate(self.rows):
            if isinstance(row, Item) and row.day >= day:
                self.choose_place(place)
                self.scrollTo(self.currentIndex(), self.ScrollHint.PositionAtTop)
                return

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click takes a row in hand, ticks in the room of the ticks, acts in the last column."""
        TableView.mousePressEvent(self, event)
        point = event.position().toPoint()
        index = self.indexAt(point)
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid():
            return
        row = self.rows[index.row()]
        if not isinstance(row, Item):
            return
        if self.rows_model.has_ticks and index.column() == TICK and point.x() < TICKS:
            self.rows_model.toggle(index.row())
        elif index.column() == len(self.table_model.columns) - 1:
            self.acted.emit(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """D is for done; Space acts where there is nothing to tick."""
        if event.key() == Qt.Key.Key_D and not event.modifiers():
            self.done_asked.emit()
            return
        if event.key() == Qt.Key.Key_Space and not self.rows_model.has_ticks and self.current:
            self.acted.emit(self.current)
            return
        super().keyPressEvent(event)


def _is_of(row: Any, key: str) -> bool:
    return isinstance(row, Item) and row.duty.key == key


def _tone(item: Item, today: date) -> Tone | None:
    return "error" if words.tone_of(item, today) == "error" else None


def _columns(today: Callable[[], date], *, wide_day: bool) -> Sequence[Column]:
    def ink(item: Item) -> str:
        tone = words.tone_of(item, today())
        return tone if tone in ("error", "pending", "done") else "text2"

    return (
        Column(
            header=t("overview.columns.day"),
            text=words.day_words,
            second=lambda item: words.left_words(item, today()),
            second_ink=ink,
            width=148 if wide_day else 116,
        ),
        Column(
            header=t("overview.columns.what"),
            text=lambda item: item.duty.what,
            second=words.below_words,
            icon=lambda item: words.icon_of(item, today()),
        ),
        Column(
            header=t("overview.columns.basis"),
            text=words.basis_words,
            width=212,
            is_small=True,
            ink=lambda _item: "text2",
            may_go=True,
        ),
        Column(
            header=t("overview.columns.amount"),
            text=words.amount_words,
            width=104,
            is_right=True,
            may_go=True,
        ),
    )


def action_column(text: Callable[[Item], str]) -> Column:
    """The last column of a table of duties, which is clicked."""
    return Column(
        header=t("overview.columns.do"),
        text=text,
        width=_ACTION,
        ink=lambda _item: "accent",
        may_go=True,
    )


class _DutyCells(CellDelegate):
    """Draws duties as every table its rows, and groups across all columns."""

    def __init__(self, table: DutyTable) -> None:
        super().__init__(table)
        self._duties = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a cell, or a group's row."""
        row = self._duties.rows[index.row()]
        if not isinstance(row, Group):
            super().paint(painter, option, index)
            return
        place: QRect = option.rect  # type: ignore[attr-defined]
        colours, font = tokens(), self._duties.font()
        painter.fillRect(place, colours.colour("sunken"))
        line = QRect(place.x(), place.bottom(), place.width(), 1)
        painter.fillRect(line, colours.colour("line"))
        across = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        room = place.adjusted(FIRST_PAD, 0, -FIRST_PAD, -1)
        painter.setFont(sized(font, tk.BODY, medium=True))
        painter.setPen(colours.colour("error" if row.is_error else "text"))
        painter.drawText(room, across, row.title)
        wide = painter.fontMetrics().horizontalAdvance(row.title)
        painter.setFont(sized(font, tk.CAPTION))
        painter.setPen(colours.colour("text2"))
        painter.drawText(room.adjusted(wide + 12, 0, 0, 0), across, row.beside)
        end = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        painter.drawText(room, end, t("overview.count", count=f"{row.count:,}"))
