"""What stands on one line from left to right, in columns: widths, spaces, stretches of words.

It knows no measure but for what a blank may take: where lines end is `forms.output.short_lines`'
and `forms.output.broken_lines`' to know.
"""

from collections.abc import Sequence
from itertools import accumulate, chain
from math import fsum
from typing import assert_never

import msgspec

from forms.ground.fonts import FontSet
from forms.ground.voices import Role
from forms.output.atom import Atom, Kind, TextStyle
from forms.output.atoms import TICK_BEFORE, after_tick, cast, padding
from forms.output.stretches import Stretch, space_between, stretch_of
from forms.output.text_lines import Line, Piece, Rule, Spot, moves_of, reads_apart
from forms.paper.document import OFF, ON, AnyInline, Blank, Break, Gap, Run, Spread, Tick


class Group(msgspec.Struct, gc=False):
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

    def part(self, start: int, end: int, origin: int) -> "Group":
        """Return what stands of it from one place to another, counted from an origin."""
        text = self.text[start - self.start : end - self.start]
        of = self.role, self.size, self.path, self.is_spread
        return Group(start - origin, end - origin, self.face, self.shared, text, *of)


_SPREAD = Atom(Kind.SPREAD, "", 0, 0, 0)
"""Stands for the last character of spread words: whatever follows leaves its white as it is."""


class Segment:
    """What stands on one line, from left to right."""

    def __init__(self, inline: int, style: TextStyle, fonts: FontSet) -> None:
        self.inline = inline  # the first that stands on it
        self.em = style.size_pt
        self.style = style
        self.fonts = fonts
        self.widths: list[float] = []
        self.spaces: list[float] = []
        self.groups: list[Group] = []
        self.blanks: list[tuple[int, int, Blank]] = []  # the places of their ends
        self.short_blanks: list[int] = []  # the ends of those whose answers are not to be broken
        self.spots: list[tuple[str, int, int]] = []
        self.ink = 0
        self.trim_start = self.trim_end = 0.0
        self.last: Atom | None = None  # the last character, with at most a blank's end behind it
        self.is_character = self.is_white = False  # what stands last

    def words(self, text: str, path: str, role: Role, size: float, stretch: Stretch) -> None:
        """Add words."""
        if path:
            self.spots.append((path, len(self.widths), len(self.widths) + len(text)))
        self._characters(text, path, role, size, stretch)

    def _characters(self, text: str, path: str, role: Role, size: float, stretch: Stretch) -> None:
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
            self.groups.append(Group(*here, face, shared, part, role, size, path))
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
            self.groups.append(Group(*here, face, shared, part, role, self.em, "", True))
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
        left, right, is_short = padding(blank, natural, ends, self.em, limit)
        self.widths.append(left)
        self.spaces.append(opening)
        self.last = None
        if stretch:
            self._characters(blank.answer, blank.path, self.style.answer_role, size, stretch)
        close = len(self.widths)
        self.blanks.append((start, close, blank))
        if is_short:
            self.short_blanks.append(close)
        self.widths.append(right)
        self.spaces.append(0.0)
        if blank.path:
            self.spots.append((blank.path, start, close + 1))
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
        self.groups.append(Group(*here, face, shared, words, self.style.role, self.em, tick.path))
        if tick.path:
            self.spots.append((tick.path, *here))
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

    def trims(self, place: int, text: str) -> tuple[float, float]:
        """What the character at a place may lose at a line's start and at its end (points)."""
        for group in self.groups:
            if group.start <= place < group.end:
                if group.is_spread:
                    break
                atom = cast(group.role, group.size, bool(group.path), self.fonts)[text]
                return atom.trim_start, atom.trim_end
        return 0.0, 0.0

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
        pieces = tuple(pieces_of(self.groups, widths, spaces, places, ends))
        rules = tuple(self._rules(places, ends))
        speaks = any(rule.empty for rule in rules) or any(piece.speaks for piece in pieces)
        return Line(
            pieces=pieces,
            rules=rules,
            spots=spots_of(self.spots, 0, len(widths), places, ends),
            width=ends[ink - 1] - self.trim_end,
            height=self.style.leading_pt,
            size_pt=self.em,
            end=end,
            last=is_last,
            speaks=speaks,
            of_form=all(not piece.path or piece.speaks for piece in pieces),
        )

    def _rules(self, places: list[float], ends: list[float]) -> list[Rule]:
        made = []
        for start, end, _ in self.blanks:
            stop = ends[end] if end + 1 == len(places) else min(ends[end], places[end + 1])
            made.append(Rule(places[start], stop, end == start + 1))
        return made


def pieces_of(
    groups: list[Group],
    widths: list[float],
    spaces: list[float],
    places: list[float],
    ends: list[float],
) -> list[Piece]:
    """Return the pieces of a line from its groups, of which neighbours become one where alike."""
    for at in range(len(groups) - 1, 0, -1):
        here, before = groups[at], groups[at - 1]
        if before.end == here.start and _alike(before, here):
            before.end, before.text = here.end, before.text + here.text
            del groups[at]
    made = []
    for one in groups:
        start, end, size = one.start, one.end, one.size
        moves: tuple[tuple[int, float], ...] = ()
        if any(spaces[start + 1 : end]):
            moves = moves_of(places[start:end], widths[start:end], size)
        x = places[start]
        width, apart = ends[end - 1] - x, bool(moves) and reads_apart(moves)
        of = one.role, size, one.path, one.face
        made.append(Piece(x, width, one.text, *of, moves, one.shared, apart))
    return made


def spots_of(
    spots: Sequence[tuple[str, int, int]],
    start: int,
    stop: int,
    places: list[float],
    ends: list[float],
) -> tuple[Spot, ...]:
    """Return where facts stand on a line that begins and ends at places of its segment.

    One that is met again with no other between is one.
    """
    made: list[Spot] = []
    for path, begin, end in spots:
        if begin < stop and end > start:
            x, right = places[max(begin, start) - start], ends[min(end, stop) - start - 1]
            if made and made[-1].path == path:
                x = made.pop().x
            made.append(Spot(path, x, right))
    return tuple(made)


def _alike(one: Group, other: Group) -> bool:
    same = one.face == other.face and one.path == other.path and one.size == other.size
    return same and one.shared is other.shared and not (one.is_spread or other.is_spread)


def voice_of(run: Run, style: TextStyle) -> tuple[Role, float]:
    """Return the role and size of words."""
    if run.path:
        return run.role or style.answer_role, style.answer_size_pt or style.size_pt
    return run.role or style.role, style.size_pt


def segments_of(
    inlines: Sequence[AnyInline], style: TextStyle, fonts: FontSet, limit: float
) -> list[Segment] | None:
    """Return what stands between a paragraph's line ends; None where something is odd.

    No blank's least width passes the limit (points).
    """
    em, answer_size = style.size_pt, style.answer_size_pt or style.size_pt
    segment = Segment(0, style, fonts)
    segments = [segment]
    for index, inline in enumerate(inlines):
        stretch = None
        if isinstance(inline, Run):
            role, size = voice_of(inline, style)
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
            segment = Segment(index + 1, style, fonts)
            segments.append(segment)
        else:
            assert_never(inline)
    return segments
