"""The papers as PDF: the annexes' words, every answer whole, seals free, drafts marked."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.facts.record import Case, Duration, Licence, Office, OtherStandard, Party, Royalty
from forms.ground.fonts import shipped_fonts
from forms.ground.locate import packs_folder
from forms.output.page_sheet import ASCENT, Area, Put, Sheet, Stroke
from forms.output.pdf import MissingGlyph, pages_of, places, render
from forms.pack.load import load
from forms.pack.types import Pack
from forms.paper.compose import compose, compose_summary
from forms.paper.document import Document
from forms.paper.document_words import lines_of

DATA = Path(__file__).parents[2] / "data"
OFFICE = Office(name="示例大学", contact="张喆", phone="027-68880001")
NAMES = (
    "示例大学",
    "江汉示例智能装备有限公司",
    "示例大学桥梁工程研究院",
    "武汉示例光电技术股份有限公司",
    "湖北示例交通规划设计院",
    "襄阳示例轴承制造有限公司",
    "宜昌示例水电检测中心",
    "张喆鋐",
    "荆州示例农机有限责任公司",
    "黄石示例特种钢研究所",
    "十堰示例汽车零部件（集团）有限责任公司",
    "中南示例职业技术学院",
)
replace = msgspec.structs.replace


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load(packs_folder() / "hubei-2022")


@pytest.fixture(scope="module")
def case() -> Case:
    return msgspec.json.decode((DATA / "papers/case.json").read_bytes(), type=Case)


@pytest.fixture(scope="module")
def licence() -> Licence:
    return msgspec.json.decode((DATA / "papers/licence.json").read_bytes(), type=Licence)


def owned_by(case: Case, *names: str) -> Case:
    return replace(case, owners=tuple(Party(name=name) for name in names))


def pages(data: bytes) -> list[str]:
    with pypdfium2.PdfDocument(data) as pdf:
        return [page.get_textpage().get_text_range() for page in pdf]


def text(data: bytes) -> str:
    return close("".join(pages(data)))


def close(words: str) -> str:
    return "".join(words.split()).replace("\ufffe", "")


def in_order(wanted: str, found: str) -> bool:
    """Whether the characters wanted stand in the found ones in this order."""
    rest = iter(found)
    return all(character in rest for character in wanted)


def whole(document: Document) -> bool:
    """Whether each of the document's lines is on its pages, character by character."""
    found = text(render(document))
    return all(in_order(close(line), found) for line in lines_of(document))


def sheets(document: Document) -> list[Sheet]:
    return pages_of(document, shipped_fonts())


# What is printed


@pytest.mark.parametrize("code", ["info", "consent", "contract", "summary"])
def test_an_empty_paper_says_what_the_annex_says(pack: Pack, code: str) -> None:
    paper = pack.papers[code]
    document = (
        compose_summary(paper, [], pack) if code == "summary" else compose(paper, Case(), pack)
    )
    annex = close((DATA / f"annexes/{code}.txt").read_text(encoding="utf-8"))
    assert in_order(annex, text(render(document)))


@pytest.mark.parametrize("code", ["info", "consent", "contract"])
def test_every_line_of_the_document_is_on_the_paper(
    pack: Pack, case: Case, licence: Licence, code: str
) -> None:
    document = compose(pack.papers[code], case, pack, licence=licence)
    printed = text(render(document))
    for line in lines_of(document):
        assert in_order(close(line), printed), line


def test_the_summary_has_a_row_for_each_case(pack: Pack, case: Case) -> None:
    cases = [replace(case, single_term=Duration(count=years)) for years in range(1, 31)]
    document = compose_summary(pack.papers["summary"], cases, pack, office=OFFICE)
    data = render(document)
    printed = text(data)
    assert len(pages(data)) > 1
    assert all("发明创造名称" not in page and "专利名称" in close(page) for page in pages(data))
    for line in lines_of(document):
        assert in_order(close(line), printed), line


def test_same_input_gives_the_same_bytes(pack: Pack, case: Case) -> None:
    document = compose(pack.papers["info"], case, pack)
    assert render(document) == render(document)


