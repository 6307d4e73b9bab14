"""A paragraph's inline pieces taken apart into atoms: the smallest things a line is made of.

Each atom has its width, its space from the one before, what it loses at a line's edges and
whether a line may break before it.  Lines are made of atoms by `forms.output.text`.
"""

import math
from collections.abc import Iterator, Sequence
from enum import IntEnum
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from forms.ground.fonts import FontSet, MissingGlyph
from forms.ground.voices import Role
from forms.output import line_breaks
from forms.output.line_breaks import FORBIDDEN, FREE, LOOSE, RELUCTANT
from forms.paper.document import AnyInline, Blank, Gap, Run, Spread, Tick

THIN = 0.2  # em between Han and Latin
PAD = 0.3  # least em on each side of an answer in its blank
_TICK_BEFORE, _TICK_AFTER, _TICK_LEADING = 0.2, 0.08, 0.3
_WHOLE = 6  # an answer of so few em is not broken
_LABEL = 8  # the most characters a label has
_BESIDE = 1.5  # em a line keeps for what a blank has beside it
_MARK_LOSS, _CLEAR = 0.5, 0.04  # em a mark gives up, as far as its ink leaves so much clear
# An atom whose hold is its own and not its neighbours', and a Latin word's quotation mark.
SETTLED, QUOTE = 1, 2
_BEARING = 0.05  # em of white at both sides of an apostrophe in a Latin word


class TextStyle(msgspec.Struct, frozen=True, kw_only=True, cache_hash=True):
    """How a paragraph is set; sizes and leading in points.

    `answer_size_pt` 0 means the size of the printed words.
    """

    role: Role
    size_pt: float
    leading_pt: float
    answer_role: Role = "kai"
    answer_size_pt: float = 0


class Kind(IntEnum):
    """What an atom is."""

    CHARACTER = 0
    SPREAD = 1
    GAP = 2
    OPEN = 3  # a blank's beginning and the padding there
    CLOSE = 4
    BREAK = 5


_CHARACTER = Kind.CHARACTER


class Atom(msgspec.Struct, eq=False, gc=False):
    """One thing on a line; every measure in points.  A new one stands close and may begin a line.

    `offset` is its place in its inline's text; `shared` what every copy of the form shows alike.
    """

    kind: Kind
    text: str
    width: float
    inline: int
    offset: int
    face: str = ""
    role: Role = "song"
    size: float = 0.0
    path: str = ""
    answer: bool = False
    shared: bool = False
    space: float = 0.0  # from the atom before, lost at a line's start; squeezing is negative
    trim_start: float = 0.0
    trim_end: float = 0.0
    hold: int = FREE  # against a break before it
    own: int = 0  # SETTLED or QUOTE, where it is no mere character
    stretch: bool = True  # whether justification may widen the space before it
    blank: Blank | None = None
    within: bool = False  # a blank's answer or its end

    if TYPE_CHECKING:  # msgspec's own, of which its types say nothing

        def __copy__(self) -> "Atom": ...


def atoms(
    inlines: Sequence[AnyInline], style: TextStyle, fonts: FontSet, limit_pt: float = math.inf
) -> list[Atom]:
    """Return a paragraph's atoms; no blank's least width passes the limit.

    Raises MissingGlyph with the fact's path.
    """
    em = style.size_pt
    made: list[Atom] = []
    blanks, ticks = [], []
    for index, inline in enumerate(inlines):
        start = len(made)
        match inline:
            case Run():
                made += _of_run(inline, index, style, fonts)
                _join(made, em, start, start + 1)
            case Blank():
                made += _of_blank(inline, index, style, fonts, limit_pt)
                blanks.append(start)
                _join(made, em, start, start + 2)
                _join(made, em, len(made) - 1, len(made))
            case Tick():
                made += _of_tick(inline, index, style, fonts, made)
                ticks.append(start + 1)
                _join(made, em, start, start + 2)
            case Spread():
                made += _of_spread(inline, index, style, fonts)
                _join(made, em, start, start + 1)
            case Gap():
                made.append(Atom(Kind.GAP, "", inline.em * em, index, 0))
                _join(made, em, start, start + 1)
            case _:
                made.append(Atom(Kind.BREAK, "", 0, index, 0))
                _join(made, em, start, start + 1)
    for place in blanks:
        _hold_label(made, place)
    for place in ticks:
        _hold_tick(made, place)
    return made


