"""登记受理: what became of a declaration at the office, what its owner owes, what comes next.

Source: 审查指南 第五部分第十一章 2(2), 3.4, 3.5, 4, 9.
"""

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.editing.form import Form, FormBuilder
from desktop.editing.form.troubles import FixWords
from desktop.installed.screen_texts import t
from desktop.pages.wizard.case_session import CaseSession
from desktop.pages.wizard.step_page import StepPage
from desktop.parts.theme.chips import STATES
from desktop.parts.widgets.basics import button, clear, column, frame, label, row
from desktop.parts.widgets.messages import Chip, MessageStrip
from forms.check.changes import in_words
from forms.check.wizard_steps import Step
from forms.facts.declaration import Declaration
from forms.facts.declared import COURSE, declared_anew, is_over, stage_of
from forms.ground.problems import Problem
from forms.office.filing import NEXT_WORDS, next_of
from forms.pack.types import Pack

_LEAVING = ("withdrawal_reason", "withdrawal_explanation", "withdrawal_asked_on", "withdrawn_on")
_AT_THE_END = tuple(f"{COURSE}{name}" for name in (*_LEAVING, "told_on"))
_TOLD_OF_EARLIER = ("filed_on", "number", "published_on", "refused", "withdrawn_on")


class FilingPage(StepPage):
    """The step: the course of a declaration in order, its withdrawal once it is published."""

    def __init__(self, session: CaseSession, step: Step) -> None:
        super().__init__(session, step)
        builder = FormBuilder(session.draft)
        paths = {item.field.path for item in step.items} & set(_AT_THE_END)
        begin = [item for item in step.items if item.field.path not in paths]
        end = [item for item in step.items if item.field.path in paths]
        self._forms = (builder.build(begin), builder.build(end))
        self.chip = Chip()
        self._next = label("", wrap=True)
        self._duties = QVBoxLayout()
        self._duties.setSpacing(8)
        self.again = button(t("wizard.filing.again"), icon="refresh-cw", clicked=self.declare_anew)
        self._leaving = self._group(t("wizard.filing.leaving"), self._forms[1])
        self._earlier = QVBoxLayout()
        self._earlier.setSpacing(4)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(20)
        whole.addWidget(self._what_next())
        whole.addLayout(self._duties)
        whole.addWidget(self._forms[0])
        whole.addWidget(self._leaving)
        whole.addLayout(self._earlier)
        for form in self._forms:
            for mine, theirs in (
                (self.at, form.at),
                (self.gone, form.gone),
                (self.fix_asked, form.fix_asked),
                (self.basis_asked, form.basis_asked),
                (self.rebuilt, form.rebuilt),
            ):
                theirs.connect(mine)
        self.refresh()

    def _what_next(self) -> QFrame:
        """How far it is, and what comes next, in words."""
        inside = column(margins=(16, 12, 16, 12))
        inside.addLayout(row(self.chip, label(t("wizard.filing.next"), "hint"), None))
        inside.addWidget(self._next)
        inside.addLayout(row(self.again, None))
        return frame("derived", inside)

    @staticmethod
    def _group(title: str, form: Form) -> QWidget:
        made = QWidget()
        made.setLayout(column(label(title, "strong"), form, space=16))
        return made

    # --- showing --------------------------------------------------------------------------

    @property
    def _its(self) -> Declaration:
        declaration: Declaration = self.session.case.declaration
        return declaration

    @Slot()
    def refresh(self) -> None:
        """Show how far the declaration is; its withdrawal where there is something to withdraw."""
        its = self._its
        stage = stage_of(its)
        self.chip.show_state(stage or "drafting")
        self.chip.setVisible(stage is not None)
        is_licensed = bool(self.session.granted())
        self._next.setText(NEXT_WORDS[next_of(its, is_licensed=is_licensed)])
        self.again.setVisible(is_over(its))
        is_leaving = any(getattr(its, name) for name in _LEAVING)
        self._leaving.setVisible(its.published_on is not None or is_leaving)
        self._show_earlier()

    def _show_earlier(self) -> None:
        clear(self._earlier)
        earlier = self.session.case.earlier
        if earlier:
            self._earlier.addWidget(label(t("wizard.filing.earlier"), "strong"))
        for one in reversed(earlier):
            self._earlier.addWidget(label(_told(one, self.session.pack), "hint", wrap=True))

    def show_problems(self, problems: Sequence[Problem], fix_words: FixWords) -> None:
        """Show each beside its field; what is owed elsewhere on the form stands at the head."""
        for form in self._forms:
            mine = [one for one in problems if one.field in form.paths]
            form.show_problems(mine, fix_words)
        clear(self._duties)
        own = set(self.step.paths)
        for problem in self.session.problems:
            if problem.rule.startswith(COURSE) and problem.field not in own:
                strip = MessageStrip(problem.severity, problem.message, basis=problem.basis)
                strip.basis_asked.connect(_Asking(self, problem))
                self._duties.addWidget(strip)

    # --- doing ----------------------------------------------------------------------------

    @Slot()
    def declare_anew(self) -> None:
        """Put the declaration that is over to the earlier ones, and begin another."""
        if is_over(self._its):
            self.session.draft.replace(declared_anew(self.session.case))
            self.session.save()

    def first(self) -> QWidget | None:
        """The first field."""
        return self._forms[0].first()

    def focus(self, path: str) -> bool:
        """Put the focus on a fact's widget."""
        form = self._form_of(path)
        return form is not None and form.focus(path)

    def widget_of(self, path: str) -> QWidget | None:
        """The widget of a fact."""
        form = self._form_of(path)
        return form.widget_of(path) if form is not None else None

    def _form_of(self, path: str) -> Form | None:
        return next((form for form in self._forms if path in form.paths), None)


class _Asking:
    """Asks for the basis of a problem; a bound slot that holds no frame."""

    def __init__(self, page: FilingPage, problem: Problem) -> None:
        self._page, self._problem = page, problem

    def __call__(self) -> None:
        self._page.basis_asked.emit(self._problem)


def _told(declaration: Declaration, pack: Pack) -> str:
    """An earlier declaration in one line."""
    stage = stage_of(declaration)
    parts = [t(STATES[stage].word)] if stage else []
    for name in _TOLD_OF_EARLIER:
        field, value = pack.field(f"{COURSE}{name}"), getattr(declaration, name)
        if field is not None and value:
            parts.append(f"{field.label} {in_words(field, value)}")
    return "　".join(parts)
