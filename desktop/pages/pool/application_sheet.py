"""An application as it stands: its stages, what is wanting, patents, opinions, the next steps."""

from collections.abc import Sequence
from functools import partial

import msgspec
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from desktop.installed.screen_texts import t
from desktop.pages.pool.application_row import draw_stages
from desktop.parts.widgets.basics import button, column, label, line, row
from desktop.parts.widgets.labelled import scrolled
from desktop.parts.widgets.messages import MessageStrip
from desktop.parts.widgets.plain_tip import plain_tip
from desktop.parts.widgets.sheet import Sheet
from forms.office.pool_entry import STAGE_WORDS
from forms.office.stored import Kept
from forms.pool.book_columns import DECISION_WORDS, VOTE_WORDS
from forms.pool.findings import PoolProblem
from forms.pool.records import Application, Applied, Stage

_STEPS: dict[Stage, tuple[str, ...]] = {
    "applied": ("withdraw", "opinion", "review"),
    "review": ("withdraw", "refuse", "opinion", "decide"),
    "listed": ("withdraw", "list"),
    "agreement": ("withdraw", "prepare", "sign"),
}
"""What may be done at each stage, the usual one last."""
_DOTS = (176, 28)


class StageDots(QWidget):
    """The dots of the four stages."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self._stage = stage
        self.setFixedSize(*_DOTS)
        self.setAccessibleName(STAGE_WORDS[stage])

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw them."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_stages(painter, QRectF(self.rect()), self._stage)


class ApplicationSheet(Sheet):
    """Shows an application; `step` is what was asked to be done.

    `changed_patents` are its patents as they were changed here, None where none was: which are
    taken, their grades, what came with them, as long as nothing is decided.
    """

    def __init__(
        self,
        parent: QWidget | None,
        kept: Kept[Application],
        problems: Sequence[PoolProblem],
        grades: Sequence[str],
        files: Sequence[str] = (),
    ) -> None:
        """`files` are the names of what was enclosed."""
        super().__init__(parent)
        self.step = ""
        self._patents = kept.record.patents
        self._ticks: list[QCheckBox] = []
        self._came: list[tuple[QCheckBox, QCheckBox]] = []
        self._grades: list[QComboBox] = []
        record, stage = kept.record, kept.record.stage
        self.setWindowTitle(t("pool.applications.sheet", name=record.applicant.name))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.resize(720, 600)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(label(record.applicant.name, "step"))
        layout.addLayout(row(StageDots(stage), label(STAGE_WORDS[stage], tone="accent"), None))
        inside = QWidget()
        body = QVBoxLayout(inside)
        body.setContentsMargins(0, 0, 8, 0)
        body.setSpacing(10)
        for one in problems:
            body.addWidget(MessageStrip(one.severity, f"{one.message}依据：{one.basis}。"))
        body.addWidget(label(t("pool.applications.patents"), "strong"))
        body.addLayout(self._patents_grid(grades, is_open=stage in ("applied", "review")))
        body.addWidget(line())
        body.addWidget(label(t("pool.review.opinions", count=len(record.opinions)), "strong"))
        for words in _opinions(record):
            body.addWidget(label(words, wrap=True))
        body.addWidget(line())
        body.addLayout(self._enclosed(files))
        if record.decision is not None:
            body.addWidget(line())
            body.addWidget(label(_decision(record), wrap=True))
        body.addStretch()
        layout.addWidget(scrolled(inside), 1)
        layout.addLayout(self._paper_links(record))
        layout.addLayout(self._buttons(stage))

    @property
    def changed_patents(self) -> tuple[Applied, ...] | None:
        """The patents with what was ticked and chosen here, None where nothing was changed."""
        if not self._ticks:
            return None
        made = tuple(
            msgspec.structs.replace(
                one,
                is_taken=_taken(one, tick.isChecked()),
                grade=grade.currentText(),
                report=_there(one.report, report.isChecked()),
                register_copy=_there(one.register_copy, copy.isChecked()),
            )
            for one, tick, grade, (report, copy) in zip(
                self._patents, self._ticks, self._grades, self._came, strict=True
            )
        )
        return made if made != self._patents else None

    def _patents_grid(self, grades: Sequence[str], *, is_open: bool) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for place, one in enumerate(self._patents):
            name = label("\n".join(part for part in (one.title, one.number) if part), wrap=True)
            if is_open:
                tick = QCheckBox()
                tick.setChecked(one.is_taken is not False)
                tick.setAccessibleName(t("pool.applications.take", number=one.number))
                tick.setToolTip(plain_tip(tick.accessibleName()))
                grade = QComboBox()
                grade.addItems(list(dict.fromkeys(("", *grades, one.grade))))
                grade.setCurrentText(one.grade)
                grade.setAccessibleName(t("pool.applications.grade_of", number=one.number))
                self._ticks.append(tick)
                self._grades.append(grade)
                came = (
                    QCheckBox(t("pool.applications.has_report")),
                    QCheckBox(t("pool.applications.has_copy")),
                )
                for box, is_there in zip(came, (one.report, one.register_copy), strict=True):
                    box.setChecked(bool(is_there))
                    box.setAccessibleName(f"{one.number} {box.text()}")
                self._came.append(came)
                grid.addWidget(tick, place, 0)
                grid.addWidget(grade, place, 2)
                grid.addLayout(column(*came, space=4), place, 3)
            else:
                key = "taken" if one.is_taken else "not_taken" if one.is_taken is False else "asked"
                grid.addWidget(label(t(f"pool.applications.{key}_one"), "hint"), place, 0)
                grid.addWidget(label(one.grade, "hint"), place, 2)
                grid.addWidget(label(_report(one), "hint"), place, 3)
            grid.addWidget(name, place, 1)
        return grid

    def _enclosed(self, files: Sequence[str]) -> QVBoxLayout:
        """What came along, and the ways to add to it and to save it elsewhere."""
        add = button(t("pool.enclosed.add"), "link", icon="paperclip")
        add.clicked.connect(partial(self._ask, "enclose"))
        save = button(t("pool.enclosed.save"), "link", icon="download")
        save.clicked.connect(partial(self._ask, "save_enclosed"))
        save.setVisible(bool(files))
        for one in (add, save):
            one.setAutoDefault(False)
        head = label(t("pool.enclosed.title", count=len(files)), "strong")
        whole = column(space=6)
        whole.addLayout(row(head, None, save, add, space=12))
        if files:
            whole.addWidget(label("、".join(files), wrap=True))
        return whole

    def _paper_links(self, record: Application) -> QHBoxLayout:
        """What can be printed of it by now."""
        codes = ["application"]
        codes += ["review"] * (record.review_from is not None)
        codes += ["agreement"] * (record.agreement_id is not None)
        links: list[QWidget | None] = []
        for code in codes:
            one = button(t(f"pool.papers.of.{code}"), "link", icon="printer")
            one.clicked.connect(partial(self._ask, f"paper:{code}"))
            one.setAutoDefault(False)
            links.append(one)
        return row(*links, None, space=12)

    def _ask(self, step: str, _checked: bool = False) -> None:
        self._take(step)

    def _buttons(self, stage: Stage) -> QVBoxLayout:
        steps = _STEPS.get(stage, ())
        shown: list[QWidget | None] = []
        for place, step in enumerate(steps):
            role = "primary" if place == len(steps) - 1 else "danger" if step == "refuse" else ""
            one = button(t(f"pool.step.{step}"), role)
            one.clicked.connect(partial(self._ask, step))
            one.setAutoDefault(role == "primary")
            shown.append(one)
        close = button(t("pool.close"), mnemonic="C", clicked=self.reject)
        whole = QVBoxLayout()
        whole.addLayout(row(None, close, *shown))
        return whole

    def _take(self, step: str) -> None:
        self.step = step
        self.accept()


def _report(one: Applied) -> str:
    if one.report is None:
        return ""
    return t("pool.applications.has_report" if one.report else "pool.applications.no_report")


def _taken(one: Applied, is_ticked: bool) -> bool | None:
    """Whether a patent is taken; a tick that was there from the start decides nothing."""
    return one.is_taken if is_ticked == (one.is_taken is not False) else is_ticked


def _there(before: bool | None, is_ticked: bool) -> bool | None:
    """Whether a paper is there; one that was not ticked stays as it was said, or unsaid."""
    return True if is_ticked else None if before else before


def _opinions(record: Application) -> list[str]:
    told = []
    for one in record.opinions:
        vote = VOTE_WORDS[one.vote] if one.vote else ""
        parts = (str(one.day or ""), one.reviewer, one.unit, vote, one.grade)
        head = "　".join(part for part in parts if part)
        told.append("：".join(part for part in (head, one.words) if part))
    if record.asked > len(record.opinions):
        told.append(t("pool.review.waits", count=record.asked - len(record.opinions)))
    return told or [t("pool.review.none")]


def _decision(record: Application) -> str:
    assert record.decision is not None
    parts = (str(record.decided_on or ""), record.decided_by, DECISION_WORDS[record.decision])
    head = "　".join(part for part in parts if part)
    return "：".join(part for part in (head, record.reason) if part)