def _of_run(run: Run, index: int, style: TextStyle, fonts: FontSet) -> list[Atom]:
    if not run.path:
        # What it meets changes an atom, so that each line has atoms of its own.
        return [atom.__copy__() for atom in _of_words(run, index, style, fonts)]
    role, size = run.role or style.answer_role, style.answer_size_pt or style.size_pt
    made = list(_characters(run.text, role, size, index, run.path, True, fonts))
    _join(made, style.size_pt, 1, len(made))
    return made


@lru_cache(maxsize=1024)
def _of_words(run: Run, index: int, style: TextStyle, fonts: FontSet) -> tuple[Atom, ...]:
    """The atoms of a form's own words, which come again in every copy; only to be copied."""
    role, size = run.role or style.role, style.size_pt
    made = list(_characters(run.text, role, size, index, "", False, fonts))
    _join(made, size, 1, len(made))
    return tuple(made)


def _characters(
    text: str, role: Role, size: float, index: int, path: str, answer: bool, fonts: FontSet
) -> Iterator[Atom]:
    held = line_breaks.held_together(text)
    quotes = line_breaks.latin_quotes(text) if held else frozenset()
    cast = _cast(role, size, answer, fonts)
    for offset, character in enumerate(text):
        if character in LINE_ENDS:
            if character != "\n" or text[offset - 1 : offset] != "\r":
                ending = Atom(Kind.BREAK, "", 0, index, offset + 1)
                ending.answer = answer
                yield ending
            continue
        try:
            atom = cast[" " if character == "\t" else character].__copy__()
        except MissingGlyph as missing:
            missing.path = path
            raise
        if not atom.face:
            continue
        atom.inline, atom.offset, atom.path = index, offset, path
        if offset in held:
            atom.hold = held[offset]
            if atom.hold == RELUCTANT:
                atom.own = SETTLED
        if offset in quotes:
            setting = fonts.setting(character, role)
            atom.own = QUOTE
            atom.trim_start = size * max(0.0, setting.before - _BEARING)
            atom.trim_end = size * max(0.0, setting.after - _BEARING)
        yield atom


class _Cast(dict[str, Atom]):
    """The characters of a role in one size, each an atom to be copied, made when first met."""

    def __init__(self, role: Role, size: float, answer: bool, fonts: FontSet) -> None:
        super().__init__()
        self.role: Role = role
        self.size = size
        self.answer = answer
        self.fonts = fonts

    def __missing__(self, character: str) -> Atom:
        size, setting = self.size, self.fonts.setting(character, self.role)
        atom = Atom(_CHARACTER, character, setting.width * size, 0, 0)
        atom.face, atom.role, atom.size = setting.face, self.role, size
        atom.answer, atom.shared = self.answer, not self.answer and not character.isascii()
        if setting.width > 0.9:
            if character in line_breaks.WHITE_BEFORE:
                atom.trim_start = size * max(0.0, min(_MARK_LOSS, setting.before - _CLEAR))
            elif character in line_breaks.WHITE_AFTER:
                atom.trim_end = size * max(0.0, min(_MARK_LOSS, setting.after - _CLEAR))
        if len(self) >= _MOST_CAST:
            self.clear()
        self[character] = atom
        return atom


_MOST_CAST = 4096


@lru_cache(maxsize=32)
def _cast(role: Role, size: float, answer: bool, fonts: FontSet) -> _Cast:
    return _Cast(role, size, answer, fonts)


