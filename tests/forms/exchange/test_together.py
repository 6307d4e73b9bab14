"""Rows that belong together: an owner a row, merged cells, lines under the list, hidden rows."""

import pytest

from forms.exchange.import_plan import ImportPlan, plan
from forms.exchange.sheets import Block, Sheet
from forms.ground.locate import packs_folder
from forms.pack.load import load
from forms.pack.types import Pack
from tests.forms.kept import Kept

NUMBER, OTHER = "ZL202110345678.3", "ZL202120943363.4"
HEAD = ["专利号", "专利名称", "专利权人", "住所地", "联系人"]


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load(packs_folder() / "hubei-2022")


def planned(pack: Pack, *rows: list[str], **known: object) -> ImportPlan:
    cells = [list(row) for row in (HEAD, *rows)]
    return plan([Sheet("清单.xlsx", "汇总", cells, **known)], pack, [])  # type: ignore[arg-type]


def owners(done: ImportPlan, place: int = 0) -> list[str]:
    return [owner.name for owner in done.rows[place].case.owners]


def told(done: ImportPlan) -> list[tuple[int, str]]:
    return [(note.row, note.text) for note in done.notes]


FIRST = [NUMBER, "一种装置", "示例大学", "甲路", "张三"]


@pytest.mark.parametrize(
    ("second", "merged"),
    [
        (["", "", "江汉公司", "乙路", ""], tuple(Block(1, c, 2, c) for c in (0, 1, 4))),
        (["", "", "江汉公司", "乙路", ""], ()),
        ([NUMBER, "一种装置", "江汉公司", "乙路", "张三"], ()),
        (["2021103456783", "一种装置", "江汉公司", "乙路", ""], ()),
        (["", "一种装置", "江汉公司", "乙路"], ()),
    ],
)
def test_an_owner_a_row_is_one_patent_of_both(
    pack: Pack, second: list[str], merged: tuple[Block, ...]
) -> None:
    done = planned(pack, FIRST, second, [OTHER, "一种桥", "丙公司"], merged=merged)
    assert [row.row for row in done.rows] == [2, 4]
    assert owners(done) == ["示例大学", "江汉公司"]
    assert [owner.address for owner in done.rows[0].case.owners] == ["甲路", "乙路"]
    assert told(done) == [(3, "与第 2 行是同一件专利，“专利权人”、“住所地”已并入该行。")]


def test_what_was_gathered_is_the_same_when_it_comes_again(pack: Pack) -> None:
    rows = [HEAD, FIRST, ["", "", "江汉公司"]]
    sheet = Sheet("清单.xlsx", "汇总", [list(row) for row in rows])
    [first] = plan([sheet], pack, []).rows
    [again] = plan([sheet], pack, [Kept(1, first.case, first.imported)]).rows
    assert again.action == "unchanged"


def test_a_merged_cell_counts_for_every_row_of_its_block(pack: Pack) -> None:
    done = planned(
        pack,
        FIRST,
        [OTHER, "一种桥", "丙公司", "丁路", ""],
        merged=(Block(1, 4, 2, 4),),
    )
    assert [row.case.contact.name for row in done.rows] == ["张三", "张三"]


def test_a_row_that_is_wholly_merged_away_is_no_patent(pack: Pack) -> None:
    merged = tuple(Block(1, place, 2, place) for place in range(5))
    done = planned(pack, FIRST, [""] * 5, merged=merged)
    assert [row.row for row in done.rows] == [2]
    assert told(done) == []


def test_a_further_row_that_says_otherwise_is_refused_and_told(pack: Pack) -> None:
    done = planned(pack, FIRST, ["", "", "江汉公司", "", "李四"])
    assert [row.action for row in done.rows] == ["new", "refused"]
    [(row, text)] = told(done)
    assert row == 3 and "疑为第 2 行专利的续行，但“收件人姓名”与该行不同" in text


def test_the_same_patent_twice_is_told(pack: Pack) -> None:
    head = [list(HEAD), list(FIRST)]
    twice = [Sheet("清单.xlsx", "甲", head), Sheet("清单.xlsx", "乙", head)]
    done = plan(twice, pack, [])  # type: ignore[arg-type]
    [note] = done.notes
    assert (note.sheet, note.row) == ("乙", 2)
    assert "与工作表“甲”第 2 行是同一件专利" in note.text
    assert "与第 2 行是同一件专利" in planned(pack, FIRST, FIRST).notes[0].text


def test_lines_under_the_list_and_repeated_headers_are_passed_over(pack: Pack) -> None:
    done = planned(
        pack, FIRST, HEAD, ["", "填表人：张三", "日期：2022年"], ["备注：", "以证书为准"]
    )
    assert [row.row for row in done.rows] == [2]
    assert [row for row, _ in told(done)] == [3, 4, 5]


def test_rows_and_columns_that_are_hidden_are_told(pack: Pack) -> None:
    done = planned(pack, FIRST, [OTHER, "一种桥"], hidden_rows=(2, 9), hidden_columns=((4, 6),))
    assert len(done.rows) == 2
    [(_, rows), (_, column)] = told(done)
    assert "有 1 行是隐藏或被筛选的（第 3 行），仍会导入" in rows
    assert column == "E列“联系人”是隐藏列，仍会导入。"


def test_a_formula_that_found_nothing_is_told(pack: Pack) -> None:
    done = planned(pack, FIRST, zeros=frozenset({(1, 4), (0, 1), (1, 9)}))
    assert told(done) == [(2, "“收件人姓名”一格的公式没有查到内容（显示为 0），视为空白。")]


def test_remarks_that_speak_of_a_pledge_are_told(pack: Pack) -> None:
    rows = [
        ["专利号", "名称", "备注", "学院"],
        [NUMBER, "甲", "已质押给某银行", "独占"],
        [OTHER, "乙", "未质押", ""],
    ]
    done = plan([Sheet("清单.xlsx", "汇总", [list(row) for row in rows])], pack, [])
    [note] = done.notes
    assert note.row == 2 and "“质押”" in note.text


def test_a_zero_that_was_typed_is_told(pack: Pack) -> None:
    rows = [["专利号", "入门费"], [NUMBER, 0.0]]
    done = plan([Sheet("清单.xlsx", "汇总", [list(row) for row in rows])], pack, [])
    assert done.rows[0].case.royalty.entry_running.entry_fee == 0
    assert told(done) == [(2, "“入门费”一格为 0，请核对。")]


@pytest.mark.parametrize("mark", ["同上", "〃", '"'])
def test_ditto_says_what_stands_above_it(pack: Pack, mark: str) -> None:
    done = planned(pack, FIRST, [OTHER, "一种桥", mark, mark, mark], [*FIRST[:2], "丙", mark, mark])
    assert [row.case.contact.name for row in done.rows] == ["张三"] * 3
    assert owners(done, 1) == ["示例大学"]
    said = [text for _, text in told(done)]
    assert "“专利权人”一列为同上的（第 3 行），取上一行的内容。" in said
    assert "“联系人”一列为同上的（第 3、4 行），取上一行的内容。" in said


def test_a_ditto_of_the_number_is_a_further_row_of_the_patent(pack: Pack) -> None:
    done = planned(pack, FIRST, ["同上", "同上", "江汉公司", "乙路", "同上"])
    assert [row.row for row in done.rows] == [2]
    assert owners(done) == ["示例大学", "江汉公司"]


def test_a_ditto_with_nothing_above_stays_as_it_is(pack: Pack) -> None:
    done = planned(pack, [NUMBER, "一种装置", "同上", "", ""])
    assert owners(done) == ["同上"]
