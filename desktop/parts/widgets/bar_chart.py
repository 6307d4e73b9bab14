"""A chart of a year on the screen: the bars that the paper has, in the theme's colours.

It is drawn, not shown by the paper's raster: that is black on white in the dark as well, and has
nothing to press.  What the bars say comes from the same `Chart` as the paper's.
"""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop.installed.screen_texts import t
from desktop.parts.theme import tokens as tk
from desktop.parts.theme.tokens import tokens
from desktop.parts.theme.type import sized
from desktop.parts.widgets.plain_tip import plain_tip
from forms.paper.document import Bar, Chart

_LEGEND, _SQUARE, _LABELS, _NUMBERS = 28, 10, 22, 20
_UPRIGHT_HIGH, _PITCH, _THICK, _BAR_SHARE, _LABEL_SHARE = 232, 34, 16, 0.5, 0.38
_WIDEST = 36  # in January there is one bar
_KEYS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
}
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)


class BarChart(QWidget):
    """Shows a chart; `asked` carries a bar that was clicked, or chosen by arrows and Enter."""

    asked = Signal(object)  # Bar

    def __init__(self) -> None:
        super().__init__()
        self._chart = Chart(title="", bars=())
        self._place, self._under = 0, -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(240)

    def show_chart(self, chart: Chart) -> None:
        """Show another chart."""
        self._chart = chart
        self._place, self._under = min(self._place, max(len(chart.bars) - 1, 0)), -1
        self.setAccessibleName(chart.spoken)
        self._say()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As high as the bars need, as wide as there is room."""
        if self._chart.upright:
            return QSize(360, _UPRIGHT_HIGH)
        return QSize(360, round(self._top) + _PITCH * max(len(self._chart.bars), 1) + 4)

    @property
    def _top(self) -> float:
        return _LEGEND if self._chart.series else 0

    # --- drawing ----------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the legend, the bars with their numbers and labels, the bar in hand."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_legend(painter)
        bars = self._chart.bars
        most = max((sum(bar.parts) for bar in bars), default=0) or 1
        for place, bar in enumerate(bars):
            room = self.room_of(place)
            if place == self._under and bar.case_ids:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(tokens().colour("hover"))
                painter.drawRoundedRect(room, 4, 4)
            shares = [float(part / most) for part in bar.parts]
            if self._chart.upright:
                self._draw_column(painter, room, bar, shares)
            else:
                self._draw_row(painter, room, bar, shares)
            if self.hasFocus() and place == self._place:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(tokens().colour("accent"), 2))
                painter.drawRoundedRect(room.adjusted(1, 1, -1, -1), 4, 4)
        if self._chart.upright:
            floor = self.height() - _LABELS + 0.5
            painter.setPen(QPen(tokens().colour("field_border"), 1))
            painter.drawLine(QPointF(0, floor), QPointF(self.width(), floor))

    def room_of(self, place: int) -> QRectF:
        """The room of a bar with its label and number."""
        if not self._chart.upright:
            return QRectF(0, self._top + _PITCH * place, self.width(), _PITCH)
        wide = self.width() / len(self._chart.bars)
        return QRectF(wide * place, self._top, wide, self.height() - self._top)

    def _draw_legend(self, painter: QPainter) -> None:
        painter.setFont(sized(self.font(), tk.LABEL))
        x = 4.0
        for series, words in enumerate(self._chart.series):
            self._fill(painter, QRectF(x, 5, _SQUARE, _SQUARE), series)
            wide = painter.fontMetrics().horizontalAdvance(words)
            painter.setPen(tokens().colour("text2"))
            painter.drawText(QRectF(x + _SQUARE + 6, 0, wide + 2, 20), _MIDDLE, words)
            x += _SQUARE + wide + 22

    def _draw_column(self, painter: QPainter, room: QRectF, bar: Bar, shares: list[float]) -> None:
        floor = room.bottom() - _LABELS
        tall, wide = floor - room.top() - _NUMBERS, min(room.width() * _BAR_SHARE, _WIDEST)
        y, x = floor, room.center().x() - wide / 2
        for series, share in enumerate(shares):
            if share:
                y -= tall * share
                self._fill(painter, QRectF(x, y, wide, tall * share), series)
        painter.setFont(sized(self.font(), tk.LABEL))
        painter.setPen(tokens().colour("text"))
        painter.drawText(
            QRectF(room.x(), y - _NUMBERS, room.width(), _NUMBERS), _CENTRE, bar.number
        )
        painter.setFont(sized(self.font(), tk.CAPTION))
        painter.setPen(tokens().colour("text2"))
        painter.drawText(QRectF(room.x(), floor, room.width(), _LABELS), _CENTRE, bar.label)

    def _draw_row(self, painter: QPainter, room: QRectF, bar: Bar, shares: list[float]) -> None:
        font = sized(self.font(), tk.LABEL)
        metrics, bars = QFontMetricsF(font), self._chart.bars
        most = self.width() * _LABEL_SHARE
        names = min(max(metrics.horizontalAdvance(one.label) for one in bars) + 14, most)
        numbers = max(metrics.horizontalAdvance(one.number) for one in bars) + 14
        painter.setFont(font)
        painter.setPen(tokens().colour("text2"))
        shortened = metrics.elidedText(bar.label, Qt.TextElideMode.ElideRight, names - 10)
        painter.drawText(room.adjusted(4, 0, 0, 0), int(_MIDDLE), shortened)
        x, wide = names, max(room.width() - names - numbers, 0)
        for series, share in enumerate(shares):
            if share:
                one = QRectF(x, room.center().y() - _THICK / 2, wide * share, _THICK)
                self._fill(painter, one, series)
                x += wide * share
        painter.setFont(sized(self.font(), tk.BODY))
        painter.setPen(tokens().colour("text"))
        end = int(_MIDDLE | Qt.AlignmentFlag.AlignRight)
        painter.drawText(room.adjusted(0, 0, -4, 0), end, bar.number)

    def _fill(self, painter: QPainter, room: QRectF, series: int) -> None:
        """Accent, border, white with a border, hatched; of two the second is white."""
        colours = tokens()
        look = 2 if series == 1 and len(self._chart.series) == 2 else series
        if look < 2:
            painter.fillRect(room, colours.colour(("accent", "field_border")[look]))
            return
        line = colours.colour("field_border")
        framed = room.adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(line, 1))
        painter.setBrush(colours.colour("surface"))
        painter.drawRect(framed)
        if look > 2:
            painter.setBrush(QBrush(line, Qt.BrushStyle.BDiagPattern))
            painter.drawRect(framed)

    # --- mouse and keys -----------------------------------------------------------------------

    def _at(self, point: QPointF) -> int:
        places = range(len(self._chart.bars))
        return next((place for place in places if self.room_of(place).contains(point)), -1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tint the bar below."""
        self._point_at(self._at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """No bar is below."""
        self._point_at(-1)

    def _point_at(self, place: int) -> None:
        if place != self._under:
            self._under = place
            leads = place >= 0 and bool(self._chart.bars[place].case_ids)
            hand, arrow = Qt.CursorShape.PointingHandCursor, Qt.CursorShape.ArrowCursor
            self.setCursor(hand if leads else arrow)
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Ask for the cases of the bar below."""
        place = self._at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and place >= 0:
            self._place = place
            self._say()
            self._ask()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from bar to bar, Enter and Space ask for the cases."""
        key, count = Qt.Key(event.key()), len(self._chart.bars)
        if key in _KEYS and count:
            self._place = (self._place + _KEYS[key]) % count
            self._say()
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and count:
            self._ask()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Say a bar whole where its label is shortened."""
        if isinstance(event, QHelpEvent):
            place = self._at(QPointF(event.pos()))
            words = said(self._chart.bars[place]) if place >= 0 else ""
            QToolTip.showText(event.globalPos(), plain_tip(words), self)
            return True
        return super().event(event)

    def _say(self) -> None:
        bars = self._chart.bars
        self.setAccessibleDescription(said(bars[self._place]) if bars else "")

    def _ask(self) -> None:
        if (bar := self._chart.bars[self._place]).case_ids:
            self.asked.emit(bar)


def said(bar: Bar) -> str:
    """A bar in words."""
    return t("statistics.bar", label=bar.label, number=bar.number)
