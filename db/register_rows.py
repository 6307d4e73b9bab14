"""A case as the register shows it, apart from all that is slow to load: a start shows it first."""

from typing import NamedTuple


class RegisterRow(NamedTuple):
    """A case as the register shows it, columns only; days and moments as ISO text.

    `royalty` is the royalty in short, perhaps in two lines.  It and `state` are None until they
    are settled; the state may change after the day `state_until`.  `folded` is searched.
    """

    id: int
    updated_at: str
    number_text: str | None
    title: str
    owners: str
    kind: str | None
    filing_date: str | None
    offer_end: str | None
    royalty: str | None
    state: str | None
    state_until: str | None
    inventors: str | None
    department: str | None
    pack: str
    folded: str
