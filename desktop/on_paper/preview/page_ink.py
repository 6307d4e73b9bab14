"""What stands on a page, so that of the next one only the rows that differ need be drawn.

A keystroke changes a line or two, and most of the time of drawing goes into a page's characters.
"""

from collections.abc import Hashable, Iterator, Mapping
from math import ceil, floor
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from forms.output.page_sheet import (
        Area,
        Bookmark,
        Code,
        Fill,
        Painted,
        Put,
        Sheet,
        Stroke,
    )

    Op = Put | Stroke | Fill | Area | Painted | Code | Bookmark

_ABOVE, _BELOW = 1.4, 0.8
"""How far ink may reach from a baseline, in em: no glyph of ours does."""
_CLEAR_PX = 2  # rows around, for what is smoothed
_BOX_PT = 30  # how much lower or higher the box may stand in a page with less on it
_MOST = 0.6  # of a page: where more differs the whole is drawn

Reach = tuple[float, float]
"""The least and the greatest y of something, in points from the page's upper edge."""


class PageInk(NamedTuple):
    """What a page is drawn with: its size in points, a draft's word, all ink with its reach."""

    size_pt: tuple[float, float]
    draft: str
    marks: Mapping[Hashable, Reach]


class Rows(NamedTuple):
    """Some of the rows of pixels of a page: from `top` until before `bottom`."""

    top: int
    bottom: int


def ink_of(sheet: "Sheet", draft: str) -> PageInk:
    """What a sheet is drawn with; the tags of a paper leave no ink."""
    marks = dict(_marks(sheet))
    if draft:
        box = sheet.draft_box()
        marks[box] = box[1], box[1] + box[3]
    return PageInk((sheet.width, sheet.height), draft, marks)


def _marks(sheet: "Sheet") -> Iterator[tuple[Hashable, Reach]]:
    from forms.output.page_sheet import Area, Bookmark, Painted, Put

    for place, op in enumerate(sheet.ops):
        match op:
            case Put():
                yield (op.line, op.x, op.y), _reach(op)
            case Area():
                yield (op.x, op.y, op.side, op.is_field), _reach(op)
            case Painted():  # it may paint itself otherwise each time
                yield (place, object()), _reach(op)
            case Bookmark():
                pass
            case _:
                yield op, _reach(op)


def _reach(op: "Op") -> Reach:
    from forms.output.page_sheet import Area, Bookmark, Code, Put, Stroke

    match op:
        case Put():
            em = op.line.size_pt
            return op.y - _ABOVE * em, op.y + _BELOW * em
        case Stroke():
            return min(op.y1, op.y2) - op.width, max(op.y1, op.y2) + op.width
        case Area() | Code():
            return op.y, op.y + op.side
        case Bookmark():
            return op.y, op.y
        case _:
            return op.y, op.y + op.height


def part_of(sheet: "Sheet", draft: str, reach: Reach) -> "Sheet":
    """A sheet with only what reaches into a stretch of this one.

    Where a draft's box stands goes by all of the page: a stretch with it needs the whole sheet.
    """
    from forms.output.page_sheet import Sheet

    top, bottom = reach
    if draft:
        _, box, _, high = sheet.draft_box()
        if box - _BOX_PT < bottom and box + high + _BOX_PT > top:
            return sheet
    part = Sheet(sheet.width, sheet.height)
    part.mark, part.draft_tag, part.name = sheet.mark, sheet.draft_tag, sheet.name
    reaches = ((op, _reach(op)) for op in sheet.ops)
    part.parts = [op for op, (above, below) in reaches if above <= bottom and below >= top]
    return part


def differing(before: PageInk, now: PageInk, rows: int, scale: float) -> Rows:
    """The rows, of so many, in which two pages differ; all where they have too little in common.

    `scale` is in pixels a point.
    """
    if before.size_pt != now.size_pt or before.draft != now.draft:
        return Rows(0, rows)
    reaches = [reach for mark, reach in before.marks.items() if mark not in now.marks]
    reaches += [reach for mark, reach in now.marks.items() if mark not in before.marks]
    if not reaches:
        return Rows(0, 0)
    top = max(0, floor(min(top for top, _ in reaches) * scale) - _CLEAR_PX)
    bottom = min(rows, ceil(max(bottom for _, bottom in reaches) * scale) + _CLEAR_PX)
    return Rows(top, bottom) if bottom - top < _MOST * rows else Rows(0, rows)
