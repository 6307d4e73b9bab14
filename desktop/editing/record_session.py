"""A record being filled in: the draft, its problems, and its keeping.  No widgets.

What is typed is saved when the keys rest, at the latest after `SAVE_AT_LATEST_MS`, and at once
where the clerk moves on; what is typed on in one field stays one version.  A new record is kept
from its first word on.  Where somebody else saved meanwhile, both are combined fact by fact and
what was typed here stays; where the record was binned elsewhere it is taken out again, and where
it is gone (a backup was brought back) what was typed here becomes a new one.

A case and a licence are kept by one machine, this one; what is a case's or a licence's own is
said by their sessions.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import ClassVar, Generic, TypeVar

from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from db.store_problems import PASSING, LockedDatabase, StaleRevision, StoreProblem
from desktop.desk.desk import Desk
from desktop.editing.draft import Draft, Past
from desktop.installed.screen_texts import t
from forms.check.wizard_steps import Seen
from forms.facts.record import Case, Licence
from forms.ground.combining import combined
from forms.ground.problems import Problem
from forms.office.stored import StoredCase, StoredLicence
from forms.pack.types import Pack

SAVE_AFTER_MS, SAVE_AT_LATEST_MS = 250, 400  # then it is saved within half a second
PUT_OFF_MS, MOST_PUT_OFF = 20, 4  # so much later, and so often, while a page is drawn
MOST_MET = 5  # so often somebody else may come between before it is told
AFTER_LOCK_MS = 300  # a save that failed is tried again; the store has waited a second already
AFTER_TROUBLE_MS = 5_000  # a full disk and the like, of which the clerk is told each time

R = TypeVar("R", bound=Case | Licence)
S = TypeVar("S", bound=StoredCase | StoredLicence)


class RecordSession(QObject, Generic[R, S]):
    """One record in hand.

    A subclass sets `GONE`, and says how its record is found, written and brought back, how it
    is checked, and which problems are shown.
    """

    GONE: ClassVar[tuple[type[StoreProblem], ...]]
    """What the store raises where the record, or what it belongs to, is not there (any more)."""

    changed = Signal(object)  # paths, as the draft says
    checked = Signal()  # problems and what is shown of them
    saved = Signal(object)  # the moment
    waiting = Signal()  # something is not saved yet
    met = Signal(object)  # somebody else saved: the paths that both changed
    filled = Signal(object, object)  # what was saved, and that with what the store added to it
    brought_back = Signal(bool)  # it was binned elsewhere; False: gone, and is a new one now

    def __init__(
        self,
        desk: Desk,
        stored: S | None,
        record: R,
        pack: Pack,
        past: Past,
        *,
        prefix: str = "",
        parent: QObject | None = None,
    ) -> None:
        """Take a stored record, or a new one (`stored` None) that is saved from its first change.

        `prefix` is the draft's.
        """
        super().__init__(parent)
        self.desk = desk
        self.pack = pack
        self.draft = Draft(record, pack, prefix=prefix, past=past, parent=self)
        self.seen = Seen(everything=stored is not None)
        self.problems: tuple[Problem, ...] = ()
        self.saved_at: datetime | None = stored.updated_at if stored else None
        self._stored = stored
        self._kept = self._record_of(stored) if stored else record
        self._step: int | None = None  # the draft's step that was saved last
        self._soon = QTimer(self, singleShot=True, interval=SAVE_AFTER_MS)
        self._at_latest = QTimer(self, singleShot=True, interval=SAVE_AT_LATEST_MS)
        for timer in (self._soon, self._at_latest):
            timer.timeout.connect(self._save_in_turn)
        self._put_off = 0
        self.draft.changed.connect(self._changed)
        self.draft.turned.connect(partial(_tell_turned, desk))

    @property
    def record(self) -> R:
        """The record as it stands."""
        record: R = self.draft.record
        return record

    @property
    def stored(self) -> S | None:
        """The record as it was last saved."""
        return self._stored

    @property
    def is_kept(self) -> bool:
        """Whether all of it is saved."""
        return self.record == self._kept

    # --- looking --------------------------------------------------------------------------

    def show_everything(self) -> None:
        """Find fault with everything from now on."""
        if not self.seen.everything:
            self._see(replace(self.seen, everything=True))

    def check(self) -> None:
        """Check the record anew."""
        self.problems = self._found()
        self.checked.emit()

    def _see(self, seen: Seen) -> None:
        self.seen = seen
        self.checked.emit()

    # --- keeping --------------------------------------------------------------------------

    @Slot()
    def save(self, what: str = "") -> bool:
        """Save now if need be; what may pass (a lock, a full disk) is told and tried again."""
        self._soon.stop()
        self._at_latest.stop()
        self._put_off = 0
        if self.is_kept:
            return True
        try:
            self._save_beside_others(what)
        except PASSING as problem:
            self._soon.start(again_ms(problem))
            raise
        return True

    @Slot()
    def _save_in_turn(self) -> None:
        """Save, but let a page that is being drawn be shown first, if that does not take long."""
        if self.desk.jobs.is_drawing and self._put_off < MOST_PUT_OFF:
            self._put_off += 1
            self._at_latest.start(PUT_OFF_MS)  # typing on does not put it off further
        else:
            self.save()

    def restore(self, version: int) -> None:
        """Bring an earlier version back; it can be undone like typing."""
        assert self._stored is not None
        self.draft.replace(self._at_version(self._stored.id, version))
        self.save()

    def _save_beside_others(self, what: str) -> None:
        """Save; whoever saves or bins it meanwhile, even again and again, is met."""
        elsewhere: tuple[type[StoreProblem], ...] = (StaleRevision, *self.GONE)
        for _ in range(MOST_MET):
            try:
                return self._save(what)
            except elsewhere:
                self._catch_up()
        return self._save(what)

    def _save(self, what: str) -> None:
        record, before = self.record, self._stored
        self._stored = self._written(record, what, amends=self._step == self.draft.step)
        self._kept, self._step = self._record_of(self._stored), self.draft.step
        if self._kept != record:
            self.draft.complete(self._kept)
            self.filled.emit(record, self._kept)
        self.saved_at = self.desk.now()
        self.saved.emit(self.saved_at)
        self._tell_saved(is_new=before is None)

    def _catch_up(self) -> None:
        """Go by what stands there now."""
        try:
            if self._stored is None:
                self._look_for_its_own()
            else:
                self._combine()
        except self.GONE:
            self._bring_back()

    def _combine(self) -> None:
        """Put what was typed here onto what somebody else saved.  Raises one of `GONE`."""
        theirs = self._there()
        record, clashes = combined(self._kept, self.record, self._record_of(theirs))
        self._take_over(theirs, record)
        self.met.emit(clashes)

    def _take_over(self, theirs: S, record: R) -> None:
        """Go on from what somebody else saved, with this record in hand."""
        before = self._kept
        self._stored, self._kept, self._step = theirs, self._record_of(theirs), None
        self.draft.take_over(before, self._kept, record)

    @Slot(object)
    def _changed(self, paths: frozenset[str]) -> None:
        self.waiting.emit()
        self._soon.start(SAVE_AFTER_MS)
        if not self._at_latest.isActive():
            self._at_latest.start()
        self.problems = self._found()
        self.changed.emit(paths)  # first: the page is drawn beside the window meanwhile
        self.checked.emit()

    # --- what a subclass says ---------------------------------------------------------------

    def _record_of(self, stored: S) -> R:
        """The record that a stored one holds."""
        raise NotImplementedError

    def _found(self) -> tuple[Problem, ...]:
        """What is wrong with the record as it stands."""
        raise NotImplementedError

    def _there(self) -> S:
        """The record as it is stored now.  Raises one of `GONE`."""
        raise NotImplementedError

    def _at_version(self, record_id: int, version: int) -> R:
        """The record as it was.  Raises UnknownVersion."""
        raise NotImplementedError

    def _written(self, record: R, what: str, *, amends: bool) -> S:
        """Write it over what was last stored, or as a new one.  Raises StaleRevision, `GONE`."""
        raise NotImplementedError

    def _tell_saved(self, *, is_new: bool) -> None:
        """Tell the desk that it was saved."""
        raise NotImplementedError

    def _look_for_its_own(self) -> None:
        """See that what a new record belongs to is there.  Raises one of `GONE`."""

    def _bring_back(self) -> None:
        """Take the record, or what it belongs to, out of the bin; else let it be a new one."""
        raise NotImplementedError


def again_ms(problem: StoreProblem) -> int:
    """In how many milliseconds what met a problem may be over, though nothing more is typed."""
    return AFTER_LOCK_MS if isinstance(problem, LockedDatabase) else AFTER_TROUBLE_MS


def _tell_turned(desk: Desk, field: str, letters: Mapping[str, str]) -> None:
    """Say which radicals, typed or pasted, were turned into the letters they look like."""
    pairs = "、".join(  # screens' fonts lack most radicals
        t("wizard.form.pair", old=f"U+{ord(old):04X}", new=new) for old, new in letters.items()
    )
    desk.notices.tell("advice", t("wizard.form.radicals", field=field, pairs=pairs))
