"""Duties (日程): what the law or a contract wants done by a day, from the records alone.

A pure function of what the office holds and a day.  Each duty says on which words it rests.  A
time limit's end moves over holidays; the end of a right or of an offer does not.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from typing import Literal

import msgspec

from forms.facts.annuities import (
    Annuity,
    grace_end,
    paid_ahead,
    restoring,
    step_ends,
    to_be_paid,
)
from forms.facts.declared import OVER, stage_of
from forms.facts.fee_table import fee_table
from forms.facts.licence_effect import effect, effect_by
from forms.facts.licence_ledger import Line, lines_of
from forms.facts.licence_schedule import due_words, period_words
from forms.facts.record import Case, Licence
from forms.facts.recordal import MONTHS as RECORDAL_MONTHS
from forms.facts.recordal import deadline, is_asked_for
from forms.facts.terms import add_days, add_months
from forms.facts.working_days import Moved, last_day_to_act
from forms.office.holdings import Holding, is_over, name_of, reckoned, still_owed_by
from forms.office.stored import StoredCase, StoredLicence

DutyKind = Literal[
    "annual_fee",
    "grace_step",
    "lapse",
    "restoration",
    "recordal",
    "offer_end",
    "term_end",
    "payment_in",
    "statement_in",
    "withdraw",
    "pool_payout",
    "pool_statement",
    "correction",
]

HORIZON_MONTHS = 12

_ANNUITY = "专利法实施细则 第一百一十五条"
_LATE = "专利法实施细则 第一百一十五条；专利审查指南 第五部分第九章 4.2.1.3"
_ENDS = "专利法实施细则 第一百一十五条；专利审查指南 第五部分第九章 4.2.2"
_RESTORE = "专利法实施细则 第六条；专利审查指南 第五部分第七章 6.2"
_RECORDAL = "专利法实施细则 第十五条"
_OFFER = "专利审查指南 第五部分第十一章 3.3"
_OFFER_OF_CASE = "案卷 许可期限届满日"
_TERM = "专利法 第四十二条；专利审查指南 第五部分第九章 4.1"
_OPEN_FEE = "专利法 第五十一条；声明公告的使用费支付方式、标准"
_AGREED_FEE = "许可合同 使用费的支付"
_WITHDRAW = "专利法实施细则 第八十六条；专利审查指南 第五部分第十一章 2、4"
_TELL = "专利审查指南 第五部分第十一章 2"


class Duty(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One dated duty.  `key` names it for ever; `amount` is in yuan, None where there is none.

    `case_id` is the case that it concerns, None where it is the patent's own or a pool's, then
    `pool_id` names that.  `reckoned` are names and values that it follows from, where the duty
    itself knows them.
    """

    date: date
    kind: DutyKind
    patent_number: str
    title: str
    what: str
    basis: str
    amount: Decimal | None = None
    done: bool = False
    key: str
    case_id: int | None = None
    pool_id: int | None = None
    reckoned: tuple[tuple[str, str], ...] = ()


def horizon(day: date) -> date:
    """Return the day up to which duties are told where nobody says."""
    return add_months(day, HORIZON_MONTHS)


def duties(holdings: Sequence[Holding], day: date, until: date) -> list[Duty]:
    """Return what is to be done up to a day, by date: all that is open, and what is done ahead."""
    found: _ByDay = defaultdict(list)
    for holding in holdings:
        _of_holding(holding, day, Teller(holding, until, found))
    return [duty for on in sorted(found) for duty in sorted(found[on], key=attrgetter("key"))]


_ByDay = defaultdict[date, list["Duty"]]


class Teller:
    """Tells the duties of a patent up to a day: each is put among those of its day.

    A class, since a function made for each patent has what its parameters are made for each, too.
    """

    __slots__ = ("_found", "_named", "_number", "_title", "until")

    def __init__(self, holding: Holding, until: date, found: _ByDay) -> None:
        """Take the patent's number, title, and its name in the duties' names."""
        self.until = until
        self._found = found
        self._number = holding.number
        self._title = holding.entry.patent.title
        self._named = self._number or name_of(holding)

    def __call__(
        self,
        kind: DutyKind,
        on: date,
        what: str,
        basis: str,
        part: object,
        amount: Decimal | None = None,
        *,
        done: bool = False,
        case_id: int | None = None,
    ) -> None:
        """Tell one, unless it is of a later day."""
        if on > self.until:
            return
        duty = Duty(
            date=on,
            kind=kind,
            patent_number=self._number,
            title=self._title,
            what=what,
            basis=basis,
            amount=amount,
            done=done,
            key=f"{kind}:{self._named}:{part}",
            case_id=case_id,
        )
        self._found[on].append(duty)


