"""Files on the page of a pool: workbooks in and out, looked at before they are taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.desk.desk import Desk
from desktop.desk.jobs import Report
from desktop.installed.screen_texts import t
from desktop.parts.dialogs import kinds_of
from desktop.parts.outside import open_outside
from forms.ground.endings import TABLES
from forms.ground.files import write_atomically

if TYPE_CHECKING:
    from desktop.pages.pool.pool_actions import PoolActions
    from forms.exchange.pool_parcel import Received
    from forms.facts.record import Office
    from forms.office.pool_book_in import BookPlan
    from forms.office.pools import PoolView

    Looked = tuple[Received, BookPlan]

_MOST_TOLD = 3


class FileActions:
    """Does what is asked with files."""

    def __init__(self, doing: PoolActions) -> None:
        self._doing, self._desk = doing, doing.desk

    # --- in -----------------------------------------------------------------------------------

    def ask_import(self) -> None:
        """Let the clerk choose a workbook, or a package that came."""
        kinds = kinds_of("pool.io.kinds", (*TABLES, ".zip", ".eml", ".msg"))
        chosen = self._desk.dialogs.files(self._doing.page, t("pool.io.choose"), kinds)
        if chosen:
            self.look_at(chosen)

    def look_at(self, files: Sequence[Path]) -> None:
        """See what workbooks or packages would change, in a job."""
        self._desk.jobs.run(
            partial(_planned, self._desk, self._doing.pool_id, files),
            t("pool.io.reading"),
            finished=partial(self._ask, "、".join(file.name for file in files[:_MOST_TOLD])),
            failed=self.failed,
        )

    def _ask(self, name: str, looked: Looked) -> None:
        from desktop.pages.pool.plan_sheet import PlanSheet

        received, found = looked
        count = len(received.enclosed)
        if not found.changes and not found.notes and not count:
            self._desk.notices.tell("done", t("pool.io.nothing_new", name=name))
            return
        sheet = PlanSheet(self._doing.page, name, found, enclosed=count)
        if self._desk.dialogs.agrees(sheet) and (found.changes or count):
            self._desk.jobs.run(
                partial(_taken, self._desk, self._doing.pool_id, received, found),
                t("pool.io.taking"),
                finished=self._took,
                failed=self.failed,
            )

    def _took(self, count: int) -> None:
        self._doing.tell("pool.io.taken", count=count)

    def failed(self, error: BaseException) -> None:
        """Tell the clerk what could not be done."""
        from forms.ground.for_the_clerk import ForTheClerk

        if isinstance(error, ForTheClerk):
            self._desk.notices.tell("error", str(error))
        else:
            self._desk.jobs.unheard.emit(error)
        self._doing.holder.mark_stale()

    # --- out ----------------------------------------------------------------------------------

    def export(self) -> None:
        """Write all of the pool as a workbook, in a job."""
        view = self._doing.look.whole
        name = Path(f"{view.pool.record.name}_{self._doing.look.today}.xlsx")
        title, kinds = t("pool.io.save_as"), t("parties.io.xlsx")
        file = self._desk.dialogs.save(self._doing.page, title, kinds, name)
        if file is None:
            return
        file = file if file.suffix.lower() == ".xlsx" else file.with_name(f"{file.name}.xlsx")
        self._run(partial(_exported, view, file))

    def send_package(self, at: int) -> None:
        """Make what a member is sent, in a job: its list, its applications."""
        folder = self._desk.dialogs.folder(self._doing.page, t("pool.package.where"))
        if folder is None:
            return
        view, today = self._doing.look.whole, self._doing.look.today
        office = self._desk.store.parties.office()
        self._run(partial(_packed, view, at, folder, today, office))

    def _run(self, work: Callable[[Report], Path]) -> None:
        self._desk.jobs.run(
            work, t("pool.io.writing"), finished=self._say_written, failed=self.failed
        )

    def _say_written(self, place: Path) -> None:
        show = (t("pool.io.open"), partial(open_outside, place, self._desk.notices))
        self._desk.notices.tell("done", t("pool.io.written", name=place.name), action=show)


def _planned(desk: Desk, pool_id: int, files: Sequence[Path], _report: Report) -> Looked:
    from forms.office.pool_package import look_at_package
    from forms.office.pools import view

    with desk.own_store() as store:
        return look_at_package(view(store, pool_id), files)


def _taken(desk: Desk, pool_id: int, received: Received, found: BookPlan, _report: Report) -> int:
    from forms.office.pool_book_taken import take
    from forms.office.pool_package import keep_enclosed
    from forms.office.pools import view

    with desk.own_store() as store, store.transaction():
        count = take(store, pool_id, found, who=desk.who)
        keep_enclosed(store, view(store, pool_id), received, who=desk.who)
    return count


def _exported(view: PoolView, file: Path, _report: Report) -> Path:
    from forms.office.pool_book_out import pool_book

    write_atomically(file, pool_book(view))
    return file


def _packed(
    view: PoolView, at: int, folder: Path, today: date, office: Office, _report: Report
) -> Path:
    from forms.office.pool_package import write_for_member

    return write_for_member(view, at, folder, today, office).folder
