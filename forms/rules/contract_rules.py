"""Rules on a contract (附件6): its bank, what is granted and for how long, its open articles.

The contract's own royalty, where negotiated, is the subject of `forms.rules.royalty_rules`, its
parties that of `forms.rules.party_rules`.
"""

import re
from collections.abc import Iterator

from forms.facts.derived import licence_royalty
from forms.facts.record import Bank, Licence
from forms.ground.problems import Finding, ParamValue
from forms.pack.reading import is_cut_short
from forms.rules.base import CONTRACT, Params, Subject, blanks, day, first_filled, rule, rules_of
from forms.rules.working_rules import affirmed

_ACCOUNT = re.compile(r"[0-9][0-9 \-]{4,38}[0-9]")


def _licence(subject: Subject) -> Licence:
    """The contract; rules of this module are bound to contracts alone."""
    return subject.licence or Licence()


def _at(subject: Subject, *names: str) -> list[tuple[str, object]]:
    licence = _licence(subject)
    return [(f"{subject.at}.{name}", getattr(licence, name)) for name in names]


def _chosen(subject: Subject, name: str) -> dict[str, ParamValue]:
    """What was chosen, in the form's word."""
    return {"chosen": subject.label(f"licence.{name}", str(getattr(_licence(subject), name)))}


@rule(
    "contract.contact_blank",
    "合同 被许可人",
    "licence.licensee.contact",
    "licence.licensee.phone",
    scopes=CONTRACT,
)
def contact_blank(subject: Subject, _params: Params) -> Iterator[Finding]:
    """No contact or phone of the licensee."""
    licensee = _licence(subject).licensee
    at = f"{subject.at}.licensee"
    return blanks(((f"{at}.contact", licensee.contact), (f"{at}.phone", licensee.phone)))


@rule(
    "contract.licensee_is_owner",
    "合同 许可人、被许可人",
    "licence.licensee.name",
    scopes=CONTRACT,
    shows=("party",),
)
def licensee_is_owner(subject: Subject, _params: Params) -> Iterator[Finding]:
    """The licensee is one of the patentees."""
    name = _licence(subject).licensee.name
    if name and any(owner.name == name for owner in subject.case.owners):
        yield Finding(f"{subject.at}.licensee.name", {"party": name})


def _is_paid(subject: Subject) -> bool:
    return licence_royalty(subject.case, _licence(subject)).way != "free"


def _bank(subject: Subject) -> tuple[str, Bank]:
    """The account the royalty goes to: the contract's, else that of the first owner with one."""
    licence = _licence(subject)
    for place, owner in enumerate(subject.case.owners):
        if licence.bank == Bank() and owner.bank != Bank():
            return f"owners.{place}.bank", owner.bank
    return f"{subject.at}.bank", licence.bank


@rule(
    "contract.bank_blank",
    "合同 第五条 许可人开户银行名称、地址和帐号",
    "licence.bank.name",
    "licence.bank.account",
    scopes=CONTRACT,
)
def bank_blank(subject: Subject, _params: Params) -> Iterator[Finding]:
    """No bank or account for a royalty that is to be paid."""
    if _is_paid(subject):
        at, bank = _bank(subject)
        yield from blanks(((f"{at}.name", bank.name), (f"{at}.account", bank.account)))


@rule(
    "contract.bank_address_blank",
    "合同 第五条 许可人开户银行名称、地址和帐号",
    "licence.bank.address",
    scopes=CONTRACT,
)
def bank_address_blank(subject: Subject, _params: Params) -> Iterator[Finding]:
    """A bank without its address."""
    at, bank = _bank(subject)
    if _is_paid(subject) and bank.name and not bank.address:
        yield Finding(f"{at}.address")


@rule(
    "contract.bank_account",
    "合同 第五条 许可人开户银行名称、地址和帐号",
    "licence.bank.account",
    scopes=CONTRACT,
    shows=("text",),
)
def bank_account(subject: Subject, _params: Params) -> Iterator[Finding]:
    """An account number that is not one of digits."""
    at, bank = _bank(subject)
    if is_cut_short(bank.account):
        return
    if bank.account and not _ACCOUNT.fullmatch(bank.account):
        yield Finding(f"{at}.account", {"text": bank.account})


@rule("contract.agreed_blank", "合同 第五条", "licence.agreed", scopes=CONTRACT)
def agreed_blank(subject: Subject, _params: Params) -> Iterator[Finding]:
    """Neither as offered nor negotiated."""
    return blanks(_at(subject, "agreed"))


@rule(
    "contract.terms_blank",
    "合同 第三条",
    "licence.manner",
    "licence.scope",
    "licence.term",
    scopes=CONTRACT,
)
def terms_blank(subject: Subject, _params: Params) -> Iterator[Finding]:
    """No manner, scope or term of working."""
    yield from blanks(_at(subject, "manner", "scope"))
    licence = _licence(subject)
    if not licence.term and (licence.starts_on is None or licence.ends_on is None):
        yield Finding(f"{subject.at}.term")


