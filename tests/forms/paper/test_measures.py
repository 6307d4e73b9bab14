"""The figures an examiner would measure on each pack's papers, and the manner a pack may set."""

from __future__ import annotations

import tomllib
from pathlib import Path

import msgspec
import pytest

from forms.facts.record import Office
from forms.output.page_sheet import MM, Put
from forms.output.pdf import pages_of, shipped_fonts
from forms.pack.language import Paper
from forms.pack.load import load
from forms.pack.manner import Manner
from forms.paper.compose import compose, compose_summary
from forms.paper.measures import Figures, figures, manner_faults
from forms.vetting.pack_lint import lint
from tests.forms.output.test_golden import ordinary
from tests.pack_files import HUBEI, QINGLAN, files_of, laid

OFFICE = Office(name="示例大学", contact="张喆", phone="027-68880001")
KAI = frozenset({"kai"})
# Margins top, right, bottom, left (mm); smallest answer (pt); white between lines (mm).
FIGURES = {
    (HUBEI, "info"): ((31, 19, 16, 21), 11, (1.13, 1.45)),
    (HUBEI, "consent"): ((30.7, 26, 24, 28), 14, (0.71, 3.88)),
    (HUBEI, "contract"): ((33, 26, 26, 28), 15, (4.23, 4.23)),
    (HUBEI, "summary"): ((20, 18, 17, 18), 10, (1.41, 2.47)),
    (QINGLAN, "register"): ((33, 26, 26, 28), 12, (2.82, 2.82)),
    (QINGLAN, "promise"): ((33, 26, 26, 28), 12, (2.12, 2.12)),
    (QINGLAN, "roll"): ((20, 18, 17, 18), 10, (1.41, 1.41)),
}


@pytest.mark.parametrize(("folder", "code"), FIGURES)
def test_each_packs_figures_are_those_measured(folder: Path, code: str) -> None:
    margins, answer, gap = FIGURES[folder, code]
    found = figures(load(folder).papers[code])
    assert found == Figures(margins_mm=margins, answer_pt=answer, answer_roles=KAI, gap_mm=gap)


def test_every_paper_of_ours_is_measured() -> None:
    for folder in (HUBEI, QINGLAN):
        assert {(folder, code) for code in load(folder).papers} <= set(FIGURES)


@pytest.mark.parametrize("code", ["info", "consent", "contract", "summary"])
def test_what_is_drawn_has_these_figures(code: str) -> None:
    """No answer is smaller, in another voice, or beyond a margin, on the pages themselves."""
    pack = load(HUBEI)
    paper = pack.papers[code]
    document = (
        compose_summary(paper, [ordinary()] * 30, pack, office=OFFICE)
        if code == "summary"
        else compose(paper, ordinary(), pack)
    )
    found = figures(paper)
    _, right, _, left = found.margins_mm
    sizes, roles = set(), set()
    for sheet in pages_of(document, shipped_fonts()):
        for op in sheet.ops:
            if not isinstance(op, Put):
                continue
            assert op.x + op.line.width <= sheet.width - right * MM + 0.5
            for piece in op.line.pieces:  # a mark's white may stand in the margin, its ink not
                assert op.x + piece.x >= left * MM - piece.size_pt / 2
                if piece.path and piece.text not in "☑□":
                    sizes.add(piece.size_pt)
                    roles.add(piece.role)
    if code != "consent":  # whose running head alone is smaller
        assert min(sizes) == found.answer_pt
    assert roles == found.answer_roles


# The manner of a pack


GUIDELINES = Manner(papers=("x",), basis="专利审查指南2023 第五部分第一章 4.3、5.2")


def paper(**type_: object) -> Paper:
    source = """
code = "x"
title = "请求书"
[page]
left_mm = 25
right_mm = 15
top_mm = 25
bottom_mm = 15
[types.text]
role = "song"
size_pt = 12
leading_pt = 19.4
[[blocks]]
block = "paragraph"
text = "专利号：{patent.number}"
"""
    made = msgspec.convert(tomllib.loads(source), Paper)
    text = msgspec.structs.replace(made.types["text"], **type_)
    return msgspec.structs.replace(made, types={"text": text})


def test_a_paper_of_the_offices_own_grid_keeps_its_manner() -> None:
    assert list(manner_faults(paper(), GUIDELINES)) == []


@pytest.mark.parametrize(
    ("type_", "said"),
    [
        ({"answer_pt": 11}, "答案最小 11 磅"),
        ({"answer_role": "heading"}, "答案用了 heading"),
        ({"leading_pt": 18}, "行距是 2.12 至 2.12 毫米"),
        ({"leading_pt": 23}, "行距是 3.88 至 3.88 毫米"),
        ({"tight_pt": 18}, "行距是 2.12 至 2.61 毫米"),
    ],
)
def test_what_does_not_keep_it_is_told(type_: dict[str, object], said: str) -> None:
    ((key, reason),) = manner_faults(paper(**type_), GUIDELINES)
    assert key == "types" and said in reason


@pytest.mark.parametrize("side", ["top", "right", "bottom", "left"])
def test_so_is_a_margin_too_narrow(side: str) -> None:
    narrow = paper()
    page = msgspec.structs.replace(narrow.page, **{f"{side}_mm": 14})
    ((key, _),) = manner_faults(msgspec.structs.replace(narrow, page=page), GUIDELINES)
    assert key == f"page.{side}_mm"


def test_a_pack_says_which_of_its_papers_keep_it(tmp_path: Path) -> None:
    assert lint(QINGLAN) == []
    wider = files_of(QINGLAN, ('papers = ["register"]', 'papers = ["register", "promise", "z"]'))
    found = lint(laid(tmp_path / "pack", wider))
    assert [(fault.file, fault.key) for fault in found] == [
        ("pack.toml", "manner.papers"),
        ("papers/promise.toml", "types"),
    ]
