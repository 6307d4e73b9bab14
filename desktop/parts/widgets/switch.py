"""A switch: on or off at once, unlike a tick that waits for a button."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton

from desktop.parts.theme.tokens import tokens

_WIDE, _HIGH, _KNOB = 32, 20, 12


class Switch(QAbstractButton):
    """A switch with a name for screen readers; Space turns it."""

    def __init__(self, name: str, *, is_on: bool = False) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setChecked(is_on)
        self.setAccessibleName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedSize(_WIDE + 4, _HIGH + 4)

    def sizeHint(self) -> QSize:
        """As large as it is drawn, with room for the ring of the focus."""
        return QSize(_WIDE + 4, _HIGH + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the track and its knob; the ring where it has the focus."""
        colours = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        track = QRectF(2, 2, _WIDE, _HIGH).adjusted(1, 1, -1, -1)
        ink = colours.colour("accent" if self.isChecked() else "field_border")
        painter.setPen(QPen(ink, 1.5))
        painter.setBrush(ink if self.isChecked() else colours.colour("surface"))
        painter.drawRoundedRect(track, track.height() / 2, track.height() / 2)
        x = track.right() - _KNOB - 3 if self.isChecked() else track.left() + 3
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.colour("on_accent" if self.isChecked() else "field_border"))
        painter.drawEllipse(QRectF(x, track.center().y() - _KNOB / 2, _KNOB, _KNOB))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.colour("accent"), 1))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
