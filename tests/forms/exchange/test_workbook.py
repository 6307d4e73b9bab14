"""Files as offices mail them: workbooks and text tables, good, odd, broken and hostile."""

from __future__ import annotations

import io
import re
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.exchange import sheets, workbook_reader, xlsx_zip
from forms.exchange.sheet_scan import Noted, Texts, scanned
from forms.exchange.sheets import Block, UnreadableFile
from forms.exchange.workbook_reader import read_file
from forms.ground.cleaning import NO_RESULT, Shown

HEAD = ["专利号", "发明创造名称"]
ROW = ["ZL202110345678.3", "一种装置"]


@pytest.fixture
def put(tmp_path: Path) -> Callable[..., Path]:
    """Write bytes under a name."""

    def write(data: bytes, name: str = "清单.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write


def book(*rows: list[Any], **cells: Any) -> openpyxl.Workbook:
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    for place, value in cells.items():
        made.active[place] = value
    return made


def saved(made: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def changed(data: bytes, **parts: Any) -> bytes:
    """Return a zip with parts replaced: a name's words joined by _, bytes or a function."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            key = re.sub(r"\W", "_", name)
            content = parts.get(key, old.read(name))
            new.writestr(name, content(old.read(name)) if callable(content) else content)
    return out.getvalue()


def refusal(path: Path) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read_file(path)
    text = str(caught.value)
    assert path.name in text and text.endswith("。")
    return text


# ------------------------------------------------------------------ workbooks


def test_a_workbook_gives_its_sheets_from_the_first_cell_on(put: Any) -> None:
    made = book()
    made.active.title = "专利清单"
    made.active["B3"] = "专利号"
    made.active["C4"] = date(2023, 5, 16)
    made.active.merge_cells("D3:E4")
    made.create_sheet("空")
    [first, second] = read_file(put(saved(made), "清单.xlsx"))
    assert (first.file, first.name, second.name) == ("清单.xlsx", "专利清单", "空")
    assert first.rows[2][1] == "专利号"
    assert first.rows[3][2] == date(2023, 5, 16)
    assert second.rows == []


def test_cells_come_as_what_they_are(put: Any) -> None:
    made = book([202110345678.3, 30, "00123", True, time(10, 30), 45000, None, "=1+1"])
    [sheet] = read_file(put(saved(made), "a.xlsx"))
    assert sheet.rows[0] == [
        202110345678.3,
        30.0,
        "00123",
        True,
        time(10, 30),
        45000.0,
        "",
        NO_RESULT,
    ]


def test_a_number_shown_as_a_percentage_is_that_percentage(put: Any) -> None:
    made = book([0.03, 0.03, 0.035, 3, "3%", 0.5, date(2023, 5, 16)])
    for place, shape in (("A1", "0%"), ("C1", "0.00%"), ("F1", '0"%"'), ("E1", "0%")):
        made.active[place].number_format = shape
    made.active["D1"].number_format = '#,##0.0%;[Red]"负"0%'
    [sheet] = read_file(put(saved(made), "a.xlsx"))
    assert sheet.rows[0] == ["3%", 0.03, "3.5%", "300%", "3%", "0.5%", date(2023, 5, 16)]


def test_errors_and_formulas_without_a_result_are_not_passed_over(put: Any) -> None:
    made = book(["#N/A", "x", "=A9"], [None, "y"], A3="z", B5="=1")
    made.active["A1"].data_type = "e"
    [sheet] = read_file(put(saved(made), "a.xlsx"))
    assert sheet.rows[0] == ["#N/A", "x", NO_RESULT]
    assert sheet.rows[4][1] == NO_RESULT


@pytest.mark.parametrize(
    ("cells", "places"),
    [
        ('<row r="3"><c r="B3"/><c r="AA3"/></row>', [(2, 1), (2, 26)]),
        ('<row r="3"><c r="B3"/></row><row r="4"><c r="B3"/><c/></row>', [(2, 1), (2, 2)]),
        ('<row r="3"><c r="B3"/></row><row r="5"><c r="B43"/></row>', [(2, 1), (42, 1)]),
        (
            '<row r="1"><c r="B1"/></row><row r="2"><c r="B12"/><c r="B"/></row>',
            [(0, 1), (11, 1), (11, 2)],
        ),
        (
            '<row><c/><c/></row><row r="7"><c r="C7"/></row><row><c/></row>',
            [(0, 0), (0, 1), (6, 2), (7, 0)],
        ),
    ],
)
@pytest.mark.parametrize("prefix", ["", "x:"])
def test_a_cell_is_noted_where_it_says_it_is(
    cells: str, places: list[tuple[int, int]], prefix: str
) -> None:
    body = re.sub(r"<c( [^>]*)?/>", r'<c\1 t="e"><v>#N/A</v></c>', cells)
    body = re.sub(r"<(/?)([a-z])", rf"<\1{prefix}\2", body)
    name = f"{prefix}worksheet"
    part = f'<{name} xmlns{":x" if prefix else ""}="u">{body}</{name}>'.encode()
    noted = scanned(part, "工作表", {}, Texts("a.xlsx", []))
    assert list(noted.texts) == places


def test_a_formula_gives_the_value_last_shown(put: Any) -> None:
    data = changed(
        saved(book(["=1+1", "x"])),
        xl_worksheets_sheet1_xml=lambda part: part.replace(b"<v></v>", b"<v>2</v>").replace(
            b"<v/>", b"<v>2</v>"
        ),
    )
    assert read_file(put(data, "a.xlsx"))[0].rows == [[2.0, "x"]]


def test_a_formula_whose_result_is_no_text_is_blank(put: Any) -> None:
    data = changed(
        saved(book(["=A2", "x"])),
        xl_worksheets_sheet1_xml=lambda part: part.replace(b'<c r="A1"', b'<c r="A1" t="str"'),
    )
    assert read_file(put(data, "a.xlsx"))[0].rows == [["", "x"]]


@pytest.mark.parametrize(
    ("value", "shape", "seen"),
    [
        (36, '0"个月"', "36个月"),
        (5, '#,##0.00"万元"', "5.00万元"),
        (52345, '0!.0,"万元"', "5.2345万元"),  # all its figures, whatever is rounded
        (36, 'General"个月"', "36个月"),
        (80000, '[>=10000]0!.0,"万元";0"元"', "8.0万元"),
        (20220308, '0000"年"00"月"00"日"', "2022年03月08日"),
        (43000, "000000", "043000"),
        (300, "[$$-409]#,##0.00", "$300.00"),
        (0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', ""),
        (300, '"¥"#,##0.00', 300.0),
        (1234.5, "#,##0.00;[Red](#,##0.00)", 1234.5),
        ("36", '@"个月"', "36个月"),
        (202110345678.3, "0.00E+00", 202110345678.3),
        (date(2022, 6, 1), 'yyyy"年"m"月"', Shown(date(2022, 6, 1), "2022年6月")),
        (date(2022, 6, 1), "m月d日", date(2022, 6, 1)),
        (True, '0"个月"', True),
    ],
)
def test_a_cell_is_what_the_clerk_sees_in_it(put: Any, value: Any, shape: str, seen: Any) -> None:
    made = book([value, "装置"])
    made.active["A1"].number_format = shape
    [[cell, _]] = read_file(put(saved(made), "a.xlsx"))[0].rows
    assert cell == (Shown(cell.value, seen.text) if isinstance(cell, Shown) else seen)


def test_a_formula_that_found_nothing_is_a_blank_and_is_noted(put: Any) -> None:
    made = book(["=A9", "=A9", 0, "=1+1"])
    values = iter((b"<v>0</v>", b"<v>0.0</v>", b"<v>2</v>"))
    data = changed(
        saved(made),
        xl_worksheets_sheet1_xml=lambda part: re.sub(
            rb"<v>?\s*(/>|</v>)", lambda _: next(values), part
        ),
    )
    [sheet] = read_file(put(data, "a.xlsx"))
    assert sheet.rows == [["", "", 0.0, 2.0]]
    assert sheet.zeros == {(0, 0), (0, 1)}


def test_the_zeros_that_one_formula_filled_are_blanks_too(put: Any) -> None:
    part = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1"><f t="array" ref="A1:B2">Z1:Z9</f><v>7</v></c>'
        b'<c r="B1"><v>0</v></c><c r="C1"><v>0</v></c></row>'
        b'<row r="2"><c r="A2"><v>0</v></c></row></sheetData></worksheet>'
    )
    [sheet] = read_file(put(changed(saved(book(HEAD)), xl_worksheets_sheet1_xml=part), "a.xlsx"))
    assert sheet.rows == [[7.0, "", 0.0], ["", "", ""]]
    assert sheet.zeros == {(0, 1), (1, 0)}


def test_merged_cells_and_hidden_rows_and_columns_are_noted(put: Any) -> None:
    made = book(HEAD, ROW, ROW)
    made.active.merge_cells("A2:A3")
    made.active.row_dimensions[2].hidden = True
    made.active.column_dimensions["B"].hidden = True
    [sheet] = read_file(put(saved(made), "a.xlsx"))
    assert sheet.merged == (Block(1, 0, 2, 0),)
    assert sheet.hidden_rows == (1,)
    assert sheet.hidden_columns == ((1, 1),)


def test_a_workbook_that_counts_from_1904_says_so(put: Any) -> None:
    made = book(HEAD)
    assert not read_file(put(saved(made), "a.xlsx"))[0].from_1904
    made.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    assert read_file(put(saved(made), "b.xlsx"))[0].from_1904


def test_parts_are_found_by_their_relations_not_by_their_names(put: Any) -> None:
    made = book([0.03, "专利号"])
    made.active["A1"].number_format = "0%"
    out = io.BytesIO()
    renamed = {
        "xl/workbook.xml": "book/wb7.xml",
        "xl/_rels/workbook.xml.rels": "book/_rels/wb7.xml.rels",
        "xl/styles.xml": "xl/looks.xml",
        "xl/sharedStrings.xml": "texts/shared2.xml",
        "xl/worksheets/sheet1.xml": "xl/one.xml",
    }
    with zipfile.ZipFile(io.BytesIO(saved(made))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith((".rels", "Types].xml")):
                for before, after in renamed.items():
                    short = before.removeprefix("xl/")
                    for said in (f"/{before}", before, short):
                        content = content.replace(f'"{said}"'.encode(), f'"/{after}"'.encode())
            new.writestr(renamed.get(name, name), content)
    assert read_file(put(out.getvalue(), "a.xlsx"))[0].rows == [["3%", "专利号"]]


def test_a_hidden_sheet_is_named_but_not_read(put: Any) -> None:
    made = book(HEAD)
    made.create_sheet("旧").append(HEAD)
    made["旧"].sheet_state = "veryHidden"
    [_, hidden] = read_file(put(saved(made), "a.xlsx"))
    assert (hidden.name, hidden.hidden, hidden.rows) == ("旧", True, [])


def test_charts_and_macros_stay_behind(put: Any) -> None:
    made = book(HEAD)
    made.create_chartsheet("图", 0)
    data = saved(made)
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
        archive.writestr("xl/media/image1.png", b"picture")
        archive.writestr("../../evil.xml", b"<a/>")
    [sheet] = read_file(put(out.getvalue(), "a.xlsm"))
    assert sheet.rows == [HEAD]
    unpacked = xlsx_zip.unpack(xlsx_zip.parts_of(out.getvalue(), "a.xlsm"), "a.xlsm")
    with zipfile.ZipFile(io.BytesIO(unpacked.data)) as archive:
        assert not any("vba" in name or "media" in name for name in archive.namelist())


def test_a_workbook_is_known_by_its_content_not_its_name(put: Any) -> None:
    assert read_file(put(saved(book(HEAD)), "清单.csv"))[0].rows == [HEAD]
    assert read_file(put("专利号,发明创造名称\n".encode(), "清单.xlsx"))[0].rows == [HEAD]


def test_cells_without_a_place_follow_each_other(put: Any) -> None:
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row><c t="inlineStr"><is><t>专利号</t></is></c><c><v>5</v></c></row>'
        "<row><c/><c><f>A1</f></c></row></sheetData></worksheet>"
    ).encode()
    data = changed(saved(book(HEAD)), xl_worksheets_sheet1_xml=sheet)
    rows = read_file(put(data, "a.xlsx"))[0].rows
    assert rows == [["专利号", 5.0], ["", NO_RESULT]]


# ------------------------------------------------------------------ what is refused


def test_what_is_not_there_or_is_nothing(tmp_path: Path, put: Any) -> None:
    assert "找不到文件" in refusal(tmp_path / "无.xlsx")
    assert "空文件" in refusal(put(b"", "a.xlsx"))
    (tmp_path / "夹").mkdir()
    assert "文件夹" in refusal(tmp_path / "夹")
    assert "没有内容" in refusal(put(saved(book()), "b.xlsx"))
    assert "没有内容" in refusal(put(b"\n,,\n", "c.csv"))


def test_a_name_that_no_file_can_have() -> None:
    with pytest.raises(UnreadableFile):
        read_file(Path("a\x00b.xlsx"))


def test_a_file_that_can_not_be_opened(put: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(b"x")

    def refuse(*_: Any) -> Any:
        raise PermissionError

    monkeypatch.setattr(Path, "open", refuse)
    assert "无法打开" in refusal(path)


def test_a_file_too_large(put: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_reader, "MAX_FILE_BYTES", 10)
    assert "过大" in refusal(put(b"x" * 11))


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ".xls"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "密码",
        ),
        (b"%PDF-1.7 ...", "PDF"),
        ("<html><p>专利号</p></html>".encode(), "网页"),
        (b'\xef\xbb\xbf  <?xml version="1.0"?><Workbook/>', "网页"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "图片"),
        (b"\xff\xfe\x00\xd8", "不是可读取的表格"),
        (b"a\0b,c", "不是可读取的表格"),
        (b"\x81", "不是可读取的表格"),
    ],
)
def test_other_kinds_of_file_are_named(put: Any, data: bytes, word: str) -> None:
    assert word in refusal(put(data, "a.xlsx"))


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("parts", "word"),
    [
        ({"xl__workbook_bin": b""}, ".xlsb"),
        ({"mimetype": b"application/vnd.oasis.opendocument.text"}, ".ods"),
        ({"word__document_xml": b"<a/>"}, "Word"),
        ({"清单_xlsx": b""}, "压缩文件"),
    ],
)
def test_other_kinds_of_zip_are_named(put: Any, parts: dict[str, bytes], word: str) -> None:
    assert word in refusal(put(zipped(**parts), "a.xlsx"))


def test_a_truncated_workbook(put: Any) -> None:
    data = saved(book(HEAD, ROW))
    assert "不完整" in refusal(put(data[: len(data) // 2], "a.xlsx"))


def test_an_encrypted_zip(put: Any) -> None:
    data = bytearray(saved(book(HEAD)))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    assert "密码" in refusal(put(bytes(data), "a.xlsx"))


def test_a_bomb_is_not_unpacked(put: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.BytesIO(saved(book(HEAD)))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/bomb.xml", b"\0" * 30_000_000)
    path = put(out.getvalue(), "a.xlsx")
    tracemalloc.start()
    said = refusal(path)
    assert "解压后过大" in said and "新建的工作簿" in said
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()
    monkeypatch.setattr(xlsx_zip, "MAX_PARTS", 3)
    assert "解压后过大" in refusal(put(saved(book(HEAD)), "b.xlsx"))


def test_a_bomb_that_lies_about_its_size(put: Any) -> None:
    out = io.BytesIO(saved(book(HEAD)))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/bomb.xml", b"\0" * 1_000_000)
    data = out.getvalue()
    size = (1_000_000).to_bytes(4, "little")
    assert data.count(size) == 2
    assert "不完整" in refusal(put(data.replace(size, (10).to_bytes(4, "little")), "a.xlsx"))


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "docProps/app.xml"]
)
def test_document_types_and_their_entities_are_refused(put: Any, part: str) -> None:
    entity = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
    data = changed(
        saved(book(HEAD)),
        **{re.sub(r"\W", "_", part): lambda old: entity + old[old.find(b"?>") + 2 :]},
    )
    assert "已损坏" in refusal(put(data, "a.xlsx"))


@pytest.mark.parametrize(
    ("place", "word"),
    [("A200001", "第 200001 行"), ("ZZZ1", "第 18278 列"), ("ALK40000", "过大")],
)
def test_one_cell_far_away_makes_no_grid_of_billions(put: Any, place: str, word: str) -> None:
    path = put(saved(book(HEAD, **{place: 1})), "a.xlsx")
    text = refusal(path)
    assert word in text and "工作表“Sheet”" in text


def test_a_formatted_column_to_the_end_is_no_content(put: Any) -> None:
    made = book(HEAD)
    made.active["A1000000"].number_format = "0.00"
    assert read_file(put(saved(made), "a.xlsx"))[0].rows == [HEAD]


def test_a_sheet_that_is_missing_or_odd(put: Any) -> None:
    data = saved(book(HEAD))
    odd = changed(data, xl_worksheets_sheet1_xml=b'<worksheet><row r="x"/></worksheet>')
    assert "已损坏" in refusal(put(odd, "a.xlsx"))
    lost = changed(data, xl__rels_workbook_xml_rels=b"<Relationships/>")
    assert "已损坏" in refusal(put(lost, "b.xlsx"))
    relations = re.sub(rb'Target="/?(xl/)?', b'Target="', _part(data, "xl/_rels/workbook.xml.rels"))
    relative = changed(data, xl__rels_workbook_xml_rels=relations)
    assert read_file(put(relative, "c.xlsx"))[0].rows == [HEAD]


def _part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def test_a_workbook_without_styles_or_relations() -> None:
    bare = zipped(xl__workbook_xml=b'<workbook><sheets><sheet name="a"/></sheets></workbook>')
    assert xlsx_zip.unpack(xlsx_zip.parts_of(bare, "a.xlsx"), "a.xlsx").noted == (Noted(),)


@pytest.mark.parametrize("stop", [KeyboardInterrupt, MemoryError])
def test_the_readers_panic_is_a_broken_file_but_ctrl_c_is_not(
    put: Any, monkeypatch: pytest.MonkeyPatch, stop: type[BaseException]
) -> None:
    class Panic(BaseException):
        pass

    def fail(error: type[BaseException]) -> Callable[..., Any]:
        def raising(*_: Any) -> Any:
            raise error

        return raising

    path = put(saved(book(HEAD)), "a.xlsx")
    monkeypatch.setattr(workbook_reader.calamine, "load_workbook", fail(Panic))
    assert "已损坏" in refusal(path)
    monkeypatch.setattr(workbook_reader.calamine, "load_workbook", fail(stop))
    with pytest.raises(stop):
        read_file(path)


def test_what_was_noted_of_a_cell_the_reader_does_not_give(put: Any) -> None:
    """A value of nothing is no cell to the reader, though it is shown as a percentage."""
    made = book(HEAD, ROW)
    made.active["D5"] = 0.5
    made.active["D5"].number_format = "0%"
    data = changed(
        saved(made),
        xl_worksheets_sheet1_xml=lambda part: part.replace(b"<v>0.5</v>", b"<v></v>"),
    )
    assert read_file(put(data, "a.xlsx"))[0].rows[:2] == [HEAD, ROW]


# ------------------------------------------------------------------ text tables

TABLE = "专利号,发明创造名称\nZL202110345678.3,一种装置\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_text_table_in_every_encoding(put: Any, encoding: str, separator: str, end: str) -> None:
    text = TABLE.replace(",", separator).replace("\n", end)
    [sheet] = read_file(put(text.encode(encoding)))
    assert (sheet.file, sheet.name, sheet.rows) == ("清单.csv", "", [HEAD, ROW])


def test_big_endian_too(put: Any) -> None:
    data = b"\xfe\xff" + TABLE.encode("utf-16-be")
    assert read_file(put(data))[0].rows == [HEAD, ROW]


def test_quotes_keep_separators_and_line_ends(put: Any) -> None:
    data = '专利号;专利权人\nZL1;"示例大学\n张三, 李四; ""某""公司"\n'.encode()
    assert read_file(put(data))[0].rows[1] == ["ZL1", '示例大学\n张三, 李四; "某"公司']


def test_a_number_guarded_from_excel_is_unwrapped(put: Any) -> None:
    data = '专利号,标题\n="2021103456783",a\n"=""2021103456783""",b\n'.encode()
    rows = read_file(put(data))[0].rows
    assert [row[0] for row in rows[1:]] == ["2021103456783", "2021103456783"]


def test_commas_in_titles_do_not_outvote_the_semicolons(put: Any) -> None:
    data = "专利号;名称\nZL1;a, b, c\nZL2;d\n".encode()
    assert read_file(put(data))[0].rows[1] == ["ZL1", "a, b, c"]


def test_a_single_column_has_no_separator(put: Any) -> None:
    assert read_file(put("专利号\nZL1\n".encode()))[0].rows == [["专利号"], ["ZL1"]]


def test_an_unclosed_quote_does_not_swallow_the_rest(put: Any) -> None:
    text = refusal(put('专利号,名称\nZL1,好\nZL2,"一种\nZL3,x\n'.encode()))
    assert "第 3 行" in text


def test_a_field_too_long_for_the_reader(put: Any) -> None:
    assert "第 2 行" in refusal(put(("专利号,名称\nZL1," + "长" * 140_000).encode()))


def test_a_million_rows_are_refused_at_the_limit(put: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MAX_ROWS", 100)
    assert "第 101 行" in refusal(put(b"a,b\n" * 1_000_000))


# ------------------------------------------------------------------ anything at all


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.mktemp("any") / "a.csv"
    path.write_bytes(data)
    try:
        assert read_file(path)
    except UnreadableFile as fault:
        assert "a.csv" in str(fault)


GOOD = saved(book(HEAD, ROW, [0.03, date(2023, 5, 16)]))


@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=8))
def test_any_damage_to_a_workbook_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, at: int, damage: bytes
) -> None:
    path = tmp_path_factory.mktemp("any") / "a.xlsx"
    path.write_bytes(GOOD[:at] + damage + GOOD[at + len(damage) :])
    try:
        assert read_file(path)
    except UnreadableFile as fault:
        assert "a.xlsx" in str(fault)


PARTS = sorted(zipfile.ZipFile(io.BytesIO(GOOD)).namelist())


@given(st.sampled_from(PARTS), st.data())
def test_any_damage_inside_a_workbook_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, name: str, data: st.DataObject
) -> None:
    part = _part(GOOD, name)
    at = data.draw(st.integers(0, len(part)))
    piece = data.draw(st.sampled_from(PIECES) | st.binary(max_size=6))
    cut = data.draw(st.integers(0, 12))
    damaged = part[:at] + piece + part[at + cut :]
    path = tmp_path_factory.mktemp("any") / "a.xlsx"
    path.write_bytes(changed(GOOD, **{re.sub(r"\W", "_", name): damaged}))
    try:
        assert read_file(path)
    except UnreadableFile as fault:
        assert "a.xlsx" in str(fault)


PIECES = [
    b"-1",
    b"99999999999999999999",
    b"<v>",
    b"</v>",
    b"</c>",
    b"&#0;",
    b'"',
    b"<c r='A9999999'>",
    b"<!--",
    b"NaN",
    b"1e999",
]
