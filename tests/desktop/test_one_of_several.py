"""A number typed twice, a number missing: every command still finds the one case that is meant."""

from pathlib import Path

import pytest

from tests.desktop.clerk import GOOD, SECOND, Clerk

NUMBER = GOOD["专利号"]
TWIN = {**GOOD, "发明创造名称": "误填了同一个号的另一件"}
NUMBERLESS = {**SECOND, "专利号": "", "发明创造名称": "还没有抄号的一件"}


def test_the_list_shows_what_a_case_can_be_called(clerk: Clerk) -> None:
    clerk.imports(GOOD, TWIN, NUMBERLESS)
    out = clerk.types("list").out
    assert [line.split()[0] for line in out.splitlines()[:4]] == [
        "案卷号",
        "案卷1",
        "案卷2",
        "案卷3",
    ]
    listed = clerk.types("list", "--json").json["cases"]
    assert [case["case_id"] for case in listed] == [1, 2, 3]
    assert f"{NUMBER} {TWIN['发明创造名称']}（案卷2）" in clerk.types("check").out


def test_of_two_cases_with_one_number_the_clerk_is_told_how_to_name_one(clerk: Clerk) -> None:
    clerk.imports(GOOD, TWIN)
    asked = clerk.types("delete", NUMBER)
    assert asked.code == 2
    assert "案卷1《一种低温烧结陶瓷基板的制备方法》" in asked.err
    assert "案卷2《误填了同一个号的另一件》" in asked.err
    assert "例如 案卷2" in asked.err

    assert clerk.types("delete", "案卷2").code == 0
    assert clerk.types("check").code == 0
    assert clerk.types("history", NUMBER).code == 0


@pytest.mark.parametrize("name", ["案卷2", "#2", "＃２", "案卷号 2"])
def test_a_case_is_named_by_its_own_number_in_several_ways(clerk: Clerk, name: str) -> None:
    clerk.imports(GOOD, NUMBERLESS)
    found = clerk.types("show", name, "--json").json["cases"]
    assert [case["title"] for case in found] == ["还没有抄号的一件"]


def test_every_command_takes_it(clerk: Clerk, sample_licence: Path) -> None:
    clerk.imports(GOOD, TWIN)
    out = clerk.folder / "文书"
    for words in (
        ("check", "案卷1", "--json"),
        ("history", "案卷1"),
        ("revert", "案卷1", "1"),
        ("license", "add", "案卷1", sample_licence),
        ("export", "案卷1", "--out", out),
    ):
        assert clerk.types(*words).code in (0, 1), words
    assert clerk.types("show", "案卷1", "--version", "1").code == 0


def test_an_unknown_one_is_said(clerk: Clerk) -> None:
    clerk.imports(GOOD)
    refused = clerk.types("show", "案卷9")
    assert refused.code == 2
    assert "案卷9" in refused.err


def test_taking_back_a_case_whose_number_is_used_again_says_so(clerk: Clerk) -> None:
    clerk.imports(GOOD)
    assert "undelete 案卷1" in clerk.types("delete", NUMBER).out
    clerk.imports(GOOD)
    assert "案卷1" in clerk.types("list", "--bin").out
    taken = clerk.types("undelete", "案卷1")
    assert taken.code == 0
    assert "案卷2 也使用此专利号" in taken.err
    assert clerk.types("undelete", "案卷1").code == 2


def test_a_case_without_number_goes_and_comes_back(clerk: Clerk) -> None:
    clerk.imports(NUMBERLESS)
    assert clerk.types("delete", "案卷1").code == 0
    assert "移入回收站" in clerk.types("history", "案卷1").out
    back = clerk.types("undelete", "案卷1")
    assert back.code == 0
    assert back.err == ""


def test_show_says_units_and_what_the_program_works_out(clerk: Clerk) -> None:
    plan = {"首期金额": "60000", "每期金额": "20000", "分期批次": "7", "分期周期": "季度"}
    days = {"付款期限(日)": "30", "每期付款期限(日)": "15", "许可使用费方式": "分期支付"}
    clerk.imports({**GOOD, **plan, **days})
    out = clerk.types("show", NUMBER).out
    for words in ("60,000.00 元", "30 日", "8 次", "200,000.00 元", "2038年1月9日"):
        assert words in out
