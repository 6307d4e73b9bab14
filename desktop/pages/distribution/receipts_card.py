"""The money that a run counts: ticked receipts, and the line of the sums that follows from them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QPushButton, QVBoxLayout

from desktop.installed.screen_texts import t
from desktop.parts.widgets.basics import button, clear, icon_label, label, row
from desktop.parts.widgets.frames import Card
from desktop.parts.widgets.one_line import Elided
from forms.facts.amounts import grouped, plain

if TYPE_CHECKING:
    from forms.pool.runs import Run, Taken

_FIRST, _MOST = 3, 300
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class ReceiptsCard(Card):
    """Shows receipts, those that count ticked."""

    changed = Signal()

    def __init__(self) -> None:
        self.period = button(t("distribution.period"), "link")
        self.entered = button(t("distribution.enter"), "link")
        self.more = button("", "link", clicked=self._more)
        super().__init__(
            t("distribution.counted"), beside=" ", buttons=(self.more, self.period, self.entered)
        )
        self._shows_all = False
        self._all: list[Taken] = []
        self._ticked: set[int] = set()
        self._is_open = True
        self.ticks: list[QCheckBox] = []
        self._grid = QGridLayout()
        self._grid.setContentsMargins(16, 6, 16, 8)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(3, 1)
        self.body.addLayout(self._grid)

    @property
    def taken(self) -> tuple[Taken, ...]:
        """The receipts that are ticked."""
        return tuple(one for place, one in enumerate(self._all) if place in self._ticked)

    def show_receipts(self, run: Run, offered: Sequence[Taken]) -> None:
        """Show what a run counts and what it might; a closed one shows the former alone."""
        others = [] if run.is_closed else [one for one in offered if one not in run.receipts]
        self._all = sorted([*run.receipts, *others], key=lambda one: str(one.day), reverse=True)
        counted = set(run.receipts)
        self._ticked = {place for place, one in enumerate(self._all) if one in counted}
        self._is_open = not run.is_closed
        for one in (self.period, self.entered):
            one.setVisible(self._is_open)
        beside = t(
            "distribution.of_period", first=run.first, last=run.last, count=len(run.receipts)
        )
        self.show_title(t("distribution.counted"), beside)
        self._show_rows()

    def _show_rows(self) -> None:
        clear(self._grid)
        self.ticks = []
        count = len(self._all)
        shown = self._all[: min(count, _MOST) if self._shows_all else _FIRST]
        for place, one in enumerate(shown):
            self._row(place, one)
        if not shown:
            self._grid.addWidget(label(t("distribution.nothing_counted"), "hint"), 0, 0, 1, 5)
        rest = count - len(shown)
        words = t("distribution.less") if self._shows_all else t("distribution.more", count=rest)
        self.more.setText(words)
        self.more.setVisible(count > _FIRST)

    def _row(self, place: int, one: Taken) -> None:
        amount = grouped(one.amount) if one.amount is not None else "—"
        if self._is_open:
            tick = QCheckBox()
            tick.setChecked(place in self._ticked)
            tick.setAccessibleName(f"{one.day} {one.payer} {amount}")
            tick.toggled.connect(partial(self._toggled, place))
            self.ticks.append(tick)
            self._grid.addWidget(tick, place, 0)
        else:
            self._grid.addWidget(icon_label("check"), place, 0)
        what = one.what or t(f"distribution.of.{one.of}")
        if one.numbers is not None:
            what += t("distribution.of_numbers", count=len(one.numbers))
        elif one.of == "licence":
            what += t("distribution.own_licence")
        money = label(amount)
        money.setAlignment(_RIGHT)
        self._grid.addWidget(label(str(one.day or "—")), place, 1)
        self._grid.addWidget(label(one.payer or t(f"distribution.of.{one.of}")), place, 2)
        self._grid.addWidget(Elided(what, "hint"), place, 3)
        self._grid.addWidget(money, place, 4)

    def _toggled(self, place: int, on: bool) -> None:
        if on:
            self._ticked.add(place)
        else:
            self._ticked.discard(place)
        self.changed.emit()

    def _more(self) -> None:
        self._shows_all = not self._shows_all
        self._show_rows()


class SumsPanel(QFrame):
    """收入 − 管理费 − 代缴年费 ＝ 可分配收益, dashed: it follows from what stands above."""

    fee_asked = Signal()
    annuities_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "derived")
        self._line = row(space=12, margins=(24, 10, 24, 12))
        self.setLayout(self._line)

    def show_run(self, run: Run) -> None:
        """Show the sums of a run."""
        clear(self._line)
        percent = run.fee.percent
        share = "" if percent is None else f" {plain(percent)}%"
        totals, is_open = run.totals, not run.is_closed
        self._sum(t("distribution.income"), grouped(totals.income))
        self._sign("−")
        fee = self._link("change_fee", self.fee_asked) if is_open else None
        self._sum(t("distribution.fee") + share, grouped(totals.fee), fee)
        self._sign("−")
        annuities = self._link("check_fees", self.annuities_asked) if is_open else None
        named = t("distribution.annuities", count=len(run.fees))
        self._sum(named, grouped(totals.annuities), annuities)
        self._sign("＝")
        whole = t("distribution.yuan", amount=grouped(totals.distributed))
        self._sum(t("distribution.distributed"), whole, tone="accent")
        said = " − ".join(grouped(one) for one in (totals.income, totals.fee, totals.annuities))
        self.setAccessibleName(f"{said} ＝ {whole}")

    def _link(self, name: str, asked: SignalInstance) -> QPushButton:
        made = button(t("distribution.change"), "link", clicked=asked.emit)
        made.setAccessibleName(t(f"distribution.{name}"))
        made.setToolTip(t(f"distribution.{name}"))
        return made

    def _sum(
        self, name: str, amount: str, beside: QPushButton | None = None, *, tone: str = ""
    ) -> None:
        above = row(label(name, "hint"), space=4)
        if beside is not None:
            above.addWidget(beside)
        above.addStretch()
        both = QVBoxLayout()
        both.setSpacing(2)
        both.addLayout(above)
        both.addWidget(label(amount, "pane", tone=tone))
        self._line.addLayout(both)

    def _sign(self, sign: str) -> None:
        self._line.addStretch()
        self._line.addWidget(label(sign, "pane"))
        self._line.addStretch()
