"""At the command line: a pool from its making to a member's leaving."""

from pathlib import Path

import openpyxl
import pytest

from tests.desktop.clerk import GOOD, SECOND, Clerk

TODAY = "2026-11-24"
POOL = "智慧农业专利池"


@pytest.fixture
def farm(clerk: Clerk) -> Clerk:
    clerk.imports(GOOD, SECOND)
    made = clerk.types(
        *("pool", "create", POOL, "--set", "管理费比例=10%", "--set", "分配办法=按权重"),
        *("--set", "技术分类=农机装备；加工与保鲜", "--set", "级别和权重=甲级=5；乙级=3；丙级=1"),
        *("--set", "成员可以自行对外许可=是", "--set", "最少评估意见（份）=2", "--json"),
        today=TODAY,
    )
    assert made.code == 0
    assert made.json["name"] == POOL
    return clerk


def test_an_application_goes_to_its_agreement(farm: Clerk) -> None:
    owner = GOOD["专利权人"].partition("；")[0]
    asked = farm.types(
        *("pool", "add", POOL, "--member", owner, "--case", GOOD["专利号"]),
        *("--case", SECOND["专利号"], "--grade", "乙级", "--category", "农机装备"),
        *("--apply", "--json"),
        today=TODAY,
    )
    at = asked.json["application_id"]
    assert asked.json["stage"] == "applied"
    early = farm.types("pool", "accept", POOL, at, today=TODAY)
    assert early.code != 0
    assert "至少 2 份" in early.err
    for by in ("李示例", "周示例"):
        said = farm.types(
            "pool", "review", POOL, at, "--by", by, "--vote", "take", "--json", today=TODAY
        )
    assert [one["reviewer"] for one in said.json["opinions"]] == ["李示例", "周示例"]
    signed = farm.types(
        *("pool", "accept", POOL, at, "--only", GOOD["专利号"], "--by", "评审会"),
        *("--signed", "2026-12-01", "--until", "2029-12-31", "--json"),
        today=TODAY,
    )
    assert (signed.json["stage"], signed.json["decision"]) == ("entered", "partly")
    shown = farm.types("pool", "show", "--json", today="2026-12-01").json
    assert [(one["name"], one["patents"], one["weight"]) for one in shown["members"]] == [
        (owner, 1, "3")
    ]
    (patent,) = shown["patents"]
    assert (patent["from"], patent["until"]) == ("2026-12-01", "2029-12-31")
    left = farm.types("pool", "leave", POOL, owner, "--on", "2027-03-01", "--json", today=TODAY)
    assert left.json["patents"] == 1
    after = farm.types("pool", "list", "--json", today="2027-03-01").json
    assert [(one["member_count"], one["patent_count"]) for one in after["pools"]] == [(0, 0)]


def test_a_patent_that_lapsed_falls_out_from_its_due_day(farm: Clerk) -> None:
    farm.types("pool", "add", POOL, "--member", "某大学", "--case", GOOD["专利号"], today=TODAY)
    late = farm.fills({"申请号": GOOD["专利号"], "法律状态": "全部无效"}, name="导出.csv.xlsx")
    farm.types("sync", late, today=TODAY)
    found = farm.types("pool", "sync", "--json", today=TODAY)
    assert (found.code, found.json["fall_outs"][0]["why"], found.json["left"]) == (1, "invalid", 1)
    number = GOOD["专利号"]
    gone = farm.types(
        *("pool", "leave", POOL, "--patent", number, "--why", "invalid"),
        *("--on", "2026-11-02", "--json"),
        today=TODAY,
    )
    assert gone.json["patents"] == [number]
    assert farm.types("pool", "sync", "--take", "--json", today=TODAY).json["fall_outs"] == []


def test_all_of_a_pool_goes_out_and_comes_in_as_a_workbook(farm: Clerk, tmp_path: Path) -> None:
    rows = [
        {"成员": "示例大学", "专利号": "ZL202010378597.9", "入池日": "2025-03-10", "级别": "甲级"},
        {"成员": "某某公司", "专利号": "ZL202121450887.6", "入池日": "2025-03-10"},
    ]
    members = farm.fills({"名称": "示例大学", "加入日": "2025-03-10"}, name="成员.xlsx")
    assert farm.types("pool", "add", POOL, "--from", members, today=TODAY).code == 0
    file = farm.fills(*rows, name="专利.xlsx")
    looked = farm.types("pool", "add", POOL, "--from", file, "--dry-run", "--json", today=TODAY)
    assert (looked.code, len(looked.json["changes"])) == (1, 1)
    assert "不在成员表中" in looked.json["notes"][0]
    assert farm.types("pool", "show", "--json", today=TODAY).json["patents"] == []
    farm.types("pool", "add", POOL, "--from", file, today=TODAY)
    out = tmp_path / "池.xlsx"
    assert farm.types("pool", "export", "--out", out, today=TODAY).code == 0
    again = farm.types("pool", "add", POOL, "--from", out, "--json", today=TODAY)
    assert (again.code, again.json["changes"]) == (0, [])
    assert "已存在" in farm.types("pool", "export", "--out", out, today=TODAY).err
    template = tmp_path / "模板.xlsx"
    assert farm.types("pool", "export", "--template", "--out", template, today=TODAY).code == 0


