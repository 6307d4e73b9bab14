"""The lapsed rights of others that are watched: listed, taken in from a list, written out."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.desk.desk import Desk
from desktop.installed.known import sentence
from desktop.installed.screen_texts import t
from desktop.parts.dialogs import kinds_of
from desktop.parts.widgets.basics import button, label, row
from desktop.parts.widgets.sheet import Sheet
from desktop.parts.widgets.table import RowsTable
from desktop.parts.widgets.table_model import Column
from forms.ground.endings import TABLES


class WatchSheet(Sheet):
    """Shows the list; what is done with it is done at once."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setWindowTitle(t("stock.watch.title"))
        self.setMinimumSize(860, 480)
        self.table = RowsTable(_columns(), t("stock.watch.title"), ticks=True)
        self.table.empty_words = lambda: t("stock.watch.empty")
        self.take = button(t("stock.watch.take"), icon="file-spreadsheet", clicked=self.take_in)
        self.out = button(t("stock.watch.save"), icon="download", clicked=self.save)
        self.drop = button(t("stock.watch.drop"), clicked=self.drop_ticked)
        close = button(t("frame.close"), mnemonic="C", clicked=self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(label(t("stock.watch.title"), "step"))
        layout.addWidget(label(t("stock.watch.words"), "hint", wrap=True))
        layout.addWidget(self.table, 1)
        layout.addLayout(row(self.take, self.out, self.drop, None, close))
        self.table.rows_model.ticked.connect(self._follow)
        self.show_list()

    def show_list(self) -> None:
        """Show what is watched now."""
        from forms.office.watch_list import watched

        self.table.show_rows([one.record for one in watched(self._desk.store)])
        self._follow()

    def take_in(self) -> None:
        """Take in the rights of lists."""
        from forms.ground.for_the_clerk import ForTheClerk
        from forms.office.case_import import read_files
        from forms.office.watch_list import watch

        kinds = kinds_of("register.workbooks", TABLES)
        files = self._desk.dialogs.files(self, t("stock.watch.take"), kinds)
        if not files:
            return
        try:
            found = watch(self._desk.store, read_files(files), who=self._desk.who)
        except ForTheClerk as problem:
            self._desk.notices.tell("error", sentence(problem) or str(problem))
            return
        words = t("stock.watch.taken", new=len(found.new), changed=len(found.changed))
        tone = "pending" if found.refused else "done"
        details = "\n".join(found.refused[:20])
        self._desk.notices.tell(tone, words, details=details)  # type: ignore[arg-type]
        self.show_list()

    def save(self) -> None:
        """Write the list out as a workbook."""
        from pathlib import Path

        from forms.ground.files import write_atomically
        from forms.office.watch_list import watch_book

        name = Path(f"{t('stock.watch.title')}.xlsx")
        kinds = kinds_of("register.workbooks", (".xlsx",))
        path = self._desk.dialogs.save(self, t("stock.watch.save"), kinds, name)
        if path is not None:
            write_atomically(path, watch_book(self.table.rows))
            self._desk.notices.tell("done", t("stock.reported", names=path.name))

    def drop_ticked(self) -> None:
        """Watch those that are ticked no longer."""
        from forms.office.watch_list import unwatch

        unwatch(self._desk.store, [one.number for one in self.table.rows_model.ticked_rows()])
        self.show_list()

    def _follow(self) -> None:
        self.drop.setEnabled(bool(self.table.rows_model.ticked_rows()))
        self.out.setEnabled(bool(self.table.rows))


def _columns() -> tuple[Column, ...]:
    def day(name: str) -> Any:
        return lambda one: str(getattr(one, name) or "")

    return (
        Column(
            header=t("stock.columns.patent"),
            text=lambda one: one.title or t("stock.untitled"),
            second=lambda one: one.number,
        ),
        Column(header=t("stock.watch.owner"), width=180, text=lambda one: one.owner),
        Column(
            header=t("stock.watch.lapsed"),
            width=150,
            text=day("lapsed_on"),
            second=lambda one: one.reason,
        ),
        Column(header=t("stock.watch.until"), width=110, text=day("until")),
        Column(header=t("stock.watch.use"), width=150, text=lambda one: one.use, breaks=True),
    )
