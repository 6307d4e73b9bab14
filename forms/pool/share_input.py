"""What a distribution (收益分配) is reckoned from: the published shape `pool-run`.

Money is in yuan, written as text ("100000.00"); percents are of a hundred ("10" is 10 %); days
are ISO dates and both ends of a span belong to it.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Literal

from msgspec import field

from forms.facts.record_shape import Record

Plain = Literal["number", "weight", "agreed"]
Method = Literal["number", "weight", "agreed", "formula"]

METHOD_WORDS: Mapping[Method, str] = {
    "number": "按件数",
    "weight": "按权重",
    "agreed": "按协议",
    "formula": "按公式",
}


class Portion(Record, omit_defaults=True, frozen=True):
    """An amount, as a percent of what it is of, or as a sum in yuan: one of the two, or neither."""

    percent: Decimal | None = None
    sum: Decimal | None = None


class Part(Record, frozen=True):
    """A part of a formula: so many percent of what is distributed go by this method."""

    method: Plain
    percent: Decimal


class HeldPatent(Record, omit_defaults=True, frozen=True):
    """A patent in the pool: in force and in the licence's list `from` a day `until` a last one.

    Without `until` it still is.  A patent that was re-graded, handed over or in again stands once
    for each span; spans of a number never overlap.
    """

    number: str
    since: date = field(name="from")
    until: date | None = None
    weight: Decimal | None = None


class Member(Record, omit_defaults=True, frozen=True):
    """A member: its patents, its agreed share, when it `joined` (for ties), its own bounds."""

    name: str
    patents: tuple[HeldPatent, ...] = ()
    share_percent: Decimal | None = None
    joined: date | None = None
    floor: Portion | None = None
    cap: Portion | None = None


class Source(Record, omit_defaults=True, frozen=True):
    """A part of the income that is shared among the patents of a list: a licence's, a contract's.

    Without `numbers` it is of all patents.
    """

    name: str
    income: Decimal
    numbers: tuple[str, ...] | None = None


class ShareRun(Record, omit_defaults=True, frozen=True):
    """A distribution: what came in during a period, and among whom it is shared.

    The operator's `fee` is a percent of the income or a sum, and goes first; `annuities` were paid
    centrally and go next.  `method` "formula" has `parts` of together 100 percent.  `floor` and
    `cap` are the least and the most a member gets, as percents of what is distributed or sums; a
    member's own go before those of all.  A patent counts whole where it is in force on any day of
    the period, `by_days` by its days.  `sources` tell the income by what it came from, each with
    the list of its patents; together they are the income.

    Source: 专利池建设运行工作指引 第九条 (fee, then shares by number, quality and importance);
    T/CIPS 017 6.4.3, 6.5 c and d (what was agreed goes before).
    """

    period: tuple[date, date]
    income: Decimal
    method: Method
    members: tuple[Member, ...]
    fee: Portion = Portion()
    annuities: Decimal = Decimal(0)
    parts: tuple[Part, ...] = ()
    floor: Portion | None = None
    cap: Portion | None = None
    by_days: bool = False
    sources: tuple[Source, ...] = ()
