"""What a rule is, and what it looks at: a Subject is a case with its derived facts at hand.

A rule is a pure function from a subject and the pack's parameters to findings, with an id, a
source, and a declaration of everything a pack may say about it: the fields it finds fault
with, the variants of its sentence and what each may show, the parameters it takes.  Rules
never raise, never make sentences, never read a clock; blank optional facts stop them.

This module must not know severities, bases or wording: those are the pack's.
"""

import copy
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import msgspec

from forms.facts.amounts import chinese_date, grouped, plain
from forms.facts.left_unread import listed_path
from forms.facts.patent_number import NotAPatentNumber, PatentNumber, Reason, parse
from forms.facts.record import Case, Kind, Licence, Royalty
from forms.facts.terms import Protection, protection
from forms.facts.ways import is_unchosen
from forms.ground.problems import Finding, ParamValue, Scope
from forms.pack.types import Field

Params = Mapping[str, Any]
Findings = Iterable[Finding]

NOTHING: Mapping[str, Any] = MappingProxyType({})
_NO_PHONES: Mapping[tuple[str, bool], str] = MappingProxyType({})
NUMBER = "patent.number"
PLACE = "place"  # the place on the form
WHAT = "what"  # what stands there, by itself: 付款期限
EVERYWHERE = frozenset({PLACE, WHAT})  # what every sentence may show
FIELD_PARAMS = frozenset({"field", "choice"})  # parameters that name a field of the pack
PAPER_PARAMS = frozenset({"paper", "papers"})  # and those that name its papers
CONTRACT: tuple[Scope, ...] = ("contract",)
BOTH: tuple[Scope, ...] = ("offer", "contract")


class Subject:
    """A case as rules see it: the record, today, and what follows from both, computed once.

    `licence` is a contract under check, or None while the offer is; `at` is its field path
    ("licence.0").  `royalty` is the one that binds there, `royalty_at` its path; None where a
    contract takes the offer's royalty over.  `numbers` counts the cases of a number over a batch
    or a store, `phones` has the number usual there for a contact, mobile or not.  `seals` are
    the papers that have a sealed scan, None where seals are not asked for.  `is_for_contract` says
    of a field whether a contract alone prints and asks for it.  `granted` are the licences granted
    under the case.  `statement` writes the 简要说明 as it is printed, "" for none.
    """

    def __init__(
        self,
        case: Case,
        today: date,
        *,
        field: Callable[[str], Field | None] = lambda path: None,
        in_force_until: date | None = None,
        numbers: Mapping[str, int] = NOTHING,
        phones: Mapping[tuple[str, bool], str] = _NO_PHONES,
        seals: frozenset[str] | None = None,
        stale: frozenset[str] = frozenset(),
        is_for_contract: Callable[[str], bool] = lambda path: False,
        has_contract: bool = False,
        granted: Sequence[Licence] = (),
        statement: Callable[[], str] = str,
    ) -> None:
        """Take the case and derive its number, kind and term."""
        self.case = case
        self.today = today
        self.field = field
        self.in_force_until = in_force_until
        self.numbers = numbers
        self.phones = phones
        self.seals = seals
        self.stale = stale
        self.is_for_contract = is_for_contract
        self.has_contract = has_contract
        self.granted = granted
        self.statement = statement
        self.licence: Licence | None = None
        self.at = ""
        self.royalty: Royalty | None = case.royalty
        self.royalty_at = "royalty"
        self.unread: Mapping[str, str] = case.unread
        self.number, self.not_a_number = _number_of(case)
        self.kind: Kind | None = self.number.kind if self.number else case.patent.kind_stated
        self.protection = self._protection()

    def _protection(self) -> Protection | None:
        patent = self.case.patent
        if self.kind is None or patent.filing_date is None:
            return None
        return protection(self.kind, patent.filing_date, patent.compensation_days)

    @property
    def term_is_over(self) -> bool:
        """Whether today is past the last day of protection."""
        return self.protection is not None and self.today > self.protection.last_day

    def of_licence(self, licence: Licence, place: int) -> "Subject":
        """Return the subject of one contract granted under the case."""
        other = copy.copy(self)
        other.licence = licence
        other.at = f"licence.{place}"
        negotiated = licence.agreed == "negotiated"
        other.royalty = licence.royalty if negotiated else None
        other.royalty_at = f"{other.at}.royalty"
        other.unread = {
            f"{other.at}.{path.removeprefix('licence.')}": text
            for path, text in licence.unread.items()
        }
        for path, text in self.case.unread.items():
            if self.is_for_contract(path):
                other.unread[path] = text
        return other

    def is_unsealed(self, paper: str) -> bool:
        """Whether the sealed scan of a paper is still wanted; a stale one is told elsewhere."""
        return self.seals is None or paper not in self.seals | self.stale

    def own(self, path: str) -> object:
        """Return the value of a field of the pack's own ("extra.NAME"), None where it is blank."""
        extra = self.case.extra.get(path.removeprefix("extra."))
        return extra.value if extra else None

    def is_unchosen(self, path: str) -> bool:
        """Whether a fact belongs to a way that was not chosen, so that nothing is asked of it."""
        return is_unchosen(path, self.case, self.licence)

    def label(self, path: str, value: str) -> str:
        """Return the form's word for a value of a choice, or the value where the pack has none."""
        field = self.field(path)
        for choice in field.choices if field else ():
            if choice.value == value:
                return choice.label
        return value


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """A rule and all that a pack may say about it.

    `fields` are the paths it finds fault with (without places); `variants` maps each variant
    of its sentence to the names the sentence may show beside {place}; `params` are the pack's
    parameters and their types, those in `FIELD_PARAMS` being paths of the pack's fields; `scopes`
    where it may be bound.
    `on_unread` is for rules about text that could not be read; all others are silent on it.
    `between_cases` marks rules that compare a case with others, `of_course` those about what became
    of a declaration at the office, which alone are asked of one that was withdrawn.
    """

    id: str
    source: str
    find: Callable[[Subject, Params], Findings]
    fields: tuple[str, ...] = ()
    variants: Mapping[str, frozenset[str]]
    params: Mapping[str, type]
    scopes: frozenset[Scope]
    on_unread: bool = False
    between_cases: bool = False
    of_course: bool = False


