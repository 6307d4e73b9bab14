"""The papers for the recordal of a licence: which there are, and a folder and a zip of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from forms.exchange.package import File, write_folder
from forms.facts.amounts import chinese_date
from forms.facts.derived import number_text
from forms.facts.licence_effect import by_day, effect, effect_by
from forms.facts.licence_life import ItemState, Proof
from forms.facts.record import Case, Licence
from forms.facts.recordal import is_late, standing
from forms.ground.files import safe_file_name
from forms.office.licence_life import missing_words
from forms.office.paper_making import composed, written
from forms.office.store import CannotDo, CaseStore
from forms.office.stored import Scan, StoredCase, StoredLicence
from forms.pack.recordal_papers import RecordalPaper, RecordalProcedure
from forms.pack.types import Pack

NOTICE_SCAN, RECEIPT_SCAN = "life-notice", "life-receipt"
REPORT_SCAN, ITEM_SCAN = "life-report", "life-"
ASKED = {"payment": "免费许可怎样证明付款，请写明", "agent": "是否委托代理，请写明"}


@dataclass(frozen=True, kw_only=True)
class PaperLine:
    """A paper for the recordal: its code, the authority's words, how it stands, what is said.

    `asks` where only the clerk can say how it is met.
    """

    code: str
    words: str
    state: ItemState
    said: str
    asks: bool
    proofs: tuple[Proof, ...]


def procedure_of(pack: Pack, licence: Licence) -> RecordalProcedure:
    """The procedure for a licence.  Raises CannotDo where the pack has none for its kind."""
    kind = effect_by(licence)
    found = pack.recordal.procedure(kind) if pack.recordal else None
    if found is None:
        raise CannotDo(f"表单包“{pack.identity.short_name}”没有列出这种许可的备案材料。")
    return found


def contract_scan(
    store: CaseStore, pack: Pack, stored: StoredCase, one: StoredLicence
) -> Scan | None:
    """The scan of a licence's sealed contract, if it is kept."""
    codes = [paper.code for paper in pack.papers.values() if paper.scope == "licence"]
    scans = (store.papers.scan(stored.id, code, licence_id=one.id) for code in codes)
    return next((scan for scan in scans if scan), None)


def paper_lines(
    case: Case, licence: Licence, pack: Pack, today: date, contract: Scan | None = None
) -> tuple[PaperLine, ...]:
    """The papers for the recordal of a licence in order; a late one's explanation at the end."""
    papers = procedure_of(pack, licence).papers
    late = pack.recordal.late if pack.recordal else None
    if late is not None and is_late(case, licence, today):
        papers = (*papers, late)
    return tuple(_line(case, licence, paper, contract) for paper in papers)


def _line(case: Case, licence: Licence, paper: RecordalPaper, contract: Scan | None) -> PaperLine:
    how = standing(case, licence, paper.code, paper.met_by)
    proofs = (*_proofs(licence, paper), *how.item.proofs)
    is_there = paper.met_by == "contract" and contract is not None and how.item.state is None
    if contract is not None and is_there:
        proofs = (Proof(name="签章.pdf", sha256=contract.sha256), *proofs)
    return PaperLine(
        code=paper.code,
        words=paper.words,
        state="ready" if is_there else how.state,
        said=how.item.note or _said(licence, paper, how.state, asks=how.asks),
        asks=how.asks,
        proofs=proofs,
    )


def _proofs(licence: Licence, paper: RecordalPaper) -> tuple[Proof, ...]:
    life = licence.life
    kept = {
        "notice": (life.notice.proof,),
        "payment": tuple(one.proof for one in by_day(life.receipts)),
    }.get(paper.met_by, ())
    return tuple(proof for proof in kept if proof.sha256)


def _said(licence: Licence, paper: RecordalPaper, state: ItemState, *, asks: bool) -> str:
    if asks:
        return ASKED[paper.met_by]
    if state == "not_needed":
        return paper.unneeded
    life, receipts = licence.life, by_day(licence.life.receipts)
    if paper.met_by == "notice" and life.notice.day:
        return chinese_date(life.notice.day)
    if paper.met_by == "payment" and receipts and receipts[0].day:
        return chinese_date(receipts[0].day)
    if paper.met_by == "contract" and licence.signed_on:
        return chinese_date(licence.signed_on)
    return ""


def wanting(lines: Sequence[PaperLine]) -> list[PaperLine]:
    """Those that are still to be got."""
    return [line for line in lines if line.state == "pending"]


@dataclass(frozen=True, kw_only=True)
class Packet:
    """A packet: where it lies, its files' names, and what is wanting."""

    folder: Path
    zip: Path
    names: tuple[str, ...]
    wanting: tuple[PaperLine, ...]


def write_packet(
    store: CaseStore,
    pack: Pack,
    stored: StoredCase,
    one: StoredLicence,
    out: Path,
    today: date,
) -> Packet:
    """Write the papers for the recordal as a folder and a zip.

    Raises CannotDo before the licence takes effect, CannotWrite, DamagedScan, Unprintable.
    """
    case, licence = stored.case, one.licence
    known = effect(case, licence)
    if known.day is None:
        raise CannotDo(f"{missing_words(known)}，不能备案。")
    contract = contract_scan(store, pack, stored, one)
    lines = paper_lines(case, licence, pack, today, contract)
    files = [
        *_made(store, pack, case, licence, today),
        *_kept(store, stored.id, one.id, lines, contract),
    ]
    name = f"{number_text(case) or '无专利号'}_{licence.licensee.name[:30]}_备案材料"
    folder, zipped, names = write_folder(out, name, files, today)
    return Packet(folder=folder, zip=zipped, names=names, wanting=tuple(wanting(lines)))


def _made(
    store: CaseStore, pack: Pack, case: Case, licence: Licence, today: date
) -> Iterator[File]:
    """The pack's papers that help with the recordal."""
    wanted = [paper.made_as for paper in procedure_of(pack, licence).papers if paper.made_as]
    for code in dict.fromkeys(wanted):
        paper = pack.papers[code]
        document = composed(pack, paper, case, store.parties.office(), licence=licence, today=today)
        content = written(document, "pdf", pack)
        yield File(name=f"00 {paper.title}.pdf", content=content)


def _kept(
    store: CaseStore,
    case_id: int,
    licence_id: int,
    lines: Sequence[PaperLine],
    contract: Scan | None,
) -> Iterator[File]:
    """The files of each paper, numbered as it is listed."""
    scans = {
        scan.sha256: scan
        for code in (NOTICE_SCAN, RECEIPT_SCAN, *(ITEM_SCAN + line.code for line in lines))
        for scan in store.papers.scans(case_id, code, licence_id=licence_id)
    }
    if contract is not None:
        scans[contract.sha256] = contract
    for place, line in enumerate(lines, 1):
        for proof in line.proofs:
            scan = scans.get(proof.sha256)
            if scan is not None:
                content = store.papers.scan_content(scan)
                name = f"{place:02} {line.words[:24]} {Path(proof.name).stem}.pdf"
                yield File(name=safe_file_name(name), content=content)
