"""Fourteen weeks in a strip, a column a day: what is to be done when; a click goes to the day."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QToolTip, QWidget

from desktop.installed.screen_texts import t
from desktop.pages.overview import duty_words as words
from desktop.pages.overview.duty_rows import Row
from desktop.parts.theme import tokens as tk
from desktop.parts.theme.tokens import tokens
from desktop.parts.theme.type import sized
from desktop.parts.widgets.plain_tip import plain_tip
from forms.office.agenda import Item

WEEKS = 14
_DAYS, _WEEK = 7 * WEEKS, 7
_HIGH, _SIDE, _TOP, _BOTTOM = 94, 12, 32, 26
_BLOCK, _GAP, _MOST = 8, 2, 3


class WeekStrip(QFrame):
    """Draws the strip; `day_asked` carries the day to go to."""

    day_asked = Signal(object)  # datetime.date

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setFixedHeight(_HIGH)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._today = self._first = date.min
        self._week = 0
        self._days: Mapping[date, list[Item]] = {}
        self._name()

    def show_duties(self, rows: Sequence[Row], today: date) -> None:
        """Show what of some duties is to be done in the weeks from this one on."""
        self._today, self._first = today, words.monday(today)
        days: dict[date, list[Item]] = {}
        end = self._first + timedelta(days=_DAYS)
        for row in rows:
            if self._first <= row.day < end and row.is_open:
                days.setdefault(row.day, []).append(row.item)
        self._days = days
        self._name()
        self.update()

    @property
    def week(self) -> date:
        """The Monday of the week in hand."""
        return self._first + self._week * words.WEEK

    def _name(self) -> None:
        first = self.week
        last = first + timedelta(days=_WEEK - 1)
        count = sum(len(self._days.get(first + timedelta(days=n), ())) for n in range(_WEEK))
        text = t("overview.strip.name", first=first, last=f"{last:%m-%d}", count=count)
        self.setAccessibleName(text)

    # --- keys and mouse -------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right go by weeks, Home to this one."""
        way = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if way is None and event.key() != Qt.Key.Key_Home:
            super().keyPressEvent(event)
            return
        self._week = max(0, min(WEEKS - 1, self._week + way)) if way else 0
        self._name()
        self.update()
        self.day_asked.emit(self.week)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the day that is clicked."""
        day = self._day_at(event.position().x())
        self._week = (day - self._first).days // _WEEK
        self._name()
        self.update()
        self.day_asked.emit(day)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the week in hand."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show it no longer."""
        super().focusOutEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        """Say under the mouse what is to be done on a day."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            day = self._day_at(event.x())
            lines = [f"{day} {words.weekday(day)}"]
            lines += [one.duty.what for one in self._days.get(day, ())[:5]]
            QToolTip.showText(event.globalPos(), plain_tip("\n".join(lines)), self)
            return True
        return super().event(event)

    # --- drawing --------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(600, _HIGH)

    @property
    def _wide(self) -> float:
        return (self.width() - 2 * _SIDE) / _DAYS

    def _day_at(self, x: float) -> date:
        place = max(0, min(_DAYS - 1, int((x - _SIDE) / self._wide)))
        return self._first + timedelta(days=place)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw months, weekends, today, and a block for each thing to do."""
        super().paintEvent(event)
        painter, colours, wide = QPainter(self), tokens(), self._wide
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        bottom = self.height() - _BOTTOM
        if self.hasFocus():
            week = QRectF(_SIDE + self._week * _WEEK * wide, _TOP, _WEEK * wide, bottom - _TOP)
            painter.fillRect(week, colours.colour("tint"))
        for place in range(_DAYS):
            day = self._first + timedelta(days=place)
            x = _SIDE + place * wide
            if day.weekday() >= 5:
                painter.fillRect(QRectF(x, _TOP, wide, bottom - _TOP), colours.colour("hover"))
            if place == 0 or day.day == 1:
                self._month(painter, day, x, is_first=place == 0)
            if day.weekday() == 0 and (place // _WEEK) % self._every() == 0:
                painter.setFont(sized(self.font(), tk.CAPTION))
                painter.setPen(colours.colour("text2"))
                painter.drawText(QPointF(x, self.height() - 9), str(day.day))
            self._blocks(painter, day, QRectF(x, _TOP, wide, bottom - _TOP))
        painter.setPen(QPen(colours.colour("line"), 1))
        painter.drawLine(QPointF(_SIDE, bottom), QPointF(self.width() - _SIDE, bottom))
        now = QRectF(_SIDE + (self._today - self._first).days * wide, _TOP, wide, bottom - _TOP)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colours.colour("accent"), 1.5))
        painter.drawRoundedRect(now.adjusted(0.5, 1, -0.5, -1), 3, 3)

    def _every(self) -> int:
        """Every how many weeks a day's number stands, so that they stay apart."""
        return 1 if self._wide * _WEEK >= 24 else 2

    def _month(self, painter: QPainter, day: date, x: float, *, is_first: bool) -> None:
        with_year = is_first or day.month == 1
        key = "overview.strip.year_month" if with_year else "overview.strip.month"
        colours = tokens()
        painter.setFont(sized(self.font(), tk.LABEL, medium=True))
        if is_first:
            following = (day.replace(day=1) + timedelta(days=31)).replace(day=1)
            room = (following - day).days * self._wide
            if (
                painter.fontMetrics().horizontalAdvance(t(key, year=day.year, month=day.month))
                > room
            ):
                return
        painter.setPen(QPen(colours.colour("field_border"), 1))
        if not is_first:
            painter.drawLine(QPointF(x, 10), QPointF(x, self.height() - _BOTTOM))
        painter.setPen(colours.colour("text"))
        painter.drawText(QPointF(x + 4, 24), t(key, year=day.year, month=day.month))

    def _blocks(self, painter: QPainter, day: date, room: QRectF) -> None:
        """A block for each duty of a day from below, three at most; more are said by a line."""
        items = self._days.get(day, ())
        side = min(_BLOCK, room.width() - _GAP)
        for place, item in enumerate(items[:_MOST]):
            tone = words.tone_of(item, self._today)
            colour = tone if tone in ("error", "pending") else "field_border"
            top = room.bottom() - (place + 1) * (_BLOCK + _GAP)
            block = QRectF(room.center().x() - side / 2, top, side, _BLOCK)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens().colour(colour))
            painter.drawRoundedRect(block, 2, 2)
        if len(items) > _MOST:
            top = room.bottom() - (_MOST + 0.6) * (_BLOCK + _GAP)
            painter.fillRect(
                QRectF(room.center().x() - side / 2, top, side, 2), tokens().colour("field_border")
            )