def test_what_is_meant_is_asked_for(clerk: Clerk) -> None:
    assert "还没有专利池" in clerk.types("pool", "show", today=TODAY).err
    clerk.types("pool", "create", "甲池", "--joined", today=TODAY)
    clerk.types("pool", "create", "乙池", today=TODAY)
    assert "写明是哪一个" in clerk.types("pool", "show", today=TODAY).err
    assert "可写的栏有" in clerk.types("pool", "set", "甲池", "--set", "颜色=红", today=TODAY).err
    assert "不能识别" in clerk.types("pool", "set", "甲池", "--set", "成立日=昨天", today=TODAY).err
    assert "没有编号为 99" in clerk.types("pool", "review", "甲池", 99, today=TODAY).err
    shown = clerk.types("pool", "show", "甲池", "--json", today=TODAY).json
    assert (shown["run"], shown["problems"][0]["basis"][:9]) == ("joined", "专利池运营规范（征")


def test_packages_go_to_the_members_and_come_back(farm: Clerk, tmp_path: Path) -> None:
    farm.types("pool", "add", POOL, "--member", "某大学", "--case", GOOD["专利号"], today=TODAY)
    out = tmp_path / "资料包"
    (made,) = farm.types("pool", "send", POOL, "--out", out, "--json", today=TODAY).json["packages"]
    assert made["member"] == "某大学"
    back = farm.types("pool", "receive", POOL, made["zip"], "--json", today=TODAY)
    assert (back.code, back.json["changes"], back.json["notes"]) == (0, [], [])
    wrong = farm.types("pool", "send", POOL, "别的大学", "--out", out, today=TODAY)
    assert "不是成员" in wrong.err


def test_other_members_patents_are_held_against_an_export(farm: Clerk, tmp_path: Path) -> None:
    members = farm.fills({"名称": "别的大学"}, name="成员.xlsx")
    farm.types("pool", "add", POOL, "--from", members, today=TODAY)
    rows = [
        {"成员": "别的大学", "专利号": number, "入池日": "2025-03-10"}
        for number in ("ZL202010378597.9", "ZL202121450887.6")
    ]
    farm.types("pool", "add", POOL, "--from", farm.fills(*rows, name="专利.xlsx"), today=TODAY)
    export = farm.fills(
        {
            "申请号": "202010378597.9",
            "法律状态": "未缴年费专利权终止",
            "申请日": "2020-05-07",
            "年费已交至": "2025-05-07",
            "专利权人": "别的大学",
        },
        name="导出.xlsx",
    )
    found = farm.types("pool", "sync", "--from", export, "--take", "--json", today=TODAY)
    assert [(one["why"], one["out_on"]) for one in found.json["fall_outs"]] == [
        ("lapsed", "2025-05-07")
    ]
    assert (found.json["taken"], found.json["left"]) == (1, 0)
    assert "1 件在池专利不在表中：ZL202121450887.6" in found.err


def test_what_a_workbook_says_beside_its_columns_is_told(farm: Clerk) -> None:
    row = {"专利号": GOOD["专利号"], "发明创造名称": "甲", "成员": "某大学"}
    farm.types("pool", "add", "--member", "某大学", today=TODAY)
    filled = farm.fills({**row, "入池日": "2024-01-01", "级别": "特级", "分值": "9", "空列": ""})
    found = farm.types("pool", "add", "--from", filled, "--json", today=TODAY)
    assert found.json["notes"] == ["工作表“Sheet”的列“分值”不认识，未采用"]
    shown = farm.types("pool", "show", "--json", today=TODAY).json
    (grade,) = [one for one in shown["problems"] if one["code"] == "grade_unknown"]
    assert grade["patent_number"] == GOOD["专利号"]
    assert "特级" in grade["message"]


def test_a_sheet_of_receipts_without_their_licences_makes_no_licences(farm: Clerk) -> None:
    filled = farm.fills(
        {"被许可人": "丁公司", "到账日": "2026-02-01", "金额": "100"}, name="账.xlsx"
    )
    book = openpyxl.load_workbook(filled)
    book.worksheets[0].title = "到账"
    members = book.create_sheet("成员")
    members.append(["名称"])
    members.append(["某大学"])
    book.save(filled)
    found = farm.types("pool", "add", "--from", filled, "--json", today=TODAY)
    assert [one["sheet"] for one in found.json["changes"]] == ["成员"]
    (note,) = found.json["notes"]
    assert "“到账”未采用：表头要有“许可编号”、“到账日”、“金额”" in note
