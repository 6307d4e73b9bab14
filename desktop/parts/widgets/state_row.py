"""A row of a state: its chip, a bar, and how many are in it."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from desktop.installed.screen_texts import t
from desktop.parts.theme import tokens as tk
from desktop.parts.theme.chips import Look, draw_chip
from desktop.parts.theme.tokens import tokens
from desktop.parts.theme.type import sized
from desktop.parts.widgets.plain_tip import plain_tip

_LEAST, _STATE, _CHIPS, _NUMBERS = 272, 32, 104, 56
_BAR = 6
_BAR_COLOURS = {"plain": "field_border", "grey": "field_border"}


class StateRow(QAbstractButton):
    """A state with its chip, a bar and how many are in it; pressed, it opens them."""

    def __init__(self, look: Look, count: int, most: int) -> None:
        super().__init__()
        self._look, self._count, self._share = look, count, count / max(most, 1)
        self.setFixedHeight(_STATE)
        self.setMinimumWidth(_CHIPS + _NUMBERS + 60)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        words = t("widgets.state_count", state=t(self._look.word), count=f"{count:,}")
        self.setAccessibleName(words)
        self.setToolTip(plain_tip(words))

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(_LEAST, _STATE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw chip, bar and number; a ring where the focus is."""
        painter, colours = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = sized(self.font(), tk.LABEL)
        chip = QRect(4, 0, _CHIPS, self.height())
        draw_chip(painter, chip, t(self._look.word), self._look, font)
        track = QRectF(_CHIPS + 8, (self.height() - _BAR) / 2, 0, _BAR)
        track.setRight(self.width() - _NUMBERS)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.colour("hover"))
        painter.drawRoundedRect(track, 3, 3)
        filled = QRectF(track)
        filled.setWidth(max(_BAR, track.width() * self._share))
        tone = self._look.tone
        painter.setBrush(colours.colour(_BAR_COLOURS.get(tone, tone)))
        painter.drawRoundedRect(filled, 3, 3)
        painter.setFont(sized(self.font(), tk.BODY))
        painter.setPen(colours.colour("text"))
        end = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        painter.drawText(self.rect().adjusted(0, 0, -6, 0), end, f"{self._count:,}")
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.colour("accent"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
