"""统计: the figures of a year beside their targets, its charts, and its figures by group."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from desktop.installed.screen_texts import t
from desktop.pages.overview.group_table import GroupTable
from desktop.pages.overview.pool_table import PoolTable
from desktop.pages.overview.year_jobs import YearFound
from desktop.pages.overview.year_rows import MeasureRow
from desktop.parts.theme.chips import STATES
from desktop.parts.widgets.bar_chart import BarChart, said
from desktop.parts.widgets.basics import button, clear, label
from desktop.parts.widgets.frames import Card
from desktop.parts.widgets.labelled import scrolled
from desktop.parts.widgets.state_row import StateRow
from forms.office.statistics_types import MEASURE_WORDS, Figure, Statistics
from forms.office.yearly_charts import (
    name_of_department,
    name_of_kind,
    period_words,
    shown,
)
from forms.paper.document import Bar

_CHARTS = ("months", "ways", "departments")
_WIDE_CHARTS, _WIDE_CARDS = 1080, 720


class StatisticsView(QWidget):
    """Shows a year; every figure and bar leads to its cases."""

    cases_asked = Signal(object, str)  # ids, what they are
    state_asked = Signal(str)
    targets_asked = Signal()
    pool_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._period = label("", "hint")
        self._unclear = QVBoxLayout()
        self._unclear.setSpacing(0)
        self._title_of: dict[str, str] = {}
        self.target = button(t("overview.year.set"), "link", clicked=self.targets_asked.emit)
        self._measures_card = Card(t("statistics.measures"), beside=" ", buttons=[self.target])
        self._measures = _filled(self._measures_card)
        everything = button(t("overview.today.to_cases"), "link", trailing="arrow-right")
        everything.clicked.connect(partial(self._ask_state, ""))
        self._states_card = Card(t("statistics.states"), beside=" ", buttons=[everything])
        self._states = _filled(self._states_card)
        self._first = _cards(self._measures_card, self._states_card)
        self.charts: dict[str, BarChart] = {}
        self._chart_cards: dict[str, Card] = {}
        for name in _CHARTS:
            self._chart_cards[name] = self._chart_card(name)
        self._owed = QVBoxLayout()
        self._owed.setSpacing(4)
        self._owed.setContentsMargins(16, 0, 16, 12)
        self._chart_cards["ways"].body.addLayout(self._owed)
        for card in self._chart_cards.values():
            card.body.addStretch()
        self._second = _cards(*self._chart_cards.values())
        self.departments = GroupTable("statistics.groups.department", name_of_department)
        self.kinds = GroupTable("statistics.groups.kind", name_of_kind)
        inside = QWidget()
        whole = QVBoxLayout(inside)
        whole.setContentsMargins(24, 0, 24, 24)
        whole.setSpacing(16)
        whole.addWidget(self._period)
        whole.addLayout(self._unclear)
        whole.addLayout(self._first)
        whole.addLayout(self._second)
        for table in (self.departments, self.kinds):
            card = Card()
            card.body.addWidget(table)
            whole.addWidget(card)
            table.asked.connect(self.cases_asked)
        self.pools = PoolTable()
        self.pools.opened.connect(lambda one: self.pool_asked.emit(one.pool_id))
        self._pools_card = Card()
        self._pools_card.body.addWidget(self.pools)
        self._pools_card.hide()
        whole.addWidget(self._pools_card)
        whole.addStretch()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.area = scrolled(inside)
        outer.addWidget(self.area)

    def _chart_card(self, name: str) -> Card:
        card = Card(" ", beside=" ")
        chart = BarChart()
        holder = QVBoxLayout()
        holder.setContentsMargins(12, 12, 12, 12)
        holder.addWidget(chart)
        card.body.addLayout(holder)
        chart.asked.connect(partial(self._ask_bar, name))
        self.charts[name] = chart
        return card

    def resizeEvent(self, event: object) -> None:
        """Cards stand below each other where the window is narrow."""
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._first.setDirection(across if self.width() >= _WIDE_CARDS else down)
        self._second.setDirection(across if self.width() >= _WIDE_CHARTS else down)

    # --- what is shown --------------------------------------------------------------------

    def show_waiting(self, year: int) -> None:
        """Say that a year is being counted; what was shown stays."""
        self._period.setText(t("statistics.counting", year=year))

    def show_year(self, year: YearFound) -> None:
        """Show a year's figures."""
        found = year.figures
        self._period.setText(period_words(found))
        self._show_measures(year)
        self._show_states(found)
        for name, chart in zip(_CHARTS, year.charts, strict=True):
            title = chart.title.partition("\u3000")[2]  # the paper numbers its charts
            self._title_of[name] = title
            self._chart_cards[name].show_title(title, chart.unit if not chart.upright else "")
            self.charts[name].show_chart(chart)
        self.departments.show_groups(found.departments, found.total)
        self.kinds.show_groups(found.kinds, found.total)
        self.pools.show_pools(found.pools)
        self._pools_card.setVisible(bool(found.pools))
        clear(self._unclear)
        clear(self._owed)
        for name, figure in (
            ("without_effect", found.without_effect),
            ("odd_receipts", found.odd_receipts),
        ):
            if figure.value:
                self._add_link(self._unclear, name, figure)
        for name, figure in (("outstanding", found.outstanding), ("overdue", found.overdue)):
            self._add_link(self._owed, name, figure)

    def _show_measures(self, year: YearFound) -> None:
        clear(self._measures)
        self._measures_card.show_title(
            t("statistics.measures"), t("statistics.line") if year.targets else ""
        )
        for measure in MEASURE_WORDS:
            figure = year.figures.measures[measure]
            one = MeasureRow(measure, figure, year.targets.get(measure))
            one.clicked.connect(partial(self._ask, figure, one.accessibleName()))
            self._measures.addWidget(one)
        self._measures.addStretch()

    def _show_states(self, found: Statistics) -> None:
        clear(self._states)
        counts = {str(state): int(one.value or 0) for state, one in found.states.items()}
        total, most = sum(counts.values()), max(counts.values(), default=0)
        beside = t("overview.today.cases_of", count=f"{total:,}")
        self._states_card.show_title(t("statistics.states"), beside)
        for state in STATES:
            if count := counts.get(state):
                one = StateRow(STATES[state], count, most)
                one.clicked.connect(partial(self._ask_state, state))
                self._states.addWidget(one)
        self._states.addStretch()

    def _add_link(self, layout: QVBoxLayout, name: str, figure: Figure) -> None:
        words = t(f"statistics.{name}", value=shown(figure.value))
        if figure.case_ids:
            shown_one: QWidget = button(words, "link", clicked=partial(self._ask, figure, words))
        else:
            shown_one = label(words, "hint")
        layout.addWidget(shown_one, 0, Qt.AlignmentFlag.AlignLeft)

    # --- what is asked ----------------------------------------------------------------------

    def _ask(self, figure: Figure, words: str, _checked: bool = False) -> None:
        self.cases_asked.emit(figure.case_ids, words)

    def _ask_bar(self, name: str, bar: Bar) -> None:
        self.cases_asked.emit(bar.case_ids, f"{self._title_of[name]}　{said(bar)}")

    def _ask_state(self, state: str, _checked: bool = False) -> None:
        self.state_asked.emit(state)


def _filled(card: Card) -> QVBoxLayout:
    """The layout of a card's rows."""
    inside = QVBoxLayout()
    inside.setContentsMargins(12, 8, 12, 8)
    inside.setSpacing(0)
    card.body.addLayout(inside)
    return inside


def _cards(*cards: Card) -> QBoxLayout:
    """Cards of equal width, beside each other."""
    made = QBoxLayout(QBoxLayout.Direction.LeftToRight)
    made.setSpacing(16)
    for one in cards:
        made.addWidget(one, 1)
    return made
