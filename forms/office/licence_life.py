"""What became of a licence, kept: its notice, receipts, statements, recordal and end.

Each function takes the licence as it stands and returns it with what was said, or refuses in
words what can not be.  What is odd but possible (more paid than is owed, a late recordal) is told
beside, by `advice`.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from msgspec.structs import replace

from forms.facts.amounts import grouped
from forms.facts.licence_effect import Effect, effect, effect_by, last_day, runs
from forms.facts.licence_ledger import Ledger
from forms.facts.licence_life import (
    EffectBy,
    Ending,
    ItemState,
    Milestone,
    Proof,
    Receipt,
    RecordalChange,
    RecordalItem,
    RoyaltyReport,
)
from forms.facts.licence_schedule import schedule
from forms.facts.paths import with_value
from forms.facts.quantities import Unreadable, UnreadableReason, read_date, read_money
from forms.facts.record import Case, Licence
from forms.facts.recordal import deadline, is_late, relieved_from
from forms.office.sealed_scans import read_scan
from forms.office.store import CannotDo, CaseStore
from forms.office.stored import StoredCase, StoredLicence

__all__ = [
    "advice",
    "amount_of",
    "base_of",
    "check_period",
    "keep",
    "milestone_of",
    "missing_words",
    "note_relief",
    "with_change",
    "with_ending",
    "with_item",
    "with_notice",
    "with_proof",
    "with_receipt",
    "with_recordal",
    "with_report",
]

_MONEY_FAULTS: dict[UnreadableReason, str] = {
    "negative": "不能小于零。退款请另行登记，不记作负数",
    "decimals": "最小到分",
    "range": "过大，请核对",
}
_FOREIGN = (
    "美元",
    "USD",
    "$",
    "＄",
    "欧元",
    "EUR",
    "€",
    "港",
    "HKD",
    "日元",
    "日圆",
    "JPY",
    "英镑",
)
NO_EFFECT = {
    "notice": "还没有被许可人的书面通知，许可未生效",
    "payment": "还没有照公告付款，许可未生效",
    "signing": "未填合同签订日期，生效日算不出来",
    "stated": "公告的标准没有第一笔款额，从哪一笔起算付款请写明生效日",
}


def missing_words(known: Effect) -> str:
    """What a licence still wants for a day of effect; "" where it wants nothing."""
    return NO_EFFECT[known.missing] if known.missing else ""


def amount_of(text: str) -> Decimal:
    """Read an amount that was received, in yuan and above zero.

    Raises CannotDo in words for another currency, a negative amount, one of no meaning.
    """
    if any(word in text.upper() for word in _FOREIGN):
        raise CannotDo(
            f"“{text}”不是人民币。收款账以人民币记，请按到账的人民币金额填写，外币金额写在款项说明里。"
        )
    try:
        amount = read_money(text)
    except Unreadable as fault:
        reason = _MONEY_FAULTS.get(fault.reason, "不是金额，例如 20000 或 2万元")
        raise CannotDo(f"到账金额“{text}”{reason}。") from fault
    if amount == 0:
        raise CannotDo("到账金额不能是零。")
    return amount


def base_of(text: str) -> Decimal:
    """Read the net sales or the profit that a statement reports, in yuan; none is nought.

    Raises CannotDo.
    """
    return Decimal(0) if text.strip() in ("0", "零", "0.00") else amount_of(text)


def check_period(case: Case, licence: Licence, period: str, today: date) -> None:
    """Raise CannotDo unless a period is one that a running royalty is accounted for by."""
    owed = [one.period for one in schedule(case, licence, today) if one.kind == "running"]
    if not owed:
        known = missing_words(effect(case, licence))
        raise CannotDo(f"{known or '许可使用费不是提成，没有提成报表'}。")
    if period not in owed:
        raise CannotDo(f"没有“{period}”这一期，这份许可的报表期有：{'、'.join(owed[:12])}。")


def milestone_of(words: Sequence[str]) -> Milestone:
    """Read a milestone of its name, its amount and perhaps its day.  Raises CannotDo."""
    if not 2 <= len(words) <= 3:
        raise CannotDo(
            "付款节点写成“名称 金额”或者“名称 金额 日期”，例如 产品上市 50000 2026-12-31。"
        )
    try:
        due = read_date(words[2]) if len(words) == 3 else None
    except Unreadable as fault:
        raise CannotDo(f"付款节点的日期“{words[2]}”格式有误，例如 2026-12-31。") from fault
    return Milestone(what=words[0], amount=amount_of(words[1]), due_on=due)


def with_notice(
    case: Case,
    licence: Licence,
    day: date,
    today: date,
    *,
    how: str = "",
    effect_by: EffectBy | None = None,
    effect_day: date | None = None,
) -> Licence:
    """The licence with the licensee's written notice.  Raises CannotDo.

    Source: 专利法 第五十条第二款、第五十一条第一款.
    """
    _not_after(day, today, "书面通知")
    declared = case.declaration
    if declared.published_on and day < declared.published_on:
        raise CannotDo(
            f"声明自 {declared.published_on} 公告起生效，{day} 的书面通知早于公告，"
            "不能成立开放许可。"
        )
    if declared.withdrawn_on and day >= declared.withdrawn_on:
        raise CannotDo(
            f"声明已于 {declared.withdrawn_on} 公告撤回，其后的书面通知不能成立开放许可；"
            "双方另行协商的，登记为普通许可合同。"
        )
    if (end := case.offer_end) and day > end:
        raise CannotDo(f"许可期限已于 {end} 届满，{day} 的书面通知不能成立开放许可。")
    if licence.agreed == "negotiated" and effect_by == "open":
        raise CannotDo(
            "许可使用费另行协商的是普通许可，不属于开放许可（审查指南 第五部分第十一章 8）。"
        )
    life = licence.life
    kept = replace(life.notice, day=day, how=how or life.notice.how)
    life = replace(
        life,
        notice=kept,
        effect_by=effect_by or life.effect_by or "open",
    )
    starts_on = effect_day or licence.starts_on
    agreed = licence.agreed or "as_offered"
    return replace(licence, agreed=agreed, starts_on=starts_on, life=life)


def with_receipt(
    licence: Licence,
    day: date,
    amount: Decimal,
    today: date,
    *,
    purpose: str = "",
    number: str = "",
    proof: Proof | None = None,
) -> Licence:
    """The licence with money that came in.  Raises CannotDo."""
    _not_after(day, today, "到账")
    life = licence.life
    same = [one for one in life.receipts if number and one.number == number]
    if same:
        raise CannotDo(f"票据号 {number} 已登记过（{same[0].day}，{_yuan(same[0].amount)}）。")
    new = Receipt(day=day, amount=amount, purpose=purpose, number=number, proof=proof or Proof())
    return replace(licence, life=replace(life, receipts=(*life.receipts, new)))


def with_report(
    licence: Licence, period: str, base: Decimal, day: date, proof: Proof | None = None
) -> Licence:
    """The licence with a period's statement; one of the same period gives way."""
    new = RoyaltyReport(period=period, base=base, received_on=day, proof=proof or Proof())
    others = [one for one in licence.life.reports if one.period != period]
    reports = tuple(sorted((*others, new), key=lambda one: one.period))
    return replace(licence, life=replace(licence.life, reports=reports))


