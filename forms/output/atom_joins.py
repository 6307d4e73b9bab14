"""How an atom stands to the one before it: their space, and whether a line may end between them."""

from forms.output import line_breaks
from forms.output.atom import QUOTE, SETTLED, TICKED, Atom, Kind
from forms.output.line_breaks import FORBIDDEN, FREE, LOOSE, RELUCTANT

THIN = 0.2  # em between Han and Latin
_LABEL = 8  # the most characters a label has


def join(made: list[Atom], em: float, start: int, end: int) -> None:
    """Set spaces and holds of the atoms from start to end to those before them."""
    for place in range(max(1, start), min(end, len(made))):
        before, here = made[place - 1], made[place]
        if before.kind == Kind.CHARACTER and here.kind == Kind.CHARACTER:
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
        here.hold = FORBIDDEN if here.kind == Kind.BREAK else FREE
        return
    if before.kind != Kind.SPREAD or here.kind != Kind.SPREAD:
        here.stretch = False
    last = _ink_before(made, place)
    if before.blank is TICKED:
        here.hold = max(here.hold, LOOSE)
    elif here.kind == Kind.GAP:
        here.hold = FORBIDDEN
    elif here.kind == Kind.OPEN:
        _join_opening(last, made, place)
    elif before.kind == Kind.CLOSE and here.text:
        _join_closed(last, here)
    elif last is not None and here.text and before.kind != Kind.GAP:
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


def hold_label(made: list[Atom], place: int) -> None:
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


def hold_tick(made: list[Atom], place: int) -> None:
    """Hold a tick, its gap at this place, to the first two characters of its word."""
    for part in made[place + 1 : place + 3]:
        part.hold = max(part.hold, RELUCTANT)
