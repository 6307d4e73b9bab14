"""日程: the strip of weeks, the filters, the duties by week, the one in hand beside them."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.installed.screen_texts import t
from desktop.pages.overview import duty_words as words
from desktop.pages.overview.duty_pane import WIDTH, DutyPane
from desktop.pages.overview.duty_rows import Row, by_week, found_by
from desktop.pages.overview.duty_table import DutyTable, action_column
from desktop.pages.overview.week_strip import WeekStrip
from desktop.parts.theme import tokens as tk
from desktop.parts.widgets.basics import button, icon_button, label, row, upright
from desktop.parts.widgets.frames import FilterBar
from desktop.parts.widgets.one_line import Elided, ElidedCombo
from desktop.parts.widgets.search_line import SearchLine
from forms.facts.amounts import yuan
from forms.office.agenda import Item

_STANDINGS = ("open", "snoozed", "done", "excluded", "all")
_BESIDE_FROM, _LEAST, _SIDE = 1100, 620, 24
_LOW = 620
_OWED = ("annual_fee", "restoration")


class TickedBar(QFrame):
    """What can be done with the duties that are ticked, and what they come to."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "bulk")
        self.setFixedHeight(tk.BAR)
        self.setAccessibleName(t("overview.bulk.name"))
        self._count = label("", "strong", tone="accent")
        self._sum = Elided("", "")
        none = button(t("overview.bulk.none"), "quiet")
        self.done = button(t("overview.bulk.done"), icon="check")
        self.payment = button(t("overview.bulk.payment"), "primary", icon="file-spreadsheet")
        for one, what in ((none, "none"), (self.done, "done"), (self.payment, "payment")):
            one.clicked.connect(partial(self._ask, what))
        between = upright()
        between.setFixedHeight(20)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(20, 0, 20, 0)
        layout.setSpacing(8)
        for widget in (self._count, none, between):
            layout.addWidget(widget)
        layout.addWidget(self._sum, 1)
        layout.addWidget(self.done)
        layout.addWidget(self.payment)
        self.hide()

    def show_ticked(self, items: Sequence[Item]) -> None:
        """Show how many there are and their sum; with none the bar is not there."""
        self.setVisible(bool(items))
        self._count.setText(t("overview.bulk.count", count=f"{len(items):,}"))
        told = []
        for name, kinds in (("owed", _OWED), ("income", ("payment_in",))):
            of_kind = [one.duty.amount or Decimal(0) for one in items if one.duty.kind in kinds]
            if of_kind:
                told.append(t(f"overview.bulk.{name}", amount=yuan(sum(of_kind, Decimal(0)))))
        self._sum.say("　".join(told))

    def _ask(self, what: str, _checked: bool = False) -> None:
        self.asked.emit(what)


