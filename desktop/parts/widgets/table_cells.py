"""Draws the cells of every table: grounds, ticks, icons, chips, one line or two.

100,000 rows are scrolled through: what is drawn or measured again and again is kept, and nothing
is laid out twice.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.parts.theme import chips, icons
from desktop.parts.theme import tokens as tk
from desktop.parts.theme.chips import Look
from desktop.parts.theme.painted import balanced
from desktop.parts.theme.tokens import Tokens, tokens
from desktop.parts.theme.type import sized
from desktop.parts.widgets.table_model import TICK, Column, Index

if TYPE_CHECKING:
    from desktop.parts.widgets.table_view import TableView

PAD, FIRST_PAD = 12, 16
TICKS = 44
"""The room of the ticks in their column, in logical pixels."""
_BOX = 18
_CHIP_TOP = 4  # of a chip with a line beneath
_TIGHT = 0.94  # of a font's own line height, where two lines share a cell
_RIGHT, _MIDDLE = Qt.TextElideMode.ElideRight, Qt.TextElideMode.ElideMiddle


@lru_cache(maxsize=8)
def _box(state: Qt.CheckState, ratio: float, _theme: str) -> QPixmap:
    """A tick box as it is drawn again and again."""
    made = _blank(QSize(_BOX, _BOX), ratio)
    colours = tokens()
    box = QRectF(0, 0, _BOX, _BOX).adjusted(0.5, 0.5, -0.5, -0.5)
    is_on = state != Qt.CheckState.Unchecked
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colours.colour("accent" if is_on else "field_border"), 1))
    painter.setBrush(colours.colour("accent" if is_on else "surface"))
    painter.drawRoundedRect(box, tk.RADIUS_BLANK, tk.RADIUS_BLANK)
    if is_on:
        name = "check" if state == Qt.CheckState.Checked else "minus"
        icons.draw(painter, name, box.adjusted(2, 2, -2, -2), colours.colour("on_accent"))
    painter.end()
    return made


@lru_cache(maxsize=64)
def _chip(look: Look, word: str, ratio: float, font: QFont, _theme: str) -> QPixmap:
    """A chip as it is drawn again and again."""
    size = chips.chip_size(font, word)
    made = _blank(size, ratio)
    painter = QPainter(made)
    chips.draw_chip(painter, QRect(QPoint(0, 0), size), word, look, font)
    painter.end()
    return made


def _blank(size: QSize, ratio: float) -> QPixmap:
    made = QPixmap(size * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    return made


def draw_tick(painter: QPainter, cell: QRect, state: Qt.CheckState) -> None:
    """Draw a tick box in the room of the ticks at the left of a cell."""
    ratio = painter.device().devicePixelRatio()
    box = _box(state, ratio, tokens().surface)
    centre = QRect(cell.x(), cell.y(), TICKS, cell.height()).center()
    painter.drawPixmap(centre - QPoint(_BOX // 2, _BOX // 2), box)


@lru_cache(maxsize=4)
def _inks(theme: Tokens) -> dict[str, QColor]:
    """The colours of a theme, made once."""
    return {name: QColor(value) for name, value in theme.as_dict().items()}


@lru_cache(maxsize=4)
def _grounds(theme: Tokens) -> dict[str, QBrush]:
    """Brushes of the colours; asked to fill with a colour Qt's binding first tries gradients."""
    return {name: QBrush(colour) for name, colour in _inks(theme).items()}


class _Type:
    """A font with what is asked of it for every cell: cut and balanced texts, line height."""

    def __init__(self, font: QFont, pixels: int) -> None:
        self.font = sized(font, pixels)
        self._metrics = QFontMetricsF(self.font)
        self.ascent = self._metrics.ascent()
        self.height = self._metrics.height() * _TIGHT
        self.cut = lru_cache(maxsize=4000)(self._cut)
        self.balanced = lru_cache(maxsize=4000)(self._balanced)

    def wide(self, text: str) -> float:
        """How wide a text is."""
        return self._metrics.horizontalAdvance(text)

    def _cut(self, text: str, width: int, way: Qt.TextElideMode = _RIGHT) -> str:
        return self._metrics.elidedText(text, way, width)

    def _balanced(self, text: str, width: int) -> tuple[str, ...]:
        return tuple(balanced(text, self.font, width))


@lru_cache(maxsize=16)
def _type(family: str, pixels: int) -> _Type:
    font = QFont(family)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return _Type(font, pixels)


