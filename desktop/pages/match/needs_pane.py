"""The needs at the left: found, filtered, one of them in hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.installed.screen_texts import t
from desktop.pages.match.match_tables import needs_table
from desktop.parts.widgets.basics import column, frame, line
from desktop.parts.widgets.frames import FilterBar
from desktop.parts.widgets.search_line import SearchLine

if TYPE_CHECKING:
    from forms.office.needs import Need
    from forms.office.stored import Kept

FILTERS = ("all", "open", "pushed", "closed")


class NeedsPane(QWidget):
    """Search, filters, table; `chosen` carries the need in hand, None where none is."""

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._needs: Sequence[Kept[Need]] = ()
        self._here = 0
        self.search = SearchLine(t("match.search"), t("match.search_name"))
        self.filters = FilterBar([(name, t(f"match.filters.{name}")) for name in FILTERS])
        self.table = needs_table()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        above = column(self.search, self.filters, margins=(12, 10, 12, 10))
        layout.addWidget(frame("bar", above))
        layout.addWidget(line())
        layout.addWidget(self.table, 1)
        self.search.textChanged.connect(self._show)
        self.search.leads_to(self.table)
        self.filters.chosen.connect(self._show)
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(self.opened)

    def show_needs(self, needs: Sequence[Kept[Need]], here: int = 0) -> None:
        """Show these needs; the one of the id `here`, or else the one in hand, stays in hand."""
        self._needs = needs
        self._here = here or self._here
        self._show()

    def _show(self, *_: object) -> None:
        words = self.search.text().casefold().split()
        counts = {name: sum(one.state == name for one in self._needs) for name in FILTERS}
        self.filters.show_counts(counts | {"all": len(self._needs)})
        self.filters.show_only([name for name in FILTERS if counts[name] or name == "all"])
        wanted, here = self.filters.current, self._here
        shown = [
            one
            for one in self._needs
            if wanted in ("all", one.state) and all(word in _searched(one) for word in words)
        ]
        self.table.show_rows(shown)
        place = next((at for at, one in enumerate(shown) if one.id == here), 0)
        if shown:
            self.table.choose(place)
        else:
            self.chosen.emit(None)

    def _choose(self, kept: Kept[Need]) -> None:
        self._here = kept.id
        self.chosen.emit(kept)


def _searched(kept: Kept[Need]) -> str:
    need = kept.record
    return f"{need.company} {need.words} {need.field} {need.region}".casefold()
