"""A table whose cells are filled in where they stand, as in a spreadsheet.

Typing or F2 opens a cell, Alt+Down its list; Ctrl+C and Ctrl+V take blocks of cells to and from
spreadsheets, Ctrl+D fills down, Delete empties.  The table changes no row by itself: `typed` says
what was put where, and whoever holds the rows shows them anew.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import QItemSelectionModel, QRect, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QStyle,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.parts.theme.tokens import Tone, tokens
from desktop.parts.widgets.cell_edit import CellEdit
from desktop.parts.widgets.grid_header import GridHeader
from desktop.parts.widgets.table import RowsModel, RowsTable
from desktop.parts.widgets.table_cells import FIRST_PAD, TICKS, CellDelegate
from desktop.parts.widgets.table_model import TICK, Column, Index
from forms.ground.workbook_cells import copied_block, pasted_block

_MOST_PASTED = 200_000  # cells: what a spreadsheet of five thousand patents holds


def _nothing(_row: Any) -> str:
    return ""


@dataclass(frozen=True, kw_only=True)
class GridColumn(Column):
    """A column whose cells may be filled in.

    `typed` is what stands in a cell as it is typed and copied; None for one that is only read.
    `choices` are the words to choose from, `several` of them with 、 between.
    """

    typed: Callable[[Any], str] | None = None
    choices: tuple[str, ...] = ()
    several: bool = False


@dataclass(frozen=True)
class Typed:
    """What was put into a cell: its row, its column's name, the text."""

    row: Any
    column: str
    text: str


class GridModel(RowsModel):
    """Rows whose cells may be filled in; each has a key by which it stays ticked."""

    put = Signal(object)  # a Typed

    def __init__(self, columns: Sequence[Column], key: Callable[[Any], Hashable]) -> None:
        super().__init__(columns, ticks=True)
        self._key = key
        self.keys: set[Any] = set()
        """The keys of the rows that are ticked, shown or not."""

    def show_rows(self, rows: Iterable[Any]) -> None:
        """Show these rows; those ticked before stay ticked."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def ticked_rows(self) -> list[Any]:
        """The rows shown that are ticked, in order."""
        return [row for row in self.rows if self._key(row) in self.keys]

    def is_ticked(self, place: int) -> bool:
        """Whether the row at a place is ticked."""
        return self._key(self.rows[place]) in self.keys

    def tick(self, places: Iterable[int], on: bool = True) -> None:
        """Tick some rows, or untick them."""
        some = {self._key(self.rows[place]) for place in places}
        self.keys = self.keys | some if on else self.keys - some
        self.redraw()
        self.ticked.emit()

    def untick(self, keys: Iterable[Hashable]) -> None:
        """Let the rows of these keys not be ticked, shown or not."""
        self.keys = self.keys.difference(keys)
        self.redraw()
        self.ticked.emit()

    def untick_all(self) -> None:
        """Let none be ticked."""
        self.untick(self.keys)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Cells of columns that are typed into may be."""
        found = super().flags(index)
        if index.isValid() and self.typed_column(index.column()) is not None:
            found |= Qt.ItemFlag.ItemIsEditable
        return found

    def typed_column(self, section: int) -> GridColumn | None:
        """The column, where it may be typed into."""
        column = self.columns[section]
        is_typed = isinstance(column, GridColumn) and column.typed is not None
        return column if is_typed and isinstance(column, GridColumn) else None

    def text_at(self, place: int, section: int) -> str:
        """What is copied of a cell."""
        column, row = self.columns[section], self.rows[place]
        if isinstance(column, GridColumn) and column.typed is not None:
            return column.typed(row)
        return self.lines(row, column)[0]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What is typed, where an editor asks."""
        if role == Qt.ItemDataRole.EditRole and index.isValid():
            return self.text_at(index.row(), index.column())
        return super().data(index, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take what was typed."""
        column = self.typed_column(index.column()) if index.isValid() else None
        if role != Qt.ItemDataRole.EditRole or column is None:
            return super().setData(index, value, role)
        row, text = self.rows[index.row()], str(value)
        if text != self.text_at(index.row(), index.column()):
            self.put.emit(Typed(row, column.name, text))
        return True

    def show_row(self, place: int, row: Any) -> None:
        """Show another row at a place; it stays ticked."""
        self.rows[place] = row
        self.dataChanged.emit(self.index(place, 0), self.index(place, len(self.columns) - 1))


