"""Whatever lies where the database should be: made, opened, brought up to date or refused."""

import os
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from shutil import copyfile

import pytest
from sqlalchemy import Connection, create_engine
from sqlalchemy.dialects.sqlite.base import SQLiteDialect

from db import backup, tables
from db.door import SqliteDoor
from db.migrations import STEPS, Step
from db.opened_store import OURS, Schema, open_engine
from db.store import Store, open_store
from db.store_problems import (
    DamagedDatabase,
    LockedDatabase,
    MigrationFailed,
    MissingDatabase,
    MissingFolder,
    NewerDatabase,
    NotADatabase,
    ReadOnly,
    StoreProblem,
)
from db.tables_version import VERSION
from forms.facts.record import Case, Patent

OF_A_FILE = True
"""What is asked here is asked of SQLite's file alone."""

Clock = Callable[[], datetime]

NEXT = VERSION + 1


def ask(file: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(file)) as connection, connection:
        return connection.execute(sql).fetchall()


@pytest.fixture
def old(file: Path, clock: Clock, case: Case) -> Path:
    """A database of this version, closed."""
    with open_store(file, now=clock) as store:
        store.cases.save(case)
    return file


def test_a_fresh_database_is_ours(old: Path) -> None:
    assert ask(old, "PRAGMA application_id") == [(0x4F4C444B,)]
    assert ask(old, "PRAGMA user_version") == [(VERSION,)]
    names = {name for (name,) in ask(old, "SELECT name FROM sqlite_master WHERE type='table'")}
    assert names - {"sqlite_sequence"} == {*tables.metadata.tables, *tables.of_files.tables}


def test_a_fresh_database_has_the_tables_word_for_word_as_they_are_described(
    old: Path, tmp_path: Path
) -> None:
    described = tmp_path / "described.db"
    engine = create_engine(f"sqlite:///{described}")
    tables.metadata.create_all(engine)
    tables.of_files.create_all(engine)
    engine.dispose()
    schema = "SELECT type, name, sql FROM sqlite_master ORDER BY type, name"
    assert ask(old, schema) == ask(described, schema)


def test_it_is_kept_as_safely_as_sqlite_can(store: Store) -> None:
    with store._transactions.reading() as connection:
        for pragma, value in (
            ("journal_mode", "wal"),
            ("synchronous", 3),
            ("foreign_keys", 1),
            ("trusted_schema", 0),
        ):
            assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar_one() == value


