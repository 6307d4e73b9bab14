"""The record: a case (案卷) holds every fact of one patent's open licence once, typed.

All records are frozen values: a change makes a new one (`forms.facts.paths.with_value`).
Money is Decimal in yuan, dates are `datetime.date`, text is NFC without surrounding space.
A blank text is "", every other blank is None.  What could not be read stays in
`Case.unread` under its field path, as it was typed.

Facts that follow from others (the kind from the number, the end of term from the filing
date, totals of instalments) are computed in `forms.facts.derived` and never stored here; what a
source states about them is kept beside (`kind_stated`, `times_stated`, `total_stated`).

This module must not know the pack, the papers, the store or a screen.
"""

from datetime import date
from decimal import Decimal
from typing import Literal

from forms.facts.declaration import DataSource, Declaration, Factor, Statement
from forms.facts.licence_life import Life
from forms.facts.record_shape import Record, WithAmounts
from forms.facts.royalty import (
    Cycle,
    EntryRunning,
    Instalments,
    LumpSum,
    OtherStandard,
    RateBase,
    Royalty,
    RoyaltyWay,
    Running,
)

__all__ = [
    "OF_THE_OFFICE",
    "Bank",
    "Case",
    "Contact",
    "Cycle",
    "DataSource",
    "Declaration",
    "Duration",
    "EntryRunning",
    "Extra",
    "Factor",
    "Instalments",
    "LedgerEntry",
    "Licence",
    "Life",
    "LumpSum",
    "Office",
    "OtherLicences",
    "OtherStandard",
    "OwnUse",
    "Party",
    "Patent",
    "RateBase",
    "Record",
    "Royalty",
    "RoyaltyWay",
    "Running",
    "Statement",
]

CASE_VERSION = 1
LEDGER_VERSION = 1
LICENCE_VERSION = 1
OFFICE_VERSION = 1

Kind = Literal["invention", "utility_model", "design"]
OwnUseWay = Literal["none", "used"]
LicensedWay = Literal["none", "granted"]
LicenceKind = Literal["ordinary", "sole", "exclusive"]
Pledge = Literal["none", "pledged", "pledged_with_consent"]
Hold = Literal["none", "suspended", "preserved"]
ReportConclusion = Literal["qualified", "unqualified"]
FeeReduction = Literal["85", "70", "none"]
Signing = Literal["every_owner", "representative", "agency"]
PartyKind = Literal["unit", "person"]
IdentityDocument = Literal[
    "credit_code",
    "resident_card",
    "residence_permit",
    "travel_permit",
    "passport",
    "permanent_residence",
    "foreign_registration",
    "other",
]
TimeUnit = Literal["year", "month", "day"]
OfficeKind = Literal["city", "university", "special_plan"]
AgreedAs = Literal["as_offered", "negotiated"]
ImprovementsTo = Literal["licensee", "licensor", "both", "other"]
Dispute = Literal["arbitration", "court"]


class Bank(Record, frozen=True):
    """A bank account (开户银行名称、地址和帐号; 合同 第五条)."""

    name: str = ""
    address: str = ""
    account: str = ""


class Party(Record, frozen=True):
    """A unit or a natural person: a patentee (专利权人), licensor or licensee.

    A party in a case is a copy of the address book's, never a reference.
    `identity_number` is the unified social credit code (统一社会信用代码) of a unit or the
    resident identity number (公民身份号码) of a person; asked for by the contract only.
    `document` says of which kind it is where it is neither (护照, 港澳台居民居住证, 境外登记证件).
    `address` is 住所地, `mailing_address` is 通讯地址, `representative` is 法定代表人.
    """

    name: str = ""
    kind: PartyKind | None = None
    document: IdentityDocument | None = None
    identity_number: str = ""
    address: str = ""
    representative: str = ""
    contact: str = ""
    phone: str = ""
    email: str = ""
    fax: str = ""
    mailing_address: str = ""
    bank: Bank = Bank()


class Patent(Record, frozen=True):
    """The patent (信息表 ①; 汇总表), with facts that the checks need and no paper prints.

    `number` is the normalised form "ZL202110345678.3"; a number whose check character is
    missing is kept without one ("ZL202110345678") and a wrong one is kept as stated.
    `main_class` is 主分类号, `report_conclusion` what the evaluation report (专利权评价报告) comes
    to, `pledgee` the pledgee (质权人) and `pledgee_consents` whether it agrees to open licensing
    (审查指南 第五部分第十一章 3.1(4)(8), 5).

    `fee_reduction` is the percent of the annuities the owner is relieved of (费减比例),
    `open_licence_recorded_on` the day of recordal of an open licence (开放许可备案日),
    `lapse_notice_on` the day the notice of termination was received (终止通知书收到日).
    """

    number: str | None = None
    title: str = ""
    filing_date: date | None = None
    grant_date: date | None = None
    kind_stated: Kind | None = None
    inventors: tuple[str, ...] = ()
    legal_status: str = ""
    fee_paid_to: date | None = None
    compensation_days: int | None = None
    pledge: Pledge | None = None
    evaluation_report: bool | None = None
    hold: Hold | None = None
    transferred_on: date | None = None
    technology_export: bool | None = None
    main_class: str = ""
    report_conclusion: ReportConclusion | None = None
    pledgee: str = ""
    pledgee_consents: bool | None = None
    fee_reduction: FeeReduction | None = None
    open_licence_recorded_on: date | None = None
    lapse_notice_on: date | None = None


