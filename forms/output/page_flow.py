"""Running text over pages: units of fixed height, and what must stay together.

No single line at a page's head or foot, a leading line stays with what follows it, short
lists of options stay whole, signature blocks never split.  It knows units, not their words.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from math import fsum
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from forms.ground.kept import Kept
from forms.output.block_setting import Setter
from forms.output.page_mark import put_mark
from forms.output.page_sheet import MM, Group, Sheet
from forms.output.tags import Element
from forms.output.text import is_answer
from forms.pack.language import Align, Type
from forms.paper import document as doc

Draw = Callable[[Sheet, float, float], None]
WHOLE_LIST_PART = 0.35  # an option list up to this part of a page stays whole


# The first unit of names and seals has the text before it come along; all of a kind "block", one
# below the other, stand on one page if they fit.
Signs = Literal["", "first", "block"]


class Unit(Struct, frozen=True):
    """A piece of the flow that does not split.

    `glue` keeps it on the page of the next unit; `at_foot` puts it at its page's foot.  `before`
    is space above, left out at a page's head; `resumed`, if any, is drawn there first.
    """

    height: float
    draw: Draw
    glue: bool = False
    before: float = 0
    resumed: "Unit | None" = None
    group: int = 0
    signs: Signs = ""
    at_foot: bool = False


class Pages:
    """The pages of one paper, growing."""

    def __init__(self, document: doc.Document, setter: Setter) -> None:
        self.document = document
        self.tags = Element("Sect")
        self.tags.add("P")  # a draft's mark
        self.mark_tag = self.tags.add("P") if document.page.mark else None
        self.setter = setter
        self.sheets: list[Sheet] = []
        page = document.page
        self.left = page.left_mm * MM
        self.width = (page.width_mm - page.left_mm - page.right_mm) * MM
        self.bottom = (page.height_mm - page.bottom_mm) * MM
        self.top = self.y = 0.0  # where the page's text area begins, and how far it is filled
        self.new_sheet()

    @property
    def sheet(self) -> Sheet:
        """The page being laid out."""
        return self.sheets[-1]

    @property
    def fresh(self) -> bool:
        """Whether nothing has flowed onto the page yet."""
        return self.y <= self.top

    def new_sheet(self) -> Sheet:
        """Begin a page, with the running head if it is not the first."""
        page = self.document.page
        first = not self.sheets and page.first_top_mm
        self.sheets.append(Sheet(page.width_mm * MM, page.height_mm * MM))
        put_mark(self.sheet, page, self.setter, self.mark_tag if len(self.sheets) == 1 else None)
        self.y = self.top = (page.first_top_mm if first else page.top_mm) * MM
        if self.document.running_head and len(self.sheets) > 1:
            self._running_head(self.document.running_head)
        return self.sheet

    def _running_head(self, head: doc.RunningHead) -> None:
        """The head's two sides; a long left side grows upwards."""
        at, rule = head.spec.at_mm * MM, head.spec.rule_mm * MM
        left = doc.Paragraph(inlines=head.left, type=head.type, align="left")
        right = doc.Paragraph(inlines=head.right, type=head.type, align="right")
        for words, width in ((left, 0.9 * self.width), (right, self.width)):
            # What is long here stands whole in the text below.
            lines = self.setter.lines(words, width)[:2]
            for place, line in enumerate(lines):
                self.sheet.at(line, self.left, at - (len(lines) - 1 - place) * line.height)
        self.sheet.rule(self.left, rule, self.left + self.width, rule, 0.5)

    def flow(self, units: Sequence[Unit]) -> None:
        """Put units one below the other, over as many pages as they need."""
        units = self._with_text(units)
        place = 0
        while place < len(units):
            count = self._bound(units, place)
            if not self._fits(units[place : place + count]):
                if not self.fresh:
                    self.new_sheet()
                if not self._fits(units[place : place + count]):
                    count = 1  # longer than a page: its ties give way
            for unit in units[place : place + count]:
                self._put(unit)
            place += count

    def _with_text(self, units: Sequence[Unit]) -> list[Unit]:
        """Tie signatures to the text before them and to each other.

        A page of signatures alone could be put behind any text; and a licensee's block alone on
        the last page shows no licensor.  Where not all go on one page, the last two do.
        """
        tied = list(units)
        place = 0
        while place < len(tied):
            end = place + 1
            if tied[place].signs:
                while end < len(tied) and tied[end].signs == tied[place].signs == "block":
                    end += 1
                self._tie(tied, place, end)
            place = end
        return tied

    def _tie(self, units: list[Unit], start: int, end: int) -> None:
        first = start
        if start:
            units[start - 1] = replace(units[start - 1], glue=True)
        while first and units[first - 1].glue:
            first -= 1
        height = fsum(unit.height + unit.before for unit in units[first:end]) - units[first].before
        whole = height <= self.bottom - self.document.page.top_mm * MM
        for place in range(start if whole else max(start, end - 2), end - 1):
            units[place] = replace(units[place], glue=True)

    def _bound(self, units: Sequence[Unit], start: int) -> int:
        """How many units, from one on, stand or fall together."""
        end = start
        while end + 1 < len(units) and (units[end].glue or self._same_list(units, end)):
            end += 1
        return end + 1 - start

    def _same_list(self, units: Sequence[Unit], place: int) -> bool:
        group = units[place].group
        if not group or units[place + 1].group != group:
            return False
        height = fsum(unit.height for unit in units if unit.group == group)
        return height <= WHOLE_LIST_PART * (self.bottom - self.document.page.top_mm * MM)

    def _fits(self, units: Sequence[Unit]) -> bool:
        y = self.y
        for place, unit in enumerate(units):
            y += unit.height + (0 if place == 0 and self.fresh else unit.before)
            if place == 0 and self._resumes(unit) and unit.resumed:
                y += unit.resumed.height
        return y <= self.bottom + 0.01

    def _resumes(self, unit: Unit) -> bool:
        return unit.resumed is not None and self.fresh and len(self.sheets) > 1

    def _put(self, unit: Unit) -> None:
        if self._resumes(unit) and unit.resumed:
            unit.resumed.draw(self.sheet, self.left, self.y)
            self.y += unit.resumed.height
        elif not self.fresh:
            self.y += unit.before
        if unit.at_foot:
            self.y = max(self.y, self.bottom - unit.height)
        unit.draw(self.sheet, self.left, self.y)
        self.y += unit.height


