"""Icons: Lucide drawings, tinted with a token's colour, sharp at every scale.

The colour is looked up when an icon is drawn, so icons follow the theme by themselves.
"""

from functools import cache, lru_cache
from typing import Literal

from PySide6.QtCore import QByteArray, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop.parts.theme.tokens import tokens
from forms.ground.locate import resources

STROKE = 1.75

Side = Literal["left", "centre", "right"]


def icon(
    name: str,
    colour: str = "text2",
    *,
    on: str = "",
    disabled: str = "text3",
    side: Side = "centre",
) -> QIcon:
    """The icon of a Lucide name in a token's colour; `on` is the colour when checked.

    `side` says where it stands in a place wider than high: so a button keeps words at a distance.
    Raises FileNotFoundError where no such icon ships.
    """
    return QIcon(_Engine(name, colour, on or colour, disabled, side))


def draw(painter: QPainter, name: str, rect: QRectF, colour: QColor) -> None:
    """Draw an icon into a rectangle."""
    _renderer(name, colour.name()).render(painter, rect)


def pixmap(name: str, size: int, colour: str, ratio: float) -> QPixmap:
    """A pixmap of an icon, `size` logical pixels wide, in a token's colour."""
    made = QPixmap(QSize(size, size) * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    draw(painter, name, QRectF(0, 0, size, size), tokens().colour(colour))
    painter.end()
    return made


@cache
def source(name: str) -> str:
    """The drawing's SVG as it ships."""
    return (resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=512)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    # QSvgRenderer paints `currentColor` black: the colour is put in before it reads.
    text = source(name).replace("currentColor", colour)
    text = text.replace('stroke-width="2"', f'stroke-width="{STROKE}"')
    return QSvgRenderer(QByteArray(text.encode()))


class _Engine(QIconEngine):
    """Draws an icon anew for every size and ratio."""

    def __init__(self, name: str, colour: str, on: str, disabled: str, side: Side) -> None:
        super().__init__()
        source(name)
        self._look = (name, colour, on, disabled, side)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        name, colour, on, disabled, side = self._look
        if state == QIcon.State.On:
            colour = on
        if mode == QIcon.Mode.Disabled:
            colour = disabled
        length = min(rect.width(), rect.height())
        square = QRectF(0, 0, length, length)
        square.moveCenter(QPointF(rect.x() + rect.width() / 2, rect.y() + rect.height() / 2))
        if side != "centre":
            square.moveLeft(rect.x() if side == "left" else rect.x() + rect.width() - length)
        draw(painter, name, square, tokens().colour(colour))

    def clone(self) -> QIconEngine:
        return _Engine(*self._look)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float
    ) -> QPixmap:
        """`size` is in device pixels already; `scale` is told for information."""
        made = QPixmap(size)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return made
