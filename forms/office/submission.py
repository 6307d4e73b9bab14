"""Make the submission's package: cases without errors, sealed scans where there are any.

It sends nothing.  The table, the declarations and the summary agree: a case that is left out
is left out of all of them, and a case is left out whole where one of its papers can not be
printed.
"""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path

from forms.exchange.locked_zip import check_password
from forms.exchange.package import (
    CaseLine,
    Content,
    File,
    Written,
    named,
    sha256,
    write_package,
)
from forms.exchange.package_cases import carried, content_sha256
from forms.exchange.package_manifest import CaseSaid, SenderSaid
from forms.ground.files import TooLarge, read_bytes, safe_file_name
from forms.ground.name_patterns import file_name
from forms.office.case_standing import Checked, Progress, check_cases, no_progress
from forms.office.cover_letter import UNNAMED_OFFICE, advice, letter_of, still_wanted
from forms.office.package_files import Piece, Work, line_of, missing_seals
from forms.office.paper_making import (
    Unprintable,
    batch_papers,
)
from forms.office.paper_orders import Makers, Orders, in_turn
from forms.office.sealed_scans import check_pdf
from forms.office.store import CannotDo, CaseStore, case_name
from forms.office.stored import StoredCase, SubmittedFile
from forms.pack.types import Pack

ATTACHMENTS_MB = 300  # mails take far less; what is larger goes another way


class FaultyCases(CannotDo):
    """Chosen cases have errors: nothing is submitted until they are mended or left out."""

    def __init__(self, faulty: Sequence[Checked]) -> None:
        names = "、".join(case_name(one.stored.case) for one in faulty)
        super().__init__(f"{len(faulty)} 件案卷有错误，未生成报送包：{names}。")
        self.faulty = tuple(faulty)


class NotMailed(CannotDo):
    """The papers of this pack are not sent by mail: there is no package to make."""

    def __init__(self, pack: Pack) -> None:
        name = pack.identity.name
        super().__init__(
            f"{name}在网上填报，不用邮件报送，没有报送包。请在“网上填报”中逐项复制，"
            "或用 online 命令生成上传用的文件夹。"
        )


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
                f"一并报送的文件合计不能超过 {ATTACHMENTS_MB} MB，加上“{file.name}”已超过，"
                "请压缩后再添加，或另行报送。"
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
    FaultyCases, NotMailed, CannotDo where no case is left, BadPassword, CannotWrite.
    """
    if not pack.submission.is_mailed:
        raise NotMailed(pack)
    if password is not None:
        check_password(password)
    checked = check_cases(store, pack, today, cases)
    faulty = [one for one in checked if one.errors()]
    if faulty and not skip_faulty:
        raise FaultyCases(faulty)
    work = Work(store, pack, today)
    left_out = [line_of(one.stored.case, reasons=_messages(one)) for one in faulty]
    chosen: list[tuple[StoredCase, list[Piece]]] = []
    sound = [one.stored for one in checked if not one.errors()]
    wants = [work.wants(stored) for stored in sound]
    orders = [want.order for of_case in wants for want in of_case if not want.scan]
    with closing(makers(Orders(pack=pack, office=work.office, each=orders))) as results:
        for place, (stored, of_case) in enumerate(zip(sound, wants, strict=True)):
            progress(place, len(sound))
            try:
                chosen.append((stored, work.case_pieces(of_case, results)))
            except Unprintable as fault:
                left_out.append(line_of(stored.case, reasons=(f"{fault}。",)))
    progress(len(sound), len(sound))
    if not chosen:
        raise CannotDo("没有可以报送的案卷。" + _why_none(left_out))
    pending = still_wanted(pack, work.office, attached=bool(attachments))
    chosen, summary = _with_summary(work, chosen, left_out, pending)
    known = {one.stored.id: one for one in checked}
    wanting = [
        line_of(stored.case, reasons=reasons)
        for stored, _ in chosen
        if (reasons := _still_to_fill(known[stored.id]))
    ]
    done = _packed(work, out, chosen, summary, left_out, wanting, attachments, who, password)
    return replace(done, pending=tuple(pending))


def _with_summary(
    work: Work,
    chosen: list[tuple[StoredCase, list[Piece]]],
    left_out: list[CaseLine],
    pending: list[str],
) -> tuple[list[tuple[StoredCase, list[Piece]]], list[Piece]]:
    """The cases that the summary lists, and the summary; the other cases are left out whole."""
    cases = [stored.case for stored, _ in chosen]
    try:
        try:
            return chosen, work.batch_pieces(cases)
        except Unprintable:
            without = work.in_the_way(cases)
            if not 0 < len(without) < len(cases):
                raise
            left_out += [line_of(cases[at], reasons=(f"{why}。",)) for at, why in without.items()]
            chosen = [one for place, one in enumerate(chosen) if place not in without]
            return chosen, work.batch_pieces([stored.case for stored, _ in chosen])
    except Unprintable as fault:
        pending.append(f"汇总表未生成：{fault}。")
        return chosen, []


def _packed(
    work: Work,
    out: Path,
    chosen: Sequence[tuple[StoredCase, list[Piece]]],
    summary: Sequence[Piece],
    left_out: list[CaseLine],
    wanting: list[CaseLine],
    attachments: Sequence[tuple[str, bytes]],
    who: str,
    password: str | None,
) -> Submitted:
    pack, office = work.pack, work.office
    cases = [stored.case for stored, _ in chosen]
    pieces = [*summary, *(_attached(name, content) for name, content in attachments)]
    pieces += [piece for _, of_case in chosen for piece in of_case]
    files = named([piece.file for piece in pieces])
    missing = missing_seals(work, chosen, summary)
    lines = tuple(line_of(case) for case in cases)
    names = iter([file.name for file in files[len(pieces) - sum(len(one) for _, one in chosen) :]])
    data = [
        CaseSaid(
            patent_number=line.patent_number,
            title=line.title,
            owners=line.owners,
            case=(said := carried(stored.case, pack)),
            content_sha256=content_sha256(said),
            files=tuple(islice(names, len(of_case))),
        )
        for line, (stored, of_case) in zip(lines, chosen, strict=True)
    ]
    content = Content(
        pack_code=pack.identity.code,
        pack_version=pack.identity.version,
        office=office.name,
        sender=SenderSaid(
            contact=office.contact, phone=office.phone, email=office.email, region=office.region
        ),
        day=work.today,
        files=tuple(files),
        cases=lines,
        data=tuple(data),
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
        work.store.papers.record_exports([piece.made for piece in pieces if piece.made])
        noted = [_noted(*one) for one in zip(pieces, files, strict=True)]
        code, version = pack.identity.code, pack.identity.version
        work.store.papers.record_submission(noted, pack_code=code, pack_version=version, who=who)
        name = file_name(pack.submission.folder_name, values)
        limit = pack.submission.size_limit_mb << 20
        written = write_package(out, name, content, letter, limit, password=password)
    return Submitted(
        written=written,
        cases=lines,
        left_out=tuple(left_out),
        missing_seals=tuple(missing),
        complete=bool(summary) or not batch_papers(pack),
        pending=(),
        advice=tuple(advice(pack, office, work.today)),
        wanting=tuple(wanting),
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


def _attached(name: str, content: bytes) -> Piece:
    return Piece(file=File(name=safe_file_name(name), content=content))


def _noted(piece: Piece, file: File) -> SubmittedFile:
    return SubmittedFile(
        name=file.name, sha256=sha256(file.content), case_id=piece.case_id, paper=file.paper
    )
