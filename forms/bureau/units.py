"""The roll of a bureau (名册): units that hand packages in, their contacts, experts, report terms.

Who is expected to report in a quarter, and by which day, is the bureau's own to say: no notice of
the seeds names a day.  Names are compared as units are: blanks, widths and brackets evened out.

Sources: 湖北省专利开放许可试点实施方案 三 (units taking part), 知识产权局专利开放许可试点工作方案
（国知办函运字〔2022〕448号）三（一） (the province collects, checks, publishes).
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta, timezone

import msgspec

from forms.facts.record_shape import Record
from forms.ground.cleaning import fold
from forms.ground.record_kind import RecordKind

_QUARTER_MONTHS = 3
_CHINA = timezone(timedelta(hours=8))


class Unit(Record, frozen=True):
    """A unit (单位); `aliases` are other names it hands packages in under.

    `reports` says whether it is expected to report each quarter (应报单位).
    """

    name: str
    kind: str = ""
    region: str = ""
    contact: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    identity_number: str = ""
    reports: bool = True
    aliases: tuple[str, ...] = ()
    notes: str = ""


class Expert(Record, frozen=True):
    """An expert whom the bureau asks: of what field, where employed."""

    name: str
    employer: str = ""
    title: str = ""
    field: str = ""
    region: str = ""
    phone: str = ""
    email: str = ""
    notes: str = ""


class ReportTerm(Record, frozen=True):
    """Until when the units report for a quarter, and when the bureau publishes it."""

    quarter: str
    due: date | None = None
    publishes: date | None = None
    basis: str = ""


UNITS = RecordKind(
    name="unit",
    shape=Unit,
    word="单位",
    key=lambda unit: unit.name,
    state=lambda unit: "reports" if unit.reports else "silent",
    searched=lambda unit: (
        *(unit.name, *unit.aliases, unit.region, unit.contact),
        *(unit.phone, unit.email, unit.identity_number),
    ),
)
EXPERTS = RecordKind(
    name="expert",
    shape=Expert,
    word="专家",
    key=lambda one: one.name,
    searched=lambda one: (one.name, one.employer, one.field, one.region, one.phone, one.email),
)
REPORT_TERMS = RecordKind(
    name="report_term", shape=ReportTerm, word="报送期限", key=lambda term: term.quarter
)


class Quarter(msgspec.Struct, frozen=True, order=True):
    """A quarter of a year, by which units report."""

    year: int
    number: int

    @property
    def code(self) -> str:
        """As it is stored: 2026Q4."""
        return f"{self.year}Q{self.number}"

    @property
    def words(self) -> str:
        """As it is shown: 2026 年第 4 季度."""
        return f"{self.year} 年第 {self.number} 季度"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, _QUARTER_MONTHS * (self.number - 1) + 1, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.next.first - timedelta(days=1)

    @property
    def next(self) -> "Quarter":
        """The quarter after it."""
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)


def quarter_of(day: date) -> Quarter:
    """Return the quarter a day lies in."""
    return Quarter(day.year, (day.month - 1) // _QUARTER_MONTHS + 1)


def day_of(moment: datetime) -> date:
    """Return the day of a moment in China, where all bureaus are."""
    return moment.astimezone(_CHINA).date()


def unit_key(name: str) -> str:
    """Return a unit's name as names are compared."""
    return fold(name)


def by_name(units: Iterable[Unit]) -> Mapping[str, Unit]:
    """Return units by all names they are known under; the first of two keeps the name."""
    found: dict[str, Unit] = {}
    for unit in units:
        for name in (unit.name, *unit.aliases):
            if name:
                found.setdefault(unit_key(name), unit)
    return found


def not_heard(units: Iterable[Unit], heard: Iterable[str]) -> list[Unit]:
    """Return the units expected to report of which no name is among those heard, in their order."""
    keys = {unit_key(name) for name in heard}
    return [
        unit
        for unit in units
        if unit.reports
        and not any(unit_key(name) in keys for name in (unit.name, *unit.aliases) if name)
    ]
