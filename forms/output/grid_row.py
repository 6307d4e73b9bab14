"""A row of a grid: its label, its cells, its text or its seals, measured and drawn."""

from collections.abc import Iterator
from math import fsum
from typing import Literal, NamedTuple, TypeAlias

from forms.ground.kept import Kept
from forms.ground.name_patterns import fill
from forms.output import seals
from forms.output.block_setting import Setter, height
from forms.output.page_sheet import MM, Group, Sheet
from forms.output.strip import CellsLine, Rest, Strip
from forms.output.tags import HEADS_ROW, SPANS_BOTH, Element
from forms.output.text import Line
from forms.pack import language as lang
from forms.paper import document as doc

_FEW_LINES = 5  # of a name beside its area, if there is room to have it above
_MOST_PLACES = 16  # of which it is kept how a row is drawn there

# Long names stand above their areas, or close beside them, or all seals on a further sheet.
SealsStand: TypeAlias = Literal["roomy", "close", "further"]


class Frame(NamedTuple):
    """What the rows of a grid share: one object for all its copies (`frame_of`)."""

    spec: lang.Grid
    label_type: lang.Type
    further: lang.Continuation
    setter: Setter
    left: float
    width: float
    tight: bool
    seals: SealsStand

    @property
    def pad(self) -> float:
        """The white beside words, in points."""
        return self.spec.pad_mm * MM


def frame_of(
    grid: doc.Grid,
    further: lang.Continuation,
    setter: Setter,
    measures: tuple[float, float, bool, SealsStand],
) -> Frame:
    """Return what the rows of a grid share."""
    return _frames.get(
        (grid.spec, grid.label_type, further, setter.fonts),
        lambda: Frame(grid.spec, grid.label_type, further, setter, *measures),
        *measures,
    )


def _label_lines(row: doc.Row, frame: Frame) -> list[Line]:
    """The lines of a row's label, the mark hanging left of them."""
    setter, type_, mark = frame.setter, frame.label_type, row.spec.mark
    label, width = row.label, frame.spec.label_mm * MM
    lines = label or ((" ",) if mark else ())
    em = type_.size_pt
    words = [setter.width((doc.Run(text=line),), type_) for line in lines]
    widest = min(max(words, default=0), width - 1.3 * em)
    lead = (width - widest - (1.15 * em if mark else 0)) / 2
    indent = lead / em + (1.15 if mark else 0)
    made: list[Line] = []
    for place, line in enumerate(lines):
        pieces: doc.Inlines = (doc.Run(text=line),)
        first = indent
        if mark and place == 0:
            pieces = (doc.Run(text=mark), doc.Gap(em=0.15), *pieces)
            first = lead / em
        paragraph = doc.Paragraph(
            inlines=pieces, type=type_, align="left", indent_em=first, hang_em=indent
        )
        made += setter.lines(paragraph, width)
    return made


class Label:
    """A row's label, set and drawn once for where it stands."""

    def __init__(self, row: doc.Row, frame: Frame) -> None:
        self.lines = _label_lines(row, frame)
        self.height = height(self.lines)
        self.tag = Element("TH", attributes=HEADS_ROW)
        self._heading = row.spec.heading or "".join(row.label)
        self._groups: dict[tuple[float, float, float], Group] = {}

    def draw(self, sheet: Sheet, x: float, y: float, tall: float) -> None:
        """Draw it in the middle of its row's height."""
        group = self._groups.get((x, y, tall))
        if group is None:
            apart = Sheet(0, 0)
            apart.bookmark(self._heading, y)
            apart.lines(self.lines, x, y + (tall - self.height) / 2, self.tag)
            if len(self._groups) >= _MOST_PLACES:
                self._groups.clear()
            group = self._groups[x, y, tall] = apart.as_group()
        sheet.group(group)


