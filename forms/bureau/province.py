"""How a province stands: what a bureau has to do now, and its figures, from what it keeps.

Computed from the records, never stored.  Sources: 知识产权局专利开放许可试点工作方案（国知办函运字
〔2022〕448号）三（一）2 (check before publishing), 3 (publish); 湖北省专利开放许可试点实施方案 二
(the targets: units taking part, patents listed, the share licensed).
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Literal

import msgspec

from forms.bureau.records import (
    PACKAGE_CASES,
    PACKAGES,
    REPORTED_LICENCES,
    Package,
    PackageCase,
    ReportedLicence,
)
from forms.bureau.units import (
    REPORT_TERMS,
    UNITS,
    Quarter,
    ReportTerm,
    Unit,
    by_name,
    day_of,
    not_heard,
    quarter_of,
    unit_key,
)
from forms.facts.patent_number import NotAPatentNumber, parse
from forms.ground.pinyin import name_order
from forms.office.store import CaseStore
from forms.office.stored import Kept

DutyKind = Literal["unheard", "correction", "packages", "review", "publish", "ending"]
Shown = Literal["waiting", "returned", "refused", "passed", "published", "licensed"]
SHOWN: tuple[Shown, ...] = ("waiting", "returned", "refused", "passed", "published", "licensed")
"""The states as they are shown; licensed are those of the listed that were reported as licensed."""
LISTED = ("passed", "published")
"""The states of the patents that passed: those of 总库."""
OPEN_VERDICTS = ("faulty", "unreadable")
ENDING_DAYS = 60

Ids = tuple[int, ...]


class BureauDuty(msgspec.Struct, frozen=True, kw_only=True):
    """Something to do: by which day (None: as soon as possible), of which unit, how many.

    `names` are the units it concerns, `ids` its packages or cases, `package_id` the package to
    begin with; `parts` are counts by a code that tell more (verdicts of packages, cases waiting
    and decided).  `basis` is what sets the day.
    """

    kind: DutyKind
    day: date | None = None
    count: int = 0
    unit: str = ""
    batch: int = 0
    names: tuple[str, ...] = ()
    ids: Ids = ()
    package_id: int = 0
    parts: Mapping[str, int] = {}
    basis: str = ""


class Share(msgspec.Struct, frozen=True):
    """A bar: of whom or what, how many, how many of them licensed, and the ids of all."""

    name: str
    count: int
    licensed: int
    ids: Ids


class Province(msgspec.Struct, frozen=True, kw_only=True):
    """What a bureau's overview shows."""

    quarter: Quarter
    term: ReportTerm | None
    duties: tuple[BureauDuty, ...]
    states: Mapping[Shown, int]
    taking_part: int
    due: int
    heard: int
    quarters: tuple[Share, ...]
    units: tuple[Share, ...]
    industries: tuple[Share, ...]

    @property
    def listed(self) -> int:
        """How many patents passed: those of 总库."""
        return self.states["passed"] + self.states["published"]


def late(duties: Iterable[BureauDuty], today: date) -> int:
    """Return how many duties are past their day."""
    return sum(one.day is not None and one.day < today for one in duties)


def number_of(text: str) -> str:
    """Return a patent's number as numbers are compared, "" where it is none."""
    try:
        return parse(text).digits if text else ""
    except NotAPatentNumber:
        return ""


def _section(main_class: str) -> str:
    """The section of a class (IPC)."""
    return main_class[:1].upper()


def province(
    packages: Sequence[Kept[Package]],
    cases: Sequence[Kept[PackageCase]],
    units: Sequence[Unit],
    licences: Iterable[ReportedLicence],
    term: ReportTerm | None,
    today: date,
    *,
    industry: Callable[[str], str] = _section,
) -> Province:
    """Return how the province stands on a day; `industry` names that of a main class."""
    quarter = quarter_of(today)
    licensed = {number for one in licences if (number := number_of(one.patent_number))}
    listed = [one for one in cases if one.record.state in LISTED]
    has_licence = {one.id for one in listed if number_of(one.record.number) in licensed}
    counts = Counter(one.record.state for one in cases)
    heard = {
        one.record.office
        for one in packages
        if (at := one.record.received_at) is not None
        and quarter_of(day_of(at)) == quarter
        and one.record.verdict != "unreadable"
    }
    silent = not_heard(units, heard)
    due = sum(one.reports for one in units)
    return Province(
        quarter=quarter,
        term=term,
        duties=tuple(_duties(packages, cases, silent, term, quarter, today)),
        states={
            **{name: counts[name] for name in SHOWN if name != "licensed"},
            "licensed": len(has_licence),
        },
        taking_part=len({unit_key(one.record.office) for one in listed}),
        due=due,
        heard=due - len(silent),
        quarters=_by_quarter(listed, has_licence, today),
        units=_by_unit(listed, has_licence, units),
        industries=_shares(
            listed, has_licence, lambda one: industry(one.record.case.patent.main_class)
        ),
    )


def province_of(
    store: CaseStore,
    today: date,
    *,
    industry: Callable[[str], str] = _section,
    check: Callable[[], object] = lambda: None,
) -> Province:
    """Return how the province of a store stands; `check` is called between, and may raise."""
    records = store.records
    packages = records.of(PACKAGES).listed()
    check()
    cases = records.of(PACKAGE_CASES).listed()
    check()
    units = [one.record for one in records.of(UNITS).listed()]
    licences = [one.record for one in records.of(REPORTED_LICENCES).listed()]
    term = term_of(store, quarter_of(today))
    return province(packages, cases, units, licences, term, today, industry=industry)


def term_of(store: CaseStore, quarter: Quarter) -> ReportTerm | None:
    """Return until when the units report for a quarter; None where nothing was said."""
    found = store.records.of(REPORT_TERMS).listed(keys=[quarter.code])
    return found[0].record if found else None


