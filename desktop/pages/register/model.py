"""The register's rows as its table asks for them: sorted, filtered, each with its tick.

The model holds all rows and shows some; ticks belong to cases, not to places, and stay while
one searches on.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import date, datetime

from PySide6.QtCore import Qt, Signal

from db.register_rows import RegisterRow
from desktop.installed.screen_texts import t
from desktop.pages.register import cell_words
from desktop.pages.register.case_columns import RETURNED, case_columns
from desktop.pages.register.shown_rows import Filter, Listing, in_order
from desktop.parts.theme.chips import GONE_OUT
from desktop.parts.widgets.table_model import TICK, Column, Index, TableModel

_AT_FIRST = ("changed", True)
_WHOLE = ("title", "owners", "inventors", "department", "royalty")  # told in full by a tooltip


class RegisterModel(TableModel):
    """All rows of the register, and which of them are shown in which order."""

    shown = Signal()  # which rows are shown, or their counts, have changed

    def __init__(self) -> None:
        super().__init__(case_columns(lambda: self.today, self._is_returned), ticks=True)
        self.listing = Listing()
        self.filter = Filter()
        self.sorted_by, self.descending = _AT_FIRST
        self.pack_names: Mapping[str, str] = {}
        """How packs are called where there are cases of several, by their codes."""
        self.returned: Set[int] = frozenset()
        """The cases that a bureau returned and that were not reported again."""
        self._now: datetime | None = None
        self.today = date.max
        self.counts: dict[str, int] = {}
        self._places: Sequence[int] = ()
        self._ids: list[int] = []
        self._ticked: dict[int, None] = {}

    def _is_returned(self, row: RegisterRow) -> bool:
        """Whether a row's state is that it came back; what is mended since says how far it is."""
        return row.id in self.returned and row.state in GONE_OUT

    # --- what is shown --------------------------------------------------------------------

    def show_moment(self, now: datetime) -> None:
        """Say what moment it is: times are told from it."""
        self._now = now.astimezone()
        self.today = self._now.date()

    def take(self, listing: Listing, now: datetime) -> None:
        """Show other rows; the last changed first.  Ticks of cases that are gone go too."""
        self.show_moment(now)
        there = {row.id for row in listing.rows} if self._ticked else ()
        gone = [case_id for case_id in self._ticked if case_id not in there]
        for case_id in gone:
            del self._ticked[case_id]
        self._arrange(listing)
        if gone:
            self.ticked.emit()

    def replace(self, rows: Iterable[RegisterRow], now: datetime) -> None:
        """Show some rows anew, as they now are; those that are not yet here come to the front."""
        self.show_moment(now)
        new = {row.id: row for row in rows}
        old = {row.id: row for row in self.rows if row.id in new}
        if all(case_id in old and _stays(old[case_id], row) for case_id, row in new.items()):
            self.listing = Listing([new.get(row.id, row) for row in self.rows])
            self.redraw()
            return
        kept = [row for row in self.rows if row.id not in new]
        merged = sorted((*new.values(), *kept), key=lambda row: row.updated_at, reverse=True)
        self._arrange(Listing(merged))

    def look_for(self, wanted: Filter) -> None:
        """Show what matches."""
        if wanted != self.filter:
            self.filter = wanted
            self._arrange(self.listing)

    def sort_by(self, column: str, *, descending: bool) -> None:
        """Put the rows in another order."""
        self.sorted_by, self.descending = column, descending
        self._arrange(self.listing)

    @property
    def rows(self) -> list[RegisterRow]:
        """All rows, shown or not, the last changed first."""
        return self.listing.rows

    def _arrange(self, listing: Listing) -> None:
        self.beginResetModel()
        self.listing = listing
        matching = listing.found(self.filter)
        self.counts = listing.counts(matching)
        places = listing.of_state(matching, self.filter.state)
        order = self.sorted_by, self.descending
        self._places = in_order(listing.rows, places, order[0], descending=order[1])
        self._ids = listing.ids(self._places)
        self.endResetModel()
        self.shown.emit()

    def row_at(self, place: int) -> RegisterRow:
        """The row at a place of the table."""
        return self.listing.rows[self._places[place]]

    def place_of(self, case_id: int) -> int:
        """The place of a case in the table, -1 where it is not shown."""
        return self._ids.index(case_id) if case_id in self._ids else -1

    def shown_ids(self) -> list[int]:
        """The cases shown, in order."""
        return list(self._ids)

    # --- ticks ----------------------------------------------------------------------------

    def ticked_ids(self) -> list[int]:
        """The cases that are ticked, in the order they were."""
        return list(self._ticked)

    def ticked_in_order(self) -> list[int]:
        """The cases that are ticked, as they are to be taken in hand one after another.

        In the order the clerk has put the table in; unless that was done, in that in which they
        came: that of the workbook.
        """
        if (self.sorted_by, self.descending) == _AT_FIRST:
            return sorted(self._ticked)
        places = {case_id: place for place, case_id in enumerate(self._ids)}
        return sorted(self._ticked, key=lambda case_id: places.get(case_id, len(places)))

    def tick(self, places: Iterable[int], on: bool = True) -> None:
        """Tick or untick rows by their places in the table."""
        for place in places:
            case_id = self.row_at(place).id
            if on:
                self._ticked[case_id] = None
            else:
                self._ticked.pop(case_id, None)
        self._tick_changed()

    def is_ticked(self, place: int) -> bool:
        """Whether the row at a place is ticked."""
        return self._ids[place] in self._ticked

    def tick_all(self, on: bool) -> None:
        """Tick all that is shown, or untick everything."""
        self._ticked = dict.fromkeys(self._ids) if on else {}
        self._tick_changed()

    def all_ticked(self) -> Qt.CheckState:
        """Whether all that is shown is ticked, some of it or nothing."""
        if not self._ticked:
            return Qt.CheckState.Unchecked
        if len(self._ticked) >= len(self._places) and self._ticked.keys() >= set(self._ids):
            return Qt.CheckState.Checked
        return Qt.CheckState.PartiallyChecked

    def _tick_changed(self) -> None:
        if self._places:
            self.dataChanged.emit(self.index(0, TICK), self.index(len(self._places) - 1, TICK))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, TICK, TICK)
        self.ticked.emit()

    # --- as Qt asks -----------------------------------------------------------------------

    def rowCount(self, parent: Index | None = None) -> int:
        """How many rows are shown."""
        return 0 if parent is not None and parent.isValid() else len(self._places)

    def lines(self, row: RegisterRow, column: Column) -> tuple[str, str]:
        """The two lines of a cell."""
        first, second = cell_words.lines(row, column.name, self.today, self._now)
        if column.name == "state" and self._is_returned(row):
            first = t(RETURNED.word)
        if column.name == "number" and row.pack in self.pack_names:
            second = " · ".join(filter(None, (second, self.pack_names[row.pack])))
        return first, second

    def whole(self, row: RegisterRow, column: Column) -> str:
        """What the tooltip of a cell says: what is cut or stands for several."""
        return cell_words.whole(row, column.name) if column.name in _WHOLE else ""


def _stays(old: RegisterRow, new: RegisterRow) -> bool:
    """Whether a row stays where it is: nothing changed that is searched, sorted or counted."""
    return (old.updated_at, old.state, old.folded) == (new.updated_at, new.state, new.folded)
