"""The page on its desk: the image, its shadow, the marks of the field in hand.

The paper stays paper in the dark; the marks are drawn here and never printed.
"""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from desktop.installed.screen_texts import t
from desktop.on_paper.preview.page_image import DrawnPage, PageSpot
from desktop.parts.theme.tokens import LIGHT, tokens
from desktop.parts.theme.type import sized

MARGIN = 24
DPI, POINTS = 96, 72
ZOOMS = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0)
_SHADOW = 10
_WORD_PT, _MARGIN_PT = 9, 62  # of the words in the right margin, and how far from its edge


class Sheet(QWidget):
    """Draws a page."""

    def __init__(self) -> None:
        super().__init__()
        self._drawn: DrawnPage | None = None
        self._width = 0

    @property
    def drawn(self) -> DrawnPage | None:
        """The page shown."""
        return self._drawn

    def show_drawn(self, drawn: DrawnPage, width: int) -> None:
        """Show a page so many logical pixels wide."""
        before, self._drawn = self._drawn, drawn
        if before is not None and width == self._width and _is_next(before, drawn):
            self._update_rows(drawn)
            return
        self._width = width
        self.setFixedHeight(self._page().height() + 2 * MARGIN)
        self.setMinimumWidth(width + 2 * MARGIN)
        self.update()

    def _update_rows(self, drawn: DrawnPage) -> None:
        """Paint only the rows in which the page differs from what is painted already."""
        page = QRectF(self._origin(), self._page().toSizeF())
        scale = page.height() / drawn.image.height()
        top, bottom = (page.y() + scale * row for row in drawn.rows)
        rows = QRectF(page.x(), top - 1, page.width(), bottom - top + 2)
        self.update(rows.intersected(page).toAlignedRect())

    def field_rect(self) -> QRectF | None:
        """Where the field in hand stands, on this widget."""
        if self._drawn is None or not self._drawn.spots:
            return None
        whole = QRectF()
        for spot in self._drawn.spots:
            whole = whole.united(self._rect(spot))
        return whole

    def _page(self) -> QSize:
        if self._drawn is None:
            return QSize(0, 0)
        wide, high = self._drawn.size_pt
        return QSize(self._width, round(self._width * high / wide))

    def _origin(self) -> QPointF:
        return QPointF(max(MARGIN, (self.width() - self._width) // 2), MARGIN)

    def _rect(self, spot: PageSpot) -> QRectF:
        assert self._drawn is not None
        scale = self._width / self._drawn.size_pt[0]
        origin = self._origin()
        return QRectF(
            origin.x() + spot.x * scale,
            origin.y() + spot.y * scale,
            spot.width * scale,
            spot.height * scale,
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw shadow, page and marks."""
        if self._drawn is None:
            return
        painter = QPainter(self)
        page = QRectF(self._origin(), self._page().toSizeF())
        if not page.contains(QRectF(event.rect())):  # else the page covers it
            self._shadow(painter, page)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(page, self._drawn.image)
        if tokens() is not LIGHT:
            painter.fillRect(page, QColor(0, 0, 0, 18))
        self._differing(painter)
        self._marks(painter)

    def _differing(self, painter: QPainter) -> None:
        """Tint what differs, and say so in the margin beside its line."""
        assert self._drawn is not None
        scale = self._width / self._drawn.size_pt[0]
        right = self._origin().x() + self._width
        painter.setFont(sized(self.font(), max(7, round(_WORD_PT * scale))))
        said: list[float] = []
        for spot in self._drawn.differing:
            rect = self._rect(spot)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
            painter.fillRect(rect.adjusted(-2, -2, 2, 2), LIGHT.colour("tint"))
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
            painter.setPen(QPen(LIGHT.colour("accent"), 1.2))
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())
            if all(abs(rect.top() - y) > rect.height() / 2 for y in said):
                said.append(rect.top())
                where = QRectF(right - _MARGIN_PT * scale, rect.top(), _MARGIN_PT * scale, 0)
                where.setHeight(rect.height())
                left = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
                painter.drawText(where, left, t("preview.otherwise"))

    def _shadow(self, painter: QPainter, page: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        for step in range(_SHADOW):
            painter.setBrush(QColor(0, 0, 0, 5))
            spread = _SHADOW - step
            around = page.adjusted(-spread / 2, -spread / 4, spread / 2, spread)
            painter.drawRoundedRect(around, 4, 4)

    def _marks(self, painter: QPainter) -> None:
        assert self._drawn is not None
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        accent = LIGHT.colour("accent")
        if self._drawn.section is not None:
            section = self._rect(self._drawn.section)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
            painter.fillRect(section, LIGHT.colour("tint"))
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(accent)
            bar = QRectF(section.left() - 12, section.top(), 4, section.height())
            painter.drawRoundedRect(bar, 2, 2)
        if _is_tick(self._drawn):
            return
        painter.setPen(QPen(accent, 1.5))
        tint = QColor(accent)
        tint.setAlpha(28)
        painter.setBrush(tint)
        for spot in self._drawn.spots:
            painter.drawRoundedRect(self._rect(spot).adjusted(-3, -3, 3, 3), 3, 3)


def _is_next(before: DrawnPage, drawn: DrawnPage) -> bool:
    """Whether a page differs from one before in some rows alone, its marks standing as they did."""
    marks = (
        (one.size_pt, one.page, one.spots, one.section, one.differing) for one in (before, drawn)
    )
    return drawn.since is before.ink and next(marks) == next(marks)


def _is_tick(drawn: DrawnPage) -> bool:
    """Whether the field is a choice whose boxes are all over the section."""
    return len(drawn.spots) > 1 and all(spot.width <= spot.height * 1.2 for spot in drawn.spots)


def next_zoom(here: float, way: int) -> float | None:
    """The next zoom up (1) or down (-1) from one, None where there is none."""
    larger = [zoom for zoom in ZOOMS if zoom > here + 0.01]
    smaller = [zoom for zoom in ZOOMS if zoom < here - 0.01]
    return next(iter(larger[:1] if way > 0 else smaller[-1:]), None)


class PageView(QScrollArea):
    """The desk the page lies on: it scrolls, and keeps the field in sight."""

    zoom_asked = Signal(int)  # 1 in, -1 out
    turn_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "paper")
        self.sheet = Sheet()
        self.setWidget(self.sheet)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_drawn(self, drawn: DrawnPage, width: int, *, follow: bool) -> None:
        """Show a page; `follow` brings the field into sight."""
        self.sheet.show_drawn(drawn, width)
        rect = self.sheet.field_rect() if follow else None
        if rect is not None:
            margin_x = min(80, self.viewport().width() // 4)
            margin_y = min(140, self.viewport().height() // 3)
            centre = rect.center()
            self.ensureVisible(round(centre.x()), round(centre.y()), margin_x, margin_y)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl; at the page's ends turn the page."""
        turned = event.angleDelta().y()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_asked.emit(1 if turned > 0 else -1)
            event.accept()
            return
        bar = self.verticalScrollBar()
        if turned < 0 and bar.value() == bar.maximum():
            self.turn_asked.emit(1)
        elif turned > 0 and bar.value() == bar.minimum():
            self.turn_asked.emit(-1)
        super().wheelEvent(event)
