"""To version 6: blocks of cases say which characters they have, for `db.case_signs`."""

from itertools import groupby
from operator import itemgetter

from sqlalchemy import Connection

_BLOCK = 32
_AT_ONCE = 200 * _BLOCK
_ASCII = frozenset(map(chr, range(128)))


def to_6(connection: Connection) -> None:
    """Write down the characters of all the cases there are."""
    connection.exec_driver_sql(
        "CREATE TABLE case_signs (block INTEGER NOT NULL PRIMARY KEY, signs TEXT NOT NULL)"
    )
    last = connection.exec_driver_sql("SELECT max(id) FROM cases").scalar_one() or 0
    for first in range(0, last + 1, _AT_ONCE):
        asked = (
            f"SELECT id / {_BLOCK} AS block, folded FROM cases"
            f" WHERE id >= {first} AND id < {first + _AT_ONCE} ORDER BY id"
        )
        rows = connection.exec_driver_sql(asked).fetchall()
        lines = [
            (block, "".join(sorted(frozenset("".join(text for _, text in some)) - _ASCII)))
            for block, some in groupby(rows, key=itemgetter(0))
        ]
        if lines:
            connection.exec_driver_sql("INSERT INTO case_signs VALUES (?, ?)", lines)
