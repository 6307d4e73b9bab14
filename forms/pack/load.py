"""Read a form pack's folder into a `Pack`, or refuse it with everything it is refused for.

Here: the files are there, are TOML and have the shape of the types; names stay inside the
folder; the fields make sense (`forms.pack.field_faults`).  Whether all else that they say makes
sense is asked by `forms.vetting.pack_lint`.  A pack is data from a stranger: nothing in it is
executed, and its size is bounded.
"""

from itertools import islice
from pathlib import Path

from forms.pack.conversion import Conversion
from forms.pack.conversion_faults import conversion_faults
from forms.pack.field_faults import field_faults
from forms.pack.language import Paper
from forms.pack.manner import Manner
from forms.pack.online import Online
from forms.pack.online_faults import online_faults
from forms.pack.own_facts import with_own
from forms.pack.pack_files import (
    MAX_FAULTS,
    Fault,
    FolderReader,
    PackFault,
    flat,
    read_identity,
    read_toml,
)
from forms.pack.pack_identity import identity_faults
from forms.pack.paper_faults import over_faults
from forms.pack.phrases import Phrase
from forms.pack.recordal_papers import RecordalPapers, recordal_faults
from forms.pack.statement_moulds import StatementMoulds, mould_faults
from forms.pack.types import Field, Identity, Pack, PackRecord, RuleBinding, Step, Submission

__all__ = [
    "Fault",
    "PackFault",
    "PackFile",
    "PackReader",
    "RulesFile",
    "find_packs",
    "flat",
    "load",
    "read_toml",
]

PACK_FILE = "pack.toml"
RULES_FILE = "rules.toml"
WORDING_FILE = "wording.toml"
STATEMENT_FILE = "statement.toml"
ONLINE_FILE = "online.toml"
CONVERSION_FILE = "conversion.toml"
RECORDAL_FILE = "recordal.toml"

_MOST_MADE = 16
_MADE: dict[Path, tuple[list[object], Pack]] = {}
"""Of each folder, what was read of its files last and the pack made of it."""


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


class PackReader(FolderReader):
    """Reads a pack's files one by one and gathers what is wrong with them.

    A part that could not be read is None; `papers` holds (file, paper) of those that could.
    """

    def __init__(self, folder: Path) -> None:
        """Read the folder."""
        super().__init__(folder)
        self.main: PackFile | None = None
        self.rules: RulesFile | None = None
        self.wording: dict[str, str] | None = None
        self.statement: StatementMoulds | None = None
        self.papers: tuple[tuple[str, Paper], ...] = ()
        self.online: Online | None = None
        self.conversion: Conversion | None = None
        self.recordal: RecordalPapers | None = None
        if folder.is_dir():
            self.main = self.record(PACK_FILE, PackFile)
            self.rules = self.record(RULES_FILE, RulesFile)
            self.wording = self.record(WORDING_FILE, dict[str, str], flat)
            if (folder / STATEMENT_FILE).exists():
                self.statement = self._moulds()
            self.papers = tuple(self.papers_of())
            for name, paper in self.papers:
                for key, reason in islice(over_faults(paper), MAX_FAULTS):
                    self.say(name, key, reason)
            self.online = self._online()
            self.conversion = self._conversion()
            self.recordal = self._recordal()
            if self.main:
                for key, reason in (
                    *identity_faults(self.main.identity),
                    *field_faults(self.main.fields, self.main.steps),
                ):
                    self.say(PACK_FILE, key, reason)
        else:
            self.say("", "", f"找不到文件夹：{folder}")

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

    def _moulds(self) -> StatementMoulds | None:
        moulds = self.record(STATEMENT_FILE, StatementMoulds)
        for key, reason in mould_faults(moulds) if moulds else ():
            self.say(STATEMENT_FILE, key, reason)
        return moulds

    def _online(self) -> Online | None:
        """What the pack says of a web form; most say nothing."""
        if not (self.folder / ONLINE_FILE).exists():
            return None
        online = self.record(ONLINE_FILE, Online)
        if online is not None:
            papers = {paper.code: paper for _, paper in self.papers}
            for key, reason in islice(online_faults(online, papers), MAX_FAULTS):
                self.say(ONLINE_FILE, key, reason)
        return online

    def _conversion(self) -> Conversion | None:
        """How cases of other packs become its own, where the pack says so."""
        if not (self.folder / CONVERSION_FILE).exists():
            return None
        conversion = self.record(CONVERSION_FILE, Conversion)
        if conversion is not None:
            for key, reason in islice(conversion_faults(conversion), MAX_FAULTS):
                self.say(CONVERSION_FILE, key, reason)
        return conversion

    def _recordal(self) -> RecordalPapers | None:
        """The papers that the pack wants for a recordal; a pack may want none."""
        if not (self.folder / RECORDAL_FILE).exists():
            return None
        wanted = self.record(RECORDAL_FILE, RecordalPapers)
        for key, reason in recordal_faults(wanted) if wanted else ():
            self.say(RECORDAL_FILE, key, reason)
        return wanted


def load(folder: Path) -> Pack:
    """Return the pack in a folder.  Raises PackFault with everything it is refused for."""
    return PackReader(folder).pack()


def find_packs(root: Path) -> dict[str, Path]:
    """Return code -> folder of the packs under a root, sorted by code.

    A pack whose pack.toml says no code that can be read stands under its folder's name, so that
    its faults can be asked for.  Of two packs with one code the first folder by name is taken.
    """
    found: dict[str, Path] = {}
    if root.is_dir():
        for folder in sorted(p for p in root.iterdir() if (p / PACK_FILE).is_file()):
            found.setdefault(_code(folder), folder)
    return dict(sorted(found.items()))


def _code(folder: Path) -> str:
    code = read_identity(folder, PACK_FILE).get("code")
    return code if isinstance(code, str) and code else folder.name
