"""Many new files written in a workshop, and made to last before they are put in place.

A file written for itself waits for the disk twice (`forms.ground.files.write_atomically`).  Here
nothing stands yet: a file is merely written, and asked to last while the next ones are made,
several at a time, since those that ask together wait once.  `publish` follows, and no name that
stands leads to a file that is not whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from forms.ground.files import CannotRead, cannot_write, sync_file, why

if TYPE_CHECKING:  # slow to load, and few files do without
    from concurrent.futures import Future, ThreadPoolExecutor

_AT_A_TIME, _TOGETHER = 4, 16  # threads, and files each of them takes
_SIZE = 8  # bytes that say how much follows


def put_on_bench(path: Path, content: bytes) -> None:
    """Write a new file that nothing leads to yet.  Raises CannotWrite."""
    try:
        with path.open("xb") as file:
            file.write(content)
    except (OSError, ValueError) as error:
        raise cannot_write(path, error) from error


class Lasting:
    """Makes files last while others are still made; see `lasting`."""

    def __init__(self) -> None:
        """Begin with none; threads are started for many only."""
        self._waiting: list[Path] = []
        self._asked: list[Future[None]] = []
        self._threads: ThreadPoolExecutor | None = None

    def take(self, path: Path) -> None:
        """Take a finished file.  Raises CannotWrite, perhaps of one taken before."""
        self._waiting.append(path)
        if len(self._waiting) < _TOGETHER:
            return
        if self._threads is None:
            from concurrent.futures import ThreadPoolExecutor

            self._threads = ThreadPoolExecutor(_AT_A_TIME)
        self._asked.append(self._threads.submit(_sync, tuple(self._waiting)))
        self._waiting.clear()
        while self._asked and self._asked[0].done():
            self._asked.pop(0).result()

    def finish(self) -> None:
        """Come back when every file that was taken lasts.  Raises CannotWrite."""
        _sync(tuple(self._waiting))
        self._waiting.clear()
        for one in self._asked:
            one.result()
        self._asked.clear()

    def leave(self) -> None:
        """Wait for what is under way, and begin nothing more."""
        if self._threads is not None:
            self._threads.shutdown(cancel_futures=True)


@contextmanager
def lasting() -> Iterator[Lasting]:
    """Give what makes files last; whoever is done with them calls its `finish`."""
    files = Lasting()
    try:
        yield files
    finally:
        files.leave()


class Spool:
    """Bytes put by in a file of a workshop, to be read once more before that is gone.

    Raises CannotWrite, CannotRead.
    """

    def __init__(self, path: Path) -> None:
        """Begin with none."""
        self._path = path
        self._file: BinaryIO | None = None
        self._end = 0

    def __enter__(self) -> Spool:
        """Use it in `with`, so that its file is closed."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file; it goes with the workshop."""
        if self._file is not None:
            with suppress(OSError):  # a full disk, told already: what is left goes with the rest
                self._file.close()

    def add(self, content: bytes) -> int:
        """Put something by; what is given back is what it is read by."""
        content = len(content).to_bytes(_SIZE) + content
        try:
            if self._file is None:
                self._file = self._path.open("x+b")
            self._file.write(content)
        except OSError as error:
            raise cannot_write(self._path, error) from error
        at, self._end = self._end, self._end + len(content)
        return at

    def read(self, place: int) -> bytes:
        """Read what was put by; nothing is added afterwards."""
        assert self._file is not None
        try:
            self._file.seek(place)
            return self._file.read(int.from_bytes(self._file.read(_SIZE)))
        except OSError as error:
            raise CannotRead(f"“{self._path}”无法读取：{why(error)}。") from error


def _sync(paths: tuple[Path, ...]) -> None:
    for path in paths:
        try:
            sync_file(path)
        except OSError as error:
            raise cannot_write(path, error) from error