def paragraph_units(
    paragraph: doc.Paragraph, width: float, setter: Setter, within: Element
) -> list[Unit]:
    """The lines of a paragraph, tied so that none stands alone."""
    if paragraph.group or any(map(is_answer, paragraph.inlines)):
        return _units(paragraph, width, setter, within)
    kept = _kept_units.get(
        (paragraph, setter.fonts), lambda: _alike(paragraph, width, setter), width
    )
    if not setter.takes(kept):
        return _units(paragraph, width, setter, within)
    tags, units = kept
    within.kids += tags
    return units


_kept_units: Kept[tuple[list[Element], list[Unit]]] = Kept(512)
_MOST_PLACES = 16  # of which it is kept how a line is drawn there


def _alike(
    paragraph: doc.Paragraph, width: float, setter: Setter
) -> tuple[list[Element], list[Unit]]:
    """A paragraph that many copies have: its elements, and its lines, drawn once for a place."""
    within = Element("Sect", kids=[])
    units = _units(paragraph, width, setter, within)
    return within.kids, [replace(unit, draw=_drawn_once(unit.draw)) for unit in units]


def _drawn_once(draw: Draw) -> Draw:
    groups: dict[tuple[float, float], Group] = {}

    def put(sheet: Sheet, x: float, y: float) -> None:
        group = groups.get((x, y))
        if group is None:
            apart = Sheet(0, 0)
            draw(apart, x, y)
            if len(groups) >= _MOST_PLACES:
                groups.clear()
            group = groups[x, y] = apart.as_group(is_text=True)
        sheet.group(group)

    return put


def _units(paragraph: doc.Paragraph, width: float, setter: Setter, within: Element) -> list[Unit]:
    lines = setter.lines(paragraph, width)
    heading = within.add("H2") if paragraph.bookmark else None
    tag = heading if heading and paragraph.is_heading else within.paragraph(paragraph.group)
    run_in = None if paragraph.is_heading else heading
    units = []
    for place, line in enumerate(lines):
        first, last = place == 0, place == len(lines) - 1

        def draw(sheet: Sheet, x: float, y: float, line=line, first=first) -> None:  # type: ignore[no-untyped-def]
            if first and paragraph.bookmark:
                sheet.bookmark(paragraph.bookmark, y)
            sheet.line(line, x, y, tag, run_in if first else None)

        units.append(
            Unit(
                height=line.height + (paragraph.after_pt if last else 0),
                draw=draw,
                glue=paragraph.keep_with_next if last else first or place == len(lines) - 2,
                before=paragraph.before_pt if first else 0,
                group=paragraph.group,
            )
        )
    return units


