"""What the papers of a pool print: plain facts for the papers of a record pack of kind “pool”.

A blank is left to the pen; ticks are True where the fact is known to hold.  Words of the records
(decision, vote, …) stand as the records have them and are printed as the pack's code lists call
them.  `forms.office.pool_papers` gathers these facts from the records and the ledger.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Literal

from forms.facts.record import Bank, Dispute, Kind, Party
from forms.facts.record_shape import Record, WithAmounts
from forms.facts.royalty import Royalty
from forms.pool.records import (
    Agreement,
    Application,
    Decision,
    Evidence,
    EvidenceChart,
    Pool,
    Reply,
    ShareMethod,
    Vote,
    WhyOut,
)

ReportSays = Literal["yes", "no", "unneeded"]


class PatentLine(WithAmounts, frozen=True):
    """A patent as a list prints it; `line` is its number there.

    `report` is whether its evaluation report (评价报告) is there; `term_ends` the last day of its
    right; `taken` what was decided of it.
    """

    line: int | None = None
    number: str = ""
    title: str = ""
    kind: Kind | None = None
    member: str = ""
    category: str = ""
    grade: str = ""
    weight: Decimal | None = None
    term_ends: date | None = None
    entered_on: date | None = None
    report: ReportSays | None = None
    taken: str = ""
    why_out: WhyOut | None = None
    out_on: date | None = None


class Sealed(Record, frozen=True):
    """Who signs and seals: as what, and the name."""

    label: str = ""
    name: str = ""


class Rights(Record, frozen=True):
    """What is known of patents' rights and licences: ticks, and the numbers of their lines."""

    maintained: bool | None = None
    clear: bool | None = None
    pledged: bool | None = None
    pledgee: str = ""
    co_owned: bool | None = None
    co_owned_lines: str = ""
    co_owners: str = ""
    unlicensed: bool | None = None
    exclusive: bool | None = None
    exclusive_lines: str = ""
    exclusive_until: str = ""
    ordinary: bool | None = None
    ordinary_lines: str = ""
    ordinary_licensees: str = ""
    open_licence: bool | None = None
    open_lines: str = ""
    open_standard: str = ""


class Enclosed(Record, frozen=True):
    """The papers that came with an application: ticks, and others in words."""

    certificate: bool | None = None
    register_copy: bool | None = None
    report: bool | None = None
    consent: bool | None = None
    more: bool | None = None
    other: str = ""


class ApplicationPaper(WithAmounts, frozen=True):
    """专利池入池申请表; `more` are the patents that the form has no room for (附页)."""

    number: str = ""
    pool: Pool = Pool()
    applicant: Party = Party()
    patents: tuple[PatentLine, ...] = ()
    more: tuple[PatentLine, ...] = ()
    count: int = 0
    rights: Rights = Rights()
    share_wish: ShareMethod | None = None
    share_percent: Decimal | None = None
    enclosed: Enclosed = Enclosed()
    decision: Decision | None = None
    taken_lines: str = ""
    decided_by: str = ""
    reason: str = ""
    seals: tuple[Sealed, ...] = ()


class OpinionLine(WithAmounts, frozen=True):
    """A reviewer's opinion as the review record prints it."""

    reviewer: str = ""
    unit: str = ""
    day: date | None = None
    vote: Vote | None = None
    grade: str = ""
    score: Decimal | None = None
    words: str = ""


class ReviewPaper(Record, frozen=True):
    """入池评估审核记录."""

    pool: Pool = Pool()
    application: Application = Application()
    patents: tuple[PatentLine, ...] = ()
    count: int | None = None
    opinions: tuple[OpinionLine, ...] = ()
    votes_take: int | None = None
    votes_take_if: int | None = None
    votes_refuse: int | None = None


class AgreementPaper(WithAmounts, frozen=True):
    """专利池入池协议 with its list of patents."""

    pool: Pool = Pool()
    member: Party = Party()
    agreement: Agreement = Agreement()
    patents: tuple[PatentLine, ...] = ()
    count: int | None = None
    share_percent: Decimal | None = None
    keeps_own_licences: bool | None = None
    arbitration_at: str = ""
    court_at: str = ""


class LicencePaper(WithAmounts, frozen=True):
    """专利池专利实施许可合同 with its list of patents.

    `sales_words` is what counts as sales, `pay_by` the day of each year for the payment,
    `interest` the multiple of the one-year LPR for late payment, `interest_words` another way.
    """

    pool: Pool = Pool()
    licensor: Party = Party()
    licensee: Party = Party()
    bank: Bank = Bank()
    signed_on: date | None = None
    signed_at: str = ""
    is_whole: bool = True
    is_cross: bool = False
    patents: tuple[PatentLine, ...] = ()
    count: int | None = None
    inventions: int | None = None
    utility_models: int | None = None
    designs: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    territory: str = ""
    products: str = ""
    royalty: Royalty = Royalty()
    instalment_total: Decimal | None = None
    sales_words: str = ""
    pay_by: str = ""
    grant_back: str = ""
    recordal_days: int | None = None
    notice_days: int | None = None
    interest: str = ""
    interest_words: str = ""
    dispute: Dispute | None = None
    dispute_at: str = ""
    arbitration_at: str = ""
    other_matters: str = ""


