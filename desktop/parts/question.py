"""The one question, with answers that are verbs; one line, or one of several, asked for."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QVBoxLayout, QWidget

from desktop.installed.screen_texts import t
from desktop.parts.widgets.basics import button, label, row
from desktop.parts.widgets.labelled import LabelledField
from desktop.parts.widgets.sheet import Sheet

_CHOICE, _MOST_CHOICES = 36, 8  # the height of a line; so many are seen at once


class Question(Sheet):
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
        stay = button(t("frame.leave_as_is"), mnemonic="C", clicked=self.reject)
        role = "danger" if danger else "primary"
        buttons = [
            button(one, role if place == 0 else "", mnemonic=key)
            for place, (one, key) in enumerate(zip(answers, "YN", strict=False))
        ]
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
        self._answer = str(pressed.property("accessibleName"))
        self.accept()


class AskText(Sheet):
    """Asks for a line of words."""

    def __init__(
        self, title: str, name: str, yes: str, parent: QWidget | None = None, *, start: str = ""
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setMinimumWidth(420)
        self.line = QLineEdit(start)
        self.line.selectAll()
        self.line.textChanged.connect(self._follow)
        self.yes = button(yes, "primary", mnemonic="Y", clicked=self.accept)
        self.yes.setDefault(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(label(title, "step"))
        layout.addWidget(LabelledField(name, self.line))
        layout.addSpacing(4)
        stay = button(t("frame.leave_as_is"), mnemonic="C", clicked=self.reject)
        layout.addLayout(row(None, stay, self.yes))
        self.line.setFocus()
        self._follow()

    def ask(self) -> str | None:
        """Wait for the answer; None where all stays as it is."""
        return self.line.text() if self.exec() == QDialog.DialogCode.Accepted else None

    def _follow(self) -> None:
        self.yes.setEnabled(bool(self.line.text().strip()))


class AskChoice(Sheet):
    """Asks for one of several; none is chosen at first, so that none is taken by a slip."""

    def __init__(
        self, title: str, text: str, names: Sequence[str], yes: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setMinimumWidth(480)
        self.list = QListWidget()
        self.list.setProperty("role", "contents")
        self.list.setAccessibleName(title)
        self.list.addItems(list(names))
        self.list.setFixedHeight(_CHOICE * min(len(names), _MOST_CHOICES) + 4)
        for place in range(len(names)):
            self.list.item(place).setSizeHint(QSize(0, _CHOICE))
        self.list.itemSelectionChanged.connect(self._follow)
        self.list.itemActivated.connect(self.accept)
        self.yes = button(yes, "primary", mnemonic="Y", clicked=self.accept)
        self.yes.setDefault(True)
        stay = button(t("frame.leave_as_is"), mnemonic="C", clicked=self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(label(title, "step"))
        layout.addWidget(label(text, wrap=True))
        layout.addWidget(self.list)
        layout.addSpacing(4)
        layout.addLayout(row(None, stay, self.yes))
        self.list.setFocus()
        self._follow()

    def ask(self) -> int | None:
        """Wait for the answer; None where none was chosen."""
        is_yes = self.exec() == QDialog.DialogCode.Accepted
        return next(iter(self._chosen()), None) if is_yes else None

    def _follow(self) -> None:
        self.yes.setEnabled(bool(self._chosen()))

    def _chosen(self) -> list[int]:
        """What was chosen: a list that gets the focus has a line in hand, not yet chosen."""
        return [index.row() for index in self.list.selectedIndexes()]
