"""From the cases that passed to what is published: pure, of values alone.

Just what the plan names goes out; personal data as was decided, and where nobody decided, hidden.
Whoever is left out is told with the reason.  A patent is published once.

Source: 试点工作方案（国知办函运字〔2022〕448号）三（一）2–3, 三（三）2 (撤回已公布的信息).
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from forms.bureau import privacy
from forms.bureau.fee_words import fee_of
from forms.bureau.issues import Issue, Issued, changes, issued
from forms.bureau.privacy import Concern
from forms.bureau.publication_choice import Choice, columns_of, way_of
from forms.bureau.publication_plan import ConcernKind, How, PublicationPlan
from forms.bureau.records import State
from forms.facts import derived
from forms.facts.amounts import duration_text
from forms.facts.record import Case
from forms.ground.pinyin import name_order
from forms.output.published import (
    Fee,
    FieldName,
    IssueLine,
    PublishedPatent,
    PublishedSet,
    outgoing,
)

_STANDING: Mapping[State, str] = {
    "waiting": "未审",
    "returned": "退回补正",
    "refused": "不予通过",
    "withdrawn": "已撤回",
}
_TEXTS: tuple[FieldName, ...] = (
    *("title", "owners", "inventors", "legal_status", "single_term", "region", "other_terms"),
    *("contact_name", "contact_address", "royalty", "industry", "main_class"),
)
"""Fields in which anything may have been typed."""


class Candidate(msgspec.Struct, frozen=True):
    """A case with the unit that sent it and where it stands with the bureau."""

    case: Case
    unit: str
    state: State = "passed"


class Withheld(msgspec.Struct, frozen=True):
    """A patent that is not published, and why."""

    number: str
    title: str
    unit: str
    reason: str


class UnitCount(msgspec.Struct, frozen=True):
    """A unit: how many of its patents were examined, are published, are not."""

    unit: str
    examined: int
    published: int
    withheld: int


class Publication(msgspec.Struct, frozen=True):
    """An issue in the making: what goes out, what does not, what is to be decided.

    `cases` are those behind `published.patents`, in their order.  `open` are concerns on which
    nobody decided and for which the plan has no usual way; they are hidden in `published`.
    """

    published: PublishedSet
    cases: tuple[Case, ...]
    units: tuple[UnitCount, ...]
    withheld: tuple[Withheld, ...]
    concerns: tuple[Concern, ...]
    open: tuple[Concern, ...]
    unreachable: tuple[str, ...]

    def issue(self) -> Issue:
        """What is kept of it once it is made."""
        done = self.published
        line, fields = done.issues[-1], tuple(column.name for column in done.columns)
        return Issue(
            number=done.issue,
            day=done.day,
            fields=fields,
            patents=tuple(issued(one, fields) for one in done.patents),
            added=line.added,
            removed=line.removed,
            changed=line.changed,
        )


def publication(
    candidates: Sequence[Candidate],
    plan: PublicationPlan,
    choice: Choice,
    day: date,
    issues: Sequence[Issue] = (),
) -> Publication:
    """Return the next issue, of `day`.  `issues` are those before, in order."""
    maker = _Maker(plan, choice)
    before = issues[-1] if issues else None
    number = before.number + 1 if before else 1
    known: dict[str, Issued] = {one.number: one for one in before.patents} if before else {}
    chosen: dict[str, tuple[PublishedPatent, Case, str]] = {}
    withheld: list[Withheld] = []
    examined: Counter[str] = Counter()
    for one in candidates:
        if one.state == "replaced":
            continue
        examined[one.unit] += one.state != "waiting"
        named = derived.number_text(one.case)
        reason = _reason(one, choice, named, day)
        if not reason and named in chosen:
            reason = f"与{chosen[named][2]}报送的是同一件专利"
        if reason:
            withheld.append(Withheld(named, one.case.patent.title, one.unit, reason))
            continue
        since = known[named].since if named in known else number
        chosen[named] = (maker.patent(one.case, named, since), one.case, one.unit)
    order = sorted(chosen, key=lambda named: (-chosen[named][0].since, named))
    patents = tuple(chosen[named][0] for named in order)
    columns = columns_of(plan, choice)
    changed = changes(before, patents, columns, {one.number: one.reason for one in withheld})
    counted = Counter(one.what for one in changed)
    line = IssueLine(
        number=number,
        day=day,
        count=len(patents),
        added=counted["added"] if before else len(patents),
        removed=counted["removed"],
        changed=counted["changed"],
    )
    published = PublishedSet(
        title=plan.title,
        authority=plan.authority,
        issue=number,
        day=day,
        columns=columns,
        patents=patents,
        changes=changed,
        issues=(*(one.line for one in issues), line),
        facet_labels=_facet_labels(plan),
        notes={"industry": plan.industry_note},
        steps=plan.steps,
        notice=plan.notice,
    )
    return Publication(
        published=published,
        cases=tuple(chosen[named][1] for named in order),
        units=_units(examined, [chosen[named][2] for named in order], withheld),
        withheld=tuple(withheld),
        concerns=tuple(maker.concerns),
        open=tuple(
            one for one in maker.concerns if way_of(plan, choice, one.number, one.kind) is None
        ),
        unreachable=tuple(one.number for one in patents if not _reachable(one)),
    )


def _reason(one: Candidate, choice: Choice, number: str, day: date) -> str:
    """Why a case is not published, "" where it is."""
    if reason := choice.taken_down.get(number):
        return f"已撤下：{reason}"
    if standing := _STANDING.get(one.state):
        return standing
    if one.case.patent.number is None:
        return "没有专利号"
    end = one.case.offer_end
    return "许可期限已届满" if end is not None and end < day else ""


def _reachable(patent: PublishedPatent) -> bool:
    """Whether somebody can be reached by what is published of the contact."""
    ways = (patent.contact_phone, patent.contact_mobile, patent.contact_email)
    return bool(patent.contact_address) or any(way and "*" not in way for way in ways)


def _units(
    examined: Counter[str], published: Sequence[str], withheld: Sequence[Withheld]
) -> tuple[UnitCount, ...]:
    """The units, those with most examined patents first."""
    out, kept = Counter(published), Counter(one.unit for one in withheld)
    units = sorted(examined, key=lambda unit: (-examined[unit], name_order(unit)))
    return tuple(UnitCount(unit, examined[unit], out[unit], kept[unit]) for unit in units)


def _facet_labels(plan: PublicationPlan) -> dict[str, str]:
    labels = {
        name: label
        for one in plan.fields
        for name, label in zip(one.names, one.labels or (one.label,), strict=False)
    }
    named = {name: labels.get(name, name) for name in ("industry", "kind", "region")}
    return named | {"royalty_way": "使用费"}


class _Maker:
    """Makes what is published of a case, and remembers what may be of a person."""

    def __init__(self, plan: PublicationPlan, choice: Choice) -> None:
        self.concerns: list[Concern] = []
        self._plan = plan
        self._choice = choice
        self._names = {column.name for column in columns_of(plan, choice)}
        self._domains = frozenset(one.casefold() for one in plan.private_mail)
        self._classes = sorted(
            ((start, one.name) for one in plan.industries for start in one.classes),
            key=lambda pair: -len(pair[0]),
        )

    def patent(self, case: Case, number: str, since: int) -> PublishedPatent:
        """A case as it goes out."""
        told: list[Concern] = []
        known = self._values(case)
        values: dict[str, Any] = {name: known[name] for name in known if name in self._names}
        values |= self._contact(case, number, told)
        for name in _TEXTS:
            if name in values:
                values[name] = self._checked(number, name, values[name], told)
        self.concerns += told
        values |= {"number": outgoing(number), "since": since}
        return PublishedPatent(**values)

    def _values(self, case: Case) -> dict[str, Any]:
        patent = case.patent
        return {
            "title": outgoing(patent.title),
            "owners": tuple(outgoing(one.name) for one in case.owners if one.name),
            "inventors": tuple(map(outgoing, patent.inventors)),
            "kind": derived.kind_word(case) or "",
            "industry": self._industry(patent.main_class),
            "main_class": outgoing(patent.main_class),
            "grant_date": _iso(patent.grant_date),
            "legal_status": outgoing(patent.legal_status),
            "royalty": fee_of(case.royalty, self._plan.fee_words),
            "offer_end": _iso(case.offer_end),
            "single_term": duration_text(case.single_term) if case.single_term else "",
            "region": outgoing(case.region),
            "other_terms": outgoing(case.other_terms),
            "contact_name": outgoing(case.contact.name),
        }

    def _contact(self, case: Case, number: str, told: list[Concern]) -> dict[str, Any]:
        """The ways to the contact: office telephones whole, what is of a person as decided."""
        phones, mobiles = privacy.reach_of(case.contact.phone)
        mail = outgoing(case.contact.email)
        address = " ".join(filter(None, (case.contact.postcode, case.contact.address)))
        found: dict[str, Any] = {}
        if "contact_phone" in self._names:
            found["contact_phone"] = "、".join(phones)
        if mobiles and "contact_mobile" in self._names:
            told += [Concern(number, "contact_mobile", "mobile", one) for one in mobiles]
            shown = (self._as_decided(number, "mobile", one) for one in mobiles)
            found["contact_mobile"] = "、".join(filter(None, shown))
        if "contact_email" in self._names and privacy.is_sound_mail(mail):
            if privacy.is_private_mail(mail, self._domains):
                told.append(Concern(number, "contact_email", "personal_mail", mail))
                mail = self._as_decided(number, "personal_mail", mail)
            found["contact_email"] = mail
        if "contact_address" in self._names and address:
            if privacy.private_address(case):
                told.append(Concern(number, "contact_address", "home_address", address))
                address = self._as_decided(number, "home_address", address)
            found["contact_address"] = outgoing(address)
        return found

    def _as_decided(self, number: str, kind: ConcernKind, text: str) -> str:
        match way_of(self._plan, self._choice, number, kind):
            case "whole":
                return text
            case "masked" if kind != "home_address":
                return privacy.masked(text)
        return ""

    def _checked(self, number: str, name: FieldName, value: object, told: list[Concern]) -> object:
        """A typed field with what is of a person in it hidden as decided."""
        if isinstance(value, tuple):
            return tuple(self._hidden(number, name, one, told) for one in value)
        if isinstance(value, Fee):
            if value.code != "other":
                return value
            return msgspec.structs.replace(value, text=self._hidden(number, name, value.text, told))
        return self._hidden(number, name, str(value), told)

    def _hidden(self, number: str, name: FieldName, text: str, told: list[Concern]) -> str:
        found = list(privacy.in_text(number, name, text))
        if not found:
            return text
        told += found
        decided = dict(self._ways(number, found))
        return privacy.hidden(text, decided)

    def _ways(self, number: str, found: Sequence[Concern]) -> Iterator[tuple[ConcernKind, How]]:
        for kind in dict.fromkeys(one.kind for one in found):
            if way := way_of(self._plan, self._choice, number, kind):
                yield kind, way

    def _industry(self, main_class: str) -> str:
        code = main_class.upper().lstrip()
        named = (name for start, name in self._classes if code.startswith(start.upper()))
        return next(named, self._plan.unclassed)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
