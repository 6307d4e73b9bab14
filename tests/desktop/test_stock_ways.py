"""At the command line: the ways that are open to a patent, as the office's own facts have them."""

from pathlib import Path

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
