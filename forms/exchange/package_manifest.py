"""The manifest of a package (manifest.json), as data: what the office's program writes, what a
bureau's reads.

Version 2 carries each case as data, so that nothing is typed again; version 1 names the cases
alone.  The schema of version 2 is published (`openlicense schema package`).  Sums are SHA-256 in
hexadecimal digits: of a file's bytes, of a case's canonical JSON (`forms.exchange.package_cases`),
of a paper's printed words in UTF-8.
"""

from datetime import date
from typing import Final, Literal

import msgspec

from forms.facts.record import Case

MANIFEST_NAME = "manifest.json"
MANIFEST_VERSION: Final = 2
FORMAT: Final = "openlicense-package"


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the manifest.  What a later version adds is passed over."""


class PackSaid(Said, frozen=True, kw_only=True):
    """The pack of papers that the office used."""

    code: str = ""
    version: str = ""


class SenderSaid(Said, frozen=True, kw_only=True):
    """Who answers for the package, as the summary and the mail name them."""

    contact: str = ""
    phone: str = ""
    email: str = ""
    region: str = ""


class CaseSaid(Said, frozen=True, kw_only=True):
    """A case of the package; `case` holds what the papers show, and what publication needs.

    `files` names those of `Manifest.files` that are of this case.
    """

    patent_number: str | None = None
    title: str = ""
    owners: tuple[str, ...] = ()
    case: Case
    content_sha256: str
    files: tuple[str, ...] = ()


class FileSaid(Said, frozen=True, kw_only=True):
    """A file of the package; `sealed` is null where a file is not to be signed and sealed.

    `title` is the paper's, `words_sha256` is of the words printed on it, "" where it is no paper.
    """

    name: str
    sha256: str
    size_bytes: int = 0
    paper: str | None = None
    title: str = ""
    words_sha256: str = ""
    patent_number: str | None = None
    sealed: bool | None = None


class LineSaid(Said, frozen=True, kw_only=True):
    """A case or, without number and title, the package itself, with what is to be said of it."""

    patent_number: str | None = None
    title: str = ""
    owners: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


class Manifest(Said, frozen=True, kw_only=True):
    """manifest.json, version 2.

    `missing_seals` are papers without their seal, `stale_seals` those whose words were changed
    after it; `wanting` says what the contents of cases still want, `left_out` which cases the
    office left out, and why.
    """

    format: Literal["openlicense-package"] = FORMAT
    version: Literal[2] = MANIFEST_VERSION
    pack: PackSaid
    office: str
    sender: SenderSaid = SenderSaid()
    made_on: date
    cases: tuple[CaseSaid, ...]
    files: tuple[FileSaid, ...]
    missing_seals: tuple[LineSaid, ...] = ()
    stale_seals: tuple[LineSaid, ...] = ()
    wanting: tuple[LineSaid, ...] = ()
    left_out: tuple[LineSaid, ...] = ()
