"""Derived facts: what follows from a case, computed where it is asked for and never stored.

Papers read these through `{derived.NAME}`: `DERIVED` holds the facts of a case, and
`DERIVED_OF_LICENCE` those that also need a licence granted under it.  A fact whose grounds
are missing is None.

This module must not know the pack, the papers or today's date.
"""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from forms.facts import statutory
from forms.facts.amounts import chinese_period
from forms.facts.kinds import KIND_WORDS
from forms.facts.patent_number import NotAPatentNumber, PatentNumber, parse
from forms.facts.record import Case, Instalments, Kind, LedgerEntry, Licence, Royalty
from forms.facts.terms import Protection, protection

Value = str | int | Decimal | date | Royalty | None


def number_text(known: Case | LedgerEntry) -> str:
    """Return the number: normalised, or as it was typed where it can not be read; "" for none."""
    return known.patent.number or known.unread.get("patent.number", "")


def number(case: Case) -> PatentNumber | None:
    """Return the parts of the patent number, or None where it can not be read."""
    if case.patent.number is None:
        return None
    try:
        return parse(case.patent.number)
    except NotAPatentNumber:
        return None


def kind(case: Case) -> Kind | None:
    """Return the kind of patent its number says; without a number, the one stated."""
    known = number(case)
    return known.kind if known else case.patent.kind_stated


def kind_word(case: Case) -> str | None:
    """Return the kind in the words of the summary: 发明, 实用新型, 外观设计."""
    known = kind(case)
    return KIND_WORDS[known] if known else None


def term(case: Case) -> Protection | None:
    """Return the term of protection; needs the kind and the filing date."""
    known = kind(case)
    if known is None or case.patent.filing_date is None:
        return None
    return protection(known, case.patent.filing_date, case.patent.compensation_days)


def term_first_day(case: Case) -> date | None:
    """Return the first day of protection counted, the filing date."""
    known = term(case)
    return known.first_day if known else None


def term_end(case: Case) -> date | None:
    """Return the last day of protection."""
    known = term(case)
    return known.last_day if known else None


def term_anniversary(case: Case) -> date | None:
    """Return the day after the last day of protection."""
    known = term(case)
    return known.anniversary if known else None


def term_text(case: Case) -> str | None:
    """Return 专利有效期限 as the contract prints it: 2021年3月26日至2041年3月25日."""
    known = term(case)
    return chinese_period(known.first_day, known.last_day) if known else None


def owners_joined(case: Case) -> str:
    """Return all patentees in order: 甲大学、乙公司."""
    return "、".join(owner.name for owner in case.owners if owner.name)


def inventors_joined(case: Case) -> str:
    """Return all inventors in order."""
    return "、".join(case.patent.inventors)


def number_and_title(case: Case) -> str:
    """Return number and title as the contract's preamble wants them (专利号、专利名称)."""
    return "、".join(part for part in (case.patent.number, case.patent.title) if part)


def instalment_times(instalments: Instalments) -> int | None:
    """Return how many payments there are with the first: batches + 1 (信息表 ⑥)."""
    return None if instalments.batches is None else instalments.batches + 1


def instalment_total(instalments: Instalments) -> Decimal | None:
    """Return what is paid in all: first + each x batches, in yuan (信息表 ⑥)."""
    first, each, batches = instalments.first_amount, instalments.each_amount, instalments.batches
    if first is None or each is None or batches is None:
        return None
    return first + each * batches


def licence_royalty(case: Case, licence: Licence) -> Royalty:
    """Return the royalty of a contract: its own where negotiated, else the offer's."""
    return licence.royalty if licence.agreed == "negotiated" else case.royalty


def licence_term_text(_case: Case, licence: Licence) -> str | None:
    """Return 实施期限 of a contract: its words, else its first and last day."""
    if licence.term:
        return licence.term
    if licence.starts_on is None or licence.ends_on is None:
        return None
    return chinese_period(licence.starts_on, licence.ends_on)


def licence_instalment_times(case: Case, licence: Licence) -> int | None:
    """Return how many payments a contract's royalty has, with the first."""
    return instalment_times(licence_royalty(case, licence).instalments)


def licence_instalment_total(case: Case, licence: Licence) -> Decimal | None:
    """Return what a contract's instalments come to, in yuan."""
    return instalment_total(licence_royalty(case, licence).instalments)