class GridDelegate(CellDelegate):
    """Draws cells with the one in hand ringed, and opens editors in them."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A line with the column's list."""
        model = index.model()
        assert isinstance(model, GridModel)
        column = model.typed_column(index.column())
        assert column is not None
        made = CellEdit(parent, column.choices, several=column.several)
        made.setAccessibleName(column.header.replace("\n", ""))
        made.paused.connect(partial(self.commitData.emit, made))  # after a crash it is there
        return made

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Begin with what stands there; typing replaces it, and is not disturbed."""
        assert isinstance(editor, CellEdit)
        if editor.isModified():
            return
        editor.begin(str(index.data(Qt.ItemDataRole.EditRole)))

    def setModelData(self, editor: QWidget, model: Any, index: Index) -> None:
        """Hand over what was typed."""
        assert isinstance(editor, CellEdit)
        model.setData(index, editor.text(), Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """The editor fills its cell, and is as wide as its words at least."""
        place: QRect = option.rect  # type: ignore[attr-defined]
        high = min(place.height() - 1, 36)
        top = place.y() + (place.height() - high) // 2
        editor.setGeometry(place.x(), top, max(place.width(), 120), high)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the cell; the row in hand on the ground of what is chosen, the cell ringed."""
        table = self.parent()
        assert isinstance(table, GridTable)
        here = table.currentIndex()
        is_of_row = index.row() == here.row()
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        if is_of_row:
            option.state = state | QStyle.StateFlag.State_Selected  # type: ignore[attr-defined]
        super().paint(painter, option, index)
        place: QRect = option.rect  # type: ignore[attr-defined]
        chosen = state & QStyle.StateFlag.State_Selected
        is_here = is_of_row and index.column() == here.column()
        if chosen and not is_here and table.has_block:
            painter.fillRect(place.adjusted(0, 0, 0, -1), _veil())
        if is_here and table.hasFocus() and table.table_model.columns[here.column()].name:
            painter.setPen(QPen(tokens().colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(place.adjusted(1, 1, -1, -2))


def _veil() -> Any:
    veil = tokens().colour("accent")
    veil.setAlphaF(0.12)
    return veil


class GridTable(RowsTable):
    """Shows a grid; `typed` carries what was put into cells, one `Typed` each."""

    typed = Signal(list)
    edited = Signal()  # a cell is closed again

    LEAST: ClassVar[int] = 196

    def __init__(
        self,
        columns: Sequence[Column],
        name: str,
        *,
        key: Callable[[Any], Hashable],
        tone: Callable[[Any], Tone | None] | None = None,
    ) -> None:
        """`key` tells rows apart, so that they stay ticked whatever is shown."""
        self.grid_model = GridModel(columns, key)
        super().__init__(columns, name, ticks=True, tone=tone, model=self.grid_model)
        header = GridHeader(self.grid_model, self)
        self.setHorizontalHeader(header)
        self._lay_out()
        header.all_asked.connect(self.tick_all)
        self.setItemDelegate(GridDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(
            triggers.AnyKeyPressed | triggers.EditKeyPressed | triggers.DoubleClicked
        )
        self.grid_model.put.connect(self._put)
        self.selectionModel().currentChanged.connect(self._row_redrawn)

    # --- what is chosen -------------------------------------------------------------------

    @property
    def is_editing(self) -> bool:
        """Whether a cell is open: other rows are not to be shown now, they would close it."""
        return self.state() == QAbstractItemView.State.EditingState

    @property
    def has_block(self) -> bool:
        """Whether more than one cell is chosen."""
        return len(self.selectionModel().selection().indexes()) > 1

    def choose_place(self, place: int) -> None:
        """Take the row at a place in hand, in the column in hand."""
        section = max(0, self.currentIndex().column())
        self.choose_cell(place, section)

    def choose_cell(self, place: int, section: int) -> None:
        """Take a cell in hand."""
        index = self.grid_model.index(place, section)
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect)
        self.scrollTo(index)

    def tick_all(self) -> None:
        """Tick all rows, or none where all are."""
        places = range(len(self.rows))
        self.grid_model.tick(places, not all(map(self.grid_model.is_ticked, places)))
        self.horizontalHeader().viewport().update()

    def _block(self) -> tuple[list[int], list[int]]:
        """The rows and the shown columns of the cells chosen."""
        indexes = self.selectionModel().selection().indexes()
        rows = sorted({one.row() for one in indexes})
        sections = sorted(
            {one.column() for one in indexes if not self.isColumnHidden(one.column())}
        )
        return rows, sections

    def _row_redrawn(self, now: Index, before: Index) -> None:
        if now.row() != before.row():
            self.viewport().update()

    # --- keys and mouse -------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What a spreadsheet does with its keys."""
        keys, mods = Qt.Key, Qt.KeyboardModifier
        key, alt = event.key(), bool(event.modifiers() & mods.AltModifier)
        if self.is_editing:
            event.ignore()  # what the line of a cell has no use for
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif key == keys.Key_D and event.modifiers() == mods.ControlModifier:
            self.fill_down()
        elif key in (keys.Key_Delete, keys.Key_Backspace):
            self._emit([(place, section, "") for place, section in self._cells()])
        elif (alt and key == keys.Key_Down) or key in (keys.Key_Return, keys.Key_Enter):
            self._open_cell()
        elif key == keys.Key_Space and self.currentIndex().isValid():
            self.grid_model.toggle(self.currentIndex().row())
        else:
            QAbstractItemView.keyPressEvent(self, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a box ticks; elsewhere it takes the cell in hand."""
        index = self.indexAt(event.position().toPoint())
        QAbstractItemView.mousePressEvent(self, event)
        is_box = index.column() == TICK and event.position().x() < TICKS + FIRST_PAD
        if index.isValid() and is_box and event.button() == Qt.MouseButton.LeftButton:
            self.grid_model.toggle(index.row())
            self.horizontalHeader().viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A block is drawn open; no row is dragged."""
        QAbstractItemView.mouseMoveEvent(self, event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The block is as it is."""
        QAbstractItemView.mouseReleaseEvent(self, event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Enter goes on to the cell below."""
        super().closeEditor(editor, hint)
        below = self.currentIndex().row() + 1
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache and below < len(self.rows):
            self.choose_place(below)
        self.edited.emit()

    def _open_cell(self) -> None:
        """Open the cell in hand with its list; one that is only read opens its row."""
        index = self.currentIndex()
        if not index.isValid():
            return
        if self.grid_model.typed_column(index.column()) is None:
            self.opened.emit(self.carried(index.row()))
        else:
            self.edit(index)
            for editor in self.viewport().findChildren(CellEdit):
                editor.open_list()

    def _double(self, index: Any) -> None:
        if self.grid_model.typed_column(index.column()) is None:
            super()._double(index)

    # --- blocks of cells ------------------------------------------------------------------

    def copy(self) -> None:
        """Put the block chosen on the clipboard, as spreadsheets take it."""
        rows, sections = self._block()
        block = copied_block(
            [self.grid_model.text_at(place, section) for section in sections] for place in rows
        )
        QGuiApplication.clipboard().setText(block)

    def paste(self) -> None:
        """Put the clipboard's block here; one cell alone fills all that are chosen."""
        lines = pasted_block(QGuiApplication.clipboard().text())
        rows, sections = self._block()
        if not lines or not rows or sum(map(len, lines)) > _MOST_PASTED:
            return
        if len(lines) == 1 and len(lines[0]) == 1:
            self._emit([(place, section, lines[0][0]) for place, section in self._cells()])
            return
        shown = [
            section
            for section in range(sections[0], len(self.grid_model.columns))
            if not self.isColumnHidden(section)
        ]
        self._emit(
            [
                (rows[0] + down, section, cell)
                for down, line in enumerate(lines)
                for section, cell in zip(shown, line, strict=False)
                if rows[0] + down < len(self.rows)
            ]
        )

    def fill_down(self) -> None:
        """Say in all rows of the block what its first says; of one cell, what is above it."""
        rows, sections = self._block()
        if not rows:
            return
        first = rows[0] if len(rows) > 1 else rows[0] - 1
        if first >= 0:
            below = rows[1:] or rows
            texts = {section: self.grid_model.text_at(first, section) for section in sections}
            self._emit([(place, one, texts[one]) for place in below for one in sections])

    def _cells(self) -> list[tuple[int, int]]:
        rows, sections = self._block()
        return [(place, section) for place in rows for section in sections]

    def _emit(self, cells: Sequence[tuple[int, int, str]]) -> None:
        """Say what is put where, of cells that may be typed into and say something else."""
        found = [
            Typed(self.rows[place], column.name, text)
            for place, section, text in cells
            if (column := self.grid_model.typed_column(section)) is not None
            and self.grid_model.text_at(place, section) != text
        ]
        if found:
            self.typed.emit(found)

    def _put(self, one: Typed) -> None:
        self.typed.emit([one])
