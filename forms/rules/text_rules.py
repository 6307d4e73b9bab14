"""Rules on free text: a title, Chinese, without unseen characters or advertising, not endless."""

from collections.abc import Iterator

from forms.facts.record import Bank, Case, Party
from forms.ground.cleaning import INVISIBLE, private_codes, with_code
from forms.ground.fonts import without_glyph
from forms.ground.problems import Finding, ParamValue
from forms.rules.base import BOTH, Params, Subject, gathered, rule, rules_of, words_in
from forms.rules.number_rules import others_in

TITLE = "patent.title"

_PARTY = (
    "name",
    "identity_number",
    "address",
    "representative",
    "contact",
    "phone",
    "email",
    "fax",
    "mailing_address",
)
_BANK = ("name", "address", "account")
_LICENCE = (
    "manner",
    "scope",
    "term",
    "penalty",
    "infringement_duty",
    "infringement_other",
    "improvements_other",
    "benefit_sharing",
    "arbitration_commission",
    "other_matters",
)


def _has_chinese(text: str) -> bool:
    """Whether a Chinese character stands in a text; most begin with one."""
    return any(
        "\u3400" <= one <= "\u9fff"
        or "\uf900" <= one <= "\ufaff"
        or "\U00020000" <= one <= "\U0003ffff"
        or one == "〇"
        for one in text
    )


@rule("title.blank", "信息表 ①", TITLE)
def title_blank(subject: Subject, _params: Params) -> Iterator[Finding]:
    """No title."""
    if not subject.case.patent.title:
        yield Finding(TITLE)


@rule("title.not_chinese", "信息表 注意事项 一", TITLE, shows=("text",))
def title_not_chinese(subject: Subject, _params: Params) -> Iterator[Finding]:
    """A title without a single Chinese character."""
    title = subject.case.patent.title
    if title and not _has_chinese(title):
        yield Finding(TITLE, {"text": title})


@rule(
    "names.not_chinese",
    "信息表 注意事项 一: 应当使用中文填写",
    "owners.name",
    "contact.name",
    shows={"": ("text",), "several": ("count", "parties"), "contact": ("text",)},
)
def names_not_chinese(subject: Subject, _params: Params) -> Iterator[Finding]:
    """Owners or a contact without a single Chinese character; several owners are told at once."""
    yield from gathered(
        (
            Finding(f"owners.{place}.name", {"text": owner.name})
            for place, owner in enumerate(subject.case.owners)
            if owner.name and not _has_chinese(owner.name)
        ),
        named_by="text",
    )
    contact = subject.case.contact.name
    if contact and not _has_chinese(contact):
        yield Finding("contact.name", {"text": contact}, "contact")


@rule(
    "text.invisible",
    "信息表 注意事项 一: 文字应当打字或印刷",
    TITLE,
    "owners.name",
    "region",
    "other_terms",
    "royalty.other.text",
    shows=("text", "characters"),
    scopes=BOTH,
)
def invisible(subject: Subject, _params: Params) -> Iterator[Finding]:
    """A text with characters that can not be seen, or that turn what is seen around."""
    texts = _texts(subject)
    if not INVISIBLE.search("".join(text for _, text in texts)):
        return
    for path, text in texts:
        if found := dict.fromkeys(INVISIBLE.findall(text)):
            codes = tuple(f"U+{ord(character):04X}" for character in found)
            yield Finding(path, {"text": text, "characters": codes})


@rule(
    "text.no_glyph",
    "信息表 注意事项 一: 文字应当打字或印刷; GB 18030-2022",
    TITLE,
    "owners.name",
    "region",
    "other_terms",
    "royalty.other.text",
    shows={"": ("characters",), "old_code": ("characters", "meant")},
    scopes=BOTH,
)
def no_glyph(subject: Subject, _params: Params) -> Iterator[Finding]:
    """A text with characters that no font of the papers has: it can not be printed.

    Old systems wrote some letters with private codes; what they mean today is told.
    """
    texts = _texts(subject)
    if not without_glyph("".join(text for _, text in texts)):
        return
    for path, text in texts:
        lacking = without_glyph(text)
        meant = {one: private_codes()[one] for one in lacking if one in private_codes()}
        if unknown := [one for one in lacking if one not in meant]:
            yield Finding(path, {"characters": tuple(map(with_code, unknown))})
        if meant:
            shown: dict[str, ParamValue] = {
                "characters": tuple(f"U+{ord(one):04X}" for one in meant),
                "meant": tuple(map(with_code, meant.values())),
            }
            yield Finding(path, shown, "old_code")


