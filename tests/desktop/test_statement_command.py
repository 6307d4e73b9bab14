"""At the command line: how the fee of a declaration was reached, from a column of the workbook."""

import pytest

from tests.desktop.clerk import GOOD, Clerk

NUMBER = GOOD["专利号"]
TODAY = "2026-11-24"
STATED = {
    "专利号": NUMBER,
    "发明创造名称": GOOD["发明创造名称"],
    "专利权人": "示例大学",
    "许可使用费方式": "一次总付",
    "一次总付金额": "100000",
    "费用计算方法": "行业统计数据",
    "预计被许可人数": "6",
}


def imported(clerk: Clerk, **more: str) -> None:
    book = clerk.fills({**STATED, **more}, name="法定.xlsx")
    assert clerk.types("import", book, "--pack", "cnipa-2024", today=TODAY).code == 0


def test_the_columns_of_the_workbook_land_in_the_statement(clerk: Clerk) -> None:
    imported(clerk)
    told = clerk.types("statement", NUMBER, "--json", today=TODAY)
    assert told.code == 0
    assert {name: told.json[name] for name in ("method", "computed", "offered", "limit")} == {
        "method": "statistics",
        "computed": None,
        "offered": "100000.00",
        "limit": 2000,
    }
    assert "预计被许可人数取6个" in told.json["text"]
    assert told.json["characters"] > 100


def test_a_text_of_ones_own_is_the_statement(clerk: Clerk) -> None:
    imported(clerk, 简要说明="本单位按评估报告确定。")
    told = clerk.types("statement", NUMBER, "--json", today=TODAY).json
    assert (told["text"], told["characters"]) == ("本单位按评估报告确定。", 11)


@pytest.mark.parametrize(
    ("way", "more", "offered", "said"),
    [
        ("免费", {}, "0.00", "0.00 元"),
        ("提成", {"提成比例": "3%", "提成基数": "净销售额"}, "3", "3%"),
    ],
)
def test_the_offer_is_a_sum_or_a_rate(
    clerk: Clerk, way: str, more: dict[str, str], offered: str, said: str
) -> None:
    imported(clerk, 许可使用费方式=way, **more)
    assert clerk.types("statement", NUMBER, "--json", today=TODAY).json["offered"] == offered
    read = clerk.types("statement", NUMBER, today=TODAY).out
    assert "计算方法：行业统计数据" in read
    assert f"声明的：{said}" in read
    assert "一般不超过 2,000 字" in read


def test_a_pilot_case_has_no_statement(clerk: Clerk) -> None:
    clerk.imports(GOOD)
    refused = clerk.types("statement", NUMBER)
    assert refused.code == 2
    assert "只有法定声明的案卷才有" in refused.err


def test_of_two_procedures_the_declaration_is_meant(clerk: Clerk) -> None:
    clerk.imports(GOOD)
    imported(clerk)
    assert clerk.types("statement", NUMBER, "--json", today=TODAY).json["method"] == "statistics"
