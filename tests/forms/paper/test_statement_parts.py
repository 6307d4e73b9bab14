"""The 简要说明: written from the figures, rewritten by hand where the clerk wants it so."""

from decimal import Decimal

import msgspec
import pytest
from hypothesis import given

from forms.facts.declaration import GAP
from forms.facts.declaration import characters as counted
from forms.facts.paths import with_value
from forms.facts.record import Case, LumpSum, Royalty, Statement
from forms.ground.locate import packs_folder
from forms.pack.load import load
from forms.pack.royalty_caps import caps_of
from forms.paper.compose import compose
from forms.paper.document_words import words
from forms.paper.statement_parts import as_text, characters, paragraphs, parts, places_of
from forms.paper.statement_words import RECKONED, numeral, reckoned_facts
from tests.forms.stated import ANY_STATED, STATED

PACK = load(packs_folder() / "cnipa-2024")
HUBEI = load(packs_folder() / "hubei-2022")


def text(case: Case) -> str:
    return as_text(parts(case, PACK))


def test_it_has_the_five_parts_in_order() -> None:
    headings = [part.heading for part in parts(STATED, PACK)]
    assert [heading[:2] for heading in headings] == ["一、", "二、", "三、", "四、", "五、"]


def test_it_says_the_sum_the_offer_and_the_caps() -> None:
    said = text(STATED)
    assert "1,660,000÷3.0＝553,333元；553,333×1.1×0.60×0.85÷6＝51,737元。" in said
    assert "每步得数四舍五入，金额到元" in said
    assert "声明的固定费用为50,000元，低于计算结果3.4%。" in said
    assert "未超过《专利审查指南》第五部分第十一章所列的一般上限" in said
    assert "入门费附加提成" in said
    assert GAP not in said


def test_factors_are_numbered_with_the_licensees_after_them() -> None:
    reckoning = parts(STATED, PACK)[3].text.splitlines()
    assert [line[:3] for line in reckoning[:5]] == [
        "（一）",
        "（二）",
        "（三）",
        "（四）",
        "（五）",
    ]
    assert reckoning[1] == "（二）技术成熟度取0.60：完成中试。"
    assert reckoning[3] == "（四）预计被许可人数取6个：11家有意向，按六成估计。"


def test_a_fee_above_the_cap_is_not_said_to_be_below() -> None:
    high = Royalty(way="lump_sum", lump_sum=LumpSum(days=30, amount=Decimal(30_000_000)))
    case = msgspec.structs.replace(STATED, royalty=high)
    assert "超过《专利审查指南》" in text(case)
    assert "未超过" not in text(case)
    assert "高于计算结果" in text(case)


def test_free_is_said_and_nothing_is_reckoned() -> None:
    said = text(msgspec.structs.replace(STATED, royalty=Royalty(way="free")))
    assert "免收许可使用费" in said
    assert "÷" not in said


def test_where_something_is_wanting_a_gap_is_left() -> None:
    said = text(with_value(STATED, "statement.licensees", None))
    assert f"预计被许可人数取{GAP}个" in said
    assert f"每一被许可人的固定费用：{GAP}。" in said


def test_a_part_written_by_hand_no_longer_follows() -> None:
    edited = with_value(STATED, "statement.edited.reckoning", "照中试数据确定。")
    changed = with_value(edited, "statement.licensees", 9)
    part = parts(changed, PACK)[3]
    assert (part.text, part.is_edited) == ("照中试数据确定。", True)
    back = with_value(changed, "statement.edited.reckoning", "")
    assert "取9个" in parts(back, PACK)[3].text


def test_a_whole_text_of_ones_own_stands_instead_of_all() -> None:
    own = with_value(STATED, "statement.text", "本单位自拟的说明。\n第二段。")
    (only,) = parts(own, PACK)
    assert (only.heading, only.text) == ("", "本单位自拟的说明。\n第二段。")
    assert characters(own, PACK) == 13


def test_what_is_counted_is_what_the_paper_prints() -> None:
    case = with_value(STATED, "statement.edited.review", "核对过 两遍。\n无其他说明。")
    printed = words(compose(PACK.papers["statement"], case, PACK))
    for part in parts(case, PACK):
        for line in (part.heading, *part.text.splitlines()):
            assert "".join(line.split()) in printed
    assert characters(case, PACK) == counted(text(case))
    assert f"全文{characters(case, PACK)}字" in printed


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        ("statement.base_amount", "计算基础取自"),
        ("statement.factors.1.value", "（二）技术成熟度"),
        ("statement.licensees_reason", "（四）预计被许可人数"),
        ("statement.sources.0.day", "数据来源："),
        ("statement.use", "保护一种包覆改性方法"),
        ("statement.edited.review", "核对过。"),
        ("royalty.entry_running.entry_fee", "许可使用费采用入门费"),
        ("derived.nothing", ""),
    ],
)
def test_a_fact_stands_in_the_paragraph_that_says_it(fact: str, said: str) -> None:
    case = with_value(STATED, "statement.edited.review", "核对过。\n无其他说明。")
    lines = [one.text for one in paragraphs(case, PACK)]
    places = sorted(int(place.split(".")[1]) for place in places_of(case, PACK, fact))
    assert [lines[place][: len(said)] for place in places[:1]] == [said] * bool(said)
    if fact.startswith("statement.factors"):
        assert len(places) == 1


def test_what_is_only_reckoned_with_stands_in_the_sum() -> None:
    case = with_value(STATED, "statement.edited.base", "照原件。")
    (place,) = places_of(case, PACK, "statement.base_amount")
    assert "÷" in paragraphs(case, PACK)[int(place.split(".")[1])].text


def test_a_pack_without_moulds_prints_only_what_was_written() -> None:
    assert parts(STATED, HUBEI) == ()
    assert characters(STATED, HUBEI) is None
    own = with_value(STATED, "statement.text", "甲")
    assert [part.text for part in parts(own, HUBEI)] == ["甲"]


@given(ANY_STATED)
def test_nothing_raises_whatever_is_said(case: Case) -> None:
    written = parts(case, PACK)
    assert written
    assert all(part.text for part in written)
    assert set(reckoned_facts(case, caps_of(PACK))) <= set(RECKONED)
    assert (characters(case, PACK) or 0) == counted(as_text(written))


def test_every_fact_that_moulds_may_read_is_there_for_a_full_case() -> None:
    full = with_value(STATED, "statement.base_rate", Decimal(3))
    assert set(reckoned_facts(full, caps_of(PACK))) == set(RECKONED)


def test_what_is_written_can_not_ask_how_long_it_is() -> None:
    moulds = PACK.statement
    assert moulds is not None
    asking = msgspec.structs.replace(
        moulds.parts[0].texts[0], text="全文{derived.statement_characters}字", when=()
    )
    part = msgspec.structs.replace(moulds.parts[0], texts=(asking,))
    pack = msgspec.structs.replace(PACK, statement=msgspec.structs.replace(moulds, parts=(part,)))
    assert parts(STATED, pack)[0].text == f"全文{GAP}字"


@pytest.mark.parametrize(
    ("number", "said"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (35, "三十五")]
)
def test_numbers_of_headings(number: int, said: str) -> None:
    assert numeral(number) == said


def test_a_blank_statement_is_counted_without_raising() -> None:
    blank = msgspec.structs.replace(STATED, statement=Statement())
    assert characters(blank, PACK)
