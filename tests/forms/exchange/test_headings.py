"""Headings as offices and databases write them: brackets, groups, two of one name."""

import pytest

from forms.exchange.headers import header_in, letters
from forms.exchange.headings import aside_of, is_footer
from forms.exchange.import_plan import ImportPlan, plan
from forms.exchange.sheet_columns import Column, Left, Names
from forms.exchange.sheets import Block, Sheet
from forms.facts.record import Case
from forms.ground.locate import packs_folder
from forms.pack.load import load
from forms.pack.types import Pack

NUMBER, OTHER = "ZL202110345678.3", "ZL202120943363.4"


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load(packs_folder() / "hubei-2022")


def planned(pack: Pack, *rows: list[object], merged: tuple[Block, ...] = ()) -> ImportPlan:
    cells = [list(row) for row in rows]
    return plan([Sheet("清单.xlsx", "汇总", cells, merged=merged)], pack, [])  # type: ignore[arg-type]


def only(done: ImportPlan) -> Case:
    assert [row.action for row in done.rows] == ["new"]
    return done.rows[0].case


def told(done: ImportPlan) -> str:
    return "".join(note.text for note in done.notes)


@pytest.mark.parametrize(
    ("heading", "path"),
    [
        ("专利权人（更名后）", "owners"),
        ("现专利权人", "owners"),
        ("[标]当前申请(专利权)人", "owners"),
        ("申请日（yyyy-mm-dd）", "patent.filing_date"),
        ("专利号（照证书填写）", "patent.number"),
        ("联系人（本单位）", "contact.name"),
        ("专利名称-中文", "patent.title"),
        ("入门费（万元）（必填）", "royalty.entry_running.entry_fee"),
    ],
)
def test_a_bracket_may_leave_a_heading_what_it_is(pack: Pack, heading: str, path: str) -> None:
    found = Names(pack).understood(0, heading)
    assert isinstance(found, Column)
    assert path in [field.path for field in found.fields]


@pytest.mark.parametrize(
    ("heading", "what"),
    [
        ("专利权人（转让前）", "变更以前的"),
        ("申请人【原】", "变更以前的"),
        ("电话（专利代理师）", "代理机构的"),
        ("联系人（受让方）", "别人的"),
        ("名称(EN)", "外文的"),
        ("专利名称_英文", "外文的"),
        ("申请号（在先申请）", "优先权、国际申请或者别的申请的"),
        ("总付金额（暂定）", "还没有定的"),
        ("入门费（元）（预估）", "还没有定的"),
    ],
)
def test_a_bracket_may_say_that_it_is_another_thing(pack: Pack, heading: str, what: str) -> None:
    found = Names(pack).understood(0, heading)
    assert isinstance(found, Left)
    assert what in found.why


def test_a_bracket_that_nobody_knows_is_asked_about(pack: Pack) -> None:
    done = planned(pack, ["专利号", "联系电话（财务处）"], [NUMBER, "027-87000000"])
    assert only(done).contact.phone == ""
    assert "括号中的“财务处”含义不明" in told(done)
    assert done.sheets[0].ignored == ()


def test_of_two_columns_of_a_field_the_right_one_is_taken(pack: Pack) -> None:
    head: list[object] = [
        "专利号",
        "申请人(原始)",
        "[标]当前专利权人",
        "当前专利权人",
        "权利人（现）",
    ]
    done = planned(pack, head, [NUMBER, "甲学院", "示例大學", "示例大学", "江汉学院"])
    assert [owner.name for owner in only(done).owners] == ["江汉学院"]
    assert "“专利权人”采用“权利人(现)”一列" in told(done)


def test_two_persons_of_one_heading_are_not_mixed(pack: Pack) -> None:
    head: list[object] = ["专利号", "联系人", "电话", "联系人", "电话"]
    done = planned(pack, head, [NUMBER, "张三", "", "王代理", "010-60000000"])
    case = only(done)
    assert (case.contact.name, case.contact.phone) == ("张三", "")
    assert "“联系人”和“联系人（第2个）”对应同一栏" in told(done)


def test_a_list_may_be_spread_over_columns(pack: Pack) -> None:
    head: list[object] = ["专利号", "专利权人1", "专利权人2", "第三专利权人", "发明人", "发明人"]
    done = planned(pack, head, [NUMBER, "示例大学", "", "江汉公司", "张三", "李四"])
    case = only(done)
    assert [owner.name for owner in case.owners] == ["示例大学", "江汉公司"]
    assert case.patent.inventors == ("张三", "李四")
    assert "“专利权人”分在几列（B列、C列、D列），已合并" in told(done)


def test_the_first_of_a_list_alone_is_told(pack: Pack) -> None:
    done = planned(pack, ["专利号", "第一专利权人"], [NUMBER, "示例大学"])
    assert [owner.name for owner in only(done).owners] == ["示例大学"]
    assert "请核对是否还有其他的" in told(done)
    both = planned(
        pack, ["专利号", "专利权人", "第一专利权人"], [NUMBER, "甲公司、乙公司", "甲公司"]
    )
    assert [owner.name for owner in only(both).owners] == ["甲公司", "乙公司"]


