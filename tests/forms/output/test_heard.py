"""What is heard of a paper: who can not see it misses nothing that stands on it."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from forms.facts.record import Case, Contact, Office, Party, Patent, Royalty
from forms.ground.fonts import FontSet, shipped_fonts
from forms.ground.locate import packs_folder
from forms.output.pdf import pages_of, render
from forms.pack.load import load
from forms.pack.types import Pack
from forms.paper.compose import compose, compose_summary
from forms.paper.document import Document
from tests.forms.output.heard import heard, unheard


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load(packs_folder() / "hubei-2022")


@pytest.fixture(scope="module")
def fonts() -> FontSet:
    return shipped_fonts()


def table(pack: Pack, **facts: object) -> Document:
    return compose(pack.papers["info"], Case(**facts), pack)  # type: ignore[arg-type]


def test_a_tick_is_heard_as_chosen_and_an_empty_box_as_not(pack: Pack) -> None:
    said = heard(render(table(pack, royalty=Royalty(way="free"))))
    assert "〔已选〕免费使用" in said
    assert "〔未选〕采用一次总付的方式" in said


def test_a_blank_left_to_the_pen_is_heard_as_not_filled_in(pack: Pack) -> None:
    said = heard(render(compose(pack.papers["contract"], Case(), pack)))
    assert "P 住所地：〔未填写〕" in said.replace(" 〔", "〔")


def test_a_cell_without_an_answer_is_heard_as_not_filled_in_too(pack: Pack) -> None:
    lines = [line.strip() for line in heard(render(table(pack))).splitlines()]
    assert lines[lines.index("P 发明创造名称") + 1] == "P 未填写"


def test_a_filled_in_cell_follows_its_label(pack: Pack) -> None:
    said = heard(render(table(pack, patent=Patent(title="一种夹具"))))
    lines = [line.strip() for line in said.splitlines()]
    assert lines[lines.index("P 发明创造名称") + 1] == "P 一种夹具"


def test_whose_seal_goes_where_is_heard(pack: Pack) -> None:
    owners = (Party(name="示例大学"), Party(name="江汉示例有限公司"))
    said = heard(render(table(pack, owners=owners)))
    assert said.index("Figure 签章处：示例大学") < said.index("Figure 签章处：江汉示例有限公司")


def test_a_draft_says_so_before_anything_else(pack: Pack) -> None:
    paper = compose(pack.papers["info"], Case(), pack, draft=True)
    assert heard(render(paper)).splitlines()[2].strip() == "P 草稿"
    assert "草稿" not in heard(render(table(pack)))


def test_page_numbers_are_not_read_out(pack: Pack) -> None:
    content = render(table(pack))
    assert "共" not in heard(content).split("H2")[0].split("Table")[0]
    assert "共" in unheard(content)


def test_the_head_of_a_long_list_is_heard_once_and_each_row_has_all_its_cells(pack: Pack) -> None:
    batch = [Case(patent=Patent(number=f"ZL2021{place:08d}.0")) for place in range(60)]
    paper = compose_summary(pack.papers["summary"], batch, pack, office=Office())
    said = heard(render(paper))
    columns = len(pack.papers["summary"].blocks[-1].columns)  # type: ignore[union-attr]
    assert said.count("THead") == 1
    assert said.count("  TH ") == columns
    assert said.count("  TD") == 60 * columns


def test_papers_in_one_file_are_heard_one_after_the_other(pack: Pack) -> None:
    papers = [table(pack, patent=Patent(title=title)) for title in ("甲", "乙", "丙")]
    said = heard(render(papers))
    assert said.count("\n  Sect") == 3
    assert said.index("P 甲") < said.index("P 乙") < said.index("P 丙")


def test_a_paper_laid_out_once_can_be_drawn_twice(pack: Pack, fonts: FontSet) -> None:
    paper = table(pack)
    assert len(pages_of(paper, fonts)) == len(pages_of(paper, fonts))
    assert render(paper) == render(paper)


def test_it_claims_what_it_is(pack: Pack) -> None:
    with pikepdf.open(BytesIO(render(table(pack)))) as pdf:
        packet = pdf.Root.Metadata.read_bytes().decode()
        assert "<pdfaid:conformance>A</pdfaid:conformance>" in packet
        assert "<pdfuaid:part>1</pdfuaid:part>" in packet
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "zh-CN"


@pytest.mark.parametrize("written", ["2023年5月16日", "示例路88号"])
def test_a_fact_is_found_by_searching_for_it_as_written(pack: Pack, written: str) -> None:
    case = Case(patent=Patent(grant_date=date(2023, 5, 16)), contact=Contact(address="示例路88号"))
    document = pypdfium2.PdfDocument(render(compose(pack.papers["info"], case, pack)))
    try:
        pages = [page.get_textpage() for page in document]
        assert any(page.search(written).get_next() for page in pages)
    finally:
        document.close()
