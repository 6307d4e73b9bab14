"""What is kept of a patent pool (专利池): charter, members, patents, applications, licences.

Sources: 专利池建设运行工作指引 (国知发运字〔2025〕11号, here 指引) 第七条 to 第九条、第十五条;
专利池运营规范 (draft of T/CIPS 017, here 规范) 5 and 6.

Each is a record of its own whose parent is the pool's, so that three thousand patents are three
thousand small values.  A member, an application or a licence is named by its record's id.  What
follows from these facts (who is in on a day, the stage of an application) is computed beside them.
"""

from datetime import date
from decimal import Decimal
from typing import Literal

from forms.facts.record import Bank, Dispute, Licence, Party, ReportConclusion
from forms.facts.record_shape import Record, WithAmounts
from forms.ground.record_kind import RecordKind

PoolRun = Literal["run", "joined"]
Strategy = Literal["defensive", "offensive"]
ShareMethod = Literal["number", "weight", "agreed", "formula"]
StatementCycle = Literal["month", "quarter", "half_year", "year"]
FeesPaidBy = Literal["pool", "members", "reminded"]
Reply = Literal["yes", "no", "open"]
WhyOut = Literal["lapsed", "expired", "given_up", "transferred", "invalid", "left"]
Vote = Literal["take", "take_if", "refuse"]
Decision = Literal["taken", "partly", "refused"]
Stage = Literal["applied", "review", "listed", "agreement", "entered", "refused", "withdrawn"]
Evidence = Literal["met", "equivalent", "not_met", "open"]


class OperatorFee(WithAmounts, omit_defaults=True, frozen=True):
    """What the operator keeps of the income first: percent, or yuan a period (指引 第九条)."""

    percent: Decimal | None = None
    amount: Decimal | None = None


class ShareRule(WithAmounts, omit_defaults=True, frozen=True):
    """How the rest of the income is shared among the members (规范 6.5).

    `by_days` lets a patent count by its days in force.  Of a "formula" the three parts, in
    percent, add to 100: so much by number, by weight, as agreed.  `floor_percent` and
    `cap_percent` are what one member gets of the whole at least and at most.
    """

    method: ShareMethod = "number"
    by_days: bool = False
    number_part: Decimal | None = None
    weight_part: Decimal | None = None
    agreed_part: Decimal | None = None
    floor_percent: Decimal | None = None
    cap_percent: Decimal | None = None


class Grade(WithAmounts, omit_defaults=True, frozen=True):
    """A grade of patents (甲级, 乙级, …), the weight of one patent in it, and what it means."""

    name: str = ""
    weight: Decimal = Decimal(1)
    meaning: str = ""


class Answer(Record, omit_defaults=True, frozen=True):
    """The answer to an item of a checklist (`forms.pool.checklists`), by the item's code."""

    item: str = ""
    reply: Reply | None = None
    words: str = ""
    day: date | None = None
    who: str = ""


class Standard(Record, omit_defaults=True, frozen=True):
    """The pool's standard of entry (入池标准, 指引 第七条（四）).

    `report_needed` asks for the evaluation report of utility models and designs, `opinions` for
    so many opinions at least before a decision.
    """

    words: str = ""
    report_needed: bool = True
    opinions: int = 1


class Pool(Record, omit_defaults=True, frozen=True):
    """A pool: what it is for, who runs it, by which charter it shares and pays.

    `run` tells whether the unit whose program this is runs it or has joined it.  `charter_day` is
    the day of the charter (章程) in force.  `categories` are its classes of technology (技术分类).
    `payout_days` are the days within which income is paid to the members (规范 6.4.3), counted
    from its receipt.  `members_license_alone` says that a member may license its own patents
    itself (规范 5.3.1 b, 6.1.1).
    """

    version: int = 1
    name: str = ""
    run: PoolRun = "run"
    operator: Party = Party()
    bank: Bank = Bank()
    strategy: Strategy | None = None
    purpose: str = ""
    founded_on: date | None = None
    charter_day: date | None = None
    charter_words: str = ""
    categories: tuple[str, ...] = ()
    grades: tuple[Grade, ...] = ()
    standard: Standard = Standard()
    fee: OperatorFee = OperatorFee()
    shares: ShareRule = ShareRule()
    payout_days: int | None = None
    statements: StatementCycle = "year"
    annuities: FeesPaidBy = "reminded"
    members_license_alone: bool | None = None
    answers: tuple[Answer, ...] = ()
    notes: str = ""


