"""A licence being filled in: its record, and what is shown of its problems.  No widgets."""

from collections.abc import Iterable

from PySide6.QtCore import QObject

from db.store_problems import UnknownCase, UnknownLicence
from desktop.desk.desk import Desk
from desktop.editing.past import PastTerms
from desktop.editing.record_session import RecordSession
from forms.check.case_check import check
from forms.facts.record import Licence, Party
from forms.ground.problems import Problem
from forms.office.offered_values import supplied
from forms.office.stored import StoredCase, StoredLicence

PREFIX = "licence."


class LicenceSession(RecordSession[Licence, StoredLicence]):
    """One licence in hand; a new one needs its case, which is taken out of the bin for it."""

    GONE = (UnknownLicence, UnknownCase)

    def __init__(
        self,
        desk: Desk,
        case: StoredCase,
        stored: StoredLicence | None,
        parent: QObject | None = None,
    ) -> None:
        """Take a stored licence of a case, or a new one.  The pack of the case must be there."""
        self.case = case
        pack = desk.shelf.of(case.case.pack) or desk.pack
        past = PastTerms(desk, pack, lambda: self.case.case)
        licence = stored.licence if stored else Licence()
        super().__init__(desk, stored, licence, pack, past, prefix=PREFIX, parent=parent)
        self.check()

    @property
    def licence(self) -> Licence:
        """The licence as it stands."""
        return self.record

    @property
    def place(self) -> int:
        """Its place among the case's licences, from 1."""
        ids = [one.id for one in self.desk.store.licences.of_case(self.case.id)]
        if self._stored is not None and self._stored.id in ids:
            return ids.index(self._stored.id) + 1
        return len(ids) + 1

    # --- looking --------------------------------------------------------------------------

    @property
    def shown(self) -> tuple[Problem, ...]:
        """The problems that may be shown by now: never before a field was left."""
        if self.seen.everything:
            return self.problems
        return tuple(one for one in self.problems if one.field in self.seen.paths)

    @property
    def errors(self) -> int:
        """How many errors make the contract a draft."""
        return sum(one.severity == "error" for one in self.problems)

    def note_left(self, path: str) -> None:
        """A field was left: fault may be found with it from now on."""
        self.draft.seal()
        self._see(self.seen.with_path(f"licence.0.{path.removeprefix(PREFIX)}"))

    def _found(self) -> tuple[Problem, ...]:
        """What is wrong with the contract, and the errors of the case: they make it a draft too."""
        found = check(self.case.case, self.pack, self.desk.today, licences=[self.licence])
        return tuple(one for one in found if one.scope == "contract" or one.severity == "error")

    # --- keeping --------------------------------------------------------------------------

    def supply(self, entries: Iterable[Party]) -> tuple[str, ...]:
        """Fill what the case lacks of its owners from entries of their names; what it was."""
        store = self.desk.store
        with store.transaction():
            stored = store.cases.one(self.case.id)
            case, labels = supplied(stored.case, entries, self.pack)
            self.case = store.cases.save(case, case_id=stored.id, who=self.desk.who)
        self.desk.case_saved.emit(stored.id)
        self.check()
        return labels

    def _record_of(self, stored: StoredLicence) -> Licence:
        return stored.licence

    def _there(self) -> StoredLicence:
        assert self._stored is not None
        for one in self.desk.store.licences.of_case(self.case.id):
            if one.id == self._stored.id:
                return one
        raise UnknownLicence

    def _at_version(self, record_id: int, version: int) -> Licence:
        return self.desk.store.licences.at_version(record_id, version)

    def _written(self, record: Licence, what: str, *, amends: bool) -> StoredLicence:
        store, who = self.desk.store, self.desk.who
        if self._stored is None:
            return store.licences.add(self.case.id, record, who=who, what=what)
        return store.licences.save(
            self._stored.id,
            record,
            revision=self._stored.revision,
            who=who,
            what=what,
            amends=amends,
        )

    def _tell_saved(self, *, is_new: bool) -> None:
        self.desk.licences_changed.emit(self.case.id)

    def _look_for_its_own(self) -> None:
        self.desk.store.cases.one(self.case.id)

    def _bring_back(self) -> None:
        """Take it, or for a new one its case, out of the bin.  Raises UnknownCase.

        Where it is not even there (a backup was brought back) it becomes a new one.
        """
        store = self.desk.store
        if self._stored is None:
            self.case = store.cases.unbin(self.case.id, who=self.desk.who)
            self.desk.cases_changed.emit()
        else:
            try:
                self._stored = store.licences.unbin(self._stored.id)
            except UnknownLicence:
                self._stored = self._step = None
        self.brought_back.emit(self._stored is not None)
