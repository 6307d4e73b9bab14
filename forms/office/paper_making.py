"""Papers made: composed, printed, named, noted in the store; and how each one stands.

A paper stands as "unmade", "printed" (its words are those of today and wait for a seal),
"sealed" (a scan of these words is kept) or "stale" (the facts changed since it was printed
or sealed).  Drafts count for nothing.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

import msgspec

from forms.facts.derived import number_text
from forms.facts.record import Case, Licence, Office
from forms.ground.alike_begun import sha256_hex
from forms.ground.cleaning import with_code
from forms.ground.kept import Kept
from forms.ground.name_patterns import file_name
from forms.office.store import CaseStore
from forms.office.stored import Export, Made, Scan, StoredCase, StoredLicence
from forms.pack.language import Paper
from forms.pack.types import Pack
from forms.paper.compose import compose, compose_summary
from forms.paper.document import Document
from forms.paper.document_words import words, words_sha256
from forms.paper.made_for import is_for, is_signed
from forms.paper.stand import fields_at

Standing = Literal["unmade", "printed", "sealed", "stale"]

_SLOT = re.compile(rb"\{[a-z]")
_BLANKS: Kept[int] = Kept(200)  # of papers; every case asks for those of its pack


class Unprintable(Exception):
    """A paper can not be printed; the message says what stands in the way, for the clerk."""


def composed(
    pack: Pack,
    paper: Paper,
    case: Case,
    office: Office,
    *,
    licence: Licence | None = None,
    granted: tuple[Licence, ...] = (),
    today: date | None = None,
    draft: bool = False,
) -> Document:
    """A paper of one case or of one licence.

    `granted` are all licences of the case, for one that names the licensees and is not sealed;
    `today` is for one that prints the day.
    """
    return compose(
        *(paper, case, pack),
        licence=licence,
        granted=granted,
        office=office,
        today=today,
        draft=draft,
    )


def composed_of_batch(
    pack: Pack, paper: Paper, cases: Sequence[Case], office: Office, *, draft: bool = False
) -> Document:
    """A paper of many cases, one row each."""
    return compose_summary(paper, cases, pack, office=office, draft=draft)


def written(document: Document, format: str, pack: Pack) -> bytes:
    """A document as a file of a format: pdf, docx or xlsx.  Raises Unprintable."""
    # Each writer is fetched when it is needed: the libraries beneath are slow to load.
    if format == "docx":
        from forms.output.docx import write_docx

        return write_docx(document)
    if format == "xlsx":
        from forms.output.xlsx import TooLong, write_xlsx

        try:
            return write_xlsx(document)
        except TooLong as fault:
            raise Unprintable("有一格内容过长，电子表格无法容纳，请精简") from fault
    from forms.ground.fonts import MissingGlyph
    from forms.output.pdf import render
    from forms.output.stand_ins import drawn

    try:
        return drawn(document, render)
    except MissingGlyph as fault:
        raise Unprintable(_missing(fault.character, fault.path, pack)) from fault


def _missing(character: str, path: str, pack: Pack) -> str:
    fields = fields_at(pack, path)
    place = f"{fields[0].box or fields[0].label}：" if fields else ""
    place = "单位资料：" if path.startswith("office.") else place
    return f"{place}字体中没有{with_code(character)}字，请核对专利证书"


def standing_in_the_way(
    pack: Pack,
    paper: Paper,
    format: str,
    cases: Sequence[Case],
    office: Office,
    *,
    draft: bool = False,
) -> dict[int, str]:
    """For whose rows a paper of many cases can not be made: place of the case -> why.

    To be asked where it was Unprintable; none where it is for no case's sake.
    """

    def why(some: Sequence[Case]) -> str:
        try:
            written(composed_of_batch(pack, paper, some, office, draft=draft), format, pack)
        except Unprintable as fault:
            return str(fault)
        return ""

    if why(()):
        return {}
    each = ((place, why([case])) for place, case in enumerate(cases))
    return {place: reason for place, reason in each if reason}


def paper_file_name(
    pack: Pack,
    paper: Paper,
    case: Case,
    office: Office,
    day: str,
    *,
    licence: Licence | None = None,
    draft: bool = False,
) -> str:
    """A case's paper's file name by the pack's pattern, without extension.

    Drafts and licensees are named in it.
    """
    label = paper.title
    if licence is not None and licence.licensee.name:
        label += f"_{licence.licensee.name[:30]}"
    if draft:
        label += "_草稿"
    values = {
        "number": number_text(case) or "无专利号",
        "title": case.patent.title,
        "owner": case.owners[0].name if case.owners else "",
        "paper": label,
        "office": office.name,
        "date": day,
    }
    return file_name(pack.submission.paper_name, values)


def batch_file_name(
    pack: Pack,
    paper: Paper,
    office: Office,
    day: str,
    count: int,
    *,
    draft: bool = False,
) -> str:
    """The summary's file name by the pack's pattern, without extension."""
    values = {
        "paper": paper.title + ("_草稿" if draft else ""),
        "office": office.name,
        "date": day,
        "count": str(count),
    }
    return file_name(pack.submission.summary_name, values)


def by_weight(
    pack: Pack, scopes: Sequence[str], case: Case | None = None, licence: Licence | None = None
) -> list[Paper]:
    """The papers of some scopes, those of one scope with the most blanks first.

    Of a case, only those that are made of it.
    """

    papers = [
        paper
        for paper in pack.papers.values()
        if paper.scope in scopes and (case is None or is_for(paper, case, pack, licence=licence))
    ]
    return sorted(papers, key=lambda paper: (scopes.index(paper.scope), -_blanks(paper)))


def _blanks(paper: Paper) -> int:
    return _BLANKS.get((paper,), lambda: len(_SLOT.findall(msgspec.json.encode(paper.blocks))))


def sealed_papers(pack: Pack, case: Case | None = None) -> list[Paper]:
    """The papers of cases that are signed or sealed, the fullest first; of a case, those it needs.

    What has no place for a seal, such as a sheet to copy from, is not among them.
    """
    return [paper for paper in by_weight(pack, ("case",), case) if is_signed(paper)]


def not_for(paper: Paper) -> str:
    """Why a paper is not made of a case whose papers it is none of."""
    return f"只为{paper.only}制作，不适用于这件案卷。"


def batch_papers(pack: Pack) -> list[Paper]:
    """The papers of many cases together."""
    return [paper for paper in pack.papers.values() if paper.scope == "batch"]


def standing(document: Document, exports: Sequence[Export], scan: Scan | None) -> Standing:
    """How a paper stands whose words today are the document's.

    `exports` are all that was made of it, the latest first.
    """
    now = words_sha256(document)
    if scan is not None and scan.words_sha256 == now:
        return "sealed"
    finals = [export for export in exports if not export.draft]
    if finals and finals[0].words_sha256 == now:
        return "printed"
    return "stale" if finals or scan is not None else "unmade"


def standing_of_batch(
    pack: Pack,
    paper: Paper,
    cases: Sequence[Case],
    office: Office,
    exports: Sequence[Export],
    scan: Scan | None,
) -> Standing:
    """How a paper of many cases stands; `exports` are those of all such papers, latest first."""
    document = composed_of_batch(pack, paper, cases, office)
    return standing(document, [one for one in exports if one.paper == paper.code], scan)


def standings(
    pack: Pack,
    stored: StoredCase,
    office: Office,
    exports: Sequence[Export],
    sealed: Mapping[tuple[int | None, str], Scan],
) -> dict[str, Standing]:
    """How each paper of a case that is to be sealed stands, by its code.

    `exports` are what was made of the case, the latest first.
    """
    result: dict[str, Standing] = {}
    for paper in sealed_papers(pack, stored.case):
        made = [export for export in exports if export.paper == paper.code]
        scan = sealed.get((stored.id, paper.code))
        if made or scan:
            document = composed(pack, paper, stored.case, office)
            result[paper.code] = standing(document, made, scan)
        else:
            result[paper.code] = "unmade"
    return result


def contract_standing(
    store: CaseStore,
    pack: Pack,
    paper: Paper,
    stored: StoredCase,
    licence: StoredLicence,
    exports: Sequence[Export],
) -> Standing:
    """How the contract of a licence stands; `exports` are what was made of its case."""
    document = composed(pack, paper, stored.case, store.parties.office(), licence=licence.licence)
    own = [e for e in exports if (e.paper, e.licence_id) == (paper.code, licence.id)]
    return standing(document, own, store.papers.scan(stored.id, paper.code, licence_id=licence.id))


def made(
    document: Document,
    format: str,
    pack: Pack,
    *,
    case_id: int | None = None,
    licence_id: int | None = None,
) -> Made:
    """Make a file of a document.  Raises Unprintable."""
    content = written(document, format, pack)
    return Made(
        paper=document.code,
        format=format,
        words=words(document),
        content=content,
        sha256=sha256_hex(content),
        draft=document.draft,
        pack_code=pack.identity.code,
        pack_version=pack.identity.version,
        case_id=case_id,
        licence_id=licence_id,
    )
