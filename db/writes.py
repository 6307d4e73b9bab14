"""Who has written: a number that every transaction which changes something raises by one.

It stands in the data, so that whoever shows them can tell what another program has saved.  What
the stores of one window save through connections of their own is no news to it: they share a
`Writes`, which knows their numbers.
"""

import threading
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, Update, bindparam, select

from db import tables

WRITES = "writes"
"""Name of the setting that counts the transactions."""
RESTORED = "restored"
"""Name of the setting that every restore gives another value."""
CHANGED = "rows_changed"
"""Where a connection to a server keeps how many rows it has changed: see `db.server_door`."""

_s = tables.settings.c


class Writes:
    """The writes of some stores on one file, in whatever threads; and how many others wrote."""

    def __init__(self) -> None:
        """Know of none."""
        self._lock = threading.Lock()
        self._own: set[int] = set()
        self._seen: tuple[str, int] | None = None
        self._news = 0

    def count(self, connection: Connection, before: int) -> int:
        """Count a transaction, at its end and inside it, as one of these stores' writes.

        `before` is what `rows_changed` gave at its beginning: one that changed nothing is none,
        and gives 0.  Returns its number.
        """
        if rows_changed(connection) == before:
            return 0
        number = _counted(connection) + 1
        put_setting(connection, WRITES, str(number))
        with self._lock:  # before others can see it
            self._own.add(number)
        return number

    def taken_back(self, number: int) -> None:
        """The transaction of a number failed after all: the next to get it may be another's."""
        with self._lock:
            self._own.discard(number)

    def news(self, connection: Connection) -> int:
        """Return a number that is another one once others have written or restored a backup."""
        restored, number = _standing(connection)
        with self._lock:
            if self._seen is not None:
                known_restore, known = self._seen
                if restored != known_restore or number < known:
                    self._own.clear()  # those numbers are given anew, to others too
                    self._news += 1
                elif not self._own.issuperset(range(known + 1, number + 1)):
                    self._news += 1
            self._seen = restored, number
            self._own = {one for one in self._own if one > number}
            return self._news


def _standing(connection: Connection) -> tuple[str, int]:
    """The last restore and the number of writes, as of one moment."""
    asked = select(_s.name, _s.value).where(_s.name.in_((WRITES, RESTORED)))
    found = {row.name: row.value for row in connection.execute(asked)}
    return found.get(RESTORED, ""), _number(found.get(WRITES))


def _counted(connection: Connection) -> int:
    return _number(setting(connection, WRITES))


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 19 else 0


def setting(connection: Connection, name: str) -> str | None:
    """Return a setting, or None."""
    return connection.execute(_asked(), {"of": name}).scalar_one_or_none()


def put_setting(connection: Connection, name: str, value: str) -> None:
    """Keep a setting, in a transaction."""
    if connection.execute(_written(), {"of": name, "value": value}).rowcount == 0:
        connection.execute(tables.settings.insert(), {"name": name, "value": value})


@cache
def _asked() -> Select[Any]:
    return select(_s.value).where(_s.name == bindparam("of"))


@cache
def _written() -> Update:
    return tables.settings.update().where(_s.name == bindparam("of"))


def rows_changed(connection: Connection) -> int:
    """How many rows this connection has changed since it was opened, or since a moment before.

    https://www.sqlite.org/c3ref/total_changes.html
    """
    if CHANGED in connection.info:
        return int(connection.info[CHANGED])
    driver = connection.connection.driver_connection
    assert driver is not None
    return int(driver.total_changes)
