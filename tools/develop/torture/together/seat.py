"""A window that does what it is told through a pipe, and acknowledges what it says is done.

It is the whole program, offscreen, with its own hook for faults: a sentence for the clerk is
"told", anything else a "bug".
"""

from __future__ import annotations

import json
import logging
import os
import random
import re
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tools.develop.torture import window as hand
from tools.develop.torture.jobs import ENTRY
from tools.develop.torture.together.forking import Wanted

_OPEN_WITHIN_S, _DO_WITHIN_S, _SEE_WITHIN_S = 300.0, 300.0, 120.0
_AGAIN_S = 0.2
_LOOK_EVERY_MS = 250  # a window looks for others' work more often here: rounds are many
DAYS = 2000
"""A window's clock stands at one of so many days from now on, so that it backs up by itself."""


class Bug(Exception):
    """The program met what it has no sentence for."""


class TooLong(Exception):
    """What was awaited did not come."""


def sit(wanted: Wanted) -> int:
    """Open the window and do what is told until the end is told."""
    orders = os.open(wanted.orders, os.O_RDONLY | os.O_NONBLOCK)
    handle = os.open(wanted.says, os.O_CREAT | os.O_APPEND | os.O_WRONLY)

    def ack(what: str, **facts: Any) -> None:
        os.write(handle, (json.dumps({"what": what, **facts}) + "\n").encode())

    seat = _Seat(wanted, ack)
    seat.guarded("open", seat.open)
    rest = b""
    while True:
        seat.wait(0.02)
        try:
            rest += os.read(orders, 65_536)
        except BlockingIOError:
            continue
        *lines, rest = rest.split(b"\n")
        for line in lines:
            told = json.loads(line)
            what = told.pop("do")
            if what == "leave":
                seat.guarded("leave", seat.leave)
                return 0
            seat.guarded(what, getattr(seat, what), **told)


