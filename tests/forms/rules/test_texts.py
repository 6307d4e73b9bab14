"""Free text: there, Chinese, visible, to be printed, sober, not endless."""

from datetime import date

import pytest

from forms.check.case_check import check
from forms.facts.paths import with_value
from forms.facts.record import OwnUse, Party, Royalty
from forms.pack.askable import facts
from forms.paper.stand import reads

TITLE = "patent.title"


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (("Example GmbH",), [("owners.0.name", "")]),
        (("示例公司", "Example GmbH"), [("owners.1.name", "")]),
        (("Example GmbH", "Exemple S.A.", "示例"), [("owners.name", "several")]),
        (("罗伯特示例公司 Example GmbH",), []),
    ],
)
def test_owners_without_a_chinese_name_are_told(ask, names, found):
    owners = tuple(Party(name=name) for name in names)
    assert ask("names.not_chinese", {"owners": owners}) == found


def test_so_is_a_contact_without_one(ask):
    changes = {"contact.name": "Robert Smith"}
    assert ask("names.not_chinese", changes) == [("contact.name", "contact")]


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


# --- what can not be printed ---------------------------------------------------------------


@pytest.mark.parametrize("character", ["데", "😀", "\ue003", "\U000f0000", "\uffff", "ש"])
def test_a_character_that_no_font_has_is_found_where_it_stands(ask, character):
    for path in (TITLE, "owners.0.name", "region", "other_terms", "contact.address"):
        assert ask("text.no_glyph", {path: f"一种{character}装置"}) == [(path, "")]


@pytest.mark.parametrize("text", ["一种𬺰装置", "张䶮", "Ä±×㎡℃αЖәō", "葛\U000e0100", "一行\n两行"])
def test_what_the_fonts_have_is_no_fault(ask, text):
    assert ask("text.no_glyph", {"other_terms": text}) == []


def test_an_old_private_code_is_told_with_the_letter_of_today(sound, hubei):
    (problem,) = [
        one
        for one in check(with_value(sound, "owners.0.name", "张\ue863"), hubei, date(2024, 6, 3))
        if one.rule == "text.no_glyph"
    ]
    assert problem.severity == "error"
    assert "U+E863" in problem.message
    assert "“䶮”（U+4DAE）" in problem.message


def test_both_are_told_of_one_text(ask):
    found = ask("text.no_glyph", {"contact.name": "张\ue863데"})
    assert found == [("contact.name", ""), ("contact.name", "old_code")]


def test_a_contract_is_looked_through_as_well(ask):
    changes = {"licence.scope": "湖北데省", "owners.0.address": "武汉데市"}
    expected = [("licence.0.scope", ""), ("owners.0.address", "")]
    assert ask("text.no_glyph", changes) == expected
    names = {"patent.inventors": ("张데",)}
    assert ask("text.no_glyph", names, of_contract=True) == [("patent.inventors", "")]


@pytest.mark.parametrize("scope", ["offer", "contract"])
def test_no_text_that_a_paper_prints_is_passed_over(ask, hubei, sound, scope):
    papers = [p for p in hubei.papers.values() if (p.scope == "licence") == (scope == "contract")]
    paths = [
        path
        for path, fact in facts().items()
        if "text" in fact.kinds or fact.kinds == ("names",)
        if any(reads(paper, path) for paper in papers)
    ]
    assert len(paths) > 10
    for path in paths:
        if scope == "contract" and not path.startswith(("licence.", "owners.", "patent.inv")):
            continue  # the offer's, and found there
        if path == "owners.name" and scope == "contract":
            continue
        at = path.replace("owners.", "owners.0.")
        value = ("데",) if facts()[path].kinds == ("names",) else "데"
        ways = {"own_use": "used", "other_licences": "granted", "royalty": "other"}
        before = {f"{name}.way": way for name, way in ways.items() if path.startswith(f"{name}.")}
        if path.startswith("licence."):
            before = {
                "licence.agreed": "negotiated",
                "licence.royalty.way": "other",
                "licence.improvements_to": "other",
                "licence.dispute": "arbitration",
            }
        found = ask("text.no_glyph", {**before, at: value}, of_contract=scope == "contract")
        assert found == [(at.replace("licence.", "licence.0."), "")], path
