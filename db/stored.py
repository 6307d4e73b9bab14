"""What the store hands out: frozen values, free of the database they came from."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

import msgspec

if TYPE_CHECKING:  # slow to load, and who lists the register does without
    from forms.record import Case, Licence, Party


class Stored(msgspec.Struct, frozen=True, kw_only=True):
    """A frozen value read from the store."""


class StoredCase(Stored, frozen=True, kw_only=True):
    """A case as it stands: `revision` counts its saves, `imported` is the cells last imported."""

    id: int
    revision: int
    case: Case
    imported: dict[str, str]
    created_at: datetime
    updated_at: datetime
    updated_by: str = ""


class Settled(Protocol):
    """What the register says of a case that takes more than its record to know."""

    @property
    def state(self) -> str:
        """Its state."""

    @property
    def until(self) -> date | None:
        """The day after which the state may change by itself; None for never."""

    @property
    def royalty(self) -> str:
        """The royalty in short, perhaps in two lines."""


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


class Export(Stored, frozen=True, kw_only=True):
    """A paper that was made: its words' and its file's SHA-256, by which pack, draft or final."""

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

    The bytes are read by `Store.scan_content`.
    """

    id: int
    case_id: int | None
    licence_id: int | None
    paper: str
    sha256: str
    size_bytes: int
    words_sha256: str
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
