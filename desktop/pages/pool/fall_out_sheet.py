"""What the ledger calls for: patents that fall out, each with day and basis, ticked and taken."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.installed.screen_texts import t
from desktop.parts.widgets.basics import button, label, row
from desktop.parts.widgets.sheet import Sheet
from desktop.parts.widgets.table import RowsTable
from desktop.parts.widgets.table_model import Column
from forms.office.pool_sync import Offered
from forms.pool.book_columns import WHY_WORDS


class FallOutSheet(Sheet):
    """Shows what falls out; `chosen` is what was ticked."""

    def __init__(self, parent: QWidget | None, offered: Sequence[Offered]) -> None:
        super().__init__(parent)
        self.setWindowTitle(t("pool.sync.title"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.resize(860, 460)
        self.table = RowsTable(_columns(), t("pool.sync.title"), ticks=True)
        self.table.show_rows(offered)
        self.table.rows_model.tick(range(len(offered)))
        self.table.rows_model.ticked.connect(self._follow)
        self.yes = button(t("pool.sync.yes"), "primary", mnemonic="Y", clicked=self.accept)
        self.yes.setDefault(True)
        stay = button(t("frame.leave_as_is"), mnemonic="C", clicked=self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(label(t("pool.sync.title"), "step"))
        layout.addWidget(label(t("pool.sync.words"), "hint", wrap=True))
        layout.addWidget(self.table, 1)
        layout.addLayout(row(None, stay, self.yes))
        self.table.setFocus()

    @property
    def chosen(self) -> list[Offered]:
        """What was ticked."""
        return self.table.rows_model.ticked_rows()

    def _follow(self) -> None:
        self.yes.setEnabled(bool(self.chosen))


def _columns() -> tuple[Column, ...]:
    return (
        Column(
            header=t("pool.patents.table.title"),
            text=lambda one: one.patent.record.title or one.patent.record.number,
            second=lambda one: one.patent.record.number,
            width=260,
        ),
        Column(header=t("pool.patents.why"), text=_why, second=_day, width=150),
        Column(
            header=t("pool.sync.because"),
            text=lambda one: one.offer.words,
            second=lambda one: one.offer.basis,
        ),
    )


def _why(one: Any) -> str:
    return WHY_WORDS[one.offer.why]


def _day(one: Any) -> str:
    day = one.offer.out_on
    return t("pool.patents.out_on", day=day) if day else t("pool.sync.day_asked")
