"""The licences granted under a case (许可合同): records of their own, with versions."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import Connection, RowMapping, Select, select

from db import tables
from db.history import History
from db.lean_json import writer_of
from db.store_problems import StaleRevision, UnknownCase, UnknownLicence
from db.transactions import Transactions, inserted, some_at_a_time, some_of
from forms.facts.record import Licence
from forms.office.stored import StoredLicence, Version

_l = tables.licences.c
_READ = (_l.id, _l.case_id, _l.revision, _l.content, _l.created_at, _l.updated_at)

_licence = msgspec.json.Decoder(Licence)
_json = writer_of(Licence)


@cache
def _of_some() -> Select[Any]:
    return select(*_READ).where(_l.binned_at.is_(None), some_of(_l.case_id)).order_by(_l.id)


class Licences:
    """The repository of licences."""

    def __init__(self, transactions: Transactions) -> None:
        """Work through these transactions."""
        self._transactions = transactions
        self._history = History(tables.licence_versions, "licence_id")

    def granted(self, case_ids: Sequence[int]) -> dict[int, list[StoredLicence]]:
        """Return the live licences of some cases by the case; one that has none is left out."""
        found: dict[int, list[StoredLicence]] = {}
        with self._transactions.reading() as connection:
            for some in some_at_a_time(case_ids):
                for row in connection.execute(_of_some(), some).mappings():
                    found.setdefault(row["case_id"], []).append(_stored(row))
        return found

    def of_case(self, case_id: int) -> list[StoredLicence]:
        """Return the live licences of a case in order of creation."""
        asked = select(*_READ).where(_l.case_id == case_id, _l.binned_at.is_(None)).order_by(_l.id)
        with self._transactions.reading() as connection:
            return [_stored(row) for row in connection.execute(asked).mappings()]

    def add(
        self, case_id: int, licence: Licence, *, who: str = "", what: str = ""
    ) -> StoredLicence:
        """Add a licence to a live case.  Raises UnknownCase."""
        content, now = _json(licence), self._transactions.now()
        row: dict[str, Any] = {"case_id": case_id, "revision": 1, "content": content}
        row |= {"created_at": now, "updated_at": now}
        with self._transactions.writing() as connection:
            _require_case(connection, case_id)
            licence_id = inserted(connection, tables.licences, row)
            self._history.add(connection, licence_id, 1, content, at=now, who=who, what=what)
            self._transactions.touch(case_id)
            return _stored(_row(connection, licence_id))

    def save(
        self,
        licence_id: int,
        licence: Licence,
        *,
        revision: int | None = None,
        who: str = "",
        what: str = "",
        amends: bool = False,
    ) -> StoredLicence:
        """Save a further version of a licence; an equal one makes none.

        What `amends` takes the place of the version of that revision.

        Raises UnknownLicence, StaleRevision.
        """
        content, now = _json(licence), self._transactions.now()
        with self._transactions.writing() as connection:
            old = _stored(_row(connection, licence_id))
            if revision not in (None, old.revision):
                raise StaleRevision
            if old.licence == licence:
                return old
            new = {"revision": old.revision + 1, "content": content, "updated_at": now}
            _update(connection, old, new)
            self._history.add(
                connection,
                licence_id,
                old.revision + 1,
                content,
                at=now,
                who=who,
                what=what,
                amended=revision if amends else None,
            )
            self._transactions.touch(old.case_id)
            return _stored(_row(connection, licence_id))

    def versions(self, licence_id: int) -> list[Version]:
        """Return the versions of a licence, the latest first."""
        with self._transactions.reading() as connection:
            return self._history.listed(connection, licence_id)

    def at_version(self, licence_id: int, version: int) -> Licence:
        """Return the licence as it was.  Raises UnknownVersion."""
        with self._transactions.reading() as connection:
            return _licence.decode(self._history.content(connection, licence_id, version))

    def bin(self, licence_id: int) -> None:
        """Put a licence into the bin.  Raises UnknownLicence."""
        with self._transactions.writing() as connection:
            old = _stored(_row(connection, licence_id))
            _update(connection, old, {"binned_at": self._transactions.now()})
            self._transactions.touch(old.case_id)

    def unbin(self, licence_id: int) -> StoredLicence:
        """Take a licence out of the bin; one that is not there stays.  Raises UnknownLicence."""
        with self._transactions.writing() as connection:
            here = tables.licences.update().where(_l.id == licence_id)
            connection.execute(here, {"binned_at": None})
            licence = _stored(_row(connection, licence_id))
            self._transactions.touch(licence.case_id)
            return licence


def _require_case(connection: Connection, case_id: int) -> None:
    c = tables.cases.c
    if not connection.execute(select(c.id).where(c.id == case_id, c.binned_at.is_(None))).first():
        raise UnknownCase


def _row(connection: Connection, licence_id: int) -> RowMapping:
    asked = select(*_READ).where(_l.id == licence_id, _l.binned_at.is_(None))
    row = connection.execute(asked).mappings().one_or_none()
    if row is None:
        raise UnknownLicence
    return row


def _stored(row: RowMapping) -> StoredLicence:
    read = dict(row)
    return StoredLicence(licence=_licence.decode(read.pop("content")), **read)


def _update(connection: Connection, old: StoredLicence, values: dict[str, Any]) -> None:
    here = tables.licences.update().where(_l.id == old.id, _l.revision == old.revision)
    if connection.execute(here, values).rowcount != 1:
        raise StaleRevision
