"""A licence's life after the signature: notice, payments, statements, recordal, end.

Sources: 专利法 第五十条、第五十一条; 专利法实施细则 第十五条、第八十七条; 审查指南 第五部分第十一章
6 to 8.
What follows from these facts (the day of effect, what is due, what is overdue, the last day for
the recordal) is computed in `forms.facts.licence_effect`, `licence_schedule`, `licence_ledger`
and `recordal`.  This module must not know the pack, the papers, the store or a screen.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Literal

from forms.facts.record_shape import Record, WithAmounts
from forms.facts.royalty import Cycle

EffectBy = Literal["open", "agreed"]
RecordalBy = Literal["licensor", "licensee"]
ItemState = Literal["ready", "pending", "not_needed"]
RecordedItem = Literal["kind", "licensor", "licensee"]
EndBy = Literal["expired", "terminated", "cancelled"]


class Proof(Record, omit_defaults=True, frozen=True):
    """A file that proves something: its name, and the SHA-256 under which the store keeps it."""

    ONE_FACT = True  # the name of one file and the bytes of another prove nothing

    name: str = ""
    sha256: str = ""


class Notice(Record, omit_defaults=True, frozen=True):
    """The licensee's written notice (书面通知): received on which day, how (邮寄、电子邮件…)."""

    day: date | None = None
    how: str = ""
    proof: Proof = Proof()


class Receipt(WithAmounts, omit_defaults=True, frozen=True):
    """Money that came in (到账): day, yuan, what for, the bank's or the invoice's number."""

    day: date | None = None
    amount: Decimal | None = None
    purpose: str = ""
    number: str = ""
    proof: Proof = Proof()


class RoyaltyReport(WithAmounts, omit_defaults=True, frozen=True):
    """A licensee's statement (提成报表) of one period.

    `period` is as `forms.facts.licence_schedule` names it (2026, 2026-Q2, 2026-06); `base` is the
    net sales or the profit of it, in yuan; `received_on` the day it came.
    """

    period: str = ""
    base: Decimal | None = None
    received_on: date | None = None
    proof: Proof = Proof()


class RunningTerms(WithAmounts, omit_defaults=True, frozen=True):
    """How a running royalty is accounted for, as far as it was agreed.

    A statement for each `cycle` (a year where nothing is said) within `days` after its end;
    `minimum` is owed for each period at least (最低提成费), `cap` in all at most (最高提成费), in
    yuan.
    """

    cycle: Cycle | None = None
    days: int | None = None
    minimum: Decimal | None = None
    cap: Decimal | None = None


class Milestone(WithAmounts, omit_defaults=True, frozen=True):
    """A payment at a milestone (里程碑节点): what, how much; `due_on` once the day is known."""

    what: str = ""
    amount: Decimal | None = None
    due_on: date | None = None


class RecordalItem(Record, omit_defaults=True, frozen=True):
    """How one of the papers for the recordal stands, by the code its pack gives it."""

    code: str = ""
    state: ItemState | None = None
    note: str = ""
    proofs: tuple[Proof, ...] = ()


RECORDED_WORDS: Mapping[RecordedItem, str] = {
    "kind": "许可种类",
    "licensor": "许可人",
    "licensee": "被许可人",
}


class RecordalChange(Record, omit_defaults=True, frozen=True):
    """A change of what is recorded: 变更日, 变更项, and what stood there before and after.

    Source: 审查指南 第五部分第八章 1.3.2.7 (许可种类、许可人、被许可人).
    """

    day: date | None = None
    item: RecordedItem | None = None
    before: str = ""
    after: str = ""


class Recordal(Record, omit_defaults=True, frozen=True):
    """The recordal of the contract (备案).

    `by` is who requests it, `agent` whether through an agency.  `number` is 备案号,
    `cancelled_on` 许可合同备案解除日 and `changes` what was changed since
    (审查指南 第五部分第八章 1.3.2.7).
    """

    by: RecordalBy | None = None
    agent: bool | None = None
    submitted_on: date | None = None
    recorded_on: date | None = None
    number: str = ""
    cancelled_on: date | None = None
    items: tuple[RecordalItem, ...] = ()
    changes: tuple[RecordalChange, ...] = ()


class Ending(Record, omit_defaults=True, frozen=True):
    """The end of a licence: on which day, how, and why."""

    day: date | None = None
    by: EndBy | None = None
    reason: str = ""


class Life(Record, omit_defaults=True, frozen=True):
    """What became of a licence.

    An open licence (`effect_by` "open") takes effect by notice and payment, an agreed one by
    contract; unsaid, one with a notice or under a published declaration is open.
    """

    effect_by: EffectBy | None = None
    notice: Notice = Notice()
    running: RunningTerms = RunningTerms()
    milestones: tuple[Milestone, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    reports: tuple[RoyaltyReport, ...] = ()
    recordal: Recordal = Recordal()
    ending: Ending = Ending()
