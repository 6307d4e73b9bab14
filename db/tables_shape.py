"""Has a database the tables, columns and moments that this version reads?

SQLite calls a file whole that lacks a column or has "yesterday" for a date.  A file that was
spoiled or made by other hands is told apart here, before anything stands on it.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

from sqlalchemy import Date

from db import tables
from db.door import SqliteDoor
from db.store_problems import DamagedDatabase, told


def check_shape(door: SqliteDoor, mode: str = "rw") -> None:
    """Ask of a database of this version whether it can be read.  Raises DamagedDatabase."""
    with told(door.shown), closing(door.plain(mode)) as connection:
        if next(_odd(connection), None) is not None:
            raise DamagedDatabase(door.shown)


def _odd(connection: sqlite3.Connection) -> Iterator[str]:
    """What can not be read: a table or column that is missing, a moment or day that is none."""
    for table in (*tables.metadata.tables.values(), *tables.of_files.tables.values()):
        rows = connection.execute(f"PRAGMA table_info('{table.name}')").fetchall()
        there = {row[1] for row in rows}
        missing = [column.name for column in table.columns if column.name not in there]
        yield from (f"{table.name}.{name}" for name in missing)
        for column in table.columns:
            is_moment = isinstance(column.type, tables.Moment)
            if column.name in there and (is_moment or isinstance(column.type, Date)):
                yield from _odd_moments(connection, table.name, column.name, is_moment=is_moment)


def _odd_moments(
    connection: sqlite3.Connection, table: str, column: str, *, is_moment: bool
) -> Iterator[str]:
    # A moment has its zone, a day is ten characters; SQLite's own functions read both.
    reads = f"datetime({column})" if is_moment else f"date({column})"
    shape = f"{column} LIKE '____-__-__T%'" if is_moment else f"length({column}) = 10"
    asked = (
        f"SELECT 1 FROM {table} WHERE {column} IS NOT NULL AND ({reads} IS NULL"
        f" OR typeof({column}) <> 'text' OR NOT {shape}) LIMIT 1"
    )
    if connection.execute(asked).fetchone() is not None:
        yield f"{table}.{column}"
