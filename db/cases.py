"""The cases: saved by versions, found by number or substring, binned and brought back."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, RowMapping, and_, select

from db import tables
from db.door import SqliteDoor
from db.events import Events
from db.history import History
from db.projection import columns, folded, number_key
from db.store_problems import StaleRevision, UnknownCase
from db.transactions import Transactions, in_chunks, inserted
from forms.facts.record import Case
from forms.office.stored import StoredCase, Version

_c = tables.cases.c
_LIVE = tables.LIVE
_READ = (_c.id, _c.revision, _c.content, _c.imported, _c.created_at, _c.updated_at, _c.updated_by)

_case = msgspec.json.Decoder(Case)
_texts = msgspec.json.Decoder(dict[str, str])
_encode = msgspec.json.Encoder(order="deterministic").encode


class Cases:
    """The repository of cases."""

    def __init__(self, transactions: Transactions, door: SqliteDoor, events: Events) -> None:
        """Work through these transactions; what is binned is noted among the events."""
        self._transactions = transactions
        self._door = door
        self._events = events
        self._history = History(tables.case_versions, "case_id")

    def listed(
        self, numbers: Sequence[str] | None = None, *, ids: Sequence[int] | None = None
    ) -> list[StoredCase]:
        """Return the live cases in order of creation: all, or by numbers, or by ids.

        A number is matched however it is written, and an unread one as it was typed.
        """
        if numbers is not None:
            wanted: Iterable[ColumnElement[bool]] = _any_of(
                _c.number_key, {number_key(number) for number in numbers}
            )
        else:
            wanted = [_LIVE] if ids is None else _any_of(_c.id, set(ids))
        return self._found(wanted)

    def binned(self) -> list[StoredCase]:
        """Return the cases in the bin, in order of creation."""
        return self._found([_c.binned_at.is_not(None)])

    def _found(self, wanted: Iterable[ColumnElement[bool]]) -> list[StoredCase]:
        asked = select(*_READ).order_by(_c.id)
        with self._transactions.reading() as connection:
            rows = [
                row for one in wanted for row in connection.execute(asked.where(one)).mappings()
            ]
        return sorted(map(_stored, rows), key=lambda case: case.id)

    def one(self, case_id: int) -> StoredCase:
        """Return a live case.  Raises UnknownCase."""
        with self._transactions.reading() as connection:
            return _stored(_row(connection, case_id))

    def numbers(
        self, of: Iterable[str] | None = None, *, pack: str | None = None
    ) -> Mapping[str, int]:
        """Count how many live cases carry each normalised number: all, or some of them.

        `pack` leaves it at the cases of a pack and those of none.
        """
        asked = select(_c.number).where(_c.number.is_not(None))
        if pack is not None:
            asked = asked.where(tables.of_pack(pack))
        wanted: Iterable[ColumnElement[bool]] = [_LIVE]
        if of is not None:
            wanted = _any_of(_c.number_key, {number_key(number) for number in of})
        with self._transactions.reading() as connection:
            return Counter(
                number
                for one in wanted
                for number in connection.execute(asked.where(one)).scalars()
            )

    def search(self, text: str) -> list[int]:
        """Return the ids of live cases that hold every word of the text, as a substring each."""
        asked = select(_c.id).where(_LIVE).order_by(_c.id)
        for word in folded(text).split():
            asked = asked.where(self._door.contains(_c.folded, word))
        with self._transactions.reading() as connection:
            return list(connection.execute(asked).scalars())

    def save(
        self,
        case: Case,
        *,
        case_id: int | None = None,
        revision: int | None = None,
        imported: Mapping[str, str] | None = None,
        who: str = "",
        what: str = "",
        amends: bool = False,
    ) -> StoredCase:
        """Save a new case, or a further version of one; an equal one makes no version.

        `revision` is the one that was read; None saves over whatever stands.  `imported` None
        keeps the cells noted before.  `amends` says that the version of that revision was the
        same typing, not done yet: this one takes its place, under a number of its own.
        Raises UnknownCase, StaleRevision.
        """
        content = _encode(case).decode()
        with self._transactions.writing() as connection:
            if case_id is None:
                return self._add(connection, case, content, dict(imported or {}), who, what)
            old = _stored(_row(connection, case_id))
            if revision not in (None, old.revision):
                raise StaleRevision
            cells = old.imported if imported is None else dict(imported)
            if _encode(old.case).decode() == content:
                return _with_cells(connection, old, cells)
            amended = revision if amends else None
            return self._change(connection, old, case, content, cells, who, what, amended)

    def _add(
        self,
        connection: Connection,
        case: Case,
        content: str,
        cells: dict[str, str],
        who: str,
        what: str,
    ) -> StoredCase:
        now = self._transactions.now()
        row = _values(case, content, cells) | {"revision": 1, "updated_at": now, "updated_by": who}
        case_id = inserted(connection, tables.cases, row | {"created_at": now})
        self._history.add(connection, case_id, 1, content, at=now, who=who, what=what)
        self._touch(connection, case_id, row["number_key"])
        return StoredCase(
            id=case_id,
            revision=1,
            case=case,
            imported=cells,
            created_at=now,
            updated_at=now,
            updated_by=who,
        )

    def add_all(
        self, new: Sequence[tuple[Case, Mapping[str, str], str]], *, who: str = ""
    ) -> list[int]:
        """Add many cases, each with the cells it was imported from and what was done.

        Returns their ids.
        """
        if not new:
            return []
        now = self._transactions.now()
        made = {"revision": 1, "created_at": now, "updated_at": now, "updated_by": who}
        contents = [_encode(case).decode() for case, _, _ in new]
        rows = [
            _values(case, content, cells) | made
            for (case, cells, _), content in zip(new, contents, strict=True)
        ]
        with self._transactions.writing() as connection:
            ids = self._door.new_ids(connection, tables.cases.name, len(rows))
            numbered = [row | {"id": case_id} for case_id, row in zip(ids, rows, strict=True)]
            connection.execute(tables.cases.insert(), numbered)
            whats = (what for _, _, what in new)
            first = zip(ids, contents, whats, strict=True)
            self._history.begin(connection, first, at=now, who=who)
            self._touch_all(connection, ids, {row["number_key"] for row in rows})
        return list(ids)

    def _change(
        self,
        connection: Connection,
        old: StoredCase,
        case: Case,
        content: str,
        cells: dict[str, str],
        who: str,
        what: str,
        amended: int | None,
    ) -> StoredCase:
        now, revision = self._transactions.now(), old.revision + 1
        row = _values(case, content, cells)
        row |= {"revision": revision, "updated_at": now, "updated_by": who}
        before = columns(old.case)["number_key"]
        _update(connection, old, row)
        self._history.add(
            connection, old.id, revision, content, at=now, who=who, what=what, amended=amended
        )
        keys = {before, row["number_key"]} if before != row["number_key"] else ()
        self._touch(connection, old.id, *keys)
        return msgspec.structs.replace(
            old, case=case, imported=cells, revision=revision, updated_at=now, updated_by=who
        )

    def versions(self, case_id: int) -> list[Version]:
        """Return the versions of a case, the latest first; a binned one's too."""
        with self._transactions.reading() as connection:
            return self._history.listed(connection, case_id)

    def at_version(self, case_id: int, version: int) -> Case:
        """Return the case as it was.  Raises UnknownVersion."""
        with self._transactions.reading() as connection:
            return _case.decode(self._history.content(connection, case_id, version))

    def restore_version(
        self, case_id: int, version: int, *, revision: int | None = None, who: str = ""
    ) -> StoredCase:
        """Bring a version back, as a new version.

        Raises UnknownCase, UnknownVersion, StaleRevision.
        """
        with self._transactions.writing():
            case = self.at_version(case_id, version)
            what = f"恢复到第 {version} 版"
            return self.save(case, case_id=case_id, revision=revision, who=who, what=what)

    def bin(self, case_id: int, *, revision: int | None = None, who: str = "") -> None:
        """Put a case into the bin.  Raises UnknownCase, StaleRevision."""
        with self._transactions.writing() as connection:
            old = _row(connection, case_id)
            if revision not in (None, old["revision"]):
                raise StaleRevision
            _set_binned(connection, case_id, {"binned_at": self._transactions.now()}, who)
            key = columns(_stored(old).case)["number_key"]
            self._touch(connection, case_id, key)
            self._events.log("case.binned", who=who, case_id=case_id)

    def unbin(self, case_id: int, *, who: str = "") -> StoredCase:
        """Take a case out of the bin; one that is not there stays.  Raises UnknownCase."""
        with self._transactions.writing() as connection:
            _set_binned(connection, case_id, {"binned_at": None}, "")
            case = self.one(case_id)
            self._touch(connection, case_id, columns(case.case)["number_key"])
            self._events.log("case.unbinned", who=who, case_id=case_id)
            return case

    def _touch(self, connection: Connection, case_id: int, *keys: str | None) -> None:
        """Note that the case has changed, and with it all that share a number with it."""
        self._touch_all(connection, [case_id], set(keys))

    def _touch_all(
        self, connection: Connection, case_ids: Iterable[int], keys: set[str | None]
    ) -> None:
        for one in _any_of(_c.number_key, {key for key in keys if key}):
            asked = select(_c.id).where(one)
            self._transactions.touch(*connection.execute(asked).scalars())
        self._transactions.touch(*case_ids)


