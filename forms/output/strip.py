"""Lines in a grid's cell or row, which may be cut so that the rest goes to further sheets."""

from collections.abc import Sequence
from math import fsum

import msgspec

from forms.ground.name_patterns import fill
from forms.output.block_setting import Setter
from forms.output.page_sheet import MM, Sheet
from forms.output.tags import Element
from forms.output.text import Align, Line
from forms.pack.language import Continuation, Type
from forms.paper import document as doc

LEAST_LINES = 2  # a strip that continues keeps so many lines, or says only where it stands


class Rest(msgspec.Struct):
    """What goes to the continuation sheets: words under a heading, or seals."""

    heading: str
    paragraphs: list[doc.Paragraph] = []
    seals: doc.Signatures | None = None
    sheet: int = 0  # the first sheet it stands on, told by `forms.output.further`
    see: bool = False  # the form says only where it stands


class Strip:
    """A stack of lines in a cell or a row's body that may be cut."""

    def __init__(
        self,
        paragraphs: Sequence[doc.Paragraph],
        width: float,
        setter: Setter,
        tight: bool,
        within: Element,
    ) -> None:
        self.paragraphs = list(paragraphs)
        self.setter = setter
        self.within = within
        self.tags: list[Element] = []
        self.lines: list[tuple[int, Line]] = []
        for place, paragraph in enumerate(self.paragraphs):
            tag = within.paragraph(paragraph.group)
            self.tags.append(tag)
            tag.blank = True
            for line in setter.lines(paragraph, width, tight=tight):
                self.lines.append((place, line))
                if line.pieces or line.rules:
                    tag.blank = False
        self._tall = fsum([line.height for _, line in self.lines])
        self.rest: Rest | None = None

    @property
    def height(self) -> float:
        """The height of the lines, with the one that says where they go on."""
        more = self.lead if self.rest else 0
        return self._tall + more

    @property
    def lead(self) -> float:
        """The height of one line."""
        return max((line.height for _, line in self.lines), default=self._type.leading_pt)

    @property
    def _type(self) -> Type:
        return self.paragraphs[0].type if self.paragraphs else Type()

    def cut(self, room: float, heading: str) -> Rest:
        """Keep what goes into the room with a line to say where the rest is."""
        lead = self.lead
        keep, used = 0, lead
        while keep < len(self.lines) and used + self.lines[keep][1].height <= room + 0.01:
            used += self.lines[keep][1].height
            keep += 1
        rest = Rest(heading)
        if keep < LEAST_LINES:
            keep, rest.see = 0, True
        rest.paragraphs = self._after(keep)
        self.lines = self.lines[:keep]
        self._tall = fsum([line.height for _, line in self.lines])
        self.rest = rest
        return rest

    def _after(self, keep: int) -> list[doc.Paragraph]:
        if keep == 0:
            return self.paragraphs
        place, line = self.lines[keep - 1]
        following = self.paragraphs[place + 1 :]
        if line.last:
            return following
        return [self.setter.after(self.paragraphs[place], line), *following]

    def draw(self, sheet: Sheet, x: float, y: float, width: float, spec: Continuation) -> None:
        """Draw the lines, and where the rest stands."""
        for place, one in self.lines:
            y = sheet.line(one, x, y, self.tags[place])
        if self.rest:
            words = fill(spec.see if self.rest.see else spec.more, {"sheet": str(self.rest.sheet)})
            align: Align = "left" if self.rest.see else "right"
            size = self._type.size_pt
            (line,) = self.setter.words(
                words, "heading", size, width, align=align, leading_pt=self.lead
            )[:1]
            sheet.line(line, x, y, self.within.add("P"))


class CellsLine:
    """A line of cells inside a row."""

    def __init__(
        self,
        cells: doc.Cells,
        width: float,
        pad: float,
        setter: Setter,
        tight: bool,
        within: Element,
    ) -> None:
        self.cells = cells
        self.pad = pad = cells.spec.pad_mm * MM or pad
        given = [cell.spec.width_mm for cell in cells.cells]
        fixed, open_cells = fsum(given) * MM, given.count(0)
        share = (width - fixed) / open_cells if open_cells else 0
        self.widths = [width_mm * MM or share for width_mm in given]
        self.strips = [
            Strip([cell.paragraph], room - 2 * pad, setter, tight, within)
            for cell, room in zip(cells.cells, self.widths, strict=True)
        ]

    def label_of(self, place: int) -> str:
        """The words of the cell before a cell, which say what stands in it."""
        return doc.text_of(self.cells.cells[max(0, place - 1)].paragraph.inlines)

    @property
    def ruled(self) -> bool:
        """Whether rules part its cells, and it from the lines above and below."""
        return self.cells.spec.ruled

    def natural(self, pad_pt: float) -> float:
        """The least height."""
        tallest = max([strip.height for strip in self.strips], default=0)
        return max(self.cells.spec.min_pt, tallest + pad_pt) if self.ruled else tallest

    def draw(
        self, sheet: Sheet, x: float, y: float, tall: float, rule: float, spec: Continuation
    ) -> None:
        """Draw the cells and the rules between them."""
        left = x
        for place, (strip, width) in enumerate(zip(self.strips, self.widths, strict=True)):
            if place and self.ruled:
                sheet.rule(left, y, left, y + tall, rule)
            top = y + (tall - strip.height) / 2
            strip.draw(sheet, left + self.pad, top, width - 2 * self.pad, spec)
            left += width