LINE_ENDS = frozenset("\n\r\v\f\x85\u2028\u2029")


def _of_blank(
    blank: Blank, index: int, style: TextStyle, fonts: FontSet, limit: float
) -> Iterator[Atom]:
    em, size = style.size_pt, style.answer_size_pt or style.size_pt
    least = min(blank.min_em * em, limit - _BESIDE * em)
    inner = list(_characters(blank.answer, style.answer_role, size, index, blank.path, True, fonts))
    _join(inner, em, 1, len(inner))
    left = right = PAD * em
    if inner and inner[0].trim_start:
        left = 0
    if inner and inner[-1].trim_end:
        right = 0
    natural = sum(atom.width + atom.space for atom in inner)
    if inner and natural + left + right <= max(least, _WHOLE * em):
        for atom in inner:
            atom.hold = max(atom.hold, LOOSE)
    lacking = max(0.0, least - natural - left - right)
    if blank.fill or not inner:
        right += lacking
    else:
        left, right = left + lacking / 2, right + lacking / 2
    begin = Atom(Kind.OPEN, "", left, index, 0)
    end = Atom(Kind.CLOSE, "", right, index, len(blank.answer))
    begin.blank = end.blank = blank
    begin.path = end.path = blank.path
    if inner:
        inner[0].hold = FORBIDDEN
    for atom in (*inner, end):
        atom.within = True
    end.hold = FORBIDDEN
    yield begin
    yield from inner
    yield end


def _of_tick(
    tick: Tick, index: int, style: TextStyle, fonts: FontSet, before: Sequence[Atom]
) -> Iterator[Atom]:
    em = style.size_pt
    character = "☑" if tick.checked else "□"
    (atom,) = _characters(character, style.role, em, index, tick.path, True, fonts)
    atom.offset = 0
    leading = not before or before[-1].text == "\u3000"
    leading = leading or before[-1].kind in (Kind.BREAK, Kind.GAP)
    if not leading and before[-1].kind is not Kind.OPEN:
        atom.space = _TICK_BEFORE * em
        atom.stretch = False
    yield atom
    after = tick_em(em) - 1 if leading else _TICK_AFTER
    gap = Atom(Kind.GAP, "", after * em, index, 1)
    gap.hold = FORBIDDEN
    gap.blank = _TICKED
    yield gap


_TICKED = Blank()  # marks the gap after a tick, at which no line breaks


def tick_em(size_pt: float) -> float:
    """Return the width in em of a leading tick box and its gap (1.3; 1.35 from 16 pt).

    The runover of its text aligns there: hang_em = first_indent_em + tick_em(size_pt).
    """
    return 1 + _TICK_LEADING + (0.05 if size_pt >= 16 else 0)


def _of_spread(spread: Spread, index: int, style: TextStyle, fonts: FontSet) -> Iterator[Atom]:
    role = spread.role or style.role
    inner = list(_characters(spread.text, role, style.size_pt, index, "", False, fonts))
    natural = sum(atom.width for atom in inner)
    extra = max(0.0, spread.em * style.size_pt - natural) / max(1, len(inner) - 1)
    for place, atom in enumerate(inner):
        atom.kind = Kind.SPREAD
        atom.trim_start = atom.trim_end = 0
        if place:
            atom.space, atom.hold, atom.stretch = extra, FORBIDDEN, False
        elif len(inner) == 1:
            atom.width += extra
        yield atom


def _join(made: list[Atom], em: float, start: int, end: int) -> None:
    """Set spaces and holds of the atoms from start to end to those before them."""
    for place in range(max(1, start), min(end, len(made))):
        before, here = made[place - 1], made[place]
        if before.kind is _CHARACTER and here.kind is _CHARACTER:
            _join_characters(before, here, em)
        else:
            _join_others(made, place, em)


