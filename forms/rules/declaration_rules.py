"""Rules on what became of a declaration at the office, and on what its owner then owes.

Source: 审查指南 第五部分第十一章 2(2), 3.4, 3.5, 4, 5, 8, 9 (below by its section alone).
"""

from collections.abc import Iterator
from datetime import date

from forms.facts.declared import COURSE, FILED, binds, changed_royalty, stage_of
from forms.facts.legal_status import says_over, standings
from forms.facts.record import Declaration
from forms.facts.statutory import is_pledged, pledgee_consents, report_asked
from forms.facts.terms import add_years
from forms.ground.problems import Finding
from forms.rules.base import Params, Subject, day, rule, rules_of
from forms.rules.standing_rules import is_in_arrears

PUBLISHED, REFUSED = f"{COURSE}published_on", f"{COURSE}refused"
ASKED, WITHDRAWN, TOLD = f"{COURSE}withdrawal_asked_on", f"{COURSE}withdrawn_on", f"{COURSE}told_on"
REASON = f"{COURSE}withdrawal_reason"
TRANSFER = "patent.transferred_on"


def _days(declaration: Declaration) -> Iterator[tuple[str, date]]:
    for name in ("filed_on", "published_on", "withdrawal_asked_on", "withdrawn_on", "told_on"):
        value = getattr(declaration, name)
        if value is not None:
            yield f"{COURSE}{name}", value


def _is_published(subject: Subject) -> bool:
    return stage_of(subject.case.declaration) == "published"


@rule(
    "declaration.future",
    "3.4, 4",
    *(FILED, PUBLISHED, ASKED, WITHDRAWN, TOLD),
    shows=("day",),
    of_course=True,
)
def future(subject: Subject, _params: Params) -> Iterator[Finding]:
    """A day of the declaration's course that is still to come."""
    for path, value in _days(subject.case.declaration):
        if value > subject.today:
            yield Finding(path, {"day": day(value)})


_BOTH = ("day", "before")


@rule(
    "declaration.order",
    "3.4, 3.5, 4",
    *(FILED, PUBLISHED, ASKED, WITHDRAWN, REFUSED),
    shows={
        "unfiled": (),
        "published": _BOTH,
        "refused": ("day",),
        "unpublished": (),
        "asked": _BOTH,
        "withdrawn": _BOTH,
    },
    of_course=True,
)
def order(subject: Subject, _params: Params) -> Iterator[Finding]:
    """Filed, then published or refused; published, then withdrawn: a day before the one before."""
    its = subject.case.declaration
    if its.filed_on is None and (its.published_on or its.refused or its.withdrawn_on):
        yield Finding(FILED, {}, "unfiled")
    if its.published_on and its.filed_on and its.published_on < its.filed_on:
        yield _both(PUBLISHED, its.published_on, its.filed_on, "published")
    if its.published_on and its.refused:
        yield Finding(REFUSED, {"day": day(its.published_on)}, "refused")
    asked, withdrawn = its.withdrawal_asked_on, its.withdrawn_on
    if (asked or withdrawn) and its.published_on is None:
        yield Finding(WITHDRAWN if withdrawn else ASKED, {}, "unpublished")
        return
    if asked and its.published_on and asked < its.published_on:
        yield _both(ASKED, asked, its.published_on, "asked")
    since = max(filter(None, (asked, its.published_on)), default=None)
    if withdrawn and since and withdrawn < since:
        yield _both(WITHDRAWN, withdrawn, since, "withdrawn")


def _both(path: str, value: date, before: date, variant: str) -> Finding:
    return Finding(path, {"day": day(value), "before": day(before)}, variant)


@rule("declaration.number_blank", "5", f"{COURSE}number", of_course=True)
def number_blank(subject: Subject, _params: Params) -> Iterator[Finding]:
    """Published, and no 开放许可声明编号, which the gazette gives."""
    its = subject.case.declaration
    if its.published_on is not None and not its.number:
        yield Finding(f"{COURSE}number")


@rule("declaration.reason_blank", "4", REASON, of_course=True)
def reason_blank(subject: Subject, _params: Params) -> Iterator[Finding]:
    """Withdrawn, or asked to be, without one of the reasons."""
    its = subject.case.declaration
    if (its.withdrawal_asked_on or its.withdrawn_on) and its.withdrawal_reason is None:
        yield Finding(REASON)


@rule(
    "declaration.fixed",
    "4, 9: no paragraph lets a declaration be changed in place",
    *("royalty.way", "offer_end"),
    shows={"royalty": (), "term": ("day",), "term_blank": ()},
)
def fixed(subject: Subject, _params: Params) -> Iterator[Finding]:
    """The fee or the term is no more what was declared."""
    case = subject.case
    if not binds(case.declaration) or case.declaration.royalty is None:
        return
    if path := changed_royalty(case):
        yield Finding(path, {}, "royalty")
    declared = case.declaration.offer_end
    if case.offer_end != declared:
        if declared is None:
            yield Finding("offer_end", {}, "term_blank")
        else:
            yield Finding("offer_end", {"day": day(declared)}, "term")


