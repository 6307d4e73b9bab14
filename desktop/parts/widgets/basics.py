"""Labels, buttons, lines and cards, each with its role in the style sheet.

Every maker here takes words already translated (`texts.t`), and gives every widget an accessible
name.
"""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.parts.theme import icons
from desktop.parts.theme import tokens as t
from desktop.parts.theme.icons import Side
from desktop.parts.theme.icons import icon as icon_of
from desktop.parts.theme.tokens import tokens
from desktop.parts.widgets.plain_tip import plain_tip

_ICON_GAP = 4  # besides the four that Qt leaves

B = TypeVar("B", bound=QBoxLayout)

_ON_BUTTON = {"primary": "on_accent", "link": "accent", "fix": "accent", "danger": "error"}


def set_role(widget: QWidget, role: str) -> None:
    """Give a widget its role in the style sheet."""
    widget.setProperty("role", role)
    restyle(widget)


def set_state(widget: QWidget, state: str) -> None:
    """Mark a field ("error", "pending" or ""); the words stand beside it, never colour alone."""
    if (widget.property("state") or "") != state:
        widget.setProperty("state", state)
        restyle(widget)


def restyle(widget: QWidget) -> None:
    """Let the style sheet look at a widget's properties again."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def label(text: str = "", role: str = "", *, tone: str = "", wrap: bool = False) -> QLabel:
    """A label.

    Roles: title, step, first (serif); pane, strong, label, hint, caption, third; "" is body.
    """
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role)
    if tone:
        made.setProperty("tone", tone)
    if wrap:
        made.setWordWrap(True)
        made.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        made.setSizePolicy(policy)
    return made


def button(
    text: str,
    role: str = "",
    *,
    icon: str = "",
    trailing: str = "",
    tip: str = "",
    keys: str = "",
    mnemonic: str = "",
    clicked: Callable[[], object] | None = None,
) -> QPushButton:
    """A button.  Roles: primary (one per screen), quiet, link, fix, danger, filter; "" is plain.

    `icon` stands before the words, `trailing` after them; `keys` is shown in the tooltip only.
    In dialogs `mnemonic` is the letter that presses it with Alt: 停止(S).
    """
    made = QPushButton(_with_mnemonic(text, mnemonic))
    made.setProperty("role", role)
    name = icon or trailing
    if name:
        colour = _ON_BUTTON.get(role, "text2")
        side: Side = "right" if trailing else "left"
        made.setIcon(icon_of(name, colour, on="accent", side=side))
        made.setIconSize(QSize(t.ICON + _ICON_GAP, t.ICON))
    if trailing:
        made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    _explain(made, text, tip, keys)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    if clicked is not None:
        made.clicked.connect(clicked)
    return made


def icon_button(
    icon: str, name: str, *, keys: str = "", clicked: Callable[[], object] | None = None
) -> QToolButton:
    """A button with an icon only; its name is the tooltip and what screen readers say."""
    made = QToolButton()
    made.setProperty("role", "quiet")
    made.setIcon(icon_of(icon, on="accent"))
    made.setIconSize(QSize(t.ICON, t.ICON))
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    _explain(made, name, name, keys)
    if clicked is not None:
        made.clicked.connect(clicked)
    return made


def icon_label(icon: str, colour: str = "text2", size: int = t.ICON) -> "IconLabel":
    """An icon that stands for itself; the words belong beside it."""
    return IconLabel(icon, colour, size)


class IconLabel(QLabel):
    """Shows an icon, sharp at every ratio and in every theme.

    WORKAROUND: it holds no QIcon.  Collected as garbage together with its engine, which is
    Python's, one ends the other's life twice (PySide6 6.8).
    """

    def __init__(self, icon: str, colour: str = "text2", size: int = t.ICON) -> None:
        super().__init__()
        self._size = size
        self._look = ("", "")
        self.setFixedSize(size, size)
        self.show_icon(icon, colour)

    def show_icon(self, icon: str, colour: str) -> None:
        """Show another icon."""
        icons.source(icon)
        if self._look != (icon, colour):
            self._look = (icon, colour)
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the icon in the colour that now holds."""
        painter = QPainter(self)
        name, colour = self._look
        icons.draw(painter, name, QRectF(self.rect()), tokens().colour(colour))


def line() -> QFrame:
    """A hairline across."""
    return _frame("line")


def upright() -> QFrame:
    """A hairline upright."""
    return _frame("upright")


def row(*widgets: QWidget | None, space: int = 8, margins: tuple[int, ...] = ()) -> QHBoxLayout:
    """Widgets side by side; None is the stretch between them."""
    return _filled(QHBoxLayout(), widgets, space, margins)


def column(*widgets: QWidget | None, space: int = 8, margins: tuple[int, ...] = ()) -> QVBoxLayout:
    """Widgets below each other; None is the stretch between them."""
    return _filled(QVBoxLayout(), widgets, space, margins)


def frame(role: str, layout: QLayout | None = None) -> QFrame:
    """A frame: card, derived, chosen, bar, foot, side, map, desk."""
    made = _frame(role)
    if layout is not None:
        made.setLayout(layout)
    return made


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and delete it."""
    while layout.count():
        item = layout.takeAt(0)
        widget: QWidget | None = item.widget()
        inner: QLayout | None = item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)


def _frame(role: str) -> QFrame:
    made = QFrame()
    made.setProperty("role", role)
    return made


def _filled(
    layout: B, widgets: tuple[QWidget | None, ...], space: int, margins: tuple[int, ...]
) -> B:
    layout.setSpacing(space)
    layout.setContentsMargins(*(margins or (0, 0, 0, 0)))
    for widget in widgets:
        if widget is None:
            layout.addStretch()
        else:
            layout.addWidget(widget)
    return layout


def _with_mnemonic(text: str, letter: str) -> str:
    if not letter:
        return text
    words, dots = (text[:-1], "…") if text.endswith("…") else (text, "")
    return f"{words}(&{letter}){dots}"


def _explain(made: QPushButton | QToolButton, name: str, tip: str, keys: str) -> None:
    made.setAccessibleName(name)
    shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText) if keys else ""
    made.setToolTip(
        plain_tip("  ".join(part for part in (tip or (name if shown else ""), shown) if part))
    )
