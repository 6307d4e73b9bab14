"""The name of a contact: chosen from the address book, it brings phone, address and mail along."""

from collections.abc import Mapping

from PySide6.QtCore import Slot

from desktop.editing.contact_menu import offer_contacts
from desktop.editing.draft import Draft
from desktop.editing.form.editors import LineEditor
from desktop.editing.form.owner_editors import Book
from desktop.installed.screen_texts import t
from desktop.parts.widgets.basics import button


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
        """Offer the entries that name a contact."""
        offer_contacts(self.from_book, self._book(), self._take)

    def _take(self, said: Mapping[str, str]) -> None:
        """Put what an entry says into the fields this pack asks for."""
        asked = {field.path for field in self.draft.pack.fields}
        self.draft.put_all({path: text for path, text in said.items() if path in asked})
        self.line.setFocus()
