"""At the command line: the ways that are open to a patent, as the office's own facts have them."""

from pathlib import Path

import openpyxl

from tests.desktop.clerk import Answer, Clerk

TODAY = "2026-11-30"
SOUND, LATE = "ZL201910104729.5", "ZL201920112648.3"


def ways(clerk: Clerk, number: str) -> dict[str, dict[str, object]]:
    answer = clerk.types("stock", "ways", number, "--json", today=TODAY)
    assert answer.code == 0, answer.err
    return {one["way"]: one for one in answer.json["ways"]}


def stocked(clerk: Clerk) -> Path:
    rows = [
        {
            "专利号": SOUND,
            "发明创造名称": "一种桥梁拉索的在线监测方法",
            "专利权人": "示例大学",
            "申请日": "2019-03-04",
            "法律状态": "专利权维持",
            "年费已交至": "2027-03-03",
            "学院/部门": "土木学院",
        },
        {
            "专利号": LATE,
            "发明创造名称": "隧道检测装置",
            "申请日": "2019-03-04",
            "年费已交至": "2026-03-03",
            "学院/部门": "土木学院",
        },
    ]
    book = clerk.fills(*rows)
    done: Answer = clerk.types("stock", "import", book, "--json", today=TODAY)
    assert len(done.json["new"]) == 2, done.json
    return book


def test_the_ways_of_a_sound_patent_and_of_one_that_lapsed(clerk: Clerk) -> None:
    stocked(clerk)
    sound = ways(clerk, SOUND)
    assert set(sound["open"]) == {"way", "open", "reasons", "until"}
    assert (sound["transfer"]["open"], sound["transfer"]["until"]) == (True, "2039-03-03")
    assert sound["restore"]["open"] is False
    assert all(set(one) == {"message", "basis"} for one in sound["open"]["reasons"])
    lapsed = ways(clerk, LATE)
    assert {name for name, way in lapsed.items() if way["open"]} == {"restore"}, lapsed["restore"]
    said = clerk.types("stock", "ways", SOUND, today=TODAY).out
    assert "维持到期满须缴 12 期年费" in said
    assert "国知办函运字〔2024〕1070号" in said
    assert "由您决定" in said


def test_a_number_that_nobody_knows_is_told(clerk: Clerk) -> None:
    answer = clerk.types("stock", "ways", "ZL201810017765.4", today=TODAY)
    assert answer.code != 0
    assert "都没有" in answer.err


def test_the_ways_are_put_on_paper_and_into_a_workbook(clerk: Clerk) -> None:
    stocked(clerk)
    out = clerk.folder / "说明"
    assert clerk.types("stock", "ways", SOUND, "--out", out, today=TODAY).code == 0
    assert {one.suffix for one in out.iterdir()} == {".pdf", ".xlsx"}
    again = clerk.types("stock", "ways", SOUND, "--out", out, today=TODAY)
    assert again.code != 0
    assert "未覆盖" in again.err


def test_a_patent_is_graded_priced_and_its_history_kept(clerk: Clerk) -> None:
    stocked(clerk)
    book = clerk.folder / "分级.xlsx"
    assert clerk.types("stock", "grade", "--out", book, today=TODAY).code == 0
    columns = openpyxl.load_workbook(book)
    sheet = columns["分级"]
    heads = [cell.value for cell in sheet[1]]
    assert [cell.value for cell in sheet["A"]] == ["专利号", SOUND, LATE]
    for place, head in enumerate(heads, 1):
        if "：" in str(head):
            sheet.cell(2, place).value = 4
            sheet.cell(3, place).value = "很好"
    sheet.cell(2, heads.index("分类") + 1).value = "核心"
    columns.save(book)
    taken = clerk.types("stock", "grade", "--take", book, "--json", today=TODAY)
    assert taken.code == 1, "a mark of the second row is none"
    assert "不是 1 至 5 的分数" in taken.json["refused"][0]
    (one,) = taken.json["gradings"]
    assert (one["score"], one["grade"], one["class"]) == ("80.0", "a", "core")

    base = ("--base", "1,660,000", "--years", "3.0", "--source", "国知办函运字〔2024〕1070号")
    more = ("--mark", "market_demand=1", "--factor", "技术成熟度=0.6", "--licensees", "4")
    told = clerk.types("stock", "grade", SOUND, *base, *more, "--history", "--json", today=TODAY)
    (now,) = told.json["gradings"]
    assert (now["score"], now["grade"]) == ("71.0", "b")
    assert now["price"]["value"] == "83000"
    assert now["price"]["by_licensees"][0] == {"licensees": 1, "value": "332000"}
    assert [before["score"] for before in now["history"]] == ["80.0"]
    refused = clerk.types("stock", "grade", SOUND, "--grade", "a", today=TODAY)
    assert "请写明理由" in refused.err
    again = clerk.types("stock", "grade", "--take", book, "--json", today=TODAY)
    assert again.json["gradings"][0]["score"] == "80.0"
