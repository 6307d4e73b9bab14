"""Rules on the parties of a contract (附件6): what each must say, and what proves who it is.

What several licensors lack alike is one finding, whoever they are: thirteen owners without an
address are one thing to do.
"""

from collections.abc import Iterator, Mapping

from forms.facts.identity_numbers import Judgement, bare, is_credit_code, is_resident, judged
from forms.facts.paths import UnknownPath, value_at
from forms.facts.record import IdentityDocument, Licence, Party
from forms.facts.several_names import split_places
from forms.ground.problems import Finding, ParamValue
from forms.pack.reading import is_cut_short
from forms.rules.base import CONTRACT, Params, Subject, gathered, rule, rules_of

# Documents of units and persons from abroad, whose numbers nothing here can judge.
ABROAD: frozenset[IdentityDocument] = frozenset(
    ("travel_permit", "passport", "permanent_residence", "foreign_registration", "other")
)


def _parties(subject: Subject) -> list[tuple[str, Party]]:
    """The licensors in order, then the licensee, with their paths."""
    parties = [(f"owners.{place}", owner) for place, owner in enumerate(subject.case.owners)]
    return [*parties, (f"{subject.at}.licensee", (subject.licence or Licence()).licensee)]


def _lacks(party: Party, name: str) -> bool:
    """Whether a party lacks what it must say: a person and a foreign unit have no 法定代表人."""
    if name == "representative" and (
        party.kind == "person" or party.document == "foreign_registration"
    ):
        return False
    try:
        return value_at(party, name) in ("", None)
    except UnknownPath:
        return False


_PARTY_FIELDS = ("name", "address", "representative")
_SEVERAL = ("count", "parties")


@rule(
    "contract.party_blank",
    "合同 许可人、被许可人",
    *(f"owners.{name}" for name in _PARTY_FIELDS[1:]),
    *(f"licence.licensee.{name}" for name in _PARTY_FIELDS),
    scopes=CONTRACT,
    shows={"": ("party",), "several": _SEVERAL},
)
def party_blank(subject: Subject, _params: Params) -> Iterator[Finding]:
    """Parties without address, units without their representative, a licensee without a name."""
    return gathered(_party_blanks(subject))


def _party_blanks(subject: Subject) -> Iterator[Finding]:
    for path, party in _parties(subject):
        shown = {"party": party.name or ("许可人" if path.startswith("owners") else "被许可人")}
        for name in _PARTY_FIELDS:
            asked = name != "name" or not path.startswith("owners")  # the offer asks for that
            if asked and _lacks(party, name):
                yield Finding(f"{path}.{name}", dict(shown))


def is_of_each(path: str) -> bool:
    """Tell whether a path names a fact of all owners at once, as a column of a workbook does."""
    head, _, name = path.partition(".")
    return head == "owners" and bool(name) and not name.partition(".")[0].isdecimal()


def of_each(subject: Subject, path: str, text: str) -> tuple[Finding, ...] | None:
    """A column that says something of each owner, and of more or fewer than there are.

    Nothing is found once nobody lacks it any more; None where its pieces are as many as the
    owners, so that something else must be wrong.
    """
    owners = subject.case.owners
    count = len(split_places(text)) if len(owners) > 1 else len(owners)
    if not is_of_each(path) or count == len(owners):
        return None
    if not any(_lacks(owner, path.partition(".")[2]) for owner in owners):
        return ()
    shown: dict[str, ParamValue] = {"text": text, "owners": len(owners), "count": count}
    return (Finding(path, shown, "fewer" if count < len(owners) else "more"),)


_IDENTITY = ("owners.identity_number", "licence.licensee.identity_number")
_DOMESTIC = ("unit", "person", "")


@rule(
    "contract.identity_blank",
    "合同 许可人、被许可人",
    *_IDENTITY,
    scopes=CONTRACT,
    shows={
        **dict.fromkeys(_DOMESTIC, ("party",)),
        **dict.fromkeys(("unit_several", "person_several", "several"), _SEVERAL),
    },
)
def identity_blank(subject: Subject, _params: Params) -> Iterator[Finding]:
    """Parties without their number of identity."""
    return gathered(
        Finding(f"{path}.identity_number", {"party": party.name}, party.kind or "")
        for path, party in _parties(subject)
        if party.name and not party.identity_number and party.document not in ABROAD
    )


_IDENTITY_SHOWS = ("party", "text")


@rule(
    "contract.identity",
    "GB 32100 统一社会信用代码; GB 11643 公民身份号码; 国办发〔2018〕81号 港澳台居民居住证",
    *_IDENTITY,
    scopes=CONTRACT,
    shows=dict.fromkeys((*_DOMESTIC, "residence_permit"), _IDENTITY_SHOWS),
)
def identity(subject: Subject, _params: Params) -> Iterator[Finding]:
    """A number of identity whose length, shape or check character is wrong."""
    for path, party in _numbered(subject):
        if _judgement(party) == "wrong":
            shown = {"party": party.name, "text": party.identity_number}
            variant = _KIND_OF.get(party.document, "") if party.document else party.kind or ""
            yield Finding(f"{path}.identity_number", dict(shown), variant)


