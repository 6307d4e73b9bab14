"""Opens data and makes the desk on them: with the form packs beside them and the one in use."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from desktop.desk.desk import WINDOW_WAIT_S, Clock, Desk, user
from desktop.desk.jobs import Jobs
from desktop.desk.opened_data import Data, Opening
from desktop.installed.screen_texts import t
from desktop.installed.settings import Settings
from desktop.installed.workplaces import Workplace, workplace_of
from desktop.parts.dialogs import Dialogs
from desktop.parts.notices import Notices
from desktop.parts.theme.theme import Theme
from forms.ground import locate

if TYPE_CHECKING:
    from db.glance import Glance
    from db.shared_database import Place
    from desktop.installed.bureau_edition import Edition
    from desktop.program.crash_hook import CrashHook


class AroundDesks(NamedTuple):
    """What every desk of the program is given, whichever data it is on."""

    settings: Settings
    clock: Clock
    theme: Theme
    notices: Notices
    dialogs: Dialogs
    hook: CrashHook


class DeskMaker(QObject):
    """Makes desks; `told` carries what opening data has to say."""

    told = Signal(str)  # in whatever thread

    def __init__(
        self, around: AroundDesks, first_pack: str | None, parent: QObject | None = None
    ) -> None:
        """`first_pack` makes it nobody's edition: the pack of that code is used first."""
        super().__init__(parent)
        self._around = around
        self._first_pack = first_pack

    def data_of(self, place: Place) -> Data:
        """Open a database, in any thread.  Raises a StoreProblem, PackFault."""
        from db.store import open_store
        from desktop.installed.packs_here import default_code, in_force, stock_beside
        from desktop.program.opening_window import pack_in_use

        file = place if isinstance(place, Path) else place.beside
        stock, tell = stock_beside(file), self.told.emit
        packs = stock.counting
        for one in stock.unusable:
            tell(t("opening.unusable_pack", name=one.name, reason=one.reason))
        store = open_store(
            place,
            now=self._around.clock,
            busy_timeout_s=WINDOW_WAIT_S,
            tell=tell,
            backs_up_beside=True,
        )
        try:
            self._around.settings.keep_data_in(store)
            chosen = self._around.settings.text("pack")
            code = default_code(
                packs,
                chosen=chosen,
                of_cases=store.register.packs,
                edition=self._pack_first(),
                in_force=lambda: in_force(packs, self._around.clock().date()),
            )
            pack = pack_in_use(packs, chosen, tell, first=code or "")
            return Data(store=store, pack=pack, packs=packs, asks_for_pack=code is None)
        except BaseException:
            store.close()
            raise

    def edition(self) -> Edition | None:
        """The bureau's edition this is, if any."""
        from desktop.installed.bureau_edition import edition_here

        return edition_here() if self._first_pack is None else None

    def workplace(self) -> Workplace:
        """The workplace in use: the one chosen, else the one the edition starts as."""
        chosen = self._around.settings.text("workplace")
        if chosen or not locate.is_edition():
            return workplace_of(chosen)  # without what is slow to load
        from desktop.installed.bureau_edition import workplace_in_use

        return workplace_in_use(chosen, self.edition())

    def _pack_first(self) -> str:
        """The code of the pack to use where none was chosen; "" for any."""
        edition = self.edition()
        return edition.pack if edition else self._first_pack or ""

    def on(
        self, data: Data | Opening, *, is_sample: bool = False, seen: Glance | None = None
    ) -> Desk:
        """The desk on data that are open, or are being opened and were `seen` at a glance."""
        around, jobs = self._around, Jobs()
        jobs.unheard.connect(around.hook.meet)
        return Desk(
            data=data,
            clock=around.clock,
            settings=around.settings,
            theme=around.theme,
            notices=around.notices,
            jobs=jobs,
            who=user(),
            dialogs=around.dialogs,
            is_sample=is_sample,
            seen=seen,
            workplace=self.workplace(),
            parent=self.parent(),
        )
