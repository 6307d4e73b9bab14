"""Two changes of one record made one: what was typed here, onto what was saved elsewhere.

Fact by fact: one changed here is taken from here, every other from there.  Of a list (owners,
receipts) each entry is such a fact: what either added, changed or took out is so in both.
This module must not know a store or a screen.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple, TypeVar

import msgspec

R = TypeVar("R", bound=msgspec.Struct)


def combined(base: R, mine: R, theirs: R) -> tuple[R, tuple[str, ...]]:
    """Return theirs with my changes since the base, and the paths both changed differently.

    There mine stands.  The entries of a list stay at the places that mine has them at, for
    somebody may be typing into one.
    """
    found = _Combining()
    return found.struct(base, mine, theirs, ""), tuple(found.clashes)


def upon(base: R, mine: R, theirs: R) -> R:
    """Return mine with their changes since the base, which stand where both changed something."""
    made: R = _Combining(mine_stands=False).struct(base, mine, theirs, "")
    return made


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


class _Combining:
    """Combines two records, and keeps the paths that both changed differently."""

    def __init__(self, *, mine_stands: bool = True) -> None:
        self._mine_stands = mine_stands
        self.clashes: list[str] = []

    def struct(self, base: Any, mine: Any, theirs: Any, stem: str) -> Any:
        """Combine two records of one type, fact by fact."""
        made = {
            name: self._either(
                getattr(base, name), getattr(mine, name), getattr(theirs, name), stem + name
            )
            for name in base.__struct_fields__
        }
        return msgspec.structs.replace(theirs, **made)

    def _either(self, base: Any, mine: Any, theirs: Any, path: str) -> Any:
        if mine in (base, theirs):
            return theirs
        if theirs == base:
            return mine
        if isinstance(base, msgspec.Struct) and type(base) is type(mine) is type(theirs):
            return self.struct(base, mine, theirs, path + ".")
        if isinstance(base, dict):
            made = {
                key: self._either(base.get(key), mine.get(key), theirs.get(key), f"{path}.{key}")
                for key in sorted({*base, *mine, *theirs})
            }
            return {key: value for key, value in made.items() if value is not None}
        if isinstance(base, tuple) and isinstance(mine, tuple) and isinstance(theirs, tuple):
            return self._list(base, mine, theirs, path)
        return self._clash(mine, theirs, path)

    def _clash(self, mine: Any, theirs: Any, path: str) -> Any:
        self.clashes.append(path)
        return mine if self._mine_stands else theirs

    def _list(
        self, base: tuple[Any, ...], mine: tuple[Any, ...], theirs: tuple[Any, ...], path: str
    ) -> tuple[Any, ...]:
        """The list with what both did, in my order, or in theirs where only they gave it another.

        What only they added comes last.
        """
        here, there = _followed(base, mine), _followed(base, theirs)
        became = {
            place: self._entry(
                *(one, here.became.get(place, _GONE), there.became.get(place, _GONE)),
                *(path, f"{path}.{place}."),
            )
            for place, one in enumerate(base)
        }
        first, last = (there, here) if here.in_order and not there.in_order else (here, there)
        order = [place for place in first.places if place is None or became[place] is not _GONE]
        order += [place for place, one in became.items() if one is not _GONE and place not in order]
        more = list(last.added)
        for one in first.added:
            if one in more:  # both added it
                more.remove(one)
        added = iter(first.added)
        return (*(next(added) if at is None else became[at] for at in order), *more)

    def _entry(self, base: Any, mine: Any, theirs: Any, path: str, stem: str) -> Any:
        """What becomes of an entry of a list, `_GONE` where it is taken out."""
        if mine in (base, theirs):
            return theirs
        if theirs == base:
            return mine
        is_one = isinstance(base, msgspec.Struct) and type(base) is type(mine) is type(theirs)
        if is_one and getattr(mine, "name", "") == getattr(theirs, "name", ""):
            return self.struct(base, mine, theirs, stem)
        return self._clash(mine, theirs, path)


_GONE: Any = object()


class _Followed(NamedTuple):
    """What became of the entries of a list: by their place in it; those taken out are not there.

    `places` are the new list's: of each entry its former place, None where it was `added`.
    """

    became: dict[int, Any]
    places: tuple[int | None, ...]
    added: tuple[Any, ...]

    @property
    def in_order(self) -> bool:
        """Whether what was there stands as it stood, and what was added behind it."""
        known = [place for place in self.places if place is not None]
        return known == sorted(known) and None not in self.places[: len(known)]


def _followed(base: tuple[Any, ...], now: tuple[Any, ...]) -> _Followed:
    """Find the entries of a list again: as they were, else, changed, at the place where they were.

    Where the list has become shorter nobody can tell which was changed into which: those that
    are not there any more were taken out, and others added.
    """
    left = list(range(len(base)))
    places: list[int | None] = [None] * len(now)
    for at, one in enumerate(now):
        same = [place for place in left if base[place] == one]
        if same:
            places[at] = found = at if at in same else same[0]
            left.remove(found)
    if len(now) >= len(base):
        for place in left:
            if places[place] is None:
                places[place] = place
    became = {place: now[at] for at, place in enumerate(places) if place is not None}
    added = tuple(one for one, place in zip(now, places, strict=True) if place is None)
    return _Followed(became, tuple(places), added)
