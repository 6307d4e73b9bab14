"""What cells of a pool's workbook mean where a column is not one field of the record."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

import msgspec

from forms.facts.licence_life import Receipt
from forms.facts.patent_number import numbers_in
from forms.facts.paths import value_at, with_value
from forms.facts.several_names import guess_kind
from forms.ground.cleaning import fold
from forms.pack.types import Field
from forms.pool.book_columns import NUMBERS, RATE, WHOLE
from forms.pool.records import Grade, PoolLicence

_RATES = {
    "running": "licence.royalty.running.rate_percent",
    "entry_running": "licence.royalty.entry_running.rate_percent",
}
_BASES_OF = {
    "running": "licence.royalty.running.base",
    "entry_running": "licence.royalty.entry_running.base",
}
_NAMES = ("party.name", "applicant.name", "licence.licensee.name")


def with_cell(record: Any, path: str, value: Any) -> Any:
    """Return a record with what a cell of a column says; paths of no record change nothing."""
    if path == RATE:
        return _where_paid(record, _RATES, value)
    if path in _BASES_OF.values():
        return _where_paid(record, _BASES_OF, value)
    if path == NUMBERS:
        if fold(str(value or "")) in (fold(WHOLE), fold(f"{WHOLE}专利")):
            return msgspec.structs.replace(record, is_whole=True, numbers=())
        numbers = tuple(dict.fromkeys(one.text for one in numbers_in(str(value or ""))))
        is_blank = value in (None, "")
        return msgspec.structs.replace(record, is_whole=is_blank, numbers=numbers)
    if path.startswith("@") or value_at(record, path) == value:
        return record
    record = with_value(record, path, value)
    kind = path.removesuffix("name") + "kind"
    if path in _NAMES and value_at(record, kind) is None:
        record = with_value(record, kind, guess_kind(str(value)))
    return record


def _where_paid(record: PoolLicence, paths: Mapping[str, str], value: Any) -> Any:
    """A running royalty's fact, put where the way of paying has it; in both while none is said."""
    way = record.licence.royalty.way
    own = paths.get(way or "")
    for path in (own,) if own else paths.values():
        record = with_value(record, path, value)
    return record


def with_receipts(one: PoolLicence, receipts: Sequence[Receipt]) -> PoolLicence:
    """Return a licence with further receipts."""
    life = one.licence.life
    more = msgspec.structs.replace(life, receipts=(*life.receipts, *receipts))
    licence = msgspec.structs.replace(one.licence, life=more)
    return msgspec.structs.replace(one, licence=licence)


def grades_of(text: str, before: Sequence[Grade] = ()) -> tuple[Grade, ...] | None:
    """Return the grades that a text names with their weights (甲级=5；乙级=3).

    None where it does not; what grades `before` meant stays with their names.
    """
    meanings = {one.name: one.meaning for one in before}
    made = []
    for part in text.replace(";", "；").replace("、", "；").replace("，", "；").split("；"):
        name, _, weight = part.replace("＝", "=").replace("：", "=").partition("=")
        if not part.strip():
            continue
        try:
            value = Decimal(weight.strip())
        except InvalidOperation:
            return None
        if not name.strip() or not value.is_finite() or not 0 <= value <= 1_000_000:
            return None
        made.append(Grade(name=name.strip(), weight=value, meaning=meanings.get(name.strip(), "")))
    return tuple(made) or None


def licence_cells(one: PoolLicence) -> dict[str, Any]:
    """Return what the columns of a licence say that are not one field of it."""
    royalty = one.licence.royalty
    rate = royalty.entry_running if royalty.way == "entry_running" else royalty.running
    return {
        NUMBERS: WHOLE if one.is_whole else "；".join(one.numbers),
        RATE: rate.rate_percent,
        _BASES_OF["running"]: rate.base,
    }


def values_of(
    record: Any, fields: Sequence[Field], own: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Return what a record has at each of some fields; `own` stands for those not its own."""
    told = own or {}
    return {
        field.path: told[field.path]
        if field.path in told
        else None
        if field.path.startswith("@")
        else value_at(record, field.path)
        for field in fields
    }


def with_values_of(record: Any, blank: Any, values: Mapping[str, Any]) -> Any:
    """Return a record with the values of all its fields; one left blank is as in a `blank` one."""
    for path, value in values.items():
        told = value
        if value in (None, "", ()) and not path.startswith("@"):
            told = value_at(blank, path)
        record = with_cell(record, path, told)
    return record
