"""What the office keeps for itself: imported, exported, searched for, and never printed."""

from collections.abc import Iterator
from datetime import date

import msgspec
import pytest

from db.projection import columns
from forms.exchange.import_plan import plan
from forms.exchange.register_book import register_columns
from forms.exchange.sheets import Sheet
from forms.exchange.template import template_columns
from forms.facts.record import OF_THE_OFFICE, Case, Licence
from forms.ground.locate import packs_folder
from forms.office.templates import shared_answers
from forms.pack.askable import facts
from forms.pack.load import load
from forms.pack.own_facts import OWN_STEP, with_own
from forms.pack.slots import parse
from forms.pack.types import Field
from forms.paper.compose import compose, compose_summary
from forms.paper.document_words import words
from forms.paper.printed_values import View
from forms.vetting.pack_changes import differences
from tests.forms.filled import FULL

PACK = load(packs_folder() / "hubei-2022")
SECRET = "甲方还在犹豫价格"
MARKED = msgspec.structs.replace(FULL, department="材料学院", notes=SECRET)


def imported(*rows: list[object]) -> Case:
    (row,) = plan([Sheet("a.xlsx", "表", [list(one) for one in rows])], PACK, []).rows
    return row.case


@pytest.mark.parametrize("heading", ["学院", "所属学院", "院系", "部门", "院（系）", "学院/部门"])
def test_a_department_and_notes_are_read_from_a_workbook(heading: str) -> None:
    case = imported(["专利号", heading, "备注"], ["ZL202110345678.3", "材料学院", SECRET])
    assert (case.department, case.notes) == ("材料学院", SECRET)


def test_the_register_and_the_template_have_columns_for_them() -> None:
    own = [(name, field.path) for name, field in register_columns(PACK) if field.step == OWN_STEP]
    assert own == [
        ("学院/部门", "department"),
        ("备注", "notes"),
        ("费减比例", "patent.fee_reduction"),
        ("开放许可备案日", "patent.open_licence_recorded_on"),
        ("终止通知书收到日", "patent.lapse_notice_on"),
    ]
    assert [one.header for one in template_columns(PACK)][-5:] == [name for name, _ in own]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("85%", "85"), (0.85, "85"), (85, "85"), ("70%", "70"), ("0.7", "70"), ("无", "none")],
)
def test_what_annuities_hang_on_is_read_from_a_workbook(typed: object, kept: str) -> None:
    header = ["专利号", "费减比例", "开放许可备案日", "开放许可届满日"]
    row = ["ZL202110345678.3", typed, "2025年3月1日", "2030-12-31"]
    case = imported(header, row)
    assert case.patent.fee_reduction == kept
    assert case.patent.open_licence_recorded_on == date(2025, 3, 1)
    assert case.offer_end == date(2030, 12, 31)
    assert not case.unread


def test_a_search_finds_them_and_the_register_has_its_columns() -> None:
    found = columns(MARKED)
    assert SECRET in found["folded"]
    assert (found["department"], found["inventors"]) == (
        "材料学院",
        "、".join(MARKED.patent.inventors),
    )


def test_notes_belong_to_one_case_a_department_to_many() -> None:
    shared = shared_answers(MARKED)
    assert (shared.department, shared.notes) == ("材料学院", "")


# --- never printed ----------------------------------------------------------------------------


def papers() -> Iterator[tuple[str, str]]:
    for code, paper in PACK.papers.items():
        if paper.scope == "batch":
            yield code, words(compose_summary(paper, [MARKED], PACK))
        else:
            yield code, words(compose(paper, MARKED, PACK, licence=Licence()))


def test_no_paper_of_a_pack_prints_them() -> None:
    assert MARKED.patent.number
    for code, printed in papers():
        assert MARKED.patent.number in printed.replace("\n", ""), code
        assert SECRET not in printed, code
        assert "材料学院" not in printed, code


def test_a_pack_that_asks_for_them_prints_a_blank_and_is_at_fault() -> None:
    (slot,) = parse("{notes}")
    assert not isinstance(slot, str)
    assert View(case=MARKED, pack=PACK).answer(slot) == ""
    assert not set(OF_THE_OFFICE) & set(facts())


# --- with a pack's own fields -----------------------------------------------------------------


def test_a_heading_a_pack_gives_its_own_field_means_that_field() -> None:
    theirs = Field(path="extra.remark", label="其他", kind="text", columns=("备注", "部门"))
    steps, fields = with_own((), [theirs])
    assert [step.id for step in steps] == [OWN_STEP]
    by_path = {field.path: field for field in fields}
    assert "备注" not in by_path["notes"].columns
    assert "部门" not in by_path["department"].columns
    assert "学院" in by_path["department"].columns


def test_they_are_no_part_of_what_an_authority_issued() -> None:
    (count,) = [one.after for one in differences(None, PACK) if one.what == "填写的栏目"]
    assert count == f"{len(PACK.fields) - len(OF_THE_OFFICE)} 栏"


def test_a_pledge_in_the_notes_is_told() -> None:
    header = ["专利号", "备注"]
    rows = [header, ["ZL202110345678.3", "已质押给示例银行"]]
    notes = plan([Sheet("a.xlsx", "表", rows)], PACK, []).notes
    assert [note.text for note in notes if "质押" in note.text] == [
        "“备注”一列含有“质押”，请核对这件专利能否开放许可。"
    ]
