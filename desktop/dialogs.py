"""The system's dialogs for files and folders, and the one question: nowhere else are they opened.

They are an object on the desk, so that a test can answer instead of a clerk.
"""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QVBoxLayout, QWidget

from desktop.texts import t
from desktop.widgets.basics import button, label, row


class Dialogs:
    """Asks the clerk."""

    def folder(self, parent: QWidget | None, title: str, start: Path | None = None) -> Path | None:
        """A folder, or None."""
        chosen = QFileDialog.getExistingDirectory(parent, title, str(start or ""))
        return Path(chosen) if chosen else None

    def files(
        self, parent: QWidget | None, title: str, kinds: str, start: Path | None = None
    ) -> list[Path]:
        """Files that are there; `kinds` is Qt's filter ("表格 (*.xlsx *.csv)")."""
        chosen, _ = QFileDialog.getOpenFileNames(parent, title, str(start or ""), kinds)
        return [Path(file) for file in chosen]

    def save(self, parent: QWidget | None, title: str, kinds: str, name: Path) -> Path | None:
        """A file to write, or None."""
        chosen, _ = QFileDialog.getSaveFileName(parent, title, str(name), kinds)
        return Path(chosen) if chosen else None

    def confirm(
        self, parent: QWidget | None, title: str, text: str, yes: str, *, danger: bool = False
    ) -> bool:
        """Whether the clerk says yes; `yes` is verb and object ("删除 3 件案卷")."""
        return Question(title, text, (yes,), parent, danger=danger).ask() == yes


class Question(QDialog):
    """A question with answers that are verbs, and the way to leave all as it is."""

    def __init__(
        self,
        title: str,
        text: str,
        answers: Sequence[str],
        parent: QWidget | None = None,
        *,
        danger: bool = False,
    ) -> None:
        super().__init__(parent)
        self._answer = ""
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setMinimumWidth(420)
        stay = button(t("frame.leave_as_is"), clicked=self.reject)
        buttons = [button(one, "danger" if danger else "primary") for one in answers]
        for one in buttons:
            one.clicked.connect(self._take)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(label(title, "step"))
        layout.addWidget(label(text, wrap=True))
        layout.addSpacing(4)
        layout.addLayout(row(None, stay, *buttons))
        (stay if danger else buttons[0]).setFocus()

    def ask(self) -> str:
        """Wait for the answer; "" where all stays as it is."""
        self.exec()
        return self._answer

    def _take(self) -> None:
        pressed = self.sender()
        self._answer = str(pressed.property("text"))
        self.accept()
