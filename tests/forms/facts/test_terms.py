"""How long a patent lives, to the day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.facts.record import Duration, Kind, TimeUnit
from forms.facts.terms import (
    add_days,
    add_duration,
    add_months,
    fee_grace_end,
    protection,
    protection_end,
    term_years,
)


@pytest.mark.parametrize(
    ("kind", "filed", "years"),
    [
        ("invention", date(2021, 3, 26), 20),
        ("utility_model", date(2021, 3, 26), 10),
        ("design", date(2021, 5, 31), 10),
        ("design", date(2021, 6, 1), 15),
    ],
)
def test_the_years_of_each_kind(kind: Kind, filed: date, years: int) -> None:
    assert term_years(kind, filed) == years


def test_the_last_day_is_the_day_before_the_anniversary() -> None:
    term = protection("invention", date(2021, 3, 26))
    assert term.first_day == date(2021, 3, 26)
    assert term.last_day == date(2041, 3, 25)
    assert term.anniversary == date(2041, 3, 26)
    assert protection_end("invention", date(2021, 3, 26)) == term.last_day


def test_a_leap_day_ends_in_february() -> None:
    assert protection("invention", date(2020, 2, 29)).anniversary == date(2040, 2, 29)
    assert protection("utility_model", date(2020, 2, 29)).anniversary == date(2030, 2, 28)


def test_compensation_lengthens_inventions_only() -> None:
    filed = date(2015, 1, 10)
    assert protection_end("invention", filed, 30) == date(2035, 2, 8)
    assert protection_end("invention", filed, -5) == date(2035, 1, 9)
    assert protection_end("utility_model", filed, 30) == date(2025, 1, 9)
    assert protection_end("invention", filed, None) == date(2035, 1, 9)


def test_dates_past_the_calendar_end_with_it() -> None:
    assert protection("invention", date(9990, 1, 1)).anniversary == date.max
    assert protection_end("invention", date(2020, 1, 1), 10**9) < date.max
    assert add_months(date(2020, 1, 1), -(10**9)) == date.min
    assert add_days(date(2020, 1, 1), 10**12) == date.max
    assert add_days(date(2020, 1, 1), -(10**12)) == date.min


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2021, 1, 31), 1, date(2021, 2, 28)),
        (date(2021, 12, 15), 1, date(2022, 1, 15)),
        (date(2021, 8, 31), 6, date(2022, 2, 28)),
        (date(2021, 8, 31), 0, date(2021, 8, 31)),
    ],
)
def test_months_end_on_the_corresponding_day(start: date, months: int, end: date) -> None:
    assert add_months(start, months) == end


@pytest.mark.parametrize(
    ("count", "unit", "end"),
    [
        (3, "year", date(2027, 2, 28)),
        (18, "month", date(2025, 8, 29)),
        (90, "day", date(2024, 5, 29)),
    ],
)
def test_a_length_of_time_from_a_leap_day(count: int, unit: TimeUnit, end: date) -> None:
    assert add_duration(date(2024, 2, 29), Duration(count=count, unit=unit)) == end


def test_the_grace_for_fees_is_six_months() -> None:
    assert fee_grace_end(date(2024, 3, 31)) == date(2024, 9, 30)


@given(
    st.sampled_from(["invention", "utility_model", "design"]),
    st.dates(date(1985, 4, 1), date(2100, 12, 31)),
)
def test_the_anniversary_is_the_same_day_of_the_year(kind: Kind, filed: date) -> None:
    term = protection(kind, filed)
    same_day = (filed.month, filed.day)
    assert (term.anniversary.month, term.anniversary.day) in {
        same_day,
        (2, 28) if same_day == (2, 29) else same_day,
    }
    assert (term.anniversary - term.last_day).days == 1
