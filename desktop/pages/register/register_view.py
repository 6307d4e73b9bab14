"""What is seen of the register: filters, table, bulk bar, summary, and how they share the room.

What is done with them is the page's (`desktop.pages.register.register_page`).  It is what a start
shows first: what its first sight does without is loaded later.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.desk.desk import Desk
from desktop.desk.page_base import Page
from desktop.installed.screen_texts import t
from desktop.pages.register.case_table import RegisterTable
from desktop.pages.register.column_menu import ColumnChoice
from desktop.pages.register.filters import FilterRow
from desktop.pages.register.model import RegisterModel
from desktop.pages.register.summary import WIDTH, SummaryPane
from desktop.parts.widgets.basics import button, icon_button, label, line
from desktop.parts.widgets.frames import PageHead

if TYPE_CHECKING:
    from desktop.pages.register.bulk_bar import BulkBar
    from desktop.parts.empty_register import EmptyRegister

BESIDE_FROM = 1240  # from this width on the summary stands beside the table, else above it
_LEAST = 620
_SUMMARY_AFTER_MS = 40


class RegisterView(Page):
    """The register's parts.  A subclass fills them and does what is asked."""

    new_asked = Signal()
    import_asked = Signal()
    sync_asked = Signal()
    templates_asked = Signal()
    bin_asked = Signal()
    bulk_asked = Signal(str)  # what is to be done with the ticked cases

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.model = RegisterModel()
        self.table = RegisterTable(self.model)
        self.filters = FilterRow()
        self.summary = SummaryPane()
        self._bulk: BulkBar | None = None
        self._empty: EmptyRegister | None = None
        self._wants_summary: bool | None = None
        self._is_beside = True
        self._summary_soon = QTimer(self, singleShot=True, interval=_SUMMARY_AFTER_MS)
        self._lay_out()
        self.filters.left_down.connect(self.table.setFocus)
        self.summary.close_asked.connect(self.toggle_summary)

    def _lay_out(self) -> None:
        self._toggle = icon_button(
            "panel-right", t("register.summary.toggle"), keys="Ctrl+\\", clicked=self.toggle_summary
        )
        self._new = button(t("register.new"), "primary", icon="plus", keys="Ctrl+N")
        self._new.clicked.connect(self.new_asked)
        self._from = icon_button("chevron-down", t("templates.menu"), keys="Ctrl+Shift+N")
        self._from.setProperty("role", "button")
        self._from.setFixedSize(28, 32)
        self._from.clicked.connect(self.templates_asked)
        self._import = button(
            t("register.import"),
            icon="file-spreadsheet",
            keys="Ctrl+I",
            clicked=self.import_asked.emit,
        )
        self._sync = button(t("register.sync"), icon="refresh-cw", clicked=self.sync_asked.emit)
        self.columns = ColumnChoice(self.table, self.desk.settings)
        buttons = (
            *(self.columns.button, self._toggle, self._sync),
            *(self._import, self._new, self._from),
        )
        self.head = PageHead(self.title, buttons=buttons)
        self.none_found = label("", "hint")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._nothing_found())
        self._list = QWidget()
        self._column = column = QVBoxLayout(self._list)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.filters, line(), self._stack):
            column.addWidget(widget, 1 if widget is self._stack else 0)
        self._left = left = QVBoxLayout()
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addWidget(self.head)
        left.addWidget(self._list, 1)
        self._whole = QHBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(0)
        self._whole.addLayout(left, 1)
        self._whole.addWidget(self.summary)

    def _nothing_found(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.addStretch(2)
        again = button(t("register.show_all"), "link", clicked=self.filters.show_all)
        for widget in (self.none_found, again):
            beside = QHBoxLayout()
            beside.addStretch()
            beside.addWidget(widget)
            beside.addStretch()
            column.addLayout(beside)
        column.addStretch(3)
        return page

    @property
    def bulk(self) -> BulkBar:
        """The bar below the table, once a case is ticked."""
        if self._bulk is None:
            from desktop.pages.register.bulk_bar import BulkBar

            self._bulk = BulkBar()
            self._bulk.hide()
            self._bulk.asked.connect(self.bulk_asked)
            self._column.addWidget(self._bulk)
        return self._bulk

    @property
    def empty(self) -> EmptyRegister:
        """What stands in the table's place while there is no case."""
        if self._empty is None:
            from desktop.parts.empty_register import EmptyRegister

            self._empty = EmptyRegister(is_sample=self.desk.is_sample)
            self._empty.import_asked.connect(self.import_asked)
            self._empty.new_asked.connect(self.new_asked)
            self._empty.sample_asked.connect(self.desk.sample_asked)
            self._empty.restore_asked.connect(partial(self.desk.go, "settings", group="backup"))
            self._empty.bin_asked.connect(self.bin_asked)
            self._left.addWidget(self._empty, 1)
        return self._empty

    def panes(self) -> Sequence[QWidget]:
        """Table, filters, bulk bar, summary."""
        panes = (self.table, self.filters, self._bulk, self.summary, self._empty)
        return [pane for pane in panes if pane is not None]

    def escape(self) -> bool:
        """Close what lies on top: the summary above the table, the ticks, the search."""
        if not self._is_beside and self.summary.isVisible():
            self.toggle_summary()
        elif self.model.ticked_ids():
            self.model.tick_all(False)
        elif not self.filters.filter.is_open:
            self.filters.show_all()
        else:
            return False
        self.table.setFocus()
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the summary beside the table where there is room, else above it."""
        super().resizeEvent(event)
        self._place_summary()

    def minimumSizeHint(self) -> QSize:
        """The summary does not count: it stands above the table where it is narrow."""
        return QSize(_LEAST, super().minimumSizeHint().height())

    def _place_summary(self) -> None:
        is_beside = self.width() >= BESIDE_FROM
        if is_beside and not self._is_beside:
            self._whole.addWidget(self.summary)
        elif not is_beside and self._is_beside:
            self._whole.removeWidget(self.summary)
        self._is_beside = is_beside
        wanted = is_beside if self._wants_summary is None else self._wants_summary
        has_cases = not self._list.isHidden()
        self.summary.setVisible(wanted and has_cases)
        self._toggle.setVisible(has_cases and not (wanted and is_beside))
        if not is_beside:
            self.summary.setGeometry(self.width() - WIDTH, 0, WIDTH, self.height())
            self.summary.raise_()

    def toggle_summary(self) -> None:
        """Show the summary, or put it away."""
        self._wants_summary = not self.summary.isVisible()
        self._place_summary()
        self._summary_soon.start()

    def show_whether_empty(self, is_empty: bool) -> None:
        """Show the table, or what stands in its place while there is no case."""
        if is_empty or self._empty is not None:
            self.empty.setVisible(is_empty)
            self.empty.show_binned(len(self.desk.store.cases.binned()) if is_empty else 0)
        self._list.setVisible(not is_empty)
        self.columns.button.setVisible(not is_empty)
        self._sync.setVisible(not is_empty)
        self._import.setVisible(not is_empty)
        self._new.setVisible(not is_empty)
        self._from.setVisible(not is_empty)
        self._place_summary()
