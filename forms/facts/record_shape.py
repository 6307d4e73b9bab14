"""What every record is: a frozen typed value with a JSON form, whose amounts can be written out."""

from decimal import Decimal

import msgspec

MOST_PLACES = 40  # of an amount, before its point or behind; a price has fifteen


class Record(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True, kw_only=True):
    """A frozen typed value with a JSON form."""


class WithAmounts(Record, frozen=True):
    """A record of amounts that can be written out: none is endless, or of a billion digits."""

    def __post_init__(self) -> None:
        """Raise ValueError for 1E+999999999, which would fill the memory when it is printed."""
        for place, value in enumerate(msgspec.structs.astuple(self)):
            if isinstance(value, Decimal) and not (
                value.is_finite() and abs(value.adjusted()) <= MOST_PLACES
            ):
                raise ValueError(f"{self.__struct_fields__[place]} is no amount")
