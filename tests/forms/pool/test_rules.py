"""What stands against an application, a charter, a licence; what falls out, and from which day."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from re import findall

import msgspec
import pytest

from forms.facts.record import Case, LedgerEntry, Licence, OtherLicences, Party, Patent
from forms.pool import charter_rules, entry_rules
from forms.pool.charter_rules import (
    check_agreements,
    check_licence,
    check_pool,
    sentences_that_bar,
)
from forms.pool.checklists import answered, checklists, with_answer
from forms.pool.entry_rules import Known, check_application, digits_of
from forms.pool.fall_out import fall_out, out_of_pool
from forms.pool.findings import codes, worded
from forms.pool.records import (
    Agreement,
    Answer,
    Application,
    Applied,
    Member,
    OperatorFee,
    Opinion,
    Pool,
    PoolLicence,
    PoolPatent,
    Standard,
)
from forms.pool.standing import days_in

TODAY = date(2026, 11, 24)
MODEL, SOIL = "ZL202121450887.6", "ZL202010378597.9"
FARM = Party(name="武汉示例工程大学")


def _codes(application: Application, known: Known | None = None) -> list[str]:
    found = check_application(application, Standard(), known or Known(today=TODAY))
    return [one.code for one in worded(found)]


def test_a_utility_model_wants_its_report_and_an_invention_does_not() -> None:
    both = Application(applicant=FARM, patents=(Applied(number=MODEL), Applied(number=SOIL)))
    found = worded(check_application(both, Standard(), Known(today=TODAY)))
    assert [(one.code, one.number) for one in found] == [("report_missing", MODEL)]
    assert found[0].message == "ZL202121450887.6 是实用新型，缺专利权评价报告。"
    told = msgspec.structs.replace(both, patents=(Applied(number=MODEL, report=True),))
    assert _codes(told) == []
    assert list(check_application(both, Standard(report_needed=False), Known(today=TODAY))) == []


def test_what_the_ledger_knows_stands_against_an_application() -> None:
    case = Case(
        patent=Patent(number=SOIL, filing_date=date(2020, 5, 7), pledge="pledged"),
        owners=(FARM, Party(name="江汉示例智能装备有限公司")),
        other_licences=OtherLicences(way="granted", kind="exclusive"),
    )
    known = Known(cases={digits_of(SOIL): case}, today=TODAY)
    one = Application(applicant=FARM, patents=(Applied(number="2020103785979", title="土壤"),))
    assert _codes(one, known) == ["exclusive", "pledged", "co_owned"]
    another = msgspec.structs.replace(one, applicant=Party(name="示例大学"))
    assert "not_owner" in _codes(another, known)
    ended = msgspec.structs.replace(
        case, patent=msgspec.structs.replace(case.patent, legal_status="未缴年费专利权终止")
    )
    found = _codes(one, Known(cases={digits_of(SOIL): ended}, today=TODAY))
    assert found[0] == "right_over"


def test_a_patent_can_not_be_in_the_pool_twice() -> None:
    known = Known(in_pool={digits_of(SOIL)}, today=TODAY)
    assert _codes(Application(applicant=FARM, patents=(Applied(number=SOIL),)), known) == [
        "in_pool"
    ]
    assert _codes(Application(applicant=FARM, patents=(Applied(number="无号"),))) == [
        "number_unreadable"
    ]
    assert _codes(Application(applicant=FARM)) == ["no_patents"]


def test_a_review_waits_for_as_many_opinions_as_the_standard_wants() -> None:
    one = Application(
        applicant=FARM,
        patents=(Applied(number=SOIL),),
        review_from=TODAY,
        opinions=(Opinion(reviewer="李示例"),),
    )
    found = worded(check_application(one, Standard(opinions=3), Known(today=TODAY)))
    assert [one.message for one in found] == ["评估意见 1 份，入池标准要求至少 3 份。"]


@pytest.mark.parametrize(
    ("text", "bars"),
    [
        ("成员入池后不得自行对外许可入池专利。", True),
        ("未经管理机构同意，成员不能单独许可他人实施。", True),
        ("成员单独许可的，须经管理机构书面同意。", True),
        ("入池专利只能由管理机构对外许可", True),
        ("成员将入池专利独占许可给专利池。", True),
        ("不得限制成员以专利权人身份在池外自行许可。", False),
        ("成员可以自行许可，许可后七日内告知管理机构。", False),
        ("管理机构统一对外许可；成员保留自行作普通许可的权利。", False),
    ],
)
def test_sentences_that_keep_members_from_licensing_are_found(text: str, bars: bool) -> None:
    assert bool(list(sentences_that_bar(text))) is bars


def test_a_charter_that_bars_members_is_a_fault_and_its_lists_are_asked_for() -> None:
    pool = Pool(
        members_license_alone=False,
        fee=OperatorFee(percent=Decimal(120), amount=Decimal(5)),
    )
    found = worded(check_pool(pool, [Member(party=FARM)], TODAY))
    faults = [one.code for one in found if one.severity == "error"]
    assert faults == ["bars_members", "fee_twice", "fee_out_of_range"]
    assert [one.code for one in found].count("not_answered") == len(checklists())
    assert "few_members" in [one.code for one in found]


def test_an_answer_against_what_is_expected_is_thought_over_with_its_basis() -> None:
    antitrust = next(one for one in checklists() if one.code == "antitrust")
    pool = with_answer(Pool(), Answer(item="effect.alone", reply="no"))
    assert answered(pool, antitrust).at_risk == ()
    pool = with_answer(pool, Answer(item="effect.alone", reply="yes", words="章程第九条"))
    found = answered(pool, antitrust)
    assert (found.answered, [item.code for _, item in found.at_risk]) == (1, ["effect.alone"])
    (risk,) = [one for one in worded(check_pool(pool, [], TODAY)) if one.code == "at_risk"]
    assert risk.basis == "关于知识产权领域的反垄断指南 第二十六条"


def test_agreed_shares_of_the_members_add_to_a_hundred() -> None:
    pool = msgspec.convert({"shares": {"method": "agreed"}}, Pool)
    some = [Member(share_percent=Decimal("98.5")), Member(share_percent=Decimal(9), left_on=TODAY)]
    found = [one for one in worded(check_pool(pool, some, TODAY)) if one.code == "agreed_not_whole"]
    assert [one.message for one in found] == ["约定份额合计 98.5%，应为 100%。"]


def test_a_licence_names_only_what_is_in_the_pool() -> None:
    inside = PoolPatent(number=SOIL, entered_on=date(2025, 1, 1), agreed_until=date(2027, 1, 1))
    licence = PoolLicence(
        is_whole=False,
        numbers=(SOIL, MODEL),
        licence=Licence(starts_on=TODAY, ends_on=date(2030, 1, 1)),
        grant_back="被许可方的改进独占回授给专利池",
    )
    found = worded(check_licence(licence, [inside]))
    assert [one.code for one in found] == [
        "not_in_pool",
        "exclusive_grant_back",
        "licence_outlasts",
    ]


def _entry(**facts: object) -> LedgerEntry:
    return LedgerEntry(patent=Patent(number=MODEL, **facts), owners=(FARM,))  # type: ignore[arg-type]


IN = PoolPatent(number=MODEL, entered_on=date(2025, 3, 10))


def test_a_right_lost_for_want_of_an_annuity_falls_out_from_its_due_day() -> None:
    entry = _entry(filing_date=date(2021, 6, 3), fee_paid_to=date(2025, 6, 3))
    found = fall_out(IN, entry, FARM.name, TODAY)
    assert found is not None
    assert (found.why, found.out_on) == ("lapsed", date(2025, 6, 3))
    out = out_of_pool(IN, found.why, found.out_on)
    assert days_in(out) == (date(2025, 3, 10), date(2025, 6, 2))
    assert fall_out(out, entry, FARM.name, TODAY) is None
    in_grace = _entry(filing_date=date(2021, 6, 3), fee_paid_to=date(2026, 6, 3))
    assert fall_out(IN, in_grace, FARM.name, TODAY) is None


def test_an_invalid_patent_falls_out_from_the_beginning_by_the_day_of_the_decision() -> None:
    found = fall_out(IN, _entry(legal_status="全部无效"), FARM.name, TODAY)
    assert found is not None
    assert "此前已分配的不变" in found.words
    out = out_of_pool(IN, found.why, date(2026, 11, 2), status="全部无效")
    assert (days_in(out), out.declared_on, out.out_on) == (None, date(2026, 11, 2), None)


def test_a_patent_of_others_falls_out_from_the_day_the_transfer_was_registered() -> None:
    moved = date(2026, 9, 1)
    found = fall_out(IN, _entry(transferred_on=moved), "示例大学", TODAY)
    assert found is not None
    assert (found.why, found.out_on) == ("transferred", moved)
    assert fall_out(IN, _entry(transferred_on=moved), FARM.name, TODAY) is None


@pytest.mark.parametrize(
    ("facts", "why", "day"),
    [
        ({"filing_date": date(2016, 6, 3)}, "expired", date(2026, 6, 3)),
        ({"legal_status": "放弃专利权"}, "given_up", None),
        ({"legal_status": "未缴年费终止"}, "lapsed", None),
        ({"legal_status": "终止"}, "lapsed", None),
    ],
)
def test_each_end_of_a_right_is_told_apart(
    facts: dict[str, object], why: str, day: date | None
) -> None:
    found = fall_out(IN, _entry(**facts), FARM.name, TODAY)
    assert found is not None
    assert (found.why, found.out_on) == (why, day)


def test_a_right_in_arrears_stays() -> None:
    assert fall_out(IN, _entry(legal_status="年费滞纳期"), FARM.name, TODAY) is None
    assert fall_out(IN, _entry(legal_status="有效"), FARM.name, TODAY) is None


def test_every_code_of_the_rules_has_words_and_every_word_a_rule() -> None:
    used = set[str]()
    for module in (entry_rules, charter_rules):
        used |= set(findall(r'Found\(\s*"(\w+)"', Path(str(module.__file__)).read_text("utf-8")))
    assert used == codes()


def test_what_else_an_agreement_in_force_says_is_held_against_the_antitrust_texts() -> None:
    bars = Agreement(other_matters="入池后成员不得自行许可他人。改进技术独占回授给专利池。")
    ended = msgspec.structs.replace(bars, ended_on=TODAY)
    fair = Agreement(other_matters="年会每年一次。")
    found = worded(check_agreements([bars, ended, fair]))
    assert [one.code for one in found] == ["seems_to_bar", "exclusive_grant_back"]
    assert "成员不得自行许可他人" in found[0].message
