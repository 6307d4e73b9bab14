"""The step of the 简要说明: method, base, factors, result, caps, text; the page is its preview.

Whatever is done goes through the draft, so that undo, saving and the history know it.
"""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.editing.form.line_editor import BoundText
from desktop.editing.form.troubles import FixWords, Troubles, troubles_of
from desktop.installed.screen_texts import t
from desktop.pages.wizard.case_session import CaseSession
from desktop.pages.wizard.statement_base import BaseCard, MethodChoice
from desktop.pages.wizard.statement_references import References
from desktop.pages.wizard.statement_result import CapBars, ResultPanel
from desktop.pages.wizard.statement_rows import FactorRows, SourceRows, mark
from desktop.pages.wizard.statement_words import EDITED, TEXT, StatementWords
from desktop.pages.wizard.step_page import StepPage
from desktop.parts.widgets.basics import label, row
from forms.check.wizard_steps import Step
from forms.ground.problems import SEVERITY_ORDER, Problem
from forms.pack.implied_fields import METHOD
from forms.pack.royalty_caps import most_characters
from forms.paper.statement_parts import characters

USE = "statement.use"
_AREAS = ("statement.factors", "statement.licensees", "statement.sources", TEXT, EDITED, USE)


class StatementPage(StepPage):
    """Writes the statement of a fee."""

    def __init__(self, session: CaseSession, step: Step) -> None:
        super().__init__(session, step)
        draft = session.draft
        self.method, self.base = MethodChoice(draft), BaseCard(draft)
        self.references = References(session, self)
        self.factors, self.sources = FactorRows(draft), SourceRows(draft)
        self.result, self.caps = ResultPanel(), CapBars()
        self.use, self.words = BoundText(draft, USE), StatementWords(draft)
        self.use.setAccessibleName(draft.field(USE).label)
        self._troubles = {name: Troubles() for name in ("base", "factors", "sources", "text")}
        self._lay_out()
        self._listen()
        self.refresh()

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(16)
        areas = self._troubles
        groups: Sequence[Sequence[QWidget]] = (
            (label(t("statement.method"), "label"), self.method),
            (self._base_head(), self.base, areas["base"]),
            (self.factors, areas["factors"]),
            (self.result,),
            (self.caps,),
            (self.sources, areas["sources"]),
            (self._use_head(), self.use),
            (self.words, areas["text"]),
        )
        for group in groups:
            inside = QVBoxLayout()
            inside.setSpacing(6)
            for widget in group:
                inside.addWidget(widget)
            whole.addLayout(inside)

    def _base_head(self) -> QWidget:
        holder = QWidget()
        holder.setLayout(row(label(t("statement.base"), "label"), None, self.references.button))
        return holder

    def _use_head(self) -> QWidget:
        holder = QWidget()
        title = label(t("statement.use.title"), "label")
        holder.setLayout(row(title, label(t("statement.use.hint"), "hint"), None, space=10))
        return holder

    def _listen(self) -> None:
        for one in (self.method, self.base, self.factors, self.sources, self.use, self.words):
            one.at.connect(self.at)
            one.gone.connect(self.gone)
        for other in (self.base, self.factors, self.sources, self.words):
            other.rebuilt.connect(self.rebuilt)
        for area in self._troubles.values():
            area.fix_asked.connect(self.fix_asked)
            area.basis_asked.connect(self.basis_asked)
            area.rebuilt.connect(self.rebuilt)

    @Slot()
    def refresh(self) -> None:
        """Show what the case says now."""
        case, pack = self.session.case, self.session.pack
        for one in (self.method, self.base, self.factors, self.sources, self.use, self.words):
            one.refresh()
        self.result.show_case(case, pack)
        self.caps.show_case(case, pack)

    def count(self) -> tuple[int, int] | None:
        """How many characters the statement has, and how many it has at most as a rule."""
        most = most_characters(self.session.pack)
        used = characters(self.session.case, self.session.pack)
        return None if most is None else (used or 0, most)

    def show_problems(self, problems: Sequence[Problem], fix_words: FixWords) -> None:
        """Show these problems where they are put right."""
        pack = self.session.pack
        mine: dict[str, list[Problem]] = {name: [] for name in self._troubles}
        worst: dict[str, str] = {}
        for problem in problems:
            mine[_area_of(problem.field)].append(problem)
            known = worst.get(problem.field)
            if known is None or SEVERITY_ORDER[problem.severity] < SEVERITY_ORDER[known]:  # type: ignore[index]
                worst[problem.field] = problem.severity
        for name, area in self._troubles.items():
            area.show_troubles(troubles_of(mine[name], pack, fix_words, named=True))
        mark(self._lines(), worst)

    def _lines(self) -> Mapping[str, QWidget]:
        return {
            **self.base.lines(),
            **self.factors.lines(),
            **self.sources.lines(),
            USE: self.use,
            **self.words.lines(),
        }

    def first(self) -> QWidget:
        """The method."""
        return self.method.main

    def widget_of(self, path: str) -> QWidget | None:
        """The widget of a fact; what is not asked just now leads to the method it hangs on."""
        if path == METHOD:
            return self.method.main
        lines = self._lines()
        if path in lines:
            return lines[path]
        if path.startswith("statement.factors"):
            return self.factors.add
        if path.startswith("statement.sources"):
            return self.sources.add
        return self.method.main if path.startswith("statement.") else None


def _area_of(path: str) -> str:
    found = next((area for area in _AREAS if path.startswith(area)), "")
    if found in ("statement.factors", "statement.licensees"):
        return "factors"
    if found == "statement.sources":
        return "sources"
    return "text" if found else "base"
