"""Names and seal areas: side by side in a form's text, one below the other in a contract.

What stands in a grid's row is `forms.output.grid_row`'s; names and corners are drawn here for all.
"""

from functools import lru_cache
from math import fsum

import msgspec
from msgspec.structs import replace

from forms.output.block_setting import Setter, height
from forms.output.page_flow import Unit, paragraph_units
from forms.output.page_sheet import MM, Sheet
from forms.output.tags import Element
from forms.output.text import Line
from forms.pack.language import Type
from forms.paper import document as doc

MOST_PT = 240  # a name higher than this in its place is set as running text before it

_WIDE_NAME = 0.76  # of the measure, for the name of one who signs alone
_BETWEEN_NAMES_MM = 3.0
_ABOVE_NAME_PT = 9.0  # white over a name of several lines, so that it touches no heading


def units(block: doc.Signatures, width: float, setter: Setter, within: Element) -> list[Unit]:
    """The units of a signature block that stands in running text."""
    if block.spec.layout == "letter":
        made = _letter(block, width, setter, within)
    elif block.spec.layout == "lines":
        made = [
            unit
            for seal in block.seals
            for unit in _beside_lines(block, seal, width, setter, within)
        ]
    else:
        made = _columns(block, width, setter, within)
    if made and block.spec.before_pt:
        made[0] = msgspec.structs.replace(made[0], before=block.spec.before_pt)
    return made


def _beside_lines(
    block: doc.Signatures, seal: doc.Seal, width: float, setter: Setter, within: Element
) -> list[Unit]:
    """A block of a contract: lines at the left, the seal area flush right."""
    spec = block.spec
    side, room = spec.seal_mm * MM, min(spec.text_mm * MM, width - spec.seal_mm * MM - 6)
    parts: list[list[Line]] = []
    for line in seal.lines:
        if line.align == "justify":
            hang = line.hang_em
            parts.append(setter.name(line.inlines, line.type, room, align="left", hang_em=hang))
        else:
            parts.append(setter.lines(line, room))
    lines = [line for part in parts for line in part]
    if height(lines) > MOST_PT:
        alone = msgspec.structs.replace(seal, lines=())
        flowing = [
            unit for line in seal.lines for unit in paragraph_units(line, width, setter, within)
        ]
        return [*flowing, *_beside_lines(block, alone, width, setter, within)]
    white = fsum(line.before_pt for line in seal.lines)
    head = max(0.0, min(8.0, (side - height(lines) - white) / 2))

    tags = [within.add("P") for _ in parts]
    area = within.add("P")

    def draw(sheet: Sheet, x: float, y: float) -> None:
        below = y + head
        for line, part, tag in zip(seal.lines, parts, tags, strict=True):
            below = sheet.lines(part, x, below + line.before_pt, tag)
        name = doc.text_of(seal.name)
        sheet.bookmark(name, y, is_of_many=True)
        sheet.area(x + width - side, y, side, area, name, is_field=spec.sign_in_file)

    # The pitch's white stands above, so that none is wasted at a page's head or foot.
    between = max(0.0, (spec.pitch_mm - spec.seal_mm) * MM)
    tall = max(side, head + height(lines) + white)
    return [Unit(height=tall, draw=draw, before=between, signs="block")]


def _letter(block: doc.Signatures, width: float, setter: Setter, within: Element) -> list[Unit]:
    """The foot of a letter: one area at the right with the lines left of it, or several areas.

    The lines stand above several.
    """
    if len(block.seals) > 1:
        flowing = [
            unit
            for line in block.seals[0].lines
            for unit in paragraph_units(line, width, setter, within)
        ]
        return [*flowing, *_columns(block, width, setter, within)]
    seal, side = block.seals[0], block.spec.seal_mm * MM
    room = width - side - _BETWEEN_NAMES_MM * MM
    parts = [(setter.lines(line, room), within.add("P")) for line in seal.lines]
    (unit,) = _columns(block, width, setter, within)[-1:]
    lines_tall = fsum(height(lines) for lines, _ in parts)

    def draw(sheet: Sheet, x: float, y: float) -> None:
        unit.draw(sheet, x, y)
        below = y + unit.height - lines_tall
        for lines, tag in parts:
            below = sheet.lines(lines, x, below, tag)

    return [replace(unit, draw=draw, height=max(unit.height, lines_tall), at_foot=True)]


def _columns(block: doc.Signatures, width: float, setter: Setter, within: Element) -> list[Unit]:
    """Rows of owners side by side under a heading."""
    spec = block.spec
    count = max(1, spec.columns)
    tag = within.add("P")
    head = _heading(spec.heading, block, width, setter, indent_em=2, tag=tag)
    resumed = _heading(spec.resumed or spec.heading, block, width, setter)
    made = [msgspec.structs.replace(head, glue=True, signs="first")] if spec.heading else []
    for start in range(0, len(block.seals), count):
        seals = block.seals[start : start + count]
        seals, long = long_names_apart(block, seals, spec.column_mm * MM, setter)
        made += [unit for name in long for unit in paragraph_units(name, width, setter, within)]
        row = _column_row(block, seals, width, setter, within)
        row = msgspec.structs.replace(row, signs="" if made else "first")
        made.append(
            msgspec.structs.replace(
                row, resumed=resumed if start else None, before=spec.gap_mm * MM if start else 0
            )
        )
    return made


