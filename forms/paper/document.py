"""A composed paper as neutral blocks: what stands on it, not where.

`forms.paper.compose` makes a Document from a case; the writers in `forms.output` (PDF, Word,
spreadsheet) read it.  A block keeps the paper's own block as `spec`, so that its measures are
written once, in the paper; nothing here knows fonts' files or a format.
"""

from decimal import Decimal
from functools import lru_cache
from typing import TypeAlias, assert_never

import msgspec

from forms.ground.voices import Role
from forms.pack import language as lang

ON, OFF = "☑", "□"


class Inline(msgspec.Struct, frozen=True, kw_only=True, cache_hash=True, gc=False):
    """A piece of a line."""


class Run(Inline, tag=True, frozen=True, kw_only=True, cache_hash=True, gc=False):
    """Words; `role` None means the paragraph's own.

    `path` names the fact of an answer, or several as a paper's slot does (see `forms.paper.stand`).
    """

    text: str
    role: Role | None = None
    path: str = ""


class Blank(Inline, tag=True, frozen=True, kw_only=True, cache_hash=True, gc=False):
    """A ruled blank with its answer ("" where it is left to the pen).

    `min_em` is its least width in em; `fill` lets it run to the right margin.
    """

    answer: str = ""
    min_em: float = 4
    fill: bool = False
    path: str = ""


class Tick(Inline, tag=True, frozen=True, kw_only=True, cache_hash=True, gc=False):
    """A tick box, □ or ☑; it never parts from the word after it."""

    checked: bool
    path: str = ""
    value: str = ""


class Gap(Inline, tag=True, frozen=True, kw_only=True, cache_hash=True, gc=False):
    """A fixed space of so many em."""

    em: float


class Spread(Inline, tag=True, frozen=True, kw_only=True, cache_hash=True, gc=False):
    """A label spread evenly over so many em, first and last character flush (姓　名)."""

    text: str
    em: float
    role: Role | None = None


class Break(Inline, tag=True, frozen=True, kw_only=True, cache_hash=True, gc=False):
    """A forced line end."""


AnyInline: TypeAlias = Run | Blank | Tick | Gap | Spread | Break

Inlines: TypeAlias = tuple[AnyInline, ...]


@lru_cache(maxsize=2048)
def text_of(inlines: Inlines) -> str:
    """The words of a line: answers without their rules, ticks as ☑ or □."""
    return "".join(map(_text, inlines))


def _text(inline: AnyInline) -> str:
    match inline:
        case Run() | Spread():
            return inline.text
        case Blank():
            return inline.answer
        case Tick():
            return ON if inline.checked else OFF
        case Gap():
            return "\u3000"
        case Break():
            return "\n"
        case _:
            assert_never(inline)


