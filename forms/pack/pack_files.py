"""Read the files of a pack's folder one by one, and gather everything that is wrong with them.

A pack is data from a stranger: nothing in it is executed, names stay inside the folder, sizes are
bounded.  What the files say is for the callers: `forms.pack.load` (a form pack for cases),
`forms.pack.record_pack` (papers of records that are no cases).
"""

import re
from collections.abc import Callable, Hashable, Iterator, Mapping
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar, cast

import msgspec
import tomli

from forms.ground.for_the_clerk import ForTheClerk
from forms.pack.language import Paper
from forms.pack.pack_identity import is_odd, unseen
from forms.pack.toml_shape import shape_faults

MAX_FILE_BYTES = 500_000  # ten times what the largest of ours has
MAX_DOTS = 60  # in a line: the reader of TOML takes a time that grows with their square
MAX_BLOCKS = 1_000  # of a paper
MAX_PAPERS = 50
MAX_FAULTS = 100  # said of the shape of one file
PAPERS_FOLDER = "papers"
_MOST_KEPT = 128  # files whose words are kept as records; those of all packs at hand

_NO_TABLE = r"(?:(?![ \t]*\[).*\n)*+"
_BEGINNING = re.compile(rf"{_NO_TABLE}\[identity\].*\n{_NO_TABLE}(?=[ \t]*\[)")

T = TypeVar("T")

Arranged = Callable[[dict[str, Any]], dict[str, Any]]


class Fault(msgspec.Struct, frozen=True):
    """One thing wrong with a pack: in which file (relative), at which key, and why (Chinese)."""

    file: str
    key: str
    reason: str

    def __str__(self) -> str:
        """Return the fault as one line for a pack's author."""
        return "：".join(part for part in (self.file, self.key, self.reason) if part)


class PackFault(ForTheClerk):
    """A pack is refused; `faults` says why, all of it."""

    def __init__(self, folder: Path, faults: list[Fault], kind: str = "表单包") -> None:
        self.folder = folder
        self.faults = faults
        super().__init__(f"{kind} {folder.name} 不能使用：" + "；".join(str(f) for f in faults))


class FolderReader:
    """Reads a pack's files and gathers what is wrong with them.

    A part that could not be read is None.
    """

    def __init__(self, folder: Path) -> None:
        """Take the folder; nothing is read but what is asked for."""
        self.folder = folder
        self.faults: list[Fault] = []

    def say(self, file: str, key: str, reason: str) -> None:
        """Note a fault."""
        self.faults.append(Fault(file, key, reason))

    def record(self, name: str, shape: type[T], arranged: Arranged = dict) -> T | None:
        """A file as a record of a shape; None, with its faults noted, where it is none."""
        shaped = partial(_shaped, shape=cast(Hashable, shape), arranged=arranged)
        read, reason = _read(self.folder, name, shaped)
        if read is None:
            self.say(name, "", reason)
            return None
        record: T | None = read[0]
        for key, why in read[1]:
            self.say(name, key, why)
        return record

    def papers_of(self) -> Iterator[tuple[str, Paper]]:
        """The papers as (file, paper), those that can be read."""
        files = sorted((self.folder / PAPERS_FOLDER).glob("*.toml"))
        if not files:
            self.say(PAPERS_FOLDER, "", "没有任何文书（*.toml）")
        if len(files) > MAX_PAPERS:
            self.say(PAPERS_FOLDER, "", f"文书过多（超过 {MAX_PAPERS} 份）")
        codes: set[str] = set()
        for path in files[:MAX_PAPERS]:
            name = str(PurePosixPath(PAPERS_FOLDER, path.name))
            paper = self.record(name, Paper)
            if paper is None:
                continue
            if paper.code in codes:
                self.say(name, "code", f"文书代号“{paper.code}”重复")
            codes.add(paper.code)
            if len(paper.blocks) > MAX_BLOCKS:
                self.say(name, "blocks", f"过多（超过 {MAX_BLOCKS} 块）")
            yield name, paper


