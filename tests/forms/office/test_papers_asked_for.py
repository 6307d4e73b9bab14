"""A paper is made, and asked to be sealed, only of the cases it is for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from db.store import Store, open_store
from forms.office.case_standing import check_cases
from forms.office.paper_export import export
from forms.office.papers_wanted import wanted
from forms.office.sealed_scans import paper_to_seal
from forms.office.store import CannotDo
from tests.forms.output.declarations import PACK, declared

TODAY = date(2026, 11, 30)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "案卷.db", now=lambda: datetime(2026, 11, 30, tzinfo=UTC)) as opened:
        yield opened


def test_a_case_is_exported_with_the_papers_it_needs(store: Store, tmp_path: Path) -> None:
    cases = [store.cases.save(declared(owners)) for owners in (1, 2)]
    report = export(store, PACK, TODAY, cases, tmp_path / "待签", wanted(PACK, (), ()))
    made = [(one.case, one.paper) for one in report.made]
    assert [paper for _, paper in made].count("consent") == 1
    assert {paper for _, paper in made} == {"declaration", "statement", "consent"}
    assert report.left_out == ()


def test_a_paper_named_for_a_case_it_is_not_for_is_told(store: Store, tmp_path: Path) -> None:
    cases = [store.cases.save(declared(1))]
    papers = wanted(PACK, ("consent", "licensee_notice"), ())
    named = ("consent", "licensee_notice")
    report = export(store, PACK, TODAY, cases, tmp_path / "待签", papers, named=named)
    assert not report.made
    assert [one.reason for one in report.left_out] == [
        "只为几位专利权人共有，或者委托专利代理机构的专利制作，不适用于这件案卷。",
        "只为已经选定撤回理由的声明制作，不适用于这件案卷。",
    ]


def test_only_what_is_signed_and_needed_waits_for_a_seal(store: Store) -> None:
    one, two = (store.cases.save(declared(owners)) for owners in (1, 2))
    standings = [checked.standings for checked in check_cases(store, PACK, TODAY, [one, two])]
    assert [set(each) for each in standings] == [{"statement"}, {"statement", "consent"}]
    assert paper_to_seal(PACK, "consent", two).code == "consent"
    with pytest.raises(CannotDo, match="《同意开放许可的书面声明》只为几位专利权人共有"):
        paper_to_seal(PACK, "consent", one)
    with pytest.raises(CannotDo, match="可选：statement"):
        paper_to_seal(PACK, "declaration", one)
