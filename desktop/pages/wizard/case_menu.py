"""What is done with the case in hand as a whole: papers, a template, another like it, submission.

All of it is kept first.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.desk.desk import Desk
from desktop.installed.screen_texts import t
from desktop.pages.templates import keep_as_template
from desktop.pages.wizard.case_papers import PaperMaker
from desktop.pages.wizard.wizard_bar import WizardBar

if TYPE_CHECKING:
    from desktop.pages.wizard.wizard_page import WizardPage


class CaseDoing(QObject):
    """Does it for the wizard's page."""

    def __init__(self, desk: Desk, page: "WizardPage") -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self._papers = PaperMaker(desk, page)

    def export(self, format: str = "pdf") -> None:
        """Put the case's papers into a folder."""
        case_id = self._kept()
        if case_id is not None:
            self._papers.export(case_id, format)

    def export_pdf(self) -> None:
        """Put the case's papers into a folder as PDF."""
        self.export("pdf")

    def export_word(self) -> None:
        """Put those of the case's papers that come as Word into a folder."""
        self.export("docx")

    def print_paper(self) -> None:
        """Print the case's papers, the one the preview shows first."""
        case_id = self._kept()
        if case_id is not None:
            self._papers.print_case(case_id, self._page.preview.case_paper)

    def keep_as_template(self) -> None:
        """Keep the answers that other cases may share under a name."""
        if self._kept() is not None:
            keep_as_template(self._desk, self._page, self._page.session.case)

    def copy_case(self) -> None:
        """Begin a new case with the answers of this one."""
        case_id = self._kept()
        if case_id is not None:
            self._desk.go("wizard", case_id=None, copy_of=case_id)

    def offer_to_convert(self, bar: WizardBar) -> None:
        """Put it into the menu, where there is a pack at hand that takes the case."""
        words = t("register.do.convert")
        self._convert = bar.add_case_action("git-compare", words, "", self.convert)
        bar.more_menu.aboutToShow.connect(self._show_whether)

    def _show_whether(self) -> None:
        from forms.office.converting import goals

        session = self._page.session
        self._convert.setVisible(bool(goals(session.case.pack, self._desk.shelf)))

    def convert(self) -> None:
        """Look what this case becomes in another procedure."""
        case_id = self._kept()
        if case_id is not None:
            self._desk.go("convert", case_id=case_id)

    def open_other(self, case_id: int) -> None:
        """Open another case of the patent, by its own pack."""
        desk = self._desk
        code = desk.store.cases.one(case_id).case.pack
        if code in desk.packs and code != desk.pack.identity.code:
            desk.choose_pack(code)
        desk.go("wizard", case_id=case_id)

    def submit(self) -> None:
        """Go on to the submission with this case."""
        case_id = self._kept()
        if case_id is not None:
            self._desk.go("submission", case_ids=[case_id])

    def _kept(self) -> int | None:
        """The case's id once all of it is kept; None, and said so, where nothing was typed yet."""
        self._page.save()
        if self._page.session.case_id is None:
            self._desk.notices.tell("advice", t("wizard.check.nothing"))
        return self._page.session.case_id
