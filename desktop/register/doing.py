"""What is done with cases from the register, each with the way back: bin, change, export."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QWidget

from desktop.desk import Desk
from desktop.jobs import Report
from desktop.register.bulk_sheet import BulkSheet
from desktop.texts import t
from forms.office.bulk import Done, carry_out, take_back
from forms.office.exporting import ExportReport, by_format, export
from forms.office.store import case_name

Undo = Callable[[], None]


class Doing(QObject):
    """Does it, tells it, and keeps the last step so that it can be undone."""

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk = desk
        self._page = page
        self._undo: Undo | None = None
        self.sheet: BulkSheet | None = None

    def undo(self) -> None:
        """Take the last step back, once."""
        undo, self._undo = self._undo, None
        if undo is None:
            self._desk.notices.tell("advice", t("register.undo.nothing"))
        else:
            undo()

    def _done(self, words: str, undo: Undo) -> None:
        self._undo = undo
        self._desk.cases_changed.emit()
        self._desk.notices.tell("done", words, action=(t("register.undo.do"), self.undo))

    # --- the bin ----------------------------------------------------------------------------

    def bin(self, case_ids: Sequence[int]) -> None:
        """Put cases into the bin."""
        if not case_ids:
            return
        store, who = self._desk.store, self._desk.who
        name = case_name(store.case(case_ids[0]).case)
        with store.transaction():
            for case_id in case_ids:
                store.bin(case_id, who=who)
        words = t("register.binned", name=name, count=len(case_ids))
        if len(case_ids) > 1:
            words = t("register.binned_many", count=len(case_ids))
        self._done(words, lambda: self._unbin(case_ids))

    def _unbin(self, case_ids: Sequence[int]) -> None:
        store = self._desk.store
        with store.transaction():
            for case_id in case_ids:
                store.unbin(case_id, who=self._desk.who)
        self._desk.cases_changed.emit()
        self._desk.notices.tell("done", t("register.undo.unbinned", count=len(case_ids)))

    # --- many at once -----------------------------------------------------------------------

    def change(self, what: str, case_ids: Sequence[int]) -> None:
        """Ask what is to be set for many cases, and show what becomes of each."""
        cases = self._desk.store.cases(ids=case_ids)
        order = {case_id: place for place, case_id in enumerate(case_ids)}
        cases.sort(key=lambda stored: order[stored.id])
        self.sheet = BulkSheet(what, cases, self._desk.pack, self._page.window())
        self.sheet.finished.connect(self._answered)
        self.sheet.open()

    def _answered(self, result: int) -> None:
        sheet, self.sheet = self.sheet, None
        if sheet is None:
            return
        sheet.deleteLater()
        if result == QDialog.DialogCode.Accepted and sheet.changes:
            sheet.show_changes()
            what = t(f"register.bulk.{sheet.what}")
            done = carry_out(self._desk.store, sheet.changes, who=self._desk.who, what=what)
            words = t("register.changed_many", what=what, count=len(done.cases))
            self._done(words, lambda: self._take_back(done))

    def _take_back(self, done: Done) -> None:
        left = take_back(self._desk.store, done, who=self._desk.who)
        self._desk.cases_changed.emit()
        count = len(done.cases) - len(left)
        if left:
            names = [case_name(one.case) for one in self._desk.store.cases(ids=left)]
            words = t("register.undo.some", count=count, names="、".join(names[:5]))
            self._desk.notices.tell("pending", words)
        else:
            self._desk.notices.tell("done", t("register.undo.all", count=count))

    # --- papers -----------------------------------------------------------------------------

    def export(self, case_ids: Sequence[int], format: str) -> None:
        """Make the papers of cases that come in a format, in a folder the clerk chooses."""
        desk = self._desk
        folder = desk.dialogs.folder(self._page, t("register.export_folder"))
        if folder is None:
            return
        papers = [(paper, (format,)) for paper in by_format(desk.pack)[format]]

        def work(report: Report) -> ExportReport:
            from desktop.workers import on_every_core

            with desk.own_store() as store:
                cases = store.cases(ids=case_ids)
                return export(
                    *(store, desk.pack, desk.today, cases, folder, papers),
                    progress=report,
                    makers=on_every_core,
                )

        desk.jobs.run(
            work,
            t("register.exporting", count=len(case_ids)),
            finished=lambda made: self._exported(made, folder),
        )

    def _exported(self, made: ExportReport, folder: Path) -> None:
        from desktop.results.page import tell_exported

        self._desk.papers_changed.emit()
        tell_exported(self._desk, made, folder, "register")
