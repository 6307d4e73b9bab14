"""What a bureau publishes: just what the plan names, nothing of a person by mistake."""

from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.bureau.issues import Issue
from forms.bureau.privacy import hidden, in_text, masked
from forms.bureau.publication import Candidate, Publication, publication
from forms.bureau.publication_choice import Choice
from forms.bureau.publication_plan import PlanFault, find_plan, load_plan
from forms.bureau.publish import put_back, take_down
from forms.facts.record import Case, Contact, OtherStandard, Party, Royalty
from forms.output.published import PublishedPatent
from tests.forms.bureau.made_cases import UNITS, candidates, case_of, number_of

DAY = date(2026, 12, 1)
PLAN = find_plan()


def of(*cases: Case, choice: Choice | None = None, issues: tuple[Issue, ...] = ()) -> Publication:
    some = [Candidate(case, UNITS[0]) for case in cases]
    return publication(some, PLAN, choice or Choice(), DAY, issues)


def only(found: Publication) -> PublishedPatent:
    (patent,) = found.published.patents
    return patent


def reached(**contact: str) -> Case:
    case = case_of(0)
    return msgspec.structs.replace(case, contact=msgspec.structs.replace(case.contact, **contact))


def test_what_the_notice_asks_for_goes_out() -> None:
    patent = only(of(case_of(2)))
    assert (patent.number, patent.title) == (number_of(2, "3"), "一种水稻病虫害识别系统")
    assert patent.owners == ("荆楚示例理工大学",)
    assert patent.royalty.text == "一次总付 12,000 元，合同生效后 30 日内一次付清"
    assert (patent.royalty.head, patent.royalty.line) == ("12,000 元", "一次总付")
    assert patent.offer_end == "2029-12-31"
    assert (patent.contact_name, patent.contact_phone) == ("陈思远", "027-87000002")
    assert patent.industry == "化学、冶金"


def test_what_nobody_asked_for_stays_here() -> None:
    found = of(case_of(0))
    assert only(found).contact_address == ""
    assert only(found).inventors == ()
    names = {column.name for column in found.published.columns}
    assert not names & {"contact_address", "inventors", "legal_status"}
    shown = of(case_of(0), choice=Choice(on={"address": True, "identity": True}))
    assert only(shown).contact_address == "430070 武汉市示例路 1 号"


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (0, "免费使用"),
        (3, "入门费 20,000 元，另按年度合同产品净销售额提成 1.5%"),
        (
            4,
            "分期支付 5 次，共 50,000 元；合同生效后 30 日内首期 10,000 元，以后每季度 10,000 元",
        ),
        (5, "按每台合同产品 100 元支付"),
    ],
)
def test_every_way_of_paying_is_told(place: int, text: str) -> None:
    assert only(of(case_of(place))).royalty.text == text


def test_who_did_not_pass_is_told_with_the_reason() -> None:
    some = [
        Candidate(case_of(0), UNITS[0]),
        Candidate(case_of(0), UNITS[1]),
        Candidate(case_of(1), UNITS[0], "returned"),
        Candidate(case_of(2), UNITS[0], "waiting"),
        Candidate(case_of(3), UNITS[0], "replaced"),
        Candidate(case_of(4, offer_end=date(2026, 11, 30)), UNITS[0]),
        Candidate(Case(), UNITS[1]),
    ]
    found = publication(some, PLAN, Choice(), DAY)
    assert [one.reason for one in found.withheld] == [
        "与示例大学报送的是同一件专利",
        "退回补正",
        "未审",
        "许可期限已届满",
        "没有专利号",
    ]
    counts = {one.unit: (one.examined, one.published, one.withheld) for one in found.units}
    assert counts == {UNITS[0]: (3, 1, 3), UNITS[1]: (2, 0, 2)}


def test_a_mobile_number_goes_out_with_its_middle_hidden() -> None:
    found = of(reached(phone="13800002046；027-87000000"))
    assert only(found).contact_phone == "027-87000000"
    assert only(found).contact_mobile == "138****2046"
    assert not found.open
    whole = of(reached(phone="13800002046"), choice=Choice(usual={"mobile": "whole"}))
    assert only(whole).contact_mobile == "13800002046"
    alone = of(reached(phone="１３８００００２０４６", email=""))
    assert "0000" not in only(alone).contact_mobile
    assert alone.unreachable == (only(alone).number,)


def test_a_private_mailbox_waits_for_a_decision_and_is_left_out_till_then() -> None:
    case = reached(email="chen@QQ.com")
    found = of(case)
    assert only(found).contact_email == ""
    assert [one.kind for one in found.open] == ["personal_mail"]
    assert only(of(case, choice=Choice(usual={"personal_mail": "whole"}))).contact_email
    shy = Choice(own={only(found).number: {"personal_mail": "masked"}})
    assert only(of(case, choice=shy)).contact_email == "c***@QQ.com"
    assert only(of(reached(email="a@b.cn 张三 <x@y.cn>"))).contact_email == ""


