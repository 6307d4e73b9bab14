"""A table of rows told by columns: two lines in a cell, icons, chips, ticks; one delegate for all.

A column says how a row's text is had; the table knows nothing of what the rows are.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from desktop.parts.theme import chips, icons
from desktop.parts.theme import tokens as tk
from desktop.parts.theme.chips import Look
from desktop.parts.theme.painted import two_lines
from desktop.parts.theme.tokens import Tone, tokens
from desktop.parts.theme.type import sized

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole + 1
_PAD, _FIRST_PAD, _TICK = 12, 16, 16
_LEAST = 160  # of a column that shares what is left
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column: its header, how wide (logical pixels, 0 shares what is left), what it shows.

    `text` is the first line, `second` the smaller one beneath; `icon` gives a name and a colour
    before them; `chip` a look and a word instead of text; `ink` the colour of the first line.
    With `ends` a text too long loses its middle: both ends of a file's name tell something.
    A column that `may_go` goes where the window is too narrow for it, the last first.
    """

    header: str
    text: Callable[[Any], str]
    width: int = 0
    second: Callable[[Any], str] | None = None
    icon: Callable[[Any], tuple[str, str]] | None = None
    chip: Callable[[Any], tuple[Look, str] | None] | None = None
    ink: Callable[[Any], str] | None = None
    ends: bool = False
    may_go: bool = False


