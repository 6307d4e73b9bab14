"""Tables of the paper language: their columns and measures; see `forms.pack.language`."""

from forms.pack.sheet_language import Align, Block, Node, When


class Column(Node, frozen=True, kw_only=True):
    """A column of a table.  A line end in `header` is one on the paper; it may hold slots.

    Columns side by side with one `group` stand under it.  Where `when` fails there is no such
    column.  One of width 0 takes what the others leave.  `counts` is the path of a flag: what
    `page_sums` of the table counts in this column.
    """

    header: str
    text: str
    width_mm: float
    align: Align = "center"
    group: str = ""
    counts: str = ""
    when: When | None = None

    @property
    def whole_header(self) -> str:
        """The header with the group over it, where a table has one line of headers."""
        return "\n".join(filter(None, (self.group, self.header)))


class Table(Block, tag_field="block", tag="table", frozen=True, kw_only=True):
    """One row for each case of a batch, in order; the header is repeated on every page.

    In a licence's paper `over` says what the rows are, each the {item} of its columns; `sums` is
    a last row, a text for each column; `page_sums` one at the foot of each page, in which {rows}
    are the rows of the page and {count} those that count in the column: its first text takes the
    room of the empty ones after it.  `before_pt` is the white above it on a page begun.
    `head` is the line of text above, within `head_mm`; `seal_mm` the seal area flush right,
    its upper edge at `seal_top_mm` (0: none).  {row} is the row's number.
    """

    columns: tuple[Column, ...]
    over: str = "cases"
    before_pt: float = 0
    sums: tuple[str, ...] = ()
    page_sums: tuple[str, ...] = ()
    head: str = ""
    head_type: str = "text"
    head_at_mm: float = 64
    head_mm: float = 205
    seal_mm: float = 50
    seal_top_mm: float = 0
    next_title: str = ""
    next_title_pt: float = 13
    next_title_mm: float = 16
    header_pt: float = 59
    header_type: str = "header"
    header_gray: float = 0.06
    header_rule_pt: float = 0.9
    type: str = "text"
    row_min_pt: float = 29
    row_pad_pt: float = 6.8
    pad_mm: float = 1.6
    rule_pt: float = 0.5
    frame_pt: float = 1.3
