"""回收站: the cases that were binned, and the way to take them out again."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from desktop.installed.screen_texts import t
from desktop.parts.widgets.basics import button, column, label, line, row
from desktop.parts.widgets.sheet import Sheet
from desktop.parts.widgets.table import RowsTable
from desktop.parts.widgets.table_model import Column
from forms.facts.derived import number_text
from forms.office.stored import StoredCase


class BinSheet(Sheet):
    """Lists binned cases; `taken_out` carries the ids of those that are wanted again."""

    taken_out = Signal(list)

    def __init__(self, cases: Sequence[StoredCase], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(t("register.bin.title"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(720, 480)
        self.table = RowsTable(_columns(), t("register.bin.title"), ticks=True)
        self.table.rows_model.ticked.connect(self._follow)
        none = label(t("register.bin.none"), "hint", wrap=True)
        none.setContentsMargins(24, 20, 24, 20)
        stack = QStackedLayout()
        stack.addWidget(none)
        stack.addWidget(self.table)
        self.table.show_rows(cases)
        stack.setCurrentIndex(1 if cases else 0)
        self.take = button("", "primary", icon="undo-2", clicked=self._take)
        head = column(
            label(t("register.bin.title"), "step"),
            label(t("register.bin.words"), "hint", wrap=True),
            space=4,
            margins=(24, 18, 24, 14),
        )
        close = button(t("frame.close"), clicked=self.reject)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(line())
        whole.addLayout(stack, 1)
        whole.addWidget(line())
        whole.addLayout(row(None, close, self.take, margins=(24, 12, 24, 16)))
        self._follow()

    def _follow(self) -> None:
        count = len(self.table.rows_model.ticked_rows())
        self.take.setText(
            t("register.bin.take_some", count=count) if count else t("register.bin.take")
        )
        self.take.setAccessibleName(self.take.text())
        self.take.setEnabled(count > 0)

    def _take(self) -> None:
        ids = [one.id for one in self.table.rows_model.ticked_rows()]
        self.accept()
        self.taken_out.emit(ids)


def _columns() -> tuple[Column, ...]:
    return (
        Column(
            header=t("register.bin.case"),
            text=lambda one: one.case.patent.title or t("register.no_title"),
            second=lambda one: number_text(one.case),
        ),
        Column(
            header=t("register.bin.owners"),
            text=lambda one: "、".join(owner.name for owner in one.case.owners),
            width=220,
            may_go=True,
        ),
        Column(
            header=t("register.bin.changed"),
            text=lambda one: f"{one.updated_at.astimezone():%Y-%m-%d}",
            width=110,
        ),
    )
