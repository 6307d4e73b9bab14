"""The tree of what a page's words are, as objects of its file.

Many copies of a paper have the same tree but for how their figures are heard and where these stand.
So a tree's objects are kept by its shape, and those before the first figure packed.  Source: ISO
32000-1, 14.7.2 (the elements) and 14.7.4.4 (the tree of parents).
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec

from forms.output.pdf_file import MOST_TOGETHER, Alike, PdfFile, alike, text_string
from forms.output.tags import FIRST_OF_OBJECTS, PAGE, Drawn, Element, Held, Tree

_MOST_ELEMENTS = 400  # of a tree that is kept: that of a long list does not come again
_MOST_SHAPES = 256
_FIGURES = frozenset(("Figure", "Form"))  # heard and placed otherwise in each copy


class _Shape(NamedTuple):
    """A tree's objects: those before the first figure, the others, its root and parents.

    `figures` are (place among the others, place of its element in the tree): an object's words are
    ready there but for what is said of the element.  Nothing `is_drawn` where nothing was marked.
    """

    begins: Alike
    others: list[str]
    figures: list[tuple[int, int]]
    root: Alike
    is_drawn: bool


_shapes: dict[tuple[Any, ...], _Shape] = {}


def put_tree(tree: Tree, file: PdfFile) -> str:
    """Put a tree into a file; return where its root is, "" where nothing was marked."""
    root = file.reserve(2)
    order = _in_order(tree)
    if len(order) > _MOST_ELEMENTS:
        shape = _written(tree, order, root)
    else:
        key = _key(tree, order, root)
        found = _shapes.get(key)
        if found is None:
            if len(_shapes) >= _MOST_SHAPES:
                _shapes.clear()
            found = _shapes[key] = _written(tree, order, root)
        shape = found
    file.put_alike(shape.begins)
    others = [*shape.others]
    for place, at in shape.figures:
        others[place] %= said(order[at])
    file.put_all(others)
    file.put_alike(shape.root, (root + 1, root))
    return f"{root} 0 R" if shape.is_drawn else ""


def said(element: Element, blank: str = "") -> str:
    """Return what is said of an element: how it is heard, its attributes.

    `blank` is what is heard of an answer nobody gave.
    """
    spoken = blank if element.blank else element.spoken
    alt = f"/Alt{text_string(spoken)}" if spoken else ""
    return f"{alt}/A{element.attributes}" if element.attributes else alt


def _in_order(tree: Tree) -> list[Element]:
    """All elements of a tree: those of the layout level by level, then those made in drawing."""
    order = [tree.document]
    for element in order:  # grows while it is gone through
        order += element.kids
    order += [one for one in tree.inside if type(one) is Element]
    return order


def _key(tree: Tree, order: Sequence[Element], root: int) -> tuple[Any, ...]:
    """All that a tree's objects follow from, but for what is said of its figures."""
    at = dict(zip(order, range(len(order)), strict=True)).__getitem__
    return (
        root,
        tree.spoken.blank,
        tuple(tree.pages),
        _encoded(tree.document),
        *[tuple(map(at, owners)) for owners in tree.owners],
        tuple([_sort(one) for one in tree.inside]),
        tuple(map(at, tree.inside_of)),
        tuple(tree.inside_before),
        tuple(map(at, tree.holders)),
    )


_encoded = msgspec.msgpack.Encoder().encode


def _sort(one: Element | Held) -> object:
    if type(one) is Element:
        return one.kind if one.kind in _FIGURES else (one.kind, one.spoken, one.attributes)
    return one


def _written(tree: Tree, order: Sequence[Element], root: int) -> _Shape:
    writer = _Writer(tree, root + 2)
    top, is_drawn = writer.write(tree.document, f"{root} 0 R")
    if not is_drawn:
        return _Shape(alike(()), [], [], alike(("null", "null")), is_drawn=False)
    places = writer.places
    owners = [
        f"{page}[{' '.join([places[owner] for owner in owners])}]"
        for page, owners in enumerate(tree.owners)
        if owners
    ]
    owners += [
        f"{FIRST_OF_OBJECTS + place} {places[holder]} " for place, holder in enumerate(tree.holders)
    ]
    last = tree.next_key() if tree.holders else len(tree.pages)
    parents = f"/ParentTree {root + 1} 0 R/ParentTreeNextKey {last}"
    until = writer.figures[0][0] if writer.figures else len(writer.objects)
    if len(writer.objects) > MOST_TOGETHER:
        until = 0  # there are too many to stand with others
    numbers = {element: place for place, element in enumerate(order)}
    return _Shape(
        alike(writer.objects[:until]),
        writer.objects[until:],
        [(place - until, numbers[figure]) for place, figure in writer.figures],
        alike((f"<</Nums[{''.join(owners)}]>>", f"<</Type/StructTreeRoot/K {top}{parents}>>")),
        is_drawn=True,
    )


class _Writer:
    """Writes the elements in their order, each knowing the one above it."""

    def __init__(self, tree: Tree, first: int) -> None:
        self.drawn: dict[Element, list[Drawn]] = tree.drawn()
        self.blank = tree.spoken.blank
        self.pages = tree.pages
        self.first = first
        self.objects: list[str] = []
        self.places: dict[Element, str] = {}
        self.figures: list[tuple[int, Element]] = []  # with the places of their objects

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
                page, number = divmod(one, PAGE)
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
        more += self._said(element, begun)
        if kids:
            more += f"/K {kids[0]}" if len(kids) == 1 else f"/K[{' '.join(kids)}]"
        objects[begun] = f"<</S/{element.kind}/P {parent}{more}>>"
        return here, inked

    def _put_leaf(self, element: Element, parent: str, mark: int) -> str:
        """Write an element that is one piece of content, as most are."""
        place = len(self.objects)
        here = f"{self.first + place} 0 R"
        self.places[element] = here
        page, number = divmod(mark, PAGE)
        more = self._said(element, place)
        self.objects.append(
            f"<</S/{element.kind}/P {parent}/Pg {self.pages[page]}{more}/K {number}>>"
        )
        return here

    def _said(self, element: Element, place: int) -> str:
        """What is said of an element whose object has this place; left open for a figure."""
        if element.kind in _FIGURES:
            self.figures.append((place, element))
            return "%s"
        return said(element, self.blank)


# A table keeps these though nothing stands in them, so that its rows have as many cells.
_CELLS = frozenset(("TBody", "TR", "TH", "TD"))
