"""Rights and licences of the patents in an application, as far as the cases on them say.

A tick on the application is set where every patent's case bears it out; whatever no record says
is the applicant's to tick with the pen: that titles are clear, that no dispute is going on.
"""

from collections.abc import Iterator, Mapping

from forms.facts.amounts import grouped, plain
from forms.facts.declared import binds
from forms.facts.legal_status import says_valid, standings
from forms.facts.record import Case
from forms.facts.royalty import Royalty
from forms.pool.paper_facts import Rights
from forms.pool.records import Application


def rights_of(application: Application, cases: Mapping[int, Case]) -> Rights:
    """Return the ticks and words of boxes ③ and ④; `cases` are those of its patents, by id."""
    known = [
        (place, cases[one.case_id])
        for place, one in enumerate(application.patents, 1)
        if one.case_id is not None and one.case_id in cases
    ]
    if not known:
        return Rights()
    is_whole = len(known) == len(application.patents)
    pledged = [(place, case) for place, case in known if _is_pledged(case)]
    shared = [(place, case) for place, case in known if len(case.owners) > 1]
    granted = [(n, case) for n, case in known if case.other_licences.way == "granted"]
    closed = [(n, case) for n, case in granted if case.other_licences.kind in ("sole", "exclusive")]
    ordinary = [(n, case) for n, case in granted if case.other_licences.kind == "ordinary"]
    opened = [(n, case) for n, case in known if binds(case.declaration)]
    free = is_whole and all(case.other_licences.way == "none" for _, case in known) and not opened
    return Rights(
        maintained=(is_whole and all(_is_in_force(case) for _, case in known)) or None,
        pledged=bool(pledged) or None,
        pledgee=_joined(case.patent.pledgee for _, case in pledged),
        co_owned=bool(shared) or None,
        co_owned_lines=_lines(place for place, _ in shared),
        co_owners=_joined(
            owner.name
            for _, case in shared
            for owner in case.owners
            if owner.name != application.applicant.name
        ),
        unlicensed=free or None,
        exclusive=bool(closed) or None,
        exclusive_lines=_lines(place for place, _ in closed),
        exclusive_until=_joined(case.other_licences.period for _, case in closed),
        ordinary=bool(ordinary) or None,
        ordinary_lines=_lines(place for place, _ in ordinary),
        open_licence=bool(opened) or None,
        open_lines=_lines(place for place, _ in opened),
        open_standard=_joined(
            _standard(case.declaration.royalty or case.royalty) for _, case in opened
        ),
    )


def _is_pledged(case: Case) -> bool:
    """Pledged with the pledgee's consent, which the form asks in one breath."""
    patent = case.patent
    return patent.pledge == "pledged_with_consent" or (
        patent.pledge == "pledged" and patent.pledgee_consents is True
    )


def _is_in_force(case: Case) -> bool:
    return says_valid(standings(case.patent.legal_status, {}))


def _standard(royalty: Royalty) -> str:
    """A published standard in a line."""
    match royalty.way:
        case "entry_running":
            entry, rate = royalty.entry_running.entry_fee, royalty.entry_running.rate_percent
            said = [f"入门费{grouped(entry)}元"] if entry is not None else []
            return "，".join([*said, *([f"提成{plain(rate)}%"] if rate is not None else [])])
        case "running":
            rate = royalty.running.rate_percent
            return f"提成{plain(rate)}%" if rate is not None else ""
        case "lump_sum":
            amount = royalty.lump_sum.amount
            return f"一次总付{grouped(amount)}元" if amount is not None else ""
        case "free":
            return "免费"
        case "other":
            return royalty.other.text
    return ""


def _lines(places: Iterator[int]) -> str:
    return "、".join(map(str, places))


def _joined(words: Iterator[str]) -> str:
    return "、".join(dict.fromkeys(filter(None, words)))
