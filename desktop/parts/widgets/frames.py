"""The parts that every page is laid out with: head, foot, steps, filters, empty state."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from desktop.parts.theme import icons
from desktop.parts.theme import tokens as tk
from desktop.parts.theme.tokens import tokens
from desktop.parts.theme.type import serif, sized
from desktop.parts.widgets.basics import button, column, icon_label, label, line, restyle, upright
from desktop.parts.widgets.one_line import Elided
from desktop.parts.widgets.plain_tip import plain_tip

_LEAST_TITLE, _LEAST_NAME = 280, 120  # of a page's title, a card's: what is longer may be cut
# The paper is paper in the dark as well.
_WHITE, _LINE, _INK = QColor("#FFFFFF"), QColor("#E3E0D9"), QColor("#1D2127")
_INK2, _GREY, _BAR, _SEAL = (QColor(c) for c in ("#61666D", "#A9A59C", "#DDD9D0", "#D0716B"))


def under_head(page: QWidget, head: QWidget, *shown: QWidget) -> QStackedLayout:
    """Lay a page's head above what it shows, one of several at a time, the first to begin with."""
    stack = QStackedLayout()
    for one in shown:
        stack.addWidget(one)
    whole = column(head, space=0)
    whole.addLayout(stack, 1)
    page.setLayout(whole)
    return stack


class PageHead(QFrame):
    """The head of a page (72): perhaps the way back, title, a word beside it, tabs, buttons."""

    back_asked = Signal()

    def __init__(
        self,
        title: str,
        *,
        back: str = "",
        tabs: QWidget | None = None,
        buttons: Sequence[QWidget] = (),
    ) -> None:
        super().__init__()
        self.setProperty("role", "head")
        self.setFixedHeight(tk.HEAD)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(24, 0, 24, 0)
        layout.setSpacing(12)
        if back:
            layout.addWidget(button(back, "quiet", icon="chevron-left", clicked=self._back))
            between = upright()
            between.setFixedHeight(20)
            layout.addWidget(between)
        self._title = Elided(title, "title", shrinks=False, least=_LEAST_TITLE)
        self._beside = Elided("", "hint", shrinks=False)
        layout.addWidget(self._title)
        layout.addWidget(self._beside)
        if tabs is not None:
            layout.addSpacing(12)
            layout.addWidget(tabs)
        layout.addStretch()
        for one in buttons:
            layout.addWidget(one)

    def show_title(self, title: str) -> None:
        """Change the title; one too long for the room there is, as a name may be, ends in …."""
        self._title.say(title)

    def show_beside(self, text: str) -> None:
        """Change the word beside the title ("共 312 件")."""
        self._beside.say(text)

    def put_beside(self, widget: QWidget) -> None:
        """Put a widget right behind the title."""
        layout = self.layout()
        assert isinstance(layout, QHBoxLayout)
        layout.insertWidget(layout.indexOf(self._title) + 1, widget)

    def _back(self) -> None:
        self.back_asked.emit()


class FootBar(QFrame):
    """The foot of a page (64): what holds, and what comes next.

    A disabled primary always has its reason beside it: `block`.
    """

    def __init__(
        self,
        primary: QPushButton,
        *,
        others: Sequence[QWidget] = (),
        beside: QWidget | None = None,
    ) -> None:
        """`others` stand left of the primary, `beside` behind the words at the left."""
        super().__init__()
        self.setProperty("role", "foot")
        self.setFixedHeight(tk.FOOT)
        self._primary = primary
        layout = QHBoxLayout(self)
        layout.setContentsMargins(24, 0, 24, 0)
        layout.setSpacing(12)
        self._icon = icon_label("info")
        self._words = Elided("", "hint")
        self._block_icon = icon_label("octagon-x", "error")
        self._reason = label("", tone="error")
        layout.addWidget(self._icon)
        self._is_followed = beside is not None
        layout.addWidget(self._words, 100)
        if beside is not None:
            layout.addWidget(beside)
            layout.addStretch(1)
        layout.addWidget(self._block_icon)
        layout.addWidget(self._reason)
        for one in others:
            layout.addWidget(one)
        layout.addWidget(primary)
        self.say("")
        self.block("")

    def say(self, text: str, icon: str = "info", colour: str = "text2") -> None:
        """Say something at the left."""
        self._icon.show_icon(icon, colour)
        self._icon.setVisible(bool(text))
        self._words.say(text)
        if self._is_followed:
            wide = self._words.fontMetrics().horizontalAdvance(text)
            self._words.setMaximumWidth(wide + 2)

    def block(self, reason: str, *, is_fault: bool = True) -> None:
        """Disable the primary for a reason, or enable it with "".

        Where it is no fault, only something not done yet, the reason is said without alarm.
        """
        self._block_icon.show_icon(*(("octagon-x", "error") if is_fault else ("info", "text2")))
        self._reason.setProperty("tone", "error" if is_fault else "")
        restyle(self._reason)
        self._primary.setDisabled(bool(reason))
        self._primary.setToolTip(plain_tip(reason))
        self._reason.setText(reason)
        self._reason.setVisible(bool(reason))
        self._block_icon.setVisible(bool(reason))


