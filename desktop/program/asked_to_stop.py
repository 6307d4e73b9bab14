"""The window is told to stop: at the end of a session, or by Ctrl-C where it was started.

Python hears a signal only while Python runs, and an idle window runs Qt; so the signal writes into
a pipe on which Qt waits.  Windows can wake up by sockets alone, and the program opens none: there
Python is let run from time to time.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from PySide6.QtCore import QSocketNotifier, QTimer

from desktop.installed.stop_signals import signals_to_stop

_LOOKS_EVERY_MS = 500


@contextmanager
def asked_by_the_system(leave: Callable[[], object]) -> Iterator[None]:
    """Call `leave` in the window's thread once the system tells the program to stop.

    It is called within the event loop, where the window saves what is in hand as when it is closed.
    """
    with _looking() if os.name == "nt" else _woken(leave):
        heard = (lambda *_: leave()) if os.name == "nt" else (lambda *_: None)
        before = {
            one: signal.signal(one, heard)
            for one in signals_to_stop()
            if signal.getsignal(one) not in (signal.SIG_IGN, None)
        }
        try:
            yield
        finally:
            for one, handler in before.items():
                signal.signal(one, handler)


@contextmanager
def _looking() -> Iterator[None]:
    timer = QTimer()
    timer.timeout.connect(lambda: None)
    timer.start(_LOOKS_EVERY_MS)
    try:
        yield
    finally:
        timer.stop()


@contextmanager
def _woken(leave: Callable[[], object]) -> Iterator[None]:
    hears, tells = os.pipe()
    for end in (hears, tells):
        os.set_blocking(end, False)
    notifier = QSocketNotifier(hears, QSocketNotifier.Type.Read)

    def heard() -> None:
        with suppress(BlockingIOError):
            os.read(hears, 64)
        leave()

    notifier.activated.connect(heard)
    woken = signal.set_wakeup_fd(tells, warn_on_full_buffer=False)
    try:
        yield
    finally:
        signal.set_wakeup_fd(woken)
        notifier.setEnabled(False)
        os.close(hears)
        os.close(tells)
