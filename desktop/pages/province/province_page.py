"""概览 of a bureau: duties, states, targets and bars; everything leads to what it counts."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from desktop.desk.attempts import attempts
from desktop.desk.desk import Desk
from desktop.desk.jobs import Job
from desktop.desk.page_base import Page, Shortcut
from desktop.editing.target_sheet import TargetSheet
from desktop.installed.screen_texts import t
from desktop.pages.province.province_cards import StatesCard, measures
from desktop.pages.province.province_charts import ProvinceCharts
from desktop.pages.province.province_duties import ProvinceDuties, span_of
from desktop.pages.province.province_jobs import Looked, look
from desktop.pages.province.term_sheet import TermSheet
from desktop.parts.theme import tokens as tk
from desktop.parts.widgets.basics import button, label, line, row
from desktop.parts.widgets.frames import Card, FilterBar, PageHead
from desktop.parts.widgets.labelled import scrolled
from forms.bureau.province import BureauDuty, keep_term, term_of
from forms.office.targets import keep_targets, targets

_SPANS = ("all", "overdue", "soon", "month")
_WITHIN = {
    "overdue": ("overdue",),
    "soon": ("overdue", "soon"),
    "month": ("overdue", "soon", "month"),
}
_STATES_WIDE, _STATES_LEAST = 456, 288
_WIDE, _NARROW = 1180, 860
_LEAST_ROWS, _MOST_ROWS = 4, 8


class ProvincePage(Page):
    """The page "province"."""

    name = "province"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.looked: Looked | None = None
        self._job: Job | None = None
        add = button(
            t("province.add"), "primary", icon="folder-input", keys="Ctrl+O", clicked=self.add
        )
        term = button(t("province.term.ask"), icon="calendar", clicked=self.set_term)
        self.head = PageHead(self.title, buttons=(term, add))
        self.spans = FilterBar([(name, t(f"overview.today.{name}")) for name in _SPANS])
        self.spans.chosen.connect(self._show_duties)
        self.table = ProvinceDuties(self._day)
        self.table.acted.connect(self.act)
        self.table.empty_words = self._nothing
        self.states = StatesCard()
        self.states.state_asked.connect(self._to_state)
        self.states.target_asked.connect(self.set_targets)
        self.charts = ProvinceCharts()
        self.charts.asked.connect(self._to_some)
        self._lay_out()
        self.install_shortcuts()

    def _lay_out(self) -> None:
        duties = Card()
        head = row(label(t("province.duties"), "strong"), None, self.spans)
        head.setContentsMargins(16, 9, 12, 9)
        duties.body.addLayout(head)
        duties.body.addWidget(line())
        duties.body.addWidget(self.table, 1)
        self._first = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._first.setSpacing(16)
        self._first.addWidget(duties, 1)
        self._first.addWidget(self.states)
        inside = QWidget()
        whole = QVBoxLayout(inside)
        whole.setContentsMargins(24, 0, 24, 24)
        whole.setSpacing(16)
        whole.addLayout(self._first)
        whole.addWidget(self.charts)
        whole.addStretch()
        self.area = scrolled(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.head)
        outer.addWidget(self.area, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cards stand below each other where it is narrow."""
        super().resizeEvent(event)
        is_narrow = self.width() < _NARROW
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._first.setDirection(down if is_narrow else across)
        self.charts.stand(beside=not is_narrow)
        if is_narrow:
            self.states.setMinimumWidth(0)
            self.states.setMaximumWidth(16_777_215)
        else:
            self.states.setFixedWidth(_STATES_WIDE if self.width() >= _WIDE else _STATES_LEAST)
        room = (self.height() - 460) // tk.ROW
        rows = max(_LEAST_ROWS, min(_MOST_ROWS, room))
        self.table.setFixedHeight(tk.HEADER + rows * tk.ROW + 2)

    # --- what the window asks ---------------------------------------------------------------

    def refresh(self) -> None:
        """Look anew at how the province stands."""
        today = self.desk.today
        weekday = t("overview.weekday", day=t("overview.weekdays")[today.weekday()])
        self.head.show_beside(f"{today}　{weekday}")
        if self._job is not None:
            self._job.cancel()
        self._job = self.desk.jobs.run(
            partial(look, self.desk),
            t("province.looking"),
            finished=self._show,
            failed=self.look_failed,
            quiet=True,
        )

    def shortcuts(self) -> Sequence[Shortcut]:
        """Add packages, open a duty."""
        return (
            Shortcut("Ctrl+O", "province.keys.add", self.add),
            Shortcut("Return", "province.keys.open"),
            Shortcut("Space", "province.keys.act"),
        )

    def panes(self) -> Sequence[QWidget]:
        """Duties first."""
        return (self.table, self.states, self.charts, self.head)

    # --- what is shown ----------------------------------------------------------------------

    def _day(self) -> date:
        return self.desk.today

    def _show(self, looked: Looked) -> None:
        self.looked = looked
        self._show_duties()
        self.states.show_province(looked, self.desk.today.year)
        self.charts.show_province(looked.province)
        self.desk.count_overdue(looked.late)

    def _show_duties(self, _span: str = "") -> None:
        if self.looked is None:
            return
        today, duties = self.desk.today, self.looked.province.duties
        spans = [span_of(one, today) for one in duties]
        counts = {name: sum(span in some for span in spans) for name, some in _WITHIN.items()}
        self.spans.show_counts({"all": len(duties), **counts})
        wanted = _WITHIN.get(self.spans.current)
        self.table.show_rows(
            one for one, span in zip(duties, spans, strict=True) if wanted is None or span in wanted
        )
        if self.table.rows:
            self.table.choose(0)

    def _nothing(self) -> str:
        return t("province.nothing") if self.looked is not None else t("province.looking")

    # --- what is asked ----------------------------------------------------------------------

    def add(self) -> None:
        """Take in what was received."""
        self.desk.go("intake", ask=True)

    def act(self, duty: BureauDuty) -> None:
        """Go to where a duty is done."""
        if duty.kind == "unheard":
            self.desk.go("intake", silent=True)
        elif duty.kind == "packages":
            self.desk.go("intake", package_id=duty.ids[0] if duty.ids else 0, standing="all")
        elif duty.kind in ("correction", "review"):
            self.desk.go("review", package_id=duty.package_id)
        elif duty.kind == "publish":
            self.desk.go("publish")
        else:
            self._to_some(duty.ids, t(f"province.duty.{duty.kind}", count=f"{duty.count:,}"))

    def _to_state(self, state: str) -> None:
        self.desk.go("store", state=state)

    def _to_some(self, ids: Sequence[int], words: str) -> None:
        self.desk.go("store", only=list(ids), words=words)

    def set_targets(self) -> None:
        """Ask for the targets of this year."""
        year, settings = self.desk.today.year, self.desk.store.settings
        asked = TargetSheet(year, targets(settings, year), self, measures=measures())
        for sheet, attempt in attempts(self.desk, asked):
            with attempt:
                keep_targets(settings, year, sheet.changed)
                self.mark_stale()

    def set_term(self) -> None:
        """Ask until when the units report for the quarter, and when it is published."""
        if self.looked is None:
            return
        quarter, store = self.looked.province.quarter, self.desk.store
        shown = term_of(store, quarter)
        for sheet, attempt in attempts(self.desk, TermSheet(quarter, shown, self)):
            with attempt:
                keep_term(store, shown, sheet.term, who=self.desk.who)
                self.desk.records_changed.emit()
