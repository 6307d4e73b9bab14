"""今天: what needs doing now, and how far the cases are; each state opens its cases."""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.installed.screen_texts import t
from desktop.pages.overview.duty_rows import Row
from desktop.pages.overview.duty_table import DutyTable, action_column
from desktop.pages.overview.duty_words import SOON_DAYS
from desktop.parts.theme import tokens as tk
from desktop.parts.theme.chips import STATES, draw_chip
from desktop.parts.theme.tokens import tokens
from desktop.parts.theme.type import sized
from desktop.parts.widgets.basics import button, clear, label, line, row
from desktop.parts.widgets.frames import Card, FilterBar
from desktop.parts.widgets.labelled import scrolled
from desktop.parts.widgets.one_line import Elided
from forms.office.agenda import Item

MOST = 8
_SPANS = {"overdue": -1, "soon": SOON_DAYS, "month": 30}
_STATES_WIDE, _STATES_LEAST, _STATE, _CHIPS, _NUMBERS = 456, 272, 32, 104, 56
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
        return QSize(_STATES_LEAST, _STATE)

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


class TodayView(QWidget):
    """Shows what is next and how far we are; `asked` carries what is to be done with a duty."""

    asked = Signal(str, object)  # what, list[Item]
    all_asked = Signal()
    state_asked = Signal(str)  # "" for all of them

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self._rows: Sequence[Row] = ()
        self._room = MOST
        self._fit_soon = QTimer(self, singleShot=True, interval=0)
        self._fit_soon.timeout.connect(self._fit)
        self.spans = FilterBar([(name, t(f"overview.today.{name}")) for name in ("all", *_SPANS)])
        self.spans.chosen.connect(self._show)
        self.table = DutyTable(
            today, ticks=False, action=action_column(lambda _item: t("overview.do.done"))
        )
        self.table.setMinimumHeight(tk.HEADER + 2 * tk.ROW)
        self.table.empty_words = self._nothing
        self.table.opened.connect(partial(self._ask, "go"))
        self.table.acted.connect(partial(self._ask, "done"))
        self._rest = Elided("", "hint")
        self.everything = button(
            t("overview.today.to_schedule"),
            "link",
            trailing="arrow-right",
            clicked=self.all_asked.emit,
        )
        duties = Card()
        head = row(label(t("overview.today.duties"), "strong"), None, self.spans)
        head.setContentsMargins(16, 9, 12, 9)
        duties.body.addLayout(head)
        duties.body.addWidget(line())
        duties.body.addWidget(self.table, 1)
        duties.body.addWidget(line())
        foot = row(self._rest, self.everything, margins=(16, 8, 12, 8))
        foot.setStretch(0, 1)
        duties.body.addLayout(foot)
        self._states_card, self._states = self._made_states()
        whole = QHBoxLayout(self)
        whole.setContentsMargins(24, 0, 24, 24)
        whole.setSpacing(16)
        whole.addWidget(duties, 1)
        whole.addWidget(self._states_card)

    def _made_states(self) -> tuple[Card, QVBoxLayout]:
        card = Card(
            t("overview.today.cases"),
            beside=" ",
            buttons=[
                button(
                    t("overview.today.to_cases"),
                    "link",
                    trailing="arrow-right",
                    clicked=partial(self.state_asked.emit, ""),
                )
            ],
        )
        inside = QWidget()
        states = QVBoxLayout(inside)
        states.setContentsMargins(12, 8, 12, 8)
        states.setSpacing(0)
        card.body.addWidget(scrolled(inside), 1)
        return card, states

    def resizeEvent(self, event: object) -> None:
        """The card of states gives way where the window is narrow."""
        wide = _STATES_WIDE if self.width() >= 1180 else _STATES_LEAST
        self._states_card.setFixedWidth(wide)
        self._fit_soon.start()

    # --- what is shown --------------------------------------------------------------------

    def show_duties(self, rows: Sequence[Row]) -> None:
        """Show what of some duties, by date, comes next."""
        self._rows = [row for row in rows if row.is_open]
        counts = {name: self._count(name) for name in ("all", *_SPANS)}
        self.spans.show_counts(counts)
        self._show()

    def show_states(self, counts: Mapping[str, int]) -> None:
        """Show how many cases are in each state."""
        clear(self._states)
        total, most = sum(counts.values()), max(counts.values(), default=0)
        self._states_card.show_title(
            t("overview.today.cases"), t("overview.today.cases_of", count=f"{total:,}")
        )
        for state in STATES:
            if counts.get(state):
                one = StateRow(state, counts[state], most)
                one.clicked.connect(partial(self._ask_state, state))
                self._states.addWidget(one)
        self._states.addStretch()

    def _count(self, span: str) -> int:
        """How many of the duties lie within a span."""
        if span == "all":
            return len(self._rows)
        last = self._today() + timedelta(days=_SPANS[span])
        return bisect_right(self._rows, last, key=lambda row: row.day)

    def _show(self) -> None:
        count = self._count(self.spans.current)
        self._room = max(MOST, self.table.viewport().height() // tk.ROW)
        self.table.show_rows(row.item for row in self._rows[: min(count, self._room)])
        words = t("overview.today.all_shown") if count else ""
        if count > self._room:
            rest, day = count - self._room, self._rows[count - 1].day
            words = t("overview.today.rest", count=f"{rest:,}", day=day)
        self._rest.say(words)
        if count:
            self.table.choose_place(0)

    def _fit(self) -> None:
        """Show as many as there is room for."""
        if max(MOST, self.table.viewport().height() // tk.ROW) != self._room:
            self._show()

    def _nothing(self) -> str:
        """What is said where nothing is to be done; when the next thing is."""
        if not self._rows:
            return t("overview.today.nothing")
        span = self.spans.current
        if span == "overdue":
            return t("overview.today.nothing_overdue")
        day = self._rows[0].day
        return t("overview.today.nothing_in", days=_SPANS.get(span, 30), day=day)

    def _ask(self, what: str, item: object) -> None:
        if isinstance(item, Item):
            self.asked.emit(what, [item])

    def _ask_state(self, state: str, _checked: bool = False) -> None:
        self.state_asked.emit(state)
