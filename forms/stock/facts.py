"""A stock patent with the facts that count: the ledger's where it knows the number, else its own.

The ledger's are never copied: who reads the stock lays both together (`together`).
"""

from collections.abc import Iterable, Sequence

import msgspec

from forms.facts.derived import number_text
from forms.facts.patent_number import NotAPatentNumber, PatentNumber, parse
from forms.facts.record import Kind, LedgerEntry
from forms.stock.records import StockPatent


class InStock(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A stock patent, by its record's id and revision, with its facts.

    `of_ledger` tells whether the facts are the ledger's.
    """

    id: int
    revision: int
    patent: StockPatent
    entry: LedgerEntry
    parsed: PatentNumber | None
    of_ledger: bool

    @property
    def number(self) -> str:
        """The patent's number, or what was typed for it."""
        return number_text(self.entry)

    @property
    def key(self) -> str:
        """What the number is compared by."""
        return self.parsed.digits if self.parsed else self.number

    @property
    def title(self) -> str:
        """The patent's title."""
        return self.entry.patent.title

    @property
    def kind(self) -> Kind | None:
        """The kind of patent its number says; without a number, the one stated."""
        return self.parsed.kind if self.parsed else self.entry.patent.kind_stated

    @property
    def college(self) -> str:
        """The college (学院) that is asked: named here, else the department; "" for none."""
        return self.patent.college or self.entry.department

    @property
    def filler(self) -> str:
        """Who fills it in: named here, else the first inventor."""
        return self.patent.filler or next(iter(self.entry.patent.inventors), "")


def key_of(text: str) -> str:
    """Return what a number is compared by: its digits, else the text itself."""
    try:
        return parse(text).digits
    except NotAPatentNumber:
        return text


def together(
    kept: Iterable[tuple[int, int, StockPatent]], ledger: Iterable[LedgerEntry]
) -> Sequence[InStock]:
    """Return stock patents (id, revision, record) with their facts, in the order given.

    Of several entries of one number in the ledger the first counts.
    """
    known: dict[str, LedgerEntry] = {}
    for entry in ledger:
        if text := number_text(entry):
            known.setdefault(key_of(text), entry)
    found = []
    for record_id, revision, patent in kept:
        text = number_text(patent.entry)
        parsed = _parsed(text)
        theirs = known.get(parsed.digits if parsed else text)
        found.append(
            InStock(
                id=record_id,
                revision=revision,
                patent=patent,
                entry=theirs or patent.entry,
                parsed=parsed,
                of_ledger=theirs is not None,
            )
        )
    return found


def _parsed(text: str) -> PatentNumber | None:
    try:
        return parse(text)
    except NotAPatentNumber:
        return None
