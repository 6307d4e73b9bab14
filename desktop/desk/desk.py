"""The desk: what every page works with, handed to each; there are no globals.

Threads: `desk.store` belongs to the window's thread and is for what takes less than 100 ms:
reading a case, saving one, one page of the register.  Longer work is a job and opens a store of
its own with `desk.own_store()`; SQLite keeps the two apart.  The window's store waits but a
second for a lock, so that it never seems frozen; a save that meets a lock is to be tried again.

At the start the data are still being opened while the window is there: `seen` is what a glance
at them showed, `is_open` says whether there is more, and whoever asks for more waits.

Pages tell each other what happened through the signals here, never by calling each other.
"""

from __future__ import annotations

import getpass
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

from desktop.desk.jobs import Jobs
from desktop.desk.opened_data import Data, Opening
from desktop.installed.screen_texts import t
from desktop.installed.settings import Settings
from desktop.installed.workplaces import OFFICE, Workplace
from desktop.parts.dialogs import Dialogs
from desktop.parts.notices import Notices
from desktop.parts.theme.theme import Theme

if TYPE_CHECKING:  # slow to load; at the start the window comes first
    from db.glance import Glance
    from db.store import Store
    from forms.office.offered_values import Entries
    from forms.office.stored import Settled
    from forms.pack.pack_shelf import Shelf
    from forms.pack.types import Pack

Clock = Callable[[], datetime]
OPEN_WAIT_S, WINDOW_WAIT_S = 5.0, 1.0


