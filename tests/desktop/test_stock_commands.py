"""At the command line: taking stock with colleges that send back what they like."""

import email
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from forms.facts.patent_number import check_character
from tests.desktop.clerk import Answer, Clerk

TODAY = "2026-11-30"
COLLEGES = ("土木学院", "材料学院", "农学院")


def number_of(place: int) -> str:
    digits = f"20191{place:07d}"
    return f"ZL{digits}.{check_character(digits)}"


NUMBERS = [number_of(place) for place in range(1, 13)]


@pytest.fixture
def sent(clerk: Clerk) -> Clerk:
    """Twelve patents of three colleges in stock, sent out."""
    rows = [
        {
            "专利号": number,
            "发明创造名称": f"第{place}件示例装置",
            "发明人": f"示例人{place}",
            "学院/部门": COLLEGES[place % 3],
        }
        for place, number in enumerate(NUMBERS)
    ]
    assert stock(clerk, "import", clerk.fills(*rows)).json["new"] == NUMBERS
    made = stock(
        clerk, "split", "--by", "部门", "--out", clerk.folder / "发出", "--due", "2026-12-20"
    )
    assert [(one["college"], one["patents"]) for one in made.json["sent"]] == [
        ("土木学院", 4),
        ("材料学院", 4),
        ("农学院", 4),
    ]
    return clerk


def stock(clerk: Clerk, *words: object) -> Answer:
    return clerk.types("stock", *words, "--json", today=TODAY)


def fills(clerk: Clerk, college: str, change: Callable[[Any, dict[str, int]], None]) -> Path:
    """A college opens its workbook, does something to it, and saves it."""
    path = clerk.folder / "发出" / f"存量专利盘点表_{college}.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["盘点表"]
    columns = {str(cell.value): cell.column or 0 for cell in sheet[1]}
    change(sheet, columns)
    back = clerk.folder / f"{college}_填好.xlsx"
    book.save(back)
    return back


def put(sheet: Any, columns: dict[str, int], row: int, **cells: str) -> None:
    for heading, text in cells.items():
        sheet.cell(row, columns[heading]).value = text


WHOLE = {
    "财政资助项目形成": "否",
    "实施状态": "未实施",
    "转化意愿": "许可、转让",
    "技术成熟度": "中试",
    "应用场景": "桥梁检测",
    "专利自评": "★★★",
}


def test_a_college_fills_in_its_workbook_and_its_answers_arrive(sent: Clerk) -> None:
    def all_four(sheet: Any, columns: dict[str, int]) -> None:
        for row in range(2, 6):
            put(sheet, columns, row, **WHOLE)

    back = fills(sent, "土木学院", all_four)
    tried = stock(sent, "merge", back, "--dry-run")
    assert (tried.code, len(tried.json["changes"])) == (0, 24)
    assert len(stock(sent, "list", "--open").json["patents"]) == 12, "a trial writes nothing"
    done = stock(sent, "merge", back)
    assert (done.code, {one["stage"] for one in done.json["colleges"]}) == (
        0,
        {"complete", "waiting"},
    )
    first, *_ = stock(sent, "list", "--college", "土木学院").json["patents"]
    assert first["lacking"] == []
    assert first["answers"]["stars"] == {
        "values": ["3"],
        "shown": "三星",
        "unread": None,
        "by": "示例人0",
        "on": TODAY,
        "via": "土木学院_填好.xlsx",
    }
    again = stock(sent, "merge", back)
    assert (again.code, again.json["changes"]) == (0, [])


def test_a_mail_is_drafted_with_the_workbook_and_nothing_is_sent(sent: Clerk) -> None:
    draft = sent.folder / "发出" / "存量专利盘点表_农学院.eml"
    mail = email.message_from_bytes(draft.read_bytes())
    assert mail["X-Unsent"] == "1"
    assert mail["To"] is None, "no address is known"
    names = [part.get_filename() for part in mail.walk() if part.get_filename()]
    assert len(names) == 1
    refused = stock(sent, "split", "--out", sent.folder / "发出")
    assert refused.code != 0
    assert "未覆盖" in refused.err


