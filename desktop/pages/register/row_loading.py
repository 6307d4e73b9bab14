"""Reads the register's rows: at once where they are few, else the first ones and then the rest."""

from __future__ import annotations

from collections.abc import Callable, Set

from PySide6.QtCore import QObject, QTimer, Signal

from db.register_rows import RegisterRow
from desktop.desk.desk import Desk
from desktop.desk.jobs import Job, Report
from desktop.installed.screen_texts import t
from desktop.pages.register.shown_rows import Listing, departments, inventors, owners, packs, years

READ_AT_ONCE = 4000
READ_FIRST = 60
_AFTER_MS = 50  # the first rows are drawn before the rest is read


class Rows:
    """Rows with the names and years there are to filter by, which it takes a while to gather."""

    def __init__(self, rows: list[RegisterRow]) -> None:
        self.listing = Listing(rows)
        self.returned: Set[int] = frozenset()
        """The cases that a bureau returned; known once all are read."""
        self.offered = {
            "pack": packs(rows),
            "owner": owners(rows),
            "year": years(rows),
            "inventor": inventors(rows),
            "department": departments(rows),
        }


class Loader(QObject):
    """Reads rows; `loaded` carries those that are there, twice where there are many."""

    loaded = Signal(object)  # Rows

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._job: Job | None = None
        self._is_again = self._waits = False
        self._soon = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._soon.timeout.connect(self._read)
        self.total = 0
        self.is_whole = True
        self.counted = "count_of"
        """How to say how many a search has found: not all is read yet, or more hold the text."""
        self._text = ""

    def load(self) -> None:
        """Read the rows anew.  While a job reads them it is enough to ask once more after it."""
        if not self._desk.is_open:
            self._show_glance()
            return
        store = self._desk.store
        self.total = store.register.count()
        if self.total <= READ_AT_ONCE:
            self._hand_over(Rows([row for some in store.register.rows() for row in some]))
            return
        if self._job is not None:
            self._is_again = True
            return
        if not self.is_whole or not self._is_again:
            self.is_whole = False
            self.loaded.emit(self._first())
        self._soon.start()

    def look_for(self, text: str) -> None:
        """Have a text looked for by the data themselves as long as the rest is being read."""
        if text == self._text:
            return
        self._text = text
        if not self.is_whole and self._desk.is_open:
            self.loaded.emit(self._first())

    def _first(self) -> Rows:
        """The rows that are there at once: the last changed, or what is looked for."""
        register = self._desk.store.register
        if not self._text.strip():
            return Rows([row for some in register.rows(limit=READ_FIRST) for row in some])
        rows, is_more = register.found(self._text)
        self.counted = "more_than" if is_more else "found_first"
        return Rows(sorted(rows, key=lambda row: row.updated_at, reverse=True))

    def _show_glance(self) -> None:
        """The data are still being opened: what a glance at them has shown stands until then."""
        seen = self._desk.seen
        self.is_whole = False
        if not self._waits:
            self._waits = True
            self._desk.opened.connect(self.load)
        if seen is not None:
            self.total = seen.total
            self.loaded.emit(Rows(seen.rows))

    def _read(self) -> None:
        self._is_again = False
        self._job = self._desk.jobs.run(
            _work(self._desk),
            t("register.loading"),
            finished=self._finished,
            failed=self._failed,
            cancelled=self._ended,
            quiet=True,
        )

    def _finished(self, rows: Rows) -> None:
        self._ended()
        self._hand_over(rows)
        if self._is_again:
            self._read()

    def _hand_over(self, rows: Rows) -> None:
        self.is_whole, self.counted = True, "count_of"
        self.total = len(rows.listing.rows)
        from forms.office.replies import returned

        rows.returned = frozenset(one.record.case_id for one in returned(self._desk.store))
        self.loaded.emit(rows)

    def _failed(self, error: BaseException) -> None:
        self._ended()
        self._desk.jobs.unheard.emit(error)

    def _ended(self) -> None:
        self._job = None


def _work(desk: Desk) -> Callable[[Report], Rows]:
    def work(report: Report) -> Rows:
        rows: list[RegisterRow] = []
        with desk.own_store() as store:
            for some in store.register.rows():
                report.check()
                rows += some
        return Rows(rows)

    return work
