"""The window is told to stop: at the end of a session, or by Ctrl-C where it was started.

Python hears a signal only while Python runs, and an idle window runs Qt; so the signal writes into
a socket on which Qt waits.
"""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from PySide6.QtCore import QSocketNotifier

from desktop.stopping import signals_to_stop


@contextmanager
def asked_by_the_system(leave: Callable[[], object]) -> Iterator[None]:
    """Call `leave` in the window's thread once the system tells the program to stop.

    It is called within the event loop, where the window saves what is in hand as when it is closed.
    """
    hears, tells = socket.socketpair()
    for end in (hears, tells):
        end.setblocking(False)
    notifier = QSocketNotifier(hears.fileno(), QSocketNotifier.Type.Read)

    def heard() -> None:
        with suppress(BlockingIOError):
            hears.recv(64)
        leave()

    notifier.activated.connect(heard)
    before = {
        one: signal.signal(one, lambda *_: None)
        for one in signals_to_stop()
        if signal.getsignal(one) not in (signal.SIG_IGN, None)
    }
    woken = signal.set_wakeup_fd(tells.fileno(), warn_on_full_buffer=False)
    try:
        yield
    finally:
        signal.set_wakeup_fd(woken)
        for one, handler in before.items():
            signal.signal(one, handler)
        notifier.setEnabled(False)
        hears.close()
        tells.close()