DERIVED: Mapping[str, Callable[[Case], Value]] = MappingProxyType(
    {
        "kind": kind,
        "kind_word": kind_word,
        "term_first_day": term_first_day,
        "term_end": term_end,
        "term_anniversary": term_anniversary,
        "term_text": term_text,
        "owners_joined": owners_joined,
        "inventors_joined": inventors_joined,
        "number_and_title": number_and_title,
        "instalment_times": lambda case: instalment_times(case.royalty.instalments),
        "instalment_total": lambda case: instalment_total(case.royalty.instalments),
        "owner_count": statutory.owner_count,
        "is_shared": statutory.is_shared,
        "needs_consent": statutory.needs_consent,
        "needs_withdrawal_consent": statutory.needs_withdrawal_consent,
        "is_pledged": statutory.is_pledged,
        "has_statement": statutory.has_statement,
        "report_goes_along": lambda case: statutory.report_goes_along(case, kind(case)),
        "bar_exclusive": statutory.bar_exclusive,
        "bar_hold": statutory.bar_hold,
        "is_fee_stated": statutory.is_fee_stated,
        "bar_pledge": statutory.bar_pledge,
        "bar_over": statutory.bar_over,
        "bar_no_report": lambda case: statutory.bar_no_report(case, kind(case)),
        "bar_report": lambda case: statutory.bar_report(case, kind(case)),
    }
)

DERIVED_OF_LICENCE: Mapping[str, Callable[[Case, Licence], Value]] = MappingProxyType(
    {
        "licence_royalty": licence_royalty,
        "licence_term_text": licence_term_text,
        "licence_instalment_times": licence_instalment_times,
        "licence_instalment_total": licence_instalment_total,
    }
)

_KIND = ("patent.number", "patent.kind_stated")
_PROTECTION = ("patent.filing_date", *_KIND, "patent.compensation_days")
_PLAN = ("royalty.instalments.first_amount", "royalty.instalments.each_amount")
_BATCHES = "royalty.instalments.batches"

GROUNDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "kind": _KIND,
        "kind_word": _KIND,
        "term_first_day": ("patent.filing_date", *_KIND),
        **dict.fromkeys(("term_end", "term_anniversary", "term_text"), _PROTECTION),
        "owners_joined": ("owners",),
        "inventors_joined": ("patent.inventors",),
        "number_and_title": ("patent.number", "patent.title"),
        "instalment_times": (_BATCHES,),
        "instalment_total": (*_PLAN, _BATCHES),
        **dict.fromkeys(("owner_count", "is_shared"), ("owners",)),
        "needs_consent": ("owners", "signing"),
        "needs_withdrawal_consent": ("owners", "signing", "declaration.withdrawal_reason"),
        "is_pledged": ("patent.pledge",),
        "has_statement": ("statement.text", "statement.method"),
        "report_goes_along": ("patent.evaluation_report", *_KIND),
        "bar_exclusive": ("other_licences.kind", "other_licences.way"),
        "bar_hold": ("patent.hold",),
        "is_fee_stated": ("patent.fee_paid_to",),
        "bar_pledge": ("patent.pledge", "patent.pledgee_consents"),
        "bar_over": ("patent.legal_status",),
        "bar_no_report": ("patent.evaluation_report", *_KIND),
        "bar_report": ("patent.report_conclusion", *_KIND),
        "licence_royalty": ("royalty", "licence.royalty", "licence.agreed"),
        "licence_term_text": ("licence.term", "licence.starts_on", "licence.ends_on"),
        "licence_instalment_times": (_BATCHES, f"licence.{_BATCHES}", "licence.agreed"),
        "licence_instalment_total": (
            *(*_PLAN, _BATCHES),
            *(f"licence.{path}" for path in (*_PLAN, _BATCHES)),
            "licence.agreed",
        ),
    }
)
"""The facts each follows from, as paths of the case, under "licence." of the licence."""


def derived(name: str, case: Case, licence: Licence | None = None) -> Value:
    """Return a derived fact by its name.

    A fact of a licence is None where there is no licence.  Raises KeyError for an unknown name.
    """
    if name in DERIVED:
        return DERIVED[name](case)
    of_licence = DERIVED_OF_LICENCE[name]
    return of_licence(case, licence) if licence is not None else None
