"""Garbage is collected in the window's thread alone.

Python collects in whatever thread happens to allocate.  A widget caught in a cycle was then
destroyed by a job's thread while the window's was at work on it: Qt crashed, or waited for ever
(`~QWidget` closes its window and waits for events that only the window's thread can handle).
"""

import gc

from PySide6.QtCore import QObject, QTimer, Slot

_LOOK_EVERY_MS = 500


class Collector(QObject):
    """Collects instead of Python, from `begin` to `end`, in the thread that it lives in.

    Nothing is collected from the making of it on: what a start makes stays.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_on = gc.isenabled()
        gc.disable()
        self._again = QTimer(self, interval=_LOOK_EVERY_MS)
        self._again.timeout.connect(self.collect)

    @property
    def has_begun(self) -> bool:
        """Whether it collects."""
        return self._again.isActive()

    @Slot()
    def begin(self) -> None:
        """Collect from now on, though not what is there already."""
        if not self.has_begun:
            gc.freeze()
            self._again.start()

    def end(self) -> None:
        """Leave it to Python again, if it was; what was there at the beginning stays left out."""
        self._again.stop()
        if self._was_on:
            gc.enable()

    @Slot()
    def collect(self) -> None:
        """Collect as far as Python would by now."""
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > gc.get_threshold()[generation]:
                gc.collect(generation)
                return
