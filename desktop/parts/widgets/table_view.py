"""The table widget: how every table behaves, which columns it has room for, what is in hand."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from desktop.parts.theme import tokens as tk
from desktop.parts.theme.tokens import Tone
from desktop.parts.widgets.table_cells import CellDelegate
from desktop.parts.widgets.table_model import TableModel


class Header(QHeaderView):
    """The headings above a table, of one height, in logical pixels.

    Without a size of its own Qt asks for every heading's words each time anything is laid out.
    """

    HIGH: ClassVar[int] = tk.HEADER

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setFixedHeight(self.HIGH)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)

    def sizeHint(self) -> QSize:
        """As high as it is; how wide the table says."""
        return QSize(0, self.HIGH)


class TableView(QTableView):
    """Shows a table's model; `chosen` carries what is in hand, `opened` what was asked for.

    A subclass says what of a row is carried, and may take more keys and the mouse.
    """

    chosen = Signal(object)
    opened = Signal(object)

    READ: ClassVar[int] = 0
    """The column of the row in hand that a screen reader reads first."""
    LEAST: ClassVar[int] = 160
    """The least width of a column that shares what is left, in logical pixels."""

    def __init__(
        self,
        model: TableModel,
        name: str,
        *,
        tone: Callable[[Any], Tone | None] | None = None,
        header: Header | None = None,
    ) -> None:
        """`name` is for screen readers; `tone` tints a row."""
        super().__init__()
        # Before the header is drawn first: the style keeps what it found of it then.
        self.setProperty("role", "ticked" if model.has_ticks else "rows")
        self.table_model = model
        self.tone = tone
        self.shows_hover = False
        self.drop_at = -1  # before which row a dragged one would go, -1 for nowhere
        self.setModel(model)
        self.setAccessibleName(name)
        self.setItemDelegate(CellDelegate(self))
        self.setHorizontalHeader(header or Header())
        self._behave()
        self._lay_out()
        self.selectionModel().currentRowChanged.connect(self._current)
        self.doubleClicked.connect(self._double)

    def _behave(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)

    def _lay_out(self) -> None:
        upright, across = self.verticalHeader(), self.horizontalHeader()
        has_two_lines = any(one.second or one.breaks for one in self.table_model.columns)
        high = tk.ROW if has_two_lines else tk.HEADER
        upright.hide()
        upright.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        upright.setMinimumSectionSize(high)
        upright.setDefaultSectionSize(high)
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for place, column in enumerate(self.table_model.columns):
            if column.width:
                across.setSectionResizeMode(place, QHeaderView.ResizeMode.Fixed)
                across.resizeSection(place, column.width)
            else:
                across.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)

    # --- columns --------------------------------------------------------------------------

    def going(self) -> Sequence[int]:
        """The columns that may go, the first to go first: the last of them, unless said else."""
        columns = self.table_model.columns
        return [place for place, one in reversed(list(enumerate(columns))) if one.may_go]

    def is_wanted(self, _column: int) -> bool:
        """Whether a column is shown where there is room."""
        return True

    def fit_columns(self, width: int) -> None:
        """Leave out the columns for which there is no room, and those that are not wanted."""
        columns = self.table_model.columns
        shown = [one for place, one in enumerate(columns) if self.is_wanted(place)]
        room = width - sum(one.width or self.LEAST for one in shown)
        for place in self.going():
            is_wanted = self.is_wanted(place)
            is_out = not is_wanted or room < 0
            self.setColumnHidden(place, is_out)
            room += columns[place].width if is_wanted and is_out else 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let columns go where the others would be too narrow."""
        self.fit_columns(event.size().width())
        super().resizeEvent(event)

    # --- the row in hand ------------------------------------------------------------------

    def carried(self, place: int) -> Any:
        """What `chosen` and `opened` carry of the row at a place."""
        return self.table_model.row_at(place)

    def choose_place(self, place: int) -> None:
        """Take the row at a place in hand."""
        flags = QItemSelectionModel.SelectionFlag
        index = self.table_model.index(place, self.READ)
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks, Enter opens."""
        key, keys, place = event.key(), Qt.Key, self.currentIndex().row()
        if place >= 0 and key == keys.Key_Space and self.table_model.has_ticks:
            self.table_model.toggle(place)
        elif place >= 0 and key in (keys.Key_Return, keys.Key_Enter):
            self.opened.emit(self.carried(place))
        else:
            super().keyPressEvent(event)

    def _current(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self.carried(index.row()))

    def _double(self, index: QModelIndex) -> None:
        self.opened.emit(self.carried(index.row()))
