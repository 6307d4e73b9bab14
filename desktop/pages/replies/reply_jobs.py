"""What takes long of a bureau's answers, as jobs: reading and keeping them, looking at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.desk.desk import Desk
from desktop.desk.jobs import Report

if TYPE_CHECKING:
    from forms.exchange.answer_reading import ReadAnswer
    from forms.office.replies import Marked
    from forms.office.reply_care import CaseReply


@dataclass(frozen=True)
class Taken:
    """What came: each file that could not be read, and what became of each answer."""

    faults: Sequence[ReadAnswer]
    marked: Sequence[Marked]


def taking_in(desk: Desk, files: Sequence[Path]) -> Callable[[Report], Taken]:
    """Read answers and mark the cases, all or none."""

    def work(report: Report) -> Taken:
        from forms.exchange.answer_reading import read_answers
        from forms.office.replies import take_in

        read = read_answers(files)
        report.check()
        with desk.own_store() as store:
            marked = take_in(store, desk.shelf, read, who=desk.who)
        return Taken([one for one in read if one.fault], marked)

    return work


def looking(desk: Desk) -> Callable[[Report], list[CaseReply]]:
    """Read all answers, and hold each against its case as it is now."""

    def work(_report: Report) -> list[CaseReply]:
        from forms.office.reply_care import looked_at

        with desk.own_store() as store:
            return looked_at(store, desk.shelf)

    return work
