"""What a field may be offered instead of typing: what was filled in before, and the address book.

Facts of one patent are not offered to another, but for words that many share (有效).
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from forms.exchange.columns import TITLE
from forms.exchange.merging import shown
from forms.pack.types import Field, FieldKind
from forms.paths import value_at
from forms.reading import write
from forms.record import Case, Licence, Party

MOST = 8
CONTACT = "contact."
"""What the contact's fields begin with; the address book fills all of them at once."""

_KINDS: tuple[FieldKind, ...] = (
    *("text", "names", "date", "duration", "money"),
    *("percent", "integer", "postcode", "phone", "email"),
)
_OF_PATENT = "patent."
_OF_OWNERS = "owners."  # whose facts come along with their names
_LICENCE, _OF_LICENSEE = "licence.", "licence.licensee."
_SHARED_BY = 2  # so many cases say it before it is offered of a patent


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
