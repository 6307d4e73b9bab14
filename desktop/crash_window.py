"""What the clerk sees when the program meets what it was not made for.

Calm words, what is safe, and a report that can be copied: kinds of errors and places in the
program, versions, never a case.
"""

import platform
import sys
import threading
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QObject, Signal, Slot, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.crash import places
from desktop.known import sentence
from desktop.log import logger
from desktop.notices import Notices
from desktop.texts import t
from desktop.widgets.basics import button, icon_label, label, row


def report(error: BaseException, version: str) -> str:
    """All that we need to mend it, and nothing of anybody's data."""
    head = [
        f"OpenLicense Desk {version}",
        f"Python {platform.python_version()}, Qt {qVersion()}",
        f"{platform.system()} {platform.release()} {platform.machine()}",
        "",
    ]
    return "\n".join([*head, *places(error)]) + "\n"


class CrashWindow(QDialog):
    """Says what happened and what is safe; the clerk goes on or leaves."""

    def __init__(self, text: str, leave: Callable[[], object], parent: QWidget | None = None):
        super().__init__(parent)
        self._leave = leave
        self.setWindowTitle(t("frame.app"))
        self.setMinimumWidth(520)
        self._report = QPlainTextEdit(text)
        self._report.setReadOnly(True)
        self._report.setAccessibleName(t("crash.report"))
        self._report.setMinimumHeight(160)
        self._copy = button(t("crash.copy"), icon="clipboard-copy", clicked=self.copy)
        stay = button(t("crash.stay"), "primary", clicked=self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addLayout(
            row(icon_label("info", "advice", 24), label(t("crash.title"), "step"), None, space=12)
        )
        layout.addWidget(label(t("crash.words"), wrap=True))
        layout.addWidget(label(t("crash.report_words"), "hint", wrap=True))
        layout.addWidget(self._report)
        layout.addLayout(row(self._copy, None, button(t("crash.leave"), clicked=self.leave), stay))
        stay.setFocus()

    def copy(self) -> None:
        """Put the report on the clipboard."""
        QGuiApplication.clipboard().setText(self._report.toPlainText())
        self._copy.setText(t("crash.copied"))

    def leave(self) -> None:
        """Leave the program."""
        self.accept()
        self._leave()


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
        known = sentence(error)
        if known is not None:
            self._notices.tell("error", known)
            return
        text = report(error, self._version())
        logger().error("unexpected error\n%s", text)
        if self.window is not None and self.window.isVisible():
            return
        self.window = CrashWindow(text, self._leave, _window_on_top())
        self.window.open()

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


def _window_on_top() -> QWidget | None:
    """The window on top, if there is one."""
    window: QWidget | None = QApplication.activeWindow()
    return window
