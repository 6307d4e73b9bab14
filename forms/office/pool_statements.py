"""The notices of a distribution (收益分配通知书): one for each member, with its workbook and mail.

The paper is the pack's; what it prints is gathered here.
"""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from forms.exchange.mail import Attachment, Letter, write_mails
from forms.facts.amounts import chinese_date, grouped, plain
from forms.facts.record import Office
from forms.ground.cleaning import visible
from forms.ground.files import make_folder, safe_name, write_atomically
from forms.office.pool_books import grades_of, member_book, run_book
from forms.office.pool_money import PoolMoney
from forms.office.store import CannotDo
from forms.pack.record_pack import record_pack
from forms.paper.document import Document
from forms.paper.facts_view import compose_facts
from forms.pool.paper_facts import ShareLine, SharePaper
from forms.pool.records import Pool
from forms.pool.runs import MemberShare, Run

PAPER = "share_notice"
MOST_GRADES = 4  # columns that the paper has room for
MAIL_LIMIT = 20 << 20  # bytes, as most mail servers take

Told = Callable[[int, int], object]


class Notices(NamedTuple):
    """What was written: the folder, how many notices, how many mail drafts."""

    folder: Path
    notices: int
    mails: int


def statement(
    pool: Pool, run: Run, member_id: int, office: Office, day: date, corrected: str = ""
) -> Document:
    """Return a member's notice, a draft until the run is closed; `corrected` is the wrong one.

    Raises CannotDo where the member has no share in it.
    """
    pack = record_pack("pool")
    facts = statement_facts(pool, run, member_id, office, day, corrected)
    return compose_facts(
        pack.papers[PAPER], facts, pack, number=run.number, draft=not run.is_closed
    )


def statement_facts(
    pool: Pool, run: Run, member_id: int, office: Office, day: date, corrected: str = ""
) -> SharePaper:
    """Return what a member's notice prints.  Raises CannotDo."""
    share = next((one for one in run.shares if one.member_id == member_id), None)
    if share is None:
        raise CannotDo(f"{run.words}分配没有这个成员。")
    grades = grades_of(pool, run)
    shown = grades if 0 < len(grades) <= MOST_GRADES and all(grades) else ()
    percents = percents_of([Fraction(one.part) for one in run.shares])
    weights = "，".join(f"{grade.name}{plain(grade.weight)}" for grade in pool.grades)
    agreed = _agreed(run)
    by_weight = run.rule.method in ("weight", "formula")
    return SharePaper(
        pool=pool,
        number=run.number,
        member=share.name,
        period=period_words(run),
        method=run.rule.method,
        by_days=run.rule.by_days,
        income=run.totals.income,
        fee=run.totals.fee,
        fee_percent=run.fee.percent,
        annuities=run.totals.annuities or None,
        distributed=run.totals.distributed,
        grades=shown,
        grade_weights=weights if by_weight else "",
        formula_words=formula_words(run),
        lines=tuple(
            _line(one, shown, percent, agreed.get(one.name))
            for one, percent in zip(run.shares, percents, strict=True)
        ),
        sums=ShareLine(
            member="合计",
            counts=tuple(sum(one.grades.get(name, 0) for one in run.shares) for name in shown),
            count=sum(one.count for one in run.shares),
            weight=sum((one.weight for one in run.shares), Decimal(0)),
            agreed=sum(agreed.values(), Decimal(0)) if agreed else None,
            percent=sum(percents, Decimal(0)),
            amount=run.totals.distributed,
        ),
        own_amount=share.amount,
        pay_by=run.pay_by,
        corrects=corrected,
        maker=office.contact,
        phone=pool.operator.phone or office.phone,
        day=day,
    )


def period_words(run: Run) -> str:
    """Return the period as a letter says it: 2026年, 2026年上半年, 2026年第二季度, or its days."""
    first, last = run.first, run.last
    if first is None or last is None:
        return ""
    whole = {
        ((1, 1), (12, 31)): "",
        ((1, 1), (6, 30)): "上半年",
        ((7, 1), (12, 31)): "下半年",
        ((1, 1), (3, 31)): "第一季度",
        ((4, 1), (6, 30)): "第二季度",
        ((7, 1), (9, 30)): "第三季度",
        ((10, 1), (12, 31)): "第四季度",
    }
    found = whole.get(((first.month, first.day), (last.month, last.day)))
    if found is not None and first.year == last.year:
        return f"{first.year}年{found}"
    return f"{chinese_date(first)}至{chinese_date(last)}"


