"""What is done with an export of how patents stand: read, looked at, taken over in jobs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.desk.desk import Desk
from desktop.desk.jobs import Report

if TYPE_CHECKING:
    from forms.exchange.status_export import StatusExport
    from forms.office.bulk_change import Done
    from forms.office.status_sync import StatusSync, SyncRow


@dataclass(frozen=True, kw_only=True)
class SyncLook:
    """An export with what it says anew of the ledger."""

    export: StatusExport
    found: StatusSync


def reading(desk: Desk, file: Path) -> Callable[[Report], SyncLook]:
    """Read an export and hold it against the ledger; a job's work.

    The headings of every pack are known, those of the one in use first.
    """

    def work(report: Report) -> SyncLook:
        from forms.exchange.status_export import read_status_export
        from forms.exchange.workbook_reader import read_file

        sheets = read_file(file)
        report.check()
        others = (desk.shelf.of(code) for code in desk.packs)
        own = desk.pack
        packs = [own, *(pack for pack in others if pack is not None and pack is not own)]
        export = read_status_export(sheets, packs)
        report.check()
        return looking(desk, export)(report)

    return work


def looking(desk: Desk, export: StatusExport) -> Callable[[Report], SyncLook]:
    """Hold an export against the ledger again; a job's work."""

    def work(report: Report) -> SyncLook:
        from forms.office.holdings import held
        from forms.office.status_sync import planned

        with desk.own_store() as store:
            holdings = held(store)
        report.check()
        return SyncLook(export=export, found=planned(holdings, export, desk.today))

    return work


def taking(desk: Desk, rows: Sequence[SyncRow]) -> Callable[[Report], Done]:
    """Take over what is taken of some rows, all or nothing; a job's work."""

    def work(report: Report) -> Done:
        from forms.office.status_sync import take_over

        with desk.own_store() as store:
            return take_over(store, rows, who=desk.who, progress=report)

    return work


def taking_back(desk: Desk, done: Done) -> Callable[[Report], list[int]]:
    """Bring the cases back to what they were; those changed since are left; a job's work."""

    def work(report: Report) -> list[int]:
        from forms.office.bulk_change import take_back

        report.check()
        with desk.own_store() as store:
            return take_back(store, done, who=desk.who)

    return work
