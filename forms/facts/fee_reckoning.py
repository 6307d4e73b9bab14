"""How a royalty was reached (许可使用费的计算): plain arithmetic of the clerk's own figures.

Source: 审查指南 第五部分第十一章 3.3 asks for 计算依据和方式 and gives no formula; those of the
estimating guide (估算指引) are not known, so none is claimed.  A fee is base ÷ years × factors ÷
expected licensees, in yuan; a rate is base × factors, in percent of what it is paid on: it is not
divided, since each licensee pays on its own sales.  Each step is rounded half up as it is shown, a
fee to the yuan and a rate to the hundredth, so that whoever recomputes it gets the same.

Exact: no float, no context of decimals.  This module must not know the pack, the papers or a
screen.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from forms.facts.amounts import grouped, plain
from forms.facts.declaration import Factor, Statement
from forms.facts.derived import instalment_total
from forms.facts.record import Case, RateBase, Royalty
from forms.facts.record_shape import Record

Sort = Literal["fee", "rate"]
Side = Literal["lower", "equal", "higher"]

MOST_FACTORS = 40
ROUNDING = "每步得数四舍五入，金额到元，提成率到 0.01%"


class Reckoning(Record, frozen=True):
    """What the figures of a statement come to: yuan a licensee, or percent.

    `steps` are the sums in words.  `value` is None while something is wanting; `lacking` are the
    paths of what is blank or can not be reckoned with.  `base` is what the last step begins with.
    """

    sort: Sort
    value: Decimal | None = None
    base: Decimal | None = None
    steps: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()


class Offered(Record, frozen=True):
    """What is offered: the fixed sum in yuan (0 where it is free), the rate and what it is on."""

    fee: Decimal | None = None
    rate: Decimal | None = None
    base: RateBase | None = None


class Gap(Record, frozen=True):
    """How an offer stands to what was reckoned: on which side, by how many percent of it."""

    side: Side
    percent: Decimal


def offered(royalty: Royalty) -> Offered:
    """Return what a royalty offers; in other words than sums (其他标准) nothing can be compared."""
    match royalty.way:
        case "free":
            return Offered(fee=Decimal(0))
        case "entry_running":
            entry = royalty.entry_running
            return Offered(fee=entry.entry_fee, rate=entry.rate_percent, base=entry.base)
        case "running":
            return Offered(rate=royalty.running.rate_percent, base=royalty.running.base)
        case "lump_sum":
            return Offered(fee=royalty.lump_sum.amount)
        case "instalments":
            return Offered(fee=instalment_total(royalty.instalments))
    return Offered()


def sorts_of(royalty: Royalty) -> tuple[Sort, ...]:
    """Return what is reckoned for a way of paying: the fee, the rate, or both."""
    if royalty.way == "running":
        return ("rate",)
    return ("fee", "rate") if royalty.way == "entry_running" else ("fee",)


def reckoned(case: Case, sort: Sort) -> Reckoning:
    """Return the fee of a licensee or the rate, as far as the case says what it takes.

    Beside an entry fee the factors are the fee's, and the rate is its base.
    """
    statement = case.statement
    if sort == "fee":
        return _fee(statement)
    factors = () if case.royalty.way == "entry_running" else statement.factors
    return _rate(statement, factors)


def gap(offer: Decimal | None, value: Decimal | None) -> Gap | None:
    """Return how an offer stands to what was reckoned; None where either is not known, or is 0."""
    if offer is None or not value:
        return None
    side: Side = "equal" if offer == value else "lower" if offer < value else "higher"
    share = abs(Fraction(offer) - Fraction(value)) / Fraction(value)
    return Gap(side=side, percent=_rounded(100 * share, 1))


def _fee(statement: Statement) -> Reckoning:
    amount, years, licensees = statement.base_amount, statement.base_years, statement.licensees
    lacking = [
        *_unless(amount is not None and amount >= 0, "statement.base_amount"),
        *_unless(years is None or years > 0, "statement.base_years"),
        *_wanting(statement.factors),
        *_unless(licensees is not None and licensees > 0, "statement.licensees"),
    ]
    base, steps = amount, []
    if amount is not None and years is not None and years > 0:
        base = _rounded(Fraction(amount) / Fraction(years), 0)
        if years != 1:
            steps.append(f"{_yuan(amount)} ÷ {_figure(years)} ＝ {_yuan(base)} 元")
    if lacking or base is None or licensees is None:
        return Reckoning(sort="fee", base=base, steps=tuple(steps), lacking=tuple(lacking))
    value = _rounded(Fraction(base) * _product(statement.factors) / licensees, 0)
    parts = [_yuan(base), *_times(statement.factors)]
    sum_ = " × ".join(parts) + (f" ÷ {licensees}" if licensees != 1 else "")
    steps.append(_equation(sum_, _yuan(value), " 元"))
    return Reckoning(sort="fee", value=value, base=base, steps=tuple(steps))


def _rate(statement: Statement, factors: Sequence[Factor]) -> Reckoning:
    base = statement.base_rate
    lacking = [
        *_unless(base is not None and base >= 0, "statement.base_rate"),
        *_wanting(factors),
    ]
    if lacking or base is None:
        return Reckoning(sort="rate", base=base, lacking=tuple(lacking))
    value = _rounded(Fraction(base) * _product(factors), 2)
    sum_ = " × ".join([f"{_figure(base)}%", *_times(factors)])
    step = _equation(sum_, f"{plain(value)}%")
    return Reckoning(sort="rate", value=value, base=base, steps=(step,))


def _equation(sum_: str, value: str, unit: str = "") -> str:
    """A sum with what it comes to; a figure that nothing was done to stands alone."""
    return f"{value}{unit}" if sum_ == value else f"{sum_} ＝ {value}{unit}"


def _wanting(factors: Sequence[Factor]) -> list[str]:
    """The factors without a value to reckon with; all, where there are more than any sum has."""
    if len(factors) > MOST_FACTORS:
        return ["statement.factors"]
    return [
        f"statement.factors.{place}.value"
        for place, factor in enumerate(factors)
        if factor.value is None or factor.value < 0
    ]


def _unless(holds: bool, path: str) -> list[str]:
    return [] if holds else [path]


def _product(factors: Sequence[Factor]) -> Fraction:
    product = Fraction(1)
    for factor in factors:
        product *= Fraction(factor.value or 0)
    return product


def _times(factors: Sequence[Factor]) -> list[str]:
    return [_figure(factor.value) for factor in factors if factor.value is not None]


def _rounded(value: Fraction, places: int) -> Decimal:
    """A value of nought or more, rounded half up; whole numbers only, so exact at any size."""
    scaled = value * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(f"{whole}E-{places}")


def _yuan(amount: Decimal) -> str:
    return grouped(amount).removesuffix(".00")


def _figure(number: Decimal) -> str:
    """A number as it was typed: 0.60 stays 0.60."""
    return f"{number:f}"
