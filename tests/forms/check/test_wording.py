"""Sentences a clerk reads: box, fault, remedy, in the words of the form."""

import pytest

from forms.check.wording import Wording, message_key, sentence, sentence_key, slots
from forms.ground.cleaning import visible
from forms.ground.locate import packs_folder
from forms.ground.problems import Finding
from forms.pack.load import find_packs, load
from forms.pack.types import RuleBinding
from forms.rules import EVERYWHERE, REGISTRY

SHIPPED = [load(folder) for folder in find_packs(packs_folder()).values()]
HUBEI = load(packs_folder() / "hubei-2022")
WORDING = Wording(HUBEI)


def of_rule(key: str) -> tuple[str, str]:
    rule, _, variant = key.replace(".", " ", 1).partition(".")
    return rule.replace(" ", "."), variant


def test_every_rule_has_its_sentences_in_the_packs_that_bind_it_and_no_other() -> None:
    keys = {
        message_key(rule.id, variant): names
        for rule in REGISTRY.values()
        for variant, names in rule.variants.items()
    }
    for pack in SHIPPED:
        bound = {binding.rule for binding in pack.rules}
        wanted = {key for key in keys if ".".join(key.split(".")[:2]) in bound}
        assert set(pack.wording) <= wanted, pack.identity.code
        said = {sentence_key(pack.wording, *of_rule(key)) for key in wanted}
        assert said <= set(pack.wording), pack.identity.code
        for key, template in pack.wording.items():
            assert slots(template) <= keys[key] | EVERYWHERE, key
    assert {key for pack in SHIPPED for key in pack.wording} == set(keys)


@pytest.mark.parametrize("template", sorted({w for p in SHIPPED for w in p.wording.values()}))
def test_a_sentence_has_a_place_a_remedy_and_no_word_of_blame(template: str) -> None:
    assert template.startswith("{place}：")
    assert template.endswith("。")
    assert any(word in template for word in ("请", "建议", "补齐", "应当", "须"))
    own = (
        template.replace("全部无效", "").replace("部分无效", "").replace("宣告无效", "")
    )  # the law's words
    for word in ("非法", "无效", "系统", "错误", "失败", "您", "  "):
        assert word not in own


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("patent.number", "第①栏 专利号"),
        ("offer_end", "第⑤栏 许可期限届满日"),
        ("owners", "第①栏 专利权人"),
        ("owners.1.name", "第①栏 专利权人（第 2 位）"),
        ("licence.0.copies", "合同 第十三条 合同份数"),
        ("licence.2.copies", "合同 第十三条 合同份数（第 3 份合同）"),
        ("papers.info", "附件 4 专利开放许可（试点）信息表"),
        ("papers.unheard", "湖北省专利开放许可（试点）"),
        ("patent.number.unheard", "第①栏 专利号"),
        ("", "湖北省专利开放许可（试点）"),
    ],
)
def test_a_place_is_named_as_the_form_names_it(path: str, place: str) -> None:
    assert WORDING.place(path) == place


def test_fields_stand_in_the_order_of_the_pack() -> None:
    paths = ["patent.number", "patent.title", "owners.1.name", "offer_end", "contact.name", ""]
    orders = [WORDING.order(path) for path in paths]
    assert orders == sorted(orders)


def test_one_sentence_by_itself() -> None:
    finding = Finding("offer_end", {"day": "2023年1月1日"})
    binding = RuleBinding(rule="offer_end.past", severity="error", basis="")
    assert sentence(finding, binding, HUBEI) == (
        "第⑤栏 许可期限届满日：2023年1月1日早于今天，请改为今天或以后的日期。"
    )


def test_what_was_typed_is_shown_and_can_not_reach_into_the_sentence() -> None:
    finding = Finding("offer_end", {"text": "{place}\u202e长\u200b期\n{x.__class__}"}, "date")
    assert WORDING.sentence(finding, "unread.value") == (
        "第⑤栏 许可期限届满日：日期“{place}‹U+202E›长‹U+200B›期 {x.__class__}”格式有误，"
        "请写明年、月、日，例如 2030-12-31。"
    )


def test_several_values_and_long_ones() -> None:
    finding = Finding("region", {"text": "很" * 100, "choices": ("全省", "武汉市")}, "choice")
    shown = WORDING.sentence(finding, "unread.value")
    assert "“" + "很" * 60 + "……”" in shown
    assert "全省、武汉市" in shown


def test_unseen_characters_are_spelt_out() -> None:
    assert visible("甲\u202e乙\U000e0041丙\x00") == "甲‹U+202E›乙‹U+E0041›丙‹U+0000›"
    assert visible("一行\n两行") == "一行\n两行"


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("royalty.lump_sum.days", "付款期限"),
        ("licence.1.royalty.lump_sum.days", "付款期限"),
        ("own_use.scope", "范围"),
        ("owners.1.representative", "法定代表人"),
        ("licence.0.agreed", "使用费及支付方式"),  # its box is an article and no more
        ("unheard", "湖北省专利开放许可（试点）"),
    ],
)
def test_what_stands_in_a_box_is_named_by_itself(path: str, what: str) -> None:
    assert WORDING.what(path) == what
