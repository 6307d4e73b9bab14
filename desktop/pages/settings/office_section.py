"""The facts of the office: what heads the summary and signs the mail."""

import msgspec
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from desktop.desk.desk import Desk
from desktop.installed.screen_texts import t
from desktop.installed.workplaces import BUREAU
from desktop.parts.widgets.basics import row
from desktop.parts.widgets.frames import Card
from desktop.parts.widgets.labelled import LabelledField
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
    """Edits the profile; each field is kept when it is left."""

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
        for field in self.fields.values():
            field.editingFinished.connect(self.save)
        self.kind.activated.connect(self.save)

    def show_office(self, office: Office) -> None:
        """Show the profile."""
        for name, field in self.fields.items():
            if not field.hasFocus():
                field.setText(str(value_at(office, name)))
        self.kind.setCurrentIndex(_KINDS.index(office.kind))

    def save(self) -> None:
        """Keep what is typed."""
        old = self._desk.store.parties.office()
        new = msgspec.structs.replace(old, kind=self.kind.currentData())
        for name, field in self.fields.items():
            new = with_value(new, name, clean_line(field.text()))
        if new != old:
            self._desk.store.parties.set_office(new)
            self._desk.office_changed.emit()

    def first(self) -> QWidget:
        """The first field."""
        return self.fields["name"]
