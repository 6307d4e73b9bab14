"""A field path such as "royalty.lump_sum.amount" or "owners.0.name": read and written.

A path names attributes of records and, as digits, places in a tuple; "extra.NAME" names a
pack's own field and reads as the value it holds, "statement.edited.PART" a part's own words.
Labels and boxes of a field belong to the pack, not here.
"""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from typing import Any, TypeVar

import msgspec
from msgspec import inspect

from forms.facts.record import Duration, Extra

R = TypeVar("R", bound=msgspec.Struct)

_OF_PACK = "extra."


class UnknownPath(LookupError):
    """No record has such a field."""


@lru_cache(maxsize=4096)
def without_places(path: str) -> str:
    """Return a path without its places in lists: "owners.1.name" is "owners.name"."""
    return ".".join(name for name in path.split(".") if not name.isdecimal())


def value_at(record: Any, path: str) -> Any:
    """Return the value at a path; None for a place past the end of a tuple or a missing extra.

    Raises UnknownPath if a record on the way has no such field.
    """
    known = _known.get((type(record), path))
    if known is not None:
        try:
            return known(record)
        except AttributeError:  # one of the records on the way is not there
            pass
    here, is_plain = record, True
    for name in path.split("."):
        if here is None:
            return None
        is_plain = is_plain and isinstance(here, msgspec.Struct)
        here = _step(here, name, path)
    if isinstance(here, Extra):
        return here.value
    if is_plain and len(_known) < _MOST_KNOWN:
        _known[type(record), path] = attrgetter(path)
    return here


# Fields of records alone, found once: a path whose steps are known to be fields.
_known: dict[tuple[type, str], Callable[[Any], Any]] = {}
_MOST_KNOWN = 4096


def with_value(record: R, path: str, value: Any) -> R:
    """Return a copy of the record with the value put at the path.

    A place just past the end of a tuple appends a blank one of its kind.  A blank text of a
    mapping is taken out of it.  Raises UnknownPath.
    """
    changed: R = _put(record, path.split("."), value, path)
    return changed


def with_values(record: R, values: Mapping[str, Any]) -> R:
    """Return a copy of the record with many values put, each inner record copied once.

    The paths are of single fields: none lies within another, none in a tuple.  Raises
    UnknownPath.
    """
    changed: R = _put_all(record, _grouped(tuple(values)), values)
    return changed


def extra_of(value: Any) -> Extra:
    """Wrap a plain value as the typed value of a pack's own field."""
    if value is None or value == "":
        return Extra()
    if isinstance(value, bool):
        return Extra(flag=value)
    for kind, member in _EXTRA_MEMBERS:
        if isinstance(value, kind):
            return msgspec.structs.replace(Extra(), **{member: value})
    raise TypeError(f"no extra holds a {type(value).__name__}")


_EXTRA_MEMBERS: tuple[tuple[type, str], ...] = (
    (str, "text"),
    (int, "number"),
    (Decimal, "amount"),
    (date, "day"),
    (Duration, "duration"),
)


def _step(here: Any, name: str, path: str) -> Any:
    if isinstance(here, msgspec.Struct) and name in here.__struct_fields__:
        return getattr(here, name)
    if isinstance(here, tuple) and name.isdecimal():
        return here[int(name)] if int(name) < len(here) else None
    if isinstance(here, Mapping):
        return here.get(name)
    raise UnknownPath(path)


@lru_cache(maxsize=512)
def _grouped(paths: tuple[str, ...]) -> Mapping[str, Any]:
    """Return the paths by their names: for each the path that ends there, or those that go on."""
    groups: dict[str, Any] = {}
    for path in paths:
        *way, last = path.split(".")
        here = groups
        for name in way:
            here = here.setdefault(name, {})
        here[last] = path
    return groups


def _put_all(here: Any, groups: Mapping[str, Any], values: Mapping[str, Any]) -> Any:
    if not isinstance(here, msgspec.Struct):
        if not isinstance(here, Mapping):
            raise UnknownPath(next(iter(groups)))
        if not all(isinstance(path, str) and path.startswith(_OF_PACK) for path in groups.values()):
            raise UnknownPath(next(iter(groups)))
        return {**here, **{name: extra_of(values[path]) for name, path in groups.items()}}
    known = here.__struct_fields__
    changed = {}
    for name, path in groups.items():
        if name not in known:
            raise UnknownPath(name)
        is_last = isinstance(path, str)
        changed[name] = values[path] if is_last else _put_all(getattr(here, name), path, values)
    return msgspec.structs.replace(here, **changed)


def _put(
    here: Any, names: list[str], value: Any, path: str, blank: Callable[[], Any] | None = None
) -> Any:
    name, rest = names[0], names[1:]
    if isinstance(here, msgspec.Struct) and name in here.__struct_fields__:
        new_one = _maker_of_items(type(here), name) if rest else None
        inner = _put(getattr(here, name), rest, value, path, new_one) if rest else value
        return msgspec.structs.replace(here, **{name: inner})
    if isinstance(here, Mapping) and not rest:
        return _put_in(here, name, value, of_pack=path.startswith(_OF_PACK))
    if isinstance(here, tuple) and name.isdecimal() and int(name) <= len(here):
        place = int(name)
        inner = value
        if rest and (place < len(here) or blank is not None):
            old = here[place] if place < len(here) else blank()  # type: ignore[misc]
            inner = _put(old, rest, value, path)
        elif rest:
            raise UnknownPath(path)
        return (*here[:place], inner, *here[place + 1 :])
    raise UnknownPath(path)


def _put_in(here: Mapping[str, Any], name: str, value: Any, *, of_pack: bool) -> Mapping[str, Any]:
    """A mapping with a value: the pack's own fields are typed ones, all else is text."""
    if of_pack:
        return {**here, name: extra_of(value)}
    others = {one: text for one, text in here.items() if one != name}
    return {**others, name: value} if value else others


@lru_cache(maxsize=64)
def _maker_of_items(record: type[msgspec.Struct], name: str) -> Callable[[], Any] | None:
    """What makes a blank item of a record's tuple; None where it is none of records."""
    shape = inspect.type_info(record)
    assert isinstance(shape, inspect.StructType)
    member = next(one.type for one in shape.fields if one.name == name)
    item = member.item_type if isinstance(member, inspect.VarTupleType) else None
    return item.cls if isinstance(item, inspect.StructType) else None
