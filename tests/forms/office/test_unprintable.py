"""A character that no font has, in one case of many: the others' papers do not wait for it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import msgspec
import openpyxl
import pypdfium2
import pytest

from db.store import Store, open_store
from forms.facts.paths import with_value
from forms.facts.record import Office, Party
from forms.ground.locate import packs_folder
from forms.office.case_standing import check_cases
from forms.office.cover_letter import blank_office
from forms.office.paper_export import ExportReport, export
from forms.office.paper_making import Unprintable, composed, written
from forms.office.papers_wanted import wanted
from forms.office.submission import FaultyCases, submit
from forms.pack.load import load
from forms.pack.types import Pack
from tests.forms.filled import DAY, FULL

KOREAN = "데모公司"
SECOND = with_value(FULL, "patent.number", "ZL201910055850.4")


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load(packs_folder() / "hubei-2022")


@pytest.fixture(scope="module")
def careless(pack: Pack) -> Pack:
    """A pack, as others make them, that does not bind the rule."""
    rules = tuple(binding for binding in pack.rules if binding.rule != "text.no_glyph")
    return msgspec.structs.replace(pack, rules=rules)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "案卷.db", now=lambda: datetime(2022, 9, 1, tzinfo=UTC)) as opened:
        opened.cases.save(FULL)
        opened.cases.save(with_value(SECOND, "owners", (Party(name=KOREAN, kind="unit"),)))
        opened.parties.set_office(Office(name="武汉示例大学", contact="张三", phone="027-87000000"))
        yield opened


def text_of(file: Path) -> str:
    pdf = pypdfium2.PdfDocument(file)
    return "".join(page.get_textpage().get_text_bounded() for page in pdf)


def exported(store: Store, pack: Pack, out: Path, *formats: str, **how: bool) -> ExportReport:
    papers = wanted(pack, (), formats)
    return export(store, pack, DAY, store.cases.listed(), out, papers, **how)


def test_check_names_it_and_its_place(store: Store, pack: Pack) -> None:
    sound, odd = check_cases(store, pack, DAY, store.cases.listed())
    assert sound.errors() == ()
    (problem,) = odd.errors()
    assert problem.field == "owners.0.name"
    assert problem.message.startswith(
        "第①栏 专利权人（第 1 位）：字体中没有“데”（U+B370）、“모”（U+BAA8）"
    )


def test_every_one_of_many_is_named(store: Store, pack: Pack) -> None:
    letters = "가나다라마바사아자차카타"
    stored = store.cases.listed()[1]
    store.cases.save(with_value(stored.case, "owners.0.name", letters), case_id=stored.id)
    (problem,) = check_cases(store, pack, DAY, store.cases.listed())[1].errors()
    assert all(f"“{one}”（U+{ord(one):04X}）" in problem.message for one in letters)


def test_its_papers_are_drafts_that_show_where_it_stands(
    store: Store, pack: Pack, tmp_path: Path
) -> None:
    report = exported(store, pack, tmp_path)
    assert report.left_out == ()
    draft = {one.path.name: one.draft for one in report.made}
    assert sorted(draft.values()) == [False, False, True, True, True]
    (summary,) = (one.path for one in report.made if one.case is None)
    assert "〓〓公司" in text_of(summary)
    assert "武汉示例大学" in text_of(summary)


def test_without_it_the_summary_is_final(store: Store, pack: Pack, tmp_path: Path) -> None:
    report = exported(store, pack, tmp_path, "pdf", "xlsx", skip_faulty=True)
    assert not any(one.draft for one in report.made)
    assert len(report.made) == 4


def test_a_final_paper_never_shows_anything_in_its_stead(store: Store, pack: Pack) -> None:
    case = store.cases.listed()[1].case
    for paper in pack.papers.values():
        if paper.scope == "case":
            with pytest.raises(Unprintable, match="U\\+B370"):
                written(composed(pack, paper, case, Office()), "pdf", pack)


def test_where_the_pack_says_nothing_of_it_the_case_is_left_out_by_name(
    store: Store, careless: Pack, tmp_path: Path
) -> None:
    report = exported(store, careless, tmp_path, "pdf", "xlsx")
    left = {(one.case, one.paper) for one in report.left_out}
    assert {case for case, _ in left} == {"ZL201910055850.4"}
    assert any("汇总表" in paper for _, paper in left)
    assert any("其余案卷均已列入" in one.reason for one in report.left_out)
    (summary,) = (one.path for one in report.made if one.case is None and one.format == "pdf")
    assert FULL.patent.title in text_of(summary)
    assert "ZL201910055850.4" not in text_of(summary)


def test_a_package_is_made_without_the_case(store: Store, pack: Pack, tmp_path: Path) -> None:
    with pytest.raises(FaultyCases):
        submit(store, pack, DAY, store.cases.listed(), tmp_path)
    done = submit(store, pack, DAY, store.cases.listed(), tmp_path, skip_faulty=True)
    assert done.complete
    assert [line.patent_number for line in done.left_out] == ["ZL201910055850.4"]


def test_a_row_of_the_summary_alone_leaves_its_case_out_of_the_package(
    store: Store, careless: Pack, tmp_path: Path
) -> None:
    second = store.cases.listed()[1]
    case = with_value(SECOND, "region", "全省데")  # the summary alone prints it
    store.cases.save(case, case_id=second.id)
    done = submit(store, careless, DAY, store.cases.listed(), tmp_path)
    assert done.complete
    assert [line.patent_number for line in done.cases] == [FULL.patent.number]
    (left,) = done.left_out
    assert "开放范围" in left.reasons[0]


def test_an_office_that_can_not_be_printed_is_told_before(
    store: Store, pack: Pack, tmp_path: Path
) -> None:
    store.parties.set_office(Office(name="데모대학", contact="张三", phone="027-87000000"))
    (said,) = blank_office(store.parties.office())
    assert "单位资料的单位名称：字体中没有“데”（U+B370）" in said
    report = exported(store, pack, tmp_path, skip_faulty=True)
    (left,) = report.left_out
    assert left.case is None
    assert "单位资料：字体中没有“데”" in left.reason


def test_a_cell_that_no_sheet_holds_takes_no_others_down(
    store: Store, careless: Pack, tmp_path: Path
) -> None:
    names = tuple(Party(name=f"第{place}示例大学" * 100, kind="unit") for place in range(70))
    store.cases.save(with_value(SECOND, "owners", names), case_id=store.cases.listed()[1].id)
    papers = [(paper, ("xlsx",)) for paper, _ in wanted(careless, (), ()) if paper.scope == "batch"]
    report = export(store, careless, DAY, store.cases.listed(), tmp_path, papers)
    (left,) = report.left_out
    assert left.case == "ZL201910055850.4"
    (sheet,) = (one.path for one in report.made)
    rows = openpyxl.load_workbook(BytesIO(sheet.read_bytes())).active
    assert rows is not None
    numbers = [str(cell.value) for row in rows.iter_rows() for cell in row]
    assert FULL.patent.number in numbers
