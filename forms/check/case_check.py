"""Checking: all of a pack's rules over a case, everything at once, as Problems.

The check adds the pack's severity, basis and wording to what rules find, and holds its
tongue about a field whose text could not be read: that is one fault, not two.

This module never raises for a record however empty or odd, and must not know a clock, a
store or a screen.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import Any

import msgspec

from forms.check.wording import Wording
from forms.facts.declared import stage_of
from forms.facts.left_unread import listed_path
from forms.facts.paths import without_places
from forms.facts.record import Case, Licence, Office
from forms.ground.kept import Kept
from forms.ground.problems import SEVERITY_ORDER, Problem, Scope
from forms.pack.askable import facts
from forms.pack.implied_fields import field_of
from forms.pack.types import Pack, RuleBinding
from forms.paper.stand import reads
from forms.paper.statement_parts import as_text, parts
from forms.rules import REGISTRY, Rule, Subject
from forms.rules.base import NOTHING
from forms.rules.contact_rules import is_mobile

Problems = tuple[Problem, ...]


class _Bound(msgspec.Struct, frozen=True):
    """A rule with its binding, its parameters complete and lists made tuples."""

    rule: Rule
    binding: RuleBinding
    params: Mapping[str, Any]


class Others(msgspec.Struct, frozen=True, kw_only=True):
    """What rules between cases look at: how many carry a number, what a contact's phone is.

    `numbers` are those of more than one; `phones` are by name and whether it is a mobile number.
    """

    numbers: Mapping[str, int]
    phones: Mapping[tuple[str, bool], str]


class Checker:
    """A pack's rules, ready to run over many cases."""

    def __init__(self, pack: Pack) -> None:
        """Resolve the bindings; one that names no rule, or a scope not the rule's, is left out."""
        self.pack = pack
        self.wording = Wording(pack)
        self._is_for_contract = lru_cache(maxsize=256)(self._of_contract)
        self._is_asked = lru_cache(maxsize=512)(self._asks)
        self._by_scope: dict[Scope, list[_Bound]] = {"offer": [], "contract": [], "submission": []}
        for binding in pack.rules:
            rule = REGISTRY.get(binding.rule)
            if rule is not None and binding.scope in rule.scopes:
                self._by_scope[binding.scope].append(_Bound(rule, binding, _params(rule, binding)))

    def check(
        self,
        case: Case,
        today: date,
        *,
        numbers: Mapping[str, int] = NOTHING,
        licences: Sequence[Licence] = (),
        granted: Sequence[Licence] = (),
        seals: frozenset[str] | None = None,
        stale: frozenset[str] = frozenset(),
    ) -> Problems:
        """Return all problems of a case, sorted by severity, then by the pack's fields.

        `numbers` counts the cases of a normalised number, this one included.  `licences` are
        the contracts to check with it; `granted` those that are merely known of.  `seals` are the
        codes of papers with a sealed scan, `stale` of those whose words have changed since; with
        `seals` None the case is merely checked, and nothing of the submission is asked.
        """
        subject = self._subject(
            *(case, today),
            numbers=numbers,
            seals=seals,
            stale=stale,
            has_contract=bool(licences),
            granted=licences or granted,
        )
        found = list(self._run(self._of_offer(case), subject))
        for place, licence in enumerate(licences):
            found += self._run(self._by_scope["contract"], subject.of_licence(licence, place))
        if seals is not None:
            found += self._run(self._by_scope["submission"], subject)
        return self._sorted(_unique(found))

    def _of_offer(self, case: Case) -> list[_Bound]:
        """The rules that the offer is asked; one that was withdrawn is history."""
        rules = self._by_scope["offer"]
        if stage_of(case.declaration) != "withdrawn":
            return rules
        return [bound for bound in rules if bound.rule.of_course or bound.rule.on_unread]

    def check_batch(
        self, cases: Sequence[Case], today: date, office: Office | None = None
    ) -> dict[int, Problems]:
        """Return the problems between cases, by the place of the case; see `fold`."""
        among = others_of(cases, office)
        each = ((place, self.check_among(case, today, among)) for place, case in enumerate(cases))
        return {place: problems for place, problems in each if problems}

    def check_among(self, case: Case, today: date, among: Others) -> Problems:
        """Return the problems of a case with others, it being one of them; see `fold`."""
        rules = [bound for bound in self._by_scope["offer"] if bound.rule.between_cases]
        subject = self._subject(case, today, numbers=among.numbers, phones=among.phones)
        problems = list(self._run(rules, subject))
        return self._sorted(problems) if problems else ()

    def fold(self, problems: Problems, more: Problems) -> Problems:
        """Return both together, sorted, each fault once."""
        return self._sorted(_unique([*problems, *more]))

    def _subject(self, case: Case, today: date, **known: Any) -> Subject:
        until = self.pack.identity.in_force_until
        return Subject(
            case,
            today,
            field=self.wording.field,
            in_force_until=until,
            is_for_contract=self._is_for_contract,
            statement=cache(lambda: as_text(parts(case, self.pack))),
            **known,
        )

    def _of_contract(self, path: str) -> bool:
        """Whether a contract's paper or rule asks for a field, and none of the offer's."""
        bare = without_places(path)
        asked = {
            paper.scope == "licence" for paper in self.pack.papers.values() if reads(paper, bare)
        }
        for scope in ("offer", "contract"):
            if any(bare in bound.rule.fields for bound in self._by_scope[scope]):
                asked.add(scope == "contract")
        return asked == {True}

    def _asks(self, bare: str) -> bool:
        """Whether the form asks for a fact; one that it does not is no fault of it."""
        return field_of(self.pack, bare) is not None or bare not in facts()

    def _run(self, rules: Iterable[_Bound], subject: Subject) -> Iterator[Problem]:
        unread, of_case = subject.unread, subject.case.unread
        for bound in rules:
            for finding in bound.rule.find(subject, bound.params):
                bare = listed_path(finding.field)
                said = finding.field in unread or finding.field in of_case or bare in of_case
                if said and not bound.rule.on_unread:
                    continue
                if not self._is_asked(without_places(finding.field)):
                    continue
                yield Problem(
                    rule=bound.rule.id,
                    field=finding.field,
                    severity=bound.binding.severity,
                    basis=bound.binding.basis,
                    message=self.wording.sentence(finding, bound.rule.id),
                    scope=bound.binding.scope,
                    variant=finding.variant,
                    params=finding.params,
                )

    def _sorted(self, problems: list[Problem]) -> Problems:
        order = self.wording.order
        return tuple(sorted(problems, key=lambda p: (SEVERITY_ORDER[p.severity], order(p.field))))


