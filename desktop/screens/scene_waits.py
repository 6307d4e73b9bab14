"""What the scenes stand on: which page is shown, and waiting in Qt's own loop until it is ready."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from desktop.program.app import Program
from desktop.shell.main_window import MainWindow

Prepare = Callable[[Program], QWidget | None]
_Shown = TypeVar("_Shown", bound=QWidget)

_STEP_MS = 10
_PATIENCE_MS = 60_000
_LONGEST_MS = 10_000
_SOON_MS = 1_000  # what is to begin later (notices that go) is not waited for
_LOOKS = 2  # what ends in one step may begin something in the next


class NeverReady(Exception):
    """A screen did not become what it should be."""


def page_shown(program: Program, kind: type[_Shown]) -> _Shown:
    """The page in the window, which is of this kind.  Raises NeverReady."""
    page = program.window.page if isinstance(program.window, MainWindow) else None
    if not isinstance(page, kind):
        raise NeverReady(f"{kind.__name__} is not shown")
    return page


def settle(most_ms: int = _LONGEST_MS) -> None:
    """Let the windows work until they rest, at most so long (milliseconds).

    They rest when no job runs and no timer is to begin anything soon. A loaded machine takes
    seconds to get there, and what is looked at before is no screen that a clerk sees.
    """
    ends = QDeadlineTimer(most_ms)
    _work(min(most_ms, _STEP_MS))
    looks = 0
    while looks < _LOOKS and not ends.hasExpired():
        _work(_STEP_MS)
        looks = looks + 1 if _rest() else 0


def until(holds: Callable[[], object]) -> None:
    """Let the windows work until something holds.  Raises NeverReady."""
    for _ in range(_PATIENCE_MS // _STEP_MS):
        if holds():
            return
        _work(_STEP_MS)
    raise NeverReady("what a screen waits for did not come within a minute")


def _work(time_ms: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(time_ms, loop.quit)
    loop.exec()


def _rest() -> bool:
    """Whether nothing runs, and nothing is to begin soon, in any window."""
    for window in QApplication.topLevelWidgets():
        if isinstance(window, MainWindow) and window.desk.jobs.running:
            return False
        for timer in window.findChildren(QTimer):
            if timer.isActive() and timer.isSingleShot() and timer.interval() < _SOON_MS:
                return False
    return True
