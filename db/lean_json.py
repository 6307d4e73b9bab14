"""The JSON in which the store keeps a record: without what is as in a blank one.

Most of a record is blank, and written out it is half of the file: of its copies and checks, too.
What is left out is read as the record's own default, so a default is part of the format: one that
changes needs a step of `db.migrations` that writes the old one out.  Always written are a record's
`version`, and `unread`, by which it ends.
"""

from collections.abc import Callable
from functools import cache, reduce
from operator import or_
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

import msgspec

_encode = msgspec.json.Encoder(order="deterministic").encode
_ALWAYS = ("version", "unread")


def writer_of(shape: type[msgspec.Struct], *, only: tuple[str, ...] = ()) -> Callable[[Any], str]:
    """Return what writes records of a shape, or `only` some of their fields, as JSON.

    The writer also takes a mapping of the fields.  It raises msgspec.ValidationError for a value
    that could not be read again.
    """

    @cache  # made when something is written: who only reads starts without
    def lean() -> type[msgspec.Struct]:
        return _lean(shape, only, {})

    def write(record: Any) -> str:
        return _encode(msgspec.convert(record, lean(), from_attributes=True)).decode()

    return write


_Made = dict[type[msgspec.Struct], type[msgspec.Struct]]


def _lean(shape: type[msgspec.Struct], only: tuple[str, ...], made: _Made) -> type[msgspec.Struct]:
    """Make a shape of the same fields that leaves out what is as by default."""
    fields = [
        _field(field, made)
        for field in msgspec.structs.fields(shape)
        if not only or field.name in only
    ]
    return msgspec.defstruct(
        shape.__name__, fields, omit_defaults=True, frozen=True, gc=False, kw_only=True
    )


def _field(field: msgspec.structs.FieldInfo, made: _Made) -> tuple[str, Any, Any]:
    kind = _lean_type(field.type, made)
    if field.name in _ALWAYS or field.required:
        return field.name, kind, msgspec.NODEFAULT
    if field.default is msgspec.NODEFAULT:
        return field.name, kind, msgspec.field(default_factory=field.default_factory)
    default = field.default
    if isinstance(default, msgspec.Struct):  # written "{}" where blank: it is made anew each time
        default = made[type(default)]()
    return field.name, kind, default


def _lean_type(kind: Any, made: _Made) -> Any:
    """Return a field's type with lean shapes in the place of records."""
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        if kind not in made:
            made[kind] = _lean(kind, (), made)
        return made[kind]
    origin = get_origin(kind)
    if origin is None or origin is Literal:
        return kind
    parts = tuple(_lean_type(part, made) for part in get_args(kind))
    if origin in (Union, UnionType):
        return reduce(or_, parts)
    return origin[parts]
