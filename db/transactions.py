"""Transactions of the store: one per thread at a time, joined by whoever works inside it."""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Engine, Table, bindparam, select
from sqlalchemy.exc import DBAPIError

from db.door import writing
from db.shared_database import ServerName
from db.store_problems import RestoredElsewhere, StoreProblem, problem_of, told
from db.tables import utc
from db.writes import RESTORED, Writes, rows_changed, setting

T = TypeVar("T")


def inserted(connection: Connection, table: Table, row: Mapping[str, Any]) -> int:
    """Insert a row and return its id."""
    done = connection.execute(table.insert(), row)
    assert done.inserted_primary_key is not None
    return int(done.inserted_primary_key[0])


def keep_once(connection: Connection, table: Table, *rows: Mapping[str, Any]) -> None:
    """Insert rows that are kept under their SHA-256, but for those that are there."""
    new = {row["sha256"]: row for row in rows}
    known = select(table.c.sha256).where(table.c.sha256.in_(new))
    for there in connection.execute(known).scalars().all():
        del new[there]
    if new:
        connection.execute(table.insert(), list(new.values()))


def in_chunks(values: Iterable[T]) -> Iterator[list[T]]:
    """Give the values some at a time, so that none is too many for one IN (SQLite: 32766)."""
    rest = iter(values)
    while chunk := list(islice(rest, 500)):
        yield chunk


def some_of(column: ColumnElement[Any]) -> ColumnElement[bool]:
    """The condition that a column has one of "some" values, to be given when it is asked.

    A statement made once and asked with other values takes half the time of one made anew.
    """
    return column.in_(bindparam("some", expanding=True))


def some_at_a_time(values: Iterable[T]) -> Iterator[dict[str, list[T]]]:
    """Give values for a statement with `some_of`, none with too many."""
    return ({"some": chunk} for chunk in in_chunks(values))


def _nothing() -> None:
    """Do nothing before a write."""


def _nothing_of(_touched: frozenset[int]) -> None:
    """Do nothing before a commit."""


class _Here(threading.local):
    """The transaction at hand in this thread: what has broken it, the cases it touched, its number.

    The number is that of `db.writes`, 0 before it is counted.
    """

    connection: Connection | None = None
    broken: StoreProblem | None = None
    touched: frozenset[int] = frozenset()
    number: int = 0


class ClosedStore(RuntimeError):
    """A store is asked after it was closed: a slip of ours, never the clerk's."""


class Transactions:
    """Hands out connections; what a repository knows of the engine.

    `before_write` is called before each transaction that writes begins; `before_commit` at
    its end and inside it, with the cases whose standing may have changed (see `touch`);
    `restored` once the data are found to have been brought back from a backup by somebody else.
    """

    def __init__(
        self,
        engine: Engine,
        file: Path | ServerName,
        now: Callable[[], datetime],
        writes: Writes | None = None,
    ) -> None:
        """Keep the engine, the file's name for messages, the clock, and whose writes these are."""
        self.writes = writes or Writes()
        self._engine = engine
        self._file = file
        self._now = now
        self._here = _Here()
        self.before_write: Callable[[], None] = _nothing
        self.before_commit: Callable[[frozenset[int]], None] = _nothing_of
        self.restored: Callable[[], object] = _nothing
        self._lineage: str | None = None
        self._is_closed = False
        self._has_read = False  # before that nothing here is made up from what once stood there

    def close(self) -> None:
        """Hand out no further connection: the engine would open the file anew without a word."""
        self._is_closed = True

    def now(self) -> datetime:
        """Return the present moment in UTC, by the clock that was passed in."""
        return utc(self._now())

    def touch(self, *case_ids: int | None) -> None:
        """Note in a transaction that writes that something of these cases has changed."""
        self._here.touched |= {case_id for case_id in case_ids if case_id is not None}

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one moment of the store (or the transaction at hand)."""
        current = self._here.connection
        if current is not None:
            with told(self._file):
                yield current
            return
        self._refuse_closed()
        with told(self._file), self._engine.connect() as connection, connection.begin():
            if not self._has_read:
                self._is_restored(connection)
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection that writes all or nothing.

        Raises RestoredElsewhere, once, where a backup was brought back since the last look:
        what is to be written was made up from what stood there before.
        Inside another one it is a part that can fail by itself and leave the rest standing;
        but after a full disk and the like, which take everything back, nothing goes on.
        """
        current = self._here.connection
        if current is None:
            self._refuse_closed()
            self.before_write()
        with told(self._file):
            if current is not None:
                yield from self._part(current)
                return
            try:
                with writing(self._engine.connect()) as connection, connection.begin():
                    yield from self._whole(connection)
            except BaseException:
                self.writes.taken_back(self._here.number)
                raise

    def _refuse_closed(self) -> None:
        if self._is_closed:
            raise ClosedStore(f"{self._file} was closed")

    def _whole(self, connection: Connection) -> Iterator[Connection]:
        self._here.connection, self._here.broken = connection, None
        self._here.touched, self._here.number = frozenset(), 0
        try:
            self._refuse_restored(connection)
            before = rows_changed(connection)
            yield connection
            self._refuse_broken()
            if self._here.touched:
                self.before_commit(self._here.touched)
                self._refuse_broken()
            self._here.number = self.writes.count(connection, before)
        finally:
            self._here.connection = None

    def look_for_restore(self) -> None:
        """Find out whether a backup was brought back since the last look; tell `restored`."""
        with self.reading() as connection:
            self._is_restored(connection)

    def _refuse_restored(self, connection: Connection) -> None:
        if self._is_restored(connection):
            raise RestoredElsewhere(self._file)

    def _is_restored(self, connection: Connection) -> bool:
        before, self._lineage = self._lineage, _lineage(connection)
        had_read, self._has_read = self._has_read, True
        if before == self._lineage or not had_read:
            return False
        self.restored()
        return True

    def _part(self, current: Connection) -> Iterator[Connection]:
        self._refuse_broken()
        try:
            with current.begin_nested():
                yield current
        except DBAPIError as error:
            self._here.broken = problem_of(error, self._file)
            raise

    def _refuse_broken(self) -> None:
        if self._here.broken is not None:
            raise self._here.broken


def _lineage(connection: Connection) -> str | None:
    """What the last restore wrote; None where there was none."""
    return setting(connection, RESTORED)
