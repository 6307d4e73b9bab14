"""How papers end: whose seals stand where, and that no page is left with seals alone."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from forms.facts.record import Case, Licence
from forms.ground.fonts import shipped_fonts
from forms.ground.locate import packs_folder
from forms.output.page_sheet import MM, Area, Put, Sheet, Stroke
from forms.output.pdf import pages_of
from forms.pack.load import load
from forms.pack.types import Pack
from forms.paper.compose import compose
from forms.paper.document import Document
from forms.paper.document_words import words
from tests.forms.output.extremes import (
    BEFORE_A_POINT,
    FORTY,
    FORTY_EIGHT,
    PERSON,
    THIRTEEN,
    extremes,
    owned_by,
)

DATA = Path(__file__).parents[2] / "data" / "papers"
PACK = load(packs_folder() / "hubei-2022")
CASE = msgspec.json.decode((DATA / "case.json").read_bytes(), type=Case)
LICENCE = msgspec.json.decode((DATA / "licence.json").read_bytes(), type=Licence)
EXTREMES = extremes(PACK, CASE, LICENCE)

replace = msgspec.structs.replace


def sheets(document: Document) -> list[Sheet]:
    return pages_of(document, shipped_fonts())


def said(sheet: Sheet) -> str:
    return "".join(op.line.text for op in sheet.ops if isinstance(op, Put))


def areas(sheet: Sheet) -> list[Area]:
    return [op for op in sheet.ops if isinstance(op, Area)]


def contract(case: Case, *, length: int = 0, draft: bool = False, pack: Pack = PACK) -> Document:
    licence = replace(LICENCE, other_matters="另行约定的事项" * length) if length else LICENCE
    return compose(pack.papers["contract"], case, pack, licence=licence, draft=draft)


# The contract's end


@pytest.mark.parametrize("length", range(0, 300, 13))
@pytest.mark.parametrize("names", [(PERSON,), (FORTY_EIGHT,), (PERSON, BEFORE_A_POINT)])
def test_all_signatures_stand_on_one_page_with_the_last_articles(
    names: tuple[str, ...], length: int
) -> None:
    *before, last = sheets(contract(owned_by(CASE, *names), length=length))
    assert len(areas(last)) == len(names) + 1
    assert not any(areas(sheet) for sheet in before)
    assert "第十三条" in said(last) and "第十四条" in said(last)


@pytest.mark.parametrize("count", range(1, 14))
def test_the_licensee_never_signs_on_a_page_alone(count: int) -> None:
    for length in range(0, 120, 13):
        last = sheets(contract(owned_by(CASE, *THIRTEEN[:count]), length=length))[-1]
        assert len(areas(last)) > 1
        assert "被许可人" in said(last) and "许可人：" in said(last).replace("被许可人：", "")


# The declaration and the table


@pytest.mark.parametrize("name", [PERSON, FORTY, FORTY_EIGHT])
def test_one_long_name_stays_on_the_declarations_only_page(name: str) -> None:
    (sheet,) = sheets(compose(PACK.papers["consent"], owned_by(CASE, name), PACK))
    assert len(areas(sheet)) == 1


@pytest.mark.parametrize(
    "names", [(FORTY,), (FORTY_EIGHT,), (FORTY_EIGHT, BEFORE_A_POINT), (FORTY, FORTY_EIGHT)]
)
def test_long_names_seal_on_the_table_itself(names: tuple[str, ...]) -> None:
    table, *_ = sheets(compose(PACK.papers["info"], owned_by(CASE, *names), PACK))
    assert len(areas(table)) == len(names)
    assert "见附页" not in said(table)


@pytest.mark.parametrize("names", [(FORTY_EIGHT, FORTY), (FORTY_EIGHT, BEFORE_A_POINT), THIRTEEN])
def test_the_first_seals_of_a_declaration_have_its_text_with_them(names: tuple[str, ...]) -> None:
    found = sheets(compose(PACK.papers["consent"], owned_by(CASE, *names), PACK))
    sealed = next(sheet for sheet in found if areas(sheet))
    assert "是专利权人的真实意思表示" in said(sealed)


@pytest.mark.parametrize("code", ["info", "consent"])
@pytest.mark.parametrize("name", [PERSON, FORTY_EIGHT])
def test_a_single_seal_stands_right_of_the_middle(code: str, name: str) -> None:
    sheet = sheets(compose(PACK.papers[code], owned_by(CASE, name), PACK))[0]
    (area,) = areas(sheet)
    assert area.x + area.side / 2 > sheet.width / 2 + 10 * MM


@pytest.mark.parametrize("name", [name for name in EXTREMES if not name.startswith("summary")])
def test_names_keep_their_distance_from_each_other_and_from_headings(name: str) -> None:
    """No box of a line of words meets another's."""
    for sheet in sheets(EXTREMES[name]()):
        lines = [op for op in sheet.ops if isinstance(op, Put) and op.line.pieces]
        boxes = [
            (
                op.x + op.line.pieces[0].x,
                op.y - 0.75 * op.line.size_pt,
                op.x + op.line.width,
                op.y + 0.15 * op.line.size_pt,
                op.line.text,
            )
            for op in lines
        ]
        for place, one in enumerate(boxes):
            for other in boxes[place + 1 :]:
                across = one[0] < other[2] - 0.5 and other[0] < one[2] - 0.5
                assert not (across and one[1] < other[3] and other[1] < one[3]), (one, other)


