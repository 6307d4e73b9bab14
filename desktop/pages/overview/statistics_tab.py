"""The tab 统计: chooses the year, has it counted in a job, sets targets, makes the report.

Counting reads all records, so it waits until the tab is shown.
"""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.desk.attempts import attempts
from desktop.desk.desk import Desk
from desktop.desk.jobs import Job
from desktop.editing.target_sheet import TargetSheet
from desktop.installed.screen_texts import t
from desktop.pages.overview.looking import AGAIN_MS
from desktop.pages.overview.statistics_view import StatisticsView
from desktop.pages.overview.year_jobs import YearFound, look_at_year, make_report
from desktop.parts.outside import open_outside
from desktop.parts.widgets.basics import button, icon_button, label, row
from forms.office.targets import keep_targets, targets

_FIRST = 1985  # the first year of patents in China: 专利法 of 1984, in force from 1985-04-01


class StatisticsTab(QWidget):
    """Shows the figures of a year; `targets_changed` says that others count now."""

    targets_changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._job: Job | None = None
        self._is_stale = True
        self._export: Job | None = None
        self.year = desk.today.year
        self.found: YearFound | None = None
        self.view = StatisticsView()
        self.view.cases_asked.connect(self._to_cases)
        self.view.state_asked.connect(self._to_state)
        self.view.targets_asked.connect(self.set_targets)
        self.view.pool_asked.connect(self._to_pool)
        self.before = icon_button(
            "chevron-left",
            t("statistics.year_before"),
            clicked=partial(self.go_by, -1),
        )
        self.after = icon_button(
            "chevron-right", t("statistics.year_after"), clicked=partial(self.go_by, 1)
        )
        self._name = label("", "strong")
        self._name.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.switch = QWidget()
        self.switch.setLayout(row(self.before, self._name, self.after, space=4))
        self.export = button(
            t("statistics.export"),
            icon="file-spreadsheet",
            keys="Ctrl+E",
            clicked=self.export_report,
        )
        self.tools: tuple[QWidget, ...] = (self.switch, self.export)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.view)
        self._show_switch()

    # --- the year -----------------------------------------------------------------------------

    def mark_stale(self) -> None:
        """Records changed: count anew, now or when shown."""
        self._is_stale = True
        if self.isVisible():
            self.load()

    def showEvent(self, event: object) -> None:
        """Count what changed meanwhile."""
        self.load()

    def go_by(self, years: int, _checked: bool = False) -> None:
        """Show a year before or after."""
        self.show_year(self.year + years)

    def show_year(self, year: int) -> None:
        """Show a year, none that is still to come."""
        year = max(_FIRST, min(year, self._desk.today.year))
        if year != self.year:
            self.year = year
            self._show_switch()
            self.mark_stale()

    def load(self) -> None:
        """Count the year, if need be."""
        if not self._is_stale:
            return
        self._is_stale = False
        if self._job is not None:
            self._job.cancel()
        self.view.show_waiting(self.year)
        self._job = self._desk.jobs.run(
            partial(look_at_year, self._desk, self.year),
            t("statistics.counting", year=self.year),
            finished=self._take,
            failed=self._failed,
            quiet=True,
        )

    def _take(self, found: YearFound) -> None:
        if found.figures.year == self.year:
            self.found = found
            self.view.show_year(found)

    def _failed(self, error: BaseException) -> None:
        """Count again, a little later where another program held the data: that is not told."""
        from db.store_problems import LockedDatabase

        self._is_stale = True
        if isinstance(error, LockedDatabase):
            QTimer.singleShot(AGAIN_MS, self, self.load)
        else:
            self._desk.jobs.unheard.emit(error)

    def _show_switch(self) -> None:
        self._name.setText(t("statistics.year", year=self.year))
        self.before.setEnabled(self.year > _FIRST)
        self.after.setEnabled(self.year < self._desk.today.year)

    # --- what is asked ------------------------------------------------------------------------

    def set_targets(self) -> None:
        """Ask for the year's targets and keep them, as the command does."""
        settings = self._desk.store.settings
        asked = TargetSheet(self.year, targets(settings, self.year), self)
        for sheet, attempt in attempts(self._desk, asked):
            with attempt:
                keep_targets(settings, self.year, sheet.changed)
                self.mark_stale()
                self.targets_changed.emit()

    def export_report(self) -> None:
        """Write the year's report where the clerk says: paper and workbook."""
        from forms.office.yearly_paper import yearly_files  # slow to load

        dialogs, title = self._desk.dialogs, t("statistics.report.title", year=self.year)
        if self._export is not None and not self._export.is_over:
            return
        folder = dialogs.folder(self, title)
        if folder is None:
            return
        there = [one.name for one in yearly_files(folder, self.year) if one.exists()]
        if there:
            words = t("statistics.report.there", files="、".join(there))
            if not dialogs.confirm(self, title, words, t("statistics.report.replace")):
                return
        self._export = self._desk.jobs.run(
            partial(make_report, self._desk, self.year, folder),
            t("statistics.report.making", year=self.year),
            finished=self._made,
        )

    def _made(self, files: list[Path]) -> None:
        paper = files[0]
        show = (t("overview.files.open"), partial(open_outside, paper, self._desk.notices))
        told = t("statistics.report.made", folder=paper.parent)
        self._desk.notices.tell("done", told, action=show)

    def _to_pool(self, pool_id: int) -> None:
        self._desk.go("distribution", pool_id=pool_id)

    def _to_cases(self, case_ids: tuple[int, ...], words: str) -> None:
        self._desk.go("register", only=list(case_ids), words=words)

    def _to_state(self, state: str) -> None:
        self._desk.go("register", state=state)
