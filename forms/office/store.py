"""What the use cases ask of a store, by repository; and how they find and name a case in it.

`db.store.Store` has it all.  Knows no database.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Protocol, TypeVar

import msgspec

from forms.facts.derived import number_text
from forms.facts.patent_number import NotAPatentNumber, parse
from forms.facts.record import Case, Licence, Office, Party
from forms.ground.cleaning import narrow
from forms.ground.for_the_clerk import ForTheClerk
from forms.ground.late_pattern import late_pattern
from forms.ground.record_kind import RecordKind
from forms.office.stored import (
    Counterpart,
    DutyNote,
    Export,
    Kept,
    KeptFile,
    Made,
    Packed,
    RecordFile,
    Scan,
    StoredCase,
    StoredLicence,
    StoredParty,
    StoredPatent,
    Submission,
    SubmittedFile,
    Version,
)
from forms.pack.pack_shelf import Shelf
from forms.pack.types import Pack

if TYPE_CHECKING:  # what reads workbooks is slow to load
    from forms.exchange.row_matching import Stored

R = TypeVar("R", bound=msgspec.Struct)


class CannotDo(ForTheClerk):
    """What was asked can not be done: why, and what to do."""


class ChangedMeanwhile(CannotDo):
    """What was looked at stands otherwise by now; nothing was done."""


class CaseKeeper(Protocol):
    """Where cases are kept."""

    def listed(
        self, numbers: Sequence[str] | None = None, *, ids: Sequence[int] | None = None
    ) -> Sequence[StoredCase]:
        """The cases in order of creation: all, or those of the numbers or ids."""

    def standing(self, pack: str) -> Sequence["Stored"]:
        """The cases of a pack and those of none, in order of creation; each read when asked for."""

    def numbers(
        self, of: Iterable[str] | None = None, *, pack: str | None = None
    ) -> Mapping[str, int]:
        """How many cases carry each normalised number, of all or of some; perhaps of one pack."""

    def on_patent(self, patent_id: int) -> Sequence[int]:
        """The ids of the cases on an entry of the ledger, in order of creation."""

    def save(
        self,
        case: Case,
        *,
        case_id: int | None = None,
        revision: int | None = None,
        imported: Mapping[str, str] | None = None,
        who: str = "",
        what: str = "",
    ) -> StoredCase:
        """Save a new case or a further version of one."""

    def add_all(
        self,
        new: Sequence[tuple[Case, Mapping[str, str], str]],
        *,
        who: str = "",
        on: Sequence[int | None] = (),
    ) -> Sequence[int]:
        """Add many new cases in one go, each with its imported cells and what was done.

        `on` are the patents of the ledger that they stand on; None for one of its own.
        """


class LedgerKeeper(Protocol):
    """Where patents are kept, whatever is done with them."""

    def known(self, numbers: Iterable[str], pack: str) -> Sequence[StoredPatent]:
        """The patents of some numbers that a pack has no case on."""

    def entries(self) -> Sequence[StoredPatent]:
        """The patents that a live case stands on, in order of creation."""

    def counterparts(self, case_ids: Sequence[int]) -> Mapping[int, Sequence[Counterpart]]:
        """What other entries of its number say, by the case; of conflicts only."""


class LicenceKeeper(Protocol):
    """Where the licences granted under cases are kept."""

    def of_case(self, case_id: int) -> Sequence[StoredLicence]:
        """The licences granted under a case."""

    def granted(self, case_ids: Sequence[int]) -> Mapping[int, Sequence[StoredLicence]]:
        """The licences of some cases, by the case."""

    def add(self, case_id: int, licence: Licence, *, who: str = "") -> StoredLicence:
        """Add a licence to a case."""

    def save(
        self,
        licence_id: int,
        licence: Licence,
        *,
        revision: int | None = None,
        who: str = "",
        what: str = "",
    ) -> StoredLicence:
        """Save a further version of a licence."""

    def bin(self, licence_id: int) -> None:
        """Put a licence into the bin."""


class PaperKeeper(Protocol):
    """Where it is kept what was printed, sealed and sent."""

    def record_exports(self, made: Iterable[Made]) -> None:
        """Note that papers were made, in their order."""

    def exports(self, case_id: int | None) -> Sequence[Export]:
        """What was made of a case (None: of many together), the latest first."""

    def exports_of(self, case_ids: Sequence[int]) -> Mapping[int, Sequence[Export]]:
        """What was made of some cases, by the case, the latest first."""

    def finals_of_words(self, beginnings: Iterable[str]) -> Sequence[Export]:
        """The final papers whose words' hash begins so, the latest first."""

    def add_scan(
        self,
        case_id: int | None,
        paper: str,
        content: bytes,
        words_sha256: str,
        *,
        licence_id: int | None = None,
        who: str = "",
    ) -> Scan:
        """Keep a sealed scan, of a contract where a licence is named."""

    def scan(
        self, case_id: int | None, paper: str, *, licence_id: int | None = None
    ) -> Scan | None:
        """The current scan of a paper, or None."""

    def scans(
        self, case_id: int | None, paper: str, *, licence_id: int | None = None
    ) -> Sequence[Scan]:
        """All scans of a paper, the current one first."""

    def sealed(
        self, case_ids: Sequence[int] | None = None
    ) -> Mapping[tuple[int | None, str], Scan]:
        """The current scan of every paper, or of those of some cases."""

    def scan_content(self, scan: Scan) -> bytes:
        """The bytes of a scan, verified."""

    def packed(self, case_ids: Sequence[int]) -> Mapping[int, Packed]:
        """The last package noted as sent, of those of the cases that are in one."""

    def submissions(self) -> Sequence[Submission]:
        """All packages that were made, the latest first."""

    def record_submission(
        self, files: Sequence[SubmittedFile], *, pack_code: str, pack_version: str, who: str = ""
    ) -> object:
        """Note a package with its files."""


