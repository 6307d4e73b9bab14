"""The table of cases: the mouse and the keys, what is in hand and what is ticked."""

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView

from desktop.installed.screen_texts import t
from desktop.pages.register.delegate import RegisterDelegate, RegisterHeader
from desktop.pages.register.model import TICK, RegisterModel
from desktop.pages.register.shown_rows import COLUMNS
from desktop.parts.theme import tokens as tk

_WIDTHS = {
    "tick": 44,
    "number": 160,
    "owners": 134,
    "inventors": 112,
    "department": 118,
    "end": 120,
    "royalty": 134,
    "state": 112,
    "changed": 98,
}
_LEAST_TITLE = 190
_GIVES_WAY = ("changed", "owners", "royalty", "end", "department", "inventors")
"""The columns that may go, and go where there is no room, the first first."""
USUAL = frozenset({"changed", "owners", "royalty", "end"})
"""Those of them that are shown unless a clerk chooses others."""


class RegisterTable(QTableView):
    """Shows the register's model.  `chosen` carries the case in hand, 0 for none."""

    chosen = Signal(int)
    opened = Signal(int)
    bin_asked = Signal()

    def __init__(self, model: RegisterModel) -> None:
        super().__init__()
        self._model = model
        self._anchor = 0
        self.wanted = USUAL
        self.setModel(model)
        self.setAccessibleName(t("frame.places.register"))
        self.setItemDelegate(RegisterDelegate(self, model))
        header = RegisterHeader(model, self)
        self.setHorizontalHeader(header)
        self._behave()
        self._lay_out(header)
        header.sectionClicked.connect(self._sort)
        header.all_asked.connect(self.tick_all_or_none)
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
        self.verticalScrollBar().setSingleStep(tk.ROW // 2)

    def _lay_out(self, header: QHeaderView) -> None:
        upright = self.verticalHeader()
        upright.hide()
        upright.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        upright.setMinimumSectionSize(tk.ROW)
        upright.setDefaultSectionSize(tk.ROW)
        for place, column in enumerate(COLUMNS):
            if column in _WIDTHS:
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.Fixed)
                header.resizeSection(place, _WIDTHS[column])
            else:
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out the columns there is no room for."""
        super().resizeEvent(event)
        self._fit(event.size().width())

    def _fit(self, width: int) -> None:
        shown = [name for name in _WIDTHS if name not in _GIVES_WAY or name in self.wanted]
        room = width - _LEAST_TITLE - sum(_WIDTHS[name] for name in shown)
        for column in _GIVES_WAY:
            is_wanted = column in self.wanted
            is_out = not is_wanted or room < 0
            self.setColumnHidden(COLUMNS.index(column), is_out)
            room += _WIDTHS[column] if is_wanted and is_out else 0

    def show_columns(self, wanted: Iterable[str]) -> None:
        """Show these of the columns that may go, as far as there is room."""
        self.wanted = frozenset(wanted) & set(_GIVES_WAY)
        self._fit(self.viewport().width())

    def fill_columns_menu(self, menu: QMenu, choose: Callable[[frozenset[str]], object]) -> None:
        """Put each column that may go into a menu, ticked where it is wanted."""
        for column in (name for name in COLUMNS if name in _GIVES_WAY):
            action = menu.addAction(t(f"register.columns.{column}"))
            action.setCheckable(True)
            action.setChecked(column in self.wanted)
            action.toggled.connect(partial(self._choose_column, column, choose))

    def _choose_column(
        self, column: str, choose: Callable[[frozenset[str]], object], is_on: bool
    ) -> None:
        choose(self.wanted | {column} if is_on else self.wanted - {column})

    # --- the row in hand ------------------------------------------------------------------

    @property
    def current_id(self) -> int:
        """The case in hand, 0 for none."""
        index = self.currentIndex()
        return self._model.row_at(index.row()).id if index.isValid() else 0

    def choose(self, case_id: int) -> bool:
        """Take a case in hand; False where it is not shown."""
        place = self._model.place_of(case_id)
        if place >= 0:
            self.choose_place(place)
        return place >= 0

    def choose_place(self, place: int) -> None:
        """Take the row at a place in hand."""
        flags = QItemSelectionModel.SelectionFlag
        index = self._model.index(place, 1)
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)

    def tick_all_or_none(self) -> None:
        """Tick all that is shown; where all of it is, untick everything."""
        self._model.tick_all(self._model.all_ticked() != Qt.CheckState.Checked)

    # --- keys and mouse ---------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks, Shift with arrows ticks on, Ctrl+A ticks all, Enter opens, Del bins."""
        key, keys, place = event.key(), Qt.Key, self.currentIndex().row()
        modifiers = event.modifiers()
        if key == keys.Key_A and modifiers == Qt.KeyboardModifier.ControlModifier:
            self.tick_all_or_none()
        elif place < 0:
            super().keyPressEvent(event)
        elif key == keys.Key_Space:
            self._model.toggle(place)
            self._anchor = place
        elif key in (keys.Key_Return, keys.Key_Enter):
            self.opened.emit(self.current_id)
        elif key == keys.Key_Delete:
            self.bin_asked.emit()
        elif key in (keys.Key_Up, keys.Key_Down) and modifiers & Qt.KeyboardModifier.ShiftModifier:
            self._tick_on(place, -1 if key == keys.Key_Up else 1)
        else:
            super().keyPressEvent(event)
            self._anchor = self.currentIndex().row()

    def _tick_on(self, place: int, way: int) -> None:
        target = place + way
        if 0 <= target < self._model.rowCount():
            self.choose_place(target)
            self._model.tick(range(min(place, target), max(place, target) + 1))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a box or with Ctrl ticks, with Shift all from the last one on."""
        index = self.indexAt(event.position().toPoint())
        modifiers = event.modifiers()
        if not index.isValid() or event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        place = index.row()
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            first, last = sorted((max(self._anchor, 0), place))
            self._model.tick(range(first, last + 1))
        elif index.column() == TICK or modifiers & Qt.KeyboardModifier.ControlModifier:
            self._model.toggle(place)
            self._anchor = place
        else:
            self._anchor = place
            super().mousePressEvent(event)
            return
        event.accept()

    def _double(self, index: QModelIndex) -> None:
        if index.column() != TICK:
            self.opened.emit(self._model.row_at(index.row()).id)

    def _current(self, index: QModelIndex, _before: QModelIndex) -> None:
        self.chosen.emit(self._model.row_at(index.row()).id if index.isValid() else 0)

    def _sort(self, section: int) -> None:
        column = COLUMNS[section]
        is_same = column == self._model.sorted_by
        descending = not self._model.descending if is_same else column == "changed"
        case_id = self.current_id
        self._model.sort_by(column, descending=descending)
        self.choose(case_id)
        self.horizontalHeader().viewport().update()
