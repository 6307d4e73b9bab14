"""The dialog over long work: how far it is, how long yet, and the way to stop it."""

import time

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QProgressBar, QVBoxLayout, QWidget

from desktop.desk.jobs import Job
from desktop.installed.screen_texts import t
from desktop.parts.widgets.basics import button, label, row

_KNOWN_AFTER_S = 1.0
_MINUTE = 60


class ProgressDialog(QDialog):
    """Follows one job; closing it asks the job to stop, and it goes when the job has ended."""

    def __init__(self, job: Job, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job = job
        self._began = time.monotonic()
        self.setWindowTitle(job.label)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setFixedWidth(420)
        self._what = label("", "hint")
        self._left = label("", "hint")
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._stop = button(t("frame.stop"), mnemonic="S", clicked=self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(label(job.label, "pane"))
        layout.addWidget(self._bar)
        layout.addLayout(row(self._what, None, self._left))
        layout.addLayout(row(None, self._stop))
        job.progressed.connect(self.show_progress)
        job.ended.connect(self.accept)

    @Slot(int, int, str)
    def show_progress(self, done: int, total: int, what: str) -> None:
        """Show how far the work is."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._bar.setAccessibleName(f"{done}/{total}")
        self._what.setText(what or t("frame.of", done=done, total=total))
        self._left.setText(time_left(done, total, time.monotonic() - self._began))

    def reject(self) -> None:
        """Ask the job to stop; it ends at its next safe point."""
        self._job.cancel()
        self._stop.setDisabled(True)
        self._left.setText(t("frame.stopping"))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing the dialog is stopping the work; the dialog stays until that is done."""
        if self._job.is_over:
            super().closeEvent(event)
        else:
            self.reject()
            event.ignore()


def follow(window: QWidget | None, job: Job) -> None:
    """Open the dialog over a window."""
    dialog = ProgressDialog(job, window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


def time_left(done: int, total: int, took_s: float) -> str:
    """How long it will take yet, in words; "" while that can not be said."""
    if not 0 < done < total or took_s < _KNOWN_AFTER_S:
        return ""
    seconds = took_s / done * (total - done)
    if seconds < _MINUTE:
        return t("frame.seconds_left", seconds=max(1, round(seconds)))
    return t("frame.minutes_left", minutes=round(seconds / _MINUTE))
