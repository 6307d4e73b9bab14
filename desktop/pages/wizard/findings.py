"""What of the problems may be told by now, and how: never red while a field is typed into.

It knows which field is in hand and what was shown when it was entered; no widget but the one that
has the focus.
"""

from collections.abc import Sequence

from PySide6.QtWidgets import QApplication

from desktop.editing.form.line_editor import Line
from desktop.editing.form.troubles import short_message
from desktop.installed.screen_texts import t
from desktop.pages.wizard.case_session import CaseSession
from desktop.pages.wizard.problem_list import Entry
from forms.check.fixes import fix_of
from forms.check.wizard_steps import Flow
from forms.ground.problems import Problem
from forms.office.case_standing import while_filling
from forms.office.ledger_conflicts import RULE as APART


class Findings:
    """The problems of a case in hand."""

    def __init__(self, session: CaseSession) -> None:
        self._session, self._flow, self._pack = session, session.flow, session.pack
        self.problem: Problem | None = None  # the one in hand
        self._path = ""  # the field in hand
        self._held: frozenset[tuple[str, str]] | None = None  # shown when it was entered

    def enter(self, path: str) -> None:
        """A field is in hand: what is new in it is told once it is left."""
        self._path = path
        place = self._flow.place(path)
        shown = [p for p in self._session.shown if self._flow.place(p.field) == place]
        self._held = frozenset((p.rule, p.field) for p in shown)

    def leave(self, path: str) -> None:
        """A field was left."""
        if path == self._path:
            self.tell_all()

    def tell_all(self) -> None:
        """Hold nothing back."""
        self._held = None

    def known(self) -> list[Problem]:
        """The problems that are not held back, as they are told by now.

        Until everything was looked through, what is not filled yet is no error.
        """
        session = self._session
        found = session.problems
        if not session.seen.everything:
            found = while_filling(found, session.case)
        return [problem for problem in found if not self._is_held_back(problem)]

    def _is_held_back(self, problem: Problem) -> bool:
        if self._held is None or not isinstance(QApplication.focusWidget(), Line):
            return False
        is_here = self._flow.place(problem.field) == self._flow.place(self._path)
        return is_here and (problem.rule, problem.field) not in self._held

    def entry(self, problem: Problem) -> Entry:
        """A problem as a list tells it: with its field, and where that is."""
        place = self._flow.place(problem.field)
        field = self._pack.field(problem.field)
        words = short_message(problem, self._pack)
        step = self._flow.step(place[0]) if place else None
        where = f"{step.mark} {step.title}".strip() if step else t("wizard.problems.elsewhere")
        return Entry(problem, f"{field.label}：{words}" if field else words, where)

    def fix_words(self, problem: Problem) -> str:
        """What the button says that puts a problem right; "" where there is none."""
        if problem.rule == APART:
            return t("wizard.ledger.look")
        fix = fix_of(problem, self._session.case, self._pack)
        return t(f"wizard.fix.{fix.name}", text=fix.text) if fix is not None else ""

    def in_hand(self, step: str) -> list[Problem]:
        """The problem jumped to, those of the field in hand, then those of the step."""
        shown = self._flow.of_step(self._session.shown, step)
        place = self._flow.place(self._path)
        return sorted(shown, key=lambda p: (p != self.problem, self._flow.place(p.field) != place))

    @property
    def first_error(self) -> Problem | None:
        """What must be mended before the case can be submitted, the first of it."""
        found = (p for p in self._session.problems if p.severity == "error")
        return next((p for p in found if p.scope != "contract"), None)


def beside(
    problems: Sequence[Problem],
    flow: Flow,
    way: int,
    step: str,
    path: str,
    in_hand: Problem | None,
) -> Problem | None:
    """Return the problem after (1) or before (-1) a place on the form, going round.

    The place is the problem in hand, else the fact `path`, else the beginning of the `step`.
    """
    steps = [one.id for one in flow.steps]
    paths = {one: place for place, one in enumerate(f for s in flow.steps for f in s.paths)}

    def order(at: str) -> tuple[int, int]:
        place = flow.place(at)
        if place is None:
            return (len(steps), 0)
        return (steps.index(place[0]), paths.get(place[1], 0))

    inside = sorted(problems, key=lambda one: order(one.field))
    if not inside:
        return None
    if in_hand in inside:
        return inside[(inside.index(in_hand) + way) % len(inside)]
    here = (steps.index(step), -1) if step in steps else (len(steps), -1)
    if path and (found := flow.place(path)) is not None and found[0] == step:
        here = order(path)
    if way > 0:
        return next((one for one in inside if order(one.field) >= here), inside[0])
    return next((one for one in reversed(inside) if order(one.field) < here), inside[-1])