class WebKeeper(Protocol):
    """Where it is kept what was copied into a web form, and what is uploaded with it."""

    def note_copied(self, case_id: int, field: str, value_sha256: str) -> None:
        """Note that a field was copied with this value."""

    def copied_of(self, case_ids: Sequence[int]) -> Mapping[int, Mapping[str, str]]:
        """Field -> hash of what was copied, in the order of copying, by the case."""

    def files_of(self, case_ids: Sequence[int]) -> Mapping[int, Mapping[str, KeptFile]]:
        """The files from elsewhere by their attachments, by the case."""

    def file_content(self, file: KeptFile) -> bytes:
        """The bytes of such a file, verified."""

    def keeps(self, sha256s: Iterable[str]) -> Set[str]:
        """Which of some hashes are of files or scans that are kept, or were."""


class DutyKeeper(Protocol):
    """Where it is kept what the office says of duties."""

    def notes(self) -> Mapping[str, DutyNote]:
        """What is said, by the duty's key."""


class RecordKeeper(Protocol):
    """Where records beside cases are kept, by their kinds, with their files."""

    def of(self, kind: RecordKind[R]) -> "KindKeeper[R]":
        """The records of a kind."""

    def keep_file(
        self, record_id: int, role: str, name: str, content: bytes, *, who: str = ""
    ) -> RecordFile:
        """Keep a further file of a record."""

    def files_of(self, record_ids: Iterable[int]) -> Mapping[int, Sequence[RecordFile]]:
        """The files of some records by the record."""

    def file_content(self, file: RecordFile) -> bytes:
        """The bytes of a file, verified."""


