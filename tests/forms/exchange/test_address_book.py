"""The address book leaves as a workbook and comes back from one."""

import io
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from forms.exchange.address_book import COLUMNS, read_book, write_book
from forms.exchange.sheets import Sheet, UnreadableFile
from forms.exchange.workbook_reader import read_file
from forms.facts.record import Bank, Party

UNIT = Party(
    name="湖北示例科技有限公司",
    kind="unit",
    identity_number="914201000000000000",
    address="武汉市示例路 1 号",
    phone="027-87000000",
    bank=Bank(name="示例银行", account="4200000000000000001"),
)
PERSON = Party(name="张喆铉", kind="person", email="zhang@example.com.cn")


def test_a_book_comes_back_as_it_left(tmp_path: Path) -> None:
    (tmp_path / "名册.xlsx").write_bytes(write_book([UNIT, PERSON]))
    read = read_book(read_file(tmp_path / "名册.xlsx"))
    assert read.parties == (UNIT, PERSON)
    assert read.nameless == ()
    assert write_book([UNIT, PERSON]) == write_book([UNIT, PERSON])


def test_no_cell_is_a_formula() -> None:
    book = load_workbook(io.BytesIO(write_book([Party(name="=HYPERLINK(1)", contact="\x07+1")])))
    assert book.active is not None
    assert [cell.data_type for cell in book.active[2] if cell.value] == ["s", "s"]
    assert book.active["A2"].value == "=HYPERLINK(1)"


def test_another_office_s_columns_are_understood(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["2022 年合作单位"],
        ["序号", "统一社会信用代码", "单位名称", "电话", "备注", "电话"],
        [1, "91420100MA4K000000", "湖北示例科技有限公司", "０２７－８７００００００", "好", "1"],
        [2, "", "", "13800000000"],
        [],
        [3, "", "李四"],
    ):
        sheet.append(row)
    book.save(tmp_path / "单位.xlsx")
    read = read_book(read_file(tmp_path / "单位.xlsx"))
    assert [party.name for party in read.parties] == ["湖北示例科技有限公司", "李四"]
    assert read.parties[0].phone == "027-87000000"
    assert read.parties[0].kind == "unit"
    assert read.nameless == (4,)


def test_a_workbook_of_something_else_is_told() -> None:
    sheet = Sheet(file="成绩.xlsx", name="1", rows=[["学号", "分数"], ["1", "90"]])
    with pytest.raises(UnreadableFile, match=r"成绩\.xlsx.*名称"):
        read_book([sheet])
    with pytest.raises(UnreadableFile):
        read_book([])
    assert COLUMNS[0].path == "name"
