"""What a page's words are, for readers who hear them: headings, tables, paragraphs, seal areas.

A paper's layout grows one tree of elements beside its pages; whatever is drawn names the element
it belongs to, or none (rules, page numbers, running heads: artifacts).  The canvas numbers what
it draws and hands the numbers back, page by page; `forms.output.tag_objects` writes the tree.
Source: ISO 32000-1, 14.7 (logical structure) and 14.8 (tagged PDF); ISO 14289-1 (PDF/UA-1) for
what must be there.
"""

from typing import Literal, NamedTuple, TypeAlias

import msgspec

from forms.pack.language import Spoken

Kind: TypeAlias = Literal[
    "Document",
    "Sect",
    "H1",
    "H2",
    "H3",
    "P",
    "L",
    "LI",
    "LBody",
    "Table",
    "THead",
    "TBody",
    "TR",
    "TH",
    "TD",
    "Span",
    "Figure",
    "Form",
]


class Held(msgspec.Struct, frozen=True, gc=False):
    """An object, such as a field, that belongs to an element: its page from 0, its reference."""

    page: int
    reference: str


class Element(msgspec.Struct, eq=False, array_like=True, gc=False):
    """A node of the tree, made while a paper is laid out.

    `spoken` replaces what is drawn (Alt); `attributes` is a PDF attribute object, "" for none;
    `blank` tells that it is an answer nobody gave.  An element that nothing was drawn for, nor
    for any of its children, is left out; not so a table's cell or a blank beside others.
    """

    kind: Kind
    spoken: str = ""
    attributes: str = ""
    blank: bool = False
    group: int = 0
    kids: "list[Element]" = []

    def add(self, kind: Kind, spoken: str = "", attributes: str = "") -> "Element":
        """Return a new element, the last of this one's children so far."""
        child = Element(kind, spoken, attributes)
        self.kids.append(child)
        return child

    def paragraph(self, group: int = 0) -> "Element":
        """Return a new paragraph; those of one group above 0 in a row become a list."""
        if not group:
            return self.add("P")
        last = self.kids[-1] if self.kids else None
        if last is None or last.group != group:
            last = self.add("L")
            last.group = group
        return last.add("LI").add("LBody")


FIRST_OF_OBJECTS = 100_000  # of the keys in the tree of parents: pages have those below

HEADS_COLUMN = "<</O/Table/Scope/Column>>"
HEADS_ROW = "<</O/Table/Scope/Row>>"
SPANS_BOTH = "<</O/Table/ColSpan 2>>"


def box(left: float, bottom: float, right: float, top: float) -> str:
    """Return the attribute that says where a figure stands (points, PDF coordinates)."""
    return f"<</O/Layout/Placement/Block/BBox[{left:.2f} {bottom:.2f} {right:.2f} {top:.2f}]>>"


class Marks(NamedTuple):
    """What was marked on a page from some place on, so that the same may be marked again.

    `inside_before` counts from the first of these marks.
    """

    owners: list[Element]
    inside: list[Element | Held]
    inside_of: list[Element]
    inside_before: list[int]


PAGE = 1 << 20  # a mark is its page from 0 times this, and its number there


Drawn: TypeAlias = "int | Element | Held"
"""What was drawn of an element: a mark, an element inside it, an object."""


class Tree:
    """The tree of one file.

    What is drawn is kept here and not in the elements, so that a paper laid out once may be
    drawn more than once.
    """

    def __init__(self, document: Element, spoken: Spoken) -> None:
        """Hold the element that has all others below it, and what is heard without words."""
        self.document = document
        self.spoken = spoken
        self.pages: list[str] = []
        self.owners: list[list[Element]] = []
        """The elements that each page's content belongs to, in the order of its marks."""
        self.inside: list[Element | Held] = []
        """What was drawn of elements beside marks: elements inside them, and objects."""
        self.inside_of: list[Element] = []
        self.inside_before: list[int] = []  # the mark that comes next
        self.holders: list[Element] = []  # of objects, in the order of their keys
        self._here: list[Element] = []  # the last of `owners`
        self._first_mark = 0  # of the page

    def begin_page(self, here: str) -> None:
        """Let what is marked from here on stand on a page, by its reference."""
        self._first_mark = len(self.pages) * PAGE
        self.pages.append(here)
        self._here = []
        self.owners.append(self._here)

    def mark(self, element: Element) -> int:
        """Return the number under which the page's next content belongs to an element."""
        owners = self._here
        owners.append(element)
        return len(owners) - 1

    def place(self) -> tuple[int, int]:
        """Return how much is marked on the page, and how much was drawn inside others."""
        return len(self._here), len(self.inside)

    def since(self, place: tuple[int, int]) -> Marks:
        """Return what was marked on the page since a place of it."""
        mark, inside = place
        first = self._first_mark + mark
        before = [one - first for one in self.inside_before[inside:]]
        return Marks(self._here[mark:], self.inside[inside:], self.inside_of[inside:], before)

    def again(self, marks: Marks) -> range:
        """Mark the same once more; return the numbers of its marks."""
        mark = len(self._here)
        first = self._first_mark + mark
        self._here += marks.owners
        self.inside += marks.inside
        self.inside_of += marks.inside_of
        self.inside_before += [first + one for one in marks.inside_before]
        return range(mark, len(self._here))

    def next_key(self) -> int:
        """The place in the tree of parents of the object that is held next."""
        return FIRST_OF_OBJECTS + len(self.holders)

    def hold(self, element: Element, here: str) -> None:
        """Let an object on the page belong to an element, by its reference."""
        self.holders.append(element)
        self._put_inside(element, Held(len(self.pages) - 1, here))

    def key(self) -> int | None:
        """Return the page's place in the tree of parents, None where nothing is marked on it."""
        return len(self.pages) - 1 if self._here else None

    def within(self, element: Element, kind: Kind, spoken: str, attributes: str = "") -> Element:
        """Return a new element inside another, heard as it is spoken."""
        child = Element(kind, spoken, attributes)
        self._put_inside(element, child)
        return child

    def _put_inside(self, element: Element, drawn: Element | Held) -> None:
        self.inside.append(drawn)
        self.inside_of.append(element)
        self.inside_before.append(self._first_mark + len(self._here))

    def drawn(self) -> dict[Element, list[Drawn]]:
        """Return what was drawn of each element, in the order it was drawn."""
        found: dict[Element, list[Drawn]] = {}
        others = [*zip(self.inside_before, self.inside_of, self.inside, strict=True)]
        others.reverse()
        for page, owners in enumerate(self.owners):
            for mark, owner in enumerate(owners, page * PAGE):
                while others and others[-1][0] <= mark:
                    _, of, drawn = others.pop()
                    found.setdefault(of, []).append(drawn)
                found.setdefault(owner, []).append(mark)
        for _, of, drawn in reversed(others):
            found.setdefault(of, []).append(drawn)
        return found
