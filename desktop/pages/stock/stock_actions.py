"""What may be done with patents in stock, beside answering: joined, sent, set, made cases of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QPushButton

from desktop.desk.attempts import attempts_at_line
from desktop.installed.screen_texts import t
from desktop.pages.stock.send_sheet import SendSheet
from desktop.pages.stock.set_sheet import SetSheet
from desktop.pages.stock.stock_jobs import joining, making_cases, sending
from desktop.pages.stock.stock_row import StockRow
from desktop.parts.dialogs import kinds_of
from desktop.parts.outside import open_outside
from desktop.parts.widgets.basics import button
from desktop.parts.widgets.grid_table import Typed
from forms.ground.endings import TABLES

if TYPE_CHECKING:
    from desktop.pages.stock.stock_page import StockPage
    from forms.office.stock_cases import MadeCases
    from forms.office.stock_exchange import Sent
    from forms.office.stocktaking import Joined

_MOST_TOLD = 12


def _without_tick(act: Callable[[], None], _checked: bool = False) -> None:
    act()


class StockActions(QObject):
    """Does it, and tells what came of it."""

    def __init__(self, page: StockPage) -> None:
        super().__init__(page)
        self._page = page
        self._desk = page.desk

    def more(self) -> QPushButton:
        """The button of what is wanted seldom."""
        made = button(t("stock.rounds.menu"), icon="ellipsis")
        menu = QMenu(made)
        for words, act in (
            ("stock.join_all", self.join_ledger),
            ("stock.ways.weights_menu", self._page.weighs.weigh),
            ("stock.watch.menu", self.watch),
            ("stock.rounds.close", self.close_round),
            ("stock.rounds.open", self.open_round),
        ):
            menu.addAction(t(words)).triggered.connect(partial(_without_tick, act))
        made.setMenu(menu)
        return made

    # --- joining ----------------------------------------------------------------------------

    def join_lists(self) -> None:
        """Let the patents of lists join."""
        kinds = kinds_of("register.workbooks", TABLES)
        if files := self._desk.dialogs.files(self._page, t("stock.import"), kinds):
            self._join(files)

    def join_ledger(self) -> None:
        """Let the ledger's patents join."""
        self._join(())

    def _join(self, files: Sequence[Path]) -> None:
        work = joining(self._desk, files)
        self._desk.jobs.run(work, t("stock.joining"), finished=self._joined)

    def _joined(self, found: Joined) -> None:
        words = t("stock.joined", new=len(found.new), filled=len(found.filled), same=found.same)
        told = [*found.refused, *found.notes]
        if found.refused:
            words += t("stock.refused", count=len(found.refused))
        more = [t("stock.more", count=len(told) - _MOST_TOLD)] if len(told) > _MOST_TOLD else []
        self._desk.notices.tell(
            "pending" if told else "done",
            words,
            details="\n".join([*told[:_MOST_TOLD], *more]),
        )
        self._page.mark_stale()

    # --- sending and taking back ------------------------------------------------------------

    def send(self) -> None:
        """Make workbooks and drafts of mails for colleges."""
        page, desk = self._page, self._desk
        if page.loaded is None or not page.rows:
            return
        sheet = SendSheet(page.loaded.progress.colleges, desk.today, page)
        if not desk.dialogs.agrees(sheet):
            return
        colleges, due, only_open = sheet.colleges, sheet.due, sheet.only_open.isChecked()
        out = desk.dialogs.folder(page, t("stock.send.folder"))
        if out is not None:
            work = sending(desk, page.form, out, colleges, due, only_open=only_open)
            desk.jobs.run(work, t("stock.sending"), finished=partial(self._sent, out))

    def _sent(self, out: Path, made: Sequence[Sent]) -> None:
        words = t("stock.sent", count=len(made), folder=out.name)
        nameless = sum(not one.address for one in made)
        if nameless:
            words += t("stock.nameless", count=nameless)
        self._desk.notices.tell(
            "done", words, action=(t("stock.open_folder"), partial(self._open, out))
        )
        self._page.mark_stale()

    def _open(self, out: Path) -> None:
        open_outside(out, self._desk.notices)

    def take_back(self) -> None:
        """Look at what colleges sent back."""
        kinds = kinds_of("register.workbooks", TABLES)
        if files := self._desk.dialogs.files(self._page, t("stock.take_back"), kinds):
            self._desk.go("stock_return", files=files)

    # --- rounds, rights of others -----------------------------------------------------------

    def watch(self) -> None:
        """Show the lapsed rights of others that are watched."""
        from desktop.pages.stock.watch_sheet import WatchSheet

        self._desk.dialogs.agrees(WatchSheet(self._desk, self._page))

    def open_round(self) -> None:
        """Begin a round."""
        from forms.office.stocktaking import open_round

        desk, start = self._desk, t("stock.rounds.start", year=self._desk.today.year)
        for name, attempt in attempts_at_line(
            desk,
            self._page,
            t("stock.rounds.open"),
            t("stock.rounds.name"),
            t("stock.rounds.yes"),
            start=start,
        ):
            with attempt:
                open_round(desk.store, name, desk.today, who=desk.who)
                desk.notices.tell("done", t("stock.rounds.opened", name=name))
                self._page.mark_stale()

    def close_round(self) -> None:
        """End the round with the figures it has."""
        from forms.office.stocktaking import close_round

        desk, loaded = self._desk, self._page.loaded
        if loaded is None or not loaded.round:
            desk.notices.tell("advice", t("stock.rounds.none"))
            return
        words = t("stock.rounds.close_words", name=loaded.round)
        if desk.dialogs.confirm(
            self._page, t("stock.rounds.close"), words, t("stock.rounds.close_yes")
        ):
            close_round(desk.store, loaded.progress.colleges, desk.today, who=desk.who)
            desk.notices.tell("done", t("stock.rounds.closed", name=loaded.round))
            self._page.mark_stale()

    # --- for those that are ticked ----------------------------------------------------------

    def bulk(self, what: str) -> None:
        """Do something with all that are ticked."""
        rows = self._page.ticked()
        match what:
            case "none":
                self._page.table.grid_model.untick_all()
            case "cases":
                self._make(rows)
            case "college":
                self._ask_elsewhere(rows)
            case "out":
                self._take_out(rows)

    def set_item(self, code: str) -> None:
        """Set an item for all that are ticked."""
        page = self._page
        rows = page.ticked()
        sheet = SetSheet(page.form, page.form.item(code), len(rows), page)
        if self._desk.dialogs.agrees(sheet):
            page.put([Typed(row, code, sheet.text) for row in rows])

    def make_case(self) -> None:
        """Make a case of the patent in hand."""
        if (row := self._page.pane.shown) is not None:
            self._make([row])

    def _make(self, rows: Sequence[StockRow]) -> None:
        desk, pack = self._desk, self._desk.pack.identity.name
        words = t("stock.cases.words", count=len(rows), pack=pack)
        if desk.dialogs.confirm(
            self._page, t("stock.cases.title"), words, t("stock.cases.yes", count=len(rows))
        ):
            work = making_cases(desk, [row.found for row in rows])
            made = partial(self._made, [row.id for row in rows])
            desk.jobs.run(work, t("stock.cases.making"), finished=made)

    def _made(self, of: Sequence[int], found: MadeCases) -> None:
        words = t("stock.cases.made", count=len(found.ids))
        if found.there:
            words += t("stock.cases.there", count=len(found.there))
        self._page.table.grid_model.untick(of)
        self._desk.cases_changed.emit()
        self._desk.notices.tell(
            "done" if found.ids else "advice",
            words,
            details="\n".join(found.there[:_MOST_TOLD]),
            action=(t("stock.cases.show"), partial(self._desk.go, "register")),
        )

    def ask_elsewhere(self) -> None:
        """Say which college is asked for the patent in hand."""
        if (row := self._page.pane.shown) is not None:
            self._ask_elsewhere([row])

    def _ask_elsewhere(self, rows: Sequence[StockRow]) -> None:
        from forms.office.stocktaking import ask_elsewhere

        desk, page = self._desk, self._page
        for college, attempt in attempts_at_line(
            desk,
            page,
            t("stock.other_college"),
            t("stock.college_of", count=len(rows)),
            t("stock.other_college_yes"),
            start=rows[0].found.college,
        ):
            with attempt:
                page.saver.save()
                ask_elsewhere(desk.store, [row.id for row in rows], college, who=desk.who)
                page.mark_stale()

    def take_out(self) -> None:
        """Take the patent in hand out of stock, or back in."""
        if (row := self._page.pane.shown) is not None:
            self._take_out([row])

    def _take_out(self, rows: Sequence[StockRow]) -> None:
        from forms.office.stocktaking import take_out

        desk, page = self._desk, self._page
        if all(row.found.patent.is_out for row in rows):
            take_out(desk.store, [row.id for row in rows], "", out=False, who=desk.who)
            page.mark_stale()
            return
        for reason, attempt in attempts_at_line(
            desk, page, t("stock.take_out"), t("stock.out_reason"), t("stock.out_yes")
        ):
            with attempt:
                page.saver.save()
                take_out(desk.store, [row.id for row in rows], reason, who=desk.who)
                page.table.grid_model.untick([row.id for row in rows])
                page.mark_stale()

    def report(self) -> None:
        """Make the report of the round."""
        page, desk = self._page, self._desk
        out = desk.dialogs.folder(page, t("stock.report"))
        if out is not None:
            from desktop.pages.stock.stock_jobs import reporting

            work = reporting(desk, page.form, out, page.colleges.current)
            desk.jobs.run(work, t("stock.reporting"), finished=self._reported)

    def _reported(self, files: Sequence[Path]) -> None:
        self._desk.notices.tell(
            "done",
            t("stock.reported", names="、".join(one.name for one in files)),
            action=(t("stock.open_folder"), partial(self._open, files[0].parent)),
        )
