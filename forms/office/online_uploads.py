"""网上填报: the files that are uploaded with a case, how each stands, and a file taken in.

A paper of the pack goes up as its sealed scan, a file from elsewhere as it was given; the web form
says which are asked of a case, of what kinds and how large (`forms.pack.online`).
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import msgspec

from forms.facts.derived import number as number_of
from forms.facts.paths import UnknownPath
from forms.facts.record import Case, Office
from forms.ground.files import TooLarge, read_bytes
from forms.office.online_form import written_number
from forms.office.paper_making import Standing
from forms.office.sealed_scans import read_scan
from forms.office.store import CannotDo
from forms.office.stored import KeptFile, Scan
from forms.pack.language import When
from forms.pack.online import DIGITS, FileKind, OnlineAttachment
from forms.pack.types import Pack
from forms.paper.printed_values import View

UploadState = Literal[
    "ready",
    "printable",
    "unwritten",
    "unmade",
    "unsealed",
    "stale",
    "wanting",
    "optional",
    "not_needed",
    "too_large",
]
"""A paper is "printable" that nobody signs: it is made with the folder."""
MISSING: frozenset[UploadState] = frozenset(
    {"unwritten", "unmade", "unsealed", "stale", "wanting", "too_large"}
)
"""What still stands in the way of uploading all that is asked."""

_STARTS: tuple[tuple[bytes, FileKind], ...] = (
    (b"\xff\xd8\xff", "jpg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"II*\0", "tif"),
    (b"MM\0*", "tif"),
)
_WORDS: Mapping[str, str] = {"pdf": "PDF", "jpg": "JPEG", "png": "PNG", "tif": "TIFF"}


class Upload(msgspec.Struct, frozen=True, kw_only=True):
    """An attachment of a case: whether it is asked, how it stands, what file there is for it.

    `name` is the file's name in the upload folder, `size_bytes` its size where it is known.
    """

    id: str
    label: str
    required: bool
    state: UploadState
    name: str = ""
    size_bytes: int = 0
    paper: str = ""
    help: str = ""
    scan: Scan | None = None
    file: KeptFile | None = None

    @property
    def is_missing(self) -> bool:
        """Whether it is asked and not ready to be uploaded."""
        return self.state in MISSING

    @property
    def files(self) -> tuple[str, ...]:
        """The names of the files that are ready."""
        return (self.name,) if self.state == "ready" and self.name else ()


def uploads_of(
    case: Case,
    pack: Pack,
    *,
    case_id: int | None = None,
    standings: Mapping[str, Standing] | None = None,
    sealed: Mapping[tuple[int | None, str], Scan] | None = None,
    files: Mapping[str, KeptFile] | None = None,
    office: Office | None = None,
) -> tuple[Upload, ...]:
    """Return the attachments of a case in the pack's order.

    `standings` say how each paper stands, `sealed` are the scans, `files` those from elsewhere.
    """
    view = View(case=case, pack=pack, office=office)
    each = pack.online.attachments if pack.online else ()
    return tuple(
        _of_paper(one, view, case_id, (standings or {}).get(one.paper, "unmade"), sealed or {})
        if one.paper
        else _from_elsewhere(one, view, (files or {}).get(one.id))
        for one in each
    )


def _of_paper(
    one: OnlineAttachment,
    view: View,
    case_id: int | None,
    standing: Standing,
    sealed: Mapping[tuple[int | None, str], Scan],
) -> Upload:
    paper = view.pack.papers[one.paper]
    may_be_made = _holds(view, paper.when)
    asked = one.always or (may_be_made and _is_asked(one, view))
    name = f"{stem_of(one.file_name, view.case, case_id)}.pdf"
    scan = sealed.get((case_id, one.paper)) if standing == "sealed" else None
    size = scan.size_bytes if scan else 0
    state: UploadState
    if not asked:
        state = "not_needed"
    elif not may_be_made:
        state = "unwritten"
    elif scan is not None:
        state = "ready" if size <= one.max_mb << 20 else "too_large"
    elif not one.sealed:
        state = "printable"
    else:
        by_standing: Mapping[Standing, UploadState] = {"printed": "unsealed", "stale": "stale"}
        state = by_standing.get(standing, "unmade")
    required = asked and not one.optional
    return Upload(
        id=one.id,
        label=one.label,
        required=required,
        state="optional" if one.optional and state in MISSING else state,
        name=name if asked else "",
        size_bytes=size,
        paper=one.paper,
        help=one.help if asked else one.not_needed,
        scan=scan,
    )


def _from_elsewhere(one: OnlineAttachment, view: View, file: KeptFile | None) -> Upload:
    asked = _is_asked(one, view)
    state: UploadState = "ready"
    if file is None:
        state = "not_needed" if not asked else "optional" if one.optional else "wanting"
    elif file.size_bytes > one.max_mb << 20:  # the pack may have become stricter
        state = "too_large"
    ending = Path(file.name).suffix if file else ""
    return Upload(
        id=one.id,
        label=one.label,
        required=asked and not one.optional,
        state=state,
        name=stem_of(one.file_name, view.case) + ending if file else "",
        size_bytes=file.size_bytes if file else 0,
        help=one.help if asked or file else one.not_needed,
        file=file,
    )


def _is_asked(one: OnlineAttachment, view: View) -> bool:
    return not one.when_any or any(_holds(view, when) for when in one.when_any)


def _holds(view: View, when: When | None) -> bool:
    try:
        return view.holds(when)
    except UnknownPath:  # a pack that nobody has linted
        return False


def stem_of(pattern: str, case: Case, case_id: int | None = None) -> str:
    """Return a name in ASCII by a pack's pattern: the number's characters, else the case's id."""
    number = number_of(case)
    digits = written_number(number, "digits") if number else f"case{case_id or 0}"
    return pattern.replace(DIGITS, digits)


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """A file as it is kept for an attachment, and what the clerk is to be told of it."""

    name: str
    content: bytes
    words: tuple[str, ...] = ()


def taken(file: Path, attachment: OnlineAttachment) -> Taken:
    """Read a file for an attachment; a picture is made a PDF where pictures are not taken.

    Raises CannotDo where it is of no kind that is taken, does not open or is too large;
    CannotRead, NoPicture.
    """
    try:
        content = read_bytes(file, most=attachment.max_mb << 20)
    except TooLarge as error:
        raise CannotDo(_too_large(file.name, attachment)) from error
    kind = next((kind for start, kind in _STARTS if content.startswith(start)), "pdf")
    as_pdf = read_scan(file)  # which refuses what does not open
    if kind in attachment.types:
        return Taken(name=f"{file.stem}.{kind}", content=content)
    if "pdf" not in attachment.types:
        kinds = "、".join(_WORDS[one] for one in attachment.types)
        raise CannotDo(f"“{file.name}”不是“{attachment.label}”可用的格式，可用：{kinds}。")
    if len(as_pdf.content) > attachment.max_mb << 20:
        raise CannotDo(_too_large(file.name, attachment))
    return Taken(name=f"{file.stem}.pdf", content=as_pdf.content, words=as_pdf.words)


def _too_large(name: str, attachment: OnlineAttachment) -> str:
    limit = f"“{attachment.label}”的 {attachment.max_mb} MB"
    return f"“{name}”超过{limit}。请降低扫描分辨率或压缩后再放入。"
