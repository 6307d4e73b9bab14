"""What the sheets at the side say: the words of a basis, the help of a step, the history."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.editing.side_sheet import SideSheet
from desktop.editing.version_rows import VersionList, history_sheet
from desktop.installed.screen_texts import t
from desktop.pages.wizard.basis import full_text, notes_on
from desktop.pages.wizard.case_session import CaseSession
from forms.check.wizard_steps import Step
from forms.ground.problems import Problem
from forms.pack.types import Pack


def basis(page: QWidget, problem: Problem, pack: Pack) -> SideSheet:
    """The problem, its basis, and every text the basis names."""
    sheet = SideSheet(page, t("wizard.sheet.basis"))
    sheet.add_text("", problem.message)
    sheet.add_line()
    sheet.add_heading(t("widgets.basis", basis=problem.basis))
    texts = full_text(problem.basis, pack)
    for heading, text in texts:
        sheet.add_text(heading, text)
    if not texts:
        sheet.add_text("", t("wizard.sheet.no_text"))
    return sheet


def step_help(page: QWidget, step: Step, pack: Pack) -> SideSheet:
    """The form's notes on a step, then the help of each field."""
    sheet = SideSheet(page, t("wizard.help"))
    notes = notes_on(step.mark, pack)
    for place, note in enumerate(notes):
        sheet.add_text("" if place else t("wizard.sheet.notes"), note)
    if notes:
        sheet.add_line()
    helped = [field for item in step.items for field in item.fields if field.help or field.note]
    for field in helped:
        sheet.add_text(field.label, "\n".join(part for part in (field.help, field.note) if part))
    if not notes and not helped:
        sheet.add_text("", t("wizard.no_help"))
    return sheet


def history(page: QWidget, session: CaseSession, restore: Callable[[int], object]) -> SideSheet:
    """The versions of a case, each with what changed in it and the way back."""
    case_id, store = session.case_id, session.desk.store
    if case_id is None:
        return history_sheet(page, None, restore)
    now, read = session.desk.now().astimezone(), partial(store.cases.at_version, case_id)
    return history_sheet(
        page, VersionList(store.cases.versions(case_id), now, read, session.pack), restore
    )
