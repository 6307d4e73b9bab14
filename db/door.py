"""The one door to what only SQLite can do.

Files, journals, locks, versions in the header, checks, copies and substring search differ
from one database to the next; whoever moves the store to a server writes another class with
these methods, and nothing else in db/ changes.  Knows no table.
"""

from __future__ import annotations

import os
import sqlite3
import string
import time
import weakref
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db.disks import wants_rollback_journal
from db.one_dialect import sqlite_engine
from db.store_problems import (
    DamagedDatabase,
    LockedDatabase,
    MissingDatabase,
    MissingFolder,
    NotADatabase,
    ReadOnly,
    problem_of_disk,
    told,
)
from forms.ground.files import make_folder, sync_folder
from forms.ground.held import SIDE_FILES, HeldFile, by_hand, hold

if TYPE_CHECKING:  # slow to load, and who only looks at a file does without
    from sqlalchemy import ColumnElement, Connection, Engine, Select

APPLICATION_ID = 0x4F4C444B
"""Marks a database as ours ("OLDK"); `file` and SQLite's header know it."""

BUSY_TIMEOUT_S = 5.0
_MAGIC = b"SQLite format 3\x00"
_PLAIN = frozenset(b"/:._-" + string.ascii_letters.encode() + string.digits.encode())
_PAGE_BYTES = 8192  # hold three rows of cases; the 4096 that SQLite takes hold one
_PASSING_KIB = 128  # of pages kept while all are looked at; SQLite keeps 2000
_ASK_AGAIN_S = 0.02
_COPY_PAGES = 1024  # between two reports of progress: 8 MiB of new data

Progress = Callable[[int, int], None]
"""Told (done, total) in pages from time to time; what it raises ends the copying."""


