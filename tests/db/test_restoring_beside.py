"""A restore beside others at work: whatever was confirmed is in the live data or in the copy."""

import errno
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from db import backup as module
from db.backup import backup, restore
from db.door import SqliteDoor
from db.store import Store, open_store
from db.store_problems import LockedDatabase, RestoredElsewhere, StaleRevision
from forms.facts.record import Case

OF_A_FILE = True
"""What is asked here is asked of SQLite's file alone."""

Clock = Callable[[], Any]

WRITERS = 20


@pytest.fixture(params=["log", "rollback journal"])
def journal(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways of SQLite to keep a transaction; the second is for shares and sticks."""
    monkeypatch.setattr("db.door.wants_rollback_journal", lambda _: request.param != "log")
    return str(request.param)


@pytest.fixture
def saved(file: Path, clock: Clock, tmp_path: Path) -> Path:
    """A backup of as many cases as there are writers."""
    with open_store(file, now=clock) as store:
        store.cases.add_all([(Case(region=str(n)), {}, "") for n in range(WRITERS)])
    backup(file, tmp_path / "备份.db")
    return tmp_path / "备份.db"


class Writers:
    """Commands beside the restore, each of them deletes one case and adds another."""

    def __init__(self, file: Path, clock: Clock) -> None:
        self.file, self.clock = file, clock
        self.deleted: list[int] = []
        self.added: list[str] = []
        self.refused: list[int] = []

    def write(self, number: int, at_most_s: float = 0.05) -> None:
        try:
            with open_store(
                self.file, now=self.clock, create=False, check=False, busy_timeout_s=at_most_s
            ) as store:
                store.cases.bin(number + 1)
                self.deleted.append(number + 1)
                store.cases.save(Case(region=f"新 {number}"))
                self.added.append(f"新 {number}")
        except (LockedDatabase, RestoredElsewhere):
            self.refused.append(number)

    def all_write(self) -> None:
        with ThreadPoolExecutor(WRITERS) as pool:
            list(pool.map(self.write, range(WRITERS)))

    def missing_from(self, *files: Path) -> list[object]:
        """What was confirmed and is in none of the databases."""
        binned: set[int] = set()
        regions: set[str] = set()
        for file in files:
            with open_store(file, now=self.clock) as store:
                binned |= {one.id for one in store.cases.binned()}
                regions |= {one.case.region for one in store.cases.listed()}
        return [one for one in self.deleted if one not in binned] + [
            one for one in self.added if one not in regions
        ]


def test_nobody_gets_in_between_the_copy_and_the_replacement(
    journal: str, file: Path, saved: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it was seen: a deletion that ended well was in neither of the two."""
    writers = Writers(file, clock)
    copied = module.keep_copy

    def copied_then_written(*arguments: Any, **named: Any) -> Path:
        kept = copied(*arguments, **named)
        writers.all_write()
        return kept

    monkeypatch.setattr(module, "keep_copy", copied_then_written)
    done = restore(saved, file, now=clock)
    assert done.kept is not None
    assert not writers.missing_from(file, done.kept)
    assert sorted(writers.refused) == list(range(WRITERS))


def test_a_restore_among_writers_waits_or_refuses_and_loses_nothing(
    journal: str, file: Path, saved: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.backup.BUSY_TIMEOUT_S", 0.05)
    writers = Writers(file, clock)
    kept: list[Path] = []
    with ThreadPoolExecutor(WRITERS) as pool:
        written = [pool.submit(writers.write, number, 5.0) for number in range(WRITERS)]
        while len(kept) < 2:
            try:
                done = restore(saved, file, now=clock)
            except LockedDatabase as problem:
                assert "占用" in str(problem)
            else:
                assert done.kept is not None
                kept.append(done.kept)
    for one in written:
        one.result()
    assert not writers.missing_from(file, *kept)


def test_a_restore_is_refused_while_another_has_the_log_open(
    file: Path, saved: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.backup.BUSY_TIMEOUT_S", 0.05)
    with open_store(file, now=clock) as store:
        store.cases.bin(1)
        with pytest.raises(LockedDatabase, match="请关闭"):
            restore(saved, file, now=clock)
        assert [one.id for one in store.cases.binned()] == [1]
        store.cases.bin(2)
        assert [one.id for one in store.cases.binned()] == [1, 2]


@pytest.fixture
def idle(
    file: Path, saved: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> tuple[Store, list[str]]:
    """A store that is open on a share, and what it is told."""
    monkeypatch.setattr("db.door.wants_rollback_journal", lambda _: True)
    told: list[str] = []
    store = open_store(file, now=clock)
    store.on_restored(lambda: told.append("restored"))
    return store, told


def test_who_had_it_open_on_a_share_does_not_write_into_what_was_brought_back(
    file: Path, saved: Path, clock: Clock, idle: tuple[Store, list[str]]
) -> None:
    store, told = idle
    mine = store.cases.save(Case(region="第二版"), case_id=1, revision=1)
    restore(saved, file, now=clock)
    with open_store(file, now=clock) as other:
        theirs = other.cases.save(Case(region="恢复后别人写的"), case_id=1)
    assert theirs.revision == mine.revision  # the number alone would not tell
    with pytest.raises(RestoredElsewhere, match="从备份恢复") as caught:
        store.cases.save(Case(region="第三版"), case_id=1, revision=mine.revision)
    assert isinstance(caught.value, StaleRevision)  # so the two are combined as ever
    assert told == ["restored"]
    assert store.cases.one(1).case.region == "恢复后别人写的"
    store.cases.save(Case(region="看过之后"), case_id=1, revision=theirs.revision)
    assert told == ["restored"]
    store.close()


def test_who_only_looks_is_told_once(
    file: Path, saved: Path, clock: Clock, idle: tuple[Store, list[str]]
) -> None:
    store, told = idle
    store.look_for_restore()
    assert told == []
    restore(saved, file, now=clock)
    store.look_for_restore()
    store.look_for_restore()
    assert told == ["restored"]
    assert store.register.count() == WRITERS
    store.close()


def test_being_alone_ends_without_a_trace(file: Path, saved: Path, clock: Clock) -> None:
    door = SqliteDoor(file, busy_timeout_s=0.05)
    with door.alone():
        door.check(full=True)
        with pytest.raises(LockedDatabase):
            SqliteDoor(file, busy_timeout_s=0).check()
    assert door.side_files() == []
    door.check()


def test_what_another_program_has_just_begun_is_not_replaced(
    file: Path, saved: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The damaged one is out of the way, the backup not there yet, and somebody starts anew."""
    file.write_bytes(file.read_bytes()[:5000])
    away = module.set_aside

    def set_aside_then_begun(path: Path, *, now: datetime) -> Path:
        aside = away(path, now=now)
        with open_store(path, now=clock) as store:
            store.cases.save(Case(region="刚刚开始"))
        return aside

    monkeypatch.setattr(module, "set_aside", set_aside_then_begun)
    done = restore(saved, file, now=clock)
    assert done.kept is not None
    with open_store(done.kept, now=clock) as kept, open_store(file, now=clock) as store:
        assert [one.case.region for one in kept.cases.listed()] == ["刚刚开始"]
        assert len(store.cases.listed()) == WRITERS


def test_a_disk_without_links_gets_the_backup_by_another_name(
    file: Path, saved: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refused)
    file.write_bytes(file.read_bytes()[:5000])
    done = restore(saved, file, now=clock)
    assert done.kept is not None and "damaged" in done.kept.name
    with open_store(file, now=clock) as store:
        assert len(store.cases.listed()) == WRITERS
    assert not list(file.parent.glob(".~*"))
