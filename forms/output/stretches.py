"""Words taken apart once: what each character takes, the spaces between them, where fonts change.

It knows one voice and no line: where words stand is `forms.output.short_lines`'.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import groupby, pairwise
from typing import NamedTuple

from forms.ground.fonts import FontSet, MissingGlyph
from forms.ground.voices import Role
from forms.output import line_breaks
from forms.output.atom import Atom
from forms.output.atom_joins import THIN
from forms.output.atoms import cast

# Line ends, quotation marks that may be a Latin word's; odd is white at an end, too.
_ODD = frozenset("\n\r\t\v\f\x85\u2028\u2029‘’“”")


class Stretch(NamedTuple):
    """Words in one voice, taken apart: what each character takes, and where fonts change.

    `groups` are (start, end, face, whether every copy of the form shows it).
    """

    widths: list[float]
    spaces: list[float]  # from the character before; the first has none
    first: Atom
    last: Atom
    groups: list[tuple[int, int, str, bool]]


@lru_cache(maxsize=2048)
def stretch_of(
    text: str, role: Role, size: float, em: float, is_answer: bool, fonts: FontSet
) -> Stretch | None:
    """Words taken apart; None where something in them is odd."""
    even = _even(role, size, is_answer, fonts)
    if text and even.characters.issuperset(text):
        return even.stretch(text)
    if not text or not _ODD.isdisjoint(text) or text[0].isspace() or text[-1].isspace():
        return None
    known = cast(role, size, is_answer, fonts)
    try:
        taken = [*map(known.__getitem__, text)]
    except MissingGlyph:
        return None
    if min(text) >= "\u4e00" and max(text) <= "\u9fff":  # Han alone
        spaces = [0.0] * len(taken)
        even.add(taken)
    else:
        between = _spaces(role, size, em, is_answer, fonts)
        spaces = [0.0, *[between[before + here] for before, here in pairwise(text)]]
    groups = _groups(taken)
    if not all(face for _, _, face, _ in groups):  # characters that take no width
        return None
    return Stretch([atom.width for atom in taken], spaces, taken[0], taken[-1], groups)


class _Even:
    """Han characters of a voice that were met and take as much in the same font as the first."""

    def __init__(self, known: Mapping[str, Atom]) -> None:
        self.characters: set[str] = set()
        self._known = known
        self._first: Atom | None = None

    def add(self, taken: Sequence[Atom]) -> None:
        """Look at characters of a text that is Han alone."""
        if self._first is None:
            self._first = taken[0]
        as_first = self._first.width, self._first.face, self._first.shared
        if self._first.face:
            self.characters.update(
                [atom.text for atom in taken if (atom.width, atom.face, atom.shared) == as_first]
            )

    def stretch(self, text: str) -> Stretch:
        """Return words of these characters taken apart."""
        count, first = len(text), self._known[text[0]]
        group = 0, count, first.face, first.shared
        return Stretch([first.width] * count, [0.0] * count, first, self._known[text[-1]], [group])


@lru_cache(maxsize=64)
def _even(role: Role, size: float, is_answer: bool, fonts: FontSet) -> _Even:
    return _Even(cast(role, size, is_answer, fonts))


def _groups(taken: Sequence[Atom]) -> list[tuple[int, int, str, bool]]:
    first = taken[0]
    faces = [atom.face for atom in taken]
    if first.answer and faces.count(first.face) == len(faces):  # of answers nothing is shared
        return [(0, len(faces), first.face, first.shared)]
    groups: list[tuple[int, int, str, bool]] = []
    start = 0
    for (face, shared), alike in groupby([(atom.face, atom.shared) for atom in taken]):
        end = start + len([*alike])
        groups.append((start, end, face, shared))
        start = end
    return groups


class _Spaces(dict[str, float]):
    """The spaces between two characters, by both."""

    def __init__(self, known: Mapping[str, Atom], em: float) -> None:
        super().__init__()
        self._known, self._em = known, em

    def __missing__(self, pair: str) -> float:
        if len(self) > _MOST_PAIRS:
            self.clear()
        before, here = map(self._known.__getitem__, pair)
        space = self[pair] = space_between(before, here, self._em)
        return space


_MOST_PAIRS = 4096


@lru_cache(maxsize=64)
def _spaces(role: Role, size: float, em: float, is_answer: bool, fonts: FontSet) -> _Spaces:
    return _Spaces(cast(role, size, is_answer, fonts), em)


def space_between(before: Atom, here: Atom, em: float) -> float:
    """Return the space between two characters in points: thin, or less than none."""
    if line_breaks.meeting(before.text, here.text)[1]:
        return THIN * em
    if before.trim_end and (here.trim_end or here.trim_start):
        return -before.trim_end
    if before.trim_start and here.trim_start:
        return -here.trim_start
    return 0.0
