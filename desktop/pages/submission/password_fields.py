"""Whether the package's zip gets a password; it is kept nowhere."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from desktop.installed.screen_texts import t
from desktop.parts.widgets.basics import label, row
from desktop.parts.widgets.frames import Card
from desktop.parts.widgets.labelled import FieldProblem, LabelledField
from forms.exchange.locked_zip import MOST, BadPassword, check_password


class LockCard(Card):
    """A box to tick, a password, and what is wrong with it."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.wanted = QCheckBox(t("submission.lock.want"))
        self.wanted.toggled.connect(self._follow)
        self.line = QLineEdit()
        self.line.setMaxLength(MOST + 1)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.textChanged.connect(self.changed)
        self.line.editingFinished.connect(self._look_over)
        self.seen = QCheckBox(t("submission.lock.show"))
        self.seen.toggled.connect(self._show)
        self._field = LabelledField(t("submission.lock.password"), self.line, beside=self.seen)
        self._below = QWidget()
        below = QVBoxLayout(self._below)
        below.setContentsMargins(28, 4, 0, 0)
        below.setSpacing(8)
        below.addWidget(self._field)
        below.addWidget(label(t("submission.lock.words"), "hint", wrap=True))
        inside = QVBoxLayout()
        inside.setContentsMargins(16, 12, 16, 12)
        inside.setSpacing(4)
        inside.addLayout(row(self.wanted, None))
        inside.addWidget(self._below)
        self.body.addLayout(inside)
        self._below.hide()

    @property
    def password(self) -> str | None:
        """The password, None where none is wanted."""
        return self.line.text() if self.wanted.isChecked() else None

    @property
    def fault(self) -> str:
        """What is wrong with the password, "" for nothing."""
        try:
            if self.password is not None:
                check_password(self.password)
        except BadPassword as fault:
            return str(fault)
        return ""

    def forget(self) -> None:
        """Let the password go, once the package is made."""
        self.line.clear()
        self.seen.setChecked(False)
        self.wanted.setChecked(False)
        self._field.show_problems([])

    def _follow(self, is_wanted: bool) -> None:
        self._below.setVisible(is_wanted)
        if is_wanted:
            self.line.setFocus()
        self.changed.emit()

    def _show(self, is_shown: bool) -> None:
        modes = QLineEdit.EchoMode
        self.line.setEchoMode(modes.Normal if is_shown else modes.Password)

    def _look_over(self) -> None:
        fault = self.fault
        self._field.show_problems([FieldProblem("error", fault)] if fault else [])
