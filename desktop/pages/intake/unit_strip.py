"""The strip of units: a block each, coloured by how its packages of the quarter stand."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop.installed.screen_texts import t
from desktop.pages.intake.intake_rows import UnitBlock
from desktop.parts.theme.tokens import tokens
from desktop.parts.widgets.plain_tip import plain_tip

_WIDE, _GAP, _HIGH, _MOST = 9, 3, 16, 420
_COLOURS = {"done": "done", "pending": "pending", "error": "error", "none": "line"}


class UnitStrip(QWidget):
    """Shows units; the pointer over a block tells whose it is."""

    def __init__(self) -> None:
        super().__init__()
        self._units: Sequence[UnitBlock] = ()
        self.setFixedHeight(_HIGH)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_units(self, units: Sequence[UnitBlock]) -> None:
        """Show other units."""
        self._units = units
        counts = [sum(one.tone == tone for one in units) for tone in _COLOURS]
        words = zip(_COLOURS, counts, strict=True)
        said = "，".join(t(f"intake.strip.{tone}", count=count) for tone, count in words if count)
        self.setAccessibleName(said)
        self.setVisible(bool(units))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """A block for each unit, thinner where there are many."""
        return QSize(min(_MOST, len(self._units) * (_WIDE + _GAP)), _HIGH)

    def minimumSizeHint(self) -> QSize:
        """It may be left out."""
        return QSize(0, _HIGH)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the blocks."""
        painter, colours = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for place, unit in enumerate(self._units):
            painter.setBrush(colours.colour(_COLOURS[unit.tone]))
            painter.drawRoundedRect(self.block(place), 1.5, 1.5)

    def block(self, place: int) -> QRectF:
        """Where a unit's block stands."""
        pitch = min(_WIDE + _GAP, self.width() / max(len(self._units), 1))
        return QRectF(place * pitch, 0, max(1.0, pitch - min(_GAP, pitch / 3)), self.height())

    def event(self, event: QEvent) -> bool:
        """Say whose block the pointer is over."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            point = event.pos()
            for place, unit in enumerate(self._units):
                if self.block(place).contains(point):
                    QToolTip.showText(event.globalPos(), plain_tip(unit.name), self)
                    return True
            QToolTip.hideText()
            return True
        return super().event(event)
