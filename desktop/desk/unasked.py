"""Looks at the data that nobody asked for: where another program holds them, nobody is told."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, QTimer

from db.store_problems import LockedDatabase

AGAIN_MS = 1_000  # the store has waited already


@contextmanager
def unasked(owner: QObject, again: Callable[[], object]) -> Iterator[None]:
    """Where the look within meets a lock leave what is shown, and look `again` a little later.

    It is not, once its owner is gone.
    """
    try:
        yield
    except LockedDatabase:
        QTimer.singleShot(AGAIN_MS, owner, again)
