"""The cases: saved by versions, found by number or substring, binned and brought back."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import Connection, RowMapping, Select, bindparam, select

from db import case_rows, case_signs, tables
from db.case_rows import Standing, encode, stored, values, whole_json
from db.doors import Door
from db.events import Events
from db.many_rows import insert_many
from db.patents import Save
from db.projection import columns, number_key
from db.shared_patents import GATHERED, PARTED, Ledger
from db.store_problems import StaleRevision, UnknownCase
from db.transactions import Transactions, inserted, some_at_a_time, some_of
from forms.facts.ledger import entry_of
from forms.facts.record import Case
from forms.office.stored import StoredCase, Version

_c = tables.cases.c
_LIVE = tables.LIVE

_case = msgspec.json.Decoder(Case)
_AT_ONCE = 500  # rows that are fetched together


class Cases:
    """The repository of cases."""

    def __init__(
        self, transactions: Transactions, door: Door, events: Events, ledger: Ledger
    ) -> None:
        """Work through these transactions, on the ledger; what is binned is noted as an event."""
        self._transactions = transactions
        self._door = door
        self._events = events
        self._ledger = ledger
        self._patents = ledger.patents
        self._history = ledger.of_cases

    def listed(
        self, numbers: Sequence[str] | None = None, *, ids: Sequence[int] | None = None
    ) -> list[StoredCase]:
        """Return the live cases in order of creation: all, or by numbers, or by ids.

        A number is matched however it is written, and an unread one as it was typed.
        """
        if numbers is not None:
            keys = sorted({number_key(number) for number in numbers})
            return self._found(_live("number_key"), some_at_a_time(keys))
        if ids is not None:
            return self._found(_live("id"), some_at_a_time(sorted(set(ids))))
        return self._found(case_rows.asked().where(_LIVE).order_by(_c.id))

    def standing(self, pack: str) -> list[Standing]:
        """Return the live cases of a pack, and those of none, in order of creation.

        A case that can not be read raises its StoreProblem when it is asked for.
        """
        asked = case_rows.asked_of_standing().where(_LIVE, tables.of_pack(pack)).order_by(_c.id)
        with self._transactions.reading() as connection:
            shown = self._door.shown
            portions = connection.execute(asked).partitions(_AT_ONCE)
            rows = (row for portion in portions for row in portion)
            return [Standing(id, own, entry, cells, shown) for id, own, entry, cells in rows]

    def binned(self) -> list[StoredCase]:
        """Return the cases in the bin, in order of creation."""
        return self._found(case_rows.asked().where(_c.binned_at.is_not(None)).order_by(_c.id))

    def _found(
        self, asked: Select[Any], wanted: Iterable[dict[str, list[Any]]] = ({},)
    ) -> list[StoredCase]:
        with self._transactions.reading() as connection:
            rows = [row for some in wanted for row in connection.execute(asked, some).mappings()]
            return sorted(map(stored, rows), key=lambda case: case.id)

    def one(self, case_id: int) -> StoredCase:
        """Return a live case.  Raises UnknownCase."""
        with self._transactions.reading() as connection:
            return stored(_row(connection, case_id))

    def on_patent(self, patent_id: int) -> list[int]:
        """Return the ids of the live cases on an entry of the ledger, in order of creation."""
        asked = select(_c.id).where(_c.patent_id == patent_id, tables.LIVE_OF_SOME).order_by(_c.id)
        with self._transactions.reading() as connection:
            return list(connection.execute(asked).scalars())

    def numbers(
        self, of: Iterable[str] | None = None, *, pack: str | None = None
    ) -> Mapping[str, int]:
        """Count how many live cases carry each normalised number: all, or some of them.

        `pack` leaves it at the cases of a pack and those of none.
        """
        asked = _numbers(of_some=of is not None, of_pack=pack is not None)
        wanted: Iterable[dict[str, Any]] = [{}]
        if of is not None:
            wanted = some_at_a_time(sorted({number_key(number) for number in of}))
        with self._transactions.reading() as connection:
            return Counter(
                number
                for some in wanted
                for number in connection.execute(asked, some | {"pack": pack}).scalars()
            )

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
        content = whole_json(case)
        with self._transactions.writing() as connection:
            now = self._transactions.now()
            if case_id is None:
                save = Save(at=now, who=who, what=what)
                return self._add(connection, case, content, dict(imported or {}), save)
            old = stored(_row(connection, case_id))
            if revision not in (None, old.revision):
                raise StaleRevision
            cells = old.imported if imported is None else dict(imported)
            if whole_json(old.case) == content:
                return _with_cells(connection, old, cells)
            amended = old.updated_at if amends and revision is not None else None
            save = Save(at=now, who=who, what=what, amends=amended)
            return self._change(connection, old, case, content, cells, save)

    def _add(
        self, connection: Connection, case: Case, content: str, cells: dict[str, str], save: Save
    ) -> StoredCase:
        row = values(case, cells) | _made(save)
        row["patent_id"] = self._patents.add(connection, entry_of(case), save)
        case_id = inserted(connection, tables.cases, row)
        case_signs.cover(connection, [(case_id, row["folded"])])
        self._history.add(connection, case_id, 1, content, at=save.at, who=save.who, what=save.what)
        self._touch(connection, case_id, row["number_key"])
        if self._ledger.gather(connection, [row["number_key"]], save, saving={case_id}):
            return stored(_row(connection, case_id))
        return StoredCase(
            id=case_id,
            revision=1,
            patent_id=row["patent_id"],
            case=case,
            imported=cells,
            created_at=save.at,
            updated_at=save.at,
            updated_by=save.who,
        )

    def add_all(
        self,
        new: Sequence[tuple[Case, Mapping[str, str], str]],
        *,
        who: str = "",
        on: Sequence[int | None] = (),
    ) -> list[int]:
        """Add many cases, each with the cells it was imported from and what was done.

        `on` are the entries of the ledger that they stand on, None for one of its own; what a
        case says otherwise of its patent is a change of that.  Returns their ids.
        Raises UnknownPatent.
        """
        if not new:
            return []
        save = Save(at=self._transactions.now(), who=who, what="")
        rows = [values(case, cells) | _made(save) for case, cells, _ in new]
        with self._transactions.writing() as connection:
            self._put_on_patents(connection, new, rows, on, save)
            ids = self._door.new_ids(connection, tables.cases.name, len(rows))
            for case_id, row in zip(ids, rows, strict=True):
                row["id"] = case_id
            insert_many(connection, tables.cases, rows)
            case_signs.cover(connection, ((row["id"], row["folded"]) for row in rows))
            first = (
                (case_id, whole_json(case), what)
                for case_id, (case, _, what) in zip(ids, new, strict=True)
            )
            self._history.begin(connection, first, at=save.at, who=who)
            # Whoever shares a number with one of these has an entry of that number.
            keys = self._ledger.several(connection, {row["number_key"] for row in rows})
            self._touch_all(connection, ids, set(keys))
            self._ledger.gather(connection, keys, save, saving=ids)
        return list(ids)

    def _put_on_patents(
        self,
        connection: Connection,
        new: Sequence[tuple[Case, Mapping[str, str], str]],
        rows: Sequence[dict[str, Any]],
        on: Sequence[int | None],
        save: Save,
    ) -> None:
        """Put the entry of each new case into its row: a new one, or the one it stands on."""
        for (case, _, what), row, patent_id in zip(new, rows, on, strict=False):
            if patent_id is not None:
                changed = msgspec.structs.replace(save, what=what)
                self._ledger.change(connection, patent_id, entry_of(case), changed)
                row["patent_id"] = patent_id
        without = [place for place, row in enumerate(rows) if "patent_id" not in row]
        if without:
            entries = [(entry_of(new[place][0]), new[place][2]) for place in without]
            made = self._patents.add_all(connection, entries, save)
            for place, patent_id in zip(without, made, strict=True):
                rows[place]["patent_id"] = patent_id

    def _change(
        self,
        connection: Connection,
        old: StoredCase,
        case: Case,
        content: str,
        cells: dict[str, str],
        save: Save,
    ) -> StoredCase:
        revision, before = old.revision + 1, columns(old.case)["number_key"]
        patent_id = self._ledger.keep(connection, old, case, save)
        row = values(case, cells) | {"revision": revision, "patent_id": patent_id}
        _update(connection, old, row | {"updated_at": save.at, "updated_by": save.who})
        case_signs.cover(connection, [(old.id, row["folded"])])
        self._history.add(
            *(connection, old.id, revision, content),
            at=save.at,
            who=save.who,
            what=save.what,
            amended=None if save.amends is None else old.revision,
        )
        self._transactions.touch(old.id)
        if entry_of(old.case) != entry_of(case):
            keys = {before, row["number_key"]}
            self._touch(connection, old.id, *keys)
            if self._ledger.gather(connection, keys, save, saving={old.id}):
                return stored(_row(connection, old.id))
        return msgspec.structs.replace(
            old,
            case=case,
            patent_id=patent_id,
            imported=cells,
            revision=revision,
            updated_at=save.at,
            updated_by=save.who,
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
            old = stored(_row(connection, case_id))
            if revision not in (None, old.revision):
                raise StaleRevision
            now = self._transactions.now()
            _set_binned(connection, case_id, {"binned_at": now}, who)
            self._met_anew(connection, old, now, who)
            self._events.log("case.binned", who=who, case_id=case_id)

    def unbin(self, case_id: int, *, who: str = "") -> StoredCase:
        """Take a case out of the bin; one that is not there stays.  Raises UnknownCase."""
        with self._transactions.writing() as connection:
            _set_binned(connection, case_id, {"binned_at": None}, "")
            back, now = self.one(case_id), self._transactions.now()
            self._ledger.part(connection, back, Save(at=now, who=who, what=PARTED))
            self._met_anew(connection, back, now, who)
            self._events.log("case.unbinned", who=who, case_id=case_id)
            return self.one(case_id)

    def _met_anew(
        self, connection: Connection, stored_case: StoredCase, now: datetime, who: str
    ) -> None:
        """A case went or came: what it kept apart, or what it meets, may be one patent now."""
        key = columns(stored_case.case)["number_key"]
        self._touch(connection, stored_case.id, key)
        self._ledger.gather(connection, [key], Save(at=now, who=who, what=GATHERED))

    def _touch(self, connection: Connection, case_id: int, *keys: str | None) -> None:
        """Note that the case has changed, and with it all that share a number with it."""
        self._touch_all(connection, [case_id], set(keys))

    def _touch_all(
        self, connection: Connection, case_ids: Iterable[int], keys: set[str | None]
    ) -> None:
        for some in some_at_a_time(sorted(key for key in keys if key)):
            self._transactions.touch(*connection.execute(_ids_by_number(), some).scalars())
        self._transactions.touch(*case_ids)


@cache
def _live(column: str) -> Select[Any]:
    """What is asked of live cases by some values of a column."""
    return case_rows.asked().where(tables.LIVE_OF_SOME, some_of(_c[column])).order_by(_c.id)


@cache
def _ids_by_number() -> Select[Any]:
    return select(_c.id).where(tables.LIVE_OF_SOME, some_of(_c.number_key))


@cache
def _numbers(*, of_some: bool, of_pack: bool) -> Select[Any]:
    asked = select(_c.number).where(_c.number.is_not(None))
    if of_pack:
        asked = asked.where(tables.of_pack(bindparam("pack")))
    return (
        asked.where(tables.LIVE_OF_SOME, some_of(_c.number_key)) if of_some else asked.where(_LIVE)
    )


@cache
def _by_id() -> Select[Any]:
    return case_rows.asked().where(_c.id == bindparam("of"), _LIVE)


def _row(connection: Connection, case_id: int) -> RowMapping:
    row = connection.execute(_by_id(), {"of": case_id}).mappings().one_or_none()
    if row is None:
        raise UnknownCase
    return row


def _made(save: Save) -> dict[str, Any]:
    at = {"created_at": save.at, "updated_at": save.at}
    return {"revision": 1, "updated_by": save.who, **at}


def _with_cells(connection: Connection, old: StoredCase, cells: dict[str, str]) -> StoredCase:
    """Note which cells were imported, where only they differ: the case stays as it is."""
    if old.imported != cells:
        _update(connection, old, {"imported": encode(cells).decode()})
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
