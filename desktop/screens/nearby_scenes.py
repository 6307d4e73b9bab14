"""Scenes of what opens over a page or beside it: calendar, basis, zoom, questions, other steps."""

from datetime import date
from pathlib import Path

import msgspec
from PySide6.QtWidgets import QApplication, QWidget

from db.store_problems import LockedDatabase
from desktop.editing.form.editors import CalendarPopup, DateEditor
from desktop.installed.screen_texts import t
from desktop.pages.wizard import WizardPage
from desktop.parts.question import Question
from desktop.program.app import Program
from desktop.program.opening_window import TroubleWindow
from desktop.screens.day_scenes import wizard, wizard_wrong
from desktop.screens.scene_waits import Prepare, page_shown, settle, until
from forms.facts.paths import with_value


def calendar(program: Program) -> QWidget:
    """The calendar of a date."""
    wizard(0, "patent.grant_date")(program)
    page = page_shown(program, WizardPage)
    settle(0)
    editor: DateEditor | None = page.findChild(DateEditor)
    assert editor is not None
    editor.open_calendar()
    popups = [one for one in QApplication.topLevelWidgets() if isinstance(one, CalendarPopup)]
    return popups[0]


def problem_basis(program: Program) -> None:
    """The words a problem stands on."""
    wizard_wrong(program)
    page_shown(program, WizardPage).show_basis()


def ledger_differs(program: Program) -> None:
    """A case whose patent is written otherwise in a case of another procedure."""
    assert program.desk is not None
    store = program.desk.store
    case = msgspec.structs.replace(store.cases.listed()[0].case, pack="other-procedure")
    case = with_value(case, "patent.title", f"一种{case.patent.title}")
    case = with_value(case, "patent.filing_date", date(2020, 3, 9))
    store.cases.save(case, who="王敏")
    wizard(0, "patent.title")(program)


def ledger_settled(program: Program) -> None:
    """What the ledger says otherwise, box by box, and the ways to settle it."""
    ledger_differs(program)
    page_shown(program, WizardPage).show_ledger()


def help_of_step(program: Program) -> None:
    """What the form says on a step."""
    wizard(0, "offer_end")(program)
    page_shown(program, WizardPage).show_help()


def zoomed(program: Program) -> None:
    """The live page twice as large, at the field in hand."""
    wizard(3, "royalty.instalments.first_amount")(program)
    page = page_shown(program, WizardPage)
    until(lambda: page.preview.page_shown)
    for _ in range(3):
        page.preview.zoom_in()
        settle()


def without_preview(program: Program) -> None:
    """The wizard with the live page put away."""
    wizard(3, "royalty.instalments.first_amount")(program)
    page_shown(program, WizardPage).toggle_preview()


def other_paper(program: Program) -> None:
    """The live page of another paper."""
    wizard(0, "owners")(program)
    page_shown(program, WizardPage).preview.show_paper("consent")


def preview_alone(program: Program) -> None:
    """The live page in a small window, instead of the form."""
    wizard(3, "royalty.instalments.first_amount")(program)
    page = page_shown(program, WizardPage)
    settle()
    page.toggle_preview()
    until(lambda: page.preview.page_shown)


def question(program: Program) -> QWidget:
    """A question before something grave."""
    changed, records = "2026-11-20 09:10", t("settings.backups.records", count=12)
    return Question(
        t("settings.backups.restore_title", when="2026-11-20 09:12"),
        t("settings.backups.restore_words", cases=21, changed=changed, records=records, now=23),
        (t("settings.backups.restore_yes"),),
        program.window,
        danger=True,
    )


def locked_by_another(_program: Program) -> QWidget:
    """What is said where another program has the data."""
    return TroubleWindow(LockedDatabase(Path("D:\\开放许可资料\\openlicense.db")))


def step(path: str) -> Prepare:
    """A step of the wizard, at a field."""
    return wizard(0, path)
