"""A case being filled in: its record, and what is shown of its problems.  No widgets."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Signal

from db.store_problems import UnknownCase
from desktop.desk.desk import Desk
from desktop.editing.past import PastAnswers
from desktop.editing.record_session import RecordSession
from forms.check.case_check import check, checker_of
from forms.check.wizard_steps import flow_of
from forms.facts.declared import stage_of
from forms.facts.record import Case, Licence
from forms.ground.problems import Problem
from forms.office.ledger_conflicts import (
    Difference,
    conflict_problems,
    differences,
    settled_by,
)
from forms.office.online_form import OnlineRow
from forms.office.store import kindred, of_pack
from forms.office.stored import Counterpart, StoredCase


class CaseSession(RecordSession[Case, StoredCase]):
    """One case in hand."""

    GONE = (UnknownCase,)

    apart = Signal()  # the ledger says something else of this patent since the last save

    def __init__(
        self, desk: Desk, stored: StoredCase | None, case: Case, parent: QObject | None = None
    ) -> None:
        """Take a stored case, or a new one (`stored` None) that is saved from its first change."""
        own = desk.shelf.of(case.pack)
        pack = own or desk.pack  # asks, checks and shows this case, whichever is in use
        super().__init__(desk, stored, case, pack, PastAnswers(desk, pack), parent=parent)
        self.is_packless = own is None
        self.flow = flow_of(pack)
        self.rows_kept: tuple[object, tuple[OnlineRow, ...]] | None = None
        """The rows of the web form as last made, beside all they were made from."""
        self._counted: tuple[str | None, int] = (None, 0)
        self._others: tuple[StoredCase | None, tuple[Counterpart, ...]] = (None, ())
        self.check()
        self._told = self._boxes_apart()

    @property
    def case(self) -> Case:
        """The case as it stands."""
        return self.record

    @property
    def case_id(self) -> int | None:
        """Its id, None until it is first saved."""
        return self._stored.id if self._stored else None

    # --- looking --------------------------------------------------------------------------

    @property
    def shown(self) -> tuple[Problem, ...]:
        """The problems that may be shown by now."""
        return self.flow.shown(self.problems, self.seen)

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

    def _found(self) -> tuple[Problem, ...]:
        """What is wrong; where its pack is missing nobody can say."""
        if self.is_packless:
            return ()
        found = check(
            *(self.case, self.pack, self.desk.today),
            numbers=self._numbers(),
            granted=self.granted(),
        )
        if told := conflict_problems(self.case, self.others(), self.pack):
            return checker_of(self.pack).fold(found, told)
        return found

    def granted(self) -> Sequence[Licence]:
        """The licences under a declaration that is at the office: its owner owes them something."""
        if self._stored is None or stage_of(self.case.declaration) is None:
            return ()
        return [one.licence for one in self.desk.store.licences.of_case(self._stored.id)]

    def kindred(self) -> Sequence[tuple[int, str]]:
        """The patent's other cases: id, how each is called."""
        if self._stored is None:
            return ()
        return kindred(self.desk.store, self.desk.shelf, self._stored)

    def others(self) -> Sequence[Counterpart]:
        """What other entries of the ledger say of this patent otherwise, as of the last save."""
        if self._stored is None:
            return ()
        if self._others[0] is not self._stored:
            found = self.desk.store.ledger.counterparts([self._stored.id])
            self._others = (self._stored, tuple(found.get(self._stored.id, ())))
        return self._others[1]

    def conflicts(self) -> Sequence[tuple[Counterpart, tuple[Difference, ...]]]:
        """What differs there of what the pack of this case asks, box by box."""
        found = (
            (other, differences(self.case, other.patent.entry, self.pack))
            for other in self.others()
        )
        return [(other, boxes) for other, boxes in found if boxes]

    def settle(self, other: Counterpart, *, own: bool) -> None:
        """Let the patent be as this case says, or as another entry of the ledger does.

        What the one leaves blank the other fills.  Raises StaleRevision or UnknownPatent where
        that is not what it was when it was shown.
        """
        self.save()
        assert self._stored is not None
        cases = (self._stored.id,) if own else other.case_ids
        what = settled_by(cases)
        store, who = self.desk.store, self.desk.who
        case_id, revision = self._stored.id, other.patent.revision
        store.ledger.settle(
            case_id, other.patent.id, own=own, revision=revision, who=who, what=what
        )
        theirs = self._there()
        self._take_over(theirs, theirs.case)
        self._tell_saved(is_new=False)
        self.check()

    def _numbers(self) -> Mapping[str, int]:
        """How many cases of its pack have this number, this one included."""
        number = self.case.patent.number
        if number is None:
            return {}
        if self._counted[0] != number:
            alike = of_pack(self.desk.store.cases.listed([number]), self.pack)
            self._counted = (number, sum(other.id != self.case_id for other in alike))
        return {number: self._counted[1] + 1}

    # --- keeping --------------------------------------------------------------------------

    def follow(self) -> None:
        """Take over what somebody else saved, where nothing was typed here since.

        What the ledger says otherwise by now is told.  Raises UnknownCase where the case has gone
        and there is nothing of here to be kept.
        """
        if self._stored is None:
            return
        try:
            theirs = self._there()
        except UnknownCase:
            if self.is_kept:
                raise
            self.save()
            return
        before = self._others[1]
        if (theirs.revision, theirs.case) == (
            self._stored.revision,
            self._stored.case,  # a backup brought back may bear the same number
        ):
            self._stored = theirs  # it may stand on another entry by now
        elif self.is_kept:
            self._take_over(theirs, theirs.case)
        else:
            self._combine()
        self._hear_others(before)

    def _record_of(self, stored: StoredCase) -> Case:
        return stored.case

    def _there(self) -> StoredCase:
        assert self._stored is not None
        return self.desk.store.cases.one(self._stored.id)

    def _at_version(self, record_id: int, version: int) -> Case:
        return self.desk.store.cases.at_version(record_id, version)

    def _written(self, record: Case, what: str, *, amends: bool) -> StoredCase:
        return self.desk.store.cases.save(
            record,
            case_id=self.case_id,
            revision=None if self._stored is None else self._stored.revision,
            who=self.desk.who,
            what=what,
            amends=amends,
        )

    def _tell_saved(self, *, is_new: bool) -> None:
        assert self._stored is not None
        for case_id in self.desk.store.cases.on_patent(self._stored.patent_id):
            self.desk.case_saved.emit(case_id)  # what was typed of the patent is theirs as well
        if is_new:
            self.desk.cases_changed.emit()
        self._hear_others(self._others[1])

    def _hear_others(self, before: Sequence[Counterpart]) -> None:
        """Check anew where other entries of the ledger are not what they were.

        It is told where other boxes differ, not at each pause of somebody who types in one.
        """
        if self.others() == before:
            return
        self.check()
        if (boxes := self._boxes_apart()) != self._told:
            self._told = boxes
            self.apart.emit()

    def _boxes_apart(self) -> frozenset[tuple[int, str]]:
        return frozenset(
            (other.patent.id, one.path) for other, boxes in self.conflicts() for one in boxes
        )

    def _bring_back(self) -> None:
        """Take the case in hand out of the bin; where it is not even there it is a new one."""
        assert self._stored is not None
        before = self._stored
        try:
            theirs = self.desk.store.cases.unbin(before.id, who=self.desk.who)
        except UnknownCase:
            self._stored = self._step = None
        else:
            if theirs.revision != before.revision:
                self._combine()
            self.desk.cases_changed.emit()
        self.brought_back.emit(self._stored is not None)
