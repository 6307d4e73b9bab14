"""The disks a power cut may leave: all that was synced, and of the rest any part in any order.

What is taken for granted of a disk is little: a sector of 512 bytes is written whole or not at
all, a name changes whole or not at all, and what a sync covered is there.  Everything since may
be lost, be there in part, or be there while what came before it is not.
"""

import random
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from tools.develop.powercut.recording import Length, Names, Step, Sync, Tree, Write, put, resize

SECTOR, PAGE = 512, 4096
_ONE_BY_ONE = 6  # of so many pending steps each is lost, and each kept, by itself
_AT_RANDOM = 4  # further mixtures after every step

Data = Write | Length
Files = dict[str, bytes]
"""A disk: every file's content by its path under the root; empty folders count for nothing."""


class Cut(NamedTuple):
    """What of the pending steps reached the disk: by their places; and how torn writes are."""

    data: frozenset[int]
    names: frozenset[int]
    torn: tuple[int, Callable[[int], bool]] | None = None


class Platter:
    """What a disk holds for sure, and what is on its way to it."""

    def __init__(self, start: Tree, folders: Collection[int]) -> None:
        """Begin with a folder as it lies, all of it synced; `folders` are all there will be."""
        self._folders = frozenset(folders)
        self._names = {folder: dict(names) for folder, names in start.names.items()}
        self._contents = {file: bytes(content) for file, content in start.contents.items()}
        self._data: list[Data] = []
        self._moves: list[Names] = []

    def take(self, step: Step) -> None:
        """Go a step on."""
        match step:
            case Write() | Length():
                self._data.append(step)
            case Names():
                self._moves.append(step)
            case Sync(what) if what in self._folders:
                self._keep_names(what)
            case Sync(what):
                self._keep_content(what)

    def _keep_content(self, file: int) -> None:
        mine = [one for one in self._data if one.file == file]
        self._contents[file] = _with(self._contents.get(file, b""), mine)
        self._data = [one for one in self._data if one.file != file]

    def _keep_names(self, folder: int) -> None:
        """Keep all names of a folder, and what must have come before in the folders they touch."""
        touched = {folder}
        kept: list[Names] = []
        for move in reversed(self._moves):
            folders = {one for one, _, _ in move.changes}
            if folders & touched:
                touched |= folders
                kept.append(move)
        for move in reversed(kept):
            _move(self._names, move)
        self._moves = [move for move in self._moves if move not in kept]

    # --- the disks -----------------------------------------------------------------------------

    def cuts(self, rng: random.Random) -> Iterator[Cut]:
        """Yield what may have reached the disk of what is pending now."""
        data, names = range(len(self._data)), range(len(self._moves))
        all_data, all_names, none = frozenset(data), frozenset(names), frozenset[int]()
        yield Cut(all_data, all_names)
        yield Cut(none, none)
        yield Cut(all_data, none)
        yield Cut(none, all_names)
        for one in data[-_ONE_BY_ONE:]:
            yield Cut(all_data - {one}, all_names)
            yield Cut(frozenset({one}), all_names)
            for torn in _tears(self._data[one]):
                yield Cut(all_data, all_names, (one, torn))
        for one in names[-_ONE_BY_ONE:]:
            yield Cut(all_data, all_names - {one})
            yield Cut(all_data, frozenset(names[:one]))
            yield Cut(none, frozenset(names[: one + 1]))
        for _ in range(_AT_RANDOM if len(data) + len(names) > 1 else 0):
            some = frozenset(one for one in data if rng.random() < 0.5)
            few = frozenset(one for one in names if rng.random() < 0.5)
            lost = frozenset(rng.sample(range(64), 32))
            yield Cut(some, few, (max(some), partial(_is_among, lost)) if some else None)

    def disk(self, cut: Cut) -> Files:
        """Return the disk that a cut leaves."""
        names = {folder: dict(entries) for folder, entries in self._names.items()}
        for place, move in enumerate(self._moves):
            if place in cut.names:
                _move(names, move)
        mine: dict[int, list[Data]] = {}
        for place, step in enumerate(self._data):
            if place not in cut.data:
                continue
            if cut.torn is not None and cut.torn[0] == place and isinstance(step, Write):
                mine.setdefault(step.file, []).extend(_torn(step, cut.torn[1]))
            else:
                mine.setdefault(step.file, []).append(step)
        files: Files = {}
        for path, file in self._walked(names, 0, ""):
            content = self._contents.get(file, b"")
            files[path] = _with(content, mine[file]) if file in mine else content
        return files

    def _walked(
        self, names: dict[int, dict[str, int]], folder: int, path: str
    ) -> Iterator[tuple[str, int]]:
        for name, what in names.get(folder, {}).items():
            if what in self._folders:
                yield from self._walked(names, what, f"{path}{name}/")
            else:
                yield f"{path}{name}", what


def _move(names: dict[int, dict[str, int]], move: Names) -> None:
    for folder, name, what in move.changes:
        entries = names.setdefault(folder, {})
        if what is None:
            entries.pop(name, None)
        else:
            entries[name] = what


def _with(content: bytes, steps: Sequence[Data]) -> bytes:
    new = bytearray(content)
    for step in steps:
        if isinstance(step, Write):
            put(new, step.offset, step.content)
        else:
            resize(new, step.size)
    return bytes(new)


def _tears(step: Data) -> Iterator[Callable[[int], bool]]:
    """Yield which sectors of a write are lost: the latter or former half, every other, one page."""
    if not isinstance(step, Write) or len(step.content) <= SECTOR:
        return
    first, last = step.offset // SECTOR, (step.offset + len(step.content) - 1) // SECTOR
    middle = (first + last + 1) // 2
    yield lambda sector: sector >= middle
    yield lambda sector: sector < middle
    yield lambda sector: sector % 2 == 0
    if len(step.content) > PAGE:
        page = middle * SECTOR // PAGE
        yield lambda sector: sector * SECTOR // PAGE >= page
        yield lambda sector: sector * SECTOR // PAGE < page


def _is_among(lost: frozenset[int], sector: int) -> bool:
    return sector % 64 in lost


def _torn(step: Write, lost: Callable[[int], bool]) -> Iterator[Write]:
    """Yield the sectors of a write that are not lost; the file is as long as it would have been."""
    end = step.offset + len(step.content)
    at = step.offset
    while at < end:
        sector = at // SECTOR
        upto = min((sector + 1) * SECTOR, end)
        if not lost(sector):
            yield Write(step.file, at, step.content[at - step.offset : upto - step.offset])
        at = upto


def name_of(files: Files) -> bytes:
    """Return what tells one disk from another."""
    digest = blake2b(digest_size=16)
    for path in sorted(files):
        digest.update(f"{path}\0{len(files[path])}\0".encode())
        digest.update(files[path])
    return digest.digest()


def lay_out(files: Files, root: Path) -> None:
    """Write a disk under a folder that is empty or not there."""
    for path, content in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
