"""A measure beside its target: a bar, a line where the target lies, the number."""

from decimal import Decimal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from desktop.installed.screen_texts import t
from desktop.parts.theme import tokens as tk
from desktop.parts.theme.tokens import tokens
from desktop.parts.theme.type import sized
from desktop.parts.widgets.plain_tip import plain_tip
from forms.office.yearly_charts import shown

_HIGH, _NAME, _BAR, _TARGET_AT = 32, 92, 8, 0.8
_NUMBERS = 156


class TargetRow(QAbstractButton):
    """A measure, perhaps with a target; pressed, it opens what it counts, where that `opens`."""

    def __init__(
        self,
        name: str,
        unit: str,
        value: int | Decimal | None,
        target: Decimal | None,
        *,
        opens: bool = True,
    ) -> None:
        super().__init__()
        self._name, self._unit = name, unit
        self._value, self._target = value, target
        self.setFixedHeight(_HIGH)
        self.setMinimumWidth(_NAME + _NUMBERS)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setEnabled(opens)
        said = t("widgets.target_said", name=self._name, value=shown(self._value), unit=self._unit)
        if target is not None:
            said += t("widgets.target_said_aim", target=shown(target), unit=self._unit)
        self.setAccessibleName(said)
        self.setToolTip(plain_tip(said))
        if opens:
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(_NAME + _NUMBERS, _HIGH)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw name, bar, target and number; a ring where the focus is."""
        painter, colours = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(sized(self.font(), tk.BODY))
        painter.setPen(colours.colour("text2"))
        painter.drawText(self.rect().adjusted(4, 0, 0, 0), middle, self._name)
        track = QRectF(_NAME, (self.height() - _BAR) / 2, 0, _BAR)
        track.setRight(self.width() - _NUMBERS)
        if self._target and track.width() > _BAR:
            self._draw_bar(painter, track, self._target)
        painter.setFont(sized(self.font(), tk.BODY, medium=True))
        painter.setPen(colours.colour("text"))
        end = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        beside = f" {self._unit}" if self._value is not None else ""
        if self._target is not None:
            beside = f" / {shown(self._target)} {self._unit}"
        small = sized(self.font(), tk.CAPTION)
        painter.setFont(small)
        painter.setPen(colours.colour("text2"))
        painter.drawText(self.rect().adjusted(0, 0, -6, 0), end, beside)
        wide = painter.fontMetrics().horizontalAdvance(beside)
        painter.setFont(sized(self.font(), tk.BODY, medium=True))
        painter.setPen(colours.colour("text"))
        painter.drawText(self.rect().adjusted(0, 0, -6 - wide, 0), end, shown(self._value))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.colour("accent"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)

    def _draw_bar(self, painter: QPainter, track: QRectF, target: Decimal) -> None:
        """The target lies at four fifths of the track; green is only what has reached it."""
        colours, share = tokens(), float((self._value or 0) / target)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.colour("hover"))
        painter.drawRoundedRect(track, 4, 4)
        if share:
            filled = QRectF(track)
            filled.setWidth(max(_BAR, track.width() * min(1.0, share * _TARGET_AT)))
            painter.setBrush(colours.colour("done" if share >= 1 else "accent"))
            painter.drawRoundedRect(filled, 4, 4)
        at = track.x() + track.width() * _TARGET_AT
        painter.fillRect(QRectF(at - 1, track.center().y() - 8, 2, 16), colours.colour("text"))
