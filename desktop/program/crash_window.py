"""What the clerk sees when the program meets what it was not made for.

Calm words, what is safe, and a report that can be copied: kinds of errors and places in the
program, versions, never a case.
"""

import platform
from collections.abc import Callable

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from desktop.installed.crash_notes import places
from desktop.installed.screen_texts import t
from desktop.parts.widgets.basics import button, icon_label, label, row
from desktop.parts.widgets.sheet import Sheet


def report(error: BaseException, version: str) -> str:
    """All that we need to mend it, and nothing of anybody's data."""
    head = [
        f"OpenLicense Desk {version}",
        f"Python {platform.python_version()}, Qt {qVersion()}",
        f"{platform.system()} {platform.release()} {platform.machine()}",
        "",
    ]
    return "\n".join([*head, *places(error)]) + "\n"


class CrashWindow(Sheet):
    """Says what happened and what is safe; the clerk goes on or leaves.

    No window is its parent: what failed in a sheet is told though the sheet goes the moment after.
    """

    def __init__(self, text: str, leave: Callable[[], object]):
        super().__init__()
        self._leave = leave
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.setWindowTitle(t("frame.app"))
        self.setMinimumWidth(520)
        self._report = QPlainTextEdit(text)
        self._report.setReadOnly(True)
        self._report.setAccessibleName(t("crash.report"))
        self._report.setMinimumHeight(160)
        self._copy = button(t("crash.copy"), icon="clipboard-copy", mnemonic="C", clicked=self.copy)
        stay = button(t("crash.stay"), "primary", mnemonic="G", clicked=self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addLayout(
            row(icon_label("info", "advice", 24), label(t("crash.title"), "step"), None, space=12)
        )
        layout.addWidget(label(t("crash.words"), wrap=True))
        layout.addWidget(label(t("crash.report_words"), "hint", wrap=True))
        layout.addWidget(self._report)
        go = button(t("crash.leave"), mnemonic="Q", clicked=self.leave)
        layout.addLayout(row(self._copy, None, go, stay))
        stay.setFocus()

    def show_over(self, window: QWidget | None) -> None:
        """Show it in the middle of a window, of the screen where there is none."""
        if window is not None:
            self.adjustSize()
            self.move(window.frameGeometry().center() - self.rect().center())
        self.show()
        self.raise_()
        self.activateWindow()

    def copy(self) -> None:
        """Put the report on the clipboard."""
        QGuiApplication.clipboard().setText(self._report.toPlainText())
        self._copy.setText(t("crash.copied"))

    def leave(self) -> None:
        """Leave the program."""
        self.accept()
        self._leave()
