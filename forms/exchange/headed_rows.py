"""Rows beneath a header that names columns in any order, in lists of the program's own.

What is asked of a case goes by its pack (`forms.exchange.sheet_columns`).  This module knows
cells and words, nothing of what a list is about.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

from forms.exchange.sheets import Sheet
from forms.ground.cleaning import Cell, fold
from forms.pack.types import FieldKind

FIRST_ROWS = 20
"""In how many rows at the top the header is looked for."""
TEN_THOUSAND = "万元"
_MARKS = "()（）[]【】*＊"

Named = Mapping[str, tuple[FieldKind, tuple[str, ...]]]
"""Columns by the value's name: its kind, and the headings that mean it."""
T = TypeVar("T")


def header_of(sheet: Sheet, understood: Callable[[Sequence[Cell]], T]) -> tuple[int, T] | None:
    """Return the place of the header and what is understood of it; None where none is found.

    `understood` returns what is empty for a row that is no header.
    """
    for place, cells in enumerate(sheet.rows):
        if place >= FIRST_ROWS:
            return None
        if found := understood(cells):
            return place, found
    return None


def rows_beneath(sheet: Sheet, header: int) -> Iterator[tuple[int, Sequence[Cell]]]:
    """Yield the rows beneath a header that hold anything, with their lines as a sheet counts."""
    for place, cells in enumerate(sheet.rows):
        if place > header and any(cell not in (None, "") for cell in cells):
            yield place + 1, cells


def columns_named(
    cells: Sequence[Cell], named: Named, *, signs: str = ""
) -> dict[str, tuple[int, bool]]:
    """Return where each column stands, and whether it is in ten thousands (万元).

    Brackets and stars of a heading say nothing, nor do `signs`.
    """
    without = str.maketrans("", "", _MARKS + signs)
    found: dict[str, tuple[int, bool]] = {}
    for place, cell in enumerate(cells):
        if not isinstance(cell, str):
            continue
        head = fold(cell.translate(without))
        is_large = head.endswith(TEN_THOUSAND)
        head = head.removesuffix(TEN_THOUSAND).removesuffix("元")
        for name, (_, words) in named.items():
            if name not in found and head in words:
                found[name] = (place, is_large)
    return found
