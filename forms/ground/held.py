"""Files that another part of this process has open under locks: nobody else opens them by hand.

POSIX takes every lock that a process has on a file away once it closes *any* descriptor of that
file, whoever opened it (`man 2 fcntl`, "Advisory record locking"; https://www.sqlite.org/
howtocorrupt.html, 2.2).  A database that SQLite has open here, or the shared memory of its log,
must therefore be neither opened nor replaced by other means: a second program would take itself
for the only user and remove the log under the first.

This is the one place that knows which files these are.  Whoever opens a file under locks holds
it (`hold`); whoever opens a file that a person may have named does it `by_hand`, and reads it by
`reading`.  Windows knows no such thing; there the same rule costs nothing.
"""

import errno
import os
import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

SIDE_FILES = ("-wal", "-shm", "-journal")
"""What SQLite puts behind a database's name for the files beside it."""


class HeldFile(OSError):
    """The file must not be opened by hand now: this process has it open under locks."""

    def __init__(self, path: Path) -> None:
        """Name the file as it was asked for."""
        super().__init__(errno.EBUSY, "held under locks by this process", str(path))


class NoPlainFile(OSError):
    """It is a device or a pipe, which may have no end, or let one wait for ever."""

    def __init__(self, path: Path) -> None:
        """Name it as it was asked for."""
        super().__init__(errno.EINVAL, "neither a file nor a folder", str(path))


class _File(NamedTuple):
    """A file by its place, links resolved, and by what it is (None where there is none)."""

    place: str
    identity: object

    def is_same(self, other: "_File") -> bool:
        return self.place == other.place or (
            self.identity is not None and self.identity == other.identity
        )


_changed = threading.Condition()
_held: list[_File] = []
_in_hands: list[_File] = []


def hold(path: Path) -> Callable[[], None]:
    """Keep a database, and what lies beside it, from being opened by hand; return what ends that.

    Call it before SQLite opens the file, and what it returns once SQLite has closed it.  Waits
    for who has the file in hand just now; who has it in hand must not call it.
    """
    with _changed:
        _changed.wait_for(lambda: not any(_concerns(_file(path), one) for one in _in_hands))
        held = _file(path)
        _held.append(held)

    def end() -> None:
        with _changed:
            _held.remove(held)

    return end


@contextmanager
def by_hand(path: Path) -> Iterator[None]:
    """Open, and close, a file inside this and no locks are lost.  Raises HeldFile."""
    file = _file(path)
    with _changed:
        _refuse(path, file)
        _in_hands.append(file)
    try:
        yield
    finally:
        with _changed:
            _in_hands.remove(file)
            _changed.notify_all()


@contextmanager
def reading(path: Path) -> Iterator[BinaryIO]:
    """Open a file by hand to be read.  Raises HeldFile, NoPlainFile or another OSError."""
    kind = path.stat().st_mode
    if not stat.S_ISREG(kind) and not stat.S_ISDIR(kind):  # a folder says so itself
        raise NoPlainFile(path)
    with by_hand(path), path.open("rb") as file:
        yield file


def refuse_held(path: Path) -> None:
    """Raise HeldFile where a file must be neither opened nor replaced now."""
    with _changed:
        _refuse(path, _file(path))


def is_held(path: Any) -> bool:
    """Whether a path, however spelt or linked, leads to a file that is held."""
    with _changed:
        if not _held:
            return False
        file = _file(path)
        return any(_concerns(one, file) for one in tuple(_held))


def _refuse(path: Path, file: _File) -> None:
    if any(_concerns(one, file) for one in tuple(_held)):
        raise HeldFile(path)


def _concerns(database: _File, file: _File) -> bool:
    """Whether a file is a database or lies beside it as one of its own."""
    return database.is_same(file) or any(
        _beside(database.place + end).is_same(file) for end in SIDE_FILES
    )


def _file(path: Any) -> _File:
    place = os.path.normcase(os.path.realpath(path))
    try:
        return _File(place, _identity(Path(place).stat()))
    except (OSError, ValueError):  # ValueError: a name that no file can have
        return _File(place, None)


def _beside(place: str) -> _File:
    """As `_file` where the links of its folder are resolved already: only its own may be left."""
    try:
        found = Path(place).lstat()
    except (OSError, ValueError):
        return _File(place, None)
    return _file(place) if stat.S_ISLNK(found.st_mode) else _File(place, _identity(found))


def _identity(found: os.stat_result) -> object:
    # A disk that numbers no files gives 0 for each of them.
    return (found.st_dev, found.st_ino) if found.st_ino else None
