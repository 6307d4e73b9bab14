"""Rules on the patentees: all of them named, once, and who seals for them."""

import re
from collections.abc import Iterator
from functools import lru_cache

from forms.facts.statutory import needs_consent
from forms.ground.late_pattern import late_pattern
from forms.ground.problems import Finding
from forms.rules.base import Params, Subject, rule, rules_of

REPRESENTATIVE = "signing_representative"
_JOINS = (" ", "/", "、", "&", "+", "和", "与", "及")
_PEOPLE = late_pattern("[\u3400-\u9fff]{2,4}(?: +[\u3400-\u9fff]{2,4})+")
_AND_OTHERS = late_pattern(
    r"(?<=...)等\s*$|(?<=..)等\s*(?:[0-9]+|[一二三四五六七八九十两多几]+)\s*[家人位个名].{0,4}$"
)


@rule("owners.none", "信息表 注意事项 二", "owners")
def none(subject: Subject, _params: Params) -> Iterator[Finding]:
    """No patentee."""
    if not subject.case.owners:
        yield Finding("owners")


@rule("owners.name_blank", "信息表 注意事项 二", "owners.name", shows=("place_number",))
def name_blank(subject: Subject, _params: Params) -> Iterator[Finding]:
    """A patentee without a name."""
    for place, owner in enumerate(subject.case.owners):
        if not owner.name:
            yield Finding(f"owners.{place}.name", {"place_number": place + 1})


@rule("owners.duplicate", "信息表 注意事项 二", "owners.name", shows=("name",))
def duplicate(subject: Subject, _params: Params) -> Iterator[Finding]:
    """A patentee named a second time."""
    seen: set[str] = set()
    for place, owner in enumerate(subject.case.owners):
        if owner.name and owner.name in seen:
            yield Finding(f"owners.{place}.name", {"name": owner.name})
        seen.add(owner.name)


@rule(
    "owners.several_in_one",
    "信息表 注意事项 二: 全体专利权人",
    "owners.name",
    shows=("name", "parts"),
    params={"ends": list, "marks": list},
)
def several_in_one(subject: Subject, params: Params) -> Iterator[Finding]:
    """One name that reads as those of two units with a space, a stroke or an "and" between.

    Or as those of two people with a space between.
    """
    joins = (*params["marks"], *_JOINS)
    for place, owner in enumerate(subject.case.owners):
        name = owner.name.replace("\u3000", " ")
        if not any(join in name for join in joins):
            continue
        between = _between_units(params["ends"], params["marks"])
        parts = tuple(between.sub("\n", name).split("\n"))
        if len(parts) == 1 and params["marks"] and _PEOPLE.fullmatch(name):
            people = tuple(name.split())
            parts = parts if set(people) & set(params["ends"]) else people
        if len(parts) > 1:
            yield Finding(f"owners.{place}.name", {"name": owner.name, "parts": parts})


@rule("owners.and_others", "信息表 注意事项 二: 全体专利权人", "owners.name", shows=("name",))
def and_others(subject: Subject, _params: Params) -> Iterator[Finding]:
    """A name that stands for more than itself: 武汉大学等, 某公司等3家."""
    for place, owner in enumerate(subject.case.owners):
        if _AND_OTHERS.search(owner.name):
            yield Finding(f"owners.{place}.name", {"name": owner.name})


@lru_cache(maxsize=16)
def _between_units(ends: tuple[str, ...], marks: tuple[str, ...]) -> re.Pattern[str]:
    """What stands between the end of one unit's name and a further unit's name."""
    if not (ends and marks):
        return re.compile("(?!)")
    end = "|".join(sorted(map(re.escape, ends), key=len, reverse=True))
    mark = "|".join(map(re.escape, marks))
    before = "|".join(f"(?<={re.escape(end)})" for end in ends)
    joins = "|".join(map(re.escape, _JOINS))
    person = "[\u3400-\u9fff]{2,4}"
    return re.compile(
        rf"(?:{before})(?:{mark})+(?=.+(?:{end})|(?!(?:{end})$){person}$)"
        rf"|(?:(?<=^..)|(?<=^...)|(?<=^....))(?:{joins})+(?=.{{2,}}(?:{end})$)"
    )


@rule("signing.representative_blank", "信息表 注意事项 六", REPRESENTATIVE)
def representative_blank(subject: Subject, _params: Params) -> Iterator[Finding]:
    """A representative seals, and is not named."""
    case = subject.case
    if case.signing == "representative" and not case.signing_representative:
        yield Finding(REPRESENTATIVE)


@rule(
    "signing.representative_unknown",
    "信息表 注意事项 六",
    REPRESENTATIVE,
    shows=("name", "owners"),
)
def representative_unknown(subject: Subject, _params: Params) -> Iterator[Finding]:
    """The representative is none of the patentees."""
    case = subject.case
    names = tuple(owner.name for owner in case.owners if owner.name)
    name = case.signing_representative
    if case.signing == "representative" and name and names and name not in names:
        yield Finding(REPRESENTATIVE, {"name": name, "owners": names})


@rule(
    "signing.declaration",
    "信息表 注意事项 六",
    "signing",
    shows=("name",),
    params={"paper": str},
)
def declaration(subject: Subject, params: Params) -> Iterator[Finding]:
    """One of several patentees seals for all: the declaration sealed by all is still wanted."""
    case = subject.case
    if case.signing != "representative" or len(case.owners) < 2:
        return
    if subject.is_unsealed(params["paper"]):
        yield Finding("signing", {"name": case.signing_representative})


AGENCY = "agency"


@rule("signing.agency_blank", "审查指南 第五部分第十一章 3.3: 应当由专利代理机构盖章", AGENCY)
def agency_blank(subject: Subject, _params: Params) -> Iterator[Finding]:
    """An agency seals, and is not named."""
    if subject.case.signing == "agency" and not subject.case.agency:
        yield Finding(AGENCY)


@rule(
    "signing.agency_unchosen",
    "审查指南 第五部分第十一章 3.3: 委托专利代理机构的",
    "signing",
    shows=("name", "chosen", "other"),
)
def agency_unchosen(subject: Subject, _params: Params) -> Iterator[Finding]:
    """An agency is named, and the patentees seal; the agency of the application may be meant."""
    case = subject.case
    if case.agency and case.signing != "agency":
        chosen, other = subject.label("signing", case.signing), subject.label("signing", "agency")
        yield Finding("signing", {"name": case.agency, "chosen": chosen, "other": other})


@rule(
    "signing.consent",
    "审查指南 第五部分第十一章 3.2, 3.3: 附具…签字或者盖章的同意开放许可的书面声明",
    "signing",
    shows=dict.fromkeys(("shared", "representative", "agency"), ()),
    params={"paper": str},
)
def consent(subject: Subject, params: Params) -> Iterator[Finding]:
    """The written consent of the co-owners, or of all owners where an agency seals, is wanted.

    Of an agency's only owner too.  Co-owners who all sign prove it too when they file online,
    where one of them files for all.
    """
    case = subject.case
    if needs_consent(case) and subject.is_unsealed(params["paper"]):
        yield Finding("signing", {}, "shared" if case.signing == "every_owner" else case.signing)


RULES = rules_of(globals())
