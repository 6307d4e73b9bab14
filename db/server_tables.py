"""The tables on a PostgreSQL server: those of `db.tables`, as PostgreSQL has them.

Texts are TEXT in the order of their bytes, whatever the server's language; what is looked up by
equality alone has a hash index, which takes a text of any length.
"""

from collections.abc import Iterable
from functools import cache

from sqlalchemy import (
    Connection,
    MetaData,
    String,
    Table,
    Text,
)

from db import server_search, tables

MARK = "openlicense_version"
"""The table of one row that holds the version of the others."""

_OTHERWISE = {
    "cases_register": "CREATE INDEX cases_register ON cases (updated_at DESC, id)"
    " WHERE binned_at IS NULL",
    "cases_number_key": "CREATE INDEX cases_number_key ON cases USING hash (number_key)",
    "patents_number_key": "CREATE INDEX patents_number_key ON patents USING hash (number_key)",
    "parties_name_key": "CREATE INDEX parties_name_key ON parties USING hash (name_key)",
    "records_key": "CREATE INDEX records_key ON records USING hash (key)",
    "records_search": "CREATE INDEX records_search ON records (kind, state)",
}
"""Indexes that are others here: an entry of a B-tree must be shorter than 2.7 kB."""


def create(connection: Connection) -> None:
    """Make the schema and all tables in it, of no version yet."""
    connection.exec_driver_sql(
        "DO $$BEGIN EXECUTE format('CREATE SCHEMA IF NOT EXISTS %I',"
        " current_setting('search_path')); END$$"
    )
    for statement in _statements():
        connection.exec_driver_sql(statement)


@cache
def _statements() -> tuple[str, ...]:
    """What makes our tables where there are none, put into words once."""
    ours = MetaData()
    for table in tables.metadata.tables.values():
        _as_here(table.to_metadata(ours))
    said = tables.statements("postgresql://", ours)
    mark = (
        f"CREATE TABLE {MARK} (version INTEGER NOT NULL)",
        f"INSERT INTO {MARK} VALUES (0)",
    )
    return (*said, *_OTHERWISE.values(), *server_search.statements(), *mark)


def _as_here(table: Table) -> None:
    for column in table.columns:
        if isinstance(column.type, String | tables.Moment):
            column.type = Text(collation="C")
    for index in [one for one in table.indexes if one.name in _OTHERWISE]:
        table.indexes.remove(index)


def missing(connection: Connection, names: Iterable[str] = ()) -> list[str]:
    """Return the columns that are not there, of some tables or all; files have more of these."""
    asked = (
        "SELECT table_name, column_name FROM information_schema.columns"
        " WHERE table_schema = current_setting('search_path')"
    )
    there = {(row[0], row[1]) for row in connection.exec_driver_sql(asked)}
    ours = tables.metadata.tables
    wanted = [name for name in names if name in ours] or list(ours)
    return [
        f"{name}.{column.name}"
        for name in wanted
        for column in ours[name].columns
        if (name, column.name) not in there
    ]
