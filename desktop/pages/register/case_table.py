"""The table of cases: the mouse and the keys, what is in hand and what is ticked."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu

from desktop.installed.screen_texts import t
from desktop.pages.register.case_columns import GIVES_WAY, LEAST_TITLE, USUAL_COLUMNS
from desktop.pages.register.case_table_header import RegisterHeader
from desktop.pages.register.model import RegisterModel
from desktop.pages.register.shown_rows import COLUMNS
from desktop.parts.theme import tokens as tk
from desktop.parts.widgets.table_model import TICK
from desktop.parts.widgets.table_view import TableView


class RegisterTable(TableView):
    """Shows the register's model.  `chosen` and `opened` carry cases by their ids, 0 for none.

    Other than in tables of rows that are all there, a click takes a row in hand and ticks only in
    the ticks' column or with Ctrl; Shift ticks all from the last one on.
    """

    bin_asked = Signal()

    READ = 1  # the number, not the tick
    LEAST = LEAST_TITLE

    def __init__(self, model: RegisterModel) -> None:
        self._model = model
        self._anchor = 0
        self.wanted = USUAL_COLUMNS
        header = RegisterHeader(model)
        super().__init__(model, t("frame.places.register"), header=header)
        self.shows_hover = True
        self.verticalScrollBar().setSingleStep(tk.ROW // 2)
        header.sectionClicked.connect(self._sort)
        header.all_asked.connect(self.tick_all_or_none)

    # --- columns --------------------------------------------------------------------------

    def going(self) -> Sequence[int]:
        """The columns that may go, the first to go first."""
        return [COLUMNS.index(name) for name in GIVES_WAY]

    def is_wanted(self, column: int) -> bool:
        """Whether a column is among those that a clerk wants."""
        return COLUMNS[column] not in GIVES_WAY or COLUMNS[column] in self.wanted

    def show_columns(self, wanted: Iterable[str]) -> None:
        """Show these of the columns that may go, as far as there is room."""
        self.wanted = frozenset(wanted) & set(GIVES_WAY)
        self.fit_columns(self.viewport().width())

    def fill_columns_menu(self, menu: QMenu, choose: Callable[[frozenset[str]], object]) -> None:
        """Put each column that may go into a menu, ticked where it is wanted."""
        for column in (name for name in COLUMNS if name in GIVES_WAY):
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
        return self.carried(index.row()) if index.isValid() else 0

    def choose(self, case_id: int) -> bool:
        """Take a case in hand; False where it is not shown."""
        place = self._model.place_of(case_id)
        if place >= 0:
            self.choose_place(place)
        return place >= 0

    def carried(self, place: int) -> int:
        """The case at a place."""
        return self._model.row_at(place).id

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
        elif place >= 0 and key == keys.Key_Delete:
            self.bin_asked.emit()
        elif (
            place >= 0
            and key in (keys.Key_Up, keys.Key_Down)
            and modifiers & Qt.KeyboardModifier.ShiftModifier
        ):
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
            super()._double(index)

    def _current(self, index: QModelIndex, _before: QModelIndex) -> None:
        self.chosen.emit(self.carried(index.row()) if index.isValid() else 0)

    def _sort(self, section: int) -> None:
        column = COLUMNS[section]
        is_same = column == self._model.sorted_by
        descending = not self._model.descending if is_same else column == "changed"
        case_id = self.current_id
        self._model.sort_by(column, descending=descending)
        self.choose(case_id)
        self.horizontalHeader().viewport().update()
