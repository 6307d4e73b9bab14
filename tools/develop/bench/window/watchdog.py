"""Watches how long the window does not listen, and where it is then.

A timer of the window's beats; where it has not for a while, an alarm notes what of the program
is being done (on systems that have such alarms).
"""

from __future__ import annotations

import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from PySide6.QtCore import QTimer

_BEAT_MS, _LATE_S, _AGAIN_S = 5, 0.05, 0.02
_OURS = ("/desktop/", "/forms/", "/db/")
_HAS_ALARMS = hasattr(signal, "setitimer")


class Watchdog:
    """`stops` are the ms for which the window did not listen, `places` where it was.

    `busy` are the ms of the processor that its thread used meanwhile: where others use the
    machine as well, a stop is longer than what the program is to blame for.
    """

    def __init__(self) -> None:
        """Be ready to watch; to be made in the window's thread."""
        self.stops: list[float] = []
        self.busy: list[float] = []
        self.places: Counter[str] = Counter()
        self._last = self._used = 0.0
        self._timer = QTimer(interval=_BEAT_MS)
        self._timer.timeout.connect(self._beat)

    @contextmanager
    def watching(self) -> Iterator[Watchdog]:
        """Watch for a while."""
        before = signal.signal(signal.SIGALRM, self._alarmed) if _HAS_ALARMS else None
        self._last, self._used = time.perf_counter(), time.thread_time()
        self._arm()
        self._timer.start()
        try:
            yield self
        finally:
            self._beat()
            self._timer.stop()
            if _HAS_ALARMS:
                signal.setitimer(signal.ITIMER_REAL, 0)
                signal.signal(signal.SIGALRM, before)

    @property
    def longest_ms(self) -> float:
        """The longest stop."""
        return max(self.stops, default=0.0)

    def _beat(self) -> None:
        now, used = time.perf_counter(), time.thread_time()
        self.stops.append(max(0.0, (now - self._last) * 1000 - _BEAT_MS))
        self.busy.append((used - self._used) * 1000)
        self._last, self._used = now, used
        self._arm()

    @staticmethod
    def _arm() -> None:
        if _HAS_ALARMS:
            signal.setitimer(signal.ITIMER_REAL, _LATE_S, _AGAIN_S)

    def _alarmed(self, _signal: int, frame: FrameType | None) -> None:
        self.places[_place(frame)] += 1


def _place(frame: FrameType | None) -> str:
    """The innermost places in the program, the outermost first."""
    places: list[str] = []
    while frame is not None:
        code = frame.f_code
        if any(part in code.co_filename for part in _OURS) and "/tools/" not in code.co_filename:
            places.append(f"{'/'.join(code.co_filename.split('/')[-2:])}:{code.co_name}")
        frame = frame.f_back
    return " > ".join(reversed(places[:5]))
