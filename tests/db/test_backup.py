"""Backups: one file with everything, looked into before it is trusted, brought back at no cost."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.backup import backup, look_inside, restore, set_aside
from db.copies import copy_whole, unused
from db.door import SqliteDoor
from db.store import Store, open_store
from db.store_problems import (
    DamagedDatabase,
    DiskFull,
    DiskTrouble,
    LockedDatabase,
    MissingDatabase,
    MissingFolder,
    NewerDatabase,
    NotADatabase,
    ReadOnly,
    SameFile,
    told,
)
from db.tables_version import VERSION
from forms.facts.record import Case, Licence, Party

OF_A_FILE = True
"""What is asked here is asked of SQLite's file alone."""

Clock = Callable[[], datetime]


@pytest.fixture
def saved(store: Store, case: Case, tmp_path: Path) -> Path:
    """A backup of a store with a case, one in the bin, a licence and a sealed scan."""
    one = store.cases.save(case)
    store.cases.bin(store.cases.save(case).id)
    store.licences.add(one.id, Licence(licensee=Party(name="丙公司")))
    store.papers.add_scan(one.id, "info", b"%PDF sealed", "0" * 64)
    backup(store.path, tmp_path / "备份" / "一.db")
    return tmp_path / "备份" / "一.db"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_backup_of_a_store_in_use_is_one_file_with_everything(store: Store, saved: Path) -> None:
    inside = look_inside(saved)
    assert (inside.version, inside.cases, inside.binned) == (VERSION, 1, 1)
    assert (inside.licences, inside.scans) == (1, 1)
    assert inside.changed_at == max(
        c.updated_at for c in store.cases.listed() + store.cases.binned()
    )
    assert names(saved.parent) == ["一.db"]


def test_looking_leaves_no_trace(saved: Path) -> None:
    before = saved.read_bytes()
    saved.chmod(0o400)
    assert look_inside(saved).cases == 1
    assert saved.read_bytes() == before
    assert names(saved.parent) == ["一.db"]


def test_a_live_store_can_be_looked_into(store: Store, case: Case) -> None:
    assert look_inside(store.path).changed_at is None
    store.cases.save(case)
    assert look_inside(store.path).cases == 1


