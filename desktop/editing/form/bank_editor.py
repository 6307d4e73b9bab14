"""The bank a licensee pays to: the whole account is taken from the licensors or the office."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt, Slot
from PySide6.QtWidgets import QMenu

from desktop.editing.draft import Draft
from desktop.editing.form.editors import LineEditor
from desktop.installed.screen_texts import t
from desktop.parts.theme import tokens as tk
from desktop.parts.widgets.basics import button
from forms.office.offered_values import Account

ACCOUNT = "licence.bank."
Accounts = Callable[[], Sequence[Account]]


class BankEditor(LineEditor):
    """A line for the bank's name, and the accounts that are known."""

    def __init__(self, draft: Draft, path: str, accounts: Accounts) -> None:
        self._accounts = accounts
        super().__init__(draft, path)
        self.known = button(t("wizard.form.accounts"), clicked=self.offer_accounts)
        holder = self.whole.itemAt(0).layout()
        assert holder is not None
        holder.addWidget(self.known)

    @Slot()
    def offer_accounts(self) -> None:
        """Offer the accounts of the licensors and the office."""
        self.accounts_menu().popup(self.known.mapToGlobal(QPoint(0, self.known.height() + 2)))

    def accounts_menu(self) -> QMenu:
        """The accounts, each with whose it is and where it comes from."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for one in self._accounts():
            whose = one.holder + t(f"wizard.form.from_{one.source}")
            words = "　".join(filter(None, (whose, one.bank.name, one.bank.account)))
            action = menu.addAction(words.replace("&", "&&"))
            action.triggered.connect(partial(self._take, one))
        if menu.isEmpty():
            menu.addAction(t("wizard.form.no_accounts")).setEnabled(False)
        menu.setMinimumSize(QSize(280, tk.ROW))
        return menu

    def _take(self, one: Account, _checked: bool = False) -> None:
        bank = one.bank
        said = {"name": bank.name, "address": bank.address, "account": bank.account}
        self.draft.put_all({f"{ACCOUNT}{name}": text for name, text in said.items()})
        self.line.setFocus()
