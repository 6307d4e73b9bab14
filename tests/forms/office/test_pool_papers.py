"""The pool's papers from its records: what the records say is printed, the rest is for the pen."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest

from forms.facts.declaration import Declaration
from forms.facts.record import Case, OtherLicences, Party, Patent, Royalty
from forms.facts.royalty import Running
from forms.office import pool_papers as papers
from forms.office.pool_check_papers import facts_of_checklist, facts_of_evidence
from forms.office.pool_share_papers import facts_of_share, formula_words, period_words
from forms.office.record_papers import paper_file
from forms.office.store import CannotDo
from forms.pack.record_pack import record_pack
from forms.paper.document_words import words
from forms.pool.checklists import checklists
from forms.pool.records import (
    Agreement,
    Answer,
    Application,
    Applied,
    Element,
    EvidenceChart,
    Grade,
    Member,
    OperatorFee,
    Opinion,
    Pool,
    PoolLicence,
    PoolPatent,
    ShareRule,
)
from forms.pool.runs import Run, Taken, reckon
from forms.vetting.pack_lint import lint
from forms.vetting.record_lint import paper_faults
from tests.pack_files import laid

replace = msgspec.structs.replace
PACK = record_pack("pool")
TODAY = date(2026, 7, 20)
OPERATOR = Party(name="示例运营公司", contact="吴示例", phone="027-68000001")
POOL = Pool(
    name="桥梁检测专利池",
    operator=OPERATOR,
    grades=(Grade(name="甲级", weight=Decimal(3)), Grade(name="乙级")),
    fee=OperatorFee(percent=Decimal(10)),
    shares=ShareRule(method="weight"),
)
NUMBERS = ("ZL202110345678.3", "ZL202020862680.9")
PATENTS = (
    PoolPatent(
        number=NUMBERS[0], title="一种检测方法", member_id=1, grade="甲级", case_id=7,
        entered_on=date(2026, 1, 1),
    ),
    PoolPatent(
        number=NUMBERS[1], title="一种过滤器", member_id=2, grade="乙级",
        entered_on=date(2026, 1, 1),
    ),
)  # fmt: skip
MEMBERS = (
    (1, Member(party=Party(name="甲大学"), joined_on=date(2025, 12, 1))),
    (2, Member(party=Party(name="乙公司"), order=1, joined_on=date(2025, 12, 1))),
)


def lines(code: str, facts: Any) -> list[str]:
    return words(papers.paper_of(PACK, code, facts)).split("\n")


def case(**changed: Any) -> Case:
    patent = Patent(
        number=NUMBERS[0], filing_date=date(2021, 3, 31), legal_status="专利权维持",
        open_licence_recorded_on=None,
    )  # fmt: skip
    return replace(Case(patent=patent, owners=(Party(name="甲大学"),)), **changed)


def test_the_application_ticks_what_the_cases_say_and_leaves_the_rest_to_the_pen() -> None:
    application = Application(
        applicant=Party(name="甲大学"),
        patents=(
            Applied(number=NUMBERS[0], title="一种检测方法", case_id=7),
            Applied(number=NUMBERS[1], title="一种过滤器", case_id=8, report=True),
        ),
        share_wish="weight",
    )
    cases = {
        7: case(
            owners=(Party(name="甲大学"), Party(name="乙公司")),
            other_licences=OtherLicences(way="granted", kind="ordinary", period="三年"),
            declaration=Declaration(published_on=date(2026, 1, 1)),
            royalty=Royalty(way="running", running=Running(rate_percent=Decimal("3.0"))),
        ),
        8: case(),
    }
    said = lines("application", papers.facts_of_application(POOL, application, cases))
    assert "☑专利权有效，年费已按规定缴纳；" in said
    assert "□专利权属清楚，没有权属、侵权纠纷，没有保全措施；" in said, "nobody can know that"
    assert "☑有共有专利权人，序号1，共有人为乙公司。" in said
    assert "☑已作普通许可，序号1，被许可人" in said
    assert "☑已声明开放许可，序号1，公告的标准提成3%" in said
    assert "□按件数平均☑按专利权重□按约定份额%□按组合办法" in said
    blank = lines("application", papers.facts_of_application(POOL, Application()))
    assert "□专利权有效，年费已按规定缴纳；" in blank


def test_many_patents_go_to_a_table_behind_the_form_and_the_taken_ones_are_named() -> None:
    patents = tuple(
        Applied(number=f"ZL2021103456{n:02}.X", is_taken=n not in (4, 6)) for n in range(1, 10)
    )
    application = Application(patents=patents, decision="partly")
    facts = papers.facts_of_application(POOL, application)
    assert (len(facts.patents), len(facts.more), facts.more[0].line) == (4, 5, 5)
    assert facts.taken_lines == "1至3、5、7至9"
    assert "共9件，其余见附表。" in lines("application", facts)


def test_the_review_record_has_every_opinion_or_room_for_as_many_as_are_asked() -> None:
    opinions = (
        Opinion(reviewer="孙示范", vote="take", score=Decimal("86.5")),
        Opinion(reviewer="郑示例", vote="refuse"),
    )
    application = Application(opinions=opinions, decision="refused", asked=4)
    said = lines("review", papers.facts_of_review(POOL, application))
    assert "评估意见共2份：同意入池1份，附条件同意0份，不同意1份。" in said
    assert any("☑不入池" in line for line in said)
    assert len(papers.facts_of_review(POOL, Application(asked=4)).opinions) == 4


def test_the_agreement_has_its_own_patents_with_the_ends_of_their_rights() -> None:
    agreement = Agreement(numbers=(NUMBERS[0],), dispute="arbitration", dispute_at="武汉仲裁委员会")
    ends = papers.ends_of({7: case()}, PATENTS)
    facts = papers.facts_of_agreement(POOL, MEMBERS[0][1], agreement, PATENTS, ends)
    assert [(one.number, one.weight, one.term_ends) for one in facts.patents] == [
        (NUMBERS[0], Decimal(3), date(2041, 3, 30))
    ]
    said = "".join(lines("agreement", facts))
    assert "☑提交武汉仲裁委员会仲裁□向人民法院起诉" in said
    assert "成员保留以专利权人身份在池外自行作普通许可的权利" in said
    whole = Agreement(member_id=2)
    facts = papers.facts_of_agreement(POOL, MEMBERS[1][1], whole, PATENTS)
    assert [one.number for one in facts.patents] == [NUMBERS[1]], "all that the member has in it"
    barred = replace(agreement, members_license_alone=False)
    facts = papers.facts_of_agreement(POOL, MEMBERS[0][1], barred, PATENTS)
    assert "自行作普通许可的权利" not in "".join(lines("agreement", facts))


def test_the_licence_lists_the_whole_pool_or_what_it_names() -> None:
    names = {number: member.party.name for number, member in MEMBERS}
    whole = papers.facts_of_licence(POOL, PoolLicence(), PATENTS, names)
    assert [one.member for one in whole.patents] == ["甲大学", "乙公司"]
    assert (whole.count, whole.inventions, whole.utility_models, whole.designs) == (2, 1, 1, 0)
    some = PoolLicence(is_whole=False, numbers=(NUMBERS[1],))
    facts = papers.facts_of_licence(POOL, some, PATENTS, names)
    assert [one.number for one in facts.patents] == [NUMBERS[1]]
    said = "".join(lines("licence", facts))
    assert "□本专利池的全部专利" in said and "☑附件所列的专利。" in said
    assert "许可地域为中华人民共和国境内。" in said
    told = PoolLicence(default_interest="1.5倍", report_words="每年3月31日前")
    facts = papers.facts_of_licence(POOL, told, PATENTS, names)
    assert (facts.interest, facts.interest_words, facts.pay_by) == ("1.5", "", "3月31日")
    told = replace(told, default_interest="每日万分之五")
    said = "".join(lines("licence", papers.facts_of_licence(POOL, told, PATENTS, names)))
    assert "对逾期部分支付违约金：每日万分之五。" in said and "LPR" not in said


def test_leaving_is_told_by_the_operator_or_by_the_member_whose_program_this_is() -> None:
    gone = replace(MEMBERS[0][1], left_on=date(2026, 8, 1), is_own=True)
    out = [replace(PATENTS[0], out_on=date(2026, 8, 1), why_out="left")]
    said = lines("exit", papers.facts_of_exit(POOL, gone, out, TODAY))
    assert "甲大学：" in said and "贵单位为" in "".join(said)
    joined = replace(POOL, run="joined")
    said = lines("exit", papers.facts_of_exit(joined, gone, out, TODAY))
    assert "示例运营公司：" in said and "我单位为" in "".join(said)
    assert "甲大学自2026年8月1日起退出专利池，下列1件专利同时出池" in "".join(said)


def run(**changed: Any) -> Run:
    taken = Taken(amount=Decimal("1000.00"))
    begun = Run(
        year=2026, place=2, first=date(2026, 1, 1), last=date(2026, 6, 30),
        receipts=(taken,), fee=POOL.fee, rule=POOL.shares, pay_by=date(2026, 8, 15),
    )  # fmt: skip
    return reckon(POOL, MEMBERS, PATENTS, replace(begun, **changed), {})


def test_a_notice_of_shares_has_the_figures_of_the_run() -> None:
    facts = facts_of_share(POOL, run(), 1, today=TODAY)
    assert (facts.period, facts.own_amount, facts.grade_weights) == (
        "2026年上半年", Decimal("675.00"), "甲级3，乙级1",
    )  # fmt: skip
    assert [one.percent for one in facts.lines] == [Decimal("75.00"), Decimal("25.00")]
    assert facts.sums.percent == Decimal("100.00") and facts.sums.amount == Decimal("900.00")
    said = "".join(lines("share_notice", facts))
    assert "甲大学10375.00675.00" in said, "one of the first grade, weight 3, share, sum"
    assert "贵单位应得675.00元（人民币陆佰柒拾伍元整），将于2026年8月15日前付至" in said


@pytest.mark.parametrize("method", ["number", "agreed", "formula"])
def test_the_columns_follow_the_method(method: Any) -> None:
    rule = ShareRule(method=method, number_part=Decimal(40), weight_part=Decimal(60))
    members = tuple(
        (number, replace(member, share_percent=Decimal(["62.5", "37.5"][number - 1])))
        for number, member in MEMBERS
    )
    begun = Run(
        first=date(2026, 4, 1), last=date(2026, 6, 30), rule=rule,
        receipts=(Taken(amount=Decimal("0.01")),),
    )  # fmt: skip
    done = reckon(POOL, members, PATENTS, begun, {})
    said = "".join(lines("share_notice", facts_of_share(POOL, done, 2)))
    assert ("62.50" in said) == (method in ("agreed", "formula"))
    assert ("约定份额（%）" in said) == (method in ("agreed", "formula"))
    assert ("组合办法分配：件数40%，权重60%" in said) == (method == "formula")
    assert "2026年第二季度" in said


def test_a_correction_tells_what_was_given_and_what_is_to_be_given_back() -> None:
    done = run(corrects=4, reason="一件专利已经终止")
    done = replace(
        done,
        shares=tuple(replace(one, before=one.amount + Decimal("5.00")) for one in done.shares),
    )
    facts = facts_of_share(POOL, done, 1, corrects="2026-01")
    assert facts.gives_back and facts.own_amount == Decimal("5.00")
    said = "".join(lines("share_notice", facts))
    assert "更正2026-01号通知书" in said and "贵单位应退回5.00元（人民币伍元整）" in said
    assert "-5.00" in said


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ((2026, 1, 1), (2026, 12, 31), "2026年"),
        ((2026, 7, 1), (2026, 12, 31), "2026年下半年"),
        ((2024, 2, 1), (2024, 2, 29), "2024年2月"),
        ((2026, 2, 1), (2026, 4, 30), "2026年2月1日至2026年4月30日"),
        ((2026, 1, 2), (2026, 3, 31), "2026年1月2日至2026年3月31日"),
        ((2025, 7, 1), (2026, 6, 30), "2025年7月1日至2026年6月30日"),
    ],
)
def test_periods_are_called_as_people_do(first: Any, last: Any, said: str) -> None:
    assert period_words(date(*first), date(*last)) == said


def test_a_formula_names_its_floor_and_cap() -> None:
    rule = ShareRule(method="formula", agreed_part=Decimal(100), cap_percent=Decimal("33.5"))
    assert formula_words(rule) == "约定份额100%，每个成员最高33.5%"


def test_every_checklist_is_printed_with_answers_and_what_is_to_be_mended() -> None:
    (antitrust,) = (one for one in checklists() if one.code == "antitrust")
    risky = next(item for _, item in antitrust.items() if item.expects == "no")
    pool = replace(POOL, answers=(Answer(item=risky.code, reply="yes", words="见会议纪要"),))
    for one in checklists():
        facts = facts_of_checklist(pool, one, TODAY)
        said = lines("checklist", facts)
        assert len(facts.lines) == facts.count and f"专利池自查表（{one.title}）" in said
        assert ("需要处理的事项" in said) == (one.code == "antitrust")
    assert risky.warns in "".join(lines("checklist", facts_of_checklist(pool, antitrust, TODAY)))


def test_a_chart_counts_what_is_met_missing_and_open() -> None:
    chart = EvidenceChart(
        number=NUMBERS[0],
        elements=(
            Element(words="甲", state="met", source="手册", source_day=date(2026, 1, 5)),
            Element(words="乙", state="equivalent"),
            Element(words="丙", state="not_met"),
            Element(words="丁"),
        ),
    )
    said = lines("evidence", facts_of_evidence(POOL, chart))
    assert "共4项特征，相同或者等同2项，缺少1项，待查1项。" in said
    assert "手册，2026年1月5日" in "".join(said)


def test_a_character_that_no_font_has_stops_the_print_and_is_named() -> None:
    odd = replace(POOL, name="桥梁\U0003fffd池")
    document = papers.paper_of(PACK, "exit", papers.facts_of_exit(odd, MEMBERS[0][1], [], TODAY))
    with pytest.raises(CannotDo, match="“退池通知”不能生成：字体中没有"):
        paper_file(document, "pdf")


def test_a_paper_the_pack_has_not_is_told() -> None:
    with pytest.raises(papers.NoSuchPaper, match="没有名为 receipt 的文书，现有：agreement、"):
        papers.paper_of(PACK, "receipt", POOL)
    with pytest.raises(papers.NoSuchPaper, match="“退池通知”里有程序不知道的事项“"):
        papers.paper_of(PACK, "exit", POOL)


def test_the_shipped_pack_asks_nothing_that_the_facts_have_not(tmp_path: Path) -> None:
    assert lint(PACK.folder) == []
    files = {
        path.relative_to(PACK.folder).as_posix(): path.read_bytes()
        for path in PACK.folder.rglob("*.toml")
    }
    spoiled = files["papers/exit.toml"].decode()
    for old, new in (
        ("{item.why_out}", "{item.why}"),
        ('over = "patents"', 'over = "patent"'),
        ("{parameter.objection_days:plain}", "{parameter.objection:plain}"),
        ('path = "whole", is', 'path = "all", is'),
    ):
        assert old in spoiled
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        laid(folder, {**files, "papers/exit.toml": spoiled.replace(old, new).encode()})
        found = lint(folder)
        assert found and all(fault.file == "papers/exit.toml" for fault in found)
    stranger = replace(PACK, papers={"receipt": PACK.papers["exit"]})
    assert [fault.key for fault in paper_faults(stranger)] == ["code"]