def test_several_papers_go_into_one_file_each_with_its_own_pages(pack: Pack, case: Case) -> None:
    papers = [compose(pack.papers[code], case, pack) for code in ("info", "consent")]
    found = [close(page) for page in pages(render(papers))]
    assert ["第1页共2页" in found[0], "第2页共2页" in found[1], "第1页共1页" in found[2]] == [
        True
    ] * 3


def test_a_character_of_no_font_stops_the_print(pack: Pack, case: Case) -> None:
    strange = replace(case, other_terms="\U000f1234")
    with pytest.raises(MissingGlyph) as raised:
        render(compose(pack.papers["info"], strange, pack))
    assert raised.value.path == "other_terms"


# Nothing is cut


def info_printed(pack: Pack, case: Case) -> str:
    """The information table's words without the lines that tell where they go on."""
    found = text(render(compose(pack.papers["info"], case, pack)))
    return re.sub(
        r"（下接附页\d+）|第\d+页共\d+页|专利开放许可（试点）信息表附页"
        r"|专利号：ZL202110345678\.3附页\d+|⑦其他约定事项（续）",
        "",
        found,
    )


@pytest.mark.parametrize("length", [150, 400, 900, 3000, 9000])
def test_long_terms_go_on_further_sheets_word_by_word(pack: Pack, case: Case, length: int) -> None:
    terms = "".join(f"第{place}项约定内容如下；" for place in range(length))[:length]
    printed = info_printed(pack, replace(case, other_terms=terms))
    assert len(printed) > length
    assert in_order(terms, printed)
    assert printed.count("第7项约定内容如下") == 1


def test_a_title_of_300_characters_and_twelve_owners_are_all_named(pack: Pack, case: Case) -> None:
    title = "".join(f"第{place}种桥梁裂缝检测方法、" for place in range(40))[:300]
    hard = replace(owned_by(case, *NAMES), patent=replace(case.patent, title=title))
    for code in ("info", "consent", "contract"):
        printed = text(render(compose(pack.papers[code], hard, pack)))
        assert all(in_order(name, printed) for name in NAMES)
        if code != "consent":
            assert in_order(title, printed)


def test_everything_too_long_at_once_still_prints_whole(pack: Pack, case: Case) -> None:
    long = "很长的内容".join(str(place) for place in range(250))
    worst = replace(
        owned_by(case, *(name + "的特别长的名称" * 6 for name in NAMES)),
        patent=replace(case.patent, title=long),
        own_use=replace(case.own_use, period=long, scope=long, manner=long),
        royalty=Royalty(way="other", other=OtherStandard(text=long)),
        other_terms=long,
        contact=replace(case.contact, name=long, address=long, email="a" * 300 + "@example.com"),
    )
    document = compose(pack.papers["info"], worst, pack)
    printed = text(render(document))
    for line in lines_of(document):
        assert in_order(close(line), printed)


def test_an_unreadable_answer_of_any_length_is_shown_in_its_box(pack: Pack, case: Case) -> None:
    typed = "这不是专利号" * 300
    unread = replace(
        case,
        patent=replace(case.patent, number=None),
        offer_end=None,
        unread={"patent.number": typed, "offer_end": typed},
    )
    document = compose(pack.papers["info"], unread, pack, draft=True)
    assert text(render(document)).count("这不是专利号") >= 600
    assert whole(document)


def test_long_names_send_the_seals_away_before_the_forms_own_words(pack: Pack, case: Case) -> None:
    long = owned_by(case, "研究与开发以及成果转化中心" * 3 + "有限公司", *NAMES[1:3])
    first = pages(render(compose(pack.papers["info"], long, pack)))[0]
    assert "其他明确合理的许可使用费标准" in close(first)
    assert "签章见附页1" in close(first)


@pytest.mark.parametrize("code", ["info", "consent", "contract"])
def test_a_name_of_three_thousand_characters_is_whole(pack: Pack, case: Case, code: str) -> None:
    name = "".join(f"第{place}示例研究院" for place in range(400))[:3000]
    odd = replace(
        owned_by(case, name, NAMES[1]),
        patent=replace(case.patent, number=None),
        unread={"patent.number": name},
    )
    document = compose(pack.papers[code], odd, pack, draft=True)
    assert whole(document)
    for sheet in sheets(document):
        for _, _, top, _, bottom in boxes(sheet):
            assert top >= 0 and bottom <= sheet.height


