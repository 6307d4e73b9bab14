"""Tables that are no .xlsx: .xls and .et, .ods, pages named .xls, and what only looks like one."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import pytest
import xlwt

from forms.exchange.sheets import Sheet, UnreadableFile
from forms.exchange.workbook_reader import read_file
from forms.ground.cleaning import Cell
from tests.forms.exchange.making import (
    contained,
    excel_95,
    ods,
    old,
    row,
    text_cell,
    value_cell,
)

HEAD = ["专利号", "发明创造名称"]
ROW = ["ZL202110345678.3", "一种装置"]

Put = Callable[[bytes, str], Path]


@pytest.fixture
def put(tmp_path: Path) -> Put:
    def write(data: bytes, name: str) -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write


def refusal(path: Path) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read_file(path)
    text = str(caught.value)
    assert path.name in text and text.endswith("。")
    return text


# ------------------------------------------------------------------ .xls and .et


@pytest.mark.parametrize("name", ["清单.xls", "清单.et", "清单.xlsx", "清单"])
def test_a_workbook_of_before_2007_is_read_by_its_content_whatever_its_name(
    put: Put, name: str
) -> None:
    [sheet] = read_file(put(old(HEAD, ROW), name))
    assert (sheet.file, sheet.name, sheet.rows) == (name, "专利清单", [HEAD, ROW])


def test_its_cells_are_what_excel_shows(put: Put) -> None:
    cells: list[Any] = [
        (0.03, "0%"),
        (0.035, "0.00%"),
        (date(2021, 3, 31), 'yyyy"年"m"月"d"日"'),
        (datetime(2021, 3, 31, 8, 30), "yyyy-mm-dd hh:mm"),
        (time(10, 30), "hh:mm"),
        202110345678.3,
        30,
        True,
        "00123",
        None,
        "<一>&\n二 _x0041_",
    ]
    [sheet] = read_file(put(old(cells), "a.xls"))
    assert sheet.rows[0] == [
        "3%",
        "3.5%",
        date(2021, 3, 31),
        datetime(2021, 3, 31, 8, 30),
        time(10, 30),
        202110345678.3,
        30.0,
        True,
        "00123",
        "",
        "<一>&\n二 _x0041_",
    ]


def test_dates_that_count_from_1904_are_the_days_they_show(put: Put) -> None:
    def from_1904(made: Any) -> None:
        made.dates_1904 = True
        made.get_sheet(0).write(0, 0, date(2021, 3, 31), xlwt.easyxf(num_format_str="yyyy-mm-dd"))

    [sheet] = read_file(put(old(fill=from_1904), "a.xls"))
    assert sheet.rows[0][0] == date(2021, 3, 31)


def test_its_hidden_sheets_are_named_and_its_empty_ones_are_empty(put: Put) -> None:
    def more(made: Any) -> None:
        made.add_sheet("旧").visibility = 1
        made.add_sheet("空")

    first, hidden, empty = read_file(put(old(HEAD, fill=more), "a.xls"))
    assert (first.hidden, hidden.name, hidden.hidden) == (False, "旧", True)
    assert (empty.name, empty.rows) == ("空", [])


def errors(made: Any) -> None:
    sheet = made.get_sheet(0)
    sheet.row(1).set_cell_error(0, 0x2A)
    sheet.row(1).set_cell_error(1, 0x17)


def test_its_errors_are_not_passed_over(put: Put) -> None:
    [sheet] = read_file(put(old(HEAD, fill=errors), "a.xls"))
    assert sheet.rows[1] == ["#N/A", "#REF!"]


def test_a_workbook_of_excel_95_is_read_by_its_code_page(put: Put) -> None:
    [sheet] = read_file(put(excel_95([HEAD, ROW]), "a.xls"))
    assert sheet.rows == [HEAD, ROW]


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("EncryptedPackage", "有密码"),
        ("DRMEncryptedDataSpace", "权限保护"),
        ("WordDocument", "Word"),
        ("PowerPoint Document", "演示文稿"),
        ("__properties_version1.0", "邮件"),
        ("Anything", "另存为"),
    ],
)
def test_a_container_that_holds_no_workbook_is_told_for_what_it_is(
    put: Put, name: str, word: str
) -> None:
    assert word in refusal(put(contained(name, b"x" * 5000), "清单.xls"))


def test_a_workbook_of_before_2007_with_a_password_is_told_so(put: Put) -> None:
    data = bytearray(old(HEAD, ROW))
    at = data.index(b"\x42\0\2\0")  # its code page; a password's record in the place of it
    data[at] = 0x2F
    assert "有密码" in refusal(put(bytes(data), "清单.xls"))


def test_a_broken_workbook_of_before_2007_is_refused(put: Put) -> None:
    data = old(HEAD, *[ROW] * 200)
    assert "已损坏" in refusal(put(data[: len(data) // 2], "清单.xls"))


# ------------------------------------------------------------------ .ods


def only(put: Put, rows: str) -> list[list[Cell]]:
    [sheet] = read_file(put(ods(rows), "清单.ods"))
    return sheet.rows


def test_a_spreadsheet_of_libreoffice_is_read(put: Put) -> None:
    rows = row(*map(text_cell, HEAD)) + row(*map(text_cell, ROW))
    padding = row('<table:table-cell table:number-columns-repeated="16384"/>')
    padding = padding.replace(
        "<table:table-row", '<table:table-row table:number-rows-repeated="1048574"'
    )
    assert only(put, rows + padding) == [HEAD, ROW]


def test_its_cells_are_what_libreoffice_shows(put: Put) -> None:
    cells = row(
        value_cell("percentage", "0.03", ' table:style-name="ce1"'),
        value_cell("percentage", "0.5"),
        value_cell("date", "2021-03-31"),
        value_cell("date", "1899-05-01"),
        value_cell("time", "PT10H30M00S"),
        value_cell("currency", "50000"),
        value_cell("boolean", "true"),
        text_cell("甲<text:s text:c='2'/>乙</text:p><text:p>丙<text:span>丁</text:span>"),
    )
    assert only(put, cells)[0] == [
        "3%",
        "50%",
        date(2021, 3, 31),
        "1899-05-01",
        time(10, 30),
        50000.0,
        True,
        "甲  乙\n丙丁",
    ]


def test_repeated_cells_and_rows_are_so_many(put: Put) -> None:
    rows = row(
        text_cell("甲", ' table:number-columns-repeated="2"'),
        '<table:table-cell table:number-columns-repeated="2"/>',
        text_cell("乙"),
        more=' table:number-rows-repeated="2"',
    )
    assert only(put, rows + row(text_cell("丙"))) == [
        ["甲", "甲", "", "", "乙"],
        ["甲", "甲", "", "", "乙"],
        ["丙", "", "", "", ""],
    ]


def test_comments_and_drawings_are_no_part_of_a_cell(put: Put) -> None:
    said = "<office:annotation><text:p>核对</text:p></office:annotation>"
    drawn = "<draw:frame xmlns:draw='d'><text:p>图</text:p></draw:frame>"
    cell = text_cell("一种装置").replace("<text:p>", f"{said}{drawn}<text:p>", 1)
    assert only(put, row(cell)) == [["一种装置"]]


def test_its_errors_and_hidden_sheets_are_told(put: Put) -> None:
    error = (
        '<table:table-cell table:formula="of:=NA()" office:value-type="string"'
        ' office:string-value="" calcext:value-type="error"><text:p>#N/A</text:p>'
        "</table:table-cell>"
    )
    hidden = (
        f'<table:table table:name="旧" table:style-name="ta2">{row(text_cell("旧"))}</table:table>'
    )
    first, second = read_file(put(ods(row(error), hidden), "清单.ods"))
    assert first.rows == [["#N/A"]]
    assert (second.name, second.hidden) == ("旧", True)


def test_one_with_a_password_a_text_and_a_broken_one_are_told(put: Put) -> None:
    locked = ods("", manifest=b"<m:manifest><m:encryption-data/></m:manifest>", content=b"\x8f\1")
    assert "有密码" in refusal(put(locked, "a.ods"))
    assert "已损坏" in refusal(put(ods("", content=b"<office:x><y></office:x>"), "b.ods"))
    letter = ods("", mimetype=b"application/vnd.oasis.opendocument.text")
    assert "不是表格" in refusal(put(letter, "c.ods"))


# ------------------------------------------------------------------ pages

PAGE = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>
<meta http-equiv="Content-Type" content="text/html; charset={charset}"><style>td {{x}}</style>
</head>
<body><table border=1><tr><th>专利号</th><th>发明创造&nbsp;名称<th>专利权人</tr>
<tr><td style="vnd.ms-excel.numberformat:@">ZL202110345678.3<td>一种<b>装置</b>
<td>甲大学<br>乙公司</td></tr></table></body></html>"""


