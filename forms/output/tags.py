"""What a page's words are, for readers who hear them: headings, tables, paragraphs, seal areas.

A paper's layout grows one tree of elements beside its pages; whatever is drawn names the element
it belongs to, or none (rules, page numbers, running heads: artifacts).  The canvas numbers what
it draws and hands the numbers back, page by page.  Source: ISO 32000-1, 14.7 (logical structure)
and 14.8 (tagged PDF); ISO 14289-1 (PDF/UA-1) for what must be there.
"""

from collections.abc import Sequence
from typing import Any, Literal, TypeAlias

import msgspec

from forms.output.embedded_fonts import RawObject, reference, text_string
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


class Mark(msgspec.Struct, frozen=True, gc=False):
    """A piece of a page's content that belongs to an element: page from 0, number on it."""

    page: int
    number: int


class Held(msgspec.Struct, frozen=True, gc=False):
    """An object, such as a field, that belongs to an element: its page from 0, its reference."""

    page: int
    reference: str


class Element(msgspec.Struct, eq=False, gc=False):
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


_FIRST_OF_OBJECTS = 100_000  # of the keys in the tree of parents: pages have those below

HEADS_COLUMN = "<</O/Table/Scope/Column>>"
HEADS_ROW = "<</O/Table/Scope/Row>>"
SPANS_BOTH = "<</O/Table/ColSpan 2>>"


def box(left: float, bottom: float, right: float, top: float) -> str:
    """Return the attribute that says where a figure stands (points, PDF coordinates)."""
    return f"<</O/Layout/Placement/Block/BBox[{left:.2f} {bottom:.2f} {right:.2f} {top:.2f}]>>"


class Tree:
    """The tree of one file; reportlab calls addObjects when the file is made.

    What is drawn is kept here and not in the elements, so that a paper laid out once may be
    drawn more than once.
    """

    def __init__(self, document: Element, spoken: Spoken) -> None:
        """Hold the element that has all others below it, and what is heard without words."""
        self.document = document
        self.spoken = spoken
        self.objects: list[tuple[int, bytes]] = []
        self._pages: list[str] = []
        self._owners: list[list[Element]] = []
        self._drawn: dict[Element, list[Element | Mark | Held]] = {}
        self._holders: list[Element] = []  # of objects, in the order of their keys

    def mark(self, element: Element, page: str) -> int:
        """Return the number under which the page's next content belongs to an element.

        `page` is reportlab's name of it.
        """
        if not self._pages or self._pages[-1] != page:
            self._pages.append(page)
            self._owners.append([])
        owners = self._owners[-1]
        number = len(owners)
        owners.append(element)
        mark = Mark(len(self._pages) - 1, number)
        if (drawn := self._drawn.get(element)) is None:
            self._drawn[element] = [mark]
        else:
            drawn.append(mark)
        return number

    def next_key(self) -> int:
        """The place in the tree of parents of the object that is held next."""
        return _FIRST_OF_OBJECTS + len(self._holders)

    def hold(self, element: Element, here: str) -> None:
        """Let an object on the page drawn last belong to an element, by its reference."""
        self._holders.append(element)
        self._drawn.setdefault(element, []).append(Held(len(self._pages) - 1, here))

    def key(self, page: str) -> int | None:
        """Return the page's place in the tree of parents, None where nothing is marked on it."""
        return len(self._pages) - 1 if self._pages and self._pages[-1] == page else None

    def within(self, element: Element, kind: Kind, spoken: str, attributes: str = "") -> Element:
        """Return a new element inside another, heard as it is spoken."""
        child = Element(kind, spoken, attributes)
        self._drawn.setdefault(element, []).append(child)
        return child

    def addObjects(self, document: Any) -> None:
        """Put the tree into the document and its catalog."""
        root, parents = RawObject(), RawObject()
        here = reference(document, root)
        pages = [_number(document, name) for name in self._pages]
        writer = _Writer(self, document.objectcounter + 1, pages)
        top, drawn = writer.write(self.document, here)
        if not drawn:
            return
        document.objectcounter += len(writer.objects)
        self.objects = writer.objects
        owners = "".join(
            f"{page}[{' '.join([writer.places[owner] for owner in owners])}]"
            for page, owners in enumerate(self._owners)
        )
        owners += "".join(
            f"{_FIRST_OF_OBJECTS + place} {writer.places[holder]} "
            for place, holder in enumerate(self._holders)
        )
        last = _FIRST_OF_OBJECTS + len(self._holders) if self._holders else len(pages)
        parents.content = f"<</Nums[{owners}]>>".encode()
        root.content = (
            f"<</Type/StructTreeRoot/K {top}/ParentTree {reference(document, parents)}"
            f"/ParentTreeNextKey {last}>>"
        ).encode()
        document.Catalog.StructTreeRoot = root
        document.Catalog.MarkInfo = RawObject(b"<</Marked true>>")

    def drawn(self, element: Element) -> Sequence[Element | Mark | Held]:
        """Return what was drawn of an element itself."""
        return self._drawn.get(element, ())


class _Writer:
    """Writes the elements in their order, each knowing the one above it."""

    def __init__(self, tree: Tree, first: int, pages: Sequence[str]) -> None:
        self.tree = tree
        self.pages = pages
        self.first = first
        self.objects: list[tuple[int, bytes]] = []
        self.places: dict[Element, str] = {}

    def write(self, element: Element, parent: str) -> tuple[str, bool]:
        """Write an element and all below it; tell where, and whether anything was drawn.

        Where nothing was, what has been written counts only beside cells and words.
        """
        objects = self.objects
        number = self.first + len(objects)
        here = f"{number} 0 R"
        self.places[element] = here
        objects.append((number, b""))
        begun = len(objects)
        kids, home, drawn = [], -1, False
        own = self.tree.drawn(element)
        for kid in (*element.kids, *own) if element.kids else own:
            if isinstance(kid, Mark):
                if home < 0:
                    home = kid.page
                drawn = True
                if kid.page == home:
                    kids.append(str(kid.number))
                else:
                    kids.append(f"<</Type/MCR/Pg {self.pages[kid.page]}/MCID {kid.number}>>")
            elif isinstance(kid, Element):
                before = len(objects)
                place, inked = self.write(kid, here)
                if inked or kid.blank or kid.kind in _CELLS:
                    kids.append(place)
                    drawn = drawn or inked
                else:
                    del objects[before:]
            else:
                kids.append(f"<</Type/OBJR/Pg {self.pages[kid.page]}/Obj {kid.reference}>>")
                drawn = True
        more = f"/Pg {self.pages[home]}" if home >= 0 else ""
        spoken = self.tree.spoken.blank if element.blank else element.spoken
        if spoken:
            more += f"/Alt{text_string(spoken)}"
        if element.attributes:
            more += f"/A{element.attributes}"
        if kids:
            more += f"/K {kids[0]}" if len(kids) == 1 else f"/K[{' '.join(kids)}]"
        objects[begun - 1] = number, f"<</S/{element.kind}/P {parent}{more}>>".encode()
        return here, drawn


# A table keeps these though nothing stands in them, so that its rows have as many cells.
_CELLS = frozenset(("TBody", "TR", "TH", "TD"))


def _number(document: Any, name: str) -> str:
    return f"{document.idToObjectNumberAndVersion[name][0]} 0 R"
