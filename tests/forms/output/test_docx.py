"""The contract as Word: the same words, editable, the same bytes, nothing of an answer obeyed."""

from __future__ import annotations

from io import BytesIO

import msgspec
import pytest
from docx import Document as open_document

from forms.facts.record import Case, Contact, Licence, Office, Party, Patent
from forms.ground.locate import packs_folder
from forms.output.docx import write_docx
from forms.pack.load import load
from forms.pack.types import Pack
from forms.paper.compose import compose, compose_summary


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load(packs_folder() / "hubei-2022")


@pytest.fixture
def licence(pack: Pack) -> Licence:
    return msgspec.json.decode((pack.folder / "sample-licence.json").read_bytes(), type=Licence)


LONG_EMAIL = "a-very-long-address@licensing.example.edu.cn"
CASE = Case(
    patent=Patent(number="ZL202110345678.3", title="一种<b>桥梁</b>裂缝检测方法 & =1+1"),
    owners=(Party(name="示例大学", contact="张喆"), Party(name="江汉示例智能装备有限公司")),
    contact=Contact(
        name="张喆", phone="027-68880001", email="a-very-long-address@licensing.example.edu.cn"
    ),
)


def all_text(data: bytes) -> str:
    """Every word of a Word file's body, tables within tables included."""
    body = open_document(BytesIO(data)).element.body
    return "".join(node.text or "" for node in body.iter() if node.tag.endswith("}t"))


def test_the_contract_holds_the_forms_words_and_the_answers(pack: Pack, licence: Licence) -> None:
    text = all_text(write_docx(compose(pack.papers["contract"], CASE, pack, licence=licence)))
    assert "本合同经双方签字盖章后生效。" in text
    assert text.count("（盖章）") == 3  # two owners, one licensee
    assert "襄阳示例轨道装备股份有限公司" in text
    assert "（人民币贰拾万元整）" in text


def test_markup_in_an_answer_stays_words(pack: Pack, licence: Licence) -> None:
    text = all_text(write_docx(compose(pack.papers["contract"], CASE, pack, licence=licence)))
    assert "一种<b>桥梁</b>裂缝检测方法 & =1+1" in text


def test_a_control_character_or_half_a_surrogate_does_not_break_the_file(
    pack: Pack, licence: Licence
) -> None:
    odd = msgspec.structs.replace(licence, other_matters="甲\x07乙\ud83d丙")
    text = all_text(write_docx(compose(pack.papers["contract"], CASE, pack, licence=odd)))
    assert "甲乙丙" in text


def test_the_same_contract_gives_the_same_bytes(pack: Pack, licence: Licence) -> None:
    document = compose(pack.papers["contract"], CASE, pack, licence=licence)
    assert write_docx(document) == write_docx(document)


def test_a_draft_says_so_on_every_page(pack: Pack, licence: Licence) -> None:
    document = compose(pack.papers["contract"], CASE, pack, licence=licence, draft=True)
    header = open_document(BytesIO(write_docx(document))).sections[0].header
    assert header.paragraphs[0].text.strip() == "草稿"


def test_the_page_number_is_words_own_field(pack: Pack, licence: Licence) -> None:
    document = compose(pack.papers["contract"], CASE, pack, licence=licence)
    footer = open_document(BytesIO(write_docx(document))).sections[0].footer
    xml = footer._element.xml
    assert "PAGE" in xml and "NUMPAGES" in xml


@pytest.mark.parametrize("code", ["info", "consent", "summary"])
def test_any_paper_can_be_written_as_word(pack: Pack, code: str) -> None:
    paper = pack.papers[code]
    office = Office(name="示例大学", contact="张喆", phone="027-68880001")
    document = (
        compose_summary(paper, [CASE, CASE], pack, office=office)
        if paper.scope == "batch"
        else compose(paper, CASE, pack, office=office)
    )
    text = all_text(write_docx(document))
    assert "ZL202110345678.3" in text and "江汉示例智能装备有限公司" in text


def test_word_itself_counts_the_articles(pack: Pack, licence: Licence) -> None:
    word = open_document(BytesIO(write_docx(compose(pack.papers["contract"], CASE, pack))))
    articles = [p for p in word.paragraphs if p.style is not None and p.style.name == "条款"]
    assert len(articles) == 14
    assert all(p._p.pPr.numPr is not None for p in articles)
    assert "第%1条" in word.part.numbering_part.element.xml
    assert not any(p.text.startswith("第") for p in articles)


def test_articles_that_do_not_run_through_stay_typed(pack: Pack) -> None:
    document = compose(pack.papers["contract"], CASE, pack)
    lost = [b for b in document.blocks if getattr(b, "bookmark", "") != "第七条"]
    text = all_text(write_docx(msgspec.structs.replace(document, blocks=tuple(lost))))
    assert "第八条" in text


def test_answers_have_a_style_of_their_own(pack: Pack, licence: Licence) -> None:
    word = open_document(
        BytesIO(write_docx(compose(pack.papers["contract"], CASE, pack, licence=licence)))
    )
    runs = [run for paragraph in word.paragraphs for run in paragraph.runs]
    answers = "".join(r.text for r in runs if r.style is not None and r.style.name == "填写内容")
    assert "制造、使用、销售" in answers


def test_word_knows_the_language_and_sets_marks_in_a_row_closer(
    pack: Pack, licence: Licence
) -> None:
    word = open_document(
        BytesIO(write_docx(compose(pack.papers["contract"], CASE, pack, licence=licence)))
    )
    assert 'w:characterSpacingControl w:val="compressPunctuation"' in word.settings.element.xml
    assert 'w:eastAsia="zh-CN"' in word.styles.element.xml


def test_labels_are_spread_and_what_does_not_fit_hangs_under_the_answer(
    pack: Pack, licence: Licence
) -> None:
    word = open_document(
        BytesIO(write_docx(compose(pack.papers["contract"], CASE, pack, licence=licence)))
    )
    home = next(p for p in word.paragraphs if p.text.startswith("住所地："))
    shape = home.paragraph_format
    assert shape.left_indent == -(shape.first_line_indent or 0) == 6 * 16 * 12700
    assert "w:spacing" in home.runs[0]._r.xml and home.runs[0].text == "住所"


def test_every_place_for_a_seal_is_framed_and_holds_to_the_next(
    pack: Pack, licence: Licence
) -> None:
    word = open_document(
        BytesIO(write_docx(compose(pack.papers["contract"], CASE, pack, licence=licence)))
    )
    assert len(word.tables) == 3
    for table in word.tables:
        (row,) = table.rows
        assert "w:tcBorders" in row.cells[2]._tc.xml
        paragraphs = [p for cell in row.cells for p in cell.paragraphs]
        assert all(p.paragraph_format.keep_with_next for p in paragraphs)


def test_a_name_is_broken_before_its_companys_form(pack: Pack, licence: Licence) -> None:
    word = open_document(
        BytesIO(write_docx(compose(pack.papers["contract"], CASE, pack, licence=licence)))
    )
    lines = [table.rows[0].cells[0].paragraphs[0].text for table in word.tables]
    assert "许可人：江汉示例智能装备\n有限公司（盖章）" in lines
