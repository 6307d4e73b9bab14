"""The workbook a clerk is given, filled and brought back."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import msgspec
import openpyxl
import pytest

from forms.check.needs import needs
from forms.exchange.import_plan import plan
from forms.exchange.row_merge import shown
from forms.exchange.sheets import Sheet
from forms.exchange.template import (
    GUIDE_SHEET,
    LIST_SHEET,
    template,
    template_columns,
    write_template,
)
from forms.exchange.workbook_reader import read_file
from forms.facts.paths import value_at
from forms.facts.record import Case
from forms.ground.locate import packs_folder
from forms.pack.load import load
from forms.pack.types import Choice, Field, Pack

KNOWN_AT_LEAST = """
专利号 发明创造名称 专利权人 发明人 申请日 授权公告日 专利法律状态 年费已交至
单次许可期限 开放范围 许可期限届满日
自行实施情况 自行实施时间 自行实施范围 自行实施方式
许可他人情况 许可他人时间 许可他人范围
许可使用费方式 入门费 提成比例 总付金额 付款期限(日) 首期金额 每期金额
每期付款期限(日) 分期批次 分期周期 其他标准 其他约定事项
收件人 联系地址 邮编 联系电话 电子邮件 评价报告 质押情况
"""


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load(packs_folder() / "hubei-2022")


@pytest.fixture(scope="module")
def blank(pack: Pack) -> bytes:
    return template(pack)


@pytest.fixture
def brought_back(tmp_path: Path, blank: bytes) -> Callable[..., list[Sheet]]:
    """Fill rows of header=text below the sample row and read the file again."""

    def fill(*rows: dict[str, str]) -> list[Sheet]:
        book = openpyxl.load_workbook(io.BytesIO(blank))
        sheet = book[LIST_SHEET]
        places = {cell.value: cell.column for cell in sheet[1]}
        for row, cells in enumerate(rows, start=3):
            for header, text in cells.items():
                sheet.cell(row, places[header]).value = text
        book.save(tmp_path / "填好.xlsx")
        return read_file(tmp_path / "填好.xlsx")

    return fill


def test_the_template_asks_in_the_words_of_the_forms(pack: Pack, blank: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(blank))
    headers = [cell.value for cell in book[LIST_SHEET][1]]
    assert set(KNOWN_AT_LEAST.split()) <= set(headers)
    assert len(set(headers)) == len(headers)
    assert "专利类型" not in headers  # it follows from the number
    assert book.sheetnames == [LIST_SHEET, GUIDE_SHEET]
    assert book[LIST_SHEET].freeze_panes == "B2"


def test_it_is_the_same_file_each_time(pack: Pack, blank: bytes, tmp_path: Path) -> None:
    write_template(pack, tmp_path / "模板.xlsx")
    assert (tmp_path / "模板.xlsx").read_bytes() == blank == template(pack)


def test_an_empty_template_brings_no_case(
    pack: Pack, brought_back: Callable[..., list[Sheet]]
) -> None:
    done = plan(brought_back(), pack, [])
    assert done.rows == ()
    [first, second] = done.sheets
    assert first.header_row == 1 and first.ignored == ()
    assert second.header_row is None


def test_what_is_needed_comes_from_the_rules(pack: Pack, blank: bytes) -> None:
    needed = needs(pack)
    assert needed["patent.number"].severity == "error" and not needed["patent.number"].beside
    assert needed["single_term"].severity == "pending"
    [(way, choice)] = needed["royalty.lump_sum.amount"].beside
    assert (way.path, choice.value) == ("royalty.way", "lump_sum")
    sheet = openpyxl.load_workbook(io.BytesIO(blank))[LIST_SHEET]
    fills = {cell.value: cell.fill.start_color.rgb for cell in sheet[1]}
    assert len({fills["专利号"], fills["单次许可期限"], fills["入门费"]}) == 3
    notes = {cell.value: cell.comment.text for cell in sheet[1]}
    assert notes["专利号"].startswith("必须填写\n照专利证书填写")
    assert notes["入门费"].startswith("“许可使用费方式”为“入门费加提成”时填写")
    assert notes["付款期限(日)"].startswith("“许可使用费方式”为“一次总付”或“分期支付”时填写")
    assert "注意事项四" in notes["许可期限届满日"]


def test_choices_drop_down(blank: bytes) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(blank))[LIST_SHEET]
    offered = {v.formula1: str(v.sqref) for v in sheet.data_validations.dataValidation}
    assert '"免费,入门费加提成,一次总付,分期支付,其他"' in offered
    assert '"未自行实施,已自行实施"' in offered


def test_number_columns_are_text_and_nothing_is_a_formula(blank: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(blank))
    sheet = book[LIST_SHEET]
    columns = {cell.value: sheet.column_dimensions[cell.column_letter] for cell in sheet[1]}
    assert columns["专利号"].number_format == columns["邮编"].number_format == "@"
    assert not any(c.data_type == "f" for s in book for row in s.iter_rows() for c in row)
    with zipfile.ZipFile(io.BytesIO(blank)) as archive:
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist())


@pytest.mark.parametrize("way", ["免费", "入门费加提成", "一次总付", "分期支付", "其他"])
def test_a_filled_template_comes_back_as_the_case_it_was_filled_from(
    pack: Pack, brought_back: Callable[..., list[Sheet]], way: str
) -> None:
    """Every column, of every way, filled with the pack's own samples."""
    filled = {c.header: c.field.sample or "甲；乙" for c in template_columns(pack)}
    filled |= {"许可使用费方式": way, "期限补偿天数": "30", "专利权转移登记日": "2022-05-01"}
    filled |= dict.fromkeys(("开放许可备案日", "终止通知书收到日"), "2022-06-01")
    [row] = plan(brought_back(filled), pack, []).rows
    assert (row.row, row.action, row.case.unread) == (3, "new", {})
    other = "royalty.instalments.first_days" if way != "分期支付" else "royalty.lump_sum.days"
    asked = {field.path for column in template_columns(pack) for field in column.fields}
    assert _filled(row.case, asked) == asked - {other}
    again = dict(zip(*_written(pack, row.case), strict=True))
    [second] = plan(brought_back(again), pack, []).rows
    assert second.case == row.case