def head_line_unit(head: doc.HeadLine, width: float, setter: Setter, within: Element) -> Unit:
    """A line of up to three parts over its rule: the middle one within what the others leave."""
    type_, em = head.type, head.type.size_pt
    left, center, right = (setter.width(part, type_) if part else 0 for part in head.parts)
    # The middle one stands in the middle, else between the others, else in lines below them.
    start, room, first = 0.0, width, 0.0
    if center > width - 2 * max(left, right) - 2 * em:
        start, room = left + em, width - left - right - 2 * em
        if center > room:
            start, room, first = 0.0, width, type_.leading_pt
    places: tuple[tuple[Align, float, float, float], ...] = (
        ("left", 0, width, 0),
        ("left" if first else "center", start, room, first),
        ("right", 0, width, 0),
    )
    set_parts = []
    for inlines, (align, offset, measure, below) in zip(head.parts, places, strict=True):
        if inlines:
            paragraph = doc.Paragraph(inlines=inlines, type=type_, align=align)
            set_parts.append((setter.lines(paragraph, measure), offset, below, within.add("P")))
    rule = head.spec.rule_pt
    text = max(
        (below + fsum(line.height for line in lines) for lines, _, below, _ in set_parts), default=0
    )
    tall = text + (head.spec.gap_pt if rule else 0)

    def draw(sheet: Sheet, x: float, y: float) -> None:
        for lines, offset, below, tag in set_parts:
            sheet.lines(lines, x + offset, y + below, tag)
        if rule:
            sheet.rule(x, y + tall, x + width, y + tall, rule)

    return Unit(height=tall + head.spec.after_pt, draw=draw, glue=True)


def party_units(party: doc.Party, width: float, setter: Setter, within: Element) -> list[Unit]:
    """The lines of a party's block; it stays whole."""
    spec = party.spec
    units: list[Unit] = []
    half = spec.second_part * width
    gap = 0.5 * party.type.size_pt
    for line in party.lines:
        fits = len(line) == 2 and all(
            setter.width(_entry(party, entry, label_em).inlines, party.type) <= room
            for entry, label_em, room in (
                (line[0], spec.label_em, half),
                (line[1], spec.second_label_em, width - half - gap),
            )
        )
        if fits:
            parts = [
                (_entry(party, line[0], spec.label_em), 0.0, half),
                (_entry(party, line[1], spec.second_label_em), half + gap, width - half - gap),
            ]
            units.append(_side_by_side(parts, setter, within))
        else:
            for entry in line:
                whole = _entry(party, entry, spec.label_em)
                units.extend(paragraph_units(whole, width, setter, within))
    if not units:
        return units
    tied = [replace(unit, glue=True) for unit in units[:-1]]
    return [*tied, replace(units[-1], height=units[-1].height + spec.after_pt)]


def _entry(party: doc.Party, entry: doc.Entry, label_em: float) -> doc.Paragraph:
    return _labelled(entry.label, party.spec.colon, entry.inlines, party.type, label_em)


@lru_cache(maxsize=256)
def _labelled(
    label: str, colon: str, inlines: doc.Inlines, type_: Type, label_em: float
) -> doc.Paragraph:
    """An answer behind its label: one object where both come again."""
    words = (doc.Spread(text=label, em=label_em), doc.Run(text=colon), *inlines)
    return doc.Paragraph(inlines=words, type=type_, hang_em=label_em + 1)


def _side_by_side(
    parts: list[tuple[doc.Paragraph, float, float]], setter: Setter, within: Element
) -> Unit:
    set_parts = [(setter.lines(part, room), x, within.add("P")) for part, x, room in parts]

    def draw(sheet: Sheet, x: float, y: float) -> None:
        for lines, offset, tag in set_parts:
            sheet.lines(lines, x + offset, y, tag)

    tallest = max(fsum(line.height for line in lines) for lines, _, _ in set_parts)
    return Unit(height=tallest, draw=draw)
