"""The register: the live cases by columns only, and the states settled in them.

A state hangs on more than its case: papers, licences, other cases of its number, the day.  Who
knows the forms computes it; it is written in the transaction that touched the case.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Update, bindparam, cast, column, func, or_, select, values

from db import case_signs, tables
from db.doors import Door
from db.projection import folded
from db.register_rows import RegisterRow
from db.transactions import Transactions, in_chunks
from forms.office.stored import Settled

_c = tables.cases.c
_LIVE = tables.LIVE
_AT_ONCE = 2000
_UNKNOWN = {"state": None, "state_until": None, "royalty": None}


MOST_FOUND = 500
"""How many a search of the store finds; it tells whether there are more."""


class FoundRows(NamedTuple):
    """Rows that a search found, in order of creation, and whether there are more."""

    rows: list[RegisterRow]
    is_more: bool


class Register:
    """The repository of the register's rows."""

    def __init__(self, transactions: Transactions, door: Door) -> None:
        """Work through these transactions, in the SQL of this door."""
        self._transactions = transactions
        self._door = door
        columns = (_c[name] for name in tables.REGISTER if name != "binned_at")
        self._read = (_c.id, *map(door.as_text, columns))

    def rows(self, *, limit: int | None = None) -> Iterator[list[RegisterRow]]:
        """Give the rows, the last changed first, some at a time as of one moment."""
        asked = select(*self._read).where(_LIVE).order_by(_c.updated_at.desc(), _c.id)
        with self._transactions.reading() as connection:
            found = connection.execute(asked.limit(limit))
            for chunk in found.partitions(_AT_ONCE):
                yield [_row(row) for row in chunk]

    def rows_of(self, case_ids: Sequence[int]) -> list[RegisterRow]:
        """Return the rows of some cases; one that is not live has none."""
        found: list[RegisterRow] = []
        with self._transactions.reading() as connection:
            for some in in_chunks(case_ids):
                asked = select(*self._read).where(tables.LIVE_OF_SOME, _c.id.in_(some))
                asked = asked.order_by(_c.id)
                found += [_row(row) for row in connection.execute(asked)]
        return found

    def search(self, text: str, most: int | None = None) -> list[int]:
        """Return the ids of live cases that hold every word of the text, as a substring each.

        One more than `most` (`MOST_FOUND`) says that there are still others.
        """
        most = MOST_FOUND if most is None else most
        asked, words = select(_c.id).where(_LIVE), folded(text).split()
        with self._transactions.reading() as connection:
            ids = case_signs.found(connection, words, most)
            if ids is None:
                ids = self._door.found(connection, asked, _c.folded, words, most)
            return ids

    def found(self, text: str) -> FoundRows:
        """Return the rows that hold every word of the text, `MOST_FOUND` of them at most."""
        ids = self.search(text)
        return FoundRows(self.rows_of(ids[:MOST_FOUND]), is_more=len(ids) > MOST_FOUND)

    def count(self) -> int:
        """Count the live cases."""
        asked = select(func.count()).select_from(tables.cases).where(_LIVE)
        with self._transactions.reading() as connection:
            return int(connection.execute(asked).scalar_one())

    def ids(self, *, not_of: str | None = None) -> list[int]:
        """Return the ids of all live cases; or of those that are another pack's."""
        asked = select(_c.id).where(_LIVE).order_by(_c.id)
        if not_of is not None:
            asked = asked.where(~tables.of_pack(not_of))
        with self._transactions.reading() as connection:
            return list(connection.execute(asked).scalars())

    def packs(self) -> list[str]:
        """Return the codes of the packs that live cases are of, of the most cases first."""
        count = func.count()
        asked = select(_c.pack).where(_LIVE, _c.pack != "").group_by(_c.pack)
        with self._transactions.reading() as connection:
            return list(connection.execute(asked.order_by(count.desc(), _c.pack)).scalars())

    def unsettled(self, today: date) -> list[int]:
        """Return the ids of live cases whose state is not known, or may no longer hold."""
        old = or_(_c.state.is_(None), _c.state_until < today)
        asked = select(_c.id).where(_LIVE, old).order_by(_c.updated_at.desc())
        with self._transactions.reading() as connection:
            return list(connection.execute(asked).scalars())

    def keep_settled(self, case_ids: Sequence[int], settled: Mapping[int, Settled]) -> None:
        """Write what is settled of the cases; one of which nothing is, is to be settled later."""
        with self._transactions.writing() as connection:
            lines = [_line(of, known) for of in case_ids if (known := settled.get(of))]
            if self._door.is_far:
                for portion in in_chunks(lines):
                    connection.execute(_all_at_once(portion))
            elif lines:
                here = tables.cases.update().where(_c.id == bindparam("of"))
                connection.execute(here, lines)
            for some in in_chunks(of for of in case_ids if of not in settled):
                here = tables.cases.update().where(_c.id.in_(some), _c.state.is_not(None))
                connection.execute(here, _UNKNOWN)


def _all_at_once(lines: Sequence[Mapping[str, object]]) -> Update:
    """The settled states of some cases as one statement."""
    names = ("state", "state_until", "royalty")
    given = values(
        column("of", _c.id.type), *(column(name, _c[name].type) for name in names), name="given"
    ).data([(line["of"], *(line[name] for name in names)) for line in lines])
    new = {name: cast(given.c[name], _c[name].type) for name in names}  # a None has no type
    return tables.cases.update().where(_c.id == given.c.of).values(new)


def _row(row: Any) -> RegisterRow:
    return RegisterRow(*row)


def _line(case_id: int, settled: Settled) -> dict[str, object]:
    known = {"state": settled.state, "state_until": settled.until, "royalty": settled.royalty}
    return {"of": case_id, **known}
