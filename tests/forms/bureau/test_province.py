"""How a province stands: what is to be done, by which day, and the figures behind the bars."""

from datetime import UTC, date, datetime
from typing import TypeVar

from forms.bureau.province import Province, late, province
from forms.bureau.records import Decision, Package, PackageCase, ReportedLicence, State, Verdict
from forms.bureau.units import ReportTerm, Unit
from forms.facts.record import Case, Patent
from forms.office.stored import Kept

R = TypeVar("R", Package, PackageCase)
TODAY = date(2026, 11, 24)
AT = datetime(2026, 11, 10, 9, tzinfo=UTC)
NUMBERS = ("ZL202110771203.0", "ZL202210433871.7", "ZL202120862680.3", "ZL202010136533.8")
TERM = ReportTerm(
    quarter="2026Q4", due=date(2026, 11, 20), publishes=date(2026, 12, 1), basis="本局通知 第二条"
)


def kept(place: int, record: R, parent: int | None = None) -> Kept[R]:
    return Kept(
        id=place, parent_id=parent, revision=1, record=record, state="", created_at=AT,
        updated_at=AT,
    )  # fmt: skip


def package(
    place: int, office: str, *, verdict: Verdict = "new", sent: bool = True
) -> Kept[Package]:
    return kept(
        place,
        Package(
            office=office,
            batch=1,
            received_at=AT,
            verdict=verdict,
            sent_to_review=AT if sent else None,
        ),
    )


def case(
    place: int,
    parent: int,
    state: State = "waiting",
    *,
    decision: Decision | None = None,
    offer_end: date | None = None,
    main_class: str = "C08L 1/00",
) -> Kept[PackageCase]:
    patent = Patent(number=NUMBERS[place % len(NUMBERS)], main_class=main_class)
    return kept(
        place,
        PackageCase(
            office=f"单位{parent}",
            case=Case(patent=patent, offer_end=offer_end),
            state=state,
            decision=decision,
        ),
        parent,
    )


def passed(day: date) -> Decision:
    return Decision(verdict="pass", at=datetime(day.year, day.month, day.day, tzinfo=UTC))


def stands(
    packages: list[Kept[Package]],
    cases: list[Kept[PackageCase]],
    units: list[Unit] | None = None,
    licences: tuple[ReportedLicence, ...] = (),
    term: ReportTerm | None = TERM,
) -> Province:
    return province(packages, cases, units or [], licences, term, TODAY)


def test_units_not_heard_from_are_a_duty_by_the_term_and_it_is_late() -> None:
    units = [Unit(name="单位1"), Unit(name="单位2"), Unit(name="单位3", reports=False)]
    found = stands([package(1, "单位1")], [], units)
    (duty,) = found.duties
    assert (duty.kind, duty.day, duty.count, duty.names) == ("unheard", TERM.due, 1, ("单位2",))
    assert duty.basis == "本局通知 第二条"
    assert (found.due, found.heard) == (2, 1)
    assert late(found.duties, TODAY) == 1
    without = stands([package(1, "单位1")], [], units, term=None)
    assert without.duties[0].day is None and late(without.duties, TODAY) == 0


def test_a_package_that_can_not_be_read_is_not_heard_and_is_a_duty() -> None:
    broken = package(1, "单位1", verdict="unreadable", sent=False)
    found = stands([broken], [], [Unit(name="单位1")])
    assert {one.kind for one in found.duties} == {"unheard", "packages"}
    assert found.heard == 0


def test_corrections_are_due_by_package_and_day() -> None:
    back = Decision(verdict="return", deadline=date(2026, 11, 25), at=AT)
    cases = [case(1, 1, "returned", decision=back), case(2, 1, "returned", decision=back)]
    (duty,) = stands([package(1, "单位1")], cases).duties
    assert (duty.kind, duty.day, duty.count, duty.unit) == ("correction", back.deadline, 2, "单位1")
    assert duty.ids == (1, 2)


def test_what_waits_for_review_is_what_was_sent_there() -> None:
    cases = [case(1, 1), case(2, 1, "passed", decision=passed(AT.date())), case(3, 2)]
    found = stands([package(1, "单位1"), package(2, "单位2", sent=False)], cases)
    review = next(one for one in found.duties if one.kind == "review")
    assert (review.count, review.ids) == (1, (1,))
    assert review.parts == {"waiting": 1, "decided": 1}
    publish = next(one for one in found.duties if one.kind == "publish")
    assert (publish.count, publish.day) == (1, TERM.publishes)


def test_offers_that_end_soon_leave_the_list() -> None:
    day = date(2026, 12, 31)
    cases = [
        case(1, 1, "published", offer_end=day),
        case(2, 1, "published", offer_end=date(2029, 1, 1)),
        case(3, 1, "passed", offer_end=day),
    ]
    ending = [one for one in stands([package(1, "单位1")], cases).duties if one.kind == "ending"]
    assert [(one.day, one.ids, one.names) for one in ending] == [(day, (1,), ("单位1",))]


def test_bars_count_what_passed_and_lead_to_it() -> None:
    cases = [
        case(1, 1, "published", decision=passed(date(2026, 2, 3)), main_class="C08L 1/00"),
        case(2, 1, "passed", decision=passed(date(2026, 11, 3)), main_class="A01B 1/00"),
        case(3, 2, "passed", decision=passed(date(2026, 11, 4)), main_class="C12N 1/00"),
        case(0, 2, "refused"),
    ]
    licences = (ReportedLicence(patent_number=NUMBERS[1].removeprefix("ZL")),)
    found = stands([package(1, "单位1"), package(2, "单位2")], cases, licences=licences)
    assert [one.count for one in found.quarters] == [1, 0, 0, 2]
    assert [(one.name, one.count, one.licensed, one.ids) for one in found.units] == [
        ("单位1", 2, 1, (1, 2)),
        ("单位2", 1, 0, (3,)),
    ]
    assert [(one.name, one.count) for one in found.industries] == [("C", 2), ("A", 1)]
    assert found.listed == 3 and found.taking_part == 2
    assert found.states["licensed"] == 1 and found.states["refused"] == 1