class Block(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A block of a composed paper."""


class Title(Block, tag_field="block", tag="title", frozen=True, kw_only=True, gc=False):
    """A title; `issued` as the notice has it, where some of its words are left off."""

    spec: lang.Title
    text: str
    issued: str = ""


class Label(Block, tag_field="block", tag="label", frozen=True, kw_only=True, gc=False):
    """A label in the heading's voice; without `text` where the notice's `issued` is left off."""

    spec: lang.Label
    text: str
    issued: str = ""


class HeadLine(Block, tag_field="block", tag="head_line", frozen=True, kw_only=True, gc=False):
    """A line of up to three parts: left, in the middle, right."""

    spec: lang.HeadLine
    type: lang.Type
    parts: tuple[Inlines, Inlines, Inlines]


class Paragraph(Block, tag_field="block", tag="paragraph", frozen=True, kw_only=True, gc=False):
    """A paragraph with its type resolved.

    Paragraphs of one `group` above 0 stay on one page if they fit; `bookmark` is the entry
    in the file's outline, whose words run in, or are the whole of a `is_heading`.  `at_mm` above 0
    is the height of its first baseline.
    """

    inlines: Inlines
    type: lang.Type
    indent_em: float = 0
    hang_em: float = 0
    align: lang.Align = "justify"
    before_pt: float = 0
    after_pt: float = 0
    keep_with_next: bool = False
    group: int = 0
    bookmark: str = ""
    is_heading: bool = False
    at_mm: float = 0


class Cell(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A cell; `width_mm` of its spec 0 means what is left."""

    spec: lang.Cell
    paragraph: Paragraph


class Cells(Block, tag_field="block", tag="cells", frozen=True, kw_only=True, gc=False):
    """A line of cells in a grid's row."""

    spec: lang.Cells
    cells: tuple[Cell, ...]


class Seal(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Who signs and seals: the name over or beside the area, lines beside it, a foot below."""

    name: Inlines
    lines: tuple[Paragraph, ...] = ()
    foot: Inlines = ()
    heading: str = ""


class Signatures(Block, tag_field="block", tag="signatures", frozen=True, kw_only=True, gc=False):
    """Names and seal areas, one for each who signs."""

    spec: lang.Signatures
    type: lang.Type
    foot_type: lang.Type
    seals: tuple[Seal, ...]


class Entry(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A label and its answer in a party's block."""

    label: str
    inlines: Inlines


class Party(Block, tag_field="block", tag="party", frozen=True, kw_only=True, gc=False):
    """A party's lines of one or two entries."""

    spec: lang.PartyBlock
    type: lang.Type
    lines: tuple[tuple[Entry, ...], ...]


InRow: TypeAlias = Paragraph | Cells | Signatures


class Row(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A row of a grid; `label` is broken into its lines."""

    spec: lang.Row
    label: tuple[str, ...]
    body: tuple[InRow, ...]


class Grid(Block, tag_field="block", tag="grid", frozen=True, kw_only=True, gc=False):
    """A framed grid."""

    spec: lang.Grid
    label_type: lang.Type
    rows: tuple[Row, ...]


class Notes(Block, tag_field="block", tag="notes", frozen=True, kw_only=True, gc=False):
    """Notes on a page of their own."""

    spec: lang.Notes
    paragraphs: tuple[Paragraph, ...]


class PageBreak(Block, tag_field="block", tag="page_break", frozen=True, kw_only=True, gc=False):
    """A new page."""


class Table(Block, tag_field="block", tag="table", frozen=True, kw_only=True, gc=False):
    """A batch's rows: one tuple of cells for each case; every cell is text.

    Where its spec has sums of pages, `counts` tells by the row which columns it counts in, and
    `total` is the last row, beneath the last of those sums.
    """

    spec: lang.Table
    head: Paragraph | None
    type: lang.Type
    header_type: lang.Type
    rows: tuple[tuple[Inlines, ...], ...]
    counts: tuple[tuple[bool, ...], ...] = ()
    total: tuple[Inlines, ...] = ()


class Bar(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A bar: its label, a part for each series, and the number it carries.

    `case_ids` are the cases it counts: a screen leads to them.
    """

    label: str
    parts: tuple[int | Decimal, ...]
    number: str
    case_ids: tuple[int, ...] = ()


class Chart(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Bars, upright or lying: `series` are the words for their parts, `unit` for the scale."""

    title: str
    bars: tuple[Bar, ...]
    series: tuple[str, ...] = ()
    unit: str = ""
    upright: bool = False

    @property
    def spoken(self) -> str:
        """The chart in words."""
        return f"{self.title}：" + "，".join(f"{bar.label} {bar.number}" for bar in self.bars)


class Charts(Block, tag_field="block", tag="charts", frozen=True, kw_only=True, gc=False):
    """Charts side by side in a frame, of equal width."""

    charts: tuple[Chart, ...]
    height_mm: float
    rule_pt: float = 0.5
    frame_pt: float = 0.8


AnyBlock: TypeAlias = (
    Title
    | Label
    | HeadLine
    | Paragraph
    | Party
    | Signatures
    | Grid
    | Notes
    | PageBreak
    | Table
    | Charts
)


class RunningHead(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The head of the pages after the first."""

    spec: lang.RunningHead
    type: lang.Type
    left: Inlines
    right: Inlines


class Continuation(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What stands on the sheets that take what a grid can not hold."""

    spec: lang.Continuation
    left: Inlines


class Document(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A composed paper.  `number` is the patent number it is about, "" for a batch's.

    `plain` is the same paper with no answer, one object for all copies; None if it is made once.
    """

    code: str
    title: str
    label: str
    number: str
    page: lang.Page
    blocks: tuple[AnyBlock, ...]
    draft: bool = False
    running_head: RunningHead | None = None
    continuation: Continuation | None = None
    plain: "Document | None" = None
