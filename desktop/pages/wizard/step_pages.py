"""Which steps are pages of their own; one whose page is not here is the form of its fields."""

from collections.abc import Callable, Mapping

from desktop.pages.wizard.case_session import CaseSession
from desktop.pages.wizard.statement_page import StatementPage
from desktop.pages.wizard.step_page import StepPage
from forms.check.wizard_steps import Step

PAGES: Mapping[str, Callable[[CaseSession, Step], StepPage]] = {"statement": StatementPage}
"""By what a pack's step says of its `page`."""
