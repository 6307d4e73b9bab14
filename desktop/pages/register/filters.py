"""The bar above the table: search as you type, counted states, kind, owner, year and more."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.installed.screen_texts import t
from desktop.pages.register.cell_words import kind_word
from desktop.pages.register.shown_rows import Filter
from desktop.parts.theme.chips import DECLARED, STATES
from desktop.parts.theme.icons import icon
from desktop.parts.widgets.basics import button, row
from desktop.parts.widgets.one_line import ElidedCombo
from desktop.parts.widgets.search_combo import SearchCombo
from desktop.parts.widgets.search_line import SearchLine

SEARCH_AFTER_MS = 0  # what is typed in one go is searched once
_FIRST = ("faulty", "pending", "ready")
_RARE = (*DECLARED, "packless")  # are offered where there are such cases
_LEAST, _SEARCH, _SEARCH_LEAST = 620, 200, 120
_SIDE, _GAP = 24, 8
_BIN = "bin"
_MEASURED = 400  # of the names in a list: the most frequent ones
_COMBOS = {"pack": 118, "kind": 106, "owner": 132, "year": 106, "inventor": 120, "department": 106}
_BESIDE_SEARCH = 4  # combos in a row with the search, where there are two rows
_SLIMMER = 16  # so much narrower a combo is where there is little room
_IF_ANY = ("pack", "inventor", "department")  # are offered where cases name some
_SEARCHED = ("inventor", "department")


class StateFilter(QWidget):
    """Counted states, one chosen: the common ones as buttons, the others in a menu."""

    chosen = Signal()
    bin_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.state = ""
        self._counts: dict[str, int] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self.buttons: dict[str, QPushButton] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        for state in ("", *_FIRST, "more"):
            one = button("", "filter", trailing="chevron-down" if state == "more" else "")
            one.setCheckable(True)
            self._group.addButton(one)
            self.buttons[state] = one
            layout.addWidget(one)
        self.menu = QMenu(self)
        self.menu.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # not as its button is
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.buttons["more"].setMenu(self.menu)
        self._group.buttonClicked.connect(self._clicked)
        self.menu.triggered.connect(self._picked)
        self.menu.aboutToHide.connect(self._check)
        self.show_counts({})

    def choose(self, state: str) -> None:
        """Choose a state, "" for all; `chosen` is emitted."""
        self.state = state
        self._say()
        self.chosen.emit()

    def show_counts(self, counts: dict[str, int]) -> None:
        """Show how many cases are in each state."""
        self._counts = counts
        self._say()

    def _say(self) -> None:
        for state, one in self.buttons.items():
            is_other = state == "more" and self.state not in ("", *_FIRST)
            words = _word(self.state if is_other else state)
            one.setText(self._counted(words, self.state if is_other else state))
            one.setAccessibleName(one.text())
        self.menu.clear()
        for state in STATES:
            is_rare = state in _RARE and state != self.state and not self._counts.get(state)
            if state not in _FIRST and not is_rare:
                action = QAction(self._counted(t(STATES[state].word), state), self.menu)
                action.setIcon(icon(STATES[state].icon, "text2"))
                action.setData(state)
                self.menu.addAction(action)
        self.menu.addSeparator()
        self.menu.addAction(icon("trash-2", "text2"), t("register.bin.open")).setData(_BIN)
        self._check()

    def _check(self) -> None:
        is_button = self.state in ("", *_FIRST)
        self.buttons[self.state if is_button else "more"].setChecked(True)

    def _counted(self, words: str, state: str) -> str:
        return f"{words}  {self._counts[state]:,}" if state in self._counts else words

    def _clicked(self, clicked: QPushButton) -> None:
        state = next(name for name, one in self.buttons.items() if one is clicked)
        if state != "more":
            self.choose(state)

    def _picked(self, action: QAction) -> None:
        if action.data() == _BIN:
            self.bin_asked.emit()
        else:
            self.choose(str(action.data()))


def _word(state: str) -> str:
    if not state:
        return t("register.all")
    return t("register.more_states") if state == "more" else t(STATES[state].word)


class FilterRow(QWidget):
    """All the filters in one row, in two where it is narrow."""

    changed = Signal()
    opened = Signal()  # Enter in the search: the case found is wanted
    left_down = Signal()  # Down in the search: on to the table

    def __init__(self) -> None:
        super().__init__()
        self._only: frozenset[int] | None = None
        self._is_wide: bool | None = None
        self.search = SearchLine(t("register.search"), t("register.search_name"))
        self.search.returnPressed.connect(self._open)
        self.search.left_down.connect(self._go_down)
        self.search.setMaximumWidth(320)
        self.search.setMinimumWidth(_SEARCH_LEAST)
        self.states = StateFilter()
        self.combos = {name: self._combo(name) for name in _COMBOS}
        self.kind, self.owner, self.year = (self.combos[name] for name in ("kind", "owner", "year"))
        for kind in ("invention", "utility_model", "design"):
            self.kind.addItem(kind_word(kind), kind)
        self.only = button("", "filter", trailing="x", clicked=self.show_all)
        self.only.setCheckable(True)
        self.only.hide()
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(_SIDE, 0, _SIDE, 12)
        self._rows.setSpacing(0)
        self._each_row = (row(), row())
        for beside in self._each_row:
            self._rows.addLayout(beside)
        self._soon = QTimer(self, singleShot=True, interval=SEARCH_AFTER_MS)
        self._soon.timeout.connect(self.changed)
        self.search.textChanged.connect(self._soon.start)
        self.states.chosen.connect(self.changed)

    def _combo(self, name: str) -> QComboBox:
        made = SearchCombo("") if name in _SEARCHED else ElidedCombo()
        made.addItem(t(f"register.every.{name}"), "")
        made.setAccessibleName(t(f"register.filter.{name}"))
        made.setFixedWidth(_COMBOS[name])
        made.setProperty("role", "filter")
        made.setParent(self)  # else it would be a window by itself until it is laid out
        if name in _IF_ANY:
            made.hide()
        made.setMaxVisibleItems(16)
        made.view().setTextElideMode(Qt.TextElideMode.ElideMiddle)
        made.currentIndexChanged.connect(self.changed)
        return made

    @property
    def filter(self) -> Filter:
        """What is looked for."""
        return Filter(
            text=self.search.text(),
            state=self.states.state,
            kind=str(self.kind.currentData()),
            owner=str(self.owner.currentData()),
            year=str(self.year.currentData()),
            pack=str(self.combos["pack"].currentData()),
            inventor=str(self.combos["inventor"].currentData()),
            department=str(self.combos["department"].currentData()),
            only=self._only,
        )

    def offer(self, offered: Mapping[str, Sequence[str]], packs: Mapping[str, str]) -> None:
        """Offer these names and years; what was chosen stays chosen where it is still there.

        Inventors and departments are offered only where cases name any, packs where there are
        cases of several; `packs` says how each is called.
        """
        for name, values in offered.items():
            combo = self.combos[name]
            chosen = combo.currentData()
            combo.blockSignals(True)
            while combo.count() > 1:
                combo.removeItem(1)
            for value in values:
                combo.addItem(packs.get(value, value) if name == "pack" else value, value)
            combo.setCurrentIndex(max(0, combo.findData(chosen)))
            combo.blockSignals(False)
            widths = map(self.fontMetrics().horizontalAdvance, values[:_MEASURED])
            combo.view().setMinimumWidth(min(max(widths, default=0) + 40, 420))
            if name in _IF_ANY:
                combo.setVisible(bool(values))
        self._is_wide = None
        self._fit()

    def _open(self) -> None:
        self._look_now()
        self.opened.emit()

    def _go_down(self) -> None:
        self._look_now()
        self.left_down.emit()

    def _look_now(self) -> None:
        """Search for what was typed just now, if it was not yet."""
        if self._soon.isActive():
            self._soon.stop()
            self.changed.emit()

    def show_only(self, case_ids: Sequence[int], words: str) -> None:
        """Show some cases only, and say which they are."""
        self._reset()
        self._only = frozenset(case_ids)
        self.only.setText(words)
        self.only.setAccessibleName(words)
        self.only.setChecked(True)
        self.only.show()
        self._fit()
        self.changed.emit()

    def show_state(self, state: str) -> None:
        """Show the cases in a state only, "" for all."""
        self._reset()
        self._fit()
        self.states.choose(state)

    def show_all(self) -> None:
        """Take every filter off."""
        self._reset()
        self._fit()
        self.changed.emit()

    def _reset(self) -> None:
        self._only = None
        self.only.hide()
        self.states.state = ""
        for combo in self.combos.values():
            combo.blockSignals(True)
            combo.setCurrentIndex(0)
            combo.blockSignals(False)
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)

    def minimumSizeHint(self) -> QSize:
        """As narrow as its two rows allow, whatever row it stands in now."""
        return QSize(_LEAST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One row where there is room, else two."""
        super().resizeEvent(event)
        self._fit()

    def show_counts(self, counts: dict[str, int]) -> None:
        """Show how many cases are in each state; larger numbers take more room."""
        self.states.show_counts(counts)
        self._fit()

    def _fit(self) -> None:
        """Lay out in one row where all of it can be read there, else in two."""
        beside: list[QWidget] = [self.states]
        beside += [self.only] if not self.only.isHidden() else []
        asked = sum(one.sizeHint().width() + _GAP for one in beside) + _SEARCH + 2 * _SIDE
        asked += sum(_COMBOS[name] + _GAP for name in self._offered())
        is_wide = self.width() >= asked
        self._narrow_combos()
        if is_wide != self._is_wide:
            self._is_wide = is_wide
            self._lay_out(is_wide)

    def _narrow_combos(self) -> None:
        """Let the combos of a row with the search give way to it where there is little room."""
        beside = self._offered()[:_BESIDE_SEARCH]
        asked = sum(_COMBOS[name] + _GAP for name in beside) + _SEARCH_LEAST + 2 * _SIDE
        less = 0 if self.width() >= asked else _SLIMMER
        for name, combo in self.combos.items():
            combo.setFixedWidth(_COMBOS[name] - (less if name in beside else 0))

    def _offered(self) -> list[str]:
        return [name for name, combo in self.combos.items() if not combo.isHidden()]

    def _lay_out(self, is_wide: bool) -> None:
        """One row; or the search with the combos, and beneath the states with what is left."""
        for beside in self._each_row:
            while beside.count():
                beside.takeAt(0)
        self._each_row[1].setContentsMargins(0, 0 if is_wide else _GAP, 0, 0)
        combos = [self.combos[name] for name in self._offered()]
        if is_wide:
            self._fill_row(0, [self.search, self.states, self.only], combos)
            return
        self._fill_row(0, [self.search], combos[:_BESIDE_SEARCH])
        self._fill_row(1, [self.states], [self.only, *combos[_BESIDE_SEARCH:]])

    def _fill_row(self, place: int, first: Sequence[QWidget], then: Sequence[QWidget]) -> None:
        beside = self._each_row[place]
        for one in first:
            beside.addWidget(one, 3 if one is self.search else 0)
        beside.addStretch(1)
        for one in then:
            beside.addWidget(one)
