"""Workbooks of taking stock: sent to the colleges, taken back, merged.

What came back is kept as it is with what was sent: nothing that a college wrote is lost, whatever
of it was taken.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path

import msgspec

from forms.exchange.mail import Attachment, Letter, write_mails
from forms.exchange.sheets import MAX_FILE_BYTES, UnreadableFile
from forms.exchange.stock_return import returned_of
from forms.exchange.workbook_reader import read_file
from forms.facts.derived import number_text
from forms.facts.patent_number import parse
from forms.facts.record import LedgerEntry, Patent
from forms.ground.cleaning import visible
from forms.ground.files import (
    CannotRead,
    TooLarge,
    read_bytes,
    safe_name,
    unique_names,
    write_atomically,
)
from forms.office.case_standing import Progress as Report
from forms.office.case_standing import no_progress
from forms.office.stocktaking import (
    Done,
    Edit,
    not_past,
    put_answers,
    round_of,
    sendings_of,
    stock_of,
)
from forms.office.store import AddressBook, CannotDo, CaseStore
from forms.stock.facts import InStock, key_of
from forms.stock.merging import Change, MergePlan, OddRow, plan_merge
from forms.stock.progress import NO_COLLEGE
from forms.stock.records import SENDINGS, STOCK, Answer, Return, Sending, StockPatent
from forms.stock.returned import ReturnedFile
from forms.stock.stock_items import StockForm, is_complete
from forms.stock.stock_sheet import sent_patent

RETURN_ROLE = "return"
_MAIL_LIMIT = 20 << 20


class Sent(msgspec.Struct, frozen=True, kw_only=True):
    """A college's workbook that was written, with the draft of the mail that brings it there."""

    college: str
    patents: int
    open: int
    file: Path
    mail: Path
    address: str


def split(
    store: CaseStore,
    form: StockForm,
    book: AddressBook,
    out: Path,
    today: date,
    *,
    colleges: Collection[str] = (),
    due: date | None = None,
    only_open: bool = False,
    force: bool = False,
    who: str = "",
    progress: Report = no_progress,
) -> tuple[Sent, ...]:
    """Write a workbook and a mail's draft for each college, or some, and note what was sent.

    The mail goes to who bears the college's name in the address book.
    `only_open` sends patents that are not all filled in alone.  Raises CannotDo where nothing is
    to be sent, or a file is there that may not be replaced.
    """
    from forms.output.stock_book import StockBook, write_stock_book  # slow to import

    not_past(due, today)
    groups = _by_college(form, stock_of(store), colleges, only_open=only_open)
    if not groups:
        raise CannotDo("没有要发给学院的专利：请先导入存量专利，或者核对学院的名称。")
    office = store.parties.office()
    addresses = {one.party.name: one.party.email for one in book.listed()}
    in_round = round_of(store, today, who=who).record.name
    contact = " ".join(filter(None, (office.contact, office.phone, office.email)))
    stems = unique_names([f"{safe_name(f'存量专利盘点表_{college}')}.xlsx" for college in groups])
    files = [out / stem for stem in stems]
    for path in () if force else files:
        if path.exists():
            raise CannotDo(f"“{path}”已存在，未覆盖。请另选文件夹；确需覆盖的，请加 --force。")
    out.mkdir(parents=True, exist_ok=True)
    made: list[Sent] = []
    for place, ((college, patents), path) in enumerate(zip(groups.items(), files, strict=True)):
        progress(place, len(groups))
        content = write_stock_book(
            form,
            StockBook(
                round=in_round,
                college=college,
                due=due.isoformat() if due else "",
                office=office.name,
                contact=contact,
                patents=patents,
            ),
        )
        address = addresses.get(college, "")
        letter = _letter(form, office.name, college, patents, due, address, contact, today)
        (mail, *_) = write_mails(letter, [Attachment(path.name, content)], _MAIL_LIMIT)
        write_atomically(path, content)
        write_atomically(path.with_suffix(".eml"), mail.content)
        lacking = sum(not is_complete(form, one.patent) for one in patents)
        made.append(
            Sent(
                college=college,
                patents=len(patents),
                open=lacking,
                file=path,
                mail=path.with_suffix(".eml"),
                address=address,
            )
        )
    with store.transaction():
        store.records.of(SENDINGS).add_all(
            [
                Sending(
                    round=in_round,
                    college=college,
                    file=path.name,
                    sent_on=today,
                    due_on=due,
                    rows=tuple(sent_patent(form, one) for one in patents),
                )
                for (college, patents), path in zip(groups.items(), files, strict=True)
            ],
            who=who,
            what="发给学院",
        )
        store.events.log("stock.sent", who=who, counts={"colleges": len(groups)})
    return tuple(made)


def _by_college(
    form: StockForm, stock: Sequence[InStock], wanted: Collection[str], *, only_open: bool
) -> Mapping[str, list[InStock]]:
    groups: dict[str, list[InStock]] = {}
    for one in stock:
        college = one.college or NO_COLLEGE
        if (wanted and college not in wanted) or (only_open and is_complete(form, one.patent)):
            continue
        groups.setdefault(college, []).append(one)
    return groups


def _letter(
    form: StockForm,
    office: str,
    college: str,
    patents: Sequence[InStock],
    due: date | None,
    address: str,
    contact: str,
    today: date,
) -> Letter:
    until = f"，请于 {due.isoformat()} 前填好发回" if due else "，请填好发回"
    lines = [
        f"{college}：",
        "",
        f"附上《{form.title}表》，共 {len(patents)} 件专利{until}。",
        *form.guide,
        "",
        form.note,
        "",
        *filter(None, (office, f"联系人：{contact}" if contact else "")),
        today.isoformat(),
    ]
    return Letter(
        to=address,
        subject=f"{form.title}表（{college}）",
        text=visible("\n".join(lines)),
        day=today,
    )


