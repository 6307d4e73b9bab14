"""The store: everything an office keeps, behind one object.

Opens a database, wires the repositories together and says in one place what may be asked.
What it returns are frozen values; nothing of the database leaves db/.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from types import TracebackType

from sqlalchemy import Engine

from db import tables
from db.cases import Cases
from db.daily import Daily, Tell
from db.door import BUSY_TIMEOUT_S, SqliteDoor
from db.events import Events
from db.examine import Examined, examine
from db.licences import Licences
from db.opening import open_engine
from db.papers import Papers
from db.parties import Parties
from db.register import Register
from db.rotation import MADE_BY_HAND
from db.rows import RegisterRow
from db.shape import check_shape
from db.stored import (
    Event,
    Export,
    Packed,
    Scan,
    Settled,
    StoredCase,
    StoredLicence,
    StoredParty,
    Submission,
    SubmittedFile,
    Version,
)
from db.transactions import Transactions
from db.writes import Writes
from forms.record import Case, Licence, Office, Party

__all__ = ["Store", "open_store"]


StatesOf = Callable[["Store", Sequence[int]], Mapping[int, Settled]]
"""Settles the states of some cases of a store; see `Store.settle_by`."""


def _nobody(_sentence: str) -> None:
    """Tell nobody."""


def open_store(
    path: Path,
    *,
    now: Callable[[], datetime],
    create: bool = True,
    check: bool = True,
    busy_timeout_s: float = BUSY_TIMEOUT_S,
    tell: Tell = _nobody,
    backs_up_beside: bool = False,
    writes: Writes | None = None,
) -> "Store":
    """Open the database at a path; close it, or use it in `with`.

    `create` makes the file and its folder where they are missing; `check` looks quickly
    whether it is whole.  A lock is waited for `busy_timeout_s`.  `tell` is told what went
    wrong with automatic backups, which stops no work; `backs_up_beside` copies them in a thread,
    in which it is told then.  What a store writes is no news to those that share its `writes`.
    Raises a StoreProblem.
    """
    door = SqliteDoor(path, busy_timeout_s=busy_timeout_s)
    engine = open_engine(door, now=now, create=create, check=check)
    try:
        return Store(door, engine, now, tell, backs_up_beside=backs_up_beside, writes=writes)
    except BaseException:
        engine.dispose()
        raise


class Store:
    """An open store.  Every method raises a StoreProblem where the disk or a lock is at fault."""

    def __init__(
        self,
        door: SqliteDoor,
        engine: Engine,
        now: Callable[[], datetime],
        tell: Tell = _nobody,
        *,
        backs_up_beside: bool = False,
        writes: Writes | None = None,
    ) -> None:
        """Wire the repositories to an engine; see `open_store`."""
        self._door = door
        self._engine = engine
        self._transactions = Transactions(engine, door.shown, now, writes)
        self._cases = Cases(self._transactions, door)
        self._licences = Licences(self._transactions)
        self._papers = Papers(self._transactions)
        self._parties = Parties(self._transactions)
        self._events = Events(self._transactions)
        self._daily = Daily(door, self._transactions, tell, beside=backs_up_beside)
        self._register = Register(self._transactions)
        self._states_of: StatesOf | None = None
        self._transactions.before_write = self._daily.before_write
        self._transactions.before_commit = self._settle
        self._daily.before_opened()

    def on_restored(self, tell: Callable[[], object]) -> None:
        """Say who is told, in whatever thread, that somebody else brought a backup back."""
        self._transactions.restored = tell

    def look_for_restore(self) -> None:
        """Find out whether somebody else brought a backup back since the last look or write."""
        self._transactions.look_for_restore()

    @property
    def path(self) -> Path:
        """The database's file."""
        return self._door.file

    def __enter__(self) -> "Store":
        """Use the store in `with`."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Close the file; the store can not be used any more.  A backup is finished first."""
        self._daily.wait()
        self._engine.dispose()

    @property
    def writes(self) -> Writes:
        """Whose writes this store's are; see `open_store`."""
        return self._transactions.writes

    def news(self) -> int:
        """Return a number that is another one once others have written, or restored a backup.

        What this store has written itself, or one that shares its `writes`, does not count.
        """
        with self._transactions.reading() as connection:
            return self.writes.news(connection)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make several calls one: all of them are kept, or none.  May be nested."""
        with self._transactions.writing():
            yield

    def check(self, *, full: bool = False) -> None:
        """Check that the database is whole, quickly or in full.  Raises DamagedDatabase."""
        self._door.check(() if full else tables.CHECKED_QUICKLY, full=full)

    def examine(self) -> Examined:
        """Check everything there is, record by record.  Raises DamagedDatabase."""
        self.check(full=True)
        check_shape(self._door)
        return examine(self._transactions)

    # --- backups --------------------------------------------------------------------------

    def back_up(self) -> Path:
        """Back the store up by hand among its own backups and in the second place, verified.

        Such a backup is never cleared away by itself.  Raises a StoreProblem.
        """
        return self._daily.back_up(MADE_BY_HAND, self._transactions.now())

    def settle_backups(self, *, keep: int | None = None, second_place: Path | None = None) -> None:
        """Settle how many backups are kept and where else; a place of `Path()` takes it away."""
        self._daily.settle(keep=keep, second_place=second_place)

    @property
    def backups_kept(self) -> int:
        """How many backups of each reason are kept."""
        return self._daily.keep

    @property
    def second_place(self) -> Path | None:
        """A further folder for backups, or None."""
        return self._daily.second_place

    # --- cases ----------------------------------------------------------------------------

    def cases(
        self, numbers: Sequence[str] | None = None, *, ids: Sequence[int] | None = None
    ) -> list[StoredCase]:
        """Return the live cases in order of creation: all, or by numbers, or by ids.

        A number is matched however it is written, and an unread one as it was typed.
        """
        return self._cases.listed(numbers, ids)

    def case(self, case_id: int) -> StoredCase:
        """Return a live case.  Raises UnknownCase."""
        return self._cases.one(case_id)

    def numbers(
        self, of: Iterable[str] | None = None, *, pack: str | None = None
    ) -> Mapping[str, int]:
        """Count how many live cases carry each normalised number: all, or some of them.

        `pack` leaves it at the cases of a pack and those of none.
        """
        return self._cases.numbers(of, pack)

    def search(self, text: str) -> list[int]:
        """Return the ids of live cases holding every word of the text as a substring."""
        return self._cases.search(text)

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
        """Save a case as a new version; an equal one writes none.

        Without `case_id` it is a new case.  `revision` is the one that was read; None saves
        over whatever stands.  `imported` None keeps the cells noted before.  `amends` says that
        the version of that revision was the same typing, not done yet: this one takes its
        place, under a number of its own.  Raises UnknownCase, StaleRevision.
        """
        return self._cases.save(
            case,
            case_id=case_id,
            revision=revision,
            imported=imported,
            who=who,
            what=what,
            amends=amends,
        )

    def add_cases(
        self, new: Sequence[tuple[Case, Mapping[str, str], str]], *, who: str = ""
    ) -> list[int]:
        """Add many new cases in one go, each with its imported cells and what was done.

        Returns their ids.
        """
        return self._cases.add_all(new, who=who)

    def versions(self, case_id: int) -> list[Version]:
        """Return the versions of a case, the latest first."""
        return self._cases.versions(case_id)

    def case_at(self, case_id: int, version: int) -> Case:
        """Return the case as it was in a version.  Raises UnknownVersion."""
        return self._cases.at_version(case_id, version)

    def restore_version(
        self, case_id: int, version: int, *, revision: int | None = None, who: str = ""
    ) -> StoredCase:
        """Bring a version back as a new one.

        Raises UnknownCase, UnknownVersion, StaleRevision.
        """
        return self._cases.restore_version(case_id, version, revision=revision, who=who)

    def bin(self, case_id: int, *, revision: int | None = None, who: str = "") -> None:
        """Put a case into the bin.  Raises UnknownCase, StaleRevision."""
        with self._transactions.writing():
            self._cases.bin(case_id, revision=revision, who=who)
            self.log("case.binned", who=who, case_id=case_id)

    def unbin(self, case_id: int, *, who: str = "") -> StoredCase:
        """Take a case out of the bin.  Raises UnknownCase."""
        with self._transactions.writing():
            case = self._cases.unbin(case_id)
            self.log("case.unbinned", who=who, case_id=case_id)
        return case

    def binned(self) -> list[StoredCase]:
        """Return the cases in the bin."""
        return self._cases.binned()

    # --- the register ---------------------------------------------------------------------

    def settle_by(self, states_of: StatesOf | None) -> None:
        """Say who settles the states of cases.

        It is called at the end of every transaction that touched cases, their papers or
        licences, inside it.  Without anybody the states are left to be settled later.
        """
        self._states_of = states_of

    def register(self, *, limit: int | None = None) -> Iterator[list[RegisterRow]]:
        """Give the live cases by columns only, the last changed first, some at a time."""
        return self._register.rows(limit=limit)

    def register_rows(self, case_ids: Sequence[int]) -> list[RegisterRow]:
        """Return the register's rows of some cases; one that is not live has none."""
        return self._register.rows_of(case_ids)

    def count(self) -> int:
        """Count the live cases."""
        return self._register.count()

    def ids(self, *, not_of: str | None = None) -> list[int]:
        """Return the ids of the live cases; with `not_of` of those that are another pack's."""
        return self._register.ids(not_of)

    def packs_of_cases(self) -> list[str]:
        """Return the codes of the packs that live cases are of, of the most cases first."""
        return self._register.packs()

    def unsettled(self, today: date) -> list[int]:
        """Return the ids of live cases whose state is not known or may have changed by today."""
        return self._register.unsettled(today)

    def settle(self, case_ids: Sequence[int]) -> None:
        """Settle the states of some cases in one transaction; of unknown ones nothing is said."""
        with self._transactions.writing():
            self._settle(frozenset(case_ids))

    def _settle(self, case_ids: frozenset[int]) -> None:
        in_order = sorted(case_ids)
        known = self._states_of(self, in_order) if self._states_of else {}
        self._register.settle(in_order, known)

    # --- licences -------------------------------------------------------------------------

    def licences(self, case_id: int) -> list[StoredLicence]:
        """Return the licences granted under a case in order of creation."""
        return self._licences.of_case(case_id)

    def granted(self, case_ids: Sequence[int]) -> Mapping[int, Sequence[StoredLicence]]:
        """Return the licences of some cases by the case, in one go."""
        return self._licences.granted(case_ids)

    def add_licence(
        self, case_id: int, licence: Licence, *, who: str = "", what: str = ""
    ) -> StoredLicence:
        """Add a licence to a case.  Raises UnknownCase."""
        return self._licences.add(case_id, licence, who=who, what=what)

    def save_licence(
        self,
        licence_id: int,
        licence: Licence,
        *,
        revision: int | None = None,
        who: str = "",
        what: str = "",
        amends: bool = False,
    ) -> StoredLicence:
        """Save a licence as a new version; `amends` is as with `save`.

        Raises UnknownLicence, StaleRevision.
        """
        return self._licences.save(
            licence_id, licence, revision=revision, who=who, what=what, amends=amends
        )

    def licence_versions(self, licence_id: int) -> list[Version]:
        """Return the versions of a licence, the latest first."""
        return self._licences.versions(licence_id)

    def licence_at(self, licence_id: int, version: int) -> Licence:
        """Return the licence as it was in a version.  Raises UnknownVersion."""
        return self._licences.at_version(licence_id, version)

    def bin_licence(self, licence_id: int) -> None:
        """Put a licence into the bin.  Raises UnknownLicence."""
        self._licences.bin(licence_id)

    def unbin_licence(self, licence_id: int) -> StoredLicence:
        """Take a licence out of the bin.  Raises UnknownLicence."""
        return self._licences.unbin(licence_id)

    # --- address book and office ----------------------------------------------------------

    def parties(self) -> list[StoredParty]:
        """Return the address book by name."""
        return self._parties.listed()

    def remember_party(self, party: Party) -> StoredParty:
        """Put a party into the address book or bring its entry up to date."""
        return self._parties.remember(party)

    def forget_party(self, party_id: int) -> None:
        """Take an entry out of the address book."""
        self._parties.forget(party_id)

    def office(self) -> Office:
        """Return the office's profile, a blank one where none was set."""
        return self._parties.office()

    def set_office(self, office: Office) -> None:
        """Keep the office's profile."""
        self._parties.set_office(office)

    # --- papers ---------------------------------------------------------------------------

    def record_export(
        self,
        case_id: int | None,
        paper: str,
        format: str,
        *,
        words: str,
        sha256: str,
        pack_code: str,
        pack_version: str,
        draft: bool,
        licence_id: int | None = None,
        when: datetime | None = None,
    ) -> Export:
        """Note that a paper was made (case_id None: of many cases).

        `words` are its words, whose UTF-8 SHA-256 becomes `words_sha256`; `sha256` its file's.
        """
        return self._papers.record_export(
            case_id,
            paper,
            format,
            words=words,
            sha256=sha256,
            pack_code=pack_code,
            pack_version=pack_version,
            draft=draft,
            licence_id=licence_id,
            when=when,
        )

    def exports(self, case_id: int | None) -> list[Export]:
        """Return what was made of a case, the latest first."""
        return self._papers.exports(case_id)

    def exports_of(self, case_ids: Sequence[int]) -> Mapping[int, Sequence[Export]]:
        """Return what was made of some cases by the case, the latest first, in one go."""
        return self._papers.exports_of(case_ids)

    def latest_export(
        self,
        case_id: int | None,
        paper: str,
        *,
        licence_id: int | None = None,
        draft: bool | None = None,
    ) -> Export | None:
        """Return the latest making of a paper; of drafts or finals only if asked."""
        return self._papers.latest_export(case_id, paper, licence_id=licence_id, draft=draft)

    def printed_words(self, words_sha256: str) -> str | None:
        """Return the words that were printed, by their hash."""
        return self._papers.words(words_sha256)

    def add_scan(
        self,
        case_id: int | None,
        paper: str,
        content: bytes,
        words_sha256: str,
        *,
        licence_id: int | None = None,
        who: str = "",
    ) -> Scan:
        """Keep a sealed scan as the current one of its paper.  Raises ScanTooLarge."""
        return self._papers.add_scan(
            case_id, paper, content, words_sha256, licence_id=licence_id, who=who
        )

    def scan(
        self, case_id: int | None, paper: str, *, licence_id: int | None = None
    ) -> Scan | None:
        """Return the current scan of a paper, or None."""
        return self._papers.scan(case_id, paper, licence_id=licence_id)

    def scans(
        self, case_id: int | None, paper: str, *, licence_id: int | None = None
    ) -> list[Scan]:
        """Return all scans of a paper, the current one first."""
        return self._papers.scans(case_id, paper, licence_id=licence_id)

    def sealed(
        self, case_ids: Sequence[int] | None = None
    ) -> Mapping[tuple[int | None, str], Scan]:
        """Return the current scans by case id (None: of the batch) and paper, in one go.

        `case_ids` leaves it at those of some cases.
        """
        return self._papers.sealed(case_ids)

    def scan_content(self, scan: Scan) -> bytes:
        """Return a scan's bytes, verified by their hash.  Raises DamagedScan."""
        return self._papers.scan_content(scan.sha256)

    def record_submission(
        self,
        files: Sequence[SubmittedFile],
        *,
        pack_code: str,
        pack_version: str,
        who: str = "",
    ) -> Submission:
        """Note a package that was made and the hashes of its files."""
        return self._papers.record_submission(
            files, pack_code=pack_code, pack_version=pack_version, who=who
        )

    def note_sent(self, submission_id: int, when: datetime) -> None:
        """Note the moment the clerk says a package was sent."""
        self._papers.note_sent(submission_id, when)

    def packed(self, case_ids: Sequence[int]) -> Mapping[int, Packed]:
        """Return the last package noted as sent, of those of the cases that are in one."""
        return self._papers.packed(case_ids)

    def count_unsent(self) -> int:
        """Count the submissions of which nobody has said that they were sent."""
        return self._papers.count_unsent()

    def submissions(self) -> list[Submission]:
        """Return the submissions, the latest first."""
        return self._papers.submissions()

    # --- events and settings --------------------------------------------------------------

    def log(
        self,
        what: str,
        *,
        who: str = "",
        case_id: int | None = None,
        counts: Mapping[str, int] | None = None,
    ) -> None:
        """Note who did what, in codes ("import.done") and counts; no words, no personal data."""
        self._events.log(what, who=who, case_id=case_id, counts=counts or {})

    def events(self, *, limit: int | None = None, case_id: int | None = None) -> list[Event]:
        """Return the events, the latest first; those of one case if asked."""
        return self._events.listed(limit=limit, case_id=case_id)

    def setting(self, name: str) -> str | None:
        """Return a small setting kept with the data, or None."""
        return self._events.setting(name)

    def set_setting(self, name: str, value: str) -> None:
        """Keep a small setting with the data."""
        self._events.set_setting(name, value)
