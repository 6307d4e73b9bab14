"""Titles in balanced lines, wherever they are painted."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF, QTextLayout, QTextOption

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
        rest = "".join(broken[lines - 1 :]).strip()
        last = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width)
        return [*(line.strip() for line in broken[: lines - 1]), last]
    even = min(width, advance / len(broken) + metrics.horizontalAdvance("中"))
    again = _broken(text, font, even)
    return [line.strip() for line in (again if len(again) <= len(broken) else broken)]


def _broken(text: str, font: QFont, width: float) -> list[str]:
    """The lines a text is broken into, with the blanks at their ends."""
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
        parts.append(text[line.textStart() : line.textStart() + line.textLength()])
    layout.endLayout()
    return parts
