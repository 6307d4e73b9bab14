"""What is owed under a licence and what came in: the pane at the right, and the payments' card."""

from decimal import Decimal

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from desktop.installed.screen_texts import t
from desktop.parts.theme.tokens import tokens
from desktop.parts.widgets.basics import (
    button,
    clear,
    column,
    icon_label,
    label,
    line,
    restyle,
    row,
)
from desktop.parts.widgets.labelled import scrolled
from forms.facts.amounts import grouped
from forms.facts.derived import licence_royalty
from forms.facts.licence_effect import by_day
from forms.facts.licence_ledger import DueState, Ledger, Line
from forms.facts.licence_schedule import due_words
from forms.facts.record import Case, Licence
from forms.office.case_states import royalty_in_short

_WIDE, _ANY = 424, 16_777_215
_LOOKS: dict[DueState, tuple[str, str]] = {
    "paid": ("circle-check", "done"),
    "overdue": ("octagon-x", "error"),
    "due": ("clock", "pending"),
    "ahead": ("circle", "text3"),
    "undated": ("circle-help", "pending"),
    "unreported": ("octagon-x", "error"),
    "unknown": ("circle-help", "pending"),
}
MOST_SHOWN = 24


class ReceivedBar(QWidget):
    """How much of the total came in (8 high)."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(8)
        self._part = 0.0

    def show_part(self, part: float) -> None:
        """Show a part of one."""
        self._part = min(1.0, max(0.0, part))
        self.setAccessibleName(t("licences.life.part", percent=round(self._part * 100)))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter, colours = QPainter(self), tokens()
        painter.fillRect(self.rect(), colours.colour("sunken"))
        whole = QRectF(self.rect())
        painter.fillRect(QRectF(0, 0, whole.width() * self._part, 8), colours.colour("done"))


class AccountPane(QFrame):
    """The account: sums, receipts, advice; what may be done stands at its foot."""

    receipt_asked = Signal()
    list_asked = Signal()
    letter_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.stand_beside(True)
        self._short, self.bar = label("", "hint"), ReceivedBar()
        self._sums, self._receipts = QGridLayout(), QGridLayout()
        self._sums.setVerticalSpacing(2)
        self._receipts.setVerticalSpacing(8)
        self._receipts.setColumnStretch(1, 1)
        self._advice = QVBoxLayout()
        self._advice.setSpacing(8)
        inside = QWidget()
        body = QVBoxLayout(inside)
        body.setContentsMargins(24, 20, 24, 16)
        body.setSpacing(14)
        body.addLayout(row(label(t("licences.life.account"), "pane"), None, self._short))
        body.addWidget(self.bar)
        body.addLayout(self._sums)
        body.addWidget(line())
        body.addLayout(self._receipts)
        body.addWidget(line())
        body.addLayout(self._advice)
        body.addStretch()
        receipt = button(t("licences.life.note_receipt"), "primary", icon="coins")
        receipt.clicked.connect(self.receipt_asked)
        listed = button(t("licences.life.export_list"), icon="file-spreadsheet")
        listed.clicked.connect(self.list_asked)
        self.letter = button(t("licences.life.letter"), icon="mail")
        self.letter.clicked.connect(self.letter_asked)
        self.primary = receipt
        foot = QWidget()
        below = row(listed, self.letter)
        below.setStretch(0, 1)
        below.setStretch(1, 1)
        both = column(receipt, margins=(24, 12, 24, 16))
        both.addLayout(below)
        foot.setLayout(both)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scrolled(inside), 1)
        whole.addWidget(line())
        whole.addWidget(foot)

    def stand_beside(self, beside: bool) -> None:
        """Be a pane of its width at the right, or as wide as the cards above."""
        self.setMinimumWidth(_WIDE if beside else 0)
        self.setMaximumWidth(_WIDE if beside else _ANY)
        self.setProperty("role", "side" if beside else "card")
        restyle(self)

    def show_account(
        self, case: Case, licence: Licence, account: Ledger, advice: tuple[str, ...]
    ) -> None:
        """Show a licence's account."""
        self._short.setText("，".join(royalty_in_short(licence_royalty(case, licence))))
        part = float(account.received / account.total) if account.total else 0.0
        self.bar.show_part(part)
        ahead = max(account.total - account.received + account.over - account.overdue, Decimal(0))
        sums = (("received", account.received), ("ahead", ahead), ("overdue", account.overdue))
        clear(self._sums)
        for place, (name, amount) in enumerate(sums):
            tone = "error" if name == "overdue" and amount else "done" if name == "received" else ""
            said = t("licences.life.yuan", amount=grouped(amount))
            self._sums.addWidget(label(t(f"licences.life.sums.{name}"), "hint"), 0, place)
            self._sums.addWidget(label(said, "strong", tone=tone), 1, place)
        self._show_receipts(licence)
        clear(self._advice)
        for text in advice:
            words = label(text, "hint", wrap=True)
            whole = row(icon_label("info", "advice"), words)
            whole.setStretch(1, 1)
            self._advice.addLayout(whole)
        self.letter.setEnabled(any(one.is_owed for one in account.lines))

    def _show_receipts(self, licence: Licence) -> None:
        clear(self._receipts)
        receipts = by_day(licence.life.receipts)[::-1]
        if not receipts:
            self._receipts.addWidget(label(t("licences.life.no_receipts"), "hint", wrap=True), 0, 0)
        for place, one in enumerate(receipts):
            beneath = "　".join(part for part in (one.proof.name, one.number) if part)
            amount = label(grouped(one.amount) if one.amount else "")
            self._receipts.addWidget(label(one.day.isoformat() if one.day else ""), place, 0)
            what = column(label(one.purpose or t("licences.life.money")), space=1)
            if beneath:
                what.addWidget(label(beneath, "caption"))
            self._receipts.addLayout(what, place, 1)
            self._receipts.addWidget(amount, place, 2)


class PaymentsCard(QFrame):
    """What is owed, line by line."""

    def __init__(self, account: Ledger) -> None:
        super().__init__()
        self.setProperty("role", "card")
        grid = QGridLayout(self)
        grid.setContentsMargins(14, 10, 14, 10)
        grid.setVerticalSpacing(8)
        grid.setHorizontalSpacing(16)
        grid.setColumnStretch(0, 1)
        for place, one in enumerate(account.lines[:MOST_SHOWN]):
            for column_, widget in enumerate(_cells(one)):
                grid.addWidget(widget, place, column_)
        if (more := len(account.lines) - MOST_SHOWN) > 0:
            grid.addWidget(label(t("licences.life.more", count=more), "hint"), MOST_SHOWN, 0)


def _cells(one: Line) -> tuple[QWidget, ...]:
    icon, tone = _LOOKS[one.state]
    said = t(f"licences.life.due.{one.state}", days=one.days_late)
    if one.state != "paid" and one.received > 0:
        said = t("licences.life.partly", amount=grouped(one.received), said=said)
    state = QWidget()
    state.setLayout(row(icon_label(icon, tone), label(said, "hint"), None, space=6))
    amount = one.due.amount
    return (
        label(due_words(one.due)),
        label(one.due.due.isoformat() if one.due.due else "—", "hint"),
        label(t("licences.life.yuan", amount=grouped(amount)) if amount is not None else "—"),
        state,
    )
