"""The state of the case in hand, as its chip shows it."""

from desktop.desk import Desk
from desktop.wizard.case_session import CaseSession
from forms.office.checking import check_cases


def state_of(session: CaseSession, desk: Desk) -> str:
    """A state of `chips.STATES`: 填写中 until all was looked through, then as it stands."""
    if not session.seen.everything or session.stored is None:
        return "drafting"
    severities = {p.severity for p in session.problems if p.scope != "contract"}
    if "error" in severities:
        return "faulty"
    checked = check_cases(desk.store, desk.pack, desk.today, [session.stored])
    state: str = checked[0].state
    return state
