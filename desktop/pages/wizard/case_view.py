"""The case in hand as the wizard shows it: it hears its session, and leads from step to step.

What is done with the case is the page's (`desktop.pages.wizard.wizard_page`).
"""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QTimer, Slot

from desktop.desk.desk import Desk
from desktop.desk.unasked import unasked
from desktop.installed.screen_texts import t
from desktop.pages.wizard import wizard_layout
from desktop.pages.wizard.case_session import CaseSession
from desktop.pages.wizard.check_page import CheckPage
from desktop.pages.wizard.findings import Findings, beside
from desktop.pages.wizard.other_packs import state_of
from desktop.pages.wizard.step_pages import STANDINGS
from desktop.pages.wizard.wizard_stage import CHECK
from desktop.pages.wizard.wizard_view import WizardView
from desktop.parts.theme.chips import GONE_OUT
from forms.check.changes import changes
from forms.check.wizard_steps import Standing, Step
from forms.facts.derived import number_text
from forms.facts.record import Case
from forms.ground.problems import Problem
from forms.office.ledger_conflicts import whose
from forms.office.replies import returned

_NAMED = 6  # boxes named in a notice
OWN_AFTER_MS = 200  # after the last key


class CaseView(WizardView):
    """Shows a case.  A subclass opens cases, and says what its check page leads to."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._session = CaseSession(desk, None, self._blank_case(), self)
        self._findings = Findings(self._session)
        self._chip_soon = QTimer(self, singleShot=True, interval=300)
        self._chip_soon.timeout.connect(self._show_chip)
        self._own: dict[str, Standing] = {}
        self._own_soon = QTimer(self, singleShot=True, interval=OWN_AFTER_MS)
        self._own_soon.timeout.connect(self._stand_anew)

    def _blank_case(self) -> Case:
        return Case(pack=self.desk.pack.identity.code)

    def _check_page(self) -> CheckPage:
        """The last page, with what it leads to."""
        raise NotImplementedError

    def show_ledger(self) -> None:
        """Show what the ledger says otherwise of the patent, and the ways to settle it."""
        raise NotImplementedError

    @property
    def session(self) -> CaseSession:
        """The case in hand."""
        return self._session

    @property
    def title(self) -> str:
        """The case's title."""
        return self._session.case.patent.title or super().title

    def _show_session(self) -> None:
        session = self._session
        self._own_soon.stop()  # what it waits for was typed in the case before
        session.changed.connect(self._changed)
        session.checked.connect(self._checked)
        session.saved.connect(self._saved)
        session.waiting.connect(self._waiting)
        session.met.connect(self._met)
        session.filled.connect(self._filled)
        session.apart.connect(self._tell_apart)
        session.brought_back.connect(self._brought_back)
        self._path, self._findings = "", Findings(session)
        self._office = self.desk.store.parties.office()
        self.stage.open(session)
        self.show_reply()
        self.lock(self._has_gone_out())
        self.bar.show_saved(t("wizard.bar.unsaved") if session.saved_at is None else "", done=False)
        if session.saved_at is not None:
            self._saved(session.saved_at)
        self.open_step(self._flow.steps[0].id)
        self._changed(frozenset())
        self._show_chip()
        self.bar.show_others(session.kindred())
        self._tell_apart()

    def show_reply(self) -> None:
        """Show what a bureau wants to have corrected, until the case was reported again."""
        case_id = self._session.case_id
        open_ones = returned(self.desk.store, case_id=case_id) if case_id is not None else []
        reply = open_ones[0].record if open_ones else None
        self.reply.show_reply(reply, self.desk.today)
        if self.stage.current == CHECK:
            self.reply.hide()  # it is told there in full
        if self.stage.check is not None:
            self.stage.check.show_reply(reply, self.desk.today)

    def _has_gone_out(self) -> bool:
        """Whether the case was sent or licensed, and stands as it was then; not if it came back."""
        if self._session.case_id is None or self.reply.reply is not None:
            return False
        rows = self.desk.store.register.rows_of([self._session.case_id])
        return any(row.state in GONE_OUT for row in rows)

    # --- going about ------------------------------------------------------------------------

    @Slot(str)
    def open_step(self, step_id: str) -> None:
        """Open any step, or the last page."""
        here = self.stage.current
        if here and here != step_id:
            self._settle()
            if here != CHECK:
                self._session.note_step_left(here)
            self._session.save()
        if step_id == CHECK:
            self._session.show_everything()
            self.stage.show_check(self.stage.check or self._check_page())
            self.preview.show_field("")
        else:
            self.stage.show_step(self._flow.step(step_id))
        self.map.show_current(step_id)
        self._show_foot(is_faulty=self._findings.first_error is not None)
        self._checked()
        if here and self.isVisible():
            self.stage.focus()

    def open_place(self, place: int) -> None:
        """Open a step by its number on the form, from 1."""
        marks = "①②③④⑤⑥⑦⑧⑨"
        found = next((s for s in self._flow.steps if marks[place - 1] in s.mark), None)
        if found is not None:
            self.open_step(found.id)

    def go_on(self) -> None:
        """Open the next step; after the last one, the check."""
        if self.stage.current == CHECK:
            return
        after = self._flow.after(self.stage.current)
        self.open_step(after.id if after else CHECK)

    def go_back(self) -> None:
        """Open the step before; before the first is the register."""
        before = self._before()
        if before is not None:
            self.open_step(before.id)

    def go_to(self, path: str) -> None:
        """Put the focus on a fact, wherever it is asked."""
        place = self._flow.place(path)
        if place is None:
            self.open_step(CHECK)
            return
        self._path = path
        if self.stage.current != place[0]:
            self.open_step(place[0])
        self.stage.focus(path)

    @Slot(object)
    def go_to_problem(self, problem: Problem) -> None:
        """Put the focus where a problem is put right."""
        self.go_to(problem.field)
        self._findings.problem = problem
        self.problems.show_current(problem)

    def next_problem(self) -> None:
        """Go to the next problem after where one is, on the form; round and round."""
        self._go_by(1)

    def previous_problem(self) -> None:
        """Go to the problem before."""
        self._go_by(-1)

    def _go_by(self, way: int) -> None:
        problems = [entry.problem for entry in self.problems.entries]
        in_hand = self._findings.problem
        if in_hand is None or in_hand.field != self._path:
            in_hand = None
        problem = beside(problems, self._flow, way, self.stage.current, self._path, in_hand)
        if problem is not None:
            self.go_to_problem(problem)

    # --- hearing ----------------------------------------------------------------------------

    @Slot(str)
    def _entered(self, path: str) -> None:
        self._path = path
        self._findings.enter(path)
        self.preview.show_field(path)
        self.stage.keep_in_sight(path)

    @Slot(str)
    def _left(self, path: str) -> None:
        self._findings.leave(path)
        self._session.note_left(path)
        self._session.save()
        self._checked()

    @Slot(object)
    def _changed(self, _paths: frozenset[str]) -> None:
        session = self._session
        number = number_text(session.case)
        self.bar.show_case(session.case.patent.title, number)
        self.bar.undo.setEnabled(session.draft.can_undo)
        self.bar.redo.setEnabled(session.draft.can_redo)
        self.stage.refresh_facts()
        self.count.show_count(self.stage.count())
        found = (p.severity == "error" and p.scope != "contract" for p in session.problems)
        errors = session.is_packless or any(found)
        self.preview.show_record(
            session.case, office=self._office, draft=errors, granted=session.granted()
        )
        self._chip_soon.start()
        self._own_soon.start()

    @Slot()
    def _checked(self) -> None:
        session, flow = self._session, self._flow
        known = self._findings.known()
        shown = flow.shown(known, session.seen)
        standings = {
            step.id: flow.standing(step.id, session.case, known, session.seen)
            for step in flow.steps
        }
        if not self._own_soon.isActive():
            self._look_at_own()
        standings |= self._own
        self.map.show_standings(standings)
        entries = [self._findings.entry(problem) for problem in shown]
        self.problems.show_entries(entries)
        self.stage.show_entries(entries)
        if self.stage.current == CHECK:
            self._show_foot(is_faulty=self._findings.first_error is not None)
        here = flow.of_step(shown, self.stage.current)
        self.stage.show_problems(here, self._findings.fix_words)

    @Slot()
    def _stood(self) -> None:
        """A step's page says how far it has come."""
        self._stand_anew()
        self.wanting.say(self.stage.wanting())

    @Slot()
    def _stand_anew(self) -> None:
        """Show how all steps stand, those as well of which their pages alone know."""
        self._own_soon.stop()
        self._checked()

    def _look_at_own(self) -> None:
        """See how the steps stand of which their pages alone know; while one types it waits."""
        with unasked(self, self._stand_anew):
            found = {step.id: self._own_standing(step) for step in self._flow.steps}
            self._own = {step_id: standing for step_id, standing in found.items() if standing}

    def _own_standing(self, step: Step) -> Standing | None:
        """How a step stands of which its page alone knows."""
        own = STANDINGS.get(step.page)
        return own(self._session) if own is not None and not self._session.is_packless else None

    def fit(self) -> None:
        """Lay the parts out for the present size; when it was saved is told shortly or in full."""
        super().fit()
        if self._session.is_kept and self._session.saved_at is not None:
            self._saved(self._session.saved_at)

    @Slot(object)
    def _saved(self, moment: datetime) -> None:
        time = moment.astimezone().strftime("%H:%M:%S")
        is_slim = not wizard_layout.is_side_by_side(self.width())
        words = t("wizard.bar.saved_short") if is_slim else t("wizard.bar.saved", time=time)
        self.bar.show_saved(words, done=True)

    @Slot()
    def _waiting(self) -> None:
        self.bar.show_saved(t("wizard.bar.saving"), done=False)

    @Slot(object)
    def _met(self, clashes: Sequence[str]) -> None:
        fields = [field.label for path in clashes if (field := self._session.pack.field(path))]
        if clashes:
            words = t("wizard.met.clash", places="、".join(fields) or "、".join(clashes))
            self.desk.notices.tell("pending", words)
        else:
            self.desk.notices.tell("advice", t("wizard.met.merged"))

    @Slot(object, object)
    def _filled(self, before: Case, after: Case) -> None:
        """Say what the ledger knew of the patent, so that nobody wonders who typed it."""
        boxes = [one.box for one in changes(before, after, self._session.pack)]
        more = t("wizard.ledger.more") if len(boxes) > _NAMED else ""
        words = t("wizard.ledger.filled", boxes="、".join(boxes[:_NAMED]) + more)
        self.desk.notices.tell("advice", words)

    @Slot()
    def _tell_apart(self) -> None:
        """Say so where the ledger has something else of the patent."""
        if conflicts := self._session.conflicts():
            names = "、".join(whose(other) for other, _ in conflicts)
            boxes = "、".join(dict.fromkeys(one.box for _, some in conflicts for one in some))
            words = t("wizard.ledger.apart", names=names, boxes=boxes)
            look = (t("wizard.ledger.look"), self.show_ledger)
            self.desk.notices.tell("pending", words, action=look)

    @Slot(bool)
    def _brought_back(self, was_binned: bool) -> None:
        words = t("wizard.met.brought_back") if was_binned else t("wizard.met.anew")
        self.desk.notices.tell("pending", words)

    @Slot()
    def _show_chip(self) -> None:
        with unasked(self, self._show_chip):
            self.bar.chip.show_state(state_of(self._session, self.desk))
