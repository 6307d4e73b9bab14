"""The ledger (专利台账): one entry a patent, found by number, with the versions before it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import Connection, RowMapping, Select, bindparam, select

from db import tables
from db.doors import Door
from db.history import History
from db.lean_json import writer_of
from db.many_rows import insert_many
from db.projection import number_key
from db.store_problems import StaleRevision, UnknownPatent
from db.transactions import Transactions, in_chunks, inserted
from forms.facts.record import LedgerEntry
from forms.office.stored import StoredPatent, Version

_p = tables.patents.c
_READ = (_p.id, _p.revision, _p.content, _p.updated_at, _p.updated_by, _p.what)

_entry = msgspec.json.Decoder(LedgerEntry)
_json = writer_of(LedgerEntry)


class Save(msgspec.Struct, frozen=True, kw_only=True):
    """One save: when, by whom, what was done, and the moment of the save that it amends."""

    at: datetime
    who: str
    what: str
    amends: datetime | None = None


@cache
def _by_id() -> Select[Any]:
    return select(*_READ).where(_p.id == bindparam("of"))


class Patents:
    """The repository of the ledger's entries."""

    def __init__(self, transactions: Transactions, door: Door) -> None:
        """Work through these transactions."""
        self._transactions = transactions
        self._door = door
        self._history = History(tables.patent_versions, "patent_id")

    def listed(self, numbers: Iterable[str] | None = None) -> list[StoredPatent]:
        """Return the entries in order of creation: all, or those of some numbers.

        A number is matched however it is written.
        """
        asked = select(*_READ).order_by(_p.id)
        with self._transactions.reading() as connection:
            if numbers is None:
                return [_stored(row) for row in connection.execute(asked).mappings()]
            keys = {number_key(number) for number in numbers}
            return self.of_keys(connection, keys)

    def one(self, patent_id: int) -> StoredPatent:
        """Return an entry.  Raises UnknownPatent."""
        with self._transactions.reading() as connection:
            return self.read(connection, patent_id)

    def versions(self, patent_id: int) -> list[Version]:
        """Return the versions of an entry, the latest first.  Raises UnknownPatent."""
        with self._transactions.reading() as connection:
            now = self.read(connection, patent_id)
            latest = Version(
                version=now.revision, made_at=now.updated_at, who=now.updated_by, what=now.what
            )
            return [latest, *self._history.listed(connection, patent_id)]

    def at_version(self, patent_id: int, version: int) -> LedgerEntry:
        """Return the entry as it was.  Raises UnknownPatent, UnknownVersion."""
        with self._transactions.reading() as connection:
            now = self.read(connection, patent_id)
            if version == now.revision:
                return now.entry
            return _entry.decode(self._history.content(connection, patent_id, version))

    # --- for those who keep cases -----------------------------------------------------------

    def read(self, connection: Connection, patent_id: int) -> StoredPatent:
        """Return an entry.  Raises UnknownPatent."""
        row = connection.execute(_by_id(), {"of": patent_id}).mappings().one_or_none()
        if row is None:
            raise UnknownPatent
        return _stored(row)

    def of_keys(self, connection: Connection, keys: Iterable[str]) -> list[StoredPatent]:
        """Return the entries whose numbers have these keys, in order of creation."""
        asked, found = select(*_READ).where(_p.number.is_not(None)), []
        for some in in_chunks(sorted(set(keys))):
            rows = connection.execute(asked.where(_p.number_key.in_(some))).mappings()
            found += [_stored(row) for row in rows]
        return sorted(found, key=lambda one: one.id)

    def of_ids(self, connection: Connection, ids: Select[Any]) -> list[StoredPatent]:
        """Return the entries whose ids are selected, in order of creation."""
        asked = select(*_READ).where(_p.id.in_(ids)).order_by(_p.id)
        return [_stored(row) for row in connection.execute(asked).mappings()]

    def add(self, connection: Connection, entry: LedgerEntry, save: Save) -> int:
        """Add an entry and return its id."""
        return inserted(connection, tables.patents, _values(entry, 1, save))

    def add_all(
        self, connection: Connection, new: Sequence[tuple[LedgerEntry, str]], save: Save
    ) -> list[int]:
        """Add many entries, each with what was done, and return their ids."""
        ids = self._door.new_ids(connection, tables.patents.name, len(new))
        rows = [
            _values(entry, 1, save) | {"id": patent_id, "what": what}
            for patent_id, (entry, what) in zip(ids, new, strict=True)
        ]
        insert_many(connection, tables.patents, rows)
        return list(ids)

    def change(
        self, connection: Connection, old: StoredPatent, entry: LedgerEntry, save: Save
    ) -> None:
        """Save a further version of an entry; an equal one makes none.  Raises StaleRevision."""
        if entry == old.entry:
            return
        if save.amends is None or save.amends != old.updated_at:
            content = _json(old.entry)
            self._history.add(
                *(connection, old.id, old.revision, content),
                at=old.updated_at,
                who=old.updated_by,
                what=old.what,
            )
        here = tables.patents.update().where(_p.id == old.id, _p.revision == old.revision)
        row = _values(entry, old.revision + 1, save)
        if connection.execute(here, row).rowcount != 1:
            raise StaleRevision

    def drop(self, connection: Connection, patent_id: int) -> None:
        """Take away an entry that was made one with another."""
        v = tables.patent_versions
        connection.execute(v.delete().where(v.c.patent_id == patent_id))
        connection.execute(tables.patents.delete().where(_p.id == patent_id))


def key_of(entry: LedgerEntry) -> str | None:
    """Return what entries of one number share; None for one without a number that can be read."""
    return number_key(entry.patent.number) if entry.patent.number else None


def columns(entry: LedgerEntry) -> dict[str, Any]:
    """Return the columns of an entry, projected from it."""
    return {"number": entry.patent.number, "number_key": key_of(entry)}


def _values(entry: LedgerEntry, revision: int, save: Save) -> dict[str, Any]:
    of_save = {"updated_at": save.at, "updated_by": save.who, "what": save.what}
    content = _json(entry)
    return columns(entry) | {"content": content, "revision": revision, **of_save}


def _stored(row: RowMapping) -> StoredPatent:
    read = dict(row)
    return StoredPatent(entry=_entry.decode(read.pop("content")), **read)