class Member(WithAmounts, omit_defaults=True, frozen=True):
    """A member of a pool: facts of the party, its days, its place in the order of joining.

    `left_on` is the day from which it is no longer a member.  `share_percent` is its agreed share.
    `is_own` marks the unit whose program this is.
    """

    party: Party = Party()
    order: int = 0
    joined_on: date | None = None
    left_on: date | None = None
    share_percent: Decimal | None = None
    is_own: bool = False
    notes: str = ""


class PoolPatent(WithAmounts, omit_defaults=True, frozen=True):
    """A patent in a pool.

    `entered_on` is its first day in the pool, `agreed_until` the last one as the entry agreement
    has it, `term_ends` the last of its right; `out_on` the day from which it is in no longer, for
    the reason of `why_out`.
    `declared_on` is the day of the decision where it was declared invalid.  `weight` stands for
    the grade's where it is given.  `number` is normalised (ZL202110345678.3); the kind follows
    from it.  `case_id` is the case on it, where there is one.  `status` is the ledger's word for
    its right when it was last compared.
    """

    number: str = ""
    title: str = ""
    member_id: int = 0
    case_id: int | None = None
    category: str = ""
    grade: str = ""
    weight: Decimal | None = None
    entered_on: date | None = None
    agreed_until: date | None = None
    term_ends: date | None = None
    out_on: date | None = None
    why_out: WhyOut | None = None
    declared_on: date | None = None
    report: bool | None = None
    report_conclusion: ReportConclusion | None = None
    status: str = ""
    application_id: int | None = None
    notes: str = ""


class Applied(WithAmounts, omit_defaults=True, frozen=True):
    """A patent in an application: `is_taken` once it was decided on.

    `term_ends` is the last day of its right, `register_copy` whether a copy of the register
    (登记簿副本) came along.
    """

    number: str = ""
    title: str = ""
    case_id: int | None = None
    category: str = ""
    grade: str = ""
    weight: Decimal | None = None
    term_ends: date | None = None
    report: bool | None = None
    report_conclusion: ReportConclusion | None = None
    register_copy: bool | None = None
    is_taken: bool | None = None
    why_not: str = ""


class Opinion(WithAmounts, omit_defaults=True, frozen=True):
    """A reviewer's opinion (评估意见): who, of which unit, day, vote, the grade proposed."""

    reviewer: str = ""
    unit: str = ""
    day: date | None = None
    vote: Vote | None = None
    grade: str = ""
    score: Decimal | None = None
    words: str = ""


class Application(Record, omit_defaults=True, frozen=True):
    """An application for entry (入池申请) with its review and what became of it.

    `member_id` is the applicant's where it is a member already, else it becomes one by the
    agreement.  `review_from` is the day it was given to the reviewers (`asked` of them),
    `decided_on` and `decision` what they came to; `listed_on` the day its patents were put on the
    list (入池清单), `agreement_id` the agreement made of it.
    """

    applicant: Party = Party()
    member_id: int | None = None
    patents: tuple[Applied, ...] = ()
    received_on: date | None = None
    share_wish: ShareMethod | None = None
    review_from: date | None = None
    asked: int = 0
    opinions: tuple[Opinion, ...] = ()
    decision: Decision | None = None
    decided_on: date | None = None
    decided_by: str = ""
    reason: str = ""
    listed_on: date | None = None
    agreement_id: int | None = None
    signed_on: date | None = None
    withdrawn_on: date | None = None
    notes: str = ""

    @property
    def stage(self) -> Stage:
        """The stage it is in: 申请, 评估审核, 入池清单, 协议, or its end (指引 第七条（四）)."""
        if self.withdrawn_on is not None:
            return "withdrawn"
        if self.decision == "refused":
            return "refused"
        if self.signed_on is not None:
            return "entered"
        if self.listed_on is not None:
            return "agreement"
        if self.decision is not None:
            return "listed"
        return "applied" if self.review_from is None else "review"


