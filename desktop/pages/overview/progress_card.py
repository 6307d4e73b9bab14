"""How far we are: the states of the cases, and the year's measures beside their targets."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.installed.screen_texts import t
from desktop.pages.overview.duty_rows import Looked
from desktop.pages.overview.year_rows import MeasureRow, measures_shown
from desktop.parts.theme.chips import STATES
from desktop.parts.widgets.basics import button, clear, label, line, row
from desktop.parts.widgets.frames import Card
from desktop.parts.widgets.labelled import scrolled
from desktop.parts.widgets.state_row import StateRow


class ProgressCard(Card):
    """Shows states and measures; each opens its cases."""

    state_asked = Signal(str)  # "" for all of them
    cases_asked = Signal(object, str)  # ids, what they are
    target_asked = Signal()

    def __init__(self) -> None:
        everything = button(t("overview.today.to_cases"), "link", trailing="arrow-right")
        everything.clicked.connect(partial(self._ask_state, ""))
        super().__init__(t("overview.today.cases"), beside=" ", buttons=[everything])
        inside = QWidget()
        self._states, self._measures = QVBoxLayout(), QVBoxLayout()
        self._year = label("", "strong")
        self.target = button(t("overview.year.set"), "link", clicked=self.target_asked.emit)
        whole = QVBoxLayout(inside)
        whole.setContentsMargins(10, 8, 10, 8)
        whole.setSpacing(0)
        whole.addLayout(self._states)
        whole.addSpacing(8)
        whole.addWidget(line())
        whole.addLayout(row(self._year, None, self.target, margins=(4, 8, 0, 4)))
        whole.addLayout(self._measures)
        whole.addStretch()
        self.body.addWidget(scrolled(inside), 1)

    def show_progress(self, looked: Looked) -> None:
        """Show how many cases are in each state, and the year so far."""
        for layout in (self._states, self._measures):
            layout.setSpacing(0)
            clear(layout)
        counts = looked.states
        total, most = sum(counts.values()), max(counts.values(), default=0)
        beside = t("overview.today.cases_of", count=f"{total:,}")
        self.show_title(t("overview.today.cases"), beside)
        for state in STATES:
            if counts.get(state):
                one = StateRow(STATES[state], counts[state], most)
                one.clicked.connect(partial(self._ask_state, state))
                self._states.addWidget(one)
        self._year.setText(t("overview.year.title", year=looked.year))
        for measure in measures_shown(looked.measures, looked.targets):
            figure = looked.measures[measure]
            bar = MeasureRow(measure, figure, looked.targets.get(measure))
            bar.clicked.connect(partial(self._ask_cases, figure.case_ids, bar.accessibleName()))
            self._measures.addWidget(bar)

    def _ask_state(self, state: str, _checked: bool = False) -> None:
        self.state_asked.emit(state)

    def _ask_cases(self, case_ids: object, words: str, _checked: bool = False) -> None:
        self.cases_asked.emit(case_ids, words)
