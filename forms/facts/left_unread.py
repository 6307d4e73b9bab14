"""What of a case still can not be read once it was changed: it goes where it was answered, and
stays with the party it was said of.

A fact of the owners that a workbook gives in one cell stands under "owners.address" where its
pieces do not fit their number, and under "owners.1.address" where a piece could not be read.
This module must not know a pack, a workbook or a screen.
"""

import re
from collections.abc import Mapping, Sequence

from forms.facts.paths import value_at
from forms.facts.record import Case, DataSource, Factor, Party

OWNERS = "owners"
_LISTS = (OWNERS, "statement.factors", "statement.sources")
_OF_ONE = re.compile(r"owners\.([0-9]+)\.(.+)")
Named = Party | Factor | DataSource


def left_unread(path: str, before: Case, after: Case) -> dict[str, str]:
    """Return what is left of `before.unread` once `after` has a new value at a path."""
    if not before.unread:
        return {}
    left = {at: text for at, text in before.unread.items() if at != path}
    if path in _LISTS:
        return _following(left, path, value_at(before, path), value_at(after, path))
    match = _OF_ONE.fullmatch(path)
    if match and all(value_at(owner, match[2]) for owner in after.owners):
        left.pop(f"{OWNERS}.{match[2]}", None)
    return left


def without_owners_fact(unread: Mapping[str, str], inner: str) -> dict[str, str]:
    """Return what is left once a fact is said of every owner anew."""
    listed = f"{OWNERS}.{inner}"
    return {at: text for at, text in unread.items() if listed not in (at, listed_path(at))}


def listed_path(path: str) -> str:
    """Return a path without the place of an owner: "owners.1.address" is "owners.address"."""
    return _OF_ONE.sub(rf"{OWNERS}.\2", path)


def _following(
    unread: Mapping[str, str], of_list: str, before: Sequence[Named], after: Sequence[Named]
) -> dict[str, str]:
    """Let what was said of one of a list go with it to its new place, or away with it."""
    places: dict[int, int] = {}
    for is_same in (_is_it, _is_of_its_name):
        for old, party in enumerate(before):
            free = (n for n, one in enumerate(after) if n not in places.values())
            if old not in places:
                place = next((n for n in free if is_same(party, after[n])), None)
                places |= {old: place} if place is not None else {}
    left = {}
    for at, text in unread.items():
        place_was, dot, inner = at.removeprefix(f"{of_list}.").partition(".")
        if not (dot and at.startswith(f"{of_list}.") and place_was.isdecimal()):
            left[at] = text
        elif int(place_was) in places:
            left[f"{of_list}.{places[int(place_was)]}.{inner}"] = text
    return left


def _is_it(one: Named, other: Named) -> bool:
    return one == other


def _is_of_its_name(one: Named, other: Named) -> bool:
    return bool(one.name) and one.name == other.name
