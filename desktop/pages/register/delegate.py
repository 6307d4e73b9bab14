"""Draws the register's cells and its header: ticks, two lines, titles, chips, the arrow."""

from datetime import date
from functools import lru_cache

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QMouseEvent, QPainter, QPen, QPixmap
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from db.register_rows import RegisterRow
from desktop.installed.screen_texts import t
from desktop.pages.register import cell_words
from desktop.pages.register.model import TICK, Index, RegisterModel
from desktop.pages.register.shown_rows import COLUMNS
from desktop.parts.theme import chips, icons
from desktop.parts.theme import tokens as tk
from desktop.parts.theme.painted import balanced
from desktop.parts.theme.tokens import Tokens, tokens
from desktop.parts.theme.type import sized

BOX = 18
PAD = 12
_TIGHT = 0.94  # of a font's own line height, where two lines share a cell
_VCENTRE = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)


@lru_cache(maxsize=64)
def _picture(drawn: str, size: QSize, ratio: float, font: QFont | None, _theme: str) -> QPixmap:
    """A tick box or a state's chip as it is drawn again and again."""
    made = QPixmap(size * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    if font is None:
        _draw_box(painter, QPoint(BOX // 2, BOX // 2), Qt.CheckState[drawn])
    else:
        look = chips.STATES[drawn]
        chips.draw_chip(painter, QRect(QPoint(0, 0), size), t(look.word), look, font)
    painter.end()
    return made


def draw_box(painter: QPainter, centre: QPoint, state: Qt.CheckState) -> None:
    """Draw a tick box round a point."""
    ratio = painter.device().devicePixelRatio()
    box = _picture(state.name, QSize(BOX, BOX), ratio, None, tokens().surface)
    painter.drawPixmap(centre - QPoint(BOX // 2, BOX // 2), box)


def _draw_box(painter: QPainter, centre: QPoint, state: Qt.CheckState) -> None:
    colours = tokens()
    box = QRectF(0, 0, BOX, BOX)
    box.moveCenter(centre)
    box = box.adjusted(0.5, 0.5, -0.5, -0.5)
    is_on = state != Qt.CheckState.Unchecked
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colours.colour("accent" if is_on else "field_border"), 1))
    painter.setBrush(colours.colour("accent" if is_on else "surface"))
    painter.drawRoundedRect(box, tk.RADIUS_BLANK, tk.RADIUS_BLANK)
    if is_on:
        name = "check" if state == Qt.CheckState.Checked else "minus"
        icons.draw(painter, name, box.adjusted(2, 2, -2, -2), colours.colour("on_accent"))
    painter.restore()


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

    def _cut(self, text: str, width: int) -> str:
        return self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)

    def _balanced(self, text: str, width: int) -> tuple[str, ...]:
        return tuple(balanced(text, self.font, width))


@lru_cache(maxsize=16)
def _type(family: str, pixels: int) -> _Type:
    font = QFont(family)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return _Type(font, pixels)


class RegisterDelegate(QStyledItemDelegate):
    """Draws a cell straight from its row; nothing is measured or laid out twice."""

    def __init__(self, table: QTableView, model: RegisterModel) -> None:
        super().__init__(table)
        self._table = table
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Rows are of one height."""
        return QSize(60, tk.ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the ground, the line beneath, and what the column says."""
        place: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        family = option.font.family()  # type: ignore[attr-defined]
        row, column = self._model.row_at(index.row()), COLUMNS[index.column()]
        inks = _inks(tokens())
        self._ground(painter, place, state, index)
        cell = place.adjusted(PAD, 0, -PAD // 2, -1)
        if column == "tick":
            ticked = index.data(Qt.ItemDataRole.CheckStateRole)
            draw_box(painter, place.center(), Qt.CheckState(ticked))
        elif column == "state":
            self._state(painter, cell, row, family)
        elif column == "title":
            body = _type(family, tk.BODY)
            ink = inks["text" if row.title else "text3"]
            parts = body.balanced(row.title or t("register.no_title"), cell.width())
            _write(painter, cell, [(part, body, ink) for part in parts])
        else:
            self._lines(painter, cell, row, column, family, inks)

    def _ground(
        self,
        painter: QPainter,
        place: QRect,
        state: QStyle.StateFlag,
        index: Index,
    ) -> None:
        grounds = _grounds(tokens())
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(place, grounds["selected"])
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(place, grounds["hover"])
        painter.fillRect(QRect(place.x(), place.bottom(), place.width(), 1), grounds["line"])
        is_current = index.row() == self._table.currentIndex().row()
        if is_current and index.column() == TICK and self._table.hasFocus():
            bar = QRect(place.x(), place.y(), 3, place.height() - 1)
            painter.fillRect(bar, grounds["accent"])

    def _state(self, painter: QPainter, cell: QRect, row: RegisterRow, family: str) -> None:
        look = chips.STATES.get(row.state or "")
        if look is not None:
            font = _type(family, tk.LABEL).font
            ratio = painter.device().devicePixelRatio()
            size = chips.chip_size(font, t(look.word))
            chip = _picture(row.state or "", size, ratio, font, tokens().surface)
            painter.drawPixmap(cell.x(), cell.y() + (cell.height() - size.height()) // 2, chip)

    def _lines(
        self,
        painter: QPainter,
        cell: QRect,
        row: RegisterRow,
        column: str,
        family: str,
        inks: dict[str, QColor],
    ) -> None:
        first, second = self._model.lines(row, column)
        is_blank = first == "—" or (column == "number" and not row.number_text)
        body, ink = _type(family, tk.BODY), inks["text3" if is_blank else "text"]
        if column == "changed":
            body, ink = _type(family, tk.LABEL), inks["text2"]
        lines = [(first, body, ink)]
        if second:
            lines.append((second, _type(family, tk.CAPTION), inks[self._second_ink(row, column)]))
        _write(painter, cell, lines)

    def _second_ink(self, row: RegisterRow, column: str) -> str:
        if column != "end" or not row.offer_end:
            return "text2"
        today = self._model.today
        if date.fromisoformat(row.offer_end) < today:
            return "error"
        return "pending" if cell_words.is_short(row.offer_end, today) else "text2"


def _write(painter: QPainter, cell: QRect, lines: list[tuple[str, _Type, QColor]]) -> None:
    """Write lines below each other in the middle of a cell; what is too long is cut."""
    y = cell.y() + (cell.height() - sum(type_.height for _, type_, _ in lines)) / 2
    for text, type_, ink in lines:
        painter.setFont(type_.font)
        painter.setPen(ink)
        lead = (type_.height / _TIGHT - type_.height) / 2
        painter.drawText(QPointF(cell.x(), y - lead + type_.ascent), type_.cut(text, cell.width()))
        y += type_.height


class RegisterHeader(QHeaderView):
    """The header: a box for all ticks, and an arrow where the table is sorted."""

    all_asked = Signal()

    def __init__(self, model: RegisterModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._model = model
        self.setFixedHeight(tk.HEADER)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(36)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Draw one heading."""
        colours = tokens()
        painter.save()
        painter.fillRect(rect, colours.colour("sunken"))
        painter.setPen(QPen(colours.colour("line"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if section == TICK:
            draw_box(painter, rect.center(), self._model.all_ticked())
        else:
            self._words(painter, rect.adjusted(PAD, 0, -2, -1), COLUMNS[section])
        painter.restore()

    def _words(self, painter: QPainter, place: QRect, column: str) -> None:
        colours = tokens()
        is_sorted = column == self._model.sorted_by
        painter.setFont(sized(self.font(), tk.LABEL))
        painter.setPen(colours.colour("text" if is_sorted else "text2"))
        text = t(f"register.columns.{column}")
        painter.drawText(QRectF(place), _VCENTRE, text)
        if is_sorted:
            wide = painter.fontMetrics().horizontalAdvance(text)
            name = "arrow-down" if self._model.descending else "arrow-up"
            at = QRectF(place.x() + wide + 4, place.center().y() - 7, 14, 14)
            icons.draw(painter, name, at, colours.colour("accent"))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the box ticks all, or nothing."""
        if self.logicalIndexAt(event.position().toPoint()) == TICK:
            self.all_asked.emit()
            return
        super().mouseReleaseEvent(event)
