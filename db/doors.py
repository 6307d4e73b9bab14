"""What the store asks of a database, whichever it is: a file of SQLite's, or one on a server.

Whatever differs between the two stands behind these methods and nowhere else in db/.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from db.shared_database import Place, ServerName

if TYPE_CHECKING:  # slow to load, and who only looks at a file does without
    from sqlalchemy import ColumnElement, Connection, Engine, Select


class Door(Protocol):
    """A database, as the repositories and the store know it."""

    @property
    def shown(self) -> Path | ServerName:
        """How messages name it."""

    @property
    def file(self) -> Path:
        """The database's file; where it is on a server, the place beside which local files lie."""

    @property
    def place(self) -> Place:
        """Where it is, for whoever opens it once more."""

    @property
    def is_far(self) -> bool:
        """Whether each statement is a way to go and come back, so that many rows go in one."""

    def engine(self) -> Engine:
        """Return an engine whose transactions begin as `db.door.writing` says."""

    def new_ids(self, connection: Connection, table: str, count: int) -> Sequence[int]:
        """Return ids that no row of a table ever had, in a transaction that writes."""

    def search(self, connection: Connection, *, all_of_it: bool) -> None:
        """Prepare a transaction in which `contains` is asked, of all rows or of the first."""

    def found(
        self,
        connection: Connection,
        asked: Select[int],
        column: ColumnElement[str],
        words: Sequence[str],
        most: int,
    ) -> list[int]:
        """Return the ids that `asked` selects whose text holds every word, in their order.

        They are the first, at most `most` + 1; where that many hold a word that is rare at first,
        they may be any.
        """

    def contains(self, column: ColumnElement[str], text: str) -> ColumnElement[bool]:
        """Return the condition that the column holds the text, one character or more."""

    def as_text(self, column: ColumnElement[object]) -> ColumnElement[str]:
        """Return a column as text: days and moments as they are written, `2026-11-30`."""

    def mark(self, connection: Connection, version: int) -> None:
        """Write the version of the tables, and that the database is ours."""

    def version(self, connection: Connection) -> int:
        """Return the version of the tables within a transaction; 0 where there are none."""

    def check(self, tables: Iterable[str] = (), *, full: bool = False) -> None:
        """Check that the database is whole, quickly or in full.  Raises a StoreProblem."""

    def rebuilding(self, engine: Engine) -> AbstractContextManager[Connection]:
        """Begin a writing transaction in which tables may be rebuilt."""
