"""Text that could not be read is said back, with what was expected."""

import pytest

from forms.rules.unread import day_meant


def test_a_case_that_was_read_has_none(ask):
    assert ask("unread.value") == []
    assert ask("unread.value", of_contract=True) == []


@pytest.mark.parametrize(
    ("path", "text", "variant"),
    [
        ("offer_end", "2030年2月30日", "no_such_date"),
        ("offer_end", "2030-13-01", "no_such_date"),
        ("offer_end", "20300231", "no_such_date"),
        ("offer_end", "二〇三〇年二月三十日", "date"),
        ("offer_end", "长期", "date"),
        ("offer_end", "1066-10-14", "date_range"),
        ("royalty.lump_sum.amount", "面议", "money"),
        ("royalty.lump_sum.amount", "-5", "negative"),
        ("royalty.lump_sum.amount", "0.005", "decimals"),
        ("single_term", "很久", "duration"),
        ("single_term", "0年", "duration_range"),
        ("royalty.lump_sum.amount", "9999999999999999", "range"),
        ("royalty.way", "面议", "choice"),
        ("patent.evaluation_report", "也许", "choice"),
        ("patent.evaluation_report", "有" * 40000, "too_long"),
        ("patent.title", "装" * 40000, "too_long"),
        ("patent.title", "读得出来", ""),
        ("somewhere.else", "什么", ""),
    ],
)
def test_the_text_and_what_was_wanted(ask, path, text, variant):
    assert ask("unread.value", {"unread": {path: text}}) == [(path, variant)]


@pytest.mark.parametrize(
    ("path", "text", "variant", "way"),
    [
        ("royalty.entry_running.rate_percent", "若干", "percent", "entry_running"),
        ("royalty.instalments.batches", "几", "integer", "instalments"),
        ("royalty.instalments.batches", "几", "integer", None),
    ],
)
def test_a_blank_of_a_way_is_judged_while_it_may_be_the_one(ask, path, text, variant, way):
    changes = {"unread": {path: text}, "royalty.way": way}
    assert ask("unread.value", changes) == [(path, variant)]
    changes["royalty.way"] = "free"
    assert ask("unread.value", changes) == []
    assert ask("royalty.unchosen", changes) == [("royalty.way", "")]


def test_the_number_has_a_rule_of_its_own(ask):
    assert ask("unread.value", {"unread": {"patent.number": "面议"}}) == []


@pytest.mark.parametrize("path", ["ends_on", "licence.ends_on"])
def test_a_contracts_text(ask, path):
    changes = {"licence.unread": {path: "三年后"}}
    assert ask("unread.value", changes) == [("licence.0.ends_on", "date")]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2030年2月30日", "2030-02-28"),
        ("２０３０／２／３０", "2030-02-28"),
        ("2030.13.40", "2030-12-31"),
        ("2030-0-0", "2030-01-01"),
        ("0000-01-01", "0001-01-01"),
        ("明年", None),
    ],
)
def test_the_nearest_real_day(text, day):
    meant = day_meant(text)
    assert (meant.isoformat() if meant else None) == day
