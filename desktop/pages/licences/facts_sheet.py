"""A sheet that asks for a few facts, each a line, perhaps with a file that proves them."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from desktop.installed.screen_texts import t
from desktop.parts.dialogs import Dialogs
from desktop.parts.widgets.basics import button, label, row
from desktop.parts.widgets.labelled import LabelledField


class FactsSheet(QDialog):
    """Asks for facts: name, label, what stands there, and a hint, each."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        facts: Sequence[tuple[str, str, str]],
        *,
        files: Dialogs | None = None,
    ) -> None:
        """`files` chooses the file, where one may be added."""
        super().__init__(parent)
        self._files = files
        self.file: Path | None = None
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setMinimumWidth(440)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(label(title, "step"))
        self.lines: dict[str, QLineEdit] = {}
        for name, value, hint in facts:
            line = QLineEdit(value)
            self.lines[name] = line
            layout.addWidget(LabelledField(t(f"licences.life.facts.{name}"), line, hint=hint))
        if files is not None:
            self._named = label(t("licences.life.no_file"), "hint")
            choose = button(t("licences.life.choose_file"), icon="paperclip", clicked=self.choose)
            layout.addLayout(row(choose, self._named, None))
        self.yes = button(t("licences.life.save"), "primary", mnemonic="Y", clicked=self.accept)
        self.yes.setDefault(True)
        stay = button(t("frame.leave_as_is"), mnemonic="C", clicked=self.reject)
        layout.addSpacing(4)
        layout.addLayout(row(None, stay, self.yes))
        next(iter(self.lines.values())).setFocus()

    def said(self, name: str) -> str:
        """What was said of a fact."""
        return self.lines[name].text().strip()

    def choose(self) -> None:
        """Ask for the file."""
        assert self._files is not None
        found = self._files.files(self, t("licences.life.choose_file"), t("licences.life.kinds"))
        if found:
            self.file = found[0]
            self._named.setText(found[0].name)
