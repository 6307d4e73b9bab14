"""At the command line: the papers of a pool, from application to a member's leaving."""

from io import BytesIO
from pathlib import Path

import docx
import pypdfium2
import pytest

from tests.desktop.clerk import GOOD, SECOND, Clerk

TODAY = "2026-11-24"
POOL = "智慧农业专利池"


def words_of(file: Path) -> str:
    document = pypdfium2.PdfDocument(file)
    try:
        text = "".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()
    return "".join(text.split())


@pytest.fixture
def farm(clerk: Clerk) -> Clerk:
    clerk.imports(GOOD, SECOND)
    clerk.types("pool", "create", POOL, "--set", "最少评估意见（份）=1", today=TODAY)
    return clerk


def test_the_papers_follow_an_application_to_the_end(farm: Clerk, tmp_path: Path) -> None:
    owner = GOOD["专利权人"].partition("；")[0]

    def made(code: str, name: str, *more: str, today: str = TODAY) -> Path:
        out = tmp_path / name
        done = farm.types("pool", "paper", code, POOL, *more, "--out", out, "--json", today=today)
        assert (done.code, done.json["paper"], done.json["file"]) == (0, code, str(out)), done.err
        return out

    none = farm.types("pool", "paper", "agreement", POOL, "--out", tmp_path / "a.pdf", today=TODAY)
    assert none.code != 0 and "还没有入池协议" in none.err
    asked = farm.types(
        *("pool", "add", POOL, "--member", owner, "--case", GOOD["专利号"]),
        *("--case", SECOND["专利号"], "--apply", "--json"),
        today=TODAY,
    )
    at = asked.json["application_id"]
    form = words_of(made("application", "申请表.pdf", "--of", owner))
    assert "专利池入池申请表" in form and SECOND["专利号"] in form and owner in form
    farm.types("pool", "review", POOL, at, "--by", "李示例", "--vote", "take", today=TODAY)
    farm.types(
        *("pool", "accept", POOL, at, "--by", "评审会", "--signed", "2026-12-01"),
        *("--until", "2029-12-31"),
        today=TODAY,
    )
    record = words_of(made("review", "记录.pdf", "--of", at))
    assert "评估意见共1份" in record and "☑全部入池" in record
    word = docx.Document(BytesIO(made("agreement", "协议.docx").read_bytes()))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    assert GOOD["专利号"] in cells
    farm.types("pool", "leave", POOL, owner, "--on", "2027-03-01", today=TODAY)
    left = words_of(made("exit", "退池.pdf", today="2027-03-02"))
    assert "自2027年3月1日起退出专利池，下列2件专利同时出池" in left
    assert "草稿" in words_of(made("checklist", "自查.pdf", "--of", "antitrust", "--draft"))


def test_what_can_not_be_made_is_told(farm: Clerk, tmp_path: Path) -> None:
    def refused(*words: object) -> str:
        told = farm.types("pool", "paper", *words, today=TODAY)
        assert told.code != 0
        return told.err

    out = tmp_path / "x.pdf"
    assert "可以存为：.pdf" in refused("application", POOL, "--out", tmp_path / "x.docx")
    assert "没有名为“丁”的自查表" in refused("checklist", POOL, "--of", "丁", "--out", out)
    assert "专利池还没有成员" in refused("exit", POOL, "--out", out)
    out.write_bytes(b"")
    assert "--force" in refused("checklist", POOL, "--out", out)
    assert out.read_bytes() == b""
