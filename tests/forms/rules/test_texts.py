"""Free text: there, Chinese, visible, sober, not endless."""

import pytest

from forms.record import OwnUse, Royalty

TITLE = "patent.title"


def test_sound_texts_pass(ask):
    for rule in ("title.blank", "title.not_chinese"):
        assert ask(rule) == []
    for rule in ("text.invisible", "text.advertising", "text.long"):
        assert ask(rule) == []
    assert ask("text.invisible", of_contract=True) == []


def test_a_blank_title_is_one_fault(ask):
    assert ask("title.blank", {TITLE: ""}) == [(TITLE, "")]
    for rule in ("title.not_chinese", "text.invisible", "text.long"):
        assert ask(rule, {TITLE: ""}) == []


@pytest.mark.parametrize(
    ("title", "found"),
    [("Cooling device", True), ("123", True), ("LED灯", False), ("㐀", False), ("𠀀", False)],
)
def test_a_title_has_chinese_characters(ask, title, found):
    assert ask("title.not_chinese", {TITLE: title}) == ([(TITLE, "")] if found else [])


@pytest.mark.parametrize("character", ["\u202e", "\u200b", "\ufeff", "\u00ad", "\x00", "\u3164"])
def test_characters_nobody_sees(ask, character):
    text = f"一种{character}装置"
    for path in (TITLE, "owners.0.name", "region", "other_terms", "contact.address"):
        assert ask("text.invisible", {path: text}) == [(path, "")]


@pytest.mark.parametrize("text", ["一行\n两行", "表\t格", "全角\u3000空格", "葛\U000e0100"])
def test_line_breaks_spaces_and_variants_are_no_fault(ask, text):
    assert ask("text.invisible", {"other_terms": text}) == []


def test_unseen_characters_in_a_contract(ask):
    changes = {"licence.scope": "湖北\u200b省", "owners.0.address": "武汉\u202e市"}
    expected = [("licence.0.scope", ""), ("owners.0.address", "")]
    assert ask("text.invisible", changes) == expected
    changes = {"licence.licensee.name": "某\u200b公司", "licence.bank.name": "\u200b银行"}
    expected = [("licence.0.licensee.name", ""), ("licence.0.bank.name", "")]
    assert ask("text.invisible", changes) == expected


@pytest.mark.parametrize(
    ("path", "found"),
    [("other_terms", True), ("own_use.scope", True), ("own_use.manner", True), (TITLE, False)],
)
def test_advertising_is_for_elsewhere(ask, path, found):
    expected = [(path, "")] if found else []
    changes = {"own_use": OwnUse(way="used"), path: "国内领先，效果最佳"}
    assert ask("text.advertising", changes) == expected


def test_advertising_in_a_standard_counts_only_where_it_is_chosen(ask):
    path = "royalty.other.text"
    assert ask("text.advertising", {path: "物超所值"}) == []
    changes = {"royalty": Royalty(way="other"), path: "物超所值"}
    assert ask("text.advertising", changes) == [(path, "")]


@pytest.mark.parametrize(("length", "found"), [(1000, False), (1001, True)])
def test_a_text_for_the_further_sheet(ask, length, found):
    for path in ("other_terms", TITLE):
        assert ask("text.long", {path: "字" * length}) == ([(path, "")] if found else [])
    path = "royalty.other.text"
    changes = {"royalty": Royalty(way="other"), path: "字" * length}
    assert ask("text.long", changes) == ([(path, "")] if found else [])
    assert ask("text.long", {path: "字" * length}) == []
