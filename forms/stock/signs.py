"""Signs: what the facts of a patent say of each thing that a way may hang on, or that they do not.

A sign holds, surely does not, or is not known: a fact that is wanting is never guessed.  Nothing
here says what follows from a sign; that is a pack's (`forms.stock.way_rules`).

Sources: the nine bars of 审查指南 第五部分第十一章 3.1, its 9; 专利法 第十四条、第四十二条、
第四十四条; 专利法实施细则 第六条、第一百一十五条.  This module must not know today's date.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal

import msgspec

from forms.facts.amounts import grouped
from forms.facts.annuities import (
    Annuity,
    FeeFacts,
    Restoring,
    grace_end,
    restoring,
    to_be_paid,
)
from forms.facts.fee_table import fee_table
from forms.facts.legal_status import Standing, end_of, says_over, says_valid, standings
from forms.facts.record import Kind, LedgerEntry, LicenceKind
from forms.facts.terms import add_months, protection_end
from forms.facts.working_days import last_day_to_act

SignName = Literal[
    "always",
    "transferred",
    "over",
    "partly",
    "term",
    "arrears",
    "next_fee",
    "fee_jump",
    "exclusive",
    "exclusive_only",
    "hold",
    "pledged",
    "pledged_consented",
    "pledged_at_all",
    "no_report",
    "report_negative",
    "report_asked",
    "declared",
    "filed",
    "shared",
    "licensed",
    "pooled",
    "lapsed",
    "restorable",
]

SIGN_VALUES: Mapping[SignName, frozenset[str]] = {
    "always": frozenset(),
    "transferred": frozenset({"day"}),
    "over": frozenset({"text"}),
    "partly": frozenset(),
    "term": frozenset({"day"}),
    "arrears": frozenset({"due", "day"}),
    "next_fee": frozenset({"year", "yuan", "day"}),
    "fee_jump": frozenset({"year", "yuan", "day"}),
    "exclusive": frozenset(),
    "exclusive_only": frozenset(),
    "hold": frozenset(),
    "pledged": frozenset(),
    "pledged_consented": frozenset(),
    "pledged_at_all": frozenset(),
    "no_report": frozenset(),
    "report_negative": frozenset(),
    "report_asked": frozenset(),
    "declared": frozenset({"day"}),
    "filed": frozenset(),
    "shared": frozenset({"count"}),
    "licensed": frozenset({"count"}),
    "pooled": frozenset({"names"}),
    "lapsed": frozenset(),
    "restorable": frozenset({"day", "latest", "presumed"}),
}
"""What the words of a sign may name."""

_PAST_RESTORING = ("expired", "invalid", "given_up")


class WayFacts(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """What of a patent its ways hang on.

    `others` is the strictest licence that the cases name, `others_known` whether any says what
    licences there are.  `declared_on` is the day of a declaration that is published and not
    withdrawn; `is_filed` one that waits.  `licences` is how many run, `pools` are those it is in.
    """

    entry: LedgerEntry
    kind: Kind | None = None
    fees: FeeFacts | None = None
    others: LicenceKind | None = None
    others_known: bool = False
    declared_on: date | None = None
    is_filed: bool = False
    licences: int = 0
    pools: tuple[str, ...] = ()


class Sign(msgspec.Struct, frozen=True, gc=False):
    """Whether something holds, None where that is not known; `day` is the one that it ends with."""

    holds: bool | None
    values: Mapping[str, str] = {}
    day: date | None = None


Signs = Mapping[SignName, Sign]
_YES, _NO, _UNKNOWN = Sign(True), Sign(False), Sign(None)


def _sign(holds: bool | None) -> Sign:
    return _UNKNOWN if holds is None else _YES if holds else _NO


def signs(facts: WayFacts, today: date) -> Signs:
    """Return every sign as it stands on a day."""
    found: dict[SignName, Sign] = {"always": _YES}
    found.update(_of_right(facts, today))
    found.update(_of_standing(facts))
    found["declared"] = _dated(facts.declared_on)
    found["filed"] = _sign(facts.is_filed)
    count = sum(1 for owner in facts.entry.owners if owner.name)
    found["shared"] = Sign(count > 1 if count else None, {"count": str(count)})
    found["licensed"] = Sign(facts.licences > 0, {"count": str(facts.licences)})
    found["pooled"] = Sign(bool(facts.pools), {"names": "、".join(facts.pools)})
    return found


def _dated(day: date | None) -> Sign:
    return Sign(True, {"day": str(day)}, day) if day is not None else _NO


# --- the right, its term, its annuities -----------------------------------------------------------


def _of_right(facts: WayFacts, today: date) -> Iterator[tuple[SignName, Sign]]:
    patent = facts.entry.patent
    moved = patent.transferred_on
    yield "transferred", _dated(moved if moved is not None and moved <= today else None)
    said = (
        standings(patent.legal_status, {}) if patent.legal_status else frozenset[Standing | None]()
    )
    last = _term_end(facts)
    first = _first_unpaid(facts, today)
    is_term_over = last is not None and last < today
    is_lapsed = _is_lapsed(facts, today, first) and not is_term_over
    end = end_of(patent.legal_status)
    if end == "unpaid" and not is_term_over:
        is_lapsed = True
    if end in _PAST_RESTORING:
        is_lapsed = False
    yield "over", _over(facts, today, said, is_term_over=is_term_over, is_lapsed=is_lapsed)
    yield "partly", _sign("partly" in said)
    yield "term", Sign(True, {"day": str(last)}, last) if last is not None else _UNKNOWN
    yield from _of_fees(facts, today, first, is_over=is_term_over or says_over(said) or is_lapsed)
    is_known = (
        bool(patent.legal_status and (says_valid(said) or end)) or patent.fee_paid_to is not None
    )
    yield "lapsed", _sign(True if is_lapsed else False if is_known or is_term_over else None)
    yield "restorable", _restorable(facts, today, first) if is_lapsed else _UNTOLD


_UNTOLD = Sign(False, {"day": "", "latest": "", "presumed": ""})


def _term_end(facts: WayFacts) -> date | None:
    patent = facts.entry.patent
    if facts.kind is None or patent.filing_date is None:
        return None
    return protection_end(facts.kind, patent.filing_date, patent.compensation_days)


def _over(
    facts: WayFacts,
    today: date,
    said: frozenset[Standing | None],
    *,
    is_term_over: bool,
    is_lapsed: bool,
) -> Sign:
    text = facts.entry.patent.legal_status
    if is_term_over:
        return Sign(True, {"text": "期限已经届满"})
    if says_over(said):
        return Sign(True, {"text": f"法律状态为“{text}”"})
    if is_lapsed:
        return Sign(True, {"text": "年费逾期未缴，照年费已交至推算已经终止"})
    granted = facts.entry.patent.grant_date
    if granted is not None and granted > today:
        return Sign(True, {"text": "尚未授权公告"})
    return _NO if says_valid(said) else _UNKNOWN


def _first_unpaid(facts: WayFacts, today: date) -> Annuity | None:
    """The first annuity that is not paid, where it is known how far they were."""
    if facts.fees is None or facts.entry.patent.fee_paid_to is None:
        return None
    return next(to_be_paid(facts.fees, today), None)


def _is_lapsed(facts: WayFacts, today: date, first: Annuity | None) -> bool:
    paid_to = facts.entry.patent.fee_paid_to
    if facts.fees is None and paid_to is not None:
        return grace_end(paid_to).day < today
    return first is not None and first.state == "lapsed"


def _of_fees(
    facts: WayFacts, today: date, first: Annuity | None, *, is_over: bool
) -> Iterator[tuple[SignName, Sign]]:
    paid_to = facts.entry.patent.fee_paid_to
    if is_over or (paid_to is not None and facts.fees is not None and first is None):
        yield "arrears", _NO  # nothing is owed of a right that is over, or paid to the end
    elif paid_to is None:
        yield "arrears", _UNKNOWN
    else:
        due = first.due if first is not None else paid_to
        is_late = last_day_to_act(due).day < today
        last = grace_end(due).day
        is_in_grace = is_late and today <= last
        yield (
            "arrears",
            Sign(is_in_grace, {"due": str(last_day_to_act(due).day), "day": str(last)}, last),
        )
    yield "next_fee", _fee_sign(None if is_over else first)
    yield "fee_jump", _fee_sign(None if is_over else _jump(facts, today, first))


def _fee_sign(one: Annuity | None) -> Sign:
    """An annuity that is still to be paid in time."""
    if one is None or one.state not in ("due", "ahead"):
        return _NO
    day = one.pay_by.day
    return Sign(True, {"year": str(one.year), "yuan": grouped(one.reduced), "day": str(day)}, day)


def _jump(facts: WayFacts, today: date, first: Annuity | None) -> Annuity | None:
    """The first annuity that costs more than the one before."""
    if first is None or facts.fees is None:
        return None
    before = first
    for one in to_be_paid(facts.fees, today):
        if one.reduced > before.reduced:
            return one
        before = one
    return None


def restoration(facts: WayFacts, today: date) -> Restoring | None:
    """Return how a right lost for want of an annuity is asked back; None where that is not known.

    Whether it was lost at all is not asked here.
    """
    first = _first_unpaid(facts, today)
    if first is None or first.state != "lapsed":
        return None
    return restoring(first, facts.entry.patent.lapse_notice_on)


def _restorable(facts: WayFacts, today: date, first: Annuity | None) -> Sign:
    notice = facts.entry.patent.lapse_notice_on
    latest = ""
    if first is not None and first.state == "lapsed":
        how = restoring(first, notice)
        last, is_presumed = how.last_day.day, how.is_presumed
        latest = str(how.latest.day)
        if today > how.latest.day:
            return Sign(False, {"day": str(last), "latest": latest, "presumed": ""})
    elif notice is not None:
        months = fee_table().restoration.months
        last, is_presumed = last_day_to_act(add_months(notice, months)).day, False
        latest = "缴费期限届满之日起两年"
    else:
        return _UNKNOWN
    if today > last and is_presumed:
        return _UNKNOWN  # the notice may have come later
    presumed = "（终止通知书收到日未填，照最早的日期推算）" if is_presumed else ""
    values = {"day": str(last), "latest": latest, "presumed": presumed}
    return Sign(today <= last, values, last)


# --- what stands in the way ---------------------------------------------------------------------


def _of_standing(facts: WayFacts) -> Iterator[tuple[SignName, Sign]]:
    patent = facts.entry.patent
    is_exclusive = facts.others in ("exclusive", "sole")
    yield "exclusive", _sign(is_exclusive if facts.others_known else None)
    yield "exclusive_only", _sign(facts.others == "exclusive" if facts.others_known else None)
    yield "hold", _sign(None if patent.hold is None else patent.hold != "none")
    is_pledged = None if patent.pledge is None else patent.pledge != "none"
    consents = patent.pledgee_consents
    if consents is None and patent.pledge == "pledged_with_consent":
        consents = True
    yield "pledged", _sign(is_pledged and not consents)
    yield "pledged_consented", _sign(bool(is_pledged and consents))
    yield "pledged_at_all", _sign(is_pledged)
    asked = None if facts.kind is None else facts.kind != "invention"
    yield "report_asked", _sign(asked)
    there = patent.evaluation_report
    missing = asked and (None if there is None else not there)
    yield "no_report", _sign(missing)
    concluded = patent.report_conclusion
    if concluded is not None:
        yield "report_negative", _sign(bool(asked) and concluded == "unqualified")
    else:
        yield "report_negative", _sign(None if asked and there else False)
