"""All or nothing: several saves as one, two programs on one file, disks that fail."""

import shutil
import sqlite3
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy.exc import DBAPIError

from db.store import Store, open_store
from db.store_problems import (
    DamagedDatabase,
    DiskFull,
    DiskTrouble,
    LockedDatabase,
    MissingDatabase,
    ReadOnly,
    StaleRevision,
    StoreProblem,
    problem_of,
    told,
)
from db.transactions import ClosedStore
from forms.facts.record import Case, Patent

Clock = Callable[[], datetime]


def test_an_import_is_kept_whole_or_not_at_all(store: Store, case: Case) -> None:
    with pytest.raises(KeyboardInterrupt), store.transaction():
        store.cases.save(case)
        assert len(store.cases.listed()) == 1  # seen from inside
        raise KeyboardInterrupt
    assert store.cases.listed() == []
    with store.transaction():
        store.cases.save(case)
        store.cases.save(case)
    assert len(store.cases.listed()) == 2


def test_a_store_that_was_closed_is_not_opened_anew(store: Store, case: Case) -> None:
    """On Windows a file that somebody has open can not be replaced, as a backup's return does."""
    store.cases.save(case)
    store.close()
    with pytest.raises(ClosedStore):
        store.cases.listed()
    with pytest.raises(ClosedStore):
        store.cases.save(case)


def test_a_part_may_fail_and_the_rest_stand(store: Store, case: Case) -> None:
    saved = store.cases.save(case)
    with store.transaction():
        store.cases.save(Case(region="甲"))
        with pytest.raises(StaleRevision), store.transaction():
            store.cases.save(Case(region="乙"))
            store.cases.save(Case(), case_id=saved.id, revision=7)
        store.cases.save(Case(region="丙"))
    assert [one.case.region for one in store.cases.listed()] == ["湖北省", "甲", "丙"]


def test_what_another_window_holds_is_waited_for_then_told(
    store: Store, clock: Clock, case: Case
) -> None:
    saved = store.cases.save(case)
    with open_store(store.place, now=clock, busy_timeout_s=0.01) as other:
        with store.transaction():
            store.cases.save(Case())
            assert other.cases.listed() == [saved]  # reading goes on, and sees what is kept
            with pytest.raises(LockedDatabase, match=r"占用|正在写入") as told_of:
                other.cases.save(Case())
            assert told_of.value.file == store._door.shown
        other.cases.save(Case())
        assert len(store.cases.listed()) == 3


def test_each_thread_has_its_own_transaction(store: Store, case: Case) -> None:
    seen: list[int] = []
    with store.transaction():
        store.cases.save(case)
        reader = threading.Thread(target=lambda: seen.append(len(store.cases.listed())))
        reader.start()
        reader.join()
    assert seen == [0]
    assert len(store.cases.listed()) == 1


def pragma(store: Store, text: str) -> None:
    """Set the one connection that the pool hands out again and again."""
    with store._transactions.reading() as connection:
        connection.exec_driver_sql(f"PRAGMA {text}")


def test_a_full_disk_takes_back_and_says_so(store: Store, file: Path, case: Case) -> None:
    saved = store.cases.save(case)
    pragma(store, "max_page_count=1")  # SQLite takes the present size: it can not grow
    long = Case(patent=Patent(title="长" * 100_000))
    with pytest.raises(DiskFull, match="磁盘空间不足"):
        store.cases.save(long)
    with pytest.raises(DiskFull), store.transaction():
        store.cases.save(Case(region="甲"))
        with pytest.raises(DiskFull):
            store.cases.save(long)
        with pytest.raises(DiskFull):  # SQLite has rolled all back: nothing may go on alone
            store.cases.save(Case(region="乙"))
    assert store.cases.listed() == [saved]
    pragma(store, "max_page_count=1000000")
    store.cases.save(long)
    assert len(store.cases.listed()) == 2


def test_a_store_that_may_not_be_written_says_so(store: Store, file: Path, case: Case) -> None:
    saved = store.cases.save(case)
    pragma(store, "query_only=ON")
    with pytest.raises(ReadOnly, match="不允许写入"):
        store.cases.save(Case())
    assert store.cases.listed() == [saved]


def test_a_fault_of_ours_stays_a_fault(store: Store) -> None:
    with pytest.raises(DBAPIError):
        store.events.log("x", case_id=99)
    with store.transaction():
        with pytest.raises(DBAPIError):
            store.events.log("x", case_id=99)
        store.events.log("y")
    assert [event.what for event in store.events.listed()] == ["y"]


def test_a_record_that_can_not_be_read_is_damage(store: Store, case: Case) -> None:
    saved = store.cases.save(case)
    with store._transactions.writing() as connection:
        connection.exec_driver_sql("UPDATE cases SET content = '{\"version\": 1'")
    with pytest.raises(DamagedDatabase, match="从备份恢复"):
        store.cases.one(saved.id)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (sqlite3.SQLITE_BUSY_SNAPSHOT, LockedDatabase),
        (sqlite3.SQLITE_IOERR_WRITE, DiskTrouble),
        (sqlite3.SQLITE_CANTOPEN, ReadOnly),
        (sqlite3.SQLITE_NOTADB, DamagedDatabase),
        (sqlite3.SQLITE_ERROR, None),
    ],
)
def test_each_error_has_its_word(tmp_path: Path, code: int, kind: type[StoreProblem]) -> None:
    error = sqlite3.OperationalError("x")
    error.sqlite_errorcode = code
    problem = problem_of(error, tmp_path)
    assert type(problem) is (kind or type(None))


def test_a_database_that_has_gone_is_missed(tmp_path: Path) -> None:
    error = sqlite3.OperationalError("unable to open database file")
    error.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN
    with pytest.raises(MissingDatabase, match="没有连接"), told(tmp_path / "x.db"):
        raise error


def test_a_disk_without_room_is_told_whatever_sqlite_calls_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR_SHMSIZE
    assert type(problem_of(error, tmp_path / "x.db")) is DiskTrouble
    assert type(problem_of(error, tmp_path / "gone" / "x.db")) is DiskTrouble
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(free=4096))
    assert type(problem_of(error, tmp_path / "x.db")) is DiskFull


class Usage(NamedTuple):
    """What the system says of a disk."""

    free: int