class SqliteDoor:
    """One database file of SQLite."""

    is_far = False

    def __init__(
        self, file: Path, *, busy_timeout_s: float = BUSY_TIMEOUT_S, shown: Path | None = None
    ) -> None:
        """Name the file; nothing is opened yet.  Messages name `shown` where it is given."""
        self.file = file.absolute()
        self.shown = shown or self.file
        self.busy_timeout_s = busy_timeout_s
        self._alone: sqlite3.Connection | None = None

    @property
    def place(self) -> Path:
        """Where it is, for whoever opens it once more."""
        return self.file

    # --- the file -------------------------------------------------------------------------

    def prepare(self, *, create: bool) -> None:
        """See that the file is there (an empty one if need be), ours to write, and SQLite's.

        Only its owner may read what is made here.  Raises a StoreProblem.
        """
        if create:
            self._make()
        if not self.file.is_file():
            raise NotADatabase(self.shown) if self.file.exists() else MissingDatabase(self.shown)
        for place in (self.file, self.file.parent):
            if not os.access(place, os.W_OK):
                raise ReadOnly(self.shown)
        self.refuse_strangers()

    def refuse_strangers(self) -> None:
        """Refuse a file that does not begin as SQLite's do.  Raises a StoreProblem.

        One that SQLite has open in this process is left to SQLite: see `forms.ground.held`.
        """
        try:
            if self.file.exists() and not self.file.is_file():  # a pipe would be waited for
                raise NotADatabase(self.shown)
            with by_hand(self.file), self.file.open("rb") as file:
                start = file.read(len(_MAGIC))
        except HeldFile:
            return
        except FileNotFoundError as error:
            raise MissingDatabase(self.shown) from error
        except OSError as error:
            raise NotADatabase(self.shown) from error
        # What a power cut has left of new data is taken back by SQLite, from the journal beside.
        if start not in (b"", _MAGIC) and not self._beside("-journal").exists():
            raise NotADatabase(self.shown)

    def _make(self) -> None:
        try:
            make_folder(self.file.parent, 0o700)
        except OSError as error:
            raise MissingFolder(self.shown) from error
        try:
            with by_hand(self.file):
                os.close(os.open(self.file, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            sync_folder(self.file.parent)
        except (FileExistsError, HeldFile):
            return
        except OSError as error:
            raise problem_of_disk(error, self.shown) from error

    def side_files(self) -> list[Path]:
        """Return the files beside the database that belong to it now."""
        return [path for path in map(self._beside, SIDE_FILES) if path.exists()]

    def _beside(self, end: str) -> Path:
        return self.file.with_name(self.file.name + end)

    # --- connections ----------------------------------------------------------------------

    def engine(self) -> Engine:
        """Return an engine whose transactions begin when we say so.

        `writing(connection)` marks a transaction that writes: it takes the write lock at its
        beginning, so that it never fails half way for a lock.
        """
        from sqlalchemy import event

        engine = sqlite_engine(self._connect)
        event.listen(engine, "begin", _begin)
        return engine

    def _connect(self) -> sqlite3.Connection:
        """Open a connection that leaves BEGIN to us (else DDL could not be rolled back)."""
        connection = self.plain("rw")
        try:
            journal = "DELETE" if wants_rollback_journal(self.file) else "WAL"
            for pragma in (
                f"page_size={_PAGE_BYTES}",  # of new data only
                f"journal_mode={journal}",
                "foreign_keys=ON",
                "trusted_schema=OFF",
                "cell_size_check=ON",
            ):
                connection.execute(f"PRAGMA {pragma}")
        except BaseException:
            connection.close()
            raise
        return connection

    def plain(self, mode: str) -> sqlite3.Connection:
        """Open the file as it is: "rw", "ro", or "look", which leaves no trace beside it."""
        if mode == "look":
            mode = "ro" if self.side_files() else "ro&immutable=1"
        let_go = hold(self.file)
        try:
            connection = sqlite3.connect(
                f"{_uri(self.file)}?mode={mode}",
                uri=True,
                timeout=self.busy_timeout_s,
                isolation_level=None,
                check_same_thread=False,
                factory=_Holding,
            )
        except BaseException:
            let_go()
            raise
        connection.let_go = weakref.finalize(connection, let_go)
        if mode == "rw":
            _sync_all(connection)
        return connection

    def new_ids(self, connection: Connection, table: str, count: int) -> range:
        """Return ids that no row of an AUTOINCREMENT table ever had.

        For many rows at once: asking SQLite for each row's id takes longer than storing it.
        They are ours only inside the transaction that writes, which has the lock.
        """
        asked = "SELECT max(seq) FROM sqlite_sequence WHERE name = ?"
        last = connection.exec_driver_sql(asked, (table,)).scalar_one() or 0
        return range(last + 1, last + 1 + count)

    # --- versions and checks --------------------------------------------------------------

    def mark(self, connection: Connection, version: int) -> None:
        """Write the version of the tables, and that the database is ours."""
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version={version:d}")

    def version(self, connection: Connection) -> int:
        """Return the version of the tables within a transaction; 0 where there are none."""
        return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())

    def looked_at_version(self, mode: str = "rw") -> int:
        """Return the version of the tables, 0 for an empty database, changing nothing.

        Raises NotADatabase for a database of another program, or another StoreProblem.
        """
        with told(self.shown), self._connected(mode) as connection:
            ours = _number(connection, "application_id") == APPLICATION_ID
            version = _number(connection, "user_version")
            kinds = {kind for (kind,) in connection.execute("SELECT type FROM sqlite_master")}
        if (kinds and not ours) or kinds & {"trigger", "view"}:
            raise NotADatabase(self.shown)
        return version if ours else 0

    def check(self, tables: Iterable[str] = (), *, full: bool = False, mode: str = "rw") -> None:
        """Check that the database is whole: quickly (some tables only), or in full.

        Raises DamagedDatabase or another StoreProblem.
        """
        targets = [f"('{name}')" for name in tables] or [""]
        asked = [f"PRAGMA {'integrity' if full else 'quick'}_check{target}" for target in targets]
        with told(self.shown), self._connected(mode) as connection:
            if not full:  # pages only pass: a small place for them stays in the processor's cache
                connection.execute(f"PRAGMA cache_size=-{_PASSING_KIB}")
            whole = all(connection.execute(one).fetchone() == ("ok",) for one in asked)
            loose = full and connection.execute("PRAGMA foreign_key_check").fetchone()
        if not whole or loose:
            raise DamagedDatabase(self.shown)

    @contextmanager
    def rebuilding(self, engine: Engine) -> Iterator[Connection]:
        """Begin a writing transaction in which tables may be rebuilt.

        At its end every reference is checked; one that leads nowhere raises ValueError.

        Foreign keys are off meanwhile: SQLite can only alter much of a table by copying it.
        https://www.sqlite.org/lang_altertable.html#otheralter
        """
        with engine.connect().execution_options(store_begin="REBUILD") as connection:
            with connection.begin():
                yield connection
                if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                    raise ValueError("a reference leads nowhere")
            connection.detach()  # closed, not pooled: foreign keys are off in it

    # --- copies ---------------------------------------------------------------------------

    def copy_to(
        self,
        target: SqliteDoor,
        *,
        mode: str = "rw",
        progress: Progress | None = None,
        begun: Callable[[], object] | None = None,
    ) -> None:
        """Copy everything into another database as of one moment, in one transaction of its.

        `begun` is told once that moment is held: what is written from then on (a write-ahead
        log lets it) is not in the copy.  Raises a StoreProblem.
        """
        with told(self.shown), self._connected(mode) as source:
            source.execute("BEGIN")
            try:
                source.execute("SELECT count(*) FROM sqlite_master").fetchone()
                if begun is not None:
                    begun()
                with told(target.shown), target._connected("rw") as sink:
                    source.backup(sink, pages=_COPY_PAGES, progress=_report(progress), sleep=0.05)
            finally:
                source.rollback()

    def settle(self) -> None:
        """Fold the side files into the one file, which then can be carried anywhere."""
        with told(self.shown), closing(self.plain("rw")) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Have the database to oneself: until the end nobody else reads or writes it.

        All that this door does meanwhile goes through the one connection that keeps the others
        out; the side files are folded in first.  Raises LockedDatabase where others have it open
        (with a write-ahead log) or are at work on it for longer than one waits.
        """
        with told(self.shown):  # a damaged one already says so when it is opened
            opened = self.plain("rw")
        with closing(opened) as connection:
            with told(self.shown):
                # https://www.sqlite.org/pragma.html#pragma_locking_mode: kept between transactions
                connection.execute("PRAGMA locking_mode=EXCLUSIVE")
                self._leave_log(connection)
                connection.execute("BEGIN EXCLUSIVE")
                connection.execute("COMMIT")
            self._alone = connection
            try:
                yield
            finally:
                self._alone = None
                with suppress(sqlite3.Error):  # takes the emptied journal away
                    connection.execute("PRAGMA locking_mode=NORMAL")
                    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()

    def _leave_log(self, connection: sqlite3.Connection) -> None:
        """Leave the write-ahead log, for which SQLite itself does not wait until others close."""
        until = time.monotonic() + self.busy_timeout_s
        while True:
            try:
                if connection.execute("PRAGMA journal_mode=DELETE").fetchone() == ("delete",):
                    return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                    raise
            if time.monotonic() > until:
                raise LockedDatabase(self.shown)
            time.sleep(_ASK_AGAIN_S)

    @contextmanager
    def _connected(self, mode: str) -> Iterator[sqlite3.Connection]:
        """Give the connection that keeps others out, where there is one, else one of its own."""
        if self._alone is not None:
            yield self._alone
        else:
            with closing(self.plain(mode)) as connection:
                yield connection

    # --- SQL that differs -----------------------------------------------------------------

    def as_text(self, column: ColumnElement[Any]) -> ColumnElement[str]:
        """Return a column as text: SQLite keeps days and moments as they are written."""
        from sqlalchemy import String, type_coerce

        return type_coerce(column, String)

    def search(self, connection: Connection, *, all_of_it: bool) -> None:
        """Prepare nothing: SQLite reads the column from end to end."""

    def found(
        self,
        connection: Connection,
        asked: Select[int],
        column: ColumnElement[str],
        words: Sequence[str],
        most: int,
    ) -> list[int]:
        """Return ids selected whose text holds every word, at most `most` + 1, in their order.

        As they come: to be put in order by SQLite all would have to be looked at.
        """
        holding = asked.where(*(self.contains(column, word) for word in words))
        return sorted(connection.execute(holding.limit(most + 1)).scalars())

    def contains(self, column: ColumnElement[str], text: str) -> ColumnElement[bool]:
        """Return the condition that the column holds the text, one character or more."""
        from sqlalchemy import func, true

        return func.instr(column, text) > 0 if text else true()


class _Holding(sqlite3.Connection):
    """A connection whose file nobody opens by hand until it is closed."""

    let_go: Callable[[], object]

    def close(self) -> None:
        """Close it, then let its file go."""
        super().close()
        self.let_go()


def _sync_all(connection: sqlite3.Connection) -> None:
    """Let every commit last through a power cut: of a rollback journal its removal, too.

    FULL, SQLite's own choice, leaves it to the disk when the journal goes; found again after a
    power cut it takes a save back that was confirmed.  A write-ahead log knows no difference.
    https://www.sqlite.org/pragma.html#pragma_synchronous
    """
    try:
        connection.execute("PRAGMA synchronous=EXTRA")
    except BaseException:
        connection.close()
        raise


def writing(connection: Connection) -> Connection:
    """Mark the connection's next transaction as one that writes."""
    return connection.execution_options(store_begin="IMMEDIATE")


def _begin(connection: Connection) -> None:
    how: Any = connection.get_execution_options().get("store_begin", "DEFERRED")
    if how == "REBUILD":
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        how = "IMMEDIATE"
    connection.exec_driver_sql(f"BEGIN {how}")


def _uri(file: Path) -> str:
    """Return a file's URI as SQLite reads it: a share as file:////server/share/…, no authority.

    https://www.sqlite.org/uri.html
    """
    path = file.as_posix()
    start = "file://" if path.startswith("/") else "file:///"
    return start + "".join(
        chr(byte) if byte in _PLAIN else f"%{byte:02X}" for byte in os.fsencode(path)
    )


def _number(connection: sqlite3.Connection, pragma: str) -> int:
    return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])


def _report(progress: Progress | None) -> Callable[[int, int, int], object] | None:
    if progress is None:
        return None
    return lambda _status, left, total: progress(total - left, total)
