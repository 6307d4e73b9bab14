"""Which signs blocks of cases have, so that a search in a file passes over most of its cases.

SQLite goes from character to character of every text: 75 ms for 100,000 cases that have none of
what is asked.  Of thirty-two cases by their ids all characters but ASCII that any of them has, or
once had, stand in one row; a text can only be in a block that has all its characters.  The rows
are a tenth of the texts, and a save seldom has a character that is new to its block.

A block's row is written in the transaction that writes its cases.  What is in many blocks is
found soonest by going through the register, as before.  A server has an index of its own
(`db.server_search`) and no rows here.
"""

import json
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, TextClause, func, literal_column, select, text

from db import tables
from db.transactions import some_at_a_time, some_of

BLOCK = 32  # cases
_t = tables.case_signs.c
_ASCII = frozenset(map(chr, range(128)))
_MOST_BLOCKS = 1000
"""Read one by one they take half of what going through 100,000 cases takes."""
_MOST_SIGNS = 20  # of a text; SQLite takes no thousand conditions, and some tell enough

_COVER = "INSERT OR REPLACE INTO case_signs (block, signs) VALUES (?, ?)"


def cover(connection: Connection, texts: Iterable[tuple[int, str]]) -> None:
    """Let the blocks of some cases have the signs of their texts, in a transaction that writes."""
    if not _is_file(connection):
        return
    together: dict[int, list[str]] = {}
    for case_id, folded in texts:
        together.setdefault(case_id // BLOCK, []).append(folded)
    for some in some_at_a_time(sorted(together)):
        there = {row.block: row.signs for row in connection.execute(_of_some(), some)}
        lines = []
        for block in some["some"]:
            signs, known = _signs(together[block]), there.get(block)
            if known is None or not signs.issubset(known):
                lines.append((block, "".join(sorted(signs.union(known or "")))))
        if lines:
            connection.exec_driver_sql(_COVER, lines)


def found(connection: Connection, words: Sequence[str], most: int) -> list[int] | None:
    """Return ids of live cases that hold every word, at most `most` + 1, in their order.

    None where blocks do not tell: there are none, the words have ASCII alone, or too many blocks
    have their signs.
    """
    signs = sorted(_signs(words))[:_MOST_SIGNS]
    if not signs or not _is_file(connection):
        return None
    blocks = connection.execute(_having(signs)).scalars().all()
    if len(blocks) > _MOST_BLOCKS:
        return None
    given = {"blocks": json.dumps(list(blocks)), "most": most + 1}
    given |= {f"word{place}": word for place, word in enumerate(words)}
    return sorted(connection.execute(_in_blocks(len(words)), given).scalars())


def uncovered(connection: Connection) -> frozenset[int]:
    """Return the ids of cases whose text has a sign that its block has not."""
    if not _is_file(connection):
        return frozenset()
    known = {
        row.block: frozenset(row.signs) for row in connection.execute(select(_t.block, _t.signs))
    }
    asked = select(tables.cases.c.id, tables.cases.c.folded)
    return frozenset(
        row.id
        for row in connection.execute(asked)
        if _signs([row.folded]) - known.get(row.id // BLOCK, frozenset())
    )


def _is_file(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"


def _signs(texts: Iterable[str]) -> frozenset[str]:
    return frozenset("".join(texts)) - _ASCII


@cache
def _of_some() -> Select[Any]:
    return select(_t.block, _t.signs).where(some_of(_t.block))


def _having(signs: Iterable[str]) -> Select[Any]:
    """What is asked for the blocks that have all of some signs, one more than are wanted."""
    has_all = (func.instr(_t.signs, sign) > 0 for sign in signs)
    return select(_t.block).where(*has_all).limit(literal_column(str(_MOST_BLOCKS + 1)))


@cache
def _in_blocks(words: int) -> TextClause:
    """What is asked of the cases of some blocks; the + lets SQLite go there by their ids."""
    holding = " AND ".join(f"instr(cases.folded, :word{place}) > 0" for place in range(words))
    return text(
        "SELECT cases.id FROM json_each(:blocks) AS block CROSS JOIN cases"
        f" ON cases.id BETWEEN block.value * {BLOCK} AND block.value * {BLOCK} + {BLOCK - 1}"
        f" WHERE +cases.binned_at IS NULL AND {holding} LIMIT :most"
    )
