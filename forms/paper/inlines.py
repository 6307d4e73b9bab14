"""A paper's text as inline pieces: its words made ready once, its slots filled from a reading."""

import re
from collections.abc import Iterator
from functools import lru_cache
from math import fsum
from typing import TypeAlias

from forms.ground.voices import Role
from forms.pack import language as lang
from forms.pack.slots import Slot, parse
from forms.paper.answers import Answers
from forms.paper.document import AnyInline, Blank, Break, Gap, Inlines, Run, Tick
from forms.paper.printed_values import is_relative

# Spaces a paper's text may hold on purpose, in em; a line is split at them.
SPACES = {"\u3000": 1.0, "\u2002": 0.5, "\u2005": 0.25}
_AT_SPACE = re.compile("([\u3000\u2002\u2005]+)")


def inlines(text: str, view: Answers, type_: lang.Type) -> Inlines:
    """Return a paper's text with its slots filled from a view."""
    parts = taken_apart(text)
    if len(parts) == 1 and not isinstance(parts[0], Slot):
        return parts[0]
    said = tuple([_said(piece, view) for piece in parts if isinstance(piece, Slot)])
    return _filled(text, said, type_.role if view.plain else type_.answer_role, type_.role)


_Said: TypeAlias = tuple[str, str | bool]
"""What stands in a slot: the path it is read from, and its words or whether it is ticked."""


def _said(slot: Slot, view: Answers) -> _Said:
    path = view.place(slot)
    if slot.tick is not None:
        return path, view.key(slot.paths[0]) == slot.tick
    return path, view.answer(slot)


@lru_cache(maxsize=2048)
def _filled(text: str, said: tuple[_Said, ...], role: Role, plain_role: Role) -> Inlines:
    """A text with these answers: one object, by which more is kept where they come again."""
    pieces: list[AnyInline] = []
    answers = iter(said)
    for piece in taken_apart(text):
        if isinstance(piece, Slot):
            as_printed = plain_role if "plain" in piece.options else role
            pieces += _of_slot(piece, *next(answers), as_printed)
        else:
            pieces += piece
    return tuple(pieces)


@lru_cache(maxsize=2048)
def taken_apart(text: str) -> tuple[Slot | Inlines, ...]:
    """A paper's text with its words made ready; every copy of the paper has the same."""
    return tuple(tuple(_words(piece)) if isinstance(piece, str) else piece for piece in parse(text))


@lru_cache(maxsize=2048)
def has_slots(text: str) -> bool:
    """Whether a text asks for an answer."""
    return any(isinstance(piece, Slot) for piece in taken_apart(text))


@lru_cache(maxsize=2048)
def is_fixed(text: str) -> bool:
    """Whether what a text reads stands at the same paths for whomever it is read."""
    slots = (piece for piece in taken_apart(text) if isinstance(piece, Slot))
    return not any(is_relative(path) for slot in slots for path in slot.paths)


def _words(text: str) -> Iterator[AnyInline]:
    for place, line in enumerate(text.split("\n")):
        if place:
            yield Break()
        for stretch in _AT_SPACE.split(line):
            if stretch and stretch[0] in SPACES:
                yield Gap(em=fsum(SPACES[space] for space in stretch))
            elif stretch:
                yield Run(text=stretch)


def _of_slot(slot: Slot, path: str, answer: str | bool, role: Role) -> Inlines:
    if isinstance(answer, bool):
        return (Tick(checked=answer, path=path, value=slot.tick or ""),)
    if slot.blank_em is not None:
        return (Blank(answer=answer, min_em=slot.blank_em, fill=slot.fills, path=path),)
    if not answer:
        return ()
    if "capitals" in slot.options:
        return (Blank(answer=answer, min_em=0, path=path),)
    return (Run(text=answer, role=role, path=path),)
