"""The state of the case in hand, as its chip shows it."""

from desktop.desk.desk import Desk
from desktop.pages.wizard.case_session import CaseSession
from forms.office.case_standing import check_each


def state_of(session: CaseSession, desk: Desk) -> str:
    """A state of `chips.STATES`: 填写中 until all was looked through, then as it stands.

    It stands as its own pack has it.
    """
    if session.is_packless:
        return "packless"
    if not session.seen.everything or session.stored is None:
        return "drafting"
    severities = {p.severity for p in session.problems if p.scope != "contract"}
    if "error" in severities:
        return "faulty"
    checked = check_each(desk.store, desk.shelf, desk.today, [session.stored])
    state: str = checked[0].state
    return state
