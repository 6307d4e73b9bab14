"""Chips (24 high): icon, colour and word of a state, drawn alike in tables and in widgets."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from desktop.parts.theme import icons
from desktop.parts.theme import tokens as t
from desktop.parts.theme.tokens import Tone, tokens

if TYPE_CHECKING:
    from forms.ground.problems import Severity

_PAD, _GAP = 8, 6


class Look(NamedTuple):
    """How a state or a severity looks: its icon, its tone, and the key of its word."""

    icon: str
    tone: Tone
    word: str


SEVERITIES: dict[Severity, Look] = {
    "error": Look("octagon-x", "error", "severity.error"),
    "pending": Look("clock", "pending", "severity.pending"),
    "advice": Look("info", "advice", "severity.advice"),
}
DONE = Look("circle-check", "done", "severity.done")

STATES: dict[str, Look] = {
    "drafting": Look("pencil-line", "plain", "state.drafting"),
    "faulty": Look("octagon-x", "error", "state.faulty"),
    "pending": Look("clock", "pending", "state.pending"),
    "ready": Look("printer", "accent", "state.ready"),
    "unsealed": Look("stamp", "grey", "state.unsealed"),
    "stale": Look("refresh-cw", "pending", "state.stale"),
    "sealed": Look("file-check", "accent", "state.sealed"),
    "sent": Look("send", "done", "state.sent"),
    "licensed": Look("handshake", "done", "state.licensed"),
    "filed": Look("send", "accent", "state.filed"),
    "published": Look("circle-check", "done", "state.published"),
    "refused": Look("file-x", "error", "state.refused"),
    "withdrawn": Look("undo-2", "grey", "state.withdrawn"),
    "packless": Look("circle-help", "pending", "state.packless"),
}

GONE_OUT = ("sent", "licensed")
"""The states of cases whose sealed papers have gone out of the house: they are locked."""
DECLARED = ("filed", "published", "refused", "withdrawn")
"""The states of a declaration at the office, whose papers are done with."""

STANDINGS: dict[str, Look] = {
    "unmade": STATES["ready"],
    "printed": STATES["unsealed"],
    "stale": STATES["stale"],
    "sealed": DONE,
    "faulty": STATES["faulty"],
}
"""How a paper stands that is to be sealed."""


def chip_size(font: QFont, word: str) -> QSize:
    """The room a chip takes, in logical pixels; `font` is the caption's or the label's."""
    wide = QFontMetricsF(font).horizontalAdvance(word)
    return QSize(round(_PAD + t.ICON_CHIP + _GAP + wide + _PAD), t.CHIP)


def draw_chip(painter: QPainter, rect: QRect, word: str, look: Look, font: QFont) -> QRect:
    """Draw a chip at the left of a rectangle, in its middle; return where it stands."""
    ink, ground, border = tokens().tone(look.tone)
    size = chip_size(font, word)
    place = QRect(rect.x(), rect.y() + (rect.height() - t.CHIP) // 2, size.width(), t.CHIP)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(border, 1))
    painter.setBrush(ground)
    box = QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(box, t.RADIUS_CONTROL, t.RADIUS_CONTROL)
    at = QPointF(place.x() + _PAD, place.y() + (t.CHIP - t.ICON_CHIP) / 2)
    icons.draw(painter, look.icon, QRectF(at.x(), at.y(), t.ICON_CHIP, t.ICON_CHIP), ink)
    painter.setFont(font)
    painter.setPen(ink)
    words = QRectF(place)
    words.setLeft(at.x() + t.ICON_CHIP + _GAP)
    painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), word)
    painter.restore()
    return place