@rule(
    "text.advertising",
    "专利法实施细则 第八十五条第三款",
    "other_terms",
    "royalty.other.text",
    "own_use.scope",
    "own_use.manner",
    shows=("words",),
    params={"words": list},
)
def advertising(subject: Subject, params: Params) -> Iterator[Finding]:
    """Words of advertising in what the offer says.  A title is the patent's and stays."""
    case = subject.case
    for path, text in (
        ("other_terms", case.other_terms),
        ("royalty.other.text", case.royalty.other.text),
        ("own_use.scope", case.own_use.scope),
        ("own_use.manner", case.own_use.manner),
        *_own_texts(case),
    ):
        found = words_in(text, params["words"])
        if found and not subject.is_unchosen(path):
            yield Finding(path, {"words": found})


@rule(
    "text.other_patent",
    "审查指南 第五部分第一章 5.3",
    "other_terms",
    "royalty.other.text",
    shows=("numbers",),
)
def other_patent(subject: Subject, _params: Params) -> Iterator[Finding]:
    """Another patent is named in what the offer says: it may be meant to be offered too."""
    case = subject.case
    texts = (("other_terms", case.other_terms), ("royalty.other.text", case.royalty.other.text))
    for path, text in (*texts, *_own_texts(case)):
        numbers = () if subject.is_unchosen(path) else others_in(subject, text)
        if numbers:
            yield Finding(path, {"numbers": numbers})


@rule(
    "text.long",
    "信息表 注意事项 一: 一式一份",
    TITLE,
    "other_terms",
    "royalty.other.text",
    shows=("length", "limit"),
    params={"limit": int},
)
def long(subject: Subject, params: Params) -> Iterator[Finding]:
    """A text so long that it will go on to a further sheet."""
    case = subject.case
    for path, text in (
        (TITLE, case.patent.title),
        ("royalty.other.text", case.royalty.other.text),
        ("other_terms", case.other_terms),
    ):
        if len(text) > params["limit"] and not subject.is_unchosen(path):
            yield Finding(path, {"length": len(text), "limit": params["limit"]})


def _texts(subject: Subject) -> list[tuple[str, str]]:
    """Every text that the offer's papers print, or a contract's, under its field path."""
    every = _contract_texts(subject) if subject.licence else _offer_texts(subject)
    return [(path, text) for path, text in every if text and not subject.is_unchosen(path)]


def _offer_texts(subject: Subject) -> list[tuple[str, str]]:
    case = subject.case
    use, others, contact = case.own_use, case.other_licences, case.contact
    return [
        (TITLE, case.patent.title),
        ("patent.legal_status", case.patent.legal_status),
        *((f"owners.{place}.name", owner.name) for place, owner in enumerate(case.owners)),
        ("own_use.period", use.period),
        ("own_use.scope", use.scope),
        ("own_use.manner", use.manner),
        ("other_licences.period", others.period),
        ("other_licences.scope", others.scope),
        ("region", case.region),
        ("royalty.other.text", case.royalty.other.text),
        ("other_terms", case.other_terms),
        ("contact.name", contact.name),
        ("contact.address", contact.address),
        ("contact.postcode", contact.postcode),
        ("contact.phone", contact.phone),
        ("contact.email", contact.email),
        ("signing_representative", case.signing_representative),
        ("agency", case.agency),
        ("patent.main_class", case.patent.main_class),
        ("patent.pledgee", case.patent.pledgee),
        ("statement.text", case.statement.text),
        *_own_texts(case),
    ]


def _own_texts(case: Case) -> Iterator[tuple[str, str]]:
    """The texts of a pack's own fields."""
    return ((f"extra.{name}", extra.text or "") for name, extra in case.extra.items())


def _contract_texts(subject: Subject) -> list[tuple[str, str]]:
    licence, at = subject.licence, subject.at
    assert licence is not None
    texts = [(f"{at}.{name}", getattr(licence, name)) for name in _LICENCE]
    texts += _of_party(f"{at}.licensee", licence.licensee)
    texts += _of_bank(f"{at}.licensee.bank", licence.licensee.bank)
    texts += _of_bank(f"{at}.bank", licence.bank)
    texts.append((f"{at}.royalty.other.text", licence.royalty.other.text))
    texts += [(f"{at}.termination_grounds", ground) for ground in licence.termination_grounds]
    texts += [("patent.inventors", name) for name in subject.case.patent.inventors]
    for place, owner in enumerate(subject.case.owners):
        texts += _of_party(f"owners.{place}", owner)[1:]  # the name is the offer's
        texts += _of_bank(f"owners.{place}.bank", owner.bank)
    return texts


def _of_party(at: str, party: Party) -> list[tuple[str, str]]:
    return [(f"{at}.{name}", getattr(party, name)) for name in _PARTY]


def _of_bank(at: str, bank: Bank) -> list[tuple[str, str]]:
    return [(f"{at}.{name}", getattr(bank, name)) for name in _BANK]


RULES = rules_of(globals())
