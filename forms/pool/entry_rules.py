"""The standard of entry, as rules: what stands against patents that are applied for.

Sources: 专利池建设运行工作指引 第七条（四）; 专利法 第十四条、第四十二条、第四十四条、第四十七条;
专利池运营规范 (draft) 5.3.1.  What the ledger knows of a patent is looked at beside what the
application says; where it knows nothing only the application is judged.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import date

import msgspec

from forms.facts.annuities import fee_facts, lapsed_on, to_be_paid
from forms.facts.declared import stage_of
from forms.facts.kinds import KIND_WORDS
from forms.facts.legal_status import end_of, says_over, standings
from forms.facts.patent_number import NotAPatentNumber, PatentNumber, parse
from forms.facts.record import Case, Kind, LicenceKind
from forms.facts.terms import protection_end
from forms.ground.cleaning import fold
from forms.pool.findings import Found
from forms.pool.records import Application, Applied, Standard

_LICENCES: Mapping[LicenceKind, str] = {"exclusive": "独占", "sole": "排他"}
_REPORTED: tuple[Kind, ...] = ("utility_model", "design")


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What is known around an application: cases of its patents, numbers in the pool and in other
    applications, all by the digits of the number; the day."""

    cases: Mapping[str, Case] = {}
    in_pool: Collection[str] = frozenset()
    applied: Collection[str] = frozenset()
    today: date


def digits_of(number: str) -> str:
    """Return what patents are told apart by: the digits of a number, else the text as it is."""
    try:
        return parse(number).digits
    except NotAPatentNumber:
        return number


def check_application(
    application: Application, standard: Standard, known: Known
) -> Iterator[Found]:
    """Yield what stands against an application, patent by patent."""
    if not application.patents:
        yield Found("no_patents")
    for one in application.patents:
        for found in _of_patent(one, application.applicant.name, standard, known):
            yield msgspec.structs.replace(found, number=one.number)
    given = len(application.opinions)
    if application.review_from and given < standard.opinions:
        params = {"given": str(given), "wanted": str(standard.opinions)}
        yield Found("too_few_opinions", params)


def _of_patent(one: Applied, applicant: str, standard: Standard, known: Known) -> Iterator[Found]:
    try:
        number = parse(one.number)
    except NotAPatentNumber:
        yield Found("number_unreadable", {"number": one.number})
        return
    named = {"number": number.text}
    if number.digits in known.in_pool:
        yield Found("in_pool", named)
    if number.digits in known.applied:
        yield Found("applied_twice", named)
    case = known.cases.get(number.digits)
    yield from _report(one, number, case, standard)
    if one.register_copy is False:
        yield Found("register_copy_missing", named)
    if one.term_ends and one.term_ends < known.today:
        yield Found("term_over", {**named, "day": one.term_ends.isoformat()})
    if case is not None:
        yield from _right(case, number, known.today, is_told=one.term_ends is not None)
        yield from _burdens(case, named)
        yield from _owners(case, applicant, named)


def _report(
    one: Applied, number: PatentNumber, case: Case | None, standard: Standard
) -> Iterator[Found]:
    has = one.report or (case is not None and case.patent.evaluation_report)
    if number.kind in _REPORTED and standard.report_needed and not has:
        params = {"number": number.text, "kind": KIND_WORDS[number.kind]}
        yield Found("report_missing", params)
    conclusion = one.report_conclusion or (case.patent.report_conclusion if case else None)
    if conclusion == "unqualified":
        yield Found("report_unqualified", {"number": number.text})


def _right(case: Case, number: PatentNumber, today: date, *, is_told: bool) -> Iterator[Found]:
    patent, named = case.patent, {"number": number.text}
    status = patent.legal_status
    is_late = end_of(status) == "arrears"
    if status and not is_late and says_over(standings(status, {})):
        yield Found("right_over", {**named, "status": status})
        return
    if patent.filing_date is not None and not is_told:
        end = protection_end(number.kind, patent.filing_date, patent.compensation_days)
        if end < today:
            yield Found("term_over", {**named, "day": end.isoformat()})
            return
    facts = fee_facts(patent, number.kind)
    if facts is None or patent.fee_paid_to is None:
        return
    if (day := lapsed_on(facts, today)) is not None:
        yield Found("in_arrears", {**named, "day": day.isoformat()})
    elif (owed := next(to_be_paid(facts, today), None)) and owed.state == "grace":
        yield Found("in_arrears", {**named, "day": owed.due.isoformat()})


def _burdens(case: Case, named: dict[str, str]) -> Iterator[Found]:
    given = case.other_licences
    if given.way == "granted" and given.kind is not None and given.kind in _LICENCES:
        yield Found("exclusive", {**named, "kind": _LICENCES[given.kind]})
    if case.patent.pledge == "pledged":
        yield Found("pledged", named)
    if case.patent.hold in ("suspended", "preserved"):
        yield Found("on_hold", named)
    if stage_of(case.declaration) == "published":
        yield Found("openly_licensed", named)


def _owners(case: Case, applicant: str, named: dict[str, str]) -> Iterator[Found]:
    names = [owner.name for owner in case.owners if owner.name]
    if not names or not applicant:
        return
    others = [name for name in names if fold(name) != fold(applicant)]
    if len(others) == len(names):
        params = {**named, "owners": "、".join(names), "applicant": applicant}
        yield Found("not_owner", params)
    elif others:
        yield Found("co_owned", {**named, "owners": "、".join(others)})