def test_spoiled_returns_are_told_and_nothing_is_guessed_in_silence(sent: Clerk) -> None:
    def spoil(sheet: Any, columns: dict[str, int]) -> None:
        put(sheet, columns, 2, **WHOLE)
        put(sheet, columns, 3, 专利自评="特别好", 实施状态="未实施")  # no star
        sheet.cell(1, columns["技术成熟度"]).value = "成熟情况"  # renamed
        sheet.cell(4, columns["专利号"]).value = number_of(900)  # altered
        put(sheet, columns, 4, 实施状态="自行实施")
        sheet.append([number_of(901), "新授权的装置"])  # added
        sheet.append(["没有号码", "手写的一行"])
        sheet.delete_rows(5)  # the college does not own it, it thinks

    back = fills(sent, "材料学院", spoil)
    found = stock(sent, "merge", back)
    assert found.code == 1
    by_standing: dict[str, list[dict[str, Any]]] = {}
    for one in found.json["changes"]:
        by_standing.setdefault(one["standing"], []).append(one)
    assert {one["item"] for one in by_standing["guessed"]} == {"maturity"}
    assert not any(one["taken"] for one in by_standing["guessed"])
    (unread,) = by_standing["unread"]
    assert (unread["after"], "不是星级" in unread["reason"]) == ("特别好", True)
    (renumbered,) = by_standing["renumbered"]
    assert (renumbered["taken"], renumbered["after"]) == (False, "自行实施")
    assert [one["text"] for one in found.json["odd"]] == [number_of(901), "没有号码"]
    (gone,) = found.json["missing"]
    assert gone["college"] == "材料学院"
    assert any("成熟情况" in words for words in found.json["notes"])

    more = stock(sent, "merge", back, "--also", "推断", "--also", "改号", "--join")
    assert more.json["joined"] == [number_of(901)]
    assert {one["standing"] for one in more.json["changes"] if one["taken"]} == {
        "guessed",
        "renumbered",
    }
    (joined,) = [
        one for one in stock(sent, "list").json["patents"] if one["patent_number"] == number_of(901)
    ]
    assert (joined["college"], joined["title"]) == ("材料学院", "新授权的装置")


def test_two_returns_that_differ_are_a_conflict_whichever_way_they_come(sent: Clerk) -> None:
    def three(sheet: Any, columns: dict[str, int]) -> None:
        put(sheet, columns, 2, 专利自评="三星", 实施状态="未实施")

    def four(sheet: Any, columns: dict[str, int]) -> None:
        put(sheet, columns, 2, 专利自评="四星", 实施状态="未实施")

    first = fills(sent, "农学院", three).rename(sent.folder / "一.xlsx")
    second = fills(sent, "农学院", four).rename(sent.folder / "二.xlsx")
    together = stock(sent, "merge", first, second)
    assert together.code == 1
    stars = [one for one in together.json["changes"] if one["item"] == "stars"]
    assert [(one["standing"], one["taken"]) for one in stars] == [("conflict", False)] * 2
    assert [one["taken"] for one in together.json["changes"] if one["item"] == "working"] == [True]

    assert stock(sent, "merge", first).code == 0, "the first alone is taken"
    (late,) = stock(sent, "merge", second).json["changes"]
    assert (late["standing"], late["before"], late["after"]) == ("conflict", "三星", "四星")
    taken = stock(sent, "merge", second, "--also", "冲突")
    assert (taken.code, taken.json["changes"][0]["taken"]) == (0, True)


def test_merged_cells_and_moved_columns_are_read_and_told(sent: Clerk) -> None:
    def moved(sheet: Any, columns: dict[str, int]) -> None:
        put(sheet, columns, 2, 实施状态="产业化", 专利自评="五星")
        sheet.merge_cells(
            start_row=2, end_row=4, start_column=columns["实施状态"], end_column=columns["实施状态"]
        )
        sheet.move_range("A1:A5", cols=30)  # the numbers stand at the far right now

    found = stock(sent, "merge", fills(sent, "土木学院", moved)).json
    working = [one for one in found["changes"] if one["item"] == "working"]
    assert [one["standing"] for one in working] == ["changed", "merged", "merged"]
    assert {one["after"] for one in working} == {"产业化"}
    assert any("合并单元格" in words for words in found["notes"])


def test_what_is_none_of_ours_is_refused_and_names_what_is_wanted(sent: Clerk) -> None:
    other = sent.fills({"姓名": "张三", "电话": "027"}, name="通讯录.xlsx")
    refused = stock(sent, "merge", other)
    assert refused.code != 0
    assert "不是盘点表" in refused.err


def test_the_ledgers_patents_join_with_the_ledgers_facts(clerk: Clerk) -> None:
    from tests.desktop.clerk import GOOD

    clerk.imports(GOOD)
    assert stock(clerk, "import", "--ledger").json["new"] == [GOOD["专利号"]]
    (one,) = stock(clerk, "list").json["patents"]
    assert (one["of_ledger"], one["title"]) == (True, GOOD["发明创造名称"])
    assert stock(clerk, "import", "--ledger").json["same"] == 1


def test_a_round_is_closed_with_its_figures_and_the_next_one_opened(sent: Clerk) -> None:
    refused = stock(sent, "round", "--open", "2027年度")
    assert refused.code != 0
    assert "尚未结束" in refused.err
    rounds = stock(sent, "round", "--close", "--open", "2027年度", "--due", "2027-06-30")
    first, second = rounds.json["rounds"]
    assert (first["name"], first["closed_on"]) == ("2026 年度", TODAY)
    assert {one["college"]: one["asked"] for one in first["colleges"]} == dict.fromkeys(COLLEGES, 4)
    assert (second["name"], second["due_on"]) == ("2027年度", "2027-06-30")


