"""What the scenes stand on: which page is shown, and waiting in Qt's own loop until it is ready."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QWidget

from desktop.program.app import Program
from desktop.shell.main_window import MainWindow

Prepare = Callable[[Program], QWidget | None]
_Shown = TypeVar("_Shown", bound=QWidget)

_STEP_MS = 50
_PATIENCE_MS = 60_000


class NeverReady(Exception):
    """A screen did not become what it should be."""


def page_shown(program: Program, kind: type[_Shown]) -> _Shown:
    """The page in the window, which is of this kind.  Raises NeverReady."""
    page = program.window.page if isinstance(program.window, MainWindow) else None
    if not isinstance(page, kind):
        raise NeverReady(f"{kind.__name__} is not shown")
    return page


def settle(time_ms: int) -> None:
    """Let the windows work for a while."""
    loop = QEventLoop()
    QTimer.singleShot(time_ms, loop.quit)
    loop.exec()


def until(holds: Callable[[], object]) -> None:
    """Let the windows work until something holds.  Raises NeverReady."""
    for _ in range(_PATIENCE_MS // _STEP_MS):
        if holds():
            return
        settle(_STEP_MS)
    raise NeverReady("what a screen waits for did not come within a minute")