def test_a_persons_address_is_not_published_because_addresses_are() -> None:
    owner = Party(name="张三", kind="person")
    found = of(case_of(0, owners=(owner,)), choice=Choice(on={"address": True}))
    assert only(found).contact_address == ""
    assert [one.kind for one in found.concerns] == ["home_address"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("可联系张三 138 0000 2046 商谈", "phone_in_text"),
        ("电话０２７－８７００１２３４", "phone_in_text"),
        ("联系：lisi@example.com", "mail_in_text"),
        ("身份证 11010519491231002X", "number_in_text"),
        ("账号 6222 0200 0000 0000 000", "number_in_text"),
    ],
)
def test_what_is_of_a_person_in_a_free_text_is_hidden_in_every_field(text: str, kind: str) -> None:
    other = Royalty(way="other", other=OtherStandard(text=text))
    case = case_of(0, other_terms=text, region=text, royalty=other)
    case = msgspec.structs.replace(case, contact=Contact(name=text, phone="027-87000000"))
    found = of(case)
    assert {one.kind for one in found.concerns} == {kind}
    told = {one.words for one in found.concerns}
    patent = only(found)
    for shown in (patent.other_terms, patent.region, patent.contact_name, patent.royalty.text):
        assert "*" in shown
        assert not any(words in shown for words in told)


@pytest.mark.parametrize(
    "text",
    [
        "ZL202110345678.3 的配套专利",
        "每台 100 元，共 12000000 元",
        "统一社会信用代码 91420100MA4KXXXX0X",
        "2021年3月26日至2041年3月25日",
    ],
)
def test_other_numbers_are_let_be(text: str) -> None:
    assert list(in_text("", "other_terms", text)) == []
    assert hidden(text, {}) == text


@given(st.text(max_size=60), st.sampled_from(["13812345678", "027-87001234", "a.b@c.example"]))
def test_nothing_found_is_ever_left_whole(around: str, secret: str) -> None:
    text = f"{around} {secret} {around}"
    for one in in_text("", "title", text):
        assert one.words in text
        assert one.words not in hidden(text, {}) or masked(one.words) == one.words


def test_the_next_issue_tells_what_is_new_what_changed_and_what_is_gone() -> None:
    first = of(case_of(0), case_of(1), case_of(2)).issue()
    assert (first.number, first.added) == (1, 3)
    changed = case_of(1, region="宜昌市")
    choice = take_down(Choice(), number_of(2, "3"), "专利权转移")
    second = of(case_of(0), changed, case_of(2), case_of(3), choice=choice, issues=(first,))
    told = {one.number: (one.what, one.fields, one.reason) for one in second.published.changes}
    assert told == {
        number_of(1, "2"): ("changed", ("开放范围",), ""),
        number_of(2, "3"): ("removed", (), "已撤下：专利权转移"),
        number_of(3, "1"): ("added", (), ""),
    }
    since = {one.number: one.since for one in second.published.patents}
    assert since == {number_of(3, "1"): 2, number_of(0): 1, number_of(1, "2"): 1}
    assert [line.number for line in second.published.issues] == [1, 2]
    again = of(case_of(2), choice=put_back(choice, [number_of(2, "3")]), issues=(first,))
    assert [one.what for one in again.published.changes] == ["removed", "removed"]


def test_a_field_newly_published_is_no_change_of_each_patent() -> None:
    first = of(case_of(0)).issue()
    second = of(case_of(0), choice=Choice(on={"address": True}), issues=(first,))
    assert second.published.changes == ()


def test_an_issue_keeps_nothing_to_read_a_contact_from() -> None:
    kept = msgspec.json.encode(of(case_of(0)).issue()).decode()
    assert "陈思远" not in kept
    assert "8700" not in kept


def test_characters_that_turn_a_line_around_do_not_go_out() -> None:
    case = case_of(0)
    title = "装置\u202egpj.exe\u2066\u200b"
    case = msgspec.structs.replace(case, patent=msgspec.structs.replace(case.patent, title=title))
    assert only(of(case)).title == "装置gpj.exe"


def test_patents_are_counted_unit_by_unit() -> None:
    found = publication(candidates(300), PLAN, Choice(), DAY)
    assert len(found.published.patents) == 300
    assert sum(one.published for one in found.units) == 300


def test_a_plan_with_a_fault_is_refused_with_the_place(tmp_path: Path) -> None:
    (tmp_path / "publication.toml").write_text('title = "甲"\nwrong = 1\n', encoding="utf-8")
    with pytest.raises(PlanFault, match="wrong：没有这个键"):
        load_plan(tmp_path)
