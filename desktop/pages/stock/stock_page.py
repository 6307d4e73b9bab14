"""The page 盘点: the grid of patents in stock, colleges above it, the patent in hand beside it.

Every answer is saved as it is given (`answer_saver`); what another clerk saves meanwhile is read
again and shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from desktop.desk.desk import Desk
from desktop.desk.jobs import Job
from desktop.desk.page_base import Page, Shortcut
from desktop.installed.packs_here import stock_form_beside
from desktop.installed.screen_texts import t
from desktop.pages.stock.answer_saver import AnswerSaver
from desktop.pages.stock.college_bar import CollegeBar, Named
from desktop.pages.stock.stock_actions import StockActions
from desktop.pages.stock.stock_bulk import StockBulk
from desktop.pages.stock.stock_columns import columns, path_word, ways_suggested
from desktop.pages.stock.stock_jobs import Loaded, loading
from desktop.pages.stock.stock_pane import StockPane
from desktop.pages.stock.stock_row import StockRow
from desktop.pages.stock.way_actions import WayActions
from desktop.parts.widgets.basics import button, column, frame, line
from desktop.parts.widgets.frames import EmptyPage, PageHead
from desktop.parts.widgets.grid_table import GridTable, Typed
from desktop.parts.widgets.one_line import ElidedCombo
from desktop.parts.widgets.search_line import SearchLine
from forms.stock.progress import NO_COLLEGE, progress
from forms.stock.stock_items import NoAnswer, read_answer

if TYPE_CHECKING:
    from forms.office.stocktaking import Edit
    from forms.office.stored import Kept
    from forms.stock.records import StockPatent

_PANE_FROM = 1240  # logical pixels of the page; where it is narrower the pane is asked for
_OPEN, _DONE, _ODD, _OUT = "open", "done", "odd", "out"
_WAY = "way:"
_SEARCH_AFTER_MS = 150


class StockPage(Page):
    """The page "stock"."""

    name = "stock"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.form = stock_form_beside(desk.store.path)
        self.loaded: Loaded | None = None
        self._job: Job | None = None
        self._is_asked, self._is_closed = False, False  # whether the pane was, by the clerk
        self._is_behind = False  # whether something was read while a cell was open
        self._search_soon = QTimer(self, singleShot=True, interval=_SEARCH_AFTER_MS)
        self._counts_soon = QTimer(self, singleShot=True, interval=_SEARCH_AFTER_MS)
        self.saver = AnswerSaver(desk, self)
        self.weighs = WayActions(self)
        self.does = StockActions(self)
        do = self.does
        self.head = PageHead(
            t("stock.title"),
            buttons=(
                button(t("stock.import"), icon="file-spreadsheet", clicked=do.join_lists),
                button(t("stock.take_back"), icon="folder-input", clicked=do.take_back),
                button(t("stock.send_out"), icon="send", clicked=do.send),
                button(t("stock.report"), icon="download", clicked=do.report),
                do.more(),
            ),
        )
        self.colleges = CollegeBar()
        self.search = SearchLine(t("stock.search"), t("stock.search_name"))
        self.search.setFixedWidth(190)
        self.standing = ElidedCombo()
        self.standing.setProperty("role", "filter")
        self.standing.setFixedWidth(150)
        self.standing.setAccessibleName(t("stock.standing"))
        self.table = GridTable(
            columns(self.form, path_word), t("stock.grid"), key=lambda row: row.id
        )
        self.pane = StockPane(self.form)
        self.bulk = StockBulk(self.form)
        self._lay_out()
        self._connect()
        self.bulk.show_count(0)
        self.install_shortcuts()

    def _lay_out(self) -> None:
        do = self.does
        self._joining = button("", "link", clicked=do.join_ledger)
        bar = QHBoxLayout()
        bar.setContentsMargins(24, 8, 24, 8)
        bar.setSpacing(8)
        bar.addWidget(self.colleges, 1)
        bar.addWidget(self._joining)
        bar.addWidget(self.search)
        bar.addWidget(self.standing)
        left = column(self.table, self.bulk, space=0)
        self._sides = QHBoxLayout()
        self._sides.setSpacing(0)
        self._sides.addLayout(left, 1)
        self._sides.addWidget(self.pane)
        full = QWidget()
        inside = QVBoxLayout(full)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(frame("bar", bar))
        inside.addWidget(line())
        inside.addLayout(self._sides, 1)
        first = button(t("stock.import"), "primary", clicked=do.join_lists)
        second = button(t("stock.join_all"), clicked=do.join_ledger)
        self._empty = EmptyPage(
            "clipboard-check", t("stock.empty"), t("stock.empty_words"), first, second
        )
        self._stack = QStackedLayout()
        self._stack.addWidget(full)
        self._stack.addWidget(self._empty)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.head)
        whole.addWidget(line())
        whole.addLayout(self._stack, 1)

    def _connect(self) -> None:
        do = self.does
        self.colleges.chosen.connect(self._filter)
        self.search.textChanged.connect(self._search_soon.start)
        self._search_soon.timeout.connect(self._filter)
        self._counts_soon.timeout.connect(self._count_anew)
        self.search.leads_to(self.table, self.table.setFocus)
        self.standing.activated.connect(self._filter)
        self.table.typed.connect(self.put)
        self.table.edited.connect(self._cell_closed)
        self.table.chosen.connect(self._show_pane)
        self.table.opened.connect(self._open_pane)
        self.table.grid_model.ticked.connect(self._show_ticks)
        self.pane.given.connect(self._given)
        self.pane.closed.connect(self._close_pane)
        self.pane.case_asked.connect(do.make_case)
        self.pane.college_asked.connect(do.ask_elsewhere)
        self.pane.out_asked.connect(do.take_out)
        self.weighs.serve(self.pane.ways)
        self.bulk.item_asked.connect(do.set_item)
        self.bulk.asked.connect(do.bulk)
        self.saver.saved.connect(self.show_saved)

    # --- the page's life --------------------------------------------------------------------

    def enter(self, **arguments: object) -> None:
        """Look at what came back, where files are given."""
        files = arguments.get("files")
        if isinstance(files, list | tuple) and files:
            self.desk.go("stock_return", files=[Path(one) for one in files])

    def leave(self) -> bool:
        """Keep what waits to be saved."""
        return self.saver.flush()

    def refresh(self) -> None:
        """Read the stock anew, beside the window."""
        if self._job is not None and not self._job.is_over:
            self._job.cancel()
        work = loading(self.desk, self.form)
        self._job = self.desk.jobs.run(
            work, t("stock.reading"), finished=self._show_loaded, quiet=self.loaded is not None
        )

    def shortcuts(self) -> Sequence[Shortcut]:
        """The page's keys."""
        do = self.does
        return (
            Shortcut("Ctrl+F", "stock.keys.search", self.search.setFocus),
            Shortcut("Ctrl+Z", "stock.keys.undo", self.saver.undo),
            Shortcut("Ctrl+Shift+A", "stock.keys.tick_all", self.table.tick_all),
            Shortcut("Ctrl+I", "stock.import", do.join_lists),
            Shortcut("Ctrl+E", "stock.report", do.report),
            Shortcut("F2", "stock.keys.edit"),
            Shortcut("Alt+Down", "stock.keys.list"),
            Shortcut("Ctrl+C", "stock.keys.copy"),
            Shortcut("Ctrl+V", "stock.keys.paste"),
            Shortcut("Ctrl+D", "stock.keys.fill_down"),
            Shortcut("Space", "register.keys.tick"),
        )

    def panes(self) -> Sequence[QWidget]:
        """Grid, colleges, pane, bar of those ticked."""
        return (self.table, self.colleges, self.pane, self.bulk)

    def escape(self) -> bool:
        """Close the pane where it lies over the grid, else take back the search."""
        if self.search.text():
            self.search.clear()
            return True
        if self.pane.isVisible() and self.width() < _PANE_FROM:
            self._close_pane()
            return True
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the pane go where the grid would be too narrow."""
        super().resizeEvent(event)
        self._show_pane()

    # --- what is shown ----------------------------------------------------------------------

    @property
    def rows(self) -> list[StockRow]:
        """All rows, shown or not."""
        return self.loaded.rows if self.loaded is not None else []

    def ticked(self) -> list[StockRow]:
        """The rows that are ticked, shown or not; those that are gone are not."""
        return [row for row in self.rows if row.id in self.table.grid_model.keys]

    def _show_loaded(self, found: Loaded) -> None:
        """Show what was read; not while a cell is open, and nothing older than what is shown."""
        if self.table.is_editing:
            self._is_behind = True
            return
        known = {row.id: row for row in self.rows}
        for place, row in enumerate(found.rows):
            here = known.get(row.id)
            if here is not None and here.found.revision > row.found.revision:
                found.rows[place] = here
        self.loaded = found
        self._show_counts()
        self._joining.setVisible(found.not_joined > 0)
        self._joining.setText(t("stock.not_joined", count=found.not_joined))
        self._stack.setCurrentIndex(0 if found.rows else 1)
        self._filter()

    def _cell_closed(self) -> None:
        """Read again what came while a cell was open."""
        if self._is_behind:
            self._is_behind = False
            self.mark_stale()

    def _show_counts(self) -> None:
        assert self.loaded is not None
        told = self.loaded.progress
        words = t("stock.beside", count=f"{told.asked:,}", done=f"{told.complete:,}")
        self.head.show_beside("　".join(filter(None, (self.loaded.round, words))))
        every: list[Named] = [("", t("stock.all_colleges"), told.asked, told.complete)]
        every += [(one.college, one.college, one.asked, one.complete) for one in told.colleges]
        self.colleges.show_colleges(every)
        self._show_standings()

    def _show_standings(self) -> None:
        assert self.loaded is not None
        told, now = self.loaded.progress, self.standing.currentData()
        odd = sum(any(map(row.is_unread, row.answers)) for row in self.rows)
        out = sum(row.found.patent.is_out for row in self.rows)
        choices = [
            (t("stock.standings.all"), ""),
            (t("stock.standings.open", count=told.asked - told.complete), _OPEN),
            (t("stock.standings.done", count=told.complete), _DONE),
        ]
        choices += [
            (t("stock.standings.lacks", name=item.header, count=count), item.code)
            for item in self.form.main
            if (count := told.lacking.get(item.code, 0))
        ]
        choices += [(words, f"{_WAY}{way}") for way, words in ways_suggested(self.rows)]
        choices += [(t("stock.standings.odd", count=odd), _ODD)] if odd else []
        choices += [(t("stock.standings.out", count=out), _OUT)] if out else []
        self.standing.clear()
        for words, name in choices:
            self.standing.addItem(words, name)
        self.standing.setCurrentIndex(max(0, self.standing.findData(now)))

    def _count_anew(self) -> None:
        """Tell how far all are, after answers were put down."""
        if self.loaded is None:
            return
        stock = [row.found for row in self.rows]
        told = progress(self.form, stock, self.loaded.sendings, self.desk.today)
        self.loaded = replace(self.loaded, progress=told)
        self._show_counts()

    def _filter(self, *_: Any) -> None:
        """Show the rows of the college and the standing chosen, in which the words stand."""
        college, standing = self.colleges.current, self.standing.currentData() or ""
        words = self.search.text().casefold().split()
        shown = [
            row
            for row in self.rows
            if row.found.patent.is_out == (standing == _OUT)
            and (not college or (row.found.college or NO_COLLEGE) == college)
            and self._stands(row, standing)
            and all(word in row.folded for word in words)
        ]
        self._show_rows(shown)

    def _stands(self, row: StockRow, standing: str) -> bool:
        match standing:
            case "" | "out":
                return True
            case "open":
                return not row.is_complete
            case "done":
                return row.is_complete
            case "odd":
                return any(map(row.is_unread, row.answers))
        if standing.startswith(_WAY) and row.ways is not None:
            return row.ways.suggestion.way == standing.removeprefix(_WAY)
        return standing in row.lacking or standing in row.parts_lacking

    def _show_rows(self, rows: Sequence[StockRow]) -> None:
        here, section = self.table.current, max(0, self.table.currentIndex().column())
        scrolled = self.table.verticalScrollBar().value()
        self.table.show_rows(rows)
        place = next((at for at, row in enumerate(rows) if here and row.id == here.id), None)
        if place is not None:
            self.table.verticalScrollBar().setValue(scrolled)
        if rows:
            self.table.choose_cell(place or 0, section)
        self._show_pane()
        self._show_ticks()

    def _show_ticks(self) -> None:
        self.bulk.show_count(len(self.ticked()))

    def _show_pane(self, *_: Any) -> None:
        row = self.table.current
        is_wanted = self._is_asked or (self.width() >= _PANE_FROM and not self._is_closed)
        self.pane.setVisible(row is not None and is_wanted)
        if row is not None:
            self.pane.show_row(row, self.loaded.paths if self.loaded else None)

    def _open_pane(self, *_: Any) -> None:
        self._is_asked, self._is_closed = True, False
        self._show_pane()

    def _close_pane(self) -> None:
        self._is_asked, self._is_closed = False, True
        self.pane.hide()
        self.table.setFocus()

    # --- answers ----------------------------------------------------------------------------

    def _given(self, row: StockRow, code: str, text: str) -> None:
        self.put([Typed(row, code, text)])

    def put(self, typed: Sequence[Typed]) -> None:
        """Put answers down; what is none stays as it was typed, and is told."""
        edits, odd = list[Any](), ""
        for one in typed:
            said, fault = self._said(one)
            odd = odd or fault
            edits += [self._edit(one, said)]
        if odd:
            self.desk.notices.tell("pending", t("stock.odd", why=odd))
        self.saver.put([one for one in edits if one.before != one.after])

    def _said(self, one: Typed) -> tuple[Any, str]:
        from forms.stock.returned import Said

        try:
            return Said(read_answer(self.form.item(one.column), one.text)), ""
        except NoAnswer as no:
            return Said(unread=one.text.strip()), str(no)

    def _edit(self, one: Typed, said: Any) -> Edit:
        from forms.office.stocktaking import Edit
        from forms.stock.merging import said_of

        row: StockRow = one.row
        return Edit(
            record=row.id, item=one.column, before=said_of(row.found, one.column), after=said
        )

    def show_saved(self, now: Sequence[Kept[StockPatent]]) -> None:
        """Show the records as they now stand, where they stand."""
        if self.loaded is None:
            return
        news = {one.id: one for one in now}
        for place, row in enumerate(self.loaded.rows):
            if row.id in news:
                kept = news[row.id]
                found = msgspec.structs.replace(
                    row.found, revision=kept.revision, patent=kept.record
                )
                self.loaded.rows[place] = StockRow(self.form, found, self.loaded.paths)
        made = {row.id: row for row in self.loaded.rows if row.id in news}
        for place, row in enumerate(self.table.rows):
            if row.id in made:
                self.table.grid_model.show_row(place, made[row.id])
        self._counts_soon.start()
        self._show_pane()
