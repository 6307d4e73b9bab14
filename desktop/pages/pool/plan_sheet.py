"""What a workbook would change of a pool: shown before it is taken."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.installed.screen_texts import t
from desktop.parts.widgets.basics import button, label, row
from desktop.parts.widgets.messages import MessageStrip
from desktop.parts.widgets.sheet import Sheet
from desktop.parts.widgets.table import RowsTable
from desktop.parts.widgets.table_model import Column
from forms.ground.cleaning import visible
from forms.office.pool_book_in import BookPlan

_MOST_NOTES = 6


class PlanSheet(Sheet):
    """Shows what would be new, what changed, and what can not be used."""

    def __init__(
        self, parent: QWidget | None, name: str, found: BookPlan, *, enclosed: int = 0
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(t("pool.io.plan"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.resize(820, 520)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(label(t("pool.io.plan"), "step"))
        sums = "；".join(
            t("pool.io.counted", sheet=sheet, new=new, changed=changed)
            for sheet, (new, changed) in found.counted().items()
        )
        same = t("pool.io.unchanged", count=found.unchanged)
        along = t("pool.io.enclosed", count=enclosed) if enclosed else ""
        words = "。".join(part for part in (visible(name), sums, same, along) if part)
        layout.addWidget(label(words, "hint", wrap=True))
        table = RowsTable(_columns(), t("pool.io.plan"))
        table.show_rows(found.changes)
        table.empty_words = lambda: t("pool.io.no_changes")
        layout.addWidget(table, 1)
        if found.notes:
            shown = "\n".join(map(visible, found.notes[:_MOST_NOTES]))
            more = len(found.notes) - _MOST_NOTES
            end = "\n" + t("pool.io.more_notes", count=more) if more > 0 else ""
            layout.addWidget(MessageStrip("pending", shown + end))
        yes = button(t("pool.io.yes"), "primary", mnemonic="Y", clicked=self.accept)
        yes.setEnabled(bool(found.changes or enclosed))
        yes.setDefault(True)
        stay = button(t("frame.leave_as_is"), mnemonic="C", clicked=self.reject)
        layout.addLayout(row(None, stay, yes))
        (yes if found.changes else stay).setFocus()


def _columns() -> tuple[Column, ...]:
    return (
        Column(header=t("pool.io.sheet"), text=lambda one: one.sheet, width=110),
        Column(header=t("pool.io.record"), text=lambda one: visible(one.name)),
        Column(header=t("pool.io.what"), text=_what, width=80),
        Column(header=t("pool.io.fields"), text=lambda one: "、".join(one.fields)),
    )


def _what(one: Any) -> str:
    return t("pool.io.new" if one.is_new else "pool.io.changed")
