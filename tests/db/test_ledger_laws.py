"""Whatever clerks do with two procedures on a few patents, the ledger holds and loses nothing."""

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from msgspec.structs import replace

from db.patents import key_of
from db.store import Store, open_store
from forms.facts.ledger import conflicts, entry_of, join, split
from forms.facts.patent_number import NotAPatentNumber, parse
from forms.facts.record import Case, LedgerEntry, Party, Patent
from forms.office.stored import StoredCase

RIGHT, WITHOUT_CHECK = "ZL202110345678.3", "ZL202110345678"
NUMBERS = [RIGHT, RIGHT, WITHOUT_CHECK, "ZL202120000001.X", None, "ZL2021"]
PACKS = ["hubei-2022", "qinglan-2026", "qinglan-2026", ""]
TITLES = ["", "", "甲", "乙"]


def with_number(case: Case, number: str | None) -> Case:
    """The case with a number typed into it, read or half typed."""
    unread = {path: text for path, text in case.unread.items() if path != "patent.number"}
    try:
        read = parse(number).text if number else None
    except NotAPatentNumber:
        unread["patent.number"], read = str(number), None
    return replace(case, patent=replace(case.patent, number=read), unread=unread)


def changed(case: Case, fact: str, title: str) -> Case:
    """The case with one fact of it said otherwise."""
    if fact == "region":
        return replace(case, region=title)
    if fact == "notes":
        return replace(case, notes=title)
    if fact == "owners":
        return replace(case, owners=(Party(name=title),) if title else ())
    if fact == "phone":
        return replace(case, owners=tuple(replace(one, phone=title) for one in case.owners))
    if fact == "fee":
        unread = {p: text for p, text in case.unread.items() if p != "patent.fee_paid_to"}
        day = date(2027, 3, 31) if title == "甲" else None
        unread |= {"patent.fee_paid_to": "明年"} if title == "乙" else {}
        return replace(case, patent=replace(case.patent, fee_paid_to=day), unread=unread)
    return replace(case, patent=replace(case.patent, title=title))


