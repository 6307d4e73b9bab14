"""Records kept beside cases, by their kinds: pools, stock, packages taken in, needs of companies.

Each is saved with its versions as a case is.  A record may belong to another (`parent_id`): a
member to its pool, a patent to the package it came in.  Files of a record lie with the scans, once
under their SHA-256.
"""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any, Generic, TypeVar

import msgspec
from sqlalchemy import Connection, RowMapping, Select, func, select

from db import tables
from db.doors import Door
from db.history import History
from db.projection import folded, folded_lines, number_key
from db.store_problems import DamagedScan, ScanTooLarge, StaleRevision, UnknownRecord
from db.transactions import Transactions, in_chunks, inserted, keep_once
from forms.ground.combining import combined
from forms.ground.record_kind import RecordKind
from forms.office.stored import SCAN_LIMIT_MB, Kept, RecordFile, Version

R = TypeVar("R", bound=msgspec.Struct)

_r, _f, _s = tables.records.c, tables.record_files.c, tables.scan_files.c
_READ = (
    *(_r.id, _r.parent_id, _r.revision, _r.content, _r.state, _r.created_at, _r.updated_at),
    _r.updated_by,
)
_FILE = (
    *(_f.id, _f.record_id, _f.role, _f.name, _f.sha256, _s.size_bytes, _f.added_at, _f.added_by),
)

_encode = msgspec.json.Encoder(order="deterministic").encode


class Records:
    """All kinds of records; `of` gives those of one."""

    def __init__(self, transactions: Transactions, door: Door) -> None:
        """Work through these transactions, in the SQL of this door."""
        self._transactions = transactions
        self._door = door
        self._shelves: dict[str, RecordShelf[Any]] = {}

    def of(self, kind: RecordKind[R]) -> "RecordShelf[R]":
        """Return the repository of a kind."""
        if kind.name not in self._shelves:
            self._shelves[kind.name] = RecordShelf(kind, self._transactions, self._door)
        return self._shelves[kind.name]

    # --- files ----------------------------------------------------------------------------

    def keep_file(
        self, record_id: int, role: str, name: str, content: bytes, *, who: str = ""
    ) -> RecordFile:
        """Keep a further file of a record; the same under the same part once.

        Raises ScanTooLarge.
        """
        if len(content) > SCAN_LIMIT_MB << 20:
            raise ScanTooLarge(size_mb=len(content) >> 20, limit_mb=SCAN_LIMIT_MB)
        sha256 = hashlib.sha256(content).hexdigest()
        file = {"sha256": sha256, "size_bytes": len(content), "content": content}
        row: dict[str, Any] = {"record_id": record_id, "role": role, "name": name, "sha256": sha256}
        with self._transactions.writing() as connection:
            here = (_f.record_id == record_id, _f.role == role, _f.sha256 == sha256)
            known = connection.execute(_files().where(*here)).mappings().first()
            if known is not None:
                return RecordFile(**known)
            keep_once(connection, tables.scan_files, file)
            row |= {"added_at": self._transactions.now(), "added_by": who}
            file_id = inserted(connection, tables.record_files, row)
            return RecordFile(id=file_id, size_bytes=len(content), **row)

    def files_of(self, record_ids: Iterable[int]) -> dict[int, list[RecordFile]]:
        """Return the files of some records by the record, in the order they were added."""
        found: dict[int, list[RecordFile]] = {}
        with self._transactions.reading() as connection:
            for some in in_chunks(record_ids):
                asked = _files().where(_f.record_id.in_(some)).order_by(_f.id)
                for row in connection.execute(asked).mappings():
                    found.setdefault(row["record_id"], []).append(RecordFile(**row))
        return found

    def file_content(self, file: RecordFile) -> bytes:
        """Return the bytes of a file, verified by their hash.  Raises DamagedScan."""
        asked = select(_s.content).where(_s.sha256 == file.sha256)
        with self._transactions.reading() as connection:
            content: bytes | None = connection.execute(asked).scalar_one_or_none()
        if content is None or hashlib.sha256(content).hexdigest() != file.sha256:
            raise DamagedScan
        return content