def check(
    case: Case,
    pack: Pack,
    today: date,
    *,
    numbers: Mapping[str, int] = NOTHING,
    licences: Sequence[Licence] = (),
    granted: Sequence[Licence] = (),
    seals: frozenset[str] | None = None,
    stale: frozenset[str] = frozenset(),
) -> Problems:
    """Return all problems of one case; see `Checker.check`."""
    return checker_of(pack).check(
        *(case, today),
        numbers=numbers,
        licences=licences,
        granted=granted,
        seals=seals,
        stale=stale,
    )


def check_batch(
    cases: Sequence[Case], pack: Pack, today: date, office: Office | None = None
) -> dict[int, Problems]:
    """Return the problems between cases: a number twice, a contact with two telephone numbers."""
    return checker_of(pack).check_batch(cases, today, office)


def checker_of(pack: Pack) -> Checker:
    """Return the checker of a pack; those of a few packs are kept."""
    return _KEPT.get((pack,), lambda: Checker(pack))


_KEPT: Kept[Checker] = Kept(6)


def _params(rule: Rule, binding: RuleBinding) -> Mapping[str, Any]:
    blank = {name: kind() for name, kind in rule.params.items()}
    known = {name: value for name, value in binding.params.items() if name in rule.params}
    return {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in (blank | known).items()
    }


def others_of(cases: Iterable[Case], office: Office | None = None) -> Others:
    """What is looked at between cases, which are gone through once.

    Of a contact's numbers, mobile or not, the one given most often counts, of equals the first;
    the head of the summary counts first.
    """
    numbers: Counter[str] = Counter()
    given: dict[tuple[str, bool], Counter[str]] = {}

    def give(name: str, phone: str) -> None:
        if name and phone:
            given.setdefault((name, is_mobile(phone)), Counter())[phone] += 1

    if office is not None:
        give(office.contact, office.phone)
    for case in cases:
        give(case.contact.name, case.contact.phone)
        if case.patent.number:
            numbers[case.patent.number] += 1
    phones = {contact: phones.most_common(1)[0][0] for contact, phones in given.items()}
    several = {number: count for number, count in numbers.items() if count > 1}
    return Others(numbers=several, phones=phones)


def _unique(problems: list[Problem]) -> list[Problem]:
    """Each fault once: two contracts of one case find the same owner's blank twice."""
    return list({(p.rule, p.field, p.variant): p for p in reversed(problems)}.values())[::-1]
