"""The first step: which cases are sent, ticked in a list that can be searched."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.register_rows import RegisterRow
from desktop.installed.screen_texts import t
from desktop.parts.theme.chips import DECLARED, STATES, Look
from desktop.parts.widgets.basics import button, label, row
from desktop.parts.widgets.frames import Card, FootBar
from desktop.parts.widgets.search_line import SearchLine
from desktop.parts.widgets.table import RowsTable
from desktop.parts.widgets.table_model import Column

NOT_BY_ITSELF = ("drafting", "faulty", "sent", "licensed", "packless", *DECLARED)
"""States of cases that are not ticked unless the clerk does it."""


@dataclass(frozen=True)
class _Row:
    stored: RegisterRow
    state: str | None

    @property
    def chip(self) -> tuple[Look, str] | None:
        look = STATES.get(self.state or "")
        return (look, t(look.word)) if look else None


class ChooseView(QWidget):
    """Ticks cases; `chosen` carries their ids in the order of the list."""

    chosen = Signal(list)

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[_Row] = []
        self._ticked: set[int] = set()
        self.search = SearchLine(t("submission.choose.search"))
        self.search.setMaximumWidth(360)
        self.search.textChanged.connect(self._show)
        self.table = RowsTable(_columns(), t("submission.choose.title"), ticks=True)
        self.table.rows_model.ticked.connect(self._follow)
        self.search.leads_to(self.table, self.take)
        self._counted = label("", "hint")
        self._others = label("", "hint")
        self._others.hide()
        self.go_on = button("", "primary", trailing="arrow-right", clicked=self.take)
        self.foot = FootBar(self.go_on)
        card = Card(
            t("submission.choose.title"),
            buttons=(
                button(t("submission.choose.ready"), "quiet", clicked=self.tick_ready),
                button(t("submission.choose.all"), "quiet", clicked=self.tick_all),
                button(t("submission.choose.nothing"), "quiet", clicked=self.untick_all),
            ),
        )
        bar = row(
            self.search, self._counted, None, self._others, space=12, margins=(16, 10, 16, 10)
        )
        card.body.addLayout(bar)
        card.body.addWidget(self.table, 1)
        inside = QVBoxLayout()
        inside.setContentsMargins(24, 8, 24, 16)
        inside.addWidget(card)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(inside, 1)
        whole.addWidget(self.foot)

    def show_cases(
        self, rows: Sequence[RegisterRow], ticked: Sequence[int] | None, *, others: int = 0
    ) -> None:
        """Show all cases of the pack; without ticks those that seem ready are ticked.

        So many `others` belong to other packs.
        """
        self._others.setText(t("submission.choose.others", count=others))
        self._others.setVisible(bool(others))
        self._rows = [_Row(one, one.state) for one in sorted(rows, key=lambda one: one.id)]
        if ticked is None:
            ticked = [one.stored.id for one in self._rows if one.state not in NOT_BY_ITSELF]
        self._ticked = set(ticked) & {one.stored.id for one in self._rows}
        self._show()

    @property
    def ids(self) -> list[int]:
        """The ids that are ticked, in the order of the list."""
        return [one.stored.id for one in self._rows if one.stored.id in self._ticked]

    def take(self) -> None:
        """Go on with what is ticked."""
        if self.ids:
            self.chosen.emit(self.ids)

    def tick_ready(self) -> None:
        """Tick those that may be sent, and no other."""
        self._ticked = {one.stored.id for one in self._rows if one.state not in NOT_BY_ITSELF}
        self._show()

    def tick_all(self) -> None:
        """Tick all that are shown."""
        self.table.rows_model.tick(range(len(self.table.rows)))

    def untick_all(self) -> None:
        """Untick all that are shown."""
        self.table.rows_model.tick(range(len(self.table.rows)), on=False)

    def _show(self) -> None:
        words = self.search.text().casefold().split()
        shown = [one for one in self._rows if all(word in one.stored.folded for word in words)]
        model = self.table.rows_model
        model.blockSignals(True)
        self.table.show_rows(shown)
        model.tick([p for p, one in enumerate(shown) if one.stored.id in self._ticked])
        model.blockSignals(False)
        model.layoutChanged.emit()
        self._say()

    def _follow(self) -> None:
        model = self.table.rows_model
        for place, one in enumerate(self.table.rows):
            if model.is_ticked(place):
                self._ticked.add(one.stored.id)
            else:
                self._ticked.discard(one.stored.id)
        self._say()

    def _say(self) -> None:
        count = len(self._ticked)
        self._counted.setText(
            t("submission.choose.counted", chosen=count, all=len(self._rows))
            if self._rows
            else t("submission.choose.empty")
        )
        self.go_on.setText(t("submission.choose.go_on", count=count))
        self.go_on.setAccessibleName(self.go_on.text())
        self.foot.block("" if count else t("submission.choose.none"), is_fault=False)


def _columns() -> tuple[Column, ...]:
    return (
        Column(
            header=t("submission.choose.case"),
            text=lambda one: one.stored.title or t("submission.choose.no_title"),
            second=lambda one: one.stored.number_text or "",
        ),
        Column(
            header=t("submission.choose.owners"),
            text=lambda one: one.stored.owners,
            width=280,
            may_go=True,
        ),
        Column(
            header=t("submission.choose.state"),
            text=lambda one: one.chip[1] if one.chip else t("submission.choose.unknown_state"),
            chip=lambda one: one.chip,
            width=140,
        ),
    )