def long_names_apart(
    block: doc.Signatures, seals: tuple[doc.Seal, ...], width: float, setter: Setter
) -> tuple[tuple[doc.Seal, ...], list[doc.Paragraph]]:
    """Names that no place over an area holds, as paragraphs, and the seals without them."""
    tall = {
        place
        for place, seal in enumerate(seals)
        if height(setter.name(seal.name, block.type, width, align="center")) > MOST_PT
    }
    kept = tuple(
        msgspec.structs.replace(seal, name=()) if place in tall else seal
        for place, seal in enumerate(seals)
    )
    return kept, [
        doc.Paragraph(inlines=seals[place].name, type=block.type) for place in sorted(tall)
    ]


def _heading(
    text: str,
    block: doc.Signatures,
    width: float,
    setter: Setter,
    *,
    indent_em: float = 0,
    tag: Element | None = None,
) -> Unit:
    lines = setter.lines(_heading_words(text, block.type, indent_em), width)
    return Unit(height=height(lines), draw=lambda sheet, x, y: void(sheet.lines(lines, x, y, tag)))


@lru_cache(maxsize=128)
def _heading_words(text: str, type_: Type, indent_em: float) -> doc.Paragraph:
    size = type_.size_pt + 1
    type_ = Type(role=type_.role, size_pt=size, leading_pt=size * 0.85)
    return doc.Paragraph(inlines=(doc.Run(text=text),), type=type_, indent_em=indent_em)


@lru_cache(maxsize=128)
def _foot(words: doc.Inlines, type_: Type) -> doc.Paragraph:
    """A seal's foot: one object for what comes again, as the setter keeps its lines by that."""
    return doc.Paragraph(inlines=words, type=type_, align="center")


def _column_row(
    block: doc.Signatures,
    seals: tuple[doc.Seal, ...],
    width: float,
    setter: Setter,
    within: Element,
) -> Unit:
    spec = block.spec
    column, side = spec.column_mm * MM, spec.seal_mm * MM
    between = _BETWEEN_NAMES_MM * MM / 2
    shift, apart = 0.0, 1
    if spec.between_mm:  # the areas stand flush with the text's edges, two in the outer places
        column, between = side + spec.between_mm * MM, spec.between_mm * MM / 2
        shift, apart = -between, max(1, spec.columns - 1) if len(block.seals) == 2 else 1
    room = column - 2 * between
    names = [setter.name(seal.name, block.type, room, align="center") for seal in seals]
    if len(block.seals) == 1 and spec.columns > 1:
        # One alone stands right of the middle, as a letter's seal does, and may have a wide name.
        if height(names[0]) + _ABOVE_NAME_PT > spec.name_pt:
            column, shift = max(column, _WIDE_NAME * width), 0.0
            names = [setter.name(seals[0].name, block.type, column - 2 * between, align="center")]
        shift = width - column - shift
    slot = max(spec.name_pt, *(height(lines) + _ABOVE_NAME_PT for lines in names))
    foot_room = side if spec.between_mm else column
    feet = [setter.lines(_foot(seal.foot, block.foot_type), foot_room) for seal in seals]
    foot = max(spec.foot_pt, *(height(lines) for lines in feet))
    gap = 2.0
    tags = [(within.add("P"), within.add("P"), within.add("P")) for _ in seals]
    heard = [doc.text_of(seal.name) for seal in seals]

    def draw(sheet: Sheet, x: float, y: float) -> None:
        for place, (name, dated, tag) in enumerate(zip(names, feet, tags, strict=True)):
            left = x + shift + place * apart * column
            sheet.lines(name, left + between, y + slot - height(name) - gap, tag[0])
            sheet.bookmark(heard[place], y, is_of_many=True)
            area = left + (column - side) / 2, y + slot, side
            sheet.area(*area, tag[1], heard[place], is_field=spec.sign_in_file)
            below = y + slot + side + gap + (foot - height(dated)) / 2
            sheet.lines(dated, left + (column - foot_room) / 2, below, tag[2])

    return Unit(height=slot + side + gap + foot, draw=draw)


def row_of_three(
    block: doc.Signatures,
    seals: tuple[doc.Seal, ...],
    width: float,
    slot: float,
    setter: Setter,
    within: Element,
) -> Unit:
    """Up to three owners across a frame's width: names above their areas, bottom-aligned.

    A name may be as wide as its share of the frame; where there is but one row, two share it.
    """
    side = block.spec.seal_mm * MM
    column = width / in_a_row(block, width)
    room = max(side, column - _BETWEEN_NAMES_MM * MM)
    names = [setter.name(seal.name, block.type, room, align="center") for seal in seals]
    head = max(slot, *(height(lines) + 2 + _ABOVE_NAME_PT for lines in names))
    tags = [(within.add("P"), within.add("P")) for _ in seals]
    heard = [doc.text_of(seal.name) for seal in seals]

    def draw(sheet: Sheet, x: float, y: float) -> None:
        for place, (name, tag) in enumerate(zip(names, tags, strict=True)):
            middle = x + (place + 0.5) * column
            sheet.lines(name, middle - room / 2, y + head - height(name) - 2, tag[0])
            area = middle - side / 2, y + head, side
            sheet.area(*area, tag[1], heard[place], is_field=block.spec.sign_in_file)

    return Unit(height=head + side, draw=draw)


def in_a_row(block: doc.Signatures, width: float) -> int:
    """How many owners stand side by side in a frame's width."""
    fitting = int(width // (block.spec.seal_mm * MM + 2))
    return max(1, min(3, fitting, max(2, len(block.seals))))


def void(_result: object) -> None:
    """Drop a result, so that a drawing call returns none."""
