"""A need typed by hand, and the weights of the four parts: two small sheets."""

from __future__ import annotations

from decimal import Decimal

import msgspec
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desktop.installed.screen_texts import t
from desktop.parts.widgets.basics import button, label, row
from desktop.parts.widgets.labelled import FieldProblem, LabelledField
from desktop.parts.widgets.sheet import Sheet
from forms.facts.amounts import plain
from forms.facts.quantities import Unreadable, read_money
from forms.office.matching import PARTS, Weights, shipped
from forms.office.needs import COLUMNS, Need

_LONG = ("words", "notes")
_MOST = 4_000


class NeedSheet(Sheet):
    """Asks for a need; `need` is what was typed once it was accepted, `is_deleted` if it goes."""

    def __init__(self, need: Need | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.need = need or Need()
        self.is_deleted = False
        self.setWindowTitle(t("match.sheet.title" if need else "match.sheet.title_new"))
        self.setMinimumWidth(560)
        self.edits: dict[str, QLineEdit | QPlainTextEdit] = {}
        self._fields: dict[str, LabelledField] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        place = 0
        for one in COLUMNS:
            is_long = one.name in _LONG
            if is_long or one.name == "company":
                place += place % 2
            field = self._made(one.name, one.header, is_long=is_long)
            span = 2 if is_long or one.name == "company" else 1
            grid.addWidget(field, place // 2, place % 2, 1, span)
            place += span
        self.closed = QCheckBox(t("match.sheet.closed"))
        self.closed.setChecked(self.need.closed)
        save = button(t("match.sheet.save"), "primary", mnemonic="S", clicked=self._save)
        save.setDefault(True)
        stay = button(t("frame.leave_as_is"), mnemonic="C", clicked=self.reject)
        foot: list[QPushButton] = []
        if need is not None:
            foot.append(button(t("match.sheet.delete"), "quiet", clicked=self._delete))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addLayout(grid)
        layout.addWidget(self.closed)
        layout.addLayout(row(*foot, None, stay, save))
        self.edits["company"].setFocus()

    def _made(self, name: str, header: str, *, is_long: bool) -> LabelledField:
        value = getattr(self.need, name)
        text = plain(value) if isinstance(value, Decimal) else value or ""
        edit: QLineEdit | QPlainTextEdit
        if is_long:
            edit = QPlainTextEdit(text)
            edit.setFixedHeight(72)
            edit.setTabChangesFocus(True)
        else:
            edit = QLineEdit(text)
            edit.setMaxLength(_MOST)
        self.edits[name] = edit
        self._fields[name] = LabelledField(header, edit)
        return self._fields[name]

    def _typed(self, name: str) -> str:
        edit = self.edits[name]
        text = edit.text() if isinstance(edit, QLineEdit) else edit.toPlainText()
        return text.strip()[:_MOST]

    def _save(self) -> None:
        """Take what was typed; what is wrong is said at its field, and the sheet stays."""
        wrong = {
            name: t(f"match.sheet.{name}_missing")
            for name in ("company", "words")
            if not self._typed(name)
        }
        budget: Decimal | None = None
        if typed := self._typed("budget"):
            try:
                budget = read_money(typed)
            except Unreadable:
                wrong["budget"] = t("match.sheet.budget_odd", text=typed)
        for name, field in self._fields.items():
            field.show_problems([FieldProblem("error", wrong[name])] if name in wrong else [])
        if wrong:
            self.edits[next(iter(wrong))].setFocus()
            return
        self.is_deleted = False
        texts = {name: self._typed(name) for name in self.edits if name != "budget"}
        self.need = msgspec.structs.replace(
            self.need, **texts, budget=budget, closed=self.closed.isChecked()
        )
        self.accept()

    def _delete(self) -> None:
        self.is_deleted = True
        self.accept()


class WeightSheet(Sheet):
    """Asks how much each part counts; `weights` once accepted."""

    def __init__(self, weights: Weights, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.weights = weights
        self.setWindowTitle(t("match.weighing.title"))
        self.setMinimumWidth(440)
        self.spins: dict[str, QSpinBox] = {}
        fields = []
        for name in PARTS:
            spin = QSpinBox()
            spin.setRange(1 if name == "words" else 0, 100)
            spin.setValue(getattr(weights, name))
            self.spins[name] = spin
            fields.append(LabelledField(t(f"match.parts.{name}"), spin))
        usual = button(t("match.weighing.usual"), "link", clicked=self._usual)
        usual.setAutoDefault(False)
        save = button(t("match.weighing.save"), "primary", mnemonic="Y", clicked=self._save)
        save.setDefault(True)
        stay = button(t("frame.leave_as_is"), mnemonic="C", clicked=self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(label(t("match.weighing.words"), "hint", wrap=True))
        layout.addLayout(row(*fields, space=16))
        layout.addLayout(row(usual, None))
        layout.addLayout(row(None, stay, save))

    def _usual(self) -> None:
        for name, spin in self.spins.items():
            spin.setValue(getattr(shipped()[0], name))

    def _save(self) -> None:
        self.weights = Weights(**{name: spin.value() for name, spin in self.spins.items()})
        self.accept()
