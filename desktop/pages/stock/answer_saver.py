"""Puts answers down as they are given, each at once; remembers them, so that they can be undone.

Where the data are held by another for a moment an answer waits and is tried again: it stays on
the screen, and the page is not left before it is down.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from db.store_problems import PASSING
from desktop.desk.desk import Desk
from desktop.desk.jobs import Report
from desktop.installed.screen_texts import t

if TYPE_CHECKING:
    from forms.office.stocktaking import Done, Edit, Put

AT_ONCE = 40
"""Records that the window itself saves: some tens of milliseconds; more are a job's."""
_RETRY_MS = 500
_MOST_KEPT = 100


class AnswerSaver(QObject):
    """Saves answers; `saved` carries the records as they then stand, a tuple of `Kept`."""

    saved = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._waiting: list[Edit] = []
        self._undo: list[tuple[Done, ...]] = []
        self._last: tuple[int, int] | None = None  # the record saved last, alone, its revision
        self._retry = QTimer(self, singleShot=True, interval=_RETRY_MS)
        self._retry.timeout.connect(self.flush)

    @property
    def can_undo(self) -> bool:
        """Whether there is anything to be undone."""
        return bool(self._undo)

    def put(self, edits: Sequence[Edit], what: str = "") -> None:
        """Put answers down; many of them in a job."""
        if len({edit.record for edit in edits}) > AT_ONCE:
            self._put_many(edits, what or t("stock.saving"))
            return
        self._waiting += edits
        self.flush()

    def flush(self) -> bool:
        """Save what waits; False where the data are still held by another."""
        try:
            self.save()
        except PASSING:
            self._retry.start()
            return False
        return True

    def save(self) -> None:
        """Save what waits.

        Raises what `PASSING` lists where the data are still held by another: it goes on waiting.
        """
        from forms.office.stocktaking import put_answers

        if not self._waiting:
            return
        edits, desk = self._waiting, self._desk
        record, revision = self._last or (0, None)
        is_same = {edit.record for edit in edits} == {record}
        found = put_answers(
            *(desk.store, edits, desk.today),
            who=desk.who,
            amends=revision if is_same else None,
        )
        self._waiting = []
        self._take(found)

    def undo(self) -> None:
        """Take back what was put down last; what another has changed since is left and told."""
        from forms.office.stocktaking import take_back

        if not self._undo or not self.flush():
            return
        found = take_back(self._desk.store, self._undo[-1], who=self._desk.who)
        del self._undo[-1]
        self._last = None
        if found.left:
            words = t("stock.undone_some", count=found.back, left=found.left)
            self._desk.notices.tell("pending", words)
        self.saved.emit(found.now)

    def _put_many(self, edits: Sequence[Edit], what: str) -> None:
        if not self.flush():
            return
        desk = self._desk

        def work(report: Report) -> Put:
            from forms.office.stocktaking import put_answers

            with desk.own_store() as store:
                return put_answers(store, edits, desk.today, who=desk.who, progress=report)

        self._last = None
        desk.jobs.run(work, what, finished=self._take)

    def _take(self, found: Put) -> None:
        if found.done:
            self._undo = [*self._undo[-_MOST_KEPT:], found.done]
        now = found.now
        self._last = (now[0].id, now[0].revision) if len(now) == 1 else None
        if found.left:
            self._desk.notices.tell("pending", t("stock.left", count=len(found.left)))
        self.saved.emit(now)
