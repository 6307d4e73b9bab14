"""Takes what nobody caught, in whatever thread; what it shows is loaded when it is wanted."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication

from desktop.parts.notices import Notices
from desktop.program.log import logger

if TYPE_CHECKING:
    from desktop.program.crash_window import CrashWindow


class CrashHook(QObject):
    """Takes what nobody caught: known faults become notices, the rest the calm window.

    One window at a time: what happens behind it goes to the log only.
    """

    _elsewhere = Signal(object)

    def __init__(
        self, notices: Notices, version: Callable[[], str], leave: Callable[[], object]
    ) -> None:
        super().__init__()
        self._notices = notices
        self._version = version
        self._leave = leave
        self._before = (sys.excepthook, threading.excepthook)
        self.window: CrashWindow | None = None
        self._elsewhere.connect(self.meet)

    def begin(self) -> None:
        """Take errors from now on."""
        sys.excepthook = self._caught
        threading.excepthook = self._caught_in_thread

    def end(self) -> None:
        """Give errors back to whoever took them before."""
        sys.excepthook, threading.excepthook = self._before

    @Slot(object)
    def meet(self, error: BaseException) -> None:
        """Tell the clerk of an error, in the window's thread."""
        from desktop.installed.known import sentence
        from desktop.program.crash_window import CrashWindow, report

        known = sentence(error)
        if known is not None:
            self._notices.tell("error", known)
            return
        text = report(error, self._version())
        logger().error("unexpected error\n%s", text)
        if self.window is not None and self.window.isVisible():
            return
        self.window = CrashWindow(text, self._leave)
        self.window.show_over(QApplication.activeWindow())

    def _caught(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._leave()
            return
        self._elsewhere.emit(error)

    def _caught_in_thread(self, caught: threading.ExceptHookArgs) -> None:
        if caught.exc_value is not None:
            self._elsewhere.emit(caught.exc_value)