Tell = Callable[..., None]


def _of_holding(holding: Holding, day: date, tell: Teller) -> None:
    facts = reckoned(holding)
    unpaid: tuple[Annuity, ...] = ()
    if facts is not None:
        unpaid = still_owed_by(holding, to_be_paid(facts, day, tell.until))
        for paid in paid_ahead(facts, day, tell.until):
            what, on = f"第{paid.year}年年费", paid.pay_by.day
            tell("annual_fee", on, what, _ANNUITY, paid.year, paid.reduced, done=True)
        for annuity in unpaid:
            _of_annuity(annuity, holding, tell, day)
        if day <= facts.anniversary <= tell.until and not is_over(holding):
            what = "专利权期满终止（不因假日顺延）"
            tell("term_end", facts.anniversary, what, _TERM, "")
    for stored in holding.cases:
        _of_case(stored, holding, tell, unpaid, day)
    for licence in holding.licences:
        _of_licence(licence, holding, tell, day)


@lru_cache(maxsize=2048)  # as for the days of annuities: patents share them
def moved_words(moved: Moved) -> str:
    """Say that holidays moved a last day, or that no table says yet; "" where it stands."""
    if moved.is_moved:
        return f"，{moved.plain:%m-%d} 逢休息日顺延"
    return "，放假安排未公布，未顺延" if moved.beyond else ""


@lru_cache(maxsize=2048)
def _pay_by_words(due: date) -> str:
    """Say that holidays moved the last day to pay an annuity without lateness."""
    return moved_words(last_day_to_act(due))


class _Late(msgspec.Struct, frozen=True, gc=False):
    """What lateness says on a day of all annuities of a due day; words follow the year's number.

    `step_end` ends the step of lateness that the day is in, None where no other follows; percents
    are of the full annuity.
    """

    step_end: date | None
    step_words: str
    percent: int
    last_day: date
    last_words: str
    last_percent: int


@lru_cache(maxsize=2048)  # as for the days of annuities: patents share them
def _late_on(due: date, day: date) -> _Late:
    steps, late = step_ends(due), fee_table().surcharge.steps
    last, (_, last_percent) = grace_end(due), steps[-1]
    words = f"年年费可以补缴的最后一日，不缴的专利权自 {due} 起终止{moved_words(last)}"
    for (end, percent), following in zip(steps[:-1], late, strict=True):
        if end >= day:
            step = f"年年费：过了这一天，滞纳金升至全额的{following.percent}%"
            return _Late(end, step, percent, last.day, words, last_percent)
    return _Late(None, "", last_percent, last.day, words, last_percent)


def _of_annuity(annuity: Annuity, holding: Holding, tell: Tell, day: date) -> None:
    year, state = annuity.year, annuity.state
    if state == "lapsed":
        _restoration(annuity, holding, tell, day)
        return
    what = f"第{year}年年费{'及滞纳金' if annuity.surcharge else ''}{_pay_by_words(annuity.due)}"
    tell("annual_fee", annuity.pay_by.day, what, _ANNUITY, year, annuity.payable)
    if state != "grace":
        return
    late = _late_on(annuity.due, day)
    if late.step_end is not None:
        what, key = f"第{year}{late.step_words}", f"{year}:{late.percent}"
        tell("grace_step", late.step_end, what, _LATE, key, _with(annuity, late.percent))
    what = f"第{year}{late.last_words}"
    tell("lapse", late.last_day, what, _ENDS, year, _with(annuity, late.last_percent))


def _with(annuity: Annuity, percent: int) -> Decimal:
    """What an annuity comes to with a percent of it in full for lateness."""
    return annuity.reduced + annuity.full * percent / 100


def _restoration(missed: Annuity, holding: Holding, tell: Tell, day: date) -> None:
    """Asking the right back, as long as that can be; force majeure gives the longest time."""
    asked = restoring(missed, holding.entry.patent.lapse_notice_on)
    if day > max(asked.latest.day, asked.last_day.day):
        return
    what = (
        f"请求恢复权利：第{missed.year}年年费未缴，专利权已于 {missed.due} 终止；"
        f"因不可抗拒的事由延误的，最迟 {asked.latest.day}"
    )
    if asked.is_presumed:
        what += "；未填终止通知书收到日，照最早可能的日期推算"
    on, amount = asked.last_day.day, asked.total
    tell("restoration", on, what, _RESTORE, missed.year, amount)


# --- of a case and of a licence -----------------------------------------------------------------


