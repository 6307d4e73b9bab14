"""Qt's enums made quickly: a start makes three hundred of them, with four thousand members.

The binding has them made by `Enum(name, pairs)`, whose general way takes a sixth of a start.
"""

import enum
import sys
from typing import Any

KNOWN = ((3, 11), (3, 12), (3, 13))
"""The Pythons whose enums are made of what is put together here."""
general: Any = enum.EnumType._create_  # type: ignore[attr-defined]
"""How Python makes an enum."""
_blanks: dict[type, tuple[dict[str, Any], list[tuple[str, type]], frozenset[str]]] = {}


def make_quickly() -> None:
    """See to it that the binding's enums are from now on, in a Python that is known."""
    if sys.version_info[:2] not in KNOWN or _blanks:
        return
    for kind in (enum.Enum, enum.IntEnum, enum.Flag, enum.IntFlag):
        made = general(kind, "Blank", [], module="", boundary=enum.KEEP)
        own = {name: value for name, value in vars(made).items() if name not in _NAMED_ANEW}
        fresh = [(name, type(value)) for name, value in own.items() if type(value) in (list, dict)]
        _blanks[kind] = own, fresh, frozenset(dir(kind)) | {"name", "value", "mro"}
    enum.EnumType._create_ = _created  # type: ignore[attr-defined]


_NAMED_ANEW = ("__dict__", "__weakref__", "__module__", "__qualname__")


def _created(kind: Any, name: str, names: Any, **how: Any) -> Any:
    """An enum of a kind: quickly as the binding asks for it, else as Python makes it."""
    if how.get("module") is None:  # Python looks as far up for whom it is
        how["module"] = sys._getframe(2).f_globals.get("__name__")
    if (
        how.get("boundary") is enum.KEEP
        and how.get("qualname") is how.get("type") is None
        and kind in _blanks
        and type(names) is list
        and _are_plain(names, _blanks[kind][2])
    ):
        return quick(kind, name, names, how["module"])
    return general(kind, name, names, **how)


def _are_plain(names: list[Any], taken: frozenset[str]) -> bool:
    """Whether these are pairs of a name that means nothing to Python, each once, and a number."""
    seen = set()
    for pair in names:
        if type(pair) is not tuple or type(pair[1]) is not int:
            return False
        if pair[0][0] == "_" or pair[0] in taken:
            return False
        seen.add(pair[0])
    return len(seen) == len(names)


def quick(kind: Any, name: str, pairs: list[tuple[str, int]], module: str | None) -> Any:
    """An enum as `kind(name, pairs, module=module, boundary=KEEP)`, of plain names and numbers."""
    own, fresh, _ = _blanks[kind]
    made: Any = type.__new__(enum.EnumType, name, (kind,), own | {"__module__": module})
    put = type.__setattr__
    for attribute, container in fresh:
        put(made, attribute, container())
    order, members, by_value = made._member_names_, made._member_map_, made._value2member_map_
    is_flag = issubclass(kind, enum.Flag)
    new = int.__new__ if issubclass(kind, int) else lambda made, _value: object.__new__(made)
    mask = singles = 0
    for member_name, value in pairs:
        is_single = value and not value & (value - 1)
        mask |= value
        if is_single:
            singles |= value
        member = by_value.get(value)
        if member is None:
            by_value[value] = member = new(made, value)
            member._value_ = value
            member._name_ = member_name
            member.__objclass__ = made
            member._sort_order_ = len(order)
            if is_single or not is_flag:
                order.append(member_name)
        members[member_name] = member
        put(made, member_name, member)
    if is_flag:
        made._flag_mask_, made._singles_mask_ = mask, singles
        made._all_bits_ = 2 ** mask.bit_length() - 1
        values = [members[one]._value_ for one in order]
        if values != sorted(values):
            made._iter_member_ = made._iter_member_by_def_
    return made