def read_toml(folder: Path, name: str) -> tuple[dict[str, Any] | None, str]:
    """Return a pack's file as data, or None and the reason (Chinese) why not."""
    return _read(folder, name, _parsed)


def read_identity(folder: Path, name: str) -> Mapping[str, Any]:
    """Return the table [identity] of a pack's file, empty where there is none to be read.

    It stands first in most, and is read alone: who looks for packs wants no more of them.
    """
    data, _ = _read(folder, name, _beginning)
    identity = (data or {}).get("identity")
    return identity if isinstance(identity, dict) else {}


def _read(folder: Path, name: str, made_of: Callable[[str], T]) -> tuple[T | None, str]:
    path = folder / name
    try:
        if not path.is_file():
            return None, "缺少这个文件"
        if not path.resolve().is_relative_to(folder.resolve()):
            return None, "指向表单包文件夹以外"
        if path.stat().st_size > MAX_FILE_BYTES:
            return None, f"文件过大（超过 {MAX_FILE_BYTES // 1000} KB）"
        text = path.read_text(encoding="utf-8-sig")
        if _most_dots(text) > MAX_DOTS:
            return None, f"有一行的点过多（超过 {MAX_DOTS} 个）"
        return made_of(text), ""
    except UnicodeDecodeError:
        return None, "不是 UTF-8 编码的文字"
    except tomli.TOMLDecodeError as error:
        return None, f"TOML 写法有误：{error}"
    except (RecursionError, ValueError):  # nested too deep; a number of too many digits
        return None, "TOML 写法有误：层次过深，或数字过长"
    except OSError as error:
        return None, f"无法读取：{error.strerror}"


@lru_cache(maxsize=_MOST_KEPT)
def _most_dots(text: str) -> int:
    return max(line.count(".") for line in text.split("\n"))


@lru_cache(maxsize=_MOST_KEPT)
def _parsed(text: str) -> dict[str, Any]:
    """A file's data, which nobody may change: a pack is looked for, then loaded at once."""
    return tomli.loads(text)


@lru_cache(maxsize=_MOST_KEPT)
def _beginning(text: str) -> dict[str, Any]:
    """A file's data up to its second table where the first is the identity; else all of them.

    A line that begins with a bracket ends it, or stands inside a value, which is then cut: such
    a beginning is no TOML or has no identity, and all of the text is asked.
    """
    head = _BEGINNING.match(text)
    try:
        data = tomli.loads(head[0]) if head else {}
    except tomli.TOMLDecodeError:
        data = {}
    return data if "identity" in data else _parsed(text)


@lru_cache(maxsize=_MOST_KEPT)
def _shaped(text: str, shape: Any, arranged: Arranged) -> tuple[Any, tuple[tuple[str, str], ...]]:
    """A file's record, or None and (key, reason) of all that keeps it from being one.

    Kept by what the file says: a start loads the same pack several times, a batch many times.
    What is nested too deep raises RecursionError, which nobody keeps: it hangs on who asks, too.
    """
    data = arranged(_parsed(text))
    found = shape_faults(data, shape)
    if not found and ("\\" in text or is_odd(text)):  # a text may be written by its number
        found = list(islice(unseen(data), MAX_FAULTS + 1))
    if not found:
        return msgspec.convert(data, shape), ()
    more = len(found) - MAX_FAULTS
    rest = [("", f"还有 {more} 处，改好以上各处再查")] if more > 0 else []
    return None, (*found[:MAX_FAULTS], *rest)


def flat(data: Mapping[str, Any], above: str = "") -> dict[str, Any]:
    """Return nested tables as one with dotted keys ([a] b = … as "a.b")."""
    out: dict[str, Any] = {}
    for name, value in data.items():
        key = f"{above}.{name}" if above else name
        out.update(flat(value, key) if isinstance(value, dict) else {key: value})
    return out