class KindKeeper(Protocol[R]):
    """Where the records of one kind are kept."""

    def listed(
        self,
        *,
        parent: int | None = None,
        state: str | None = None,
        keys: Iterable[str] | None = None,
        search: str = "",
        limit: int | None = None,
        offset: int = 0,
    ) -> Sequence[Kept[R]]:
        """The live records in order of creation, narrowed by what is named."""

    def found(
        self, search: str, *, states: Sequence[str], most: int
    ) -> tuple[Sequence[Kept[R]], bool]:
        """The live records of some states that a search finds, so many, and whether more do."""

    def count(self, *, parent: int | None = None, state: str | None = None) -> int:
        """How many live records there are, narrowed by what is named."""

    def states(self, *, parent: int | None = None) -> Mapping[str, int]:
        """How many live records stand in each state."""

    def get(self, record_id: int) -> Kept[R]:
        """A live record."""

    def add(
        self, record: R, *, parent: int | None = None, who: str = "", what: str = ""
    ) -> Kept[R]:
        """Add a record, perhaps as another's."""

    def add_all(
        self, records: Sequence[R], *, parent: int | None = None, who: str = "", what: str = ""
    ) -> Sequence[int]:
        """Add many records in one go; their ids in the order given."""

    def save(
        self,
        record_id: int,
        record: R,
        *,
        revision: int | None = None,
        who: str = "",
        what: str = "",
        amends: bool = False,
    ) -> Kept[R]:
        """Save a further version of a record."""

    def save_changes(
        self,
        record_id: int,
        before: R,
        record: R,
        *,
        who: str = "",
        what: str = "",
        amends: int | None = None,
    ) -> Kept[R]:
        """Save what of a record is another than `before`, as it was shown, onto what stands now."""

    def versions(self, record_id: int) -> Sequence[Version]:
        """Its versions, the latest first."""

    def at_version(self, record_id: int, version: int) -> R:
        """The record as it was."""

    def bin(self, record_ids: Iterable[int]) -> None:
        """Put some records into the bin."""


class AddressBook(Protocol):
    """Where the address book is kept."""

    def listed(self) -> Sequence[StoredParty]:
        """Its entries."""

    def remember(self, party: Party) -> object:
        """Put a party into it."""


class OfficeKeeper(Protocol):
    """Where the office's own facts are kept."""

    def office(self) -> Office:
        """The office profile."""


class EventKeeper(Protocol):
    """Where it is kept who did what."""

    def log(
        self,
        what: str,
        *,
        who: str = "",
        case_id: int | None = None,
        counts: Mapping[str, int] | None = None,
    ) -> None:
        """Note who did what, in codes and counts."""


class SettingKeeper(Protocol):
    """Where small settings are kept with the data."""

    def get(self, name: str) -> str | None:
        """Return a setting, or None."""

    def put(self, name: str, value: str) -> None:
        """Keep a setting."""

    def change(self, name: str, made_of: Callable[[str | None], str]) -> None:
        """Keep of a setting what is made of it as it stands now."""


class CaseStore(Protocol):
    """A store, as far as the use cases ask for it; each part is a repository of its own."""

    @property
    def cases(self) -> CaseKeeper:
        """The cases."""

    @property
    def ledger(self) -> LedgerKeeper:
        """The patents."""

    @property
    def licences(self) -> LicenceKeeper:
        """The licences granted under them."""

    @property
    def papers(self) -> PaperKeeper:
        """What was printed, sealed and sent."""

    @property
    def web(self) -> WebKeeper:
        """What was copied into a web form."""

    @property
    def duties(self) -> DutyKeeper:
        """What is said of duties."""

    @property
    def records(self) -> RecordKeeper:
        """Pools, stock, packages taken in: what is kept beside cases."""

    @property
    def parties(self) -> OfficeKeeper:
        """The office, beside the address book."""

    @property
    def settings(self) -> SettingKeeper:
        """Small settings kept with the data."""

    @property
    def events(self) -> EventKeeper:
        """Who did what."""

    def transaction(self) -> AbstractContextManager[object]:
        """All that is written within, or nothing."""


_BY_ID = late_pattern(r"(?:[#＃]|案卷号?)\s*[:：]?\s*([0-9]{1,9})")


