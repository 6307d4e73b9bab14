"""The steps of a licence's life below each other, along a line."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.pages.licences.life_steps import Stage, Step
from desktop.parts.theme import icons
from desktop.parts.theme import tokens as tk
from desktop.parts.theme.tokens import tokens
from desktop.parts.widgets.basics import button, clear, column, label, row

_DATES, _DOTS, _DOT_AT = 104, 20, 11
_DOT = 5.5


class Dots(QWidget):
    """The dot of a step with the line through it: behind it green, ahead grey."""

    def __init__(self, stage: Stage, *, is_first: bool, is_last: bool) -> None:
        super().__init__()
        self._stage, self._is_first, self._is_last = stage, is_first, is_last
        self.setFixedWidth(_DOTS)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw them."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, middle = tokens(), self.width() / 2
        behind, ahead = colours.colour("done"), colours.colour("field_border")
        is_done = self._stage == "done"
        painter.setPen(QPen(behind if self._stage != "later" else ahead, 2))
        if not self._is_first:
            painter.drawLine(QPointF(middle, 0), QPointF(middle, _DOT_AT - tk.ICON / 2 - 2))
        painter.setPen(QPen(behind if is_done else ahead, 2))
        if not self._is_last:
            below = QPointF(middle, _DOT_AT + tk.ICON / 2 + 2)
            painter.drawLine(below, QPointF(middle, self.height()))
        if is_done:
            side = tk.ICON
            box = QRectF(middle - side / 2, _DOT_AT - side / 2, side, side)
            icons.draw(painter, "circle-check", box, behind)
            return
        accent = colours.colour("accent")
        painter.setPen(QPen(accent if self._stage == "now" else ahead, 2))
        painter.setBrush(accent if self._stage == "now" else colours.colour("bg"))
        painter.drawEllipse(QPointF(middle, _DOT_AT), _DOT, _DOT)


class Timeline(QWidget):
    """Shows steps; what may be done is asked by the step's action."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)

    def show_steps(self, steps: Sequence[Step], inside: dict[str, QWidget]) -> None:
        """Show these; `inside` opens beneath the step of its id."""
        clear(self._rows)
        for place, one in enumerate(steps):
            dots = Dots(one.stage, is_first=place == 0, is_last=place == len(steps) - 1)
            self._rows.addLayout(self._row(one, dots, inside.get(one.id)))

    def _row(self, one: Step, dots: Dots, inside: QWidget | None) -> QHBoxLayout:
        day = label(one.day or "—", "strong" if one.stage != "later" else "hint")
        under = label(one.under, "caption", tone=one.tone)
        for words in (day, under):
            words.setAlignment(Qt.AlignmentFlag.AlignRight)
        dates = QWidget()
        dates.setFixedWidth(_DATES)
        dates.setLayout(column(day, under, None, space=1))
        title = label(one.title, "strong" if one.stage != "later" else "hint")
        said = label(one.said, "hint", wrap=True)
        said.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        head = row(title, said, space=12)
        head.setStretch(1, 1)
        if one.do:
            do = button(one.do, "link")
            do.setAccessibleName(f"{one.title}：{one.do}")
            do.clicked.connect(lambda: self.asked.emit(one.action))
            head.addWidget(do)
        body = QVBoxLayout()
        body.setContentsMargins(0, 0, 0, 22)
        body.setSpacing(8)
        body.addLayout(head)
        if inside is not None:
            body.addWidget(inside)
        whole = row(dates, dots, space=10)
        whole.addLayout(body, 1)
        return whole