class Agreement(Record, omit_defaults=True, frozen=True):
    """The agreement of entry (入池协议) of a member, with the matters of 指引 第七条（四）.

    `numbers` is the list of patents in its annex.  In force from `starts_on` to `ends_on`, then
    for `renewal_years` each time unless one says no `notice_days` before.  `exit_notice_days` is
    how long before leaving a member says so, `secrecy_years` how long secrets are kept after.
    """

    member_id: int | None = None
    application_id: int | None = None
    numbers: tuple[str, ...] = ()
    signed_on: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    notice_days: int | None = None
    renewal_years: int | None = None
    exit_notice_days: int | None = None
    secrecy_years: int | None = None
    inform_days: int | None = None
    members_license_alone: bool | None = None
    dispute: Dispute | None = None
    dispute_at: str = ""
    copies: int | None = None
    other_matters: str = ""
    ended_on: date | None = None
    end_reason: str = ""


class PoolLicence(Record, omit_defaults=True, frozen=True):
    """A licence that the pool grants: of all or some of its patents, for what, how long (规范 6.2).

    `licence` has licensee, royalty, term, signature and what came in (its royalty is always the
    negotiated one).  `is_whole` licenses the whole list as it stands on each day, else `numbers`
    names the patents.  `is_cross` marks a cross licence inside; its licensees are the members of
    `member_ids`, all where it names none.  `sales_words` is what counts as sales, `report_words`
    the day by which the licensee tells them; `grant_back` what becomes of improvements.
    """

    title: str = ""
    licence: Licence = Licence(agreed="negotiated")
    is_whole: bool = True
    numbers: tuple[str, ...] = ()
    is_cross: bool = False
    member_ids: tuple[int, ...] = ()
    territory: str = ""
    products: str = ""
    sales_words: str = ""
    report_words: str = ""
    recordal_days: int | None = None
    notice_days: int | None = None
    grant_back: str = ""
    default_interest: str = ""
    notes: str = ""


class Element(Record, omit_defaults=True, frozen=True):
    """An element of a claim held against a product: what was found, where, on which day."""

    claim: str = ""
    words: str = ""
    found: str = ""
    source: str = ""
    source_day: date | None = None
    state: Evidence | None = None


class EvidenceChart(Record, omit_defaults=True, frozen=True):
    """A chart of evidence of use (使用证据对照表, EOU): claims against a product (规范 5.3.2 c)."""

    number: str = ""
    title: str = ""
    product: str = ""
    maker: str = ""
    made_on: date | None = None
    made_by: str = ""
    elements: tuple[Element, ...] = ()
    conclusion: str = ""


POOLS = RecordKind(
    name="pool",
    shape=Pool,
    word="专利池",
    key=lambda pool: pool.name,
    state=lambda pool: pool.run,
    searched=lambda pool: (pool.name, pool.operator.name),
)
MEMBERS = RecordKind(
    name="pool_member",
    shape=Member,
    word="成员",
    key=lambda member: member.party.name,
    state=lambda member: "left" if member.left_on else "in",
    searched=lambda member: (member.party.name, member.party.contact),
)
PATENTS = RecordKind(
    name="pool_patent",
    shape=PoolPatent,
    word="入池专利",
    key=lambda patent: patent.number,
    state=lambda patent: patent.why_out or "in",
    searched=lambda patent: (patent.number, patent.title, patent.category, patent.grade),
)
APPLICATIONS = RecordKind(
    name="pool_application",
    shape=Application,
    word="入池申请",
    key=lambda application: application.applicant.name,
    state=lambda application: application.stage,
    searched=lambda application: (
        application.applicant.name,
        *(text for one in application.patents for text in (one.number, one.title)),
    ),
)
AGREEMENTS = RecordKind(
    name="pool_agreement",
    shape=Agreement,
    word="入池协议",
    state=lambda agreement: "ended" if agreement.ended_on else "in",
)
LICENCES = RecordKind(
    name="pool_licence",
    shape=PoolLicence,
    word="专利池许可",
    key=lambda one: one.licence.licensee.name,
    state=lambda one: "cross" if one.is_cross else "outside",
    searched=lambda one: (one.title, one.licence.licensee.name),
)
CHARTS = RecordKind(
    name="pool_evidence",
    shape=EvidenceChart,
    word="使用证据对照表",
    key=lambda chart: chart.number,
    searched=lambda chart: (chart.number, chart.title, chart.product, chart.maker),
)

ALL = (POOLS, MEMBERS, PATENTS, APPLICATIONS, AGREEMENTS, LICENCES, CHARTS)
