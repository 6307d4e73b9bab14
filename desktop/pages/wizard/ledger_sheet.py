"""The sheet on which a clerk settles what two entries of the ledger say of one patent."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.editing.side_sheet import SideSheet
from desktop.installed.screen_texts import t
from desktop.pages.wizard.case_session import CaseSession
from desktop.parts.widgets.basics import button, row
from forms.office.ledger_conflicts import whose
from forms.office.stored import Counterpart

Settle = Callable[[Counterpart, bool], object]
"""Takes another entry, and whether the case in hand is right."""


def ledger_sheet(page: QWidget, session: CaseSession, settle: Settle) -> SideSheet:
    """What differs, box by box, and the two ways out of it for each of the other entries."""
    sheet = SideSheet(page, t("wizard.ledger.title"))
    conflicts = session.conflicts()
    sheet.add_heading(t("wizard.ledger.hint") if conflicts else t("wizard.ledger.none"))
    for other, boxes in conflicts:
        name = whose(other)
        sheet.add_line()
        for one in boxes:
            words = t("wizard.ledger.both", here=one.here, name=name, there=one.there)
            sheet.add_text(one.box, words)
        theirs = button(t("wizard.ledger.take", name=name), clicked=partial(settle, other, False))
        mine = button(t("wizard.ledger.keep"), clicked=partial(settle, other, True))
        sheet.body.addLayout(row(theirs, mine, None))
    return sheet
