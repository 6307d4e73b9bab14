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
    ):
        made = quick(kind, name, names, how["module"])
        if made is not None:
            return made
    return general(kind, name, names, **how)


def quick(kind: Any, name: str, pairs: list[tuple[str, int]], module: str | None) -> Any:
    """An enum as `kind(name, pairs, module=module, boundary=KEEP)`, of plain names and numbers.

    None where a name means something to Python or is there twice, or a value is no number.
    """
    own, fresh, taken = _blanks[kind]
    made: Any = type.__new__(enum.EnumType, name, (kind,), own | {"__module__": module})
    put = type.__setattr__
    for attribute, container in fresh:
        put(made, attribute, container())
    order, members, by_value = made._member_names_, made._member_map_, made._value2member_map_
    is_flag, is_number = issubclass(kind, enum.Flag), issubclass(kind, int)
    for pair in pairs:
        if type(pair) is not tuple:
            return None
        one, value = pair
        if type(value) is not int or one in members or one in taken or one[0] == "_":
            return None
        member = by_value.get(value)
        if member is None:
            member = int.__new__(made, value) if is_number else object.__new__(made)
            by_value[value] = member
            member._value_ = value
            member._name_ = one
            member.__objclass__ = made
            member._sort_order_ = len(order)
            if not is_flag or (value and not value & (value - 1)):
                order.append(one)
        members[one] = member
        put(made, one, member)
    if is_flag:
        _tell_bits(made, order, members)
    return made


def _tell_bits(made: Any, order: list[str], members: dict[str, Any]) -> None:
    """Tell a flag which bits it has."""
    mask = singles = 0
    for member in members.values():
        mask |= member._value_
    for one in order:
        singles |= members[one]._value_
    made._flag_mask_, made._singles_mask_ = mask, singles
    made._all_bits_ = 2 ** mask.bit_length() - 1
    values = [members[one]._value_ for one in order]
    if values != sorted(values):
        made._iter_member_ = made._iter_member_by_def_
