"""The shared file as a torturer knows it: what programs confirmed, and whether it is all there."""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import msgspec

from db.backup import look_inside
from db.store import open_store
from db.store_problems import StoreProblem
from tools.develop.torture.jobs import BEGIN, ENTRY, Place, furnish
from tools.develop.torture.office import FIRST_MARK
from tools.develop.torture.whole import Broken, Looker

OF_OFFICE = ("contact", "phone", "address", "representative")
OF_PARTY = ("contact", "phone", "address", "representative")
"""Fields that programs fill in: of the office's profile, and of one entry of the address book."""
KEPT = 24
"""How many backups of each reason are kept: more than there are rounds in one office."""


class Confirmed(msgspec.Struct, frozen=True, kw_only=True):
    """What programs said is done in a round, and what was tried at all.

    `texts` were saved, each with the case if it is known; `events` are (case, event); `imports`
    are (tag, how many cases); `backups` files; `fields` are ("office.phone", text), of
    the profile and of one entry of the address book; `restores` how many came to an end.
    """

    texts: Sequence[tuple[int | None, str]] = ()
    events: Sequence[tuple[int, str]] = ()
    imports: Sequence[tuple[str, int]] = ()
    backups: Sequence[Path] = ()
    fields: Sequence[tuple[str, str]] = ()
    restores: int = 0
    tried_fields: Sequence[tuple[str, str]] = ()
    tried_restore: bool = False


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What a database holds: live cases, versions' contents, events, fields by their names."""

    cases: Sequence[tuple[int, int, str]]
    binned: frozenset[int]
    versions: Sequence[tuple[int, str]]
    events: frozenset[tuple[int, int, str]]
    fields: Mapping[str, str]
    mark: str

    def holds(self, case_id: int | None, text: str) -> bool:
        """Whether a version of the case (None: of any) carries a text."""
        return any(
            text in content for one, content in self.versions if case_id is None or one == case_id
        )

    def carrying(self, tag: str) -> int:
        """Count the cases of which a version carries a tag."""
        return len({case_id for case_id, content in self.versions if tag in content})

    def count(self, case_id: int, event: str) -> int:
        """Count the events of a kind that a case has seen."""
        return sum((one, what) == (case_id, event) for _, one, what in self.events)


