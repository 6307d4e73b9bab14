"""A clerk checks a case: everything at once, each fault once, the worst first."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.check.case_check import Checker, check, check_batch, checker_of
from forms.facts.paths import with_value
from forms.facts.record import (
    Bank,
    Case,
    Contact,
    Duration,
    Instalments,
    Licence,
    LumpSum,
    Office,
    OtherLicences,
    OwnUse,
    Party,
    Patent,
    Royalty,
)
from forms.ground.problems import SEVERITY_ORDER, has_errors
from forms.pack.load import load
from forms.pack.types import Field, Identity, Pack, RuleBinding
from forms.rules import REGISTRY, Subject

TODAY = date(2024, 6, 3)
HUBEI = load(Path(__file__).parents[3] / "resources" / "packs" / "hubei-2022")
PLAN = Instalments(
    first_days=30,
    first_amount=Decimal(60000),
    cycle="quarter",
    each_days=15,
    batches=7,
    each_amount=Decimal(20000),
)
SOUND = Case(
    pack="hubei-2022",
    patent=Patent(
        number="ZL202110345678.3",
        title="一种水冷散热装置",
        filing_date=date(2021, 3, 31),
        grant_date=date(2022, 3, 8),
        legal_status="有效",
    ),
    owners=(Party(name="武汉示例大学"), Party(name="湖北示例科技有限公司")),
    own_use=OwnUse(way="none"),
    other_licences=OtherLicences(way="none"),
    offer_end=date(2030, 12, 31),
    single_term=Duration(count=3),
    region="全省",
    royalty=Royalty(way="instalments", instalments=PLAN),
    contact=Contact(name="王五", address="武汉", postcode="430070", phone="027-87000000"),
)


def changed(case: Any, **changes: object) -> Any:
    for path, value in changes.items():
        case = with_value(case, path.replace("__", "."), value)
    return case


def found(case: Case, **known: Any) -> list[tuple[str, str]]:
    return [(p.rule, p.field) for p in check(case, HUBEI, TODAY, **known)]


def test_a_sound_case_has_no_problem() -> None:
    assert check(SOUND, HUBEI, TODAY) == ()


def test_a_problem_says_where_what_and_on_what_basis() -> None:
    (problem,) = check(changed(SOUND, offer_end=date(2042, 3, 1)), HUBEI, TODAY)
    assert problem.rule == "offer_end.beyond_term"
    assert problem.field == "offer_end"
    assert problem.severity == "error"
    assert problem.scope == "offer"
    assert problem.basis == "信息表 注意事项 五；专利法 第四十二条"
    assert problem.message == (
        "第⑤栏 许可期限届满日：2042年3月1日晚于专利期限届满日2041年3月30日，"
        "请改为该日或以前的日期。"
    )


def test_the_empty_case_is_told_everything_and_nothing_twice() -> None:
    problems = check(Case(), HUBEI, TODAY)
    assert len({problem.field for problem in problems}) == len(problems)
    errors = [problem.field for problem in problems if problem.severity == "error"]
    assert errors == [
        "patent.number",
        "patent.grant_date",
        "patent.title",
        "owners",
        "own_use.way",
        "other_licences.way",
        "offer_end",
        "royalty.way",
        "contact.name",
        "contact.address",
        "contact.postcode",
        "contact.phone",
    ]


def test_the_worst_comes_first_then_the_order_of_the_form() -> None:
    case = changed(SOUND, region="", other_terms="国内领先", patent__title="", offer_end=None)
    assert found(case) == [
        ("title.blank", "patent.title"),
        ("offer_end.blank", "offer_end"),
        ("region.blank", "region"),
        ("text.advertising", "other_terms"),
    ]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("patent.number", "面议"),
        ("patent.filing_date", "2030年2月30日"),
        ("patent.grant_date", "不详"),
        ("offer_end", "长期"),
        ("own_use.way", "也许"),
        ("other_licences.way", "也许"),
        ("royalty.way", "面议"),
        ("royalty.instalments.batches", "几"),
        ("royalty.instalments.first_amount", "面议"),
        ("royalty.instalments.cycle", "每周"),
        ("single_term", "很久"),
    ],
)
def test_a_text_that_could_not_be_read_is_one_fault(path: str, text: str) -> None:
    case = with_value(SOUND, path, None)
    case = changed(case, unread={path: text})
    (problem,) = check(case, HUBEI, TODAY)
    assert problem.field == path
    assert problem.severity == "error"
    assert text in problem.message


def test_a_date_that_does_not_exist_is_said_in_the_words_of_the_house() -> None:
    case = changed(SOUND, offer_end=None, unread={"offer_end": "2030年2月30日"})
    assert [problem.message for problem in check(case, HUBEI, TODAY)] == [
        "第⑤栏 许可期限届满日：没有“2030年2月30日”这一天，请核对日期，例如 2030-02-28。"
    ]


def test_the_number_of_another_case() -> None:
    assert found(SOUND, numbers={"ZL202110345678.3": 2}) == [("number.duplicate", "patent.number")]


def test_seals_are_asked_for_where_a_package_is_made() -> None:
    assert found(SOUND, seals=frozenset({"info"}), stale=frozenset({"consent"})) == [
        ("seal.stale", "papers.consent"),
        ("pack.over", ""),
    ]
    problems = check(SOUND, HUBEI, TODAY, seals=frozenset())
    assert [(p.severity, p.scope, p.message) for p in problems] == [
        (
            "pending",
            "submission",
            "附件 4 专利开放许可（试点）信息表：没有签章扫描件，"
            "请打印、签章、扫描后加入；暂缺的，报送时写明。",
        ),
        (
            "pending",
            "submission",
            "附件 5 同意开放许可（试点）的声明：没有签章扫描件，"
            "请打印、签章、扫描后加入；暂缺的，报送时写明。",
        ),
        ("advice", "submission", "湖北省专利开放许可（试点）：试点已结束，请先与主管部门确认。"),
    ]


LICENCE = Licence(
    licensee=Party(name="襄阳示例股份有限公司", address="襄阳", representative="孙示例"),
    agreed="negotiated",
    royalty=Royalty(way="lump_sum", lump_sum=LumpSum(days=0, amount=Decimal(5))),
    manner="制造",
    scope="湖北省",
    term="三年",
    bank=Bank(name="示例银行", address="武汉", account="4200000000001"),
)


def test_contracts_ask_for_what_the_offer_never_does() -> None:
    problems = check(SOUND, HUBEI, TODAY, licences=[LICENCE])
    assert {problem.scope for problem in problems} == {"contract"}
    assert [(p.rule, p.field) for p in problems if p.severity == "error"] == [
        ("contract.identity_blank", "owners.identity_number"),
        ("contract.party_blank", "owners.address"),
        ("contract.party_blank", "owners.representative"),
        ("contract.identity_blank", "licence.0.licensee.identity_number"),
        ("royalty.count", "licence.0.royalty.lump_sum.days"),
    ]
    assert not has_errors(problems, "offer")


def test_two_contracts_find_an_owners_blank_once() -> None:
    problems = check(SOUND, HUBEI, TODAY, licences=[LICENCE, LICENCE])
    keys = [(problem.rule, problem.field) for problem in problems]
    assert len(keys) == len(set(keys))
    assert ("royalty.count", "licence.1.royalty.lump_sum.days") in keys
    second = [p.message for p in problems if p.field == "licence.1.royalty.lump_sum.days"]
    assert second == [
        "合同 第五条 一次总付 付款期限（第 2 份合同）：应为 1 以上的整数，现为 0，请改正。"
    ]


def test_what_the_case_could_not_read_is_not_blank_in_the_contract() -> None:
    case = changed(SOUND, unread={"patent.fee_paid_to": "明年"})
    problems = check(case, HUBEI, TODAY, licences=[LICENCE])
    assert [p.rule for p in problems if p.field == "patent.fee_paid_to"] == ["unread.value"]


def test_between_the_cases_of_a_batch() -> None:
    mobile = changed(SOUND, patent__number="ZL202010123456.9", contact__phone="13900000000")
    slip = changed(SOUND, patent__number="ZL202010123457.3", contact__phone="027-87000008")
    numberless = changed(SOUND, patent__number=None, contact__name="", contact__phone="")
    problems = check_batch([SOUND, SOUND, mobile, slip, numberless], HUBEI, TODAY)
    assert {place: [p.rule for p in each] for place, each in problems.items()} == {
        0: ["number.duplicate"],
        1: ["number.duplicate"],
        3: ["contact.differs"],
    }


def test_the_head_of_the_summary_names_the_contact_too() -> None:
    same = Office(name="武汉示例大学", contact="王五", phone="027 87000000")
    assert check_batch([SOUND], HUBEI, TODAY, same) == {}
    other = Office(name="武汉示例大学", contact="王五", phone="027-68880000")
    (problem,) = check_batch([SOUND], HUBEI, TODAY, other)[0]
    assert problem.params["usual"] == "027-68880000"
    assert check_batch([SOUND], HUBEI, TODAY, Office(contact="王五")) == {}


def test_problems_of_the_case_and_of_the_batch_together() -> None:
    checker = Checker(HUBEI)
    mine = checker.check(changed(SOUND, region=""), TODAY, numbers={"ZL202110345678.3": 3})
    between = checker.check_batch([SOUND, SOUND], TODAY)[0]
    folded = checker.fold(mine, between)
    assert [p.rule for p in folded] == ["number.duplicate", "region.blank"]


def test_the_checkers_of_the_last_packs_are_kept() -> None:
    other = msgspec.structs.replace(HUBEI, rules=())
    assert checker_of(HUBEI) is checker_of(HUBEI)
    assert checker_of(other) is not checker_of(HUBEI)
    assert check(Case(), other, TODAY) == ()
    mine = checker_of(HUBEI)
    assert checker_of(other) is checker_of(other)
    assert checker_of(HUBEI) is mine  # two packs in turn
    many = [msgspec.structs.replace(HUBEI, rules=()) for _ in range(20)]
    assert all(checker_of(one).pack is one for one in many)
    assert checker_of(HUBEI) is not mine  # it is not for ever


def a_pack(
    *rules: RuleBinding, fields: tuple[Field, ...] = (), wording: Mapping[str, str] | None = None
) -> Pack:
    """An invented pack, with no fields at all unless some are given."""
    return Pack(
        identity=Identity(code="a", version="1", name="示例", authority="示例局"),
        steps=(),
        fields=fields,
        rules=rules,
        wording=dict(wording or {}),
        papers={},
        submission=HUBEI.submission,
        folder=Path(),
    )


def test_bindings_that_name_no_rule_are_left_out() -> None:
    pack = a_pack(
        RuleBinding(rule="no.such", severity="error", basis=""),
        RuleBinding(rule="title.blank", severity="error", basis="", scope="contract"),
        RuleBinding(rule="royalty.vague", severity="error", basis=""),
    )
    assert check(Case(royalty=Royalty(way="other")), pack, TODAY) == ()


def test_severity_and_basis_are_the_packs() -> None:
    title = Field(path="patent.title", label="名称", kind="text")
    binding = RuleBinding(rule="title.blank", severity="advice", basis="示例 一")
    (problem,) = check(Case(), a_pack(binding, fields=(title,)), TODAY)
    assert (problem.severity, problem.basis) == ("advice", "示例 一")
    assert problem.message == "名称：请核对。"


def test_what_the_form_does_not_ask_is_no_fault_of_it() -> None:
    assert (
        check(Case(), a_pack(RuleBinding(rule="title.blank", severity="error", basis="")), TODAY)
        == ()
    )


def test_without_the_packs_words_a_choice_shows_its_value() -> None:
    assert Subject(SOUND, TODAY).label("royalty.way", "free") == "free"


def test_every_rule_declares_what_it_is() -> None:
    for rule in REGISTRY.values():
        assert rule.source
        assert rule.variants
        assert rule.scopes
        for kind in rule.params.values():
            assert kind in (str, int, bool, list)


texts = st.text(max_size=12)
dates = st.none() | st.dates()
money = st.none() | st.decimals(allow_nan=False, allow_infinity=False)
counts = st.none() | st.integers(-(10**12), 10**12)
PATHS = [field.path for field in HUBEI.fields if not field.path.startswith(("licence", "owners."))]

odd_cases = st.builds(
    Case,
    patent=st.builds(
        Patent,
        number=st.none() | texts,
        title=texts,
        filing_date=dates,
        grant_date=dates,
        kind_stated=st.sampled_from([None, "invention", "utility_model", "design"]),
        legal_status=texts,
        fee_paid_to=dates,
        compensation_days=counts,
        pledge=st.sampled_from([None, "none", "pledged", "pledged_with_consent"]),
        hold=st.sampled_from([None, "none", "suspended", "preserved"]),
    ),
    owners=st.lists(st.builds(Party, name=texts), max_size=3).map(tuple),
    own_use=st.builds(OwnUse, way=st.sampled_from([None, "none", "used"]), scope=texts),
    offer_end=dates,
    single_term=st.none() | st.builds(Duration, count=st.integers(-(10**9), 10**9)),
    royalty=st.builds(
        Royalty,
        way=st.sampled_from([None, "free", "lump_sum", "instalments"]),
        lump_sum=st.builds(LumpSum, days=counts, amount=money),
        instalments=st.builds(
            Instalments, batches=counts, first_amount=money, each_amount=money, total_stated=money
        ),
    ),
    contact=st.builds(Contact, name=texts, postcode=texts, phone=texts, email=texts),
    signing=st.sampled_from(["every_owner", "representative"]),
    signing_representative=texts,
    unread=st.dictionaries(st.sampled_from(PATHS) | texts, texts, max_size=3),
)
odd_licences = st.builds(
    Licence,
    licensee=st.builds(Party, identity_number=texts, kind=st.sampled_from(["unit", "person"])),
    starts_on=dates,
    ends_on=dates,
    copies=counts,
    unread=st.dictionaries(texts, texts, max_size=2),
)


@given(odd_cases, odd_licences, st.dates())
def test_no_record_is_too_odd_to_check(case: Case, licence: Licence, today: date) -> None:
    problems = check(case, HUBEI, today, licences=[licence], seals=frozenset())
    severities = [SEVERITY_ORDER[problem.severity] for problem in problems]
    assert severities == sorted(severities)
    assert all(problem.message for problem in problems)
