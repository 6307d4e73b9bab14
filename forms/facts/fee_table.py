"""The office's table of annuities (resources/fees): amounts and reliefs in force from a day.

What changes is a line of the data with the day from which it holds, never a line of code.  Each
entry names its source.  This module must not know a case, a pack or today's date.
"""

from datetime import date
from decimal import Decimal
from functools import cache, lru_cache

import msgspec
import tomli

from forms.facts.record import Kind
from forms.ground.locate import resources


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    source: str
    status: str
    since: date = date.min


class Bracket(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What each annuity of some patent years costs in yuan; both years are among them."""

    years: tuple[int, int]
    each: Decimal


class Amounts(_Entry, frozen=True):
    """Annuities of a kind of patent."""

    kind: Kind
    yuan: tuple[Bracket, ...]


class TenAnnuities(_Entry, frozen=True):
    """The relief of owners of small means: percents off, for so many annuities."""

    percents: tuple[int, ...]
    annuities: int


class OpenLicenceRelief(_Entry, frozen=True):
    """The relief while an open licence is worked: percent off."""

    percent: int


class SurchargeStep(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Percent of the full annuity due up to so many whole months after the last day."""

    to_month: int
    percent: int


class Surcharge(_Entry, frozen=True):
    """What lateness costs: nothing below `free_months`, then by steps."""

    free_months: int
    steps: tuple[SurchargeStep, ...]


class Restoration(_Entry, frozen=True):
    """What asking a lapsed right back costs, and for how long it may be asked."""

    yuan: Decimal
    months: int
    months_after_obstacle: int
    years_at_most: int


class FeeTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The table of annuities."""

    amounts: tuple[Amounts, ...]
    ten_annuities: TenAnnuities
    open_licence: OpenLicenceRelief
    surcharge: Surcharge
    restoration: Restoration


@cache
def fee_table() -> FeeTable:
    """The table that ships."""
    file = resources() / "fees" / "annuity.toml"
    return msgspec.convert(tomli.loads(file.read_text(encoding="utf-8")), FeeTable)


def full_annuity(kind: Kind, year: int, due: date) -> Decimal | None:
    """Return a year's annuity in yuan by the table in force on its last day; None for none."""
    for since, each in _amounts_of(kind, year):
        if since <= due:
            return each
    return None


@lru_cache(maxsize=128)
def _amounts_of(kind: Kind, year: int) -> list[tuple[date, Decimal]]:
    """What a year's annuity was and is, with the day from which it holds, the latest first."""
    fitting = [
        (entry.since, bracket.each)
        for entry in fee_table().amounts
        if entry.kind == kind
        for bracket in entry.yuan
        if bracket.years[0] <= year <= bracket.years[1]
    ]
    return sorted(fitting, reverse=True)
