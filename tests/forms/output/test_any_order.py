"""A day's papers in any order: none is another for what was printed before it.

Much of a paper is kept for the next one: lines, how they are drawn, subsets of fonts, pages.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.facts.record import Case, Licence, Office, OtherStandard, Party, Royalty
from forms.ground.locate import packs_folder
from forms.output.pdf import render
from forms.pack.load import load
from forms.paper.compose import compose, compose_summary
from forms.paper.document import Document
from tests.forms.output.heard import heard

ROOT = Path(__file__).parents[3]
DATA = ROOT / "tests" / "data" / "papers"
OFFICE = Office(name="示例大学", contact="张喆", phone="027-68880001")
PACK = load(packs_folder() / "hubei-2022")

CASE = msgspec.json.decode((DATA / "case.json").read_bytes(), type=Case)
LICENCE = msgspec.json.decode((DATA / "licence.json").read_bytes(), type=Licence)
# Characters of other fonts, a name over several lines, terms that go on a further sheet.
OTHER = msgspec.structs.replace(
    CASE,
    owners=(Party(name="Électricité de l’Est（中国）𬭎业研究院有限责任公司"), Party(name="张喆")),
    royalty=Royalty(way="other", other=OtherStandard(text="每台 200 元，按季度结算")),
    other_terms="被许可人应当于每一会计年度终了后三十日内提交销售台账。" * 60,
)


def _paper(code: str, case: Case, draft: bool = False) -> Document:
    paper = PACK.papers[code]
    return compose(paper, case, PACK, licence=LICENCE, office=OFFICE, draft=draft)


def _summary(*cases: Case) -> Document:
    return compose_summary(PACK.papers["summary"], cases, PACK, office=OFFICE)


PAPERS: dict[str, Callable[[], Document]] = {
    "a blank table": lambda: _paper("info", Case()),
    "a table": lambda: _paper("info", CASE),
    "a table of another's": lambda: _paper("info", OTHER),
    "a draft": lambda: _paper("info", OTHER, draft=True),
    "a declaration": lambda: _paper("consent", OTHER),
    "a contract": lambda: _paper("contract", CASE),
    "a summary": lambda: _summary(OTHER, CASE, OTHER),
}


def sha256_of(name: str) -> str:
    """The hash of a paper's file, made now."""
    return hashlib.sha256(render(PAPERS[name]())).hexdigest()


# Each name in a program that has made none before: a fork of one, where there are forks.
FIRSTS = """
import os, runpy, sys
file, *names = sys.argv[1:]
sha256_of = runpy.run_path(file)["sha256_of"]
for name in names:
    if len(names) == 1 or os.fork() == 0:
        print(sha256_of(name), flush=True)
        os._exit(0)
    assert os.wait()[1] == 0
"""


@cache
def firsts_of_a_day() -> dict[str, str]:
    """The hash of each paper's file, made by a program that has made none before."""
    together = [list(PAPERS)] if hasattr(os, "fork") else [[name] for name in PAPERS]
    made: list[str] = []
    for names in together:
        told = subprocess.run(
            [sys.executable, "-c", FIRSTS, str(Path(__file__)), *names],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "11"},
        )
        made += told.stdout.split()
    return dict(zip(PAPERS, made, strict=True))


@given(day=st.lists(st.sampled_from(sorted(PAPERS)), min_size=2, max_size=6))
@settings(max_examples=20)
def test_a_paper_is_the_same_whatever_was_printed_before(day: list[str]) -> None:
    for name in day:
        assert sha256_of(name) == firsts_of_a_day()[name], name


def test_no_two_papers_of_the_day_are_the_same_file() -> None:
    """The comparison above can fail."""
    assert len({sha256_of(name) for name in PAPERS}) == len(PAPERS)


@pytest.mark.parametrize("name", sorted(PAPERS))
def test_a_paper_is_the_same_each_time(name: str) -> None:
    """What comes again is kept at its second time and drawn from that at its third."""
    assert {sha256_of(name) for _ in range(5)} == {firsts_of_a_day()[name]}


@pytest.mark.parametrize("name", ["a table", "a table of another's", "a declaration", "a contract"])
def test_a_paper_stands_twice_in_one_file(name: str) -> None:
    """Its elements are in the tree once for each, though what they are made from is kept."""
    one, both = PAPERS[name](), PAPERS[name]()
    for _ in range(3):
        _, *single = heard(render(one)).splitlines()
        _, *double = heard(render([one, both])).splitlines()
        assert double == [*single, *single]
