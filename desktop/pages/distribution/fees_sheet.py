"""The annuities that a run takes off: those noted as paid, and others that are entered."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.installed.screen_texts import t
from desktop.pages.distribution.read_facts import Odd, day_of, money_of, text_of
from desktop.parts.widgets.basics import button, label, row
from desktop.parts.widgets.sheet import Sheet
from desktop.parts.widgets.table import RowsTable
from desktop.parts.widgets.table_model import Column
from forms.facts.amounts import grouped
from forms.pool.runs import CentralFee


class FeesSheet(Sheet):
    """Lets annuities be ticked and entered; `fees` are those that count."""

    def __init__(
        self, parent: QWidget, counted: Sequence[CentralFee], offered: Sequence[CentralFee]
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(t("distribution.fees.title"))
        self.setMinimumSize(640, 460)
        self.table = RowsTable(_columns(), t("distribution.fees.title"), ticks=True)
        self.table.empty_words = lambda: t("distribution.fees.none")
        self._rows = [*counted, *offered]
        self._show(range(len(counted)))
        self.number, self.what, self.day, self.amount = (QLineEdit() for _ in range(4))
        for line, name in (
            (self.number, "number"),
            (self.what, "what"),
            (self.day, "day"),
            (self.amount, "amount"),
        ):
            line.setPlaceholderText(t(f"distribution.fees.{name}"))
            line.setAccessibleName(t(f"distribution.fees.{name}"))
        self._fault = label("", tone="error", wrap=True)
        add = button(t("distribution.fees.add"), icon="plus", clicked=self.add)
        yes = button(t("distribution.fees.yes"), "primary", mnemonic="Y", clicked=self.accept)
        stay = button(t("frame.leave_as_is"), mnemonic="C", clicked=self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(label(t("distribution.fees.title"), "step"))
        layout.addWidget(label(t("distribution.fees.words"), "hint", wrap=True))
        layout.addWidget(self.table, 1)
        layout.addLayout(row(self.number, self.what, self.day, self.amount, add))
        layout.addWidget(self._fault)
        layout.addLayout(row(None, stay, yes))

    @property
    def fees(self) -> tuple[CentralFee, ...]:
        """The annuities that are ticked."""
        return tuple(self.table.rows_model.ticked_rows())

    def add(self) -> None:
        """Enter one more, ticked."""
        try:
            fee = CentralFee(
                number=text_of(self.number.text()),
                what=self.what.text().strip(),
                day=day_of(self.day.text()),
                amount=money_of(self.amount.text()),
            )
        except Odd as odd:
            self._fault.setText(str(odd))
            return
        self._fault.setText("")
        ticked = [
            place for place in range(len(self._rows)) if self.table.rows_model.is_ticked(place)
        ]
        self._rows.append(fee)
        self._show([*ticked, len(self._rows) - 1])
        for line in (self.number, self.what, self.day, self.amount):
            line.clear()

    def _show(self, ticked: Sequence[int]) -> None:
        self.table.show_rows(self._rows)
        self.table.rows_model.tick(ticked)


def _columns() -> tuple[Column, ...]:
    return (
        Column(header="", width=40),
        Column(header=t("distribution.fees.number"), text=lambda fee: fee.number),
        Column(header=t("distribution.fees.what"), text=lambda fee: fee.what, width=140),
        Column(header=t("distribution.fees.day"), text=lambda fee: str(fee.day or "—"), width=110),
        Column(
            header=t("distribution.fees.amount"),
            text=lambda fee: grouped(fee.amount) if fee.amount is not None else "—",
            width=110,
            is_right=True,
        ),
    )
