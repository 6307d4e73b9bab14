"""Several programs on one file at once: some rounds; `dev.py torture --together` does thousands."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from db.backup import restore
from db.store import open_store
from forms.facts.record import Party
from tools.develop.torture.disk import Journal, lying_on, mounts_for
from tools.develop.torture.jobs import BEGIN, ENTRY
from tools.develop.torture.together.nursery import Nursery
from tools.develop.torture.together.office import Confirmed, SharedOffice
from tools.develop.torture.together.rounds import Together, run
from tools.develop.torture.whole import Broken
from tools.develop.torture.worker import FORKS

ROUNDS = 3

pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)
pytestmark = pytest.mark.skipif(not FORKS, reason="Windows forks no processes: dev.py torture")


@pytest.mark.parametrize("journal", ["wal", "rollback"])
def test_nothing_confirmed_is_lost_and_each_sees_the_others_work(
    nursery: Nursery, tmp_path: Path, journal: Journal
) -> None:
    torturer = Together(20220901, nursery, journal=journal)
    run(torturer, tmp_path, ROUNDS)
    assert torturer.counts["rounds"] == ROUNDS
    assert torturer.counts["looks"] >= ROUNDS
    assert torturer.counts["confirmed"] > ROUNDS


# --- what is lost is seen ------------------------------------------------------------------------


@pytest.fixture
def office(tmp_path: Path) -> SharedOffice:
    return SharedOffice(tmp_path / "office")


def change(office: SharedOffice, sql: str) -> None:
    with closing(sqlite3.connect(office.place.database)) as connection, connection:
        connection.execute(sql)


def saved(office: SharedOffice) -> Confirmed:
    """A text that is confirmed and there."""
    with open_store(office.place.database, now=lambda: BEGIN) as store:
        first = store.cases.listed()[0]
        case = type(first.case)(other_terms="a1b2c3", pack=first.case.pack)
        store.cases.save(case, case_id=first.id)
    return Confirmed(texts=[(first.id, "a1b2c3")])


def test_a_text_that_is_gone_later_is_missed(office: SharedOffice) -> None:
    office.prove(saved(office))
    for table in ("cases", "case_versions"):
        change(office, f"UPDATE {table} SET content = replace(content, 'a1b2c3', '')")
    with pytest.raises(Broken, match="a saved text is gone"):
        office.prove(Confirmed())


def test_a_deletion_that_was_confirmed_and_did_not_happen_is_missed(office: SharedOffice) -> None:
    with pytest.raises(Broken, match="what was done is gone"):
        office.prove(Confirmed(events=[(1, "case.binned")]))


def test_an_import_of_which_there_is_too_little_is_missed(office: SharedOffice) -> None:
    with pytest.raises(Broken, match="too little"):
        office.prove(Confirmed(imports=[("nowhere", 2)]))


@pytest.mark.parametrize("field", ["office.phone", "party.phone"])
def test_a_field_that_another_has_taken_back_is_missed(office: SharedOffice, field: str) -> None:
    filled = Confirmed(fields=[(field, "027-2")], tried_fields=[(field, "027-2")])
    with pytest.raises(Broken, match="not as it was filled in"):
        office.prove(filled)  # it was confirmed, and there stands what stood there before
    with open_store(office.place.database, now=lambda: BEGIN) as store:
        store.parties.change_office(lambda one: replace(one, phone="027-2"))
        store.parties.remember(Party(name=ENTRY, kind="unit", phone="027-2"))
    everywhere = [(one, "027-2") for one in ("office.phone", "party.phone")]
    office.prove(Confirmed(fields=everywhere, tried_fields=everywhere))
    with open_store(office.place.database, now=lambda: BEGIN) as store:
        store.parties.change_office(lambda one: replace(one, phone="027-1"))
    with pytest.raises(Broken, match="not as it was filled in"):
        office.prove(Confirmed(fields=[("office.contact", "王敏")]))


def fill(office: SharedOffice, phone: str) -> None:
    with open_store(office.place.database, now=lambda: BEGIN) as store:
        store.parties.change_office(lambda one: replace(one, phone=phone))


def test_what_a_killed_program_tried_may_come_up_until_another_has_filled_the_field(
    office: SharedOffice,
) -> None:
    office.prove(Confirmed(tried_fields=[("office.phone", "027-2")]))  # and was killed at it
    office.prove(Confirmed())
    fill(office, "027-2")
    office.prove(Confirmed())
    fill(office, "027-3")
    office.prove(
        Confirmed(fields=[("office.phone", "027-3")], tried_fields=[("office.phone", "027-3")])
    )
    fill(office, "027-2")
    with pytest.raises(Broken, match="not as it was filled in"):
        office.prove(Confirmed())


def test_a_bin_that_does_not_agree_with_its_events_is_missed(office: SharedOffice) -> None:
    change(office, "UPDATE cases SET binned_at = '2022-09-01T00:00:00Z' WHERE id = 1")
    with pytest.raises(Broken, match="bin"):
        office.prove(Confirmed())


def test_what_was_saved_just_before_a_restore_may_lie_in_what_it_kept(office: SharedOffice) -> None:
    confirmed = Confirmed(texts=saved(office).texts, restores=1, tried_restore=True)
    restore(office.place.first, office.place.database, now=lambda: BEGIN)
    office.prove(confirmed)
    office.prove(Confirmed())


def test_what_a_restore_kept_nowhere_is_missed(office: SharedOffice) -> None:
    confirmed = saved(office)
    office.prove(confirmed)
    for table in ("cases", "case_versions"):
        change(office, f"UPDATE {table} SET content = replace(content, 'a1b2c3', '')")
    with pytest.raises(Broken, match="a restore has lost texts"):
        office.prove(Confirmed(tried_restore=True))


def test_an_index_that_lost_a_row_is_seen(office: SharedOffice) -> None:
    with closing(sqlite3.connect(office.place.database)) as connection, connection:
        connection.execute("PRAGMA writable_schema=ON")
        connection.execute("DELETE FROM sqlite_master WHERE name LIKE 'cases_%' AND type='index'")
    with pytest.raises(Broken, match="not whole"):
        office.prove(Confirmed())


def test_the_rollback_journal_is_what_such_a_disk_gets(tmp_path: Path) -> None:
    root = tmp_path / "office"
    with lying_on(mounts_for("rollback", root)):
        office = SharedOffice(root)
    with closing(sqlite3.connect(office.place.database)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