def test_on_a_share_it_keeps_a_rollback_journal(
    old: Path, clock: Clock, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.door.wants_rollback_journal", lambda file: True)
    with open_store(old, now=clock) as store:
        store.cases.save(case)
        assert [path.name for path in old.parent.glob("openlicense.db*")] == [old.name]
        assert len(store.cases.listed()) == 2


def test_a_missing_database_is_made_only_where_wanted(tmp_path: Path, clock: Clock) -> None:
    with pytest.raises(MissingDatabase, match="没有连接"):
        open_store(tmp_path / "a" / "x.db", now=clock, create=False)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_can_not_be_made_is_told(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "a").write_text("a file")
    with pytest.raises(MissingFolder, match="文件夹"):
        open_store(tmp_path / "a" / "b" / "x.db", now=clock)


def test_a_folder_is_no_database(tmp_path: Path, clock: Clock) -> None:
    for create in (True, False):
        with pytest.raises(NotADatabase):
            open_store(tmp_path, now=clock, create=create)
    with pytest.raises(NotADatabase):
        backup.look_inside(tmp_path)


def test_a_folder_without_leave_to_write_is_told(
    old: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda place, mode: place != old.parent)
    with pytest.raises(ReadOnly, match="只读"):
        open_store(old, now=clock)

    def refuse(*_: object) -> int:
        raise PermissionError(13, "no")

    with monkeypatch.context() as meanwhile:  # its folder is cleared away before it is undone
        meanwhile.setattr(os, "open", refuse)
        with pytest.raises(ReadOnly):
            open_store(old.with_name("new.db"), now=clock)


def test_a_file_left_empty_becomes_a_database(file: Path, clock: Clock) -> None:
    """As a kill at the very first moment leaves it."""
    file.parent.mkdir()
    file.touch()
    with open_store(file, now=clock, create=False) as store:
        assert store.cases.listed() == []


@pytest.mark.parametrize("content", [b"PK\x03\x04 a workbook", b"SQLite format 2", b"\x00"])
def test_another_file_is_refused_and_untouched(
    tmp_path: Path, clock: Clock, content: bytes
) -> None:
    file = tmp_path / "x.db"
    file.write_bytes(content)
    with pytest.raises(NotADatabase, match="不是本程序"):
        open_store(file, now=clock)
    assert file.read_bytes() == content


def test_another_programs_database_is_refused_and_untouched(tmp_path: Path, clock: Clock) -> None:
    file = tmp_path / "x.db"
    ask(file, "CREATE TABLE other (a)")
    before = file.read_bytes()
    with pytest.raises(NotADatabase):
        open_store(file, now=clock)
    assert file.read_bytes() == before
    assert list(tmp_path.iterdir()) == [file]


def test_a_database_with_machinery_in_it_is_refused(old: Path, clock: Clock) -> None:
    ask(old, "CREATE TRIGGER t AFTER INSERT ON cases BEGIN DELETE FROM cases; END")
    with pytest.raises(NotADatabase):
        open_store(old, now=clock)


def test_a_newer_database_is_refused_kindly_and_untouched(old: Path, clock: Clock) -> None:
    ask(old, "PRAGMA user_version=99")
    before = old.read_bytes()
    with pytest.raises(NewerDatabase, match=rf"数据版本 99.*支持到 {VERSION}.*新版本"):
        open_store(old, now=clock)
    assert old.read_bytes() == before


def spoil(file: Path) -> bytes:
    """Break pages in the middle, as a failing disk does; the header stays good."""
    content = bytearray(file.read_bytes())
    content[4096 * 2 :] = b"\xff" * (len(content) - 4096 * 2)
    file.write_bytes(content)
    return bytes(content)


def test_a_damaged_database_is_refused_and_untouched(old: Path, clock: Clock) -> None:
    spoilt = spoil(old)
    with pytest.raises(DamagedDatabase, match="已损坏"):
        open_store(old, now=clock)
    assert old.read_bytes() == spoilt
    content = bytearray(spoilt)
    content[16:100] = b"\xff" * 84  # now the header too
    old.write_bytes(content)
    with pytest.raises(DamagedDatabase):
        open_store(old, now=clock)
    assert old.read_bytes() == content


def test_an_open_store_can_be_checked(store: Store, case: Case) -> None:
    store.cases.save(case)
    store.check()
    store.check(full=True)
    ask(store.path, "UPDATE case_versions SET case_id = 99")
    store.check()
    with pytest.raises(DamagedDatabase):
        store.check(full=True)


def test_the_check_can_be_left_for_later(old: Path, clock: Clock) -> None:
    ask(old, "CREATE INDEX extra ON cases(title)")
    root = ask(old, "SELECT rootpage FROM sqlite_master WHERE name='extra'")[0][0]
    size = ask(old, "PRAGMA page_size")[0][0]
    assert isinstance(root, int) and isinstance(size, int)
    content = bytearray(old.read_bytes())
    content[(root - 1) * size : root * size] = b"\xff" * size
    old.write_bytes(content)
    with pytest.raises(DamagedDatabase):
        open_store(old, now=clock)
    with open_store(old, now=clock, check=False) as store:
        assert len(store.cases.listed()) == 1


def test_two_programs_may_make_the_same_database(file: Path, clock: Clock) -> None:
    made: list[Store] = []

    def create(connection: Connection) -> None:  # pragma: no cover
        raise AssertionError("the other one has made it")

    door = SqliteDoor(file)
    seen = door.looked_at_version

    class Late(SqliteDoor):
        def looked_at_version(self, mode: str = "rw") -> int:
            version = super().looked_at_version(mode)
            made.append(open_store(file, now=clock))
            return version

    late = Schema(OURS.version, create, OURS.steps)
    open_engine(Late(file), now=clock, schema=late).dispose()
    made[0].close()
    assert seen() == VERSION


def test_a_transaction_takes_back_tables_and_version(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store._transactions.writing() as connection:
        connection.exec_driver_sql("CREATE TABLE half_made (a)")
        connection.exec_driver_sql("PRAGMA user_version=7")
        raise ZeroDivisionError
    assert ask(store.path, "SELECT name FROM sqlite_master WHERE name='half_made'") == []
    assert ask(store.path, "PRAGMA user_version") == [(VERSION,)]


# --- older databases --------------------------------------------------------------------------


NEXT = VERSION + 1


def add_colour(connection: Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE cases ADD COLUMN colour TEXT")


def rebuild(connection: Connection) -> None:
    """Change a table others refer to, the way SQLite wants it."""
    connection.exec_driver_sql("CREATE TABLE next AS SELECT * FROM cases")
    connection.exec_driver_sql("DROP TABLE cases")
    connection.exec_driver_sql("ALTER TABLE next RENAME TO cases")
    connection.exec_driver_sql("CREATE UNIQUE INDEX cases_id ON cases(id)")


def fail(connection: Connection) -> None:
    connection.exec_driver_sql("DROP TABLE events")
    raise ZeroDivisionError


def orphan(connection: Connection) -> None:
    connection.exec_driver_sql("DELETE FROM cases")


def later(*steps: Step) -> Schema:
    def made(_: Connection) -> None:  # pragma: no cover
        raise AssertionError("it is there")

    def all_steps() -> Sequence[Step]:
        return steps

    return Schema(NEXT + 1, made, all_steps)


def test_an_older_database_is_backed_up_and_brought_up_to_date(
    old: Path, clock: Clock, case: Case
) -> None:
    door = SqliteDoor(old)
    schema = later(Step(NEXT, add_colour), Step(NEXT + 1, rebuild))
    open_engine(door, now=clock, schema=schema).dispose()
    assert ask(old, "SELECT title, colour FROM cases") == [(case.patent.title, None)]
    assert door.looked_at_version() == NEXT + 1
    (kept,) = (old.parent / "backups").iterdir()
    assert f"v{VERSION}" in kept.name
    assert backup.look_inside(kept).cases == 1
    open_engine(door, now=clock, schema=schema).dispose()
    assert len(list((old.parent / "backups").iterdir())) == 1


@pytest.mark.parametrize(
    "steps",
    [
        (Step(NEXT, add_colour), Step(NEXT + 1, fail)),
        (Step(NEXT, add_colour), Step(NEXT + 1, orphan)),
        (Step(NEXT, add_colour),),
    ],
)
def test_a_step_that_fails_is_taken_back(old: Path, clock: Clock, steps: tuple[Step, ...]) -> None:
    with pytest.raises(MigrationFailed, match="已退回原样") as told_of:
        open_engine(SqliteDoor(old), now=clock, schema=later(*steps))
    assert "backups" in str(told_of.value)
    assert ask(old, "SELECT count(*) FROM events") == [(0,)]
    assert ask(old, "PRAGMA user_version") == [(NEXT,)]  # the step before stands, with its version
    assert ask(old, "SELECT colour FROM cases") == [(None,)]
    mended = later(Step(NEXT, fail), Step(NEXT + 1, lambda connection: None))
    open_engine(SqliteDoor(old), now=clock, schema=mended).dispose()  # goes on from there
    assert ask(old, "PRAGMA user_version") == [(NEXT + 1,)]


def test_an_older_database_in_use_is_left_alone(old: Path, clock: Clock) -> None:
    with open_store(old, now=clock) as store, store.transaction():
        store.cases.save(Case(patent=Patent(title="正在填写")))
        with pytest.raises(LockedDatabase):
            door = SqliteDoor(old, busy_timeout_s=0.01)
            open_engine(door, now=clock, schema=later(Step(NEXT, add_colour)))
    assert ask(old, "PRAGMA user_version") == [(VERSION,)]


def test_a_database_that_another_program_reads_is_waited_for(old: Path, clock: Clock) -> None:
    SqliteDoor(old).settle()
    with closing(sqlite3.connect(old)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM cases").fetchone()
        busy = open_store(old, now=clock, busy_timeout_s=0.01)
        with pytest.raises(LockedDatabase):  # it can not go over to the log meanwhile
            busy.cases.listed()
        busy.close()
    open_store(old, now=clock).close()


def test_steps_lead_to_the_present_version() -> None:
    assert [step.version for step in STEPS] == list(range(2, VERSION + 1))
    assert OURS.steps() is STEPS


def test_problems_of_the_database_are_all_told(tmp_path: Path) -> None:
    """Every kind has a full sentence that names the file wherever there is one."""
    facts = {"found": 2, "known": 1, "backup": "b", "version": 3, "size_mb": 200, "limit_mb": 100}
    facts["word"] = "需求"
    facts |= {"dump": "x", "bring_back": "y", "version": "14.2", "encoding": "UTF8"}
    kinds: list[type[StoreProblem]] = [StoreProblem, *StoreProblem.__subclasses__()]
    for kind in kinds:
        text = str(kind(tmp_path / "甲.db", **facts))
        assert text.endswith("。")
        assert ("甲.db" in text) == ("{file}" in kind.sentence)


def test_a_store_opened_once_more_puts_no_statement_into_words_again(
    old: Path, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_store(old, now=clock) as store:
        listed = store.cases.listed()

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a statement was put into words")

    monkeypatch.setattr(SQLiteDialect, "statement_compiler", refuse)
    for path in (old, copyfile(old, tmp_path / "copy.db")):
        with open_store(path, now=clock) as again:
            assert again.cases.listed() == listed