def _of_case(
    stored: StoredCase, holding: Holding, tell: Tell, unpaid: Sequence[Annuity], day: date
) -> None:
    case, declared = stored.case, stored.case.declaration
    stage = stage_of(declared)
    is_open = stage == "published"
    end = (declared.offer_end or case.offer_end) if is_open else case.offer_end
    if end is not None and end >= day and stage not in OVER:
        basis = _OFFER if is_open else _OFFER_OF_CASE
        tell("offer_end", end, "许可期限届满", basis, stored.id, case_id=stored.id)
    if is_open:
        for part, on, why in _bars(case, holding, unpaid, day):
            what = f"撤回开放许可声明，并告知被许可人：{why}"
            done = declared.withdrawal_asked_on is not None
            key = f"{stored.id}:{part}"
            tell("withdraw", on, what, _WITHDRAW, key, done=done, case_id=stored.id)
    asked = declared.withdrawal_asked_on or declared.withdrawn_on
    if asked is not None and any(one.case_id == stored.id for one in holding.licences):
        what, is_done = "开放许可声明撤回，告知被许可人", declared.told_on is not None
        key = f"{stored.id}:told"
        tell("withdraw", asked, what, _TELL, key, done=is_done, case_id=stored.id)


def _bars(
    case: Case, holding: Holding, unpaid: Sequence[Annuity], day: date
) -> Iterator[tuple[str, date, str]]:
    """What bars an open licence that is published: since when, and in words.

    Source: 专利法实施细则 第八十六条; 审查指南 第五部分第十一章 3.1.
    """
    first, patent = (unpaid[0] if unpaid else None), case.patent
    if first is not None and first.state == "lapsed":
        yield "over", first.due, f"专利权已于 {first.due} 终止"
    elif first is not None and first.state == "grace":
        since = add_days(first.pay_by.day, 1)
        yield "arrears", since, f"第{first.year}年年费逾期未缴；及时补缴的，不必撤回"
    elif is_over(holding):
        yield "over", day, f"法律状态为“{patent.legal_status}”"
    if patent.hold is not None and patent.hold != "none":
        yield "hold", day, "有关程序已经中止"
    if patent.pledge == "pledged" and patent.pledgee_consents is not True:
        yield "pledged", day, "专利权已出质，未经质权人同意"
    others = case.other_licences
    if others.way == "granted" and others.kind in ("sole", "exclusive"):
        yield "exclusive", day, "已给予独占或者排他许可"
    published, transferred = case.declaration.published_on, patent.transferred_on
    if published is not None and transferred is not None and transferred >= published:
        yield "transferred", transferred, "专利权已经转移"


def _of_licence(stored: StoredLicence, holding: Holding, tell: Tell, day: date) -> None:
    """The recordal in three months from the effect of a licence, its payments and statements."""
    case = next(one.case for one in holding.cases if one.id == stored.case_id)
    licence, name = stored.licence, stored.licence.licensee.name
    who, key = f"（{name}）" if name else "", f"{stored.case_id}:{stored.id}"
    last = deadline(case, licence)
    if last is not None:
        what = f"许可合同备案{who}，生效满{RECORDAL_MONTHS}个月{moved_words(last)}"
        done, case_id = _is_recorded(case, licence, holding), stored.case_id
        tell("recordal", last.day, what, _RECORDAL, key, done=done, case_id=case_id)
    basis = _OPEN_FEE if effect_by(case, licence) == "open" else _AGREED_FEE
    for line in lines_of(case, licence, day):
        of_payment(line, who, basis, key, tell, day, stored.case_id)


def _is_recorded(case: Case, licence: Licence, holding: Holding) -> bool:
    """Whether a recordal is asked for; of the office's own note whether it is of this licence."""
    if is_asked_for(licence):
        return True
    noted = holding.entry.patent.open_licence_recorded_on
    since = None if noted is None else effect(case, licence).day
    return noted is not None and since is not None and noted >= since


def of_payment(
    line: Line, who: str, basis: str, licence: str, tell: Tell, day: date, case_id: int | None
) -> None:
    """Tell what is to come in under a licence: a payment, and the statement it follows from."""
    owed = line.due
    if owed.due is None:
        return
    key = f"{licence}:{owed.kind}:{owed.period or owed.place}"
    if owed.period and (owed.due >= day or not owed.is_reported):
        what = f"应收{period_words(owed.period)}提成报表{who}"
        done = owed.is_reported
        tell("statement_in", owed.due, what, basis, key, done=done, case_id=case_id)
    is_paid = line.state == "paid"
    if owed.is_reported and (owed.due >= day or not is_paid):
        what = f"应收{due_words(owed)}{who}"
        amount = owed.amount if is_paid or owed.amount is None else line.unpaid
        tell("payment_in", owed.due, what, basis, key, amount, done=is_paid, case_id=case_id)