class Desk(RuleBasedStateMachine):
    """A day of clerks at one store."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.moment = datetime(2026, 1, 1, tzinfo=UTC)
        self.store: Store = open_store(Path(self.folder.name) / "a.db", now=self.now)
        self.seen: dict[int, dict[int, Case]] = defaultdict(dict)
        self.typing: dict[int, int] = {}
        self.live: list[int] = []
        self.in_bin: list[int] = []

    def now(self) -> datetime:
        """A moment after the last."""
        self.moment += timedelta(seconds=1)
        return self.moment

    def teardown(self) -> None:
        """Close the store."""
        self.store.close()
        self.folder.cleanup()

    def others(self, but: int | None) -> dict[int, str | None]:
        """The number of every other case, the binned ones' too."""
        found = [*self.store.cases.listed(), *self.store.cases.binned()]
        return {one.id: one.case.patent.number for one in found if one.id != but}

    @initialize()
    def two_procedures(self) -> None:
        """Two procedures on one patent."""
        for pack in ("hubei-2022", "qinglan-2026"):
            self.begin(pack, RIGHT, "")

    @rule(
        pack=st.sampled_from(PACKS), number=st.sampled_from(NUMBERS), title=st.sampled_from(TITLES)
    )
    def begin(self, pack: str, number: str | None, title: str) -> None:
        """Begin a case."""
        before = self.others(None)
        case = with_number(Case(pack=pack, patent=Patent(title=title)), number)
        self.live.append(self.store.cases.save(case).id)
        assert before.items() <= self.others(None).items()

    @precondition(lambda self: self.live)
    @rule(
        place=st.integers(0, 9),
        fact=st.sampled_from(["title", "region", "notes", "owners", "phone", "fee"]),
        title=st.sampled_from(TITLES),
        amends=st.booleans(),
    )
    def type(self, place: int, fact: str, title: str, amends: bool) -> None:
        """Type a fact, perhaps on."""
        case_id = self.live[place % len(self.live)]
        old = self.store.cases.one(case_id)
        amends = amends and self.typing.get(case_id) == old.revision
        case = changed(old.case, fact, title)
        saved = self.store.cases.save(case, case_id=case_id, revision=old.revision, amends=amends)
        if amends and saved.revision != old.revision:
            self.seen[case_id].pop(old.revision, None)
        self.typing[case_id] = saved.revision

    @precondition(lambda self: self.live)
    @rule(place=st.integers(0, 9), number=st.sampled_from(NUMBERS))
    def number(self, place: int, number: str | None) -> None:
        """Give a case another number: nobody else's changes but from a worse to the right one."""
        case_id = self.live[place % len(self.live)]
        old = self.store.cases.one(case_id)
        before = self.others(case_id)
        saved = self.store.cases.save(
            with_number(old.case, number), case_id=case_id, revision=old.revision
        )
        after = self.others(case_id)
        for other, was in before.items():
            is_right = saved.case.patent.number == RIGHT and was == WITHOUT_CHECK
            assert after[other] == was or (is_right and after[other] == RIGHT)

    @precondition(lambda self: self.live)
    @rule(place=st.integers(0, 9), version=st.integers(0, 9))
    def revert(self, place: int, version: int) -> None:
        """Bring an old version back."""
        case_id = self.live[place % len(self.live)]
        versions = self.store.cases.versions(case_id)
        wanted = versions[version % len(versions)].version
        then = self.store.cases.at_version(case_id, wanted)
        back = self.store.cases.restore_version(case_id, wanted)
        assert split(back.case)[1] == split(then)[1]
        assert conflicts(entry_of(back.case), entry_of(then)) == ()

    @precondition(lambda self: self.live)
    @rule(place=st.integers(0, 9))
    def bin(self, place: int) -> None:
        """Put a case into the bin."""
        case_id = self.live.pop(place % len(self.live))
        self.store.cases.bin(case_id)
        self.in_bin.append(case_id)

    @precondition(lambda self: self.in_bin)
    @rule(place=st.integers(0, 9))
    def unbin(self, place: int) -> None:
        """Take one out."""
        case_id = self.in_bin.pop(place % len(self.in_bin))
        self.store.cases.unbin(case_id)
        self.live.append(case_id)

    @rule(place=st.integers(0, 9), own=st.booleans())
    def settle(self, place: int, own: bool) -> None:
        """Settle what differs."""
        told = sorted(self.store.ledger.counterparts().items())
        if not told:
            return
        case_id, others = told[place % len(told)]
        theirs = others[0].patent
        mine = entry_of(self.store.cases.one(case_id).case)
        self.store.ledger.settle(case_id, theirs.id, own=own, revision=theirs.revision)
        now = entry_of(self.store.cases.one(case_id).case)
        assert conflicts(now, mine if own else theirs.entry) == ()

    @invariant()
    def nothing_is_wrong(self) -> None:
        """The store is whole, and the history gives back what was seen."""
        assert self.store.examine().faults == ()
        live, binned = self.store.cases.listed(), self.store.cases.binned()
        rows = [*live, *binned]
        entries = {one.id: one for one in self.store.patents.listed()}
        assert entries.keys() == {one.patent_id for one in rows}  # none without a case
        packs: dict[int, list[str]] = defaultdict(list)
        for one in live:
            packs[one.patent_id].append(one.case.pack)
        assert all(len(some) == len(set(some)) for some in packs.values())
        for one in rows:
            assert join(*split(one.case)) == one.case
            assert entry_of(one.case) == entries[one.patent_id].entry
            self.what_was_seen_stands(one)
        self.what_differs_is_told(live, packs, {at: one.entry for at, one in entries.items()})

    def what_was_seen_stands(self, one: StoredCase) -> None:
        """The versions of a case give back what was seen; the present one is seen now."""
        seen = self.seen[one.id]
        known = {v.version for v in self.store.cases.versions(one.id)} if seen else set()
        for version in seen.keys() & known:
            assert self.store.cases.at_version(one.id, version) == seen[version]
        seen[one.revision] = one.case

    def what_differs_is_told(
        self, live: list[StoredCase], packs: dict[int, list[str]], entries: dict[int, LedgerEntry]
    ) -> None:
        """Two entries of one number are told, or are two of one pack; where they agree are none."""
        patent_of = {one.id: one.patent_id for one in live}
        told = {
            frozenset((patent_of[case_id], other.patent.id))
            for case_id, others in self.store.ledger.counterparts().items()
            for other in others
        }
        for one, other in combinations(packs, 2):
            key = key_of(entries[one])
            if key is None or key != key_of(entries[other]):
                continue
            is_twice = "" in packs[one] + packs[other] or set(packs[one]) & set(packs[other])
            assert (frozenset((one, other)) in told) is not bool(is_twice)
            assert is_twice or conflicts(entries[one], entries[other])


TestDesk = Desk.TestCase
TestDesk.settings = settings(max_examples=40, stateful_step_count=14)
