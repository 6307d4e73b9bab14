"""What is asked before the workbooks of the colleges are made: which, until when, which patents."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.installed.screen_texts import t
from desktop.parts.theme import tokens as tk
from desktop.parts.widgets.basics import button, label, row
from desktop.parts.widgets.labelled import FieldProblem, LabelledField
from desktop.parts.widgets.sheet import Sheet
from forms.stock.progress import STAGES, CollegeStanding

_WEEKS = 3


class SendSheet(Sheet):
    """Asks for colleges, day and scope."""

    def __init__(self, colleges: Sequence[CollegeStanding], today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self._today = today
        self.setWindowTitle(t("stock.send.title"))
        self.setMinimumWidth(520)
        self.list = QListWidget()
        self.list.setAccessibleName(t("stock.send.colleges"))
        for one in colleges:
            words = t(
                "stock.send.college",
                name=one.college,
                count=one.asked,
                open=one.open,
                stage=STAGES[one.stage],
            )
            item = QListWidgetItem(words)
            item.setSizeHint(QSize(0, tk.CONTROL))
            item.setData(Qt.ItemDataRole.UserRole, one.college)
            wanted = one.open > 0
            item.setCheckState(Qt.CheckState.Checked if wanted else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.itemChanged.connect(self._follow)
        self.due_line = QLineEdit((today + timedelta(weeks=_WEEKS)).isoformat())
        self._due = LabelledField(t("stock.send.due"), self.due_line, hint=t("stock.send.day"))
        self.due_line.textChanged.connect(self._follow)
        self.only_open = QCheckBox(t("stock.send.only_open"))
        self.yes = button(t("stock.send.yes"), "primary", mnemonic="Y", clicked=self.accept)
        self.yes.setDefault(True)
        stay = button(t("frame.leave_as_is"), mnemonic="C", clicked=self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(label(t("stock.send.title"), "step"))
        layout.addWidget(label(t("stock.send.words"), "hint", wrap=True))
        layout.addWidget(self.list, 1)
        layout.addWidget(self._due)
        layout.addWidget(self.only_open)
        layout.addLayout(row(None, stay, self.yes))
        self._follow()

    @property
    def colleges(self) -> list[str]:
        """The colleges that are ticked."""
        every = (self.list.item(place) for place in range(self.list.count()))
        return [
            str(one.data(Qt.ItemDataRole.UserRole))
            for one in every
            if one.checkState() == Qt.CheckState.Checked
        ]

    @property
    def due(self) -> date | None:
        """The last day; None where none is named."""
        text = self.due_line.text().strip()
        return date.fromisoformat(text) if text else None

    def _follow(self) -> None:
        problems = []
        try:
            due = self.due
        except ValueError:
            problems.append(FieldProblem("error", t("stock.send.no_day")))
        else:
            if due is not None and due < self._today:
                problems.append(FieldProblem("error", t("stock.send.past")))
        self._due.show_problems(problems)
        self.yes.setEnabled(not problems and bool(self.colleges))
