"""Dates of a case: filing, grant, the patent's life, the offer inside it, a single licence."""

from datetime import date, timedelta

import pytest

from forms.facts.record import Duration

FILING, GRANT, END = "patent.filing_date", "patent.grant_date", "offer_end"
NUMBER = "patent.number"
LAST_DAY = date(2041, 3, 30)  # of the sound case
DAY = timedelta(days=1)
TODAY = date(2024, 6, 3)


def test_a_sound_case_passes(ask):
    for rule in (
        *(f"filing_date.{name}" for name in ("blank", "future", "year_differs")),
        *(f"grant_date.{name}" for name in ("blank", "future", "before_filing")),
        *(f"term.{name}" for name in ("over", "compensation")),
        *(f"offer_end.{name}" for name in ("blank", "past", "beyond_term", "on_anniversary")),
        *(f"single_term.{name}" for name in ("blank", "count", "too_long")),
        "region.blank",
    ):
        assert ask(rule) == [], rule


def test_blanks_are_said_once(ask):
    for path in (FILING, GRANT, END):
        rule = path.removeprefix("patent.")
        assert ask(f"{rule}.blank", {path: None}) == [(path, "")]
    assert ask("single_term.blank", {"single_term": None}) == [("single_term", "")]
    assert ask("region.blank", {"region": ""}) == [("region", "")]
    for rule in ("filing_date.future", "filing_date.year_differs", "term.over"):
        assert ask(rule, {FILING: None}) == []
    for rule in ("offer_end.beyond_term", "offer_end.on_anniversary", "single_term.too_long"):
        assert ask(rule, {FILING: None}) == []
    for rule in ("offer_end.past", "offer_end.beyond_term", "offer_end.on_anniversary"):
        assert ask(rule, {END: None}) == []
    for rule in ("grant_date.future", "grant_date.before_filing"):
        assert ask(rule, {GRANT: None}) == []
    for rule in ("single_term.count", "single_term.too_long"):
        assert ask(rule, {"single_term": None}) == []


@pytest.mark.parametrize(("day", "found"), [(TODAY, False), (TODAY + DAY, True)])
def test_days_to_come(ask, day, found):
    for path in (FILING, GRANT):
        expected = [(path, "")] if found else []
        assert ask(f"{path.removeprefix('patent.')}.future", {path: day}) == expected


@pytest.mark.parametrize(
    ("number", "filed", "variant"),
    [
        ("ZL202110345678.3", date(2021, 1, 1), None),
        ("ZL202110345678.3", date(2020, 12, 31), "earlier"),
        ("ZL202110345678.3", date(2022, 1, 1), "later"),
        ("ZL202180345678", date(2019, 5, 1), None),  # the PCT explains it
        ("ZL202180345678", date(2022, 5, 1), "later"),
        (None, date(2020, 12, 31), None),
    ],
)
def test_the_year_of_the_number_and_of_the_filing(ask, number, filed, variant):
    expected = [] if variant is None else [(FILING, variant)]
    assert ask("filing_date.year_differs", {NUMBER: number, FILING: filed}) == expected


@pytest.mark.parametrize(
    ("granted", "filed", "number", "expected"),
    [
        (date(2021, 4, 1), date(2021, 3, 31), "ZL202110345678.3", []),
        (date(2021, 3, 31), date(2021, 3, 31), "ZL202110345678.3", [(GRANT, "")]),
        (date(2020, 3, 31), date(2021, 3, 31), None, [(GRANT, "")]),
        (date(2020, 12, 31), None, "ZL202110345678.3", [(GRANT, "number")]),
        (date(2021, 1, 1), None, "ZL202110345678.3", []),
        (date(2020, 12, 31), None, None, []),
    ],
)
def test_grant_comes_after_filing(ask, granted, filed, number, expected):
    changes = {GRANT: granted, FILING: filed, NUMBER: number}
    assert ask("grant_date.before_filing", changes) == expected


@pytest.mark.parametrize(("today", "found"), [(LAST_DAY, False), (LAST_DAY + DAY, True)])
def test_a_term_that_is_over(ask, today, found):
    assert ask("term.over", today=today) == ([(FILING, "")] if found else [])


def test_a_term_that_is_over_is_the_only_thing_said_of_it(ask):
    past = {END: date(2050, 1, 1), "single_term": Duration(count=9)}
    for rule in ("past", "beyond_term", "on_anniversary"):
        assert ask(f"offer_end.{rule}", past, today=date(2055, 1, 1)) == []
    assert ask("single_term.too_long", past, today=date(2055, 1, 1)) == []


@pytest.mark.parametrize(
    ("days", "number", "variant"),
    [
        (None, "ZL202120345678", None),
        (0, "ZL202120345678", None),
        (30, "ZL202110345678.3", None),
        (30, "ZL202120345678", "kind"),
        (30, None, None),
        (-1, "ZL202110345678.3", "negative"),
    ],
)
def test_compensation_is_for_inventions(ask, days, number, variant):
    path = "patent.compensation_days"
    expected = [] if variant is None else [(path, variant)]
    assert ask("term.compensation", {path: days, NUMBER: number}) == expected


@pytest.mark.parametrize(("end", "found"), [(TODAY, False), (TODAY - DAY, True)])
def test_an_offer_that_has_ended(ask, end, found):
    assert ask("offer_end.past", {END: end}) == ([(END, "")] if found else [])


@pytest.mark.parametrize(
    ("end", "beyond", "doubtful"),
    [
        (LAST_DAY, False, False),
        (LAST_DAY + DAY, False, True),
        (LAST_DAY + 2 * DAY, True, False),
    ],
)
def test_the_offer_ends_with_the_patent_at_the_latest(ask, end, beyond, doubtful):
    assert ask("offer_end.beyond_term", {END: end}) == ([(END, "")] if beyond else [])
    assert ask("offer_end.on_anniversary", {END: end}) == ([(END, "")] if doubtful else [])


def test_compensation_days_move_the_end(ask):
    changes = {END: LAST_DAY + 2 * DAY, "patent.compensation_days": 2}
    assert ask("offer_end.beyond_term", changes) == []


@pytest.mark.parametrize(("count", "found"), [(1, False), (0, True), (-3, True)])
def test_a_single_licence_has_a_length(ask, count, found):
    changes = {"single_term": Duration(count=count, unit="month")}
    assert ask("single_term.count", changes) == ([("single_term", "")] if found else [])


@pytest.mark.parametrize(("days", "found"), [(301, False), (302, True)])
def test_a_single_licence_may_fill_what_is_left(ask, days, found):
    today = LAST_DAY - 300 * DAY
    changes = {"single_term": Duration(count=days, unit="day")}
    expected = [("single_term", "")] if found else []
    assert ask("single_term.too_long", changes, today=today) == expected