def _any_of(column: ColumnElement[Any], values: set[Any]) -> Iterator[ColumnElement[bool]]:
    """Conditions that together find the live cases of the values, none with too many of them."""
    return (and_(tables.LIVE_OF_SOME, column.in_(chunk)) for chunk in in_chunks(sorted(values)))


def _row(connection: Connection, case_id: int) -> RowMapping:
    asked = select(*_READ).where(_c.id == case_id, _LIVE)
    row = connection.execute(asked).mappings().one_or_none()
    if row is None:
        raise UnknownCase
    return row


def _stored(row: RowMapping) -> StoredCase:
    read = {**row, "imported": _texts.decode(row["imported"])}
    return StoredCase(case=_case.decode(read.pop("content")), **read)


def _values(case: Case, content: str, cells: Mapping[str, str]) -> dict[str, Any]:
    return columns(case) | {"content": content, "imported": _encode(cells).decode()}


def _with_cells(connection: Connection, old: StoredCase, cells: dict[str, str]) -> StoredCase:
    """Note which cells were imported, where only they differ: the case stays as it is."""
    if old.imported != cells:
        _update(connection, old, {"imported": _encode(cells).decode()})
    return msgspec.structs.replace(old, imported=cells)


def _update(connection: Connection, old: StoredCase, row: Mapping[str, Any]) -> None:
    """Write over the revision that was read; another one raises StaleRevision."""
    here = tables.cases.update().where(_c.id == old.id, _c.revision == old.revision)
    if connection.execute(here, dict(row)).rowcount != 1:
        raise StaleRevision


def _set_binned(connection: Connection, case_id: int, values: dict[str, Any], who: str) -> None:
    here = tables.cases.update().where(_c.id == case_id)
    if connection.execute(here, values | {"binned_by": who}).rowcount != 1:
        raise UnknownCase