@pytest.mark.parametrize(
    ("charset", "encoding"), [("gb2312", "gbk"), ("utf-8", "utf-8"), ("no-such", "gbk")]
)
def test_a_page_that_a_database_calls_xls_is_read(put: Put, charset: str, encoding: str) -> None:
    [sheet] = read_file(put(PAGE.format(charset=charset).encode(encoding), "清单.xls"))
    assert sheet.rows == [
        ["专利号", "发明创造 名称", "专利权人"],
        ["ZL202110345678.3", "一种装置", "甲大学\n乙公司"],
    ]


def test_cells_of_a_page_stand_beside_those_that_reach_down_to_them(put: Put) -> None:
    page = (
        "<table><tr><td rowspan=2>甲<td colspan=2>乙<td>丙</tr>"
        "<tr><td>丁<td>戊<td>己</tr><tr><td rowspan=0 colspan='x'>庚</table>"
        "<table><tr></tr></table><table><tr><td>另一张</table>"
    )
    first, second = read_file(put(page.encode(), "a.xls"))
    assert first.rows == [["甲", "乙", "", "丙"], ["", "丁", "戊", "己"], ["庚", "", "", ""]]
    assert second.rows == [["另一张"]]


def test_a_page_without_a_table_is_told_so(put: Put) -> None:
    page = "<!DOCTYPE html><html><body><script>'<table>'</script>请先登录</body></html>"
    assert "没有表格" in refusal(put(page.encode(), "清单.xls"))


