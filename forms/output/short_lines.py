"""Lines whose ends are known before they are set: a paragraph each part of which fits its line.

Most answers are such: a name, a number, a day, a blank in a sentence.  Where nothing needs to be
broken, only widths and the spaces between characters count; they are found for stretches of words
at once.  The lines are those that `forms.output.text` would set atom by atom, to the last bit; what
is out of the ordinary is left to it.
"""

from collections.abc import Sequence
from itertools import accumulate, chain
from math import fsum, inf
from typing import assert_never

import msgspec

from forms.ground.fonts import FontSet
from forms.ground.voices import Role
from forms.output.atom import Atom, Kind, TextStyle
from forms.output.atoms import TICK_BEFORE, after_tick, padding
from forms.output.stretches import Stretch, space_between, stretch_of
from forms.output.text_lines import Line, Piece, Rule, Spot, moves_of, reads_apart
from forms.paper.document import OFF, ON, AnyInline, Blank, Break, Gap, Run, Spread, Tick


class _Group(msgspec.Struct, gc=False):
    """Characters of one font, from one place on the line to another."""

    start: int
    end: int
    face: str
    shared: bool
    text: str
    role: Role
    size: float
    path: str
    is_spread: bool = False


_SPREAD = Atom(Kind.SPREAD, "", 0, 0, 0)
"""Stands for the last character of spread words: whatever follows leaves its white as it is."""


