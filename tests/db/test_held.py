"""What SQLite has open here nobody opens by hand: POSIX would drop every lock on it."""

import ctypes
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from db.backup import backup, look_inside, restore
from db.copies import put_in_place
from db.door import SqliteDoor
from db.glance import glance, is_older
from db.rotation import good_backups
from db.store import Store, open_store
from db.store_problems import LockedDatabase
from desktop.installed.crash_notes import note_crash
from forms.exchange.sheets import UnreadableFile
from forms.exchange.workbook_reader import read_file
from forms.facts.record import Case, Office
from forms.ground.files import CannotRead, CannotWrite, publish, read_bytes, write_atomically
from forms.ground.held import SIDE_FILES, HeldFile, by_hand, hold, is_held, refuse_held
from tests.locks import LOCKS, RESERVED, SHARED, locks_on

OF_A_FILE = True
"""What is asked here is asked of SQLite's file alone."""

Clock = Callable[[], datetime]

ROOT = Path(__file__).parents[2]


@pytest.fixture(params=["log", "rollback journal"])
def journal(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways of SQLite to keep a transaction; the second is for shares and sticks."""
    monkeypatch.setattr("db.door.wants_rollback_journal", lambda _: request.param != "log")
    return str(request.param)


# --- the locks ----------------------------------------------------------------------------------


def all_that_is_done_beside(store: Store, clock: Clock, tmp_path: Path) -> None:
    """Whatever the program does with a database while a store of it is open."""
    file = store.path
    with open_store(file, now=clock, create=False) as second:
        assert second.parties.office().name == "某大学"
        second.examine()
    assert glance(file, limit=5) is not None
    assert not is_older(file)
    assert look_inside(file).cases == 1
    store.check(full=True)
    store.examine()
    assert store.backups.make().exists()
    assert backup(file, tmp_path / "手工备份.db").cases == 1
    assert restore(tmp_path / "手工备份.db", tmp_path / "别处.db", now=clock).kept is None
    assert list(good_backups(file, full=True))
    SqliteDoor(file).prepare(create=True)
    assert note_crash(ValueError(file), tmp_path / "logs") is not None


@pytest.mark.skipif(not LOCKS.exists(), reason="only Linux tells who has which lock")
def test_the_lock_is_kept_whatever_is_done_beside(
    journal: str, file: Path, clock: Clock, tmp_path: Path, store: Store, case: Case
) -> None:
    store.parties.set_office(Office(name="某大学"))
    store.cases.save(case)
    if journal == "log":
        assert locks_on(file) == {SHARED}  # as long as it is open
        all_that_is_done_beside(store, clock, tmp_path)
        assert locks_on(file) == {SHARED}
        return
    with store.transaction():  # no lock is left between two transactions
        all_that_is_done_beside_a_writer(store, clock, tmp_path)
        assert RESERVED in locks_on(file)
    assert not locks_on(file)


def all_that_is_done_beside_a_writer(store: Store, clock: Clock, tmp_path: Path) -> None:
    """What may be done without writing, while somebody else of this process writes."""
    store.settings.put("x", "y")
    with open_store(store.path, now=clock, create=False) as second:
        assert second.register.count() == 1
        second.examine()
    assert glance(store.path, limit=5) is not None
    assert look_inside(store.path).cases == 1
    assert backup(store.path, tmp_path / "手工备份.db").cases == 1
    SqliteDoor(store.path).prepare(create=True)


@pytest.mark.skipif(not LOCKS.exists(), reason="only Linux tells who has which lock")
def test_the_locks_are_seen_to_go_where_the_file_is_opened_by_hand(
    store: Store, no_lock_dropped: list[str]
) -> None:
    """The fault itself, so that the tests are known to see it: the hook, and the locks."""
    assert store.register.count() == 0
    assert locks_on(store.path) == {SHARED}
    with pytest.raises(AssertionError, match="by hand"):
        store.path.read_bytes()
    no_lock_dropped.clear()
    assert locks_on(store.path) == {SHARED}  # refused before it was opened
    system = ctypes.CDLL(None)
    system.close(system.open(bytes(store.path), 0))  # no hook hears of it
    assert not locks_on(store.path)


def test_what_one_program_saves_another_sees_and_nothing_vanishes(
    journal: str, file: Path, clock: Clock, store: Store, case: Case
) -> None:
    """As it was seen: a second store in the window, then any command beside it."""
    store.cases.save(case)
    with open_store(file, now=clock, create=False, check=False):
        pass
    assert run_beside("list", file) == 0
    assert journal != "log" or file.with_name(f"{file.name}-wal").exists()
    store.cases.save(Case(region="此后"))
    assert counted_beside(file) == 2


def run_beside(command: str, file: Path) -> int:
    words = [sys.executable, "-m", "desktop.command_line.cli", command, "--db", str(file)]
    return subprocess.run(words, cwd=ROOT, capture_output=True, check=False).returncode


def counted_beside(file: Path) -> int:
    code = (
        "import sys; from datetime import datetime; from pathlib import Path;"
        "from db.store import open_store;"
        "print(open_store(Path(sys.argv[1]), now=datetime.now).register.count())"
    )
    words = [sys.executable, "-W", "ignore", "-c", code, str(file)]
    return int(subprocess.run(words, cwd=ROOT, capture_output=True, check=True).stdout)


# --- whose file it is ---------------------------------------------------------------------------


def test_a_held_file_is_known_by_every_name_it_has(file: Path, store: Store) -> None:
    names = [
        file,
        file.parent / ".." / file.parent.name / file.name,
        file.with_name("又名.db"),
        file.with_name("链接.db"),
        *(file.with_name(file.name + end) for end in SIDE_FILES),
    ]
    names[2].hardlink_to(file)
    names[3].symlink_to(file)
    assert all(is_held(one) and is_held(str(one)) for one in names)
    assert not is_held(file.parent)
    assert not is_held(file.with_name("别的.db"))
    store.close()
    assert not any(map(is_held, names))


def test_a_held_file_is_neither_read_nor_written_by_other_doors(
    file: Path, tmp_path: Path, store: Store
) -> None:
    (tmp_path / "new").write_bytes(b"new")
    with pytest.raises(CannotRead, match="正在使用的数据文件"):
        read_bytes(file, most=1 << 30)
    with pytest.raises(UnreadableFile, match="正在使用的数据文件"):
        read_file(file)
    with pytest.raises(CannotWrite, match="正在使用的数据文件"):
        write_atomically(file, b"new")
    with pytest.raises(CannotWrite, match="正在使用的数据文件"):
        publish([(tmp_path / "new", file)], aside=tmp_path)
    with pytest.raises(LockedDatabase):
        put_in_place(tmp_path / "new", file)
    with pytest.raises(LockedDatabase):
        put_in_place(file, tmp_path / "elsewhere.db")
    assert store.register.count() == 0
    assert sorted(one.name for one in tmp_path.iterdir()) == ["new", file.parent.name]


def test_who_opens_by_hand_is_waited_for(tmp_path: Path) -> None:
    file = tmp_path / "x.db"
    file.touch()
    order = []

    def connect() -> None:
        end = hold(file)
        order.append("connected")
        end()

    with by_hand(file):
        thread = threading.Thread(target=connect)
        thread.start()
        order.append("by hand")
    thread.join()
    assert order == ["by hand", "connected"]
    with pytest.raises(HeldFile):
        end = hold(file)
        try:
            refuse_held(file)
        finally:
            end()
    refuse_held(file)


def test_a_connection_that_nobody_closes_holds_nothing_for_ever(file: Path, store: Store) -> None:
    store.close()
    connection = SqliteDoor(file).plain("ro")
    assert is_held(file)
    connection.let_go()  # type: ignore[attr-defined]  # as the collector does
    assert not is_held(file)
    connection.close()
    assert not is_held(file)


def test_a_file_that_can_not_be_opened_is_not_held(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError):
        SqliteDoor(tmp_path / "no folder" / "x.db").plain("rw")
    assert not is_held(tmp_path / "no folder" / "x.db")
