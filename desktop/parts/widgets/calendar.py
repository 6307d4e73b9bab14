"""A month of days in the program's own hand: no colour that means a state, icons of the one set."""

from PySide6.QtCore import QDate, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QToolButton

from desktop.installed.screen_texts import t
from desktop.parts.theme import tokens as tk
from desktop.parts.theme.icons import icon
from desktop.parts.theme.tokens import tokens
from desktop.parts.theme.type import sized

_DAY = 32


class Calendar(QCalendarWidget):
    """Chooses a day.  Today has a ring, the chosen day is filled, other months are quiet."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(t("widgets.calendar.name"))
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames)
        self.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.setMinimumDate(QDate(1900, 1, 1))
        self.setMaximumDate(QDate(2199, 12, 31))
        self.setMinimumSize(7 * (_DAY + 8), 8 * _DAY + 24)
        quiet = QTextCharFormat()
        quiet.setForeground(tokens().colour("text2"))
        self.setHeaderTextFormat(quiet)
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.setWeekdayTextFormat(day, quiet)
        for name, picture in (("prev", "chevron-left"), ("next", "chevron-right")):
            arrow: QToolButton | None = self.findChild(QToolButton, f"qt_calendar_{name}month")
            if arrow is not None:
                arrow.setIcon(icon(picture))
                arrow.setAccessibleName(t(f"widgets.calendar.{name}"))

    def paintCell(self, painter: QPainter, rect: QRect, day: QDate) -> None:
        """Draw a day."""
        colours = tokens()
        is_chosen, is_today = day == self.selectedDate(), day == QDate.currentDate()
        is_here = day.month() == self.monthShown()
        painter.save()
        painter.fillRect(rect.adjusted(-1, -1, 1, 1), colours.colour("surface"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(0, 0, min(_DAY + 4, rect.width()), min(_DAY - 4, rect.height()))
        box.moveCenter(QRectF(rect).center())
        if is_chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.colour("accent"))
            painter.drawRoundedRect(box, tk.RADIUS_CONTROL, tk.RADIUS_CONTROL)
        elif is_today:
            painter.setPen(QPen(colours.colour("accent"), 1))
            painter.drawRoundedRect(box, tk.RADIUS_CONTROL, tk.RADIUS_CONTROL)
        ink = "on_accent" if is_chosen else "text" if is_here else "text3"
        painter.setPen(colours.colour(ink))
        painter.setFont(sized(self.font(), tk.BODY, medium=is_chosen or is_today))
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), str(day.day()))
        painter.restore()
