"""审核: the packages under review, one at a time: patents, the case in hand, its scan."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from db.store_problems import PASSING, StaleRevision
from desktop.desk.desk import Desk
from desktop.desk.page_base import Page, Shortcut
from desktop.editing.record_session import again_ms
from desktop.installed.screen_texts import t
from desktop.pages.review.case_pane import CasePane
from desktop.pages.review.drafts import draft_of, keep_draft
from desktop.pages.review.package_actions import PackageActions, package_words
from desktop.pages.review.patents_list import PatentsList
from desktop.pages.review.review_jobs import Looked, correction_days, looking
from desktop.pages.review.scan_pane import ScanPane
from desktop.parts.widgets.basics import button, upright
from desktop.parts.widgets.frames import EmptyPage, FootBar, PageHead, under_head
from desktop.parts.widgets.one_line import ElidedCombo
from desktop.parts.widgets.plain_tip import plain_tip
from forms.bureau.review import (
    CORRECTION_DAYS,
    DECIDABLE,
    Ruling,
    decide,
    decide_many,
    take_back,
    under_review,
)
from forms.facts import derived
from forms.office.store import CannotDo

if TYPE_CHECKING:
    from forms.bureau.records import PackageCase
    from forms.office.stored import Kept

_SCAN, _SCAN_FROM = 476, 1280
_LISTS = ((1320, 316), (1040, 292), (0, 232))  # from a page so wide on, the list is so wide
_KEEP_MS = 600


class ReviewPage(Page):
    """The page "review"."""

    name = "review"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._looked: Looked | None = None
        self._in_pane: Kept[PackageCase] | None = None
        self._package_id = 0
        self._days = CORRECTION_DAYS
        self.packet = PackageActions(desk, self, self.mark_stale)
        self._soon_kept = QTimer(self, singleShot=True, interval=_KEEP_MS)
        self._soon_kept.timeout.connect(self._keep_draft)
        self.packages = ElidedCombo()
        self.packages.setAccessibleName(t("review.package"))
        self.packages.setMinimumWidth(336)
        self.packages.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.packages.activated.connect(self._choose_package)
        self.letter = button(t("review.letter"), icon="file-text", clicked=self._answer)
        self.scan_turn = button(t("review.scan"), "quiet", icon="scan", clicked=self._turn_scan)
        status = button(
            t("review.status"), "quiet", icon="refresh-cw", clicked=self.packet.ask_status
        )
        self.head = PageHead(
            self.title,
            tabs=self.packages,
            buttons=(
                self.scan_turn,
                status,
                self.letter,
                button(t("review.next_package"), trailing="chevron-right", clicked=self._on),
            ),
        )
        self.patents = PatentsList()
        self.case = CasePane(lambda: desk.today, lambda: self._days)
        self.scan = ScanPane(desk)
        self.record = button(t("review.record_last"), "primary", clicked=self.record_case)
        self.previous = button("", "quiet", icon="arrow-left", clicked=partial(self._go, -1))
        self.undo = button(t("review.undo_one"), "quiet", icon="undo-2", clicked=self.undo_case)
        self.rest = button("", "quiet", icon="list-checks", clicked=self.pass_rest)
        self.foot = FootBar(self.record, others=(self.previous, self.undo, self.rest))
        self._is_scan_asked = False
        self._lay_out()
        self.patents.chosen.connect(self._show_case)
        self.case.changed.connect(self._say)
        self.case.changed.connect(self._soon_kept.start)
        self.install_shortcuts()

    def _lay_out(self) -> None:
        self.patents.setFixedWidth(_LISTS[0][1])
        sides = QHBoxLayout()
        sides.setSpacing(0)
        sides.setContentsMargins(0, 0, 0, 0)
        sides.addWidget(self.patents)
        sides.addWidget(upright())
        sides.addWidget(self.case, 1)
        self._between = upright()
        sides.addWidget(self._between)
        sides.addWidget(self.scan)
        full = QWidget()
        inside = QVBoxLayout(full)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addLayout(sides, 1)
        inside.addWidget(self.foot)
        go = button(t("review.to_intake"), "primary", clicked=partial(self.desk.go, "intake"))
        self._empty = EmptyPage("clipboard-check", t("review.none"), t("review.none_words"), go)
        self._stack = under_head(self, self.head, self._empty, full)

    # --- the page's life --------------------------------------------------------------------

    def enter(self, **arguments: object) -> None:
        """`package_id`: the package to be reviewed."""
        if isinstance(package_id := arguments.get("package_id"), int):
            self._package_id = package_id
            self._looked = None
            self.mark_stale()

    def refresh(self) -> None:
        """Read which packages are under review, and that in hand again."""
        sent = under_review(self.desk.store)
        self._stack.setCurrentIndex(1 if sent else 0)
        for one in (self.packages, self.letter):
            one.setVisible(bool(sent))
        if not sent:
            return
        self._days = correction_days(self.desk)
        if all(kept.id != self._package_id for kept in sent):
            self._package_id = sent[0].id
        self.packages.clear()
        for kept in sent:
            self.packages.addItem(package_words(kept.record), kept.id)
        self.packages.setCurrentIndex(self.packages.findData(self._package_id))
        self._look()

    def leave(self) -> bool:
        """Keep what is typed."""
        self._keep_draft()
        return True

    def _keep_draft(self) -> None:
        self._soon_kept.stop()
        kept = self._in_pane
        if kept is not None and self.case.is_changed:
            try:
                keep_draft(self.desk, kept.id, self.case.draft)
            except PASSING as problem:  # told; what is typed stays, and waits
                QTimer.singleShot(again_ms(problem), self, self._keep_draft)
                raise

    def _answer(self) -> None:
        if self._looked is not None:
            self.packet.answer(self._looked)

    def shortcuts(self) -> Sequence[Shortcut]:
        """The page's keys."""
        return (
            Shortcut("Alt+1", "review.keys.pass", partial(self.case.choose, "pass")),
            Shortcut("Alt+2", "review.keys.return", partial(self.case.choose, "return")),
            Shortcut("Alt+3", "review.keys.refuse", partial(self.case.choose, "refuse")),
            Shortcut("Ctrl+Down", "review.keys.next", partial(self._go, 1)),
            Shortcut("Ctrl+Up", "review.keys.previous", partial(self._go, -1)),
            Shortcut("Ctrl+Return", "review.keys.record", self.record_case),
            Shortcut("F8", "review.keys.finding", self.case.next_finding),
            Shortcut("Ctrl+Space", "review.keys.zoom", self.scan.zoom),
        )

    def panes(self) -> Sequence[QWidget]:
        """Patents, case, scan, foot."""
        if self._stack.currentIndex() == 0:
            return (self._empty,)
        full = (self.patents.table, self.case, self.scan, self.foot)
        return tuple(one for one in full if one.isVisibleTo(self))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow the scan stands in the case's place when it is asked for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wide = self.width()
        is_beside = wide >= _SCAN_FROM
        self.scan_turn.setVisible(not is_beside and self._stack.currentIndex() == 1)
        is_scan = is_beside or self._is_scan_asked
        self.scan.setVisible(is_scan)
        self._between.setVisible(is_scan)
        self.case.setVisible(is_beside or not self._is_scan_asked)
        if is_beside:
            self.scan.setFixedWidth(_SCAN)
        else:
            self.scan.setMinimumWidth(0)
            self.scan.setMaximumWidth(16_777_215)
        self.patents.setFixedWidth(next(one for least, one in _LISTS if wide >= least))

    def _turn_scan(self) -> None:
        self._is_scan_asked = not self._is_scan_asked
        self._fit()

    # --- the package ------------------------------------------------------------------------

    def _choose_package(self, place: int) -> None:
        self._keep_draft()
        self._package_id, self._looked = int(self.packages.itemData(place)), None
        self._look()

    def _on(self) -> None:
        """Go to the next package."""
        place = (self.packages.currentIndex() + 1) % max(1, self.packages.count())
        self.packages.setCurrentIndex(place)
        self._choose_package(place)

    def _look(self) -> None:
        self.desk.jobs.run(
            looking(self.desk, self._package_id),
            t("review.title"),
            finished=self._show,
            quiet=True,
        )

    def _show(self, looked: Looked) -> None:
        if looked.package.id != self._package_id:
            return
        self._looked = looked
        self.patents.show_cases(looked.cases)
        self._say_head()

    def _say_head(self) -> None:
        if self._looked is None:
            return
        states = [kept.record.state for kept in self._looked.cases]
        done = len(states) - states.count("waiting")
        self.head.show_beside(t("review.done_words", done=done, cases=len(states)))
        self.letter.setToolTip(
            plain_tip(t("review.letter_wait", count=len(states) - done))
            if done < len(states)
            else ""
        )
        self.letter.setEnabled(done == len(states) and bool(states))
        fine = self._fine()
        self.rest.setVisible(len(fine) > 1)
        self.rest.setText(t("review.record_all", count=len(fine)))

    # --- the case ---------------------------------------------------------------------------

    @property
    def _here(self) -> Kept[PackageCase] | None:
        return self.patents.here

    def _show_case(self, kept: Kept[PackageCase] | None) -> None:
        self._keep_draft()
        self._in_pane = kept
        if kept is None or self._looked is None:
            self.case.show_nothing()
            self.scan.show_case(None, None)
            self._say()
            return
        one = kept.record
        patent = one.case.patent
        kind = derived.kind_word(one.case) or ""
        grant = f"授权公告 {patent.grant_date}" if patent.grant_date else ""
        place = f"第 {one.place} / {len(self._looked.cases)} 件"
        sub = "　".join(filter(None, (one.number, kind, grant, place)))
        draft = draft_of(self.desk, kept.id)
        self.case.show_case(one, self._looked.examined[kept.id], sub, draft)
        self.scan.show_case(self._looked.package, one)
        self._say()

    def _say(self) -> None:
        kept = self._here
        after, before = self.patents.beside(1), self.patents.beside(-1)
        words = t("review.record", place=after.record.place) if after else t("review.record_last")
        self.record.setText(words)
        self.record.setAccessibleName(words)
        self.previous.setVisible(before is not None)
        if before is not None:
            self.previous.setText(t("review.previous", place=before.record.place))
            self.previous.setAccessibleName(self.previous.text())
        can_undo = kept is not None and kept.record.decision is not None
        self.undo.setVisible(can_undo and kept is not None and kept.record.state in DECIDABLE)
        self.foot.say(t("review.kept_here"))
        is_closed = kept is not None and kept.record.state not in DECIDABLE
        has_ruling = kept is None or self.case.ruling is not None
        reason = "" if has_ruling else t("review.closed" if is_closed else "review.not_chosen")
        self.foot.block(reason, is_fault=False)

    def _go(self, way: int) -> None:
        if (other := self.patents.beside(way)) is not None:
            self.patents.choose(other.id)

    # --- deciding ---------------------------------------------------------------------------

    def record_case(self) -> None:
        """Keep what is decided of the case in hand, and go on to the next."""
        kept, ruling, looked = self._here, self.case.ruling, self._looked
        if kept is None or ruling is None or looked is None:
            return
        after = self.patents.beside(1)
        try:
            done = decide(
                self.desk.store,
                kept,
                ruling,
                has_errors=looked.examined[kept.id].has_errors,
                now=self.desk.now(),
                who=self.desk.who,
            )
        except CannotDo as why:
            self.desk.notices.tell("error", str(why))
            return
        except StaleRevision:
            self._tell_changed()
            return
        words = t(
            "review.recorded",
            number=done.record.number,
            verdict=t(f"review.verdicts.{ruling.verdict}"),
        )
        self.desk.notices.tell(
            "done", words, action=(t("review.undo"), partial(self._undo, [done]))
        )
        self._put([done], here=after.id if after is not None else kept.id)

    def undo_case(self) -> None:
        """Take back what was decided of the case in hand."""
        self._undo([self._here] if self._here is not None else [])

    def _undo(self, cases: Sequence[Kept[PackageCase]]) -> None:
        try:
            done = take_back(self.desk.store, cases, who=self.desk.who)
        except CannotDo as why:
            self.desk.notices.tell("error", str(why))
            return
        except StaleRevision:
            self._tell_changed()
            return
        numbers = "、".join(kept.record.number for kept in done[:3])
        self.desk.notices.tell("done", t("review.undone", number=numbers))
        self._put(done, here=done[0].id if done else 0)

    def _fine(self) -> list[Kept[PackageCase]]:
        """The cases that wait and have nothing against them."""
        looked = self._looked
        if looked is None:
            return []
        return [
            kept
            for kept in looked.cases
            if kept.record.state == "waiting" and not looked.examined[kept.id].has_errors
        ]

    def pass_rest(self) -> None:
        """Pass all that wait and have no error, once the examiner says so."""
        fine = self._fine()
        words = t("review.record_all_words", count=len(fine))
        yes = t("review.record_all_yes")
        if not fine or not self.desk.dialogs.confirm(self, yes, words, yes):
            return
        try:
            done = decide_many(
                self.desk.store,
                [(kept, Ruling(verdict="pass"), False) for kept in fine],
                now=self.desk.now(),
                who=self.desk.who,
            )
        except StaleRevision:
            self._tell_changed()
            return
        back = (t("review.undo"), partial(self._undo, done))
        self.desk.notices.tell("done", t("review.recorded_many", count=len(done)), action=back)
        self._put(done, here=0)

    def _put(self, done: Sequence[Kept[PackageCase]], here: int) -> None:
        """Show cases as they were saved, without reading all again."""
        if self._looked is not None:
            self._in_pane = None  # what was typed is recorded, or taken back
            for kept in done:
                keep_draft(self.desk, kept.id, None)
            by_id = {kept.id: kept for kept in done}
            cases = tuple(by_id.get(kept.id, kept) for kept in self._looked.cases)
            self._looked = Looked(
                package=self._looked.package, cases=cases, examined=self._looked.examined
            )
            self.patents.show_cases(cases, here)
            self._say_head()
        self.desk.records_changed.emit()

    def _tell_changed(self) -> None:
        self.desk.notices.tell("pending", t("review.changed_meanwhile"))
        self.mark_stale()
