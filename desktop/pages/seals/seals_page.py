"""签章: which papers wait for which seals; print them, and take in their scans."""

from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.desk.desk import Desk
from desktop.desk.page_base import Page, Shortcut
from desktop.installed.screen_texts import t
from desktop.pages.seals.dropped_scans import Dropped, ScansPane
from desktop.pages.seals.seal_actions import export_papers, keep_scans, kept_scan, read_scans
from desktop.pages.seals.waiting_papers import Waiting, waiting
from desktop.parts.dialogs import kinds_of
from desktop.parts.outside import open_outside
from desktop.parts.theme.chips import STANDINGS
from desktop.parts.widgets.basics import button, label, row
from desktop.parts.widgets.frames import Card, FilterBar, FootBar, PageHead
from desktop.parts.widgets.search_line import SearchLine
from desktop.parts.widgets.table import RowsTable
from desktop.parts.widgets.table_model import Column
from forms.facts.derived import number_text
from forms.ground.endings import SCANS
from forms.ground.files import write_atomically
from forms.office.paper_export import ExportReport
from forms.office.paper_making import composed_of_batch
from forms.office.paper_orders import Order

_BESIDE_FROM = 1000
_FILTERS = ("all", "waiting", "stale", "unmade", "sealed")


class SealsPage(Page):
    """The page "seals"."""

    name = "seals"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.papers: list[Waiting] = []
        self._files: list[Path] = []
        self._is_known = False
        self.print = button(t("seals.do.print"), icon="printer", clicked=self.print_ticked)
        self.export = button(t("seals.do.export"), icon="file-down", clicked=self.export_ticked)
        self.turn = FilterBar([(name, t(f"seals.turn.{name}")) for name in ("papers", "scans")])
        self.turn.chosen.connect(self._show_cards)
        head = PageHead(
            t("seals.title"), back=t("seals.back"), buttons=(self.turn, self.print, self.export)
        )
        head.back_asked.connect(partial(desk.go, "submission"))
        self.filters = FilterBar([(name, t(f"seals.filters.{name}")) for name in _FILTERS])
        self.filters.chosen.connect(self._filter)
        self.search = SearchLine(t("seals.search"))
        self.search.textChanged.connect(self._filter)
        self.table = RowsTable(_columns(), t("seals.title"), ticks=True)
        self.table.rows_model.ticked.connect(self._say)
        self.table.opened.connect(self.look_at)
        self.search.leads_to(self.table)
        self._empty = label(t("seals.table.none_words"), "hint", wrap=True)
        self._empty.setContentsMargins(16, 16, 16, 16)
        self._others = label("", "hint", wrap=True)
        self._others.setContentsMargins(16, 0, 16, 10)
        self._others.hide()
        self.scans = ScansPane(desk)
        self.scans.files_asked.connect(self.ask_files)
        self.scans.save_asked.connect(self.save_scan)
        self.scans.changed.connect(self._say)
        self.take = button("", "primary", icon="check", clicked=self.take_scans)
        self.foot = FootBar(self.take)
        self._card = Card(
            t("seals.scans.title"),
            beside=" ",
            buttons=(button(t("seals.scans.choose"), "quiet", clicked=self.ask_files),),
        )
        self._card.body.addWidget(self.scans, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(head)
        whole.addLayout(self._panes(), 1)
        whole.addWidget(self.foot)
        self.setAcceptDrops(True)
        desk.case_saved.connect(self.mark_stale)
        self.install_shortcuts()

    def _panes(self) -> QHBoxLayout:
        left = Card()
        bar = row(self.filters, None, margins=(12, 10, 12, 8))
        left.body.addLayout(bar)
        search = row(self.search, margins=(12, 0, 12, 12))
        left.body.addLayout(search)
        left.body.addWidget(self._others)
        left.body.addWidget(self._empty)
        left.body.addWidget(self.table, 1)
        self._papers_card = left
        panes = QHBoxLayout()
        panes.setContentsMargins(24, 8, 24, 16)
        panes.setSpacing(16)
        panes.addWidget(left, 1)
        panes.addWidget(self._card, 1)
        return panes

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the cards one at a time where it is narrow."""
        super().resizeEvent(event)
        self._show_cards()

    def _show_cards(self) -> None:
        is_wide = self.width() >= _BESIDE_FROM
        self.turn.setVisible(not is_wide)
        self._papers_card.setVisible(is_wide or self.turn.current == "papers")
        self._card.setVisible(is_wide or self.turn.current == "scans")

    # --- what the window asks -------------------------------------------------------------------

    def enter(self, **arguments: object) -> None:
        """`files`: scans that were dropped on the window; `case_id` or `search`: what to list."""
        case_id, search = arguments.get("case_id"), arguments.get("search")
        if isinstance(case_id, int):
            search = number_text(self.desk.store.cases.one(case_id).case)
        if isinstance(search, str):
            self.filters.choose("all")
            self.search.setText(search)
        files = arguments.get("files")
        if isinstance(files, Sequence) and not isinstance(files, str):
            self._files += [Path(str(file)) for file in files]
            if self._is_known:
                self._read_files()

    def refresh(self) -> None:
        """Gather the papers anew, beside the window."""
        self.desk.jobs.run(partial(waiting, self.desk), t("seals.looking"), finished=self._gathered)

    def shortcuts(self) -> Sequence[Shortcut]:
        """Print, export, take."""
        return (
            Shortcut("Ctrl+P", "seals.keys.print", self.print_ticked),
            Shortcut("Ctrl+E", "seals.keys.export", self.export_ticked),
            Shortcut("Ctrl+Return", "seals.keys.take", self.take_scans),
            Shortcut("Return", "seals.keys.look"),
        )

    def panes(self) -> Sequence[QWidget]:
        """Papers and scans."""
        return tuple(one for one in (self.table, self._card) if one.isVisibleTo(self))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take any file; what is no scan is told kindly."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what is dropped."""
        event.acceptProposedAction()
        self.add_files([Path(u.toLocalFile()) for u in event.mimeData().urls() if u.isLocalFile()])

    # --- papers ---------------------------------------------------------------------------------

    def _gathered(self, papers: list[Waiting]) -> None:
        self._is_known = True
        self.papers = papers
        counts = Counter(one.state for one in papers)
        self.filters.show_counts(
            {
                "all": len(papers),
                "waiting": counts["printed"],
                "stale": counts["stale"],
                "unmade": counts["unmade"],
                "sealed": counts["sealed"],
            }
        )
        self._filter()
        others = len(self.desk.store.register.ids(not_of=self.desk.pack.identity.code))
        self._others.setText(t("submission.choose.others", count=others))
        self._others.setVisible(bool(others))
        self.scans.show_papers(papers, self.desk.store.parties.office())
        self._read_files()

    def _filter(self, _changed: object = None) -> None:
        wanted = {"waiting": "printed"}.get(self.filters.current, self.filters.current)
        words = self.search.text().casefold().split()
        shown = [
            one
            for one in self.papers
            if wanted in ("all", one.state) and all(word in _searched(one) for word in words)
        ]
        self.table.show_rows(shown)
        self._empty.setVisible(not shown)
        self._empty.setText(
            t("seals.table.none_words") if not self.papers else t("seals.table.none")
        )
        self._say()

    def ticked(self) -> list[Waiting]:
        """The papers ticked; without any, those shown that are not sealed yet."""
        rows: list[Waiting] = self.table.rows_model.ticked_rows()
        return rows or [one for one in self.table.rows if one.state != "sealed"]

    def print_ticked(self) -> None:
        """Print them, with the preview; what was printed then waits for its seal."""
        from desktop.on_paper.printing import print_papers

        sound = self._sound()
        orders = [
            Order(
                paper=one.paper.code,
                format="pdf",
                case=one.stored.case,
                case_id=one.stored.id,
                licence=one.licence.licence if one.licence else None,
                licence_id=one.licence.id if one.licence else None,
            )
            for one in sound
            if one.stored is not None
        ]
        office = self.desk.store.parties.office()
        together = [
            composed_of_batch(self.desk.pack, one.paper, one.cases, office)
            for one in sound
            if one.stored is None
        ]
        if sound:
            title = t("seals.do.printing")
            print_papers(self.desk, self, title, orders, together=together)

    def export_ticked(self) -> None:
        """Export them as PDF into a folder the clerk chooses."""
        sound = self._sound()
        if not sound:
            return
        folder = self.desk.dialogs.folder(self, t("seals.do.choose_folder"))
        if folder is None:
            return
        work = partial(export_papers, self.desk, sound, folder)
        self.desk.jobs.run(
            work,
            t("seals.do.exporting", count=len(sound)),
            finished=self._exported,
            cancelled=self._export_stopped,
        )

    def _sound(self) -> list[Waiting]:
        chosen = self.ticked()
        sound = [one for one in chosen if not one.is_faulty]
        if len(sound) < len(chosen):
            words = t("seals.do.faulty", count=len(chosen) - len(sound))
            self.desk.notices.tell("pending", words)
        return sound

    def _exported(self, done: tuple[Path, list[ExportReport]]) -> None:
        folder, reports = done
        made = sum(len(one.made) for one in reports)
        for left in (left for one in reports for left in one.left_out):
            words = t("seals.do.left_out", paper=left.paper, reason=left.reason)
            self.desk.notices.tell("error", words)
        if made:
            show = (t("seals.do.open_folder"), partial(open_outside, folder, self.desk.notices))
            self.desk.notices.tell("done", t("seals.do.exported", count=made), action=show)
        self.desk.papers_changed.emit()

    def _export_stopped(self) -> None:
        self.desk.notices.tell("advice", t("seals.do.export_stopped"))

    # --- scans ----------------------------------------------------------------------------------

    def ask_files(self) -> None:
        """Let the clerk choose scans."""
        title, kinds = t("seals.scans.choose_files"), kinds_of("seals.scans.kinds", SCANS)
        self.add_files(self.desk.dialogs.files(self, title, kinds))

    def add_files(self, files: Sequence[Path]) -> None:
        """Read scans and tell from their names which papers they are of."""
        self._files += files
        if self._is_known:
            self._read_files()

    def _read_files(self) -> None:
        files, self._files = self._files, []
        if files:
            candidates = [one.candidate() for one in self.papers]
            self.desk.jobs.run(
                partial(read_scans, self.desk, files, candidates),
                t("seals.looking"),
                finished=self._read,
                quiet=len(files) < 5,
            )

    def _read(self, found: tuple[list[Dropped], list[str]]) -> None:
        scans, faults = found
        for sentence in faults:
            self.desk.notices.tell("pending", sentence)
        self.scans.add(scans)
        if scans:
            self.turn.choose("scans")

    def look_at(self, paper: Waiting) -> None:
        """Show the scan that was taken of a paper, beside what would be printed today."""
        if paper.standing in ("sealed", "stale"):
            work = partial(kept_scan, self.desk, paper)
            self.desk.jobs.run(work, t("seals.looking"), finished=self._show_kept, quiet=True)

    def _show_kept(self, scan: Dropped | None) -> None:
        if scan is None:
            self.desk.notices.tell("advice", t("seals.scans.none_kept"))
        else:
            self.scans.show_kept(scan)

    def save_scan(self, scan: Dropped) -> None:
        """Save a scan that was taken as a file."""
        title, kinds = t("seals.scans.save_as"), t("seals.scans.pdf")
        file = self.desk.dialogs.save(self, title, kinds, Path(scan.name))
        if file is not None:
            file = file if file.suffix.lower() == ".pdf" else file.with_name(f"{file.name}.pdf")
            write_atomically(file, scan.content)
            look = partial(open_outside, file.parent, self.desk.notices)
            words = t("seals.scans.saved", name=file.name)
            self.desk.notices.tell("done", words, action=(t("seals.do.open_folder"), look))

    def take_scans(self) -> None:
        """Keep the scans that have their papers."""
        scans = self.scans.takable
        if not scans:
            return
        by_key = {one.key: one for one in self.papers}
        pairs = [(scan, by_key[scan.key]) for scan in scans if scan.key is not None]
        self.desk.jobs.run(
            partial(keep_scans, self.desk, pairs),
            t("seals.scans.take", count=len(pairs)),
            finished=self._taken,
        )

    def _taken(self, done: tuple[list[Dropped], int]) -> None:
        scans, stale = done
        words = t("seals.scans.taken", count=len(scans))
        if stale:
            words += t("seals.scans.taken_stale", count=stale)
        self.give_focus(self.table)  # the button that was pressed goes
        self.scans.forget(scans)
        self.desk.notices.tell("pending" if stale else "done", words)
        self.desk.papers_changed.emit()

    def _say(self) -> None:
        count, waiting_scans = len(self.scans.takable), len(self.scans.scans)
        self.take.setText(t("seals.scans.take", count=count))
        self.take.setAccessibleName(self.take.text())
        self.take.setVisible(bool(waiting_scans))
        self.take.setEnabled(count > 0)
        left = waiting_scans - count
        self._card.show_title(
            t("seals.scans.title"),
            t("seals.scans.count", count=waiting_scans) if waiting_scans else "",
        )
        if left:
            self.foot.say(t("seals.scans.no_paper", count=left), "clock", "pending")
        else:
            ticked = len(self.table.rows_model.ticked_rows())
            says = t("seals.table.ticked", count=ticked) if ticked else t("seals.table.way")
            self.foot.say(says, "info")


def _searched(one: Waiting) -> str:
    return f"{one.name}{one.paper.title}{''.join(one.signers)}".casefold()


def _signers(one: Waiting) -> list[str]:
    """Who seals, who signs: a line each."""
    units, people = one.signers
    parts = (
        t("seals.table.by_unit", names=units) if units else "",
        t("seals.table.by_person", names=people) if people else "",
    )
    return [part for part in parts if part]


def _columns() -> tuple[Column, ...]:
    return (
        Column(
            header=t("seals.table.paper"),
            text=lambda one: one.paper.title,
            second=lambda one: one.name,
        ),
        Column(
            header=t("seals.table.signers"),
            text=lambda one: "".join(_signers(one)[:1]),
            second=lambda one: "".join(_signers(one)[1:]),
            width=190,
            may_go=True,
        ),
        Column(
            header=t("seals.table.state"),
            text=lambda one: t(f"seals.states.{one.state}"),
            chip=lambda one: (STANDINGS[one.state], t(f"seals.states.{one.state}")),
            width=136,
        ),
    )
