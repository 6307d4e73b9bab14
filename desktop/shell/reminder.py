"""What is past its day, counted beside the window: a badge on 概览, and one notice at the start."""

from functools import partial

from PySide6.QtCore import QObject, QTimer

from desktop.desk.desk import Desk
from desktop.desk.jobs import Report
from desktop.installed.screen_texts import t
from desktop.installed.workplaces import BUREAU

FIRST_AFTER_MS, AGAIN_AFTER_MS = 1500, 15_000
"""The window and its register come first; then what is told in a row is counted once."""


class Reminder(QObject):
    """Counts when the data are open and when they changed; tells by a notice only once."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._has_told = False
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self.count)
        for signal in (desk.cases_changed, desk.licences_changed, desk.records_changed):
            signal.connect(self._later)
        if desk.is_open:
            self._soon.start(FIRST_AFTER_MS)
        else:
            desk.opened.connect(partial(self._soon.start, FIRST_AFTER_MS))

    def count(self) -> None:
        """Count beside the window."""
        self._desk.jobs.run(
            partial(_count, self._desk),
            t("overview.reckoning"),
            finished=self._counted,
            failed=self._failed,
            quiet=True,
        )

    def _later(self, *_: object) -> None:
        self._soon.start(AGAIN_AFTER_MS)

    def _counted(self, count: int) -> None:
        desk = self._desk
        desk.count_overdue(count)
        if count and not self._has_told:
            way = partial(desk.go, "overview", tab="schedule")
            if desk.workplace == BUREAU:
                way = partial(desk.go, "province")
            show = (t("overview.overdue_show"), way)
            desk.notices.tell("pending", t("overview.overdue_notice", count=count), action=show)
        self._has_told = True

    def _failed(self, error: BaseException) -> None:
        """Count later where another program held the data: of that nothing is told."""
        from db.store_problems import LockedDatabase

        if isinstance(error, LockedDatabase):
            self._later()
        else:
            self._desk.jobs.unheard.emit(error)


def _count(desk: Desk, report: Report) -> int:
    day = desk.today
    if desk.workplace == BUREAU:
        from forms.bureau.province import late, province_of

        with desk.own_store() as store:
            return late(province_of(store, day).duties, day)
    from forms.office.agenda import agenda, overdue

    with desk.own_store() as store:
        return len(overdue(agenda(store, day, day, tick=report), day))
