"""What the list tabs of a pool share: search, filters, a table in a card, an empty word."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from desktop.installed.screen_texts import t
from desktop.pages.pool.pool_actions import PoolActions
from desktop.pages.pool.pool_look import PoolLook
from desktop.pages.pool.tab_table import PoolTab
from desktop.parts.widgets.basics import button, label, row
from desktop.parts.widgets.frames import Card, FilterBar
from desktop.parts.widgets.search_line import SearchLine
from desktop.parts.widgets.table import RowsTable
from desktop.parts.widgets.table_model import Column

_MARGINS = 120


class ListTab(PoolTab):
    """A tab that is a list; a subclass says its rows, which filter one is in, what is searched."""

    NAME = ""
    FILTERS: tuple[str, ...] = ()

    def __init__(
        self, doing: PoolActions, columns: Sequence[Column], *, beside: Sequence[QWidget] = ()
    ) -> None:
        super().__init__(doing)
        self._rows: list[Any] = []
        self._wanted: Callable[[Any], bool] | None = None
        self.search = SearchLine(t(f"pool.{self.NAME}.search"))
        self.search.setMinimumWidth(250)
        self.search.setMaximumWidth(360)
        self.search.textChanged.connect(self.show_rows)
        self.filters = FilterBar(
            [(name, t(f"pool.{self.NAME}.filter.{name}")) for name in self.FILTERS]
        )
        self.filters.chosen.connect(self.show_rows)
        self.only = label("", "hint")
        self.all = button(t("pool.show_all"), "link", clicked=self.show_all)
        self.table = RowsTable(columns, t(f"pool.tabs.{self.NAME}"))
        self.table.empty_words = self._none
        self.search.leads_to(self.table)
        self.strips = QVBoxLayout()
        self.strips.setSpacing(8)
        card = Card()
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setContentsMargins(16, 10, 16, 10)
        self._head.setSpacing(8)
        self._finding = row(self.search, self.filters, self.only, self.all, None, space=12)
        self._acting = row(None, *beside, space=12)
        self._head.addLayout(self._finding)
        if beside:
            self._head.addLayout(self._acting)
        card.body.addLayout(self._head)
        card.body.addWidget(self.table, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 0, 24, 24)
        whole.setSpacing(12)
        whole.addLayout(self.strips)
        whole.addWidget(card, 1)
        self._say_only("")

    def resizeEvent(self, event: object) -> None:
        """What may be done goes below the search where the window is narrow."""
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        wide = self._finding.minimumSize().width() + self._acting.minimumSize().width()
        self._head.setDirection(across if wide + _MARGINS <= self.width() else down)

    # --- what a subclass says -------------------------------------------------------------

    def rows_of(self, look: PoolLook) -> list[Any]:
        """All rows of a pool."""
        raise NotImplementedError

    def is_in(self, row: Any, filter_: str) -> bool:
        """Whether a row is in a filter."""
        raise NotImplementedError

    def found(self, row: Any) -> str:
        """What of a row a search looks at."""
        raise NotImplementedError

    # --- what is shown --------------------------------------------------------------------

    def show_look(self, look: PoolLook) -> None:
        """Show the list of a pool."""
        self.look = look
        self._rows = self.rows_of(look)
        self.filters.show_counts(
            {name: sum(self.is_in(one, name) for one in self._rows) for name in self.FILTERS}
        )
        self.show_rows()

    def show_rows(self, *_: object) -> None:
        """Show what is searched for, in the filter that is chosen; what was in hand stays so."""
        words = self.search.text().casefold().split()
        wanted, filter_ = self._wanted, self.filters.current
        here = self.table.current
        shown = [
            one
            for one in self._rows
            if self.is_in(one, filter_)
            and (wanted is None or wanted(one))
            and (not words or all(word in self.found(one) for word in words))
        ]
        self.table.show_rows(shown)
        key = getattr(here, "id", None)
        place = next((at for at, one in enumerate(shown) if getattr(one, "id", 0) == key), None)
        if place is not None:
            self.table.choose(place)

    def show_only(self, wanted: Callable[[Any], bool], words: str) -> None:
        """Show those only of which something holds, which is said beside the filters."""
        self._wanted = wanted
        self._say_only(words)
        self.show_rows()

    def show_all(self, _checked: bool = False) -> None:
        """Show the whole list again."""
        self._wanted = None
        self.search.clear()
        self._say_only("")
        self.show_rows()

    def first_focus(self) -> QWidget:
        """The table."""
        return self.table

    def _say_only(self, words: str) -> None:
        self.only.setText(words)
        self.only.setVisible(bool(words))
        self.all.setVisible(bool(words))

    def _none(self) -> str:
        key = "none_found" if self._rows else "none"
        return t(f"pool.{self.NAME}.{key}")


def import_button(doing: PoolActions) -> QWidget:
    """The button that takes a workbook or a package in."""
    words = t("pool.io.import")
    return button(words, icon="file-spreadsheet", keys="Ctrl+I", clicked=doing.import_)


def export_button(doing: PoolActions) -> QWidget:
    """The button that writes all of the pool as a workbook."""
    return button(t("pool.io.export"), icon="download", keys="Ctrl+E", clicked=doing.export)


def list_tools(doing: PoolActions, words: str, new: Callable[[], object]) -> tuple[QWidget, ...]:
    """The buttons of a list: take in, write, and the one that adds to it."""
    add = button(words, "primary", icon="plus", keys="Ctrl+N", clicked=new)
    return (import_button(doing), export_button(doing), add)
