"""How the day and the sum of a duty were come by (怎样算出来), line by line."""

from collections.abc import Iterator
from datetime import date

from forms.facts.amounts import yuan
from forms.facts.annuities import Annuity, annuities, grace_end, restoring
from forms.facts.licence_effect import effect
from forms.facts.recordal import MONTHS, deadline
from forms.facts.working_days import Moved
from forms.office.duties import Duty
from forms.office.holdings import Holding, reckoned

Line = tuple[str, str]
_WEEKDAYS = "一二三四五六日"
_OF_AN_ANNUITY = ("annual_fee", "grace_step", "lapse", "restoration")


def with_weekday(day: date) -> str:
    """A day with its weekday: 2026-12-07　周一."""
    return f"{day}　周{_WEEKDAYS[day.weekday()]}"


def reckoning(duty: Duty, holding: Holding | None, day: date) -> list[Line]:
    """Return name and value of what a duty follows from, as its patent stands on a day.

    One of a pool has no holding; one that knows by itself what it follows from says so.
    """
    lines = list(duty.reckoned)
    if not lines and holding is not None and (found := list(_followed(duty, holding, day))):
        return found
    ends = [("截止", with_weekday(duty.date))]
    return lines + ends + ([("金额", f"{yuan(duty.amount)} 元")] if duty.amount is not None else [])


def _followed(duty: Duty, holding: Holding, day: date) -> Iterator[Line]:
    """What a duty of a patent follows from, where the patent tells."""
    if duty.kind in _OF_AN_ANNUITY and (annuity := _annuity(duty, holding, day)) is not None:
        yield from _of_annuity(duty, annuity, holding)
    elif duty.kind == "recordal":
        yield from _of_recordal(duty, holding)
    elif duty.kind == "term_end" and holding.entry.patent.filing_date is not None:
        yield "申请日", str(holding.entry.patent.filing_date)
        yield "期满终止日", with_weekday(duty.date)


def _annuity(duty: Duty, holding: Holding, day: date) -> Annuity | None:
    facts, year = reckoned(holding), duty.key.split(":")[2]
    if facts is None:
        return None
    return next((one for one in annuities(facts, day) if str(one.year) == year), None)


def _of_annuity(duty: Duty, annuity: Annuity, holding: Holding) -> Iterator[Line]:
    patent = holding.entry.patent
    yield "申请日", str(patent.filing_date)
    yield "上一年度期满", with_weekday(annuity.due)
    yield from _moved(annuity.pay_by)
    if duty.kind == "lapse":
        last = grace_end(annuity.due)
        yield "滞纳期届满", with_weekday(last.plain)
        yield from _moved(last)
    if patent.fee_paid_to is not None:
        yield "年费已交至", str(patent.fee_paid_to)
    yield "全额", f"{yuan(annuity.full)} 元"
    if annuity.reduction_percent:
        yield "减缴", f"{annuity.reduction_percent}%"
    if duty.kind == "restoration":
        asked = restoring(annuity, patent.lapse_notice_on)
        if patent.lapse_notice_on is not None:
            yield "终止通知书收到日", str(patent.lapse_notice_on)
        yield "年费", f"{yuan(asked.annuity)} 元"
        yield "滞纳金", f"{yuan(asked.surcharge)} 元"
        yield "恢复权利请求费", f"{yuan(asked.fee)} 元"
    elif duty.amount is not None and duty.amount > annuity.reduced:
        yield "滞纳金", f"{yuan(duty.amount - annuity.reduced)} 元"
    if duty.amount is not None:
        yield "应缴", f"{yuan(duty.amount)} 元"


def _of_recordal(duty: Duty, holding: Holding) -> Iterator[Line]:
    for stored in holding.licences:
        if duty.key.endswith(f":{stored.case_id}:{stored.id}"):
            case = next(one.case for one in holding.cases if one.id == stored.case_id)
            last, since = deadline(case, stored.licence), effect(case, stored.licence).day
            if last is not None and since is not None:
                yield "许可合同生效日", with_weekday(since)
                yield f"满{MONTHS}个月", with_weekday(last.plain)
                yield from _moved(last)


def _moved(last: Moved) -> Iterator[Line]:
    if last.is_moved:
        yield "顺延至", with_weekday(last.day)
    elif last.beyond:
        yield "顺延", "放假安排未公布，未顺延"
