"""匹配推送: needs at the left, the patents that answer one at the right with their reasons."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from db.store_problems import StaleRevision
from desktop.desk.attempts import attempts
from desktop.desk.desk import Desk
from desktop.desk.page_base import Page, Shortcut
from desktop.installed.screen_texts import t
from desktop.installed.workplaces import BUREAU
from desktop.pages.match.match_jobs import Pushed, gathering, pushing, taking_in
from desktop.pages.match.match_pane import MatchPane
from desktop.pages.match.match_tables import matches_table
from desktop.pages.match.need_sheet import NeedSheet, WeightSheet
from desktop.pages.match.needs_pane import NeedsPane
from desktop.parts.dialogs import kinds_of
from desktop.parts.outside import open_outside
from desktop.parts.widgets.basics import button, column, label, line, row, upright
from desktop.parts.widgets.frames import EmptyPage, FootBar, PageHead, under_head
from forms.ground.endings import TABLES
from forms.ground.files import write_atomically
from forms.office.matching import WEIGHTS_KEY, Match, Matcher, weigh, weights_kept
from forms.office.needs import ANSWERS, NEEDS, Answer, Need, Push, as_book, template
from forms.office.pushing import note_answer

if TYPE_CHECKING:
    from forms.office.needs import TakenIn
    from forms.office.stored import Kept

MOST = 50
_LEFT, _PANE, _HIGH_FROM = (288, 400), (104, 236), 700


class MatchPage(Page):
    """The page "match"."""

    name = "match"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._home = "units" if desk.workplace == BUREAU else "parties"
        self._needs: list[Kept[Need]] = []
        self._here: Kept[Need] | None = None
        self._matcher: Matcher | None = None
        self._is_gathering = False
        new = button(t("match.new"), "primary", icon="plus", keys="Ctrl+N", clicked=self.new)
        self.head = PageHead(
            self.title,
            back=t(f"frame.places.{self._home}"),
            buttons=(
                button(t("match.weights"), "quiet", clicked=self.weigh),
                button(t("match.template"), "quiet", clicked=self.save_template),
                button(t("match.export"), icon="download", clicked=self.export),
                button(t("match.import"), icon="file-spreadsheet", clicked=self.ask_import),
                new,
            ),
        )
        self.needs = NeedsPane()
        self.matches = matches_table(self._push_of)
        self.matches.empty_words = self._why_none
        self._missing = label("", "hint", wrap=True)
        self.pane = MatchPane()
        self.primary = button(t("match.do_none"), "primary", icon="mail", clicked=self.push)
        self.foot = FootBar(self.primary)
        self._lay_out(button(t("match.import"), "primary", clicked=self.ask_import))
        self._connect()
        self.setAcceptDrops(True)
        self.install_shortcuts()

    def _lay_out(self, begin: QWidget) -> None:
        right = column(space=0)
        self._missing.setContentsMargins(16, 8, 16, 8)
        right.addWidget(self._missing)
        right.addWidget(self.matches, 1)
        right.addWidget(line())
        right.addWidget(self.pane)
        holder = QWidget()
        holder.setLayout(right)
        sides = row(self.needs, upright(), space=0)
        sides.addWidget(holder, 1)
        full = QWidget()
        inside = column(space=0)
        inside.addLayout(sides, 1)
        inside.addWidget(self.foot)
        full.setLayout(inside)
        self._empty = EmptyPage("search", t("match.none"), t("match.none_words"), begin)
        self._stack = under_head(self, self.head, self._empty, full)

    def _connect(self) -> None:
        self.head.back_asked.connect(partial(self.desk.go, self._home))
        self.needs.chosen.connect(self._choose)
        self.needs.opened.connect(self.edit)
        self.matches.chosen.connect(self._show_pane)
        self.matches.rows_model.ticked.connect(self._show_foot)
        self.pane.answered.connect(self._answer)

    # --- the page's life --------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the needs again, and what is offered."""
        self._needs = self.desk.store.records.of(NEEDS).listed()
        self.head.show_beside(t("match.counted", count=len(self._needs)) if self._needs else "")
        self._stack.setCurrentIndex(1 if self._needs else 0)
        self._matcher = None
        self.needs.show_needs(self._needs, self._here.id if self._here is not None else 0)
        if self._needs:
            self._gather()

    def shortcuts(self) -> Sequence[Shortcut]:
        """The page's keys."""
        return (
            Shortcut("Ctrl+N", "match.keys.new", self.new),
            Shortcut("Ctrl+F", "match.keys.find", self.needs.search.setFocus),
            Shortcut("Space", "match.keys.tick"),
            Shortcut("Return", "match.keys.edit"),
            Shortcut("Ctrl+Return", "match.keys.push", self.push),
        )

    def panes(self) -> Sequence[QWidget]:
        """Needs, matches, reasons, foot."""
        full = (self.needs.table, self.matches, self.pane, self.foot)
        return full if self._needs else (self._empty,)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the needs their share of the width, the reasons theirs of the height."""
        super().resizeEvent(event)
        size = event.size()
        self.needs.setFixedWidth(min(_LEFT[1], max(_LEFT[0], size.width() * 3 // 10)))
        self.pane.setFixedHeight(_PANE[size.height() >= _HIGH_FROM])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take tables of needs, which elsewhere are imported as patents."""
        if _dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take in the needs of a table dropped here."""
        if file := _dropped(event):
            event.acceptProposedAction()
            self.import_file(file)

    # --- needs ------------------------------------------------------------------------------

    def _choose(self, kept: Kept[Need] | None) -> None:
        is_same = self._here is not None and self._here == kept
        self._here = kept
        if not is_same:
            self._show_matches()

    def new(self) -> None:
        """Type a need."""
        for sheet, attempt in attempts(self.desk, NeedSheet(None, self)):
            with attempt:
                made = self.desk.store.records.of(NEEDS).add(sheet.need, who=self.desk.who)
                self._here = made
                self._say_saved(made)

    def edit(self, kept: Kept[Need]) -> None:
        """Look at a need, change it, close it, put it into the bin."""
        shelf = self.desk.store.records.of(NEEDS)
        for sheet, attempt in attempts(self.desk, NeedSheet(kept.record, self)):
            with attempt:
                if sheet.is_deleted:
                    self._bin(kept)
                else:
                    made = shelf.save_typed(kept.id, kept.record, sheet.need, who=self.desk.who)
                    self._say_saved(made)

    def _bin(self, kept: Kept[Need]) -> None:
        self.desk.store.records.of(NEEDS).bin([kept.id])
        words = t("match.removed", company=kept.record.company)
        back = (t("match.undo"), partial(self._bring_back, kept.id))
        self.desk.notices.tell("done", words, action=back)
        self.mark_stale()

    def _bring_back(self, need_id: int) -> None:
        self.desk.store.records.of(NEEDS).unbin([need_id])
        self.mark_stale()

    def _say_saved(self, kept: Kept[Need]) -> None:
        self.desk.notices.tell("done", t("match.saved", company=kept.record.company))
        self.mark_stale()

    def _tell_changed(self) -> None:
        self.desk.notices.tell("pending", t("match.changed_meanwhile"))
        self.mark_stale()

    # --- matches ----------------------------------------------------------------------------

    def _gather(self) -> None:
        if self._is_gathering:
            return
        self._is_gathering = True
        weights = weights_kept(self.desk.store.settings.get(WEIGHTS_KEY))
        self.desk.jobs.run(
            gathering(self.desk, weights),
            t("match.gathering"),
            finished=self._gathered,
            failed=self._not_gathered,
            cancelled=self._not_gathered,
        )

    def _gathered(self, matcher: Matcher) -> None:
        self._is_gathering = False
        self._matcher = matcher
        self.foot.say(t("match.offered", count=matcher.count))
        self._show_matches()

    def _not_gathered(self, error: BaseException | None = None) -> None:
        self._is_gathering = False
        if error is not None:
            self.desk.jobs.unheard.emit(error)

    def _show_matches(self) -> None:
        found: list[Match] = []
        missing: tuple[str, ...] = ()
        if self._matcher is not None and self._here is not None:
            found = self._matcher.best(self._here.record, most=MOST)
            missing = self._matcher.missing(self._here.record)
        self._missing.setText(t("match.missing", words="、".join(missing[:12])))
        self._missing.setVisible(bool(missing))
        self.matches.show_rows(found)
        if found:
            self.matches.choose(0)
        else:
            self.pane.show_nothing(self._why_none())
        self._show_foot()

    def _why_none(self) -> str:
        if self._here is None:
            return t("match.pick")
        if self._matcher is None:
            return t("match.gathering")
        return t("match.no_matches" if self._matcher.count else "match.no_offers")

    def _push_of(self, number: str) -> Push | None:
        pushes = self._here.record.pushes if self._here is not None else ()
        return next((push for push in pushes if push.number == number), None)

    def _show_pane(self, *_: object) -> None:
        match = self.matches.current
        if isinstance(match, Match):
            self.pane.show_match(match, self._push_of(match.offer.number))

    def _show_foot(self) -> None:
        count = len(self.matches.rows_model.ticked_rows())
        self.primary.setText(t("match.do", count=count) if count else t("match.do_none"))
        self.primary.setAccessibleName(self.primary.text())
        reason = "" if count else t("match.nothing_ticked" if self._here else "match.not_yet")
        self.foot.block(reason, is_fault=False)

    # --- telling the company ----------------------------------------------------------------

    def push(self) -> None:
        """Make the letter of what is ticked, and remember it."""
        matches = self.matches.rows_model.ticked_rows()
        if self._here is None or not matches:
            return
        out = self.desk.dialogs.folder(self, t("match.folder"))
        if out is not None:
            self.desk.jobs.run(
                pushing(self.desk, out, self._here, matches),
                t("match.making"),
                finished=self._pushed,
                failed=self._not_pushed,
            )

    def _pushed(self, done: Pushed) -> None:
        self._here = done.kept
        words = t("match.made", company=done.kept.record.company, count=done.count)
        show = (t("match.open"), partial(open_outside, done.folder, self.desk.notices))
        self.desk.notices.tell("done", words, action=show)
        self.mark_stale()

    def _not_pushed(self, error: BaseException) -> None:
        if isinstance(error, StaleRevision):
            self._tell_changed()
        else:
            self.desk.jobs.unheard.emit(error)

    def _answer(self, answer: Answer) -> None:
        match, here = self.matches.current, self._here
        if not isinstance(match, Match) or here is None:
            return
        number = match.offer.number
        try:
            self._here = note_answer(
                self.desk.store, here, number, answer, self.desk.today, who=self.desk.who
            )
        except StaleRevision:
            self._tell_changed()
            return
        words = {"company": here.record.company, "number": number, "answer": ANSWERS[answer]}
        self.desk.notices.tell("done", t("match.answer_saved", **words))
        self._needs = [self._here if one.id == here.id else one for one in self._needs]
        self.matches.rows_model.redraw()

    # --- in and out, weights ----------------------------------------------------------------

    def ask_import(self) -> None:
        """Choose a table of needs."""
        kinds = kinds_of("match.kinds", TABLES)
        if files := self.desk.dialogs.files(self, t("match.choose"), kinds):
            self.import_file(files[0])

    def import_file(self, file: Path) -> None:
        """Take in a table of needs."""
        self.desk.jobs.run(taking_in(self.desk, file), t("match.reading"), finished=self._taken_in)

    def _taken_in(self, done: TakenIn) -> None:
        counts = {"new": len(done.new), "changed": len(done.changed), "same": done.unchanged}
        words = t("match.imported", **counts)
        if done.left_out:
            words += t("match.left_out", count=len(done.left_out), first=done.left_out[0])
        self.desk.notices.tell("pending" if done.left_out else "done", words)
        self.mark_stale()

    def save_template(self) -> None:
        """Write the workbook to be filled."""
        self._save(t("match.template").rstrip("…"), template())

    def export(self) -> None:
        """Write all needs with what was pushed."""
        self._save(
            f"{t('match.needs')}_{self.desk.today}", as_book([n.record for n in self._needs])
        )

    def _save(self, name: str, content: bytes) -> None:
        wished = self.desk.store.path.parent / f"{name}.xlsx"
        file = self.desk.dialogs.save(self, name, t("parties.io.xlsx"), wished)
        if file is not None:
            file = file if file.suffix.lower() == ".xlsx" else file.with_name(f"{file.name}.xlsx")
            write_atomically(file, content)
            show = (t("parties.io.open"), partial(open_outside, file, self.desk.notices))
            self.desk.notices.tell("done", t("parties.io.exported", name=file.name), action=show)

    def weigh(self) -> None:
        """Say how much each part counts."""
        kept = self.desk.store.settings
        shown = weights_kept(kept.get(WEIGHTS_KEY))
        for sheet, attempt in attempts(self.desk, WeightSheet(shown, self)):
            with attempt:
                weigh(kept, shown, sheet.weights)
                self.mark_stale()


def _dropped(event: QDragEnterEvent | QDropEvent) -> Path | None:
    urls = event.mimeData().urls()
    files = (Path(one.toLocalFile()) for one in urls if one.isLocalFile())
    return next((file for file in files if file.suffix.lower() in TABLES), None)
