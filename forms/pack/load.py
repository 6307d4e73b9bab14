"""Read a form pack's folder into a `Pack`, or refuse it with everything it is refused for.

Here: the files are there, are TOML and have the shape of the types; names stay inside the
folder; the fields make sense (`forms.pack.field_faults`).  Whether all else that they say makes
sense is asked by `forms.vetting.pack_lint`.  A pack is data from a stranger: nothing in it is
executed, and its size is bounded.
"""

import tomllib
from collections.abc import Callable, Hashable, Iterator, Mapping
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar, cast

import msgspec

from forms.ground.for_the_clerk import ForTheClerk
from forms.pack.conversion import Conversion
from forms.pack.conversion_faults import conversion_faults
from forms.pack.field_faults import field_faults
from forms.pack.language import Paper
from forms.pack.manner import Manner
from forms.pack.online import Online
from forms.pack.online_faults import online_faults
from forms.pack.own_facts import with_own
from forms.pack.pack_identity import identity_faults, unseen
from forms.pack.phrases import Phrase
from forms.pack.recordal_papers import RecordalPapers, recordal_faults
from forms.pack.statement_moulds import StatementMoulds, mould_faults
from forms.pack.toml_shape import shape_faults
from forms.pack.types import Field, Identity, Pack, PackRecord, RuleBinding, Step, Submission

MAX_FILE_BYTES = 500_000  # ten times what the largest of ours has
MAX_DOTS = 60  # in a line: the reader of TOML takes a time that grows with their square
MAX_BLOCKS = 1_000  # of a paper
MAX_PAPERS = 50
MAX_FAULTS = 100  # said of the shape of one file
PACK_FILE = "pack.toml"
EDITION_FILE = "edition.toml"
"""What a bureau may keep beside its pack for its edition of the program; no part of the pack."""
RULES_FILE = "rules.toml"
WORDING_FILE = "wording.toml"
STATEMENT_FILE = "statement.toml"
ONLINE_FILE = "online.toml"
CONVERSION_FILE = "conversion.toml"
RECORDAL_FILE = "recordal.toml"
PAPERS_FOLDER = "papers"

_MOST_MADE = 16
_MADE: dict[Path, tuple[list[object], Pack]] = {}
"""Of each folder, what was read of its files last and the pack made of it."""

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

    def __init__(self, folder: Path, faults: list[Fault]) -> None:
        self.folder = folder
        self.faults = faults
        super().__init__(f"表单包 {folder.name} 不能使用：" + "；".join(str(f) for f in faults))


class PackFile(PackRecord, frozen=True):
    """What pack.toml holds."""

    identity: Identity
    submission: Submission
    sample: str = ""
    steps: tuple[Step, ...] = ()
    fields: tuple[Field, ...] = ()
    manner: Manner | None = None
    phrases: tuple[Phrase, ...] = ()


class RulesFile(PackRecord, frozen=True):
    """What rules.toml holds."""

    rules: tuple[RuleBinding, ...] = ()


