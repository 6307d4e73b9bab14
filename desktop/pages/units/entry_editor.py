"""One entry of the roll: a unit or an expert, kept as soon as a field is left."""

from typing import Any

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from desktop.installed.screen_texts import t
from desktop.parts.widgets.basics import button, clear, row
from desktop.parts.widgets.frames import Card
from desktop.parts.widgets.labelled import FieldProblem, LabelledField, scrolled
from forms.bureau.units import Expert, Unit
from forms.ground.cleaning import clean_line

UNIT_FIELDS = (
    *("name", "kind", "region", "contact", "phone", "email", "address", "identity_number"),
    *("aliases", "notes"),
)
EXPERT_FIELDS = ("name", "employer", "title", "field", "region", "phone", "email", "notes")
_BETWEEN = "；"


class EntryEditor(Card):
    """Edits an entry; `left` carries it as typed when a field is left, `saved` when it is done.

    `delete_asked` asks to take it out.
    """

    left = Signal(object)
    saved = Signal(object)
    delete_asked = Signal()

    def __init__(self) -> None:
        super().__init__(" ", beside=" ")
        self.entry: Unit | Expert | None = None
        self.fields: dict[str, QLineEdit] = {}
        self.reports = QCheckBox(t("units.reports"))
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(16, 12, 16, 12)
        self._column.setSpacing(10)
        self.body.addWidget(scrolled(inside), 1)
        self.delete_button = button(t("units.delete"), "danger", clicked=self.delete_asked.emit)
        self._save = button(t("units.save"), "primary", keys="Ctrl+S", clicked=self.save)
        self.body.addLayout(row(self.delete_button, None, self._save, margins=(16, 10, 16, 12)))
        self._labelled: dict[str, LabelledField] = {}

    def show_entry(self, entry: Unit | Expert, *, is_new: bool = False) -> None:
        """Show an entry."""
        self.entry = entry
        is_unit = isinstance(entry, Unit)
        names = UNIT_FIELDS if is_unit else EXPERT_FIELDS
        clear(self._column)
        self.fields, self._labelled = {}, {}
        for name in names:
            edit = QLineEdit(_text(getattr(entry, name)))
            group = "unit" if is_unit else "expert"
            hint = t("units.aliases_hint") if name == "aliases" else ""
            self._labelled[name] = LabelledField(t(f"units.{group}.{name}"), edit, hint=hint)
            self.fields[name] = edit
            edit.editingFinished.connect(self._leave_field)
            self._column.addWidget(self._labelled[name])
        if isinstance(entry, Unit):
            self.reports = QCheckBox(t("units.reports"))
            self.reports.setChecked(entry.reports)
            self.reports.toggled.connect(self._leave_field)
            self._column.addWidget(self.reports)
        self._column.addStretch()
        new = "units.new_unit" if is_unit else "units.new_expert"
        self.show_title(t(new) if is_new else entry.name, "")
        self.delete_button.setVisible(not is_new)
        self.show()

    @property
    def is_changed(self) -> bool:
        """Whether something is typed that is not kept."""
        return self.entry is not None and self.typed() != self.entry

    def typed(self) -> Unit | Expert:
        """The entry as it is typed."""
        assert self.entry is not None
        said: dict[str, Any] = {name: clean_line(edit.text()) for name, edit in self.fields.items()}
        if isinstance(self.entry, Unit):
            names = said["aliases"].replace(";", _BETWEEN).split(_BETWEEN)
            said["aliases"] = tuple(filter(None, map(str.strip, names)))
            said["reports"] = self.reports.isChecked()
        changed: Unit | Expert = msgspec.structs.replace(self.entry, **said)
        return changed

    def _leave_field(self) -> None:
        """Let what is typed be kept; an entry without a name has no place yet."""
        if self.is_changed and self.typed().name:
            self.left.emit(self.typed())

    def save(self) -> None:
        """Say what is typed; a name is needed."""
        if self.entry is None:
            return
        typed = self.typed()
        wrong = [] if typed.name else [FieldProblem("error", t("units.no_name"))]
        self._labelled["name"].show_problems(wrong)
        if wrong:
            self.fields["name"].setFocus()
            return
        self.saved.emit(typed)


def _text(value: object) -> str:
    return _BETWEEN.join(value) if isinstance(value, tuple) else str(value)
