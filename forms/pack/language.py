"""The paper language: the blocks a pack's papers are written in, as typed frozen data.

A paper is one TOML file, read with `msgspec.convert` into `Paper`.  Blocks are told apart by
their key `block`; text holds words and slots (`forms.pack.slots`); measures end in `_mm`,
`_pt` or, counted in characters of the type in use, `_em`.  docs/paper-language.md describes
every block and key.

This module knows no pack, no words of any form and no output format.  `forms.vetting.paper_lint`
says what is wrong with a paper.
"""

from typing import Literal, TypeAlias

import msgspec

from forms.pack.sheet_language import (
    Align,
    Block,
    Continuation,
    Node,
    Page,
    RunningHead,
    Spoken,
    Type,
    When,
)
from forms.pack.table_language import Column, Table

__all__ = [
    "Align",
    "AnyBlock",
    "Block",
    "Cell",
    "Cells",
    "Choice",
    "Clause",
    "Column",
    "Continuation",
    "Grid",
    "HeadLine",
    "InRepeat",
    "InRow",
    "Label",
    "Node",
    "Notes",
    "Option",
    "Over",
    "Page",
    "PageBreak",
    "Paper",
    "PaperScope",
    "Paragraph",
    "PartyBlock",
    "PartyLine",
    "Repeat",
    "Row",
    "Rows",
    "RunningHead",
    "Signatures",
    "Spoken",
    "Table",
    "Title",
    "Type",
    "When",
]

PaperScope = Literal["case", "licence", "batch"]
# What a block of a case's paper is repeated for: every owner, whoever signs (the representative or
# the agency alone where one signs for all), the licensee, nobody of the record (once: the block
# itself says who), or each part of the statement (简要说明).
Over = Literal["owners", "signers", "licensee", "once", "statement"]
# What a table's rows are; of a licence: papers for the recordal, what is owed.  In the paper of a
# record that is no case `over` is the name of any list of its facts.
Rows = Literal["cases", "recordal", "owed"]


class Title(Block, tag_field="block", tag="title", frozen=True, kw_only=True):
    """A title, centred.  `at_mm` puts its baseline at a height of the page; 0 lets it flow.

    `notice` are those of its words that are the notice's and not the paper's (（参考样例）):
    what is made to be signed goes without.  `rules_pt` are rules below it over the page's
    width, the upper one first.
    """

    text: str
    notice: str = ""
    size_pt: float = 22
    at_mm: float = 0
    spread_em: float = 0
    rules_pt: tuple[float, ...] = ()
    before_pt: float = 0
    after_pt: float = 0


class Label(Block, tag_field="block", tag="label", frozen=True, kw_only=True):
    """A label at the left in the heading's voice, such as the number of an annex.

    `notice` tells that it is the notice's and not the paper's: what is made to be signed goes
    without.
    """

    text: str
    notice: bool = False
    size_pt: float = 16
    at_mm: float = 0


class HeadLine(Block, tag_field="block", tag="head_line", frozen=True, kw_only=True):
    """A line of up to three parts, over a rule where `rule_pt` is above 0."""

    left: str = ""
    center: str = ""
    right: str = ""
    type: str = "text"
    rule_pt: float = 0.5
    gap_pt: float = 4
    after_pt: float = 0


class Paragraph(Block, tag_field="block", tag="paragraph", frozen=True, kw_only=True):
    """Running text.  `indent_em` indents the first line, `hang_em` the others.

    A `heading` is one of the file as well, with a bookmark.  `at_mm` puts the first line's
    baseline at a height of the page, outside the running text; 0 lets it flow.
    """

    text: str
    type: str = "text"
    indent_em: float = 0
    hang_em: float = 0
    align: Align = "justify"
    before_pt: float = 0
    after_pt: float = 0
    keep_with_next: bool = False
    heading: bool = False
    at_mm: float = 0


class Clause(Block, tag_field="block", tag="clause", frozen=True, kw_only=True):
    """An article: its heading runs in, one em space, then the text; a bookmark is set on it."""

    heading: str
    text: str
    type: str = "text"
    indent_em: float = 2
    keep_with_next: bool = False


class Option(Node, frozen=True, kw_only=True):
    """One way of a choice; its slots are filled only where this way is chosen.

    A way may be said in several options, each with its `when`: the last is the full one.
    """

    value: str
    text: str
    when: When | None = None


class Choice(Block, tag_field="block", tag="choice", frozen=True, kw_only=True):
    """Options to tick, one below the other; a short list stays on one page."""

    path: str
    options: tuple[Option, ...]
    type: str = "text"
    indent_em: float = 0
    whole: bool = True


class Cell(Node, frozen=True, kw_only=True):
    """A cell of a line of cells; without a width it takes what is left."""

    text: str = ""
    width_mm: float = 0
    type: str = "text"
    align: Align = "center"
    spread_em: float = 0


class Cells(Block, tag_field="block", tag="cells", frozen=True, kw_only=True):
    """A line of cells inside a grid's row; `continues` lets them go to a further sheet.

    Without rules (`ruled`) lines of cells are columns of text, as close as their types set them.
    `pad_mm` is the white at the sides of each where it is not the grid's (0).  In papers of records
    `over` may name a list: there is a line for each {item} of it.
    """

    cells: tuple[Cell, ...]
    over: str = ""
    min_pt: float = 23
    pad_mm: float = 0
    continues: bool = False
    ruled: bool = True


