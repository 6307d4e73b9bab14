"""What a step made is kept, and made again only when what went into it has changed."""

from __future__ import annotations

import hashlib
import shutil
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from tools.develop.console import say

_MARK = "made-from.txt"


def fingerprint(*parts: str | Path) -> str:
    """A digest of words, files and folders; a path that is not there counts as such."""
    digest = hashlib.sha256()
    for part in parts:
        if isinstance(part, str):
            digest.update(part.encode())
        else:
            for file in files_under(part):
                digest.update(file.relative_to(part.parent).as_posix().encode() + b"\0")
                digest.update(hashlib.sha256(file.read_bytes()).digest())
        digest.update(b"\0")
    return digest.hexdigest()


def files_under(path: Path) -> Iterable[Path]:
    """A file itself, or all files of a folder but compiled Python, in one order everywhere."""
    if path.is_file():
        return [path]
    found = (file for file in path.rglob("*") if file.is_file() and file.suffix != ".pyc")
    return sorted(found, key=lambda file: file.relative_to(path).as_posix())


def kept(what: str, folder: Path, made_from: str, make: Callable[[Path], None]) -> Path:
    """The folder as it was kept, or made anew; a step that fails leaves no folder behind."""
    mark = folder.with_name(f"{folder.name}.{_MARK}")
    if folder.is_dir() and mark.is_file() and mark.read_text(encoding="utf-8") == made_from:
        say(f"{what}: kept from before")
        return folder
    begun = time.monotonic()
    mark.unlink(missing_ok=True)
    remove(folder)
    folder.mkdir(parents=True)
    try:
        make(folder)
    except BaseException:
        remove(folder)
        raise
    mark.write_text(made_from, encoding="utf-8")
    say(f"{what}: made in {time.monotonic() - begun:.0f} s")
    return folder


def remove(folder: Path) -> None:
    """Remove a folder of ours if it is there."""
    if folder.is_dir():
        shutil.rmtree(folder)