def test_a_row_is_cut_between_its_lines_too(pack: Pack, case: Case) -> None:
    for length in range(60, 700, 80):
        wordy = replace(
            case,
            contact=replace(case.contact, address="某省某市某区某路" * (length // 8)),
            other_terms="约定。" * 80,
        )
        document = compose(pack.papers["info"], owned_by(wordy, *NAMES[:3]), pack)
        assert whole(document)


def test_a_row_taller_than_a_page_goes_on_in_the_summary(pack: Pack, case: Case) -> None:
    long = "很长的名称".join(str(place) for place in range(300))
    document = compose_summary(
        pack.papers["summary"],
        [case, replace(case, patent=replace(case.patent, title=long)), case],
        pack,
        office=replace(OFFICE, name="名称特别长的示例单位" * 9),
    )
    printed = text(render(document))
    for line in lines_of(document):
        assert in_order(close(line), printed)


@settings(max_examples=12)
@given(
    terms=st.text("约定事项，。；（）《》、ab1 2%/□☑元", max_size=700),
    owners=st.lists(st.sampled_from(NAMES), min_size=1, max_size=9),
    scope=st.text("湖北省、市县，区", max_size=200),
)
def test_whatever_is_typed_is_printed(terms: str, owners: list[str], scope: str) -> None:
    pack = load(packs_folder() / "hubei-2022")
    case = msgspec.json.decode((DATA / "papers/case.json").read_bytes(), type=Case)
    case = replace(
        owned_by(case, *owners), other_terms=terms, own_use=replace(case.own_use, scope=scope)
    )
    document = compose(pack.papers["info"], case, pack)
    drawn = close(
        "".join(
            op.line.text for sheet in sheets(document) for op in sheet.ops if isinstance(op, Put)
        )
    )
    for line in lines_of(document):
        assert in_order(close(line), drawn)


# Where it stands


def boxes(sheet: Sheet) -> list[tuple[str, float, float, float, float]]:
    """Every set piece as (words, left, top, right, bottom)."""
    return [
        (
            piece.text,
            op.x + piece.x,
            op.y - ASCENT * piece.size_pt,
            op.x + piece.x + piece.width,
            op.y + 0.2 * piece.size_pt,
        )
        for op in sheet.ops
        if isinstance(op, Put)
        for piece in op.line.pieces
        if piece.text.strip()
    ]


def all_papers(pack: Pack, case: Case, licence: Licence) -> list[Document]:
    made = [compose_summary(pack.papers["summary"], [case] * 40, pack, office=OFFICE)]
    for count in (0, 1, 2, 3, 4, 7, 12):
        owned = owned_by(case, *(name + "示例" * 3 for name in NAMES[:count]))
        made += [
            compose(pack.papers[code], owned, pack, licence=licence, draft=count == 3)
            for code in ("info", "consent", "contract")
        ]
    return made


def test_no_word_stands_in_a_seal_area_nor_off_the_page(
    pack: Pack, case: Case, licence: Licence
) -> None:
    for document in all_papers(pack, case, licence):
        for sheet in sheets(document):
            areas = [op for op in sheet.ops if isinstance(op, Area)]
            for words, left, top, right, bottom in boxes(sheet):
                assert left >= 0 and top >= 0 and right <= sheet.width and bottom <= sheet.height
                for area in areas:
                    apart = (
                        right <= area.x + 0.5
                        or left >= area.x + area.side - 0.5
                        or bottom <= area.y + 0.5
                        or top >= area.y + area.side - 0.5
                    )
                    assert apart, (document.code, words)


@pytest.mark.parametrize(("code", "each"), [("info", 1), ("consent", 1), ("contract", 1)])
@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 12])
def test_every_owner_has_a_seal_area(
    pack: Pack, case: Case, code: str, each: int, count: int
) -> None:
    document = compose(pack.papers[code], owned_by(case, *NAMES[:count]), pack)
    areas = [op for sheet in sheets(document) for op in sheet.ops if isinstance(op, Area)]
    assert len(areas) == each * count + (code == "contract")  # and the licensee's
    assert all(abs(area.side - 50 * 72 / 25.4) < 0.01 for area in areas)


