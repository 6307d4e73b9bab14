"""Which entry of the ledger a case stands on, and what follows for the other cases there.

The number says which patent a case is of.  A change of the patent's facts is a change of every
case on it: each has a version of it, and is judged anew.  A case that others share an entry with
and that gets another number leaves them; what is half typed there is nobody else's.  Entries of
one number are made one as soon as they agree; where they do not, both stay, and it is told.
Two cases of one pack are not brought together: that number is one too many, and told as such.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, func, select

from db import case_rows, case_signs, tables
from db.events import Events
from db.history import History
from db.patents import Patents, Save, key_of
from db.projection import number_key
from db.store_problems import StaleRevision, UnknownCase
from db.transactions import Transactions, in_chunks, some_at_a_time, some_of
from forms.facts.ledger import agree, entry_of, join, stays_of_its_patent, united
from forms.facts.record import Case, LedgerEntry
from forms.office.stored import Counterpart, StoredCase, StoredPatent

FOLLOWED = "随专利台账更改"
GATHERED = "合并为台账中的一件专利"
PARTED = "与同一表单包的另一件案卷分开"
UNGATHERED = "ledger.ungathered"
"""A setting that older data are left with: every case has an entry of its own as yet."""

_c, _p = tables.cases.c, tables.patents.c
_NOBODY: frozenset[int] = frozenset()


class _Standing(msgspec.Struct):
    """The cases on an entry: the live ones' ids and packs, and whether there are binned ones."""

    ids: list[int]
    packs: set[str]
    has_binned: bool = False

    @property
    def counts(self) -> bool:
        """Whether the entry is met by others: what only binned cases say lies in the bin."""
        return bool(self.ids) or not self.has_binned

    def overlaps(self, other: "_Standing") -> bool:
        """Whether both have cases of one pack; a case of none is every pack's."""
        if "" in self.packs | other.packs:
            return bool(self.packs and other.packs)
        return bool(self.packs & other.packs)


@cache
def _alike(*, of_some: bool) -> Select[Any]:
    """What is asked for the numbers that have several entries: all, or those of some cases."""
    p, q = tables.patents, tables.patents.alias()
    asked = (
        select(p.c.number_key)
        .distinct()
        .select_from(p.join(q, q.c.number_key == p.c.number_key))
        .where(q.c.id != p.c.id, p.c.number.is_not(None), q.c.number.is_not(None))
    )
    if not of_some:
        return asked
    return asked.where(p.c.id.in_(select(_c.patent_id).where(some_of(_c.id))))


@cache
def _met_by_number() -> Select[Any]:
    asked = select(_p.number_key).where(some_of(_p.number_key), _p.number.is_not(None))
    return asked.group_by(_p.number_key).having(func.count() > 1)


@cache
def _on_some() -> Select[Any]:
    return case_rows.asked().where(some_of(_c.patent_id))


