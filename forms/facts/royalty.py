"""The royalty (许可使用费): one record per way of paying it, and the way chosen.

Amounts are Decimal in yuan, rates in percent.  This module must not know the pack, the papers,
the store or a screen.
"""

from decimal import Decimal
from typing import Literal

from forms.facts.record_shape import Record, WithAmounts

RoyaltyWay = Literal["free", "entry_running", "running", "lump_sum", "instalments", "other"]
RateBase = Literal["net_sales", "profit"]
Cycle = Literal["month", "quarter", "year"]


class EntryRunning(WithAmounts, frozen=True):
    """Entry fee with running royalty (入门费和提成费): yuan, and percent of `base`.

    The pilot's form knows net sales (净销售额) only and asks for no base.
    """

    entry_fee: Decimal | None = None
    rate_percent: Decimal | None = None
    base: RateBase | None = None


class Running(WithAmounts, frozen=True):
    """Running royalty (提成支付): percent of net sales or of profit.

    Source: 审查指南 第五部分第十一章 3.3.
    """

    rate_percent: Decimal | None = None
    base: RateBase | None = None


class LumpSum(WithAmounts, frozen=True):
    """Lump sum (一次总付): yuan, payable within `days` of the contract taking effect."""

    days: int | None = None
    amount: Decimal | None = None


class Instalments(WithAmounts, frozen=True):
    """Payment by instalments (总付额内分期支付).

    `first_amount` within `first_days` of the contract taking effect, then `batches` further
    payments of `each_amount`, each within `each_days` before the end of the accounting `cycle`.
    批次 counts the payments after the first.  `times_stated` and `total_stated` are what a
    source states of the derived totals (包括第一次在内总共支付…次，共计…元).
    """

    first_days: int | None = None
    first_amount: Decimal | None = None
    cycle: Cycle | None = None
    each_days: int | None = None
    batches: int | None = None
    each_amount: Decimal | None = None
    times_stated: int | None = None
    total_stated: Decimal | None = None


class OtherStandard(Record, frozen=True):
    """Any other clear and reasonable standard (其他明确合理的许可使用费标准)."""

    text: str = ""


class Royalty(Record, frozen=True):
    """The royalty standard (信息表 ⑥ 许可使用费标准): one record per way, and the way chosen.

    Ways not chosen keep their answers; only the chosen one is printed.
    """

    way: RoyaltyWay | None = None
    entry_running: EntryRunning = EntryRunning()
    running: Running = Running()
    lump_sum: LumpSum = LumpSum()
    instalments: Instalments = Instalments()
    other: OtherStandard = OtherStandard()
