"""Make the submission's package: cases without errors, sealed scans where there are any.

It sends nothing.  The table, the declarations and the summary agree: a case that is left out
is left out of all of them, and a case is left out whole where one of its papers can not be
printed.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import msgspec

from forms.exchange.locking import BadPassword, check_password
from forms.exchange.naming import file_name
from forms.exchange.package import (
    CaseLine,
    Content,
    File,
    Written,
    named,
    sha256,
    write_package,
)
from forms.files import TooLarge, read_bytes, safe_file_name
from forms.office.checking import Checked, Progress, check_cases, no_progress
from forms.office.letter import UNNAMED_OFFICE, advice, letter_of, still_wanted
from forms.office.making import Makers, Order, Orders, Result, in_turn
from forms.office.papers import (
    Made,
    Unprintable,
    batch_file_name,
    batch_papers,
    composed,
    composed_of_batch,
    made,
    note,
    paper_file_name,
    sealed_papers,
    words_sha256,
)
from forms.office.sealing import check_pdf
from forms.office.store import CannotDo, CaseStore, Scan, StoredCase, case_name, number_text
from forms.pack.types import Pack
from forms.paper.language import Paper
from forms.pdf_pages import page_count
from forms.record import Case

ATTACHMENTS_MB = 300  # mails take far less; what is larger goes another way


class FaultyCases(CannotDo):
    """Chosen cases have errors: nothing is submitted until they are mended or left out."""

    def __init__(self, faulty: Sequence[Checked]) -> None:
        names = "、".join(case_name(one.stored.case) for one in faulty)
        super().__init__(f"{len(faulty)} 件案卷有错误，没有生成报送包：{names}。")
        self.faulty = tuple(faulty)


@dataclass(frozen=True, kw_only=True)
class Submitted:
    """A package that was made, and all that has to be said of it.

    `complete` is false where the summary could not be printed; `pending` is still to be
    supplied, `advice` to be considered, each a sentence.  `wanting` are cases whose contents
    are not complete, each with what it wants.
    """

    written: Written
    cases: tuple[CaseLine, ...]
    left_out: tuple[CaseLine, ...]
    missing_seals: tuple[CaseLine, ...]
    complete: bool
    pending: tuple[str, ...]
    advice: tuple[str, ...]
    wanting: tuple[CaseLine, ...] = ()


class SubmittedFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file of the package as the store notes it."""

    name: str
    sha256: str
    case_id: int | None = None
    paper: str = ""


@dataclass(frozen=True, kw_only=True)
class _Piece:
    """A file of the package with what the store is told of it."""

    file: File
    case_id: int | None = None
    made: Made | None = None
    seal_of: str = ""  # the title of a paper whose seal is missing
    is_stale: bool = False  # there is a seal, of other words


@dataclass(frozen=True, kw_only=True)
class _Want:
    """A paper of a case that belongs into the package, and its sealed scan if it has one."""

    paper: Paper
    stored: StoredCase
    scan: Scan | None

    @property
    def order(self) -> Order:
        """What it takes to make it."""
        case, case_id = self.stored.case, self.stored.id
        return Order(paper=self.paper.code, format="pdf", case=case, case_id=case_id)


