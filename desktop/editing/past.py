"""What was filled in before, offered in the fields of the case in hand; read when first wanted."""

from collections.abc import Callable, Sequence

from db.store_problems import LockedDatabase
from desktop.desk.desk import Desk
from forms.facts.record import Case, Licence
from forms.office.offered_values import Offer, bank_offers, office_offers, past_terms, past_values
from forms.pack.types import Pack

_LOOKED_AT = 60  # of the latest cases: a few milliseconds


class PastAnswers:
    """Gives what the office's profile and the latest cases of a pack say at a path."""

    def __init__(self, desk: Desk, pack: Pack) -> None:
        self._desk, self._pack = desk, pack
        self._cases: list[Case] | None = None
        self._known: dict[str, Sequence[str]] = {}

    def __call__(self, path: str, case: Case | Licence) -> Sequence[Offer]:
        """Return it, the office's own first; nothing while data are locked."""
        assert isinstance(case, Case)
        try:
            if path not in self._known:
                field = self._pack.field(path)
                self._known[path] = past_values(self._latest(), field) if field is not None else ()
            own = office_offers(self._desk.store.parties.office(), case, path)
        except LockedDatabase:
            return ()
        return _together(own, self._known[path])

    def _latest(self) -> list[Case]:
        if self._cases is None:
            store, code = self._desk.store, self._pack.identity.code
            ids = [row.id for rows in store.register.rows(limit=_LOOKED_AT) for row in rows]
            by_id = {stored.id: stored.case for stored in store.cases.listed(ids=ids)}
            in_order = [by_id[case_id] for case_id in ids if case_id in by_id]
            self._cases = [case for case in in_order if case.pack in ("", code)]
        return self._cases


class PastTerms:
    """Gives what the licensors, the office and the latest contracts say at a path of a pack."""

    def __init__(self, desk: Desk, pack: Pack, licensed: Callable[[], Case]) -> None:
        self._desk, self._pack, self._licensed = desk, pack, licensed
        self._licences: list[Licence] | None = None

    def __call__(self, path: str, _licence: Case | Licence) -> Sequence[Offer]:
        """Return it, the licensors' and the office's own first; nothing while data are locked."""
        field = self._pack.field(path)
        try:
            past = past_terms(self._latest(), field) if field is not None else ()
            own = bank_offers(self._licensed(), self._desk.store.parties.office(), path)
        except LockedDatabase:
            return ()
        return _together(own, past)

    def _latest(self) -> list[Licence]:
        if self._licences is None:
            store = self._desk.store
            ids = [row.id for rows in store.register.rows(limit=_LOOKED_AT) for row in rows]
            granted = [one for some in store.licences.granted(ids).values() for one in some]
            granted.sort(key=lambda one: one.updated_at, reverse=True)
            self._licences = [one.licence for one in granted]
        return self._licences


def _together(own: Sequence[Offer], past: Sequence[str]) -> Sequence[Offer]:
    said = {one.text for one in own}
    return [*own, *(Offer(text) for text in past if text not in said)]
