"""The address book's contacts as a menu: each entry brings name, phone, address and mail."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import QMenu, QWidget

from desktop.installed.screen_texts import t
from desktop.parts.theme import tokens as tk
from forms.facts.record import Party
from forms.office.offered_values import CONTACT, Entries, contact_of

Take = Callable[[Mapping[str, str]], object]
"""Called with what the entry says, by field path."""


def offer_contacts(below: QWidget, book: Sequence[Party], take: Take) -> None:
    """Show the entries that name a contact below a widget."""
    menu = QMenu(below)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for party in book:
        own = isinstance(book, Entries) and party is book.own
        said = book.contact(party) if isinstance(book, Entries) else contact_of(party)
        if f"{CONTACT}name" in said:
            words = "　".join(dict.fromkeys((said[f"{CONTACT}name"], party.name)))
            words += t("parties.from_office") if own else ""
            menu.addAction(words.replace("&", "&&")).triggered.connect(partial(_take, take, said))
    if menu.isEmpty():
        menu.addAction(t("parties.no_contacts")).setEnabled(False)
    menu.setMinimumSize(QSize(280, tk.ROW))
    menu.popup(below.mapToGlobal(QPoint(0, below.height() + 2)))


def _take(take: Take, said: Mapping[str, str], _checked: bool = False) -> None:
    take(said)
