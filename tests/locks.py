"""Which locks this process has on a file, as Linux tells."""

import os
from pathlib import Path
from typing import NamedTuple

LOCKS = Path("/proc/locks")
"""Linux alone has it."""


class Lock(NamedTuple):
    """A POSIX lock of some bytes of a file."""

    kind: str  # "READ" or "WRITE"
    start: int


# https://www.sqlite.org/lockingv3.html: the bytes past the first GiB of a database.
SHARED = Lock("READ", 0x40000002)
RESERVED = Lock("WRITE", 0x40000001)


def locks_on(file: Path) -> set[Lock]:
    """The locks of this process on a file now."""
    status = file.stat()
    device = f"{os.major(status.st_dev):02x}:{os.minor(status.st_dev):02x}:{status.st_ino}"
    handle = os.open(LOCKS, os.O_RDONLY)
    try:  # in as few pieces as can be: between two of them the list may move on
        text = b""
        while piece := os.read(handle, 1 << 20):
            text += piece
    finally:
        os.close(handle)
    # "2: POSIX  ADVISORY  READ 15841 fe:00:2214303 1073741826 1073742335"
    of_each = [line.split() for line in text.decode().splitlines()]
    return {
        Lock(words[3], int(words[6]))
        for words in of_each
        if words[1] == "POSIX" and words[4:6] == [str(os.getpid()), device]
    }
