"""A line to search a list in: Down and Enter lead on from it, and a search in vain is said."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from desktop.installed.screen_texts import t
from desktop.parts.theme.icons import icon
from desktop.parts.widgets.plain_tip import plain_tip

if TYPE_CHECKING:  # the register begins without it
    from desktop.parts.widgets.table import RowsTable


class SearchLine(QLineEdit):
    """A line to search in; Down leaves it."""

    left_down = Signal()

    def __init__(self, words: str, name: str = "") -> None:
        """`name` says all that is searched, where the words in the line say but some of it."""
        super().__init__()
        self.setPlaceholderText(words)
        self.setAccessibleName(name or words)
        self.setToolTip(plain_tip(name))
        self.setClearButtonEnabled(True)
        self.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave it by Down."""
        if event.key() == Qt.Key.Key_Down:
            self.left_down.emit()
            return
        super().keyPressEvent(event)

    def leads_to(self, table: RowsTable, take: Callable[[], object] | None = None) -> None:
        """Let Down go to a table, Enter open its row in hand or the first, or `take` what it has.

        The table says so where the search finds nothing.
        """

        def in_hand() -> bool:
            if table.current is None and table.rows:
                table.choose(0)
            return table.current is not None

        def go_down() -> None:
            in_hand()
            table.setFocus()

        def go_on() -> None:
            if take is not None:
                take()
            elif in_hand():
                table.opened.emit(table.current)

        def words() -> str:
            text = self.text().strip()
            return t("widgets.none_found", text=text) if text else ""

        self.left_down.connect(go_down)
        self.returnPressed.connect(go_on)
        table.empty_words = words
