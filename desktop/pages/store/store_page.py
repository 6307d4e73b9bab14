"""总库: the patents that passed, found quickly among many, with their licences; exported."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.desk.attempts import attempts
from desktop.desk.desk import Desk
from desktop.desk.jobs import Job, Report
from desktop.desk.page_base import Page, Shortcut
from desktop.installed.screen_texts import t
from desktop.pages.store.licence_sheet import LicenceSheet
from desktop.pages.store.store_pane import WIDTH, StorePane
from desktop.pages.store.store_rows import columns
from desktop.parts.dialogs import kinds_of
from desktop.parts.outside import open_outside
from desktop.parts.widgets.basics import button, label, row
from desktop.parts.widgets.frames import FilterBar, PageHead
from desktop.parts.widgets.search_line import SearchLine
from desktop.parts.widgets.table import RowsTable
from forms.bureau.provincial_store import (
    MOST_SHOWN,
    WHICH,
    Entry,
    Found,
    Which,
    counts,
    export,
    look_up,
)
from forms.bureau.publication_plan import PlanFault, find_plan
from forms.bureau.records import REPORTED_LICENCES, ReportedLicence
from forms.bureau.reported_licences import TakenLicences, read_licences, take_licences
from forms.exchange.workbook_reader import read_file
from forms.ground.endings import TABLES
from forms.ground.files import write_atomically

_TYPED_MS = 150
_WIDE = 1100
_MOST_TOLD = 3
Looked = tuple[Found, dict[Which, int]]


class StorePage(Page):
    """The page "store"."""

    name = "store"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.found: Found | None = None
        self._job: Job | None = None
        self._only: Sequence[int] = ()
        self._in_hand = 0
        self._fee_words = _fee_words()
        out = button(t("store.export"), icon="download", keys="Ctrl+E", clicked=self.export)
        take = button(t("store.import"), icon="file-spreadsheet", clicked=self.ask_import)
        self.head = PageHead(self.title, buttons=(take, out))
        self.search = SearchLine(t("store.search"), t("store.search_name"))
        self.search.setFixedWidth(280)
        self._typed = QTimer(self, singleShot=True, interval=_TYPED_MS)
        self._typed.timeout.connect(self.refresh)
        self.search.textChanged.connect(self._typed.start)
        self.filters = FilterBar([(name, t(f"store.which.{name}")) for name in WHICH])
        self.filters.chosen.connect(self._choose_which)
        self._words = label("", "hint")
        self._all = button(t("store.show_all"), "link", clicked=self.show_all)
        self.table = RowsTable(columns(self._fee_words), self.title)
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(self._open)
        self.search.leads_to(self.table)
        self.pane = StorePane(self._fee_words)
        self.pane.closed.connect(self.close_pane)
        self.pane.licence_asked.connect(self.note_licence)
        self._lay_out()
        self.install_shortcuts()

    def _lay_out(self) -> None:
        self._tools = row(self.filters, None, margins=(24, 0, 24, 12))
        self._tools.insertWidget(0, self.search, 0, Qt.AlignmentFlag.AlignLeft)
        self._narrowed = QWidget()
        self._narrowed.setLayout(row(self._words, self._all, None, margins=(24, 0, 24, 8)))
        panes = QHBoxLayout()
        panes.setContentsMargins(0, 0, 0, 0)
        panes.setSpacing(0)
        panes.addWidget(self.table, 1)
        panes.addWidget(self.pane)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.head)
        whole.addLayout(self._tools)
        whole.addWidget(self._narrowed)
        whole.addLayout(panes, 1)
        self.pane.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow the filters stand below, and the pane is shown when asked."""
        super().resizeEvent(event)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._tools.setDirection(across if self._is_wide else down)
        self.pane.setFixedWidth(WIDTH if self._is_wide else 340)
        if not self._is_wide and event.oldSize().width() != event.size().width():
            self.pane.hide()

    @property
    def _is_wide(self) -> bool:
        return self.width() >= _WIDE

    # --- what the window asks -------------------------------------------------------------------

    def enter(self, **arguments: object) -> None:
        """`state`: the filter; `only`: ids of some patents, which `words` name; `search`."""
        state, only = arguments.get("state"), arguments.get("only")
        if isinstance(only, Sequence) and not isinstance(only, str):
            self._only = [one for one in only if isinstance(one, int)]
            self._words.setText(t("store.only", words=str(arguments.get("words", ""))))
        elif state is not None:
            self._only = ()
            self.filters.choose(str(state) if state in WHICH else "listed")
        if isinstance(search := arguments.get("search"), str):
            self.search.setText(search)
        self.mark_stale()

    def refresh(self) -> None:
        """Look into the store anew, beside the window."""
        if self._job is not None:
            self._job.cancel()
        which: Which = self.filters.current  # type: ignore[assignment]
        self._job = self.desk.jobs.run(
            partial(_look, self.desk, which, self.search.text(), tuple(self._only)),
            t("store.looking"),
            finished=self._show,
            failed=self.look_failed,
            quiet=True,
        )

    def shortcuts(self) -> Sequence[Shortcut]:
        """Search, export."""
        return (
            Shortcut("Ctrl+F", "store.keys.find", self.search.setFocus),
            Shortcut("Ctrl+E", "store.keys.export", self.export),
            Shortcut("Return", "store.keys.open"),
        )

    def panes(self) -> Sequence[QWidget]:
        """Patents, then the one in hand."""
        return tuple(one for one in (self.table, self.pane, self.head) if one.isVisibleTo(self))

    def escape(self) -> bool:
        """Put the pane away, then what narrows."""
        if self.pane.isVisible():
            self.close_pane()
            return True
        if self._only:
            self.show_all()
            return True
        return False

    # --- what is shown ----------------------------------------------------------------------------

    def _show(self, looked: Looked) -> None:
        self.found, numbers = looked
        self.filters.show_counts({str(which): count for which, count in numbers.items()})
        always = ("listed", "passed", "published", "licensed")
        self.filters.show_only([one for one in WHICH if one in always or numbers[one]])
        self._narrowed.setVisible(bool(self._only))
        beside = t("store.count", count=f"{self.found.total:,}")
        if self.found.total > len(self.found.entries):
            beside = t("store.first", count=f"{self.found.total:,}", shown=f"{MOST_SHOWN:,}")
        if self.found.is_more:
            beside = t("store.more", count=f"{self.found.total:,}")
        self.head.show_beside(beside)
        self.table.show_rows(self.found.entries)
        rows = self.found.entries
        place = next((at for at, one in enumerate(rows) if one.kept.id == self._in_hand), None)
        if place is not None:
            self.table.choose(place)
        elif self.pane.isVisible():
            self.close_pane()

    def _choose_which(self, _which: str) -> None:
        self._only = ()
        self.refresh()

    def show_all(self) -> None:
        """Show all of the store again."""
        self._only = ()
        self.filters.choose("listed")

    def _choose(self, entry: Entry) -> None:
        self._in_hand = entry.kept.id
        self.pane.show_entry(entry)
        if self._is_wide:
            self.pane.show()

    def _open(self, entry: Entry) -> None:
        self._choose(entry)
        self.pane.show()

    def close_pane(self) -> None:
        """Put the pane away."""
        self.pane.hide()
        self._in_hand = 0
        self.table.clearSelection()
        self.table.setFocus()

    # --- what is asked ----------------------------------------------------------------------------

    def note_licence(self) -> None:
        """Note a licence that an office reported."""
        entry = self.table.current
        if not isinstance(entry, Entry):
            return
        number, reported = entry.kept.record.number, self.desk.store.records.of(REPORTED_LICENCES)
        asked = LicenceSheet(entry.kept.record, self.desk.today, self)
        for sheet, attempt in attempts(self.desk, asked):
            with attempt:
                assert sheet.licence is not None  # agreed to
                reported.add(sheet.licence, who=self.desk.who)
                self.desk.notices.tell("done", t("store.licence.kept", number=number))
                self.desk.records_changed.emit()

    def ask_import(self) -> None:
        """Let the clerk choose workbooks of licences as reported."""
        kinds = kinds_of("store.kinds", TABLES)
        if files := self.desk.dialogs.files(self, t("store.choose"), kinds):
            self.desk.jobs.run(
                partial(_take, self.desk, files), t("store.reading"), finished=self._taken
            )

    def _taken(self, done: tuple[TakenLicences, Sequence[str]]) -> None:
        taken, left_out = done
        words = t("store.taken", kept=taken.kept, again=taken.again)
        if taken.unlisted:
            shown = "、".join(taken.unlisted[:_MOST_TOLD])
            words += t("store.unlisted", count=len(taken.unlisted), numbers=shown)
        words += t("store.left_out", count=len(left_out)) if left_out else ""
        is_whole = not taken.unlisted and not left_out
        details = "\n".join(left_out)
        self.desk.notices.tell("done" if is_whole else "pending", words, details=details)
        self.desk.records_changed.emit()

    def export(self) -> None:
        """Write all that filter and search leave as a workbook."""
        folder = self.desk.store.path.parent
        name = folder / f"{t('store.file')}_{self.desk.today}.xlsx"
        title, kinds = t("store.save_as"), t("store.xlsx")
        file = self.desk.dialogs.save(self, title, kinds, name)
        if file is None:
            return
        file = file if file.suffix.lower() == ".xlsx" else file.with_name(f"{file.name}.xlsx")
        which: Which = self.filters.current  # type: ignore[assignment]
        asked = (which, self.search.text(), tuple(self._only))
        self.desk.jobs.run(
            partial(_export, self.desk, asked, self._fee_words, file),
            t("store.exporting"),
            finished=partial(self._exported, file),
        )

    def _exported(self, file: Path, count: int) -> None:
        show = (t("store.open"), partial(open_outside, file, self.desk.notices))
        words = t("store.exported", count=f"{count:,}", name=file.name)
        self.desk.notices.tell("done", words, action=show)


