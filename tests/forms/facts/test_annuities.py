"""Annuities: the Guidelines' examples, sums, reliefs, lateness, the end of a right."""

from datetime import date, timedelta
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.facts.annuities import (
    Annuity,
    FeeFacts,
    OpenLicence,
    annuities,
    due_day,
    fee_facts,
    grace_end,
    lapsed_on,
    patent_year,
    restoring,
    still_owed,
    surcharge,
    surcharge_percent,
    to_be_paid,
)
from forms.facts.derived import kind
from forms.facts.record import Case, Patent
from forms.facts.working_days import last_day_to_act

GRANTED_IN_FOURTH = Patent(
    number="ZL202110345678.3", filing_date=date(2021, 3, 30), grant_date=date(2024, 5, 7)
)
DAY = date(2024, 6, 1)


def facts_of(patent: Patent = GRANTED_IN_FOURTH, *licences: OpenLicence) -> FeeFacts:
    found = fee_facts(patent, kind(Case(patent=patent)), licences)
    assert found is not None
    return found


def sums(facts: FeeFacts, day: date = DAY) -> tuple[Decimal, Decimal]:
    kept = list(annuities(facts, day))
    return sum((one.full for one in kept), Decimal(0)), sum(
        (one.reduced for one in kept), Decimal(0)
    )


def of_year(facts: FeeFacts, year: int, day: date = DAY) -> Annuity:
    return next(one for one in annuities(facts, day) if one.year == year)


# --- due days: 审查指南 第五部分第九章 4.1, 4.2.1 -------------------------------------------------


def test_the_sixth_annuity_of_the_guidelines_example() -> None:
    """4.2.1.2: filed 1997-06-03, granted 2001-08-01, the fifth paid at registration."""
    patent = Patent(
        number="ZL97123456.X", filing_date=date(1997, 6, 3), grant_date=date(2001, 8, 1)
    )
    facts = facts_of(patent)
    assert facts.granted_in == 5
    first = next(annuities(facts, date(2001, 9, 1)))
    assert (first.year, first.state) == (5, "paid")
    sixth = next(to_be_paid(facts, date(2001, 9, 1)))
    assert (sixth.year, sixth.due, sixth.full, sixth.state) == (
        *(6, date(2002, 6, 3), Decimal(1200)),
        "due",
    )


def test_the_patent_year_runs_from_the_filing_date() -> None:
    """4.2.1.1: filed 1999-06-01, the first year runs to 2000-05-31."""
    filing = date(1999, 6, 1)
    assert patent_year(filing, date(2000, 5, 31)) == 1
    assert patent_year(filing, date(2000, 6, 1)) == 2


def test_a_holiday_moves_the_day_to_pay() -> None:
    """第五部分第七章 2.3: 2026-12-05 is a Saturday."""
    patent = Patent(
        number="ZL201911230877.9", filing_date=date(2019, 12, 5), grant_date=date(2023, 4, 4)
    )
    (eighth,) = [one for one in annuities(facts_of(patent), date(2026, 11, 24)) if one.year == 8]
    assert (eighth.due, eighth.pay_by.day, eighth.state) == (
        *(date(2026, 12, 5), date(2026, 12, 7)),
        "due",
    )
    late = msgspec.structs.replace(patent, fee_paid_to=date(2026, 12, 5))
    day = date(2026, 12, 7)
    assert next(to_be_paid(facts_of(late), day)).state == "due"
    assert next(to_be_paid(facts_of(late), day + timedelta(days=1))).state == "grace"


@given(st.dates(date(2001, 1, 1), date(2016, 1, 1)))
def test_no_end_of_a_right_is_moved_by_a_holiday(filing: date) -> None:
    """4.1: 遇节假日不顺延; 4.2.2: 自应当缴纳年费期满之日起终止."""
    patent = Patent(number="ZL202120000000.0", kind_stated="utility_model", filing_date=filing)
    paid = msgspec.structs.replace(patent, fee_paid_to=due_day(filing, 7))
    facts = facts_of(paid)
    assert facts.anniversary == due_day(filing, 11)
    end = grace_end(due_day(filing, 7)).day
    assert lapsed_on(facts, end) is None
    assert lapsed_on(facts, end + timedelta(days=1)) == due_day(filing, 7)


# --- sums ---------------------------------------------------------------------------------------


