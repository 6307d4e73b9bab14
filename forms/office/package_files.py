"""The files of a submission's package: each with what the store is told of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from forms.exchange.package import CaseLine, File, sha256
from forms.facts.derived import number_text
from forms.facts.record import Case
from forms.ground.pdf_pages import page_count
from forms.office.paper_making import (
    Unprintable,
    batch_file_name,
    batch_papers,
    composed,
    composed_of_batch,
    made,
    paper_file_name,
    sealed_papers,
    standing_in_the_way,
)
from forms.office.paper_orders import Order, Result
from forms.office.store import CaseStore
from forms.office.stored import Made, Scan, StoredCase
from forms.pack.language import Paper
from forms.pack.types import Pack
from forms.paper.document_words import words_sha256


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A file of the package with what the store is told of it."""

    file: File
    case_id: int | None = None
    made: Made | None = None
    seal_of: str = ""  # the title of a paper whose seal is missing
    is_stale: bool = False  # there is a seal, of other words


@dataclass(frozen=True, kw_only=True)
class Want:
    """A paper of a case that belongs into the package, and its sealed scan if it has one."""

    paper: Paper
    stored: StoredCase
    scan: Scan | None

    @property
    def order(self) -> Order:
        """What it takes to make it."""
        case, case_id = self.stored.case, self.stored.id
        return Order(paper=self.paper.code, format="pdf", case=case, case_id=case_id)


class Work:
    """One submission in the making."""

    def __init__(self, store: CaseStore, pack: Pack, today: date) -> None:
        self.store = store
        self.pack = pack
        self.today = today
        self.day = today.isoformat()
        self.office = store.parties.office()
        self.sealed = store.papers.sealed()

    def wants(self, stored: StoredCase) -> list[Want]:
        """The papers of a case, each with the sealed scan of exactly its words if there is one."""
        return [
            Want(paper=paper, stored=stored, scan=self._scan_of_today(stored, paper))
            for paper in sealed_papers(self.pack, stored.case)
        ]

    def _scan_of_today(self, stored: StoredCase, paper: Paper) -> Scan | None:
        scan = self.sealed.get((stored.id, paper.code))
        if scan is None:
            return None
        document = composed(self.pack, paper, stored.case, self.office)
        is_of_today = scan.words_sha256 == words_sha256(document)
        # One kept before scans were opened may hold no page.
        opens = is_of_today and page_count(self.store.papers.scan_content(scan))
        return scan if opens else None

    def case_pieces(self, wants: Sequence[Want], results: Iterator[Result]) -> list[Piece]:
        """The papers of a case, those without a seal as they were made.  Raises Unprintable."""
        each = [(want, want.scan or next(results)) for want in wants]
        pieces = []
        for want, found in each:
            if isinstance(found, Unprintable):
                raise found
            stored, paper = want.stored, want.paper
            name = paper_file_name(self.pack, paper, stored.case, self.office, self.day)
            number = number_text(stored.case) or None
            piece = self._piece(paper, found, name, stored.id, number)
            is_stale = bool(piece.seal_of) and (stored.id, paper.code) in self.sealed
            pieces.append(replace(piece, is_stale=is_stale))
        return pieces

    def in_the_way(self, cases: Sequence[Case]) -> dict[int, str]:
        """For whose rows the summary can not be made: place of the case -> why."""
        found: dict[int, str] = {}
        for paper in batch_papers(self.pack):
            for format in paper.formats:
                found |= standing_in_the_way(self.pack, paper, format, cases, self.office)
        return found

    def batch_pieces(self, cases: Sequence[Case]) -> list[Piece]:
        """The summary, sealed or not, and its further formats.  Raises Unprintable."""
        pieces = []
        for paper in batch_papers(self.pack):
            document = composed_of_batch(self.pack, paper, cases, self.office)
            name = batch_file_name(self.pack, paper, self.office, self.day, len(cases))
            scan = self.sealed.get((None, paper.code))
            if scan is not None and scan.words_sha256 == words_sha256(document):
                pieces.append(self._piece(paper, scan, name))
            else:
                piece = self._piece(paper, made(document, "pdf", self.pack), name)
                pieces.append(replace(piece, is_stale=scan is not None))
            for format in paper.formats:
                if format != "pdf":
                    one = made(document, format, self.pack)
                    file = File(
                        name=f"{name}.{format}",
                        content=one.content,
                        paper=paper.code,
                        title=paper.title,
                        words_sha256=sha256(one.words.encode()),
                    )
                    pieces.append(Piece(file=file, made=one))
        return pieces

    def _piece(
        self,
        paper: Paper,
        found: Made | Scan,
        name: str,
        case_id: int | None = None,
        number: str | None = None,
    ) -> Piece:
        """The sealed scan of exactly these words, or the paper as it waits for its seal."""
        if isinstance(found, Made):
            one, content = found, found.content
            printed = sha256(found.words.encode())
        else:
            one, content = None, self.store.papers.scan_content(found)
            printed = found.words_sha256
        file = File(
            name=f"{name}.pdf",
            content=content,
            paper=paper.code,
            title=paper.title,
            words_sha256=printed,
            patent_number=number,
            sealed=one is None,
        )
        return Piece(file=file, case_id=case_id, made=one, seal_of=paper.title if one else "")


def line_of(
    case: Case,
    *,
    papers: tuple[str, ...] = (),
    stale: tuple[str, ...] = (),
    reasons: tuple[str, ...] = (),
) -> CaseLine:
    """A case as the package lists it."""
    return CaseLine(
        patent_number=number_text(case) or None,
        title=case.patent.title,
        owners=tuple(owner.name for owner in case.owners),
        papers=papers,
        stale=stale,
        reasons=reasons,
    )


def missing_seals(
    work: Work, chosen: Sequence[tuple[StoredCase, list[Piece]]], summary: Sequence[Piece]
) -> list[CaseLine]:
    """The papers that still wait for their seals, the summary's line without a number."""
    lines = []
    papers, stale = _unsealed(summary)
    if papers:
        lines.append(CaseLine(patent_number=None, title="", papers=papers, stale=stale))
    for stored, pieces in chosen:
        papers, stale = _unsealed(pieces)
        if papers:
            lines.append(line_of(stored.case, papers=papers, stale=stale))
    return lines


def _unsealed(pieces: Sequence[Piece]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The titles of papers that lack their seal, and of those whose seal is of other words."""
    lacking = [piece for piece in pieces if piece.seal_of]
    stale = tuple(piece.seal_of for piece in lacking if piece.is_stale)
    return tuple(piece.seal_of for piece in lacking), stale
