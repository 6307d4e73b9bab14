"""A step that is more than a form of fields: what the stage, which treats it like one, wants of it.

Which there are is `desktop.pages.wizard.step_pages`'s to know.
"""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.editing.form.troubles import FixWords
from desktop.pages.wizard.case_session import CaseSession
from forms.check.wizard_steps import Step
from forms.ground.problems import Problem


class StepPage(QWidget):
    """The widget of one step of one case; what it changes goes through the session's draft."""

    at = Signal(str)  # the fact in hand
    gone = Signal(str)  # the fact that was left
    fix_asked = Signal(object)  # a Problem
    basis_asked = Signal(object)
    party_added = Signal(object)
    place_asked = Signal(str)  # a fact that is asked on another step
    stood = Signal()  # how far the step has come, which its page alone knows
    rebuilt = Signal()  # widgets came or went: the order of Tab is to be laid again

    stays_open = False  # whether it may be used though the case has gone out

    def __init__(self, session: CaseSession, step: Step) -> None:
        super().__init__()
        self.session, self.step = session, step
        session.draft.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Show what the case says now."""

    def show_problems(self, problems: Sequence[Problem], fix_words: FixWords) -> None:
        """Show these problems of the step and no others."""

    def focus(self, path: str) -> bool:
        """Put the focus on a fact's widget; False where it is not here."""
        widget = self.widget_of(path)
        if widget is not None:
            widget.setFocus()
        return widget is not None

    def first(self) -> QWidget | None:
        """The first widget that takes the focus."""
        return None

    def widget_of(self, path: str) -> QWidget | None:
        """The widget of a fact, None where it is not here."""
        return None

    def wanting(self) -> str:
        """What is still wanting before the step is done with, for the foot; "" for nothing."""
        return ""

    def count(self) -> tuple[int, int] | None:
        """How many characters a text has and how many it may have, for the foot; None for none."""
        return None
