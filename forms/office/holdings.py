"""What an office holds: each patent once, with the procedures on it and the licences under them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache

import msgspec

from forms.facts.annuities import Annuity, FeeFacts, OpenLicence, fee_facts
from forms.facts.derived import number, number_text
from forms.facts.ledger import entry_of, united
from forms.facts.legal_status import end_of, standings
from forms.facts.patent_number import PatentNumber
from forms.facts.record import Kind, LedgerEntry
from forms.facts.recordal import relieved_from
from forms.office.store import CaseStore
from forms.office.stored import StoredCase, StoredLicence


class Holding(msgspec.Struct, frozen=True, gc=False):
    """A patent with the cases on it, in order of creation, and the licences under these.

    `parsed` is its number where that can be read.
    """

    entry: LedgerEntry
    parsed: PatentNumber | None = None
    cases: tuple[StoredCase, ...] = ()
    licences: tuple[StoredLicence, ...] = ()

    @property
    def number(self) -> str:
        """The patent's number, or what was typed for it."""
        return number_text(self.entry)

    @property
    def kind(self) -> Kind | None:
        """The kind of patent its number says; without a number, the one stated."""
        return self.parsed.kind if self.parsed else self.entry.patent.kind_stated


def duty_key(holding: Holding, kind: str, part: object) -> str:
    """The name, for ever, of a duty on a patent: of its number, else of its entry here."""
    return f"{kind}:{name_of(holding)}:{part}"


def name_of(holding: Holding) -> str:
    """The name, for ever, of a patent in its duties' names: its number, else its entry's here."""
    return holding.number or f"#{holding.cases[0].patent_id}"


def held(store: CaseStore, cases: Sequence[StoredCase] | None = None) -> list[Holding]:
    """Return each patent of some cases once, or of all, with the licences a store has of them."""
    some = store.cases.listed() if cases is None else cases
    return gathered(some, store.licences.granted([stored.id for stored in some]))


def gathered(
    cases: Sequence[StoredCase], granted: Mapping[int, Sequence[StoredLicence]]
) -> list[Holding]:
    """Return each patent of some cases once, in the order of its first.

    Entries of one number that still differ are one patent here: the first counts, and what it
    leaves blank the others fill.
    """
    together: dict[str, list[StoredCase]] = {}
    numbers: dict[str, PatentNumber] = {}
    for stored in cases:
        parsed = number(stored.case)
        key = parsed.digits if parsed else f"#{stored.patent_id}"
        together.setdefault(key, []).append(stored)
        if parsed:
            numbers[key] = parsed
    return [_holding(some, numbers.get(key), granted) for key, some in together.items()]


def _holding(
    cases: Sequence[StoredCase],
    parsed: PatentNumber | None,
    granted: Mapping[int, Sequence[StoredLicence]],
) -> Holding:
    entry = entry_of(cases[0].case)
    for other in cases[1:]:
        if other.patent_id != cases[0].patent_id:
            entry = united(entry, entry_of(other.case))
    licences = tuple(one for case in cases for one in granted.get(case.id, ()))
    return Holding(entry, parsed, tuple(cases), licences)


def reckoned(holding: Holding) -> FeeFacts | None:
    """Return what the patent's annuities hang on, open licences with it; None if too little."""
    patent = holding.entry.patent
    licences: tuple[OpenLicence, ...] = ()
    if holding.licences or patent.open_licence_recorded_on is not None:
        licences = tuple(_open_licences(holding))
    return fee_facts(patent, holding.kind, licences)


def _open_licences(holding: Holding) -> Iterator[OpenLicence]:
    """The open licences that are recorded: those kept here, and the day the office put down."""
    stated = holding.entry.patent.open_licence_recorded_on
    if stated is not None:
        yield _under_its_offer(stated, holding.cases)
    for licence in holding.licences:
        stored = next(one for one in holding.cases if one.id == licence.case_id)
        recorded = relieved_from(stored.case, licence.licence)
        if recorded is not None:
            yield _under_its_offer(recorded, (stored,))


def _under_its_offer(recorded: date, cases: Sequence[StoredCase]) -> OpenLicence:
    """A licence recorded on a day, under the last declaration that was published by then.

    Where none is known the earliest end of an offer counts.
    """
    published = [
        (declared.published_on, declared.offer_end or stored.case.offer_end, declared.withdrawn_on)
        for stored in cases
        for declared in (*stored.case.earlier, stored.case.declaration)
        if declared.published_on is not None and declared.published_on <= recorded
    ]
    if published:
        _, end, withdrawn = max(published, key=lambda one: one[0])
        return OpenLicence(recorded, end, withdrawn)
    ends = [stored.case.offer_end for stored in cases if stored.case.offer_end is not None]
    return OpenLicence(recorded, min(ends, default=None))


def is_over(holding: Holding) -> bool:
    """Whether the legal status says that the right is no more, or that it is in arrears."""
    text = holding.entry.patent.legal_status
    return bool(text) and _says_over(text)


def still_owed_by(holding: Holding, annuities: Iterable[Annuity]) -> tuple[Annuity, ...]:
    """Return what is owed of annuities: of a right that is over only what it was lost for.

    Its grace counts where it is known how far it was paid: a status may say just 年费滞纳期.  A
    right that ended otherwise (expired, invalid, given up) is not asked back by paying.
    """
    if not is_over(holding):
        return tuple(annuities)
    if end_of(holding.entry.patent.legal_status) in ("expired", "invalid", "given_up"):
        return tuple(one for one in annuities if one.state == "paid")
    is_known = holding.entry.patent.fee_paid_to is not None
    past = ("paid", "grace", "lapsed") if is_known else ("paid", "lapsed")
    return tuple(one for one in annuities if one.state in past)


@lru_cache(maxsize=512)
def _says_over(text: str) -> bool:
    return "over" in standings(text, {})
