"""A list is imported for a second procedure: what the ledger knows of a patent is not lost."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from db.store import Store, open_store
from forms.exchange.import_plan import ImportPlan
from forms.exchange.sheets import Sheet
from forms.facts.record import Case, Party, Patent
from forms.ground.locate import packs_folder
from forms.office.case_import import import_sheets
from forms.pack.load import load

NUMBER, OTHER = "ZL202110345678.3", "ZL202120943363.4"
HEADERS = ("专利号", "发明创造名称", "申请日")
DAY, FEE = date(2021, 3, 31), date(2027, 3, 31)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "a.db", now=lambda: datetime.now(UTC)) as opened:
        opened.cases.save(
            Case(
                pack="other-2024",
                patent=Patent(number=NUMBER, title="甲", filing_date=DAY, fee_paid_to=FEE),
                owners=(Party(name="示例大学", phone="027-1"),),
            )
        )
        yield opened


def brought_in(store: Store, *rows: Sequence[str]) -> ImportPlan:
    pack = load(packs_folder() / "hubei-2022")
    sheet = Sheet("a.xlsx", "清单", [list(HEADERS), *map(list, rows)])
    return import_sheets(store, pack, [sheet])


def test_a_known_patents_blanks_are_filled_from_the_ledger(store: Store) -> None:
    planned = brought_in(store, (NUMBER, "甲", ""), (OTHER, "乙", ""))
    known, new = store.cases.listed()[1:]
    assert known.case.patent == store.cases.one(1).case.patent
    assert known.case.owners[0].phone == "027-1"
    assert known.case.pack == "hubei-2022"
    assert known.imported == {"patent.number": NUMBER, "patent.title": "甲"}
    assert store.cases.one(1).revision == 1
    assert new.case.patent.filing_date is None
    assert (planned.elsewhere, planned.count("new")) == ((NUMBER,), 2)
    assert [row.changes for row in planned.rows] == [(), ()]
    assert store.cases.versions(known.id)[0].what == "导入 a.xlsx 第 2 行"


def test_what_the_list_says_otherwise_is_a_change_of_the_patent_and_told(store: Store) -> None:
    planned = brought_in(store, (NUMBER, "甲的新名称", "2021-03-31"))
    (row,) = planned.rows
    assert row.changes == (("patent.title", "甲", "甲的新名称"),)
    assert {one.case.patent.title for one in store.cases.listed()} == {"甲的新名称"}
    assert {one.case.patent.fee_paid_to for one in store.cases.listed()} == {FEE}
    assert len(store.patents.listed()) == 1


def test_the_same_list_again_changes_nothing(store: Store) -> None:
    brought_in(store, (NUMBER, "甲的新名称", ""))
    again = brought_in(store, (NUMBER, "甲的新名称", ""))
    assert [row.action for row in again.rows] == ["unchanged"]
    assert again.elsewhere == ()
    assert [one.revision for one in store.cases.listed()] == [2, 1]


def test_a_number_without_its_check_character_is_of_the_patent(store: Store) -> None:
    brought_in(store, ("2021 1034 5678", "甲", ""))
    first, second = store.cases.listed()
    assert second.patent_id == first.patent_id
    assert (first.case.patent.number, first.revision) == (NUMBER, 1)


def test_a_number_twice_in_the_list_is_one_case_too_many(store: Store) -> None:
    planned = brought_in(store, (NUMBER, "甲", ""), (NUMBER, "甲", ""))
    assert [row.patent_id for row in planned.rows] == [1, None]
    assert any("是同一件专利" in note.text for note in planned.notes)
    first, second, third = store.cases.listed()
    assert first.patent_id == second.patent_id != third.patent_id


def test_what_lies_in_the_bin_is_not_known(store: Store) -> None:
    store.cases.bin(1)
    planned = brought_in(store, (NUMBER, "甲", ""))
    assert planned.elsewhere == ()
    (new,) = store.cases.listed()
    assert new.case.patent.filing_date is None


def test_a_case_that_gets_its_number_from_the_list_is_the_one_of_it(store: Store) -> None:
    """Twice in the list: the first row is the case's that had no number yet."""
    first = store.cases.save(Case(pack="hubei-2022", patent=Patent(title="甲")))
    planned = brought_in(store, (NUMBER, "甲", ""), (NUMBER, "甲", ""))
    assert [row.patent_id for row in planned.rows] == [None, None]
    known, numbered, twice = store.cases.listed()
    assert numbered.id == first.id
    assert numbered.patent_id == known.patent_id != twice.patent_id
    assert numbered.case.patent.fee_paid_to == FEE
