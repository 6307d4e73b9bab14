"""What a workbook says that came back: cells under their items, rows as they stand.

Reading (`forms.exchange.stock_return`) makes it, merging (`forms.stock.merging`) looks at it.
"""

from collections.abc import Mapping

import msgspec

from forms.stock.records import Values


class Said(msgspec.Struct, frozen=True):
    """What stands in an item: its answer, or what was typed where that is none."""

    values: Values = ()
    unread: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands there."""
        return not self.values and not self.unread


NOTHING = Said()


class Returned(msgspec.Struct, frozen=True, kw_only=True):
    """A cell that came back: what it says, why that is no answer, how surely it is of its item.

    `is_guessed` where its column was known by place and content alone, `is_merged` where it says
    what the first of merged cells says.
    """

    said: Said
    fault: str = ""
    is_guessed: bool = False
    is_merged: bool = False


class ReturnedRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row that came back, `row` as a spreadsheet counts it; `number` as it was typed."""

    sheet: str
    row: int
    number: str
    title: str = ""
    filler: str = ""
    cells: Mapping[str, Returned] = {}


class ReturnedFile(msgspec.Struct, frozen=True, kw_only=True):
    """A workbook that came back: its rows, the items without a column, what is to be told."""

    name: str
    sha256: str
    rows: tuple[ReturnedRow, ...]
    lacking: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def place_of(row: ReturnedRow) -> str:
    """Where a row stands, as it is told."""
    sheet = f"“{row.sheet}”" if row.sheet else ""
    return f"{sheet}第 {row.row} 行"
