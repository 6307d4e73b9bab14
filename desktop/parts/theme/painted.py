"""Drawing shared by delegates: titles in balanced lines, cells with a second line."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption

_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


def balanced(text: str, font: QFont, width: float, lines: int = 2) -> list[str]:
    """Break a text into at most so many lines of about equal length; the last is elided.

    `width` is in logical pixels.  A title whose last line is a single character reads like two.
    """
    metrics = QFontMetricsF(font)
    advance = metrics.horizontalAdvance(text)
    if advance <= width:
        return [text]
    broken = _broken(text, font, width)
    if len(broken) > lines:
        last = metrics.elidedText("".join(broken[lines - 1 :]), Qt.TextElideMode.ElideRight, width)
        return [*broken[: lines - 1], last]
    even = min(width, advance / len(broken) + metrics.horizontalAdvance("中"))
    again = _broken(text, font, even)
    return again if len(again) <= len(broken) else broken


def _broken(text: str, font: QFont, width: float) -> list[str]:
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    parts = []
    while True:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        parts.append(text[line.textStart() : line.textStart() + line.textLength()].strip())
    layout.endLayout()
    return parts


def two_lines(
    painter: QPainter,
    rect: QRect,
    first: tuple[str, QFont, QColor],
    second: tuple[str, QFont, QColor] | None = None,
) -> None:
    """Draw one line, or two below each other, in the middle of a cell; too long is elided."""
    lines = [line for line in (first, second) if line is not None and line[0]]
    heights = [QFontMetricsF(font).height() * 0.94 for _, font, _ in lines]
    y = rect.y() + (rect.height() - sum(heights)) / 2
    for (text, font, colour), height in zip(lines, heights, strict=True):
        metrics = QFontMetricsF(font)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(QRectF(rect.x(), y, rect.width(), height), _LEFT, shown)
        y += height
