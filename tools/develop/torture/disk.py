"""Lets a process take a folder for one on a stick, so that the store uses a rollback journal."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from db import disks

Journal = Literal["wal", "rollback"]
"""How SQLite keeps a transaction whole: beside the data (a fixed disk), or by taking it back."""


def mounts_for(journal: Journal, root: Path) -> str:
    """Write beside a folder a file in the manner of /proc/mounts; return its path.

    By it the folder lies on a disk on which the store chooses that journal; "" for the real one.
    """
    if journal == "wal":
        return ""
    file = root.with_name(f"{root.name}-mounts")
    file.write_text(f"none / ext4 rw 0 0\nnone {root.absolute()} vfat rw 0 0\n", encoding="utf-8")
    return str(file)


def lie_on(mounts: str) -> None:
    """Let this process go by what such a file says."""
    if mounts:
        disks.MOUNTS = Path(mounts)


@contextmanager
def lying_on(mounts: str) -> Iterator[None]:
    """Let this process go by it for a while."""
    real = disks.MOUNTS
    lie_on(mounts)
    try:
        yield
    finally:
        disks.MOUNTS = real
