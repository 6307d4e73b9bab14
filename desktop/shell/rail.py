"""The rail at the left of the window: the places, what waits there, help and settings."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QMenu, QVBoxLayout

from desktop.installed.screen_texts import t
from desktop.installed.workplaces import ICONS, WORKPLACES, Workplace
from desktop.parts.theme import icons
from desktop.parts.theme import tokens as tk
from desktop.parts.theme.tokens import tokens
from desktop.parts.theme.type import sized
from desktop.parts.widgets.basics import line
from desktop.parts.widgets.plain_tip import plain_tip
from desktop.shell.page_table import PageRow

_SIDE = 60
# From which height of the window on: how high a button is, the space below it, whether it has
# its word.
_PITCHES = ((760, 64, 8, True), (620, 54, 6, True), (0, 40, 4, False))
_LEAST = _PITCHES[-1]


class RailButton(QAbstractButton):
    """Icon over word, with a badge; drawn by hand so that the word keeps its place."""

    def __init__(self, icon: str, word: str, keys: str = "") -> None:
        super().__init__()
        self._icon, self._word, self._keys = icon, word, keys
        self._badge = 0
        self._has_word = True
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._name()
        self.fit(_PITCHES[0][1], shows_word=True)

    @property
    def waiting(self) -> int:
        """The badge's number."""
        return self._badge

    def show_badge(self, count: int) -> None:
        """Show how many things wait; none where it is 0."""
        if count != self._badge:
            self._badge = count
            self._name()
            self.update()

    def fit(self, height: int, *, shows_word: bool) -> None:
        """Be so high, with the word under the icon or the icon alone with its tooltip."""
        self._has_word = shows_word
        self.setFixedSize(_SIDE, height)

    def _name(self) -> None:
        waits = t("frame.waiting", count=self._badge) if self._badge else ""
        self.setAccessibleName("，".join(part for part in (self._word, waits) if part))
        self.setToolTip(
            plain_tip("  ".join(part for part in (self._word, self._keys, waits) if part))
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, icon, word, badge and the ring of focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = tokens()
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self.isChecked():
            painter.setPen(QPen(colours.colour("line"), 1))
            painter.setBrush(colours.colour("surface"))
            painter.drawRoundedRect(box, tk.RADIUS_CARD, tk.RADIUS_CARD)
        elif self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.colour("hover"))
            painter.drawRoundedRect(box, tk.RADIUS_CARD, tk.RADIUS_CARD)
        ink = colours.colour("accent" if self.isChecked() else "text2")
        side = tk.ICON_RAIL
        words_high = 24 if self._has_word else 0
        top = (self.height() - side - words_high) / 2 + (1 if self._has_word else 0)
        square = QRectF((self.width() - side) / 2, round(top), side, side)
        icons.draw(painter, self._icon, square, ink)
        if self._has_word:
            painter.setFont(sized(self.font(), tk.CAPTION, medium=self.isChecked()))
            painter.setPen(ink)
            words = QRect(0, round(square.bottom()) + 4, self.width(), 20)
            painter.drawText(words, int(Qt.AlignmentFlag.AlignCenter), self._word)
        if self._badge:
            self._draw_badge(painter, square)
        if self.hasFocus():
            painter.setPen(QPen(colours.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), tk.RADIUS_CARD, tk.RADIUS_CARD)

    def _draw_badge(self, painter: QPainter, icon: QRectF) -> None:
        colours = tokens()
        text = str(self._badge) if self._badge < 100 else "99+"
        painter.setFont(sized(self.font(), 11, medium=True))
        wide = max(16.0, painter.fontMetrics().horizontalAdvance(text) + 8.0)
        pill = QRectF(0, 0, wide, 16)
        pill.moveCenter(QPointF(icon.right() + 4, icon.y() + 2))
        painter.setPen(QPen(colours.colour("surface" if self.isChecked() else "rail"), 2))
        painter.setBrush(colours.colour("error"))
        painter.drawRoundedRect(pill.adjusted(-1, -1, 1, 1), 9, 9)
        painter.setPen(colours.colour("surface"))
        painter.drawText(pill, int(Qt.AlignmentFlag.AlignCenter), text)


class WorkplaceButton(RailButton):
    """Shows the workplace (工作台) in use, and offers the others in a menu."""

    asked = Signal(str)

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(ICONS[workplace], t(f"frame.workplace.{workplace}"))
        self.setToolTip(plain_tip(t("frame.workplace.tip", name=t(f"frame.workplace.{workplace}"))))
        self.setAccessibleDescription(t("frame.workplace.switch"))
        self._workplace = workplace
        self.clicked.connect(self.show_menu)

    def menu(self) -> QMenu:
        """The workplaces, the one in use ticked."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for one in WORKPLACES:
            words = f"{t(f'frame.workplace.{one}')}    {t(f'frame.workplace.{one}_words')}"
            action = QAction(words, menu)
            action.setCheckable(True)
            action.setChecked(one == self._workplace)
            if one != self._workplace:
                action.triggered.connect(partial(self._ask, one))
            menu.addAction(action)
        return menu

    def show_menu(self) -> None:
        """Offer the workplaces beside the button."""
        self.menu().popup(self.mapToGlobal(QPoint(self.width() + 4, 0)))

    def _ask(self, workplace: Workplace, _checked: bool = False) -> None:
        self.asked.emit(workplace)


class Rail(QFrame):
    """The places below each other, the workplace above those at the foot.

    Emits the name of the place that was clicked, and the workplace that was asked for.
    """

    chosen = Signal(str)
    workplace_asked = Signal(str)

    def __init__(self, places: Sequence[PageRow], workplace: Workplace) -> None:
        super().__init__()
        self.setProperty("role", "rail")
        self.setFixedWidth(tk.RAIL)
        self.setAccessibleName(t("frame.rail"))
        self._group = QButtonGroup(self)
        self.buttons: dict[str, RailButton] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 16, 5, 12)
        layout.setSpacing(_PITCHES[0][2])
        self.workplace = WorkplaceButton(workplace)
        self.workplace.asked.connect(self.workplace_asked)
        for is_foot in (False, True):
            for place in places:
                if place.is_at_foot == is_foot:
                    layout.addWidget(self._made(place))
            if not is_foot:
                layout.addStretch()
                layout.addWidget(line())
                layout.addWidget(self.workplace)

    def show_current(self, name: str) -> None:
        """Mark a place as the one that is open."""
        if name in self.buttons:
            self.buttons[name].setChecked(True)

    def fit(self, height: int) -> None:
        """Stand closer where the window is low, and without words where it is lower still."""
        high, space, has_words = next(rest for least, *rest in _PITCHES if height >= least)
        layout = self.layout()
        assert layout is not None
        layout.setSpacing(space)
        for one in (*self.buttons.values(), self.workplace):
            one.fit(high, shows_word=bool(has_words))

    def minimumSizeHint(self) -> QSize:
        """As high as it is without words."""
        _, high, space, _ = _LEAST
        return QSize(tk.RAIL, (len(self.buttons) + 1) * (high + space) + 2 * space + 29)

    def _made(self, place: PageRow) -> RailButton:
        made = RailButton(place.icon, t(place.title), place.keys)
        made.setCheckable(True)
        self._group.addButton(made)
        self.buttons[place.name] = made
        made.clicked.connect(lambda: self.chosen.emit(place.name))
        return made