def _look(desk: Desk, which: Which, search: str, only: tuple[int, ...], report: Report) -> Looked:
    with desk.own_store() as store:
        found = look_up(store, which, search, only=only)
        report.check()
        return found, counts(store)


def _take(desk: Desk, files: Sequence[Path], report: Report) -> tuple[TakenLicences, Sequence[str]]:
    """Take licences as reported out of workbooks."""
    licences: list[ReportedLicence] = []
    left_out: list[str] = []
    for place, file in enumerate(files):
        report(place, len(files), file.name)
        read = read_licences(read_file(file), file.name, desk.today)
        licences += read.licences
        left_out += read.left_out
    with desk.own_store() as store:
        return take_licences(store, licences, who=desk.who), left_out


def _export(
    desk: Desk,
    asked: tuple[Which, str, tuple[int, ...]],
    fee_words: Mapping[str, str],
    file: Path,
    report: Report,
) -> int:
    which, search, only = asked
    with desk.own_store() as store:
        found = look_up(store, which, search, only=only, limit=None)
    report.check()
    write_atomically(file, export(found.entries, fee_words))
    return len(found.entries)


def _fee_words() -> Mapping[str, str]:
    """What the ways of paying are called, as the plan of publication says."""
    with suppress(PlanFault):
        return find_plan().fee_words
    return {}
