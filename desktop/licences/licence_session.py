"""A licence being filled in: the draft, its problems, and its keeping.  No widgets.

It is kept from its first change on; what is typed is saved soon after, at once where the clerk
moves on; what is typed on in one field stays one version.  Where somebody else saved meanwhile,
both are combined fact by fact and what was typed here stays.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from db.problems import (
    PASSING,
    StaleRevision,
    StoreProblem,
    UnknownCase,
    UnknownLicence,
)
from db.stored import StoredCase, StoredLicence
from desktop.desk import Desk
from desktop.wizard.again import again_ms
from desktop.wizard.draft import Draft
from desktop.wizard.past import PastTerms
from desktop.wizard.turned import tell_turned
from forms.check import check
from forms.combining import combined
from forms.office.offered import supplied
from forms.problems import Problem
from forms.record import Licence, Party

SAVE_AFTER_MS, SAVE_AT_LATEST_MS = 250, 400
MOST_MET = 5  # so often somebody else may come between before it is told
PREFIX = "licence."


class LicenceSession(QObject):
    """One licence in hand."""

    changed = Signal()
    saved = Signal(object)  # the moment
    met = Signal(object)  # somebody else saved: the paths that both changed
    brought_back = Signal()  # it, or its case, was binned elsewhere

    def __init__(
        self,
        desk: Desk,
        case: StoredCase,
        stored: StoredLicence | None,
        parent: QObject | None = None,
    ) -> None:
        """Take a stored licence of a case, or a new one.  The pack of the case must be there."""
        super().__init__(parent)
        self.desk = desk
        self.case = case
        self.stored = stored
        self.problems: tuple[Problem, ...] = ()
        self.saved_at: datetime | None = stored.updated_at if stored else None
        self._kept = stored.licence if stored else Licence()
        self._left: set[str] = set()
        self._finds_all = stored is not None
        self.pack = desk.shelf.of(case.case.pack) or desk.pack
        past = PastTerms(desk, self.pack, lambda: self.case.case)
        self.draft = Draft(self._kept, self.pack, prefix=PREFIX, past=past, parent=self)
        self._step: int | None = None  # the draft's step that was saved last
        self._soon = QTimer(self, singleShot=True, interval=SAVE_AFTER_MS)
        self._at_latest = QTimer(self, singleShot=True, interval=SAVE_AT_LATEST_MS)
        for timer in (self._soon, self._at_latest):
            timer.timeout.connect(self.save)
        self.draft.changed.connect(self._changed)
        self.draft.turned.connect(partial(tell_turned, desk))
        self.check()

    @property
    def licence(self) -> Licence:
        """The licence as it stands."""
        licence: Licence = self.draft.record
        return licence

    @property
    def place(self) -> int:
        """Its place among the case's licences, from 1."""
        ids = [one.id for one in self.desk.store.licences(self.case.id)]
        if self.stored is not None and self.stored.id in ids:
            return ids.index(self.stored.id) + 1
        return len(ids) + 1

    @property
    def shown(self) -> tuple[Problem, ...]:
        """The problems that may be shown by now: never before a field was left."""
        if self._finds_all:
            return self.problems
        return tuple(one for one in self.problems if one.field in self._left)

    @property
    def errors(self) -> int:
        """How many errors make the contract a draft."""
        return sum(one.severity == "error" for one in self.problems)

    def note_left(self, path: str) -> None:
        """A field was left: fault may be found with it from now on."""
        self.draft.seal()
        self._left.add(f"licence.0.{path.removeprefix(PREFIX)}")
        self.changed.emit()

    def show_everything(self) -> None:
        """Find fault with everything from now on."""
        self._finds_all = True
        self.changed.emit()

    def check(self) -> None:
        """Check the contract anew, and the case with it: its errors make it a draft too."""
        found = check(self.case.case, self.pack, self.desk.today, licences=[self.licence])
        self.problems = tuple(
            one for one in found if one.scope == "contract" or one.severity == "error"
        )

    def save(self) -> bool:
        """Save now if need be; what may pass (a lock, a full disk) is told and tried again."""
        self._soon.stop()
        self._at_latest.stop()
        if self.licence == self._kept:
            return True
        try:
            self._save_beside_others()
        except PASSING as problem:
            self._soon.start(again_ms(problem))
            raise
        return True

    def supply(self, entries: Iterable[Party]) -> tuple[str, ...]:
        """Fill what the case lacks of its owners from entries of their names; what it was."""
        store = self.desk.store
        stored = store.case(self.case.id)
        case, labels = supplied(stored.case, entries, self.pack)
        self.case = store.save(case, case_id=stored.id, revision=stored.revision, who=self.desk.who)
        self.desk.case_saved.emit(stored.id)
        self.check()
        self.changed.emit()
        return labels

    def restore(self, version: int) -> None:
        """Bring an earlier version back; it can be undone like typing."""
        assert self.stored is not None
        self.draft.replace(self.desk.store.licence_at(self.stored.id, version))
        self.save()

    def _save_beside_others(self) -> None:
        """Save; whoever saves or removes it meanwhile, even again and again, is met."""
        for _ in range(MOST_MET):
            try:
                return self._save()
            except (StaleRevision, UnknownLicence, UnknownCase) as problem:
                self._catch_up(problem)
        return self._save()

    def _save(self) -> None:
        licence, store, who = self.licence, self.desk.store, self.desk.who
        if self.stored is None:
            self.stored = store.add_licence(self.case.id, licence, who=who)
        else:
            self.stored = store.save_licence(
                self.stored.id,
                licence,
                revision=self.stored.revision,
                who=who,
                amends=self._step == self.draft.step,
            )
        self._kept, self._step = licence, self.draft.step
        self.saved_at = self.desk.now()
        self.saved.emit(self.saved_at)
        self.desk.licences_changed.emit(self.case.id)

    def _catch_up(self, problem: StoreProblem) -> None:
        """Go by what stands there now.  Raises UnknownCase."""
        try:
            if not isinstance(problem, StaleRevision):
                raise problem
            if self.stored is not None:
                self._combine()
            else:
                self.desk.store.case(self.case.id)
        except (UnknownLicence, UnknownCase):
            self._bring_back()

    def _combine(self) -> None:
        """Put what was typed here onto what somebody else saved.  Raises UnknownLicence."""
        assert self.stored is not None
        there = {one.id: one for one in self.desk.store.licences(self.case.id)}
        theirs = there.get(self.stored.id)
        if theirs is None:
            raise UnknownLicence
        licence, clashes = combined(self._kept, self.licence, theirs.licence)
        self.stored, self._kept, self._step = theirs, theirs.licence, None
        self.draft.replace(licence)
        self.met.emit(clashes)

    def _bring_back(self) -> None:
        """Take it, or for a new one its case, out of the bin.  Raises UnknownCase.

        Where it is not even there (a backup was brought back) it becomes a new one.
        """
        store = self.desk.store
        if self.stored is None:
            self.case = store.unbin(self.case.id, who=self.desk.who)
            self.desk.cases_changed.emit()
        else:
            try:
                self.stored = store.unbin_licence(self.stored.id)
            except UnknownLicence:
                self.stored = self._step = None
        self.brought_back.emit()

    def _changed(self, _paths: object) -> None:
        self._soon.start(SAVE_AFTER_MS)
        if not self._at_latest.isActive():
            self._at_latest.start()
        self.check()
        self.changed.emit()