class _Work:
    """One submission in the making."""

    def __init__(self, store: CaseStore, pack: Pack, today: date) -> None:
        self.store = store
        self.pack = pack
        self.today = today
        self.day = today.isoformat()
        self.office = store.office()
        self.sealed = store.sealed()

    def wants(self, stored: StoredCase) -> list[_Want]:
        """The papers of a case, each with the sealed scan of exactly its words if there is one."""
        return [
            _Want(paper=paper, stored=stored, scan=self._scan_of_today(stored, paper))
            for paper in sealed_papers(self.pack)
        ]

    def _scan_of_today(self, stored: StoredCase, paper: Paper) -> Scan | None:
        scan = self.sealed.get((stored.id, paper.code))
        if scan is None:
            return None
        document = composed(self.pack, paper, stored.case, self.office)
        is_of_today = scan.words_sha256 == words_sha256(document)
        # One kept before scans were opened may hold no page.
        opens = is_of_today and page_count(self.store.scan_content(scan))
        return scan if opens else None

    def case_pieces(self, wants: Sequence[_Want], results: Iterator[Result]) -> list[_Piece]:
        """The papers of a case, those without a seal as they were made.  Raises Unprintable."""
        made_now = [(want, None if want.scan else next(results)) for want in wants]
        pieces = []
        for want, result in made_now:
            if isinstance(result, Unprintable):
                raise result
            stored, paper = want.stored, want.paper
            name = paper_file_name(self.pack, paper, stored.case, self.office, self.day)
            number = number_text(stored.case) or None
            piece = self._piece(paper, result or want.scan, name, stored.id, number)
            is_stale = bool(piece.seal_of) and (stored.id, paper.code) in self.sealed
            pieces.append(replace(piece, is_stale=is_stale))
        return pieces

    def batch_pieces(self, cases: Sequence[Case]) -> list[_Piece]:
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
                    file = File(name=f"{name}.{format}", content=one.content, paper=paper.code)
                    pieces.append(_Piece(file=file, made=one))
        return pieces

    def _piece(
        self,
        paper: Paper,
        found: Made | Scan | None,
        name: str,
        case_id: int | None = None,
        number: str | None = None,
    ) -> _Piece:
        """The sealed scan of exactly these words, or the paper as it waits for its seal."""
        one = found if isinstance(found, Made) else None
        file = File(
            name=f"{name}.pdf",
            content=one.content if one else self.store.scan_content(found),
            paper=paper.code,
            patent_number=number,
            sealed=one is None,
        )
        return _Piece(file=file, case_id=case_id, made=one, seal_of=paper.title if one else "")


def read_attachments(files: Sequence[Path]) -> list[tuple[str, bytes]]:
    """Name and content of further files; each and all together bounded.

    A PDF among them has to open page by page.  Raises CannotRead, CannotDo.
    """
    read: list[tuple[str, bytes]] = []
    room = ATTACHMENTS_MB << 20
    for file in files:
        try:
            read.append((file.name, read_bytes(file, most=room)))
        except TooLarge as error:
            raise CannotDo(
                f"一并报送的文件一共最多 {ATTACHMENTS_MB} MB，加上“{file.name}”就超过了，"
                "请压缩后再加，或者另行报送。"
            ) from error
        room -= len(read[-1][1])
        if file.suffix.lower() == ".pdf":
            check_pdf(read[-1][1], file.name)
    return read


def submit(
    store: CaseStore,
    pack: Pack,
    today: date,
    cases: Sequence[StoredCase],
    out: Path,
    *,
    skip_faulty: bool = False,
    attachments: Sequence[tuple[str, bytes]] = (),
    who: str = "",
    progress: Progress = no_progress,
    makers: Makers = in_turn,
    password: str | None = None,
) -> Submitted:
    """Make the package of the cases and put it into a folder.

    `attachments` are further files (name, content); a `password` locks the zip.  Raises
    FaultyCases, CannotDo where no case is left or the password can not be used, CannotWrite.
    """
    if password is not None:
        try:
            check_password(password)
        except BadPassword as fault:
            raise CannotDo(str(fault)) from fault
    checked = check_cases(store, pack, today, cases)
    faulty = [one for one in checked if one.errors()]
    if faulty and not skip_faulty:
        raise FaultyCases(faulty)
    work = _Work(store, pack, today)
    left_out = [_line(one.stored.case, reasons=_messages(one)) for one in faulty]
    chosen: list[tuple[StoredCase, list[_Piece]]] = []
    sound = [one.stored for one in checked if not one.errors()]
    wants = [work.wants(stored) for stored in sound]
    orders = [want.order for of_case in wants for want in of_case if not want.scan]
    with closing(makers(Orders(pack=pack, office=work.office, each=orders))) as results:
        for place, (stored, of_case) in enumerate(zip(sound, wants, strict=True)):
            progress(place, len(sound))
            try:
                chosen.append((stored, work.case_pieces(of_case, results)))
            except Unprintable as fault:
                left_out.append(_line(stored.case, reasons=(f"{fault}。",)))
    progress(len(sound), len(sound))
    if not chosen:
        raise CannotDo("没有可以报送的案卷。" + _why_none(left_out))
    known = {one.stored.id: one for one in checked}
    wanting = [
        _line(stored.case, reasons=reasons)
        for stored, _ in chosen
        if (reasons := _still_to_fill(known[stored.id]))
    ]
    return _packed(work, out, chosen, left_out, wanting, attachments, who, password)