def test_an_invention_granted_in_its_fourth_year_and_kept_to_twenty() -> None:
    """Full 79,600; ten annuities at 85 % off 56,140; an open licence from the 14th 48,340."""
    assert sums(facts_of()) == (Decimal(79600), Decimal(79600))
    reduced = msgspec.structs.replace(GRANTED_IN_FOURTH, fee_reduction="85")
    assert sums(facts_of(reduced)) == (Decimal(79600), Decimal(56140))
    licensed = facts_of(reduced, OpenLicence(date(2033, 1, 1)))
    assert sums(licensed) == (Decimal(79600), Decimal(48340))


@pytest.mark.parametrize(
    ("number", "filing", "total"),
    [
        ("ZL202010345678.9", date(2020, 1, 1), 82300),
        ("ZL202020345678.X", date(2020, 1, 1), 11200),
        ("ZL202030345678.0", date(2020, 1, 1), 11200),
        ("ZL202130345678.4", date(2021, 6, 1), 26200),
    ],
)
def test_all_annuities_of_a_patent_granted_in_its_first_year(
    number: str, filing: date, total: int
) -> None:
    patent = Patent(number=number, filing_date=filing, grant_date=filing)
    assert sums(facts_of(patent))[0] == total


def test_a_compensated_year_costs_if_it_is_whole() -> None:
    """国家知识产权局公告第594号."""
    filed = Patent(number="ZL202110345678.3", filing_date=date(2021, 9, 6))
    for days, years in ((None, 20), (300, 20), (365, 21), (1000, 22)):
        facts = facts_of(msgspec.structs.replace(filed, compensation_days=days))
        assert facts.last_year == years
    assert of_year(facts, 22).full == Decimal(8000)


# --- reliefs ------------------------------------------------------------------------------------


def test_an_open_licence_relieves_of_what_is_not_due_on_the_day_of_recordal() -> None:
    """The fifth is due on Sunday 2025-03-30, so it may be paid on the Monday."""
    for recorded, relieved in ((date(2025, 3, 31), [5, 6, 7, 8]), (date(2025, 4, 1), [6, 7, 8])):
        facts = facts_of(GRANTED_IN_FOURTH, OpenLicence(recorded, date(2028, 3, 30)))
        kept = [one.year for one in annuities(facts, DAY) if one.reduction_percent]
        assert kept == relieved


def test_after_a_withdrawal_no_further_patent_year_is_relieved() -> None:
    withdrawn = OpenLicence(date(2024, 9, 1), None, date(2027, 1, 1))
    facts = facts_of(GRANTED_IN_FOURTH, withdrawn)
    assert patent_year(facts.filing_date, date(2027, 1, 1)) == 6
    relieved = [one.year for one in annuities(facts, DAY) if one.reduction_percent]
    assert relieved == [5, 6]
    anew = facts_of(GRANTED_IN_FOURTH, withdrawn, OpenLicence(date(2029, 1, 1)))
    relieved = [one.year for one in annuities(anew, DAY) if one.reduction_percent]
    assert relieved == [5, 6, *range(9, 21)]


def test_the_relief_of_an_open_licence_is_not_older_than_its_rule() -> None:
    """财税〔2024〕23号, from 2024-07-15."""
    patent = Patent(
        number="ZL202110345678.3",
        filing_date=date(2021, 7, 1),
        grant_date=date(2022, 1, 1),
    )
    facts = facts_of(patent, OpenLicence(date(2023, 1, 1)))
    percents = {one.year: one.reduction_percent for one in annuities(facts, DAY)}
    assert (percents[4], percents[5]) == (0, 15)


@given(
    st.sampled_from(["85", "70", "none"]),
    st.dates(date(2021, 3, 30), date(2041, 3, 30)),
    st.dates(date(2024, 1, 1), date(2041, 3, 30)),
)
def test_the_higher_relief_is_never_beaten_and_sums_are_exact(
    reduction: str, granted: date, recorded: date
) -> None:
    plain = msgspec.structs.replace(GRANTED_IN_FOURTH, grant_date=granted)
    ten = msgspec.structs.replace(plain, fee_reduction=reduction)
    licence = OpenLicence(recorded)
    of_means = annuities(facts_of(ten), DAY)
    opened = annuities(facts_of(plain, licence), DAY)
    both = annuities(facts_of(ten, licence), DAY)
    for one, other, best in zip(of_means, opened, both, strict=True):
        assert best.reduced == min(one.reduced, other.reduced)
        assert best.reduction_percent == max(one.reduction_percent, other.reduction_percent)
        assert best.full * (100 - best.reduction_percent) == best.reduced * 100


# --- lateness: 细则 第一百一十五条; 第九章 4.2.1.3 ------------------------------------------------