def test_other_pages_say_what_to_do(put: Put) -> None:
    for start in ("MIME-Version: 1.0\n", '<?xml version="1.0"?><Workbook/>'):
        assert "另存为" in refusal(put(start.encode(), "清单.xls"))


# ------------------------------------------------------------------ what only looks like a table


@pytest.mark.parametrize(
    "data",
    [
        b"\x62\x14\x23\x65\x01\x02\0\0E-SafeNet\0\0LOCK" + Random(1).randbytes(4000),
        b"%TSD-Header-###%" + Random(2).randbytes(4000),
        Random(3).randbytes(20_000),
        Random(4).randbytes(600),
    ],
)
@pytest.mark.parametrize("name", ["清单.xlsx", "清单.csv"])
def test_a_file_that_an_encryption_product_locked_says_to_unlock_it(
    put: Put, data: bytes, name: str
) -> None:
    assert "加密软件" in refusal(put(data, name))


@pytest.mark.parametrize(
    ("name", "meant"),
    [("~$清单.xlsx", "清单.xlsx"), (".~lock.清单.ods#", "清单.ods"), (".~清单.et", "清单.et")],
)
@pytest.mark.parametrize("data", [b"\x04\xe5\xbc\xa0" + b" " * 161, b""])
def test_the_small_file_beside_an_open_workbook_names_the_workbook(
    put: Put, name: str, meant: str, data: bytes
) -> None:
    assert f"“{meant}”" in refusal(put(data, name))


