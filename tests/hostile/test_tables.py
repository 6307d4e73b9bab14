"""Text tables that strangers mail: any bytes under a harmless name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.desktop.clerk import GOOD, Clerk
from tests.hostile.bounded import bounded

HEAD = "专利号,发明创造名称\n"
LINE = "ZL202110345678.3,一种装置\n"

REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "空字节": (lambda: ("专利\0号,发明\0名称\n" + LINE).encode(), "不是可读取的表格"),
    "落单的代理": (
        lambda: b"\xff\xfe" + "专利号\n".encode("utf-16-le") + b"\x00\xd8",
        "不是可读取",
    ),
    "乱码": (lambda: HEAD.encode() + bytes(range(128, 256)) * 3, "没有找到表头"),
    "引号不成对": (lambda: (HEAD + LINE + 'ZL2,"没有结束\n' + LINE * 3).encode(), "第 3 行"),
    "引号在中间": (lambda: (HEAD + 'ZL2,"好"坏\n').encode(), "第 2 行"),
    "一格过长": (lambda: (HEAD + "ZL2," + "长" * 200_000).encode(), "第 2 行"),
    "只有逗号": (lambda: b",,,,\n" * 9, "没有内容"),
    "没有表头": (lambda: "甲,乙\n1,2\n".encode(), "没有找到表头"),
    "两千列": (lambda: (HEAD + "1," * 2000).encode(), "第 2001 列还有内容"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_table_that_can_not_be_read_is_refused_in_one_line(clerk: Clerk, name: str) -> None:
    make, word = REFUSED[name]
    path = clerk.folder / f"{name}.csv"
    path.write_bytes(make())
    clerk.types("list")
    answer = clerk.types("import", path)
    assert (answer.code, answer.out) == (2, "")
    [line] = answer.err.splitlines()
    assert f"{name}.csv" in line and word in line and line.endswith("。")


HEAVY: dict[str, Callable[[], bytes]] = {
    "百万列": lambda: HEAD.encode() + b"," * 20_000_000,
    "引号里的百万列": lambda: HEAD.encode() + b',"\n"' * 5_000_000,
    "一行": lambda: HEAD.encode() + b"x" * 20_000_000,
    "百万行": lambda: (HEAD + "ZL2,x\n" * 1_000_000).encode(),
    "百万空行": lambda: HEAD.encode() + b"\n" * 10_000_000,
}


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="measures memory on Linux")
def test_tables_without_end_are_refused_in_seconds_and_bounded_memory(tmp_path: Path) -> None:
    paths = []
    for name, make in HEAVY.items():
        paths.append(tmp_path / f"{name}.csv")
        paths[-1].write_bytes(make())
    for path, told in zip(paths, bounded(paths), strict=True):
        assert path.name in told.sentence and told.sentence.endswith("。"), told
        assert told.cpu_s < 10, told
        assert told.peak_mb < 300, told


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_what_is_hostile_inside_a_good_table_stays_text(clerk: Clerk, encoding: str) -> None:
    path = clerk.folder / "表.csv"
    titles = ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "<script>", "{patent.number}", "%s%n"]
    rows = [f"ZL2021103456{i:02},{title}\n" for i, title in enumerate(titles)]
    path.write_text(HEAD + "".join(rows), encoding=encoding, newline="")
    answer = clerk.types("import", path, "--json")
    assert answer.code == 0
    assert [row["title"] for row in answer.json["rows"]] == titles


def test_the_same_patent_twice_with_different_data_is_two_cases_and_one_error(
    clerk: Clerk,
) -> None:
    clerk.imports(GOOD, {**GOOD, "发明创造名称": "另一个名称", "许可期限届满日": "2029-12-31"})
    checked = clerk.types("check", "--json")
    assert checked.code == 1
    rules = [{p["rule"] for p in one["problems"]} for one in checked.json["cases"]]
    assert len(rules) == 2 and all("number.duplicate" in found for found in rules)


@pytest.mark.parametrize(
    "text",
    [
        "1" + " " * 30_000 + "1",
        "一" * 30_000,
        "1," * 15_000,
        "ZL" * 15_000,
        "(1) " * 8_000,
        "¥ " * 15_000,
    ],
)
def test_no_cell_holds_the_program_up(clerk: Clerk, text: str) -> None:
    """Each of these kept a pattern busy for minutes, or looks as if it could."""
    row = {head: text for head in GOOD if head != "专利号"}
    answer = clerk.types("import", clerk.fills({"专利号": "ZL202110345678.3", **row}), "--json")
    assert answer.code == 0
    assert len(answer.json["rows"][0]["unread"]) >= 4
