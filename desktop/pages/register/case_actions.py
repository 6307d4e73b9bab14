"""What is done with cases from the register, each with the way back: bin, change, export.

A few are seen to at once; many in a job, so that the window never stops.
"""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from db.store import Store
from desktop.desk.desk import Desk
from desktop.desk.jobs import Report
from desktop.installed.screen_texts import t
from desktop.pages.register.bulk_bar import GAPS
from desktop.pages.register.bulk_sheet import BulkSheet
from desktop.pages.register.changes_sheet import ChangesSheet
from desktop.pages.register.template_sheet import TEMPLATE, TemplateSheet
from desktop.parts.outside import open_outside
from desktop.parts.theme.chips import GONE_OUT, STATES
from forms.ground.files import write_atomically
from forms.office.bulk_change import Done, carry_out, take_back
from forms.office.case_import import register_of
from forms.office.many_cases import ManyCases
from forms.office.offered_values import office_answers
from forms.office.paper_export import ExportReport, export
from forms.office.papers_wanted import by_format
from forms.office.store import CannotDo, case_name, of_pack
from forms.office.stored import StoredCase
from forms.office.templates import templates

if TYPE_CHECKING:  # what writes workbooks is slow to load
    from forms.exchange.register_book import RegisterBook

DONE_AT_ONCE = 20
_NAMED = 5

Undo = Callable[[], None]
_Tell = Callable[[int, int], None]
R = TypeVar("R")


def _nobody(_done: int, _total: int) -> None:
    """Tell nobody."""


