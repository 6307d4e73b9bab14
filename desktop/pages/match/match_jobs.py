"""What takes long of matching, as jobs: a workbook of needs, the patents, letters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.desk.desk import Desk
from desktop.desk.jobs import Report

if TYPE_CHECKING:
    from forms.office.matching import Match, Matcher, Weights
    from forms.office.needs import Need, TakenIn
    from forms.office.stored import Kept


@dataclass(frozen=True, kw_only=True)
class Pushed:
    """Letters that were made: where they lie, the need as it is kept now, how many patents."""

    folder: Path
    kept: Kept[Need]
    count: int


def taking_in(desk: Desk, file: Path) -> Callable[[Report], TakenIn]:
    """Take in a workbook of needs, all or nothing."""

    def work(report: Report) -> TakenIn:
        from forms.exchange.plain_table import read_table
        from forms.exchange.workbook_reader import read_file
        from forms.office.needs import COLUMNS, take_in

        read = read_table(read_file(file), COLUMNS)
        report.check()
        with desk.own_store() as store:
            return take_in(store, read, who=desk.who)

    return work


def gathering(desk: Desk, weights: Weights) -> Callable[[Report], Matcher]:
    """Gather what is offered and make it ready to be asked."""

    def work(report: Report) -> Matcher:
        from forms.bureau.offers import offers_of
        from forms.office.matching import Matcher

        with desk.own_store() as store:
            offers = offers_of(store)
        report.check()
        return Matcher(offers, weights)

    return work


def pushing(
    desk: Desk, out: Path, kept: Kept[Need], matches: Sequence[Match]
) -> Callable[[Report], Pushed]:
    """Write letter, list and mail draft, and remember what was pushed."""

    def work(report: Report) -> Pushed:
        from forms.office.pushing import note_pushed, written

        with desk.own_store() as store:
            office = store.parties.office()
            folder, _, _ = written(out, kept.record, matches, office, desk.today)
            report.check()
            after = note_pushed(store, kept, matches, desk.today, who=desk.who)
        return Pushed(folder=folder, kept=after, count=len(matches))

    return work
