"""A laid-out page: what stands where, in points from the page's upper left corner.

Layout puts lines, strokes and seal areas on sheets; `draw` puts a sheet on the canvas in that
order, so the order of drawing is the order of reading.  This module knows no block of a paper.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial
from itertools import chain
from typing import NamedTuple, TypeAlias

import msgspec

from forms.output.canvas import PaperCanvas
from forms.output.tags import Element, box
from forms.output.text import Line, draw

MM = 72 / 25.4
# Where the baseline stands in a character's box, in em from its top: Han fonts say 0.88, but
# their characters look centred in a row a little higher.
ASCENT = 0.82
CORNER_MM, CORNER_PT, CORNER_GRAY = 3, 0.35, 0.55
DRAFT_GRAY, DRAFT_PT, DRAFT_STEP_PT = 0.88, 150, 305
SEAL_DRAFT_GRAY, SEAL_DRAFT_PT = 0.6, 14
BOX_MM = (16, 7)
BOX_CLEAR_MM = 1.5  # of white around it


class Put(msgspec.Struct, frozen=True, gc=False):
    """A set line with its left edge at x and its baseline at y.

    `tag` is the element it belongs to, None for what is no content of the paper (a page number);
    `head` takes the heading that runs in at its beginning.
    """

    line: Line
    x: float
    y: float
    tag: Element | None = None
    head: Element | None = None


class Stroke(msgspec.Struct, frozen=True, gc=False):
    """A straight rule."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float


class Fill(msgspec.Struct, frozen=True, gc=False):
    """A grey field."""

    x: float
    y: float
    width: float
    height: float
    gray: float


class Area(msgspec.Struct, frozen=True, gc=False):
    """A square for a seal, shown by its corners; nothing else may stand in it.

    It becomes a figure of `within`, heard as `spoken`; `is_field` where it may be signed in the
    file as well.
    """

    x: float
    y: float
    side: float
    within: Element | None = None
    spoken: str = ""
    is_field: bool = False


class Painted(msgspec.Struct, frozen=True, gc=False):
    """A picture that paints itself on the canvas, given its lower left corner in PDF coordinates.

    It is a figure of `within`, heard as it is `spoken`.
    """

    x: float
    y: float
    width: float
    height: float
    paint: Callable[[PaperCanvas, float, float], None]
    within: Element
    spoken: str


class Code(msgspec.Struct, frozen=True, gc=False):
    """A page's code: its upper left corner, its side, its dark fields as a path in modules."""

    x: float
    y: float
    side: float
    path: str
    modules: int


class Bookmark(msgspec.Struct, frozen=True, gc=False):
    """An entry of the file's outline; `is_of_many` where a paper of one page needs none."""

    title: str
    y: float
    is_of_many: bool = False


class Group(msgspec.Struct, frozen=True, eq=False, gc=False):
    """What is drawn alike on many sheets, at the same places: neither areas nor pictures.

    It is one object for all of them, so that how it is drawn may be kept by it.  `is_text` tells
    that it comes with those before and after it, if these are such, too.
    """

    ops: tuple[Put | Stroke | Bookmark, ...]
    is_text: bool = False


Op: TypeAlias = Put | Stroke | Fill | Area | Painted | Code | Bookmark


class Place(NamedTuple):
    """Where a fact stands on a page (points from the upper left corner)."""

    path: str
    page: int
    x: float
    y: float
    width: float
    height: float