# A contract that is signed


def test_a_contract_made_to_be_signed_goes_without_the_notices_words() -> None:
    first = said(sheets(contract(CASE))[0])
    assert "附件" not in first and "参考样例" not in first
    assert first.startswith("专利开放许可合同许")


@pytest.mark.parametrize("licence", [Licence(), LICENCE])
def test_a_draft_and_an_empty_form_are_as_the_notice_has_them(licence: Licence) -> None:
    document = compose(
        PACK.papers["contract"], CASE, PACK, licence=licence, draft=licence is LICENCE
    )
    assert re.match("附件 ?6专利开放许可合同（参考样例）", said(sheets(document)[0]))


def test_a_contract_signed_before_is_not_stale_because_of_them() -> None:
    assert words(contract(CASE)) == words(contract(CASE, draft=True))


# Drafts


@pytest.mark.parametrize("name", ["summary-draft", "contract-draft"])
def test_the_draft_box_touches_no_rule_and_no_words(name: str) -> None:
    for sheet in sheets(EXTREMES[name]()):
        left, top, width, height = sheet.draft_box()
        for op in sheet.ops:
            if isinstance(op, Stroke):
                x1, x2, y1, y2 = op.x1, op.x2, op.y1, op.y2
            elif isinstance(op, Put) and op.line.pieces:
                x1, x2 = op.x + op.line.pieces[0].x, op.x + op.line.width
                y1, y2 = op.y - 0.8 * op.line.size_pt, op.y
            else:
                continue
            across = x1 < left + width + MM and x2 > left - MM
            assert not (across and y1 < top + height + MM and y2 > top - MM), op


# What stands in a line


def test_a_contact_of_four_characters_fits_the_summarys_column() -> None:
    lines = [
        op.line.text
        for sheet in sheets(EXTREMES["summary-draft"]())
        for op in sheet.ops
        if isinstance(op, Put)
    ]
    assert lines.count("欧阳慧敏") == 14


def test_every_paragraph_of_the_other_terms_is_indented_alike() -> None:
    first, *_ = sheets(EXTREMES["info-three"]())
    begins = [
        op.x + op.line.pieces[0].x
        for op in first.ops
        if isinstance(op, Put) and re.match("被许可人应当按季|许可人提供|其他事项由", op.line.text)
    ]
    assert len(begins) == 3 and len(set(begins)) == 1
