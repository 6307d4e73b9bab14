"""Follows what others save into the same data: a second window, the command line, another office.

They can not tell us; so the data are asked from time to time whether anybody else has written.
Then every page is told to read anew, once a row of saves has paused.  What this window saves
itself, and what its jobs save through stores of their own, is told by its own signals and is no
news.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Slot
from PySide6.QtWidgets import QMainWindow

from desktop.desk.desk import Desk

LOOK_EVERY_MS = 1_000
_AT_MOST_LOOKS = 5  # so long a row of saves is waited for


class Others(QObject):
    """Looks every second, and at once when the window comes to the front."""

    def __init__(self, desk: Desk, window: QMainWindow) -> None:
        super().__init__(window)
        self._desk = desk
        self._known: int | None = None
        self._behind = 0  # looks since something was found that is not shown yet
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        window.installEventFilter(self)
        if desk.is_open:
            self._begin()
        else:
            desk.opened.connect(self._begin)

    @Slot()
    def _begin(self) -> None:
        self.look()
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at once when the window comes to the front."""
        if event.type() == QEvent.Type.WindowActivate and self._timer.isActive():
            self.look()
        return super().eventFilter(watched, event)

    @Slot()
    def look(self) -> None:
        """Look whether others have saved; tell the pages once nobody saves for a moment.

        While a job is at work that the clerk asked for nothing is told: it goes by what was
        shown when it began.
        """
        from db.store_problems import StoreProblem

        try:
            now = self._desk.store.news()
        except StoreProblem:  # somebody writes just now: the next time
            return
        is_new = self._known is not None and now != self._known
        self._known = now
        if is_new:
            self._desk.look_for_restore()
        if is_new or self._behind:
            self._behind += 1
        is_due = self._behind > _AT_MOST_LOOKS or (self._behind and not is_new)
        is_asked_for = any(not job.is_quiet for job in self._desk.jobs.running)
        if is_due and not is_asked_for:
            self._behind = 0
            self._desk.cases_changed.emit()
