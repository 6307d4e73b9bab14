"""The pool's papers: all of them are made, nothing of what they were given is left out."""

from __future__ import annotations

import re
from io import BytesIO

import docx
import pypdfium2
import pytest

from forms.output.docx import write_docx
from forms.output.pdf import render
from forms.pack.record_pack import record_pack
from forms.paper.document import Table
from forms.paper.document_words import words
from tests.forms.output import pools

PACK = record_pack("pool")
DOCUMENTS = pools.every()
_ARTICLE = re.compile("^第.{1,3}条")  # numbered by Word itself, where articles run without a gap


def test_each_paper_of_the_pack_is_among_those_looked_at() -> None:
    assert {name.split("-")[1] for name in pools.papers()} == set(PACK.papers)


@pytest.mark.parametrize("name", pools.LONG_ONES)
def test_a_long_paper_has_every_patent_on_its_pages(name: str) -> None:
    content = render(DOCUMENTS[f"pool-{name}"]())
    document = pypdfium2.PdfDocument(content)
    try:
        text = "".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()
    facts = pools.FACTS[name.partition("-")[0]]["absurd"]
    numbers = [patent.number for patent in facts.patents]
    assert len(numbers) >= 30
    assert all(text.count(number) >= numbers.count(number) for number in set(numbers))


@pytest.mark.parametrize("code", ["agreement", "licence", "share_notice", "evidence", "review"])
def test_word_has_the_words_of_the_paper(code: str) -> None:
    document = DOCUMENTS[f"pool-{code}-ordinary"]()
    assert "docx" in PACK.papers[code].formats
    word = docx.Document(BytesIO(write_docx(document)))
    cells = [cell for table in word.tables for row in table.rows for cell in row.cells]
    inner = [
        one for cell in cells for table in cell.tables for row in table.rows for one in row.cells
    ]
    texts = [paragraph.text for paragraph in word.paragraphs]
    texts += [paragraph.text for cell in (*cells, *inner) for paragraph in cell.paragraphs]
    said = "".join("".join(text.split()) for text in texts)
    groups = [
        column.group + column.header
        for block in document.blocks
        if isinstance(block, Table)
        for column in block.spec.columns
        if column.group
    ]
    lines = [line for line in words(document).split("\n") if not any(g in line for g in groups)]
    assert all(group[:4] in said and group[-2:] in said for group in groups)
    missing = [line for line in lines if _ARTICLE.sub("", line) not in said]
    assert missing == []
