"""What a pool's papers print, gathered from the pool's records, its cases and a day.

Each function gives the facts of one paper of the record pack “pool” (`forms.pool.paper_facts`);
`paper_of` makes the paper of them.  What nobody told stays blank, for the pen: a tick is set only
where a record says so.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from forms.facts.amounts import chinese_date
from forms.facts.derived import instalment_total, term_end
from forms.facts.patent_number import NotAPatentNumber, parse
from forms.facts.paths import UnknownPath
from forms.facts.record import Case, Kind, Party
from forms.ground.for_the_clerk import ForTheClerk
from forms.pack.record_types import RecordPack
from forms.paper.document import Document
from forms.paper.facts_view import compose_facts
from forms.pool.paper_facts import (
    AgreementPaper,
    ApplicationPaper,
    Enclosed,
    ExitPaper,
    LicencePaper,
    OpinionLine,
    PatentLine,
    ReportSays,
    ReviewPaper,
    Sealed,
)
from forms.pool.paper_rights import rights_of
from forms.pool.records import (
    Agreement,
    Application,
    Applied,
    Member,
    Pool,
    PoolLicence,
    PoolPatent,
)
from forms.pool.standing import weight_of, weights

ON_THE_FORM = 4
"""So many patents stand on the application's form; more go to a table behind it (附表)."""
BLANK_LINES = 3

Cases = Mapping[int, Case]
Ends = Mapping[str, date]
"""The last day of a patent's right, by its number."""


class NoSuchPaper(ForTheClerk):
    """The record pack has no such paper, or one that asks what the program does not know."""


def paper_of(
    pack: RecordPack, code: str, facts: Any, *, name: str = "", draft: bool = False
) -> Document:
    """Return a paper composed; `name` stands in the file's title.  Raises NoSuchPaper."""
    paper = pack.papers.get(code)
    if paper is None:
        known = "、".join(pack.papers)
        raise NoSuchPaper(f"文书包“{pack.identity.name}”没有名为 {code} 的文书，现有：{known}。")
    try:
        return compose_facts(paper, facts, pack, number=name, draft=draft)
    except UnknownPath as path:
        raise NoSuchPaper(
            f"文书包“{pack.identity.name}”的“{paper.title}”里有程序不知道的事项“{path}”，"
            f"请用 pack check {pack.folder} 检查。"
        ) from None


def kind_of(number: str) -> Kind | None:
    """Return the kind that a patent's number says, None where it can not be read."""
    try:
        return parse(number).kind
    except NotAPatentNumber:
        return None


# --- entry --------------------------------------------------------------------------------------


def facts_of_application(
    pool: Pool, application: Application, cases: Cases | None = None
) -> ApplicationPaper:
    """Return the facts of 入池申请表; `cases` are those its patents name, by their ids."""
    lines = _applied_lines(pool, application)
    more = lines[ON_THE_FORM:]
    blanks = (PatentLine(),) * (BLANK_LINES if not lines else 0)
    return ApplicationPaper(
        pool=pool,
        applicant=application.applicant,
        patents=(*lines[:ON_THE_FORM], *blanks),
        more=more,
        count=len(lines),
        rights=rights_of(application, cases or {}),
        share_wish=application.share_wish,
        enclosed=Enclosed(
            register_copy=any(one.register_copy for one in application.patents) or None,
            report=any(one.report for one in application.patents) or None,
        ),
        decision=application.decision,
        taken_lines=_runs([n for n, one in enumerate(application.patents, 1) if one.is_taken])
        if application.decision == "partly"
        else "",
        decided_by=application.decided_by,
        reason=application.reason,
        seals=(
            Sealed(label="⑨申请人签章", name=application.applicant.name),
            Sealed(label="管理机构签章", name=pool.operator.name),
        ),
    )


def _applied_lines(pool: Pool, application: Application) -> tuple[PatentLine, ...]:
    decided = application.decision is not None
    return tuple(
        PatentLine(
            line=place,
            number=one.number,
            title=one.title,
            kind=kind_of(one.number),
            member=application.applicant.name,
            category=one.category,
            grade=one.grade,
            weight=one.weight,
            term_ends=one.term_ends,
            report=_report(one.number, one.report),
            taken=_taken(one) if decided else "",
        )
        for place, one in enumerate(application.patents, 1)
    )


def _taken(one: Applied) -> str:
    return "" if one.is_taken is None else ("yes" if one.is_taken else "no")


def _report(number: str, is_there: bool | None) -> ReportSays | None:
    """An evaluation report is of utility models and designs alone (专利法 第六十六条)."""
    if is_there is not None:
        return "yes" if is_there else "no"
    return "unneeded" if kind_of(number) == "invention" else None


def _runs(numbers: Sequence[int]) -> str:
    """Numbers as people write them: 1至3、5."""
    said: list[str] = []
    for number in numbers:
        first, _, last = said[-1].partition("至") if said else ("", "", "")
        if said and int(last or first) + 1 == number:
            said[-1] = f"{first}至{number}"
        else:
            said.append(str(number))
    return "、".join(said)


def facts_of_review(pool: Pool, application: Application) -> ReviewPaper:
    """Return the facts of 入池评估审核记录; empty lines for the pen where no opinion is kept."""
    opinions = tuple(
        OpinionLine(
            reviewer=one.reviewer,
            unit=one.unit,
            day=one.day,
            vote=one.vote,
            grade=one.grade,
            score=one.score,
            words=one.words,
        )
        for one in application.opinions
    )
    votes = [one.vote for one in opinions]
    blanks = max(application.asked, pool.standard.opinions, 1)
    return ReviewPaper(
        pool=pool,
        application=application,
        patents=_applied_lines(pool, application),
        count=len(opinions) if opinions else None,
        opinions=opinions or (OpinionLine(),) * blanks,
        votes_take=votes.count("take") if opinions else None,
        votes_take_if=votes.count("take_if") if opinions else None,
        votes_refuse=votes.count("refuse") if opinions else None,
    )


