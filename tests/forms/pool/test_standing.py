"""A patent counts from its entry to the day before it falls out; an invalid one never did."""

from datetime import date, timedelta
from decimal import Decimal

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from forms.pool.records import Application, Grade, Pool, PoolPatent, WhyOut
from forms.pool.standing import days_in, days_within, in_on, is_in, weight_of, weights

SOIL = PoolPatent(number="ZL202010378582.2", member_id=1, entered_on=date(2025, 3, 10))
OUT = msgspec.structs.replace


def test_a_right_that_lapsed_is_in_up_to_the_day_before_its_due_day() -> None:
    lapsed = OUT(SOIL, out_on=date(2026, 6, 3), why_out="lapsed")
    assert days_in(lapsed) == (date(2025, 3, 10), date(2026, 6, 2))
    assert is_in(lapsed, date(2026, 6, 2))
    assert not is_in(lapsed, date(2026, 6, 3))


def test_what_was_declared_invalid_never_was_in() -> None:
    invalid = OUT(SOIL, why_out="invalid", declared_on=date(2026, 7, 1))
    assert not is_in(invalid, date(2025, 3, 10))
    assert days_within(invalid, date(2025, 1, 1), date(2025, 12, 31)) == 0


def test_the_earlier_of_agreement_and_fall_out_is_the_end() -> None:
    agreed = OUT(SOIL, agreed_until=date(2026, 3, 9), out_on=date(2026, 6, 3), why_out="left")
    assert days_in(agreed) == (date(2025, 3, 10), date(2026, 3, 9))
    assert days_in(OUT(SOIL, out_on=SOIL.entered_on, why_out="transferred")) is None


def test_of_two_patents_one_entered_later() -> None:
    late = OUT(SOIL, number="ZL202010378597.9", entered_on=date(2026, 1, 1))
    assert [one.number for one in in_on([SOIL, late], date(2025, 12, 31))] == [SOIL.number]


def test_a_weight_of_its_own_stands_for_the_grades() -> None:
    pool = Pool(grades=(Grade(name="甲级", weight=Decimal(5)), Grade(name="丙级")))
    first = OUT(SOIL, grade="甲级")
    assert weight_of(first, weights(pool)) == 5
    assert weight_of(OUT(first, weight=Decimal("2.5")), weights(pool)) == Decimal("2.5")
    assert weight_of(OUT(first, grade="丁级"), weights(pool)) == 1


def test_an_application_goes_through_four_stages() -> None:
    day = date(2026, 11, 2)
    now = Application(received_on=day)
    told = [now.stage]
    for step in (
        {"review_from": day},
        {"decision": "taken", "decided_on": day},
        {"listed_on": day},
        {"signed_on": day},
    ):
        now = OUT(now, **step)
        told.append(now.stage)
    assert told == ["applied", "review", "listed", "agreement", "entered"]
    assert OUT(now, decision="refused").stage == "refused"


_days = st.dates(date(2020, 1, 1), date(2030, 1, 1))
_reasons = st.sampled_from((None, "lapsed", "expired", "transferred", "left"))


@given(_days, st.none() | _days, st.none() | _days, _reasons, _days, st.integers(0, 900))
def test_the_days_of_a_period_are_those_on_which_it_is_in(
    entered: date,
    until: date | None,
    out_on: date | None,
    why: WhyOut | None,
    first: date,
    length: int,
) -> None:
    patent = OUT(SOIL, entered_on=entered, agreed_until=until, out_on=out_on, why_out=why)
    days = [first + timedelta(days=number) for number in range(length)]
    last = first + timedelta(days=length - 1)
    assert days_within(patent, first, last) == sum(is_in(patent, day) for day in days)
