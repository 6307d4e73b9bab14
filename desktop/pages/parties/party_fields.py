"""One entry of the address book, as fields."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.installed.screen_texts import t
from desktop.parts.widgets.basics import button, label, line, row
from desktop.parts.widgets.frames import Card
from desktop.parts.widgets.labelled import LabelledField, scrolled
from desktop.parts.widgets.plain_tip import plain_tip
from forms.exchange.address_book import COLUMNS, DOCUMENT_WORDS, WORDS_OF
from forms.facts.paths import value_at, with_value
from forms.facts.record import Party
from forms.facts.several_names import guess_kind
from forms.ground.cleaning import clean_line, narrow

_KINDS = ("", "unit", "person")
_DOCUMENTS = ("", *DOCUMENT_WORDS)
_NARROWED = ("identity_number", "phone", "email", "fax", "bank.account")
_BESIDE = {"representative": "contact", "phone": "fax"}  # two short fields in one line
_HEADINGS = {"contact": "person", "bank.name": "bank"}


class PartyEditor(Card):
    """Edits a party; what is typed goes nowhere until it is saved."""

    saved = Signal(object)  # Party
    delete_asked = Signal()
    changed = Signal()

    def __init__(self) -> None:
        super().__init__(t("parties.edit.title"), beside=" ")
        self._party = Party()
        self.kind = QComboBox()
        self.kind.setAccessibleName(t("parties.table.name"))
        for kind in _KINDS:
            self.kind.addItem(t(f"parties.kind.{kind or 'unknown'}"), kind or None)
        self.document = QComboBox()
        self.document.addItem("", None)
        for document, words in DOCUMENT_WORDS.items():
            self.document.addItem(words, document)
        self.fields = {c.path: QLineEdit() for c in COLUMNS if c.path not in WORDS_OF}
        self.save_button = button(
            t("parties.edit.save"), "primary", icon="check", keys="Ctrl+S", clicked=self.save
        )
        self.delete_button = button(
            t("parties.edit.delete"), "danger", icon="trash-2", clicked=self.delete_asked.emit
        )
        self._reason = label("", "hint")
        self._choose = label(t("parties.edit.choose"), "hint", wrap=True)
        self._choose.setContentsMargins(16, 16, 16, 16)
        self._inside = self._lay_out()
        self.body.addWidget(self._choose)
        self.body.addWidget(self._inside, 1)
        self.body.addStretch()
        for field in self.fields.values():
            field.textEdited.connect(self._follow)
        self.fields["name"].editingFinished.connect(self._guess)
        self.kind.activated.connect(self._follow)
        self.document.activated.connect(self._follow)
        self.close_party()

    @property
    def shown(self) -> Party:
        """The party as it was before anything was typed."""
        return self._party

    @property
    def party(self) -> Party:
        """The party as it is typed."""
        party: Party = with_value(self._party, "kind", self.kind.currentData())
        party = with_value(party, "document", self.document.currentData())
        for path, field in self.fields.items():
            text = field.text()
            clean = narrow(text) if path in _NARROWED else clean_line(text)
            party = with_value(party, path, clean)
        return party

    @property
    def is_changed(self) -> bool:
        """Whether something is typed that is not saved."""
        return self._inside.isVisibleTo(self) and self.party != self._party

    @property
    def is_new(self) -> bool:
        """Whether an entry is being made that the book does not have yet."""
        return self._inside.isVisibleTo(self) and self.delete_button.isHidden()

    def show_party(self, party: Party, *, is_new: bool = False) -> None:
        """Show an entry to be edited."""
        self._party = party
        for path, field in self.fields.items():
            field.setText(str(value_at(party, path)))
            field.setCursorPosition(0)
        self.kind.setCurrentIndex(_KINDS.index(party.kind or ""))
        self.document.setCurrentIndex(_DOCUMENTS.index(party.document or ""))
        self.show_title(t("parties.edit.new" if is_new else "parties.edit.title"), party.name)
        self.delete_button.setVisible(not is_new)
        self._choose.hide()
        self._inside.show()
        self._follow()

    def close_party(self) -> None:
        """Show none."""
        self._party = Party()
        self.show_title(t("parties.edit.title"))
        self._inside.hide()
        self._choose.show()

    def save(self) -> None:
        """Say that what is typed is to be kept."""
        if self.save_button.isEnabled():
            self.saved.emit(self.party)

    def _guess(self) -> None:
        """A name that shows what it is need not be told."""
        kind = guess_kind(clean_line(self.fields["name"].text()))
        if kind is not None and self.kind.currentData() is None:
            self.kind.setCurrentIndex(_KINDS.index(kind))
            self._follow()

    def _follow(self, *_: object) -> None:
        party = self.party
        reason = ""
        if not party.name:
            reason = t("parties.edit.no_name")
        elif party == self._party:
            reason = t("parties.edit.nothing_new")
        self.save_button.setDisabled(bool(reason))
        self.save_button.setToolTip(plain_tip(reason))
        self._reason.setText(reason)
        self.changed.emit()

    def _lay_out(self) -> QWidget:
        column = QVBoxLayout()
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(12)
        beside: dict[str, QHBoxLayout] = {}
        headers = {c.path: c.header for c in COLUMNS}
        for path, header in headers.items():
            if path in _HEADINGS:
                column.addSpacing(4)
                column.addWidget(line())
                column.addWidget(label(t(f"parties.edit.{_HEADINGS[path]}"), "strong"))
            choices: dict[str, QWidget] = {"kind": self.kind, "document": self.document}
            widget = choices.get(path) or self.fields[path]
            made = LabelledField(header, widget)
            if path in beside:
                beside[path].addWidget(made, 1)
            elif path in _BESIDE and _BESIDE[path] not in _HEADINGS:
                both = row(space=12)
                both.addWidget(made, 1)
                beside[_BESIDE[path]] = both
                column.addLayout(both)
            else:
                column.addWidget(made)
        column.addStretch()
        fields = QWidget()
        fields.setLayout(column)
        foot = row(
            self.delete_button, None, self._reason, self.save_button, margins=(16, 10, 16, 12)
        )
        whole = QWidget()
        inside = QVBoxLayout(whole)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(scrolled(fields), 1)
        inside.addWidget(line())
        inside.addLayout(foot)
        return whole
