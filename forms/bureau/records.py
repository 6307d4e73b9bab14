"""What a bureau keeps: the packages it took in, the cases in them, licences as they were reported.

Three kinds of records (`forms.ground.record_kind`): a `Package` stands for one package as it
arrived, its `PackageCase` records belong to it (`parent_id`), a `ReportedLicence` stands alone.
The original files lie beside the data, byte for byte as they came: see `forms.bureau.originals`.
A case is for review once its package is sent there (`Package.sent_to_review`); its `state` stays
"waiting" until it is decided.

Sources: 知识产权局专利开放许可试点工作方案（国知办函运字〔2022〕448号）三（一）2 核查发布内容,
3 (信息公开); what a package holds is `openlicense schema package`.

This module must not know files, packs or a screen.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from forms.facts.derived import number_text, owners_joined
from forms.facts.record import Case
from forms.facts.record_shape import Record, WithAmounts
from forms.ground.record_kind import RecordKind

Verdict = Literal["new", "again", "changed", "faulty", "unreadable"]
"""What a package is found to be: not seen before, the very same again (never kept a second time),
a further edition of what the office sent before, one with faults, one that can not be read."""

State = Literal["waiting", "passed", "returned", "refused", "published", "withdrawn", "replaced"]
"""Where a case stands: 待审, 通过, 退回补正, 不予通过, 已公布, 已撤回; 已由后一版代替."""

FaultCode = Literal[
    "unreadable",  # nothing of it can be read
    "manifest",  # the manifest says what can not be
    "altered",  # a file is another one than the manifest says
    "missing",  # a file of the manifest is not there
    "further",  # a file is there that the manifest does not name
    "case",  # a case's data are not what the manifest says, or can not be read
    "seal",  # a paper lacks its seal
    "stale",  # the words of a sealed paper are others than the case's data give
    "number",  # a number is wanting, or given twice in the package
    "office",  # who sent it is not said
    "conflict",  # a patent came from another office, too
    "edition",  # a patent came before, with other contents
    "same",  # a patent came before in the same words: it is not kept a second time
    "no_manifest",  # read without a manifest, as far as it goes
]
LIGHT: frozenset[FaultCode] = frozenset(
    {"conflict", "edition", "further", "no_manifest", "office", "same", "seal", "stale"}
)
"""Faults that a package may have and still be `new` or `changed`: they are told, and examined."""


class Fault(Record, frozen=True):
    """Something wrong with a package: where (a file, a patent), and what to do, for the clerk."""

    code: FaultCode
    where: str
    message: str
    patent_number: str = ""


class PackageFile(Record, frozen=True):
    """A file of a package: its SHA-256 as the manifest lists it and as it was found.

    `listed` is "" where no manifest names it, `found` is "" where it is not there.  `size` is in
    bytes, as found.
    """

    name: str
    listed: str = ""
    found: str = ""
    size: int = 0
    paper: str = ""
    patent_number: str = ""
    sealed: bool | None = None


class Sender(Record, frozen=True):
    """Who answers for a package: of the office's profile (单位), as its papers name it."""

    name: str = ""
    phone: str = ""
    email: str = ""
    region: str = ""


class Package(Record, frozen=True):
    """A package as it was taken in (收件).

    `batch` counts the packages of an office, from 1 (第几批).  `source` is the file's name as it
    came, perhaps with the way within it ("函.eml › 报送.zip"); `channel` says what it came as.
    `whole_sha256` is of the file that came, `contents_sha256` of all files in it by name: the
    same package as a folder, a zip and a mail has one.  `original` is where the file lies in the
    folder of originals, `opened` where its files can be read one by one ("" where that is
    `original` itself).
    Within what lies there, `root` is the folder of the package's files.
    `manifest_version` is None where there is no manifest.  `accepted` is the clerk's word where a
    package is taken with its faults (照收并注明).
    """

    office: str = ""
    sender: Sender = Sender()
    batch: int = 1
    pack_code: str = ""
    pack_version: str = ""
    made_on: date | None = None
    received_at: datetime | None = None
    source: str = ""
    channel: Literal["folder", "zip", "mail", "file"] = "zip"
    whole_sha256: str = ""
    contents_sha256: str = ""
    original: str = ""
    opened: str = ""
    root: str = ""
    size: int = 0
    verdict: Verdict = "new"
    faults: tuple[Fault, ...] = ()
    manifest_version: int | None = None
    files: tuple[PackageFile, ...] = ()
    cases: int = 0
    accepted: str = ""
    sent_to_review: datetime | None = None
    acknowledged: datetime | None = None
    came_again: tuple[datetime, ...] = ()