def case_mark(case_id: int) -> str:
    """How a clerk names a case by its place in the store, whatever its number: "案卷12"."""
    return f"案卷{case_id}"


def marked_id(text: str) -> int | None:
    """The id in "案卷12" or "#12"; None where a text names no case so."""
    found = _BY_ID.fullmatch(narrow(text))
    return int(found[1]) if found else None


def kindred(store: CaseStore, shelf: Shelf, stored: StoredCase) -> tuple[tuple[int, str], ...]:
    """The other cases on a case's patent: id, and what each is called (案卷12　法定声明)."""
    ids = [one for one in store.cases.on_patent(stored.patent_id) if one != stored.id]
    named = []
    for one in store.cases.listed(ids=ids):
        pack = shelf.of(one.case.pack)
        name = pack.identity.name if pack else one.case.pack
        named.append((one.id, f"{case_mark(one.id)}　{name}"))
    return tuple(named)


def case_name(case: Case) -> str:
    """How a message names a case: its number, else its title."""
    return number_text(case) or (
        f"《{case.patent.title}》" if case.patent.title else "未填专利号的案卷"
    )


def chosen(store: CaseStore, numbers: Sequence[str] = ()) -> list[StoredCase]:
    """The cases of some numbers however they are written, in the order asked; all without any.

    Raises CannotDo naming every number that no case has.
    """
    if not numbers:
        return list(store.cases.listed())
    found: dict[int, StoredCase] = {}
    unknown = []
    for text in numbers:
        of_number = _of_number(store, text)
        found |= {stored.id: stored for stored in of_number if stored.id not in found}
        if not of_number:
            unknown.append(text)
    if unknown:
        raise CannotDo(
            f"没有专利号或案卷号为 {'、'.join(unknown)} 的案卷，请用 list 查看全部案卷。"
        )
    return list(found.values())


def of_pack(cases: Sequence[StoredCase], pack: Pack) -> list[StoredCase]:
    """The cases that were made with a pack, and those made with none."""
    return [stored for stored in cases if stored.case.pack in ("", pack.identity.code)]


def chosen_one(store: CaseStore, text: str) -> StoredCase:
    """The one case of a number.  Raises CannotDo where there is none or more than one."""
    found = chosen(store, [text])
    if len(found) > 1:
        raise CannotDo(_which(found, text))
    return found[0]


def _which(cases: Sequence[StoredCase], text: str) -> str:
    """Ask which of several cases of a number is meant."""
    each = "、".join(f"{case_mark(one.id)}《{one.case.patent.title}》" for one in cases)
    marked = case_mark(cases[-1].id)
    return (
        f"有 {len(cases)} 件案卷的专利号都是 {text}：{each}。"
        f"请用案卷号指明，例如 {marked}；重复的可用 delete {marked} 移入回收站。"
    )


def _of_number(store: CaseStore, text: str) -> Sequence[StoredCase]:
    """The cases of a number; one written without its check character finds them all the same.

    A case named by its id is the only one.
    """
    if (case_id := marked_id(text)) is not None:
        return store.cases.listed(ids=[case_id])
    exact = store.cases.listed([text])
    try:
        number = parse(text)
    except NotAPatentNumber:
        return exact
    if not exact:
        exact = store.cases.listed([number.text])
    if exact or number.check is not None:
        return exact
    return store.cases.listed([f"ZL{number.digits}.{check}" for check in "0123456789X"])


def is_meant(stored: StoredCase, text: str) -> bool:
    """Whether a text names a case, by its id or by its number."""
    case_id = marked_id(text)
    return stored.id == case_id if case_id is not None else is_of_number(stored.case, text)


def is_of_number(case: Case, text: str) -> bool:
    """Whether a case has this number, however both are written."""
    own = number_text(case)
    try:
        return parse(own).digits == parse(text).digits
    except NotAPatentNumber:
        return own == text.strip()