class ExitPaper(Record, frozen=True):
    """退池通知: a member leaves (`whole`), or some of its patents do.

    `by` is whose letter it is; `licences_words` names the licences that go on.
    """

    by: Literal["member", "operator"] = "operator"
    pool: Pool = Pool()
    member: str = ""
    whole: bool | None = None
    signed_on: date | None = None
    out_on: date | None = None
    reason: str = ""
    patents: tuple[PatentLine, ...] = ()
    count: int | None = None
    licences_words: str = ""
    day: date | None = None
    clerk: str = ""
    phone: str = ""
    sender: str = ""
    addressee: str = ""


class ShareLine(WithAmounts, frozen=True):
    """A member's share: patents by the pool's grades and in all, weight, percents, yuan.

    `agreed` is the share as agreed, `percent` what was reckoned; both as they are printed.  Of a
    correction, `before` was given already and `due` is the difference.
    """

    member: str = ""
    counts: tuple[int, ...] = ()
    count: int | None = None
    weight: Decimal | None = None
    agreed: Decimal | None = None
    percent: Decimal | None = None
    amount: Decimal | None = None
    before: Decimal | None = None
    due: Decimal | None = None


class SharePaper(WithAmounts, frozen=True):
    """专利池收益分配通知书; all sums in yuan, percentages as they are printed.

    `grades` are the names of the pool's grades in the order of `ShareLine.counts`, none where
    they are too many for columns.  `sum_row` makes the one row of the table of sums.
    `fee_percent` is None where the fee is a sum.  `corrects` names the notice that is corrected;
    `own_amount` is then the difference, paid or given back (`gives_back`).
    """

    pool: Pool = Pool()
    number: str = ""
    member: str = ""
    period: str = ""
    method: ShareMethod = "number"
    by_days: bool = False
    income: Decimal | None = None
    fee: Decimal | None = None
    fee_percent: Decimal | None = None
    annuities: Decimal | None = None
    distributed: Decimal | None = None
    grades: tuple[str, ...] = ()
    grade_weights: str = ""
    formula_words: str = ""
    lines: tuple[ShareLine, ...] = ()
    sums: ShareLine = ShareLine()
    sum_row: tuple[str, ...] = ("",)
    own_amount: Decimal | None = None
    pay_by: date | None = None
    corrects: str = ""
    reason: str = ""
    gives_back: bool = False
    columns: Literal["number", "weight", "agreed", "formula", "corrected"] = "number"
    shows_count: bool = True
    maker: str = ""
    checker: str = ""
    phone: str = ""
    day: date | None = None


class AnswerLine(Record, frozen=True):
    """A question of a checklist with its answer; `basis` is the provision it stands on."""

    group: str = ""
    question: str = ""
    basis: str = ""
    reply: Reply | None = None
    words: str = ""
    who: str = ""
    day: date | None = None
    warns: str = ""


class ChecklistPaper(Record, frozen=True):
    """反垄断自查表, or another checklist of a pool."""

    pool: Pool = Pool()
    code: str = ""
    title: str = ""
    basis: str = ""
    lines: tuple[AnswerLine, ...] = ()
    count: int = 0
    answered: int = 0
    warned: tuple[AnswerLine, ...] = ()
    day: date | None = None


class ElementLine(Record, frozen=True):
    """An element of a claim against what was found of the product; `source` with its day."""

    claim: str = ""
    words: str = ""
    found: str = ""
    source: str = ""
    state: Evidence | None = None


class EvidencePaper(Record, frozen=True):
    """权利要求与产品对照表 (EOU)."""

    pool: Pool = Pool()
    chart: EvidenceChart = EvidenceChart()
    kind: Kind | None = None
    elements: tuple[ElementLine, ...] = ()
    count: int = 0
    met: int = 0
    not_met: int = 0
    open: int = 0


FACTS_OF: Mapping[str, type[Record]] = {
    "application": ApplicationPaper,
    "review": ReviewPaper,
    "agreement": AgreementPaper,
    "licence": LicencePaper,
    "exit": ExitPaper,
    "share_notice": SharePaper,
    "checklist": ChecklistPaper,
    "evidence": EvidencePaper,
}
"""The facts of each paper, by its code."""
