"""Stars to be given: one to five.  A value, no state: they are in the colour of words."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.parts.theme.tokens import tokens

_SIDE, _GAP, _HIGH = 20, 4, 32
_UP, _IN = 1.0, 0.42  # the points of a star, as shares of its radius


class Stars(QWidget):
    """Five stars.  Keys 1 to 5 and the arrows give them; Delete or a second click takes back."""

    chosen = Signal(int)  # 0 for none

    def __init__(self, name: str, most: int = 5) -> None:
        super().__init__()
        self._most, self._count = most, 0
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def count(self) -> int:
        """How many are given."""
        return self._count

    def show_count(self, count: int) -> None:
        """Show so many."""
        self._count = count
        self.setAccessibleDescription(str(count) if count else "")
        self.update()

    def sizeHint(self) -> QSize:
        """Room for all."""
        return QSize(self._most * (_SIDE + _GAP) + 8, _HIGH)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw them, and the ring of the focus."""
        painter, colours = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = colours.colour("text2")
        painter.setPen(QPen(ink, 1.2))
        for place in range(self._most):
            painter.setBrush(ink if place < self._count else Qt.BrushStyle.NoBrush)
            painter.drawPolygon(_star(4 + place * (_SIDE + _GAP) + _SIDE / 2, self.height() / 2))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.colour("accent"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Give as many as are left of the click."""
        count = int((event.position().x() - 4) // (_SIDE + _GAP)) + 1
        count = max(1, min(self._most, count))
        self._choose(0 if count == self._count else count)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give them by digits and arrows."""
        key = event.key()
        if event.text().isdecimal() and int(event.text()) <= self._most:
            self._choose(int(event.text()))
        elif key == Qt.Key.Key_Right:
            self._choose(min(self._most, self._count + 1))
        elif key == Qt.Key.Key_Left:
            self._choose(max(0, self._count - 1))
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._choose(0)
        else:
            super().keyPressEvent(event)

    def _choose(self, count: int) -> None:
        if count != self._count:
            self.show_count(count)
            self.chosen.emit(count)


def _star(x: float, y: float) -> QPolygonF:
    from math import cos, pi, sin

    radius = _SIDE / 2 - 1
    points = []
    for place in range(10):
        far = radius * (_UP if place % 2 == 0 else _IN)
        turn = pi * place / 5 - pi / 2
        points.append(QPointF(x + far * cos(turn), y + far * sin(turn)))
    return QPolygonF(points)