class ScheduleView(QWidget):
    """Shows duties; `asked` carries what is to be done with which of them."""

    asked = Signal(str, object)  # what, list[Item]
    chosen = Signal(object)  # Item

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self._rows: Sequence[Row] = ()
        self._wants_pane: bool | None = None
        self._is_beside = True
        self.strip = WeekStrip()
        self.filters = FilterBar(
            [(name, t(f"overview.kinds.{name}")) for name in ("all", *words.KINDS)]
        )
        self.search = SearchLine(t("overview.search"), t("overview.search_name"))
        self.search.setMinimumWidth(110)
        self.search.setMaximumWidth(240)
        self.standing = ElidedCombo()
        self.standing.setProperty("role", "filter")
        self.standing.setAccessibleName(t("overview.standing.name"))
        self.standing.setFixedWidth(104)
        for name in _STANDINGS:
            self.standing.addItem(t(f"overview.standing.{name}"), name)
        self.show_pane = icon_button(
            "panel-right", t("overview.keys.pane"), keys="Ctrl+\\", clicked=self.toggle_pane
        )
        self.table = DutyTable(today, ticks=True, action=action_column(_action))
        self.bar = TickedBar()
        self.pane = DutyPane(self)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        every = (self.filters, self.search, self.standing, self.show_pane)
        filters = row(*every, margins=(_SIDE, 10, _SIDE, 10))
        filters.setStretch(0, 0)
        filters.insertStretch(1, 1)
        filters.setStretch(2, 3)
        self._upper = QWidget()
        upper = QVBoxLayout(self._upper)
        upper.setContentsMargins(_SIDE, 0, _SIDE, 0)
        upper.addWidget(self.strip)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.table, 1)
        left.addWidget(self.bar)
        self._below = QHBoxLayout()
        self._below.setSpacing(0)
        self._below.addLayout(left, 1)
        self._below.addWidget(self.pane)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._upper)
        whole.addLayout(filters)
        whole.addLayout(self._below, 1)

    def _connect(self) -> None:
        self.filters.chosen.connect(self.show_filtered)
        self.search.textChanged.connect(self.show_filtered)
        self.search.leads_to(self.table)
        self.standing.currentIndexChanged.connect(self.show_filtered)
        self.strip.day_asked.connect(self.table.show_day)
        self.table.chosen.connect(self.chosen)
        self.table.opened.connect(partial(self._ask, "go"))
        self.table.acted.connect(self.act)
        self.table.rows_model.ticked.connect(self._follow_ticks)
        self.bar.asked.connect(self._ask_ticked)
        self.pane.asked.connect(self._ask_current)
        self.pane.close_asked.connect(self.toggle_pane)

    # --- what is shown --------------------------------------------------------------------

    @property
    def shown(self) -> list[Item]:
        """The duties that the filters show."""
        return [one for one in self.table.rows if isinstance(one, Item)]

    def show_duties(self, rows: Sequence[Row]) -> None:
        """Show these duties; the one in hand stays in hand where it is still shown."""
        self._rows = rows
        self.strip.show_duties(rows, self._today())
        self.show_filtered()

    def show_filtered(self) -> None:
        """Show what the filters leave."""
        some = found_by(self._rows, self.search.text(), str(self.standing.currentData()))
        counts = Counter(row.kind for row in some)
        each = {name: counts[name] for name in words.KINDS}
        self.filters.show_counts({"all": len(some), **each})
        kind = self.filters.current
        shown = some if kind == "all" else [row for row in some if row.kind == kind]
        current, place = self.table.current, self.table.currentIndex().row()
        self.table.show_rows(by_week(shown, self._today()))
        self._follow_ticks()
        if shown:
            self.table.choose_key(current.duty.key if current else "", max(place, 0))
        else:
            self.pane.show_nothing()

    def show_standing(self, name: str) -> None:
        """Show those that stand so: open, done …"""
        self.standing.setCurrentIndex(self.standing.findData(name))

    def tick_all(self) -> None:
        """Tick all that is shown; where all is, none."""
        is_all = len(self.table.ticked_items()) == len(self.shown)
        self.table.rows_model.tick(range(len(self.table.rows)), not is_all)

    def _follow_ticks(self) -> None:
        self.bar.show_ticked(self.table.ticked_items())

    # --- what is asked --------------------------------------------------------------------

    def act(self, item: Item) -> None:
        """Do what the row's own action says."""
        if item.is_open:
            self.asked.emit("done", [item])
        elif item.note is not None:
            self.asked.emit("undo", [item])

    def _ask(self, what: str, item: object) -> None:
        if isinstance(item, Item):
            self.asked.emit(what, [item])

    def _ask_current(self, what: str) -> None:
        if self.table.current is not None:
            self.asked.emit(what, [self.table.current])

    def _ask_ticked(self, what: str) -> None:
        if what == "none":
            self.table.rows_model.tick(range(len(self.table.rows)), False)
        else:
            self.asked.emit(what, self.table.ticked_items())

    # --- the room there is ------------------------------------------------------------------

    def minimumSizeHint(self) -> QSize:
        """The pane does not count: it stands above the table where it is narrow."""
        return QSize(_LEAST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The pane stands beside the table where there is room; a low window has no strip."""
        super().resizeEvent(event)
        self._upper.setVisible(self.height() >= _LOW - tk.HEAD)
        self._place_pane()

    @property
    def lies_over(self) -> bool:
        """Whether the pane lies over the duties, for want of room beside them."""
        return not self._is_beside

    def toggle_pane(self) -> None:
        """Show the pane, or put it away."""
        self._wants_pane = not self.pane.isVisible()
        self._place_pane()

    def _place_pane(self) -> None:
        is_beside = self.width() >= _BESIDE_FROM
        if is_beside and not self._is_beside:
            self._below.addWidget(self.pane)
        elif not is_beside and self._is_beside:
            self._below.removeWidget(self.pane)
        self._is_beside = is_beside
        is_wanted = is_beside if self._wants_pane is None else self._wants_pane
        self.pane.setVisible(is_wanted)
        self.show_pane.setVisible(not is_wanted)
        if not is_beside:
            self.pane.setGeometry(self.width() - WIDTH, 0, WIDTH, self.height())
            self.pane.raise_()


def _action(item: Item) -> str:
    if item.is_open:
        return t("overview.do.done")
    return t("overview.do.undo_short") if item.note is not None else ""
