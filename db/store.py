"""The store: everything an office keeps, by repositories that are reached directly.

Opens a database, wires the repositories together, and keeps what is of all of them: transactions,
what others write, whether it is whole.  What is handed out are the frozen values of
`forms.office.stored`; nothing of the database leaves db/.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from sqlalchemy import Engine

from db import tables
from db.cases import Cases
from db.daily import OwnBackups, Tell
from db.data_settings import DataSettings
from db.door import BUSY_TIMEOUT_S, SqliteDoor
from db.doors import Door
from db.duty_notes import DutyNotes
from db.events import Events
from db.licences import Licences
from db.opened_store import open_engine, open_server
from db.papers import Papers
from db.parties import Parties
from db.patents import Patents
from db.records import Records
from db.register import Register
from db.shared_database import Place, SharedDatabase
from db.shared_patents import UNGATHERED, Ledger
from db.store_problems import PASSING, told
from db.tables_shape import check_shape
from db.transactions import Transactions, in_chunks
from db.web_filing import WebFiling
from db.writes import Writes, setting
from forms.office.stored import Settled

if TYPE_CHECKING:
    from db.examine import Examined
    from db.server_backups import ServerBackups

__all__ = ["Store", "open_store"]


StatesOf = Callable[["Store", Sequence[int]], Mapping[int, Settled]]
"""Settles the states of some cases of a store; see `Store.settle_by`."""


def _nobody(_sentence: str) -> None:
    """Tell nobody."""


def open_store(
    place: Place,
    *,
    now: Callable[[], datetime],
    create: bool = True,
    check: bool = True,
    busy_timeout_s: float = BUSY_TIMEOUT_S,
    tell: Tell = _nobody,
    backs_up_beside: bool = False,
    writes: Writes | None = None,
) -> "Store":
    """Open the database at a place, a file or a server's; close it, or use it in `with`.

    `create` makes the file and its folder, or the tables, where they are missing; `check` looks
    quickly whether a file is whole.  A lock is waited for `busy_timeout_s`.  `tell` is told what
    went wrong with automatic backups, which stops no work; `backs_up_beside` copies them in a
    thread, in which it is told then.  What a store writes is no news to those that
    share its `writes`.
    Raises a StoreProblem.
    """
    door: Door
    if isinstance(place, SharedDatabase):
        from db.server_door import PostgresDoor  # loaded for such an address alone

        door = server = PostgresDoor(place, busy_timeout_s=busy_timeout_s)
        engine = open_server(server, create=create)
    else:
        door = file = SqliteDoor(place, busy_timeout_s=busy_timeout_s)
        engine = open_engine(file, now=now, create=create, check=check)
    try:
        return Store(door, engine, now, tell, backs_up_beside=backs_up_beside, writes=writes)
    except BaseException:
        engine.dispose()
        raise


class Store:
    """An open store.

    Everything here and in the repositories raises a StoreProblem where the disk or a lock is at
    fault.
    """

    def __init__(
        self,
        door: Door,
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
        self.events = Events(self._transactions)
        self.patents = Patents(self._transactions, door)
        self.ledger = Ledger(self._transactions, self.patents, self.events)
        self.cases = Cases(self._transactions, door, self.events, self.ledger)
        self.licences = Licences(self._transactions)
        self.papers = Papers(self._transactions)
        self.web = WebFiling(self._transactions)
        self.duties = DutyNotes(self._transactions)
        self.parties = Parties(self._transactions)
        self.records = Records(self._transactions, door)
        self.settings = DataSettings(self._transactions)
        self.register = Register(self._transactions, door)
        self.backups = self._backups(door, tell, backs_up_beside)
        self._states_of: StatesOf | None = None
        self._transactions.before_write = self.backups.before_write
        self._transactions.before_commit = self._settle
        self.backups.before_opened()
        self._gather_ledger()

    def _gather_ledger(self) -> None:
        """Bring the cases of each patent together, once after the ledger was made of old tables.

        What keeps it from being done (another program, a full disk) leaves it to the next opening.
        """
        with suppress(*PASSING):
            with told(self._door.shown), self._engine.connect() as connection, connection.begin():
                is_ungathered = setting(connection, UNGATHERED)  # as yet nobody has read anything
            if is_ungathered:
                with self.transaction():
                    self.ledger.gather_all()
                    self.settings.put(UNGATHERED, "")

    def _backups(self, door: Door, tell: Tell, beside: bool) -> "OwnBackups | ServerBackups":
        if isinstance(door, SqliteDoor):
            return OwnBackups(door, self._transactions, tell, beside=beside)
        from db.server_backups import ServerBackups

        assert isinstance(door.place, SharedDatabase)
        return ServerBackups(door.place)

    @property
    def path(self) -> Path:
        """The database's file, or the place on this computer beside which local files lie."""
        return self._door.file

    @property
    def place(self) -> Place:
        """Where the database is, for whoever opens it once more: a file or a server's."""
        return self._door.place

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
        """Close the file; what is asked of it from now on raises ClosedStore.

        A backup is finished first.
        """
        self.backups.wait()
        self._transactions.close()
        self._engine.dispose()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make several calls one: all of them are kept, or none.  May be nested."""
        with self._transactions.writing():
            yield

    def check(self, *, full: bool = False) -> None:
        """Check that the database is whole, quickly or in full.  Raises DamagedDatabase."""
        self._door.check(() if full else tables.CHECKED_QUICKLY, full=full)

    def examine(self) -> "Examined":
        """Check everything there is, record by record.  Raises DamagedDatabase."""
        from db.examine import examine  # loaded by who examines, not at every start

        self.check(full=True)
        if isinstance(self._door, SqliteDoor):
            check_shape(self._door)
        return examine(self._transactions)

    # --- what others write ----------------------------------------------------------------

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

    def on_restored(self, tell: Callable[[], object]) -> None:
        """Say who is told, in whatever thread, that somebody else brought a backup back."""
        self._transactions.restored = tell

    def look_for_restore(self) -> None:
        """Find out whether somebody else brought a backup back since the last look or write."""
        self._transactions.look_for_restore()

    # --- the states of cases, which hang on all of the store ------------------------------

    def settle_by(self, states_of: StatesOf | None) -> None:
        """Say who settles the states of cases.

        It is called at the end of every transaction that touched cases, their papers or
        licences, inside it.  Without anybody the states are left to be settled later.
        """
        self._states_of = states_of

    def settle(self, case_ids: Sequence[int]) -> None:
        """Settle the states of some cases in one transaction; of unknown ones nothing is said."""
        with self._transactions.writing():
            self._settle(frozenset(case_ids))

    def _settle(self, case_ids: frozenset[int]) -> None:
        for some in in_chunks(sorted(case_ids)):
            known = self._states_of(self, some) if self._states_of else {}
            self.register.keep_settled(some, known)
