"""The units not heard from in the quarter: who they are, how to reach them, a reminder for each."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.installed.screen_texts import t
from desktop.parts.widgets.basics import button, label, row
from desktop.parts.widgets.sheet import Sheet
from desktop.parts.widgets.table import RowsTable
from desktop.parts.widgets.table_model import Column
from forms.bureau.units import Quarter, Unit

_WIDE, _HIGH = 720, 420


class SilentSheet(Sheet):
    """Lists units; `remind` makes reminders for those ticked, or for all."""

    def __init__(
        self,
        quarter: Quarter,
        units: Sequence[Unit],
        remind: Callable[[Sequence[Unit]], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._remind = remind
        self.setWindowTitle(t("intake.silent.title", quarter=quarter.words))
        self.resize(_WIDE, _HIGH)
        self.table = RowsTable(_columns(), t("intake.silent.name"), ticks=True)
        self.table.show_rows(units)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(label(t("intake.silent.words", count=len(units)), "hint", wrap=True))
        layout.addWidget(self.table, 1)
        close = button(t("frame.close"), mnemonic="C", clicked=self.reject)
        yes = button(t("intake.silent.yes"), "primary", icon="mail", clicked=self.remind)
        layout.addLayout(row(None, close, yes))

    def remind(self) -> None:
        """Make reminders for the ticked units, for all where none is."""
        self._remind(self.table.rows_model.ticked_rows() or self.table.rows)
        self.accept()


def _columns() -> Sequence[Column]:
    return (
        Column(header=t("intake.columns.office"), text=lambda unit: unit.name),
        Column(header=t("intake.silent.region"), text=lambda unit: unit.region, width=110),
        Column(
            header=t("intake.silent.contact"),
            text=lambda unit: unit.contact,
            second=lambda unit: unit.phone or unit.email,
            width=200,
        ),
    )