def _packed(
    work: _Work,
    out: Path,
    chosen: Sequence[tuple[StoredCase, list[_Piece]]],
    left_out: list[CaseLine],
    wanting: list[CaseLine],
    attachments: Sequence[tuple[str, bytes]],
    who: str,
    password: str | None,
) -> Submitted:
    cases = [stored.case for stored, _ in chosen]
    pack, office = work.pack, work.office
    pending = still_wanted(pack, office, attached=bool(attachments))
    try:
        summary = work.batch_pieces(cases)
    except Unprintable as fault:
        summary = []
        pending.append(f"汇总表没有印成：{fault}。")
    pieces = [*summary, *(_attached(name, content) for name, content in attachments)]
    pieces += [piece for _, of_case in chosen for piece in of_case]
    files = named([piece.file for piece in pieces])
    missing = _missing_seals(work, chosen, summary)
    lines = tuple(_line(case) for case in cases)
    content = Content(
        pack_code=pack.identity.code,
        pack_version=pack.identity.version,
        office=office.name,
        day=work.today,
        files=tuple(files),
        cases=lines,
        missing_seals=tuple(missing),
        left_out=tuple(left_out),
        wanting=tuple(wanting),
    )
    values = {
        "office": office.name or UNNAMED_OFFICE,
        "date": work.day,
        "count": str(len(cases)),
    }
    letter = letter_of(pack, office, work.today, values, lines, missing, wanting)
    with work.store.transaction():
        note(work.store, pack, [piece.made for piece in pieces if piece.made])
        noted = [_noted(*one) for one in zip(pieces, files, strict=True)]
        code, version = pack.identity.code, pack.identity.version
        work.store.record_submission(noted, pack_code=code, pack_version=version, who=who)
        name = file_name(pack.submission.folder_name, values)
        limit = pack.submission.size_limit_mb << 20
        written = write_package(out, name, content, letter, limit, password=password)
    return Submitted(
        written=written,
        cases=lines,
        left_out=tuple(left_out),
        missing_seals=tuple(missing),
        complete=bool(summary) or not batch_papers(pack),
        pending=tuple(pending),
        advice=tuple(advice(pack, office, work.today)),
        wanting=tuple(wanting),
    )


def _line(
    case: Case,
    *,
    papers: tuple[str, ...] = (),
    stale: tuple[str, ...] = (),
    reasons: tuple[str, ...] = (),
) -> CaseLine:
    return CaseLine(
        patent_number=number_text(case) or None,
        title=case.patent.title,
        owners=tuple(owner.name for owner in case.owners),
        papers=papers,
        stale=stale,
        reasons=reasons,
    )


def _messages(one: Checked) -> tuple[str, ...]:
    return tuple(problem.message for problem in one.errors())


def _still_to_fill(one: Checked) -> tuple[str, ...]:
    """What the contents of a case still want; seals are told by themselves."""
    return tuple(
        problem.message
        for problem in one.problems
        if problem.severity == "pending" and problem.scope == "offer"
    )


def _why_none(left_out: Sequence[CaseLine]) -> str:
    reasons = [f"{line.patent_number or line.title}：{line.reasons[0]}" for line in left_out[:3]]
    return "".join(reasons)


def _attached(name: str, content: bytes) -> _Piece:
    return _Piece(file=File(name=safe_file_name(name), content=content))


def _noted(piece: _Piece, file: File) -> SubmittedFile:
    return SubmittedFile(
        name=file.name, sha256=sha256(file.content), case_id=piece.case_id, paper=file.paper
    )


def _missing_seals(
    work: _Work, chosen: Sequence[tuple[StoredCase, list[_Piece]]], summary: Sequence[_Piece]
) -> list[CaseLine]:
    """The papers that still wait for their seals, the summary's line without a number."""
    lines = []
    papers, stale = _unsealed(summary)
    if papers:
        lines.append(CaseLine(patent_number=None, title="", papers=papers, stale=stale))
    for stored, pieces in chosen:
        papers, stale = _unsealed(pieces)
        if papers:
            lines.append(_line(stored.case, papers=papers, stale=stale))
    return lines


def _unsealed(pieces: Sequence[_Piece]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The titles of papers that lack their seal, and of those whose seal is of other words."""
    lacking = [piece for piece in pieces if piece.seal_of]
    stale = tuple(piece.seal_of for piece in lacking if piece.is_stale)
    return tuple(piece.seal_of for piece in lacking), stale