class RowBox:
    """A row of the grid with its label and its body.

    One without seals is kept (`row_box`), and measured once.  What is to be cut is no kept one.
    """

    def __init__(self, row: doc.Row, frame: Frame, label: Label | None = None) -> None:
        self.row = row
        self.frame = frame
        self.spec = row.spec
        labelled = bool(row.spec.mark or row.label)
        self.kept_natural: float | None = None
        self._groups: dict[tuple[float, float], Group] = {}
        self.label_width = frame.spec.label_mm * MM if labelled else 0.0
        self.width = frame.width - self.label_width
        self.tags = tags = Element("TR")
        self.label = (label or Label(row, frame)) if labelled else None
        if self.label:
            tags.kids.append(self.label.tag)
        self.body_tag = tags.add("TD", attributes="" if labelled else SPANS_BOTH)
        self.cells: list[CellsLine] = []
        self.seals: doc.Signatures | None = None
        texts: list[doc.Paragraph] = []
        for part in row.body:
            if isinstance(part, doc.Cells):
                self.cells.append(
                    CellsLine(part, self.width, frame.pad, frame.setter, frame.tight, self.body_tag)
                )
            elif isinstance(part, doc.Signatures):
                self.seals = part
            else:
                texts.append(part)
        room = self.width - 2 * frame.pad
        self.strip = Strip(texts, room, frame.setter, frame.tight, self.body_tag)
        self.seal_rest: Rest | None = None
        self._is_beside: bool | None = None
        self.may_crowd = False
        """Whether its names, too long to stand well beside their areas, would go there at all."""

    @property
    def natural(self) -> float:
        """The least height (points)."""
        return self._natural() if self.kept_natural is None else self.kept_natural

    def to_be_cut(self) -> "RowBox":
        """The row where it may be changed: itself, if it is no kept one."""
        return self if self.kept_natural is None else RowBox(self.row, self.frame)

    def _natural(self) -> float:
        pad = self.frame.spec.pad_pt
        label = self.label.height + pad if self.label else 0
        if self.seals:
            return max(label, self._seal_height(self.seals))
        cells = fsum([line.natural(pad) for line in self.cells]) + self._around(pad)
        body = self.strip.height + pad if self.strip.paragraphs else 0
        return max(label, cells + body, self.spec.min_pt)

    def _around(self, pad: float) -> float:
        """The white around cells without rules, which bring none of their own."""
        return pad if self.cells and not self.cells[0].ruled else 0

    def _seal_height(self, block: doc.Signatures) -> float:
        spec = block.spec
        if self.seal_rest:
            return max(28.0, block.type.leading_pt + 2 * self.frame.spec.pad_pt)
        if self._stands_beside(block):
            return spec.beside_mm * MM
        return max(spec.above_mm * MM, self._above(block)[0] + 3.5 * MM)

    def _beside(self, block: doc.Signatures) -> Iterator[tuple[float, list[Line], float]]:
        """Each name's cell where it stands left of its area: its left edge, its lines, the area's.

        The area of one alone stands right of the middle, as a letter's seal does.
        """
        side, pad = block.spec.seal_mm * MM, self.frame.pad
        cell = self.width / max(1, len(block.seals))
        for place, seal in enumerate(block.seals):
            left = place * cell
            area = left + cell - side - 1.2 * pad
            if len(block.seals) == 1:
                area = min(area, 0.75 * cell - side / 2)
            room = area - left - 1.8 * pad
            yield left, self.frame.setter.name(seal.name, block.type, room, align="left"), area

    def _stands_beside(self, block: doc.Signatures) -> bool:
        """Whether the names stand left of their areas: they are few, and not too long for it."""
        spec = block.spec
        if len(block.seals) > spec.beside_to:
            return False
        if self._is_beside is None:
            room = spec.beside_mm * MM - self._below_heading(block) - 4
            tallest = max([height(name) for _, name, _ in self._beside(block)], default=0.0)
            few = tallest <= _FEW_LINES * block.type.leading_pt
            self._is_beside = tallest <= room and (few or self.frame.seals != "roomy")
            self.may_crowd = tallest <= room and not few
        return self._is_beside

    def _below_heading(self, block: doc.Signatures) -> float:
        return 4 + block.type.leading_pt + 2

    def _above(self, block: doc.Signatures) -> tuple[float, float]:
        """Height of heading, names and areas where names stand above; and of the slot."""
        head = block.type.leading_pt + 5
        slot = (block.spec.above_mm - block.spec.seal_mm - 2.5) * MM - head
        measured = Element("TD")
        unit = seals.row_of_three(block, block.seals, self.width, slot, self.frame.setter, measured)
        return head + unit.height, slot

    def must_send_seals(self) -> bool:
        """Whether the owners are too many, or a name too long, for the form itself."""
        block = self.seals
        if block is None:
            return False
        spec = block.spec
        if len(block.seals) > max(spec.above_to, spec.beside_to):
            return True
        if self._stands_beside(block):
            return False
        return self._above(block)[0] > spec.above_mm * MM + 4 * block.type.leading_pt

    def send_seals(self) -> Rest:
        """Leave the seals to a continuation sheet."""
        assert self.seals is not None
        self.seal_rest = Rest(self.seals.spec.heading, seals=self.seals)
        return self.seal_rest

    def draw(self, sheet: Sheet, y: float, tall: float) -> None:
        """Draw the row between its rules."""
        if self.kept_natural is None:
            self._draw(sheet, y, tall)
            return
        group = self._groups.get((y, tall))
        if group is None:
            apart = Sheet(0, 0)
            self._draw(apart, y, tall)
            if len(self._groups) >= _MOST_PLACES:
                self._groups.clear()
            group = self._groups[y, tall] = apart.as_group()
        sheet.group(group)

    def _draw(self, sheet: Sheet, y: float, tall: float) -> None:
        frame = self.frame
        x = frame.left
        if self.label:
            self.label.draw(sheet, x, y, tall)
            x += self.label_width
            sheet.rule(x, y, x, y + tall, frame.spec.rule_pt)
        if self.seals:
            self._draw_seals(sheet, self.seals, x, y, tall)
            return
        y = self._draw_cells(sheet, x, y, tall)
        if self.strip.paragraphs:
            room = tall if not self.cells else self.strip.height + frame.spec.pad_pt
            slack = room - self.strip.height
            top = y + (min(slack / 2, frame.spec.pad_pt) if self.spec.rest else slack / 2)
            self.strip.draw(sheet, x + frame.pad, top, self.width - 2 * frame.pad, frame.further)

    def _draw_cells(self, sheet: Sheet, x: float, y: float, tall: float) -> float:
        frame = self.frame
        body = self.strip.height + frame.spec.pad_pt if self.strip.paragraphs else 0
        naturals = [line.natural(frame.spec.pad_pt) for line in self.cells]
        spare = (tall - body - fsum(naturals)) / len(naturals) if naturals else 0
        if naturals and not self.cells[0].ruled:
            y += spare * len(naturals) / 2
            spare = 0
        for place, (line, natural) in enumerate(zip(self.cells, naturals, strict=True)):
            if place and line.ruled:
                sheet.rule(x, y, x + self.width, y, frame.spec.rule_pt)
            line.draw(sheet, x, y, natural + spare, frame.spec.rule_pt, frame.further)
            y += natural + spare
        return y

    def _draw_seals(
        self, sheet: Sheet, block: doc.Signatures, x: float, y: float, tall: float
    ) -> None:
        frame, spec = self.frame, block.spec
        sheet.bookmark(spec.heading, y)
        words = spec.heading
        if spec.cell_heading and not self.seal_rest and self._stands_beside(block):
            self._draw_beside(sheet, block, x, y, tall)
            return
        if self.seal_rest:
            words += "\u3000" + fill(frame.further.seals_see, {"sheet": str(self.seal_rest.sheet)})
        size = block.type.size_pt - 1
        lines = frame.setter.words(words, "heading", size, self.width - 2 * frame.pad)
        tag = self.body_tag.add("P")
        if self.seal_rest:
            sheet.lines(lines, x + frame.pad, y + (tall - height(lines)) / 2, tag)
            return
        sheet.lines(lines, x + frame.pad, y + 4, tag)
        if self._stands_beside(block):
            self._draw_beside(sheet, block, x, y, tall)
            return
        total, slot = self._above(block)
        unit = seals.row_of_three(block, block.seals, self.width, slot, frame.setter, self.body_tag)
        unit.draw(sheet, x, y + tall - 2.5 * MM - unit.height if tall > total else y)

    def _draw_beside(
        self, sheet: Sheet, block: doc.Signatures, x: float, y: float, tall: float
    ) -> None:
        side = block.spec.seal_mm * MM
        for seal, (left, name, area) in zip(block.seals, self._beside(block), strict=True):
            if left:
                sheet.rule(x + left, y, x + left, y + tall, self.frame.spec.rule_pt)
            headed = not left or seal.heading
            top = max((tall - height(name)) / 2, self._below_heading(block) if headed else 0)
            if seal.heading:
                size, room = block.type.size_pt - 1, area - left
                words = self.frame.setter.words(seal.heading, "heading", size, room)
                sheet.lines(words, x + left + self.frame.pad, y + 4, self.body_tag.add("P"))
            tag = self.body_tag.add("P")
            sheet.lines(name, x + left + 1.5 * self.frame.pad, y + top, tag)
            place = x + area, y + (tall - side) / 2, side
            heard, within = doc.text_of(seal.name), self.body_tag.add("P")
            sheet.area(*place, within, heard, is_field=block.spec.sign_in_file)


def row_box(row: doc.Row, frame: Frame, setter: Setter) -> RowBox:
    """Return a row measured in its grid: one that comes again is kept, one without seals."""
    if any(isinstance(part, doc.Signatures) for part in row.body):
        return _plain(row, frame, setter)
    known = _known_rows.get((row, frame), _Known)
    if known.is_new:
        known.is_new = False
        return _plain(row, frame, setter)
    if known.box is None:
        known.box = RowBox(row, frame)
        known.box.kept_natural = known.box.natural
    return known.box if setter.takes(known.box) else RowBox(row, frame)


def _plain(row: doc.Row, frame: Frame, setter: Setter) -> RowBox:
    label = _labels.get((row.spec, frame), lambda: Label(row, frame))
    return RowBox(row, frame, label if setter.takes(label) else None)


class _Known:
    """A row that was met: once as yet, or with its box, kept."""

    is_new = True
    box: RowBox | None = None


_frames: Kept[Frame] = Kept(64)
_labels: Kept[Label] = Kept(128)
_known_rows: Kept[_Known] = Kept(512)
