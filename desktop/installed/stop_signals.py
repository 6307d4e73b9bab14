"""Being told to stop: Ctrl-C, the end of a session, a console that is closed.

What a command has begun is taken back by whoever began it, as after any failure, so each of these
becomes a KeyboardInterrupt.  Loads nothing, since it stands before everything that is slow to
load.
"""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

STOPPED = "已中止，未留下未完成的文件。"
INTERRUPTED = 130
"""The exit code of a command that was stopped, whatever stopped it."""

# Logout and shutdown send SIGTERM, a closed terminal SIGHUP, a closed console of Windows SIGBREAK.
_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")

_waiting: list[int] = []
"""The signals that came while they were held back."""


def leave_at_once() -> None:
    """From now on a program that is told to stop says so and is gone: it has done nothing yet."""
    for number in _heard():
        signal.signal(number, _leave)


@contextmanager
def interrupting() -> Iterator[None]:
    """Make a KeyboardInterrupt of the first signal to stop; later ones disturb no clearing up."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in _heard()}
    for number in before:
        signal.signal(number, _interrupt)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def held_back() -> Iterator[None]:
    """Let a signal to stop wait for the next `heed`, where Qt is loaded or at work.

    A KeyboardInterrupt that is raised within a call of Qt's is printed and forgotten, and one that
    is raised while its binding is loaded ends Python with an abort.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in _heard()}
    for number in before:
        signal.signal(number, lambda number, _: _waiting.append(number))
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, signal.SIG_IGN if _waiting else handler)
        _waiting.clear()


def heed() -> None:
    """Raise KeyboardInterrupt where a signal waits."""
    if _waiting:
        raise KeyboardInterrupt


def as_if_alone() -> None:
    """Let a copy of the program end of what stops it: it has nothing to clear up or to say."""
    for one in signals_to_stop():
        if callable(signal.getsignal(one)):
            signal.signal(one, signal.SIG_DFL)


def signals_to_stop() -> list[signal.Signals]:
    """The signals of this system that tell a program to stop."""
    return [signal.Signals[name] for name in _NAMES if hasattr(signal, name)]


def _heard() -> list[signal.Signals]:
    """Those that whoever started the program has not shut off (`nohup`, a job in the background).

    One that was set from outside Python is nobody's here either.
    """
    return [one for one in signals_to_stop() if signal.getsignal(one) not in (signal.SIG_IGN, None)]


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    for one in _heard():
        signal.signal(one, signal.SIG_IGN)
    raise KeyboardInterrupt


def _leave(_number: int, _frame: FrameType | None) -> None:
    encoding = getattr(sys.stderr, "encoding", None) or "utf-8"
    try:
        os.write(2, f"{STOPPED}\n".encode(encoding, "replace"))
    finally:
        os._exit(INTERRUPTED)
