"""The statutory declaration (审查指南 第五部分第十一章): nine bars, caps, statement, consents.

A clerk fills in a declaration that is in order, then one thing is otherwise; what is found is
told with its severity and basis.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.check.case_check import Checker
from forms.facts.paths import with_value
from forms.facts.record import (
    Case,
    Contact,
    EntryRunning,
    Extra,
    Licence,
    LumpSum,
    Party,
    Patent,
    Royalty,
    Running,
    Statement,
)
from forms.ground.locate import packs_folder
from forms.ground.problems import Problem
from forms.pack.load import load

D = Decimal
TODAY = date(2026, 11, 2)
PACK = load(packs_folder() / "cnipa-2024")
CHECKER = Checker(PACK)
CHAPTER = "专利审查指南 第五部分第十一章 "

UNIVERSITY = Party(name="示例大学", kind="unit")
COMPANY = Party(name="江汉示例智能装备有限公司", kind="unit")
IN_ORDER = Case(
    pack="cnipa-2024",
    patent=Patent(
        number="ZL202110345678.3",
        title="一种水冷散热装置",
        filing_date=date(2021, 3, 31),
        grant_date=date(2022, 3, 8),
        legal_status="有效",
        fee_paid_to=date(2027, 3, 31),
        hold="none",
        pledge="none",
    ),
    owners=(UNIVERSITY,),
    offer_end=date(2030, 12, 31),
    royalty=Royalty(way="lump_sum", lump_sum=LumpSum(days=0, amount=D(100000))),
    contact=Contact(
        name="王五", address="武汉市示例路1号", postcode="430070", phone="027-87000000"
    ),
    statement=Statement(
        method="statistics",
        base_note="2023年度专利实施许可统计数据",
        base_amount=D(1660000),
        base_years=D(3),
        base_rate=D(3),
        licensees=5,
        licensees_reason="省内同类企业约五家",
    ),
)
RUNNING = {
    "royalty": Royalty(way="running", running=Running(rate_percent=D(5), base="net_sales")),
    "extra.payment_time": Extra(text="每季度终了后15日内付清"),
}
SEVERAL = {"owners": (UNIVERSITY, COMPANY)}
UTILITY_MODEL = {"patent.number": "ZL202120862680.3", "patent.filing_date": date(2021, 4, 25)}


def changed(changes: dict[str, Any]) -> Case:
    case = IN_ORDER
    for path, value in changes.items():
        if path.startswith("extra."):
            extra = {**case.extra, path.removeprefix("extra."): value}
            case = with_value(case, "extra", extra)
        elif path.startswith("unread."):
            case = with_value(case, "unread", {path.removeprefix("unread."): value})
        else:
            case = with_value(case, path, value)
    return case


def problems(changes: dict[str, Any], **known: Any) -> tuple[Problem, ...]:
    return CHECKER.check(changed(changes), TODAY, **known)


def only(changes: dict[str, Any], **known: Any) -> Problem:
    (problem,) = problems(changes, **known)
    return problem


def told(changes: dict[str, Any], **known: Any) -> list[tuple[str, str]]:
    return [(problem.rule, problem.severity) for problem in problems(changes, **known)]


def test_a_declaration_in_order_is_without_fault() -> None:
    assert problems({}) == ()
    assert problems(RUNNING) == ()


@pytest.mark.parametrize(
    ("changes", "rule", "item"),
    [
        ({"other_licences.kind": "exclusive"}, "other_licences.exclusive", "3.1(1)"),
        ({"other_licences.kind": "sole"}, "other_licences.exclusive", "3.1(1)"),
        ({"patent.hold": "suspended"}, "hold.in_force", "3.1(2)"),
        ({"patent.hold": "preserved"}, "hold.in_force", "3.1(2)"),
        ({"patent.fee_paid_to": date(2026, 3, 31)}, "fee.arrears", "3.1(3)"),
        ({"patent.legal_status": "专利权终止"}, "legal_status.not_valid", "3.1(5)(6)"),
        ({"patent.legal_status": "全部无效"}, "legal_status.not_valid", "3.1(5)(6)"),
        (UTILITY_MODEL, "report.missing", "3.1(7)"),
        (
            {**UTILITY_MODEL, "patent.evaluation_report": False},
            "report.missing",
            "3.1(7)",
        ),
        (
            {
                **UTILITY_MODEL,
                "patent.evaluation_report": True,
                "patent.report_conclusion": "unqualified",
            },
            "report.negative",
            "3.1(8)",
        ),
        ({"extra.hindrance": Extra(text="some")}, "bars.other", "3.1(9)"),
        ({"extra.hindrance_text": Extra(text="涉及国家秘密，解密审查中")}, "bars.other", "3.1(9)"),
    ],
)
def test_each_bar_of_the_chapter_is_an_error(changes: Any, rule: str, item: str) -> None:
    problem = only(changes)
    assert (problem.rule, problem.severity) == (rule, "error")
    assert problem.basis.startswith(CHAPTER + item)


def test_an_ordinary_licence_and_a_part_of_the_right_bar_nothing() -> None:
    assert problems({"other_licences.kind": "ordinary"}) == ()
    assert told({"patent.legal_status": "部分无效"}) == [("legal_status.partly", "advice")]


def test_a_kind_beside_the_answer_that_nobody_is_licensed_is_asked_about() -> None:
    changes = {"other_licences.way": "none", "other_licences.kind": "exclusive"}
    assert told(changes) == [("other_licences.unchosen", "advice")]
    granted = {**changes, "other_licences.way": "granted"}
    assert only(granted).rule == "other_licences.exclusive"


@pytest.mark.parametrize("words", ["无", "没有。", " ", "—"])
def test_no_other_hindrance_may_be_said_in_words(words: str) -> None:
    assert problems({"extra.hindrance_text": Extra(text=words)}) == ()
    assert problems({"extra.hindrance": Extra(text="none")}) == ()


def test_a_report_is_no_use_until_its_conclusion_is_known() -> None:
    changes = {**UTILITY_MODEL, "patent.evaluation_report": True}
    problem = only(changes)
    assert (problem.rule, problem.severity) == ("report.conclusion_blank", "pending")
    assert problems({**changes, "patent.report_conclusion": "qualified"}) == ()


def test_an_inventions_report_is_nobodys_business() -> None:
    assert problems({"patent.report_conclusion": "unqualified"}) == ()


# ------------------------------------------------------------------ pledge, 3.1(4)

PLEDGEE = {"patent.pledgee": "示例银行"}
SEALED = frozenset({"pledgee_consent", "consent"})


@pytest.mark.parametrize(
    ("pledge", "consents", "found"),
    [
        ("pledged", None, True),
        ("pledged", False, True),
        ("pledged", True, False),
        ("pledged_with_consent", None, False),
        ("pledged_with_consent", True, False),
        ("pledged_with_consent", False, True),  # what is said by itself is said last
        ("none", None, False),
        ("none", True, False),
        (None, None, False),
    ],
)
def test_the_pledgees_consent_counts_wherever_it_is_said(
    pledge: str | None, consents: bool | None, found: bool
) -> None:
    changes = {**PLEDGEE, "patent.pledge": pledge, "patent.pledgee_consents": consents}
    expected = [("pledge.pledged", "pending")] if found else []
    assert told(changes, seals=SEALED) == expected


def test_a_pledge_asks_for_the_pledgee_and_what_it_sealed() -> None:
    changes = {"patent.pledge": "pledged", "patent.pledgee_consents": True}
    assert told(changes) == [
        ("pledge.consent_paper", "advice"),
        ("pledge.pledgee_blank", "advice"),
    ]
    assert told({**changes, **PLEDGEE}) == [("pledge.consent_paper", "advice")]
    assert told({**changes, **PLEDGEE}, seals=frozenset({"pledgee_consent"})) == []
    stale = {"seals": frozenset(), "stale": frozenset({"pledgee_consent"})}
    assert [rule for rule, _ in told({**changes, **PLEDGEE}, **stale)] == ["seal.stale"]


# ------------------------------------------------------------------ the royalty, 3.3(3)


@pytest.mark.parametrize(
    ("amount", "found"), [("20000000", False), ("20000000.01", True), ("1", False)]
)
def test_a_fixed_fee_above_twenty_million_is_advised_against(amount: str, found: bool) -> None:
    lump = {"royalty": Royalty(way="lump_sum", lump_sum=LumpSum(days=30, amount=D(amount)))}
    entry = {
        **RUNNING,
        "royalty": Royalty(
            way="entry_running",
            entry_running=EntryRunning(entry_fee=D(amount), rate_percent=D(5), base="profit"),
        ),
    }
    expected = [("royalty.high", "advice")] if found else []
    assert told(lump) == told(entry) == expected
    if found:
        assert "开放许可以外的其它方式" in only(lump).message


@pytest.mark.parametrize("way", ["running", "entry_running"])
@pytest.mark.parametrize(
    ("base", "rate", "rule"),
    [
        ("net_sales", "20", None),
        ("net_sales", "20.01", "royalty.high"),
        ("profit", "20.01", None),
        ("profit", "40", None),
        ("profit", "40.5", "royalty.high_of_profit"),
        (None, "99", "royalty.base_blank"),  # which limit holds is not known
    ],
)
def test_the_base_decides_which_rate_is_high(
    way: str, base: str | None, rate: str, rule: str | None
) -> None:
    running = Running(rate_percent=D(rate), base=base)
    entry = EntryRunning(entry_fee=D(1000), rate_percent=D(rate), base=base)
    changes = {**RUNNING, "royalty": Royalty(way=way, running=running, entry_running=entry)}
    severity = "error" if rule == "royalty.base_blank" else "advice"
    found = [one for one in told(changes) if one[0] not in ("royalty.unchosen", "statement.gaps")]
    assert found == ([(rule, severity)] if rule else [])


def test_a_running_royalty_says_its_rate_and_should_say_when_it_is_due() -> None:
    changes = {"royalty": Royalty(way="running", running=Running(base="profit"))}
    assert told(changes) == [
        ("royalty.blank", "error"),
        ("statement.gaps", "pending"),  # it can not say the rate either
        ("royalty.time_blank", "advice"),
    ]


@pytest.mark.parametrize(("days", "found"), [(0, False), (30, False), (-1, True), (None, True)])
def test_a_lump_sum_may_be_paid_with_the_notice(days: int | None, found: bool) -> None:
    assert bool(problems({"royalty.lump_sum.days": days})) is found


@pytest.mark.parametrize("batches", [0, -1])
def test_no_other_count_may_be_nought(batches: int) -> None:
    royalty = IN_ORDER.royalty
    plan = with_value(royalty, "instalments.batches", batches)
    found = told({"royalty": with_value(plan, "way", "instalments")})
    assert ("royalty.count", "error") in found


def test_payment_after_use_is_written_into_the_standard_that_is_published() -> None:
    changes: dict[str, Any] = {"extra.use_first": Extra(text="deferred")}
    problem = only(changes)
    assert (problem.rule, problem.severity) == ("royalty.use_first", "error")
    assert problem.field == "extra.use_first_terms"
    assert "延期支付" in problem.message
    terms = {"extra.use_first_terms": Extra(text="自合同生效满一年之日起15日内支付")}
    assert problems({**changes, **terms}) == ()
    assert problems({"extra.use_first": Extra(text="none")}) == ()


rates = st.decimals(min_value=D("0.1"), max_value=100, places=2)
amounts = st.decimals(min_value=1, max_value=10**15, places=2)


@given(rates, rates, st.sampled_from(["net_sales", "profit"]))
def test_a_higher_rate_is_never_less_advised_against(one: D, other: D, base: Any) -> None:
    def high(rate: D) -> int:
        royalty = Royalty(way="running", running=Running(rate_percent=rate, base=base))
        return sum("high" in rule for rule, _ in told({**RUNNING, "royalty": royalty}))

    assert high(min(one, other)) <= high(max(one, other))


@given(amounts, amounts)
def test_a_higher_fee_is_never_less_advised_against(one: D, other: D) -> None:
    def high(amount: D) -> int:
        return len(told({"royalty.lump_sum.amount": amount}))

    assert high(min(one, other)) <= high(max(one, other))


# ------------------------------------------------------------------ the term, 3.3(4)


def test_the_anniversary_of_filing_is_a_day_too_late_as_in_the_guidelines_example() -> None:
    of_1999 = {
        "patent.number": "ZL99220001.6",
        "patent.filing_date": date(1999, 9, 6),
        "patent.grant_date": date(2000, 8, 2),
        "patent.evaluation_report": True,
        "patent.report_conclusion": "qualified",
        "patent.fee_paid_to": date(2009, 9, 5),
    }

    def on(day: date) -> list[Problem]:
        found = CHECKER.check(changed({**of_1999, "offer_end": day}), date(2009, 1, 5))
        return [one for one in found if one.field == "offer_end"]

    assert on(date(2009, 9, 5)) == []
    (problem,) = on(date(2009, 9, 6))
    assert (problem.rule, problem.severity) == ("offer_end.on_anniversary", "error")
    assert "1999年9月6日" in problem.message
    assert "2009年9月5日" in problem.message
    (beyond,) = on(date(2009, 9, 7))
    assert beyond.rule == "offer_end.beyond_term"


# ------------------------------------------------------------------ who signs, 3.2 and 3.3


def test_several_owners_who_all_sign_prove_that_they_consent() -> None:
    problem = only(SEVERAL)
    assert (problem.rule, problem.severity) == ("signing.consent", "pending")
    assert "全体共有人同意的证明材料" in problem.message
    assert problems(SEVERAL, seals=frozenset({"consent"})) == ()


def test_a_representative_signs_with_the_statement_of_the_others() -> None:
    by_one = {**SEVERAL, "signing": "representative"}
    assert ("signing.representative_blank", "error") in told(by_one)
    by_one["signing_representative"] = "示例大学"
    problem = only(by_one)
    assert (problem.rule, problem.severity) == ("signing.consent", "pending")
    assert "共有专利权人签字或者盖章" in problem.message
    assert problems(by_one, seals=frozenset({"consent"})) == ()


@pytest.mark.parametrize("owners", [(UNIVERSITY,), (UNIVERSITY, COMPANY)])
def test_an_agency_seals_with_the_statement_of_all_owners_be_it_one(owners: Any) -> None:
    by_agency = {"owners": owners, "signing": "agency"}
    assert told(by_agency) == [
        ("signing.agency_blank", "error"),
        ("signing.consent", "pending"),
    ]
    by_agency["agency"] = "武汉示例专利代理事务所"
    assert told(by_agency) == [("signing.consent", "pending")]
    assert problems(by_agency, seals=frozenset({"consent"})) == ()


def test_an_agency_that_is_named_and_does_not_seal_is_asked_about() -> None:
    assert told({"agency": "武汉示例专利代理事务所"}) == [("signing.agency_unchosen", "advice")]


@given(st.sampled_from(["every_owner", "representative"]), st.text(max_size=5))
def test_consent_is_never_asked_of_one_owner_who_signs(signing: str, representative: str) -> None:
    changes = {"signing": signing, "signing_representative": representative}
    rules = {rule for rule, _ in told(changes)}
    assert "signing.consent" not in rules


# ------------------------------------------------------------------ the statement, 3.3


def test_a_declaration_without_its_statement_is_pending() -> None:
    assert told({"statement": Statement()}) == [
        ("statement.missing", "pending"),
        ("statement.licensees_blank", "pending"),
    ]
    assert problems({"statement": Statement(text="许可使用费按行业统计数据计算。")}) == ()


def test_every_method_counts_on_a_number_of_licensees() -> None:
    found = told({"statement.licensees": None})
    assert found == [("statement.gaps", "pending"), ("statement.licensees_blank", "pending")]
    assert ("statement.licensees", "error") in told({"statement.licensees": 0})


def test_a_statement_that_is_written_may_not_be_left_with_gaps() -> None:
    assert told({"statement.base_note": ""}) == [("statement.gaps", "pending")]
    assert problems({"statement.base_note": "", "statement.text": "按成本计算。"}) == ()


def test_two_thousand_characters_are_counted_without_blanks() -> None:
    text = "许可使用费　\n" * 400
    assert problems({"statement.text": text}) == ()
    problem = only({"statement.text": text + "。"})
    assert (problem.rule, problem.severity) == ("statement.long", "advice")
    assert "共 2001 字（不计空格和换行）" in problem.message
    assert only({"statement.edited": {"base": "基" * 2000}}).rule == "statement.long"


def test_advertising_is_an_error_in_the_declaration_and_advised_against_beside_it() -> None:
    assert told({"other_terms": "本技术国内领先。"}) == [("text.advertising", "error")]
    time = {**RUNNING, "extra.payment_time": Extra(text="物超所值，年底付清")}
    assert told(time) == [("text.advertising", "error")]
    statement = Statement(text="本专利填补国内空白。")
    assert told({"statement": statement}) == [("statement.advertising", "advice")]
    assert told({"statement.edited": {"base": "性价比高"}}) == [("statement.advertising", "advice")]
    assert told({"statement.base_note": "国内领先的数据"}) == [("statement.advertising", "advice")]


# ------------------------------------------------------------------ one patent, V-1 5.3


@pytest.mark.parametrize(
    "text",
    [
        "ZL202110345678.3、ZL202120862680.3",
        "202110345678.3 202120862680.3",
        "2021103456783；2021208626803",
        "ZL 2021 1 0345678.3\nZL 2021 2 0862680.3",
    ],
)
def test_two_numbers_are_two_declarations(text: str) -> None:
    found = problems({"patent.number": None, "unread.patent.number": text})
    (problem,) = (one for one in found if one.rule == "number.several")
    assert problem.severity == "error"
    assert "ZL202110345678.3、ZL202120862680.3" in problem.message


@pytest.mark.parametrize("text", ["ZL202110345678.3.3", "20211034567", "CN113000000B", "待查"])
def test_a_number_that_is_none_is_not_two(text: str) -> None:
    found = problems({"patent.number": None, "unread.patent.number": text})
    assert "number.several" not in {one.rule for one in found}


@pytest.mark.parametrize(
    ("terms", "found"),
    [
        ("与ZL202120862680.3一并许可。", True),
        ("本专利（ZL202110345678.3）的技术资料。", False),
        ("帐号420000000000001，电话13800138000。", False),
        ("帐号202120862680。", False),
    ],
)
def test_another_patent_in_the_terms_is_asked_about(terms: str, found: bool) -> None:
    assert told({"other_terms": terms}) == ([("text.other_patent", "advice")] if found else [])


def test_another_patent_in_the_title_is_an_error() -> None:
    title = "一种水冷散热装置（ZL202120862680.3）"
    assert told({"patent.title": title}) == [("number.several", "error")]


# ------------------------------------------------------------------ contact; licensees


def test_the_contact_that_is_published_is_whole() -> None:
    rules = told({"contact": Contact()})
    assert rules == [("contact.blank", "error")] * 4


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ("passport", "应当符合"),
        ("foreign_registration", "应当符合"),
        ("travel_permit", "参照"),
        ("credit_code", None),
        (None, None),
    ],
)
def test_a_licensee_from_abroad_exports_technology(document: Any, words: str | None) -> None:
    licence = Licence(licensee=Party(name="Example Ltd", document=document))
    found = CHECKER.check(IN_ORDER, TODAY, licences=[licence])
    assert [one.rule for one in found] == (["licensee.abroad"] if words else [])
    assert all(one.severity == "advice" and str(words) in one.message for one in found)


def test_an_owner_from_abroad_exports_nothing() -> None:
    foreign = with_value(IN_ORDER, "owners", (Party(name="示例公司", document="passport"),))
    licence = Licence(licensee=Party(name="Example Ltd", document="passport"))
    assert CHECKER.check(foreign, TODAY, licences=[licence]) == ()


# ------------------------------------------------------------------ whatever is in the record

texts = st.text(max_size=30)
wild = st.builds(
    Case,
    patent=st.builds(
        Patent,
        number=st.none() | texts,
        title=texts,
        legal_status=texts,
        pledge=st.sampled_from([None, "none", "pledged", "pledged_with_consent"]),
        pledgee_consents=st.none() | st.booleans(),
        report_conclusion=st.sampled_from([None, "qualified", "unqualified"]),
        evaluation_report=st.none() | st.booleans(),
        filing_date=st.none() | st.dates(),
    ),
    owners=st.lists(st.builds(Party, name=texts), max_size=3).map(tuple),
    signing=st.sampled_from(["every_owner", "representative", "agency"]),
    agency=texts,
    royalty=st.builds(
        Royalty,
        way=st.sampled_from([None, "free", "running", "entry_running", "lump_sum", "other"]),
        running=st.builds(
            Running,
            rate_percent=st.none() | st.decimals(allow_nan=False, allow_infinity=False),
            base=st.sampled_from([None, "net_sales", "profit"]),
        ),
        lump_sum=st.builds(
            LumpSum,
            days=st.none() | st.integers(),
            amount=st.none() | st.decimals(allow_nan=False, allow_infinity=False),
        ),
    ),
    statement=st.builds(
        Statement,
        text=texts,
        licensees=st.none() | st.integers(),
        edited=st.dictionaries(texts, texts, max_size=2),
    ),
    extra=st.dictionaries(
        st.sampled_from(
            ["hindrance", "hindrance_text", "use_first", "use_first_terms", "payment_time"]
        ),
        st.builds(Extra, text=st.none() | texts, number=st.none() | st.integers()),
        max_size=4,
    ),
    unread=st.dictionaries(
        st.sampled_from(["patent.number", "extra.use_first", "royalty.running.rate_percent"]),
        st.text(min_size=1, max_size=40),
        max_size=3,
    ),
)


@given(wild, st.none() | st.frozensets(st.sampled_from(["consent", "pledgee_consent"])))
def test_no_rule_raises_and_every_sentence_is_whole(case: Case, seals: Any) -> None:
    licence = Licence(licensee=Party(document="passport"))
    for problem in CHECKER.check(case, TODAY, seals=seals, licences=[licence]):
        assert problem.message.endswith("。")
        assert "{" not in problem.message or "{" in repr(case)
        assert problem.basis
