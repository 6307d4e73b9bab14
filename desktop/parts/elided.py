"""A line of text that gives way where there is no room; the whole of it is its tooltip."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.parts.theme.tokens import tokens
from desktop.parts.theme.type import sized


class Elided(QWidget):
    """A line of text that gives way where there is no room."""

    def __init__(self, size: int, *, medium: bool = False, colour: str = "text") -> None:
        super().__init__()
        self._text, self._colour = "", colour
        self.setFont(sized(self.font(), size, medium=medium))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def text(self) -> str:
        """The whole text."""
        return self._text

    def show_text(self, text: str) -> None:
        """Show a text."""
        self._text = text
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for all of it."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._text) + 2, metrics.height())

    def minimumSizeHint(self) -> QSize:
        """A few characters at least."""
        return QSize(min(self.sizeHint().width(), 72), self.fontMetrics().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it, elided."""
        painter = QPainter(self)
        painter.setPen(tokens().colour(self._colour))
        metrics = self.fontMetrics()
        shown = metrics.elidedText(self._text, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignVCenter), shown)
