"""The colleges as filters, each with how many patents it has and a line of how far it is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QWidget

from desktop.installed.screen_texts import t
from desktop.parts.theme import tokens as tk
from desktop.parts.theme.tokens import tokens
from desktop.parts.theme.type import sized
from desktop.parts.widgets.one_line import ElidedCombo
from desktop.parts.widgets.plain_tip import plain_tip

_HIGH, _PAD, _GAP, _LINE = 40, 12, 4, 3
_MORE = 132

Named = tuple[str, str, int, int]
"""A college: its name ("" for all), its words, its patents, how many of them are filled in."""


class CollegeButton(QAbstractButton):
    """A college: its name, its number, its line."""

    def __init__(self, one: Named, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = one[0]
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFixedHeight(_HIGH)
        self.show_college(one)

    def show_college(self, one: Named) -> None:
        """Show a college's words and figures."""
        _, words, self._asked, self._complete = one
        self.setText(f"{words}  {self._asked:,}")
        told = t("stock.college_tip", count=self._complete, all=self._asked)
        self.setToolTip(plain_tip(told))
        self.setAccessibleName(f"{self.text()}，{told}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        wide = QFontMetricsF(self._font()).horizontalAdvance(self.text())
        return QSize(round(wide) + 2 * _PAD, _HIGH)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, words and line."""
        painter, colours = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        on = self.isChecked()
        if on or self.underMouse():
            painter.setPen(QPen(colours.colour("tint_border" if on else "hover"), 1))
            painter.setBrush(colours.colour("tint" if on else "hover"))
            painter.drawRoundedRect(box, tk.RADIUS_CONTROL, tk.RADIUS_CONTROL)
        painter.setFont(self._font())
        painter.setPen(colours.colour("accent" if on else "text"))
        words = QRectF(_PAD, 4, self.width() - 2 * _PAD, 24)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), self.text())
        track = QRectF(_PAD, self.height() - 10, self.width() - 2 * _PAD, _LINE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.colour("line"))
        painter.drawRoundedRect(track, 1.5, 1.5)
        if self._complete:
            done = self._complete == self._asked
            track.setWidth(max(3.0, track.width() * self._complete / self._asked))
            painter.setBrush(colours.colour("done" if done else "accent"))
            painter.drawRoundedRect(track, 1.5, 1.5)
        if self.hasFocus():
            painter.setPen(QPen(colours.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)

    def _font(self) -> QFont:
        return sized(self.font(), tk.LABEL, medium=True)


class CollegeBar(QWidget):
    """As many colleges side by side as there is room for; the others stand in a list."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._named: list[Named] = []
        self._current = ""
        self._group = QButtonGroup(self)
        self.buttons: list[CollegeButton] = []
        self.more = ElidedCombo()
        self.more.setProperty("role", "filter")
        self.more.setFixedWidth(_MORE)
        self.more.setAccessibleName(t("stock.more_colleges"))
        self.more.activated.connect(self._take_other)
        self._row = QHBoxLayout()
        self._row.setSpacing(_GAP)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(self._row)
        whole.addStretch()
        whole.addWidget(self.more)

    @property
    def current(self) -> str:
        """The college chosen, "" for all."""
        return self._current

    def show_colleges(self, colleges: Sequence[Named]) -> None:
        """Show these colleges; the first stands for all."""
        self._named = list(colleges)
        if self._current not in {one[0] for one in colleges}:
            self._current = ""
        while len(self.buttons) < len(colleges):
            made = CollegeButton(colleges[len(self.buttons)], self)
            made.clicked.connect(partial(self._take, made))
            self._group.addButton(made)
            self._row.addWidget(made)
            self.buttons.append(made)
        for place, one in enumerate(self.buttons):
            if place < len(colleges):
                one.name = colleges[place][0]
                one.show_college(colleges[place])
            one.setChecked(one.name == self._current and place < len(colleges))
        self._fit()

    def choose(self, name: str) -> None:
        """Choose a college."""
        self._current = name
        for one in self.buttons:
            if one.name == name:
                one.setChecked(True)
        self._fit()
        self.chosen.emit(name)

    def minimumSizeHint(self) -> QSize:
        """All but the first may stand in the list."""
        return QSize(_MORE + 120, _HIGH)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out those for which there is no room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room, others = self.width(), list[Named]()
        needed = sum(one.sizeHint().width() + _GAP for one in self.buttons[: len(self._named)])
        if needed > room:
            room -= _MORE + _GAP
        for place, one in enumerate(self.buttons):
            is_there = place < len(self._named)
            room -= one.sizeHint().width() + _GAP if is_there else 0
            one.setVisible(is_there and room >= 0)
            if is_there and room < 0:
                others.append(self._named[place])
        self.more.setVisible(bool(others))
        self.more.clear()
        self.more.addItem(t("stock.more_colleges"), None)
        for name, words, asked, complete in others:
            self.more.addItem(t("stock.college", name=words, count=complete, all=asked), name)
        at = self.more.findData(self._current) if self._current else 0
        self.more.setCurrentIndex(max(0, at))

    def _take(self, one: CollegeButton) -> None:
        self.choose(one.name)

    def _take_other(self, place: int) -> None:
        name = self.more.itemData(place)
        if name is not None:
            for one in self.buttons:
                self._group.setExclusive(False)
                one.setChecked(False)
                self._group.setExclusive(True)
            self.choose(str(name))
