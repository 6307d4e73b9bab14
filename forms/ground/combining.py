"""Two changes of one record made one: what was typed here, onto what was saved elsewhere.

Fact by fact: one changed here is taken from here, every other from there.  Of a list (owners,
receipts) each entry is such a fact: what either added, changed or took out is so in both.  What a
record keeps as `unread` goes with what it was typed of, to its place in the new list.  A record
that is one fact (`ONE_FACT`: a length of time) is taken whole: half of each says what nobody said.
This module must not know a store or a screen.
"""

from collections.abc import Iterator, Mapping
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


def upon(base: R, mine: R, theirs: R, *, standing: R | None = None) -> R:
    """Return mine with their changes since the base, which stand where both changed something.

    But a fact that is as in the record `standing` stays: mine stood there as the two were combined.
    """
    made: R = _Combining(mine_stands=False, standing=standing).struct(base, mine, theirs, "")
    return made


def new_places(before: tuple[Any, ...], now: tuple[Any, ...]) -> Mapping[int, int]:
    """Return where the entries of a list are by now, those that are still there."""
    places = enumerate(_followed(before, now).places)
    return {was: place for place, was in places if was is not None}


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

    def __init__(self, *, mine_stands: bool = True, standing: Any = None) -> None:
        self._mine_stands = mine_stands
        self._standing = standing
        self.clashes: list[str] = []
        self._unread = _NOTHING_UNREAD
        self._moved: list[_Moved] = []

    def struct(self, base: Any, mine: Any, theirs: Any, stem: str) -> Any:
        """Combine two records of one type, fact by fact."""
        names, outside = base.__struct_fields__, (self._unread, self._moved)
        if has_unread := _UNREAD in names:
            self._unread, self._moved = _Unread(stem, base.unread, mine.unread, theirs.unread), []
        made = {
            name: self._either(
                getattr(base, name), getattr(mine, name), getattr(theirs, name), stem + name
            )
            for name in names
            if name != _UNREAD
        }
        if has_unread:
            made[_UNREAD] = self._still_unread(base, mine, theirs, stem)
            self._unread, self._moved = outside
        return msgspec.structs.replace(theirs, **made)

    def _either(self, base: Any, mine: Any, theirs: Any, path: str) -> Any:
        if isinstance(base, tuple) and isinstance(mine, tuple) and isinstance(theirs, tuple):
            return theirs if base == mine == theirs else self._list(base, mine, theirs, path)
        if mine in (base, theirs):
            return theirs
        if theirs == base:
            return mine
        if _are_of_facts(base, mine, theirs):
            return self.struct(base, mine, theirs, path + ".")
        if isinstance(base, dict):
            made = {
                key: self._either(base.get(key), mine.get(key), theirs.get(key), f"{path}.{key}")
                for key in sorted({*base, *mine, *theirs})
            }
            return {key: value for key, value in made.items() if value is not None}
        return self._clash(mine, theirs, path)

    def _clash(self, mine: Any, theirs: Any, path: str) -> Any:
        self.clashes.append(path)
        is_kept = mine is not _GONE and _at(self._standing, path) == mine
        return mine if self._mine_stands or is_kept else theirs

    def _list(
        self, base: tuple[Any, ...], mine: tuple[Any, ...], theirs: tuple[Any, ...], path: str
    ) -> tuple[Any, ...]:
        """The list with what both did, in my order, or in theirs where only they gave it another.

        What only they added comes last.
        """
        here, there = _followed(base, mine), _followed(base, theirs)
        became = {
            place: self._entry(place, one, here, there, path) for place, one in enumerate(base)
        }
        is_theirs = here.in_order and not there.in_order
        first, last = (there, here) if is_theirs else (here, there)
        order = [place for place in first.places if place is None or became[place] is not _GONE]
        order += [place for place, one in became.items() if one is not _GONE and place not in order]
        added = iter(first.added)
        made = [next(added) if at is None else became[at] for at in order]
        kept = {at: place for place, at in enumerate(order) if at is not None}
        spare = [place for place, at in enumerate(order) if at is None]
        of_first, of_last = list(spare), list[int]()
        for one in last.added:
            same = next((place for place in spare if made[place] == one), None)
            if same is None:
                of_last.append(len(made))
                made.append(one)
            else:  # both added it
                spare.remove(same)
                of_last.append(same)
        went = (first.went(kept, of_first), last.went(kept, of_last))
        of_base = {place: kept.get(place) for place in became}
        self._moved.append(_Moved(path, (of_base, *(went[::-1] if is_theirs else went))))
        return tuple(made)

    def _entry(
        self, place: int, base: Any, here: "_Followed", there: "_Followed", path: str
    ) -> Any:
        """What becomes of an entry of a list, `_GONE` where it is taken out."""
        mine, theirs = here.became.get(place, _GONE), there.became.get(place, _GONE)
        if (mine is _GONE) != (theirs is _GONE) and self._is_typed_of(place, here, there, path):
            return self._clash(mine, theirs, path)
        if mine in (base, theirs):
            return theirs
        if theirs == base:
            return mine
        is_one = _are_of_facts(base, mine, theirs)
        if is_one and getattr(mine, "name", "") == getattr(theirs, "name", ""):
            return self.struct(base, mine, theirs, f"{path}.{place}.")
        return self._clash(mine, theirs, path)

    # --- what can not be read ---------------------------------------------------------------

    def _is_typed_of(self, place: int, here: "_Followed", there: "_Followed", path: str) -> bool:
        """Whether something unread was typed of an entry that the other has taken out."""
        said, stays = (
            (self._unread.theirs, there) if place in there.became else (self._unread.mine, here)
        )
        stem = path.removeprefix(self._unread.stem)
        now = _of_entry(said, f"{stem}.{stays.places.index(place)}.")
        before = _of_entry(self._unread.base, f"{stem}.{place}.")
        return bool(now) and now != before

    def _still_unread(self, base: Any, mine: Any, theirs: Any, stem: str) -> dict[str, str]:
        """What of both can not be read, at its place in the new record."""
        moved = self._moved
        before, here, there = (
            _at_new_places(
                one.unread, {way.path.removeprefix(stem): way.went[who] for way in moved}
            )
            for who, one in enumerate((base, mine, theirs))
        )
        for texts, others, other in ((here, there, theirs), (there, here, mine)):
            new = {path for path, text in texts.items() if before.get(path) != text}
            for path in sorted(new - others.keys()):
                if _at(other, path) == _at(base, path):
                    continue
                if stem + path not in self.clashes:  # what one could not read the other has read
                    self.clashes.append(stem + path)
                if (texts is there) == self._mine_stands:
                    del texts[path]
        made: dict[str, str] = self._either(before, here, there, stem + _UNREAD)
        return made


