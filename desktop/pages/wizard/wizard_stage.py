"""The stage: heading, help and form of the step in hand, and the page after the last step.

Forms are built when first shown and kept until another case is opened.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from desktop.editing.form import Form, FormBuilder
from desktop.editing.form.owner_editors import Book
from desktop.editing.form.tab_order import chain
from desktop.editing.form.troubles import FixWords
from desktop.installed.screen_texts import t
from desktop.pages.wizard.case_session import CaseSession
from desktop.pages.wizard.check_page import CheckPage
from desktop.pages.wizard.derived_facts import facts_of
from desktop.pages.wizard.problem_list import Entry
from desktop.pages.wizard.step_page import StepPage
from desktop.pages.wizard.step_pages import PAGES
from desktop.parts.widgets.basics import button, label, row
from desktop.parts.widgets.labelled import scrolled
from desktop.parts.widgets.messages import DerivedPanel
from forms.check.wizard_steps import Step
from forms.ground.problems import Problem
from forms.pack.own_facts import OWN_STEP

CHECK = "check"
_TEXT_WIDTH = 720


class Stage(QWidget):
    """Shows one step at a time."""

    at = Signal(str)
    gone = Signal(str)
    fix_asked = Signal(object)
    basis_asked = Signal(object)
    party_added = Signal(object)
    place_asked = Signal(str)
    stood = Signal()
    help_asked = Signal()

    def __init__(self, book: Book) -> None:
        super().__init__()
        self._book = book
        self._session: CaseSession | None = None
        self._builder: FormBuilder | None = None
        self.check: CheckPage | None = None
        self._forms: dict[str, Form | StepPage] = {}
        self._panels: dict[str, DerivedPanel] = {}
        self._areas: dict[str, QScrollArea] = {}
        self._current = ""
        self.is_locked = False
        self._order_soon = QTimer(self, singleShot=True, interval=0)
        self._order_soon.timeout.connect(self._lay_tab_order)
        self._title, self._help = label("", "step"), label("", "hint", wrap=True)
        self._more = button(t("wizard.help"), "link", icon="book-open", clicked=self._ask_help)
        head = QWidget()
        self._head = layout = QVBoxLayout(head)
        layout.setContentsMargins(32, 16, 32, 10)
        layout.setSpacing(4)
        layout.addLayout(row(self._title, None, self._more))
        layout.addWidget(self._help)
        head.setMaximumWidth(_TEXT_WIDTH + 64)
        self._stack = QStackedWidget()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(head)
        whole.addWidget(self._stack, 1)

    @property
    def current(self) -> str:
        """The id of the step shown."""
        return self._current

    @property
    def form(self) -> Form | StepPage | None:
        """The form shown; None on the last page."""
        return self._forms.get(self._current)

    @property
    def area(self) -> QScrollArea:
        """What scrolls."""
        return self._areas[self._current]

    def open(self, session: CaseSession) -> None:
        """Show another case: all forms are made anew."""
        while self._stack.count():
            old = self._stack.widget(0)
            self._stack.removeWidget(old)
            old.deleteLater()
        self._forms, self._panels, self._areas, self.check = {}, {}, {}, None
        self._session, self._current = session, ""
        self._builder = FormBuilder(session.draft, self._book)

    def lock(self, is_locked: bool) -> None:
        """Let nothing be filled in, or let it again; it can be read all the same."""
        self.is_locked = is_locked
        for step_id, form in self._forms.items():
            form.setEnabled(self._may_fill(step_id, form))

    def _may_fill(self, step_id: str, form: Form | StepPage) -> bool:
        """The office's own notes may be written whatever has gone out, and what stays open used."""
        stays_open = isinstance(form, StepPage) and form.stays_open
        return not self.is_locked or stays_open or step_id == OWN_STEP

    def show_step(self, step: Step) -> None:
        """Show a step."""
        if step.id not in self._areas:
            self._areas[step.id] = self._made(step)
            self._stack.addWidget(self._areas[step.id])
        self._show(step.id, t("wizard.step", mark=step.mark, title=step.title).strip(), step.help)
        self.refresh_facts()

    def show_check(self, check: CheckPage) -> None:
        """Show the last page; it is taken over when it is shown first."""
        if CHECK not in self._areas:
            self.check = check
            self._areas[CHECK] = self._in_area([check])
            self._stack.addWidget(self._areas[CHECK])
        self._show(CHECK, t("wizard.map.check"), "")

    def _show(self, name: str, title: str, help: str) -> None:
        self._current = name
        self._title.setText(title)
        self._help.setText(help)
        self._help.setVisible(bool(help))
        self._more.setVisible(name != CHECK)
        self._stack.setCurrentWidget(self._areas[name])
        self._lay_tab_order()

    @Slot()
    def _lay_tab_order(self) -> None:
        if self._current:
            chain(self._more, self.area.widget())

    def _made(self, step: Step) -> QScrollArea:
        assert self._builder is not None and self._session is not None
        page = PAGES.get(step.page)
        form = page(self._session, step) if page else self._builder.build(step.items)
        form.rebuilt.connect(self._order_soon.start)
        for mine, theirs in (
            (self.at, form.at),
            (self.gone, form.gone),
            (self.fix_asked, form.fix_asked),
            (self.basis_asked, form.basis_asked),
            (self.party_added, form.party_added),
        ):
            theirs.connect(mine)
        if isinstance(form, StepPage):
            form.place_asked.connect(self.place_asked)
            form.stood.connect(self.stood)
        form.setEnabled(self._may_fill(step.id, form))
        self._forms[step.id] = form
        self._panels[step.id] = DerivedPanel()
        return self._in_area([form, self._panels[step.id]])

    @staticmethod
    def _in_area(widgets: Sequence[QWidget]) -> QScrollArea:
        column = QWidget()
        column.setMaximumWidth(_TEXT_WIDTH)
        inside = QVBoxLayout(column)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(20)
        for widget in widgets:
            inside.addWidget(widget)
        inside.addStretch()
        holder = QWidget()
        layout = QHBoxLayout(holder)
        layout.setContentsMargins(32, 6, 32, 24)
        layout.addWidget(column, 100)
        layout.addStretch(1)
        area = scrolled(holder)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return area

    def fit(self, *, dense: bool) -> None:
        """Take less room for the head where there is little height."""
        self._head.setContentsMargins(32, 6 if dense else 16, 32, 4 if dense else 10)

    def wanting(self) -> str:
        """What is still wanting for the step in hand; "" for nothing."""
        return self.form.wanting() if isinstance(self.form, StepPage) else ""

    def count(self) -> tuple[int, int] | None:
        """How long the text of the step in hand is, and may be; None where it has none."""
        return self.form.count() if isinstance(self.form, StepPage) else None

    def refresh_facts(self) -> None:
        """Show what follows from what was typed."""
        session, panel = self._session, self._panels.get(self._current)
        if session is None or panel is None:
            return
        step = session.flow.step(self._current)
        panel.show_facts(facts_of(step, session.case, session.pack))

    def show_problems(self, problems: Sequence[Problem], fix_words: FixWords) -> None:
        """Show what is wrong in the step in hand."""
        if self.form is not None:
            self.form.show_problems(problems, fix_words)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show the last page what is missing."""
        if self.check is not None:
            self.check.show_entries(entries)

    def focus(self, path: str = "") -> None:
        """Put the focus on a fact, or on the first of the step."""
        form = self.form
        if form is None:
            if self.check is not None:
                self.check.focus_first()
            return
        if not (path and form.focus(path)):
            first = form.first()
            if first is not None:
                first.setFocus(Qt.FocusReason.OtherFocusReason)
        self.keep_in_sight(path)

    def keep_in_sight(self, path: str) -> None:
        """Scroll so that a fact is seen, with what stands around it."""
        form = self.form
        widget = form.widget_of(path) if form is not None else None
        if widget is not None:
            self.area.ensureWidgetVisible(widget, 0, 90)

    def _ask_help(self) -> None:
        self.help_asked.emit()