class Ledger:
    """Keeps the cases on a patent together."""

    def __init__(self, transactions: Transactions, patents: Patents, events: Events) -> None:
        """Work through these transactions, on these patents."""
        self._transactions = transactions
        self._events = events
        self.patents = patents
        self.of_cases = History(tables.case_versions, "case_id")

    def known(self, numbers: Iterable[str], pack: str) -> list[StoredPatent]:
        """Return the entries of some numbers that a pack has no case on, one of each number.

        The numbers are not looked at where there is no such entry at all.
        """
        own = select(_c.id).where(_c.patent_id == _p.id, tables.LIVE_OF_SOME, tables.of_pack(pack))
        others = select(_p.id).where(_p.number.is_not(None), ~own.exists()).limit(1)
        with self._transactions.reading() as connection:
            if connection.execute(others).first() is None:
                return []
            entries = self.patents.of_keys(connection, map(number_key, numbers))
            standing = self._standing(connection, entries)
        asking = _Standing([], {pack})
        free = [
            one
            for one in entries
            if standing[one.id].counts and not standing[one.id].overlaps(asking)
        ]
        return list({key_of(one.entry): one for one in reversed(free)}.values())[::-1]

    def entries(self) -> list[StoredPatent]:
        """Return the entries that a live case stands on, in order of creation."""
        live = select(_c.patent_id).where(tables.LIVE)
        with self._transactions.reading() as connection:
            return self.patents.of_ids(connection, live)

    # --- conflicts --------------------------------------------------------------------------

    def counterparts(
        self, case_ids: Sequence[int] | None = None
    ) -> Mapping[int, tuple[Counterpart, ...]]:
        """Return what other entries of its number say, by the case: of all live ones, or some.

        Only of those whose entries differ; what two cases of one pack say is left out.
        """
        with self._transactions.reading() as connection:
            keys = self._several(connection, case_ids)
            found = self._differing(connection, keys) if keys else {}
        wanted = set(found if case_ids is None else case_ids)
        return {case_id: others for case_id, others in found.items() if case_id in wanted}

    def settle(
        self,
        case_id: int,
        patent_id: int,
        *,
        own: bool,
        revision: int | None = None,
        who: str = "",
        what: str = "",
    ) -> None:
        """Make two entries of a case's patent one, by what the case says or the other entry.

        What the one leaves blank the other fills.  `revision` is the other entry's as it was
        read.  Raises UnknownCase, UnknownPatent, StaleRevision where that has changed, or they are
        not of one number any more or have cases of one pack by now.
        """
        save = Save(at=self._transactions.now(), who=who, what=what)
        with self._transactions.writing() as connection:
            asked = select(_c.patent_id).where(_c.id == case_id, tables.LIVE)
            mine_id = connection.execute(asked).scalar_one_or_none()
            if mine_id is None:
                raise UnknownCase
            mine = self.patents.read(connection, mine_id)
            theirs = self.patents.read(connection, patent_id)
            key = key_of(mine.entry)
            if mine.id == theirs.id or key is None or key != key_of(theirs.entry):
                raise StaleRevision
            standing = self._standing(connection, [mine, theirs])
            is_twice = standing[mine.id].overlaps(standing[theirs.id])
            if is_twice or revision not in (None, theirs.revision):
                raise StaleRevision
            first, second = (mine, theirs) if own else (theirs, mine)
            into, other = sorted((mine, theirs), key=lambda one: one.id)
            self._merge(connection, into, other, united(first.entry, second.entry), save, told=what)
            self._touch(connection, [key])
            self.gather(connection, [key], save)
            self._events.log("ledger.settled", who=who, case_id=case_id)

    def gather_all(self) -> None:
        """Make the entries of each number one where they agree, wherever there are several."""
        save = Save(at=self._transactions.now(), who="", what=GATHERED)
        with self._transactions.writing() as connection:
            keys = self._several(connection)
            self.gather(connection, keys, save)
            self._touch(connection, keys)

    def _touch(self, connection: Connection, keys: Iterable[str]) -> None:
        """Note that what is said of these numbers has changed."""
        for some in in_chunks(sorted(keys)):
            alike = select(_c.id).where(tables.LIVE_OF_SOME, _c.number_key.in_(some))
            self._transactions.touch(*connection.execute(alike).scalars())

    # --- saving -----------------------------------------------------------------------------

    def keep(self, connection: Connection, old: StoredCase, case: Case, save: Save) -> int:
        """Keep the patent's facts of a case that is saved, and return the entry it stands on.

        The other cases there have followed.
        """
        before, entry = entry_of(old.case), entry_of(case)
        if before == entry:
            return old.patent_id
        others = select(_c.id).where(_c.patent_id == old.patent_id, _c.id != old.id)
        is_shared = connection.execute(others.limit(1)).first() is not None
        if is_shared and not stays_of_its_patent(before, entry):
            return self.patents.add(connection, entry, save)
        self.change(connection, old.patent_id, entry, save, but_not={old.id})
        return old.patent_id

    def change(
        self,
        connection: Connection,
        patent_id: int,
        entry: LedgerEntry,
        save: Save,
        *,
        but_not: Collection[int] = _NOBODY,
    ) -> None:
        """Change an entry, and let its cases follow but some that are being saved."""
        old = self.patents.read(connection, patent_id)
        if entry != old.entry:
            cases = [one for one in self._cases_on(connection, [old]) if one.id not in but_not]
            self.patents.change(connection, old, entry, save)
            self._follow(connection, cases, old.id, entry, save)

    def part(self, connection: Connection, case: StoredCase, save: Save) -> None:
        """Give a case an entry of its own where others of its pack stand on the one it has."""
        others = _Standing([], set())
        asked = select(_c.id, _c.pack).where(
            _c.patent_id == case.patent_id, _c.id != case.id, tables.LIVE_OF_SOME
        )
        for row in connection.execute(asked):
            others.ids.append(row.id)
            others.packs.add(row.pack)
        if others.overlaps(_Standing([case.id], {case.case.pack})):
            patent_id = self.patents.add(connection, entry_of(case.case), save)
            here = tables.cases.update().where(_c.id == case.id)
            connection.execute(here, {"patent_id": patent_id})

    def _cases_on(
        self, connection: Connection, entries: Sequence[StoredPatent]
    ) -> list[StoredCase]:
        """The cases on some entries, those in the bin too, as they stand before these change."""
        some = {"some": [one.id for one in entries]}
        return [case_rows.stored(row) for row in connection.execute(_on_some(), some).mappings()]

    def _follow(
        self,
        connection: Connection,
        cases: Sequence[StoredCase],
        patent_id: int,
        entry: LedgerEntry,
        save: Save,
        saving: Collection[int] = _NOBODY,
        told: str = "",
    ) -> None:
        """Put cases on an entry; each that becomes another has a version of it.

        The version of those that are `saving` just now is the one they are saved with.  `told` is
        what the versions say was done, where it is not merely that they followed.
        """
        for old in cases:
            case = join(entry, old.case)
            values: dict[str, Any] = {"patent_id": patent_id}
            if case != old.case:
                values |= self._version(connection, old, case, save, old.id in saving, told)
            here = tables.cases.update().where(_c.id == old.id, _c.revision == old.revision)
            if connection.execute(here, values).rowcount != 1:
                raise StaleRevision
            if "folded" in values:
                case_signs.cover(connection, [(old.id, values["folded"])])
            self._transactions.touch(old.id)

    def _version(
        self,
        connection: Connection,
        old: StoredCase,
        case: Case,
        save: Save,
        is_saving: bool,
        told: str,
    ) -> dict[str, Any]:
        """Keep a version of a case that follows, and return the columns of its row."""
        values, content = case_rows.values(case), case_rows.whole_json(case)
        if is_saving:
            self.of_cases.rewrite(connection, old.id, old.revision, content)
            return values
        revision = old.revision + 1
        is_typed_on = save.amends is not None and save.amends == old.updated_at
        if is_typed_on and self.of_cases.what(connection, old.id, old.revision) != FOLLOWED:
            is_typed_on = False
        self.of_cases.add(
            *(connection, old.id, revision, content),
            at=save.at,
            who=save.who,
            what=told or FOLLOWED,
            amended=old.revision if is_typed_on else None,
        )
        return values | {"revision": revision, "updated_at": save.at, "updated_by": save.who}

    # --- meeting ----------------------------------------------------------------------------

    def gather(
        self,
        connection: Connection,
        keys: Iterable[str | None],
        save: Save,
        *,
        saving: Collection[int] = _NOBODY,
    ) -> bool:
        """Make the entries of each number one where they agree; return whether any did."""
        found = False
        for key in self.several(connection, keys):
            while self._gather(connection, key, save, saving):
                found = True
        return found

    def several(self, connection: Connection, keys: Iterable[str | None]) -> list[str]:
        """Return those of some numbers that have several entries."""
        found: list[str] = []
        for some in some_at_a_time(sorted({key for key in keys if key})):
            found += connection.execute(_met_by_number(), some).scalars()
        return found

    def _gather(
        self, connection: Connection, key: str, save: Save, saving: Collection[int]
    ) -> bool:
        entries = self.patents.of_keys(connection, [key])
        if len(entries) < 2:
            return False
        standing = self._standing(connection, entries)
        counting = [one for one in entries if standing[one.id].counts]
        for place, one in enumerate(counting):
            for other in counting[place + 1 :]:
                if standing[one.id].overlaps(standing[other.id]):
                    continue
                made = agree(one.entry, other.entry)
                if isinstance(made, LedgerEntry):
                    self._merge(connection, one, other, made, save, saving)
                    return True
        return False

    def _merge(
        self,
        connection: Connection,
        into: StoredPatent,
        other: StoredPatent,
        entry: LedgerEntry,
        save: Save,
        saving: Collection[int] = _NOBODY,
        told: str = "",
    ) -> None:
        cases = self._cases_on(connection, [into, other])
        self.patents.change(connection, into, entry, save)
        self._follow(connection, cases, into.id, entry, save, saving, told)
        self.patents.drop(connection, other.id)

    def _standing(
        self, connection: Connection, entries: Sequence[StoredPatent]
    ) -> dict[int, _Standing]:
        found = {one.id: _Standing([], set()) for one in entries}
        for some in in_chunks(found):
            asked = select(_c.patent_id, _c.id, _c.pack, _c.binned_at).order_by(_c.id)
            for row in connection.execute(asked.where(_c.patent_id.in_(some))):
                on = found[row.patent_id]
                if row.binned_at is not None:
                    on.has_binned = True
                else:
                    on.ids.append(row.id)
                    on.packs.add(row.pack)
        return found

    def _several(self, connection: Connection, case_ids: Sequence[int] | None = None) -> set[str]:
        """The numbers that have several entries: all, or those of some cases."""
        asked = _alike(of_some=case_ids is not None)
        wanted = [{}] if case_ids is None else some_at_a_time(case_ids)
        return {key for some in wanted for key in connection.execute(asked, some).scalars()}

    def _differing(
        self, connection: Connection, keys: Iterable[str]
    ) -> dict[int, tuple[Counterpart, ...]]:
        entries = self.patents.of_keys(connection, keys)
        standing = self._standing(connection, entries)
        alike: dict[str | None, list[StoredPatent]] = {}
        for one in entries:
            alike.setdefault(key_of(one.entry), []).append(one)
        found: dict[int, tuple[Counterpart, ...]] = {}
        for one in entries:
            others = tuple(
                Counterpart(patent=other, case_ids=tuple(standing[other.id].ids))
                for other in alike[key_of(one.entry)]
                if other.id != one.id
                and standing[other.id].counts
                and not standing[one.id].overlaps(standing[other.id])
            )
            if others:
                found |= dict.fromkeys(standing[one.id].ids, others)
        return found