@rule(
    "contract.exclusive",
    "专利法 第五十一条第三款; 合同: 以普通许可方式",
    "licence.manner",
    "licence.scope",
    "licence.other_matters",
    scopes=CONTRACT,
    shows=("words",),
    params={"words": list},
)
def exclusive(subject: Subject, params: Params) -> Iterator[Finding]:
    """An exclusive or sole licence is agreed, which an open licence never is."""
    for path, text in _at(subject, "manner", "scope", "other_matters"):
        if found := affirmed(str(text), params["words"]):
            yield Finding(path, {"words": found})


@rule(
    "contract.order",
    "合同 第三条",
    "licence.ends_on",
    scopes=CONTRACT,
    shows=("first", "last"),
)
def order(subject: Subject, _params: Params) -> Iterator[Finding]:
    """The licence ends before it starts."""
    licence = _licence(subject)
    first, last = licence.starts_on, licence.ends_on
    if first is not None and last is not None and last < first:
        yield Finding(f"{subject.at}.ends_on", {"first": day(first), "last": day(last)})


@rule(
    "contract.beyond_term",
    "专利法 第四十二条",
    "licence.ends_on",
    scopes=CONTRACT,
    shows=("last", "last_day"),
)
def beyond_term(subject: Subject, _params: Params) -> Iterator[Finding]:
    """The licence outlives the patent."""
    last, term = _licence(subject).ends_on, subject.protection
    if last is not None and term is not None and last > term.last_day:
        yield Finding(f"{subject.at}.ends_on", {"last": day(last), "last_day": day(term.last_day)})


_OFFER = ("day", "offer_end")


@rule(
    "contract.beyond_offer",
    "信息表 ⑤",
    "licence.ends_on",
    "licence.starts_on",
    scopes=CONTRACT,
    shows={"ends": _OFFER, "starts": _OFFER},
)
def beyond_offer(subject: Subject, _params: Params) -> Iterator[Finding]:
    """The licence starts after the offer has ended, or runs past its end."""
    licence, offer_end = _licence(subject), subject.case.offer_end
    if offer_end is None:
        return
    shown = {"offer_end": day(offer_end)}
    if licence.starts_on is not None and licence.starts_on > offer_end:
        yield Finding(f"{subject.at}.starts_on", {**shown, "day": day(licence.starts_on)}, "starts")
    elif licence.ends_on is not None and licence.ends_on > offer_end:
        within = subject.protection is None or licence.ends_on <= subject.protection.last_day
        if within:  # past the patent's own end it is a fault of its own
            yield Finding(f"{subject.at}.ends_on", {**shown, "day": day(licence.ends_on)}, "ends")


_OPEN = ("infringement_duty", "improvements_to", "dispute", "copies")


@rule(
    "contract.open",
    "合同 第一条 第五条至第十三条",
    *(f"licence.{name}" for name in (*_OPEN, "penalty")),
    "patent.inventors",
    "patent.fee_paid_to",
    scopes=CONTRACT,
)
def open_articles(subject: Subject, _params: Params) -> Iterator[Finding]:
    """A blank of the contract that the parties have not filled yet."""
    patent = subject.case.patent
    yield from blanks(
        (
            ("patent.inventors", "、".join(patent.inventors)),
            ("patent.fee_paid_to", patent.fee_paid_to),
        )
    )
    yield from blanks(_at(subject, *(("penalty",) if _is_paid(subject) else ()), *_OPEN))


@rule(
    "contract.choice_blank",
    "合同 第八条 第十一条",
    "licence.improvements_other",
    "licence.arbitration_commission",
    scopes=CONTRACT,
    shows=("chosen",),
)
def choice_blank(subject: Subject, _params: Params) -> Iterator[Finding]:
    """A way was chosen whose own blank is empty."""
    licence = _licence(subject)
    if licence.improvements_to == "other":
        yield from blanks(_at(subject, "improvements_other"), _chosen(subject, "improvements_to"))
    if licence.dispute == "arbitration":
        yield from blanks(_at(subject, "arbitration_commission"), _chosen(subject, "dispute"))


@rule(
    "contract.unchosen",
    "合同 第五条 第八条 第十一条",
    "licence.royalty.way",
    "licence.improvements_other",
    "licence.arbitration_commission",
    scopes=CONTRACT,
    shows=("chosen",),
)
def unchosen(subject: Subject, _params: Params) -> Iterator[Finding]:
    """An answer beside a choice that was not made; only the chosen one is printed."""
    licence = _licence(subject)
    if licence.agreed == "as_offered" and licence.royalty.way is not None:
        yield Finding(f"{subject.at}.royalty.way", _chosen(subject, "agreed"))
    other = first_filled(_at(subject, "improvements_other"))
    if licence.improvements_to not in (None, "other") and other:
        yield Finding(other, _chosen(subject, "improvements_to"))
    commission = first_filled(_at(subject, "arbitration_commission"))
    if licence.dispute == "court" and commission:
        yield Finding(commission, _chosen(subject, "dispute"))


@rule("contract.copies", "合同 第十三条", "licence.copies", scopes=CONTRACT, shows=("count",))
def copies(subject: Subject, _params: Params) -> Iterator[Finding]:
    """Less than one copy."""
    count = _licence(subject).copies
    if count is not None and count < 1:
        yield Finding(f"{subject.at}.copies", {"count": count})


RULES = rules_of(globals())
