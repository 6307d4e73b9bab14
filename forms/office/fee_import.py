"""What the payment platform says of annuities, held against the ledger: taken over, and told."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

import msgspec

from forms.exchange.fee_export import FeeExport, FeeLine
from forms.facts.amounts import grouped
from forms.facts.annuities import Annuity, FeeFacts, annuities, due_day, still_owed
from forms.facts.left_unread import left_unread
from forms.facts.paths import value_at, with_value
from forms.office.holdings import Holding, reckoned
from forms.office.store import CaseStore

PAID_TO = "patent.fee_paid_to"
IMPORTED = "导入缴费记录"


class PaidTo(msgspec.Struct, frozen=True):
    """A patent whose annuities are paid further than the ledger says."""

    holding: Holding
    before: date | None
    after: date


class FeeDifference(msgspec.Struct, frozen=True):
    """What the platform and the ledger say differently of a patent, in words."""

    number: str
    words: str


class FeeImport(msgspec.Struct, frozen=True):
    """What an import would change, what differs, and numbers that the ledger does not know."""

    changes: tuple[PaidTo, ...] = ()
    differences: tuple[FeeDifference, ...] = ()
    unknown: tuple[str, ...] = ()
    matched: int = 0


def compared(holdings: Sequence[Holding], export: FeeExport, day: date) -> FeeImport:
    """Hold the lines of an export against the ledger as it stands on a day."""
    by_digits = {holding.parsed.digits: holding for holding in holdings if holding.parsed}
    lines: dict[str, list[FeeLine]] = {}
    for line in export.lines:
        if line.number is not None:
            lines.setdefault(line.number.digits, []).append(line)
    changes: list[PaidTo] = []
    differences: list[FeeDifference] = []
    unknown: list[str] = []
    for digits, some in lines.items():
        holding = by_digits.get(digits)
        if holding is None:
            unknown.append(some[0].number.text if some[0].number else digits)
            continue
        facts = reckoned(holding)
        if facts is None:
            words = "申请日未填，平台所列无从核对"
            differences.append(FeeDifference(holding.number, words))
            continue
        change, words_of = _compared(holding, facts, some, day)
        changes += [change] if change else []
        differences += [FeeDifference(holding.number, words) for words in words_of]
    return FeeImport(tuple(changes), tuple(differences), tuple(unknown), len(lines) - len(unknown))


def take_over(store: CaseStore, changes: Sequence[PaidTo], *, who: str = "") -> None:
    """Note how far the annuities are paid, all or none; every case on a patent follows.

    Where another has meanwhile noted that they are paid further, that stays.
    """
    with store.transaction():
        for change in changes:
            for stored in change.holding.cases:
                now = next(iter(store.cases.listed(ids=[stored.id])), None)
                if now is None:  # it lies in the bin by now
                    continue
                known = value_at(now.case, PAID_TO)
                if known is not None and known >= change.after:
                    continue
                case = with_value(now.case, PAID_TO, change.after)
                case = with_value(case, "unread", left_unread(PAID_TO, now.case, case))
                store.cases.save(case, case_id=now.id, who=who, what=IMPORTED)


def _compared(
    holding: Holding, facts: FeeFacts, lines: Sequence[FeeLine], day: date
) -> tuple[PaidTo | None, list[str]]:
    owed = {line.year: line for line in lines if not line.is_paid and line.year}
    paid: dict[int, list[FeeLine]] = {}
    for line in lines:
        if line.is_paid and line.year:
            paid.setdefault(line.year, []).append(line)
    whole = [year for year in paid if year not in owed]
    change, words = None, []
    known = {one.year: one for one in annuities(facts, day)}
    if whole:
        after, before = due_day(facts.filing_date, max(whole) + 1), facts.paid_to
        if before is None or after > before:
            change = PaidTo(holding, before, after)
        elif due_day(facts.filing_date, max(whole) + 2) <= before:
            words.append(f"台账记年费已交至 {before}，平台的缴费记录只到 {after}")
    for year in sorted(owed):
        words += _owed(owed[year], known.get(year), lines, day)
    for year in sorted(whole):
        words += _paid(year, paid[year], known.get(year))
    return change, words


def _owed(
    line: FeeLine, annuity: Annuity | None, lines: Sequence[FeeLine], day: date
) -> Iterator[str]:
    if annuity is None or line.amount is None:
        yield f"平台列有{line.fee}，照台账推算没有这一年的年费"
        return
    if annuity.state == "paid":
        yield f"平台列第{line.year}年年费应缴，而照台账已经缴纳"
    if line.day is not None and line.day not in (annuity.due, annuity.pay_by.day):
        ours = annuity.pay_by.day
        yield f"第{line.year}年年费的缴费期限届满日，平台为 {line.day}，推算为 {ours}"
    part = _sum_of(line.year, lines)
    ours_owed = still_owed(annuity, part, day) if part else annuity.reduced
    theirs = line.amount + (_late(lines) if part else 0)
    if theirs != ours_owed:
        yield _amounts(line.year or 0, theirs, ours_owed, annuity)


def _sum_of(year: int | None, lines: Sequence[FeeLine]) -> Decimal:
    """What was paid of a year that is still owed in part, surcharges of these months with it."""
    parts = [line for line in lines if line.is_paid and line.year == year]
    if not parts:
        return Decimal(0)
    since = min(line.day for line in parts if line.day)
    late = [line for line in lines if line.is_paid and line.is_surcharge and line.day]
    own = [line for line in late if line.day and line.day >= since]
    return sum((line.amount for line in (*parts, *own) if line.amount), Decimal(0))


def _late(lines: Sequence[FeeLine]) -> Decimal:
    late = (line.amount for line in lines if line.is_surcharge and not line.is_paid)
    return sum((amount for amount in late if amount), Decimal(0))


def _paid(year: int, lines: Sequence[FeeLine], annuity: Annuity | None) -> Iterator[str]:
    total = sum((line.amount for line in lines if line.amount), Decimal(0))
    if annuity is not None and total != annuity.reduced:
        yield _amounts(year, total, annuity.reduced, annuity)


def _amounts(year: int, theirs: Decimal, ours: Decimal, annuity: Annuity) -> str:
    relief: Mapping[bool, str] = {True: f"减缴{annuity.reduction_percent}%", False: "全额"}
    return (
        f"第{year}年年费，平台为 {grouped(theirs)} 元，"
        f"推算为 {grouped(ours)} 元（{relief[annuity.reduction_percent > 0]}），请核对费减比例"
    )
