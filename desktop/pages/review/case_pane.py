"""The case in hand: what was reported beside what was checked, what is wrong, what is decided."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.editing.form.segments import Segments
from desktop.installed.screen_texts import t
from desktop.pages.review.drafts import DraftOfDecision
from desktop.parts.widgets.basics import clear, column, icon_label, label, line, row
from desktop.parts.widgets.frames import Card
from desktop.parts.widgets.labelled import FieldProblem, LabelledField
from desktop.parts.widgets.messages import MessageStrip
from forms.bureau.review import DECIDABLE, Ruling, VerdictCode, reason_of, usual_deadline
from forms.facts.quantities import Unreadable, read_date
from forms.pack.types import Choice

if TYPE_CHECKING:
    from forms.bureau.examination import Examined, Result
    from forms.bureau.records import PackageCase, Reason

_VERDICTS: tuple[VerdictCode, ...] = ("pass", "return", "refuse")
_RESULTS: dict[Result, tuple[str, str]] = {
    "same": ("circle-check", "done"),
    "differs": ("octagon-x", "error"),
    "missing": ("clock", "pending"),
    "note": ("info", "text2"),
}
_MOST = 4_000
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class CasePane(QWidget):
    """Facts, findings, decision; `changed` when something of the decision was."""

    changed = Signal()

    def __init__(self, today: Callable[[], date], days: Callable[[], int]) -> None:
        super().__init__()
        self._today, self._days = today, days
        self._boxes: list[tuple[QCheckBox, Reason]] = []
        self._errors: list[Reason] = []
        self._strips: list[QWidget] = []
        self._at = -1
        self._is_filling = self.is_changed = False
        self.title, self.sub = label("", "step", wrap=True), label("", "hint", wrap=True)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(12)
        self._facts.setVerticalSpacing(0)
        self._facts.setColumnStretch(1, 4)
        self._facts.setColumnStretch(2, 5)
        facts = Card()
        holder = QWidget()
        holder.setLayout(self._facts)
        self._facts.setContentsMargins(16, 6, 16, 6)
        facts.body.addWidget(holder)
        self._findings = column(space=8)
        self.verdict = Segments(
            t("review.decision"),
            [Choice(value=one, label=t(f"review.verdicts.{one}")) for one in _VERDICTS],
        )
        self.verdict.chosen.connect(self._choose)
        self.words = QPlainTextEdit()
        self.words.setFixedHeight(68)
        self.words.setTabChangesFocus(True)
        self.words.textChanged.connect(self._tell)
        self.deadline = QLineEdit()
        self.deadline.setMaximumWidth(150)
        self.deadline.setMaxLength(20)
        self.deadline.textChanged.connect(self._tell)
        self._deadline = LabelledField(t("review.deadline"), self.deadline)
        self._reasons = column(space=4)
        self._by = label("", "caption")
        self._decision = Card(t("review.decision"), buttons=(self.verdict,))
        fields = row(LabelledField(t("review.text"), self.words, hint=t("review.text_hint")))
        fields.addWidget(self._deadline, 0, Qt.AlignmentFlag.AlignTop)
        inside = column(space=10, margins=(16, 12, 16, 14))
        inside.addLayout(self._reasons)
        inside.addLayout(fields)
        inside.addWidget(self._by)
        self._decision.body.addLayout(inside)
        body = column(space=12, margins=(24, 16, 24, 16))
        body.addLayout(column(self.title, self.sub, space=2))
        body.addWidget(facts)
        body.addLayout(self._findings)
        body.addWidget(self._decision)
        body.addStretch()
        whole = QWidget()
        whole.setLayout(body)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidget(whole)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._area)
        self._inside = whole
        self.show_nothing()

    # --- showing ----------------------------------------------------------------------------

    def show_nothing(self) -> None:
        """No case is in hand."""
        self._inside.setVisible(False)

    def show_case(
        self, one: PackageCase, found: Examined, sub: str, draft: DraftOfDecision | None
    ) -> None:
        """Show a case with what was decided of it, or what was typed and not yet recorded."""
        self._is_filling = True
        self._inside.setVisible(True)
        self.title.setText(one.case.patent.title or one.number)
        self.sub.setText(sub)
        self._show_facts(found)
        self._show_findings(found)
        self._show_decision(one, found, draft)
        self._is_filling = self.is_changed = False
        self._area.verticalScrollBar().setValue(0)
        self._at = -1

    def _show_facts(self, found: Examined) -> None:
        clear(self._facts)
        for at, head in enumerate(t("review.fact_columns").split("|")):
            words = label(head, "caption")
            words.setMinimumHeight(28)
            self._facts.addWidget(words, 0, at, _MIDDLE)
        for at, one in enumerate(found.rows, 1):
            icon, tone = _RESULTS[one.result]
            result = QWidget()
            result.setLayout(row(icon_label(icon, tone), label(one.said, tone=_tone(tone)), None))
            result.setMinimumHeight(34)
            cells = (label(one.label, "hint"), _read(one.reported), _read(one.checked), result)
            for place, cell in enumerate(cells):
                self._facts.addWidget(cell, 2 * at, place, _MIDDLE)
            self._facts.addWidget(line(), 2 * at - 1, 0, 1, len(cells))

    def _show_findings(self, found: Examined) -> None:
        clear(self._findings)
        self._strips = []
        for one in found.findings:
            strip = MessageStrip(one.severity, one.message, basis=one.basis)
            self._strips.append(strip)
            self._findings.addWidget(strip)
        if not found.findings:
            self._findings.addWidget(label(t("review.no_findings"), "hint"))

    def _show_decision(
        self, one: PackageCase, found: Examined, draft: DraftOfDecision | None
    ) -> None:
        decision, said = one.decision, draft or _as_draft(one)
        taken = list(said.reasons)
        offered = [reason_of(finding) for finding in found.findings if finding.severity != "advice"]
        self._errors = [reason_of(one) for one in found.findings if one.severity == "error"]
        own = [reason for reason in taken if reason not in offered]
        clear(self._reasons)
        self._boxes = []
        for reason in (*offered, *own):
            box = QCheckBox()
            box.setAccessibleName(reason.message)
            box.setChecked(reason in taken)
            box.toggled.connect(self._tell)
            words = label(reason.message, wrap=True)
            words.setBuddy(box)
            whole = row(box, words, label(reason.basis, "caption", wrap=True), space=10)
            whole.setStretch(1, 3)
            whole.setStretch(2, 1)
            self._reasons.addLayout(whole)
            self._boxes.append((box, reason))
        self.verdict.show_value(said.verdict)
        self.words.setPlainText(said.text)
        self.deadline.setText(said.deadline or self._usual().isoformat())
        self._decision.setEnabled(one.state in DECIDABLE)
        by = ""
        if decision is not None and decision.at is not None:
            by = t("review.at", by=decision.by, at=f"{decision.at.astimezone():%Y-%m-%d %H:%M}")
        self._by.setText(by)
        self._by.setVisible(bool(by))
        self._follow()

    # --- deciding ---------------------------------------------------------------------------

    def choose(self, verdict: VerdictCode) -> None:
        """Choose a verdict, as a click on it does."""
        if self._inside.isVisible() and self._decision.isEnabled():
            self.verdict.show_value(verdict)
            self._choose(verdict)

    @property
    def draft(self) -> DraftOfDecision:
        """What stands in the card."""
        return DraftOfDecision(
            verdict=self.verdict.value,
            reasons=tuple(reason for box, reason in self._boxes if box.isChecked()),
            text=self.words.toPlainText()[:_MOST],
            deadline=self.deadline.text(),
        )

    @property
    def ruling(self) -> Ruling | None:
        """What is decided as it stands; None where no verdict is chosen or a day is no day."""
        if not self._decision.isEnabled():
            return None
        chosen = next((one for one in _VERDICTS if one == self.verdict.value), None)
        deadline = self._read_deadline()
        if chosen is None or (chosen == "return" and deadline is None):
            return None
        return Ruling(
            verdict=chosen,
            reasons=self.draft.reasons,
            text=self.draft.text,
            deadline=deadline if chosen == "return" else None,
        )

    def next_finding(self) -> None:
        """Bring the next finding into sight."""
        if self._strips:
            self._at = (self._at + 1) % len(self._strips)
            self._area.ensureWidgetVisible(self._strips[self._at], 0, 40)
            self._strips[self._at].setFocus()

    def _choose(self, verdict: str) -> None:
        """A return takes every error as a reason, until some are ticked; a pass takes none."""
        if verdict in ("return", "refuse") and not any(box.isChecked() for box, _ in self._boxes):
            for box, reason in self._boxes:
                box.setChecked(reason in self._errors)
        self._follow()
        self._tell()

    def _follow(self) -> None:
        chosen = self.verdict.value
        self._deadline.setVisible(chosen == "return")
        for box, _ in self._boxes:
            box.setEnabled(chosen != "pass")

    def _tell(self, *_: object) -> None:
        if not self._is_filling:
            self.is_changed = True
            problems = []
            if self.verdict.value == "return" and self._read_deadline() is None:
                words = t("review.deadline_odd", text=self.deadline.text())
                problems = [FieldProblem("error", words)]
            self._deadline.show_problems(problems)
            self.changed.emit()

    def _read_deadline(self) -> date | None:
        try:
            return read_date(self.deadline.text().strip())
        except Unreadable:
            return None

    def _usual(self) -> date:
        return usual_deadline(self._today(), self._days())


def _as_draft(one: PackageCase) -> DraftOfDecision:
    decision = one.decision
    if decision is None:
        return DraftOfDecision()
    return DraftOfDecision(
        verdict=decision.verdict,
        reasons=decision.reasons,
        text=decision.text,
        deadline=decision.deadline.isoformat() if decision.deadline else "",
    )


def _read(words: str) -> QWidget:
    made = label(words, wrap=True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def _tone(tone: str) -> str:
    return tone if tone != "text2" else ""
