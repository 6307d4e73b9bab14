"""The statutory papers: what stands on them, what is ticked, and of which cases they are made."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec
import pytest

from forms.facts.paths import with_value, with_values
from forms.facts.record import (
    Case,
    EntryRunning,
    Instalments,
    Licence,
    LumpSum,
    OtherStandard,
    Party,
    Royalty,
    Running,
    Statement,
)
from forms.paper.compose import compose
from forms.paper.document_words import lines_of
from forms.paper.made_for import is_for, is_signed
from forms.vetting.pack_lint import lint
from tests.forms.output.declarations import (
    LICENCE,
    OFFICE,
    OWNERS,
    PACK,
    WITHDRAWN,
    declared,
    through_agency,
)

replace = msgspec.structs.replace
PAPERS = [
    PACK.papers[code]
    for code in (
        *("declaration", "consent", "statement", "pledgee_consent"),
        *("withdrawal", "withdrawal_consent", "licensee_notice"),
    )
]


def words(code: str, case: Case) -> str:
    made = compose(PACK.papers[code], case, PACK, licence=LICENCE, office=OFFICE)
    return "\n".join(lines_of(made))


def made_of(case: Case) -> set[str]:
    return {paper.code for paper in PAPERS if is_for(paper, case, PACK)}


def test_the_pack_keeps_its_own_manner() -> None:
    assert lint(PACK.folder) == []
    assert PACK.manner is not None
    assert {"declaration", "withdrawal"}.isdisjoint(PACK.manner.papers)


def test_each_case_has_the_papers_it_needs() -> None:
    one = declared(1)
    assert made_of(one) == {"declaration", "statement"}
    assert made_of(declared(2)) == {"declaration", "statement", "consent"}
    assert made_of(through_agency(one)) == {"declaration", "statement", "consent"}
    assert made_of(with_values(one, {"patent.pledge": "pledged"})) >= {"pledgee_consent"}
    assert made_of(replace(one, declaration=WITHDRAWN)) == {
        *("declaration", "statement", "withdrawal", "licensee_notice")
    }
    assert made_of(declared(2, declaration=WITHDRAWN)) >= {"withdrawal_consent"}
    assert made_of(replace(one, statement=Statement())) == {"declaration"}


def test_a_sheet_to_copy_from_is_never_signed() -> None:
    unsigned = [paper for paper in PAPERS if not is_signed(paper)]
    assert [paper.code for paper in unsigned] == ["declaration", "withdrawal"]
    assert {paper.page.mark for paper in unsigned} == {"填报底稿，不作为提交文件"}


def test_nothing_is_ticked_that_is_not_known() -> None:
    blank = words("declaration", Case(pack="cnipa-2024"))
    assert "☑" not in blank
    known = words("declaration", declared())
    for clear in (
        *("未处于独占、排他许可期限内", "无权属纠纷、保全的中止", "年费已缴至", "专利权没有终止"),
        *("未质押，或者质权人已同意", "没有被宣告全部无效", "无其他妨碍有效实施的情形"),
    ):
        assert f"☑{clear}" in known
    for of_models in ("实用新型、外观已有评价报告", "评价报告结论不是否定的"):
        assert f"□{of_models}" in known


@pytest.mark.parametrize(
    ("facts", "bar"),
    [
        ({"other_licences.way": "granted", "other_licences.kind": "sole"}, "未处于独占"),
        ({"patent.hold": "preserved"}, "无权属纠纷"),
        ({"patent.fee_paid_to": None}, "年费已缴至"),
        ({"patent.pledge": "pledged"}, "未质押"),
        ({"patent.pledge": "pledged", "patent.pledgee_consents": False}, "未质押"),
        ({"patent.legal_status": "终止"}, "专利权没有终止"),
        ({"patent.legal_status": ""}, "没有被宣告全部无效"),
        ({"extra.hindrance": "some"}, "无其他妨碍"),
    ],
)
def test_a_bar_that_stands_or_is_not_known_is_not_ticked(
    facts: dict[str, object], bar: str
) -> None:
    assert f"□{bar}" in words("declaration", with_values(declared(), facts))


def test_a_models_report_is_ticked_where_it_is_there_and_favourable() -> None:
    model = {"patent.number": "ZL202120345678.6", "patent.evaluation_report": True}
    found = words("declaration", with_values(declared(), model))
    assert "☑实用新型、外观已有评价报告" in found
    assert "□评价报告结论不是否定的" in found
    assert "☑专利权评价报告" in found
    unqualified = with_values(declared(), model | {"patent.report_conclusion": "unqualified"})
    assert "□评价报告结论不是否定的" in words("declaration", unqualified)


ROYALTIES = {
    "一次总付：许可使用费100,000.00元，随书面通知一次付清": Royalty(
        way="lump_sum", lump_sum=LumpSum(days=0, amount=Decimal(100000))
    ),
    "一次总付：许可使用费100,000.00元，书面通知送达后30日内一次付清": Royalty(
        way="lump_sum", lump_sum=LumpSum(days=30, amount=Decimal(100000))
    ),
    "提成：按利润额的2.5%提取": Royalty(
        way="running", running=Running(rate_percent=Decimal("2.5"), base="profit")
    ),
    "入门费附加提成：入门费100,000.00元，提成费按净销售额的3%提取": Royalty(
        way="entry_running",
        entry_running=EntryRunning(
            entry_fee=Decimal(100000), rate_percent=Decimal(3), base="net_sales"
        ),
    ),
    "分期支付：随书面通知支付60,000.00元，以后在每个会计季度截止前15日内支付20,000.00元，"
    "分7批次付清，共8次，共计200,000.00元": Royalty(
        way="instalments",
        instalments=Instalments(
            first_days=0,
            first_amount=Decimal(60000),
            cycle="quarter",
            each_days=15,
            batches=7,
            each_amount=Decimal(20000),
        ),
    ),
    "免费，不收取许可使用费": Royalty(way="free"),
    "每台100元": Royalty(way="other", other=OtherStandard(text="每台100元")),
}


@pytest.mark.parametrize(("sentence", "royalty"), ROYALTIES.items())
def test_each_way_of_payment_is_said_in_a_sentence(sentence: str, royalty: Royalty) -> None:
    case = replace(declared(2, royalty=royalty), extra={})
    assert f"即{sentence}；同意专利许可期限至2030年12月31日。" in words("consent", case)


def test_what_is_missing_in_a_sentence_is_left_to_the_pen() -> None:
    royalty = Royalty(way="running", running=Running(base="profit"))
    case = replace(declared(2, royalty=royalty), extra={})
    assert "提成：按利润额的\u3000\u3000\u3000%提取" in words("consent", case)


def test_who_asks_stands_in_the_consent() -> None:
    assert "由下列两方共有" in words("consent", declared(2))
    assert "一、同意由代表人示例大学向" in words("consent", declared(2))
    every = replace(declared(3), signing="every_owner", signing_representative="")
    assert "一、同意共同向国家知识产权局" in words("consent", every)
    found = words("consent", through_agency(declared(1)))
    assert found.startswith("全体专利权人同意开放许可的书面声明")
    assert "一、同意委托专利代理机构武汉示例专利代理事务所（普通合伙）向" in found
    assert "共有" not in found


def test_the_representative_is_named_among_the_owners() -> None:
    named = "1. 示例大学（代表人）；2. 江汉示例智能装备有限公司"
    assert named in words("declaration", declared(2))
    assert f"②专利权人\n{OWNERS[0]}\n" in words("declaration", declared(1))


def test_the_agency_signs_the_statement_alone() -> None:
    found = words("statement", through_agency(declared(3)))
    assert "专利代理机构：武汉示例专利代理事务所（普通合伙）" in found
    assert "专利权人代表人" not in found


def test_the_statement_has_a_paragraph_for_each_line_typed() -> None:
    case = declared(2, statement=Statement(text="甲。\n\n乙。"))
    found = words("statement", case).split("\n")
    assert found[1:4] == [
        "专利号：ZL202110345678.3\u3000专利权人：示例大学等两方\u3000全文4字",
        *("甲。", "乙。"),
    ]


def test_the_day_of_publication_and_the_reason_are_on_the_withdrawal() -> None:
    found = words("withdrawal", declared(2, declaration=WITHDRAWN))
    assert "☑专利权转让、放弃之前的撤回" in found
    assert "2026年2月27日" in found
    assert found.count("☑") == 2  # the reason, and the co-owners' consent


def test_the_licensees_are_named_on_the_withdrawal() -> None:
    case = declared(1, declaration=WITHDRAWN)
    recorded = with_value(LICENCE, "life.recordal.recorded_on", date(2026, 4, 8))
    other = Licence(licensee=Party(name="武汉示例桥工有限公司"))
    made = compose(PACK.papers["withdrawal"], case, PACK, granted=(recorded, other))
    found = "\n".join(lines_of(made))
    assert "被许可人：襄阳示例轨道装备股份有限公司；武汉示例桥工有限公司" in found
    assert "备案日：2026年4月8日" in found


def test_a_licensee_is_told_why() -> None:
    case = replace(declared(1, declaration=WITHDRAWN), offer_end=date(2030, 12, 31))
    found = words("licensee_notice", case)
    assert "襄阳示例轨道装备股份有限公司：" in found
    assert "理由是：专利权转让、放弃之前的撤回。" in found
    assert "不影响在先给予的开放许可的效力" in found


def test_an_owner_without_a_name_is_none() -> None:
    nameless = replace(declared(1), owners=(Party(name="示例大学"), Party()))
    assert "consent" not in made_of(nameless)
