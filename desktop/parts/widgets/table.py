"""A table of rows that are all there: given at once, ticked by their places, perhaps moved.

It knows nothing of what the rows are.  The register's, which are many and are filtered, sorted
and ticked by their ids, are `desktop.pages.register.case_table`'s.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent

from desktop.parts.theme.tokens import Tone, tokens
from desktop.parts.widgets.table_model import Column, Index, TableModel
from desktop.parts.widgets.table_view import TableView


class RowsModel(TableModel):
    """Rows shown by columns; perhaps each with a tick, perhaps in an order that can be changed."""

    moved = Signal(int, int)  # from, to: the rows are already in their new order

    def __init__(self, columns: Sequence[Column], *, ticks: bool = False) -> None:
        super().__init__(columns, ticks=ticks)
        self.can_move = False
        self.rows: list[Any] = []
        self._ticked: set[int] = set()

    def rowCount(self, parent: Index | None = None) -> int:
        """How many rows there are."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def row_at(self, place: int) -> Any:
        """The row at a place of the table."""
        return self.rows[place]

    def show_rows(self, rows: Iterable[Any]) -> None:
        """Show these rows instead of those before, none of them ticked."""
        self.beginResetModel()
        self.rows = list(rows)
        self._ticked = set()
        self.endResetModel()

    def ticked_rows(self) -> list[Any]:
        """The rows that are ticked, in order."""
        return [self.rows[place] for place in sorted(self._ticked)]

    def is_ticked(self, place: int) -> bool:
        """Whether the row at a place is ticked."""
        return place in self._ticked

    def tick(self, places: Iterable[int], on: bool = True) -> None:
        """Tick some rows, or untick them."""
        self._ticked = self._ticked | set(places) if on else self._ticked - set(places)
        self.redraw()
        self.ticked.emit()

    def move(self, source: int, target: int) -> None:
        """Put the row at one place to another."""
        if source == target or not 0 <= source < len(self.rows) or not 0 <= target < len(self.rows):
            return
        nothing = QModelIndex()
        below = target + 1 if target > source else target
        self.beginMoveRows(nothing, source, source, nothing, below)
        self.rows.insert(target, self.rows.pop(source))
        self.endMoveRows()
        self.redraw()
        self.moved.emit(source, target)


class RowsTable(TableView):
    """Shows rows by columns; `chosen` carries the row in hand, `opened` one asked to be opened."""

    def __init__(
        self,
        columns: Sequence[Column],
        name: str,
        *,
        ticks: bool = False,
        tone: Callable[[Any], Tone | None] | None = None,
        model: RowsModel | None = None,
    ) -> None:
        """`name` is for screen readers; `tone` tints a row; `model` stands in for the usual one."""
        self.rows_model = model or RowsModel(columns, ticks=ticks)
        super().__init__(self.rows_model, name, tone=tone)
        self.empty_words: Callable[[], str] = str  # said where there is no row
        self._dragged = -1
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setMinimumSectionSize(24)

    # --- rows -----------------------------------------------------------------------------

    @property
    def rows(self) -> list[Any]:
        """The rows as they stand."""
        return self.rows_model.rows

    @property
    def current(self) -> Any | None:
        """The row in hand."""
        index = self.currentIndex()
        return self.rows[index.row()] if index.isValid() else None

    def show_rows(self, rows: Iterable[Any]) -> None:
        """Show these rows; none is in hand."""
        self.rows_model.show_rows(rows)

    def show_columns(self, columns: Sequence[Column]) -> None:
        """Show other columns, as many as before; rows are to be shown anew."""
        self.rows_model.columns = tuple(columns)
        self._lay_out()

    def choose(self, place: int) -> None:
        """Take the row at a place in hand."""
        self.choose_place(place)

    def let_rows_move(self) -> None:
        """Let rows be dragged and moved by Alt+Up and Alt+Down."""
        self.rows_model.can_move = True

    def move_current(self, way: int) -> None:
        """Move the row in hand up (-1) or down (1)."""
        place = self.currentIndex().row()
        target = place + way
        if place >= 0 and 0 <= target < len(self.rows):
            self.rows_model.move(place, target)
            self.choose(target)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows; where there are none, say why."""
        super().paintEvent(event)
        if not self.rows and (words := self.empty_words()):
            painter = QPainter(self.viewport())
            painter.setPen(tokens().colour("text2"))
            centre = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
            painter.drawText(self.viewport().rect().adjusted(24, 0, -24, 0), centre, words)

    # --- keys and mouse ---------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt with arrows moves; Space ticks, Enter opens."""
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if alt and self.rows_model.can_move and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.move_current(-1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click ticks; a press may begin to drag."""
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if not index.isValid() or event.button() != Qt.MouseButton.LeftButton:
            return
        if self.rows_model.has_ticks:
            self.rows_model.toggle(index.row())
        if self.rows_model.can_move:
            self._dragged = index.row()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show where the dragged row would go."""
        if self._dragged >= 0 and event.buttons() & Qt.MouseButton.LeftButton:
            self.drop_at = self._place_at(event.position().toPoint())
            self.viewport().update()
            return
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Drop the row."""
        if self._dragged >= 0 and self.drop_at >= 0:
            target = self.drop_at - (1 if self.drop_at > self._dragged else 0)
            self.rows_model.move(self._dragged, target)
            self.choose(target)
        self._dragged = self.drop_at = -1
        self.viewport().update()
        super().mouseReleaseEvent(event)

    def _place_at(self, point: QPoint) -> int:
        high = self.verticalHeader().defaultSectionSize()
        y = point.y() + self.verticalScrollBar().value()
        return max(0, min(len(self.rows), round(y / high)))
