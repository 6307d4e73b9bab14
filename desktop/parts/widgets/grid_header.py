"""The header of a grid: a box that ticks all rows, headings of one line or two."""

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from desktop.parts.theme import tokens as tk
from desktop.parts.theme.tokens import tokens
from desktop.parts.theme.type import sized
from desktop.parts.widgets.table import RowsModel
from desktop.parts.widgets.table_cells import PAD, TICKS, draw_tick
from desktop.parts.widgets.table_model import TICK
from desktop.parts.widgets.table_view import Header

_WORDS = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)


class GridHeader(Header):
    """Draws the headings, as a line breaks them; `all_asked` where the box is clicked."""

    HIGH = 44

    all_asked = Signal()

    def __init__(self, model: RowsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setMinimumSectionSize(24)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Draw one heading."""
        colours = tokens()
        painter.save()
        painter.fillRect(rect, colours.colour("sunken"))
        painter.setPen(QPen(colours.colour("line"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        left = PAD
        if section == TICK and self._model.has_ticks:
            draw_tick(painter, rect, self._all())
            left = TICKS
        painter.setFont(sized(self.font(), tk.LABEL))
        painter.setPen(colours.colour("text2"))
        words = QRectF(rect.adjusted(left, 0, -2, -1))
        painter.drawText(words, _WORDS, self._model.columns[section].header)
        painter.restore()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the box ticks all, or none."""
        place = event.position().toPoint()
        if self.logicalIndexAt(place) == TICK and place.x() < TICKS:
            self.all_asked.emit()
            return
        super().mouseReleaseEvent(event)

    def _all(self) -> Qt.CheckState:
        ticked = len(self._model.ticked_rows())
        if not ticked:
            return Qt.CheckState.Unchecked
        is_all = ticked == len(self._model.rows)
        return Qt.CheckState.Checked if is_all else Qt.CheckState.PartiallyChecked
