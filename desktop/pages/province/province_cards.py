"""How far the province is: the states of its patents, its measures beside the year's targets."""

from collections.abc import Mapping
from decimal import Decimal
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.installed.screen_texts import t
from desktop.pages.province.province_jobs import Looked
from desktop.parts.theme.chips import Look
from desktop.parts.widgets.basics import button, clear, label, line, row
from desktop.parts.widgets.frames import Card
from desktop.parts.widgets.labelled import scrolled
from desktop.parts.widgets.state_row import StateRow
from desktop.parts.widgets.target_row import TargetRow
from forms.bureau.province import SHOWN, Province, Shown
from forms.office.statistics_types import Measure

LOOKS: Mapping[Shown, Look] = {
    "waiting": Look("circle-dashed", "grey", "province.state.waiting"),
    "returned": Look("undo-2", "pending", "province.state.returned"),
    "refused": Look("ban", "error", "province.state.refused"),
    "passed": Look("circle-check", "done", "province.state.passed"),
    "published": Look("newspaper", "accent", "province.state.published"),
    "licensed": Look("handshake", "done", "province.state.licensed"),
}
_HUNDRED = Decimal(100)


def measures() -> Mapping[Measure, tuple[str, str]]:
    """The measures of a province, each with its word and unit."""
    return {
        "units": (t("province.measure.units"), t("province.measure.units_unit")),
        "sent": (t("province.measure.sent"), t("province.measure.sent_unit")),
        "rate": (t("province.measure.rate"), "%"),
    }


class StatesCard(Card):
    """Shows states and measures; each state opens its patents."""

    state_asked = Signal(str)  # "" for all of them
    target_asked = Signal()

    def __init__(self) -> None:
        everything = button(t("province.to_store"), "link", trailing="arrow-right")
        everything.clicked.connect(partial(self._ask, ""))
        super().__init__(t("province.patents"), beside=" ", buttons=[everything])
        inside = QWidget()
        self._states, self._measures = QVBoxLayout(), QVBoxLayout()
        for layout in (self._states, self._measures):
            layout.setSpacing(0)
        target = button(t("overview.year.set"), "link", clicked=self.target_asked.emit)
        self._year = label("", "strong")
        whole = QVBoxLayout(inside)
        whole.setContentsMargins(12, 8, 12, 8)
        whole.setSpacing(0)
        whole.addLayout(self._states)
        whole.addSpacing(8)
        whole.addWidget(line())
        whole.addLayout(row(self._year, None, target, margins=(4, 8, 0, 4)))
        whole.addLayout(self._measures)
        whole.addStretch()
        self.body.addWidget(scrolled(inside), 1)

    def show_province(self, looked: Looked, year: int) -> None:
        """Show how many patents are in each state, and the measures."""
        found = looked.province
        clear(self._states)
        clear(self._measures)
        total = sum(count for state, count in found.states.items() if state != "licensed")
        self.show_title(t("province.patents"), t("province.received", count=f"{total:,}"))
        most = max(found.states.values(), default=0)
        for state in SHOWN:
            one = StateRow(LOOKS[state], found.states[state], most)
            one.clicked.connect(partial(self._ask, state))
            self._states.addWidget(one)
        self._year.setText(t("overview.year.title", year=year))
        for measure, (word, unit) in measures().items():
            value, target = _value(measure, found), looked.targets.get(measure)
            bar = TargetRow(word, unit, value, target)
            bar.clicked.connect(partial(self._ask, "listed" if measure != "units" else ""))
            self._measures.addWidget(bar)

    def _ask(self, state: str, _checked: bool = False) -> None:
        self.state_asked.emit(state)


def _value(measure: Measure, found: Province) -> Decimal | int | None:
    if measure == "units":
        return found.taking_part
    if measure == "sent":
        return found.listed
    if not found.listed:
        return None
    return round(Decimal(found.states["licensed"]) * _HUNDRED / found.listed, 1)
