"""Working days: the table against a library day by day, and how a last day moves."""

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.facts.working_days import last_day_to_act, working_days

FIRST, LAST = date(2004, 1, 1), date(2026, 12, 31)


def test_every_day_of_the_table_is_as_the_library_has_it() -> None:
    table = working_days()
    assert (min(table.notices), max(table.notices)) == (FIRST.year, LAST.year)
    days = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
    differing = [day for day in days if table.is_worked(day) != chinese_calendar.is_workday(day)]
    assert not differing


def test_the_library_knows_no_year_that_the_table_lacks() -> None:
    """A new edition of it with a further year is the call to add that year's line."""
    with pytest.raises(NotImplementedError):
        chinese_calendar.is_workday(LAST + timedelta(days=1))


def test_each_notice_is_named_from_the_year_it_is_known() -> None:
    notices = working_days().notices
    assert notices[2026] == "国办发明电〔2025〕7号"
    assert [year for year, notice in notices.items() if not notice] == [2004, 2005, 2006, 2007]


@pytest.mark.parametrize(
    ("day", "moved"),
    [
        (date(2026, 12, 5), date(2026, 12, 7)),  # a Saturday
        (date(2026, 10, 1), date(2026, 10, 8)),
        (date(2026, 12, 4), date(2026, 12, 4)),
        (date(2026, 2, 28), date(2026, 2, 28)),  # a Saturday that is worked
        (date(2019, 5, 1), date(2019, 5, 6)),  # Sunday 5 May is worked: on to the Monday
    ],
)
def test_a_last_day_moves_to_the_next_worked_day(day: date, moved: date) -> None:
    found = last_day_to_act(day)
    assert (found.day, found.is_moved, found.beyond) == (moved, moved != day, False)


@pytest.mark.parametrize("day", [date(2027, 1, 1), date(2003, 12, 31), date(2100, 5, 1)])
def test_beyond_the_table_a_day_stays_and_that_is_told(day: date) -> None:
    found = last_day_to_act(day)
    assert (found.day, found.beyond) == (day, True)


@given(st.dates(FIRST, LAST))
def test_a_moved_day_is_never_earlier_and_is_worked_on_a_weekday(day: date) -> None:
    found = last_day_to_act(day)
    assert found.day >= day
    if found.is_moved:
        assert chinese_calendar.is_workday(found.day)
        assert found.day.weekday() < 5