class Doing(QObject):
    """Does it, tells it, and keeps the last step so that it can be undone."""

    used = Signal(list)  # what was asked is done; the ticks as they stood when it was asked
    left = Signal()  # a sheet was closed

    def __init__(self, desk: Desk, page: QWidget, ticks: Callable[[], list[int]]) -> None:
        """Work for a page; `ticks` says which of its cases are ticked."""
        super().__init__(page)
        self._desk = desk
        self._page = page
        self._ticks = ticks
        self._undo: Undo | None = None
        self.sheet: ChangesSheet | None = None
        self._typed: dict[str, dict[str, str]] = {}  # on sheets that were left without doing it

    def undo(self) -> None:
        """Take the last step back, once."""
        undo, self._undo = self._undo, None
        if undo is None:
            self._desk.notices.tell("advice", t("register.undo.nothing"))
        else:
            undo()

    def _run(
        self, count: int, work: Callable[[Store, _Tell], R], then: Callable[[R], None]
    ) -> None:
        """Do something to so many cases, then go on with what it gives."""
        desk = self._desk
        if count <= DONE_AT_ONCE:
            then(work(desk.store, _nobody))
            return

        def beside(report: Report) -> R:
            with desk.own_store() as store:
                return work(store, report)

        desk.jobs.run(beside, t("register.doing", count=count), finished=then)

    def _done(self, words: str, undo: Undo, ticks: list[int]) -> None:
        self._undo = undo
        self.used.emit(ticks)
        self._desk.cases_changed.emit()
        self._desk.notices.tell("done", words, action=(t("register.undo.do"), self.undo))

    # --- the bin ----------------------------------------------------------------------------

    def bin(self, case_ids: Sequence[int]) -> None:
        """Put cases into the bin."""
        if not case_ids or not self._may_bin(case_ids):
            return
        count, who, ticks = len(case_ids), self._desk.who, self._ticks()
        name = case_name(self._desk.store.cases.one(case_ids[0]).case)

        def work(store: Store, tell: _Tell) -> None:
            with store.transaction():
                for place, case_id in enumerate(case_ids):
                    tell(place, count)
                    store.cases.bin(case_id, who=who)

        def binned(_: None) -> None:
            words = t("register.binned", name=name, count=count)
            if count > 1:
                words = t("register.binned_many", count=count)
            self._done(words, lambda: self._unbin(case_ids), ticks)

        self._run(count, work, binned)

    def _may_bin(self, case_ids: Sequence[int]) -> bool:
        """Ask where more than one is meant, or one that has gone out of the house."""
        store = self._desk.store
        gone = [row for row in store.register.rows_of(case_ids) if row.state in GONE_OUT]
        if len(case_ids) == 1 and not gone:
            return True
        count = len(case_ids)
        words = t("register.bin.ask", count=count)
        if gone:
            names = [
                t("register.bin.one", name=row.title or row.number_text, state=_word(row.state))
                for row in gone[:_NAMED]
            ]
            more = t("register.bin.and_more", count=len(gone)) if len(gone) > _NAMED else ""
            words += t("register.bin.gone", names="、".join(names) + more)
        yes = t("register.bin.yes", count=count)
        return self._desk.dialogs.confirm(self._page, yes, words, yes, danger=True)

    def _unbin(self, case_ids: Sequence[int]) -> None:
        count, who = len(case_ids), self._desk.who

        def work(store: Store, tell: _Tell) -> None:
            with store.transaction():
                for place, case_id in enumerate(case_ids):
                    tell(place, count)
                    store.cases.unbin(case_id, who=who)

        def taken_out(_: None) -> None:
            self._desk.cases_changed.emit()
            self._desk.notices.tell("done", t("register.undo.unbinned", count=count))

        self._run(count, work, taken_out)

    def show_bin(self) -> None:
        """Show the cases in the bin, to take some out again."""
        self._run(0, lambda store, _tell: store.cases.binned(), self._show_bin)

    def _show_bin(self, cases: list[StoredCase]) -> None:
        from desktop.pages.register.bin_sheet import BinSheet

        sheet = BinSheet(cases, self._page.window())
        sheet.taken_out.connect(self._unbin)
        sheet.open()

    # --- many at once -----------------------------------------------------------------------

    def change(self, what: str, case_ids: Sequence[int]) -> None:
        """Ask what is to be set for many cases, and show what becomes of each."""

        def work(store: Store, _tell: _Tell) -> list[StoredCase]:
            order = {case_id: place for place, case_id in enumerate(case_ids)}
            return sorted(store.cases.listed(ids=case_ids), key=lambda stored: order[stored.id])

        def ask(there: list[StoredCase]) -> None:
            cases = of_pack(there, self._desk.pack)
            tell_others(self._desk, len(there) - len(cases))
            if cases:
                self._ask(what, cases)

        self._run(len(case_ids), work, ask)

    def _ask(self, what: str, cases: list[StoredCase]) -> None:
        desk, window = self._desk, self._page.window()
        if what == TEMPLATE:
            known = templates(desk.store.settings, desk.pack)
            self.sheet = TemplateSheet(cases, desk.pack, known, window)
        else:
            self.sheet = BulkSheet(
                what,
                cases,
                desk.pack,
                window,
                book=desk.entries() if what in ("contact", GAPS) else (),
                kept=self._typed.pop(what, {}),
                office=office_answers(desk.store.parties.office()),
            )
        rows = desk.store.register.rows_of([one.id for one in cases])
        self.sheet.lock([row.id for row in rows if row.state in GONE_OUT])
        self.sheet.finished.connect(self._answered)
        self.sheet.open()

    def _answered(self, result: int) -> None:
        sheet, self.sheet = self.sheet, None
        if sheet is None:
            return
        sheet.deleteLater()
        if kept := sheet.kept:
            self._typed[sheet.what] = kept  # until it is done
        self.left.emit()
        if result != QDialog.DialogCode.Accepted or not sheet.changes:
            return
        sheet.show_changes()
        what, changes, who = sheet.title, sheet.changes, self._desk.who

        def work(store: Store, _tell: _Tell) -> Done:
            return carry_out(store, changes, who=who, what=what)

        self._run(len(changes), work, partial(self._changed, sheet.what, self._ticks()))

    def _changed(self, sheet: str, ticks: list[int], done: Done) -> None:
        self._typed.pop(sheet, None)
        words = t("register.changed_many", what=done.what, count=len(done.cases))
        self._done(words, lambda: self._take_back(done), ticks)

    def _take_back(self, done: Done) -> None:
        who = self._desk.who

        def work(store: Store, _tell: _Tell) -> list[int]:
            return take_back(store, done, who=who)

        self._run(len(done.cases), work, partial(self._taken_back, done))

    def _taken_back(self, done: Done, left: list[int]) -> None:
        self._desk.cases_changed.emit()
        count = len(done.cases) - len(left)
        if left:
            names = [case_name(one.case) for one in self._desk.store.cases.listed(ids=left[:5])]
            words = t("register.undo.some", count=count, names="、".join(names))
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
        others: list[int] = []
        ticks = self._ticks()

        def work(report: Report) -> ExportReport:
            from desktop.desk.workers import on_every_core

            with desk.own_store() as store:
                apart = {*store.register.ids(not_of=desk.pack.identity.code)} & {*case_ids}
                cases = ManyCases(store, sorted({*case_ids} - apart))
                if not len(cases):
                    raise CannotDo(t("printing.other_pack"))
                others.append(len(apart))
                return export(
                    *(store, desk.pack, desk.today, cases, folder, papers),
                    progress=report,
                    makers=on_every_core,
                )

        desk.jobs.run(
            work,
            t("register.exporting", count=len(case_ids)),
            finished=lambda made: self._exported(made, folder, sum(others), ticks),
            cancelled=self._export_stopped,
        )

    def make_folders(self, case_ids: Sequence[int]) -> None:
        """Make the upload folders of cases, in a folder the clerk chooses (网上填报)."""
        from desktop.on_paper.upload_folders import ask_for_folders

        ticks = self._ticks()
        ask_for_folders(self._desk, self._page, case_ids, made=lambda _: self.used.emit(ticks))

    def export_book(self, case_ids: Sequence[int]) -> None:
        """Write the register of cases, in this order, into a workbook the clerk names."""
        desk = self._desk
        name = Path(t("register.book_name", day=desk.today))
        file = desk.dialogs.save(self._page, t("register.book_save"), t("import.xlsx"), name)
        if file is None:
            return
        file = file if file.suffix.lower() == ".xlsx" else file.with_name(f"{file.name}.xlsx")
        order = {case_id: place for place, case_id in enumerate(case_ids)}

        def work(report: Report) -> "RegisterBook":
            with desk.own_store() as store:
                cases = sorted(store.cases.listed(ids=case_ids), key=lambda one: order[one.id])
            book = register_of(cases, desk.pack)
            report.check()
            write_atomically(file, book.content)
            return book

        desk.jobs.run(
            work,
            t("register.book_making"),
            finished=lambda book: self._book_made(book, file),
            cancelled=self._export_stopped,
        )

    def _book_made(self, book: "RegisterBook", file: Path) -> None:
        show = (t("register.book_open"), partial(open_outside, file, self._desk.notices))
        words = t("register.book_made", name=file.name, count=book.count)
        self._desk.notices.tell("done", words, action=show)
        for sentence in book.words:
            self._desk.notices.tell("pending", sentence)

    def _export_stopped(self) -> None:
        self._desk.notices.tell("advice", t("register.export_stopped"))

    def _exported(self, made: ExportReport, folder: Path, others: int, ticks: list[int]) -> None:
        from desktop.pages.results.results_page import tell_exported

        self.used.emit(ticks)
        self._desk.papers_changed.emit()
        tell_exported(self._desk, made, folder, "register")
        tell_others(self._desk, others)


def _word(state: str | None) -> str:
    return t(STATES[state].word) if state in STATES else ""


def tell_others(desk: Desk, count: int) -> None:
    """Say that so many cases were left out, since they are another pack's."""
    if count:
        desk.notices.tell("pending", t("printing.others", count=count))
