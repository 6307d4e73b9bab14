"""What is offered in a data file: an office's cases, and what passed of a province's packages."""

from forms.bureau.records import PACKAGE_CASES
from forms.office.matching import Offer, offer_of
from forms.office.pushing import offers_here
from forms.office.store import CaseStore

OFFERED = ("passed", "published")
"""The states of a package's case in which it is offered by a bureau."""


def offers_of(store: CaseStore) -> list[Offer]:
    """What is offered, one for each patent: the latest package's, else the office's own case."""
    found = {offer.number: offer for offer in offers_here(store)}
    for state in OFFERED:
        for kept in store.records.of(PACKAGE_CASES).listed(state=state):
            offer = offer_of(kept.record.case, kept.id)
            if offer.number and offer.title:
                found[offer.number] = offer
    return list(found.values())
