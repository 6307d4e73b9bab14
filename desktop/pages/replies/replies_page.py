"""审核意见 at the office: what the bureau said of each case, and the way to where it is mended."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.desk.desk import Desk
from desktop.desk.page_base import Page, Shortcut
from desktop.installed.screen_texts import t
from desktop.pages.replies.reply_jobs import Taken, looking, taking_in
from desktop.pages.replies.reply_pane import ReplyPane
from desktop.pages.replies.reply_words import FILTERS, columns, is_of
from desktop.parts.dialogs import kinds_of
from desktop.parts.widgets.basics import button, row
from desktop.parts.widgets.frames import Card, EmptyPage, FilterBar, PageHead, under_head
from desktop.parts.widgets.table import RowsTable
from forms.ground.endings import ANSWERS

if TYPE_CHECKING:
    from forms.exchange.answer_file import ReasonSaid
    from forms.office.replies import Marked
    from forms.office.reply_care import CaseReply

_NAMED = 3  # so many are named in a notice, before "and more"
_PACK = ".zip"


class RepliesPage(Page):
    """The page "replies"."""

    name = "replies"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.replies: list[CaseReply] = []
        self._wanted = 0  # the case whose answer is to be in hand
        self.head = PageHead(
            self.title,
            back=t("frame.places.submission"),
            buttons=(self._reading(),),
        )
        self.head.back_asked.connect(partial(desk.go, "submission"))
        self.filters = FilterBar([(name, t(f"replies.filters.{name}")) for name in FILTERS])
        self.filters.chosen.connect(self._show)
        self.table = RowsTable(columns(lambda: desk.today), self.title)
        self.table.empty_words = lambda: t("replies.none_of_filter")
        self.table.chosen.connect(self._show_pane)
        self.table.opened.connect(lambda one: self.open_case(one.reply.case_id, None))
        self.pane = ReplyPane(lambda: desk.today)
        self.pane.case_asked.connect(self.open_case)
        self._lay_out()
        desk.packs_changed.connect(self.mark_stale)
        self.install_shortcuts()

    def _reading(self) -> QWidget:
        words = t("replies.read")
        return button(words, "primary", icon="inbox", keys="Ctrl+O", clicked=self.ask_files)

    def _lay_out(self) -> None:
        card = Card()
        card.body.addLayout(row(self.filters, None, margins=(12, 8, 12, 8)))
        card.body.addWidget(self.table, 1)
        full = QWidget()
        panes = QHBoxLayout(full)
        panes.setContentsMargins(24, 8, 16, 16)
        panes.setSpacing(16)
        panes.addWidget(card, 3)
        panes.addWidget(self.pane, 2)
        self._empty = EmptyPage("inbox", t("replies.none"), t("replies.none_words"))
        self._stack = under_head(self, self.head, self._empty, full)

    # --- the page's life ----------------------------------------------------------------------

    def enter(
        self, files: Sequence[Path] = (), case_id: int = 0, ask: bool = False, **_: object
    ) -> None:
        """Read `files` that were dropped, `ask` for some, or show the answer on a case."""
        self._wanted = case_id or self._wanted
        if files:
            self.take_in(files)
        elif ask:
            self.ask_files()
        elif case_id:
            self._show(self.filters.current)

    def refresh(self) -> None:
        """Look at all answers again, beside the window."""
        self.desk.jobs.run(
            looking(self.desk), t("replies.looking"), finished=self._looked, quiet=True
        )

    def shortcuts(self) -> Sequence[Shortcut]:
        """Read, open."""
        return (
            Shortcut("Ctrl+O", "replies.keys.read", self.ask_files),
            Shortcut("Return", "replies.keys.open"),
        )

    def panes(self) -> Sequence[QWidget]:
        """Table, answer, filters."""
        return (self.table, self.pane, self.filters) if self.replies else (self._empty,)

    def escape(self) -> bool:
        """Back to the packages."""
        self.desk.go("submission")
        return True

    # --- reading ------------------------------------------------------------------------------

    def ask_files(self) -> None:
        """Let the clerk choose what the bureau sent."""
        kinds = kinds_of("replies.kinds", ANSWERS)
        self.take_in(self.desk.dialogs.files(self, t("replies.choose"), kinds))

    def take_in(self, files: Sequence[Path]) -> None:
        """Read answers beside the window and mark the cases."""
        if files:
            self.desk.jobs.run(
                taking_in(self.desk, list(files)),
                t("replies.reading"),
                finished=partial(self._taken, list(files)),
            )

    def _taken(self, files: Sequence[Path], taken: Taken) -> None:
        new = [one for one in taken.marked if one.matched in ("new", "changed")]
        again = [one for one in taken.marked if one.matched == "again"]
        if new:
            self._wanted = new[0].case_id or 0
            self.filters.choose("all")
            self.desk.records_changed.emit()
            self._tell_new(new)
        elif again:
            self.desk.notices.tell("advice", t("replies.told.again", count=len(again)))
        self._tell_unmatched([one for one in taken.marked if one.case_id is None])
        for bad in taken.faults[:_NAMED]:
            zips = [one for one in files if one.name == bad.source and one.suffix.lower() == _PACK]
            as_pack = partial(self.desk.go, "settings", group="pack", files=zips)
            action = (t("replies.as_pack"), as_pack) if zips else None
            self.desk.notices.tell("error", bad.fault, action=action)

    def _tell_new(self, new: Sequence[Marked]) -> None:
        counts = {name: sum(one.verdict == name for one in new) for name in FILTERS}
        each = "、".join(
            t("replies.told.each", verdict=t(f"replies.filters.{name}"), count=count)
            for name, count in counts.items()
            if count
        )
        words = t("replies.told.taken", count=len(new), each=each)
        if changed := sum(one.matched == "changed" for one in new):
            words += t("replies.told.changed", count=changed)
        self.desk.notices.tell("pending" if counts["return"] else "done", words)

    def _tell_unmatched(self, odd: Sequence[Marked]) -> None:
        if odd:
            each = "；".join(f"{one.source}：{one.words}".rstrip("。") for one in odd[:_NAMED])
            more = t("replies.told.more", count=len(odd)) if len(odd) > _NAMED else ""
            self.desk.notices.tell("pending", t("replies.told.unmatched", each=each + more))

    # --- showing ------------------------------------------------------------------------------

    def _looked(self, replies: list[CaseReply]) -> None:
        is_first, self.replies = not self.replies, replies
        self._stack.setCurrentIndex(1 if replies else 0)
        counts = {name: sum(is_of(name, one) for one in replies) for name in FILTERS}
        self.filters.show_counts(counts)
        self.head.show_beside(t("replies.beside", count=counts["open"]) if replies else "")
        self._show(self.filters.current)
        if is_first and replies:
            self.give_focus(self.table)

    def _show(self, name: str) -> None:
        here = self._wanted or (self.table.current.reply.case_id if self.table.current else 0)
        rows = [one for one in self.replies if is_of(name, one)]
        self.table.show_rows(rows)
        if rows:
            places = (at for at, one in enumerate(rows) if one.reply.case_id == here)
            self.table.choose(next(places, 0))
            self._wanted = 0
        self._show_pane()

    def _show_pane(self, *_: object) -> None:
        one = self.table.current
        if one is None:
            self.pane.show_nothing()
        else:
            self.pane.show_reply(one)

    def open_case(self, case_id: int, reason: ReasonSaid | None) -> None:
        """Open a case, at the box that a reason is of where that can be told."""
        from forms.office.reply_care import place_of

        desk, path = self.desk, ""
        stored = desk.store.cases.listed(ids=[case_id])
        if not stored:
            desk.notices.tell("pending", t("replies.gone"))
            return
        pack = desk.shelf.of(stored[0].case.pack)
        if reason is not None and pack is not None:
            path = place_of(reason, stored[0].case, pack, desk.today)
        desk.go("wizard", case_id=case_id, path=path)