class _Segment:
    """What stands on one line, from left to right."""

    def __init__(self, inline: int, style: TextStyle, fonts: FontSet) -> None:
        self.inline = inline  # the first that stands on it
        self.em = style.size_pt
        self.style = style
        self.fonts = fonts
        self.widths: list[float] = []
        self.spaces: list[float] = []
        self.groups: list[_Group] = []
        self.blanks: list[tuple[int, int, Blank]] = []  # the places of their ends
        self.spots: list[tuple[str, int, int]] = []
        self.ink = 0
        self.trim_start = self.trim_end = 0.0
        self.last: Atom | None = None  # the last character, with at most a blank's end behind it
        self.is_character = self.is_white = False  # what stands last

    def words(self, text: str, path: str, role: Role, size: float, stretch: Stretch) -> None:
        """Add words."""
        base, last, first = len(self.widths), self.last, stretch.first
        self.widths += stretch.widths
        self.spaces += stretch.spaces
        if last is None:
            if not base:
                self.trim_start = first.trim_start
        elif self.is_character:
            self.spaces[base] = space_between(last, first, self.em)
        elif last.trim_end and (first.trim_end or first.trim_start):
            self.spaces[base] = -last.trim_end
        for start, end, face, shared in stretch.groups:
            part = text if end - start == len(text) else text[start:end]
            here = base + start, base + end
            self.groups.append(_Group(*here, face, shared, part, role, size, path))
        if path:
            self._spot(path, base, len(self.widths))
        self._inked(stretch.last, stretch.last.trim_end, is_character=True)

    def spread(self, spread: Spread, role: Role, stretch: Stretch) -> None:
        """Add words set wide."""
        base, count = len(self.widths), len(stretch.widths)
        extra = max(0.0, spread.em * self.em - fsum(stretch.widths)) / max(1, count - 1)
        self.widths += stretch.widths
        self.spaces += (0.0, *[extra] * (count - 1))
        if count == 1:
            self.widths[base] += extra
        for start, end, face, shared in stretch.groups:
            here, part = (base + start, base + end), spread.text[start:end]
            self.groups.append(_Group(*here, face, shared, part, role, self.em, "", True))
        self._inked(_SPREAD, 0.0, is_character=False)

    def blank(self, blank: Blank, size: float, stretch: Stretch | None, limit: float) -> None:
        """Add a blank with its answer."""
        start, last = len(self.widths), self.last
        inner = stretch.first.trim_start if stretch else 0.0
        opening = 0.0
        if last is not None and inner and (last.trim_end or last.trim_start):
            opening = -last.trim_end or -inner
        natural = 0.0
        if stretch:
            pairs = zip(stretch.widths, stretch.spaces, strict=True)
            natural = fsum([width + space for width, space in pairs])
        ends = (inner, stretch.last.trim_end) if stretch else None
        left, right, _ = padding(blank, natural, ends, self.em, limit)
        self.widths.append(left)
        self.spaces.append(opening)
        if path := blank.path:
            self._spot(path, start, start + 1)
        self.last = None
        if stretch:
            self.words(blank.answer, path, self.style.answer_role, size, stretch)
        self.blanks.append((start, len(self.widths), blank))
        self.widths.append(right)
        self.spaces.append(0.0)
        if path:
            self._spot(path, start, len(self.widths))
        self._inked(self.last, 0.0, is_character=False)

    def tick(self, tick: Tick, stretch: Stretch) -> None:
        """Add a tick and its gap."""
        base = len(self.widths)
        is_leading = not base or self.is_white
        self.widths += (stretch.widths[0], after_tick(self.em, is_leading=is_leading))
        self.spaces += (0.0 if is_leading else TICK_BEFORE * self.em, 0.0)
        _, _, face, shared = stretch.groups[0]
        words = ON if tick.checked else OFF
        here = base, base + 1
        self.groups.append(_Group(*here, face, shared, words, self.style.role, self.em, tick.path))
        if tick.path:
            self._spot(tick.path, *here)
        self.ink, self.trim_end = base + 1, stretch.first.trim_end
        self.last, self.is_character, self.is_white = None, False, True

    def gap(self, em: float) -> None:
        """Add white."""
        self.widths.append(em * self.em)
        self.spaces.append(0.0)
        self.last, self.is_character, self.is_white = None, False, True

    def _inked(self, last: Atom | None, trim_end: float, *, is_character: bool) -> None:
        self.ink, self.trim_end = len(self.widths), trim_end
        self.last, self.is_character, self.is_white = last, is_character, False

    def _spot(self, path: str, start: int, end: int) -> None:
        if self.spots and self.spots[-1][0] == path:
            start = self.spots.pop()[1]
        self.spots.append((path, start, end))

    def fits(self, measure: float) -> bool:
        """Whether it surely stands on a line of so many points."""
        return fsum(self.widths) + fsum([space for space in self.spaces if space > 0]) <= measure

    def line(
        self, indent: float, width: float, align: str, end: tuple[int, int], *, is_last: bool
    ) -> Line:
        """Set it."""
        widths, spaces, ink = self.widths, self.spaces, self.ink
        spaces[0] = -self.trim_start
        natural = fsum(widths[:ink]) + fsum(spaces[:ink]) - self.trim_end
        slack = width - indent - natural
        x = indent
        if align == "left":
            filled = [place for _, place, blank in self.blanks if blank.fill and place < ink]
            if slack > 0:
                for place in filled:
                    widths[place] += slack / len(filled)
        else:
            x += slack / (2 if align == "center" else 1)
        steps = [*accumulate(chain.from_iterable(zip(spaces, widths, strict=True)), initial=x)]
        places, ends = steps[1::2], steps[2::2]
        pieces = tuple(self._pieces(places, ends))
        rules = tuple(self._rules(places, ends))
        speaks = any(rule.empty for rule in rules) or any(piece.speaks for piece in pieces)
        return Line(
            pieces=pieces,
            rules=rules,
            spots=tuple([Spot(path, places[at], ends[to - 1]) for path, at, to in self.spots]),
            width=ends[ink - 1] - self.trim_end,
            height=self.style.leading_pt,
            size_pt=self.em,
            end=end,
            last=is_last,
            speaks=speaks,
            of_form=all(not piece.path or piece.speaks for piece in pieces),
        )

    def _pieces(self, places: list[float], ends: list[float]) -> list[Piece]:
        groups = self.groups
        for at in range(len(groups) - 1, 0, -1):  # neighbours that are alike are one
            here, before = groups[at], groups[at - 1]
            if before.end == here.start and _alike(before, here):
                before.end, before.text = here.end, before.text + here.text
                del groups[at]
        made = []
        for one in groups:
            start, end, size = one.start, one.end, one.size
            moves: tuple[tuple[int, float], ...] = ()
            if any(self.spaces[start + 1 : end]):
                moves = moves_of(places[start:end], self.widths[start:end], size)
            x = places[start]
            width, apart = ends[end - 1] - x, bool(moves) and reads_apart(moves)
            of = one.role, size, one.path, one.face
            made.append(Piece(x, width, one.text, *of, moves, one.shared, apart))
        return made

    def _rules(self, places: list[float], ends: list[float]) -> list[Rule]:
        made = []
        for start, end, _ in self.blanks:
            stop = ends[end] if end + 1 == len(places) else min(ends[end], places[end + 1])
            made.append(Rule(places[start], stop, end == start + 1))
        return made


def _alike(one: _Group, other: _Group) -> bool:
    same = one.face == other.face and one.path == other.path and one.size == other.size
    return same and one.shared is other.shared and not (one.is_spread or other.is_spread)


