"""What a notice of shares (收益分配通知书) prints: a run of a pool, for one of its members."""

from calendar import monthrange
from datetime import date
from decimal import Decimal
from fractions import Fraction

from forms.facts.amounts import chinese_period, plain
from forms.office.pool_books import grades_of
from forms.pool.paper_facts import ShareLine, SharePaper
from forms.pool.records import Pool, ShareRule
from forms.pool.rounding import rounded
from forms.pool.runs import NOUGHT, MemberShare, Run

MOST_GRADES = 4
"""So many grades have columns of their own; of more only the number of patents is printed."""


def facts_of_share(
    pool: Pool,
    run: Run,
    member_id: int,
    *,
    corrects: str = "",
    maker: str = "",
    checker: str = "",
    today: date | None = None,
) -> SharePaper:
    """Return the facts of a member's notice.  Raises KeyError where the run has no such member.

    `corrects` is the number of the run that this one corrects.  Percentages are printed with two
    decimals and add to 100.00: largest remainder, as the amounts.
    """
    own = {one.member_id: one for one in run.shares}[member_id]
    is_correction = run.corrects is not None
    names = grades_of(pool, run)
    by_weight = run.rule.method in ("weight", "formula")
    shown = by_weight and 0 < len(names) <= MOST_GRADES and all(names)
    grades = names if shown and not is_correction else ()
    agreed = _agreed(run)
    percents = _percents(run)
    lines = tuple(
        _line(one, grades, percent, agreed.get(one.name), is_correction)
        for one, percent in zip(run.shares, percents, strict=True)
    )
    totals = run.totals
    return SharePaper(
        pool=pool,
        number=run.number,
        member=own.name,
        period=period_words(run.first, run.last),
        method=run.rule.method,
        by_days=run.rule.by_days,
        income=totals.income,
        fee=totals.fee,
        fee_percent=run.fee.percent,
        annuities=totals.annuities or None,
        distributed=totals.distributed,
        grades=grades,
        grade_weights="，".join(f"{one.name}{plain(one.weight)}" for one in pool.grades)
        if by_weight
        else "",
        formula_words=formula_words(run.rule),
        lines=lines,
        sums=_sums(lines, grades),
        own_amount=abs(own.due),
        gives_back=own.due < 0,
        pay_by=run.pay_by,
        corrects=corrects,
        reason=run.reason,
        columns="corrected" if is_correction else run.rule.method,
        shows_count=not grades,
        maker=maker or run.closed_by,
        checker=checker,
        phone=pool.operator.phone,
        day=run.closed_on or today,
    )


def _percents(run: Run) -> list[Decimal]:
    """The part of each member in percent, to two decimals, adding to 100.00 where there are any."""
    parts = [Fraction(one.part) for one in run.shares]
    if not sum(parts):
        return [NOUGHT] * len(parts)
    ties = [(place,) for place in range(len(parts))]
    return [Decimal(part).scaleb(-2) for part in rounded(10_000, [p * 10_000 for p in parts], ties)]


def _line(
    one: MemberShare,
    grades: tuple[str, ...],
    percent: Decimal,
    agreed: Decimal | None,
    is_correction: bool,
) -> ShareLine:
    return ShareLine(
        member=one.name,
        counts=tuple(one.grades.get(name, 0) for name in grades),
        count=one.count,
        weight=one.weight,
        agreed=agreed,
        percent=percent,
        amount=one.amount,
        before=one.before if is_correction else None,
        due=one.due if is_correction else None,
    )


def _sums(lines: tuple[ShareLine, ...], grades: tuple[str, ...]) -> ShareLine:
    agreed = [one.agreed for one in lines if one.agreed is not None]
    return ShareLine(
        counts=tuple(sum(one.counts[place] for one in lines) for place in range(len(grades))),
        count=sum(one.count or 0 for one in lines),
        weight=sum((one.weight or NOUGHT for one in lines), Decimal(0)),
        agreed=sum(agreed, NOUGHT) if agreed else None,
        percent=sum((one.percent or NOUGHT for one in lines), NOUGHT),
        amount=sum((one.amount or NOUGHT for one in lines), NOUGHT),
        before=sum((one.before or NOUGHT for one in lines), NOUGHT),
        due=sum((one.due or NOUGHT for one in lines), NOUGHT),
    )


def formula_words(rule: ShareRule) -> str:
    """Return the parts of a formula in words, with its floor and cap: 件数40%，权重60%."""
    parts = (
        ("件数", rule.number_part),
        ("权重", rule.weight_part),
        ("约定份额", rule.agreed_part),
        ("每个成员最低", rule.floor_percent),
        ("每个成员最高", rule.cap_percent),
    )
    return "，".join(f"{word}{plain(part)}%" for word, part in parts if part)


def _agreed(run: Run) -> dict[str, Decimal]:
    """The agreed shares by the members' names, where they count."""
    if run.reckoned is None or run.rule.method not in ("agreed", "formula"):
        return {}
    return {
        one.name: one.share_percent for one in run.reckoned.members if one.share_percent is not None
    }


def period_words(first: date | None, last: date | None) -> str:
    """Return a period as people call it: 2026年上半年, 2026年第三季度, 2026年4月; else its days."""
    if first is None or last is None:
        return ""
    months = last.month - first.month + 1
    is_whole = (
        first.year == last.year
        and first.day == 1
        and last.day == monthrange(last.year, last.month)[1]
        and (first.month - 1) % months == 0
    )
    match months if is_whole else 0:
        case 12:
            return f"{first.year}年"
        case 6:
            return f"{first.year}年{'上' if first.month == 1 else '下'}半年"
        case 3:
            return f"{first.year}年第{'一二三四'[first.month // 3]}季度"
        case 1:
            return f"{first.year}年{first.month}月"
    return chinese_period(first, last)