@rule(
    "contract.identity_unjudged",
    "中国公民往来台湾地区管理办法; 护照法; 合同 许可人、被许可人",
    *_IDENTITY,
    scopes=CONTRACT,
    shows={
        **dict.fromkeys(_DOMESTIC, _IDENTITY_SHOWS),
        **dict.fromkeys(("document", "foreign_unit"), ("party", "document")),
    },
)
def identity_unjudged(subject: Subject, _params: Params) -> Iterator[Finding]:
    """A passport, a Taiwan permit, a foreign register: nobody here can tell whether it is right."""
    for path, party in _numbered(subject):
        if _judgement(party) != "unjudged":
            continue
        field = f"{path}.identity_number"
        if party.document:
            variant = "foreign_unit" if party.document == "foreign_registration" else "document"
            yield Finding(field, _abroad(subject, path, party), variant)
        else:
            shown = {"party": party.name, "text": party.identity_number}
            yield Finding(field, dict(shown), party.kind or "")


_KIND_OF: Mapping[IdentityDocument, str] = {
    "credit_code": "unit",
    "resident_card": "person",
    "residence_permit": "residence_permit",
}


def _numbered(subject: Subject) -> Iterator[tuple[str, Party]]:
    """The parties whose number is to be judged; of one that was cut `cut_number` tells."""
    for path, party in _parties(subject):
        if party.identity_number and not is_cut_short(party.identity_number):
            yield path, party


def _judgement(party: Party) -> Judgement:
    """What can be said of a party's number as that of the document it names, or of any."""
    if party.document is None:
        kind = party.kind
        return judged(party.identity_number, unit=kind != "person", person=kind != "unit")
    if party.document in ABROAD:
        return "unjudged"
    number = bare(party.identity_number)
    is_right = {
        "credit_code": is_credit_code(number),
        "resident_card": is_resident(number),
        "residence_permit": number.startswith(("81", "82", "83")) and is_resident(number),
    }
    return "right" if is_right[party.document] else "wrong"


@rule(
    "contract.identity_abroad_blank",
    "合同 许可人、被许可人",
    *_IDENTITY,
    scopes=CONTRACT,
    shows=("party", "document"),
)
def identity_abroad_blank(subject: Subject, _params: Params) -> Iterator[Finding]:
    """A party from abroad without the number of its document, which may come later."""
    for path, party in _parties(subject):
        if party.name and party.document in ABROAD and not party.identity_number:
            yield Finding(f"{path}.identity_number", _abroad(subject, path, party))


def _abroad(subject: Subject, path: str, party: Party) -> dict[str, ParamValue]:
    document = subject.label(f"{path}.document", party.document or "")
    return {"party": party.name, "document": document}


# Whose licence from an owner in the country is an export of technology; the second by analogy.
_FOREIGN: Mapping[IdentityDocument, str] = {
    "passport": "foreign",
    "permanent_residence": "foreign",
    "foreign_registration": "foreign",
    "travel_permit": "by_analogy",
    "residence_permit": "by_analogy",
}


@rule(
    "licensee.abroad",
    "审查指南 第五部分第十一章 6: 技术进出口管理条例、技术进出口合同登记管理办法",
    "licence.licensee.document",
    scopes=CONTRACT,
    shows=dict.fromkeys(("foreign", "by_analogy"), ("party", "document")),
)
def licensee_abroad(subject: Subject, _params: Params) -> Iterator[Finding]:
    """A licensee from abroad, or from Hong Kong, Macau or Taiwan, of an owner in the country."""
    owners, licensee = subject.case.owners, (subject.licence or Licence()).licensee
    variant = _FOREIGN.get(licensee.document) if licensee.document else None
    if variant and not (owners and all(owner.document in _FOREIGN for owner in owners)):
        path = f"{subject.at}.licensee"
        yield Finding(f"{path}.document", _abroad(subject, path, licensee), variant)


@rule(
    "contract.cut_number",
    "合同 许可人、被许可人; 第五条 帐号",
    *_IDENTITY,
    "owners.bank.account",
    "licence.licensee.bank.account",
    "licence.bank.account",
    scopes=CONTRACT,
    shows=("text",),
)
def cut_number(subject: Subject, _params: Params) -> Iterator[Finding]:
    """A number of identity or account that a spreadsheet cut, wherever it came from."""
    numbers = [(f"{subject.at}.bank.account", (subject.licence or Licence()).bank.account)]
    for path, party in _parties(subject):
        numbers.append((f"{path}.identity_number", party.identity_number))
        numbers.append((f"{path}.bank.account", party.bank.account))
    for path, text in numbers:
        if is_cut_short(text):
            yield Finding(path, {"text": text})


RULES = rules_of(globals())
