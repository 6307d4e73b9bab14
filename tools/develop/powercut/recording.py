"""What a process did to the files under a folder, as strace saw it, step by step.

Only what changes a disk counts: writes, lengths, names, syncs; and what the process confirmed
meanwhile, which it writes into a file outside the folder.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

_CALLS = (
    "open,openat,creat,close,lseek,write,pwrite64,writev,pwritev,pwritev2,ftruncate,truncate,"
    "fallocate,sendfile,copy_file_range,fsync,fdatasync,sync_file_range,rename,renameat,renameat2,"
    "link,linkat,symlink,symlinkat,unlink,unlinkat,mkdir,mkdirat,rmdir,mmap"
)
_MOST_BYTES = 1 << 26
_NOT_FOLLOWED = frozenset(
    {"writev", "pwritev", "pwritev2", "fallocate", "truncate", "symlink", "symlinkat", "mmap"}
)
_SHARED_MEMORY = "-shm"  # SQLite's index of its log: made anew by whoever opens the data first

_LINE = re.compile(r"\d+ +(\w+)\((.*)\) += (-?[0-9]+|\?|0x[0-9a-f]+).*")
_BEGUN = re.compile(r"(\d+) +(\w+)\((.*) <unfinished \.\.\.>")
_RESUMED = re.compile(r"(\d+) +<\.\.\. (\w+) resumed>(.*)")


class NotRecorded(Exception):
    """What a process did can not be told from what strace saw."""


class Write(NamedTuple):
    """Bytes put into a file at an offset."""

    file: int
    offset: int
    content: bytes


class Length(NamedTuple):
    """A file cut or stretched to a length in bytes."""

    file: int
    size: int


class Names(NamedTuple):
    """Names that come, go or are replaced in one step: (folder, name, what bears it or None)."""

    changes: tuple[tuple[int, str, int | None], ...]


class Sync(NamedTuple):
    """A file or folder synced: of a file its content, of a folder its names."""

    what: int


class Said(NamedTuple):
    """What the process confirmed: a line."""

    line: str


Step = Write | Length | Names | Sync | Said


class Tree:
    """Files and folders by number, as a running system sees them; the root is 0."""

    def __init__(self, root: Path) -> None:
        """Take in what lies under a folder."""
        self.names: dict[int, dict[str, int]] = {0: {}}
        self.contents: dict[int, bytearray] = {}
        self._next = 1
        self._take_in(root, 0)

    def _take_in(self, folder: Path, number: int) -> None:
        for path in sorted(folder.iterdir()):
            made = self.new(is_folder=path.is_dir())
            self.names[number][path.name] = made
            if path.is_dir():
                self._take_in(path, made)
            else:
                self.contents[made][:] = path.read_bytes()

    def new(self, *, is_folder: bool) -> int:
        """Return the number of a new file or folder that has no name yet."""
        number, self._next = self._next, self._next + 1
        if is_folder:
            self.names[number] = {}
        else:
            self.contents[number] = bytearray()
        return number

    def find(self, parts: Sequence[str]) -> int | None:
        """Return what lies at a path, or None."""
        here: int | None = 0
        for part in parts:
            here = self.names.get(here, {}).get(part) if here is not None else None
        return here

    def take(self, step: Step) -> None:
        """Do a step."""
        match step:
            case Write(file, offset, content):
                put(self.contents[file], offset, content)
            case Length(file, size):
                resize(self.contents[file], size)
            case Names(changes):
                for folder, name, what in changes:
                    if what is None:
                        self.names[folder].pop(name, None)
                    else:
                        self.names[folder][name] = what


def put(content: bytearray, offset: int, new: bytes) -> None:
    """Put bytes into a content, which grows by zeros where need be."""
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    content[offset : offset + len(new)] = new


def resize(content: bytearray, size: int) -> None:
    """Cut a content, or stretch it by zeros."""
    if len(content) > size:
        del content[size:]
    else:
        content.extend(bytes(size - len(content)))


def can_record() -> bool:
    """Whether strace is here and may look at processes."""
    strace = shutil.which("strace")
    if strace is None:
        return False
    tried = subprocess.run([strace, "-qq", "-o", os.devnull, "true"], check=False)
    return tried.returncode == 0


class Recorded(NamedTuple):
    """What a folder held at first, the steps since, and the numbers of all folders there were."""

    start: Tree
    steps: Sequence[Step]
    folders: Collection[int]


def record(command: Sequence[str], root: Path, said: Path) -> Recorded:
    """Run a command and return what it did under a folder, and what it wrote into `said`.

    Raises NotRecorded, CalledProcessError.
    """
    start, now = Tree(root), Tree(root)
    log = said.with_suffix(".strace")
    flags = ["-f", "-qq", "-y", "-xx", "-s", str(_MOST_BYTES), "--seccomp-bpf"]
    strace = ["strace", *flags, "-e", "signal=none", "-e", f"trace={_CALLS}", "-o", str(log)]
    subprocess.run([*strace, *command], check=True, stdout=subprocess.DEVNULL)
    steps = list(_Reader(now, root, said).steps(log))
    log.unlink()
    return Recorded(start, steps, frozenset(now.names))


class _Open:
    """An open file or folder: which it is, where the next write goes."""

    def __init__(self, what: int, *, appends: bool) -> None:
        self.what = what
        self.appends = appends
        self.offset = 0


class _Reader:
    """Turns strace's lines into steps.  The process is one: its threads share what is open."""

    def __init__(self, tree: Tree, root: Path, said: Path) -> None:
        self._tree = tree
        self._root, self._said = str(root), str(said)
        self._open: dict[int, _Open] = {}
        self._saying: set[int] = set()

    def steps(self, log: Path) -> Iterator[Step]:
        """Yield the steps.  Raises NotRecorded."""
        begun: dict[str, str] = {}
        with log.open(encoding="ascii") as lines:
            for line in lines:
                whole = line.rstrip("\n")
                if half := _BEGUN.fullmatch(whole):
                    begun[half[1]] = whole.removesuffix(" <unfinished ...>")
                    continue
                if rest := _RESUMED.fullmatch(whole):
                    whole = begun.pop(rest[1]) + rest[3]
                call = _LINE.fullmatch(whole)
                if call is None or call[3] == "?" or int(call[3], 0) < 0:
                    continue
                for step in self._read(call[1], call[2].split(", "), int(call[3], 0)):
                    self._tree.take(step)
                    yield step

    def _read(self, call: str, words: list[str], result: int) -> Iterator[Step]:
        first = words[0].partition("<")[0]
        handle = int(first) if first.isdecimal() else -1
        match call:
            case "open" | "creat":
                yield from self._opened(_path(words[0]), words[1:], result)
            case "openat":
                yield from self._opened(_path(words[1], words[0]), words[2:], result)
            case "close":
                self._open.pop(handle, None)
                self._saying.discard(handle)
            case "lseek" if handle in self._open:
                self._open[handle].offset = result
            case "write" | "pwrite64":
                content = _bytes(words[1])[:result]
                at = int(words[3]) if call == "pwrite64" else None
                yield from self._written(handle, content, at)
            case "sendfile" | "copy_file_range":
                yield from self._copied(call, words, result)
            case "ftruncate" if handle in self._open:
                yield Length(self._open[handle].what, int(words[1]))
            case "fsync" | "fdatasync" if handle in self._open:
                yield Sync(self._open[handle].what)
            case "rename" | "renameat" | "renameat2" | "link" | "linkat":
                yield from self._moved(call, words)
            case "unlink" | "rmdir" | "unlinkat" | "mkdir" | "mkdirat":
                yield from self._came_or_went(call, words)
            case _ if call in _NOT_FOLLOWED and self._concerns(words):
                raise NotRecorded(f"{call} is not followed: {words[0]}")

    def _inside(self, path: str) -> list[str] | None:
        """Return the parts of a path under the root, or None."""
        if path == self._root:
            return []
        if not path.startswith(f"{self._root}/"):
            return None
        return os.path.normpath(path[len(self._root) + 1 :]).split("/")

    def _concerns(self, words: Sequence[str]) -> bool:
        """Whether a call is about something under the root; a map only where it is written to."""
        text = " ".join(words)
        if "PROT_" in text and not ("PROT_WRITE" in text and "MAP_SHARED" in text):
            return False
        paths = [_annotated(word) for word in words]
        return any(
            self._inside(path) is not None and not path.endswith(_SHARED_MEMORY) for path in paths
        )

    def _opened(self, path: str, words: list[str], handle: int) -> Iterator[Step]:
        flags = words[0]
        if path == self._said:
            self._saying.add(handle)
            return
        parts = self._inside(path)
        if parts is None:
            return
        what = self._tree.find(parts)
        if what is None:
            what = self._tree.new(is_folder=False)
            yield Names(((self._folder(parts), parts[-1], what),))
        elif "O_TRUNC" in flags:
            yield Length(what, 0)
        self._open[handle] = _Open(what, appends="O_APPEND" in flags)

    def _written(self, handle: int, content: bytes, at: int | None) -> Iterator[Step]:
        if handle in self._saying:
            yield from (Said(line) for line in content.decode().splitlines())
        opened = self._open.get(handle)
        if opened is None:
            return
        offset = opened.offset if at is None else at
        if opened.appends:
            offset = len(self._tree.contents[opened.what])
        if at is None:
            opened.offset = offset + len(content)
        yield Write(opened.what, offset, content)

    def _copied(self, call: str, words: Sequence[str], result: int) -> Iterator[Step]:
        """Follow a copy from one file under the root to another, as Python's shutil makes them."""
        ends = words[:2] if call == "copy_file_range" else words[1::-1]
        source, target = (self._open.get(int(word.partition("<")[0])) for word in ends)
        if target is None:
            return
        if source is None or call == "copy_file_range":
            raise NotRecorded(f"{call} from outside: {words[0]}")
        start = int(words[2].strip("[]").partition("]")[0])
        content = bytes(self._tree.contents[source.what][start : start + result])
        yield from self._written(int(ends[1].partition("<")[0]), content, None)

    def _moved(self, call: str, words: list[str]) -> Iterator[Step]:
        if call in ("rename", "link"):
            old, new = _path(words[0]), _path(words[1])
        else:
            old, new = _path(words[1], words[0]), _path(words[3], words[2])
        sources, targets = self._inside(old), self._inside(new)
        if sources is None and targets is None:
            return
        if sources is None or targets is None:
            raise NotRecorded(f"{call} across the root: {old} {new}")
        what = self._tree.find(sources)
        assert what is not None
        coming = (self._folder(targets), targets[-1], what)
        if call.startswith("link"):
            yield Names((coming,))
        else:
            yield Names(((self._folder(sources), sources[-1], None), coming))

    def _came_or_went(self, call: str, words: list[str]) -> Iterator[Step]:
        path = _path(words[1], words[0]) if call.endswith("at") else _path(words[0])
        parts = self._inside(path)
        if parts:
            made = self._tree.new(is_folder=True) if call.startswith("mkdir") else None
            yield Names(((self._folder(parts), parts[-1], made),))

    def _folder(self, parts: Sequence[str]) -> int:
        found = self._tree.find(parts[:-1])
        assert found is not None
        return found


def _bytes(word: str) -> bytes:
    return bytes.fromhex(word.strip('"').replace("\\x", ""))


def _annotated(word: str) -> str:
    """Return the path that strace gives with a handle, "" where there is none."""
    found = re.search(r"<((?:\\x[0-9a-f]{2})+)>", word)
    return os.fsdecode(_bytes(found[1])) if found else ""


def _path(word: str, base: str = "") -> str:
    path = os.path.join(_annotated(base), os.fsdecode(_bytes(word)))  # noqa: PTH118
    if not path.startswith("/"):
        raise NotRecorded(f"a path from nowhere: {path}")
    return path
