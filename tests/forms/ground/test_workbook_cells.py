"""No cell of a sheet or a table is run, and there is one door by which text comes into one."""

import ast
import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from python_calamine import load_workbook as read_workbook

from forms.ground.office_text import plain
from forms.ground.workbook_cells import copied_block, pasted_block, put_text, text_table

ROOT = Path(__file__).parents[3]
DOOR = ROOT / "forms" / "ground" / "workbook_cells.py"
DANGEROUS = [
    *("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1+1", "－2"),
    "=cmd|' /C calc'!A0",
]


def read(table: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(table.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_formula_is_text_in_a_table(text: str) -> None:
    assert read(text_table([[text, "别的"]])) == [[f"'{plain(text)}", "别的"]]


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_formula_is_text_where_it_is_pasted_and_comes_back_as_it_was(text: str) -> None:
    block = copied_block([[text, "别的"], ["'引", ""]])
    lines = list(csv.reader(io.StringIO(block, newline=""), delimiter="\t"))
    assert lines[0] == [f"'{plain(text)}", "别的"]
    assert pasted_block(block) == [[plain(text), "别的"], ["'引", ""]]


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_formula_is_text_in_a_sheet(text: str) -> None:
    book = Workbook()
    put_text(book.worksheets[0], 1, 1, text)
    saved = io.BytesIO()
    book.save(saved)
    cell = load_workbook(saved).worksheets[0].cell(1, 1)
    assert (cell.data_type, cell.number_format) == ("s", "@")
    assert str(cell.value).strip() == text.strip()


@given(st.from_regex(r"型号(_x[0-9A-Fa-f]{4}_?|_x005F_|B){1,4}", fullmatch=True))
def test_what_looks_like_a_spreadsheets_escape_comes_back_as_it_was(text: str) -> None:
    book = Workbook()
    put_text(book.worksheets[0], 1, 1, text)
    saved = io.BytesIO()
    book.save(saved)
    saved.seek(0)
    assert read_workbook(saved).get_sheet_by_index(0).to_python() == [[text]]


@given(st.lists(st.lists(st.text(), min_size=1), min_size=1))
def test_whatever_stands_in_a_table_no_cell_begins_as_a_formula(rows: list[list[str]]) -> None:
    for row in read(text_table(rows)):
        for cell in row:
            assert not cell.strip(" ").startswith(tuple("=+-@＝＋－＠"))
            assert not (cell.strip() and cell.startswith(("\t", "\r", "\n")))


def _writes(tree: ast.AST) -> Iterator[str]:
    """What in a module writes cells by other ways than the door."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            name, of = node.func.attr, ast.unparse(node.func.value)
            if of == "csv" and name in ("writer", "DictWriter"):
                yield f"csv.{name}"
            if name == "cell" and (len(node.args) > 2 or "value" in {k.arg for k in node.keywords}):
                yield ast.unparse(node)
            if name == "append" and of.split(".")[-1] in ("sheet", "worksheet", "ws"):
                yield ast.unparse(node)
        targets = node.targets if isinstance(node, ast.Assign) else ()
        for target in targets:
            if isinstance(target, ast.Attribute) and target.attr in ("value", "data_type"):
                yield ast.unparse(node)
            if isinstance(target, ast.Subscript) and "sheet" in ast.unparse(target.value):
                yield ast.unparse(node)


def _modules() -> Iterator[Path]:
    for room in ("forms", "db", "desktop"):
        yield from (ROOT / room).rglob("*.py")


def test_every_writer_of_cells_goes_through_the_door() -> None:
    found, writers = {}, []
    for file in _modules():
        text = file.read_text(encoding="utf-8")
        if not ("openpyxl" in text or "csv" in text):
            continue
        tree = ast.parse(text)
        if not {"openpyxl", "csv"} & _imported(tree):
            continue
        writers.append(file.name)
        if writes := list(_writes(tree)):
            found[file] = writes
    assert found.keys() == {DOOR}
    # One for texts in sheets, with their type, one for figures there, and one for tables.
    assert len(found[DOOR]) == 4
    assert {"workbook_cells.py", "xlsx.py", "template.py", "address_book.py"} <= set(writers)


def _imported(tree: ast.AST) -> set[str]:
    """The packages that a module imports anywhere in it."""
    names: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names.append(node.module or "")
    return {name.partition(".")[0] for name in names}


@pytest.mark.parametrize(
    "code",
    [
        "csv.writer(x)",
        "sheet.cell(1, 2, 'x')",
        "sheet.cell(row=1, column=2, value='x')",
        "cell.value = 'x'",
        "sheet['A1'] = 'x'",
        "self.sheet.append([1])",
    ],
)
def test_the_search_finds_what_it_looks_for(code: str) -> None:
    assert list(_writes(ast.parse(code)))
