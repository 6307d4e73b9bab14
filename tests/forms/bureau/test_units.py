"""The roll of a bureau: who is expected to report, who was heard from, the roll as a workbook."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.bureau.units import Expert, Quarter, Unit, by_name, not_heard, quarter_of
from forms.bureau.units_book import RollRead, completed, read_roll, write_roll
from forms.exchange.sheets import Sheet, UnreadableFile
from forms.exchange.workbook_reader import read_file


def sheet(*rows: list[str], name: str = "表1") -> Sheet:
    return Sheet("名册.xlsx", name, [list(row) for row in rows])


@given(st.dates(date(1985, 1, 1), date(2199, 12, 31)))
def test_every_day_lies_in_its_quarter(day: date) -> None:
    quarter = quarter_of(day)
    assert quarter.first <= day <= quarter.last
    assert quarter.next.first > quarter.last
    assert quarter_of(quarter.next.first) == quarter.next > quarter


def test_a_quarter_is_named() -> None:
    assert Quarter(2026, 4).words == "2026 年第 4 季度"
    assert Quarter(2026, 4).next.code == "2027Q1"


def test_a_unit_is_heard_under_any_of_its_names() -> None:
    units = [
        Unit(name="示例大学", aliases=("示例学院",)),
        Unit(name="江汉示例学院"),
        Unit(name="示例农业科学院", reports=False),
    ]
    assert [one.name for one in not_heard(units, ["示例 学院"])] == ["江汉示例学院"]
    assert by_name(units)["示例学院"].name == "示例大学"


def test_a_workbook_of_units_and_experts_is_read_in_any_order_of_columns() -> None:
    units = sheet(
        ["2026 年度参与单位"],
        ["联系人", "单位名称", "所在地区", "应报送", "曾用名", "手机"],
        ["陈思远", "示例大学", "武汉市", "是", "示例学院；示例工学院", "１３８００００００００"],
        ["", "示例农业科学院", "", "否", "", ""],
        ["周敏", "", "", "", "", ""],
    )
    experts = sheet(["姓名", "工作单位", "专业领域"], ["李工", "示例大学", "新材料"], name="专家")
    read = read_roll([units, experts])
    assert [one.name for one in read.units] == ["示例大学", "示例农业科学院"]
    first, second = read.units
    assert (first.contact, first.phone) == ("陈思远", "13800000000")
    assert first.aliases == ("示例学院", "示例工学院") and first.reports and not second.reports
    assert read.experts == (Expert(name="李工", employer="示例大学", field="新材料"),)
    assert read.nameless == (("表1", 5),)


def test_a_workbook_without_names_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="单位名称"):
        read_roll([sheet(["年度", "金额"], ["2026", "3"])])


def test_the_roll_comes_back_as_it_was_written_and_formulas_stay_text(tmp_path: Path) -> None:
    units = (Unit(name="=HYPERLINK(1)", contact="@陈", aliases=("甲", "乙")), Unit(name="示例大学"))
    experts = (Expert(name="李工", employer="示例大学", field="-新材料"),)
    (tmp_path / "名册.xlsx").write_bytes(write_roll(units, experts))
    read = read_roll(read_file(tmp_path / "名册.xlsx"))
    assert read == RollRead(units, experts, ())


def test_an_entry_is_completed_and_what_the_other_leaves_out_stays() -> None:
    old = Unit(name="示例大学", contact="陈思远", phone="027-1")
    assert completed(old, Unit(name="示例大学", phone="027-2")) == Unit(
        name="示例大学", contact="陈思远", phone="027-2"
    )