TWO_ROWS: tuple[list[object], ...] = (
    ["专利号", "名称", "自行实施", "", "联系方式", "", "代理机构", ""],
    ["", "", "情况", "时间", "联系人", "电话", "名称", "电话"],
    [NUMBER, "一种装置", "已自行实施", "2022年", "张三", "027-1", "某代理所", "010-2"],
)
TWO_ROWS_MERGED = (
    *(Block(0, place, 1, place) for place in (0, 1)),
    *(Block(0, place, 0, place + 1) for place in (2, 4, 6)),
)


@pytest.mark.parametrize("merged", [TWO_ROWS_MERGED, ()])
def test_a_header_of_two_rows(pack: Pack, merged: tuple[Block, ...]) -> None:
    done = planned(pack, *TWO_ROWS, merged=merged)
    case = only(done)
    assert (case.patent.title, case.own_use.way, case.own_use.period) == (
        "一种装置",
        "used",
        "2022年",
    )
    assert (case.contact.name, case.contact.phone) == ("张三", "027-1")
    assert done.sheets[0].header_row == 2
    assert "“代理机构／名称”是代理机构的" in told(done)


def test_a_title_merged_over_the_table_is_no_group(pack: Pack) -> None:
    rows: list[list[object]] = [["代理机构汇总", "", "", ""], ["专利号", "名称", "联系人", "电话"]]
    done = planned(pack, *rows, [NUMBER, "一种", "张三", "1"], merged=(Block(0, 0, 0, 3),))
    assert only(done).contact.name == "张三"


def test_a_header_merged_downwards_ends_where_its_cells_end(pack: Pack) -> None:
    rows: list[list[object]] = [["专利号", "专利名称", "权利要求", ""], ["", "", "独立", "从属"]]
    merged = (Block(0, 0, 1, 0), Block(0, 1, 1, 1), Block(0, 2, 0, 3))
    done = planned(pack, *rows, [NUMBER, "一种装置", "1", "9"], merged=merged)
    assert only(done).patent.title == "一种装置"
    assert done.sheets[0].header_row == 2


@pytest.mark.parametrize(
    "text",
    ["合计：3件", "备注：", "填表人：张三", "共 12 件", "注：以证书为准", "单位（盖章）", "合计"],
)
def test_lines_under_a_list(text: str) -> None:
    assert is_footer(text)


@pytest.mark.parametrize("text", ["合计装置", "注射器", "说明书制作装置", "共轭凸轮", "第一种装置"])
def test_titles_that_begin_like_one(text: str) -> None:
    assert not is_footer(text)


def test_small_words_are_looked_for_whole() -> None:
    assert aside_of("英") == "外文的"
    assert aside_of("英山县") == ""
    assert aside_of("专利代理机构及联系人") == "代理机构的"


def test_columns_have_letters() -> None:
    assert [letters(place) for place in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_a_sheet_of_guidance_has_no_header(pack: Pack) -> None:
    assert header_in(Names(pack), [["专利号", "必须填写"], ["名称", "照证书"]]) is None


@pytest.mark.parametrize(
    ("heading", "path"),
    [
        ("申请（专利）号", "patent.number"),
        ("专利申请号/专利号", "patent.number"),
        ("申请人或专利权人", "owners"),
        ("Current assignees", "owners"),
        ("许可人", "owners"),
        ("案件状态", "patent.legal_status"),
        ("专利有效性", "patent.legal_status"),
        ("学校电话", "contact.phone"),
        ("许可人联系人", "contact.name"),
    ],
)
def test_databases_and_offices_name_their_columns_so(pack: Pack, heading: str, path: str) -> None:
    found = Names(pack).understood(0, heading)
    assert isinstance(found, Column)
    assert path in [field.path for field in found.fields]


@pytest.mark.parametrize("heading", ["学校名称", "本单位名称", "名称（许可人）", "专利权人类型"])
def test_the_name_and_the_kind_of_a_party_are_not_the_patents(pack: Pack, heading: str) -> None:
    found = Names(pack).understood(0, heading)
    assert isinstance(found, Left)
    assert found.why


def test_a_name_under_the_licensor_is_no_title(pack: Pack) -> None:
    done = planned(
        pack,
        ["", "专利信息", "", "许可人", ""],
        ["序号", "专利号", "名称", "名称", "电话"],
        [1, NUMBER, "一种装置", "示例大学", "027-87000000"],
        merged=(Block(0, 1, 0, 2), Block(0, 3, 0, 4)),
    )
    case = only(done)
    assert case.patent.title == "一种装置"
    assert [owner.name for owner in case.owners] == ["示例大学"]
    assert case.contact.phone == "027-87000000"