class _Seat:
    """The hands at one window."""

    def __init__(self, wanted: Wanted, ack: Callable[..., None]) -> None:
        from desktop.desk import others
        from desktop.installed.settings import Settings
        from desktop.program.app import Program
        from desktop.program.qt_application import application

        others.LOOK_EVERY_MS = _LOOK_EVERY_MS
        self._ack = ack
        self._rng = random.Random(wanted.seed)
        self._told: list[tuple[str, str]] = []
        self._bugs: list[str] = []
        root = Path(wanted.root)
        settings = Settings(Path(f"{wanted.says}.toml"))
        app = application(settings)
        clock = _clock(self._rng)
        self.program = Program(app, settings, root / "data", clock=clock, own_fonts=True)
        self.program.hook.begin()
        _Faults(self._bugs).listen()
        self.program.notices.posted.connect(
            lambda notice: self._told.append((notice.tone, notice.text))
        )

    # --- what every order has ---------------------------------------------------------------

    def guarded(self, what: str, work: Callable[..., None], **facts: Any) -> None:
        """Do it, and say that it is over: well, told why not, or with a fault of ours."""
        from desktop.installed.known import sentence

        self._told.clear()
        try:
            work(**facts)
        except TooLong as late:
            self._ack("late", doing=what, told=self._told, waited=str(late), **self._stands())
        except Bug as bug:
            self._ack("bug", trace=str(bug))
        except Exception as error:
            known = sentence(error)
            if known is None:
                raise
            self._told.append(("error", known))
        if self._bugs:
            self._ack("bug", trace=self._bugs.pop())
        self._ack("over", doing=what, told=self._told)

    def _stands(self) -> dict[str, object]:
        """What a maker wants to know of a window that has not done what it was to do."""
        from PySide6.QtWidgets import QApplication

        desk = self.program.desk
        shown = [type(one).__name__ for one in QApplication.topLevelWidgets() if one.isVisible()]
        return {
            "jobs": [job.label for job in desk.jobs.running] if desk is not None else [],
            "page": self._page.name,
            "shown": shown,
        }

    def wait(self, seconds: float) -> None:
        """Let the window work."""
        from PySide6.QtTest import QTest

        QTest.qWait(int(seconds * 1000))

    def _until(self, is_so: Callable[[], bool], what: str, within_s: float = _DO_WITHIN_S) -> None:
        until = time.monotonic() + within_s
        while not is_so():
            if self._bugs:
                raise Bug(self._bugs.pop())
            if time.monotonic() > until:
                raise TooLong(what)
            self.wait(0.01)

    def _said(self, key: str) -> str:
        """What the window has said of a sentence of the catalogue, its blanks filled; "" for no."""
        from desktop.installed.screen_texts import catalogue

        parts = map(re.escape, re.split(r"\{.*?\}", catalogue()[key]))
        sentence = re.compile(".*".join(parts))
        return next((text for _, text in self._told if sentence.match(text)), "")

    def _has_failed(self) -> bool:
        return any(tone == "error" for tone, _ in self._told)

    @property
    def _window(self) -> Any:
        return self.program.window

    @property
    def _page(self) -> Any:
        return self._window.page

    def _register(self) -> Any:
        self._window.show_place("register")
        return self._page

    # --- orders -----------------------------------------------------------------------------

    def open(self) -> None:
        """Open the data; where another program is at them just now, try again as a clerk does."""
        from desktop.shell.main_window import MainWindow

        self.program.open()
        until = time.monotonic() + _OPEN_WITHIN_S
        while True:
            desk = self.program.desk
            if isinstance(self._window, MainWindow) and desk is not None and desk.is_open:
                break
            if time.monotonic() > until:
                words = getattr(self._window, "words", type(self._window).__name__)
                raise TooLong(f"opening: {words}")
            self.wait(_AGAIN_S)
            if desk is None:
                self.program.try_again()
        self._window.resize(1440, 900)
        self._window.activateWindow()

    def type(self, case_id: int | None, path: str, token: str, stays: bool) -> None:
        """Put a text into a field of a case and wait until the window says that it is saved."""
        self._window.show_place("wizard", {"case_id": case_id})
        page = self._page
        page.go_to(path)
        field = hand.field_of(page, path)
        field.selectAll()
        session = page.session
        session.draft.seal()  # another box was in hand meanwhile: this is a version of its own
        kept: list[str] = []
        session.saved.connect(lambda _: kept.append(str(session.case)))
        hand.press(field, token)
        if token not in str(session.case):
            raise Bug(f"{token} was typed and is not in the case")
        self._until(lambda: session.is_kept, "saved")
        if any(token in case for case in kept):  # the bar says 已保存
            self._ack("saved", case=session.case_id, path=path, token=token)
        if not stays:
            self._register()

    def field(self, of: str, name: str, token: str, passed: str, after_s: float) -> None:
        """Fill in a field of the office's or an entry's a while after it was shown.

        Another one is passed through on the way, and nothing typed there.
        """
        is_office = of == "office"
        if is_office:
            self._window.show_place("settings", {"group": "office"})
        else:
            self._window.show_place("parties")
            entries = [one.party.name for one in self._page.table.rows]
            self._page.table.choose(entries.index(ENTRY))
        self.wait(after_s)
        fields = self._card().fields if is_office else self._page.editor.fields
        fields[passed].setFocus()
        fields[name].setFocus()
        fields[name].selectAll()
        hand.press(fields[name], token)
        if is_office:
            fields[passed].setFocus()
        else:
            self._page.editor.save()
        if self._stands_there(of, name) == token:
            self._ack("field", field=f"{of}.{name}", token=token)
        self._register()

    def _card(self) -> Any:
        from desktop.pages.settings.office_section import OfficeCard

        (card,) = [one for one in self._page.cards if isinstance(one, OfficeCard)]
        return card

    def _stands_there(self, of: str, name: str) -> str:
        book = self._window.desk.store.parties
        entries = (one.party for one in book.listed() if one.party.name == ENTRY)
        record = book.office() if of == "office" else next(entries)
        return str(getattr(record, name))

    def bin(self, case_id: int, undoes: bool) -> None:
        """Put a case into the bin, and perhaps take it out again at once."""
        page = self._register()
        page.doing.bin([case_id])
        self._until(lambda: bool(self._said("register.binned")) or self._has_failed(), "binned")
        if not self._said("register.binned"):
            return
        self._ack("event", case=case_id, event="case.binned")
        if undoes:
            page.undo()
            self._until(lambda: bool(self._said("register.undo.unbinned")), "unbinned")
            self._ack("event", case=case_id, event="case.unbinned")

    def take(self, book: str, tag: str) -> None:
        """Import a workbook."""
        self._window.show_place("import", {"files": [Path(book)]})
        page = self._page

        def is_over() -> bool:
            """Whether it is done, refused (each row stands twice there), or told why not."""
            page.do_import()  # nothing happens while it looks again, or is at it
            told = bool(self._said("import.imported")) or self._has_failed()
            is_reading = bool(self._window.desk.jobs.running)
            return told or not (page.look.taken if page.look else is_reading)

        self._until(is_over, "imported")
        if said := self._said("import.imported"):  # 已导入：新增 2 件，更改 4 件。
            count = sum(map(int, re.findall(r"\d+", said.partition("。")[0])))
            self._ack("imported", tag=tag, count=count)
        self._register()

    def back_up(self) -> None:
        """Back up by hand."""
        from desktop.pages.settings.backup_section import BackupsCard

        self._window.show_place("settings", {"group": "backup"})
        (card,) = [one for one in self._page.cards if isinstance(one, BackupsCard)]
        card.make()
        self._until(
            lambda: bool(self._said("settings.backups.made")) or self._has_failed(), "backed up"
        )
        self._register()

    def settle(self) -> None:
        """Settle the register anew, as after an update."""
        from desktop.pages.register.state_settling import STAMP

        page = self._register()
        self._window.desk.store.settings.put(STAMP, "")
        page.settler.start()
        # Not until some are settled: the other window may do it, and say that it is done.
        self._until(lambda: not page.settler._running, "settled")
        self._until(lambda: not self._window.desk.jobs.running, "at rest")

    def restore(self, file: str, mark: str) -> None:
        """Bring a backup back."""
        self.program.restore_backup(Path(file))
        self._until(
            lambda: bool(self._said("opening.restored_kept")) or self._has_failed(),
            "brought back",
        )
        if self._said("opening.restored_kept"):
            self._ack("restored", mark=mark)
        self._until(self._is_open, "opened again", _OPEN_WITHIN_S)

    def _is_open(self) -> bool:
        return self.program.desk is not None and self.program.desk.is_open

    def look(self, cases: Sequence[tuple[int, int, str]]) -> None:
        """See on the screen and in the store what is said to be there: (id, revision, title)."""
        there = {case_id: (revision, title) for case_id, revision, title in cases}
        seen: dict[int, tuple[int, str]] = {}
        shown: dict[int, str] = {}

        def sees() -> bool:
            nonlocal seen, shown
            store = self._window.desk.store
            seen = {one.id: (one.revision, one.case.patent.title) for one in store.cases.listed()}
            page = self._page
            if page.name == "wizard":
                stored = page.session.stored
                shown = {} if stored is None else {stored.id: stored.case.patent.title}
                alike = stored is None or there.get(stored.id, (0,))[0] == stored.revision
                return seen == there and alike
            shown = {row.id: row.title for row in page.model.rows}
            return seen == there and shown == {one: title for one, (_, title) in there.items()}

        try:
            self._until(sees, "the others' work", _SEE_WITHIN_S)
        except TooLong:
            page, facts = type(self._page).__name__, self._standing()
            jobs = [job.label for job in self._window.desk.jobs.running]
            lacks = sorted(set(there.items()) ^ set(seen.items()))
            told = self._told[-6:]
            self._ack(
                "blind", page=page, shown=shown, lacks=lacks, jobs=jobs, told=told, facts=facts
            )
            return
        self._ack("saw", page=self._page.name)
        self._register()

    def _standing(self) -> str:
        """How far the window is in following others, for who looks for the cause."""
        page, store = self._page, self._window.desk.store
        session = getattr(page, "session", None)
        kept = None if session is None else (session.is_kept, session.stored)
        return f"stale {page._is_stale}, kept {kept}, {vars(store.writes)}, news {store.news()}"

    def leave(self) -> None:
        """Close the window."""
        self._window.close()
        self.program.close()


class _Faults(logging.Handler):
    """Hears of errors nobody has a sentence for: the program logs them."""

    def __init__(self, bugs: list[str]) -> None:
        super().__init__(logging.ERROR)
        self._bugs = bugs

    def listen(self) -> None:
        """Begin."""
        from desktop.program.log import logger

        logger().addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        """Note it."""
        self._bugs.append(record.getMessage())


def _clock(rng: random.Random) -> Callable[[], datetime]:
    ahead = timedelta(days=rng.randrange(DAYS))
    return lambda: datetime.now(UTC) + ahead
