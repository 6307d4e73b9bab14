"""What the figures of a year are made of, with what they count.

This module must not know how they are found.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal

import msgspec

from forms.facts.record import Case
from forms.office.case_standing import State
from forms.office.holdings import Holding
from forms.office.pool_figures import PoolFigures
from forms.office.stored import StoredLicence

Measure = Literal["sent", "licensed", "rate", "units", "income", "recorded"]
IncomeWay = Literal["lump_sum", "instalments", "entry", "running", "milestone", "other"]

MEASURE_WORDS: Mapping[Measure, tuple[str, str]] = {
    "sent": ("报送专利", "件"),
    "licensed": ("达成许可", "项"),
    "rate": ("达成率", "%"),
    "units": ("参与单位", "家"),
    "income": ("许可费到账", "元"),
    "recorded": ("合同备案", "项"),
}
WAY_WORDS: Mapping[IncomeWay, str] = {
    "lump_sum": "一次总付",
    "instalments": "分期支付",
    "entry": "入门费",
    "running": "提成费",
    "milestone": "按节点支付",
    "other": "其他",
}
NO_DEPARTMENT, TOTAL = "", "合计"


class Figure(msgspec.Struct, frozen=True):
    """A figure, and the cases and licences that it counts; `value` None where nobody knows."""

    value: Decimal | int | None
    case_ids: tuple[int, ...] = ()
    licence_ids: tuple[int, ...] = ()


class Month(msgspec.Struct, frozen=True):
    """The licences that took effect in a month (1 to 12): paid for, and free."""

    month: int
    paid: Figure
    free: Figure


class Group(msgspec.Struct, frozen=True):
    """The figures of a department, or of a kind of patents; `name` "" where none is filled.

    `held_of` are the patents held by kind: "invention", "utility_model", "design", "" where it is
    not known.
    """

    name: str
    held: Figure
    sent: Figure
    paid: Figure
    free: Figure
    recorded: Figure
    income: Figure
    held_of: Mapping[str, Figure] = {}

    @property
    def licensed(self) -> Figure:
        """The licences in effect, paid for or free."""
        return _of_licences([*self.paid.licence_ids, *self.free.licence_ids], self)


class SentRow(msgspec.Struct, frozen=True, kw_only=True):
    """A patent that was sent in the year; `day` is the first day of it."""

    holding: Holding
    day: date
    case_id: int


class LicenceRow(msgspec.Struct, frozen=True, kw_only=True):
    """A licence with what came of it in the year, as far as it did."""

    holding: Holding
    case: Case
    stored: StoredLicence
    effect: date | None
    is_free: bool
    is_new: bool
    recorded_on: date | None
    income: Decimal
    by_way: Mapping[IncomeWay, Decimal]
    outstanding: Decimal
    overdue: Decimal


class Statistics(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of a year, up to `end`: its last day, or the day they were asked for.

    What is owed under licences and has not come in (`outstanding`, of it `overdue`) is as it
    stands on the day, of all years.
    """

    year: int
    end: date
    day: date
    states: Mapping[State, Figure]
    measures: Mapping[Measure, Figure]
    months: tuple[Month, ...]
    ways: Mapping[IncomeWay, Figure]
    departments: tuple[Group, ...]
    kinds: tuple[Group, ...]
    sent: tuple[SentRow, ...]
    licences: tuple[LicenceRow, ...]
    without_effect: Figure
    odd_receipts: Figure
    outstanding: Figure
    overdue: Figure
    pools: tuple[PoolFigures, ...] = ()

    @property
    def total(self) -> Group:
        """All departments together, which are all kinds together."""
        every = self.departments
        return Group(
            name=TOTAL,
            held=sum_of(one.held for one in every),
            sent=sum_of(one.sent for one in every),
            paid=sum_of(one.paid for one in every),
            free=sum_of(one.free for one in every),
            recorded=sum_of(one.recorded for one in every),
            income=sum_of(one.income for one in every),
        )


def sum_of(figures: Iterable[Figure]) -> Figure:
    """All figures together; what nobody knows counts nothing."""
    found = list(figures)
    return Figure(
        sum((one.value for one in found if one.value is not None), 0),
        tuple(dict.fromkeys(case_id for one in found for case_id in one.case_ids)),
        tuple(dict.fromkeys(licence_id for one in found for licence_id in one.licence_ids)),
    )


def _of_licences(licence_ids: Sequence[int], group: Group) -> Figure:
    cases = dict.fromkeys((*group.paid.case_ids, *group.free.case_ids))
    return Figure(len(licence_ids), tuple(cases), tuple(licence_ids))