def facts_of_agreement(
    pool: Pool,
    member: Member,
    agreement: Agreement,
    patents: Sequence[PoolPatent],
    ends: Ends | None = None,
) -> AgreementPaper:
    """Return the facts of 入池协议; of the patents those stand in its annex that it names.

    One that names none has all that its member has in the pool.
    """
    named = [
        one
        for one in patents
        if one.number in agreement.numbers
        or (not agreement.numbers and one.member_id == agreement.member_id and not one.out_on)
    ]
    at = agreement.dispute_at
    alone = agreement.members_license_alone
    return AgreementPaper(
        pool=pool,
        member=member.party,
        agreement=agreement,
        patents=lines_of(pool, named, {}, ends or {}),
        count=len(named) or None,
        share_percent=member.share_percent,
        keeps_own_licences=pool.members_license_alone if alone is None else alone,
        arbitration_at=at if agreement.dispute == "arbitration" else "",
        court_at=at if agreement.dispute == "court" else "",
    )


def lines_of(
    pool: Pool, patents: Sequence[PoolPatent], names: Mapping[int, str], ends: Ends
) -> tuple[PatentLine, ...]:
    """Return a pool's patents as lists print them; `names` are the members' by their ids."""
    of_grade = weights(pool)
    return tuple(
        PatentLine(
            line=place,
            number=one.number,
            title=one.title,
            kind=kind_of(one.number),
            member=names.get(one.member_id, ""),
            category=one.category,
            grade=one.grade,
            weight=weight_of(one, of_grade),
            term_ends=ends.get(one.number),
            entered_on=one.entered_on,
            report=_report(one.number, one.report),
            why_out=one.why_out,
            out_on=one.out_on,
        )
        for place, one in enumerate(patents, 1)
    )


# --- licences, leaving --------------------------------------------------------------------------


def facts_of_licence(
    pool: Pool,
    one: PoolLicence,
    patents: Sequence[PoolPatent],
    names: Mapping[int, str],
    ends: Ends | None = None,
) -> LicencePaper:
    """Return the facts of the pool's licence contract.

    `patents` are those in the pool on the day it is made; `names` the members' by their ids.
    """
    licence = one.licence
    listed = [patent for patent in patents if one.is_whole or patent.number in one.numbers]
    kinds = [kind_of(patent.number) for patent in patents]
    times = one.default_interest.strip().removesuffix("倍")
    multiple = times if times.replace(".", "", 1).isdecimal() else ""
    return LicencePaper(
        pool=pool,
        licensor=pool.operator,
        licensee=licence.licensee,
        bank=licence.bank if licence.bank.account else pool.bank,
        signed_on=licence.signed_on,
        is_whole=one.is_whole,
        is_cross=one.is_cross,
        patents=lines_of(pool, listed, names, ends or {}),
        count=len(patents) or None,
        inventions=kinds.count("invention") if patents else None,
        utility_models=kinds.count("utility_model") if patents else None,
        designs=kinds.count("design") if patents else None,
        starts_on=licence.starts_on,
        ends_on=licence.ends_on,
        territory=one.territory,
        products=one.products,
        royalty=licence.royalty,
        instalment_total=instalment_total(licence.royalty.instalments),
        sales_words=one.sales_words,
        pay_by=one.report_words.strip("。").removeprefix("每年").removesuffix("前"),
        grant_back=one.grant_back,
        recordal_days=one.recordal_days,
        notice_days=one.notice_days,
        interest=multiple,
        interest_words="" if multiple else one.default_interest,
        dispute=licence.dispute,
        arbitration_at=licence.arbitration_commission,
        other_matters=licence.other_matters,
    )


def facts_of_exit(
    pool: Pool,
    member: Member,
    patents: Sequence[PoolPatent],
    today: date,
    *,
    agreement: Agreement | None = None,
    licences: Sequence[PoolLicence] = (),
    clerk: Party | None = None,
) -> ExitPaper:
    """Return the facts of 退池通知, of a member that leaves or of patents that fall out.

    `patents` are those that are out, `licences` what was granted before and goes on.  The letter
    is the operator's where this unit runs the pool, else the member's.
    """
    is_whole = member.left_on is not None
    by_member = pool.run == "joined" and member.is_own
    party = clerk or (member.party if by_member else pool.operator)
    ends = [one.licence.ends_on for one in licences if one.licence.ends_on]
    going = f"（{len(licences)}份，最后一份至{chinese_date(max(ends))}）" if ends else ""
    return ExitPaper(
        by="member" if by_member else "operator",
        pool=pool,
        member=member.party.name,
        whole=is_whole,
        signed_on=agreement.signed_on if agreement else member.joined_on,
        out_on=member.left_on,
        reason=agreement.end_reason if agreement and is_whole else "",
        patents=lines_of(pool, patents, {}, {}),
        count=len(patents) or None,
        licences_words=going,
        day=today,
        clerk=party.contact,
        phone=party.phone,
        sender=member.party.name if by_member else pool.operator.name,
        addressee=pool.operator.name if by_member else member.party.name,
    )


def ends_of(cases: Cases, patents: Sequence[PoolPatent]) -> dict[str, date]:
    """Return the last day of each patent's right, as far as its case says it."""
    found = {}
    for one in patents:
        case = cases.get(one.case_id) if one.case_id is not None else None
        day = term_end(case) if case is not None else None
        if day is not None:
            found[one.number] = day
    return found