class StepsBar(QWidget):
    """The steps of a task in a row: done, in hand, to come."""

    _CIRCLE, _GAP, _LINE = 24, 8, 32

    def __init__(self, steps: Sequence[str]) -> None:
        super().__init__()
        self._steps = tuple(steps)
        self._current = 0
        self.setFixedHeight(40)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_current(self, place: int) -> None:
        """Say which step is in hand, from 0; after the last one all are done."""
        self._current = place
        named = min(place, len(self._steps) - 1)
        self.setAccessibleName(f"{named + 1}/{len(self._steps)} {self._steps[named]}")
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as all of them."""
        metrics = self.fontMetrics()
        words = sum(metrics.horizontalAdvance(step) for step in self._steps)
        each = self._CIRCLE + 2 * self._GAP + self._LINE + 2 * self._GAP
        return QSize(words + each * len(self._steps), 40)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw circles, words and the lines between."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x, middle = 1.0, self.height() / 2
        for place, step in enumerate(self._steps):
            x = self._draw(painter, place, step, x, middle)
            if place < len(self._steps) - 1:
                painter.setPen(QPen(tokens().colour("line"), 1))
                painter.drawLine(QPointF(x + 8, middle), QPointF(x + 8 + self._LINE, middle))
                x += self._LINE + 24

    def _draw(self, painter: QPainter, place: int, step: str, x: float, middle: float) -> float:
        colours = tokens()
        is_done, is_current = place < self._current, place == self._current
        ink = colours.colour("done" if is_done else "accent" if is_current else "field_border")
        circle = QRectF(x, middle - self._CIRCLE / 2, self._CIRCLE, self._CIRCLE)
        painter.setPen(QPen(ink, 1.5))
        painter.setBrush(ink if is_current else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(circle.adjusted(1, 1, -1, -1))
        painter.setFont(sized(self.font(), tk.LABEL, medium=is_current))
        if is_done:
            icons.draw(painter, "check", circle.adjusted(5, 5, -5, -5), ink)
        else:
            painter.setPen(colours.colour("on_accent" if is_current else "text2"))
            painter.drawText(circle, int(Qt.AlignmentFlag.AlignCenter), str(place + 1))
        painter.setFont(sized(self.font(), tk.BODY, medium=is_current))
        painter.setPen(colours.colour("text" if is_current else "text2"))
        wide = painter.fontMetrics().horizontalAdvance(step)
        left = circle.right() + self._GAP
        words = QRectF(left, 0, wide + 2, self.height())
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), step)
        return left + wide + self._GAP


class FilterBar(QWidget):
    """Counted filters, one chosen: 全部 312, 有错误 6 …"""

    chosen = Signal(str)
    ROLE: ClassVar[str] = "filter"

    def __init__(self, filters: Sequence[tuple[str, str]]) -> None:
        """Take (name, words) of each; the first is chosen."""
        super().__init__()
        self._words = dict(filters)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for name, words in filters:
            one = button(words, self.ROLE)
            one.setCheckable(True)
            self._group.addButton(one)
            self._buttons[name] = one
            layout.addWidget(one)
        layout.addStretch()
        self._group.buttonClicked.connect(self._clicked)
        next(iter(self._buttons.values())).setChecked(True)

    @property
    def current(self) -> str:
        """The name of the filter chosen."""
        return next(name for name, one in self._buttons.items() if one.isChecked())

    def choose(self, name: str) -> None:
        """Choose a filter without a click; `chosen` is emitted."""
        self._buttons[name].setChecked(True)
        self.chosen.emit(name)

    def say(self, words: Mapping[str, str]) -> None:
        """Change the filters' words, by their names; counts are to be shown anew."""
        self._words |= words

    def show_counts(self, counts: dict[str, int]) -> None:
        """Show how many each filter has; one that is not named keeps none."""
        for name, one in self._buttons.items():
            count = f"  {counts[name]:,}" if name in counts else ""
            one.setText(self._words[name] + count)
            one.setAccessibleName(one.text())

    def show_only(self, names: Sequence[str]) -> None:
        """Leave out the filters that are not named, save the one chosen."""
        for name, one in self._buttons.items():
            one.setVisible(name in names or one.isChecked())

    def _clicked(self, clicked: QPushButton) -> None:
        self.chosen.emit(next(n for n, one in self._buttons.items() if one is clicked))


class PageTabs(FilterBar):
    """The tabs of a page, after its title."""

    ROLE = "tab"


