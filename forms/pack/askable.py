"""What a pack may ask: every fact of the records, and which kinds of field suit each.

Derived from the records' own types, so that nothing is listed twice.  Paths have no places:
"owners.name" is the name of any owner.
"""

from collections.abc import Iterator, Mapping
from functools import cache

import msgspec
from msgspec import inspect

from forms.facts.record import OF_THE_OFFICE, Case, Duration, Licence, Party
from forms.pack.types import FieldKind

_TEXTS: tuple[FieldKind, ...] = ("text", "long_text", "postcode", "phone", "email")
_NOT_ASKED = frozenset({"version", "pack", "extra", "unread"})
_KEPT = frozenset(
    {
        *("earlier", "converted_from"),
        *("declaration.royalty", "declaration.offer_end", "declaration.owners"),
        *("statement.factors", "statement.sources", "statement.edited"),
        *OF_THE_OFFICE,
        *(f"licence.life.{name}" for name in ("milestones", "receipts", "reports")),
        *("licence.life.notice.proof", "licence.life.recordal.items"),
        "licence.life.recordal.changes",
    }
)
"""What the program writes down itself, or asks on a step of its own: no field has it."""
_OWN_KINDS: Mapping[str, tuple[FieldKind, ...]] = {"patent.number": ("patent_number",)}

EXTRA_KINDS: tuple[FieldKind, ...] = (
    *_TEXTS,
    "patent_number",
    "date",
    "money",
    "percent",
    "number",
    "integer",
    "duration",
    "choice",
    "flag",
)


class Fact(msgspec.Struct, frozen=True):
    """The kinds of field that suit a fact, and its values where it is a choice."""

    kinds: tuple[FieldKind, ...]
    values: tuple[str, ...] = ()


@cache
def facts() -> Mapping[str, Fact]:
    """Return path -> fact for all that a case holds, and under "licence." a licence."""
    case, licence = inspect.multi_type_info([Case, Licence])
    return dict([*_members(case, ""), *_members(licence, "licence.")])


def _members(shape: inspect.Type, prefix: str) -> Iterator[tuple[str, Fact]]:
    assert isinstance(shape, inspect.StructType)
    for member in shape.fields:
        path = prefix + member.name
        type_ = _without_none(member.type)
        if member.name in _NOT_ASKED or path in _KEPT:
            continue
        if isinstance(type_, inspect.StructType) and type_.cls is not Duration:
            yield from _members(type_, f"{path}.")
            continue
        yield path, _fact(path, type_)
        if isinstance(type_, inspect.VarTupleType) and type_.item_type == _PARTY:
            yield from _members(type_.item_type, f"{path}.")


def _fact(path: str, type_: inspect.Type) -> Fact:
    if path in _OWN_KINDS:
        return Fact(_OWN_KINDS[path])
    match type_:
        case inspect.LiteralType():
            return Fact(("choice",), tuple(str(value) for value in type_.values))
        case inspect.BoolType():
            return Fact(("flag",), ("true", "false"))
        case inspect.IntType():
            return Fact(("integer",))
        case inspect.DecimalType():
            return Fact(("money", "percent", "number"))
        case inspect.DateType():
            return Fact(("date",))
        case inspect.StructType():
            return Fact(("duration",))
        case inspect.VarTupleType():
            return Fact(("parties",) if type_.item_type == _PARTY else ("names",))
    return Fact(_TEXTS)


def _without_none(type_: inspect.Type) -> inspect.Type:
    if not isinstance(type_, inspect.UnionType):
        return type_
    return next(part for part in type_.types if not isinstance(part, inspect.NoneType))


_PARTY = inspect.type_info(Party)
