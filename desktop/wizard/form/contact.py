"""The name of a contact: chosen from the address book, it brings phone, address and mail along."""

from PySide6.QtCore import QPoint, QSize, Qt, Slot
from PySide6.QtWidgets import QMenu

from desktop.texts import t
from desktop.theme import tokens as tk
from desktop.widgets.basics import button
from desktop.wizard.draft import Draft
from desktop.wizard.form.editors import LineEditor
from desktop.wizard.form.owners import Book
from forms.office.offered import CONTACT, contact_of
from forms.record import Party


class ContactEditor(LineEditor):
    """A line for the name, and the way to the address book."""

    def __init__(self, draft: Draft, path: str, book: Book) -> None:
        self._book = book
        super().__init__(draft, path)
        self.from_book = button(t("wizard.owners.book"), icon="book-user", clicked=self.open_book)
        holder = self.whole.itemAt(0).layout()
        assert holder is not None
        holder.addWidget(self.from_book)

    @Slot()
    def open_book(self) -> None:
        """Offer the entries that say anything of a contact."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for party in self._book():
            said = contact_of(party)
            if f"{CONTACT}name" in said:
                action = menu.addAction("　".join((said[f"{CONTACT}name"], party.name)))
                action.triggered.connect(_Taking(self, party))
        if menu.isEmpty():
            menu.addAction(t("wizard.form.no_contacts")).setEnabled(False)
        menu.setMinimumSize(QSize(280, tk.ROW))
        menu.popup(self.from_book.mapToGlobal(QPoint(0, self.from_book.height() + 2)))

    def take(self, party: Party) -> None:
        """Put what an entry says of a contact into the fields this pack asks for."""
        asked = {field.path for field in self.draft.pack.fields}
        said = {path: text for path, text in contact_of(party).items() if path in asked}
        self.draft.put_all(said)
        self.line.setFocus()


class _Taking:
    """Takes an entry; a bound slot that holds no frame."""

    def __init__(self, editor: ContactEditor, party: Party) -> None:
        self._editor, self._party = editor, party

    def __call__(self) -> None:
        self._editor.take(self._party)
