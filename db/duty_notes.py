"""日程: what the office says of a duty: done, put off, or none of its own.

Duties are reckoned from the records and never kept; only what is said of them is, by their keys.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

import msgspec
from sqlalchemy import select

from db import tables
from db.transactions import Transactions, in_chunks
from forms.office.stored import DutyNote

_n = tables.duty_notes.c
_NOTE = (_n.key, _n.state, _n.day, _n.amount, _n.words, _n.noted_by)


class DutyNotes:
    """The repository of what is said of duties."""

    def __init__(self, transactions: Transactions) -> None:
        """Work through these transactions."""
        self._transactions = transactions

    def notes(self) -> dict[str, DutyNote]:
        """Return what is said, by the duty's key; what can not be read is not said."""
        with self._transactions.reading() as connection:
            rows = connection.execute(select(*_NOTE)).mappings().all()
        return {note.key: note for note in map(note_of, rows) if note is not None}

    def put(self, notes: Iterable[DutyNote]) -> None:
        """Keep some notes, each instead of the one before on its duty."""
        with self._transactions.writing() as connection:
            now = self._transactions.now()
            for note in notes:
                row: dict[str, Any] = {"key": note.key, "state": note.state, "day": note.day}
                row |= {"amount": "" if note.amount is None else str(note.amount)}
                row |= {"words": note.words, "noted_at": now, "noted_by": note.noted_by}
                connection.execute(tables.duty_notes.delete().where(_n.key == note.key))
                connection.execute(tables.duty_notes.insert(), row)

    def forget(self, keys: Iterable[str]) -> None:
        """Take back what is said of some duties."""
        with self._transactions.writing() as connection:
            for some in in_chunks(keys):
                connection.execute(tables.duty_notes.delete().where(_n.key.in_(some)))


def note_of(row: Mapping[Any, Any]) -> DutyNote | None:
    """Return the note of a row; None where it can not be read."""
    try:
        amount = Decimal(row["amount"]) if row["amount"] else None
        said = {name: row[name] for name in ("key", "state", "day", "words", "noted_by")}
        return msgspec.convert(said | {"amount": amount}, DutyNote)
    except (InvalidOperation, TypeError, msgspec.ValidationError):
        return None
