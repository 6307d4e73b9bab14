"""The door to a shared database on a PostgreSQL server, version 15 or newer.

Transactions that write come one after the other, as on a file: each takes one lock of the schema
at its beginning and lets it go with its end, so that it never fails half way for another's, and
what it read still holds when it writes.  Who reads waits for nobody and sees one moment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db import server_search, server_tables
from db.door import APPLICATION_ID, BUSY_TIMEOUT_S, writing
from db.server_problems import (
    NothingThere,
    ServerDamaged,
    ServerNotOurs,
    ServerUnsuitable,
)
from db.shared_database import Place, ServerName, SharedDatabase
from db.store_problems import told
from db.writes import CHANGED

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Engine, Select

LEAST_VERSION = 150000
_NOT_ALL = "SET LOCAL enable_seqscan = off"
_ALL_BY_INDEX = f"{_NOT_ALL}; SET LOCAL enable_indexscan = off"
_LOCK = (
    "SET TRANSACTION ISOLATION LEVEL READ COMMITTED;"
    f"SELECT pg_advisory_xact_lock({APPLICATION_ID}, hashtext(current_setting('search_path')))"
)
"""In one go.  READ COMMITTED, so that what is read behind the lock is what its last holder left;
nobody else writes while it is held, hence that is one moment too."""


class PostgresDoor:
    """One schema of a database on a server."""

    is_far = True

    def __init__(self, place: SharedDatabase, *, busy_timeout_s: float = BUSY_TIMEOUT_S) -> None:
        """Name the database; nothing is opened yet."""
        self._place = place
        self._busy_timeout_s = busy_timeout_s

    @property
    def place(self) -> Place:
        """Where it is, for whoever opens it once more."""
        return self._place

    @property
    def shown(self) -> ServerName:
        """How messages name it."""
        return self._place.shown

    @property
    def file(self) -> Path:
        """The place on this computer beside which local files lie."""
        return self._place.beside

    # --- connections ----------------------------------------------------------------------

    def engine(self) -> Engine:
        """Return an engine whose transactions begin as `db.door.writing` says."""
        from sqlalchemy import create_engine, event
        from sqlalchemy.pool import QueuePool

        engine = create_engine(
            "postgresql+pg8000://",
            creator=self._connect,
            poolclass=QueuePool,
            pool_pre_ping=True,
            hide_parameters=True,
        )
        # Many rows go in one statement: pg8000 would make a round trip of each.
        engine.dialect.use_insertmanyvalues_wo_returning = True
        event.listen(engine, "begin", _begin)
        event.listen(engine, "after_cursor_execute", _count)
        return engine

    def _connect(self) -> Any:
        from db.server_connection import ServerConnection

        return ServerConnection(self._place, self._busy_timeout_s)

    def new_ids(self, connection: Connection, table: str, count: int) -> Sequence[int]:
        """Return ids that no row of a table ever had."""
        asked = (
            f"SELECT nextval(pg_get_serial_sequence('{table}', 'id'))"
            f" FROM generate_series(1, {count:d})"
        )
        return [int(number) for number in connection.exec_driver_sql(asked).scalars()]

    # --- versions and checks --------------------------------------------------------------

    def mark(self, connection: Connection, version: int) -> None:
        """Write the version of the tables, and that they are ours."""
        connection.exec_driver_sql(f"UPDATE {server_tables.MARK} SET version = {version:d}")

    def version(self, connection: Connection) -> int:
        """Return the version of the tables within a transaction; 0 where there are none."""
        asked = f"SELECT to_regclass('{server_tables.MARK}') IS NOT NULL"
        if not connection.exec_driver_sql(asked).scalar_one():
            return 0
        found = connection.exec_driver_sql(f"SELECT version FROM {server_tables.MARK}")
        return int(found.scalar_one())

    def looked_at_version(self, engine: Engine, *, create: bool) -> int:
        """Return the version of the tables, 0 where they are to be made, changing nothing.

        Raises a StoreProblem.
        """
        with told(self.shown), engine.connect() as connection, connection.begin():
            asked = "SELECT current_setting('server_version_num'), current_setting('{}')"
            row = connection.exec_driver_sql(asked.format("server_encoding")).one()
            if int(row[0]) < LEAST_VERSION or row[1] != "UTF8":
                number = ".".join(map(str, divmod(int(row[0]), 10000)))
                raise ServerUnsuitable(self.shown, version=number, encoding=row[1])
            version = self.version(connection)
            strange = (
                "SELECT 1 FROM pg_tables WHERE schemaname = current_setting('search_path') LIMIT 1"
            )
            if version == 0 and connection.exec_driver_sql(strange).first() is not None:
                raise ServerNotOurs(self.shown)
        if version == 0 and not create:
            raise NothingThere(self.shown)
        return version

    def check(self, tables: Iterable[str] = (), *, full: bool = False) -> None:
        """Check that the tables have their columns; in full, that no page was found damaged.

        PostgreSQL looks at its pages' checksums itself, at each reading, where they are switched
        on.  Raises ServerDamaged or another StoreProblem.
        """
        engine = self.engine()
        try:
            with told(self.shown), engine.connect() as connection, connection.begin():
                if server_tables.missing(connection, tables):
                    raise ServerDamaged(self.shown)
                asked = (
                    "SELECT checksum_failures FROM pg_stat_database"
                    " WHERE datname = current_database()"
                )
                if full and connection.exec_driver_sql(asked).scalar_one():
                    raise ServerDamaged(self.shown)
        finally:
            engine.dispose()

    @contextmanager
    def rebuilding(self, engine: Engine) -> Iterator[Connection]:
        """Begin a writing transaction in which tables may be rebuilt, however long it takes."""
        with writing(engine.connect()) as connection:
            driver: Any = connection.connection.driver_connection
            driver.be_patient(None)
            with connection.begin():
                yield connection
            connection.detach()  # closed, not pooled: it would wait for ever

    # --- SQL that differs -----------------------------------------------------------------

    def search(self, connection: Connection, *, all_of_it: bool) -> None:
        """Prepare to search: what fits nearly every row is asked of the index, too.

        Else PostgreSQL computes the pieces of row after row, at 0.1 ms each.  Where only the first
        are asked for, going through the rows in order may be quicker, and is left to it.
        """
        connection.exec_driver_sql(_ALL_BY_INDEX if all_of_it else _NOT_ALL)

    def found(
        self,
        connection: Connection,
        asked: Select[int],
        column: ColumnElement[str],
        words: Sequence[str],
        most: int,
    ) -> list[int]:
        """Return ids selected whose text holds every word, at most `most` + 1: see the search."""
        return server_search.found(connection, asked, column, words, most)

    def contains(self, column: ColumnElement[str], text: str) -> ColumnElement[bool]:
        """Return the condition that the column holds the text; an index serves it."""
        return server_search.contains(column, text)

    def as_text(self, column: ColumnElement[Any]) -> ColumnElement[str]:
        """Return a column as text: days and moments as they are written."""
        from sqlalchemy import Date, String, cast, type_coerce

        return (
            cast(column, String) if isinstance(column.type, Date) else type_coerce(column, String)
        )


def driver() -> str:
    """Return the driver's name and version, all that speaks to a server being loaded."""
    from db.server_connection import DRIVER

    nowhere = SharedDatabase(host="/", port=0, user="", database="", beside=Path())
    engine = PostgresDoor(nowhere).engine()
    try:
        return f"{engine.dialect.driver} {DRIVER}"
    finally:
        engine.dispose()


def _begin(connection: Connection) -> None:
    connection.info[CHANGED] = 0
    if connection.get_execution_options().get("store_begin"):
        connection.exec_driver_sql(_LOCK)


def _count(
    connection: Connection, _cursor: Any, _statement: Any, _values: Any, context: Any, _many: bool
) -> None:
    """Count the rows a transaction changes, as SQLite does by itself."""
    if context.isinsert:
        connection.info[CHANGED] += 1
    elif context.isupdate or context.isdelete:
        connection.info[CHANGED] += max(context.cursor.rowcount, 0)
