"""The contract's Word file opened in LibreOffice: its pages beside the PDF's.

Word sets its own lines; what is asked is what a party sees: the parties whole, the articles on
the page of the PDF or the next to it, amounts in one piece, all signatures on one page.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest

from forms.ground.locate import resources
from forms.output.docx import write_docx
from forms.output.pdf import render
from forms.output.xlsx import write_xlsx
from forms.paper.document import Document
from tests.forms.output.test_golden import DOCUMENTS

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
pytestmark = pytest.mark.skipif(
    OFFICE is None, reason="LibreOffice is not here: Word's pages are not compared with the PDF's"
)
_FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><dir>/usr/share/fonts</dir><cachedir>{cache}</cachedir>{aliases}
</fontconfig>"""
_ALIAS = "<alias binding='same'><family>{0}</family><prefer>{1}</prefer></alias>"
_STAND_INS = {
    "仿宋": ("Zhuque Fangsong (technical preview)",),
    "宋体": ("Noto Serif SC",),
    "黑体": ("Noto Sans SC",),
    "楷体": ("LXGW WenKai GB Lite",),
    "Times New Roman": ("Liberation Serif", "Noto Serif SC"),
}
_MOST_S = 180
_ARTICLE = re.compile("第[一二三四五六七八九十]+条")

Pages = Callable[[str, bytes], list[str]]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """LibreOffice's pages of an office file, as text without blanks."""
    home = tmp_path_factory.mktemp("libreoffice")
    aliases = "".join(
        _ALIAS.format(name, "".join(f"<family>{one}</family>" for one in others))
        for name, others in _STAND_INS.items()
    )
    fonts = _FONTS.format(fonts=resources() / "fonts", cache=home / "cache", aliases=aliases)
    (home / "fonts.conf").write_text(fonts, encoding="utf-8")

    def pages(name: str, content: bytes) -> list[str]:
        file = home / name
        file.write_bytes(content)
        subprocess.run(
            [
                str(OFFICE),
                f"-env:UserInstallation={(home / 'profile').as_uri()}",
                *("--headless", "--convert-to", "pdf", "--outdir", str(home), str(file)),
            ],
            env={**os.environ, "FONTCONFIG_FILE": str(home / "fonts.conf")},
            check=True,
            capture_output=True,
            timeout=_MOST_S,
        )
        return words(file.with_suffix(".pdf"))

    return pages


def words(pdf: Path | bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        texts = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    return [re.sub(r"[\s\u00a0]", "", text) for text in texts]


def articles(pages: list[str]) -> dict[str, int]:
    """The page on which each article begins: its heading's first."""
    found: dict[str, int] = {}
    for place, text in enumerate(pages):
        for heading in _ARTICLE.findall(text):
            found.setdefault(heading, place)
    return found


def contract(name: str) -> Document:
    return DOCUMENTS[name]()


def test_an_ordinary_contract_has_the_pages_of_its_pdf(opened: Pages) -> None:
    document = contract("contract-ordinary")
    ours, theirs = words(render(document)), opened("合同.docx", write_docx(document))
    assert len(theirs) == len(ours)
    beside = articles(theirs)
    apart = {
        heading: (page, beside[heading])
        for heading, page in articles(ours).items()
        if abs(beside[heading] - page) > 1
    }
    assert apart == {}
    same = sum(beside[heading] == page for heading, page in articles(ours).items())
    assert same >= len(beside) - 2


def test_parties_and_signatures_stay_whole(opened: Pages) -> None:
    document = contract("contract-ordinary")
    pages = opened("整体.docx", write_docx(document))
    signing = [place for place, text in enumerate(pages) if "（签名）" in text]
    assert signing == [len(pages) - 1]
    assert pages[-1].count("（盖章）") == 3
    assert "第十四条" in pages[-1]
    heads = [place for place, text in enumerate(pages) if "被许可人：" in text]
    assert "通讯地址：湖北省襄阳市" in pages[heads[0]]  # its last line with its first


def test_an_amount_is_never_parted(opened: Pages) -> None:
    document = contract("contract-ordinary")
    file = write_docx(document)
    assert "200,000.00元" in "".join(opened("金额.docx", file))


def test_a_draft_is_marked_on_every_page(opened: Pages) -> None:
    draft = contract("info-draft")
    assert draft.draft
    assert all("草稿" in text for text in opened("草稿.docx", write_docx(draft)))


def test_the_summary_goes_on_with_its_title(opened: Pages) -> None:
    pages = opened("汇总表.xlsx", write_xlsx(contract("summary-absurd")))
    assert "（续）" not in pages[0]
    assert len(pages) > 1 and all("汇总表（续）" in text for text in pages[1:])
