"""What a table shows, told by columns: the lines of its rows, and their ticks.

A column says how a row's text is had; nothing here knows what the rows are or where they lie.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from desktop.parts.theme.chips import Look
from desktop.parts.widgets.plain_tip import plain_tip

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole + 1
TICK = 0
"""The column in which the rows of a table that has ticks are ticked."""
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


def _nothing(_row: Any) -> str:
    return ""


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)  # a start waits for what is made
class Column:
    """A column: its header, how wide (logical pixels, 0 shares what is left), what it shows.

    `text` is the first line, `second` the smaller one beneath; `icon` gives a name and a colour
    before them; `chip` a look and a word instead of text; `ink` and `second_ink` the colours of
    the lines, `ground` that of the cell, "" where it has none of its own.  One that `is_small` has
    its first line in the size of labels.  A text too long is cut: with `ends` in its middle, since
    both ends of a file's name tell something; one that `breaks` goes on in a second line first, one
    that `is_right` ends at its right.  A column that `may_go` goes where the window is too narrow.
    """

    header: str
    name: str = ""
    text: Callable[[Any], str] = _nothing
    width: int = 0
    second: Callable[[Any], str] | None = None
    icon: Callable[[Any], tuple[str, str]] | None = None
    chip: Callable[[Any], tuple[Look, str] | None] | None = None
    ink: Callable[[Any], str] | None = None
    second_ink: Callable[[Any], str] | None = None
    ground: Callable[[Any], str] | None = None
    is_small: bool = False
    breaks: bool = False
    ends: bool = False
    is_right: bool = False
    may_go: bool = False


class TableModel(QAbstractTableModel):
    """Rows shown by columns, perhaps each with a tick.

    A subclass holds the rows and knows which are ticked.
    """

    ticked = Signal()

    def __init__(self, columns: Sequence[Column], *, ticks: bool) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.has_ticks = ticks

    # --- what a subclass says ---------------------------------------------------------------

    def row_at(self, place: int) -> Any:
        """The row at a place of the table."""
        raise NotImplementedError

    def is_ticked(self, place: int) -> bool:
        """Whether the row at a place is ticked."""
        raise NotImplementedError

    def tick(self, places: Iterable[int], on: bool = True) -> None:
        """Tick some rows, or untick them."""
        raise NotImplementedError

    def lines(self, row: Any, column: Column) -> tuple[str, str]:
        """The two lines of a cell, the second perhaps ""."""
        return column.text(row), column.second(row) if column.second else ""

    def whole(self, row: Any, column: Column) -> str:
        """What the tooltip of a cell says."""
        return "\n".join(line for line in self.lines(row, column) if line)

    # --- ticks ------------------------------------------------------------------------------

    def toggle(self, place: int) -> None:
        """Tick a row, or take its tick away."""
        self.tick([place], not self.is_ticked(place))

    def redraw(self) -> None:
        """Show the same rows anew."""
        if count := self.rowCount():
            last = self.index(count - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    # --- as Qt asks -----------------------------------------------------------------------

    def columnCount(self, parent: Index | None = None) -> int:
        """How many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The header's words."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].header
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if self.columns[section].is_right else _LEFT
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The texts, for search, screen readers and tooltips; the delegate draws from the row."""
        if not index.isValid():
            return None
        row, column = self.row_at(index.row()), self.columns[index.column()]
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return self.lines(row, column)[0]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return "，".join(line for line in self.lines(row, column) if line)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self.whole(row, column))
        if role == Qt.ItemDataRole.CheckStateRole and self.has_ticks and index.column() == TICK:
            on = self.is_ticked(index.row())
            return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take a tick."""
        is_tick = role == Qt.ItemDataRole.CheckStateRole and self.has_ticks
        if not index.isValid() or not is_tick:
            return False
        self.tick([index.row()], Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Rows are chosen; where they have ticks these are taken."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.has_ticks and index.column() == TICK:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags
