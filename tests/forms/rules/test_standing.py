"""The right behind the offer: valid, free of pledge and hold, its fees paid."""

import tomllib
from datetime import date

import pytest

from forms.facts import legal_status
from forms.ground.cleaning import fold
from forms.ground.locate import resources

STATUS, PLEDGE, FEE = "patent.legal_status", "patent.pledge", "patent.fee_paid_to"
REPORT = "patent.evaluation_report"


@pytest.mark.parametrize(
    "text",
    [
        "有效",
        "有权",
        "授权",
        "专利权维持",
        "有权-审定授权",
        "授权公告",
        "维持有效",
        "Granted",
        "ACTIVE",
        "Alive",
        "授权 | 权利转移",
        "有效；质押",
        "2022-03-08 授权公告",
    ],
)
def test_words_for_a_valid_patent(ask, text):
    assert ask("legal_status.not_valid", {STATUS: text}) == []


@pytest.mark.parametrize(
    ("text", "variant"),
    [
        ("失效", "over"),
        ("无效", "over"),
        ("专利权终止", "over"),
        ("期限届满", "over"),
        ("未授权", "over"),
        ("实质审查的生效", "over"),
        ("全部无效", "over"),
        ("部分无效，专利权终止", "over"),
        ("Inactive", "over"),
        # 授权, 有效, granted or active stands in each of these, and none is a right in force
        ("授权（未缴年费）", "over"),
        ("避重放弃", "over"),
        ("准备授权", "over"),
        ("未予授权", "over"),
        ("授权办登通知书", "over"),
        ("有效期已过", "over"),
        ("not yet granted", "over"),
        ("Invalidated", "over"),
        ("Expired - Fee Related", "over"),
        ("有效性待核", "unclear"),
        ("授权前景良好", "unclear"),
        ("actively examined", "unclear"),
        ("未确认", "unclear"),
        ("专利权人变更", "unclear"),  # has happened, and says nothing of the right
    ],
)
def test_words_for_one_that_is_not(ask, text, variant):
    assert ask("legal_status.not_valid", {STATUS: text}) == [(STATUS, variant)]
    assert ask("legal_status.blank", {STATUS: text}) == []


@pytest.mark.parametrize("text", ["部分无效", "有效（部分无效）", "部分有效"])
def test_a_patent_upheld_in_part_is_told_of_and_not_refused(ask, text):
    assert ask("legal_status.not_valid", {STATUS: text}) == []
    assert ask("legal_status.partly", {STATUS: text}) == [(STATUS, "")]


def test_a_patent_upheld_whole_is_not_told_of(ask):
    assert ask("legal_status.partly", {STATUS: "有效"}) == []


def test_a_pack_may_know_further_words_and_they_too_are_whole(ask):
    params = {"valid": ["在册"], "over": ["销号"]}
    assert ask("legal_status.not_valid", {STATUS: "在册"}, params=params) == []
    assert ask("legal_status.not_valid", {STATUS: "销号"}, params=params) == [(STATUS, "over")]
    assert ask("legal_status.not_valid", {STATUS: "不在册"}, params=params) == [(STATUS, "unclear")]


def test_no_word_of_a_status_is_in_two_lists():
    lists = tomllib.loads((resources() / "reading" / "legal_status.toml").read_text("utf-8"))
    ends = lists.pop("ends")
    words = [fold(word) for words in lists.values() for word in words]
    assert len(words) == len(set(words)) == len(legal_status.known())
    ended = [fold(word) for words in ends.values() for word in words]
    assert len(ended) == len(set(ended))
    assert {legal_status.known()[word] for word in ended} == {"over"}


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("失效｜未缴年费专利权终止", "unpaid"),
        ("年费滞纳期", "arrears"),
        ("专利权全部无效", "invalid"),
        ("专利权有效期届满", "expired"),
        ("避重放弃", "given_up"),
        ("失效", None),
        ("有效", None),
    ],
)
def test_a_status_says_how_the_right_ended(text, end):
    assert legal_status.end_of(text) == end


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (STATUS, "有效（质押）"),
        (STATUS, "授权；专利权的保全"),
        ("other_terms", "本专利已独占许可给某公司"),
        ("other_terms", "已质押给示例银行"),
        ("own_use.scope", "排他许可期间不得使用"),
    ],
)
def test_a_bar_written_in_a_neighbours_field_is_told_of(ask, path, text):
    assert ask("bars.mentioned", {path: text}) == [(path, "")]