def short_lines(
    inlines: Sequence[AnyInline],
    style: TextStyle,
    width: float,
    fonts: FontSet,
    first_indent_em: float,
    hang_em: float,
    align: str,
) -> list[Line] | None:
    """Return a paragraph's lines where no line needs to be broken; None where it may be."""
    indent, hang = max(first_indent_em, 0) * style.size_pt, hang_em * style.size_pt
    if len(inlines) == 1 and isinstance(run := inlines[0], Run):
        line = _of_one_run(run, style, indent, width, align, fonts)
        return None if line is None else [line]
    narrowest = width - max(first_indent_em, hang_em) * style.size_pt
    segments = _segments(inlines, style, fonts, narrowest)
    if segments is None or not inlines:
        return None
    lines: list[Line] = []
    for place, segment in enumerate(segments):
        if not segment.ink or not segment.fits(width - indent):
            return None
        is_last = place == len(segments) - 1
        end = (len(inlines), 0) if is_last else (segments[place + 1].inline, 0)
        lines.append(segment.line(indent, width, align, end, is_last=is_last))
        indent = hang
    return lines


def _of_one_run(
    run: Run, style: TextStyle, indent: float, width: float, align: str, fonts: FontSet
) -> Line | None:
    """Words alone on their line, as those of most cells: what `_Segment` would come to."""
    role, size = _voice(run, style)
    stretch = stretch_of(run.text, role, size, style.size_pt, bool(run.path), fonts)
    if stretch is None:
        return None
    widths, spaces = stretch.widths, [*stretch.spaces]
    if fsum(widths) + fsum([space for space in spaces if space > 0]) > width - indent:
        return None
    spaces[0] = -stretch.first.trim_start
    x, trim_end = indent, stretch.last.trim_end
    if align != "left":
        slack = width - indent - (fsum(widths) + fsum(spaces) - trim_end)
        x += slack / (2 if align == "center" else 1)
    steps = [*accumulate(chain.from_iterable(zip(spaces, widths, strict=True)), initial=x)]
    places, ends = steps[1::2], steps[2::2]
    pieces = []
    for start, end, face, shared in stretch.groups:
        moves: tuple[tuple[int, float], ...] = ()
        if any(spaces[start + 1 : end]):
            moves = moves_of(places[start:end], widths[start:end], size)
        words = run.text if end - start == len(widths) else run.text[start:end]
        of = role, size, run.path, face
        apart = bool(moves) and reads_apart(moves)
        here = places[start]
        pieces.append(Piece(here, ends[end - 1] - here, words, *of, moves, shared, apart))
    speaking = [piece.speaks for piece in pieces]
    return Line(
        pieces=tuple(pieces),
        rules=(),
        spots=(Spot(run.path, places[0], ends[-1]),) if run.path else (),
        width=ends[-1] - trim_end,
        height=style.leading_pt,
        size_pt=style.size_pt,
        end=(1, 0),
        last=True,
        speaks=any(speaking),
        of_form=not run.path or all(speaking),
    )


def _voice(run: Run, style: TextStyle) -> tuple[Role, float]:
    """The role and size of words."""
    if run.path:
        return run.role or style.answer_role, style.answer_size_pt or style.size_pt
    return run.role or style.role, style.size_pt


def short_width(inlines: Sequence[AnyInline], style: TextStyle, fonts: FontSet) -> float | None:
    """Return the width of pieces on one endless line, blanks at their least; None if unknown."""
    segments = _segments(inlines, style, fonts, inf)
    if segments is None or len(segments) != 1 or not segments[0].widths:
        return None
    (segment,) = segments
    pairs = zip(segment.widths[1:], segment.spaces[1:], strict=True)
    return segment.widths[0] + fsum([one + space for one, space in pairs])


def _segments(
    inlines: Sequence[AnyInline], style: TextStyle, fonts: FontSet, limit: float
) -> list[_Segment] | None:
    em, answer_size = style.size_pt, style.answer_size_pt or style.size_pt
    segment = _Segment(0, style, fonts)
    segments = [segment]
    for index, inline in enumerate(inlines):
        stretch = None
        if isinstance(inline, Run):
            role, size = _voice(inline, style)
            stretch = stretch_of(inline.text, role, size, em, bool(inline.path), fonts)
            if stretch is None:
                return None
            segment.words(inline.text, inline.path, role, size, stretch)
        elif isinstance(inline, Blank):
            if inline.answer:
                voice = style.answer_role, answer_size
                stretch = stretch_of(inline.answer, *voice, em, True, fonts)
                if stretch is None:
                    return None
            segment.blank(inline, answer_size, stretch, limit)
        elif isinstance(inline, Tick):
            stretch = stretch_of(ON if inline.checked else OFF, style.role, em, em, True, fonts)
            if stretch is None:
                return None
            segment.tick(inline, stretch)
        elif isinstance(inline, Spread):
            role = inline.role or style.role
            stretch = stretch_of(inline.text, role, em, em, False, fonts)
            if stretch is None:
                return None
            segment.spread(inline, role, stretch)
        elif isinstance(inline, Gap):
            segment.gap(inline.em)
        elif isinstance(inline, Break):
            segment = _Segment(index + 1, style, fonts)
            segments.append(segment)
        else:
            assert_never(inline)
    return segments
