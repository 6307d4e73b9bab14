"""A paragraph's inline pieces taken apart into atoms: the smallest things a line is made of.

Each atom has its width, its space from the one before, what it loses at a line's edges and
whether a line may break before it.  Lines are made of atoms by `forms.output.text`.
"""

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import fsum

from forms.ground.fonts import FontSet, MissingGlyph
from forms.ground.voices import Role
from forms.output import line_breaks
from forms.output.atom import QUOTE, SETTLED, TICKED, Atom, Kind, TextStyle
from forms.output.atom_joins import hold_label, hold_tick, join
from forms.output.line_breaks import FORBIDDEN, LOOSE, RELUCTANT
from forms.paper.document import AnyInline, Blank, Gap, Run, Spread, Tick

PAD = 0.3  # least em on each side of an answer in its blank
TICK_BEFORE = 0.2  # em before a tick that does not begin a line
_TICK_AFTER, _TICK_LEADING = 0.08, 0.3
_WHOLE = 6  # an answer of so few em is not broken
_BESIDE = 1.5  # em a line keeps for what a blank has beside it
_MARK_LOSS, _CLEAR = 0.5, 0.04  # em a mark gives up, as far as its ink leaves so much clear
_BEARING = 0.05  # em of white at both sides of an apostrophe in a Latin word


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
                join(made, em, start, start + 1)
            case Blank():
                made += _of_blank(inline, index, style, fonts, limit_pt)
                blanks.append(start)
                join(made, em, start, start + 2)
                join(made, em, len(made) - 1, len(made))
            case Tick():
                made += _of_tick(inline, index, style, fonts, made)
                ticks.append(start + 1)
                join(made, em, start, start + 2)
            case Spread():
                made += _of_spread(inline, index, style, fonts)
                join(made, em, start, start + 1)
            case Gap():
                made.append(Atom(Kind.GAP, "", inline.em * em, index, 0))
                join(made, em, start, start + 1)
            case _:
                made.append(Atom(Kind.BREAK, "", 0, index, 0))
                join(made, em, start, start + 1)
    for place in blanks:
        hold_label(made, place)
    for place in ticks:
        hold_tick(made, place)
    return made


def _of_run(run: Run, index: int, style: TextStyle, fonts: FontSet) -> list[Atom]:
    if not run.path:
        # What it meets changes an atom, so that each line has atoms of its own.
        return [atom.__copy__() for atom in _of_words(run, index, style, fonts)]
    role, size = run.role or style.answer_role, style.answer_size_pt or style.size_pt
    made = list(_characters(run.text, role, size, index, run.path, True, fonts))
    join(made, style.size_pt, 1, len(made))
    return made


@lru_cache(maxsize=1024)
def _of_words(run: Run, index: int, style: TextStyle, fonts: FontSet) -> tuple[Atom, ...]:
    """The atoms of a form's own words, which come again in every copy; only to be copied."""
    role, size = run.role or style.role, style.size_pt
    made = list(_characters(run.text, role, size, index, "", False, fonts))
    join(made, size, 1, len(made))
    return tuple(made)


def _characters(
    text: str, role: Role, size: float, index: int, path: str, answer: bool, fonts: FontSet
) -> Iterator[Atom]:
    held = line_breaks.held_together(text)
    quotes = line_breaks.latin_quotes(text) if held else frozenset()
    known = cast(role, size, answer, fonts)
    for offset, character in enumerate(text):
        if character in LINE_ENDS:
            if character != "\n" or text[offset - 1 : offset] != "\r":
                ending = Atom(Kind.BREAK, "", 0, index, offset + 1)
                ending.answer = answer
                yield ending
            continue
        try:
            atom = known[" " if character == "\t" else character].__copy__()
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
        atom = Atom(Kind.CHARACTER, character, setting.width * size, 0, 0)
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
def cast(role: Role, size: float, answer: bool, fonts: FontSet) -> dict[str, Atom]:
    """Return the characters of a role in one size, made when asked for; only to be copied.

    Asking for one raises MissingGlyph.
    """
    return _Cast(role, size, answer, fonts)


LINE_ENDS = frozenset("\n\r\v\f\x85\u2028\u2029")


def _of_blank(
    blank: Blank, index: int, style: TextStyle, fonts: FontSet, limit: float
) -> Iterator[Atom]:
    em, size = style.size_pt, style.answer_size_pt or style.size_pt
    inner = list(_characters(blank.answer, style.answer_role, size, index, blank.path, True, fonts))
    join(inner, em, 1, len(inner))
    natural = fsum([atom.width + atom.space for atom in inner])
    ends = (inner[0].trim_start, inner[-1].trim_end) if inner else None
    left, right, is_short = padding(blank, natural, ends, em, limit)
    if is_short:
        for atom in inner:
            atom.hold = max(atom.hold, LOOSE)
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


def padding(
    blank: Blank, natural: float, ends: tuple[float, float] | None, em: float, limit: float
) -> tuple[float, float, bool]:
    """Return a blank's white before and after its answer, and whether that is not to be broken.

    `ends` are what the answer's first and last character may lose there, None without an answer.
    """
    least = min(blank.min_em * em, limit - _BESIDE * em)
    left = right = PAD * em
    if ends is not None:
        left, right = 0 if ends[0] else left, 0 if ends[1] else right
    is_short = ends is not None and natural + left + right <= max(least, _WHOLE * em)
    lacking = max(0.0, least - natural - left - right)
    if blank.fill or ends is None:
        return left, right + lacking, is_short
    return left + lacking / 2, right + lacking / 2, is_short


def _of_tick(
    tick: Tick, index: int, style: TextStyle, fonts: FontSet, before: Sequence[Atom]
) -> Iterator[Atom]:
    em = style.size_pt
    character = "☑" if tick.checked else "□"
    (atom,) = _characters(character, style.role, em, index, tick.path, True, fonts)
    atom.offset = 0
    leading = not before or before[-1].text == "\u3000"
    leading = leading or before[-1].kind in (Kind.BREAK, Kind.GAP)
    if not leading and before[-1].kind != Kind.OPEN:
        atom.space = TICK_BEFORE * em
        atom.stretch = False
    yield atom
    gap = Atom(Kind.GAP, "", after_tick(em, is_leading=leading), index, 1)
    gap.hold = FORBIDDEN
    gap.blank = TICKED
    yield gap


def after_tick(size_pt: float, *, is_leading: bool) -> float:
    """Return the white after a tick in points."""
    return (tick_em(size_pt) - 1 if is_leading else _TICK_AFTER) * size_pt


def tick_em(size_pt: float) -> float:
    """Return the width in em of a leading tick box and its gap (1.3; 1.35 from 16 pt).

    The runover of its text aligns there: hang_em = first_indent_em + tick_em(size_pt).
    """
    return 1 + _TICK_LEADING + (0.05 if size_pt >= 16 else 0)


def _of_spread(spread: Spread, index: int, style: TextStyle, fonts: FontSet) -> Iterator[Atom]:
    role = spread.role or style.role
    inner = list(_characters(spread.text, role, style.size_pt, index, "", False, fonts))
    natural = fsum(atom.width for atom in inner)
    extra = max(0.0, spread.em * style.size_pt - natural) / max(1, len(inner) - 1)
    for place, atom in enumerate(inner):
        atom.kind = Kind.SPREAD
        atom.trim_start = atom.trim_end = 0
        if place:
            atom.space, atom.hold, atom.stretch = extra, FORBIDDEN, False
        elif len(inner) == 1:
            atom.width += extra
        yield atom