_UNREAD = "unread"
_GONE: Any = object()


class _Unread(NamedTuple):
    """What can not be read of the records that are combined, whose paths begin with `stem`."""

    stem: str
    base: Mapping[str, str]
    mine: Mapping[str, str]
    theirs: Mapping[str, str]


_NOTHING_UNREAD = _Unread("", {}, {}, {})


class _Moved(NamedTuple):
    """To which place of a new list the entries went of the base's, mine and theirs.

    None: it was taken out.
    """

    path: str
    went: tuple[Mapping[int, int | None], ...]


def _are_of_facts(base: Any, mine: Any, theirs: Any) -> bool:
    """Whether these are records of one type, of which each fact may be changed by itself."""
    is_one_type = isinstance(base, msgspec.Struct) and type(base) is type(mine) is type(theirs)
    return is_one_type and not getattr(base, "ONE_FACT", False)


def _of_entry(unread: Mapping[str, str], stem: str) -> dict[str, str]:
    return {at.removeprefix(stem): text for at, text in unread.items() if at.startswith(stem)}


def _at_new_places(
    unread: Mapping[str, str], went: Mapping[str, Mapping[int, int | None]]
) -> dict[str, str]:
    """What can not be read, by paths in the new lists; of an entry that was taken out nothing."""
    if not unread:
        return {}
    found = {}
    for at, text in unread.items():
        of_list = next((path for path in went if at.startswith(f"{path}.")), None)
        place, dot, inner = at.removeprefix(f"{of_list}.").partition(".")
        if of_list is None or not place.isdecimal():
            found[at] = text
        elif (new := went[of_list].get(int(place), int(place))) is not None:
            found[f"{of_list}.{new}{dot}{inner}"] = text
    return found


def _at(record: Any, path: str) -> Any:
    """The value at a path; `_GONE` in a list, whose entries have their places in each."""
    for name in path.split("."):
        if isinstance(record, Mapping):
            record = record.get(name)
        elif isinstance(record, msgspec.Struct):
            record = getattr(record, name, None)
        else:
            return _GONE
    return record


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

    def went(self, kept: Mapping[int, int], added: list[int]) -> dict[int, int | None]:
        """Where its entries are in a list that has those kept, and those added, at these places."""
        new = iter(added)
        return {
            place: next(new) if at is None else kept.get(at) for place, at in enumerate(self.places)
        }


def _followed(base: tuple[Any, ...], now: tuple[Any, ...]) -> _Followed:
    """Find the entries of a list again: as they were, by their names, else at their places.

    Where the list has become shorter nobody can tell which of the nameless was changed into which:
    those that are not there any more were taken out, and others added.
    """
    places: list[int | None] = [
        at if at < len(base) and base[at] == one else None for at, one in enumerate(now)
    ]
    left = [place for place in range(len(base)) if place not in places]
    for is_same in (_is_it, _is_of_its_name):
        for at, one in enumerate(now):
            same = [place for place in left if places[at] is None and is_same(base[place], one)]
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


def _is_it(one: Any, other: Any) -> bool:
    return bool(one == other)


def _is_of_its_name(one: Any, other: Any) -> bool:
    name = getattr(one, "name", "")
    return bool(name) and name == getattr(other, "name", "")
