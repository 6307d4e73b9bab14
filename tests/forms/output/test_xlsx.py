"""The summary as a spreadsheet: text cells, the form's look, ready to print."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from forms.facts.record import Case, Contact, Duration, Office, Party, Patent
from forms.ground.locate import packs_folder
from forms.output.xlsx import write_xlsx
from forms.pack.load import load
from forms.pack.types import Pack
from forms.paper.compose import compose, compose_summary

OFFICE = Office(name="示例大学", contact="张喆", phone="027-68880001")


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load(packs_folder() / "hubei-2022")


def case(number: str, title: str) -> Case:
    return Case(
        patent=Patent(number=number, title=title, legal_status="有效"),
        owners=(Party(name="示例大学"), Party(name="江汉示例智能装备有限公司")),
        single_term=Duration(count=3),
        region="全省",
        contact=Contact(name="李𬭎", phone="13800138000"),
    )


def sheet_of(pack: Pack, *cases: Case, draft: bool = False) -> Worksheet:
    document = compose_summary(pack.papers["summary"], cases, pack, office=OFFICE, draft=draft)
    sheet = load_workbook(BytesIO(write_xlsx(document))).active
    assert isinstance(sheet, Worksheet)
    return sheet


def rows(sheet: Worksheet) -> list[list[object]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_it_has_the_forms_head_columns_and_rows(pack: Pack) -> None:
    sheet = sheet_of(pack, case("ZL202110345678.3", "桥梁裂缝检测方法"))
    lines = rows(sheet)
    assert lines[0][0] == "附件 3"
    assert lines[1][0] == "湖北省专利开放许可（试点）汇总表"
    assert "单位名称（盖章）：示例大学" in str(lines[2][0])
    assert [str(head).replace("\n", "") for head in lines[3]][:3] == ["序号", "专利号", "专利名称"]
    assert lines[4] == [
        1,
        "ZL202110345678.3",
        "桥梁裂缝检测方法",
        "示例大学；江汉示例智能装备有限公司",
        "3年",
        "有效",
        "发明",
        "全省",
        "李𬭎",
        "13800138000",
    ]


def test_every_cell_is_text_and_none_is_a_formula(pack: Pack) -> None:
    sheet = sheet_of(pack, case("ZL202110345678.3", '=HYPERLINK("http://x","点我")'))
    title = sheet.cell(5, 3)
    assert title.data_type == "s" and title.value == '=HYPERLINK("http://x","点我")'
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert all(cell.number_format == "@" for cell in sheet[5][1:])


def test_it_prints_on_a4_landscape_with_its_header_repeated(pack: Pack) -> None:
    sheet = sheet_of(pack, *(case("ZL202110345678.3", "桥") for _ in range(40)))
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.print_title_rows == "$4:$4"
    assert sheet.freeze_panes == "A5"
    assert sheet.auto_filter.ref == "A4:J44"


def test_a_long_answer_makes_its_row_higher(pack: Pack) -> None:
    sheet = sheet_of(pack, case("ZL202110345678.3", "桥"), case("ZL202110345678.3", "桥" * 300))
    assert (sheet.row_dimensions[6].height or 0) > 3 * (sheet.row_dimensions[5].height or 0)


def test_a_draft_says_so(pack: Pack) -> None:
    sheet = sheet_of(pack, case("ZL202110345678.3", "桥"), draft=True)
    assert sheet.oddHeader.right.text == sheet.firstHeader.right.text == "草稿"
    assert "草稿" in rows(sheet)[0]


def test_the_same_cases_give_the_same_bytes(pack: Pack) -> None:
    document = compose_summary(
        pack.papers["summary"], [case("ZL202110345678.3", "桥")], pack, office=OFFICE
    )
    assert write_xlsx(document) == write_xlsx(document)


def test_nothing_is_cut_to_fit_a_cell(pack: Pack) -> None:
    with pytest.raises(ValueError, match="32767"):
        sheet_of(pack, case("ZL202110345678.3", "桥" * 33_000))


def test_a_paper_without_a_table_is_refused(pack: Pack) -> None:
    document = compose(pack.papers["consent"], Case(), pack)
    with pytest.raises(ValueError, match="no table"):
        write_xlsx(document)


def test_the_rows_are_counted_in_numbers_and_no_text_is_marked(pack: Pack) -> None:
    cases = [case("ZL202110345678.3", "甲"), case("ZL201710601862.3", "乙")]
    sheet = sheet_of(pack, *cases)
    assert [sheet.cell(row, 1).value for row in (5, 6)] == [1, 2]
    paper = pack.papers["summary"]
    data = write_xlsx(compose_summary(paper, cases, pack, office=Office(name="示例大学")))
    with zipfile.ZipFile(BytesIO(data)) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml").decode()
    assert 'sqref="A1:J6" numberStoredAsText="1"' in xml
    assert xml.index("</headerFooter>") < xml.index("<ignoredErrors>")


def test_a_seal_of_five_centimetres_finds_room_above_the_table(pack: Pack) -> None:
    sheet = sheet_of(pack, case("ZL202110345678.3", "甲"))
    assert sum(sheet.row_dimensions[row].height or 15 for row in (1, 2, 3)) >= 50 / 25.4 * 72 - 6


def test_further_pages_say_that_they_go_on_and_the_first_does_not(pack: Pack) -> None:
    sheet = sheet_of(pack, case("ZL202110345678.3", "甲"))
    assert sheet.HeaderFooter.differentFirst
    assert sheet.oddHeader.center.text == "湖北省专利开放许可（试点）汇总表（续）"
    assert not sheet.firstHeader.center.text
    assert sheet.firstFooter.center.text == sheet.oddFooter.center.text == "第&P页　共&N页"
