"""What is asked when a duty is done, put off or none of the office's: day, sum, note, reason."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.installed.screen_texts import t
from desktop.parts.widgets.basics import button, label, row
from desktop.parts.widgets.labelled import FieldProblem, LabelledField
from desktop.parts.widgets.sheet import Sheet
from forms.facts.amounts import plain
from forms.facts.quantities import Unreadable, read_date, read_money

Asked = Literal["done", "snooze", "exclude"]


class DutySheet(Sheet):
    """Asks for day, sum and words; `day`, `amount` and `words` are what was answered."""

    def __init__(
        self,
        asked: Asked,
        what: str,
        today: date,
        *,
        due: date | None = None,
        amount: Decimal | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`due` is the last day of one duty; None of several, whose sums are not asked for."""
        super().__init__(parent)
        self._asked, self._today = asked, today
        self._after = max(today, due or today)  # only a day after this puts it off
        self.day, self.amount, self.words = today, amount, ""
        self.setWindowTitle(t(f"overview.sheet.{asked}"))
        self.setMinimumWidth(460)
        start = self._after + timedelta(days=7) if asked == "snooze" else today
        self.day_line, self.amount_line, self.words_line = (
            QLineEdit(start.isoformat()),
            QLineEdit(plain(amount) if amount is not None else ""),
            QLineEdit(),
        )
        self.words_line.setMaxLength(200)
        day = LabelledField(t(f"overview.sheet.{asked}_day"), self.day_line)
        sum_ = LabelledField(t("overview.sheet.amount"), self.amount_line)
        needs_words = asked != "done"
        name = t("overview.sheet.reason" if needs_words else "overview.sheet.note")
        said = LabelledField(name, self.words_line)
        self._day, self._sum = day, sum_
        for one in (self.day_line, self.amount_line, self.words_line):
            one.textChanged.connect(self._follow)
        self.yes = button(
            t(f"overview.sheet.{asked}_yes"), "primary", mnemonic="Y", clicked=self.accept
        )
        self.yes.setDefault(True)
        stay = button(t("frame.leave_as_is"), mnemonic="C", clicked=self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(label(what, "pane", wrap=True))
        layout.addWidget(label(t(f"overview.sheet.{asked}_words"), "hint", wrap=True))
        if asked != "exclude":
            layout.addWidget(day)
        if asked == "done" and due is not None:
            layout.addWidget(sum_)
        layout.addWidget(said)
        layout.addSpacing(4)
        layout.addLayout(row(None, stay, self.yes))
        (self.words_line if needs_words else self.day_line).setFocus()
        self._follow()

    def _follow(self) -> None:
        """Read what is typed; what can not be taken is said, and keeps from saying yes."""
        day_problem, sum_problem = self._read_day(), self._read_amount()
        self._day.show_problems([FieldProblem("error", day_problem)] if day_problem else [])
        self._sum.show_problems([FieldProblem("error", sum_problem)] if sum_problem else [])
        self.words = self.words_line.text().strip()
        is_said = bool(self.words) or self._asked == "done"
        self.yes.setEnabled(not day_problem and not sum_problem and is_said)

    def _read_day(self) -> str:
        try:
            self.day = read_date(self.day_line.text())
        except Unreadable:
            return t("overview.sheet.no_day")
        if self._asked == "snooze" and self.day <= self._after:
            return t("overview.sheet.day_past", day=self._after)
        if self._asked == "done" and self.day > self._today:
            return t("overview.sheet.day_ahead")
        return ""

    def _read_amount(self) -> str:
        text = self.amount_line.text().strip()
        try:
            self.amount = read_money(text) if text else None
        except Unreadable:
            return t("overview.sheet.no_amount")
        return ""