@pytest.mark.parametrize(
    "text",
    ["未质押", "无独占许可", "不在质押期内", "质押登记已注销", "保全已解除", "非排他许可", ""],
)
def test_a_bar_that_is_denied_is_none(ask, text):
    assert ask("bars.mentioned", {"other_terms": text}) == []


def test_a_bar_that_stands_in_its_own_field_is_not_told_of_twice(ask):
    changes = {PLEDGE: "pledged", STATUS: "有效（质押）"}
    assert ask("bars.mentioned", changes) == []


def test_a_blank_status_may_come_later(ask):
    assert ask("legal_status.blank", {STATUS: ""}) == [(STATUS, "")]
    assert ask("legal_status.not_valid", {STATUS: ""}) == []


@pytest.mark.parametrize(
    ("pledge", "suffices", "variant"),
    [
        (None, False, None),
        ("none", False, None),
        ("pledged", False, "pledged"),
        ("pledged", True, "pledged"),
        ("pledged_with_consent", False, "with_consent"),
        ("pledged_with_consent", True, None),
    ],
)
def test_a_pledge(ask, pledge, suffices, variant):
    expected = [] if variant is None else [(PLEDGE, variant)]
    params = {"consent_suffices": suffices}
    assert ask("pledge.pledged", {PLEDGE: pledge}, params=params) == expected


@pytest.mark.parametrize("held", [None, "none", "suspended", "preserved"])
def test_a_hold(ask, held):
    expected = [("patent.hold", held)] if held in ("suspended", "preserved") else []
    assert ask("hold.in_force", {"patent.hold": held}) == expected


@pytest.mark.parametrize(
    ("paid_to", "variant"),
    [
        (None, None),
        (date(2024, 6, 3), None),  # today
        (date(2024, 6, 2), None),  # a Sunday
        (date(2024, 5, 31), "grace"),
        (date(2023, 12, 1), "grace"),  # six months on is a Saturday
        (date(2023, 11, 30), "lapsed"),
    ],
)
def test_annual_fees(ask, paid_to, variant):
    expected = [] if variant is None else [(FEE, variant)]
    assert ask("fee.arrears", {FEE: paid_to}) == expected


def test_no_fee_is_owed_once_the_term_is_over(ask):
    assert ask("fee.arrears", today=date(2050, 1, 1)) == []


@pytest.mark.parametrize(
    ("number", "report", "variant"),
    [
        ("ZL202110345678.3", None, None),
        ("ZL202120345678", True, None),
        ("ZL202120345678", False, "none"),
        ("ZL202130345678", None, "unknown"),
        (None, None, None),
    ],
)
def test_evaluation_reports(ask, number, report, variant):
    expected = [] if variant is None else [(REPORT, variant)]
    assert ask("report.missing", {"patent.number": number, REPORT: report}) == expected


@pytest.mark.parametrize("value", [None, False, True])
def test_technology_export(ask, value):
    expected = [("patent.technology_export", "")] if value else []
    assert ask("export.paper", {"patent.technology_export": value}) == expected


@pytest.mark.parametrize("moved", [None, date(2024, 1, 1)])
def test_a_transfer(ask, moved):
    expected = [("patent.transferred_on", "")] if moved else []
    assert ask("transfer.recorded", {"patent.transferred_on": moved}) == expected
