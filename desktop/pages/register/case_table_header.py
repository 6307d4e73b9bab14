"""The header of the table of cases: a box for all ticks, and an arrow where it is sorted."""

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from desktop.pages.register.model import RegisterModel
from desktop.parts.theme import icons
from desktop.parts.theme import tokens as tk
from desktop.parts.theme.tokens import tokens
from desktop.parts.theme.type import sized
from desktop.parts.widgets.table_cells import PAD, draw_tick
from desktop.parts.widgets.table_model import TICK, Column
from desktop.parts.widgets.table_view import Header

_VCENTRE = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)


class RegisterHeader(Header):
    """The header: a box for all ticks, and an arrow where the table is sorted."""

    all_asked = Signal()

    def __init__(self, model: RegisterModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setMinimumSectionSize(36)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Draw one heading."""
        colours = tokens()
        painter.save()
        painter.fillRect(rect, colours.colour("sunken"))
        painter.setPen(QPen(colours.colour("line"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if section == TICK:
            draw_tick(painter, rect, self._model.all_ticked())
        else:
            self._words(painter, rect.adjusted(PAD, 0, -2, -1), self._model.columns[section])
        painter.restore()

    def _words(self, painter: QPainter, place: QRect, column: Column) -> None:
        colours = tokens()
        is_sorted = column.name == self._model.sorted_by
        painter.setFont(sized(self.font(), tk.LABEL))
        painter.setPen(colours.colour("text" if is_sorted else "text2"))
        painter.drawText(QRectF(place), _VCENTRE, column.header)
        if is_sorted:
            wide = painter.fontMetrics().horizontalAdvance(column.header)
            name = "arrow-down" if self._model.descending else "arrow-up"
            at = QRectF(place.x() + wide + 4, place.center().y() - 7, 14, 14)
            icons.draw(painter, name, at, colours.colour("accent"))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the box ticks all, or nothing."""
        if self.logicalIndexAt(event.position().toPoint()) == TICK:
            self.all_asked.emit()
            return
        super().mouseReleaseEvent(event)
