"""What a page's words are, for readers who hear them: headings, tables, paragraphs, seal areas.

A paper's layout grows one tree of elements beside its pages; whatever is drawn names the element
it belongs to, or none (rules, page numbers, running heads: artifacts).  The canvas numbers what
it draws and hands the numbers back, page by page.  Source: ISO 32000-1, 14.7 (logical structure)
and 14.8 (tagged PDF); ISO 14289-1 (PDF/UA-1) for what must be there.
"""

from typing import Literal, TypeAlias

import msgspec

from forms.output.pdf_file import PdfFile, text_string
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


_PAGE = 1 << 20  # a mark is its page from 0 times this, and its number there

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
        self._pages: list[str] = []
        self._owners: list[list[Element]] = []
        self._here: list[Element] = []  # the owners of the page's content, the last of all pages'
        self._first_mark = 0  # of the page
        self._drawn: dict[Element, list[Drawn]] = {}
        self._holders: list[Element] = []  # of objects, in the order of their keys

    def begin_page(self, here: str) -> None:
        """Let what is marked from here on stand on a page, by its reference."""
        self._first_mark = len(self._pages) * _PAGE
        self._pages.append(here)
        self._here = []
        self._owners.append(self._here)

    def mark(self, element: Element) -> int:
        """Return the number under which the page's next content belongs to an element."""
        owners = self._here
        number = len(owners)
        owners.append(element)
        if (drawn := self._drawn.get(element)) is None:
            self._drawn[element] = [self._first_mark + number]
        else:
            drawn.append(self._first_mark + number)
        return number

    def next_key(self) -> int:
        """The place in the tree of parents of the object that is held next."""
        return _FIRST_OF_OBJECTS + len(self._holders)

    def hold(self, element: Element, here: str) -> None:
        """Let an object on the page belong to an element, by its reference."""
        self._holders.append(element)
        self._drawn.setdefault(element, []).append(Held(len(self._pages) - 1, here))

    def key(self) -> int | None:
        """Return the page's place in the tree of parents, None where nothing is marked on it."""
        return len(self._pages) - 1 if self._here else None

    def within(self, element: Element, kind: Kind, spoken: str, attributes: str = "") -> Element:
        """Return a new element inside another, heard as it is spoken."""
        child = Element(kind, spoken, attributes)
        if (drawn := self._drawn.get(element)) is None:
            self._drawn[element] = [child]
        else:
            drawn.append(child)
        return child

    def put(self, file: PdfFile) -> str:
        """Put the tree into the file; return where its root is, "" where nothing was marked."""
        root = file.reserve()
        parents = f"{file.reserve()} 0 R"
        writer = _Writer(self._drawn, self.spoken.blank, file.next_number, self._pages)
        top, drawn = writer.write(self.document, f"{root} 0 R")
        if not drawn:
            file.put("null", root)
            file.put("null", root + 1)
            return ""
        file.put_all(writer.objects)
        places = writer.places
        owners = [
            f"{page}[{' '.join([places[owner] for owner in owners])}]"
            for page, owners in enumerate(self._owners)
            if owners
        ]
        owners += [
            f"{_FIRST_OF_OBJECTS + place} {places[holder]} "
            for place, holder in enumerate(self._holders)
        ]
        last = _FIRST_OF_OBJECTS + len(self._holders) if self._holders else len(self._pages)
        file.put(f"<</Nums[{''.join(owners)}]>>", root + 1)
        tree = f"<</Type/StructTreeRoot/K {top}/ParentTree {parents}/ParentTreeNextKey {last}>>"
        return file.put(tree, root)


class _Writer:
    """Writes the elements in their order, each knowing the one above it."""

    def __init__(
        self, drawn: dict[Element, list[Drawn]], blank: str, first: int, pages: list[str]
    ) -> None:
        self.drawn = drawn
        self.blank = blank  # what is heard of an answer nobody gave
        self.pages = pages
        self.first = first
        self.objects: list[str] = []
        self.places: dict[Element, str] = {}

    def write(self, element: Element, parent: str) -> tuple[str, bool]:
        """Write an element and all below it; tell where, and whether anything was drawn.

        Where nothing was, what has been written counts only beside cells and words.
        """
        objects = self.objects
        begun = len(objects)
        here = f"{self.first + begun} 0 R"
        self.places[element] = here
        objects.append("")
        kids: list[str] = []
        home, inked = -1, False
        drawn = self.drawn
        for kid in element.kids:
            marks = drawn.get(kid)
            if marks is not None and len(marks) == 1 and type(marks[0]) is int and not kid.kids:
                kids.append(self._put_leaf(kid, here, marks[0]))
                inked = True
                continue
            before = len(objects)
            place, is_drawn = self.write(kid, here)
            if is_drawn or kid.blank or kid.kind in _CELLS:
                kids.append(place)
                inked = inked or is_drawn
            else:
                del objects[before:]
        for one in drawn.get(element, ()):
            inked = True
            if type(one) is int:
                page, number = divmod(one, _PAGE)
                if home < 0:
                    home = page
                if page == home:
                    kids.append(str(number))
                else:
                    kids.append(f"<</Type/MCR/Pg {self.pages[page]}/MCID {number}>>")
            elif type(one) is Element:
                marks = drawn.get(one)
                if marks is not None and len(marks) == 1 and type(marks[0]) is int:
                    kids.append(self._put_leaf(one, here, marks[0]))
                else:
                    kids.append(self.write(one, here)[0])
            elif type(one) is Held:
                kids.append(f"<</Type/OBJR/Pg {self.pages[one.page]}/Obj {one.reference}>>")
        more = f"/Pg {self.pages[home]}" if home >= 0 else ""
        more += self._said(element)
        if kids:
            more += f"/K {kids[0]}" if len(kids) == 1 else f"/K[{' '.join(kids)}]"
        objects[begun] = f"<</S/{element.kind}/P {parent}{more}>>"
        return here, inked

    def _put_leaf(self, element: Element, parent: str, mark: int) -> str:
        """Write an element that is one piece of content, as most are."""
        here = f"{self.first + len(self.objects)} 0 R"
        self.places[element] = here
        page, number = divmod(mark, _PAGE)
        more = ""
        if element.spoken or element.blank or element.attributes:
            more = self._said(element)
        self.objects.append(
            f"<</S/{element.kind}/P {parent}/Pg {self.pages[page]}{more}/K {number}>>"
        )
        return here

    def _said(self, element: Element) -> str:
        """What is said of an element: how it is heard, its attributes."""
        spoken = self.blank if element.blank else element.spoken
        said = f"/Alt{text_string(spoken)}" if spoken else ""
        return f"{said}/A{element.attributes}" if element.attributes else said


# A table keeps these though nothing stands in them, so that its rows have as many cells.
_CELLS = frozenset(("TBody", "TR", "TH", "TD"))
