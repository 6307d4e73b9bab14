"""A case's papers out of the wizard: exported into a folder, or printed with their preview."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.desk.desk import Desk
from desktop.desk.jobs import Report
from desktop.installed.screen_texts import t
from forms.office.paper_export import ExportReport, export
from forms.office.papers_wanted import by_format
from forms.office.store import CannotDo, of_pack


class PaperMaker(QObject):
    """Makes the papers of one case."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window

    def export(self, case_id: int, format: str = "pdf") -> None:
        """Ask for a folder and put the papers of a case there."""
        folder = self._desk.dialogs.folder(self._window, t("wizard.check.choose_folder"))
        if folder is not None:
            self._desk.jobs.run(
                partial(_exporting, self._desk, case_id, folder, format),
                t("wizard.check.exporting"),
                finished=partial(self._exported, case_id, folder),
            )

    def _exported(self, case_id: int, folder: Path, report: ExportReport) -> None:
        from desktop.pages.results.results_page import tell_exported

        self._desk.papers_changed.emit()
        tell_exported(self._desk, report, folder, "wizard", case_id=case_id)

    def print_case(self, case_id: int, paper: str) -> None:
        """Show the papers of a case as they will be printed, the one named first."""
        from desktop.on_paper.printing import print_cases

        print_cases(self._desk, self._window, t("printing.papers"), [case_id], paper)


def _exporting(desk: Desk, case_id: int, folder: Path, format: str, report: Report) -> ExportReport:
    """Export in a job, with a store of its own."""
    papers = [p for p in by_format(desk.pack).get(format, ()) if p.scope != "batch"]
    with desk.own_store() as store:
        cases = of_pack(store.cases.listed(ids=[case_id]), desk.pack)
        if not cases:
            raise CannotDo(t("printing.other_pack"))
        wanted = [(paper, (format,)) for paper in papers]
        return export(store, desk.pack, desk.today, cases, folder, wanted, progress=report)