@rule("declaration.run_out", "3.3(4), 3.5", "offer_end", shows=("day",))
def run_out(subject: Subject, _params: Params) -> Iterator[Finding]:
    """The term that was declared is over."""
    end = subject.case.offer_end
    if end is not None and end < subject.today and _is_published(subject):
        yield Finding("offer_end", {"day": day(end)})


_BARS = {
    "exclusive": "other_licences.kind",
    "suspended": "patent.hold",
    "arrears": "patent.fee_paid_to",
    "pledged": "patent.pledge",
    "over": "patent.legal_status",
    "term": "patent.filing_date",
    "report": "patent.report_conclusion",
}


@rule(
    "declaration.bar",
    "2(2), 3.1(1)-(8), 4; 专利法实施细则 第八十六条",
    *_BARS.values(),
    shows=dict.fromkeys(_BARS, ()),
)
def bar(subject: Subject, _params: Params) -> Iterator[Finding]:
    """A bar has arisen since publication: to be withdrawn, and the licensees to be told.

    Silent once the withdrawal has been asked for.
    """
    if not _is_published(subject) or subject.case.declaration.withdrawal_asked_on is not None:
        return
    patent = subject.case.patent
    stands = {
        "exclusive": subject.case.other_licences.kind in ("exclusive", "sole"),
        "suspended": patent.hold in ("suspended", "preserved"),
        "arrears": is_in_arrears(subject),
        "pledged": bool(is_pledged(subject.case)) and not pledgee_consents(subject.case),
        "over": bool(patent.legal_status) and says_over(standings(patent.legal_status, {})),
        "term": subject.term_is_over,
        "report": report_asked(subject.kind) and patent.report_conclusion == "unqualified",
    }
    for variant, path in _BARS.items():
        if stands[variant]:
            yield Finding(path, {}, variant)


@rule("declaration.first", "9(1)(2)", REASON)
def first(subject: Subject, _params: Params) -> Iterator[Finding]:
    """A transfer or a surrender is meant, and the withdrawal, which comes first, not asked for."""
    its = subject.case.declaration
    if (
        _is_published(subject)
        and its.withdrawal_reason == "transfer_or_surrender"
        and its.withdrawal_asked_on is None
    ):
        yield Finding(REASON)


@rule(
    "declaration.owners",
    "9",
    *(TRANSFER, "owners"),
    shows={"transferred": ("day",), "changed": ("declared",)},
)
def owners(subject: Subject, _params: Params) -> Iterator[Finding]:
    """The patent was transferred since, or has other owners than those who declared."""
    case, its = subject.case, subject.case.declaration
    if not _is_published(subject) or its.published_on is None:
        return
    moved = case.patent.transferred_on
    if moved is not None and moved >= its.published_on:
        yield Finding(TRANSFER, {"day": day(moved)}, "transferred")
    elif its.owners and its.owners != tuple(owner.name for owner in case.owners):
        yield Finding("owners", {"declared": its.owners}, "changed")


@rule("declaration.tell", "2(2)", TOLD, shows=("count",), of_course=True)
def tell(subject: Subject, _params: Params) -> Iterator[Finding]:
    """Withdrawn, or asked to be, and licensees whose licences go on have not been told."""
    its = subject.case.declaration
    if its.told_on is not None or not (its.withdrawal_asked_on or its.withdrawn_on):
        return
    running = [
        one for one in subject.granted if one.ends_on is None or one.ends_on >= subject.today
    ]
    if running:
        yield Finding(TOLD, {"count": len(running)})


@rule("declaration.relief", "8", WITHDRAWN, shows={"": ("day",), "undated": ()}, of_course=True)
def relief(subject: Subject, _params: Params) -> Iterator[Finding]:
    """Licences were granted before the withdrawal: their relief of annuities ends.

    It does so with the next patent year, which is counted from the filing date (第九章 4.2.1.1).
    """
    withdrawn, filed = subject.case.declaration.withdrawn_on, subject.case.patent.filing_date
    if withdrawn is None or not subject.granted:
        return
    if filed is None or filed > withdrawn:
        yield Finding(WITHDRAWN, {}, "undated")
        return
    years = withdrawn.year - filed.year
    next_year = add_years(filed, years)
    if next_year <= withdrawn:
        next_year = add_years(filed, years + 1)
    yield Finding(WITHDRAWN, {"day": day(next_year)})


RULES = rules_of(globals())