def _written(pack: Pack, case: Case) -> tuple[list[str], list[str]]:
    """Write a case back into the template's columns."""
    headers, texts = [], []
    for column in template_columns(pack):
        texts_of = [text for field in column.fields if (text := shown(case, field))]
        headers.append(column.header)
        texts.append(texts_of[0] if texts_of else "")
    return headers, texts


def _filled(case: Case, paths: set[str]) -> set[str]:
    found = set()
    for path in paths:
        here = path.replace("owners.", "owners.0.")
        if value_at(case, here) not in (None, "", ()):
            found.add(path)
    return found


def odd(pack: Pack, *fields: Field) -> Pack:
    return msgspec.structs.replace(pack, fields=(*pack.fields[:3], *fields))


def test_choices_that_no_list_can_hold_are_left_to_typing(pack: Pack) -> None:
    kinds = (
        (Choice(value="a", label='甲,乙"'),),
        tuple(Choice(value=str(n), label=f"很长的选项{n:03}" * 3) for n in range(30)),
    )
    fields = [
        Field(
            path=f"extra.x{n}", label="x", kind="choice", step="s", columns=(f"列{n}",), choices=c
        )
        for n, c in enumerate(kinds)
    ]
    made = openpyxl.load_workbook(io.BytesIO(template(odd(pack, *fields))))
    assert not made[LIST_SHEET].data_validations.dataValidation


def test_a_need_names_the_field_where_it_has_no_column(pack: Pack) -> None:
    fields = [
        msgspec.structs.replace(f, columns=() if f.path == "royalty.way" else f.columns)
        for f in pack.fields
        if f.path.startswith("royalty.")
    ]
    made = openpyxl.load_workbook(io.BytesIO(template(odd(pack, *fields))))
    notes = {cell.value: cell.comment.text for cell in made[LIST_SHEET][1]}
    assert notes["入门费"].startswith("“许可使用费标准”为")


def test_text_that_looks_like_a_formula_stays_text(pack: Pack) -> None:
    field = Field(
        path="region", label="x", kind="text", step="s", columns=("=1+1",), sample="=2+2\x01"
    )
    made = openpyxl.load_workbook(io.BytesIO(template(odd(pack, field))))
    last = [cell for cell in made[LIST_SHEET][2] if cell.value][-1]
    assert (last.value, last.data_type) == ("=2+2", "s")


def test_a_pack_without_a_day_of_force_still_says_what_it_needs(pack: Pack) -> None:
    identity = msgspec.structs.replace(pack.identity, in_force_from=None, in_force_until=None)
    assert needs(msgspec.structs.replace(pack, identity=identity)) == needs(pack)