class RecordShelf(Generic[R]):
    """The repository of one kind."""

    def __init__(self, kind: RecordKind[R], transactions: Transactions, door: Door) -> None:
        """Keep records of a kind through these transactions."""
        self.kind = kind
        self._transactions = transactions
        self._door = door
        self._decode = msgspec.json.Decoder(kind.shape).decode
        self._history = History(tables.record_versions, "record_id")

    # --- reading --------------------------------------------------------------------------

    def listed(
        self,
        *,
        parent: int | None = None,
        state: str | None = None,
        keys: Iterable[str] | None = None,
        search: str = "",
        limit: int | None = None,
        offset: int = 0,
    ) -> list[Kept[R]]:
        """Return the live records in order of creation, narrowed by what is named.

        `keys` are compared however they are written; `search` asks for every word of it.
        """
        asked = self._narrowed(select(*_READ), parent, state, search)
        asked = asked.order_by(_r.id).limit(limit).offset(offset)
        with self._transactions.reading() as connection:
            if search:
                self._door.search(connection, all_of_it=limit is None)
            if keys is None:
                return [self._kept(row) for row in connection.execute(asked).mappings()]
            wanted = dict.fromkeys(number_key(key) for key in keys)
            found = [
                self._kept(row)
                for some in in_chunks(wanted)
                for row in connection.execute(asked.where(_r.key.in_(some))).mappings()
            ]
        return sorted(found, key=lambda one: one.id)

    def found(self, search: str, *, states: Sequence[str], most: int) -> tuple[list[Kept[R]], bool]:
        """Return live records of some states that hold every word, and whether there are more.

        They are in order of creation, the first unless there are more than so many.
        """
        asked = self._narrowed(select(_r.id), None, None, "").where(_r.state.in_(states))
        with self._transactions.reading() as connection:
            ids = self._door.found(connection, asked, _r.folded, folded(search).split(), most)
            rows = [
                row
                for some in in_chunks(ids[:most])
                for row in connection.execute(select(*_READ).where(_r.id.in_(some))).mappings()
            ]
        return sorted(map(self._kept, rows), key=lambda one: one.id), len(ids) > most

    def count(self, *, parent: int | None = None, state: str | None = None) -> int:
        """Return how many live records there are, narrowed by what is named."""
        asked = self._narrowed(select(func.count()), parent, state, "")
        with self._transactions.reading() as connection:
            return int(connection.execute(asked).scalar_one())

    def states(self, *, parent: int | None = None) -> dict[str, int]:
        """Return how many live records stand in each state."""
        asked = self._narrowed(select(_r.state, func.count()), parent, None, "")
        with self._transactions.reading() as connection:
            return {row[0]: row[1] for row in connection.execute(asked.group_by(_r.state))}

    def get(self, record_id: int) -> Kept[R]:
        """Return a live record.  Raises UnknownRecord."""
        with self._transactions.reading() as connection:
            return self._one(connection, record_id)

    def versions(self, record_id: int) -> list[Version]:
        """Return the versions of a record, the latest first."""
        with self._transactions.reading() as connection:
            return self._history.listed(connection, record_id)

    def at_version(self, record_id: int, version: int) -> R:
        """Return the record as it was.  Raises UnknownVersion."""
        with self._transactions.reading() as connection:
            return self._decode(self._history.content(connection, record_id, version))

    # --- writing --------------------------------------------------------------------------

    def add(
        self, record: R, *, parent: int | None = None, who: str = "", what: str = ""
    ) -> Kept[R]:
        """Add a record, perhaps as another's."""
        (record_id,) = self.add_all([record], parent=parent, who=who, what=what)
        return self.get(record_id)

    def add_all(
        self, records: Sequence[R], *, parent: int | None = None, who: str = "", what: str = ""
    ) -> list[int]:
        """Add many records in one go; their ids in the order given."""
        if not records:
            return []
        now = self._transactions.now()
        all_have: dict[str, Any] = {"kind": self.kind.name, "parent_id": parent, "revision": 1}
        all_have |= {"created_at": now, "updated_at": now, "updated_by": who}
        rows = [all_have | self.columns(record) for record in records]
        with self._transactions.writing() as connection:
            new = (
                connection.execute(
                    tables.records.insert().returning(_r.id, sort_by_parameter_order=True), rows
                )
                .scalars()
                .all()
            )
            told = [
                (record_id, row["content"], what) for record_id, row in zip(new, rows, strict=True)
            ]
            self._history.begin(connection, told, at=now, who=who)
        return list(new)

    def save(
        self,
        record_id: int,
        record: R,
        *,
        revision: int | None = None,
        who: str = "",
        what: str = "",
        amends: bool = False,
    ) -> Kept[R]:
        """Save a further version of a record; an equal one makes none.

        `revision` is the one that was read; None saves over whatever stands.  What `amends` takes
        the place of the version of that revision.  Raises UnknownRecord, StaleRevision.
        """
        with self._transactions.writing() as connection:
            old = self._one(connection, record_id)
            if revision not in (None, old.revision):
                raise StaleRevision
            if old.record == record:
                return old
            now = self._transactions.now()
            new = self.columns(record)
            row: dict[str, Any] = new | {
                "revision": old.revision + 1,
                "updated_at": now,
                "updated_by": who,
            }
            here = tables.records.update().where(_r.id == record_id, _r.revision == old.revision)
            if connection.execute(here, row).rowcount != 1:
                raise StaleRevision
            self._history.add(
                *(connection, record_id, old.revision + 1, new["content"]),
                at=now,
                who=who,
                what=what,
                amended=revision if amends else None,
            )
            return self._one(connection, record_id)

    def save_changes(
        self,
        record_id: int,
        before: R,
        record: R,
        *,
        who: str = "",
        what: str = "",
        amends: int | None = None,
    ) -> Kept[R]:
        """Save what of a record is another than `before`, as it was shown, onto what stands now.

        What others have saved meanwhile stays; of one fact that both changed, this is kept.  The
        version of the revision that it `amends` gives place to it, if that is still the last.
        Raises UnknownRecord.
        """
        with self._transactions.writing():
            now = self.get(record_id)
            return self.save(
                record_id,
                combined(before, record, now.record)[0],
                revision=now.revision,
                who=who,
                what=what,
                amends=amends == now.revision,
            )

    def save_typed(
        self,
        record_id: int,
        before: R,
        record: R,
        *,
        parent: int | None = None,
        who: str = "",
        amends: int | None = None,
    ) -> Kept[R]:
        """Save what was typed as `save_changes` does, though the record was binned or is gone.

        Binned elsewhere it is taken out again; gone (a backup was brought back) it is a new one,
        perhaps as another's.
        """
        with self._transactions.writing():
            self.unbin([record_id])
            try:
                return self.save_changes(record_id, before, record, who=who, amends=amends)
            except UnknownRecord:
                return self.add(record, parent=parent, who=who)

    def bin(self, record_ids: Iterable[int]) -> None:
        """Put some records into the bin; those that belong to them are left where they are."""
        self._bin(record_ids, self._transactions.now())

    def unbin(self, record_ids: Iterable[int]) -> None:
        """Take some records out of the bin."""
        self._bin(record_ids, None)

    def columns(self, record: R) -> dict[str, str]:
        """Return a record's columns: its JSON, and what is projected from it."""
        return {"content": _encode(record).decode()} | projected(self.kind, record)

    def _bin(self, record_ids: Iterable[int], when: Any) -> None:
        with self._transactions.writing() as connection:
            for some in in_chunks(record_ids):
                here = tables.records.update().where(_r.id.in_(some), _r.kind == self.kind.name)
                connection.execute(here, {"binned_at": when})

    def _narrowed(
        self, asked: Select[Any], parent: int | None, state: str | None, search: str
    ) -> Select[Any]:
        asked = asked.where(_r.kind == self.kind.name, _r.binned_at.is_(None))
        if parent is not None:
            asked = asked.where(_r.parent_id == parent)
        if state is not None:
            asked = asked.where(_r.state == state)
        for word in folded(search).split():
            asked = asked.where(self._door.contains(_r.folded, word))
        return asked

    def _one(self, connection: Connection, record_id: int) -> Kept[R]:
        asked = self._narrowed(select(*_READ), None, None, "").where(_r.id == record_id)
        row = connection.execute(asked).mappings().one_or_none()
        if row is None:
            raise UnknownRecord(word=self.kind.word)
        return self._kept(row)

    def _kept(self, row: RowMapping) -> Kept[R]:
        read = dict(row)
        return Kept(record=self._decode(read.pop("content")), **read)


def projected(kind: RecordKind[R], record: R) -> dict[str, str]:
    """Return what is looked up of a record: key, state, searched text."""
    return {
        "key": number_key(kind.key(record)),
        "state": kind.state(record),
        "folded": folded_lines(kind.searched(record)),
    }


def _files() -> Select[Any]:
    return select(*_FILE).join(tables.scan_files, _f.sha256 == _s.sha256)
