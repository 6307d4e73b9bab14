"""What the use cases ask of a store; `db.store.Store` has it.  Knows no database."""

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, Protocol, TypeVar

from forms.cleaning import narrow
from forms.pack.types import Pack
from forms.patent_number import NotAPatentNumber, parse
from forms.record import Case, Licence, Office


class CannotDo(Exception):
    """What was asked can not be done; the message says why and what to do, for the clerk."""


class StoredCase(Protocol):
    """A case as it stands in the store."""

    @property
    def id(self) -> int:
        """Its number in the store."""

    @property
    def revision(self) -> int:
        """How often it was saved."""

    @property
    def case(self) -> Case:
        """The case."""

    @property
    def imported(self) -> Mapping[str, str]:
        """The texts of the cells last imported, by field path."""


class StoredLicence(Protocol):
    """A licence granted under a case."""

    @property
    def id(self) -> int:
        """Its number in the store."""

    @property
    def licence(self) -> Licence:
        """The licence."""


class Export(Protocol):
    """A paper that was made."""

    @property
    def paper(self) -> str:
        """The paper's code."""

    @property
    def words_sha256(self) -> str:
        """The hash of the words on it."""

    @property
    def sha256(self) -> str:
        """The hash of its file."""

    @property
    def draft(self) -> bool:
        """Whether it was a draft."""

    @property
    def made_at(self) -> datetime:
        """When it was made."""

    @property
    def licence_id(self) -> int | None:
        """The licence it is the contract of."""

    @property
    def pack_version(self) -> str:
        """The version of the pack it was made with."""


class Packed(Protocol):
    """The package a case went out in."""

    @property
    def made_at(self) -> datetime:
        """When it was made."""

    @property
    def pack_code(self) -> str:
        """The pack it was made with."""

    @property
    def pack_version(self) -> str:
        """And in which version."""


class Scan(Protocol):
    """A sealed scan."""

    @property
    def sha256(self) -> str:
        """The hash of its bytes."""

    @property
    def words_sha256(self) -> str:
        """The hash of the words of the paper it was printed from."""


class CaseStore(Protocol):
    """Where cases, licences, papers made, scans and the office's own facts are kept."""

    def cases(
        self, numbers: Sequence[str] | None = None, *, ids: Sequence[int] | None = None
    ) -> Sequence[StoredCase]:
        """The cases in order of creation: all, or those of the numbers or ids."""

    def numbers(
        self, of: Iterable[str] | None = None, *, pack: str | None = None
    ) -> Mapping[str, int]:
        """How many cases carry each normalised number, of all or of some; perhaps of one pack."""

    def transaction(self) -> AbstractContextManager[object]:
        """All that is written within, or nothing."""

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

    def add_cases(
        self, new: Sequence[tuple[Case, Mapping[str, str], str]], *, who: str = ""
    ) -> Sequence[int]:
        """Add many new cases in one go, each with its imported cells and what was done."""

    def licences(self, case_id: int) -> Sequence[StoredLicence]:
        """The licences granted under a case."""

    def granted(self, case_ids: Sequence[int]) -> Mapping[int, Sequence[StoredLicence]]:
        """The licences of some cases, by the case."""

    def add_licence(self, case_id: int, licence: Licence, *, who: str = "") -> StoredLicence:
        """Add a licence to a case."""

    def bin_licence(self, licence_id: int) -> None:
        """Put a licence into the bin."""

    def office(self) -> Office:
        """The office profile."""

    def record_export(
        self,
        case_id: int | None,
        paper: str,
        format: str,
        *,
        words: str,
        sha256: str,
        pack_code: str,
        pack_version: str,
        draft: bool,
        licence_id: int | None = None,
    ) -> Export:
        """Note that a paper was made."""

    def exports(self, case_id: int | None) -> Sequence[Export]:
        """What was made of a case (None: of many together), the latest first."""

    def exports_of(self, case_ids: Sequence[int]) -> Mapping[int, Sequence[Export]]:
        """What was made of some cases, by the case, the latest first."""

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

    def sealed(
        self, case_ids: Sequence[int] | None = None
    ) -> Mapping[tuple[int | None, str], Scan]:
        """The current scan of every paper, or of those of some cases."""

    def packed(self, case_ids: Sequence[int]) -> Mapping[int, Packed]:
        """The last package noted as sent, of those of the cases that are in one."""

    def scan_content(self, scan: Any) -> bytes:
        """The bytes of a `Scan`, verified."""

    def record_submission(
        self, files: Sequence[Any], *, pack_code: str, pack_version: str, who: str = ""
    ) -> object:
        """Note a package with its files, each with name, sha256, case_id and paper."""

    def log(
        self,
        what: str,
        *,
        who: str = "",
        case_id: int | None = None,
        counts: Mapping[str, int] | None = None,
    ) -> None:
        """Note who did what, in codes and counts."""


_BY_ID = re.compile(r"(?:[#＃]|案卷号?)\s*[:：]?\s*([0-9]{1,9})")


def case_mark(case_id: int) -> str:
    """How a clerk names a case by its place in the store, whatever its number: "案卷12"."""
    return f"案卷{case_id}"


def marked_id(text: str) -> int | None:
    """The id in "案卷12" or "#12"; None where a text names no case so."""
    found = _BY_ID.fullmatch(narrow(text))
    return int(found[1]) if found else None


def number_text(case: Case) -> str:
    """The number as messages name a case: normalised, as typed, or "" where there is none."""
    return case.patent.number or case.unread.get("patent.number", "")


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
        return list(store.cases())
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


C = TypeVar("C", bound=StoredCase)


def of_pack(cases: Sequence[C], pack: Pack) -> list[C]:
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
        return store.cases(ids=[case_id])
    exact = store.cases([text])
    try:
        number = parse(text)
    except NotAPatentNumber:
        return exact
    if not exact:
        exact = store.cases([number.text])
    if exact or number.check is not None:
        return exact
    return store.cases([f"ZL{number.digits}.{check}" for check in "0123456789X"])


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
