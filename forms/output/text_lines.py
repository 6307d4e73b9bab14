"""A line's atoms set: every character at its x, blanks ruled, slack given where it may go.

It knows one line and its measure, not how the line was found.
"""

from collections.abc import Sequence
from itertools import accumulate, chain
from math import fsum
from typing import NamedTuple

import msgspec

from forms.ground.voices import Role
from forms.output.atom import Atom, Kind, TextStyle
from forms.paper.document import OFF, ON

_STRETCH = 0.24  # em the space between two characters grows by at most
_STRETCH_MIXED = 0.06  # where Latin words stand in the line, whose spaces would show it
_READS_AS_SPACE = 140  # thousandths of an em at which programs that read PDF see a space


class Piece(msgspec.Struct, frozen=True, cache_hash=True, gc=False):
    """Words of one font and size at an x of their line (points from the measure's left edge).

    `moves` are (characters set so far, thousandths of an em to go right); `shared` words belong
    to the form's own font; `apart` words stand so wide that a reader would see spaces.
    """

    x: float
    width: float
    text: str
    role: Role
    size_pt: float
    path: str
    face: str
    moves: tuple[tuple[int, float], ...]
    shared: bool
    apart: bool

    @property
    def speaks(self) -> bool:
        """Whether it is a tick, for which a word is heard."""
        return self.text in (ON, OFF) and not self.shared


class Rule(msgspec.Struct, frozen=True, cache_hash=True, gc=False):
    """A ruled blank's stroke below the baseline, from x to end (points from the left edge).

    `empty` where the blank is left to the pen.
    """

    x: float
    end: float
    empty: bool = False

    @property
    def speaks(self) -> bool:
        """Whether something is heard in its place."""
        return self.empty


class Spot(msgspec.Struct, frozen=True, cache_hash=True, gc=False):
    """Where a fact stands on a line: x extents in points; an empty blank has one as well."""

    path: str
    x: float
    end: float


class Line(msgspec.Struct, frozen=True, cache_hash=True, gc=False):
    """A set line.  `height` is the style's leading; `width` ends at the last ink (points).

    `end` = (index of the inline, offset in it) where the next line goes on; `last` marks the
    paragraph's end; one that `speaks` has a tick or an empty blank; one `of_form` has no answer but
    ticks.
    """

    pieces: tuple[Piece, ...]
    rules: tuple[Rule, ...]
    spots: tuple[Spot, ...]
    width: float
    height: float
    size_pt: float
    end: tuple[int, int]
    last: bool = False
    speaks: bool = False
    of_form: bool = False

    @property
    def text(self) -> str:
        """The words in reading order."""
        return "".join(piece.text for piece in self.pieces)


class Measure(NamedTuple):
    """Where a line may stand: from indent to width, in points, and how it is put there."""

    indent: float
    width: float
    align: str
    justify: bool


def set_line(
    taken: Sequence[Atom], style: TextStyle, measure: Measure, end: tuple[int, int], last: bool
) -> Line:
    """Set the atoms of one line."""
    widths = [atom.width for atom in taken]
    spaces = [atom.space for atom in taken]
    spaces[0] = -taken[0].trim_start
    ink = _ink_end(taken)
    blanks = [place for place, atom in enumerate(taken) if atom.blank is not None]
    natural = fsum(widths[:ink]) + fsum(spaces[:ink])
    if ink:
        natural -= taken[ink - 1].trim_end
    slack = measure.width - measure.indent - natural
    if slack > 0:
        inked = [place for place in blanks if place < ink]
        slack -= _give(taken, ink, inked, slack, style.size_pt, measure, widths, spaces)
    x = measure.indent
    if measure.align != "left":
        x += slack / (2 if measure.align == "center" else 1)
    steps = [*accumulate(chain.from_iterable(zip(spaces, widths, strict=True)), initial=x)]
    places, ends = steps[1::2], steps[2::2]
    right = ends[ink - 1] - taken[ink - 1].trim_end if ink else measure.indent
    pieces = _pieces(taken, spaces, places, ends)
    rules = _rules(taken, blanks, places, ends, measure)
    return Line(
        pieces=pieces,
        rules=rules,
        spots=_spots(taken, places, ends),
        width=right,
        height=style.leading_pt,
        size_pt=style.size_pt,
        end=end,
        last=last,
        speaks=any(rule.empty for rule in rules) or any(piece.speaks for piece in pieces),
        of_form=all(not piece.path or piece.speaks for piece in pieces),
    )


def _ink_end(taken: Sequence[Atom]) -> int:
    """Return how many atoms are left when the white at the line's end is not counted."""
    count = len(taken)
    while count and _is_white(taken[count - 1]):
        count -= 1
    return count


def _is_white(atom: Atom) -> bool:
    return atom.kind in (Kind.GAP, Kind.BREAK) or atom.text.isspace()


