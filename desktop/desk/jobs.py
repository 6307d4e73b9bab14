"""Jobs: whatever takes longer than 100 ms, done beside the window.

A job is a plain callable that is given a `Report`.  It calls `report(done, total)` at its safe
points; there it learns that it was cancelled (`Cancelled` is raised, so that transactions roll
back and temporary files go).  It must not touch widgets, nor the window's store: it opens its
own with `desk.own_store()`.

All signals of a `Job` are emitted in the window's thread.  What a work holds is let go there too:
the last to let a widget go destroys it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Event
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

DIALOG_AFTER_MS = 600
_TELL_EVERY_S = 0.05


class Cancelled(Exception):
    """The work was told to stop; nothing has gone wrong."""


class Report:
    """What a job is given: it tells how far it is, and learns whether to stop."""

    def __init__(self, tell: Callable[[int, int, str], None]) -> None:
        self._tell = tell
        self._stop = Event()
        self._told_at = 0.0

    def __call__(self, done: int, total: int, what: str = "") -> None:
        """Tell that so many are done of so many.  Raises Cancelled: call it at safe points."""
        self.check()
        now = time.monotonic()
        if done >= total or now - self._told_at >= _TELL_EVERY_S:
            self._told_at = now
            self._tell(done, total, what)

    def check(self) -> None:
        """Stop here if the work was cancelled.  Raises Cancelled."""
        if self._stop.is_set():
            raise Cancelled

    def stop(self) -> None:
        """Ask the work to stop at its next safe point."""
        self._stop.set()


Work = Callable[[Report], Any]


class Job(QObject):
    """One piece of work under way."""

    progressed = Signal(int, int, str)  # done, total, what
    finished = Signal(object)  # the work's result
    failed = Signal(object)  # the exception
    cancelled = Signal()
    ended = Signal()  # after any of the three
    took_long = Signal(object)  # this job

    _told = Signal(int, int, str)
    _done = Signal()

    def __init__(self, work: Work, label: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.label = label
        self.is_over = False
        self.is_quiet = False  # whether nobody is shown that it runs
        self.is_drawing = False  # whether it draws, and uses no database
        self._work: Work | None = work
        self._outcome: tuple[str, Any] = "cancelled", None
        self._report = Report(self._told.emit)
        self._has_left = Event()  # the worker's thread is out of here
        self._told.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)
        self._done.connect(self._end, Qt.ConnectionType.QueuedConnection)

    def cancel(self) -> None:
        """Ask the work to stop; `cancelled` is emitted once it has."""
        self._report.stop()

    def hush(self) -> None:
        """Be over for whoever listens: not even what is on its way is emitted, but `ended` now.

        A dialog that follows it would else stay for ever, or come up after the window's end.
        """
        self.is_over = True
        self.ended.emit()

    def run(self) -> None:
        """Do the work; called in the worker's thread, which keeps nothing of it."""
        try:
            self._report.check()
            assert self._work is not None
            self._outcome = "finished", self._work(self._report)
        except Cancelled:
            self._outcome = "cancelled", None
        except BaseException as error:
            self._outcome = "failed", error
        self._done.emit()
        self._has_left.set()

    def watch(self, after_ms: int) -> None:
        """Emit `took_long` if the work has not ended by then."""
        timer = QTimer(self, singleShot=True, interval=after_ms)
        timer.timeout.connect(self._say_long)
        timer.start()

    @Slot()
    def _say_long(self) -> None:
        if not self.is_over:
            self.took_long.emit(self)

    @Slot(int, int, str)
    def _pass_on(self, done: int, total: int, what: str) -> None:
        if not self.is_over:
            self.progressed.emit(done, total, what)

    @Slot()
    def _end(self) -> None:
        # Qt is still at the emitting, with Python's lock let go, where the worker was held up: who
        # then lets the job go takes from Qt what it goes on with, and the program crashes.
        self._has_left.wait()
        (what, value), self._outcome, self._work = self._outcome, ("cancelled", None), None
        if self.is_over:
            return
        self.is_over = True
        if what == "cancelled":
            self.cancelled.emit()
        elif what == "failed":
            self.failed.emit(value)
        else:
            self.finished.emit(value)
        self.ended.emit()


class Jobs(QObject):
    """Runs jobs: one at a time where they use the database, and one beside for the rest.

    `slow` says that a job has been running for 600 ms and somebody should be shown how far it
    is; the window opens the dialog.  `unheard` carries a failure for which nobody listens.
    """

    slow = Signal(object)
    unheard = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes: dict[str, ThreadPoolExecutor] = {}
        self._running: set[Job] = set()
        self.is_closed = False

    def run(
        self,
        work: Work,
        label: str,
        *,
        finished: Callable[[Any], object] | None = None,
        failed: Callable[[Any], object] | None = None,
        cancelled: Callable[[], object] | None = None,
        progressed: Callable[[int, int, str], object] | None = None,
        drawing: bool = False,
        quiet: bool = False,
    ) -> Job:
        """Start a work and return its job; the callables are connected before it starts.

        `drawing` work uses no database and waits for none.  `quiet` work never opens the
        dialog.  Where `failed` is None the failure is told to the clerk by `unheard`.  After
        `close` nothing starts: what a last job's slots still ask for stays undone.
        """
        job = Job(work, label, self)
        if self.is_closed:
            return job
        self._running.add(job)
        for signal, slot in (
            (job.finished, finished),
            (job.failed, failed or self.unheard.emit),
            (job.cancelled, cancelled),
            (job.progressed, progressed),
        ):
            if slot is not None:
                signal.connect(slot)
        job.ended.connect(self._forget)
        job.is_quiet, job.is_drawing = quiet, drawing
        if not quiet:
            job.took_long.connect(self._say_slow)
            job.watch(DIALOG_AFTER_MS)
        self._lane("drawing" if drawing else "database").submit(job.run)
        return job

    def _lane(self, name: str) -> ThreadPoolExecutor:
        if name not in self._lanes:
            from concurrent.futures import ThreadPoolExecutor  # slow to load, not wanted at once

            self._lanes[name] = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
        return self._lanes[name]

    @property
    def running(self) -> tuple[Job, ...]:
        """The jobs that have not ended."""
        return tuple(self._running)

    @property
    def is_drawing(self) -> bool:
        """Whether something is drawn beside the window, or waits to be."""
        return any(job.is_drawing for job in self._running)

    def close(self) -> None:
        """Cancel what runs and wait for it; to be called once, at the end.

        Nobody hears of it any more: a slot that asked for the data would open them anew.
        """
        self.is_closed = True
        for job in self.running:
            job.hush()
            job.cancel()
        for lane in self._lanes.values():
            lane.shutdown(wait=True, cancel_futures=True)

    @Slot(object)
    def _say_slow(self, job: Job) -> None:
        self.slow.emit(job)

    @Slot()
    def _forget(self) -> None:
        job = self.sender()
        if isinstance(job, Job):
            self._running.discard(job)
            job.deleteLater()
