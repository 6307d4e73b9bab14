"""A first glance at a database: enough to show the register while the store is being opened.

It loads nothing that is slow to load, writes nothing and waits for nobody.  Where anything is
out of the ordinary there is no glance: opening the store will say what it is.
"""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from db.door import APPLICATION_ID, SqliteDoor
from db.register_rows import RegisterRow
from db.tables_version import VERSION


class Glance(NamedTuple):
    """What is seen: how many live cases there are, the last changed of them, and settings."""

    total: int
    rows: list[RegisterRow]
    settings: dict[str, str]


def glance(file: Path, *, limit: int) -> Glance | None:
    """Look at a database of this version; None where there is none, or it can not be read now."""
    door = SqliteDoor(file, busy_timeout_s=0)
    try:
        with closing(door.plain("look")) as connection:
            connection.execute("BEGIN")
            if not _is_ours(connection):
                return None
            return _seen(connection, limit)
    except (sqlite3.Error, OSError):
        return None


def is_older(file: Path) -> bool:
    """Whether a database is to be brought up to date, which takes a while where there is much."""
    door = SqliteDoor(file, busy_timeout_s=0)
    try:
        with closing(door.plain("look")) as connection:
            is_ours, version = _marks(connection)
            return is_ours and 0 < version < VERSION
    except (sqlite3.Error, OSError):
        return False


def _is_ours(connection: sqlite3.Connection) -> bool:
    return _marks(connection) == (True, VERSION)


def _marks(connection: sqlite3.Connection) -> tuple[bool, int]:
    asked = ("application_id", "user_version")
    ours, version = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in asked)
    return ours == APPLICATION_ID, version


def _seen(connection: sqlite3.Connection, limit: int) -> Glance:
    columns = ", ".join(RegisterRow._fields)
    live = "FROM cases WHERE binned_at IS NULL"
    (total,) = connection.execute(f"SELECT count(*) {live}").fetchone()
    asked = f"SELECT {columns} {live} ORDER BY updated_at DESC, id LIMIT ?"
    rows = [RegisterRow(*row) for row in connection.execute(asked, (limit,))]
    settings = dict(connection.execute("SELECT name, value FROM settings"))
    return Glance(total=total, rows=rows, settings=settings)
