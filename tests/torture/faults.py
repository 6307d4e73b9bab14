"""Faults put into the n-th write of our own: opening, writing, syncing, renaming, clearing away."""

import errno
import io
import os
from collections.abc import Callable
from typing import Any

import pytest

KINDS = (errno.ENOSPC, errno.EIO, errno.EACCES)
_CALLS = ("fsync", "replace", "rename", "mkdir", "link", "unlink", "rmdir")


class Faults:
    """Counts calls that change files; the n-th fails, or all from the n-th on."""

    def __init__(self, at: int, kind: int, *, lasting: bool) -> None:
        self.at = at
        self.kind = kind
        self.lasting = lasting
        self.count = 0
        self.struck = False

    def strike(self) -> None:
        """Count a call and fail it if it is the one.  Raises OSError."""
        self.count += 1
        if self.count == self.at or (self.lasting and self.count > self.at):
            self.struck = True
            raise OSError(self.kind, os.strerror(self.kind))

    def put(self, patch: pytest.MonkeyPatch) -> None:
        """Put the faults into the system's calls."""
        for name in _CALLS:
            patch.setattr(os, name, self._failing(getattr(os, name)))
        real_open, real_os_open = io.open, os.open

        def opened(file: Any, mode: str = "r", *args: Any, **settings: Any) -> Any:
            if isinstance(file, int) or not set(mode) & set("wxa+"):
                return real_open(file, mode, *args, **settings)
            self.strike()
            return _Written(real_open(file, mode, *args, **settings), self)

        def os_opened(path: Any, flags: int, *args: Any, **settings: Any) -> int:
            if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
                self.strike()
            return real_os_open(path, flags, *args, **settings)

        patch.setattr(io, "open", opened)
        patch.setattr(os, "open", os_opened)

    def _failing(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **settings: Any) -> Any:
            self.strike()
            return real(*args, **settings)

        return call


class _Written:
    """A file of which half is written when the fault comes, as on a disk that fills."""

    def __init__(self, file: Any, faults: Faults) -> None:
        self._file = file
        self._faults = faults

    def write(self, content: Any) -> int:
        try:
            self._faults.strike()
        except OSError:
            self._file.write(content[: len(content) // 2])
            raise
        return int(self._file.write(content))

    def __enter__(self) -> "_Written":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)
