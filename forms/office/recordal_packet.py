"""The papers for the recordal of a licence: which there are, and a folder and a zip of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from forms.exchange.package import File, write_folder
from forms.facts.derived import number_text
from forms.facts.licence_effect import effect
from forms.facts.licence_life import Proof
from forms.facts.record import Case, Licence
from forms.ground.files import safe_file_name
from forms.office.licence_life import missing_words
from forms.office.paper_making import composed, written
from forms.office.store import CannotDo, CaseStore
from forms.office.stored import Scan, StoredCase, StoredLicence
from forms.pack.recordal_papers import RecordalProcedure
from forms.pack.types import Pack
from forms.paper.recordal_lines import RecordalLine, procedure_of, recordal_lines

NOTICE_SCAN, RECEIPT_SCAN = "life-notice", "life-receipt"
REPORT_SCAN, ITEM_SCAN = "life-report", "life-"
SEALED = "签章件"


def procedure(case: Case, licence: Licence, pack: Pack) -> RecordalProcedure:
    """The procedure for a licence.  Raises CannotDo where the pack has none for its kind."""
    found = procedure_of(case, licence, pack)
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
) -> tuple[RecordalLine, ...]:
    """The papers for the recordal of a licence.  Raises CannotDo where the pack lists none."""
    procedure(case, licence, pack)
    proof = Proof(name=f"{SEALED}.pdf", sha256=contract.sha256) if contract else None
    return recordal_lines(case, licence, pack, today, contract=proof)


def wanting(lines: Sequence[RecordalLine]) -> list[RecordalLine]:
    """Those that are still to be got."""
    return [line for line in lines if line.state == "pending"]


@dataclass(frozen=True, kw_only=True)
class Packet:
    """A packet: where it lies, its files' names, and what is wanting."""

    folder: Path
    zip: Path
    names: tuple[str, ...]
    wanting: tuple[RecordalLine, ...]


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
    wanted = [paper.made_as for paper in procedure(case, licence, pack).papers if paper.made_as]
    for code in dict.fromkeys(wanted):
        paper = pack.papers[code]
        document = composed(pack, paper, case, store.parties.office(), licence=licence, today=today)
        content = written(document, "pdf", pack)
        yield File(name=f"00 {paper.title}.pdf", content=content)


def _kept(
    store: CaseStore,
    case_id: int,
    licence_id: int,
    lines: Sequence[RecordalLine],
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
