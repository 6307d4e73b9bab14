"""A contract that came back in Word: the sheet that shows what it says otherwise."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop.desk.desk import Desk
from desktop.desk.jobs import Report
from desktop.editing.side_sheet import SideSheet
from desktop.installed.screen_texts import t
from desktop.pages.licences.licence_session import LicenceSession
from desktop.parts.theme import tokens as tk
from forms.facts.record import Case, Licence, Office
from forms.office.word_copy import WordDifference, differences_of
from forms.pack.types import Pack

MOST_SHOWN = 60
_Found = tuple[str, tuple[WordDifference, ...]]


def compare_word(
    page: QWidget, desk: Desk, session: LicenceSession, show: Callable[[SideSheet], None]
) -> None:
    """Ask for the file, compare it in a job and let `show` have the sheet."""
    title = t("licences.word.choose")
    chosen = desk.dialogs.files(page, title, t("licences.one.word_files"))
    if not chosen:
        return
    session.save()
    work = partial(
        _compared,
        session.pack,
        session.case.case,
        session.licence,
        desk.store.parties.office(),
        chosen[0],
    )
    desk.jobs.run(
        work, t("licences.word.comparing"), finished=lambda found: show(word_sheet(page, *found))
    )


def _compared(
    pack: Pack, case: Case, licence: Licence, office: Office, file: Path, _report: Report
) -> _Found:
    return file.name, differences_of(pack, case, licence, office, file)


def word_sheet(page: QWidget, name: str, found: Sequence[WordDifference]) -> SideSheet:
    """The differences under their articles, ours above theirs."""
    sheet = SideSheet(page, t("licences.word.title"), under=tk.HEAD)
    key = "licences.word.count" if found else "licences.word.same"
    sheet.add_heading(t(key, name=name, count=len(found)))
    for one in found[:MOST_SHOWN]:
        sheet.add_line()
        blank = t("licences.word.blank")
        sheet.add_text(
            f"{one.where}　{t(f'licences.word.{one.change}')}",
            t("licences.word.both", ours=one.ours or blank, theirs=one.theirs or blank),
        )
    if len(found) > MOST_SHOWN:
        sheet.add_heading(t("licences.word.more", count=len(found) - MOST_SHOWN))
    return sheet
