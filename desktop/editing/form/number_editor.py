"""The parts of a patent number in boxes: year, kind, serial, check character."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.installed.screen_texts import t
from desktop.parts.theme import icons
from desktop.parts.theme import tokens as tk
from desktop.parts.theme.tokens import Tone, tokens
from desktop.parts.theme.type import sized
from forms.facts.kinds import KIND_WORDS
from forms.facts.patent_number import NotAPatentNumber, PatentNumber, parse

_HEIGHT, _GAP, _PAD, _BIG = 60, 8, 14, 20


@dataclass(frozen=True)
class Box:
    """One part: its characters, what they are, how it looks."""

    text: str
    word: str
    tone: Tone = "plain"
    icon: str = ""


class NumberBoxes(QWidget):
    """Shows how a number is read; hidden while it can not be."""

    def __init__(self) -> None:
        super().__init__()
        self._boxes: tuple[Box, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(_HEIGHT)
        self.hide()

    @property
    def boxes(self) -> tuple[Box, ...]:
        """What is shown."""
        return self._boxes

    def show_number(self, text: str) -> None:
        """Show the parts of a number."""
        try:
            self._boxes = parts(parse(text))
        except NotAPatentNumber:
            self._boxes = ()
        self.setAccessibleName("，".join(f"{box.word} {box.text}" for box in self._boxes))
        self.setVisible(bool(self._boxes))
        self.update()

    def minimumSizeHint(self) -> QSize:
        """It may be cut rather than widen the page."""
        return QSize(120, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the boxes."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x = 0.0
        for box in self._boxes:
            x += self._draw(painter, box, x) + _GAP

    def _draw(self, painter: QPainter, box: Box, x: float) -> float:
        big, small = sized(self.font(), _BIG, medium=True), sized(self.font(), tk.CAPTION)
        ink, ground, border = tokens().tone(box.tone)
        word = QFontMetricsF(small).horizontalAdvance(box.word) + (20 if box.icon else 0)
        wide = max(QFontMetricsF(big).horizontalAdvance(box.text), word) + 2 * _PAD
        place = QRectF(x + 0.5, 0.5, wide - 1, _HEIGHT - 1)
        painter.setPen(QPen(border, 1))
        painter.setBrush(ground)
        painter.drawRoundedRect(place, 6, 6)
        painter.setFont(big)
        painter.setPen(tokens().colour("text") if box.tone == "plain" else ink)
        centre = int(Qt.AlignmentFlag.AlignCenter)
        painter.drawText(QRectF(x, 6, wide, 30), centre, box.text)
        painter.setFont(small)
        painter.setPen(ink)
        below = QRectF(x, 35, wide, 18)
        if box.icon:
            left = x + (wide - word) / 2
            icons.draw(painter, box.icon, QRectF(left, 37, 14, 14), ink)
            below = QRectF(left + 20, 35, word, 18)
            centre = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(below, centre, box.word)
        return wide


def parts(number: PatentNumber) -> tuple[Box, ...]:
    """The boxes of a number."""
    year = 2 if number.is_old_form else 4
    return (
        Box("ZL", t("wizard.number.patent")),
        Box(number.digits[:year], t("wizard.number.year")),
        Box(number.kind_digit, KIND_WORDS[number.kind]),
        Box(number.digits[year + 1 :], t("wizard.number.serial")),
        _check(number),
    )


def _check(number: PatentNumber) -> Box:
    if number.check is None:
        word = t("wizard.number.missing", check=number.expected_check)
        return Box("?", word, "grey" if number.may_lack_check else "pending")
    if number.check_is_right:
        return Box(number.check, t("wizard.number.right"), "done", "check")
    word = t("wizard.number.wrong", check=number.expected_check)
    return Box(number.check, word, "error", "octagon-x")
