"""What was filled in before, offered in the fields of the case in hand; read when first wanted."""

from collections.abc import Sequence

from desktop.desk import Desk
from forms.office.offered import past_terms, past_values
from forms.pack.types import Pack
from forms.record import Case, Licence

_LOOKED_AT = 60  # of the latest cases: a few milliseconds


class PastAnswers:
    """Gives what the latest cases of a pack say at a path."""

    def __init__(self, desk: Desk, pack: Pack) -> None:
        self._desk, self._pack = desk, pack
        self._cases: list[Case] | None = None
        self._known: dict[str, Sequence[str]] = {}

    def __call__(self, path: str) -> Sequence[str]:
        """Return it, the latest first."""
        if path not in self._known:
            field = self._pack.field(path)
            self._known[path] = past_values(self._latest(), field) if field is not None else ()
        return self._known[path]

    def _latest(self) -> list[Case]:
        if self._cases is None:
            store, code = self._desk.store, self._pack.identity.code
            ids = [row.id for rows in store.register(limit=_LOOKED_AT) for row in rows]
            by_id = {stored.id: stored.case for stored in store.cases(ids=ids)}
            in_order = [by_id[case_id] for case_id in ids if case_id in by_id]
            self._cases = [case for case in in_order if case.pack in ("", code)]
        return self._cases


class PastTerms:
    """Gives what the latest contracts say at a path of a pack."""

    def __init__(self, desk: Desk, pack: Pack) -> None:
        self._desk, self._pack = desk, pack
        self._licences: list[Licence] | None = None

    def __call__(self, path: str) -> Sequence[str]:
        """Return it, the latest first."""
        field = self._pack.field(path)
        return past_terms(self._latest(), field) if field is not None else ()

    def _latest(self) -> list[Licence]:
        if self._licences is None:
            store = self._desk.store
            ids = [row.id for rows in store.register(limit=_LOOKED_AT) for row in rows]
            granted = [one for some in store.granted(ids).values() for one in some]
            granted.sort(key=lambda one: one.updated_at, reverse=True)
            self._licences = [one.licence for one in granted]
        return self._licences
