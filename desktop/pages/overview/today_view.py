"""今天: what needs doing now, and how far the cases are; each state opens its cases."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.installed.screen_texts import t
from desktop.pages.overview.duty_rows import Row
from desktop.pages.overview.duty_table import DutyTable, action_column
from desktop.pages.overview.duty_words import SOON_DAYS
from desktop.pages.overview.progress_card import ProgressCard
from desktop.parts.theme import tokens as tk
from desktop.parts.widgets.basics import button, label, line, row
from desktop.parts.widgets.frames import Card, FilterBar
from desktop.parts.widgets.one_line import Elided
from forms.office.agenda import Item

MOST = 8
_SPANS = {"overdue": -1, "soon": SOON_DAYS, "month": 30}
_STATES_WIDE, _STATES_LEAST = 456, 272


class TodayView(QWidget):
    """Shows what is next and how far we are; `asked` carries what is to be done with a duty."""

    asked = Signal(str, object)  # what, list[Item]
    all_asked = Signal()

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
        self.progress = ProgressCard()
        whole = QHBoxLayout(self)
        whole.setContentsMargins(24, 0, 24, 24)
        whole.setSpacing(16)
        whole.addWidget(duties, 1)
        whole.addWidget(self.progress)

    def resizeEvent(self, event: object) -> None:
        """The card of states gives way where the window is narrow."""
        wide = _STATES_WIDE if self.width() >= 1180 else _STATES_LEAST
        self.progress.setFixedWidth(wide)
        self._fit_soon.start()

    # --- what is shown --------------------------------------------------------------------

    def show_duties(self, rows: Sequence[Row]) -> None:
        """Show what of some duties, by date, comes next."""
        self._rows = [row for row in rows if row.is_open]
        counts = {name: self._count(name) for name in ("all", *_SPANS)}
        self.spans.show_counts(counts)
        self._show()

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