class PackReader:
    """Reads a pack's files one by one and gathers what is wrong with them.

    A part that could not be read is None; `papers` holds (file, paper) of those that could.
    """

    def __init__(self, folder: Path) -> None:
        """Read the folder."""
        self.folder = folder
        self.faults: list[Fault] = []
        self.main: PackFile | None = None
        self.rules: RulesFile | None = None
        self.wording: dict[str, str] | None = None
        self.statement: StatementMoulds | None = None
        self.papers: tuple[tuple[str, Paper], ...] = ()
        self.online: Online | None = None
        self.conversion: Conversion | None = None
        self.recordal: RecordalPapers | None = None
        if folder.is_dir():
            self.main = self._record(PACK_FILE, PackFile)
            self.rules = self._record(RULES_FILE, RulesFile)
            self.wording = self._record(WORDING_FILE, dict[str, str], flat)
            if (folder / STATEMENT_FILE).exists():
                self.statement = self._moulds()
            self.papers = tuple(self._papers())
            self.online = self._online()
            self.conversion = self._conversion()
            self.recordal = self._recordal()
            if self.main:
                for key, reason in (
                    *identity_faults(self.main.identity),
                    *field_faults(self.main.fields, self.main.steps),
                ):
                    self._say(PACK_FILE, key, reason)
        else:
            self._say("", "", f"找不到文件夹：{folder}")

    def pack(self) -> Pack:
        """Return the pack.  Raises PackFault with everything it is refused for.

        It is the one returned before while its files say the same: much is kept by the pack.
        """
        main, rules, wording = self.main, self.rules, self.wording
        if main is None or rules is None or wording is None or self.faults:
            raise PackFault(self.folder, self.faults)
        papers = (paper for _, paper in self.papers)
        beside = (self.statement, self.online, self.conversion, self.recordal)
        parts: list[object] = [main, rules, wording, *beside, *papers]
        known, pack = _MADE.get(self.folder, ([], None))
        if pack is None or list(map(id, known)) != list(map(id, parts)):
            pack = self._made(main, rules, wording)
            if len(_MADE) >= _MOST_MADE:
                _MADE.clear()
            _MADE[self.folder] = (parts, pack)
        return pack

    def _made(self, main: PackFile, rules: RulesFile, wording: dict[str, str]) -> Pack:
        steps, fields = with_own(main.steps, main.fields)
        return Pack(
            identity=main.identity,
            steps=steps,
            fields=fields,
            submission=main.submission,
            sample=main.sample,
            manner=main.manner,
            statement=self.statement,
            phrases=main.phrases,
            rules=rules.rules,
            wording=wording,
            papers={paper.code: paper for _, paper in self.papers},
            online=self.online,
            conversion=self.conversion,
            recordal=self.recordal,
            folder=self.folder,
        )

    def _say(self, file: str, key: str, reason: str) -> None:
        self.faults.append(Fault(file, key, reason))

    def _record(self, name: str, shape: type[T], arranged: Arranged = dict) -> T | None:
        shaped = partial(_shaped, shape=cast(Hashable, shape), arranged=arranged)
        read, reason = _read(self.folder, name, shaped)
        if read is None:
            self._say(name, "", reason)
            return None
        record: T | None = read[0]
        for key, why in read[1]:
            self._say(name, key, why)
        return record

    def _moulds(self) -> StatementMoulds | None:
        moulds = self._record(STATEMENT_FILE, StatementMoulds)
        for key, reason in mould_faults(moulds) if moulds else ():
            self._say(STATEMENT_FILE, key, reason)
        return moulds

    def _online(self) -> Online | None:
        """What the pack says of a web form; most say nothing."""
        if not (self.folder / ONLINE_FILE).exists():
            return None
        online = self._record(ONLINE_FILE, Online)
        if online is not None:
            papers = {paper.code: paper for _, paper in self.papers}
            for key, reason in islice(online_faults(online, papers), MAX_FAULTS):
                self._say(ONLINE_FILE, key, reason)
        return online

    def _conversion(self) -> Conversion | None:
        """How cases of other packs become its own, where the pack says so."""
        if not (self.folder / CONVERSION_FILE).exists():
            return None
        conversion = self._record(CONVERSION_FILE, Conversion)
        if conversion is not None:
            for key, reason in islice(conversion_faults(conversion), MAX_FAULTS):
                self._say(CONVERSION_FILE, key, reason)
        return conversion

    def _recordal(self) -> RecordalPapers | None:
        """The papers that the pack wants for a recordal; a pack may want none."""
        if not (self.folder / RECORDAL_FILE).exists():
            return None
        wanted = self._record(RECORDAL_FILE, RecordalPapers)
        for key, reason in recordal_faults(wanted) if wanted else ():
            self._say(RECORDAL_FILE, key, reason)
        return wanted

    def _papers(self) -> Iterator[tuple[str, Paper]]:
        files = sorted((self.folder / PAPERS_FOLDER).glob("*.toml"))
        if not files:
            self._say(PAPERS_FOLDER, "", "没有任何文书（*.toml）")
        if len(files) > MAX_PAPERS:
            self._say(PAPERS_FOLDER, "", f"文书过多（超过 {MAX_PAPERS} 份）")
        codes: set[str] = set()
        for path in files[:MAX_PAPERS]:
            name = str(PurePosixPath(PAPERS_FOLDER, path.name))
            paper = self._record(name, Paper)
            if paper is None:
                continue
            if paper.code in codes:
                self._say(name, "code", f"文书代号“{paper.code}”重复")
            codes.add(paper.code)
            if len(paper.blocks) > MAX_BLOCKS:
                self._say(name, "blocks", f"过多（超过 {MAX_BLOCKS} 块）")
            yield name, paper


def read_toml(folder: Path, name: str) -> tuple[dict[str, Any] | None, str]:
    """Return a pack's file as data, or None and the reason (Chinese) why not."""
    return _read(folder, name, _parsed)


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
    except tomllib.TOMLDecodeError as error:
        return None, f"TOML 写法有误：{error}"
    except (RecursionError, ValueError):  # nested too deep; a number of too many digits
        return None, "TOML 写法有误：层次过深，或数字过长"
    except OSError as error:
        return None, f"无法读取：{error.strerror}"


@lru_cache(maxsize=32)
def _most_dots(text: str) -> int:
    return max(line.count(".") for line in text.split("\n"))


@lru_cache(maxsize=32)
def _parsed(text: str) -> dict[str, Any]:
    """A file's data, which nobody may change: a pack is looked for, then loaded at once."""
    return tomllib.loads(text)


@lru_cache(maxsize=32)
def _shaped(text: str, shape: Any, arranged: Arranged) -> tuple[Any, tuple[tuple[str, str], ...]]:
    """A file's record, or None and (key, reason) of all that keeps it from being one.

    Kept by what the file says: a start loads the same pack several times, a batch many times.
    What is nested too deep raises RecursionError, which nobody keeps: it hangs on who asks, too.
    """
    data = arranged(_parsed(text))
    found = shape_faults(data, shape)
    found = found or list(islice(unseen(data), MAX_FAULTS + 1))
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


def load(folder: Path) -> Pack:
    """Return the pack in a folder.  Raises PackFault with everything it is refused for."""
    return PackReader(folder).pack()


def find_packs(root: Path) -> dict[str, Path]:
    """Return code -> folder of the packs under a root, sorted by code.

    A pack whose pack.toml can not be read stands under its folder's name, so that its faults
    can be asked for.  Of two packs with one code the first folder by name is taken.
    """
    found: dict[str, Path] = {}
    if root.is_dir():
        for folder in sorted(p for p in root.iterdir() if (p / PACK_FILE).is_file()):
            found.setdefault(_code(folder), folder)
    return dict(sorted(found.items()))


def _code(folder: Path) -> str:
    data, _ = read_toml(folder, PACK_FILE)
    identity = (data or {}).get("identity")
    code = identity.get("code") if isinstance(identity, dict) else None
    return code if isinstance(code, str) and code else folder.name
