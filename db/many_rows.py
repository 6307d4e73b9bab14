"""Insert many rows as one list of finished values.

SQLAlchemy makes each row's parameters anew from a mapping, which takes nearly as long as SQLite
takes to store them.  Here they are made a column at a time, by the same types.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import repeat
from operator import itemgetter
from typing import Any

from sqlalchemy import Column, Connection, Dialect, Table
from sqlalchemy.sql.schema import ScalarElementColumnDefault

_Process = Callable[[Any], Any]


def insert_many(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that name the same columns; a column they do not name has its default."""
    if not rows:
        return
    if not connection.dialect.positional:  # a server's driver sends many rows its own way
        connection.execute(table.insert(), list(rows))
        return
    given = tuple(rows[0])
    defaults = _defaults(table, given)
    columns: list[Iterable[Any]] = list(zip(*map(_values_of(given), rows), strict=True))
    for place, name in enumerate(given):
        if process := _process(table.c[name], connection.dialect):
            columns[place] = map(process, columns[place])
    columns += map(repeat, defaults.values())
    names = (*given, *defaults)
    words, order = _statement(connection.dialect, table, names)
    by_name = dict(zip(names, columns, strict=True))
    ordered = zip(*(by_name[name] for name in order), strict=False)
    connection.exec_driver_sql(words, list(ordered))


@lru_cache(maxsize=32)  # of a long import each portion has the same
def _statement(
    dialect: Dialect, table: Table, names: tuple[str, ...]
) -> tuple[str, tuple[str, ...]]:
    """Return an insert in the dialect's words, and the order in which it takes the columns."""
    made = table.insert().compile(dialect=dialect, column_keys=names)
    assert made.positiontup is not None
    return str(made), tuple(made.positiontup)


def _values_of(names: tuple[str, ...]) -> Callable[[Mapping[str, Any]], tuple[Any, ...]]:
    if len(names) == 1:
        return lambda row: (row[names[0]],)
    return itemgetter(*names)


def _defaults(table: Table, given: Iterable[str]) -> dict[str, Any]:
    """What stands in the columns that are not given and have a default."""
    named = frozenset(given)
    return {
        column.name: column.default.arg
        for column in table.columns
        if column.name not in named and isinstance(column.default, ScalarElementColumnDefault)
    }


def _process(column: Column[Any], dialect: Dialect) -> _Process | None:
    return column.type.dialect_impl(dialect).bind_processor(dialect)
