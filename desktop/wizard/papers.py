"""A case's papers out of the wizard: exported into a folder, or printed by the system's dialog."""

from pathlib import Path

from PySide6.QtCore import QObject, QRectF, Slot
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

from desktop.desk import Desk
from desktop.jobs import Report
from desktop.texts import t
from forms.office.exporting import ExportReport

_PRINT_DPI = 300


class PaperMaker(QObject):
    """Makes the papers of one case."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        self._folder: Path | None = None

    def export(self, case_id: int) -> None:
        """Ask for a folder and put the papers of a case there as PDF."""
        folder = self._desk.dialogs.folder(self._window, t("wizard.check.choose_folder"))
        if folder is None:
            return
        self._folder = folder
        work = _Export(self._desk, case_id, folder)
        self._desk.jobs.run(work, t("wizard.check.exporting"), finished=self._exported)

    @Slot(object)
    def _exported(self, report: ExportReport) -> None:
        for one in report.left_out:
            words = t("wizard.check.left_out", title=one.paper, reason=one.reason)
            self._desk.notices.tell("pending", words)
        if report.made and self._folder is not None:
            words = t("wizard.check.saved_paper", count=len(report.made), folder=self._folder)
            action = (t("wizard.check.open_folder"), self._open_folder)
            self._desk.notices.tell("done", words, action=action)
        self._desk.papers_changed.emit()

    def _open_folder(self) -> None:
        from PySide6.QtCore import QUrl
        from PySide6.QtGui import QDesktopServices

        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))

    def print_case(self, case_id: int, paper: str) -> None:
        """Make a paper and hand it to the system's print dialog."""
        work = _Print(self._desk, case_id, paper)
        self._desk.jobs.run(work, t("wizard.check.printing"), finished=self._printed)

    @Slot(object)
    def _printed(self, pages: list[QImage]) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setFullPage(True)
        dialog = QPrintDialog(printer, self._window)
        if dialog.exec() != QPrintDialog.DialogCode.Accepted:
            return
        painter = QPainter(printer)
        for place, page in enumerate(pages):
            if place:
                printer.newPage()
            painter.drawImage(QRectF(painter.viewport()), page)
        painter.end()
        self._desk.papers_changed.emit()


class _Export:
    """The work of exporting; opens a store of its own."""

    def __init__(self, desk: Desk, case_id: int, folder: Path) -> None:
        self._desk, self._case_id, self._folder = desk, case_id, folder

    def __call__(self, report: Report) -> ExportReport:
        from forms.office.exporting import export, wanted

        desk = self._desk
        with desk.own_store() as store:
            codes = [p.code for p in desk.pack.papers.values() if p.scope == "case"]
            return export(
                store,
                desk.pack,
                desk.today,
                store.cases(ids=[self._case_id]),
                self._folder,
                wanted(desk.pack, codes, ("pdf",)),
                progress=report,
            )


class _Print:
    """The work before printing: the paper made, noted, and its pages drawn."""

    def __init__(self, desk: Desk, case_id: int, paper: str) -> None:
        self._desk, self._case_id, self._paper = desk, case_id, paper

    def __call__(self, report: Report) -> list[QImage]:
        from desktop.preview.drawing import images_of
        from forms.office.checking import check_cases
        from forms.office.papers import composed, made, note

        desk = self._desk
        with desk.own_store() as store:
            checked = check_cases(store, desk.pack, desk.today, store.cases(ids=[self._case_id]))
            document = composed(
                desk.pack,
                desk.pack.papers[self._paper],
                checked[0].stored.case,
                store.office(),
                draft=bool(checked[0].errors()),
            )
            paper = made(document, "pdf", desk.pack, case_id=self._case_id)
            note(store, desk.pack, [paper])
        return images_of(paper.content, _PRINT_DPI)
