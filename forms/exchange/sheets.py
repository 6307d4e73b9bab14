"""What a workbook or a text table is once it is read: sheets of cells, and why it was not.

This module must not know formats, packs or cases.
"""

import msgspec

from forms.ground.cleaning import Cell
from forms.ground.for_the_clerk import ForTheClerk

# What such files are called; what they are is seen from their content.

MAX_FILE_BYTES = 50_000_000
MAX_ROWS = 50_000
MAX_COLUMNS = 1_000
MAX_CELLS = 4_000_000


class UnreadableFile(ForTheClerk):
    """A file that can not be read at all; the sentence names it."""


class Block(msgspec.Struct, frozen=True):
    """A block of cells, its corners included; rows and columns count from 0."""

    top: int
    left: int
    bottom: int
    right: int


class Sheet(msgspec.Struct, frozen=True):
    """A sheet as it stands: `rows[0]` is row 1.  A hidden one is named but not read.

    `zeros` are cells whose formula found nothing and so gave 0: they are blank in `rows`.
    `hidden_rows` and `hidden_columns` are read, and told.  All count from 0.
    `notes` are sentences for the clerk: what could not be read as it stands in the file.
    """

    file: str
    name: str
    rows: list[list[Cell]]
    hidden: bool = False
    from_1904: bool = False
    """Whether bare numbers of days count from 1904."""
    merged: tuple[Block, ...] = ()
    zeros: frozenset[tuple[int, int]] = frozenset()
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[tuple[int, int], ...] = ()
    notes: tuple[str, ...] = ()


def check_size(where: str, rows: int, columns: int) -> None:
    """Refuse a table too large for this program.  Raises UnreadableFile."""
    if rows > MAX_ROWS:
        what = f"第 {rows} 行还有内容（最多 {MAX_ROWS} 行）"
    elif columns > MAX_COLUMNS:
        what = f"第 {columns} 列还有内容（最多 {MAX_COLUMNS} 列）"
    elif rows * columns > MAX_CELLS:
        what = f"过大（{rows} 行 {columns} 列）"
    else:
        return
    raise UnreadableFile(f"{where}{what}，请拆分成几个文件，或删除表外的零散内容。")
