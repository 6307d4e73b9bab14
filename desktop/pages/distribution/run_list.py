"""All distributions of a pool, what waits to be shared, and what is still to be paid."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.desk.desk import Desk
from desktop.installed.screen_texts import t
from desktop.parts.theme.chips import STATES, Look
from desktop.parts.widgets.basics import button, clear, column, label, row
from desktop.parts.widgets.frames import Card, FilterBar, PageHead
from desktop.parts.widgets.messages import MessageStrip
from desktop.parts.widgets.table import RowsTable
from desktop.parts.widgets.table_model import Column
from forms.facts.amounts import grouped
from forms.pool.share_input import METHOD_WORDS

if TYPE_CHECKING:
    from desktop.pages.distribution.run_actions import RunActions
    from forms.office.pool_money import PoolMoney
    from forms.office.pool_payments import Owed
    from forms.office.stored import Kept
    from forms.pool.runs import Run

OPEN = Look("pencil-line", "plain", "distribution.state.open")
CLOSED = Look("circle-check", "done", "distribution.state.closed")


class RunList(QWidget):
    """Shows a pool's distributions."""

    back_asked = Signal()

    def __init__(self, desk: Desk, doing: RunActions) -> None:
        super().__init__()
        self._desk, self._doing = desk, doing
        self._left: dict[int, Decimal] = {}
        self._owed: list[Owed] = []
        self.new = button(
            t("distribution.new"), "primary", icon="plus", keys="Ctrl+N", clicked=doing.begin
        )
        self.head = PageHead(
            t("distribution.title"), back=t("distribution.back"), buttons=(self.new,)
        )
        self.head.back_asked.connect(self.back_asked)
        self.table = RowsTable(self._columns(), t("distribution.title"))
        self.table.empty_words = lambda: t("distribution.none")
        self.table.opened.connect(lambda kept: doing.open(kept.id))
        self.filters = FilterBar(
            [(name, t(f"distribution.due.{name}")) for name in ("unpaid", "all")]
        )
        self.filters.chosen.connect(self._show_due)
        self.due = RowsTable(_due_columns(), t("distribution.due.name"))
        self.due.empty_words = lambda: t("distribution.due.none")
        self.due.opened.connect(doing.pay)
        self.pay = button(t("distribution.pay"), icon="coins", clicked=self._pay)
        self._notes = column(space=8)
        runs, due = Card(), Card()
        runs.body.addWidget(self.table)
        out = button(t("distribution.payments_out"), icon="download", clicked=doing.payments_out)
        back = button(t("distribution.payments_in"), icon="folder-input", clicked=doing.payments_in)
        head = row(self.filters, None, out, back, self.pay, margins=(16, 8, 12, 8))
        due.body.addLayout(head)
        due.body.addWidget(self.due)
        inside = QVBoxLayout()
        inside.setContentsMargins(24, 8, 24, 24)
        inside.setSpacing(12)
        inside.addLayout(self._notes)
        inside.addWidget(runs, 3)
        inside.addWidget(label(t("distribution.due.name"), "strong"))
        inside.addWidget(due, 4)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.head)
        whole.addLayout(inside, 1)

    def show_money(self, money: PoolMoney) -> None:
        """Show a pool's runs and payments."""
        from forms.office.pool_payments import owed, undistributed

        self.head.show_beside(money.pool.name)
        self._owed = owed(money)
        self._left = {}
        for one in self._owed:
            self._left[one.run_id] = self._left.get(one.run_id, Decimal(0)) + one.left
        self.table.show_rows(reversed(money.runs))
        clear(self._notes)
        waiting = undistributed(self._desk.store, money, self._desk.today)
        if waiting:
            total = sum((one.amount or Decimal(0) for one in waiting), Decimal(0))
            words = t(
                "distribution.waiting",
                count=len(waiting),
                amount=grouped(total),
                day=str(min(one.day for one in waiting if one.day is not None)),
            )
            self._notes.addWidget(MessageStrip("pending", words, fix=t("distribution.new")))
            strip = self._notes.itemAt(0).widget()
            assert isinstance(strip, MessageStrip)
            strip.fix_asked.connect(self._doing.begin)
        self._show_due(self.filters.current)

    def _show_due(self, name: str) -> None:
        unpaid = [one for one in self._owed if one.left]
        self.filters.show_counts({"unpaid": len(unpaid), "all": len(self._owed)})
        self.due.show_rows(unpaid if name == "unpaid" else self._owed)
        self.pay.setEnabled(bool(unpaid))

    def _pay(self) -> None:
        found = self.due.current or next((one for one in self._owed if one.left), None)
        if found is not None:
            self._doing.pay(found)

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(
                header=t("distribution.columns.run"),
                text=lambda kept: t("distribution.nth", words=kept.record.words),
                second=_reason,
            ),
            Column(
                header=t("distribution.columns.period"),
                text=lambda kept: f"{kept.record.first} 至 {kept.record.last}",
                width=208,
                may_go=True,
            ),
            Column(
                header=t("distribution.columns.method"),
                text=lambda kept: METHOD_WORDS[kept.record.rule.method],
                width=84,
                may_go=True,
            ),
            Column(header=t("distribution.columns.income"), text=_income, width=132, is_right=True),
            Column(
                header=t("distribution.columns.distributed"),
                text=_distributed,
                width=132,
                is_right=True,
            ),
            Column(header=t("distribution.columns.state"), chip=_chip, width=104),
            Column(
                header=t("distribution.columns.left"),
                text=self._unpaid,
                width=120,
                is_right=True,
            ),
        )

    def _unpaid(self, kept: Kept[Run]) -> str:
        if not kept.record.is_closed:
            return "—"
        return grouped(self._left.get(kept.id, Decimal("0.00")))


def _reason(kept: Kept[Run]) -> str:
    run = kept.record
    return t("distribution.corrects", reason=run.reason) if run.corrects is not None else ""


def _income(kept: Kept[Run]) -> str:
    run = kept.record
    return grouped(sum((one.amount or Decimal(0) for one in run.receipts), Decimal("0.00")))


def _distributed(kept: Kept[Run]) -> str:
    return grouped(kept.record.totals.distributed) if kept.record.is_closed else "—"


def _chip(kept: Kept[Run]) -> tuple[Look, str]:
    look = CLOSED if kept.record.is_closed else OPEN
    return look, t(look.word)


def _due_columns() -> tuple[Column, ...]:
    def amount(name: str) -> Column:
        return Column(
            header=t(f"distribution.due.{name}"),
            text=lambda one: grouped(getattr(one, name, None) or _due(one, name)),
            width=124,
            is_right=True,
        )

    return (
        Column(header=t("distribution.due.member"), text=lambda one: one.share.name),
        Column(
            header=t("distribution.due.run"), text=lambda one: one.run.words, width=148, may_go=True
        ),
        amount("owed"),
        amount("paid"),
        amount("left"),
        Column(
            header=t("distribution.due.pay_by"),
            text=lambda one: str(one.run.pay_by or "—"),
            width=112,
        ),
        Column(header=t("distribution.due.state"), chip=_paid_chip, width=104),
    )


def _due(one: Owed, name: str) -> Decimal:
    return one.share.due if name == "owed" else Decimal("0.00")


def _paid_chip(one: Any) -> tuple[Look, str]:
    if not one.left:
        return STATES["sent"], t("distribution.due.done")
    look = Look(
        "clock", "pending", "distribution.due.part" if one.paid else "distribution.due.open"
    )
    if one.left < 0:
        look = Look("undo-2", "pending", "distribution.due.back")
    return look, t(look.word)
