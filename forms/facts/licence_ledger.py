"""Receipts laid against what is owed, what is overdue, and the contract's penalty for it.

The oldest debt is paid first; what is over is told, never dropped.  All Decimal to the fen.  This
module must not know the pack, the papers or a screen; a day is passed in.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Literal

import msgspec

from forms.facts.licence_effect import by_day
from forms.facts.licence_life import Receipt
from forms.facts.licence_schedule import Due, schedule, to_fen, total
from forms.facts.record import Case, Licence
from forms.ground.cleaning import narrow
from forms.ground.late_pattern import late_pattern

DueState = Literal["paid", "overdue", "due", "ahead", "undated", "unreported", "unknown"]

_ZERO = Decimal("0.00")
_TENTHS = {"十": Decimal(10), "百": Decimal(1), "千": Decimal("0.1"), "万": Decimal("0.01")}
"""What one of "N分之一" is in percent."""
_DIGITS = {one: place for place, one in enumerate("零一二三四五六七八九十")} | {"两": 2}
_DAILY = r"(?:每(?:逾期|延迟|迟延|拖延|超过)?一?[日天]|按日|日|逾期一[日天])"
_RATE = late_pattern(
    rf"{_DAILY}[^百千万%分月年]{{0,20}}?"
    r"(?:(?P<of>十|百|千|万)分之(?P<count>[一二两三四五六七八九十]|\d+(?:\.\d+)?)"
    r"|(?P<percent>\d+(?:\.\d+)?)[%])"
)
_MOST_PERCENT = Decimal(100)


class Line(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A payment that is owed, with what came in for it and how it stands on a day.

    `days_late` counts from the day after the due day; `penalty` is the contract's, where it is a
    number per day, on what was late for as long as it was.
    """

    due: Due
    received: Decimal
    state: DueState
    days_late: int = 0
    penalty: Decimal | None = None

    @property
    def unpaid(self) -> Decimal:
        """What of it is still to be paid; nothing where it is not known."""
        return _ZERO if self.due.amount is None else self.due.amount - self.received

    @property
    def is_owed(self) -> bool:
        """Whether the day for it is over, for the money or for the statement."""
        return self.state in ("overdue", "unreported")


class Ledger(msgspec.Struct, frozen=True, kw_only=True):
    """The account of a licence on a day.

    `over` is what came in beyond all that is owed so far; `odd` are receipts that can not count.
    """

    lines: tuple[Line, ...]
    total: Decimal
    received: Decimal
    overdue: Decimal
    over: Decimal
    penalty: Decimal
    penalty_percent: Decimal | None
    odd: tuple[Receipt, ...]


def ledger(case: Case, licence: Licence, today: date) -> Ledger:
    """Return the account of a licence on a day."""
    receipts = by_day(licence.life.receipts)
    lines, over = _accounted(case, licence, receipts, today)
    return Ledger(
        lines=lines,
        total=total(line.due for line in lines),
        received=sum((one.amount or _ZERO for one in receipts), _ZERO),
        overdue=sum((line.unpaid for line in lines if line.state == "overdue"), _ZERO),
        over=over,
        penalty=sum((line.penalty or _ZERO for line in lines), _ZERO),
        penalty_percent=penalty_percent(licence.penalty),
        odd=tuple(one for one in licence.life.receipts if one not in receipts),
    )


def lines_of(case: Case, licence: Licence, today: date) -> tuple[Line, ...]:
    """Return the payments of a licence's account, where its sums are not wanted."""
    return _accounted(case, licence, by_day(licence.life.receipts), today)[0]


def _accounted(
    case: Case, licence: Licence, receipts: Sequence[Receipt], today: date
) -> tuple[tuple[Line, ...], Decimal]:
    """The payments with the receipts that count laid against them, and what is over of these."""
    owed = schedule(case, licence, today)
    rate = penalty_percent(licence.penalty)
    paid, over = _laid(owed, receipts)
    return tuple(
        _line(one, parts, rate, today) for one, parts in zip(owed, paid, strict=True)
    ), over


_Part = tuple[date, Decimal]


def _laid(owed: Sequence[Due], receipts: Sequence[Receipt]) -> tuple[list[list[_Part]], Decimal]:
    """What each debt got on which days, the oldest first, and what is over."""
    parts: list[list[_Part]] = [[] for _ in owed]
    order = sorted(range(len(owed)), key=lambda place: (owed[place].due or date.max, place))
    wants = {place: amount for place in order if (amount := owed[place].amount)}
    over = _ZERO
    for receipt in receipts:
        left, day = receipt.amount or _ZERO, receipt.day or date.max
        for place, wanted in wants.items():
            if (part := min(left, wanted)) > 0:
                parts[place].append((day, part))
                wants[place] = wanted - part
                left -= part
        over += left
    return parts, over


def _line(owed: Due, parts: list[_Part], rate: Decimal | None, today: date) -> Line:
    received = sum((part for day, part in parts), _ZERO)
    unpaid = None if owed.amount is None else owed.amount - received
    until = max((day for day, _ in parts), default=today) if unpaid == 0 else today
    return Line(
        due=owed,
        received=received,
        state=_state(owed, unpaid, today),
        days_late=max(0, (until - owed.due).days) if owed.due else 0,
        penalty=_penalty(owed, parts, unpaid, rate, today),
    )


def _state(owed: Due, unpaid: Decimal | None, today: date) -> DueState:
    if unpaid == 0:
        return "paid"
    if not owed.is_reported:
        return "unreported" if owed.due and today > owed.due else "ahead"
    if unpaid is None:
        return "unknown"
    if owed.due is None:
        return "undated"
    if today > owed.due:
        return "overdue"
    return "due" if owed.payable_from and today >= owed.payable_from else "ahead"


def _penalty(
    owed: Due, parts: list[_Part], unpaid: Decimal | None, rate: Decimal | None, today: date
) -> Decimal | None:
    """The penalty of what was late: each part for the days until it came, the rest until today."""
    if rate is None or owed.due is None or unpaid is None or owed.is_condition:
        return None
    counted = [*parts, (today, unpaid)]
    days = sum((part * max(0, (day - owed.due).days) for day, part in counted), _ZERO)
    return to_fen(days * rate / 100)


@lru_cache(maxsize=256)  # an office's contracts say it in few ways
def penalty_percent(text: str) -> Decimal | None:
    """Return a contract's penalty in percent per day, where its words are a number per day.

    每逾期一日，按未付金额的万分之五 is 0.05; None for whatever else 合同 第五条 违约金 says.
    """
    found = _RATE.findall(narrow(text).replace("％", "%"))
    if len(found) != 1:
        return None
    of, count, percent = found[0]
    if percent:
        rate = Decimal(percent)
    else:
        rate = _TENTHS[of] * (Decimal(_DIGITS[count]) if count in _DIGITS else Decimal(count))
    return rate if 0 < rate <= _MOST_PERCENT else None
