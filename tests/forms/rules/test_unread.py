"""Text that could not be read is said back, with what was expected."""

from datetime import date

import msgspec
import pytest

from forms.facts.record import Party
from forms.rules.unread_rules import day_meant

TODAY = date(2024, 6, 3)
replace = msgspec.structs.replace


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


# A column that says something of each owner


TWO = (Party(name="示例大学", kind="unit"), Party(name="江汉示例公司", kind="unit"))
COUNTED = [("武汉市示例路1号", "fewer"), ("甲；乙；丙", "more")]


@pytest.mark.parametrize("path", ["owners.address", "owners.representative"])
@pytest.mark.parametrize(("text", "variant"), COUNTED)
def test_more_or_fewer_than_there_are_owners(ask, path, text, variant):
    changes = {"owners": TWO, "unread": {path: text}}
    assert ask("unread.value", changes) == [(path, variant)]


def test_nothing_is_wrong_once_it_was_typed_for_each(ask):
    typed = tuple(replace(one, address="武汉市") for one in TWO)
    assert ask("unread.value", {"owners": typed, "unread": {"owners.address": "甲"}}) == []


def test_a_persons_missing_representative_counts_for_nothing(ask):
    owners = (replace(TWO[0], representative="李四"), Party(name="张三", kind="person"))
    changes = {"owners": owners, "unread": {"owners.representative": "李四"}}
    assert ask("unread.value", changes) == []


ONLY_OF_CONTRACTS = [
    ("owners.address", "武汉市示例路1号"),
    ("owners.representative", "李四"),
    ("owners.identity_number", "91420600MA4E2AMP0C"),
    ("owners.bank.account", "4200000000000000001"),
    ("patent.inventors", "#N/A"),
]


@pytest.mark.parametrize(("path", "text"), ONLY_OF_CONTRACTS)
def test_what_only_the_contract_prints_makes_no_draft_of_the_offer(
    checker, sound, contract, path, text
):
    owners = (sound.owners[0], TWO[1])
    bare = replace(sound.owners[0], address="", representative="", identity_number="")
    case = replace(sound, owners=(bare, owners[1]), unread={path: text})
    offers = checker.check(case, TODAY)
    assert [(one.rule, one.field, one.severity) for one in offers] == [
        ("unread.for_contract", path, "advice")
    ]
    told = checker.check(case, TODAY, licences=[contract])
    (mine,) = [one for one in told if one.field == path]
    assert (mine.scope, mine.severity) == ("contract", "error")
    assert mine.basis == "合同（附件6）"
    assert "无法识别" not in mine.message
    if path.startswith("owners."):
        assert "专利权人有 2 位，此项只填了 1 位" in mine.message
    # one fault, not two: the owners who lack it for that reason are not told besides
    name = path.removeprefix("owners.")
    assert not [
        one
        for one in told
        if one.field.endswith(f".{name}") and one is not mine and one.field.startswith("owners.")
    ]


def test_two_contracts_of_a_case_tell_it_once(checker, sound, contract):
    case = replace(sound, owners=TWO, unread={"owners.address": "武汉市"})
    told = checker.check(case, TODAY, licences=[contract, contract])
    assert len([one for one in told if one.field == "owners.address"]) == 1


@pytest.mark.parametrize("path", ["patent.fee_paid_to", "contact.phone", "owners.name"])
def test_what_the_offer_asks_too_is_its_fault(checker, sound, path):
    case = replace(sound, unread={path: "#N/A"})
    assert [one.field for one in checker.check(case, TODAY) if one.scope == "offer"] == [path]


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
