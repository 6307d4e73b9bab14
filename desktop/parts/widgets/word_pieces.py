"""Work of the window's own, done in pieces: between two of them the window listens.

For what makes very many widgets, which no other thread may make.  What is made stays out of sight
until all of it is there.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, QTimer, Slot

_AT_ONCE_S = 0.012


class Pieces(QObject):
    """Does one work at a time; a new one takes the place of the one before."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work: Iterator[object] | None = None
        self._then: Callable[[], object] | None = None
        self._next = QTimer(self, singleShot=True, interval=0)
        self._next.timeout.connect(self._go_on)

    @property
    def is_busy(self) -> bool:
        """Whether there is something left to do."""
        return self._work is not None

    def begin(self, work: Iterator[object], then: Callable[[], object]) -> None:
        """Do a work that yields between its pieces, then something after it."""
        self._work, self._then = work, then
        self._next.start()

    def stop(self) -> None:
        """Leave the work as it is; what was to follow it does not."""
        self._work = self._then = None
        self._next.stop()

    @Slot()
    def _go_on(self) -> None:
        until = time.perf_counter() + _AT_ONCE_S
        while self._work is not None:
            if next(self._work, self) is self:
                then = self._then
                self.stop()
                assert then is not None
                then()
                return
            if time.perf_counter() >= until:
                self._next.start()
                return
