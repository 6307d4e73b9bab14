"""Two changes of one record made one: what was typed here, onto what was saved elsewhere.

Fact by fact: one changed here is taken from here, every other from there.  A list of parties is
one fact.  This module must not know a store or a screen.
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
    clashes.append(path)
    return mine
