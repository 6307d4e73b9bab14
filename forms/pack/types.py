"""The types of a form pack (表单包): what an authority issues, as frozen data.

A pack is a folder:  pack.toml (identity, steps, fields, submission), rules.toml (bindings),
wording.toml (sentences), papers/*.toml (see `forms.pack.language`), perhaps online.toml (see
`forms.pack.online`) and conversion.toml (see `forms.pack.conversion`), and a sample workbook.
`forms.pack.load` reads it, `forms.vetting.pack_lint` says everything wrong with it.
"""

from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import msgspec

from forms.facts.paths import without_places
from forms.ground.problems import Scope, Severity
from forms.pack.conversion import Conversion
from forms.pack.language import Paper
from forms.pack.manner import Manner
from forms.pack.online import Online
from forms.pack.phrases import Phrase
from forms.pack.recordal_papers import RecordalPapers
from forms.pack.statement_moulds import StatementMoulds

FieldKind = Literal[
    "text",
    "long_text",
    "patent_number",
    "date",
    "money",
    "percent",
    "number",
    "integer",
    "duration",
    "choice",
    "flag",
    "parties",
    "names",
    "postcode",
    "phone",
    "email",
]


class PackRecord(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A frozen piece of a pack; an unknown key is a fault."""


class Identity(PackRecord, frozen=True):
    """Which pack this is.  After `in_force_until` the procedure is over (history).

    `short` is its name where there is little room: 法定声明.
    """

    code: str
    version: str
    name: str
    authority: str
    notice: str = ""
    short: str = ""
    in_force_from: date | None = None
    in_force_until: date | None = None

    @property
    def short_name(self) -> str:
        """The name where there is little room."""
        return self.short or self.name


class Choice(PackRecord, frozen=True):
    """One answer of a choice: the record's value, the form's word, other words for it."""

    value: str
    label: str
    words: tuple[str, ...] = ()


StepPage = Literal["form", "statement", "online", "filing"]


class Step(PackRecord, frozen=True):
    """A step of the wizard.

    `page` is what it shows: the form of its fields; or the writer of the 简要说明, the fields to be
    copied into a web form (网上填报), what became of the declaration (登记受理), which are pages of
    their own.  Those under a `heading` (声明以外) stand apart from the form's steps above.
    """

    id: str
    title: str
    help: str = ""
    page: StepPage = "form"
    heading: str = ""


class Field(PackRecord, frozen=True):
    """One fact as this authority asks for it.

    `path` is the record's field path, or "extra.NAME" for a field of the pack's own (then
    `kind` types it), or "licence.…" for a fact of a granted licence.  `box` is the place on
    the form a message names ("第①栏 专利号"); `columns` are the workbook headers that mean
    it, the template's own first; `note` explains a known fault of the form beside the field.
    `when` limits a shared column to a way of a choice: {"royalty.way": "lump_sum"}.  `nought`
    tells that 0 is an answer of a whole number (at once, 随通知付清), where else it is a slip.
    `implies` are answers to choices that a row of a list gives by filling this field, where it
    says nothing of them: {"signing": "agency"} beside the name of an agency.
    """

    path: str
    label: str
    kind: FieldKind
    step: str = ""
    box: str = ""
    columns: tuple[str, ...] = ()
    help: str = ""
    note: str = ""
    sample: str = ""
    choices: tuple[Choice, ...] = ()
    when: dict[str, str] = {}
    nought: bool = False
    implies: dict[str, str] = {}


class RuleBinding(PackRecord, frozen=True):
    """Which rule binds here, how severe it is, and on what basis (form note or article)."""

    rule: str
    severity: Severity
    basis: str
    scope: Scope = "offer"
    params: dict[str, Any] = {}


class Deadline(PackRecord, frozen=True):
    """The day by which an office of one kind had to send its papers."""

    office_kind: str
    day: date
    label: str


class Attachment(PackRecord, frozen=True):
    """A further paper that the notice asks of some kinds of office."""

    label: str
    office_kinds: tuple[str, ...]
    basis: str


class Submission(PackRecord, frozen=True):
    """Where and how the papers are sent; parameters an office may change.

    Without an `address` nothing is sent by mail: the papers are handed in otherwise.
    `size_limit_mb` is the largest mail the address takes, in MiB.  The patterns hold
    `{number}`, `{title}`, `{owner}`, `{paper}`, `{office}`, `{date}`, `{count}`, `{part}` and
    `{parts}`.
    """

    paper_name: str
    address: str = ""
    subject: str = ""
    body: str = ""
    folder_name: str = ""
    summary_name: str = ""
    size_limit_mb: int = 20
    deadlines: tuple[Deadline, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    over_notice: str = ""

    @property
    def is_mailed(self) -> bool:
        """Whether the papers are sent by mail, as a package (报送包)."""
        return bool(self.address)


class Pack(PackRecord, frozen=True, dict=True):
    """A form pack, read and checked.  `wording` maps "rule" or "rule.variant" to a sentence."""

    identity: Identity
    steps: tuple[Step, ...]
    fields: tuple[Field, ...]
    rules: tuple[RuleBinding, ...]
    wording: dict[str, str]
    papers: dict[str, Paper]
    submission: Submission
    folder: Path
    sample: str = ""
    manner: Manner | None = None
    conversion: Conversion | None = None
    statement: StatementMoulds | None = None
    online: Online | None = None
    recordal: RecordalPapers | None = None
    phrases: tuple[Phrase, ...] = ()

    def field(self, path: str) -> Field | None:
        """The pack's field of a path; "owners.1.name" is "owners.name"."""
        return self._fields_by_path.get(without_places(path))

    @cached_property
    def _fields_by_path(self) -> dict[str, Field]:
        return {field.path: field for field in reversed(self.fields)}
