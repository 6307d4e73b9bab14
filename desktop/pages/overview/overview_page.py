"""概览: what is to be done and how far we are, in tabs: 今天, 日程, 统计.

What is to be done is reckoned in a job; the window shows what it had until that is done.
"""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.desk.desk import Desk
from desktop.desk.jobs import Job
from desktop.desk.page_base import Page, Shortcut
from desktop.installed.screen_texts import t
from desktop.pages.overview import duty_words as words
from desktop.pages.overview.duty_actions import DutyActions
from desktop.pages.overview.duty_rows import Looked, Row
from desktop.pages.overview.looking import AGAIN_MS, look, look_at_notes
from desktop.pages.overview.schedule_view import ScheduleView
from desktop.pages.overview.statistics_tab import StatisticsTab
from desktop.pages.overview.today_view import TodayView
from desktop.parts.widgets.basics import button
from desktop.parts.widgets.frames import PageHead, PageTabs
from forms.office.agenda import Item, holdings_of
from forms.office.duty_reckoning import reckoning

_TABS = ("today", "schedule", "statistics")


class OverviewPage(Page):
    """The page "overview"."""

    name = "overview"
    again_ms = AGAIN_MS

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._job: Job | None = None
        self.rows: Sequence[Row] = ()
        self._looked: Looked | None = None
        self.doing = DutyActions(desk, self, self._note)
        self.tabs = PageTabs([(name, t(f"overview.tabs.{name}")) for name in _TABS])
        self.tabs.setAccessibleName(t("overview.tabs.name"))
        self.today, self.schedule = TodayView(self._day), ScheduleView(self._day)
        self.statistics = StatisticsTab(desk)
        self.ics = button(
            t("overview.ics"), icon="calendar", keys="Ctrl+E", clicked=self.export_calendar
        )
        self.paper = button(
            t("overview.print"), icon="printer", keys="Ctrl+P", clicked=self.print_list
        )
        self.new = button(
            t("overview.new"), "primary", icon="plus", keys="Ctrl+N", clicked=self.new_case
        )
        buttons = (*self.statistics.tools, self.ics, self.paper, self.new)
        self.head = PageHead(self.title, tabs=self.tabs, buttons=buttons)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.today)
        self.stack.addWidget(self.schedule)
        self.stack.addWidget(self.statistics)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.head)
        whole.addWidget(self.stack, 1)
        self.tabs.chosen.connect(self.show_tab)
        self.schedule.asked.connect(self.doing.do)
        self.schedule.chosen.connect(self._show_one)
        for view in (self.schedule, self.today):
            view.table.done_asked.connect(self._do_done)
        self.today.asked.connect(self.doing.do)
        self.today.all_asked.connect(partial(self.tabs.choose, "schedule"))
        progress = self.today.progress
        progress.state_asked.connect(self._to_cases)
        progress.cases_asked.connect(self._to_some_cases)
        progress.target_asked.connect(self.set_targets)
        self.statistics.targets_changed.connect(self._load)
        self.show_tab("today")
        self.install_shortcuts()

    # --- what the window asks ---------------------------------------------------------------

    def enter(self, **arguments: object) -> None:
        """`tab` is the one to show: today, schedule or statistics."""
        tab = arguments.get("tab")
        if tab in _TABS:
            self.tabs.choose(str(tab))

    def refresh(self) -> None:
        """Reckon anew what is to be done."""
        self._load()
        self.statistics.mark_stale()

    def shortcuts(self) -> Sequence[Shortcut]:
        """Done, put off, files, paper, the way back."""
        return (
            Shortcut("D", "overview.keys.done"),
            Shortcut("Space", "overview.keys.space"),
            Shortcut("Return", "overview.keys.open"),
            Shortcut("Left Right", "overview.keys.weeks"),
            Shortcut("Ctrl+E", "overview.keys.ics", self.export_calendar),
            Shortcut("Ctrl+P", "overview.keys.print", self.print_list),
            Shortcut("Ctrl+F", "overview.keys.find", self.search_duties),
            Shortcut("Ctrl+A", "overview.keys.all", self.tick_all),
            Shortcut("Ctrl+\\", "overview.keys.pane", self.toggle_pane),
            Shortcut("Ctrl+N", "overview.keys.new", self.new_case),
            Shortcut("Ctrl+Z", "overview.keys.undo", self.doing.undo),
            Shortcut("Ctrl+Tab", "overview.keys.tab", self.next_tab),
        )

    def panes(self) -> Sequence[QWidget]:
        """Duties first."""
        if self.stack.currentWidget() is self.today:
            return (self.today.table, self.today, self.head)
        if self.stack.currentWidget() is self.statistics:
            return (self.statistics.view.area, self.head)
        one = self.schedule
        return (one.table, one.pane, one.bar, self.head, one.strip, one.filters)

    def escape(self) -> bool:
        """Put a pane that lies over the list away; take the ticks off."""
        one = self.schedule
        if self.stack.currentWidget() is not one:
            return False
        if one.pane.isVisible() and one.lies_over:
            one.toggle_pane()
            return True
        if one.table.ticked_items():
            one.table.rows_model.tick(range(len(one.table.rows)), False)
            return True
        return False

    # --- what is shown ----------------------------------------------------------------------

    def _day(self) -> date:
        return self.desk.today

    def show_tab(self, name: str) -> None:
        """Show a tab."""
        self.stack.setCurrentIndex(_TABS.index(name))
        self.ics.setVisible(name == "schedule")
        self.paper.setVisible(name == "schedule")
        for one in self.statistics.tools:
            one.setVisible(name == "statistics")
        self.new.setVisible(name == "today")
        today = self.desk.today
        self.head.show_beside(f"{today}　{words.weekday(today)}")
        self.panes()[0].setFocus()

    def next_tab(self) -> None:
        """Show the tab after this."""
        place = _TABS.index(self.tabs.current)
        self.tabs.choose(_TABS[(place + 1) % len(_TABS)])

    def _load(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._job = self.desk.jobs.run(
            partial(look, self.desk),
            t("overview.reckoning"),
            finished=self._take,
            failed=self.look_failed,
            progressed=self._tell,
            quiet=True,
        )

    def _tell(self, done: int, total: int, _what: str) -> None:
        """Say how far it is, where nothing is shown yet."""
        if not self.rows:
            self.schedule.table.empty_words = partial(
                t, "overview.reckoning_of", done=f"{done:,}", total=f"{total:,}"
            )
            self.schedule.table.viewport().update()

    def _take(self, looked: Looked) -> None:
        self.schedule.table.empty_words = partial(t, "overview.nothing")
        self.today.progress.show_progress(looked)
        self._show(looked)

    def _show(self, looked: Looked) -> None:
        self.rows, self._looked = looked.rows, looked
        self.today.show_duties(looked.rows)
        self.schedule.show_duties(looked.rows)
        self.desk.count_overdue(looked.overdue)

    def _note(self) -> None:
        """Show what is said of the duties now; while they are reckoned that comes with them."""
        if self._looked is None or (self._job is not None and not self._job.is_over):
            self._load()
            return
        work = partial(look_at_notes, self.desk, self._looked)
        label = t("overview.reckoning")
        self._job = self.desk.jobs.run(work, label, finished=self._show, quiet=True)

    def _show_one(self, item: Item) -> None:
        """Show how the duty in hand was come by."""
        found = holdings_of(self.desk.store, [item]) if item.case_ids else []
        lines = reckoning(item.duty, found[0] if found else None, self.desk.today)
        self.schedule.pane.show_duty(item, lines, self.desk.today)

    # --- what is asked ----------------------------------------------------------------------

    def _do_done(self) -> None:
        view = self.schedule if self.stack.currentWidget() is self.schedule else self.today
        ticked = self.schedule.table.ticked_items() if view is self.schedule else []
        current = view.table.current
        self.doing.do("done", ticked or ([current] if current is not None else []))

    def export_calendar(self) -> None:
        """What the filters show, as a calendar; of a year's figures, their report."""
        if self.stack.currentWidget() is self.statistics:
            self.statistics.export_report()
            return
        self.doing.export_calendar(self.schedule.shown)

    def print_list(self) -> None:
        """What is ticked, else what the filters show, on paper."""
        self.doing.print_list(self.schedule.table.ticked_items() or self.schedule.shown)

    def search_duties(self) -> None:
        """Search the duties."""
        self.tabs.choose("schedule")
        self.schedule.search.setFocus()

    def tick_all(self) -> None:
        """Tick all that is shown."""
        if self.stack.currentWidget() is self.schedule:
            self.schedule.tick_all()

    def toggle_pane(self) -> None:
        """Show the pane beside the duties, or put it away."""
        if self.stack.currentWidget() is self.schedule:
            self.schedule.toggle_pane()

    def new_case(self) -> None:
        """A new case."""
        self.desk.go("wizard", case_id=None)

    def _to_cases(self, state: str) -> None:
        self.desk.go("register", state=state)

    def _to_some_cases(self, case_ids: Sequence[int], what: str) -> None:
        self.desk.go("register", only=list(case_ids), words=what)

    def set_targets(self) -> None:
        """Ask for the targets of this year."""
        self.statistics.show_year(self.desk.today.year)
        self.statistics.set_targets()