def with_recordal(
    case: Case,
    licence: Licence,
    today: date,
    *,
    submitted_on: date | None = None,
    recorded_on: date | None = None,
    number: str = "",
    cancelled_on: date | None = None,
) -> Licence:
    """The licence with what the office did of its recordal.  Raises CannotDo."""
    known = effect(case, licence)
    asked = submitted_on or recorded_on or cancelled_on
    if asked and known.day is None:
        raise CannotDo(f"{missing_words(known)}，不能登记备案。")
    for day, what in (
        (submitted_on, "提交备案"),
        (recorded_on, "备案"),
        (cancelled_on, "备案解除"),
    ):
        if day is None:
            continue
        _not_after(day, today, what)
        if known.day is not None and day < known.day:
            raise CannotDo(f"{what}日 {day} 早于合同生效日 {known.day}，请核对。")
    old = licence.life.recordal
    new = replace(
        old,
        submitted_on=submitted_on or old.submitted_on,
        recorded_on=recorded_on or old.recorded_on,
        number=number or old.number,
        cancelled_on=cancelled_on or old.cancelled_on,
    )
    if new.recorded_on and new.submitted_on and new.recorded_on < new.submitted_on:
        raise CannotDo(f"备案日 {new.recorded_on} 早于提交日 {new.submitted_on}，请核对。")
    if new.cancelled_on and new.recorded_on is None:
        raise CannotDo("还没有登记备案日，不能登记备案解除。")
    return replace(licence, life=replace(licence.life, recordal=new))


def with_change(licence: Licence, change: RecordalChange, today: date) -> Licence:
    """The licence with a change of what is recorded; told again it is no second one.

    Raises CannotDo.
    """
    recordal = licence.life.recordal
    if recordal.recorded_on is None:
        raise CannotDo("还没有登记备案日，不能登记备案变更。")
    if change.day is None or change.item is None or not change.after:
        raise CannotDo("备案变更要写明变更日、变更项和变更后的内容。")
    _not_after(change.day, today, "备案变更")
    if change.day < recordal.recorded_on:
        raise CannotDo(f"备案变更日 {change.day} 早于备案日 {recordal.recorded_on}，请核对。")
    others = [one for one in recordal.changes if one != change]
    changes = tuple(
        sorted((*others, change), key=lambda one: (one.day or date.min, one.item or ""))
    )
    new = replace(recordal, changes=changes)
    return replace(licence, life=replace(licence.life, recordal=new))