class Card(QFrame):
    """A card (surface, hairline, radius 8) with an optional head."""

    def __init__(
        self,
        title: str = "",
        *,
        beside: str = "",
        buttons: Sequence[QWidget] = (),
        high: int = 0,
    ) -> None:
        """The head is as `high` as is said, else as its buttons want."""
        super().__init__()
        self.setProperty("role", "card")
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(1, 1, 1, 1)
        self._whole.setSpacing(0)
        self._title = Elided(title, "strong", shrinks=False, least=_LEAST_NAME)
        self._beside = Elided(beside, "hint", shrinks=False)
        if title:
            head = QHBoxLayout()
            head.setContentsMargins(16, 0, 12, 0)
            head.setSpacing(8)
            head.addWidget(self._title)
            head.addWidget(self._beside)
            head.addStretch()
            for one in buttons:
                head.addWidget(one)
            holder = QWidget()
            holder.setFixedHeight(high or (tk.BAR if buttons else tk.HEADER))
            holder.setLayout(head)
            self._whole.addWidget(holder)
            self._whole.addWidget(line())

    @property
    def body(self) -> QVBoxLayout:
        """Where the content goes."""
        return self._whole

    def show_title(self, title: str, beside: str = "", *, tone: str = "") -> None:
        """Change the head's words."""
        self._title.say(title)
        self._beside.say(beside)
        self._title.setProperty("tone", tone)
        restyle(self._title)


class EmptyPage(QWidget):
    """A page with nothing on it yet: an icon, what is not there, how it comes to be there."""

    _WIDE = 440

    def __init__(self, icon: str, title: str, words: str, *buttons: QWidget) -> None:
        super().__init__()
        centre = Qt.AlignmentFlag.AlignHCenter
        says = label(words, "hint", wrap=True)
        says.setAlignment(centre)
        says.ensurePolished()
        says.setFixedWidth(self._WIDE)
        says.setFixedHeight(says.heightForWidth(self._WIDE))
        inside = QVBoxLayout(self)
        inside.setSpacing(12)
        inside.addStretch(2)
        inside.addWidget(icon_label(icon, "text3", 40), 0, centre)
        inside.addWidget(label(title, "step"), 0, centre)
        inside.addWidget(says, 0, centre)
        for one in buttons:
            inside.addSpacing(4)
            inside.addWidget(one, 0, centre)
        inside.addStretch(3)


class PaperPicture(QWidget):
    """A drawing of the paper with its seal, for empty pages: made of lines, at any size."""

    _BANDS = (2, 3, 2, 1, 1, 3, 2)

    def __init__(self, width: int, title: str) -> None:
        super().__init__()
        self._width, self._title = width, title
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        """The paper with its shadow sheets around it."""
        return QSize(self._width + 28, round(self._width * 1.36) + 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw three sheets and the form on the first."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        sheet = QRectF(14, 14, self._width, self._width * 1.36)
        for angle in (-3.0, 2.4, 0.0):
            painter.save()
            painter.translate(sheet.center())
            painter.rotate(angle)
            painter.translate(-sheet.center())
            painter.setPen(QPen(_LINE, 1))
            painter.setBrush(_WHITE)
            painter.drawRoundedRect(sheet, 4, 4)
            painter.restore()
        self._form(painter, sheet)

    def _form(self, painter: QPainter, sheet: QRectF) -> None:
        unit = sheet.width() / 27
        painter.setFont(serif(max(10, round(unit * 1.7))))
        painter.setPen(_INK)
        top = QRectF(sheet.x(), sheet.y() + unit, sheet.width(), unit * 3)
        painter.drawText(top, int(Qt.AlignmentFlag.AlignCenter), self._title)
        grid = QRectF(
            sheet.x() + 1.6 * unit, top.bottom() + 0.3 * unit, sheet.width() - 3.2 * unit, 0
        )
        grid.setBottom(sheet.bottom() - 3 * unit)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        share = grid.height() / (sum(self._BANDS) + len(self._BANDS))
        y = grid.y()
        for lines in self._BANDS:
            height = share * (lines + 1)
            self._band(painter, QRectF(grid.x(), y, grid.width(), height), lines, unit)
            y += height
        painter.setPen(QPen(_INK2, 1.3))
        painter.drawRect(grid)
        self._seal(painter, QPointF(grid.right() - 3 * unit, grid.bottom() - share * 1.5), unit)

    def _band(self, painter: QPainter, band: QRectF, lines: int, unit: float) -> None:
        left = band.x() + band.width() * 0.2
        painter.setPen(QPen(_GREY, 1))
        painter.drawLine(band.bottomLeft(), band.bottomRight())
        painter.drawLine(QPointF(left, band.y()), QPointF(left, band.bottom()))
        pen = QPen(_BAR, max(1.5, unit * 0.28))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        middle = band.center().y()
        painter.drawLine(QPointF(band.x() + unit, middle), QPointF(left - unit, middle))
        if lines == self._BANDS[-1] and band.bottom() > self.height() * 0.75:
            return
        step = band.height() / (lines + 1)
        for place in range(lines):
            right = band.right() - unit * (3.6 if place < lines - 1 or lines == 1 else 8)
            y = band.y() + step * (place + 1)
            painter.drawLine(QPointF(left + unit, y), QPointF(right, y))

    def _seal(self, painter: QPainter, centre: QPointF, unit: float) -> None:
        painter.setPen(QPen(_SEAL, max(1.2, unit * 0.16)))
        painter.drawEllipse(centre, unit * 2, unit * 2)
        side = unit * 1.8
        star = QRectF(centre.x() - side / 2, centre.y() - side / 2, side, side)
        icons.draw(painter, "star", star, _SEAL)