# --- taking back ----------------------------------------------------------------------------------


class Back(msgspec.Struct, frozen=True, kw_only=True):
    """A file that came back: what it says, and its bytes."""

    file: ReturnedFile
    content: bytes


class CameBack(msgspec.Struct, frozen=True, kw_only=True):
    """The files that could be read, and a sentence on each that could not."""

    read: tuple[Back, ...]
    unread: tuple[str, ...] = ()


def read_back(paths: Sequence[Path], form: StockForm) -> CameBack:
    """Read what came back; two files of one content are one.

    A spoiled file never stops the others.  Raises UnreadableFile, CannotRead where none is left.
    """
    from hashlib import sha256

    found: dict[str, Back] = {}
    faults: list[UnreadableFile | CannotRead | TooLarge] = []
    for path in paths:
        try:
            sheets = read_file(path)
            content = read_bytes(path, most=MAX_FILE_BYTES)
            digest = sha256(content).hexdigest()
            file = returned_of(sheets, form, path.name, digest)
        except (UnreadableFile, CannotRead, TooLarge) as fault:
            faults.append(fault)
            continue
        found.setdefault(digest, Back(file=file, content=content))
    if faults and not found:
        raise faults[0]
    return CameBack(read=tuple(found.values()), unread=tuple(map(str, faults)))


def look(store: CaseStore, form: StockForm, back: CameBack) -> MergePlan:
    """Return what merging what came back would do; nothing is written."""
    files = [one.file for one in back.read]
    plan = plan_merge(form, stock_of(store, with_out=True), sendings_of(store), files)
    notes = (*(one.rstrip("。") for one in back.unread), *plan.notes)
    return msgspec.structs.replace(plan, notes=notes)


class Merged(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a merge: answers put down, those another changed meanwhile, patents joined."""

    done: tuple[Done, ...]
    left: tuple[Edit, ...]
    joined: tuple[str, ...]


def merge(
    store: CaseStore,
    form: StockForm,
    back: Sequence[Back],
    plan: MergePlan,
    today: date,
    *,
    changes: Sequence[Change],
    joining: Sequence[OddRow] = (),
    who: str = "",
    progress: Report = no_progress,
) -> Merged:
    """Take over some changes of a plan, let some rows join, and keep the files; all or nothing.

    A change whose answer is not what it was looked at with is left and told.
    """
    edits = [
        Edit(
            record=one.patent.id,
            item=one.item.code,
            before=one.before,
            after=one.after,
            by=one.by,
            via=one.file,
        )
        for one in changes
    ]
    with store.transaction():
        put = put_answers(store, edits, today, who=who, what="收回盘点表", progress=progress)
        joined = _joined(store, form, joining, plan, today, who)
        _keep(store, back, plan, changes, today, who)
        counts = {"changed": len(put.done), "left": len(put.left), "joined": len(joined)}
        store.events.log("stock.merged", who=who, counts=counts)
    return Merged(done=put.done, left=put.left, joined=joined)


def _joined(
    store: CaseStore,
    form: StockForm,
    rows: Sequence[OddRow],
    plan: MergePlan,
    today: date,
    who: str,
) -> tuple[str, ...]:
    """Let rows of patents that were not in stock join, with what they say."""
    colleges = {one.file.name: one.college for one in plan.files}
    name = round_of(store, today, who=who).record.name
    known = {one.key for one in stock_of(store, with_out=True)}
    made: dict[str, StockPatent] = {}
    for one in rows:
        if not one.number or key_of(one.number) in known:
            continue
        by = one.row.filler or colleges.get(one.file, "")
        answers = {
            code: Answer(
                values=cell.said.values, unread=cell.said.unread, by=by, on=today, via=one.file
            )
            for code, cell in one.row.cells.items()
            if not cell.said.is_blank
        }
        patent = Patent(number=parse(one.number).text, title=one.title)
        made.setdefault(
            key_of(one.number),
            StockPatent(
                entry=LedgerEntry(patent=patent),
                college=colleges.get(one.file, ""),
                asked_in=name,
                answers=answers,
            ),
        )
    store.records.of(STOCK).add_all(list(made.values()), who=who, what="随盘点表列入")
    return tuple(number_text(one.entry) for one in made.values())


def _keep(
    store: CaseStore,
    back: Sequence[Back],
    plan: MergePlan,
    changes: Sequence[Change],
    today: date,
    who: str,
) -> None:
    """Keep the files with what was sent; one of no college with the round."""
    sendings = store.records.of(SENDINGS)
    taken = {one.key for one in changes}
    of_file = {one.file.sha256: one for one in plan.files}
    for one in back:
        standing = of_file[one.file.sha256]
        own = [change for change in plan.changes if change.file == one.file.name]
        count = sum(change.key in taken for change in own)
        record = standing.sending
        if record is None:
            record = round_of(store, today, who=who).id
        else:
            kept = sendings.get(record)
            returned = Return(
                name=one.file.name,
                sha256=one.file.sha256,
                on=today,
                by=who,
                taken=count,
                left=len(own) - count,
            )
            after = msgspec.structs.replace(kept.record, returns=(*kept.record.returns, returned))
            sendings.save(record, after, who=who, what="收回盘点表")
        store.records.keep_file(record, RETURN_ROLE, one.file.name, one.content, who=who)
