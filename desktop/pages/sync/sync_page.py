"""How patents stand now, by an export (更新法律状态): looked at row by row, taken over by choice.

Nothing is changed before the clerk says so; what an export can not overrule is not ticked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from desktop.desk.desk import Desk
from desktop.desk.jobs import Job, Report
from desktop.desk.page_base import Page, Shortcut
from desktop.installed.known import sentence
from desktop.installed.screen_texts import t
from desktop.pages.sync.sync_actions import SyncLook, looking, reading, taking, taking_back
from desktop.pages.sync.sync_pane import SyncPane
from desktop.pages.sync.sync_table import FactRow, FactTable, fact_rows
from desktop.parts.dialogs import kinds_of
from desktop.parts.widgets.basics import button, clear, column, frame, line, row
from desktop.parts.widgets.frames import EmptyPage, FilterBar, FootBar, PageHead, under_head
from desktop.parts.widgets.messages import MessageStrip
from desktop.parts.widgets.plain_tip import plain_tip
from forms.ground.endings import TABLES

if TYPE_CHECKING:
    from forms.office.bulk_change import Done
    from forms.office.status_sync import SyncRow

FILTERS = ("all", "change", "conflict", "done")
_PANE, _BENEATH, _BESIDE_FROM = 376, 150, 1120
_ANY = 16_777_215  # no limit, as Qt has it
_MOST_TOLD = 3


class SyncPage(Page):
    """The page "sync"."""

    name = "sync"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.look: SyncLook | None = None
        self._file = Path()
        self._done: tuple[SyncRow, ...] = ()
        self._weighed: dict[str, SyncRow] = {}  # by other ticks than those it came with
        self._job: Job | None = None
        self._is_taking = False
        choose = button(t("sync.choose"), "primary", clicked=self.ask_file)
        self._asking = EmptyPage("refresh-cw", t("sync.ask"), t("sync.ask_words"), choose)
        self._other = button(t("sync.other"), icon="file-spreadsheet", clicked=self.ask_file)
        self.head = PageHead(self.title, back=t("frame.places.register"), buttons=(self._other,))
        self.filters = FilterBar([(name, t(f"sync.filters.{name}")) for name in FILTERS])
        self.table, self.pane = FactTable(lambda: desk.today), SyncPane()
        self._notes = column(space=8)
        self._unknown = button("", "link", clicked=self._import)
        self._above = line()  # the pane, where it stands beneath
        self.primary = button("", "primary", trailing="arrow-right", clicked=self.take)
        self.foot = FootBar(self.primary, others=(button(t("sync.leave"), clicked=self.back),))
        self._lay_out()
        self._connect()
        self.setAcceptDrops(True)
        self.install_shortcuts()
        self._show_asking()

    def _lay_out(self) -> None:
        left = column(space=0)
        left.addWidget(
            frame("bar", row(self.filters, None, self._unknown, margins=(20, 12, 20, 12)))
        )
        left.addWidget(line())
        left.addLayout(self._notes)
        left.addWidget(self.table, 1)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(0)
        self._sides.addLayout(left, 1)
        self._sides.addWidget(self._above)
        self._sides.addWidget(self.pane)
        full = QWidget()
        inside = column(space=0)
        inside.addLayout(self._sides, 1)
        inside.addWidget(self.foot)
        full.setLayout(inside)
        self._stack = under_head(self, self.head, self._asking, full)

    def _connect(self) -> None:
        self.head.back_asked.connect(self.back)
        self.filters.chosen.connect(self._show_rows)
        self.table.chosen.connect(self._show_pane)
        self.table.facts.ticked.connect(self._follow_ticks)

    # --- the page's life --------------------------------------------------------------------

    def enter(self, **arguments: object) -> None:
        """Look at the first of the `files` given."""
        files = arguments.get("files")
        if isinstance(files, list | tuple) and files:
            self.open_file(Path(files[0]))

    def refresh(self) -> None:
        """Look again where the ledger has changed since."""
        if self.look is not None and not self._is_taking:
            self._run(looking(self.desk, self.look.export), t("sync.looking"))

    def shortcuts(self) -> Sequence[Shortcut]:
        """The page's keys."""
        return (
            Shortcut("Ctrl+I", "sync.choose", self.ask_file),
            Shortcut("Space", "register.keys.tick"),
            Shortcut("Ctrl+A", "sync.tick_all", self.tick_all),
            Shortcut("Ctrl+Return", "sync.key", self.take),
        )

    def panes(self) -> Sequence[QWidget]:
        """Table, filters, pane, foot; or what asks for a file."""
        full = (self.table, self.filters, self.pane, self.foot)
        return full if self.look is not None else (self._asking,)

    def escape(self) -> bool:
        """Back to the register."""
        self.back()
        return True

    def back(self) -> None:
        """Leave everything as it is."""
        self._forget()
        self.desk.go("register")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the pane beneath the table where it is narrow."""
        super().resizeEvent(event)
        is_wide, way = self.width() >= _BESIDE_FROM, QBoxLayout.Direction
        self._above.setHidden(is_wide)
        self._sides.setDirection(way.LeftToRight if is_wide else way.TopToBottom)
        self.pane.setMinimumSize(*((_PANE, 0) if is_wide else (0, _BENEATH)))
        self.pane.setMaximumSize(*((_PANE, _ANY) if is_wide else (_ANY, _BENEATH)))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a table dropped here, which elsewhere is imported."""
        if _dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Look at a table dropped here."""
        if file := _dropped(event):
            event.acceptProposedAction()
            self.open_file(file)

    # --- looking ----------------------------------------------------------------------------

    def ask_file(self) -> None:
        """Choose an export."""
        kinds = kinds_of("register.workbooks", TABLES)
        if files := self.desk.dialogs.files(self, self.title, kinds):
            self.open_file(files[0])

    def open_file(self, file: Path) -> None:
        """Read an export and look what it says anew."""
        self._forget()
        self._file = file
        self.head.show_beside(file.name)
        self._run(reading(self.desk, file), t("sync.reading"))

    def _run(self, work: Callable[[Report], SyncLook], words: str) -> None:
        self._stop()
        self._job = self.desk.jobs.run(
            work, words, finished=self._looked, failed=self._could_not, cancelled=None
        )

    def _looked(self, found: SyncLook) -> None:
        if self.sender() is not self._job and self.sender() is not None:
            return
        is_first = self.look is None
        before = self.look.found.rows if self.look is not None else ()
        known = {(one.key, fact.path): fact for one in before for fact in one.differences}
        facts, chosen = self.table.facts, set()
        for one in found.found.rows:
            for fact in one.differences:
                key = (one.key, fact.path)
                is_same = key in known and known[key] == fact
                if key in facts.chosen if is_same else fact.is_taken:
                    chosen.add(key)
        facts.chosen = chosen
        self.look, self._weighed = found, {}
        self._show_notes(found)
        self._stack.setCurrentIndex(1)
        self._other.show()
        self._show()
        if is_first:
            self.give_focus(self.table)

    def _could_not(self, error: BaseException) -> None:
        self._forget()
        words = sentence(error)
        if words is None:
            self.desk.jobs.unheard.emit(error)
        else:
            self.desk.notices.tell("error", words)

    # --- showing ----------------------------------------------------------------------------

    def _show(self) -> None:
        rows = self._rows_of("all")
        counts = {name: sum(one.standing == name for one in rows) for name in FILTERS}
        self.filters.show_counts(counts | {"all": len(rows)})
        self.filters.show_only([name for name in FILTERS if counts[name] or name == "all"])
        self._show_rows(self.filters.current)
        self._show_foot()

    def _rows_of(self, standing: str) -> list[FactRow]:
        rows = self.look.found.rows if self.look is not None else ()
        return [
            *fact_rows(self._done, is_done=True, standing=standing),
            *fact_rows([self._as_ticked(one) for one in rows], is_done=False, standing=standing),
        ]

    def _show_rows(self, standing: str) -> None:
        here = self.table.in_hand
        rows = self._rows_of(standing)
        self.table.show_rows(rows)
        place = next((at for at, one in enumerate(rows) if here and one.key == here.key), 0)
        if rows:
            self.table.choose(place)
        else:
            self.pane.show_nothing()

    def _show_pane(self, *_: object) -> None:
        if (one := self.table.in_hand) is not None:
            self.pane.show_fact(one, self.desk.today)

    def _as_ticked(self, one: SyncRow) -> SyncRow:
        """What a row does by the ticks; what must be done follows them."""
        from forms.office.status_sync import chosen

        ticked = self.table.facts.chosen
        paths = {fact.path for fact in one.differences if (one.key, fact.path) in ticked}
        made = self._weighed.get(one.key, one)
        if paths != {fact.path for fact in made.differences if fact.is_taken}:
            made = self._weighed[one.key] = chosen(one, paths, self.desk.today)
        return made

    def _follow_ticks(self) -> None:
        self.table.facts.rows = self._rows_of(self.filters.current)
        self.table.facts.redraw()
        self._show_pane()
        self._show_foot()

    def tick_all(self) -> None:
        """Tick all that is shown, or where all is ticked none of it."""
        facts = self.table.facts
        places = [at for at, one in enumerate(facts.rows) if not one.is_done]
        facts.tick(places, not all(map(facts.is_ticked, places)))

    def _taken(self) -> list[SyncRow]:
        rows = self.look.found.rows if self.look is not None else ()
        return [made for one in rows if (made := self._as_ticked(one)).is_taken]

    def _show_foot(self) -> None:
        if self.look is None:
            return
        taken, found = self._taken(), self.look.found
        count = sum(fact.is_taken for one in taken for fact in one.differences)
        words = t("sync.do", count=count, patents=len(taken)) if taken else t("sync.do_none")
        self.primary.setText(words)
        self.primary.setAccessibleName(self.primary.text())
        has_conflicts = any(fact.is_conflict for one in found.rows for fact in one.differences)
        said = t("sync.foot", count=found.unchanged)
        self.foot.say(said + (t("sync.foot_conflicts") if has_conflicts else ""))
        self.foot.block("" if taken else t("sync.nothing_ticked"), is_fault=False)

    def _show_notes(self, look: SyncLook) -> None:
        unknown, notes = look.found.unknown, look.found.notes
        self._unknown.setVisible(bool(unknown))
        self._unknown.setText(t("sync.unknown", count=len(unknown)))
        self._unknown.setToolTip(plain_tip("\n".join(unknown)))
        clear(self._notes)
        self._notes.setContentsMargins(*((16, 8, 16, 8) if notes else (0, 0, 0, 0)))
        if notes:
            more = len(notes) - _MOST_TOLD
            end = t("sync.told_more", count=more) if more > 0 else "。"
            strip = MessageStrip("pending", "；".join(notes[:_MOST_TOLD]) + end)
            strip.setToolTip(plain_tip("\n".join(notes)))
            self._notes.addWidget(strip)

    def _import(self) -> None:
        """Go on with the file where new patents are taken in."""
        self.desk.go("import", files=[self._file])

    # --- taking over ------------------------------------------------------------------------

    def take(self) -> None:
        """Take over what is ticked; where something changed meanwhile, look again."""
        taken = self._taken()
        if not taken or self._is_taking or not self.primary.isEnabled():
            return
        self._is_taking = True
        self.primary.setEnabled(False)
        self.desk.jobs.run(
            taking(self.desk, taken),
            t("sync.taking", count=len(taken)),
            finished=partial(self._took, taken),
            failed=self._not_taken,
            cancelled=self._stopped,
        )

    def _took(self, taken: Sequence[SyncRow], done: Done) -> None:
        self._done = (*self._done, *taken)
        count = sum(fact.is_taken for one in taken for fact in one.differences)
        words = t("sync.done", count=count, patents=len(taken))
        if to_do := sum(bool(one.to_do) for one in taken):
            words += t("sync.done_to_do", count=to_do)
        self._over()
        self.desk.notices.tell(
            "done", words, action=(t("register.undo.do"), partial(self._undo, done, taken))
        )

    def _not_taken(self, error: BaseException) -> None:
        from forms.office.store import ChangedMeanwhile

        if isinstance(error, ChangedMeanwhile):
            self.desk.notices.tell("pending", str(error))
        else:
            self.desk.jobs.unheard.emit(error)
        self._over()

    def _stopped(self) -> None:
        self.desk.notices.tell("advice", t("sync.stopped"))
        self._over()

    def _over(self) -> None:
        self._is_taking = False
        self.desk.cases_changed.emit()  # this page too looks again

    def _undo(self, done: Done, taken: Sequence[SyncRow]) -> None:
        self.desk.jobs.run(
            taking_back(self.desk, done),
            t("sync.undoing"),
            finished=partial(self._undone, done, taken),
        )

    def _undone(self, done: Done, taken: Sequence[SyncRow], left: Sequence[int]) -> None:
        if not left:
            undone = set(map(id, taken))
            self._done = tuple(one for one in self._done if id(one) not in undone)
        self.desk.cases_changed.emit()
        count = len(done.cases) - len(left)
        if left:
            words = t("sync.undone_some", count=count, left=len(left))
            self.desk.notices.tell("pending", words)
        else:
            self.desk.notices.tell("done", t("sync.undone", count=count))

    # --- forgetting -------------------------------------------------------------------------

    def _stop(self) -> None:
        if self._job is not None and not self._job.is_over:
            self._job.cancel()

    def _forget(self) -> None:
        self._stop()
        self._job, self.look, self._done = None, None, ()
        self.table.facts.chosen = set()
        self._show_asking()

    def _show_asking(self) -> None:
        self._stack.setCurrentIndex(0)
        self.head.show_beside("")
        self._other.hide()


def _dropped(event: QDropEvent) -> Path | None:
    urls = event.mimeData().urls()
    files = (Path(one.toLocalFile()) for one in urls if one.isLocalFile())
    return next((file for file in files if file.suffix.lower() in TABLES), None)
