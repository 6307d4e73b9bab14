"""The rail at the left of the window: the places, what waits there, help and settings."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QVBoxLayout, QWidget

from desktop.installed.screen_texts import t
from desktop.parts.theme import icons
from desktop.parts.theme import tokens as tk
from desktop.parts.theme.tokens import tokens
from desktop.parts.theme.type import sized
from desktop.shell.page_table import PageRow

_SIDE, _TALL, _SHORT = 60, 64, 48
_LABELS_FROM_HEIGHT = 600


class RailButton(QAbstractButton):
    """Icon over word, with a badge; drawn by hand so that the word keeps its place."""

    def __init__(self, place: PageRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.place = place
        self._badge = 0
        self._has_word = True
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._name()
        self.show_word(True)

    @property
    def waiting(self) -> int:
        """The badge's number."""
        return self._badge

    def show_badge(self, count: int) -> None:
        """Show how many things wait; none where it is 0."""
        if count != self._badge:
            self._badge = count
            self._name()
            self.update()

    def show_word(self, shown: bool) -> None:
        """Show the word under the icon, or the icon alone with its tooltip."""
        self._has_word = shown
        self.setFixedSize(_SIDE, _TALL if shown else _SHORT)

    def _name(self) -> None:
        word = t(self.place.title)
        waits = t("frame.waiting", count=self._badge) if self._badge else ""
        self.setAccessibleName("，".join(part for part in (word, waits) if part))
        self.setToolTip("  ".join(part for part in (word, self.place.keys, waits) if part))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, icon, word, badge and the ring of focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = tokens()
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self.isChecked():
            painter.setPen(QPen(colours.colour("line"), 1))
            painter.setBrush(colours.colour("surface"))
            painter.drawRoundedRect(box, tk.RADIUS_CARD, tk.RADIUS_CARD)
        elif self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.colour("hover"))
            painter.drawRoundedRect(box, tk.RADIUS_CARD, tk.RADIUS_CARD)
        ink = colours.colour("accent" if self.isChecked() else "text2")
        side = tk.ICON_RAIL
        top = 13 if self._has_word else (self.height() - side) / 2
        square = QRectF((self.width() - side) / 2, top, side, side)
        icons.draw(painter, self.place.icon, square, ink)
        if self._has_word:
            painter.setFont(sized(self.font(), tk.CAPTION, medium=self.isChecked()))
            painter.setPen(ink)
            words = QRect(0, 37, self.width(), 20)
            painter.drawText(words, int(Qt.AlignmentFlag.AlignCenter), t(self.place.title))
        if self._badge:
            self._draw_badge(painter, square)
        if self.hasFocus():
            painter.setPen(QPen(colours.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), tk.RADIUS_CARD, tk.RADIUS_CARD)

    def _draw_badge(self, painter: QPainter, icon: QRectF) -> None:
        colours = tokens()
        text = str(self._badge) if self._badge < 100 else "99+"
        painter.setFont(sized(self.font(), 11, medium=True))
        wide = max(16.0, painter.fontMetrics().horizontalAdvance(text) + 8.0)
        pill = QRectF(0, 0, wide, 16)
        pill.moveCenter(QPointF(icon.right() + 4, icon.y() + 2))
        painter.setPen(QPen(colours.colour("surface" if self.isChecked() else "rail"), 2))
        painter.setBrush(colours.colour("error"))
        painter.drawRoundedRect(pill.adjusted(-1, -1, 1, 1), 9, 9)
        painter.setPen(colours.colour("surface"))
        painter.drawText(pill, int(Qt.AlignmentFlag.AlignCenter), text)


class Rail(QFrame):
    """The places below each other; emits the name of the one that was clicked."""

    chosen = Signal(str)

    def __init__(self, places: Sequence[PageRow]) -> None:
        super().__init__()
        self.setProperty("role", "rail")
        self.setFixedWidth(tk.RAIL)
        self.setAccessibleName(t("frame.rail"))
        self._group = QButtonGroup(self)
        self.buttons: dict[str, RailButton] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 16, 5, 12)
        layout.setSpacing(8)
        for is_foot in (False, True):
            for place in places:
                if place.is_at_foot == is_foot:
                    layout.addWidget(self._made(place))
            if not is_foot:
                layout.addStretch()

    def show_current(self, name: str) -> None:
        """Mark a place as the one that is open."""
        if name in self.buttons:
            self.buttons[name].setChecked(True)

    def fit(self, height: int) -> None:
        """Drop the words where the window is low."""
        for one in self.buttons.values():
            one.show_word(height >= _LABELS_FROM_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """As high as it is without words."""
        return QSize(tk.RAIL, len(self.buttons) * (_SHORT + 8) + 28)

    def _made(self, place: PageRow) -> RailButton:
        made = RailButton(place)
        self._group.addButton(made)
        self.buttons[place.name] = made
        made.clicked.connect(lambda: self.chosen.emit(place.name))
        return made
