"""The statutory declaration (专利开放许可声明): how its fee was reached, and what became of it.

This module must not know the pack, the papers, the store or a screen.
"""

from datetime import date
from decimal import Decimal
from typing import Literal

from forms.facts.record_shape import Record, WithAmounts
from forms.facts.royalty import Royalty

FeeMethod = Literal["own_working", "licences", "statistics", "international", "valuation"]
WithdrawalReason = Literal[
    "exclusive_licence",
    "suspended",
    "arrears",
    "pledged",
    "hindrance",
    "transfer_or_surrender",
    "owner_change",
    "other",
]


class Factor(WithAmounts, frozen=True):
    """One adjusting factor (调整因素) of a royalty's calculation: what by, and why."""

    name: str = ""
    value: Decimal | None = None
    reason: str = ""


class DataSource(Record, frozen=True):
    """Where a figure of a royalty's calculation comes from (数据来源), and its date."""

    name: str = ""
    day: date | None = None


class Statement(WithAmounts, omit_defaults=True, frozen=True):
    """许可使用费计算依据和方式的简要说明: how the royalty was reached.

    Source: 审查指南 第五部分第十一章 3.3.

    `method` is one of the five of 专利开放许可使用费估算指引.  `base_amount` is in yuan,
    `base_rate` in percent; `base_years` over so many years.  `licensees` is the expected number
    of licensees (预计被许可人数), which every method asks for.  `text` is the whole statement where
    it was written by hand or imported; else the pack's moulds write it, but for the paragraphs in
    `edited` (part -> text), which were rewritten by hand.
    """

    method: FeeMethod | None = None
    base_amount: Decimal | None = None
    base_rate: Decimal | None = None
    base_years: Decimal | None = None
    base_note: str = ""
    licensees: int | None = None
    licensees_reason: str = ""
    factors: tuple[Factor, ...] = ()
    sources: tuple[DataSource, ...] = ()
    use: str = ""
    text: str = ""
    edited: dict[str, str] = {}


GAP = "＿＿＿"
"""Stands in a statement where something is wanting: no word, and not counted as any."""


def characters(text: str) -> int:
    """Return how many characters a statement has, without blanks, line ends and gaps.

    Source: 审查指南 第五部分第十一章 3.3, 一般不超过2000字; how to count it does not say.
    """
    return len("".join(text.replace(GAP, "").split()))


class Declaration(Record, omit_defaults=True, frozen=True):
    """What became of a declaration at the office (登记受理).

    Source: 审查指南 第五部分第十一章 3.4, 3.5, 4, 5.  `number` is 开放许可声明编号, `refused` the
    reason of 不予公告.  `royalty`, `offer_end` and the names of the `owners` are as declared: none
    can be changed in place (`forms.facts.declared`).
    `withdrawal_asked_on` is the day on which the withdrawal was requested, `withdrawn_on` that of
    its publication, `told_on` when the licensees were told (第十一章 2(2)).
    """

    filed_on: date | None = None
    number: str = ""
    published_on: date | None = None
    refused: str = ""
    withdrawal_reason: WithdrawalReason | None = None
    withdrawal_explanation: str = ""
    withdrawal_asked_on: date | None = None
    withdrawn_on: date | None = None
    told_on: date | None = None
    royalty: Royalty | None = None
    offer_end: date | None = None
    owners: tuple[str, ...] = ()