class SharedOffice:
    """One data file, and the memory of what was confirmed."""

    def __init__(self, root: Path) -> None:
        """Furnish the folder."""
        self.place = Place(root)
        self.counts: Counter[str] = Counter()
        self.looker = Looker(is_beside_others=True)
        furnish(self.place)
        with open_store(self.place.database, now=lambda: BEGIN) as store:
            store.backups.settle(keep=KEPT)
        self._texts: set[tuple[int | None, str]] = set()
        self._may_come_up: set[tuple[str, str]] = set()
        self.before = self.look()

    def mark(self, mark: str) -> None:
        """Put a mark into the data, as one more program, by which a restore will be known."""
        with open_store(self.place.database, now=lambda: BEGIN, create=False) as store:
            store.settings.put("torture.mark", mark)
        self.before = self.look()

    def look(self) -> Seen:
        """See what the data hold, as one more program.  Raises Broken where they are not whole."""
        with closing(sqlite3.connect(self.place.database, timeout=30)) as connection:
            faults = [row[0] for row in connection.execute("PRAGMA integrity_check")]
            loose = connection.execute("PRAGMA foreign_key_check").fetchone()
            if faults != ["ok"] or loose:
                raise Broken(f"the data are not whole: {faults} {loose}")
            return _seen(connection)

    def prove(self, confirmed: Confirmed) -> Seen:
        """Insist on all that was confirmed, now and before.  Raises Broken."""
        now, before = self.look(), self.before
        if confirmed.tried_restore:
            self._after_restore(now, before, confirmed)
        else:
            self._insist(before.events <= now.events, "events are gone", before.events - now.events)
            self._events(now, before, confirmed.events)
            self._fields(now, before, confirmed)
            self._texts |= set(confirmed.texts)
        for case_id, text in self._texts:
            self._insist(now.holds(case_id, text), "a saved text is gone", (case_id, text))
        for tag, count in confirmed.imports:
            self._insist(
                now.carrying(tag) >= count or confirmed.tried_restore,
                "of an import there is too little",
                (tag, count, now.carrying(tag)),
            )
        self._bins(now)
        for file in confirmed.backups:
            self._backup(file, before, whole=not confirmed.tried_restore)
        self.counts["confirmed"] += (
            len(confirmed.texts)
            + len(confirmed.events)
            + len(confirmed.imports)
            + len(confirmed.backups)
            + len(confirmed.fields)
            + confirmed.restores
        )
        self._remember_unconfirmed(confirmed)
        self.before = now
        return now

    def examine(self) -> None:
        """Look through everything as `verify` does.  Raises Broken."""
        try:
            with open_store(self.place.database, now=lambda: BEGIN, create=False) as store:
                faults = store.examine().faults
        except StoreProblem as problem:
            raise Broken(str(problem)) from problem
        if faults:
            raise Broken("".join(faults))
        self.looker.look(self.place.root, [self.place.database])

    # --- what must be there -------------------------------------------------------------------

    def _events(self, now: Seen, before: Seen, events: Iterable[tuple[int, str]]) -> None:
        for (case_id, event), count in Counter(events).items():
            more = now.count(case_id, event) - before.count(case_id, event)
            self._insist(more >= count, "what was done is gone", (case_id, event, more, count))

    def _fields(self, now: Seen, before: Seen, confirmed: Confirmed) -> None:
        """In each field stands what somebody tried to put there, or what stood there before.

        Once anybody's was confirmed it is no longer the former: by that a program is seen which
        writes again what it only showed.  Until then there may also come up what a program tried
        in a round before and was killed at.
        """
        sure = {field for field, _ in confirmed.fields}
        for field, was in before.fields.items():
            possible = {text for tried, text in confirmed.tried_fields if tried == field}
            if field not in sure:
                possible |= {was, *(text for one, text in self._may_come_up if one == field)}
            there = now.fields.get(field)
            facts = f"{field} is {there}, before {was}, possible {possible}"
            self._insist(there in possible, "a field is not as it was filled in", facts)

    def _remember_unconfirmed(self, confirmed: Confirmed) -> None:
        """Remember what was tried at fields that nobody has filled in for sure since.

        A program killed between a commit's fsync and the shared index of the write-ahead log leaves
        the commit where those that live do not see it.  It comes up when all of them are gone, if
        nobody has written meanwhile (findings/sqlite-killed-commit-comes-up-later.sh).
        """
        sure = {field for field, _ in confirmed.fields}
        unsure = {one for one in self._may_come_up if one[0] not in sure}
        self._may_come_up = unsure | set(confirmed.tried_fields) - set(confirmed.fields)

    def _bins(self, now: Seen) -> None:
        """A case lies in the bin if that was the last that was done with it, and else not."""
        last: dict[int, str] = {}
        for _, case_id, what in sorted(now.events):
            if what in ("case.binned", "case.unbinned"):
                last[case_id] = what
        found = {case_id for case_id, what in last.items() if what == "case.binned"}
        self._insist(found == now.binned, "the bin and its events", (found, now.binned))

    def _backup(self, file: Path, before: Seen, *, whole: bool) -> None:
        """A backup holds all that was confirmed before it began."""
        look_inside(file)
        kept = _seen_in(file)
        if whole:
            lost = before.events - kept.events
            self._insist(not lost, f"{file.name} lacks events", lost)
            texts = [one for one in self._texts if before.holds(*one) and not kept.holds(*one)]
            self._insist(not texts, f"{file.name} lacks texts", texts)

    def _after_restore(self, now: Seen, before: Seen, confirmed: Confirmed) -> None:
        """What was confirmed until a restore lies in what it kept; what came after, in the data."""
        copies = sorted(self.place.database.parent.glob("backups/*-before-restore*.db"))
        kept = [now, *map(_seen_in, copies)]
        everywhere = {*self._texts, *confirmed.texts}
        lost = [one for one in everywhere if not any(seen.holds(*one) for seen in kept)]
        self._insist(not lost, "a restore has lost texts", lost)
        for (case_id, event), count in Counter(confirmed.events).items():
            most = max(seen.count(case_id, event) for seen in kept)
            self._insist(most >= count, "a restore has lost what was done", (case_id, event))
        for tag, count in confirmed.imports:
            most = max(seen.carrying(tag) for seen in kept)
            self._insist(most >= count, "a restore has lost an import", (tag, count, most))
        for field, _ in confirmed.fields:  # of several that fill one the last alone is to be found
            stood = {seen.fields.get(field) for seen in kept}
            tried = {text for one, text in confirmed.tried_fields if one == field}
            is_there = not stood.isdisjoint(tried)
            self._insist(is_there, "a restore has lost a field", (field, tried, stood))
        if confirmed.restores:
            self._insist(now.mark == FIRST_MARK, "a restore has brought back nothing", now.mark)
        self._texts = {one for one in everywhere if now.holds(*one)}

    def _insist(self, is_so: bool, what: str, facts: object) -> None:
        if not is_so:
            raise Broken(f"{what}: {facts}")
        self.counts["found"] += 1


def _seen_in(file: Path) -> Seen:
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        return _seen(connection)


def _seen(connection: sqlite3.Connection) -> Seen:
    connection.execute("BEGIN")
    rows = connection.execute(
        "SELECT cases.id, cases.revision, patents.content, binned_at FROM cases"
        " LEFT JOIN patents ON patents.id = patent_id ORDER BY cases.id"
    )
    cases, binned = [], set()
    for case_id, revision, entry, binned_at in rows.fetchall():
        if binned_at is None:
            title = str(msgspec.json.decode(entry).get("patent", {}).get("title", ""))
            cases.append((case_id, revision, title))
        else:
            binned.add(case_id)
    versions = connection.execute("SELECT case_id, content FROM case_versions").fetchall()
    events = connection.execute(
        "SELECT id, case_id, what FROM events WHERE case_id IS NOT NULL"
    ).fetchall()
    settings = dict(connection.execute("SELECT name, value FROM settings").fetchall())
    office = connection.execute("SELECT content FROM offices").fetchone()
    entry = connection.execute(
        "SELECT content FROM parties WHERE json_extract(content, '$.name') = ?", (ENTRY,)
    ).fetchone()
    fields = {
        f"{of}.{name}": msgspec.json.decode(row[0]).get(name, "") if row else ""
        for of, names, row in (("office", OF_OFFICE, office), ("party", OF_PARTY, entry))
        for name in names
    }
    connection.execute("ROLLBACK")
    return Seen(
        cases=cases,
        binned=frozenset(binned),
        versions=versions,
        events=frozenset(events),
        fields=fields,
        mark=settings.get("torture.mark", ""),
    )