def keep_term(
    store: CaseStore, shown: ReportTerm | None, term: ReportTerm, *, who: str = ""
) -> None:
    """Keep what was said of a term otherwise than was shown; what another has said since stays."""
    shelf = store.records.of(REPORT_TERMS)
    with store.transaction():
        now = shelf.listed(keys=[term.quarter])
        before = shown or ReportTerm(quarter=term.quarter)
        if now:
            shelf.save_changes(now[0].id, before, term, who=who)
        else:
            shelf.add(term, who=who)


def _duties(
    packages: Sequence[Kept[Package]],
    cases: Sequence[Kept[PackageCase]],
    silent: Sequence[Unit],
    term: ReportTerm | None,
    quarter: Quarter,
    today: date,
) -> list[BureauDuty]:
    """What is to be done, that with a day first, by the day."""
    made: list[BureauDuty] = []
    basis = term.basis if term is not None else ""
    publishes = term.publishes if term is not None else None
    if silent:
        day = term.due if term is not None else None
        names = tuple(one.name for one in silent)
        made.append(
            BureauDuty(kind="unheard", day=day, count=len(silent), names=names, basis=basis)
        )
    made += _corrections(packages, cases)
    odd = [
        one for one in packages if one.record.verdict in OPEN_VERDICTS and not one.record.accepted
    ]
    if odd:
        parts = Counter(str(one.record.verdict) for one in odd)
        ids = tuple(one.id for one in odd)
        made.append(BureauDuty(kind="packages", count=len(odd), ids=ids, parts=parts))
    sent = {one.id for one in packages if one.record.sent_to_review is not None}
    waiting = [one for one in cases if one.record.state == "waiting" and one.parent_id in sent]
    if waiting:
        of_packages = {one.parent_id for one in waiting}
        decided = sum(
            one.parent_id in of_packages and one.record.state != "waiting" for one in cases
        )
        parts = Counter({"waiting": len(waiting), "decided": decided})
        made.append(
            BureauDuty(
                kind="review",
                day=publishes,
                count=len(of_packages),
                ids=tuple(one.id for one in waiting),
                package_id=waiting[0].parent_id or 0,
                parts=parts,
                basis=basis,
            )
        )
    passed = tuple(one.id for one in cases if one.record.state == "passed")
    if passed:
        made.append(
            BureauDuty(kind="publish", day=publishes, count=len(passed), ids=passed, basis=basis)
        )
    made += _ending(cases, today)
    return sorted(made, key=lambda one: (one.day is None, one.day or date.max))


def _corrections(
    packages: Sequence[Kept[Package]], cases: Iterable[Kept[PackageCase]]
) -> list[BureauDuty]:
    """Corrections that are due, by package and day."""
    batches = {one.id: one.record.batch for one in packages}
    due: dict[tuple[date, int], list[Kept[PackageCase]]] = defaultdict(list)
    for one in cases:
        decision = one.record.decision
        if one.record.state == "returned" and decision is not None and decision.deadline:
            due[decision.deadline, one.parent_id or 0].append(one)
    return [
        BureauDuty(
            kind="correction",
            day=day,
            count=len(some),
            unit=some[0].record.office,
            batch=batches.get(package, 0),
            package_id=package,
            ids=tuple(one.id for one in some),
        )
        for (day, package), some in due.items()
    ]


def _ending(cases: Iterable[Kept[PackageCase]], today: date) -> list[BureauDuty]:
    """Offers of published patents that end soon: they leave the list, by their day."""
    last = today + timedelta(days=ENDING_DAYS)
    ends: dict[date, list[Kept[PackageCase]]] = defaultdict(list)
    for one in cases:
        end = one.record.case.offer_end
        if one.record.state == "published" and end is not None and end <= last:
            ends[end].append(one)
    return [
        BureauDuty(
            kind="ending",
            day=day,
            count=len(some),
            names=tuple(dict.fromkeys(one.record.office for one in some)),
            ids=tuple(one.id for one in some),
        )
        for day, some in ends.items()
    ]


def _by_quarter(
    listed: Iterable[Kept[PackageCase]], licensed: set[int], today: date
) -> tuple[Share, ...]:
    """What was listed in each quarter of the year, by the day it passed."""
    now = quarter_of(today)
    found: dict[Quarter, list[int]] = {
        Quarter(now.year, number): [] for number in range(1, now.number + 1)
    }
    for one in listed:
        decision = one.record.decision
        if decision is not None and decision.at is not None:
            quarter = quarter_of(day_of(decision.at))
            if quarter in found:
                found[quarter].append(one.id)
    return tuple(
        Share(quarter.code, len(ids), len(licensed.intersection(ids)), tuple(ids))
        for quarter, ids in found.items()
    )


def _by_unit(
    listed: Iterable[Kept[PackageCase]], licensed: set[int], units: Sequence[Unit]
) -> tuple[Share, ...]:
    known = by_name(units)

    def name(one: Kept[PackageCase]) -> str:
        unit = known.get(unit_key(one.record.office))
        return unit.name if unit is not None else one.record.office

    return _shares(listed, licensed, name)


def _shares(
    listed: Iterable[Kept[PackageCase]],
    licensed: set[int],
    named: Callable[[Kept[PackageCase]], str],
) -> tuple[Share, ...]:
    """The patents by a name, the most first."""
    found: dict[str, list[int]] = defaultdict(list)
    for one in listed:
        found[named(one)].append(one.id)
    shares = [
        Share(name, len(ids), len(licensed.intersection(ids)), tuple(ids))
        for name, ids in found.items()
    ]
    return tuple(sorted(shares, key=lambda one: (-one.count, name_order(one.name))))