class Sheet:
    """One page being laid out."""

    def __init__(self, width: float, height: float) -> None:
        self.width = width
        self.height = height
        self.parts: list[Op | Group] = []
        self.draft_tag: Element | None = None
        self.mark: tuple[float, float] | None = None  # where its boxed mark begins, if it has one
        self.name = ""  # where it is not counted with the others: 附页 1

    @property
    def ops(self) -> list[Op]:
        """All that stands on it."""
        ops: list[Op] = []
        for part in self.parts:
            if type(part) is Group:
                ops += part.ops
            else:
                ops.append(part)  # type: ignore[arg-type]
        return ops

    def group(self, group: Group) -> None:
        """Put what is drawn alike on many sheets."""
        self.parts.append(group)

    def as_group(self, *, is_text: bool = False) -> Group:
        """Return what stands on it, to be put on other sheets."""
        return Group(tuple(self.ops), is_text)  # type: ignore[arg-type]

    def line(
        self,
        line: Line,
        x: float,
        top: float,
        tag: Element | None = None,
        head: Element | None = None,
    ) -> float:
        """Put a line with its box's top edge given; return where the next begins."""
        tall, size = line.height, line.size_pt
        self.parts.append(Put(line, x, top + (tall - size) / 2 + ASCENT * size, tag, head))
        return top + tall

    def lines(self, lines: list[Line], x: float, top: float, tag: Element | None = None) -> float:
        """Put lines one below the other."""
        for line in lines:
            top = self.line(line, x, top, tag)
        return top

    def at(self, line: Line, x: float, y: float, tag: Element | None = None) -> None:
        """Put a line with its baseline given."""
        self.parts.append(Put(line, x, y, tag))

    def rule(self, x1: float, y1: float, x2: float, y2: float, width: float) -> None:
        """Draw a rule."""
        self.parts.append(Stroke(x1, y1, x2, y2, width))

    def fill(self, x: float, y: float, width: float, height: float, gray: float) -> None:
        """Fill a field with grey (0 is black)."""
        self.parts.append(Fill(x, y, width, height, gray))

    def frame(self, x: float, y: float, width: float, height: float, rule: float) -> None:
        """Draw a frame, its corners closed."""
        half = rule / 2
        for edge in (y, y + height):
            self.rule(x - half, edge, x + width + half, edge, rule)
        for edge in (x, x + width):
            self.rule(edge, y, edge, y + height, rule)

    def area(
        self,
        x: float,
        y: float,
        side: float,
        within: Element | None = None,
        spoken: str = "",
        *,
        is_field: bool = False,
    ) -> None:
        """Keep a square for a seal; it is a figure within an element, heard as it is spoken."""
        self.parts.append(Area(x, y, side, within, spoken, is_field))

    def code(self, x: float, y: float, side: float, path: str, modules: int) -> None:
        """Put a page's code."""
        self.parts.append(Code(x, y, side, path, modules))

    def painted(self, picture: Painted) -> None:
        """Put a picture."""
        self.parts.append(picture)

    def bookmark(self, title: str, y: float, *, is_of_many: bool = False) -> None:
        """Set a bookmark at this height."""
        self.parts.append(Bookmark(title, y, is_of_many))

    def drop_bookmarks_of_many(self) -> None:
        """Take away what leads about a paper of several pages: it has but this one."""
        self.parts = [
            part for part in self.parts if not (isinstance(part, Bookmark) and part.is_of_many)
        ]

    def places(self, page: int) -> Iterator[Place]:
        """Where the facts on this page stand."""
        for op in self.ops:
            if isinstance(op, Put):
                for spot in op.line.spots:
                    top = op.y - ASCENT * op.line.size_pt
                    size = op.line.size_pt
                    yield Place(spot.path, page, op.x + spot.x, top, spot.end - spot.x, size)

    def draw(self, canvas: PaperCanvas, draft: str = "") -> None:
        """Draw the page; `draft` is the word every page of a draft carries."""
        canvas.page_size = self.width, self.height
        if draft:
            self._diagonal(canvas, draft)
        self._ground(canvas)
        height = self.height
        together: list[Group] = []
        for part in self.parts:
            if type(part) is Group and part.is_text:
                together.append(part)
                continue
            if together:
                self._draw_groups(canvas, together)
                together = []
            if type(part) is Put:  # most are
                draw(canvas, part.line, part.x, height - part.y, part.tag, part.head)
            elif type(part) is Group:
                self._draw_groups(canvas, (part,))
            elif type(part) is Bookmark:
                canvas.bookmark(part.title, height - part.y)
            elif type(part) is Area:
                self._corners(canvas, part, is_final=not draft)
            elif type(part) is Painted:
                self._paint(canvas, part)
        if together:
            self._draw_groups(canvas, together)
        if draft:
            self._draft_marks(canvas, draft)

    def _draw_groups(self, canvas: PaperCanvas, groups: Sequence[Group]) -> None:
        what = (*groups, self.height)
        canvas.draw_again(what, partial(self._draw_each, canvas, groups))

    def _draw_each(self, canvas: PaperCanvas, groups: Sequence[Group]) -> None:
        height = self.height
        for op in chain.from_iterable([group.ops for group in groups]):
            if type(op) is Put:
                draw(canvas, op.line, op.x, height - op.y, op.tag, op.head)
            elif type(op) is Bookmark:
                canvas.bookmark(op.title, height - op.y)

    def _ground(self, canvas: PaperCanvas) -> None:
        """Draw what the words stand on: grey fields, then all rules of a width at once."""
        fills: list[str] = []
        codes: list[str] = []
        strokes: dict[float, list[str]] = {}
        for op in self.parts:
            if type(op) is Put:  # most are
                continue
            if type(op) is Group:
                if op.is_text:  # no rules
                    continue
                for width, path in _strokes_of(op, self.height).items():
                    strokes.setdefault(width, []).append(path)
            elif type(op) is Stroke:
                path = _path(op.x1, op.y1, op.x2, op.y2, self.height)
                strokes.setdefault(op.width, []).append(path)
            elif type(op) is Fill:
                y = self.height - op.y - op.height
                field = f"{op.x:.3f} {y:.3f} {op.width:.3f} {op.height:.3f}"
                fills.append(f"{op.gray:g} g {field} re f")
            elif type(op) is Code:
                module, lower = op.side / op.modules, self.height - op.y - op.side
                place = f"{module:.4f} 0 0 {module:.4f} {op.x:.3f} {lower:.3f} cm"
                codes.append(f"q {place} 0 g {op.path} f Q")
        canvas.mark(None)
        if codes:
            canvas.write(" ".join(codes))
        if fills:
            canvas.write(f"{' '.join(fills)} 0 g")
        for width, paths in strokes.items():
            canvas.write(f"0 G {width:g} w {' '.join(paths)} S")

    def _corners(self, canvas: PaperCanvas, area: Area, *, is_final: bool) -> None:
        self._mark_area(canvas, area)
        canvas.write(_drawn_corners(area.x, area.y, area.side, self.height))
        if area.is_field and is_final:
            lower = self.height - area.y - area.side
            box = area.x, lower, area.x + area.side, lower + area.side
            spoken = canvas.tree.spoken.seal if canvas.tree else ""
            heard = "：".join(filter(None, (spoken, area.spoken)))
            canvas.signature_field(area.within, box, heard)

    def _paint(self, canvas: PaperCanvas, picture: Painted) -> None:
        lower = self.height - picture.y - picture.height
        place = box(picture.x, lower, picture.x + picture.width, lower + picture.height)
        tree, figure = canvas.tree, None
        if tree is not None:
            figure = tree.within(picture.within, "Figure", picture.spoken, place)
        canvas.mark(figure)
        picture.paint(canvas, picture.x, lower)

    def _mark_area(self, canvas: PaperCanvas, area: Area) -> None:
        tree, figure = canvas.tree, None
        if tree is not None and area.within is not None:
            spoken = "：".join(filter(None, (tree.spoken.seal, area.spoken)))
            lower = self.height - area.y - area.side
            place = box(area.x, lower, area.x + area.side, lower + area.side)
            figure = tree.within(area.within, "Figure", spoken, place)
        canvas.mark(figure)

    def _diagonal(self, canvas: PaperCanvas, word: str) -> None:
        canvas.mark(None)
        cos, sin = math.cos(math.radians(42)), math.sin(math.radians(42))
        turned = f"{cos:.6f} {sin:.6f} {-sin:.6f} {cos:.6f} 0 0 cm"
        moved = f"1 0 0 1 {self.width / 2:.6f} {self.height / 2:.6f} cm"
        canvas.write(f"q {DRAFT_GRAY} g {moved} {turned}")
        step = min(DRAFT_STEP_PT, 0.55 * min(self.width, self.height))
        start = -step * (len(word) - 1) / 2
        for place, character in enumerate(word):
            x = start + place * step - DRAFT_PT / 2
            canvas.show(x, -0.36 * DRAFT_PT, character, "heading", DRAFT_PT)
        canvas.write("Q")

    def _draft_marks(self, canvas: PaperCanvas, word: str) -> None:
        areas = [op for op in self.ops if isinstance(op, Area)]
        canvas.mark(None)
        canvas.write(f"q {SEAL_DRAFT_GRAY} g")
        for area in areas:
            x = area.x + (area.side - len(word) * SEAL_DRAFT_PT) / 2
            y = area.y + area.side / 2 + 0.38 * SEAL_DRAFT_PT
            canvas.show(x, self.height - y, word, "heading", SEAL_DRAFT_PT)
        canvas.write("Q")
        self._draft_box(canvas, word)

    def draft_box(self) -> tuple[float, float, float, float]:
        """Where the boxed word of a draft stands: left, top, width and height in points.

        Left of a page's own mark.
        """
        width, height = (side * MM for side in BOX_MM)
        if self.mark:
            return self.mark[0] - 2 * BOX_CLEAR_MM * MM - width, self.mark[1], width, height
        x, near = self.width - 21.5 * MM - width, BOX_CLEAR_MM * MM
        around = x - near, 14 * MM - near, width + 2 * near, height + 2 * near
        return x, 14 * MM if self._is_free(*around) else 6 * MM, width, height

    def _draft_box(self, canvas: PaperCanvas, word: str) -> None:
        x, y, width, height = self.draft_box()
        size = 13.5
        lower = self.height - y - height
        canvas.write(f"1.2 w {x:.6f} {lower:.6f} {width:.6f} {height:.6f} re S")
        canvas.mark(self.draft_tag)
        step = size * 1.25
        start = x + (width - step * (len(word) - 1) - size) / 2
        for place, character in enumerate(word):
            base = y + height / 2 + 0.38 * size
            canvas.show(start + place * step, self.height - base, character, "heading", size)

    def _is_free(self, x: float, y: float, width: float, height: float) -> bool:
        """Whether neither words nor a rule nor a seal area stand in a field."""
        for op in self.ops:
            if isinstance(op, Area):
                left, top, right, bottom = op.x, op.y, op.x + op.side, op.y + op.side
            elif isinstance(op, Put) and op.line.pieces:
                left, right = op.x + op.line.pieces[0].x, op.x + op.line.width
                top, bottom = op.y - ASCENT * op.line.size_pt, op.y + 0.2 * op.line.size_pt
            elif isinstance(op, Stroke):
                left, right = min(op.x1, op.x2), max(op.x1, op.x2)
                top, bottom = min(op.y1, op.y2), max(op.y1, op.y2)
            else:
                continue
            if left < x + width and right > x and top < y + height and bottom > y:
                return False
        return True


