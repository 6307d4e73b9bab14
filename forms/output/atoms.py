"""A paragraph's inline pieces taken apart into atoms: the smallest things a line is made of.

Each atom has its width, its space from the one before, what it loses at a line's edges and
whether a line may break before it.  Lines are made of atoms by `forms.output.text`.
"""

import math
from collections.abc import Iterator, Sequence
from enum import IntEnum

import msgspec

from forms.ground.fonts import FontSet, MissingGlyph
from forms.output import line_breaks
from forms.output.line_breaks import FORBIDDEN, FREE, LOOSE, RELUCTANT
from forms.paper.document import AnyInline, Blank, Gap, Role, Run, Spread, Tick

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


class Atom:
    """One thing on a line; every measure in points."""

    __slots__ = (
        "after",
        "answer",
        "blank",
        "face",
        "hold",
        "inline",
        "kind",
        "offset",
        "own",
        "path",
        "role",
        "size",
        "space",
        "stretch",
        "text",
        "trim_end",
        "trim_start",
        "width",
        "within",
    )

    def __init__(self, kind: Kind, text: str, width: float, inline: int, offset: int) -> None:
        """Make an atom that stands close and may begin a line."""
        self.kind = kind
        self.text = text
        self.width = width
        self.inline = inline
        self.offset = offset  # in the inline's text
        self.after = offset + len(text)
        self.face = ""
        self.role: Role = "song"
        self.size = 0.0
        self.path = ""
        self.answer = False
        self.space = 0.0  # from the atom before, lost at a line's start; squeezing is negative
        self.trim_start = 0.0
        self.trim_end = 0.0
        self.hold = FREE  # against a break before it
        self.own = 0  # SETTLED or QUOTE, where it is no mere character
        self.stretch = True  # whether justification may widen the space before it
        self.blank: Blank | None = None
        self.within = False  # a blank's answer or its end


def atoms(
    inlines: Sequence[AnyInline], style: TextStyle, fonts: FontSet, limit_pt: float = math.inf
) -> list[Atom]:
    """Return a paragraph's atoms; no blank's least width passes the limit.

    Raises MissingGlyph with the fact's path.
    """
    made: list[Atom] = []
    for index, inline in enumerate(inlines):
        made.extend(_of(inline, index, style, fonts, limit_pt, made))
    _join(made, style.size_pt)
    _hold_labels(made)
    _hold_ticks(made)
    return made


def _of(
    inline: AnyInline,
    index: int,
    style: TextStyle,
    fonts: FontSet,
    limit: float,
    before: Sequence[Atom],
) -> Iterator[Atom]:
    match inline:
        case Run():
            return _of_run(inline, index, style, fonts)
        case Blank():
            return _of_blank(inline, index, style, fonts, limit)
        case Tick():
            return _of_tick(inline, index, style, fonts, before)
        case Spread():
            return _of_spread(inline, index, style, fonts)
        case Gap():
            return iter((Atom(Kind.GAP, "", inline.em * style.size_pt, index, 0),))
    return iter((Atom(Kind.BREAK, "", 0, index, 0),))


def _of_run(run: Run, index: int, style: TextStyle, fonts: FontSet) -> Iterator[Atom]:
    role = run.role or (style.answer_role if run.path else style.role)
    size = (style.answer_size_pt if run.path else 0) or style.size_pt
    return _characters(run.text, role, size, index, run.path, bool(run.path), fonts)


def _characters(
    text: str, role: Role, size: float, index: int, path: str, answer: bool, fonts: FontSet
) -> Iterator[Atom]:
    held = line_breaks.held_together(text)
    quotes = line_breaks.latin_quotes(text) if held else frozenset()
    setting_of = fonts.setting
    for offset, character in enumerate(text):
        if character in LINE_ENDS:
            if character != "\n" or text[offset - 1 : offset] != "\r":
                ending = Atom(Kind.BREAK, "", 0, index, offset + 1)
                ending.answer = answer
                yield ending
            continue
        shown = " " if character == "\t" else character
        try:
            setting = setting_of(shown, role)
        except MissingGlyph as missing:
            missing.path = path
            raise
        if not setting.face:
            continue
        atom = Atom(Kind.CHARACTER, shown, setting.width * size, index, offset)
        atom.face, atom.role, atom.size, atom.path = setting.face, role, size, path
        atom.answer = answer
        if offset in held:
            atom.hold = held[offset]
            if atom.hold == RELUCTANT:
                atom.own = SETTLED
        if offset in quotes:
            atom.own = QUOTE
            atom.trim_start = size * max(0.0, setting.before - _BEARING)
            atom.trim_end = size * max(0.0, setting.after - _BEARING)
        elif setting.width > 0.9:
            if character in line_breaks.WHITE_BEFORE:
                atom.trim_start = size * max(0.0, min(_MARK_LOSS, setting.before - _CLEAR))
            elif character in line_breaks.WHITE_AFTER:
                atom.trim_end = size * max(0.0, min(_MARK_LOSS, setting.after - _CLEAR))
        yield atom


LINE_ENDS = frozenset("\n\r\v\f\x85\u2028\u2029")


def _of_blank(
    blank: Blank, index: int, style: TextStyle, fonts: FontSet, limit: float
) -> Iterator[Atom]:
    em, size = style.size_pt, style.answer_size_pt or style.size_pt
    least = min(blank.min_em * em, limit - _BESIDE * em)
    inner = list(_characters(blank.answer, style.answer_role, size, index, blank.path, True, fonts))
    _join(inner, em)
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


def _join(made: list[Atom], em: float) -> None:
    """Set spaces and holds between neighbours; those within blanks have theirs already."""
    for place in range(1, len(made)):
        before, here = made[place - 1], made[place]
        if before.kind is Kind.CHARACTER and here.kind is Kind.CHARACTER:
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


def _hold_labels(made: list[Atom]) -> None:
    """Hold each blank to its label: a few characters after a gap, or such as end in a colon."""
    for place, atom in enumerate(made):
        if atom.kind is not Kind.OPEN or not place:
            continue
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


def _hold_ticks(made: list[Atom]) -> None:
    """Hold each tick to the first two characters of its word."""
    for place, atom in enumerate(made):
        if atom.blank is _TICKED:
            for part in made[place + 1 : place + 3]:
                part.hold = max(part.hold, RELUCTANT)
