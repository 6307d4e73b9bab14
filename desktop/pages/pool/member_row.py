"""A member in a row: patents, weight, a bar and its share."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from desktop.installed.screen_texts import t
from desktop.parts.theme import tokens as tk
from desktop.parts.theme.tokens import tokens
from desktop.parts.theme.type import sized
from desktop.parts.widgets.plain_tip import plain_tip
from forms.facts.amounts import plain
from forms.pool.overview import Portion

HIGH, PAD = 32, 16
NUMBERS, BAR, SHARE = 56, 84, 60
_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
_RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)


class MemberRow(QAbstractButton):
    """A member; pressed, its patents are shown.  Without a portion it is the row of heads."""

    def __init__(self, name: str, portion: Portion | None, most: float) -> None:
        super().__init__()
        self._name, self._portion, self._most = name, portion, most
        self.setFixedHeight(HIGH)
        self.setMinimumWidth(300)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if portion is None:
            self.setEnabled(False)
            return
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        words = t(
            "pool.members.said",
            name=name,
            count=portion.count,
            weight=plain(portion.weight),
            percent=f"{portion.percent:.1f}",
        )
        self.setAccessibleName(words)
        self.setToolTip(plain_tip(words))

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(400, HIGH)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the name, the numbers, the bar and the share."""
        painter, colours, part = QPainter(self), tokens(), self._portion
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide = self.width()
        if part is None:
            painter.fillRect(self.rect(), colours.colour("sunken"))
        elif self.underMouse():
            painter.fillRect(self.rect(), colours.colour("hover"))
        painter.setFont(sized(self.font(), tk.LABEL if part is None else tk.BODY))
        painter.setPen(colours.colour("text2" if part is None else "text"))
        share = wide - PAD - SHARE
        bar = share - BAR
        names = bar - 2 * NUMBERS - 20 - PAD
        cut = painter.fontMetrics().elidedText(
            self._name, Qt.TextElideMode.ElideRight, max(0, int(names))
        )
        painter.drawText(QRectF(PAD, 0, names, HIGH), _LEFT, cut)
        heads = (t("pool.members.count"), t("pool.members.weight"), t("pool.members.part"))
        said = (
            heads
            if part is None
            else (
                f"{part.count:,}",
                plain(part.weight.quantize(part.weight.__class__("0.1"))),
                f"{part.percent:.1f}%",
            )
        )
        painter.drawText(QRectF(bar - 2 * NUMBERS - 20, 0, NUMBERS, HIGH), _RIGHT, said[0])
        painter.drawText(QRectF(bar - NUMBERS - 20, 0, NUMBERS, HIGH), _RIGHT, said[1])
        if part is None:
            painter.drawText(QRectF(bar, 0, BAR, HIGH), _LEFT, said[2])
        else:
            painter.drawText(QRectF(share, 0, SHARE, HIGH), _RIGHT, said[2])
            self._draw_bar(painter, QRectF(bar, HIGH / 2 - 3, BAR - 10, 6), float(part.percent))
        painter.fillRect(QRectF(0, HIGH - 1, wide, 1), colours.colour("line"))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.colour("accent"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -2), 6, 6)

    def _draw_bar(self, painter: QPainter, track: QRectF, percent: float) -> None:
        colours = tokens()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.colour("hover"))
        painter.drawRoundedRect(track, 3, 3)
        if percent and self._most:
            filled = QRectF(track)
            filled.setWidth(max(6.0, track.width() * percent / self._most))
            painter.setBrush(colours.colour("accent"))
            painter.drawRoundedRect(filled, 3, 3)
