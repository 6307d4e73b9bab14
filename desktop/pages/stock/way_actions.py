"""What may be done with the ways: another one chosen, points weighed otherwise, put on paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from db.store_problems import StaleRevision
from desktop.desk.attempts import attempts
from desktop.desk.desk import Desk
from desktop.desk.jobs import Report
from desktop.installed.packs_here import own_packs
from desktop.installed.screen_texts import t
from desktop.pages.stock.grade_sheet import GradeSheet
from desktop.pages.stock.stock_paths import Paths
from desktop.pages.stock.way_sheets import OtherWaySheet, WeightsSheet
from desktop.pages.stock.ways_box import WaysBox
from desktop.parts.outside import open_outside
from forms.office.stored import Kept
from forms.stock.facts import InStock
from forms.stock.grading import Grading

if TYPE_CHECKING:
    from desktop.pages.stock.stock_page import StockPage


class WayActions(QObject):
    """Does it, and lets the page show what came of it."""

    def __init__(self, page: StockPage) -> None:
        super().__init__(page)
        self._page = page
        self._desk = page.desk

    def serve(self, box: WaysBox) -> None:
        """Do what the box asks for."""
        box.other_asked.connect(self.other)
        box.export_asked.connect(self.export)
        box.grade_asked.connect(self.grade)

    def other(self) -> None:
        """Ask for another way and why."""
        from forms.office.stock_ways import choose
        from forms.stock.records import ChosenPath

        page, desk, row = self._page, self._desk, self._page.pane.shown
        if row is None or row.ways is None:
            return
        asked = OtherWaySheet(row.ways, row.found.patent.path, page)
        for sheet, attempt in attempts(desk, asked):
            path = None
            if sheet.path:
                reason = sheet.reason.text().strip()
                path = ChosenPath(path=sheet.path, reason=reason, by=desk.who, on=desk.today)
            with attempt:
                page.saver.save()
                page.show_saved([choose(desk.store, row.id, path, who=desk.who)])

    def grade(self) -> None:
        """Ask for the marks and the price of the patent in hand."""
        from forms.office.stock_grading import judge

        page, desk, row = self._page, self._desk, self._page.pane.shown
        if row is None or page.loaded is None:
            return
        paths = page.loaded.paths
        before = paths.gradings.get(row.found.key)
        for sheet, attempt in attempts(desk, grade_sheet(desk, paths, before, page)):
            with attempt:
                try:
                    judge(
                        *(desk.store, paths.grading, row.found, sheet.grading, desk.today),
                        before=before,
                        who=desk.who,
                    )
                except StaleRevision:
                    desk.notices.tell("error", t("stock.grades.elsewhere"))
                page.mark_stale()

    def export(self) -> None:
        """Put the ways of the patent in hand on paper and into a workbook."""
        page, desk, row = self._page, self._desk, self._page.pane.shown
        if row is None or page.loaded is None:
            return
        out = desk.dialogs.folder(page, t("stock.ways.folder"))
        if out is not None:
            work = putting_on_paper(desk, page.loaded.paths, row.found, out)
            desk.jobs.run(work, t("stock.ways.making"), finished=self._made)

    def _made(self, files: Sequence[Path]) -> None:
        self._desk.notices.tell(
            "done",
            t("stock.reported", names="、".join(one.name for one in files)),
            action=(t("stock.open_folder"), partial(self._open, files[0].parent)),
        )

    def _open(self, folder: Path) -> None:
        open_outside(folder, self._desk.notices)

    def weigh(self) -> None:
        """Ask what each point weighs."""
        from forms.office.stock_grading import grading_here, weights_now
        from forms.office.stock_ways import rules_here, weigh
        from forms.stock.way_rules import WayWeights

        page, desk = self._page, self._desk
        own = own_packs(desk.store.path)
        rules = rules_here(desk.store, page.form, own)
        shipped = rules_here(desk.store, page.form, own, is_weighed=False)
        form = grading_here(own)
        asked = WeightsSheet(rules, shipped, form, weights_now(desk.store, form), page)
        for sheet, attempt in attempts(desk, asked):
            weights = WayWeights(
                points=sheet.points, criteria=sheet.criteria, by=desk.who, on=desk.today
            )
            with attempt:
                weigh(desk.store, weights, shown=sheet.shown, who=desk.who)
                desk.notices.tell("done", t("stock.ways.weighed"))
                page.mark_stale()


def grade_sheet(
    desk: Desk, paths: Paths, before: Kept[Grading] | None, parent: QWidget
) -> GradeSheet:
    """The sheet for a judgment, with those before it."""
    from forms.office.stock_grading import former_of, weights_now

    former = former_of(desk.store, paths.grading, before) if before is not None else ()
    record = before.record if before is not None else Grading()
    weights = weights_now(desk.store, paths.grading)
    return GradeSheet(paths.grading, weights, record, former, paths.published, parent)


def putting_on_paper(
    desk: Desk, paths: Paths, patent: InStock, out: Path
) -> Callable[[Report], list[Path]]:
    """Write the ways of a patent; a job's work."""

    def work(report: Report) -> list[Path]:
        from forms.office.way_papers import ways_document, write_ways

        with desk.own_store() as store:
            office, own = store.parties.office(), own_packs(store.path)
        document = ways_document(
            *(paths.form, paths.rules, patent, paths.known[patent.key], paths.published),
            *(office, paths.today),
            own=own,
        )
        report.check()
        return write_ways(document, patent, out, force=True)

    return work