def test_lapsed_rights_of_others_are_watched_and_a_list_goes_round(clerk: Clerk) -> None:
    row = {
        "专利号": number_of(70),
        "专利名称": "失效的装置",
        "失效日": "2026年3月1日",
        "拟用于": "教学",
    }
    odd = {"专利号": "不详", "专利名称": "没有号码"}
    found = stock(clerk, "watch", clerk.fills(row, odd))
    assert (found.code, found.json["new"]) == (1, [number_of(70)])
    out = clerk.folder / "关注.xlsx"
    stock(clerk, "watch", "--out", out)
    again = stock(clerk, "watch", out)
    assert (again.json["new"], again.json["changed"]) == ([], [])
    (right,) = again.json["rights"]
    assert (right["lapsed_on"], right["use"]) == ("2026-03-01", "教学")
    assert stock(clerk, "watch", "--remove", number_of(70)).json["rights"] == []


def test_the_summary_is_written_as_paper_and_workbook(sent: Clerk) -> None:
    made = stock(sent, "report", "--out", sent.folder / "汇总", "--college", "农学院").json
    assert made["patents"] == 4
    paper, book = map(Path, made["files"])
    assert paper.read_bytes().startswith(b"%PDF")
    rows = list(openpyxl.load_workbook(book).worksheets[0].values)
    assert rows[-1][0] == "总计　4 件"
    assert "待填" in rows[-2]


def test_all_is_exported_and_what_is_changed_there_comes_back(sent: Clerk) -> None:
    out = sent.folder / "全部.xlsx"
    assert stock(sent, "export", "--out", out).json["patents"] == 12
    book = openpyxl.load_workbook(out)
    sheet = book.worksheets[0]
    places = {str(cell.value): cell.column or 0 for cell in sheet[1]}
    sheet.cell(2, places["攻防作用"]).value = "防御"
    sheet.cell(2, places["专利自评"]).value = 4
    book.save(out)
    found = stock(sent, "merge", out)
    assert {one["item"]: one["after"] for one in found.json["changes"]} == {
        "role": "防御型",
        "stars": "四星",
    }
    assert all(one["taken"] for one in found.json["changes"])


def test_a_spoiled_file_never_stops_the_other_returns(sent: Clerk) -> None:
    good = fills(sent, "土木学院", lambda sheet, columns: put(sheet, columns, 2, 实施状态="未实施"))
    bad = sent.folder / "材料学院.xlsx"
    bad.write_bytes(good.read_bytes()[:2000])
    found = stock(sent, "merge", bad, good)
    assert found.code == 1
    assert any("材料学院.xlsx" in note and "已损坏" in note for note in found.json["notes"])
    assert [one["after"] for one in found.json["changes"]] == ["未实施"]
    assert "已损坏" in stock(sent, "merge", bad).err


def test_a_formula_that_was_never_reckoned_is_no_answer(sent: Clerk) -> None:
    def project(sheet: Any, columns: dict[str, int]) -> None:
        put(sheet, columns, 2, 财政资助项目形成="是", 项目名称="=VLOOKUP(A2,台账!A:B,2)")

    found = stock(sent, "merge", fills(sent, "土木学院", project)).json
    standings = {one["item"]: one["standing"] for one in found["changes"]}
    assert standings == {"funded": "changed", "project_name": "unread"}
    list_ = sent.fills({"专利号": number_of(71), "专利名称": "=1+1"}, name="关注.xlsx")
    (right,) = stock(sent, "watch", list_).json["rights"]
    assert "title" not in right, "what is blank is left out"


def test_a_round_wants_a_name_and_a_day_to_come(sent: Clerk) -> None:
    assert "没有名称" in stock(sent, "round", "--close", "--open", " ").err
    stock(sent, "round", "--close")
    late = stock(sent, "round", "--open", "2027年度", "--due", "2020-01-01")
    assert late.code != 0
    assert "早于今天" in late.err
    late = stock(
        sent, "split", "--by", "部门", "--out", sent.folder / "再发", "--due", "2020-01-01"
    )
    assert "早于今天" in late.err


def test_what_was_merged_is_found_sound_by_verify(sent: Clerk) -> None:
    def all_of_it(sheet: Any, columns: dict[str, int]) -> None:
        put(sheet, columns, 2, 实施状态="未实施", 财政资助项目形成="是", 项目名称="示例项目")

    assert stock(sent, "merge", fills(sent, "土木学院", all_of_it)).code == 0
    looked = sent.types("verify", today=TODAY)
    assert looked.code == 0, looked.out


def test_a_number_that_is_none_or_mistyped_joins_and_is_told(clerk: Clerk) -> None:
    rows = [
        {"专利号": number, "发明创造名称": "示例装置"}
        for number in ("乱号123", f"{NUMBERS[0][:-1]}{'1' if NUMBERS[0][-1] != '1' else '2'}")
    ]
    found = stock(clerk, "import", clerk.fills(*rows), "--dry-run").json
    assert len(found["new"]) == 2
    assert "“乱号123”不是专利号，仍列入盘点，请核对" in found["notes"]
    assert any(f"校验位应为 {NUMBERS[0][-1]}" in words for words in found["notes"])
