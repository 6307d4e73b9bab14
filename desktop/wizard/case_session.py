"""A case being filled in: the draft, its problems, and its keeping.  No widgets.

What is typed is saved when the keys rest, at the latest after `SAVE_AT_LATEST_MS`, and at once
where the clerk moves on; what is typed on in one field stays one version.  A new case is kept from
its first word on.  Where somebody else saved meanwhile, both are combined fact by fact and what
was typed here stays; where the case was binned elsewhere it is taken out again, and where it is
gone (a backup was brought back) what was typed here becomes a new one.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import partial

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from db.problems import PASSING, StaleRevision, UnknownCase
from db.stored import StoredCase
from desktop.desk import Desk
from desktop.wizard.again import again_ms
from desktop.wizard.draft import Draft
from desktop.wizard.past import PastAnswers
from desktop.wizard.turned import tell_turned
from forms.check import check
from forms.combining import combined
from forms.flow import Flow, Seen
from forms.office.store import of_pack
from forms.problems import Problem
from forms.record import Case

SAVE_AFTER_MS, SAVE_AT_LATEST_MS = 250, 400  # then it is saved within half a second
MOST_MET = 5  # so often somebody else may come between before it is told


class CaseSession(QObject):
    """One case in hand."""

    changed = Signal(object)  # paths, as the draft says
    checked = Signal()  # problems and what is shown of them
    saved = Signal(object)  # the moment
    waiting = Signal()  # something is not saved yet
    met = Signal(object)  # somebody else saved: the paths that both changed
    brought_back = Signal(bool)  # it was binned elsewhere; False: gone, and is a new one now

    def __init__(
        self, desk: Desk, stored: StoredCase | None, case: Case, parent: QObject | None = None
    ) -> None:
        """Take a stored case, or a new one (`stored` None) that is saved from its first change."""
        super().__init__(parent)
        self.desk = desk
        own = desk.shelf.of(case.pack)
        self.is_packless = own is None
        self.pack = own or desk.pack  # asks, checks and shows this case, whichever is in use
        self.flow = Flow(self.pack)
        past = PastAnswers(desk, self.pack)
        self.draft = Draft(case, self.pack, past=past, parent=self)
        self.seen = Seen(everything=stored is not None)
        self.problems: tuple[Problem, ...] = ()
        self.saved_at: datetime | None = stored.updated_at if stored else None
        self._stored = stored
        self._kept = stored.case if stored else case
        self._step: int | None = None  # the draft's step that was saved last
        self._counted: tuple[str | None, int] = (None, 0)
        self._soon = QTimer(self, singleShot=True, interval=SAVE_AFTER_MS)
        self._at_latest = QTimer(self, singleShot=True, interval=SAVE_AT_LATEST_MS)
        for timer in (self._soon, self._at_latest):
            timer.timeout.connect(self.save)
        self.draft.changed.connect(self._changed)
        self.draft.turned.connect(partial(tell_turned, desk))
        self.check()

    @property
    def case(self) -> Case:
        """The case as it stands."""
        case: Case = self.draft.record
        return case

    @property
    def case_id(self) -> int | None:
        """Its id, None until it is first saved."""
        return self._stored.id if self._stored else None

    @property
    def stored(self) -> StoredCase | None:
        """The case as it was last saved."""
        return self._stored

    @property
    def is_kept(self) -> bool:
        """Whether all of it is saved."""
        return self.case == self._kept

    @property
    def shown(self) -> tuple[Problem, ...]:
        """The problems that may be shown by now."""
        return self.flow.shown(self.problems, self.seen)

    # --- looking --------------------------------------------------------------------------

    def note_left(self, path: str) -> None:
        """A field was left: fault may be found with it from now on.

        In a case in which nothing was typed yet there is no fault.
        """
        place = self.flow.place(path)
        self.draft.seal()
        is_begun = self._stored is not None or self.draft.can_undo
        if is_begun and place is not None and place[1] not in self.seen.paths:
            self._see(self.seen.with_path(place[1]))

    def note_step_left(self, step: str) -> None:
        """A step was left."""
        self.draft.seal()
        if step not in self.seen.steps:
            self._see(self.seen.with_step(step))

    def show_everything(self) -> None:
        """Find fault with everything from now on."""
        if not self.seen.everything:
            self._see(msgspec.structs.replace(self.seen, everything=True))

    def check(self) -> None:
        """Check the case anew; where its pack is missing nobody can."""
        self.problems = ()
        if not self.is_packless:
            numbers = self._numbers()
            self.problems = check(self.case, self.pack, self.desk.today, numbers=numbers)
        self.checked.emit()

    def _see(self, seen: Seen) -> None:
        self.seen = seen
        self.checked.emit()

    def _numbers(self) -> Mapping[str, int]:
        """How many cases of its pack have this number, this one included."""
        number = self.case.patent.number
        if number is None:
            return {}
        if self._counted[0] != number:
            alike = of_pack(self.desk.store.cases([number]), self.pack)
            self._counted = (number, sum(other.id != self.case_id for other in alike))
        return {number: self._counted[1] + 1}

    # --- keeping --------------------------------------------------------------------------

    @Slot()
    def save(self, what: str = "") -> bool:
        """Save now if need be; what may pass (a lock, a full disk) is told and tried again."""
        self._soon.stop()
        self._at_latest.stop()
        if self.is_kept:
            return True
        try:
            self._save_beside_others(what)
        except PASSING as problem:
            self._soon.start(again_ms(problem))
            raise
        return True

    def restore(self, version: int) -> None:
        """Bring an earlier version back; it can be undone like typing."""
        assert self.case_id is not None
        self.draft.replace(self.desk.store.case_at(self.case_id, version))
        self.save()

    def follow(self) -> None:
        """Take over what somebody else saved, where nothing was typed here since.

        Raises UnknownCase where the case has gone and there is nothing of here to be kept.
        """
        if self.case_id is None:
            return
        try:
            stored = self.desk.store.case(self.case_id)
        except UnknownCase:
            if self.is_kept:
                raise
            self.save()
            return
        if self._stored is None or (stored.revision, stored.case) == (
            self._stored.revision,
            self._stored.case,  # a backup brought back may bear the same number
        ):
            return
        if self.is_kept:
            self._stored, self._kept, self._step = stored, stored.case, None
            self.draft.replace(stored.case)
        else:
            self._combine()

    def _save_beside_others(self, what: str) -> None:
        """Save; whoever saves or bins it meanwhile, even again and again, is met."""
        for _ in range(MOST_MET):
            try:
                return self._save(what)
            except (StaleRevision, UnknownCase):
                self._catch_up()
        return self._save(what)

    def _save(self, what: str) -> None:
        case, is_new = self.case, self._stored is None
        self._stored = self.desk.store.save(
            case,
            case_id=self.case_id,
            revision=None if self._stored is None else self._stored.revision,
            who=self.desk.who,
            what=what,
            amends=self._step == self.draft.step,
        )
        self._kept, self._step = case, self.draft.step
        self.saved_at = self.desk.now()
        self.saved.emit(self.saved_at)
        self.desk.case_saved.emit(self._stored.id)
        if is_new:
            self.desk.cases_changed.emit()

    def _catch_up(self) -> None:
        """Go by what stands there now; of a case that is new here nothing does."""
        if self.case_id is not None:
            try:
                self._combine()
            except UnknownCase:
                self._bring_back()

    def _combine(self) -> None:
        assert self.case_id is not None
        theirs = self.desk.store.case(self.case_id)
        case, clashes = combined(self._kept, self.case, theirs.case)
        self._stored, self._kept, self._step = theirs, theirs.case, None
        self.draft.replace(case)
        self.met.emit(clashes)

    def _bring_back(self) -> None:
        """Take the case in hand out of the bin; where it is not even there it is a new one."""
        assert self._stored is not None
        before = self._stored
        try:
            theirs = self.desk.store.unbin(before.id, who=self.desk.who)
        except UnknownCase:
            self._stored = self._step = None
        else:
            if theirs.revision != before.revision:
                self._combine()
            self.desk.cases_changed.emit()
        self.brought_back.emit(self._stored is not None)

    @Slot(object)
    def _changed(self, paths: frozenset[str]) -> None:
        self.waiting.emit()
        self._soon.start(SAVE_AFTER_MS)
        if not self._at_latest.isActive():
            self._at_latest.start()
        self.check()
        self.changed.emit(paths)