class Signatures(Block, tag_field="block", tag="signatures", frozen=True, kw_only=True):
    """Names and seal areas.

    layout "row": in a row of a grid; up to `beside_to` names stand left of their areas in a
    row `beside_mm` high, up to `above_to` above them in a row `above_mm` high, more go to
    the continuation sheet.
    layout "columns": `columns` side by side, the name in a slot above the area, `foot` below.
    Where `between_mm` is above 0 the areas stand so far apart and flush with the text's edges;
    two alone take the outer places, one the last.
    layout "lines": `lines` of text in a column at the left, the area flush right.
    layout "letter": as columns, at the page's foot; of one who signs alone the area stands at the
    right and `lines` left of it at the same foot.
    `name` and the texts are filled for each {item} of `over`; in a row `cell_heading` stands over
    each one's area in the place of the one `heading`.  With `sign_in_file` a PDF has a
    signature field over each area, unless it is a draft.
    """

    over: str = "owners"
    layout: Literal["row", "columns", "lines", "letter"] = "row"
    heading: str = ""
    cell_heading: str = ""
    resumed: str = ""
    name: str = "{item.name}"
    foot: str = ""
    lines: tuple[Paragraph, ...] = ()
    type: str = "text"
    foot_type: str = ""
    seal_mm: float = 50
    beside_to: int = 2
    beside_mm: float = 54
    above_to: int = 3
    above_mm: float = 69
    columns: int = 2
    column_mm: float = 78
    between_mm: float = 0
    name_pt: float = 34
    foot_pt: float = 14
    gap_mm: float = 5
    text_mm: float = 102
    pitch_mm: float = 60
    before_pt: float = 0
    sign_in_file: bool = False


class PartyLine(Node, frozen=True, kw_only=True):
    """A label and its ruled answer in a party's block."""

    label: str
    text: str


class PartyBlock(Block, tag_field="block", tag="party", frozen=True, kw_only=True):
    """A party: labels spread evenly, a colon, a ruled answer; one or two entries a line.

    The second entry of a line begins at `second_part` of the width; where an answer is too
    long for its half it takes the whole line and its partner the next.
    """

    lines: tuple[tuple[PartyLine, ...], ...]
    type: str = "text"
    label_em: float = 5
    second_part: float = 0.56
    second_label_em: float = 4
    colon: str = "："
    after_pt: float = 0


class Notes(Block, tag_field="block", tag="notes", frozen=True, kw_only=True):
    """Notes on a page of their own with their own measures."""

    title: str
    paragraphs: tuple[str, ...]
    type: str = "text"
    title_pt: float = 22
    title_spread_em: float = 0
    left_mm: float = 28
    top_mm: float = 37
    width_mm: float = 156
    gap_pt: float = 24
    indent_em: float = 2


class PageBreak(Block, tag_field="block", tag="page_break", frozen=True, kw_only=True):
    """A new page."""


InRow: TypeAlias = Paragraph | Choice | Cells | Signatures


class Row(Node, frozen=True, kw_only=True):
    """A row of a grid: a label at the left (`mark` hangs left of its lines) and a body.

    Without a label the body takes the whole width.  `rest` takes the height that is left;
    `continues` lets what does not fit go to a further sheet under `heading`, `early` as the first.
    """

    body: tuple[InRow, ...]
    mark: str = ""
    label: str = ""
    heading: str = ""
    min_pt: float = 0
    rest: bool = False
    continues: bool = False
    early: bool = False


class Grid(Block, tag_field="block", tag="grid", frozen=True, kw_only=True):
    """A framed grid of the page's full height; rows share what is left, `spare_pt` each."""

    rows: tuple[Row, ...]
    label_mm: float = 21
    label_type: str = "label"
    pad_mm: float = 2.2
    pad_pt: float = 6
    spare_pt: float = 9
    rule_pt: float = 0.5
    frame_pt: float = 1.3


InRepeat: TypeAlias = Paragraph | Clause | Choice | PartyBlock | Table | PageBreak


class Repeat(Block, tag_field="block", tag="repeat", frozen=True, kw_only=True):
    """Blocks printed once for each {item}; an empty list prints them once, for the pen."""

    over: str
    blocks: tuple[InRepeat, ...]


AnyBlock: TypeAlias = (
    Title
    | Label
    | HeadLine
    | Paragraph
    | Clause
    | Choice
    | Grid
    | Repeat
    | PartyBlock
    | Signatures
    | Notes
    | PageBreak
    | Table
)


class Paper(Node, frozen=True, kw_only=True):
    """One paper of a pack.  `label` is its name among the notice's annexes, `short` in a word.

    It is made of the cases of which `when` holds; `only` says in words which these are.
    """

    when: When | None = None
    only: str = ""
    code: str
    title: str
    short: str = ""
    label: str = ""
    scope: PaperScope = "case"
    formats: tuple[str, ...] = ("pdf",)
    page: Page = Page()
    types: dict[str, Type] = msgspec.field(default_factory=dict)
    running_head: RunningHead | None = None
    continuation: Continuation | None = None
    blocks: tuple[AnyBlock, ...] = ()
