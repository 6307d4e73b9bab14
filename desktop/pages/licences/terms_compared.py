"""What was offered beside what a contract says, term by term.  No widgets."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from desktop.installed.screen_texts import t
from forms.facts.amounts import duration_text
from forms.facts.derived import licence_royalty, licence_term_text
from forms.facts.record import Case, Licence
from forms.office.case_states import royalty_in_short

Standing = Literal["fixed", "blank", "same", "otherwise"]


@dataclass(frozen=True)
class Term:
    """A term: its name, both sides, how they stand, and the field that says it (pack's path)."""

    name: str
    offered: str
    contract: str
    standing: Standing
    path: str
    printed: tuple[str, ...] = ()  # the facts the contract prints for it


def differing(terms: Sequence[Term]) -> tuple[str, ...]:
    """The facts of a contract that are agreed otherwise than offered."""
    return tuple(path for term in terms if term.standing == "otherwise" for path in term.printed)


def terms(case: Case, licence: Licence) -> tuple[Term, ...]:
    """The terms in the contract's order."""
    ordinary = t("licences.compare.ordinary")
    return (
        Term(t("licences.compare.kind"), ordinary, ordinary, "fixed", ""),
        _term("scope", case.region, licence.scope, "licence.scope"),
        _period(case, licence),
        _royalty(case, licence),
        _term("matters", case.other_terms, licence.other_matters, "licence.other_matters"),
    )


def as_offered(case: Case) -> dict[str, object]:
    """What a contract says that takes the offer as it is, by the pack's path."""
    return {
        "licence.scope": case.region,
        "licence.agreed": "as_offered",
        "licence.other_matters": case.other_terms,
    }


def _term(name: str, offered: str, contract: str, path: str) -> Term:
    standing = _standing(offered, contract)
    return Term(t(f"licences.compare.{name}"), offered, contract, standing, path, (path,))


def _standing(offered: str, contract: str) -> Standing:
    if offered == contract:
        return "same" if contract else "blank"
    return "otherwise" if contract else "blank"


def period(case: Case, licence: Licence) -> str:
    """The term of a contract as screens show it: its words, else its first and last day."""
    first, last = licence.starts_on, licence.ends_on
    if licence.term or first is None or last is None:
        return licence_term_text(case, licence) or ""
    return t("licences.compare.span", first=first.isoformat(), last=last.isoformat())


def _period(case: Case, licence: Licence) -> Term:
    end = t("licences.compare.until", day=case.offer_end.isoformat()) if case.offer_end else ""
    length = duration_text(case.single_term) if case.single_term else ""
    each = t("licences.compare.each", length=length) if length else ""
    offered = "，".join(part for part in (end, each) if part)
    contract = period(case, licence)
    is_same = bool(length) and contract.replace(" ", "") in (length, f"自合同生效之日起{length}")
    standing: Standing = "blank" if not contract else "same" if is_same else "otherwise"
    path = "licence.term"
    return Term(t("licences.compare.period"), offered, contract, standing, path, (path,))


def _royalty(case: Case, licence: Licence) -> Term:
    offered = "\n".join(royalty_in_short(case.royalty))
    standing: Standing = "blank"
    contract = ""
    if licence.agreed is not None:
        royalty = licence_royalty(case, licence)
        contract = "\n".join(royalty_in_short(royalty))
        standing = "same" if royalty == case.royalty else "otherwise"
    path, way = "licence.agreed", licence.royalty.way
    printed = (path, f"licence.royalty.{way}") if way else (path,)
    return Term(t("licences.compare.royalty"), offered, contract, standing, path, printed)
