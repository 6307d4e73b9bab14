"""A workbook comes in, is mended, comes in again: what each row makes of the cases."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.exchange.import_plan import ImportPlan, RowPlan, plan, read_file
from forms.exchange.sheet_columns import Names, with_unit
from forms.exchange.sheet_layout import Decisions
from forms.exchange.sheets import Sheet, UnreadableFile
from forms.facts.patent_number import check_character
from forms.facts.paths import value_at, with_value
from forms.facts.record import Case, Duration, Party
from forms.ground.locate import packs_folder
from forms.pack.load import load
from forms.pack.types import Pack
from tests.forms.kept import Kept

NUMBER, OTHER = "ZL202110345678.3", "ZL202120943363.4"


@cache
def hubei() -> Pack:
    return load(packs_folder() / "hubei-2022")


@pytest.fixture
def pack() -> Pack:
    return hubei()


def sheet(*rows: Sequence[Any], name: str = "清单", file: str = "a.xlsx") -> Sheet:
    return Sheet(file, name, [list(row) for row in rows])


def kept(done: ImportPlan, before: Iterable[Kept] = ()) -> list[Kept]:
    """Carry a plan out as the office does."""
    cases = {one.id: one for one in before}
    for row in done.rows:
        if row.action != "refused":
            id = row.case_id if row.case_id is not None else len(cases) + 1
            cases[id] = Kept(id, row.case, row.imported)
    return list(cases.values())


def told(done: ImportPlan) -> list[tuple[int, str]]:
    """What an import says of rows, 0 for the sheet."""
    return [(note.row, note.text) for note in done.notes]


def only(done: ImportPlan) -> RowPlan:
    assert len(done.rows) == 1
    return done.rows[0]


def of(pack: Pack, **cells: Any) -> Case:
    """Import one row of header=cell, with a number."""
    headers = {"专利号": NUMBER, **cells}
    return only(plan([sheet(headers.keys(), headers.values())], pack, [])).case


# ------------------------------------------------------------------ columns


@pytest.mark.parametrize(
    ("header", "path"),
    [
        ("专利号", "patent.number"),
        ("申请号", "patent.number"),
        ("*专利号：", "patent.number"),
        ("专利 号\n（必填）", "patent.number"),
        ("【专利号】", "patent.number"),
        ("发明名称", "patent.title"),
        ("标题 (中文)", "patent.title"),
        ("当前专利权人", "owners"),
        ("申请(专利权)人", "owners"),
        ("专利权人（全部）", "owners"),
        ("法律状态", "patent.legal_status"),
        ("当前法律状态", "patent.legal_status"),
        ("授权日", "patent.grant_date"),
        ("专利类型（发明/实用新型/外观设计）", "patent.kind_stated"),
        ("开放范围（全省/XX 市）", "region"),
        ("联系人", "contact.name"),
        ("Ｅ－ｍａｉｌ", "contact.email"),
        ("EMAIL", "contact.email"),
        ("提成比例（%）", "royalty.entry_running.rate_percent"),
        ("共计", "royalty.instalments.total_stated"),
        ("许可届满", "offer_end"),
        ("许可期限届满（日）", "offer_end"),
    ],
)
def test_columns_are_known_by_many_names(pack: Pack, header: str, path: str) -> None:
    column = Names(pack).column(0, header)
    assert column is not None
    assert [field.path for field in column.fields] == [path]


@pytest.mark.parametrize(
    "header",
    [
        "公开(公告)号",
        "公开号",
        "入门费（美元）",
        "入门费（千元）",
        "提成比例（‰）",
        "付款期限（月）",
        "入门费（元）（万元）",
        "届满",  # of the offer, or of the patent?  Databases export the latter
        "届满日",
        "专利期限届满日",
        "序号",
        "",
    ],
)
def test_columns_that_mean_something_else_are_left_alone(pack: Pack, header: str) -> None:
    assert Names(pack).column(0, header) is None


def test_every_header_of_the_notice_is_known_under_its_first_name(pack: Pack) -> None:
    names = Names(pack)
    for field in pack.fields:
        for column in field.columns:
            found = names.column(0, column)
            assert found and field.path in [f.path for f in found.fields]


def test_a_name_given_twice_is_one_name(pack: Pack) -> None:
    field = msgspec.structs.replace(pack.fields[0], columns=("专利号", "*专利号"))
    column = Names(msgspec.structs.replace(pack, fields=(field,))).column(0, "专利号")
    assert column and column.fields == (field,)


def test_a_unit_in_the_header_goes_behind_bare_numbers(pack: Pack) -> None:
    case = of(
        pack, **{"入门费（万元）": 5.0, "总付金额（万元）": "20万元", "单次许可期限（月）": "18"}
    )
    assert case.royalty.entry_running.entry_fee == Decimal(50_000)
    assert case.royalty.lump_sum.amount == Decimal(200_000)
    assert case.single_term == Duration(count=18, unit="month")
    assert with_unit("5", "") == "5"


def test_the_header_may_stand_below_titles(pack: Pack) -> None:
    done = plan(
        [
            sheet(
                ["湖北省专利开放许可（试点）汇总表"],
                ["单位名称：", "联系人:", "联系电话："],
                [],
                ["序号", "专利号", "专利名称", "备注"],
                ["1", NUMBER, "一种装置", "好"],
            )
        ],
        pack,
        [],
    )
    row = only(done)
    assert (row.row, row.action, row.case.patent.title) == (5, "new", "一种装置")
    [seen] = done.sheets
    assert seen.header_row == 4
    assert seen.understood == (("专利号", "专利号"), ("专利名称", "发明创造名称"), ("备注", "备注"))
    assert seen.ignored == ("序号",)
    assert row.case.notes == "好"


def test_a_header_far_down_is_not_found(pack: Pack) -> None:
    with pytest.raises(UnreadableFile, match=r"“a\.xlsx”中没有找到表头"):
        plan([sheet(*[["说明"]] * 10, ["专利号", "专利名称"])], pack, [])


def test_a_header_said_to_be_where_no_column_is_known_brings_no_case(pack: Pack) -> None:
    said = Decisions(headers={"清单": 1})
    done = plan([sheet(["甲", "乙"], ["一", "二"])], pack, [], decisions=said)
    assert [row.action for row in done.rows] == ["refused"]


def test_several_sheets_and_files_are_one_import(pack: Pack) -> None:
    done = plan(
        [
            sheet(["专利号"], [NUMBER]),
            sheet(["填写说明"], ["专利号", "必须填写"], name="说明"),
            Sheet("a.xlsx", "旧表", [], hidden=True),
            sheet(["申请号"], [OTHER], file="b.csv", name=""),
        ],
        pack,
        [],
    )
    assert [(row.file, row.sheet, row.row, row.name) for row in done.rows] == [
        ("a.xlsx", "清单", 2, NUMBER),
        ("b.csv", "", 2, OTHER),
    ]
    assert [s.reason for s in done.sheets] == [
        "",
        "没有表头，不是专利清单",
        "隐藏的工作表，未读取",
        "",
    ]


def test_of_columns_that_mean_the_same_the_best_name_filled_wins(pack: Pack) -> None:
    done = plan(
        [
            sheet(
                ["申请人", "申请号", "专利权人", "专利号"],
                ["甲公司", "202120943363.4", "示例大学", NUMBER],
                ["甲公司", "202120943363.4", "", ""],
                ["甲公司"],
            )
        ],
        pack,
        [],
    )
    assert [row.name for row in done.rows] == [NUMBER, OTHER, ""]
    assert [row.case.owners[0].name for row in done.rows[:2]] == ["示例大学", "甲公司"]
    assert done.rows[2].action == "refused"


# ------------------------------------------------------------------ rows


def test_a_row_is_read_whole(pack: Pack) -> None:
    case = of(
        pack,
        发明创造名称="一种装置",
        专利权人="示例大学；张三",
        发明人="张三、李四",
        申请日=datetime(2021, 3, 31),
        授权公告日="2022年3月8日",
        专利类型="发明专利",
        年费已交至=46111.0,
        单次许可期限="3年",
        许可期限届满日="2030-12-31",
        许可使用费方式="入门费+提成",
        入门费="5万元",
        提成比例="3%",
        邮编=430070.0,
        评价报告="无",
        签章方式="代表人",
        代表人="示例大学",
    )
    assert case.pack == "hubei-2022"
    assert case.patent.number == NUMBER
    assert case.owners == (Party(name="示例大学", kind="unit"), Party(name="张三", kind="person"))
    assert case.patent.inventors == ("张三", "李四")
    assert case.patent.filing_date == date(2021, 3, 31)
    assert case.patent.fee_paid_to == date(2026, 3, 30)
    assert case.patent.kind_stated == "invention"
    assert case.royalty.way == "entry_running"
    assert case.royalty.entry_running.entry_fee == Decimal(50_000)
    assert case.royalty.entry_running.rate_percent == Decimal(3)
    assert case.contact.postcode == "430070"
    assert case.patent.evaluation_report is False
    assert (case.signing, case.signing_representative) == ("representative", "示例大学")
    assert case.unread == {}


def test_what_can_not_be_read_stays_as_it_was_typed(pack: Pack) -> None:
    case = of(
        pack,
        授权公告日="2021-02-30",
        申请日=45.0,
        许可使用费方式="面议",
        入门费="-5",
        签章方式="待定",
        其他约定事项="长" * 40_000,
    )
    assert case.unread == {
        "patent.grant_date": "2021-02-30",
        "patent.filing_date": "45",
        "royalty.way": "面议",
        "royalty.entry_running.entry_fee": "-5",
        "signing": "待定",
        "other_terms": "长" * 40_000,
    }
    assert case.patent.grant_date is None
    assert case.signing == "every_owner"
    assert case.other_terms == ""


def test_bare_days_of_a_workbook_that_counts_from_1904(pack: Pack) -> None:
    late = Sheet("a.xlsx", "清单", [["专利号", "申请日"], [NUMBER, 42824.0]], from_1904=True)
    assert only(plan([late], pack, [])).case.patent.filing_date == date(2021, 3, 31)
    written = Sheet("a.xlsx", "清单", [["专利号", "申请日"], [NUMBER, 20210331.0]], from_1904=True)
    assert only(plan([written], pack, [])).case.patent.filing_date == date(2021, 3, 31)


def test_the_zero_of_a_blank_makes_no_patent_free(pack: Pack) -> None:
    case = of(pack, 许可使用费方式=0.0, 专利权人="0", 评价报告=0.0)
    assert case.royalty.way is None and case.owners == ()
    assert case.patent.evaluation_report is None
    assert set(case.unread.values()) == {"0"}


def test_a_number_that_can_not_be_read_is_kept_too(pack: Pack) -> None:
    row = only(plan([sheet(["专利号"], ["CN113483051B"])], pack, []))
    assert (row.action, row.name) == ("new", "CN113483051B")
    assert row.case.patent.number is None


@pytest.mark.parametrize(
    ("way", "cells", "path"),
    [
        ("一次总付", {}, "royalty.lump_sum.days"),
        ("分期支付", {}, "royalty.instalments.first_days"),
        ("分期支付", {"总付金额": "5万"}, "royalty.instalments.first_days"),
        ("", {"首期金额": "5万"}, "royalty.instalments.first_days"),
        ("", {"总付金额": "5万"}, "royalty.lump_sum.days"),
        ("免费", {"分期批次": "7"}, "royalty.instalments.first_days"),
        ("面议", {"首期金额": "约五万"}, "royalty.instalments.first_days"),
        ("", {}, "royalty.lump_sum.days"),
    ],
)
def test_a_shared_column_follows_the_way(
    pack: Pack, way: str, cells: dict[str, str], path: str
) -> None:
    case = of(pack, **{"付款期限(日)": "30日", "许可使用费方式": way, **cells})
    assert value_at(case, path) == 30
    other = {"royalty.lump_sum.days", "royalty.instalments.first_days"} - {path}
    assert value_at(case, other.pop()) is None


def test_a_shared_column_without_the_column_of_the_way(pack: Pack) -> None:
    case = of(pack, **{"付款期限": "30", "首期金额": "5万"})
    assert case.royalty.instalments.first_days == 30


@pytest.mark.parametrize(
    ("way", "path"),
    [
        ("一次总付", "royalty.lump_sum.amount"),
        ("分期支付", "royalty.instalments.total_stated"),
        ("入门费加提成", "royalty.entry_running.entry_fee"),
        ("", "royalty.lump_sum.amount"),
    ],
)
def test_one_column_of_fees_goes_where_the_way_says(pack: Pack, way: str, path: str) -> None:
    case = of(pack, **{"开放许可费（万元）": "5", "付款期限": "30", "许可使用费方式": way})
    assert value_at(case, path) == 50_000
    assert not case.unread


def test_a_fee_that_says_free_answers_the_way_where_no_column_does(pack: Pack) -> None:
    fees = sheet(["专利号", "许可费"], [NUMBER, "免费"], [OTHER, "5万元"])
    before = kept(plan([fees], pack, []))
    free, paid = (one.case.royalty for one in before)
    assert (free.way, free.lump_sum.amount, paid.way) == ("free", None, None)
    mended = sheet(["专利号", "许可费"], [NUMBER, "3万元"], [OTHER, "5万元"])
    (now, same) = plan([mended], pack, before).rows
    assert now.case.royalty.way is None
    assert now.case.royalty.lump_sum.amount == 30_000
    assert same.action == "unchanged"


@pytest.mark.parametrize("fee", ["0", 0, "0.00"])
def test_a_fee_of_nothing_does_not_say_free(pack: Pack, fee: object) -> None:
    (row,) = plan([sheet(["专利号", "许可费"], [NUMBER, fee])], pack, []).rows
    assert row.case.royalty.way is None
    assert row.case.royalty.lump_sum.amount == 0


def test_free_beside_a_fee_in_words_or_nothing_is_sound(pack: Pack) -> None:
    for fee in ("免费", "0", "", "无偿"):
        case = of(pack, **{"许可费": fee, "付款期限": "30", "许可使用费方式": "免费"})
        assert case.royalty.way == "free"
        assert not case.unread


def test_a_column_of_its_own_goes_before_the_shared_one(pack: Pack) -> None:
    case = of(pack, **{"付款期限(日)": "30", "首期付款期限": "15", "许可使用费方式": "分期支付"})
    assert case.royalty.instalments.first_days == 15


def test_a_list_without_numbers_is_a_list_of_titles(pack: Pack) -> None:
    done = plan([sheet(["专利名称"], ["一种装置"], [""])], pack, [])
    assert only(done).name == "一种装置"


def test_rows_that_are_no_case(pack: Pack) -> None:
    done = plan(
        [
            sheet(
                ["专利号", "专利名称", "专利权人"],
                ["示例：ZL202110345678.3", "一种装置", "示例大学"],
                ["", None, " "],
                [],
                ["专利号", "专利名称", "专利权人"],
                ["合计", "", "3 件"],
                ["", "", "示例大学"],
                ["", "一种装置"],
            )
        ],
        pack,
        [],
    )
    assert [(row.row, row.action) for row in done.rows] == [(7, "refused"), (8, "new")]
    assert told(done) == [(5, "略过：重复的表头。"), (6, "略过：为“合计”，不是专利。")]
    assert "没有专利号" in done.rows[0].reason
    assert done.rows[1].name == "一种装置"


# ------------------------------------------------------------------ owners' facts


def test_what_is_said_of_each_owner_goes_to_each(pack: Pack) -> None:
    case = of(
        pack,
        统一社会信用代码="91420100MA00000001；\n420100199001010011",
        专利权人="示例大学；张三",
        开户银行="示例银行；",
    )
    numbers = [owner.identity_number for owner in case.owners]
    assert numbers == ["91420100MA00000001", "420100199001010011"]
    assert [owner.bank.name for owner in case.owners] == ["示例银行", ""]


def test_pieces_go_to_owners_in_order_blanks_included(pack: Pack) -> None:
    case = of(pack, 专利权人="示例大学；张三", 法定代表人="王示例；", 专利权人住所地="甲路；乙路")
    assert [owner.representative for owner in case.owners] == ["王示例", ""]
    assert [owner.address for owner in case.owners] == ["甲路", "乙路"]


def test_one_owner_takes_the_whole_cell(pack: Pack) -> None:
    case = of(pack, 专利权人="示例大学", 专利权人住所地="甲路；东门")
    assert case.owners[0].address == "甲路；东门"


def test_more_pieces_than_owners_are_not_guessed_at(pack: Pack) -> None:
    first = plan(
        [sheet(["专利号", "专利权人", "住所地"], [NUMBER, "示例大学；张三", "甲路；乙路；丙路"])],
        pack,
        [],
    )
    assert only(first).case.unread == {"owners.address": "甲路；乙路；丙路"}
    (told,) = first.notes
    assert "“住所地”一格为 3 位，专利权人有 2 位" in told.text
    mended = [
        sheet(
            ["专利号", "专利权人", "住所地"], [NUMBER, "示例大学；张三；李四", "甲路；乙路；丙路"]
        )
    ]
    second = only(plan(mended, pack, kept(first)))
    assert second.case.unread == {}
    assert [owner.address for owner in second.case.owners] == ["甲路", "乙路", "丙路"]
    assert second.changes == (("owners", "示例大学；张三", "示例大学；张三；李四"),)


def test_an_owner_keeps_what_is_known_of_it(pack: Pack) -> None:
    rows = [sheet(["专利号", "专利权人"], [NUMBER, "示例大学；张三"])]
    cases = kept(plan(rows, pack, []))
    cases[0].case = with_value(cases[0].case, "owners.0.address", "甲路")
    again = only(plan([sheet(["专利号", "专利权人"], [NUMBER, "李四；示例大学"])], pack, cases))
    assert [(owner.name, owner.address) for owner in again.case.owners] == [
        ("李四", ""),
        ("示例大学", "甲路"),
    ]


def test_a_cell_emptied_empties_every_owners_fact(pack: Pack) -> None:
    headers = ["专利号", "专利权人", "住所地"]
    cases = kept(plan([sheet(headers, [NUMBER, "甲大学；乙公司", "甲路；乙路"])], pack, []))
    again = only(plan([sheet(headers, [NUMBER, "甲大学；乙公司", ""])], pack, cases))
    assert [owner.address for owner in again.case.owners] == ["", ""]
    assert again.changes == (("owners.address", "甲路；乙路", "；"),)


# ------------------------------------------------------------------ again, and again

HEADERS = ["专利号", "发明创造名称", "授权公告日", "入门费"]


def test_the_same_file_twice_changes_nothing(pack: Pack) -> None:
    rows = [sheet(HEADERS, [NUMBER, "一种装置", "2021-02-30", "5万元"], [OTHER, "", "", ""])]
    first = plan(rows, pack, [])
    cases = kept(first)
    second = plan(rows, pack, cases)
    assert [row.action for row in second.rows] == ["unchanged", "unchanged"]
    assert kept(second, cases) == cases


def test_nor_does_it_undo_what_was_edited_by_hand(pack: Pack) -> None:
    rows = [sheet(HEADERS, [NUMBER, "一种装置", "2021-02-30", "5万元"])]
    cases = kept(plan(rows, pack, []))
    case = with_value(cases[0].case, "patent.title", "另一种装置")
    case = with_value(case, "patent.number", OTHER)  # the number itself was mended
    case = with_value(case, "patent.grant_date", date(2021, 2, 28))
    cases[0].case = msgspec.structs.replace(case, unread={})
    row = only(plan(rows, pack, cases))
    assert (row.action, row.case_id, row.case) == ("unchanged", cases[0].id, cases[0].case)


def test_only_a_cell_that_was_changed_is_taken_over(pack: Pack) -> None:
    cases = kept(plan([sheet(HEADERS, [NUMBER, "一种装置", "2022-03-08", "50000"])], pack, []))
    cases[0].case = with_value(cases[0].case, "patent.title", "另一种装置")
    again = sheet(HEADERS, ["2021103456783", "一种装置", "2022/3/9", "5万"])
    row = only(plan([again], pack, cases))
    assert row.action == "changed"
    assert row.changes == (("patent.grant_date", "2022-03-08", "2022-03-09"),)
    assert row.case.patent.title == "另一种装置"
    assert row.imported["patent.grant_date"] == "2022-03-09"


def test_another_way_of_writing_the_same_is_no_change(pack: Pack) -> None:
    cases = kept(plan([sheet(HEADERS, [NUMBER, "一种装置", "2022-03-08", "50000"])], pack, []))
    again = sheet(HEADERS, [202110345678.3, " 一种装置 ", date(2022, 3, 8), 50000.0], file="b.csv")
    assert only(plan([again], pack, cases)).action == "unchanged"


def test_a_cell_emptied_in_the_workbook_empties_the_field(pack: Pack) -> None:
    cases = kept(plan([sheet(HEADERS, [NUMBER, "一种装置", "2022-03-08", "x"])], pack, []))
    row = only(plan([sheet(HEADERS, [NUMBER, "一种装置", "", "-"])], pack, cases))
    assert row.case.patent.grant_date is None
    assert row.case.unread == {}
    assert row.changes == (
        ("patent.grant_date", "2022-03-08", ""),
        ("royalty.entry_running.entry_fee", "x", ""),
    )


def test_a_cell_that_was_always_empty_takes_nothing_away(pack: Pack) -> None:
    rows = [sheet(HEADERS, [NUMBER, "一种装置", "", ""])]
    cases = kept(plan(rows, pack, []))
    cases[0].case = with_value(cases[0].case, "patent.grant_date", date(2022, 3, 8))
    assert only(plan(rows, pack, cases)).action == "unchanged"
    by_hand = [Kept(1, cases[0].case, {})]
    assert only(plan(rows, pack, by_hand)).case == cases[0].case


def test_columns_that_are_not_there_are_left_as_they_are(pack: Pack) -> None:
    cases = kept(plan([sheet(HEADERS, [NUMBER, "一种装置", "2022-03-08", "1"])], pack, []))
    row = only(plan([sheet(["专利号"], [NUMBER])], pack, cases))
    assert (row.action, row.imported) == ("unchanged", cases[0].imported)


def test_a_change_already_made_by_hand_is_remembered_as_imported(pack: Pack) -> None:
    cases = kept(plan([sheet(HEADERS, [NUMBER, "甲", "", ""])], pack, []))
    cases[0].case = with_value(cases[0].case, "patent.title", "乙")
    changed = [sheet(HEADERS, [NUMBER, "乙", "", ""])]
    row = only(plan(changed, pack, cases))
    assert (row.action, row.changes) == ("unchanged", ())
    cases = kept(ImportPlan((row,), ()), cases)
    cases[0].case = with_value(cases[0].case, "patent.title", "丙")
    assert only(plan(changed, pack, cases)).case.patent.title == "丙"


# ------------------------------------------------------------------ whose row is it


def test_the_same_patent_twice_is_two_cases_each_with_its_own_row(pack: Pack) -> None:
    rows = [sheet(HEADERS, [NUMBER, "甲", "", ""], [OTHER, "丙", "", ""], [NUMBER, "乙", "", ""])]
    first = plan(rows, pack, [])
    assert first.count("new") == 3
    cases = kept(first)
    second = plan(rows, pack, cases)
    assert [row.case_id for row in second.rows] == [1, 2, 3]
    assert second.count("unchanged") == 3
    third = plan([sheet(HEADERS, *[[NUMBER, "甲", "", ""]] * 3)], pack, cases)
    assert [row.case_id for row in third.rows] == [1, 3, None]


def test_a_check_character_mended_in_the_workbook_mends_the_case(pack: Pack) -> None:
    cases = kept(plan([sheet(["专利号"], ["ZL202110345678.4"])], pack, []))
    row = only(plan([sheet(["专利号"], [NUMBER])], pack, cases))
    assert (row.action, row.case_id, row.case.patent.number) == ("changed", 1, NUMBER)


def test_a_number_mended_in_the_workbook_finds_its_case_by_the_title(pack: Pack) -> None:
    headers = ["专利号", "专利名称"]
    cases = kept(plan([sheet(headers, ["CN113483051B", "甲"], ["", "乙"])], pack, []))
    again = plan([sheet(headers, [NUMBER, "甲"], [OTHER, "乙"])], pack, cases)
    assert [(row.action, row.case_id) for row in again.rows] == [("changed", 1), ("changed", 2)]
    assert again.rows[0].case.unread == {}
    assert again.rows[0].changes == (("patent.number", "CN113483051B", NUMBER),)


def test_a_number_mended_both_by_hand_and_in_the_workbook(pack: Pack) -> None:
    cases = kept(plan([sheet(["专利号"], [OTHER])], pack, []))
    cases[0].case = with_value(cases[0].case, "patent.number", NUMBER)
    row = only(plan([sheet(["专利号"], [NUMBER])], pack, cases))
    assert (row.action, row.case_id) == ("unchanged", 1)


def test_the_case_last_imported_from_a_row_goes_first(pack: Pack) -> None:
    """A case entered by hand does not take the row of the one that came from the workbook."""
    by_hand = Kept(1, Case(), {})
    by_hand.case = with_value(by_hand.case, "patent.number", NUMBER)
    rows = [sheet(["专利号"], [NUMBER])]
    imported = kept(plan(rows, pack, []))[0]
    imported.id = 2
    assert only(plan(rows, pack, [by_hand, imported])).case_id == 2


def test_a_case_that_has_a_number_is_never_found_by_its_title(pack: Pack) -> None:
    headers = ["专利号", "专利名称"]
    cases = kept(plan([sheet(headers, [OTHER, "甲"])], pack, []))
    assert only(plan([sheet(headers, [NUMBER, "甲"])], pack, cases)).action == "new"
    blank = [Kept(9, Case(), {})]
    assert only(plan([sheet(headers, [NUMBER, ""])], pack, blank)).action == "new"


# ------------------------------------------------------------------ the sample, and anything


def test_the_sample_workbook_comes_in_twice_as_once(pack: Pack) -> None:
    sheets = read_file(pack.folder / pack.sample)
    first = plan(sheets, pack, [])
    assert first.count("new") >= 20
    cases = kept(first)
    second = plan(sheets, pack, cases)
    assert second.count("unchanged") == len(cases)
    assert kept(second, cases) == cases
    for one in cases:
        assert msgspec.json.decode(msgspec.json.encode(one.case), type=Case) == one.case


HEADS = [
    "专利号",
    "专利名称",
    "专利权人",
    "申请日",
    "付款期限(日)",
    "首期金额",
    "许可使用费方式",
    "邮编",
    "住所地",
    "质押情况",
]
numbers = st.integers(0, 3).map(lambda n: (d := f"20211034567{n}0") + "." + check_character(d))
any_cell = (
    st.none()
    | st.floats()
    | st.booleans()
    | st.dates()
    | st.datetimes()
    | st.text(st.characters(exclude_categories=()), max_size=12)
    | st.sampled_from(["", "-", "30", "2021-02-30", "甲大学；乙公司", "分期支付", "2.02E+12", "有"])
)
any_row = st.tuples(numbers | any_cell, *[any_cell] * (len(HEADS) - 1))


def test_rows_of_one_bad_number_keep_their_cases_though_a_title_is_unread() -> None:
    pack, blank = hubei(), (None,) * (len(HEADS) - 2)
    rows = (("2021103456700.7", 0.0, *blank), ("2021103456700.7", None, *blank))
    first = kept(plan([sheet(HEADS, *rows)], pack, []))
    assert kept(plan([sheet(HEADS, *rows)], pack, first), first) == first


@given(st.lists(any_row, max_size=3), st.lists(any_row, max_size=4))
def test_any_cells_come_in_and_twice_is_once(
    before: list[tuple[Any, ...]], rows: list[tuple[Any, ...]]
) -> None:
    pack = hubei()
    cases = kept(plan([sheet(HEADS, *before)], pack, []))
    sheets = [sheet(HEADS, *rows)]
    first = plan(sheets, pack, cases)
    after = kept(first, cases)
    second = plan(sheets, pack, after)
    assert kept(second, after) == after
    assert not second.count("new") and not second.count("changed")
    for one in after:
        assert msgspec.json.decode(msgspec.json.encode(one.case), type=Case) == one.case
        assert all(text for text in one.case.unread.values())