def _join_characters(before: Atom, here: Atom, em: float) -> None:
    hold, apart, word = line_breaks.meeting(before.text, here.text)
    if hold > here.hold and here.own != SETTLED:
        here.hold = hold
    if before.own == QUOTE or here.own == QUOTE:
        here.stretch = False
        here.space = -(before.trim_end if before.own == QUOTE else 0)
        here.space -= here.trim_start if here.own == QUOTE else 0
        return
    if word:
        here.stretch = False
    if here.space:
        return
    if apart:
        here.space = THIN * em
    elif before.trim_end and (here.trim_end or here.trim_start):
        here.space = -before.trim_end
    elif before.trim_start and here.trim_start:
        here.space = -here.trim_start


def _join_others(made: list[Atom], place: int, em: float) -> None:
    before, here = made[place - 1], made[place]
    if Kind.BREAK in (before.kind, here.kind):
        here.hold = FORBIDDEN if here.kind is Kind.BREAK else FREE
        return
    if before.kind is not Kind.SPREAD or here.kind is not Kind.SPREAD:
        here.stretch = False
    last = _ink_before(made, place)
    if before.blank is _TICKED:
        here.hold = max(here.hold, LOOSE)
    elif here.kind is Kind.GAP:
        here.hold = FORBIDDEN
    elif here.kind is Kind.OPEN:
        _join_opening(last, made, place)
    elif before.kind is Kind.CLOSE and here.text:
        _join_closed(last, here)
    elif last is not None and here.text and before.kind is not Kind.GAP:
        here.hold = max(here.hold, line_breaks.between(last.text, here.text))


def _ink_before(made: list[Atom], place: int) -> Atom | None:
    """Return the last character before a place, within its blank if a blank has just ended."""
    at = place - 1
    while at >= 0 and not made[at].text:
        if made[at].kind in (Kind.BREAK, Kind.OPEN, Kind.GAP):
            return None
        at -= 1
    return made[at] if at >= 0 else None


def _join_opening(last: Atom | None, made: list[Atom], place: int) -> None:
    here = made[place]
    following = made[place + 1]
    if last is None:
        return
    if last.text in line_breaks.NOT_AT_END:
        here.hold = FORBIDDEN
    if following.trim_start and (last.trim_end or last.trim_start):
        here.space = -last.trim_end or -following.trim_start


def _join_closed(last: Atom | None, here: Atom) -> None:
    """Join what follows a blank: a figure's unit stays, a mark never begins a line."""
    if here.text in line_breaks.NOT_AT_START:
        here.hold = FORBIDDEN
    elif line_breaks.is_unit(here.text) and (last is None or line_breaks.takes_unit(last.text)):
        here.hold = LOOSE
    # Its padding sets a blank's answer apart: no thin space is added to it.
    if last is not None and last.trim_end and (here.trim_end or here.trim_start):
        here.space = -last.trim_end


def _hold_label(made: list[Atom], place: int) -> None:
    """Hold a blank to its label: a few characters after a gap, or such as end in a colon."""
    if not place:
        return
    start = place
    while start and place - start <= _LABEL and _of_label(made[start - 1], place - start):
        start -= 1
    begun = start == 0 or made[start - 1].kind in (Kind.GAP, Kind.BREAK)
    colon = made[place - 1].text in ("：", ":")
    if place - start > _LABEL or not (begun or colon):
        start = place - 1 if colon else place
    for part in made[start + 1 : place + 1]:
        part.hold = max(part.hold, RELUCTANT)


def _of_label(atom: Atom, behind: int) -> bool:
    """Tell whether an atom belongs to the label whose colon may stand right before the blank."""
    if not atom.text or atom.answer:
        return False
    return behind == 0 or atom.text not in line_breaks.CLOSING


def _hold_tick(made: list[Atom], place: int) -> None:
    """Hold a tick, its gap at this place, to the first two characters of its word."""
    for part in made[place + 1 : place + 3]:
        part.hold = max(part.hold, RELUCTANT)