class CellDelegate(QStyledItemDelegate):
    """Draws a cell straight from its row."""

    def __init__(self, table: TableView) -> None:
        super().__init__(table)
        self._table, self._model = table, table.table_model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Rows are of one height."""
        return QSize(60, self._table.verticalHeader().defaultSectionSize())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the ground, the line beneath, and what the column says."""
        place: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        family = option.font.family()  # type: ignore[attr-defined]
        at, section = index.row(), index.column()
        row = self._model.row_at(at)
        self._ground(painter, place, state, row, at, section)
        left = FIRST_PAD if section == 0 else PAD
        if section == TICK and self._model.has_ticks:
            left = TICKS
            on = self._model.is_ticked(at)
            draw_tick(painter, place, Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        cell = place.adjusted(left, 0, -4, -1)
        self._content(painter, cell, self._model.columns[section], row, family)

    def _ground(
        self,
        painter: QPainter,
        place: QRect,
        state: QStyle.StateFlag,
        row: Any,
        at: int,
        section: int,
    ) -> None:
        table, grounds = self._table, _grounds(tokens())
        column, is_first = self._model.columns[section], section == 0
        if table.tone is not None and (tone := table.tone(row)) is not None:
            painter.fillRect(place, tokens().tone(tone)[1])
        if column.ground is not None and (own := column.ground(row)):
            painter.fillRect(place, grounds[own])
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(place, grounds["selected"])
        elif state & QStyle.StateFlag.State_MouseOver and table.shows_hover:
            painter.fillRect(place, grounds["hover"])
        painter.fillRect(QRect(place.x(), place.bottom(), place.width(), 1), grounds["line"])
        if table.drop_at >= 0:
            self._draw_drop(painter, place, at)
        if is_first and at == table.currentIndex().row() and table.hasFocus():
            bar = QRect(place.x(), place.y(), 3, place.height() - 1)
            painter.fillRect(bar, grounds["accent"])

    def _draw_drop(self, painter: QPainter, place: QRect, at: int) -> None:
        """Show that a dragged row would go before this one, or after it as the last."""
        painter.setPen(QPen(tokens().colour("accent"), 2))
        if self._table.drop_at == at:
            painter.drawLine(place.topLeft(), place.topRight())
        elif self._table.drop_at == at + 1 == self._model.rowCount():
            painter.drawLine(place.bottomLeft(), place.bottomRight())

    def _content(
        self, painter: QPainter, cell: QRect, column: Column, row: Any, family: str
    ) -> None:
        if column.chip is not None and (chip := column.chip(row)) is not None:
            font, ratio = _type(family, tk.LABEL).font, painter.device().devicePixelRatio()
            drawn = _chip(*chip, ratio, font, tokens().surface)
            beneath = column.second(row) if column.second is not None else ""
            lead = _CHIP_TOP if beneath else (cell.height() - tk.CHIP) // 2
            painter.drawPixmap(cell.x(), cell.y() + lead, drawn)
            if beneath:
                below = cell.adjusted(0, _CHIP_TOP + tk.CHIP, 0, 0)
                self._second(painter, below, column, row, beneath, family)
            return
        inks = _inks(tokens())
        if column.icon is not None:
            name, colour = column.icon(row)
            if name:
                top = cell.y() + (cell.height() - tk.ICON) / 2
                icons.draw(painter, name, QRectF(cell.x(), top, tk.ICON, tk.ICON), inks[colour])
                cell = cell.adjusted(tk.ICON + 8, 0, 0, 0)
        first, second = self._model.lines(row, column)
        type_ = _type(family, tk.LABEL if column.is_small else tk.BODY)
        ink = inks[column.ink(row) if column.ink is not None else "text"]
        if column.breaks:
            parts = type_.balanced(first, cell.width())
        else:
            parts = (type_.cut(first, cell.width(), _MIDDLE if column.ends else _RIGHT),)
        lines = [(part, type_, ink) for part in parts if part]
        if second:
            under = inks[column.second_ink(row) if column.second_ink is not None else "text2"]
            type_ = _type(family, tk.CAPTION)
            lines.append((type_.cut(second, cell.width()), type_, under))
        _write(painter, cell, lines, is_right=column.is_right)

    def _second(
        self, painter: QPainter, cell: QRect, column: Column, row: Any, words: str, family: str
    ) -> None:
        """Write the line beneath a chip."""
        inks, type_ = _inks(tokens()), _type(family, tk.CAPTION)
        ink = inks[column.second_ink(row) if column.second_ink is not None else "text2"]
        _write(painter, cell, [(type_.cut(words, cell.width()), type_, ink)], is_right=False)


def _write(
    painter: QPainter, cell: QRect, lines: list[tuple[str, _Type, QColor]], *, is_right: bool
) -> None:
    """Write lines below each other in the middle of a cell."""
    y = cell.y() + (cell.height() - sum(type_.height for _, type_, _ in lines)) / 2
    for text, type_, ink in lines:
        painter.setFont(type_.font)
        painter.setPen(ink)
        lead = (type_.height / _TIGHT - type_.height) / 2
        left = cell.right() - PAD - type_.wide(text) if is_right else cell.x()
        painter.drawText(QPointF(left, y - lead + type_.ascent), text)
        y += type_.height