def with_item(
    licence: Licence,
    code: str,
    *,
    state: ItemState | None = None,
    note: str | None = None,
    proofs: tuple[Proof, ...] = (),
) -> Licence:
    """The licence with what was said of one paper for its recordal, files added."""
    items = {one.code: one for one in licence.life.recordal.items}
    old = items.get(code, RecordalItem(code=code))
    items[code] = replace(
        old,
        state=state or old.state,
        note=old.note if note is None else note,
        proofs=(*old.proofs, *(one for one in proofs if one not in old.proofs)),
    )
    recordal = replace(licence.life.recordal, items=tuple(items[one] for one in sorted(items)))
    return replace(licence, life=replace(licence.life, recordal=recordal))


def with_ending(case: Case, licence: Licence, ending: Ending) -> Licence:
    """The licence with its end.  Raises CannotDo."""
    known = effect(case, licence)
    if ending.day and known.day and ending.day < known.day:
        raise CannotDo(f"终止日 {ending.day} 早于合同生效日 {known.day}，请核对。")
    end = licence.ends_on or case.offer_end
    if ending.day and end and ending.day > end:
        raise CannotDo(f"终止日 {ending.day} 晚于许可期限届满日 {end}，请核对。")
    return replace(licence, life=replace(licence.life, ending=ending))


def advice(case: Case, licence: Licence, account: Ledger, today: date) -> Iterator[str]:
    """What is odd of a licence, and what the clerk is to be told of it."""
    known = effect(case, licence)
    if words := missing_words(known):
        yield f"{words}。"
    if account.over > 0:
        yield f"到账比应付多 {_yuan(account.over)}，请核对是否预付或者重复付款。"
    if account.odd:
        yield f"有 {len(account.odd)} 笔到账没有日期，或者金额不大于零，未计入。"
    if licence.penalty and account.penalty_percent is None:
        yield f"违约金“{licence.penalty}”不是每日的比例，程序不代为计算。"
    last = deadline(case, licence)
    recordal = licence.life.recordal
    if last and not recordal.recorded_on and is_late(case, licence, today):
        yield f"备案期限已于 {last.day} 届满，另附逾期备案的说明，双方签章。"
    if last and last.beyond:
        yield f"{last.day.year} 年的放假安排尚未公布，备案期限未按休假日顺延。"
    if recordal.recorded_on and not recordal.number:
        yield "已登记备案日，备案号未填。"
    if case.declaration.withdrawn_on and runs(case, licence, today):
        yield (
            f"声明已于 {case.declaration.withdrawn_on} 撤回，此前给予的开放许可继续有效"
            f"（专利法 第五十条第二款），至 {last_day(case, licence) or '许可期限届满'}；"
            "请告知被许可人。"
        )
    ended = licence.life.ending.day
    if ended and any(line.due.due and line.due.due > ended for line in account.lines):
        yield f"许可已于 {ended} 终止，其后到期的款项是否支付，请照约定核对。"
    if effect_by(case, licence) == "agreed" and recordal.recorded_on and licence.life.notice.day:
        yield "协商后签订的普通许可不属于开放许可，不享受年费减缴 15%。"


def note_relief(store: CaseStore, stored: StoredCase, licence: Licence, *, who: str) -> bool:
    """Fill in the patent's 开放许可备案日 from an open licence's recordal, the first one's.

    Annual fees are reckoned by it (审查指南 第五部分第十一章 8).  Whether it was filled in.
    """
    with store.transaction():
        there = store.cases.listed(ids=[stored.id])  # as it stands by now; none is in the bin
        now = there[0].case if there else stored.case
        day, known = relieved_from(now, licence), now.patent.open_licence_recorded_on
        if not there or day is None or (known is not None and known <= day):
            return False
        case = with_value(now, "patent.open_licence_recorded_on", day)
        store.cases.save(case, case_id=stored.id, who=who, what="登记备案")
    return True


def keep(
    store: CaseStore, stored: StoredLicence, licence: Licence, *, who: str, what: str
) -> StoredLicence:
    """Save a further version of a licence, named in its history by what was done."""
    with store.transaction():
        return store.licences.save(stored.id, licence, revision=stored.revision, who=who, what=what)


def with_proof(
    store: CaseStore, stored: StoredLicence, paper: str, file: Path, *, who: str
) -> tuple[Proof, tuple[str, ...]]:
    """Keep a file with the data, a picture as PDF; the proof of it and what is to be told.

    Raises CannotDo where it is neither a PDF nor a picture, or too large.
    """
    scan = read_scan(file)
    kept = store.papers.add_scan(
        stored.case_id, paper, scan.content, "", licence_id=stored.id, who=who
    )
    return Proof(name=file.name, sha256=kept.sha256), scan.words


def _not_after(day: date, today: date, what: str) -> None:
    if day > today:
        raise CannotDo(f"{what}的日期 {day} 晚于今天（{today}），请核对。")


def _yuan(amount: Decimal | None) -> str:
    return f"{grouped(amount or Decimal(0))} 元"
