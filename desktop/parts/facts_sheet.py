"""A sheet that asks for a few facts, each a line, perhaps with a file that proves them."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.installed.screen_texts import t
from desktop.parts.dialogs import Dialogs
from desktop.parts.widgets.basics import button, label, row
from desktop.parts.widgets.labelled import FieldProblem, LabelledField
from desktop.parts.widgets.sheet import Sheet


class FactsSheet(Sheet):
    """Asks for facts: name, label, what stands there, and a hint, each.

    `checked` says what is wrong of what was typed, and in which fact, before it is taken.
    """

    def __init__(
        self,
        parent: QWidget,
        title: str,
        facts: Sequence[tuple[str, str, str, str]],
        *,
        files: Dialogs | None = None,
        checked: Callable[["FactsSheet"], tuple[str, str] | None] | None = None,
        yes: str = "",
    ) -> None:
        """`files` chooses the file, where one may be added; `yes` is verb and object."""
        super().__init__(parent)
        self._checked = checked
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
        self._fields: dict[str, LabelledField] = {}
        for name, words, value, hint in facts:
            line = QLineEdit(value)
            self.lines[name] = line
            self._fields[name] = LabelledField(words, line, hint=hint)
            layout.addWidget(self._fields[name])
        if files is not None:
            self._named = label(t("widgets.facts.no_file"), "hint")
            choose = button(t("widgets.facts.choose_file"), icon="paperclip", clicked=self.choose)
            layout.addLayout(row(choose, self._named, None))
        self.yes = button(
            yes or t("widgets.facts.save"), "primary", mnemonic="Y", clicked=self.take
        )
        self.yes.setDefault(True)
        stay = button(t("frame.leave_as_is"), mnemonic="C", clicked=self.reject)
        layout.addSpacing(4)
        layout.addLayout(row(None, stay, self.yes))
        next(iter(self.lines.values())).setFocus()

    def said(self, name: str) -> str:
        """What was said of a fact."""
        return self.lines[name].text().strip()

    def take(self) -> None:
        """Take what was typed, unless something of it can not be meant."""
        fault = self._checked(self) if self._checked is not None else None
        for name, field in self._fields.items():
            is_it = fault is not None and fault[0] == name
            field.show_problems([FieldProblem("error", fault[1])] if fault and is_it else [])
        if fault is None:
            self.accept()
        else:
            self.lines[fault[0]].setFocus()

    def choose(self) -> None:
        """Ask for the file."""
        assert self._files is not None
        found = self._files.files(self, t("widgets.facts.choose_file"), t("widgets.facts.kinds"))
        if found:
            self.file = found[0]
            self._named.setText(found[0].name)
