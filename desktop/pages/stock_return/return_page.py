"""What colleges sent back (收回盘点表): looked at cell by cell, taken over by choice, undone.

Nothing is changed before the clerk says so; what is not surely meant is not ticked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from desktop.desk.desk import Desk
from desktop.desk.jobs import Job, Report
from desktop.desk.page_base import Page, Shortcut
from desktop.installed.known import sentence
from desktop.installed.packs_here import stock_form_beside
from desktop.installed.screen_texts import t
from desktop.pages.stock_return.return_table import ReturnTable
from desktop.parts.dialogs import kinds_of
from desktop.parts.widgets.basics import button, clear, column, frame, label, line, row
from desktop.parts.widgets.frames import EmptyPage, FilterBar, FootBar, PageHead, under_head
from desktop.parts.widgets.messages import MessageStrip
from desktop.parts.widgets.plain_tip import plain_tip
from forms.ground.endings import TABLES
from forms.stock.merging import Change, MergePlan

if TYPE_CHECKING:
    from forms.office.stock_exchange import CameBack, Merged
    from forms.office.stocktaking import TakenBack

FILTERS = ("all", "taken", "look")
_MOST_TOLD, _NAMED = 3, 4


@dataclass(frozen=True, kw_only=True)
class ReturnLook:
    """Files that came back, and what they would change."""

    back: CameBack
    plan: MergePlan


class StockReturnPage(Page):
    """The page "stock_return"."""

    name = "stock_return"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.form = stock_form_beside(desk.store.path)
        self.look: ReturnLook | None = None
        self._job: Job | None = None
        self._is_taking = False
        choose = button(t("stock.back.choose"), "primary", clicked=self.ask_files)
        self._asking = EmptyPage(
            "folder-input", t("stock.back.ask"), t("stock.back.ask_words"), choose
        )
        self._other = button(t("stock.back.other"), icon="file-spreadsheet", clicked=self.ask_files)
        self.head = PageHead(self.title, back=t("frame.places.stock"), buttons=(self._other,))
        self.filters = FilterBar([(name, t(f"stock.back.filters.{name}")) for name in FILTERS])
        self.table = ReturnTable()
        self._told = column(space=8)
        self.join = QCheckBox("")
        self.primary = button("", "primary", trailing="arrow-right", clicked=self.take)
        leave = button(t("stock.back.leave"), clicked=self.back)
        self.foot = FootBar(self.primary, others=(self.join, leave))
        self._lay_out()
        self.head.back_asked.connect(self.back)
        self.filters.chosen.connect(self._show_rows)
        self.table.changes.ticked.connect(self._show_foot)
        self.setAcceptDrops(True)
        self.install_shortcuts()
        self._show_asking()

    def _lay_out(self) -> None:
        full = QWidget()
        inside = QVBoxLayout(full)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(frame("bar", row(self.filters, None, margins=(24, 12, 24, 12))))
        inside.addWidget(line())
        inside.addLayout(self._told)
        inside.addWidget(self.table, 1)
        inside.addWidget(self.foot)
        self._stack = under_head(self, self.head, self._asking, full)

    # --- the page's life --------------------------------------------------------------------

    def enter(self, **arguments: object) -> None:
        """Look at the `files` given."""
        files = arguments.get("files")
        if isinstance(files, list | tuple) and files:
            self.open_files([Path(one) for one in files])

    def refresh(self) -> None:
        """Look again where the stock has changed since."""
        if self.look is not None and not self._is_taking:
            self._run(self._looking(self.look.back))

    def shortcuts(self) -> Sequence[Shortcut]:
        """The page's keys."""
        return (
            Shortcut("Ctrl+I", "stock.back.choose", self.ask_files),
            Shortcut("Space", "register.keys.tick"),
            Shortcut("Ctrl+A", "stock.back.tick_all", self.tick_all),
            Shortcut("Ctrl+Return", "stock.back.take_none", self.take),
        )

    def panes(self) -> Sequence[QWidget]:
        """Table, filters, foot; or what asks for files."""
        return (self.table, self.filters, self.foot) if self.look else (self._asking,)

    def escape(self) -> bool:
        """Back to the stock."""
        self.back()
        return True

    def back(self) -> None:
        """Leave everything as it is."""
        self._forget()
        self.desk.go("stock")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take tables dropped here, which elsewhere are imported."""
        if _dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Look at tables dropped here."""
        if files := _dropped(event):
            event.acceptProposedAction()
            self.open_files(files)

    # --- looking ----------------------------------------------------------------------------

    def ask_files(self) -> None:
        """Choose what came back."""
        kinds = kinds_of("register.workbooks", TABLES)
        if files := self.desk.dialogs.files(self, self.title, kinds):
            self.open_files(files)

    def open_files(self, files: Sequence[Path]) -> None:
        """Read files and hold them against the stock."""
        self._forget()
        self.head.show_beside("、".join(one.name for one in files[:_NAMED]))
        self._run(self._reading(files))

    def _reading(self, files: Sequence[Path]) -> Callable[[Report], ReturnLook]:
        def work(report: Report) -> ReturnLook:
            from forms.office.stock_exchange import read_back

            back = read_back(files, self.form)
            report.check()
            return self._looking(back)(report)

        return work

    def _looking(self, back: CameBack) -> Callable[[Report], ReturnLook]:
        def work(report: Report) -> ReturnLook:
            from forms.office.stock_exchange import look

            report.check()
            with self.desk.own_store() as store:
                plan = look(store, self.form, back)
            return ReturnLook(back=back, plan=plan)

        return work

    def _run(self, work: Callable[[Report], ReturnLook]) -> None:
        self._stop()
        self._job = self.desk.jobs.run(
            work, t("stock.back.reading"), finished=self._looked, failed=self._could_not
        )

    def _looked(self, found: ReturnLook) -> None:
        if self.sender() is not None and self.sender() is not self._job:
            return
        self.look = found
        self.table.tick_taken(found.plan.changes)
        self._stack.setCurrentIndex(1)
        self._other.show()
        self._tell()
        self._show()
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
        counts = {name: len(self._of(name)) for name in FILTERS}
        self.filters.show_counts(counts)
        self._show_rows(self.filters.current)
        self._show_foot()

    def _of(self, which: str) -> list[Change]:
        changes = self.look.plan.changes if self.look is not None else ()
        sure = ("changed", "merged")
        return [
            one for one in changes if which == "all" or (one.standing in sure) == (which == "taken")
        ]

    def _show_rows(self, which: str) -> None:
        self.table.empty_words = lambda: t("stock.back.none")
        self.table.show_rows(self._of(which))
        if self.table.rows:
            self.table.choose(0)

    def tick_all(self) -> None:
        """Tick all that is shown, or where all is ticked none of it."""
        changes = self.table.changes
        places = range(len(changes.rows))
        changes.tick(places, not all(map(changes.is_ticked, places)))

    def _chosen(self) -> list[Change]:
        keys = self.table.changes.keys
        return [one for one in self._of("all") if one.key in keys]

    def _show_foot(self) -> None:
        if self.look is None:
            return
        count, joins = len(self._chosen()), self.join.isChecked() and self.join.isVisible()
        words = t("stock.back.take", count=count) if count else t("stock.back.take_none")
        self.primary.setText(words)
        self.primary.setAccessibleName(words)
        self.foot.say(t("stock.back.unchanged", count=self.look.plan.unchanged))
        is_ready = bool(count or joins)
        self.foot.block("" if is_ready else t("stock.back.nothing_ticked"), is_fault=False)

    def _tell(self) -> None:
        """Say of each file whose it is and what it lacks, and what else is to be told."""
        assert self.look is not None
        plan = self.look.plan
        clear(self._told)
        self._told.setContentsMargins(24, 8, 24, 8)
        for one in plan.files[:_MOST_TOLD]:
            words = t(
                "stock.back.file",
                name=one.file.name,
                college=one.college or t("stock.back.no_college"),
                known=one.known,
                unfilled=one.unfilled,
            )
            self._told.addWidget(label(words, "hint"))
        told = list(plan.notes)
        if plan.missing:
            names = "、".join(one.number for one in plan.missing[:_NAMED])
            names += t("stock.back.more") if len(plan.missing) > _NAMED else ""
            told.insert(0, t("stock.back.missing", count=len(plan.missing), names=names))
        if plan.odd:
            names = "、".join(one.text or "—" for one in plan.odd[:_NAMED])
            names += t("stock.back.more") if len(plan.odd) > _NAMED else ""
            told.insert(0, t("stock.back.odd", count=len(plan.odd), names=names))
        if told:
            end = f"；{t('stock.back.notes', count=len(told) - _MOST_TOLD)}"
            words = "；".join(told[:_MOST_TOLD]) + (end if len(told) > _MOST_TOLD else "。")
            strip = MessageStrip("pending", words)
            strip.setToolTip(plain_tip("\n".join(told)))
            self._told.addWidget(strip)
        joining = sum(bool(one.number) for one in plan.odd)
        self.join.setText(t("stock.back.join", count=joining))
        self.join.setChecked(False)
        self.join.setVisible(bool(joining))

    # --- taking over ------------------------------------------------------------------------

    def take(self) -> None:
        """Take over what is ticked, and keep the files."""
        changes, look = self._chosen(), self.look
        joins = look is not None and self.join.isChecked() and self.join.isVisible()
        if look is None or self._is_taking or not (changes or joins):
            return
        self._is_taking = True
        self.primary.setEnabled(False)
        joining = [one for one in look.plan.odd if one.number] if joins else []

        def work(report: Report) -> Merged:
            from forms.office.stock_exchange import merge

            with self.desk.own_store() as store:
                return merge(
                    store,
                    self.form,
                    look.back.read,
                    look.plan,
                    self.desk.today,
                    changes=changes,
                    joining=joining,
                    who=self.desk.who,
                    progress=report,
                )

        self.desk.jobs.run(
            work,
            t("stock.back.taking"),
            finished=self._took,
            failed=self._not_taken,
            cancelled=self._over,
        )

    def _took(self, found: Merged) -> None:
        words = t("stock.back.done", count=len(found.done))
        if found.joined:
            words += t("stock.back.joined", count=len(found.joined))
        if found.left:
            words += t("stock.back.done_left", count=len(found.left))
        self._over()
        undo = (t("stock.back.undo"), partial(self._undo, found))
        self.desk.notices.tell("done", words, action=undo if found.done else None)

    def _not_taken(self, error: BaseException) -> None:
        self._over()
        self.desk.jobs.unheard.emit(error)

    def _over(self) -> None:
        self._is_taking = False
        self.desk.cases_changed.emit()  # the stock reads anew, and this page looks again

    def _undo(self, found: Merged) -> None:
        def work(_report: Report) -> TakenBack:
            from forms.office.stocktaking import take_back

            with self.desk.own_store() as store:
                return take_back(store, found.done, who=self.desk.who)

        self.desk.jobs.run(work, t("stock.back.undo"), finished=self._undone)

    def _undone(self, found: TakenBack) -> None:
        self.desk.cases_changed.emit()
        if found.left:
            words = t("stock.undone_some", count=found.back, left=found.left)
            self.desk.notices.tell("pending", words)
        else:
            self.desk.notices.tell("done", t("stock.back.undone", count=found.back))

    # --- forgetting -------------------------------------------------------------------------

    def _stop(self) -> None:
        if self._job is not None and not self._job.is_over:
            self._job.cancel()

    def _forget(self) -> None:
        self._stop()
        self._job, self.look = None, None
        self.table.changes.keys = set()
        self._show_asking()

    def _show_asking(self) -> None:
        self._stack.setCurrentIndex(0)
        self.head.show_beside("")
        self._other.hide()


def _dropped(event: QDropEvent) -> list[Path]:
    urls = event.mimeData().urls()
    files = (Path(one.toLocalFile()) for one in urls if one.isLocalFile())
    return [file for file in files if file.suffix.lower() in TABLES]
