"""The notices of a distribution (收益分配通知书): one for each member, with its workbook and mail.

The paper is the pack's; what it prints is gathered here.
"""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from forms.exchange.mail import Attachment, Letter, write_mails
from forms.facts.amounts import grouped
from forms.facts.record import Office
from forms.ground.cleaning import visible
from forms.ground.files import make_folder, safe_name, write_atomically
from forms.office.pool_books import member_book, run_book
from forms.office.pool_money import PoolMoney
from forms.office.pool_papers import paper_of
from forms.office.pool_share_list import share_list
from forms.office.pool_share_papers import facts_of_share, period_words
from forms.office.record_papers import paper_file
from forms.office.store import CannotDo
from forms.pack.record_pack import record_pack
from forms.paper.document import Document
from forms.pool.records import Pool
from forms.pool.runs import MemberShare, Run

PAPER = "share_notice"
MAIL_LIMIT = 20 << 20  # bytes, as most mail servers take

Told = Callable[[int, int], object]


class Notices(NamedTuple):
    """What was written: the folder, how many notices, how many mail drafts."""

    folder: Path
    notices: int
    mails: int


def statement(
    pool: Pool,
    run: Run,
    member_id: int,
    office: Office,
    day: date,
    corrected: str = "",
    own: Path | None = None,
) -> Document:
    """Return a member's notice, a draft until the run is closed; `corrected` is the wrong one.

    `own` is the folder of the office's own packs, whose words count before the shipped.

    Raises CannotDo where the member has no share in it.
    """
    try:
        facts = facts_of_share(
            pool, run, member_id, corrects=corrected, maker=office.contact, today=day
        )
    except KeyError:
        raise CannotDo(f"{run.words}分配没有这个成员。") from None
    pack = record_pack("pool", own)
    return paper_of(pack, PAPER, facts, name=run.number, draft=not run.is_closed)


def corrected_number(money: PoolMoney, run: Run) -> str:
    """Return the number of the run that a run corrects, "" where there is none."""
    wrong = dict(money.numbered).get(run.corrects) if run.corrects is not None else None
    return wrong.number if wrong is not None else ""


def write_notices(
    money: PoolMoney,
    run: Run,
    office: Office,
    day: date,
    out: Path,
    told: Told | None = None,
    *,
    own: Path | None = None,
) -> Notices:
    """Write a closed run: a folder for each member with notice, workbook and mail draft.

    Whoever has no address gets no draft.  Raises CannotDo for an open run, CannotWrite.
    """
    from forms.output.pdf import render  # slow to import

    if not run.is_closed:
        raise CannotDo(f"{run.words}分配还没有定稿，定稿后再生成通知书。")
    folder = out / safe_name(f"{money.pool.name}_收益分配_{run.number}")
    make_folder(folder)
    write_atomically(folder / "分配表.xlsx", run_book(money.pool, run))
    write_atomically(folder / "分配表.pdf", render(share_list(money.pool, run, office, day)))
    corrected = corrected_number(money, run)
    addresses = {member_id: member.party.email for member_id, member in money.members}
    concerned = [one for one in run.shares if one.amount or one.before]
    mails = 0
    for place, one in enumerate(concerned, 1):
        if told is not None:
            told(place - 1, len(concerned))
        beside = folder / safe_name(f"{place:02} {one.name}", 60)
        files = list(_files(money.pool, run, one, office, day, corrected, own))
        for file in files:
            write_atomically(beside / file.name, file.content)
        if address := addresses.get(one.member_id, ""):
            letter = _letter(money.pool, run, one, office, day, address)
            for mail in write_mails(letter, files, MAIL_LIMIT):
                write_atomically(beside / f"邮件草稿{mail.part}.eml", mail.content)
                mails += 1
    return Notices(folder, len(concerned), mails)


def _files(
    pool: Pool,
    run: Run,
    one: MemberShare,
    office: Office,
    day: date,
    corrected: str,
    own: Path | None,
) -> Iterator[Attachment]:
    name = safe_name(f"收益分配通知书_{run.number}_{one.name}", 80)
    when = run.closed_on or day
    content = paper_file(statement(pool, run, one.member_id, office, when, corrected, own), "pdf")
    yield Attachment(f"{name}.pdf", content, one.name)
    book = member_book(pool, run, one.member_id)
    yield Attachment(
        f"{safe_name(f'收益分配明细_{run.number}_{one.name}', 80)}.xlsx", book, one.name
    )


def _letter(
    pool: Pool, run: Run, one: MemberShare, office: Office, day: date, address: str
) -> Letter:
    amount = f"应得 {grouped(one.due)}" if one.due >= 0 else f"应退回 {grouped(-one.due)}"
    period = period_words(run.first, run.last)
    lines = [
        f"{one.name}：",
        "",
        f"“{pool.name}”{period}许可收益已分配（编号 {run.number}），"
        f"贵方本次{amount} 元，通知书和计入专利的明细见附件。",
        "对分配结果有异议的，请按通知书写明的期限书面提出。",
    ]
    if run.reason:
        lines.insert(3, f"本次为更正：{run.reason}")
    sender = [part for part in (pool.operator.name or office.name, office.contact) if part]
    phone = pool.operator.phone or office.phone
    lines += ["", *sender, *([phone] if phone else []), day.isoformat()]
    return Letter(
        to=address,
        subject=f"{pool.name} 收益分配通知书 {run.number}",
        text=visible("\n".join(lines)),
        day=day,
    )