def percents_of(parts: list[Fraction]) -> list[Decimal]:
    """Return parts of a whole in percent to two places that add to 100.00, largest remainder."""
    from forms.pool.rounding import rounded

    exact = [part * 10_000 for part in parts]
    return [Decimal(one).scaleb(-2) for one in rounded(10_000, exact, list(range(len(exact))))]


def corrected_number(money: PoolMoney, run: Run) -> str:
    """Return the number of the run that a run corrects, "" where there is none."""
    wrong = dict(money.numbered).get(run.corrects) if run.corrects is not None else None
    return wrong.number if wrong is not None else ""


def write_notices(
    money: PoolMoney, run: Run, office: Office, day: date, out: Path, told: Told | None = None
) -> Notices:
    """Write a closed run: a folder for each member with notice, workbook and mail draft.

    Whoever has no address gets no draft.  Raises CannotDo for an open run, CannotWrite.
    """
    if not run.is_closed:
        raise CannotDo(f"{run.words}分配还没有定稿，定稿后再生成通知书。")
    folder = out / safe_name(f"{money.pool.name}_收益分配_{run.number}")
    make_folder(folder)
    write_atomically(folder / "分配表.xlsx", run_book(money.pool, run))
    corrected = corrected_number(money, run)
    addresses = {member_id: member.party.email for member_id, member in money.members}
    concerned = [one for one in run.shares if one.amount or one.before]
    mails = 0
    for place, one in enumerate(concerned, 1):
        if told is not None:
            told(place - 1, len(concerned))
        own = folder / safe_name(f"{place:02} {one.name}", 60)
        files = list(_files(money.pool, run, one, office, day, corrected))
        for file in files:
            write_atomically(own / file.name, file.content)
        if address := addresses.get(one.member_id, ""):
            letter = _letter(money.pool, run, one, office, day, address)
            for mail in write_mails(letter, files, MAIL_LIMIT):
                write_atomically(own / f"邮件草稿{mail.part}.eml", mail.content)
                mails += 1
    return Notices(folder, len(concerned), mails)


def _files(
    pool: Pool, run: Run, one: MemberShare, office: Office, day: date, corrected: str
) -> Iterator[Attachment]:
    from forms.output.pdf import render  # slow to import

    name = safe_name(f"收益分配通知书_{run.number}_{one.name}", 80)
    content = render(statement(pool, run, one.member_id, office, run.closed_on or day, corrected))
    yield Attachment(f"{name}.pdf", content, one.name)
    book = member_book(pool, run, one.member_id)
    yield Attachment(
        f"{safe_name(f'收益分配明细_{run.number}_{one.name}', 80)}.xlsx", book, one.name
    )


def _letter(
    pool: Pool, run: Run, one: MemberShare, office: Office, day: date, address: str
) -> Letter:
    amount = grouped(one.due)
    lines = [
        f"{one.name}：",
        "",
        f"“{pool.name}”{period_words(run)}许可收益已分配（编号 {run.number}），"
        f"贵方本次应得 {amount} 元，通知书和计入专利的明细见附件。",
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


def formula_words(run: Run) -> str:
    """Return a formula in words: 件数占40%，权重占60%，每个成员最低5%."""
    rule = run.rule
    told = (
        ("件数占", rule.number_part),
        ("权重占", rule.weight_part),
        ("约定份额占", rule.agreed_part),
    )
    said = [f"{name}{plain(part)}%" for name, part in told if part and rule.method == "formula"]
    for name, bound in (("最低", rule.floor_percent), ("最高", rule.cap_percent)):
        if bound is not None:
            said.append(f"每个成员{name}{plain(bound)}%")
    return "，".join(said)


def _agreed(run: Run) -> dict[str, Decimal]:
    """The agreed shares by the members' names, where they count."""
    if run.reckoned is None or run.rule.method not in ("agreed", "formula"):
        return {}
    return {
        one.name: one.share_percent for one in run.reckoned.members if one.share_percent is not None
    }


def _line(
    one: MemberShare, grades: tuple[str, ...], percent: Decimal, agreed: Decimal | None
) -> ShareLine:
    return ShareLine(
        member=one.name,
        counts=tuple(one.grades.get(name, 0) for name in grades),
        count=one.count,
        weight=one.weight,
        agreed=agreed,
        percent=percent,
        amount=one.amount,
    )
