"""The window that the data call for: first start, register, the trouble, or a word to wait.

The window comes first: what is slow to load (the database's library, packs, papers) is loaded
where it is wanted, and data in which all is in order are opened while the register is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from db.data_places import database_file
from desktop.desk.desk import Desk
from desktop.desk.opened_data import Data, Opening
from desktop.installed.screen_texts import t
from desktop.installed.settings import Settings
from desktop.installed.workplaces import WORKPLACES, Workplace, folder_of, shared_key
from desktop.parts.dialogs import Dialogs
from desktop.parts.notices import Notices
from desktop.program.garbage import Collector
from desktop.shell.main_window import MainWindow
from desktop.shell.page_table import OPENS_WITH, TAKES_FILES
from desktop.shell.reminder import Reminder

if TYPE_CHECKING:
    from db.glance import Glance
    from db.shared_database import FaultyAddress, Place
    from db.store_problems import StoreProblem
    from desktop.pages.first_start import FirstStart
    from desktop.program.desk_maker import DeskMaker
    from desktop.program.opening_window import TroubleWindow
    from desktop.program.waiting_window import WaitingWindow
    from forms.pack.load import PackFault

    Window = MainWindow | FirstStart | TroubleWindow | WaitingWindow

FIRST_ROWS = 60
"""How many rows of the register the first glance shows."""


class WindowOfData(QObject):
    """Opens data and shows one window after the other.

    A subclass makes the `_maker`, and does what the clerk asks of a window.
    """

    _maker: DeskMaker
    _is_fixed: bool

    answered = Signal(object)  # what the first start asked
    sample_asked = Signal()
    own_data_asked = Signal()
    restore_asked = Signal(object)  # the backup
    backups_asked = Signal()
    again_asked = Signal()
    folder_asked = Signal()
    leave_asked = Signal()
    workplace_asked = Signal(str)

    def __init__(self, settings: Settings, folder: Path, dialogs: Dialogs) -> None:
        """Begin with a data folder; nothing is opened yet."""
        super().__init__()
        self._collector = Collector(self)
        self._settings = settings
        self._folder = folder
        self._dialogs = dialogs
        self.notices = Notices(self)
        self.desk: Desk | None = None
        self.window: Window | None = None
        self._files: tuple[Path, ...] = ()
        self._renewing: Opening | None = None

    @property
    def folder(self) -> Path:
        """The data folder: the office's data lie in it, a bureau's in a folder of it."""
        return self._folder

    @property
    def workplace(self) -> Workplace:
        """The workplace in use."""
        return self._maker.workplace()

    def database(self, workplace: Workplace | None = None) -> Path:
        """The database of a workplace, of the one in use where none is named."""
        return database_file(folder_of(self._folder, workplace or self.workplace))

    def place(self) -> Place:
        """Where the data of the workplace in use are: on the server that was named, else a file.

        Raises FaultyAddress.
        """
        address = self._address()
        if not address:
            return self.database()
        from db.shared_database import shared_database

        return shared_database(address, beside=self.database())

    def _address(self) -> str:
        """The address of the server that was named, "" where the data lie in a file."""
        return "" if self._is_fixed else self._settings.text(shared_key(self.workplace))

    # --- opening ----------------------------------------------------------------------------

    def open(self, files: Sequence[Path] = ()) -> None:
        """Open the data and show what comes first: first start, window, or the trouble.

        Data that a glance finds in order are opened while the window is there already.
        """
        from db.glance import glance, is_older

        self._files = tuple(files)
        if self._address():
            self._open_shared()
            return
        file = self.database()
        seen = glance(file, limit=FIRST_ROWS)
        if seen is not None and seen.settings.get("started") == "true":
            self._open_beside(file, seen)
        elif seen is None and is_older(file):
            self._open_waiting(file, "renewing")
        else:
            self._open_first(file)

    def _open_shared(self) -> None:
        """Open the data on the server that was named, or show what is wrong with its address."""
        from db.shared_database import FaultyAddress

        try:
            place = self.place()
        except FaultyAddress as problem:
            self._show_trouble(problem)
        else:
            self._open_waiting(place, "connecting")

    def _open_beside(self, file: Path, seen: Glance) -> None:
        """Show the window with what was seen, and open the data once it is painted."""
        opening = Opening(partial(self._maker.data_of, file), self)
        opening.failed.connect(self._fail)
        self.desk = self._desk_on(opening, seen=seen)
        self.desk.opened.connect(self._tell_faults)
        self.desk.opened.connect(self._preload)
        self.desk.opened.connect(self._ask_for_pack)
        window = self._show_main()
        window.painted.connect(self._collector.begin)
        window.painted.connect(opening.begin)
        if self._files:
            self._show_files(window)

    @Slot()
    def _preload(self) -> None:
        from desktop.program.preload import preload

        if self.desk is None:  # closed meanwhile
            return
        pack, words = self.desk.pack, t("opening.preloading")
        self.desk.jobs.run(lambda _: preload(pack), words, drawing=True, quiet=True)

    def _open_waiting(self, place: Place, what: str) -> None:
        """Open data that take a while in a thread, and say what is done until it is done."""
        from desktop.program.waiting_window import WaitingWindow

        self._collector.begin()
        self._renewing = opening = Opening(partial(self._maker.data_of, place), self)
        opening.opened.connect(self._renewed)
        opening.failed.connect(self._fail)
        self._show(WaitingWindow(what))
        opening.begin()

    @Slot()
    def _renewed(self) -> None:
        if self._renewing is not None:  # else the program was closed meanwhile
            self.desk = self._desk_on(self._renewing.wait())
            self._renewing = None
            self._show_opened()

    def _open_first(self, file: Path) -> None:
        """Open the data, then show what is called for."""
        from db.store_problems import StoreProblem
        from forms.pack.load import PackFault

        self._collector.begin()
        try:
            self.desk = self._opened(file)
        except (StoreProblem, PackFault) as problem:
            self._show_trouble(problem)
            return
        self._show_opened()

    def _show_opened(self) -> None:
        """Show what is called for by the data that are open now."""
        assert self.desk is not None
        self._tell_faults()
        if self._settings.flag("started") or self.desk.store.parties.office().name:
            self._show_files(self._show_main())
            self._ask_for_pack()
        else:
            self._show_first_start()

    def _opened(self, file: Path, *, is_sample: bool = False) -> Desk:
        """The desk on a database that is open.  Raises a StoreProblem, PackFault."""
        return self._desk_on(self._maker.data_of(file), is_sample=is_sample)

    def _desk_on(
        self, data: Data | Opening, *, is_sample: bool = False, seen: Glance | None = None
    ) -> Desk:
        desk = self._maker.on(data, is_sample=is_sample, seen=seen)
        desk.sample_asked.connect(self.sample_asked)
        desk.own_data_asked.connect(self.own_data_asked)
        desk.restore_asked.connect(self.restore_asked)
        desk.workplace_asked.connect(self.workplace_asked)
        return desk

    @Slot(object)
    def _fail(self, error: BaseException) -> None:
        """The data that a glance found in order, or older, do not open: show why."""
        from db.store_problems import StoreProblem
        from forms.pack.load import PackFault

        self.notices.show_in(None)
        self._renewing = None
        self._close_desk()
        if not isinstance(error, StoreProblem | PackFault):
            raise error
        self._show_trouble(error)

    @Slot()
    def _ask_for_pack(self) -> None:
        """Let the clerk say which pack to use, where neither a choice nor the cases do."""
        from desktop.program.first_questions import ask_for_pack

        desk = self.desk
        if desk is None or not desk.asks_for_pack:
            return
        code = ask_for_pack(desk, self.window)
        if code is not None and self.desk is desk:
            desk.choose_pack(code)

    def _tell_faults(self) -> None:
        faults = self._settings.take_faults()
        if faults:
            names = "、".join(faults)
            text = t("opening.faulty_settings", count=len(faults), names=names)
            self.notices.tell("pending", text)

    @Slot(str)
    def _tell_pending(self, sentence: str) -> None:
        self.notices.tell("pending", sentence)

    # --- windows ----------------------------------------------------------------------------

    def _show(self, window: Window) -> None:
        """Show a window instead of the one before; it also shows what is said.

        What is said while one waits is kept for the next.
        """
        old, self.window = self.window, window
        strip = getattr(window, "notices", None)
        self.notices.show_in(strip.show_notice if strip is not None else None)
        window.show()
        if old is not None:
            old.close()
            old.deleteLater()

    def _show_main(self) -> MainWindow:
        assert self.desk is not None
        window = MainWindow(self.desk)
        window.show_place(OPENS_WITH[self.desk.workplace])
        self._show(window)
        if not self.desk.is_sample:  # nobody is late with what is invented
            Reminder(self.desk, window)
        return window

    def _show_files(self, window: MainWindow) -> None:
        """Open the files that the program was started with, once."""
        files, self._files = self._files, ()
        open_in(window, files)

    def _show_first_start(self) -> None:
        assert self.desk is not None
        from desktop.program.first_questions import first_start_window

        edition = self._maker.edition()
        window = first_start_window(
            *(self.desk, self._folder, self._dialogs, edition, self._others_begun())
        )
        window.answered.connect(self.answered)
        window.sample_asked.connect(self.sample_asked)
        window.workplace_asked.connect(self.workplace_asked)
        self._show(window)
        self._preload()

    def _others_begun(self) -> tuple[Workplace, ...]:
        """The other workplaces that have data already."""
        return tuple(
            one for one in WORKPLACES if one != self.workplace and _has_begun(self.database(one))
        )

    def _show_trouble(self, problem: StoreProblem | PackFault | FaultyAddress) -> None:
        from desktop.program.opening_window import TroubleWindow

        window = TroubleWindow(problem, others=self._others_begun())
        window.workplace_asked.connect(self.workplace_asked)
        window.again_asked.connect(self.again_asked)
        window.backups_asked.connect(self.backups_asked)
        window.folder_asked.connect(self.folder_asked)
        window.leave_asked.connect(self.leave_asked)
        window.local_asked.connect(self._use_local)
        self._show(window)

    @Slot()
    def _use_local(self) -> None:
        """Work with the data of this computer from now on."""
        self._settings.set(shared_key(self.workplace), "")
        self.open(self._files)

    def _let_go(self) -> bool:
        """Save what is in hand and close the data; False where the page refuses to be left."""
        if isinstance(self.window, MainWindow) and not self.window.let_go():
            return False
        self.notices.show_in(None)
        self._close_desk()
        return True

    def _close_desk(self) -> None:
        if self.desk is not None:
            if isinstance(self.window, MainWindow):
                self.window.look_no_more()
            self._settings.keep_data_in(None)
            self.desk.close()
            self.desk.deleteLater()
            self.desk = None


def open_in(window: MainWindow, files: Sequence[Path]) -> None:
    """Open files in the window: a form pack is taken in, all else goes to the page for it."""
    if not files:
        return
    from forms.vetting.pack_intake import ENDING

    packs = [file for file in files if file.name.lower().endswith(ENDING)]
    if packs:
        window.show_place("settings", {"group": "pack", "files": packs})
    else:
        window.show_place(TAKES_FILES[window.desk.workplace], {"files": list(files)})


def _has_begun(file: Path) -> bool:
    """Whether somebody has begun to work with a database, as far as a glance shows.

    One that can not be looked at counts too: opening it will say what is wrong.
    """
    from db.glance import glance

    if not file.exists():
        return False
    seen = glance(file, limit=0)
    return seen is None or seen.settings.get("started") == "true"