@lru_cache(maxsize=2048)
def _path(x1: float, y1: float, x2: float, y2: float, height: float) -> str:
    """A rule on a page so high; rows stand at the same heights in many copies."""
    return f"{x1:.3f} {height - y1:.3f} m {x2:.3f} {height - y2:.3f} l"


@lru_cache(maxsize=256)
def _strokes_of(group: Group, height: float) -> dict[float, str]:
    """The rules of a group on a page so high, by their width."""
    strokes: dict[float, list[str]] = {}
    for op in group.ops:
        if type(op) is Stroke:
            path = _path(op.x1, op.y1, op.x2, op.y2, height)
            strokes.setdefault(op.width, []).append(path)
    return {width: " ".join(paths) for width, paths in strokes.items()}


@lru_cache(maxsize=256)
def _drawn_corners(left: float, top: float, side: float, height: float) -> str:
    """The corners of an area on a page so high; most copies of a paper have theirs alike."""
    arm = CORNER_MM * MM
    strokes = []
    for x, inward in ((left, arm), (left + side, -arm)):
        for y, down in ((top, arm), (top + side, -arm)):
            corner = height - y
            strokes.append(
                f"{x + inward:.3f} {corner:.3f} m {x:.3f} {corner:.3f} l"
                f" {x:.3f} {corner - down:.3f} l"
            )
    return f"q {CORNER_PT} w {CORNER_GRAY} G {' '.join(strokes)} S Q"
