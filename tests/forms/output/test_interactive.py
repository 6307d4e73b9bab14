"""What a file offers besides its pages: bookmarks, what pages are called, fields to sign in."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest

from forms.output.interactive import page_labels
from forms.output.pdf import render
from forms.paper.compose import compose, compose_summary
from forms.paper.document import Document
from tests.forms.output.extremes import OFFICE, PERSON, THIRTEEN, owned_by, to_sign_in_file
from tests.forms.output.test_ends import CASE, LICENCE, PACK


def opened(document: Document | list[Document]) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(render(document)))


def bookmarks(document: Document) -> list[tuple[str, int]]:
    """Each bookmark with the page it leads to, from 1."""
    with opened(document) as pdf, pdf.open_outline() as outline:
        pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        return [(str(item.title), pages[item.destination[0].objgen]) for item in outline.root]


def labels(document: Document | list[Document]) -> list[str]:
    with opened(document) as pdf:
        return [page.label for page in pdf.pages]


# Bookmarks


def test_a_long_declaration_leads_to_each_owners_seal() -> None:
    owned = owned_by(CASE, *THIRTEEN)
    found = bookmarks(compose(PACK.papers["consent"], owned, PACK))
    assert found[0] == ("同意开放许可（试点）的声明", 1)
    assert [name.removesuffix("\u3000签章") for name, _ in found[1:]] == list(THIRTEEN)
    assert [page for _, page in found] == sorted(page for _, page in found)
    assert found[-1][1] > 2


def test_a_long_summary_leads_to_each_row() -> None:
    cases = [CASE] * 40
    found = bookmarks(compose_summary(PACK.papers["summary"], cases, PACK, office=OFFICE))
    assert found[0][0] == "湖北省专利开放许可（试点）汇总表"
    assert [name for name, _ in found[1:]] == [f"{row} ZL202110345678.3" for row in range(1, 41)]
    assert found[1][1] == 1 and found[40][1] > 3


@pytest.mark.parametrize("code", ["consent", "summary"])
def test_a_paper_of_one_page_needs_none(code: str) -> None:
    paper = PACK.papers[code]
    owned = owned_by(CASE, PERSON)
    document = (
        compose(paper, owned, PACK)
        if code == "consent"
        else compose_summary(paper, [owned], PACK, office=OFFICE)
    )
    assert bookmarks(document) == []


# What pages are called


def test_further_sheets_are_called_what_the_form_calls_them() -> None:
    found = labels(compose(PACK.papers["info"], owned_by(CASE, *THIRTEEN), PACK))
    assert found == ["1", "2", "附页 1", "附页 2"]


def test_pages_of_several_papers_say_which() -> None:
    papers = [compose(PACK.papers[code], CASE, PACK) for code in ("info", "consent")]
    assert labels(papers) == ["附件4-1", "附件4-2", "附件5-1"]


def test_pages_that_are_only_counted_are_called_nothing() -> None:
    with opened(compose(PACK.papers["consent"], CASE, PACK)) as pdf:
        assert "/PageLabels" not in pdf.Root
    assert page_labels([("附件 6", ["", "", ""])]) is None


def test_counting_goes_on_after_a_sheet_with_a_name() -> None:
    told = page_labels([("", ["", "附页 1", ""])])
    assert told is not None and "2<</S/D/St 3>>" in told


# Fields to sign in


def fields(document: Document) -> list[tuple[str, str, list[float]]]:
    with opened(document) as pdf:
        if "/AcroForm" not in pdf.Root:
            return []
        return [
            (str(field.FT), str(field.TU), [float(side) for side in field.Rect])
            for field in pdf.Root.AcroForm.Fields
        ]


@pytest.mark.parametrize("code", ["info", "consent", "contract"])
@pytest.mark.parametrize("names", [(PERSON,), THIRTEEN[:3], THIRTEEN])
def test_a_pack_may_ask_for_a_field_over_each_seal(code: str, names: tuple[str, ...]) -> None:
    paper = PACK.papers[code]
    asked = to_sign_in_file(paper)
    document = compose(asked, owned_by(CASE, *names), PACK, licence=LICENCE)
    found = fields(document)
    assert len(found) == len(names) + (code == "contract")
    assert {kind for kind, _, _ in found} == {"/Sig"}
    for (_, heard, place), name in zip(found, names, strict=False):
        assert heard.startswith("签章处：") and name in heard
        left, bottom, right, top = place
        assert right - left == pytest.approx(50 * 72 / 25.4, abs=0.02)
        assert top - bottom == pytest.approx(50 * 72 / 25.4, abs=0.02)


def test_a_draft_has_none_and_a_paper_that_asks_for_none_neither() -> None:
    asked = to_sign_in_file(PACK.papers["contract"])
    assert fields(compose(asked, CASE, PACK, licence=LICENCE, draft=True)) == []
    assert fields(compose(PACK.papers["contract"], CASE, PACK, licence=LICENCE)) == []


def test_each_field_is_a_form_of_the_tree_and_finds_its_way_back() -> None:
    asked = to_sign_in_file(PACK.papers["contract"])
    with opened(compose(asked, CASE, PACK, licence=LICENCE)) as pdf:
        numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
        parents = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
        every = [field for page in pdf.pages for field in page.get("/Annots", [])]
        assert len(every) == 3
        for field in every:
            parent = parents[int(field.StructParent)]
            assert parent.S == "/Form"
            assert parent.K.Obj.objgen == field.objgen
            assert int(field.F) == 4


def test_the_file_is_the_same_each_time() -> None:
    asked = to_sign_in_file(PACK.papers["contract"])
    document = compose(asked, CASE, PACK, licence=LICENCE)
    assert render(document) == render(document)
