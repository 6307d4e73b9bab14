"""A sheet of fields that are declared as a pack's are: typed, read, and told where unreadable."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.installed.screen_texts import t
from desktop.parts.widgets.basics import button, label, row
from desktop.parts.widgets.labelled import FieldProblem, LabelledField, scrolled
from desktop.parts.widgets.sheet import Sheet
from forms.pack.reading import BLANKS, Unreadable, Value, read, write
from forms.pack.types import Choice, Field

_WIDE_KINDS = ("long_text",)
_FLAGS = (Choice(value="true", label="是"), Choice(value="false", label="否"))
_HIGH, _MOST_HIGH, _TEXT_HIGH = 66, 560, 76


class FieldEdit(QWidget):
    """One field: a line, a longer text, or a choice, with its label and what is wrong with it."""

    def __init__(self, field: Field, value: Value, options: Sequence[str] = ()) -> None:
        super().__init__()
        self.field = field
        self.line: QLineEdit | QPlainTextEdit | QComboBox
        choices = field.choices or (_FLAGS if field.kind == "flag" else ())
        if choices:
            combo = QComboBox()
            combo.addItem("", "")
            for one in choices:
                combo.addItem(one.label, one.value)
            told = str(value).lower() if isinstance(value, bool) else value
            combo.setCurrentIndex(max(0, combo.findData(told or "")))
            self.line = combo
        elif options:
            combo = QComboBox()
            combo.setEditable(True)
            combo.addItems(list(options))
            combo.setCurrentText(write(field, value))
            self.line = combo
        elif field.kind == "long_text":
            self.line = QPlainTextEdit(write(field, value))
            self.line.setFixedHeight(_TEXT_HIGH)
            self.line.setTabChangesFocus(True)
        else:
            self.line = QLineEdit(write(field, value))
            self.line.setCursorPosition(0)
        hint = t(f"pool.kinds.{field.kind}") if field.kind in ("date", "patent_number") else ""
        self.labelled = LabelledField(field.label, self.line, hint=hint)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.labelled)

    @property
    def text(self) -> str:
        """What is typed or chosen."""
        if isinstance(self.line, QPlainTextEdit):
            return self.line.toPlainText()
        if isinstance(self.line, QComboBox):
            return self.line.currentText()
        return self.line.text()

    def on_left(self, take: Callable[[], object]) -> None:
        """Have something done when what is typed is left, or a choice made."""
        if isinstance(self.line, QComboBox):
            self.line.activated.connect(lambda _place: take())
        elif isinstance(self.line, QLineEdit):
            self.line.editingFinished.connect(take)
        else:
            self.line.textChanged.connect(take)

    def read(self) -> Value:
        """Return what is meant.  Raises Unreadable, and shows it at the field."""
        self.tell("")
        try:
            return read(self.field, self.text) if self.text.strip() else BLANKS.get(self.field.kind)
        except Unreadable:
            self.tell(t("pool.fields.unreadable", label=self.field.label))
            raise

    def tell(self, fault: str) -> None:
        """Show a fault at the field, or none."""
        self.labelled.show_problems([FieldProblem("error", fault)] if fault else [])


class FieldsSheet(Sheet):
    """Asks for the values of some fields; `values` has them by their paths once it is agreed to.

    `checked` says what is wrong of them and at which field ("" for none in particular).
    """

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        fields: Sequence[Field],
        values: Mapping[str, Value],
        *,
        words: str = "",
        yes: str = "",
        options: Mapping[str, Sequence[str]] | None = None,
        checked: Callable[[Mapping[str, Value]], tuple[str, str] | None] | None = None,
        extra: str = "",
    ) -> None:
        """`extra` is the word of a further button, which sets `is_extra`."""
        super().__init__(parent)
        self.values: dict[str, Value] = {}
        self.is_extra = False
        self._checked = checked
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setMinimumWidth(640)
        told = options or {}
        self.edits = {
            one.path: FieldEdit(one, values.get(one.path), told.get(one.path, ())) for one in fields
        }
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        place = 0
        for one in fields:
            is_wide = one.kind in _WIDE_KINDS
            place += place % 2 if is_wide else 0
            grid.addWidget(self.edits[one.path], place // 2, place % 2, 1, 2 if is_wide else 1)
            place += 2 if is_wide else 1
        inside = QWidget()
        inside.setLayout(grid)
        self._fault = label("", "hint", tone="error", wrap=True)
        self._fault.hide()
        self.yes = button(yes or t("pool.fields.save"), "primary", mnemonic="Y", clicked=self.take)
        self.yes.setDefault(True)
        stay = button(t("frame.leave_as_is"), mnemonic="C", clicked=self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(label(title, "step"))
        if words:
            layout.addWidget(label(words, "hint", wrap=True))
        area = scrolled(inside)
        area.setMinimumHeight(min(_MOST_HIGH, _HIGH * ((place + 1) // 2) + 24))
        layout.addWidget(area, 1)
        layout.addWidget(self._fault)
        buttons: list[QWidget | None] = [None, stay, self.yes]
        if extra:
            other = button(extra, "danger", clicked=self._take_extra)
            other.setAutoDefault(False)
            buttons.insert(0, other)
        layout.addLayout(row(*buttons))
        next(iter(self.edits.values())).line.setFocus()

    def take(self) -> None:
        """Take what was typed, unless something of it can not be meant."""
        found: dict[str, Value] = {}
        wrong: FieldEdit | None = None
        for path, edit in self.edits.items():
            try:
                found[path] = edit.read()
            except Unreadable:
                wrong = wrong or edit
        fault = self._checked(found) if self._checked is not None and wrong is None else None
        self._fault.setVisible(fault is not None and fault[0] not in self.edits)
        if fault is not None:
            path, words = fault
            wrong = self.edits.get(path)
            if wrong is not None:
                wrong.tell(words)
            else:
                self._fault.setText(words)
        if wrong is not None:
            wrong.line.setFocus()
        elif fault is None:
            self.values, self.is_extra = found, False
            self.accept()

    def _take_extra(self) -> None:
        self.is_extra = True
        self.accept()
