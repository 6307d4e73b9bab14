"""The bar below the table for the packages that are ticked."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from desktop.installed.screen_texts import t
from desktop.parts.theme import tokens as tk
from desktop.parts.widgets.basics import button, label, row


class BulkBar(QFrame):
    """Says how many packages are ticked and what can be done with them; with none it is hidden."""

    none_asked = Signal()
    receipt_asked = Signal()
    send_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "bulk")
        self.setFixedHeight(tk.BAR)
        self._count = label("", "strong", tone="accent")
        self._cases = label("")
        none = button(t("intake.bulk.none"), "quiet", clicked=self.none_asked.emit)
        receipt = button(t("intake.bulk.receipt"), icon="mail", clicked=self.receipt_asked.emit)
        self.send = button(
            "", "primary", icon="clipboard-check", keys="Ctrl+Enter", clicked=self.send_asked.emit
        )
        parts = (self._count, none, self._cases, None, receipt, self.send)
        self.setLayout(row(*parts, space=12, margins=(20, 0, 20, 0)))
        self.hide()

    def show_count(self, packages: int, cases: int) -> None:
        """Show how many packages are ticked, and how many patents are in them."""
        self._count.setText(t("intake.bulk.count", count=packages))
        self._cases.setText(t("intake.bulk.cases", count=f"{cases:,}"))
        self.send.setText(t("intake.bulk.send", count=f"{cases:,}"))
        self.send.setAccessibleName(self.send.text())
        self.setVisible(packages > 0)
