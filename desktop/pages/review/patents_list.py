"""The patents of a package at the left, each with what was decided of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.installed.screen_texts import t
from desktop.parts.theme.chips import Look
from desktop.parts.widgets.basics import frame, line, row
from desktop.parts.widgets.frames import FilterBar
from desktop.parts.widgets.table import RowsTable
from desktop.parts.widgets.table_model import Column

if TYPE_CHECKING:
    from forms.bureau.records import PackageCase
    from forms.office.stored import Kept

FILTERS = ("all", "waiting", "returned", "refused")
_LOOKS = {
    "waiting": Look("circle", "grey", "review.states.waiting"),
    "passed": Look("circle-check", "done", "review.states.passed"),
    "returned": Look("undo-2", "pending", "review.states.returned"),
    "refused": Look("file-x", "error", "review.states.refused"),
    "published": Look("circle-check", "done", "review.states.published"),
    "withdrawn": Look("undo-2", "grey", "review.states.withdrawn"),
}


class PatentsList(QWidget):
    """Filters and table; `chosen` carries the case in hand."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._cases: Sequence[Kept[PackageCase]] = ()
        self._here = 0
        self.filters = FilterBar([(name, t(f"review.filters.{name}")) for name in FILTERS])
        self.table = RowsTable(_columns(), t("review.patents"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(frame("bar", row(self.filters, margins=(12, 8, 12, 8))))
        layout.addWidget(line())
        layout.addWidget(self.table, 1)
        self.filters.chosen.connect(self._show)
        self.table.chosen.connect(self._choose)

    @property
    def here(self) -> Kept[PackageCase] | None:
        """The case in hand."""
        return next((one for one in self._cases if one.id == self._here), None)

    def show_cases(self, cases: Sequence[Kept[PackageCase]], here: int = 0) -> None:
        """Show these cases; that of the id `here`, else the one in hand, else the first waiting."""
        self._cases = cases
        first = next((one.id for one in cases if one.record.state == "waiting"), 0)
        known = {one.id for one in cases}
        self._here = here or (self._here if self._here in known else first)
        self._show()

    def go(self, way: int) -> None:
        """Go to the next (1) or the former (-1) of those shown."""
        rows = self.table.rows
        place = next((at for at, one in enumerate(rows) if one.id == self._here), -1)
        if 0 <= place + way < len(rows):
            self.table.choose(place + way)

    def beside(self, way: int) -> Kept[PackageCase] | None:
        """The next or former case by its place in the package."""
        ids = [one.id for one in self._cases]
        if self._here not in ids:
            return None
        place = ids.index(self._here) + way
        return self._cases[place] if 0 <= place < len(ids) else None

    def choose(self, case_id: int) -> None:
        """Take a case in hand, whatever filter hides it."""
        if all(one.id != case_id for one in self.table.rows):
            self.filters.choose("all")
        self._here = case_id
        self._show()

    def _show(self, *_: object) -> None:
        states = [one.record.state for one in self._cases]
        counts = {name: states.count(name) for name in FILTERS if name != "all"}  # type: ignore[arg-type]
        self.filters.show_counts(counts | {"all": len(states)})
        self.filters.show_only([name for name in FILTERS if name == "all" or counts[name]])
        wanted, here = self.filters.current, self._here
        shown = [one for one in self._cases if wanted in ("all", one.record.state)]
        self.table.show_rows(shown)
        if shown:
            self.table.choose(next((at for at, one in enumerate(shown) if one.id == here), 0))
        else:
            self.chosen.emit(None)

    def _choose(self, kept: Kept[PackageCase]) -> None:
        self._here = kept.id
        self.chosen.emit(kept)


def _columns() -> tuple[Column, ...]:
    return (
        Column(
            header="",
            text=lambda kept: str(kept.record.place),
            ink=lambda _: "text2",
            width=40,
            is_small=True,
        ),
        Column(
            header=t("review.patents"),
            text=lambda kept: kept.record.number,
            second=lambda kept: kept.record.case.patent.title,
        ),
        Column(
            header=t("review.decision"),
            chip=lambda kept: (
                _LOOKS[kept.record.state],
                t(f"review.states.{kept.record.state}"),
            ),
            width=108,
        ),
    )