def test_the_steps_of_lateness() -> None:
    due = date(2026, 4, 10)
    steps = [
        *[(date(2026, 4, 11), 0), (date(2026, 5, 9), 0), (date(2026, 5, 10), 5)],
        *[(date(2026, 6, 10), 5), (date(2026, 6, 11), 10), (date(2026, 7, 11), 15)],
        *[(date(2026, 8, 11), 20), (date(2026, 9, 11), 25), (date(2026, 10, 12), 25)],
    ]
    assert [surcharge_percent(due, day) for day, _ in steps] == [percent for _, percent in steps]
    assert grace_end(date(2026, 4, 3)).day == date(2026, 10, 8)  # holidays


def test_a_short_payment_is_made_good_at_the_step_of_the_second_day() -> None:
    """4.2.1.3: 45 owed and 25 paid in the 5 % step; on 15 June 90 is owed, so 65 more."""
    patent = Patent(
        number="ZL202310345678.2",
        filing_date=date(2023, 4, 10),
        grant_date=date(2024, 5, 7),
        fee_paid_to=date(2025, 4, 10),
    )
    day = date(2025, 6, 15)
    third = next(to_be_paid(facts_of(patent), day))
    assert (third.year, third.full) == (3, Decimal(900))
    assert surcharge(third.full, third.due, date(2025, 5, 10)) == Decimal(45)
    assert still_owed(third, Decimal(900 + 25), day) == Decimal(65)
    assert still_owed(third, Decimal(2000), day) == 0


def test_a_surcharge_is_of_the_full_annuity() -> None:
    patent = Patent(
        number="ZL201811203345.1",
        filing_date=date(2018, 10, 16),
        grant_date=date(2021, 1, 5),
        fee_paid_to=date(2026, 10, 16),
        fee_reduction="85",
    )
    ninth = next(to_be_paid(facts_of(patent), date(2026, 11, 24)))
    assert (ninth.year, ninth.reduced, ninth.surcharge, ninth.state) == (
        *(9, Decimal(300), Decimal(100)),
        "grace",
    )
    assert ninth.payable == Decimal(400)


def test_a_lapsed_right_is_asked_back_in_two_months_for_a_sum() -> None:
    """细则 第六条; 第七章 6.2; 第九章 4.2.1.3."""
    patent = msgspec.structs.replace(GRANTED_IN_FOURTH, fee_paid_to=date(2025, 3, 30))
    facts = facts_of(patent)
    *_, missed = annuities(facts, date(2025, 11, 1))
    assert (missed.year, missed.state, missed.payable) == (5, "lapsed", Decimal(1500))
    asked = restoring(missed, date(2025, 12, 31))
    assert asked.last_day.day == date(2026, 2, 28)  # no 31st; a Saturday that is worked
    assert asked.total == Decimal(1000 + 1200 + 300)
    presumed = restoring(missed, None)
    assert presumed.is_presumed
    assert presumed.last_day.plain == date(2025, 11, 30)
    assert presumed.latest.plain == date(2027, 9, 30)


def test_paid_ahead_and_paid_to_the_day_before() -> None:
    for paid_to in (date(2026, 3, 29), date(2026, 3, 30), date(2027, 3, 28)):
        facts = facts_of(msgspec.structs.replace(GRANTED_IN_FOURTH, fee_paid_to=paid_to))
        assert next(to_be_paid(facts, DAY)).year == 6
        assert next(to_be_paid(facts, DAY)).state == "ahead"
    whole = msgspec.structs.replace(GRANTED_IN_FOURTH, fee_paid_to=date(2041, 3, 29))
    assert not list(to_be_paid(facts_of(whole), DAY))


def test_without_kind_or_filing_date_nothing_is_reckoned() -> None:
    assert fee_facts(Patent(number="ZL202110345678.3"), "invention") is None
    assert fee_facts(Patent(filing_date=DAY), None) is None


@given(st.dates(), st.dates(), st.none() | st.dates(), st.integers(-5, 40000))
def test_no_date_whatever_stops_it(
    filing: date, day: date, paid_to: date | None, compensation: int
) -> None:
    patent = Patent(
        kind_stated="invention",
        filing_date=filing,
        grant_date=day,
        fee_paid_to=paid_to,
        compensation_days=compensation,
    )
    kept = list(annuities(facts_of(patent), day))
    assert [one.year for one in kept] == sorted({one.year for one in kept})
    for one in kept:
        assert one.due <= one.pay_by.day
        assert one.pay_by == last_day_to_act(one.due)
