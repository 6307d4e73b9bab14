"""What a clerk decides of a workbook's columns and words, and how they are shown."""

import pytest

from forms.exchange.headers import header_in
from forms.exchange.import_plan import plan
from forms.exchange.sheet_columns import Names
from forms.exchange.sheet_layout import (
    Decisions,
    columns,
    header_of,
    layout_key,
    likely,
    with_words,
    words,
)
from forms.exchange.sheets import Sheet
from forms.ground.locate import packs_folder
from forms.pack.load import load
from forms.pack.types import Pack


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load(packs_folder() / "hubei-2022")


def sheet(*rows: list[str], hidden: bool = False) -> Sheet:
    return Sheet("清单.xlsx", "汇总", [list(row) for row in rows], hidden)


LIST = sheet(
    ["", "备注"],
    ["专利号", "发明名称", "许可费方式", "总付金额（万元）", "结束日", "结束日", "", "学院"],
    ["ZL202110345678.3", "一种水稻育秧装置", "面议", "", "2027/12/31", "x", "", "农学院"],
    ["ZL202010318862.4", "一种桥", "一次总付", "20", "2028/12/31", "", ""],
)


def test_columns_are_shown_in_order_with_what_they_mean(pack: Pack) -> None:
    header = header_in(Names(pack), LIST.rows)
    assert header is not None
    shown = columns(LIST, header, Decisions())
    assert [(view.header, view.first, [f.path for f in view.fields]) for view in shown] == [
        ("专利号", "ZL202110345678.3", ["patent.number"]),
        ("发明名称", "一种水稻育秧装置", ["patent.title"]),
        ("许可费方式", "面议", ["royalty.way"]),
        ("总付金额(万元)", "20", ["royalty.lump_sum.amount"]),
        ("结束日", "2027/12/31", []),
        ("结束日（第2个）", "x", []),
        ("学院", "农学院", ["department"]),
    ]
    assert shown[3].unit == "万"
    assert not any(view.decided for view in shown)


def test_a_column_means_what_the_clerk_says(pack: Pack) -> None:
    decisions = Decisions(columns={"结束日": "offer_end", "发明名称": ""})
    (first, second) = plan([LIST], pack, [], decisions=decisions).rows
    assert str(first.case.offer_end) == "2027-12-31"
    assert second.case.patent.title == ""
    header = header_in(Names(pack, decisions.columns), LIST.rows)
    assert header is not None
    decided = [view.header for view in columns(LIST, header, decisions) if view.decided]
    assert decided == ["发明名称", "结束日"]


def test_a_unit_in_a_heading_counts_for_a_column_put_right(pack: Pack) -> None:
    amounts = sheet(["专利号", "费用（万元）", "其他（周）"], ["ZL202110345678.3", "2", "3"])
    decisions = Decisions(
        columns={"费用(万元)": "royalty.lump_sum.amount", "其他(周)": "royalty.lump_sum.days"}
    )
    (row,) = plan([amounts], pack, [], decisions=decisions).rows
    assert row.case.royalty.lump_sum.amount == 20_000
    assert row.case.royalty.lump_sum.days == 3


def test_a_field_the_pack_does_not_have_is_left_out(pack: Pack) -> None:
    decisions = Decisions(columns={"结束日": "extra.gone"})
    assert plan([LIST], pack, [], decisions=decisions).rows[0].case.offer_end is None


def test_words_that_are_not_understood_come_first(pack: Pack) -> None:
    dashes = sheet(["专利号", "许可费方式"], ["ZL202110345678.3", "—"], ["ZL202010318862.4"])
    shown = words([LIST, dashes, sheet(["甲"]), sheet(["专利号"], hidden=True)], pack, Decisions())
    assert [(v.text, v.count, v.choice.value if v.choice else None) for v in shown] == [
        ("面议", 1, None),
        ("—", 1, None),
        ("一次总付", 1, "lump_sum"),
    ]


def test_a_word_means_what_the_clerk_says(pack: Pack) -> None:
    decisions = Decisions(words={"royalty.way": {"面议": "other", "一次总付": "free"}})
    first, second = plan([LIST], pack, [], decisions=decisions).rows
    assert (first.case.royalty.way, first.case.unread) == ("other", {})
    assert words([LIST], pack, decisions)[0].choice is not None
    assert with_words(pack, {}) is pack
    assert second.case.royalty.way == "free"


def test_a_layout_is_known_by_its_headings(pack: Pack) -> None:
    turned = sheet(list(reversed(LIST.rows[1])), ["农学院"])  # type: ignore[arg-type]
    assert layout_key([LIST], pack) == layout_key([turned, sheet(["甲"])], pack)
    assert layout_key([LIST], pack) != layout_key([sheet(["专利号", "发明名称"])], pack)
    assert layout_key([sheet(["甲"]), sheet(["专利号"], hidden=True)], pack) == ""


def test_a_header_may_be_said_to_stand_in_any_row(pack: Pack) -> None:
    odd = sheet(["2022 年", "", ""], ["编码", "成果", "单位"], ["ZL202110345678.3", "一种", "甲"])
    assert header_in(Names(pack), odd.rows) is None
    assert likely(odd) == 2
    said = Decisions(columns={"编码": "patent.number"}, headers={"汇总": 2})
    header = header_of(odd, Names(pack, said.columns), said)
    assert header is not None
    assert [column.header for column in header.columns] == ["编码"]
    (row,) = plan([odd], pack, [], decisions=said).rows
    assert row.case.patent.number == "ZL202110345678.3"


def test_a_row_that_is_not_there_is_not_taken(pack: Pack) -> None:
    said = Decisions(headers={"汇总": 99, "别的": 1})
    header = header_of(LIST, Names(pack), said)
    assert header is not None
    assert header.row == 1
    assert header_of(sheet(["专利号", "名称"], hidden=True), Names(pack), said) is None


def test_a_layout_without_a_header_is_named_by_what_looks_like_one(pack: Pack) -> None:
    odd = sheet(["2022 年", ""], ["编码", "成果"], ["1", "2"])
    assert layout_key([odd], pack) == layout_key([sheet(["编码", "成果"], ["7", "8"])], pack) != ""
    assert layout_key([sheet(["1"], ["2"])], pack) == ""
    assert likely(sheet(["一个词"])) is None
