"""What is done with a whole package: its answer written, an export of the register taken in."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop.desk.desk import Desk
from desktop.installed.screen_texts import t
from desktop.pages.review.review_jobs import Looked, answering, taking_status
from desktop.parts.dialogs import kinds_of
from desktop.parts.outside import open_outside
from forms.bureau.records import Package
from forms.ground.endings import TABLES


class PackageActions:
    """Asks and does; `changed` is called once what is held against the cases is another."""

    def __init__(self, desk: Desk, page: QWidget, changed: Callable[[], None]) -> None:
        """Ask on a page of a desk."""
        self._desk, self._page, self._changed = desk, page, changed

    def answer(self, looked: Looked) -> None:
        """Write a package's letter with its data and mail draft into a folder."""
        out = self._desk.dialogs.folder(self._page, t("review.letter_folder"))
        if out is None:
            return
        cases, package = [kept.record for kept in looked.cases], looked.package.record
        self._desk.jobs.run(
            answering(self._desk, package, cases, out),
            t("review.making"),
            finished=partial(self._answered, package.office),
        )

    def _answered(self, office: str, folder: Path) -> None:
        show = (t("review.open"), partial(open_outside, folder, self._desk.notices))
        self._desk.notices.tell("done", t("review.made", office=office), action=show)

    def ask_status(self) -> None:
        """Choose an export of the register to hold cases against."""
        kinds = kinds_of("review.status_kinds", TABLES)
        if files := self._desk.dialogs.files(self._page, t("review.status_choose"), kinds):
            self.take_status(files[0])

    def take_status(self, file: Path) -> None:
        """Take in an export of the register."""
        self._desk.jobs.run(
            taking_status(self._desk, file), t("review.status_reading"), finished=self._taken
        )

    def _taken(self, count: int) -> None:
        self._desk.notices.tell("done", t("review.status_taken", count=count))
        self._changed()


def package_words(package: Package) -> str:
    """How a package is called in the list of those under review."""
    facts = {"office": package.office, "batch": package.batch, "cases": package.cases}
    made = f"　{package.made_on}" if package.made_on else ""
    return t("review.package_of", **facts) + made
