"""The proof of the design: a province that Python has never heard of, made of data alone.

`tests/packs/qinglan-2026` is a folder: its own steps, fields (some of its own kind), papers
with other names and other blocks, fewer rules, milder severities.  It goes the whole way.
"""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from openpyxl import load_workbook

from desktop.command_line.cli import main

PACK = Path(__file__).parent.parent / "packs" / "qinglan-2026"
NUMBER = "ZL202110345678.3"


@pytest.fixture
def run(tmp_path: Path):
    """Run a command of the program on a database of its own; it must end well."""

    def command(*words: object, code: int = 0) -> None:
        options = ["--db", tmp_path / "q.db", "--pack", PACK, "--today", "2026-11-21"]
        assert main([str(word) for word in (*words, *options)]) == code

    return command


def pdf_text(path: Path) -> str:
    """The words of a PDF without white space."""
    pages = pypdfium2.PdfDocument(path)
    try:
        return "".join("".join(p.get_textpage().get_text_bounded().split()) for p in pages)
    finally:
        pages.close()


def test_the_pack_has_no_fault(run, capsys: pytest.CaptureFixture[str]) -> None:
    run("pack", "check", PACK)
    assert "没有问题" in capsys.readouterr().out


def test_from_its_table_to_every_format_and_the_package(run, tmp_path: Path) -> None:
    run("office", "set", "--name", "青岚示例大学")
    run("import", PACK / "sample.csv")
    run("check")
    papers = tmp_path / "papers"
    run("export", "--format", "pdf", "--out", papers)
    run("export", "--paper", "register", "--format", "docx", "--out", papers)
    run("export", "--paper", "roll", "--format", "xlsx", "--out", papers)

    register = pdf_text(papers / f"青岚省专利开放许可登记表_{NUMBER}.pdf")
    assert "☑样机" in register and "□设想" in register
    assert "2024年5月1日" in register and "2,000.00" in register
    assert "（人民币伍万元整）" in register
    assert "青岚示例股份有限公司" in pdf_text(papers / f"开放许可承诺书_{NUMBER}.pdf")

    word = Document(str(papers / f"青岚省专利开放许可登记表_{NUMBER}.docx"))
    cells = "".join(cell.text for table in word.tables for cell in table._cells)
    assert "桥梁检测、隧道检测" in cells

    roll = (papers / "青岚省开放许可登记名册_青岚示例大学.xlsx").read_bytes()
    rows = list(load_workbook(BytesIO(roll)).active.iter_rows(values_only=True))
    assert rows[-1] == (1, NUMBER, "一种示例装置", "样机", "2024年5月1日")

    run("submit", "--out", tmp_path / "sent")
    names = {path.name for path in (tmp_path / "sent").rglob("*")}
    assert "青岚示例大学_登记_2026-11-21.eml" in names
    assert f"开放许可承诺书_{NUMBER}.pdf" in names


def test_its_template_asks_in_its_own_words(run, tmp_path: Path) -> None:
    run("template", "--out", tmp_path / "t.xlsx")
    headers = [cell.value for cell in load_workbook(tmp_path / "t.xlsx").worksheets[0][1]]
    assert {"权利人", "开放至", "成熟度", "样机完成日", "保证金"} <= {
        str(header).strip("*＊ ") for header in headers
    }


def test_its_own_field_that_cannot_be_read_is_a_problem_in_its_own_box(
    run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "t.csv"
    table.write_text(f"专利号,专利名称,样机完成日\n{NUMBER},甲,2024-02-30\n", encoding="utf-8")
    run("import", table)
    capsys.readouterr()
    run("check", "--json", code=1)
    (case,) = json.loads(capsys.readouterr().out)["cases"]
    (problem,) = (p for p in case["problems"] if p["field"] == "extra.demo_day")
    assert problem["severity"] == "error"
    assert problem["basis"] == "登记办法（虚构）第三条"
    assert "第三格 样机完成日" in problem["message"]