def test_a_workbook_whose_name_only_looks_like_that_is_read(put: Put) -> None:
    made = openpyxl.Workbook()
    assert made.active is not None
    made.active["A1"] = "专利号"
    out = io.BytesIO()
    made.save(out)
    [sheet] = read_file(put(out.getvalue(), "~$清单.xlsx"))
    assert sheet.rows == [["专利号"]]


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"Rar!\x1a\x07", "解压"),
        (b"7z\xbc\xaf\x27\x1c", "解压"),
        (b"\x89PNG\r\n\x1a\n\0\0", "图片"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "图片"),
        (b"{\\rtf1", "RTF"),
    ],
)
def test_other_files_are_told_for_what_they_are(put: Put, data: bytes, word: str) -> None:
    assert word in refusal(put(data, "清单.xls"))


# ------------------------------------------------------------------ text tables

LINES = ["专利号,发明创造名称,专利权人"] + [
    f"ZL20211034567{n}.3,一种测量装置及其使用方法{n},武汉示例大学" for n in range(9)
]


def csv_of(put: Put, data: bytes, name: str = "清单.csv") -> Sheet:
    [sheet] = read_file(put(data, name))
    return sheet


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_a_text_table_is_read_with_or_without_a_mark(put: Put, encoding: str) -> None:
    sheet = csv_of(put, "\r\n".join(LINES).encode(encoding), "清单.xls")
    assert sheet.rows == [line.split(",") for line in LINES]
    assert sheet.notes == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
@pytest.mark.parametrize("bad", [b"\xff", b"\x00", b"\xe6"])
def test_one_bad_byte_is_told_with_its_line_and_spoils_no_other(
    put: Put, encoding: str, bad: bytes
) -> None:
    lines = [
        line.encode(encoding if n == 0 else encoding.removesuffix("-sig"))
        for n, line in enumerate(LINES)
    ]
    cut = len(lines[4]) - len("大学".encode(encoding.removesuffix("-sig")))
    lines[4] = lines[4][:cut] + bad + b"," + lines[4][cut:]
    sheet = csv_of(put, b"\n".join(lines))
    assert [row for n, row in enumerate(sheet.rows) if n != 4] == [
        line.split(",") for n, line in enumerate(LINES) if n != 4
    ]
    assert str(sheet.rows[4][2]) == "武汉示例�"
    [note] = sheet.notes
    assert "第 5 行" in note and ("GBK" if encoding == "gbk" else "UTF-8") in note


def test_a_file_cut_within_a_letter_is_read_to_there(put: Put) -> None:
    sheet = csv_of(put, "\n".join(LINES).encode()[:-1])
    assert str(sheet.rows[9][2]) == "武汉示例大�"
    assert "第 10 行" in sheet.notes[0]


def test_the_sign_that_old_databases_end_with_is_no_part_of_the_table(put: Put) -> None:
    sheet = csv_of(put, "\r\n".join(LINES).encode("gbk") + b"\r\n\x1a")
    assert (len(sheet.rows), sheet.notes) == (10, ())


def test_many_bad_lines_are_counted(put: Put) -> None:
    lines = [line.encode() + b"\xff" * (n > 1) for n, line in enumerate(LINES)]
    [note] = csv_of(put, b"\n".join(lines)).notes
    assert "第 3 行、第 4 行、第 5 行、第 6 行、第 7 行等 8 行" in note


def test_a_text_that_was_spoilt_before_is_read_and_told(put: Put) -> None:
    sheet = csv_of(put, "\n".join([*LINES, "�" * 300 + ",甲"]).encode())
    assert len(sheet.rows) == 11 and "第 11 行" in sheet.notes[0]


def test_units_formulas_of_a_blank_and_merged_cells_are_seen_in_old_workbooks_too(
    put: Put,
) -> None:
    def more(made: Any) -> None:
        sheet = made.get_sheet(0)
        sheet.write_merge(1, 2, 0, 0, "甲")
        sheet.row(2).hidden = True
        sheet.write(2, 1, "乙")

    [sheet] = read_file(put(old([(36, '0"个月"'), (5, '0"万元"')], fill=more), "a.xls"))
    assert sheet.rows[0] == ["36个月", "5万元"]
    assert [(one.top, one.bottom) for one in sheet.merged] == [(1, 2)]
    assert sheet.hidden_rows == (2,)
