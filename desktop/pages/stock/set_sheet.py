"""What is asked when an item is set for many patents at once."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.installed.screen_texts import t
from desktop.pages.stock.answer_fields import AnswerField
from desktop.pages.stock.stock_row import StockRow
from desktop.parts.widgets.basics import button, label, row
from desktop.parts.widgets.sheet import Sheet
from forms.facts.record import LedgerEntry
from forms.stock.facts import InStock
from forms.stock.records import StockPatent
from forms.stock.stock_items import Item, StockForm


class SetSheet(Sheet):
    """Asks for an answer; `text` is what was given, "" empties the item."""

    def __init__(self, form: StockForm, item: Item, count: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.text = ""
        self.setWindowTitle(t("stock.bulk.set", name=item.header))
        self.setMinimumWidth(420)
        self.field = AnswerField(item)
        blank = InStock(
            id=0,
            revision=0,
            patent=StockPatent(),
            entry=LedgerEntry(),
            parsed=None,
            of_ledger=False,
        )
        self.field.show_row(StockRow(form, blank))
        self.field.given.connect(self._take)
        self.yes = button(
            t("stock.bulk.yes", count=count), "primary", mnemonic="Y", clicked=self._agree
        )
        self.yes.setDefault(True)
        stay = button(t("frame.leave_as_is"), mnemonic="C", clicked=self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(label(item.label, "step"))
        layout.addWidget(label(t("stock.bulk.words", count=count), "hint", wrap=True))
        layout.addWidget(self.field)
        layout.addSpacing(4)
        layout.addLayout(row(None, stay, self.yes))

    def _take(self, _code: str, text: str) -> None:
        self.text = text

    def _agree(self) -> None:
        if self.field.item.kind == "text":
            self.text = self.field.line.text()
        self.accept()