class CasePaper(Record, frozen=True):
    """A paper of a case in its package: the file's name and hash, the hash of its printed words.

    `sealed` is None where the paper needs no seal; `words_sha256` is "" where it is not known.
    """

    paper: str
    title: str = ""
    file: str = ""
    sha256: str = ""
    words_sha256: str = ""
    sealed: bool | None = None


class Duplicate(Record, frozen=True):
    """Another case on the same patent: whose, in which package, and how this one differs.

    `differs` are the boxes whose contents are not the same, as the pack calls them.
    """

    kind: Literal["other_office", "edition", "after_sealing"]
    case_id: int
    package_id: int
    office: str
    batch: int
    place: int
    differs: tuple[str, ...] = ()


class Reason(Record, frozen=True):
    """Why a case is returned or refused: the rule, its sentence, the basis (an article, a note)."""

    rule: str = ""
    message: str = ""
    basis: str = ""


class Decision(Record, frozen=True):
    """What was decided of a case: 通过, 退回补正 (by `deadline`), 不予通过; by whom, when."""

    verdict: Literal["pass", "return", "refuse"]
    reasons: tuple[Reason, ...] = ()
    text: str = ""
    deadline: date | None = None
    by: str = ""
    at: datetime | None = None


class PackageCase(Record, frozen=True):
    """A case of a package, as it was handed in: its parent is its `Package`.

    `place` counts within the package, from 1.  `content_sha256` is of the case's canonical JSON
    (`forms.exchange.package_cases`).  `read_from` says what `case` was read of: the manifest's
    data, a row of the summary, the names of files.  `wanting` is what the office itself says is
    still to be supplied.
    """

    office: str = ""
    place: int = 1
    case: Case = Case()
    content_sha256: str = ""
    read_from: Literal["manifest", "summary", "names", "hand"] = "manifest"
    papers: tuple[CasePaper, ...] = ()
    wanting: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    state: State = "waiting"
    decision: Decision | None = None

    @property
    def number(self) -> str:
        """The patent's number as it is shown; as it was typed where it is none."""
        return number_text(self.case)


class ReportedLicence(WithAmounts, frozen=True):
    """A licence granted under an open licence, as an office reported it (许可情况).

    `amount` is in yuan, what was agreed in all; `royalty` is the way in words.  `recorded_no` and
    `recorded_on` are of the recordal (备案号, 备案日).
    """

    patent_number: str = ""
    title: str = ""
    office: str = ""
    licensee: str = ""
    royalty: str = ""
    amount: Decimal | None = None
    signed_on: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    recorded_no: str = ""
    recorded_on: date | None = None
    reported_on: date | None = None
    source: str = ""


PACKAGES = RecordKind(
    name="package",
    shape=Package,
    word="收到的报送包",
    key=lambda package: package.contents_sha256 or package.whole_sha256,
    state=lambda package: package.verdict,
    searched=lambda package: (package.office, package.source, package.sender.name),
)
PACKAGE_CASES = RecordKind(
    name="package_case",
    shape=PackageCase,
    word="报送的专利",
    key=lambda one: one.number,
    state=lambda one: one.state,
    searched=lambda one: (
        *(one.number, one.number.replace(".", "")),
        *(one.case.patent.title, owners_joined(one.case), one.office),
    ),
)
REPORTED_LICENCES = RecordKind(
    name="reported_licence",
    shape=ReportedLicence,
    word="报来的许可",
    key=lambda one: one.patent_number,
    searched=lambda one: (one.patent_number, one.title, one.office, one.licensee),
)