def rule(
    id: str,
    source: str,
    *fields: str,
    shows: Mapping[str, Iterable[str]] | Iterable[str] = (),
    params: Mapping[str, type] = NOTHING,
    scopes: Iterable[Scope] = ("offer",),
    on_unread: bool = False,
    between_cases: bool = False,
    of_course: bool = False,
) -> Callable[[Callable[[Subject, Params], Findings]], Rule]:
    """Make a rule of a function.

    `shows` is what its one sentence may show, or a mapping from variant to that.
    """
    by_variant = shows if isinstance(shows, Mapping) else {"": shows}

    def make(find: Callable[[Subject, Params], Findings]) -> Rule:
        return Rule(
            id=id,
            source=source,
            find=find,
            fields=fields,
            variants={variant: frozenset(names) for variant, names in by_variant.items()},
            params=params,
            scopes=frozenset(scopes),
            on_unread=on_unread,
            between_cases=between_cases,
            of_course=of_course,
        )

    return make


def rules_of(names: Mapping[str, Any]) -> tuple[Rule, ...]:
    """Return the rules among a module's names, in the order they were written."""
    return tuple(value for value in names.values() if isinstance(value, Rule))


def blanks(
    values: Iterable[tuple[str, object]], shown: Mapping[str, ParamValue] = NOTHING
) -> Iterator[Finding]:
    """Find every path whose value is blank ("" or None); `shown` goes into each sentence."""
    return (Finding(path, dict(shown)) for path, value in values if value is None or value == "")


def gathered(found: Iterable[Finding], named_by: str = "party") -> Iterator[Finding]:
    """Findings about owners that differ in the place alone, as one that names them all.

    `named_by` is what each shows of its owner's name.
    """
    alike: dict[tuple[str, str], list[Finding]] = {}
    for finding in found:
        alike.setdefault((listed_path(finding.field), finding.variant), []).append(finding)
    for (field, variant), some in alike.items():
        if len(some) == 1:
            yield some[0]
            continue
        names = tuple(str(one.params[named_by]) for one in some)
        shown: dict[str, ParamValue] = {"count": len(some), "parties": names}
        yield Finding(field, shown, f"{variant}_several" if variant else "several")


def first_filled(values: Iterable[tuple[str, object]]) -> str | None:
    """Return the first path that has a value."""
    return next((path for path, value in values if value is not None and value != ""), None)


def day(value: date) -> str:
    """Return a date as messages show it, and papers print it: 2030年2月28日."""
    return chinese_date(value)


def number(value: Decimal | int) -> str:
    """Return a plain number as messages show it: 2.5."""
    return plain(Decimal(value))


def money(value: Decimal) -> str:
    """Return an amount as messages show it, to the 分: 10,000.00."""
    return grouped(value)


def round_money(value: Decimal) -> str:
    """Return an amount with its unit, as offices write large ones: 2000 万元, 1234.5 万元.

    An amount that 万 would not make shorter keeps its figures: 20,000,000.01 元.
    """
    in_wan = plain(value / 10_000)
    return f"{in_wan} 万元" if len(in_wan.partition(".")[2]) <= 2 else f"{money(value)} 元"


@lru_cache(maxsize=64)
def any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern for any of the words, the longest first; for none it never matches."""
    longest_first = sorted((word for word in words if word), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)) or "(?!)")


def words_in(text: str, words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words that stand in a text, each once, in the text's order."""
    return tuple(dict.fromkeys(any_of(words).findall(text)))


def _number_of(case: Case) -> tuple[PatentNumber | None, NotAPatentNumber | None]:
    unread = case.unread.get(NUMBER)
    try:
        if unread:
            return None, NotAPatentNumber(_reason_of(unread), unread)
        return (parse(case.patent.number), None) if case.patent.number else (None, None)
    except NotAPatentNumber as fault:
        return None, fault


def _reason_of(unread: str) -> Reason:
    """Why a text was not read as a number: what stays unread is a fault in any case."""
    try:
        parse(unread)
    except NotAPatentNumber as fault:
        return fault.reason if fault.reason != "empty" else "shape"
    return "shape"