def test_progress_is_told_and_a_backup_can_be_stopped(store: Store, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    backup(store.path, tmp_path / "b.db", progress=lambda done, all: seen.append((done, all)))
    assert seen[-1][0] == seen[-1][1] > 0

    def stop(done: int, all: int) -> None:
        raise KeyboardInterrupt

    before = (tmp_path / "b.db").read_bytes()
    with pytest.raises(KeyboardInterrupt):
        backup(store.path, tmp_path / "b.db", progress=stop)
    assert (tmp_path / "b.db").read_bytes() == before
    assert "part" not in "".join(names(tmp_path))


def test_a_backup_is_never_written_over_the_data(store: Store, clock: Clock) -> None:
    with pytest.raises(SameFile, match="另选"):
        backup(store.path, store.path)
    with pytest.raises(SameFile):
        restore(store.path, store.path, now=clock)


def test_only_a_store_can_be_backed_up(tmp_path: Path) -> None:
    with pytest.raises(MissingDatabase):
        backup(tmp_path / "no.db", tmp_path / "b.db")
    (tmp_path / "empty.db").touch()
    with pytest.raises(NotADatabase):
        backup(tmp_path / "empty.db", tmp_path / "b.db")
    assert names(tmp_path) == ["empty.db"]


def test_a_place_that_can_not_be_written_is_told(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(MissingFolder, match=r"b\.db"):
        backup(store.path, tmp_path / "file" / "b.db")
    (tmp_path / "folder").mkdir()
    with pytest.raises((DiskTrouble, ReadOnly), match="folder"):
        backup(store.path, tmp_path / "folder")
    assert names(tmp_path) == sorted(["file", "folder", store.path.parent.name])

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFull):
        backup(store.path, tmp_path / "b.db")
    assert "b.db" not in names(tmp_path)


def test_a_full_disk_leaves_the_former_backup(store: Store, saved: Path, case: Case) -> None:
    before = saved.read_bytes()

    class Small(SqliteDoor):
        """Its copies find no room."""

        def copy_to(self, target: SqliteDoor, **_: object) -> None:
            with told(target.shown), closing(target.plain("rw")) as connection:
                connection.execute("PRAGMA max_page_count=2")
                connection.execute("CREATE TABLE t AS SELECT randomblob(100000) AS b")

    with pytest.raises(DiskFull, match=r"一\.db"):
        copy_whole(Small(store.path), saved)
    assert saved.read_bytes() == before
    assert names(saved.parent) == ["一.db"]


def test_where_the_data_can_not_be_written_the_data_are_named_and_not_the_backup(
    store: Store, saved: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFull) as told_of:
        restore(saved, store.path, now=clock)
    assert told_of.value.file == store.path


@pytest.mark.parametrize(
    ("content", "problem"),
    [(b"", NotADatabase), (b"%PDF-1.7", NotADatabase), (None, MissingDatabase)],
)
def test_what_is_no_backup_is_refused(
    store: Store,
    case: Case,
    tmp_path: Path,
    clock: Clock,
    content: bytes | None,
    problem: type[Exception],
) -> None:
    saved = store.cases.save(case)
    strange = tmp_path / "x.db"
    if content is not None:
        strange.write_bytes(content)
    for attempt in (
        lambda: look_inside(strange),
        lambda: restore(strange, store.path, now=clock),
    ):
        with pytest.raises(problem):
            attempt()
    assert store.cases.listed() == [saved]
    assert strange.exists() == (content is not None)


def test_a_newer_or_damaged_backup_is_refused(store: Store, saved: Path, clock: Clock) -> None:
    store.close()
    with closing(sqlite3.connect(saved)) as connection:
        connection.execute("PRAGMA user_version=99")
    with pytest.raises(NewerDatabase):
        restore(saved, store.path, now=clock)
    with closing(sqlite3.connect(saved)) as connection, connection:
        connection.execute(f"PRAGMA user_version={VERSION}")
        connection.execute("UPDATE cases SET content = '[]'")
    with pytest.raises(DamagedDatabase, match=r"一\.db"):  # whole, but not to be read
        restore(saved, store.path, now=clock)
    content = bytearray(saved.read_bytes())
    content[8192:] = b"\x00" * len(content[8192:])
    saved.write_bytes(content)
    with pytest.raises(DamagedDatabase):
        restore(saved, store.path, now=clock)
    assert names(store.path.parent) == [store.path.name]


def test_restoring_keeps_what_was_there(
    store: Store, saved: Path, clock: Clock, case: Case
) -> None:
    before = store.cases.listed()
    store.cases.save(Case(region="后来"))
    store.close()
    done = restore(saved, store.path, now=clock)
    assert done.inside.cases == 1
    assert done.kept is not None
    assert done.kept.parent == store.path.parent / "backups"
    assert look_inside(done.kept).cases == 2
    assert names(store.path.parent) == ["backups", store.path.name]
    with open_store(store.path, now=clock) as again:
        assert again.cases.listed() == before
        scan = again.papers.scan(before[0].id, "info")
        assert scan is not None
        assert again.papers.scan_content(scan) == b"%PDF sealed"
    assert saved.exists()


def test_restoring_where_nothing_is(saved: Path, tmp_path: Path, clock: Clock) -> None:
    place = tmp_path / "新机" / "openlicense.db"
    assert restore(saved, place, now=clock).kept is None
    assert names(place.parent) == [place.name]
    with open_store(place, now=clock) as store:
        assert len(store.cases.listed()) == 1


def test_restoring_waits_for_nobody_to_use_it(
    store: Store, saved: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.backup.BUSY_TIMEOUT_S", 0.01)
    before = store.cases.listed()
    with store.transaction():
        with pytest.raises(LockedDatabase):
            restore(saved, store.path, now=clock)
        assert store.cases.listed() == before
    assert store.cases.listed() == before


def test_restoring_over_a_damaged_one_sets_it_aside(
    store: Store, saved: Path, clock: Clock
) -> None:
    store.close()
    spoilt = store.path.read_bytes()[:5000]
    store.path.write_bytes(spoilt)
    store.path.with_name(store.path.name + "-wal").write_bytes(b"log")
    done = restore(saved, store.path, now=clock)
    assert done.kept is not None
    assert "damaged" in done.kept.name
    assert done.kept.read_bytes() == spoilt
    with open_store(store.path, now=clock) as again:
        assert len(again.cases.listed()) == 1
    again_aside = set_aside(store.path, now=datetime(2022, 10, 10, tzinfo=UTC))
    assert again_aside != done.kept
    assert not store.path.exists()


def test_restoring_over_another_programs_database_sets_it_aside(
    saved: Path, tmp_path: Path, clock: Clock
) -> None:
    place = tmp_path / "theirs.db"
    with closing(sqlite3.connect(place)) as connection:
        connection.execute("CREATE TABLE theirs (a)")
    theirs = place.read_bytes()
    done = restore(saved, place, now=clock)
    assert done.kept is not None
    assert done.kept.read_bytes() == theirs
    assert look_inside(place).cases == 1


def test_setting_aside_takes_the_side_files_along(tmp_path: Path) -> None:
    file = tmp_path / "x.db"
    for name in ("x.db", "x.db-wal", "x.db-shm", "other"):
        (tmp_path / name).write_text(name)
    aside = set_aside(file, now=datetime(2022, 1, 2, 3, 4, 5, tzinfo=UTC))
    assert names(tmp_path) == [
        "other",
        "x.db.damaged-20220102-030405",
        "x.db.damaged-20220102-030405-shm",
        "x.db.damaged-20220102-030405-wal",
    ]
    shutil.copy(aside, file)
    assert set_aside(file, now=datetime(2022, 1, 2, 3, 4, 5, tzinfo=UTC)) != aside


def test_a_name_is_never_taken_twice(tmp_path: Path) -> None:
    assert unused(tmp_path / "a.db").name == "a.db"
    (tmp_path / "a.db").touch()
    (tmp_path / "a-2.db").touch()
    assert unused(tmp_path / "a.db").name == "a-3.db"
