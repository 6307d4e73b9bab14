"""Which steps are pages of their own; one whose page is not here is the form of its fields."""

from collections.abc import Callable, Mapping

from desktop.pages.wizard.case_session import CaseSession
from desktop.pages.wizard.filing_page import FilingPage
from desktop.pages.wizard.online_page import OnlinePage, standing_of
from desktop.pages.wizard.statement_page import StatementPage
from desktop.pages.wizard.step_page import StepPage
from forms.check.wizard_steps import Standing, Step

PAGES: Mapping[str, Callable[[CaseSession, Step], StepPage]] = {
    "filing": FilingPage,
    "online": OnlinePage,
    "statement": StatementPage,
}
"""By what a pack's step says of its `page`."""

STANDINGS: Mapping[str, Callable[[CaseSession], Standing | None]] = {"online": standing_of}
"""How a page's step stands, where that hangs on more than the facts it asks."""
