"""Continuation sheets (附页): framed boxes that take what a grid could not hold.

Each rest learns the number of the first sheet it stands on, so that the form can quote it.
"""

import msgspec

from forms.ground.name_patterns import fill
from forms.output import seals
from forms.output.block_setting import Setter, height
from forms.output.page_flow import Unit
from forms.output.page_mark import put_mark
from forms.output.page_sheet import MM, Sheet
from forms.output.strip import Rest
from forms.output.tags import Element
from forms.output.text import Line
from forms.pack.language import Grid, Page, Type
from forms.paper import document as doc

_SIDE_MM = 4  # white at both sides of a box's text
_ABOVE_PT, _BELOW_PT = 7, 9
_BETWEEN_PT = 17
_SEAL_SLOT_PT, _SEAL_BELOW_MM = 32, 3.5


class Further:
    """The continuation sheets of one grid, growing."""

    def __init__(
        self, continuation: doc.Continuation, page: Page, grid: Grid, setter: Setter
    ) -> None:
        self.continuation = continuation
        self.spec = continuation.spec
        self.page = page
        self.grid = grid
        self.setter = setter
        self.sheets: list[Sheet] = []
        self.tags = Element("Sect")
        self.tag = self.tags  # of the box being filled
        self.left = page.left_mm * MM
        self.width = (page.width_mm - page.left_mm - page.right_mm) * MM
        self.bottom = (page.height_mm - self.spec.bottom_mm) * MM
        self.y = self.bottom

    @property
    def number(self) -> int:
        """The number of the sheet being laid out."""
        return len(self.sheets)

    def add(self, rest: Rest) -> None:
        """Put a rest on the sheets."""
        if rest.seals:
            self._seals(rest, rest.seals)
        else:
            self._words(rest)

    def _new_sheet(self) -> Sheet:
        spec = self.spec
        sheet = Sheet(self.page.width_mm * MM, self.page.height_mm * MM)
        self.sheets.append(sheet)
        put_mark(sheet, self.page, self.setter, None)
        words = self.setter.words
        (title,) = words(spec.title, "title", spec.title_pt, self.width, align="center")[:1]
        sheet.at(title, self.left, spec.title_mm * MM, self.tags.add("H2"))
        type_ = Type(role="song", size_pt=spec.head_pt, leading_pt=spec.head_pt * 1.3)
        left = doc.Paragraph(inlines=self.continuation.left, type=type_, align="left")
        for line in self.setter.lines(left, self.width)[:1]:
            sheet.at(line, self.left, spec.head_mm * MM, self.tags.add("P"))
        right = sheet.name = fill(spec.right, {"sheet": str(self.number)})
        (line,) = words(right, "song", spec.head_pt, self.width, align="right")[:1]
        sheet.at(line, self.left, spec.head_mm * MM, self.tags.add("P"))
        self.y = spec.top_mm * MM
        return sheet

    def _room(self, wanted: float) -> Sheet:
        """The sheet with so much room left, a new one if need be."""
        if self.sheets and self.y + _BETWEEN_PT + wanted <= self.bottom:
            self.y += _BETWEEN_PT
            return self.sheets[-1]
        return self._new_sheet()

    def _open(self, sheet: Sheet, heading: str) -> float:
        """Draw a box's heading and the rule below it; return where the box begins."""
        top = self.y
        words = self.setter.words(heading, "heading", self.spec.head_pt, self.width)
        head = max(self.spec.box_head_pt, height(words) + 6)
        sheet.bookmark(heading, top)
        self.tag = self.tags.add("Sect")
        x = self.left + _SIDE_MM * MM
        sheet.lines(words, x, top + (head - height(words)) / 2, self.tag.add("H3"))
        self.y = top + head
        sheet.rule(self.left, self.y, self.left + self.width, self.y, self.grid.rule_pt)
        return top

    def _close(self, sheet: Sheet, top: float) -> None:
        sheet.frame(self.left, top, self.width, self.y - top, self.grid.frame_pt)

    def _words(self, rest: Rest) -> None:
        lines = self._lines(rest)
        lead = self.spec.leading_pt
        heading = rest.heading if rest.see else rest.heading + self.spec.resumed
        first = True
        while lines or first:
            sheet = self._room(self.spec.box_head_pt + _ABOVE_PT + 3 * lead)
            rest.sheet = rest.sheet or self.number
            top = self._open(sheet, heading)
            self.y += _ABOVE_PT
            lines = self._fill(sheet, lines)
            self._close(sheet, top)
            heading, first = rest.heading + self.spec.resumed, False

    def _lines(self, rest: Rest) -> list[tuple[int, Line]]:
        """The lines of all paragraphs, each with its paragraph's place."""
        spec = self.spec
        lines: list[tuple[int, Line]] = []
        for place, paragraph in enumerate(rest.paragraphs):
            type_ = msgspec.structs.replace(
                paragraph.type,
                size_pt=spec.size_pt,
                leading_pt=spec.leading_pt,
                answer_pt=spec.size_pt,
            )
            again = msgspec.structs.replace(paragraph, type=type_)
            made = self.setter.lines(again, self.width - 2 * _SIDE_MM * MM)
            lines += [(place, line) for line in made]
        return lines

    def _fill(self, sheet: Sheet, lines: list[tuple[int, Line]]) -> list[tuple[int, Line]]:
        """Put what goes into the sheet; return what does not."""
        x = self.left + _SIDE_MM * MM
        tags: dict[int, Element] = {}

        def put(paragraph: int, line: Line) -> None:
            if paragraph not in tags:
                tags[paragraph] = self.tag.add("P")
            self.y = sheet.line(line, x, self.y, tags[paragraph])

        if self.y + height([line for _, line in lines]) + _BELOW_PT <= self.bottom:
            for paragraph, line in lines:
                put(paragraph, line)
            self.y += _BELOW_PT
            return []
        foot = self.spec.leading_pt + 4
        place = 0
        while self.y + lines[place][1].height + foot <= self.bottom and place < len(lines) - 1:
            put(*lines[place])
            place += 1
        more = fill(self.spec.more, {"sheet": str(self.number + 1)})
        width = self.width - 2 * _SIDE_MM * MM
        (line,) = self.setter.words(more, "heading", self.spec.head_pt, width, align="right")[:1]
        sheet.line(line, x, self.bottom - line.height - 4, self.tag.add("P"))
        self.y = self.bottom
        return lines[place:]

    def _seals(self, rest: Rest, block: doc.Signatures) -> None:
        column = seals.in_a_row(block, self.width)
        side = block.spec.seal_mm * MM
        owners, long = seals.long_names_apart(block, block.seals, side, self.setter)
        if long:
            self._words(Rest(rest.heading, paragraphs=long, see=True))
        rows = []
        for start in range(0, len(owners), column):
            tag = Element("Sect")
            some = owners[start : start + column]
            unit = seals.row_of_three(block, some, self.width, _SEAL_SLOT_PT, self.setter, tag)
            rows.append((unit, tag))
        below = _SEAL_BELOW_MM * MM
        heading = rest.heading
        while rows:
            sheet = self._room(self.spec.box_head_pt + rows[0][0].height + below)
            rest.sheet = rest.sheet or self.number
            top = self._open(sheet, heading)
            rows = self._seal_rows(sheet, rows, below)
            self._close(sheet, top)
            heading = block.spec.resumed or heading

    def _seal_rows(
        self, sheet: Sheet, rows: list[tuple[Unit, Element]], below: float
    ) -> list[tuple[Unit, Element]]:
        first = True
        while rows and (first or self.y + rows[0][0].height + below <= self.bottom + 0.01):
            if not first:
                sheet.rule(self.left, self.y, self.left + self.width, self.y, self.grid.rule_pt)
            unit, tag = rows[0]
            self.tag.kids.append(tag)
            unit.draw(sheet, self.left, self.y)
            self.y += unit.height + below
            rows, first = rows[1:], False
        return rows
