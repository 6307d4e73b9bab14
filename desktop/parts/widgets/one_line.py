"""Lines of a card: icon, a sentence, a smaller one beneath, one thing to do at the right."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from desktop.parts.theme import tokens as tk
from desktop.parts.theme.painted import balanced
from desktop.parts.widgets.basics import button, clear, column, icon_label, label, row
from desktop.parts.widgets.plain_tip import plain_tip

_CLOSE = 0.94  # of a font's own line height, where two lines stand together
_MOST_SHOWN = 500  # characters: no two lines hold more
_COMBO_FRAME, _SLIM_FRAME = 60, 44  # what stands in a combo besides its text
_MIDDLE_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class Elided(QLabel):
    """A label of one line that ends in … where there is no room; the whole is its tooltip."""

    def __init__(
        self,
        text: str,
        role: str = "",
        *,
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
        shrinks: bool = True,
        least: int = 0,
    ) -> None:
        """`shrinks` False asks for the room of the whole text, though it takes less.

        It never takes less than the `least` logical pixels.
        """
        super().__init__()
        self._mode, self._least = mode, least
        self.setProperty("role", role)
        self.setTextFormat(Qt.TextFormat.PlainText)
        across = QSizePolicy.Policy.Ignored if shrinks else QSizePolicy.Policy.Maximum
        self.setSizePolicy(across, QSizePolicy.Policy.Preferred)
        self.say(text)

    def say(self, text: str) -> None:
        """Show another text; the same again has nothing laid out anew."""
        if text == self.text() and text == self.accessibleName():
            return
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()
        self._explain()

    @property
    def shown(self) -> str:
        """As much of the text as there is room for."""
        return self.fontMetrics().elidedText(self.text(), self._mode, self.width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say the whole as a tooltip where it is cut."""
        super().resizeEvent(event)
        self._explain()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it, cut to the room there is."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), int(_MIDDLE_LEFT), self.shown)

    def _explain(self) -> None:
        self.setToolTip(plain_tip(self.text()) if self.shown != self.text() else "")

    def sizeHint(self) -> QSize:
        """As wide as the whole text."""
        wide = self.fontMetrics().horizontalAdvance(self.text()) + 2
        return QSize(wide, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """It may shrink to its least."""
        wide = min(self._least, self.sizeHint().width())
        return QSize(wide, super().minimumSizeHint().height())


class TwoLines(QLabel):
    """A label that takes a second line where one is too short, then …; the whole is its tooltip."""

    def __init__(self, text: str = "", role: str = "") -> None:
        super().__init__()
        self.setProperty("role", role)
        self.setTextFormat(Qt.TextFormat.PlainText)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.say(text)

    def say(self, text: str) -> None:
        """Show another text; the same again has nothing laid out anew."""
        if text == self.text() and text == self.accessibleName():
            return
        self.setText(text)
        self.setAccessibleName(text)
        self.setToolTip(plain_tip(text))
        self.updateGeometry()

    def heightForWidth(self, width: int) -> int:
        """Of a line, or of two."""
        return len(self._lines(width)) * self._line_height()

    def sizeHint(self) -> QSize:
        """At least a line; the width is what there is."""
        return QSize(0, self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        """A line."""
        return QSize(0, self._line_height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines, in the middle of the height."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.setFont(self.font())
        lines, high = self._lines(self.width()), self._line_height()
        top = (self.height() - len(lines) * high) // 2
        for place, one in enumerate(lines):
            room = QRect(0, top + place * high, self.width(), high)
            painter.drawText(room, int(_MIDDLE_LEFT), one)

    def changeEvent(self, event: QEvent) -> None:
        """Another font needs another height."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()

    def _line_height(self) -> int:
        return round(self.fontMetrics().height() * _CLOSE)

    def _lines(self, width: int) -> Sequence[str]:
        return balanced(self.text()[:_MOST_SHOWN], self.font(), width) or [""]


class ElidedCombo(QComboBox):
    """A combo that shows its text ending in … where there is no room, never cut through."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame, then as much of the text as there is room for."""
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        cut = Qt.TextElideMode.ElideRight
        frame = _SLIM_FRAME if self.property("role") == "filter" else _COMBO_FRAME
        shown = self.fontMetrics().elidedText(self.currentText(), cut, self.width() - frame)
        option.currentText = shown  # type: ignore[attr-defined]
        self.setToolTip(plain_tip(self.currentText()) if shown != self.currentText() else "")
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)


class CardColumn(QScrollArea):
    """Cards below each other, scrolling up and down; each as high as its words ask."""

    def __init__(self) -> None:
        super().__init__()
        self._inside = QWidget()
        self._inside.setProperty("role", "plain")
        self.cards = QVBoxLayout(self._inside)
        self.cards.setContentsMargins(0, 0, 8, 16)
        self.cards.setSpacing(16)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(self._inside)
        self._inside.installEventFilter(self)

    def show_cards(self, cards: Sequence[QWidget]) -> None:
        """Show these instead of those before."""
        clear(self.cards)
        for one in cards:
            self.cards.addWidget(one)
        self.cards.addStretch(1)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width asks for another height."""
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Grow when something inside does."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        # A layout's least height takes wrapped words for one line: ask for the width there is.
        wide = self.viewport().width()
        high = self.cards.totalHeightForWidth(wide)
        self._inside.setMinimumHeight(max(high, self.cards.totalMinimumSize().height()))


class CardLine(QWidget):
    """One line of a card, at least 40 high, 48 with a sentence beneath; sentences wrap."""

    def __init__(
        self,
        icon: str,
        colour: str,
        text: str,
        beneath: str = "",
        *,
        do: str = "",
        on_do: Callable[[], object] | None = None,
        end: str = "",
    ) -> None:
        """`do` are the words of the link, `end` other words at the right."""
        super().__init__()
        words = label(text, wrap=True)
        lines: list[QWidget | None] = [None, words]
        if beneath:
            lines.append(label(beneath, "caption", wrap=True))
        middle = column(*lines, None, space=1)
        whole = row(icon_label(icon, colour), space=12, margins=(16, 6, 12, 6))
        whole.addLayout(middle, 1)
        if end:
            whole.addWidget(label(end, "hint"))
        if do:
            self.link = button(do, "link", clicked=on_do)
            self.link.setAccessibleName(f"{do}：{text}")
            whole.addWidget(self.link)
        self.setLayout(whole)
        self.setAccessibleName(text)
        self.setMinimumHeight(tk.ROW if beneath else tk.HEADER)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)


def facts(pairs: Sequence[tuple[str, str]], *, name_width: int = 72) -> QVBoxLayout:
    """Names and values below each other, as in a card."""
    whole = QVBoxLayout()
    whole.setContentsMargins(16, 12, 16, 12)
    whole.setSpacing(8)
    for name, value in pairs:
        named = label(name, "hint")
        named.setFixedWidth(name_width)
        named.setAlignment(Qt.AlignmentFlag.AlignTop)
        shown = label(value, wrap=True)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        line = row(named, shown, space=8)
        line.setStretch(1, 1)
        whole.addLayout(line)
    return whole
