"""At the command line: how patents stand now, by an export, and what must then be done."""

from collections.abc import Mapping

from forms.ground.locate import packs_folder
from tests.desktop.clerk import GOOD, Answer, Clerk

TODAY = "2026-11-30"
PATENT: Mapping[str, str] = {
    **GOOD,
    "专利号": "ZL201811203345.1",
    "申请日": "2018-10-16",
    "授权公告日": "2021-01-05",
    "年费已交至": "2026-10-16",
    "专利权人": "武汉示例大学",
    "法律状态": "有效",
}
NUMBER = PATENT["专利号"]
OTHER = {**PATENT, "专利号": "ZL202110345678.3", "申请日": "2021-03-30", "年费已交至": "2027-03-30"}


def says(clerk: Clerk, today: str = TODAY, *words: str, **cells: str) -> Answer:
    row = {"申请号": "CN2018112033451"} | cells
    return clerk.types("sync", clerk.fills(row, name="导出.xlsx"), *words, "--json", today=today)


def test_the_life_of_a_right_in_four_exports(clerk: Clerk) -> None:
    clerk.imports(PATENT, OTHER)
    same = says(clerk, 法律状态="授权", 专利权人="武汉示例大学")
    assert (same.code, same.json["rows"], same.json["unchanged"]) == (0, [], 1)

    (late,) = says(clerk, 法律状态="年费滞纳期").json["rows"]
    assert late["changes"] == [
        {
            "field": "patent.legal_status",
            "label": "专利法律状态",
            "before": "有效",
            "after": "年费滞纳期",
        }
    ]
    assert [(one["until"], one["basis"][:14]) for one in late["to_do"]] == [
        ("2026-10-16", "专利法实施细则 第一百一十五"),
        ("2027-04-16", "专利法实施细则 第一百一十五"),
    ]

    (lapsed,) = says(
        *(clerk, "2027-07-01"), 法律状态="未缴年费专利权终止", 终止通知书收到日="2027-06-02"
    ).json["rows"]
    (asked,) = lapsed["to_do"]
    assert (asked["until"], "请求恢复权利" in asked["what"]) == ("2027-08-02", True)
    assert "第六条" in asked["basis"]

    (restored,) = says(clerk, "2027-08-01", 法律状态="专利权恢复", 年费已交至="2027-10-16").json[
        "rows"
    ]
    assert [one["field"] for one in restored["changes"]] == [
        *("patent.legal_status", "patent.fee_paid_to")
    ]
    assert restored["to_do"] == []
    assert (
        says(clerk, "2027-08-01", 法律状态="专利权恢复", 年费已交至="2027-10-16").json["unchanged"]
        == 1
    )


def test_a_blank_cell_takes_nothing_away_and_a_trial_writes_nothing(clerk: Clerk) -> None:
    clerk.imports(PATENT)
    shown = clerk.types("show", NUMBER, "--json").json
    blank = says(clerk, 法律状态="", 年费已交至="", 专利权人="", 申请日="2018-10-16")
    assert (blank.json["rows"], blank.json["unchanged"]) == ([], 1)
    assert says(clerk, TODAY, "--dry-run", 法律状态="失效").json["rows"]
    assert clerk.types("show", NUMBER, "--json").json == shown


def test_another_owner_is_a_conflict_until_the_clerk_names_it(clerk: Clerk) -> None:
    clerk.imports(PATENT)
    cells = {"法律状态": "专利权终止", "专利权人": "某某科技公司", "年费已交至": "2020-10-16"}
    found = says(clerk, TODAY, **cells)
    (row,) = found.json["rows"]
    assert found.code == 1
    assert [one["field"] for one in row["changes"]] == ["patent.legal_status"]
    assert [(one["field"], one["conflict"]) for one in row["left"]] == [
        *(("patent.fee_paid_to", True), ("owners", True))
    ]
    assert any("核对专利登记簿" in one["what"] for one in row["to_do"])
    words = ("sync", clerk.folder / "导出.xlsx", "--only")
    assert clerk.types(*words, "专利权人，年费", today=TODAY).code == 0
    (patent,) = clerk.types("ledger", "--json").json["patents"]
    assert patent["owners"] == ["某某科技公司"]
    assert "不是文件中可更新的一栏" in clerk.types(*words, "价格", today=TODAY).err


def test_a_right_declared_invalid_is_not_asked_back(clerk: Clerk) -> None:
    clerk.imports({**PATENT, "年费已交至": "2025-10-16"})
    (row,) = says(clerk, 法律状态="专利权全部无效").json["rows"]
    assert not any("恢复" in one["what"] for one in row["to_do"])


def test_what_can_not_be_used_is_told(clerk: Clerk) -> None:
    clerk.imports(PATENT)
    path = clerk.fills(
        {"专利号": NUMBER, "法律状态": "有效", "年费已交至": "不详"},
        {"专利号": NUMBER, "法律状态": "失效"},
        {"专利号": "ZL202110345678.3", "法律状态": "有效"},
        {"专利号": "没有号", "法律状态": "有效"},
        name="杂.xlsx",
    )
    found = clerk.types("sync", path, "--json", today=TODAY).json
    assert (found["rows"], found["unknown"], found["unchanged"]) == (
        *([], ["ZL202110345678.3"]),
        1,
    )
    assert [any(word in note for note in found["notes"]) for word in ("不能识别", "同一件", "没有")]
    assert len(found["notes"]) == 3
    no_table = clerk.types("sync", clerk.fills({"甲": "乙"}, name="空.xlsx"), today=TODAY)
    assert (no_table.code, "没有可核对的表" in no_table.err) == (2, True)


def test_the_ledgers_own_export_changes_nothing(clerk: Clerk) -> None:
    clerk.imports(PATENT, OTHER)
    book = clerk.folder / "台账.xlsx"
    assert clerk.types("register", "--out", book).code == 0
    found = clerk.types("sync", book, "--json", today=TODAY).json
    assert (found["rows"], found["unchanged"]) == ([], 2)


def test_every_case_on_a_patent_follows_and_the_declaration_is_to_be_withdrawn(
    clerk: Clerk,
) -> None:
    for pack in ("hubei-2022", "cnipa-2024"):
        book = packs_folder() / pack / "sample.xlsx"
        assert clerk.types("import", book, "--pack", pack, today=TODAY).code == 0
    number = "ZL202121057728.X"
    words = ("filed", number, "--on", "2026-02-02", "--published", "2026-03-03")
    assert clerk.types(*words, "--pack", "cnipa-2024", today=TODAY).code == 0
    row = {"专利号": number, "法律状态": "专利权的主动放弃"}
    words = ("sync", clerk.fills(row, name="导出.xlsx"), "--json")
    (found,) = clerk.types(*words, today=TODAY).json["rows"]
    (withdraw,) = found["to_do"]
    assert withdraw["what"].startswith("撤回开放许可声明，并告知被许可人")
    assert (withdraw["until"], withdraw["basis"]) == (
        *(None, "专利法实施细则 第八十六条；专利审查指南 第五部分第十一章 2、4"),
    )
    cases = clerk.types("show", number, "--json", today=TODAY).json["cases"]
    told = [one["case"]["patent"]["legal_status"] for one in cases]
    assert told == ["专利权的主动放弃"] * len(found["case_ids"])
    assert clerk.types("verify", today=TODAY).code == 0
