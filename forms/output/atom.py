"""An atom: the smallest thing a line is made of.  And how a paragraph is set."""

from typing import TYPE_CHECKING, Final

import msgspec

from forms.ground.voices import Role
from forms.output.line_breaks import FREE
from forms.paper.document import Blank

# An atom whose hold is its own and not its neighbours', and a Latin word's quotation mark.
SETTLED, QUOTE = 1, 2
TICKED = Blank()
"""Marks the gap after a tick, at which no line breaks."""


class TextStyle(msgspec.Struct, frozen=True, kw_only=True, cache_hash=True):
    """How a paragraph is set; sizes and leading in points.

    `answer_size_pt` 0 means the size of the printed words.
    """

    role: Role
    size_pt: float
    leading_pt: float
    answer_role: Role = "kai"
    answer_size_pt: float = 0


class Kind:
    """What an atom is: plain numbers, as Python 3.11 looks members of an Enum up slowly."""

    CHARACTER: Final = 0
    SPREAD: Final = 1
    GAP: Final = 2
    OPEN: Final = 3  # a blank's beginning and the padding there
    CLOSE: Final = 4
    BREAK: Final = 5


class Atom(msgspec.Struct, eq=False, gc=False):
    """One thing on a line; every measure in points.  A new one stands close and may begin a line.

    `offset` is its place in its inline's text; `shared` what every copy of the form shows alike.
    """

    kind: int  # of Kind
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
