"""What follows from a case of the statutory declaration: who must consent, which papers go with
it, and what is known of the nine bars.

A bar is "clear" where the record says that it does not stand in the way, "barred" where it does,
None where nobody has said so yet: what is not known is never taken as kept.

This module must not know the pack, the papers or today's date.
"""

from typing import Literal

from forms.facts.legal_status import says_over, says_valid, standings
from forms.facts.record import Case, Kind

Bar = Literal["clear", "barred"]


def owner_count(case: Case) -> int | None:
    """Return how many patentees are named, None for none."""
    return sum(1 for owner in case.owners if owner.name) or None


def is_shared(case: Case) -> bool:
    """Whether the patent is owned in common (共有)."""
    return (owner_count(case) or 0) > 1


def needs_consent(case: Case) -> bool:
    """Whether the written consent of the owners goes with a declaration or its withdrawal.

    Source: 审查指南 第五部分第十一章 3.3, 4: of co-owners; of all owners where an agency acts.
    """
    return is_shared(case) or case.signing == "agency"


def needs_withdrawal_consent(case: Case) -> bool:
    """Whether that consent is to a withdrawal, for which a reason was chosen."""
    return case.declaration.withdrawal_reason is not None and needs_consent(case)


def is_pledged(case: Case) -> bool | None:
    """Whether the patent is pledged, with consent or without."""
    return None if case.patent.pledge is None else case.patent.pledge != "none"


def pledgee_consents(case: Case) -> bool | None:
    """Whether the pledgee consents: as it is said by itself, else beside the pledge."""
    patent = case.patent
    if patent.pledgee_consents is not None:
        return patent.pledgee_consents
    return True if patent.pledge == "pledged_with_consent" else None


def has_statement(case: Case) -> bool:
    """Whether anything is written of how the royalty was reached, or a method chosen for it."""
    return bool(case.statement.text or case.statement.method)


def report_asked(kind: Kind | None) -> bool | None:
    """Whether a patent of this kind needs an evaluation report (专利权评价报告; 3.1(7))."""
    return None if kind is None else kind != "invention"


def report_goes_along(case: Case, kind: Kind | None) -> bool:
    """Whether an evaluation report is asked for and there."""
    return bool(report_asked(kind) and case.patent.evaluation_report)


def bar_exclusive(case: Case) -> Bar | None:
    """3.1(1): 专利权处于独占或者排他许可有效期限内."""
    others = case.other_licences
    if others.way == "none" or others.kind == "ordinary":
        return "clear"
    return "barred" if others.kind else None


def bar_hold(case: Case) -> Bar | None:
    """3.1(2): proceedings suspended, or the right preserved by a court (中止、保全)."""
    hold = case.patent.hold
    return None if hold is None else "clear" if hold == "none" else "barred"


def is_fee_stated(case: Case) -> bool:
    """3.1(3): whether it is said until when annuities are paid; the day itself is for the rules."""
    return case.patent.fee_paid_to is not None


def bar_pledge(case: Case) -> Bar | None:
    """3.1(4): 专利权被质押，未经质权人同意."""
    pledged, consents = is_pledged(case), pledgee_consents(case)
    if pledged is None or (pledged and consents is None):
        return None
    return "clear" if not pledged or consents else "barred"


def bar_over(case: Case) -> Bar | None:
    """3.1(5)(6): the right has ended, or was declared invalid as a whole."""
    found = standings(case.patent.legal_status, {})
    return "clear" if says_valid(found) else "barred" if says_over(found) else None


def bar_no_report(case: Case, kind: Kind | None) -> Bar | None:
    """3.1(7): no evaluation report of a utility model or a design; None for an invention."""
    there = case.patent.evaluation_report
    return ("clear" if there else "barred") if report_asked(kind) and there is not None else None


def bar_report(case: Case, kind: Kind | None) -> Bar | None:
    """3.1(8): the report finds that it does not meet the conditions; None for an invention."""
    found = case.patent.report_conclusion
    return ("clear" if found == "qualified" else "barred") if report_asked(kind) and found else None