class Desk(QObject):
    """Store, pack, today and the program's services."""

    opened = Signal()  # the data are open now
    case_saved = Signal(int)  # one case was saved, by its id: cheap to follow
    cases_changed = Signal()  # cases came, went or changed in number: read them again
    licences_changed = Signal(int)  # of a case
    papers_changed = Signal()  # made, sealed, packed, sent
    parties_changed = Signal()  # the address book
    records_changed = Signal()  # records beside cases: packages, decisions, units, pools
    office_changed = Signal()
    pack_changed = Signal()  # another is in use
    packs_changed = Signal()  # others are there: a case may be judged whose pack was missing
    place_asked = Signal(str, object)  # see `go`
    overdue_counted = Signal()  # see `overdue`
    keys_asked = Signal()  # the list of keys
    sample_asked = Signal()  # show the invented sample, apart from the office's own data
    own_data_asked = Signal()  # back to the office's own data
    restore_asked = Signal(object)  # bring a backup back (its file, or None: let the clerk choose)
    workplace_asked = Signal(str)  # go to another workplace, with its data

    _told_elsewhere = Signal(str)  # a sentence from another thread's store
    _restored_elsewhere = Signal()

    def __init__(
        self,
        *,
        data: Data | Opening,
        clock: Clock,
        settings: Settings,
        theme: Theme,
        notices: Notices,
        jobs: Jobs,
        who: str = "",
        dialogs: Dialogs | None = None,
        is_sample: bool = False,
        seen: Glance | None = None,
        workplace: Workplace = OFFICE,
        parent: QObject | None = None,
    ) -> None:
        """Hand over all of it; `clock` gives aware moments.

        `workplace` says whose desk it is: an office's (单位) or a bureau's (省局).
        """
        super().__init__(parent)
        self.seen = seen
        self.settings = settings
        self.theme = theme
        self.notices = notices
        self.jobs = jobs
        self._who, self._contact = who, ""
        self.dialogs = dialogs or Dialogs()
        self.is_sample = is_sample
        self.workplace = workplace
        self.overdue = 0  # how many duties are past their day, as last counted
        self.is_closed = False
        self._clock = clock
        self._data: Data | None = None
        self._packs: Mapping[str, Path] = {}
        settings.changed.connect(self._settings_changed)
        self.office_changed.connect(self._name_contact)
        self._told_elsewhere.connect(self.told)
        self._restored_elsewhere.connect(
            self._read_again,
            Qt.ConnectionType.QueuedConnection,  # a transaction may be at hand
        )
        self._opening = data if isinstance(data, Opening) else None
        if isinstance(data, Data):
            self._take(data)
        else:
            data.opened.connect(self._opened)

    @property
    def who(self) -> str:
        """Whose name the history gives: the office's contact, else the user the system knows.

        A computer of an office is often used as root, Administrator or PC.
        """
        return self._contact or self._who

    @Slot()
    def _name_contact(self) -> None:
        if self._data is not None:
            self._contact = self._data.store.parties.office().contact

    @property
    def is_open(self) -> bool:
        """Whether the data are open, so that nobody has to wait for them."""
        return self._data is not None and not self.is_closed

    @property
    def store(self) -> Store:
        """The window's store.  Raises a StoreProblem, PackFault where the data do not open."""
        return self._opened_data().store

    @property
    def packs(self) -> Mapping[str, Path]:
        """The folders of the packs there are by their codes.  Raises as `store` does."""
        self._opened_data()
        return self._packs

    @packs.setter
    def packs(self, packs: Mapping[str, Path]) -> None:
        """Other packs are there now: cases whose pack was missing may be judged."""
        self._opened_data()
        if packs != self._packs:
            self._packs = packs
            self._fill_shelf()
            self.packs_changed.emit()

    @property
    def pack(self) -> Pack:
        """The pack in use, with what the office says instead of it.  Raises as `store` does."""
        self._opened_data()
        return self._pack

    @property
    def asks_for_pack(self) -> bool:
        """Whether the clerk has to say which pack to use.  Raises as `store` does."""
        self._opened_data()
        return self._asks_for_pack

    @property
    def shelf(self) -> Shelf:
        """The packs by which cases are judged, each by its own.  Raises as `store` does."""
        self._opened_data()
        return self._shelf

    @property
    def issued_pack(self) -> Pack:
        """The pack as its authority issued it.  Raises as `store` does."""
        self._opened_data()
        return self._issued

    def _opened_data(self) -> Data:
        if self._data is None:
            assert self._opening is not None
            self._take(self._opening.wait())
        assert self._data is not None
        return self._data

    def _take(self, data: Data) -> None:
        self._data, self._packs = data, data.packs
        self._asks_for_pack = data.asks_for_pack
        self._issued = self._as_issued(data.pack)
        self._use(self._issued)
        data.store.settle_by(self._settled)
        data.store.on_restored(self._restored_elsewhere.emit)
        self._name_contact()

    @Slot()
    def _opened(self) -> None:
        if not self.jobs.is_closed:
            self._opened_data()
            self.opened.emit()

    @property
    def today(self) -> date:
        """This day, here."""
        return self._clock().astimezone().date()

    def now(self) -> datetime:
        """This moment, with its zone."""
        return self._clock()

    def own_store(self) -> Store:
        """A further store on the same data, for a job to use in `with`.

        What it writes is the window's own, no news of others: whoever starts the job says by the
        signals here what has changed.
        Raises a StoreProblem.  May be called in any thread; the store belongs to that one.
        """
        from db.store import open_store

        store = open_store(
            self.store.place,
            now=self._clock,
            create=False,
            check=False,
            tell=self._told_elsewhere.emit,
            writes=self.store.writes,
        )
        store.settle_by(self._settled)
        return store

    def take_packs_anew(self) -> None:
        """Others are on the shelf, or another version counts: follow, and use that of ours.

        Raises PackFault.
        """
        from desktop.installed.packs_here import stock_beside
        from forms.pack.load import load

        self.packs = stock_beside(self.store.path).counting
        folder = self._packs.get(self._issued.identity.code)
        if folder is not None and folder != self._issued.folder:
            self._issued = self._as_issued(load(folder))
            self._use(self._issued)
            self.pack_changed.emit()

    def choose_pack(self, code: str) -> None:
        """Work with another of the packs.  Raises KeyError, PackFault."""
        from forms.pack.load import load

        self._issued = self._as_issued(load(self.packs[code]))
        self.settings.set("pack", code)
        self._asks_for_pack = False
        self._use(self._issued)
        self.pack_changed.emit()

    def _use(self, issued: Pack) -> None:
        self._pack = self.settings.adjusted(issued)
        self._fill_shelf()

    def _fill_shelf(self) -> None:
        from desktop.installed.packs_here import shelf_of

        assert self._data is not None
        self._shelf = shelf_of(self._pack, self._packs, self._data.store.path)

    def entries(self) -> Entries:
        """What may be taken into a case: the office's own facts, then the address book."""
        from forms.office.offered_values import Entries

        return Entries(
            self.store.parties.office(), [one.party for one in self.store.parties.listed()]
        )

    def go(self, place: str, **arguments: object) -> None:
        """Show a page by its name; the arguments go to its `enter`."""
        self.place_asked.emit(place, arguments)

    def count_overdue(self, count: int) -> None:
        """So many duties are past their day now."""
        self.overdue = count
        self.overdue_counted.emit()

    def close(self) -> None:
        """Stop the jobs and close the store."""
        self.jobs.close()
        if self._opening is not None and self._opening.has_begun:
            with suppress(Exception):  # told already, by the signal
                self._opened_data()
        if self._data is not None:
            self._data.store.close()
        self.is_closed = True

    @Slot(str)
    def told(self, sentence: str) -> None:
        """Pass on what the store has to say of its backups."""
        self.notices.tell("pending", sentence)

    def look_for_restore(self) -> None:
        """Find out whether another program brought a backup back; then all is read again."""
        if self._data is not None and not self.jobs.is_closed:
            from db.store_problems import StoreProblem

            with suppress(StoreProblem):  # whoever does something with the data is told
                self._data.store.look_for_restore()

    @Slot()
    def _read_again(self) -> None:
        if self.jobs.is_closed:
            return
        self.notices.tell("pending", t("frame.restored_elsewhere"))
        self.cases_changed.emit()
        self.papers_changed.emit()
        self.parties_changed.emit()
        self.office_changed.emit()

    @staticmethod
    def _as_issued(pack: Pack) -> Pack:
        from desktop.installed.bureau_edition import as_issued

        return as_issued(pack)

    def _settled(self, store: Store, case_ids: Sequence[int]) -> Mapping[int, Settled]:
        """Settle the states of cases, each by its own pack, in any thread."""
        from forms.office.case_states import settled

        return settled(store, self._shelf, self.today, case_ids)

    def _settings_changed(self, key: str) -> None:
        if key.startswith("pack.") and self.is_open:
            self._use(self._issued)
            self.pack_changed.emit()
        elif key == "theme":
            choice = self.settings.text("theme")
            self.theme.choose(choice)  # type: ignore[arg-type]


def user() -> str:
    """The name the system knows the user by, "" where it has none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
