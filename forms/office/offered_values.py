"""What a field may be offered instead of typing: what was filled in before, and the address book.

Facts of one patent are not offered to another, but for words that many share (有效).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import msgspec

from forms.exchange.row_merge import shown
from forms.exchange.sheet_columns import TITLE
from forms.facts.paths import value_at, with_value
from forms.facts.record import Bank, Case, Licence, Office, Party
from forms.ground.combining import differing
from forms.office.store import AddressBook
from forms.pack.reading import write
from forms.pack.types import Field, FieldKind, Pack

MOST = 8
CONTACT = "contact."
"""What the contact's fields begin with; the address book fills all of them at once."""


Source = Literal["past", "office", "owners"]
"""Where what is offered comes from: filled in before, 单位资料, the case's own 专利权人."""


class Offer(msgspec.Struct, frozen=True):
    """A text that a field is offered, and where it comes from."""

    text: str
    source: Source = "past"


class Account(msgspec.Struct, frozen=True):
    """A bank account that a contract may name, whose it is, and where it comes from."""

    bank: Bank
    holder: str
    source: Source


_KINDS: tuple[FieldKind, ...] = (
    *("text", "names", "date", "duration", "money"),
    *("percent", "number", "integer", "postcode", "phone", "email"),
)
_OF_PATENT = "patent."
_OF_OWNERS = "owners."  # whose facts come along with their names
_LICENCE, _OF_LICENSEE, _OF_BANK = "licence.", "licence.licensee.", "licence.bank."
_SHARED_BY = 2  # so many cases say it before it is offered of a patent


class Entries(list[Party]):
    """What may be taken: the office's own entry first, if it has a name, then the address book's.

    The office's facts were typed once, in 单位; an entry of its name completes them.
    """

    def __init__(self, office: Office, book: Iterable[Party] = ()) -> None:
        """Put the office before the book."""
        others = list(book)
        self.own: Party | None = None
        self.postcode = office.postcode
        if office.name:
            kept = next((one for one in others if one.name == office.name), Party())
            self.own = _completed(party_of_office(office), kept)
            others = [one for one in others if _is_another(one, self.own)]
        super().__init__([self.own, *others] if self.own is not None else others)

    def contact(self, party: Party) -> Mapping[str, str]:
        """Return what an entry says of a contact, by field path."""
        said = dict(contact_of(party))
        if party is self.own and self.postcode:
            said[f"{CONTACT}postcode"] = self.postcode
        return said


def _is_another(party: Party, own: Party) -> bool:
    """Whether an entry of the book says more than the office's own: another unit or contact."""
    return party.name != own.name or party.contact not in ("", own.contact)


def party_of_office(office: Office) -> Party:
    """Return the office as a party: an owner, or whom a contract names."""
    return Party(
        name=office.name,
        kind="unit",
        identity_number=office.identity_number,
        address=office.address,
        representative=office.representative,
        contact=office.contact,
        phone=office.phone,
        email=office.email,
        mailing_address=office.address,
        bank=office.bank,
    )


def _completed(party: Party, other: Party) -> Party:
    blank = {
        name: getattr(other, name)
        for name in Party.__struct_fields__
        if getattr(party, name) in ("", None, Bank())
    }
    return msgspec.structs.replace(party, **blank)


def office_answers(office: Office) -> Mapping[str, str]:
    """Return what the office's profile answers of a case, by field path; blanks are left out."""
    said = {**Entries(office).contact(party_of_office(office)), "region": office.region}
    if office.postcode:
        said[f"{CONTACT}postcode"] = office.postcode
    return {path: text for path, text in said.items() if text}


def office_offers(office: Office, case: Case, path: str) -> tuple[Offer, ...]:
    """Return what the office's profile answers at a path of a case ("owners.0.address").

    An owner's facts are the office's only where the owner is the office, or nobody yet.
    """
    text = office_answers(office).get(path, "")
    if path.startswith(_OF_OWNERS) and office.name:
        _, place, member = path.split(".", 2)
        named = next((one.name for one in case.owners[int(place) : int(place) + 1]), "")
        own = value_at(party_of_office(office), member) if named in ("", office.name) else ""
        text = own if isinstance(own, str) and member != "kind" else ""
    return (Offer(text, "office"),) if text else ()