def test_one_who_signs_for_all_has_the_only_area_on_the_table(pack: Pack, case: Case) -> None:
    represented = replace(case, signing="representative", signing_representative="示例大学")
    table, consent = (
        [op for sheet in sheets(compose(pack.papers[code], represented, pack)) for op in sheet.ops]
        for code in ("info", "consent")
    )
    assert sum(isinstance(op, Area) for op in table) == 1
    assert sum(isinstance(op, Area) for op in consent) == 2


def test_four_owners_seal_on_a_further_sheet_and_the_form_says_where(
    pack: Pack, case: Case
) -> None:
    found = pages(render(compose(pack.papers["info"], owned_by(case, *NAMES[:4]), pack)))
    assert "全体专利权人签章见附页1" in close(found[0])
    assert "注意事项" in close(found[1])
    assert close(found[2]).startswith("专利开放许可（试点）信息表附页")


def test_the_quoted_sheet_is_where_the_seals_are(pack: Pack, case: Case) -> None:
    hard = replace(owned_by(case, *NAMES), other_terms="约定的事项。" * 500)
    found = [close(page) for page in pages(render(compose(pack.papers["info"], hard, pack)))]
    quoted = re.search(r"签章见附页(\d+)", found[0])
    assert quoted is not None
    first = next(page for page in found[1:] if "⑨专利权人签章：" in page)
    assert f"附页{quoted[1]}" in first


def test_the_frame_keeps_its_outline_however_full_the_form(pack: Pack, case: Case) -> None:
    full = replace(case, other_terms="约定的事项。" * 40)
    frames = []
    for filled in (Case(), case, full):
        sheet = sheets(compose(pack.papers["info"], filled, pack))[0]
        heavy = [op for op in sheet.ops if isinstance(op, Stroke) and op.width == 1.3]
        frames.append(
            [tuple(round(value, 2) for value in msgspec.structs.astuple(op)) for op in heavy]
        )
    assert frames[0] == frames[1] == frames[2]


def test_a_clause_heading_never_ends_a_page(pack: Pack, case: Case, licence: Licence) -> None:
    for length in range(0, 400, 23):
        longer = replace(licence, other_matters="另行约定的事项" * length, penalty="日" * length)
        document = compose(pack.papers["contract"], case, pack, licence=longer)
        for sheet in sheets(document):
            lines = [op.line.text for op in sheet.ops if isinstance(op, Put)][:-1]  # no number
            assert not re.fullmatch(r"第[一二三十]+条.*：", lines[-1]), lines[-1]


def test_the_last_articles_stand_with_the_first_signature(
    pack: Pack, case: Case, licence: Licence
) -> None:
    for length in range(0, 300, 29):
        longer = replace(licence, other_matters="另行约定的事项" * length)
        found = pages(render(compose(pack.papers["contract"], case, pack, licence=longer)))
        page = next(close(page) for page in found if "第十三条" in close(page))
        assert "第十四条" in page and "（盖章）" in page


# Drafts


def test_a_draft_says_so_on_every_page_and_in_every_seal(pack: Pack, case: Case) -> None:
    document = compose(pack.papers["consent"], owned_by(case, *NAMES), pack, draft=True)
    for page, sheet in zip(pages(render(document)), sheets(document), strict=True):
        seals = sum(isinstance(op, Area) for op in sheet.ops)
        assert len(re.findall("草\\s*稿", page)) >= 2 + seals
    final = compose(pack.papers["consent"], owned_by(case, *NAMES), pack)
    assert "草稿" not in text(render(final))


def test_the_draft_box_leaves_the_seal_area_and_the_running_head_alone(
    pack: Pack, case: Case
) -> None:
    summary = compose_summary(pack.papers["summary"], [case], pack, office=OFFICE, draft=True)
    (sheet,) = sheets(summary)
    area = next(op for op in sheet.ops if isinstance(op, Area))
    assert not sheet._is_free(area.x, area.y, 45, 20)
    assert "草稿" in text(render(summary)).replace("草 稿", "草稿")


# For the preview


def test_a_preview_can_ask_where_a_fact_stands(pack: Pack, case: Case) -> None:
    found = places(compose(pack.papers["info"], case, pack))
    numbers = [place for place in found if place.path == "patent.number"]
    assert [place.page for place in numbers] == [0]
    assert all(place.width > 0 for place in numbers)
    blank = places(compose(pack.papers["info"], Case(), pack))
    assert any(place.path == "contact.email" for place in blank)
