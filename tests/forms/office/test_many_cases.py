"""Cases gone through in portions are those that were chosen, and checked as all at once."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest

from db.store import Store, open_store
from forms.ground.locate import packs_folder
from forms.office import many_cases
from forms.office.case_standing import check_by_portions, check_cases
from forms.office.many_cases import HeldCases, ManyCases
from forms.office.paper_export import export
from forms.office.paper_orders import Orders, Results, in_turn
from forms.office.papers_wanted import wanted
from forms.pack.load import load
from forms.pack.types import Pack
from tools.develop.bench.patents import PACK, patents

TODAY = date(2022, 9, 1)
NOW = datetime(2022, 9, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load(packs_folder() / PACK)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "data" / "data.db", now=lambda: NOW) as opened:
        yield opened


@pytest.fixture
def several(store: Store) -> Store:
    cases = list(patents(7))
    contact = msgspec.structs.replace(cases[0].contact, phone="027-68880002")
    cases[5] = msgspec.structs.replace(cases[0], contact=contact)  # one number, two phones
    store.cases.add_all([(case, {}, "") for case in cases])
    return store


@pytest.mark.parametrize(("portion", "few"), [(100, 1000), (3, 1000), (3, 0), (1, 0)])
def test_they_are_checked_as_all_at_once(
    several: Store, pack: Pack, monkeypatch: pytest.MonkeyPatch, portion: int, few: int
) -> None:
    monkeypatch.setattr(many_cases, "PORTION", portion)
    monkeypatch.setattr(many_cases, "_FEW", few)
    stored = several.cases.listed()
    whole = check_cases(several, pack, TODAY, stored)
    for cases in (ManyCases(several, [one.id for one in stored]), HeldCases(stored)):
        checked = list(check_by_portions(several, pack, TODAY, cases))
        assert [one for some in checked for one in some] == whole
        assert max(map(len, checked)) <= portion
        assert list(cases) == stored


@pytest.mark.parametrize("few", [0, 1000])
def test_an_export_in_portions_is_the_one_of_all_at_once(
    several: Store, pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    papers = wanted(pack, [], ("pdf", "xlsx"))
    stored = several.cases.listed()
    whole = export(several, pack, TODAY, stored, tmp_path / "whole", papers)
    monkeypatch.setattr(many_cases, "PORTION", 2)
    monkeypatch.setattr(many_cases, "_FEW", few)
    cases = ManyCases(several, [one.id for one in stored])
    parts = export(several, pack, TODAY, cases, tmp_path / "parts", papers)
    assert [one.path.name for one in parts.made] == [one.path.name for one in whole.made]
    assert [one.path.read_bytes() for one in parts.made] == [
        one.path.read_bytes() for one in whole.made
    ]
    assert (parts.drafts, parts.left_out) == (whole.drafts, whole.left_out)
    exports = several.papers.exports_of([one.id for one in stored])
    assert all(
        first.words_sha256 == again.words_sha256
        for each in exports.values()
        for first, again in zip(each[: len(each) // 2], each[len(each) // 2 :], strict=True)
    )


def test_a_summary_says_what_the_papers_of_its_cases_say(
    several: Store, pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(many_cases, "_FEW", 0)
    stored = several.cases.listed()
    papers = wanted(pack, ["info", "summary"], ("xlsx", "pdf"))
    cases = ManyCases(several, [one.id for one in stored])

    def made_while_another_writes(orders: Orders) -> Results:
        yield from in_turn(orders)
        patent = msgspec.structs.replace(stored[0].case.patent, title="改过的名称")
        changed = msgspec.structs.replace(stored[0].case, patent=patent)
        several.cases.save(changed, case_id=stored[0].id)

    whole = export(several, pack, TODAY, stored, tmp_path / "whole", papers)
    parts = export(
        *(several, pack, TODAY, cases, tmp_path / "parts", papers),
        makers=made_while_another_writes,
    )
    assert [one.path.read_bytes() for one in parts.made] == [
        one.path.read_bytes() for one in whole.made
    ]
