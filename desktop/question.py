"""The one question: answers that are verbs, and the way to leave all as it is."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from desktop.texts import t
from desktop.widgets.basics import button, label, row


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
