"""What a store takes and hands out: frozen values, which need no database.

They stand here once: the repositories in db/ make them, the use cases and the screens read them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Generic, Literal, TypeVar

import msgspec

if TYPE_CHECKING:  # slow to load, and who lists the register does without
    from forms.facts.record import Case, LedgerEntry, Licence, Party

SCAN_LIMIT_MB = 50
"""The largest scan that is kept; a paper of a few pages in colour at 300 dpi is far below."""


class Stored(msgspec.Struct, frozen=True, kw_only=True):
    """A frozen value read from the store."""


class StoredCase(Stored, frozen=True, kw_only=True):
    """A case as it stands: `revision` counts its saves, `imported` is the cells last imported.

    `patent_id` is the entry of the ledger that it stands on, whose facts `case` has.
    """

    id: int
    revision: int
    patent_id: int
    case: Case
    imported: dict[str, str]
    created_at: datetime
    updated_at: datetime
    updated_by: str = ""

    @property
    def has_unread(self) -> bool:
        """Whether anything of it could not be read."""
        return bool(self.case.unread)

    @property
    def known_by(self) -> tuple[str, str]:
        """The cells of the number and the title, as last imported; "" for none."""
        return self.imported.get("patent.number", ""), self.imported.get("patent.title", "")

    def says(self, cells: Mapping[str, str]) -> bool:
        """Whether these are the cells last imported."""
        return self.imported == cells


class StoredPatent(Stored, frozen=True, kw_only=True):
    """A patent's entry in the ledger (专利台账)."""

    id: int
    revision: int
    entry: LedgerEntry
    updated_at: datetime
    updated_by: str = ""
    what: str = ""


class Counterpart(Stored, frozen=True, kw_only=True):
    """Another entry of a patent, that says something else of it, and the cases on it."""

    patent: StoredPatent
    case_ids: tuple[int, ...]


class Settled(Stored, frozen=True, kw_only=True):
    """What the register says of a case that takes more than its record to know.

    `state` is one of `case_standing.State`, and surely holds up to the day `until` (None: for
    ever); `royalty` is the royalty in short, perhaps in two lines.
    """

    state: str
    until: date | None
    royalty: str


class StoredLicence(Stored, frozen=True, kw_only=True):
    """A licence granted under a case."""

    id: int
    case_id: int
    revision: int
    licence: Licence
    created_at: datetime
    updated_at: datetime


class StoredParty(Stored, frozen=True, kw_only=True):
    """An entry of the address book (名册)."""

    id: int
    party: Party
    updated_at: datetime


class Version(Stored, frozen=True, kw_only=True):
    """One save: the `version` is the revision it made."""

    version: int
    made_at: datetime
    who: str
    what: str


class Made(Stored, frozen=True, kw_only=True):
    """A paper made, of a case, of a licence of it, or of many cases (`case_id` None).

    `words` are its document's words, `sha256` is its file's; `content` is empty once it is put
    away.
    """

    paper: str
    format: str
    words: str
    content: bytes = b""
    sha256: str
    draft: bool
    pack_code: str
    pack_version: str
    case_id: int | None = None
    licence_id: int | None = None


class Export(Stored, frozen=True, kw_only=True):
    """A paper made, as it was noted: the SHA-256 of its words (in UTF-8) and of its file."""

    id: int
    case_id: int | None
    licence_id: int | None
    paper: str
    format: str
    words_sha256: str
    sha256: str
    pack_code: str
    pack_version: str
    draft: bool
    made_at: datetime


class Scan(Stored, frozen=True, kw_only=True):
    """A sealed scan; `words_sha256` is of the words of the paper it was printed from.

    The bytes are read by `scan_content` of the repository of papers.
    """

    id: int
    case_id: int | None
    licence_id: int | None
    paper: str
    sha256: str
    size_bytes: int
    words_sha256: str
    added_at: datetime


class KeptFile(Stored, frozen=True, kw_only=True):
    """A file from elsewhere that is uploaded with a case (网上填报), under its attachment's id."""

    case_id: int
    attachment: str
    name: str
    sha256: str
    size_bytes: int
    added_at: datetime


class SubmittedFile(Stored, frozen=True, kw_only=True):
    """One file of a submission's package."""

    name: str
    sha256: str
    case_id: int | None = None
    paper: str = ""


class Packed(Stored, frozen=True, kw_only=True):
    """The package a case went out in: when it was made, and by which pack."""

    made_at: datetime
    pack_code: str
    pack_version: str


class Submission(Stored, frozen=True, kw_only=True):
    """A package that was made (报送包), its files' hashes; `sent_at` as the clerk says."""

    id: int
    made_at: datetime
    who: str
    pack_code: str
    pack_version: str
    files: tuple[SubmittedFile, ...]
    sent_at: datetime | None = None


class Event(Stored, frozen=True, kw_only=True):
    """Who did what, in codes and counts only: an event has no room for personal data."""

    id: int
    at: datetime
    who: str
    what: str
    case_id: int | None
    counts: dict[str, int]


DutySaid = Literal["done", "snoozed", "excluded"]


class DutyNote(Stored, frozen=True, kw_only=True):
    """What the office says of a duty (日程), by the duty's key.

    `day` is the one on which it was done or found not to apply, or the one it is put off to;
    `words` are a note, a reason.
    """

    key: str
    state: DutySaid
    day: date
    amount: Decimal | None = None
    words: str = ""
    noted_by: str = ""


R = TypeVar("R", bound=msgspec.Struct)


class Kept(msgspec.Struct, Generic[R], frozen=True, kw_only=True):
    """A record of a kind as it stands: `revision` counts its saves, `parent_id` is whose it is."""

    id: int
    parent_id: int | None
    revision: int
    record: R
    state: str
    created_at: datetime
    updated_at: datetime
    updated_by: str = ""


class RecordFile(Stored, frozen=True, kw_only=True):
    """A file of a record, under the part (`role`) it plays; its bytes are kept under its hash."""

    id: int
    record_id: int
    role: str
    name: str
    sha256: str
    size_bytes: int
    added_at: datetime
    added_by: str = ""
