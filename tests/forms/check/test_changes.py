"""What changed in a case between two versions, told in the words of its form."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.check.changes import changed_paths, changes, in_words, shortened
from forms.facts.paths import value_at, with_value
from forms.facts.record import Bank, Case, Duration, Licence, LumpSum, Party, Royalty
from forms.ground.locate import packs_folder
from forms.pack.load import load
from forms.pack.reading import BLANKS
from forms.pack.types import Field, Pack
from tests.forms.filled import FULL

PACK = load(packs_folder() / "hubei-2022")
OTHER = load(Path(__file__).parents[2] / "packs" / "qinglan-2026")
NAMES = st.sampled_from(["", "甲大学", "乙公司", "丙"])
TEXTS = st.sampled_from(["", "甲", "乙\n丙", "ZL202110345678.3"])
PARTIES = st.builds(
    Party,
    name=NAMES,
    kind=st.sampled_from([None, "unit", "person"]),
    address=TEXTS,
    bank=st.builds(Bank, account=TEXTS),
)
VALUES: Mapping[str, st.SearchStrategy[Any]] = {
    "date": st.none() | st.dates(date(2020, 1, 1), date(2021, 1, 1)),
    "money": st.none() | st.decimals(0, 9, places=2),
    "percent": st.none() | st.decimals(0, 9, places=1),
    "integer": st.none() | st.integers(0, 9),
    "duration": st.none() | st.builds(Duration, count=st.integers(1, 9)),
    "flag": st.none() | st.booleans(),
    "parties": st.lists(PARTIES, max_size=3).map(tuple),
    "names": st.lists(NAMES, max_size=3).map(tuple),
    "patent_number": st.none() | TEXTS,
}


def values(field: Field) -> st.SearchStrategy[Any]:
    """What a field may hold."""
    if field.kind == "choice":
        return st.none() | st.sampled_from([choice.value for choice in field.choices])
    return VALUES.get(field.kind, TEXTS)


@st.composite
def cases(draw: st.DrawFn, pack: Pack = PACK) -> Case:
    """Cases with some fields of a pack filled in, and some that could not be read."""
    case = Case(pack=pack.identity.code)
    fields = [field for field in pack.fields if not field.path.startswith(("licence.", "owners."))]
    for field in draw(st.lists(st.sampled_from(fields), max_size=9)):
        case = with_value(case, field.path, draw(values(field)))
        if draw(st.booleans()):
            case = msgspec.structs.replace(case, unread={**case.unread, field.path: draw(TEXTS)})
    return case


def taken_over(case: Case, other: Case, paths: tuple[tuple[str, str], ...]) -> Case:
    """A case with what another says at some paths."""
    for path, _ in paths:
        case = with_value(case, path, value_at(other, path))
        unread = {place: text for place, text in case.unread.items() if place != path}
        if path in other.unread:
            unread[path] = other.unread[path]
        case = msgspec.structs.replace(case, unread=unread)
    return case


# --- the law -------------------------------------------------------------------------------------


@given(cases() | cases(OTHER))
def test_nothing_differs_from_itself(case: Case) -> None:
    assert changed_paths(case, case) == ()
    assert changes(case, case, PACK) == ()


@given(cases(), cases())
def test_the_changed_paths_and_no_others_make_one_case_the_other(before: Case, after: Case) -> None:
    paths = changed_paths(before, after)
    assert changed_paths(taken_over(before, after, paths), after) == ()
    for left in range(len(paths)):
        if paths[left] == ("owners", "owners"):
            continue  # what stands beside it is of a list that has changed already
        rest = paths[:left] + paths[left + 1 :]
        without = changed_paths(taken_over(before, after, rest), after)
        within_list = paths[left][0].startswith("owners.") and ("owners", "owners") in rest
        assert bool(without) != within_list


@given(cases(), cases())
def test_what_is_told_differs_and_stands_at_its_path(before: Case, after: Case) -> None:
    told = changes(before, after, PACK)
    assert {one.path for one in told} <= {path for path, _ in changed_paths(before, after)}
    assert all(one.box and one.before != one.after for one in told)
    back = changes(after, before, PACK)
    listed = [one for one in told if not one.path.startswith("owners.")]
    assert [(one.path, one.after, one.before) for one in listed] == [
        (one.path, one.before, one.after) for one in back if not one.path.startswith("owners.")
    ]


@given(st.data())
def test_a_box_that_is_filled_otherwise_is_told_by_itself(data: st.DataObject) -> None:
    own = [f for f in PACK.fields if not f.path.startswith(("licence.", "owners.name"))]
    field = data.draw(st.sampled_from(own))
    path = field.path.replace("owners.", "owners.0.")
    after = with_value(FULL, path, data.draw(values(field)))
    told = changes(FULL, after, PACK)
    was, now = (in_words(field, value_at(case, path)) for case in (FULL, after))
    of_owner = path.startswith("owners.")
    mine = [
        (one.path, one.before, one.after)
        for one in told
        if of_owner or not one.path.startswith("owners.")
    ]
    assert mine == ([(path, was, now)] if was != now else [])


@given(TEXTS | st.text(max_size=60), TEXTS | st.text(max_size=60), st.integers(12, 40))
def test_what_is_shortened_fits_and_is_left_alone_where_it_fits(
    before: str, after: str, most: int
) -> None:
    one, other = shortened(before, after, most)
    assert max(len(one), len(other)) <= most
    whole = [" ".join(text.split()) for text in (before, after)]
    if max(map(len, whole)) <= most:
        assert [one, other] == whole


# --- as a clerk reads it -------------------------------------------------------------------------


def told(before: Case, after: Case, pack: Pack = PACK) -> list[tuple[str, str, str]]:
    return [(one.box, one.before, one.after) for one in changes(before, after, pack)]


@pytest.mark.parametrize(
    ("path", "value", "line"),
    [
        ("patent.title", "一种装置", ("第①栏 发明创造名称", "一种水冷散热装置", "一种装置")),
        ("offer_end", date(2031, 5, 6), ("第⑤栏 许可期限届满日", "2030年12月31日", "2031年5月6日")),
        ("offer_end", None, ("第⑤栏 许可期限届满日", "2030年12月31日", "")),
        ("royalty.way", "free", ("第⑥栏 许可使用费标准", "分期支付", "免费")),
        (
            "royalty.instalments.first_amount",
            Decimal("70000.5"),
            ("第⑥栏 首期金额", "60,000.00 元", "70,000.50 元"),
        ),
        (
            "royalty.instalments.first_days",
            45,
            ("第⑥栏 第一批次的付款期限", "30 日", "45 日"),
        ),
        ("single_term", Duration(count=18, unit="month"), ("汇总表 单次许可期限", "3年", "18个月")),
        ("patent.evaluation_report", True, ("核查所需 专利权评价报告", "", "有")),
        ("patent.inventors", ("张三", "李四"), ("合同 发明人/设计人", "", "张三；李四")),
        ("contact.phone", "1390000\u202e", ("第⑧栏 电话", "027-87000000", "1390000‹U+202E›")),
        ("pack", "qinglan-2026", ("表单包", "hubei-2022", "qinglan-2026")),
    ],
)
def test_a_change_reads_as_on_the_form(path: str, value: Any, line: tuple[str, str, str]) -> None:
    assert told(FULL, with_value(FULL, path, value)) == [line]


def test_what_could_not_be_read_is_told_as_it_was_typed() -> None:
    unread = msgspec.structs.replace(FULL, offer_end=None, unread={"offer_end": "2030年2月30日"})
    box = "第⑤栏 许可期限届满日"
    assert told(FULL, unread) == [(box, "2030年12月31日", "2030年2月30日")]
    assert told(unread, FULL) == [(box, "2030年2月30日", "2030年12月31日")]


def test_owners_read_as_a_list_and_each_by_its_name() -> None:
    one = Party(name="甲大学", address="一号")
    two = Party(name="乙公司", bank=Bank(account="6222"))
    before = with_value(FULL, "owners", (one, two))
    moved = with_value(FULL, "owners", (msgspec.structs.replace(two, address="二号"), one))
    assert told(before, moved) == [
        ("第①栏 专利权人", "甲大学；乙公司", "乙公司；甲大学"),
        ("乙公司 住所地", "", "二号"),
    ]
    added = with_value(FULL, "owners", (one, Party(name="丙"), two))
    assert told(before, added) == [("第①栏 专利权人", "甲大学；乙公司", "甲大学；丙；乙公司")]
    assert told(added, before) == [("第①栏 专利权人", "甲大学；丙；乙公司", "甲大学；乙公司")]
    renamed = with_value(before, "owners.1", msgspec.structs.replace(two, name="乙有限公司"))
    assert told(before, renamed) == [("第①栏 专利权人", "甲大学；乙公司", "甲大学；乙有限公司")]
    account = with_value(before, "owners.1.bank.account", "6228")
    assert told(before, account) == [("乙公司 帐号", "6222", "6228")]
    nameless = with_value(before, "owners.2", Party())
    assert told(before, nameless) == []  # a row that was only begun
    typed = with_value(nameless, "owners.2.address", "三号")
    assert told(nameless, typed) == [("第3位 住所地", "", "三号")]


def test_a_pack_of_its_own_fields_tells_them_in_its_own_words() -> None:
    case = Case(pack="qinglan-2026")
    after = with_value(with_value(case, "extra.maturity", "prototype"), "contact.phone", "1")
    box = OTHER.field("extra.maturity")
    assert box is not None
    assert [line[1:] for line in told(case, after, OTHER)] == [("", "样机")]
    assert told(after, with_value(after, "extra.maturity", None), OTHER)[0][2] == ""
    kind = with_value(with_value(case, "owners", (Party(name="甲"),)), "owners.0.kind", "unit")
    assert ("甲 单位或者个人", "", "单位") in told(
        with_value(kind, "owners.0.kind", None), kind, OTHER
    )


def test_a_contract_is_told_by_its_articles() -> None:
    before = Licence(licensee=Party(name="甲公司", address="一号"), term="三年")
    after = msgspec.structs.replace(
        before,
        licensee=Party(name="甲公司", address="二号"),
        agreed="negotiated",
        royalty=Royalty(way="lump_sum", lump_sum=LumpSum(amount=Decimal(80000))),
        termination_grounds=("停产", "转产"),
        ends_on=date(2025, 1, 1),
        unread={"signed_on": "月底"},
        term="",
    )
    assert [(one.path, one.box, one.before, one.after) for one in changes(before, after, PACK)] == [
        ("licence.licensee.address", "被许可人 住所地", "一号", "二号"),
        ("licence.term", "第三条 实施期限", "三年", ""),
        ("licence.ends_on", "第三条 实施届满日", "", "2025年1月1日"),
        ("licence.agreed", "第五条 使用费及支付方式", "", "协商修改"),
        ("licence.royalty.way", "第五条 协商修改后的使用费标准", "", "一次总付"),
        ("licence.royalty.lump_sum.amount", "第五条 总付金额", "", "80,000.00 元"),
        ("licence.termination_grounds", "第十条 可以解除合同的其他情形", "", "停产；转产"),
        ("licence.signed_on", "签字盖章 签订日期", "", "月底"),
    ]
    assert changes(after, after, PACK) == ()
    renamed = with_value(after, "licensee.name", "乙公司")
    assert [one.box for one in changes(after, renamed, PACK)] == ["被许可人"]


def test_changes_come_in_the_order_of_the_form() -> None:
    after = with_value(with_value(FULL, "contact.phone", "1"), "patent.title", "甲")
    assert [one.path for one in changes(FULL, after, PACK)] == ["patent.title", "contact.phone"]


def test_a_long_text_is_shown_where_it_changed() -> None:
    before = "许可人可提供技术指导。" * 20
    after = before[:110] + "费用另计。" + before[110:]
    one, other = shortened(before, after, 40)
    assert other == "…供技术指导。费用另计。许可人可提供…"
    assert len(one) <= 40
    assert one.startswith("…") and one.endswith("…")
    assert shortened("", before, 20) == ("", before[:19] + "…")
    assert shortened("一\n二", "三", 20) == ("一 二", "三")


def test_every_kind_of_blank_reads_as_nothing() -> None:
    for field in PACK.fields:
        assert in_words(field, BLANKS.get(field.kind)) == ""
