"""What is damaged or gone is refused by name, the newest good backup offered, nothing lost."""

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from db.backup import restore
from db.door import SqliteDoor
from db.rotation import keep_copy
from db.store import open_store
from db.store_problems import DamagedDatabase, NotADatabase, VanishedDatabase
from forms.facts.record import Case

OF_A_FILE = True
"""What is asked here is asked of SQLite's file alone."""

Clock = Callable[[], datetime]


@pytest.fixture
def kept(file: Path, clock: Clock, case: Case) -> Path:
    """A backup of a closed database with a case, beside it."""
    with open_store(file, now=clock) as store:
        store.cases.save(case)
    keep_copy(SqliteDoor(file), "auto", now=clock())
    return keep_copy(SqliteDoor(file), "auto", now=clock())


def refused(file: Path, clock: Clock, kind: type[Exception]) -> str:
    before = file.read_bytes() if file.exists() else None
    with pytest.raises(kind) as told_of:
        open_store(file, now=clock)
    assert (file.read_bytes() if file.exists() else None) == before
    return str(told_of.value)


def test_damage_names_the_newest_backup_that_is_good(file: Path, clock: Clock, kept: Path) -> None:
    newest = keep_copy(SqliteDoor(file), "auto", now=clock())
    newest.write_bytes(newest.read_bytes()[:6000])  # this one is broken too
    file.write_bytes(file.read_bytes()[:6000])
    said = refused(file, clock, DamagedDatabase)
    assert str(kept) in said
    assert "案卷 1 件" in said
    assert "可以从备份恢复" in said


def test_a_file_written_over_names_it_too(file: Path, clock: Clock, kept: Path) -> None:
    file.write_bytes(b"\x00" * 5000)
    assert str(kept) in refused(file, clock, NotADatabase)


def test_without_a_backup_damage_is_told_alone(file: Path, clock: Clock, kept: Path) -> None:
    shutil.rmtree(kept.parent)
    file.write_bytes(file.read_bytes()[:6000])
    assert "最近的完好备份" not in refused(file, clock, DamagedDatabase)


@pytest.mark.parametrize("emptied", [True, False])
def test_data_that_vanished_are_not_begun_anew(
    file: Path, clock: Clock, kept: Path, emptied: bool
) -> None:
    file.unlink()
    if emptied:
        file.touch()
    assert str(kept) in refused(file, clock, VanishedDatabase)
    done = restore(kept, file, now=clock)
    assert done.kept is None
    with open_store(file, now=clock) as store:
        assert len(store.cases.listed()) == 1


def test_a_log_left_alone_is_not_played_into_what_is_restored(
    file: Path, clock: Clock, kept: Path, case: Case
) -> None:
    """The database's file is lost, its write-ahead log is not: that belongs to the old one."""
    left_alone = file.with_name("left alone")
    with open_store(file, now=clock) as store:
        store.cases.save(Case(region="后来"))
        left_alone.hardlink_to(file.with_name(file.name + "-wal"))
    log = left_alone.read_bytes()
    file.unlink()
    file.with_name(file.name + "-wal").write_bytes(log)
    done = restore(kept, file, now=clock)
    assert done.kept is not None
    aside = done.kept.with_name(done.kept.name + "-wal")
    assert aside.read_bytes() == log
    with open_store(file, now=clock) as store:
        store.check(full=True)
        assert [one.case for one in store.cases.listed()] == [case]
