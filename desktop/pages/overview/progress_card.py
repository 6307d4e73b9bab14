"""How far we are: the states of the cases, and the year's measures beside their targets."""

from functools import partial

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.installed.screen_texts import t
from desktop.pages.overview.duty_rows import Looked
from desktop.pages.overview.year_rows import MeasureRow, measures_shown
from desktop.parts.theme import tokens as tk
from desktop.parts.theme.chips import STATES, draw_chip
from desktop.parts.theme.tokens import tokens
from desktop.parts.theme.type import sized
from desktop.parts.widgets.basics import button, clear, label, line, row
from desktop.parts.widgets.frames import Card
from desktop.parts.widgets.labelled import scrolled

_LEAST, _STATE, _CHIPS, _NUMBERS = 272, 32, 104, 56
_BAR = 6
_BAR_COLOURS = {"plain": "field_border", "grey": "field_border"}


class StateRow(QAbstractButton):
    """A state with its chip, a bar and how many cases are in it; pressed, it opens them."""

    def __init__(self, state: str, count: int, most: int) -> None:
        super().__init__()
        self._look, self._count, self._share = STATES[state], count, count / max(most, 1)
        self.setFixedHeight(_STATE)
        self.setMinimumWidth(_CHIPS + _NUMBERS + 60)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        words = t("overview.today.state", state=t(self._look.word), count=f"{count:,}")
        self.setAccessibleName(words)
        self.setToolTip(words)

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(_LEAST, _STATE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw chip, bar and number; a ring where the focus is."""
        painter, colours = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = sized(self.font(), tk.LABEL)
        chip = QRect(4, 0, _CHIPS, self.height())
        draw_chip(painter, chip, t(self._look.word), self._look, font)
        track = QRectF(_CHIPS + 8, (self.height() - _BAR) / 2, 0, _BAR)
        track.setRight(self.width() - _NUMBERS)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.colour("hover"))
        painter.drawRoundedRect(track, 3, 3)
        filled = QRectF(track)
        filled.setWidth(max(_BAR, track.width() * self._share))
        tone = self._look.tone
        painter.setBrush(colours.colour(_BAR_COLOURS.get(tone, tone)))
        painter.drawRoundedRect(filled, 3, 3)
        painter.setFont(sized(self.font(), tk.BODY))
        painter.setPen(colours.colour("text"))
        end = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        painter.drawText(self.rect().adjusted(0, 0, -6, 0), end, f"{self._count:,}")
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.colour("accent"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)


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
        whole.setContentsMargins(12, 8, 12, 8)
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
                one = StateRow(state, counts[state], most)
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
