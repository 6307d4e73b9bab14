"""Two changes of one record made one: what was typed here, onto what was saved elsewhere.

Fact by fact: one changed here is taken from here, every other from there.  A list is one fact,
but what one side only added to it (a receipt, an owner) stands beside what the other made of it.
This module must not know a store or a screen.
"""

from collections.abc import Iterator
from typing import Any, TypeVar

import msgspec

R = TypeVar("R", bound=msgspec.Struct)


def combined(base: R, mine: R, theirs: R) -> tuple[R, tuple[str, ...]]:
    """Return theirs with my changes since the base, and the paths both changed differently."""
    clashes: list[str] = []
    return _struct(base, mine, theirs, "", clashes), tuple(clashes)


def differing(one: msgspec.Struct, other: msgspec.Struct, stem: str = "") -> Iterator[str]:
    """The paths at which two records of one type differ."""
    for name in one.__struct_fields__:
        here, there = getattr(one, name), getattr(other, name)
        if isinstance(here, msgspec.Struct) and type(here) is type(there):
            yield from differing(here, there, f"{stem}{name}.")
        elif isinstance(here, dict):
            keys = sorted({*here, *there})
            yield from (f"{stem}{name}.{k}" for k in keys if here.get(k) != there.get(k))
        elif here != there:
            yield stem + name


def _struct(base: Any, mine: Any, theirs: Any, stem: str, clashes: list[str]) -> Any:
    made = {
        name: _either(
            getattr(base, name), getattr(mine, name), getattr(theirs, name), stem + name, clashes
        )
        for name in base.__struct_fields__
    }
    return msgspec.structs.replace(theirs, **made)


def _either(base: Any, mine: Any, theirs: Any, path: str, clashes: list[str]) -> Any:
    if mine in (base, theirs):
        return theirs
    if theirs == base:
        return mine
    if isinstance(base, msgspec.Struct) and type(base) is type(mine) is type(theirs):
        return _struct(base, mine, theirs, path + ".", clashes)
    if isinstance(base, dict):
        made = {
            key: _either(base.get(key), mine.get(key), theirs.get(key), f"{path}.{key}", clashes)
            for key in sorted({*base, *mine, *theirs})
        }
        return {key: value for key, value in made.items() if value is not None}
    if isinstance(base, tuple) and isinstance(mine, tuple) and isinstance(theirs, tuple):
        both = _with_what_was_added(base, mine, theirs)
        if both is not None:
            return both
    clashes.append(path)
    return mine


def _with_what_was_added(
    base: tuple[Any, ...], mine: tuple[Any, ...], theirs: tuple[Any, ...]
) -> tuple[Any, ...] | None:
    """The list with what both did, None where both took something out of it or changed it."""
    new_here, gone_here = _compared(base, mine)
    new_there, gone_there = _compared(base, theirs)
    if not gone_here:
        return (*theirs, *(one for one in new_here if one not in new_there))
    if not gone_there:
        return (*mine, *(one for one in new_there if one not in new_here))
    return None


def _compared(base: tuple[Any, ...], now: tuple[Any, ...]) -> tuple[list[Any], list[Any]]:
    """What a list has that it had not, and what it has no more."""
    new, gone = [], list(base)
    for one in now:
        if one in gone:
            gone.remove(one)
        else:
            new.append(one)
    return new, gone
