"""One at a time: a file that whoever works on `.venv` keeps locked."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.develop.console import say

_PAUSE_S = 0.5


@contextmanager
def turn(file: Path) -> Iterator[int]:
    """Wait until nobody else works here, and keep the others waiting; gives the locked file.

    On Linux a child that is handed the file keeps the lock until it ends, whatever becomes of us.
    """
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        if not _taken(descriptor):
            say("Another set-up is under way in this folder: waiting for it to end …")
            while not _taken(descriptor):
                time.sleep(_PAUSE_S)
        yield descriptor
    finally:
        os.close(descriptor)


if sys.platform == "win32":
    import msvcrt

    def _taken(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _taken(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
