"""The facts of the office: what heads the summary and signs the mail."""

from collections.abc import Callable
from functools import partial

import msgspec
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from desktop.desk.desk import Desk
from desktop.installed.screen_texts import t
from desktop.installed.workplaces import BUREAU
from desktop.parts.widgets.basics import row
from desktop.parts.widgets.frames import Card
from desktop.parts.widgets.labelled import LabelledField
from desktop.parts.widgets.typed import when_typed
from forms.facts.paths import value_at, with_value
from forms.facts.record import Office
from forms.ground.cleaning import clean_line

_OF_BUREAU = (("name",), ("contact", "phone"), ("email", "region"), ("address", "postcode"))
_KINDS = ("university", "special_plan", "city")
_PAIRS = (
    *(("name",), ("contact", "phone"), ("email", "region")),
    *(("address", "postcode"), ("identity_number", "representative")),
    *(("bank.name", "bank.account"), ("bank.address",)),
)


class OfficeCard(Card):
    """Edits the profile; a field is kept when it is left, if something was typed into it."""

    def __init__(self, desk: Desk) -> None:
        is_bureaus = desk.workplace == BUREAU
        whose = "bureau" if is_bureaus else "office"
        super().__init__(t(f"settings.groups.{whose}"), beside=t(f"settings.{whose}.hint"))
        self._desk = desk
        pairs = _OF_BUREAU if is_bureaus else _PAIRS
        self.fields = {name: QLineEdit() for pair in pairs for name in pair}
        self.kind = QComboBox()
        for kind in _KINDS:
            self.kind.addItem(t(f"settings.office.{kind}"), kind)
        column = QVBoxLayout()
        column.setContentsMargins(16, 14, 16, 18)
        column.setSpacing(14)
        for pair in pairs:
            both = row(space=16)
            for name in pair:
                is_its_own = is_bureaus and name in ("name", "region")
                words = t(f"settings.{whose if is_its_own else 'office'}.{name.replace('.', '_')}")
                both.addWidget(LabelledField(words, self.fields[name]), 1)
            column.addLayout(both)
        if not is_bureaus:
            words, hint = t("settings.office.kind"), t("settings.office.kind_help")
            column.addWidget(LabelledField(words, self.kind, hint=hint))
        self.body.addLayout(column)
        self.show_office(desk.store.parties.office())
        for name, field in self.fields.items():
            when_typed(field, partial(self._keep, name))
        self.kind.activated.connect(self._keep_kind)

    def show_office(self, office: Office) -> None:
        """Show the profile."""
        for name, field in self.fields.items():
            if not (field.hasFocus() or field.isModified()):  # nor over what is not kept as yet
                field.setText(str(value_at(office, name)))
        self.kind.setCurrentIndex(_KINDS.index(office.kind))

    def _keep(self, name: str, text: str) -> None:
        """Keep what is typed into one field, and nothing else that the card shows."""
        self._change(lambda office: with_value(office, name, clean_line(text)))

    def _keep_kind(self, _place: int) -> None:
        kind = self.kind.currentData()
        self._change(lambda office: msgspec.structs.replace(office, kind=kind))

    def _change(self, change: Callable[[Office], Office]) -> None:
        if self._desk.store.parties.change_office(change):
            self._desk.office_changed.emit()

    def first(self) -> QWidget:
        """The first field."""
        return self.fields["name"]