class RowsModel(QAbstractTableModel):
    """Rows shown by columns; perhaps each with a tick, perhaps in an order that can be changed."""

    ticked = Signal()
    moved = Signal(int, int)  # from, to: the rows are already in their new order

    def __init__(self, columns: Sequence[Column], *, ticks: bool = False) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.has_ticks = ticks
        self.can_move = False
        self.rows: list[Any] = []
        self._ticked: set[int] = set()

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
        self._redraw()
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
        self._redraw()
        self.moved.emit(source, target)

    def _redraw(self) -> None:
        if self.rows:
            last = self.index(len(self.rows) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    # --- as Qt asks -----------------------------------------------------------------------

    def rowCount(self, parent: Index | None = None) -> int:
        """How many rows there are."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """How many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The header's words."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].header
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _LEFT
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The texts, for search, screen readers and tooltips; the delegate draws from the row."""
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], self.columns[index.column()]
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(row)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            lines = (column.text(row), column.second(row) if column.second else "")
            return "\n".join(line for line in lines if line)
        if role == Qt.ItemDataRole.CheckStateRole and self.has_ticks and index.column() == 0:
            on = index.row() in self._ticked
            return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take a tick."""
        if role != Qt.ItemDataRole.CheckStateRole or not self.has_ticks:
            return False
        self.tick([index.row()], Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Rows are chosen; where they have ticks these are taken."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.has_ticks and index.column() == 0:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags


class RowsTable(QTableView):
    """Shows a `RowsModel`; `chosen` carries the current row, `opened` one asked to be opened."""

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(
        self,
        columns: Sequence[Column],
        name: str,
        *,
        ticks: bool = False,
        tone: Callable[[Any], Tone | None] | None = None,
    ) -> None:
        """`name` is for screen readers; `tone` tints a row."""
        super().__init__()
        self.tone = tone
        self.empty_words: Callable[[], str] = str  # said where there is no row
        self.rows_model = RowsModel(columns, ticks=ticks)
        self._dragged = -1
        self._drop_at = -1
        self.setModel(self.rows_model)
        self.setAccessibleName(name)
        self.setProperty("role", "rows")
        self.setItemDelegate(_Delegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self._fit(columns)
        self.selectionModel().currentRowChanged.connect(self._current)
        self.doubleClicked.connect(self._double)

    def _fit(self, columns: Sequence[Column]) -> None:
        upright, across = self.verticalHeader(), self.horizontalHeader()
        upright.hide()
        high = tk.ROW if any(column.second for column in columns) else tk.HEADER
        upright.setDefaultSectionSize(high)
        upright.setMinimumSectionSize(high)
        across.setHighlightSections(False)
        across.setSectionsClickable(False)
        across.setFixedHeight(tk.HEADER)
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        across.setMinimumSectionSize(24)
        for place, column in enumerate(columns):
            if column.width:
                across.setSectionResizeMode(place, QHeaderView.ResizeMode.Fixed)
                across.resizeSection(place, column.width)
            else:
                across.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)

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

    def choose(self, place: int) -> None:
        """Take the row at a place in hand."""
        index = self.rows_model.index(place, 0)
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let columns go where the others would be too narrow."""
        columns = self.rows_model.columns
        room = event.size().width() - _LEAST * sum(not column.width for column in columns)
        room -= sum(column.width for column in columns if not column.may_go)
        for place, column in enumerate(columns):
            if column.may_go:
                room -= column.width
                self.setColumnHidden(place, room < 0)
        super().resizeEvent(event)

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
        """Space ticks, Enter opens, Alt with arrows moves."""
        keys, place = Qt.Key, self.currentIndex().row()
        if event.key() == keys.Key_Space and self.rows_model.has_ticks and place >= 0:
            self.rows_model.tick([place], not self.rows_model.is_ticked(place))
            return
        if event.key() in (keys.Key_Return, keys.Key_Enter) and self.current is not None:
            self.opened.emit(self.current)
            return
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if alt and self.rows_model.can_move and event.key() in (keys.Key_Up, keys.Key_Down):
            self.move_current(-1 if event.key() == keys.Key_Up else 1)
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click ticks; a press may begin to drag."""
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if not index.isValid() or event.button() != Qt.MouseButton.LeftButton:
            return
        if self.rows_model.has_ticks:
            place = index.row()
            self.rows_model.tick([place], not self.rows_model.is_ticked(place))
        if self.rows_model.can_move:
            self._dragged = index.row()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show where the dragged row would go."""
        if self._dragged >= 0 and event.buttons() & Qt.MouseButton.LeftButton:
            self._drop_at = self._place_at(event.position().toPoint())
            self.viewport().update()
            return
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Drop the row."""
        if self._dragged >= 0 and self._drop_at >= 0:
            target = self._drop_at - (1 if self._drop_at > self._dragged else 0)
            self.rows_model.move(self._dragged, target)
            self.choose(target)
        self._dragged = self._drop_at = -1
        self.viewport().update()
        super().mouseReleaseEvent(event)

    @property
    def drop_at(self) -> int:
        """Before which row the dragged one would go, -1 for nowhere."""
        return self._drop_at

    def _place_at(self, point: QPoint) -> int:
        high = self.verticalHeader().defaultSectionSize()
        y = point.y() + self.verticalScrollBar().value()
        return max(0, min(len(self.rows), round(y / high)))

    def _current(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self.rows[index.row()])

    def _double(self, index: QModelIndex) -> None:
        self.opened.emit(self.rows[index.row()])


class _Delegate(QStyledItemDelegate):
    """Draws a cell from its row."""

    def __init__(self, table: RowsTable) -> None:
        super().__init__(table)
        self._table = table

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(60, self._table.verticalHeader().defaultSectionSize())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW_ROLE)
        column = self._table.rows_model.columns[index.column()]
        painter.save()
        place: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        self._ground(painter, place, state, row, index)
        pad = _FIRST_PAD if index.column() == 0 else _PAD
        self._content(painter, place.adjusted(pad, 0, -4, -1), column, row, index)
        painter.restore()

    def _ground(
        self, painter: QPainter, place: QRect, state: QStyle.StateFlag, row: Any, index: Index
    ) -> None:
        colours = tokens()
        tone = self._table.tone(row) if self._table.tone else None
        if tone is not None:
            painter.fillRect(place, colours.tone(tone)[1])
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(place, colours.colour("selected"))
        painter.setPen(QPen(colours.colour("line"), 1))
        painter.drawLine(place.bottomLeft(), place.bottomRight())
        if self._table.drop_at == index.row():
            painter.setPen(QPen(colours.colour("accent"), 2))
            painter.drawLine(place.topLeft(), place.topRight())
        elif self._table.drop_at == index.row() + 1 == len(self._table.rows):
            painter.setPen(QPen(colours.colour("accent"), 2))
            painter.drawLine(place.bottomLeft(), place.bottomRight())
        has_focus = self._table.hasFocus() and index.row() == self._table.currentIndex().row()
        if has_focus and index.column() == 0:
            bar = QRect(place.x(), place.y(), 3, place.height())
            painter.fillRect(bar, colours.colour("accent"))

    def _content(
        self, painter: QPainter, place: QRect, column: Column, row: Any, index: Index
    ) -> None:
        colours = tokens()
        if self._table.rows_model.has_ticks and index.column() == 0:
            self._tick(painter, place, self._table.rows_model.is_ticked(index.row()))
            place = place.adjusted(_TICK + 12, 0, 0, 0)
        font = self._table.font()
        chip = column.chip(row) if column.chip else None
        if chip is not None:
            chips.draw_chip(painter, place, chip[1], chip[0], sized(font, tk.LABEL))
            return
        if column.icon is not None:
            name, colour = column.icon(row)
            if name:
                at = QRectF(place.x(), place.y() + (place.height() - tk.ICON) / 2, tk.ICON, tk.ICON)
                icons.draw(painter, name, at, colours.colour(colour))
                place = place.adjusted(tk.ICON + 8, 0, 0, 0)
        ink = colours.colour(column.ink(row) if column.ink else "text")
        second = column.second(row) if column.second else ""
        text = column.text(row)
        if column.ends:
            cut = Qt.TextElideMode.ElideMiddle
            text = QFontMetricsF(sized(font, tk.BODY)).elidedText(text, cut, place.width())
        two_lines(
            painter,
            place,
            (text, sized(font, tk.BODY), ink),
            (second, sized(font, tk.CAPTION), colours.colour("text2")),
        )

    def _tick(self, painter: QPainter, place: QRect, on: bool) -> None:
        colours = tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = place.y() + (place.height() - _TICK) / 2
        box = QRectF(place.x() + 0.5, top, _TICK - 1, _TICK - 1)
        painter.setPen(QPen(colours.colour("accent" if on else "field_border"), 1))
        painter.setBrush(colours.colour("accent" if on else "surface"))
        painter.drawRoundedRect(box, tk.RADIUS_BLANK, tk.RADIUS_BLANK)
        if on:
            icons.draw(painter, "check", box.adjusted(2, 2, -2, -2), colours.colour("on_accent"))


def words_width(font: QFont, words: Iterable[str], *, least: int = 0) -> int:
    """How wide a column must be for its words, in logical pixels."""
    metrics = QFontMetricsF(font)
    widest = max((metrics.horizontalAdvance(word) for word in words), default=0.0)
    return max(least, round(widest) + 2 * _PAD + 4)
