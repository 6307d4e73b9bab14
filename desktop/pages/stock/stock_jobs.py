"""What the page does beside the window: reading the stock, joining, sending, making cases."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.desk.desk import Desk
from desktop.desk.jobs import Report
from desktop.installed.packs_here import own_packs
from desktop.pages.stock.stock_paths import Paths, paths_here
from desktop.pages.stock.stock_row import StockRow
from forms.stock.facts import InStock
from forms.stock.progress import Progress
from forms.stock.stock_items import StockForm

if TYPE_CHECKING:
    from forms.office.stock_cases import MadeCases
    from forms.office.stock_exchange import Sent
    from forms.office.stocktaking import Joined
    from forms.stock.records import Sending


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """The stock as it stands: rows, what was sent, how far all are, what has not joined."""

    rows: list[StockRow]
    sendings: list[Sending]
    progress: Progress
    round: str
    not_joined: int
    paths: Paths


def loading(desk: Desk, form: StockForm) -> Callable[[Report], Loaded]:
    """Read the stock; a job's work."""

    def work(report: Report) -> Loaded:
        from forms.office.stocktaking import not_joined, open_round_of, sendings_of, stock_of
        from forms.stock.progress import progress

        with desk.own_store() as store:
            stock = stock_of(store, with_out=True)
            report.check()
            now = open_round_of(store)
            sent = [one for _, one in sendings_of(store)]
            report.check()
            paths = paths_here(desk, store, form, stock)
            report.check()
            return Loaded(
                rows=[StockRow(form, one, paths) for one in stock],
                paths=paths,
                sendings=sent,
                progress=progress(form, stock, sent, desk.today),
                round=now.record.name if now else "",
                not_joined=not_joined(store, stock),
            )

    return work


def joining(desk: Desk, files: Sequence[Path]) -> Callable[[Report], Joined]:
    """Let the patents of lists join, or those of the ledger where none is named."""

    def work(report: Report) -> Joined:
        from forms.office.case_import import read_files
        from forms.office.stocktaking import import_patents, join_ledger

        report.check()
        with desk.own_store() as store:
            if not files:
                return join_ledger(store, desk.today, who=desk.who)
            sheets = read_files(files)
            report.check()
            return import_patents(store, desk.pack, sheets, desk.today, who=desk.who)

    return work


def sending(
    desk: Desk,
    form: StockForm,
    out: Path,
    colleges: Sequence[str],
    due: date | None,
    *,
    only_open: bool,
) -> Callable[[Report], tuple[Sent, ...]]:
    """Write the workbooks and drafts of mails for some colleges."""

    def work(report: Report) -> tuple[Sent, ...]:
        from forms.office.stock_exchange import split

        with desk.own_store() as store:
            return split(
                store,
                form,
                store.parties,
                out,
                desk.today,
                colleges=colleges,
                due=due,
                only_open=only_open,
                who=desk.who,
                progress=report,
            )

    return work


def making_cases(desk: Desk, patents: Sequence[InStock]) -> Callable[[Report], MadeCases]:
    """Make cases of some patents, of the pack in use."""

    def work(report: Report) -> MadeCases:
        from forms.office.stock_cases import make_cases

        report.check()
        with desk.own_store() as store:
            return make_cases(store, desk.pack, patents, who=desk.who)

    return work


def reporting(
    desk: Desk, form: StockForm, out: Path, college: str
) -> Callable[[Report], list[Path]]:
    """Write the report of the round as paper and workbook, of all or of one college."""

    def work(report: Report) -> list[Path]:
        from forms.office.stock_report import write_report
        from forms.office.stocktaking import stock_of

        with desk.own_store() as store:
            stock = [one for one in stock_of(store) if not college or one.college == college]
            report.check()
            office = store.parties.office()
            return write_report(
                *(form, stock, office, out, desk.today),
                college=college,
                force=True,
                own=own_packs(store.path),
            )

    return work
