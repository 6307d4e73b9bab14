"""Settles in the background what is not settled: after an update, another pack, a day gone by.

Some cases at a time, each time a short job, so that whatever the clerk asks for goes between.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from db.store_problems import StoreProblem
from desktop.desk.desk import Desk
from desktop.desk.jobs import Report
from desktop.installed.screen_texts import t

if TYPE_CHECKING:
    from forms.pack.pack_shelf import Shelf

_AT_ONCE = 60
STAMP = "register.settled_by"


class Settler(QObject):
    """Settles; `settled` carries the ids of the cases it has just settled."""

    settled = Signal(list)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._waiting: list[int] = []
        self._stamp = ""
        self._running = self._is_again = False

    def start(self) -> None:
        """Look for what is to be settled, and settle it."""
        if self._running:
            self._is_again = True
            return
        self._is_again = False
        self._run(_looking(self._desk), self._found)

    def _run(self, work: Callable[[Report], Any], done: Callable[[Any], None]) -> None:
        self._running = True
        self._desk.jobs.run(
            work,
            t("register.settling"),
            finished=done,
            failed=self._failed,
            cancelled=self._stopped,
            quiet=True,
        )

    def _found(self, found: tuple[list[int], str]) -> None:
        self._waiting, self._stamp = found
        self._go_on()

    def _go_on(self) -> None:
        if self._desk.jobs.is_closed:  # the window has gone, and the store with it
            return
        some, self._waiting = self._waiting[:_AT_ONCE], self._waiting[_AT_ONCE:]
        if some:
            self._run(_settling(self._desk, some), self._done)
            return
        self._running = False
        if self._stamp:
            with suppress(StoreProblem):  # nobody asked for it: all is settled anew another time
                self._desk.store.settings.put(STAMP, self._stamp)
        if self._is_again:
            self.start()

    def _done(self, some: Sequence[int]) -> None:
        self.settled.emit(list(some))
        self._go_on()

    def _failed(self, error: BaseException) -> None:
        self._stopped()
        self._desk.jobs.unheard.emit(error)

    def _stopped(self) -> None:
        self._running, self._waiting = False, []


def stamp_of(shelf: Shelf) -> str:
    """By what states are settled: the packs, what the office says instead of them, the rules.

    The rules are known by the program's version, and where their sources are there by these too,
    so that nobody has to remember to say that they judge otherwise now.
    """
    import hashlib

    import msgspec

    from desktop.installed.program_version import program_version
    from forms import rules
    from forms.check import case_check
    from forms.office import case_standing, case_states
    from forms.pack.load import PACK_FILE, RULES_FILE

    sources = [Path(module.__file__ or "") for module in (case_check, case_standing, case_states)]
    sources += sorted(Path(rules.__path__[0]).glob("*.py"))
    pack = shelf.in_use
    judged = hashlib.sha256(msgspec.json.encode((pack.rules, pack.submission)))
    for code, folder in sorted(shelf.packs.items()):
        judged.update(code.encode())
        sources += [folder / PACK_FILE, folder / RULES_FILE]
    for source in sources:
        if source.is_file():
            judged.update(source.read_bytes())
    identity = pack.identity
    told = (identity.code, identity.version, program_version(), judged.hexdigest()[:16])
    return " ".join(told)


def _looking(desk: Desk) -> Callable[[Report], tuple[list[int], str]]:
    """Find what is to be settled; where other rules settled it, everything, and their name."""

    def work(report: Report) -> tuple[list[int], str]:
        report.check()
        stamp = stamp_of(desk.shelf)
        with desk.own_store() as store:
            if store.settings.get(STAMP) == stamp:
                return store.register.unsettled(desk.today), ""
            return store.register.ids(), stamp

    return work


def _settling(desk: Desk, some: Sequence[int]) -> Callable[[Report], Sequence[int]]:
    def work(report: Report) -> Sequence[int]:
        report.check()
        with desk.own_store() as store:
            store.settle(some)
        return some

    return work