class OwnUse(Record, frozen=True):
    """Own working of the patent (信息表 ③ 自行实施专利的情况)."""

    way: OwnUseWay | None = None
    period: str = ""
    scope: str = ""
    manner: str = ""


class OtherLicences(Record, frozen=True):
    """Licences to others (信息表 ④ 许可他人实施专利的状况)."""

    way: LicensedWay | None = None
    period: str = ""
    scope: str = ""
    kind: LicenceKind | None = None


class Duration(Record, frozen=True):
    """A length of time such as 3 years (单次许可期限)."""

    ONE_FACT = True  # of 4 years here and 3 months there nobody made 4 months

    count: int
    unit: TimeUnit = "year"


class Contact(Record, frozen=True):
    """The licensor's contact (信息表 ⑧; 收件人 is 联系人 in the summary's row)."""

    name: str = ""
    address: str = ""
    postcode: str = ""
    phone: str = ""
    email: str = ""


class Extra(WithAmounts, omit_defaults=True, frozen=True):
    """A value of a field that a pack declares (`extra.NAME`); exactly one member is filled."""

    text: str | None = None
    number: int | None = None
    amount: Decimal | None = None
    day: date | None = None
    flag: bool | None = None
    duration: Duration | None = None

    @property
    def value(self) -> "str | int | Decimal | date | bool | Duration | None":
        """The one value that is filled, or None."""
        for name in self.__struct_fields__:
            value: str | int | Decimal | date | bool | Duration | None = getattr(self, name)
            if value is not None:
                return value
        return None


OF_THE_OFFICE = (
    *("department", "notes"),
    *(f"patent.{name}" for name in ("fee_reduction", "open_licence_recorded_on")),
    "patent.lapse_notice_on",
)
"""What the office keeps of a case for itself, by path: 学院/部门, 备注, and what its annuities
hang on.  No paper ever prints it."""


class Case(Record, frozen=True):
    """A case (案卷): every fact of one patent's open licence, once.

    `agency` is 专利代理机构.  `declaration` tells what became of a statutory declaration, `earlier`
    of those before it.  `converted_from` is the code of the pack whose case this one was made of.
    `department` and `notes` are the office's own: see `OF_THE_OFFICE`.
    """

    version: int = CASE_VERSION
    pack: str = ""
    patent: Patent = Patent()
    owners: tuple[Party, ...] = ()
    own_use: OwnUse = OwnUse()
    other_licences: OtherLicences = OtherLicences()
    offer_end: date | None = None
    single_term: Duration | None = None
    region: str = ""
    royalty: Royalty = Royalty()
    other_terms: str = ""
    contact: Contact = Contact()
    signing: Signing = "every_owner"
    signing_representative: str = ""
    agency: str = ""
    statement: Statement = Statement()
    declaration: Declaration = Declaration()
    earlier: tuple[Declaration, ...] = ()
    converted_from: str = ""
    department: str = ""
    notes: str = ""
    extra: dict[str, Extra] = {}
    unread: dict[str, str] = {}


class LedgerEntry(Record, frozen=True):
    """A patent's entry in the ledger (专利台账): what holds for it whatever is done with it.

    The facts of a case that all procedures on the patent share, with what could not be read of
    them; see `forms.facts.ledger`.
    """

    version: int = LEDGER_VERSION
    patent: Patent = Patent()
    owners: tuple[Party, ...] = ()
    department: str = ""
    notes: str = ""
    unread: dict[str, str] = {}


class Licence(Record, frozen=True):
    """A licence granted under the offer (许可合同): licensee, contract terms, dates.

    Several per case, since an open licence is one to many.  `royalty` counts only where
    `agreed` is "negotiated" (合同 第五条 协商修改); as offered, the case's royalty is the
    contract's.
    `article_6` .. name the articles of the contract form whose blank they fill.  `life` is what
    became of it after the signature.
    """

    version: int = LICENCE_VERSION
    licensee: Party = Party()
    agreed: AgreedAs | None = None
    royalty: Royalty = Royalty()
    manner: str = ""
    scope: str = ""
    term: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    signed_on: date | None = None
    bank: Bank = Bank()
    penalty: str = ""
    infringement_duty: str = ""
    infringement_other: str = ""
    improvements_to: ImprovementsTo | None = None
    improvements_other: str = ""
    benefit_sharing: str = ""
    termination_grounds: tuple[str, ...] = ()
    dispute: Dispute | None = None
    arbitration_commission: str = ""
    other_matters: str = ""
    copies: int | None = None
    life: Life = Life()
    unread: dict[str, str] = {}


class Office(Record, frozen=True):
    """The office profile (单位): fills the summary's head and the e-mail.

    What follows `kind` is offered where a case or a contract asks it of the office: 通讯地址, 邮编,
    统一社会信用代码, 法定代表人, 开户银行.
    """

    version: int = OFFICE_VERSION
    name: str = ""
    contact: str = ""
    phone: str = ""
    region: str = ""
    email: str = ""
    kind: OfficeKind = "university"
    address: str = ""
    postcode: str = ""
    identity_number: str = ""
    representative: str = ""
    bank: Bank = Bank()