def accounts(case: Case, office: Office) -> tuple[Account, ...]:
    """Return the accounts to which a licensee of the case may pay: its owners', the office's."""
    found = [Account(one.bank, one.name, "owners") for one in case.owners if one.bank.account]
    known = {one.bank.account for one in found}
    if office.bank.account and office.bank.account not in known:
        found.append(Account(office.bank, office.name, "office"))
    return tuple(found)


def bank_offers(case: Case, office: Office, path: str) -> tuple[Offer, ...]:
    """Return what a contract is offered at a path of its own account ("licence.bank.name")."""
    if not path.startswith(_OF_BANK):
        return ()
    member = path.removeprefix(_OF_BANK)
    said = {value_at(one.bank, member): one.source for one in reversed(accounts(case, office))}
    return tuple(Offer(text, source) for text, source in reversed(said.items()) if text)


def supplied(case: Case, entries: Iterable[Party], pack: Pack) -> tuple[Case, tuple[str, ...]]:
    """Return a case whose owners' blanks are filled from the entries of their names.

    And the labels of what was filled.  Only what the pack asks of an owner is.
    """
    known: dict[str, Party] = {}
    for one in entries:
        if one.name:
            known.setdefault(one.name, one)
    labels: dict[str, None] = {}
    for place, owner in enumerate(case.owners):
        entry = known.get(owner.name, owner)
        for member in differing(owner, _completed(owner, entry)):
            path = f"{_OF_OWNERS}{place}.{member}"
            field = pack.field(path)
            if field is not None and path not in case.unread and not value_at(case, path):
                case = with_value(case, path, value_at(entry, member))
                labels[field.label] = None
    return case, tuple(labels)


def parties_of(cases: Iterable[Case]) -> tuple[Party, ...]:
    """Return the parties that cases name, each once with all that is said of it.

    Of an owner alone the contact of the case is its contact.
    """
    found: dict[str, Party] = {}
    for case in cases:
        for owner in case.owners:
            if not owner.name:
                continue
            known = _completed(found.get(owner.name, owner), owner)
            if len(case.owners) == 1:
                known = _completed(known, _contact_as_party(case, owner))
            found[owner.name] = known
    return tuple(found.values())


def _contact_as_party(case: Case, owner: Party) -> Party:
    contact = case.contact
    return Party(
        contact=contact.name if owner.kind != "person" else "",
        phone=contact.phone,
        email=contact.email,
        mailing_address=contact.address,
    )


def gather(book: AddressBook, cases: Iterable[Case]) -> int:
    """Put the parties of cases into the address book that are not in it; return how many."""
    known = {stored.party.name for stored in book.listed()}
    new = [party for party in parties_of(cases) if party.name not in known]
    for party in new:
        book.remember(party)
    return len(new)


def past_values(cases: Sequence[Case], field: Field) -> tuple[str, ...]:
    """Return what cases say in a field, those of the latest cases (the first given) first."""
    of_patent = field.path.startswith(_OF_PATENT)
    is_its_own = of_patent and (field.kind != "text" or field.path == TITLE)
    if field.kind not in _KINDS or is_its_own or field.path.startswith(_OF_OWNERS):
        return ()
    texts = [text for case in cases if field.path not in case.unread and (text := _of(case, field))]
    counted = Counter(texts)
    least = _SHARED_BY if of_patent else 1
    return tuple(text for text in counted if counted[text] >= least)[:MOST]


def past_terms(licences: Sequence[Licence], field: Field) -> tuple[str, ...]:
    """Return what contracts say in a field ("licence.scope"), those of the latest first.

    A licensee's own facts come along with its name, days belong to one contract.
    """
    if field.kind not in _KINDS or field.kind == "date" or field.path.startswith(_OF_LICENSEE):
        return ()
    own = field.path.removeprefix(_LICENCE)
    texts = (
        write(field, value_at(licence, own)) for licence in licences if own not in licence.unread
    )
    return tuple(dict.fromkeys(text for text in texts if text and "\n" not in text))[:MOST]


def contact_of(party: Party) -> Mapping[str, str]:
    """Return what an entry of the address book says of a contact, by field path."""
    said = {
        "contact.name": party.contact or (party.name if party.kind == "person" else ""),
        "contact.phone": party.phone,
        "contact.address": party.mailing_address or party.address,
        "contact.email": party.email,
    }
    return {path: text for path, text in said.items() if text}


def _of(case: Case, field: Field) -> str:
    text = shown(case, field)
    return text if "\n" not in text else ""
