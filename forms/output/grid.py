"""A framed grid on one page: rows measured, shared out, cut where they must continue, drawn.

Every row is measured before any is drawn.  Where the page is too short: first the tighter
leading, then the row that takes the rest ends early, then long answers, then the seals go to
continuation sheets, and the form's own words last of all.
"""

from math import fsum
from typing import TypeAlias

from forms.output.block_setting import Setter
from forms.output.grid_row import RowBox, SealsStand, frame_of, row_box
from forms.output.page_sheet import Sheet
from forms.output.strip import LEAST_LINES, Rest, Strip
from forms.output.tags import Element
from forms.pack.language import Continuation
from forms.paper import document as doc

_SPARE_SHARE = 0.6  # of the white the open row would have, this part goes to the other rows
_LONG_ANSWER = 4  # an answer of more lines is cut before seals are sent away

_SEALS_STAND: tuple[SealsStand, ...] = ("roomy", "close", "further")

# What may be cut, and the heading its rest stands under.
Choice: TypeAlias = tuple[Strip, str]


class GridBox:
    """A grid laid out for the room of one page."""

    def __init__(
        self,
        grid: doc.Grid,
        further: Continuation,
        left: float,
        width: float,
        setter: Setter,
        tight: bool,
        seals: SealsStand,
    ) -> None:
        self.spec = grid.spec
        self.further = further
        self.left, self.width = left, width
        self.rests: list[Rest] = []
        self.heights: list[float] = []
        frame = frame_of(grid, further, setter, (left, width, tight, seals))
        self.rows = [row_box(row, frame, setter) for row in grid.rows]
        for row in self.rows:
            if row.must_send_seals() or (seals == "further" and row.seals):
                self.rests.append(row.send_seals())

    @property
    def tags(self) -> Element:
        """What stands in it, as a tree."""
        return Element("Table", kids=[row.tags for row in self.rows])

    @property
    def natural(self) -> float:
        """The least height of all rows."""
        return fsum([row.natural for row in self.rows])

    def shrink(self, room: float, *, texts: bool) -> bool:
        """Send to further sheets what the page can not hold; return whether it then fits.

        The form's own words go only where `texts` allows it.
        """
        self.rows = [row.to_be_cut() for row in self.rows]
        self._cut_open_row(room)
        while (excess := self.natural - room) > 0.01:
            cut = self._cut_tallest(excess, self._answers())
            if not cut and not (texts and self._cut_tallest(excess, self._texts())):
                return False
        order = {id(rest): place for place, rest in enumerate(self._in_order())}
        self.rests.sort(key=lambda rest: order[id(rest)])
        return True

    def _in_order(self) -> list[Rest]:
        found: list[Rest] = []
        for row in self.rows:
            strips = [strip for line in row.cells for strip in line.strips] + [row.strip]
            found += [strip.rest for strip in strips if strip.rest]
            found += [row.seal_rest] if row.seal_rest else []
        return found

    def _cut_open_row(self, room: float) -> None:
        for row in self.rows:
            excess = self.natural - room
            if row.spec.rest and row.spec.continues and excess > 0.01:
                self._cut(row.strip, row.strip.height - excess, row.spec.heading)

    def _answers(self) -> list[Choice]:
        """Long answers in cells of their own, such as a title, and early rows: the first cut."""
        early = [row for row in self.rows if row.spec.continues and row.spec.early]
        return [
            *(choice for choice in self._cells() if len(choice[0].lines) > _LONG_ANSWER),
            *(self._text_of(row) for row in early if len(row.strip.lines) > LEAST_LINES),
        ]

    def _text_of(self, row: RowBox) -> Choice:
        return row.strip, row.spec.heading

    def _cells(self) -> list[Choice]:
        return [
            (strip, row.spec.mark + line.label_of(place))
            for row in self.rows
            for line in row.cells
            if line.cells.spec.continues
            for place, strip in enumerate(line.strips)
        ]

    def _texts(self) -> list[Choice]:
        """Everything that may continue, the form's own words among it: the last to be cut."""
        texts = [self._text_of(row) for row in self.rows if row.spec.continues]
        texts += self._cells()
        return [choice for choice in texts if len(choice[0].lines) > LEAST_LINES]

    def _cut_tallest(self, excess: float, choices: list[Choice]) -> bool:
        """Cut the tallest of the strips that is still whole."""
        choices = [choice for choice in choices if not choice[0].rest]
        if not choices:
            return False
        strip, heading = max(choices, key=lambda choice: choice[0].height)
        self._cut(strip, strip.height - excess, heading)
        return True

    def _cut(self, strip: Strip, room: float, heading: str) -> None:
        self.rests.append(strip.cut(room, heading))

    def share_out(self, tall: float) -> float:
        """Give the rows their heights, white included; return the height of the grid.

        A grid with an open row takes the whole height, another only what it needs.
        """
        heights = [row.natural for row in self.rows]
        spare = max(0.0, tall - fsum(heights))
        rest = next((place for place, row in enumerate(self.rows) if row.spec.rest), None)
        takes = [place for place, row in enumerate(self.rows) if place != rest and not row.seals]
        if takes:  # a grid of seals alone has none
            share = _SPARE_SHARE if rest is not None else 1
            part = min(spare * share / len(takes), self.spec.spare_pt)
            for place in takes:
                heights[place] += part
            spare -= part * len(takes)
        if rest is not None:
            heights[rest] += spare
        self.heights = heights
        return fsum(heights)

    def draw(self, sheet: Sheet, top: float) -> None:
        """Draw the frame and the rows, once their heights are shared out."""
        y = top
        for place, (row, tall) in enumerate(zip(self.rows, self.heights, strict=True)):
            if place:
                sheet.rule(self.left, y, self.left + self.width, y, self.spec.rule_pt)
            row.draw(sheet, y, tall)
            y += tall
        sheet.frame(self.left, top, self.width, y - top, self.spec.frame_pt)


class TooTall(ValueError):
    """A grid's own words and least heights are more than its page holds: the pack's fault."""


def lay_out(
    grid: doc.Grid, further: Continuation, left: float, width: float, room: float, setter: Setter
) -> GridBox:
    """Lay a grid out for a page: loosely, else tightly, else cut.

    Raises TooTall if what may be cut is not enough.
    """
    crowded = True
    for stand in _SEALS_STAND:  # on further sheets only if nothing else helps
        if stand == "close" and not crowded:
            continue
        for tight in (False, True):
            box = GridBox(grid, further, left, width, setter, tight=tight, seals=stand)
            if box.natural <= room + 0.01:
                return box
        crowded = any(row.may_crowd for row in box.rows)
        if stand == "roomy" and crowded:
            continue
        if box.shrink(room, texts=stand == "further"):
            return box
    raise TooTall("the grid is taller than its page")