def _give(
    taken: Sequence[Atom],
    ink: int,
    blanks: list[int],
    slack: float,
    em: float,
    measure: Measure,
    widths: list[float],
    spaces: list[float],
) -> float:
    """Give slack to the line's blanks, else between its characters; return what was given.

    `blanks` are the places of their ends.
    """
    if measure.align != "left":
        return 0
    closed = [place for place in blanks if taken[place].kind == Kind.CLOSE]
    filled = [place for place in closed if (blank := taken[place].blank) and blank.fill]
    if filled:
        for place in filled:
            widths[place] += slack / len(filled)
        return slack
    if not measure.justify:
        return 0
    opened = {taken[place].inline: place for place in blanks if taken[place].kind == Kind.OPEN}
    pairs = [(opened[taken[end].inline], end) for end in closed if taken[end].inline in opened]
    if pairs:
        return widen_blanks(pairs, slack, widths)
    gaps = [place for place in range(1, ink) if taken[place].stretch]
    return set_apart(gaps, slack, em, [atom.text for atom in taken], spaces)


def widen_blanks(pairs: Sequence[tuple[int, int]], slack: float, widths: list[float]) -> float:
    """Give all slack to blanks, by the places of their ends: on both sides of what is in them."""
    for start, end in pairs:
        is_empty = end == start + 1
        widths[start] += 0 if is_empty else slack / len(pairs) / 2
        widths[end] += slack / len(pairs) / (1 if is_empty else 2)
    return slack


def set_apart(
    gaps: Sequence[int], slack: float, em: float, texts: Sequence[str], spaces: list[float]
) -> float:
    """Give all slack to the spaces before some places; none where they would be too wide.

    `texts` are the line's characters; return what was given.
    """
    if not gaps or slack > _STRETCH * em * len(gaps):
        return 0
    is_wide = slack > _STRETCH_MIXED * em * len(gaps)
    if is_wide and any(text < "\u0250" and text.isalpha() for text in texts):
        return 0
    for place in gaps:
        spaces[place] += slack / len(gaps)
    return slack


def _pieces(
    taken: Sequence[Atom], spaces: list[float], places: list[float], ends: list[float]
) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    start, count = 0, len(taken)
    while start < count:
        first = taken[start]
        stop = start + 1
        if first.text:
            face, path, shared, size = first.face, first.path, first.shared, first.size
            spread = first.inline if first.kind == Kind.SPREAD else -1
            while stop < count:
                atom = taken[stop]
                if atom.face != face or atom.path != path or atom.shared != shared:
                    break
                if not atom.text or atom.size != size:
                    break
                if (atom.inline if atom.kind == Kind.SPREAD else -1) != spread:
                    break
                stop += 1
            is_even = not any(spaces[start + 1 : stop])
            pieces.append(_piece(taken[start:stop], places[start:stop], ends[stop - 1], is_even))
        start = stop
    return tuple(pieces)


def _piece(part: Sequence[Atom], places: list[float], end: float, is_even: bool) -> Piece:
    first = part[0]
    widths = [] if is_even else [atom.width for atom in part]
    moves = () if is_even else moves_of(places, widths, first.size)
    return Piece(
        x=places[0],
        width=end - places[0],
        text="".join([atom.text for atom in part]),
        role=first.role,
        size_pt=first.size,
        path=first.path,
        face=first.face,
        moves=moves,
        shared=first.shared,
        apart=reads_apart(moves),
    )


def moves_of(
    places: Sequence[float], widths: Sequence[float], size: float
) -> tuple[tuple[int, float], ...]:
    """Return the moves of characters that stand at places, from the first on (points)."""
    moves = []
    pen = places[0] + widths[0]  # where the reader's pen stands, rounding included
    for count in range(1, len(places)):
        move = round((places[count] - pen) * 1000 / size)
        if move:
            moves.append((count, float(move)))
            pen += move * size / 1000
        pen += widths[count]
    return tuple(moves)


def reads_apart(moves: Sequence[tuple[int, float]]) -> bool:
    """Whether characters so moved would be read with spaces between them."""
    return any(move > _READS_AS_SPACE for _, move in moves)


def _rules(
    taken: Sequence[Atom],
    blanks: list[int],
    places: list[float],
    ends: list[float],
    measure: Measure,
) -> tuple[Rule, ...]:
    """Rule each blank, from the line's start and to the margin where it runs over."""
    rules: list[Rule] = []
    start: float | None = measure.indent if taken[0].within else None
    for place in blanks:
        kind = taken[place].kind
        if kind == Kind.OPEN:
            start = places[place]
        elif kind == Kind.CLOSE and start is not None:
            stop = ends[place]
            if place + 1 < len(taken):
                stop = min(stop, places[place + 1])
            empty = place > 0 and taken[place - 1].kind == Kind.OPEN
            rules.append(Rule(start, stop, empty))
            start = None
    if start is not None:
        rules.append(Rule(start, measure.width))
    return tuple(rules)


def _spots(taken: Sequence[Atom], places: list[float], ends: list[float]) -> tuple[Spot, ...]:
    spots: list[Spot] = []
    path, start, stop = "", 0.0, 0.0
    for atom, place, end in zip(taken, places, ends, strict=True):
        if atom.path == path:
            stop = end
        elif atom.path:
            spots += [Spot(path, start, stop)] if path else []
            path, start, stop = atom.path, place, end
    spots += [Spot(path, start, stop)] if path else []
    return tuple(spots)
