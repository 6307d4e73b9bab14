"""Messages: the strip under a field, the panel of derived facts, the chip.

A message always has icon, colour and word together.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.installed.screen_texts import t
from desktop.parts.theme import chips
from desktop.parts.theme import tokens as tk
from desktop.parts.theme.chips import Look
from desktop.parts.theme.type import sized
from desktop.parts.widgets.basics import button, clear, column, icon_label, label, row

if TYPE_CHECKING:
    from forms.ground.problems import Severity

_TOP_LEFT = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
_SHORT = 48
_BETWEEN = 16  # of the buttons beneath the sentence
_FRAME = 120  # what a strip holds besides the sentence and the basis


class MessageStrip(QFrame):
    """One problem under its field: severity, sentence, the certain fix, the basis."""

    fix_asked = Signal()
    basis_asked = Signal()

    def __init__(self, severity: Severity, message: str, *, fix: str = "", basis: str = "") -> None:
        super().__init__()
        look = chips.SEVERITIES[severity]
        self.setProperty("role", "strip")
        self.setProperty("tone", look.tone)
        self.setAccessibleName(f"{t(look.word)}：{message}")
        self._words = label(message, wrap=True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._basis = t("widgets.basis", basis=basis) if basis else ""
        self._basis_button = self._made_basis(basis)
        self._has_fix = bool(fix)
        self._body = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._body.setSpacing(4)
        self._body.addWidget(self._words)
        self._fix_width = 0
        if fix:
            mends = button(fix, "fix", icon="check", keys="Ctrl+.", clicked=self._fix)
            self._fix_width = max(_FRAME, mends.sizeHint().width() + _BETWEEN)
            below: list[QWidget | None] = [mends, None]
            if self._basis_button is not None:
                below.append(self._basis_button)
            self._body.addLayout(row(*below))
        elif self._basis_button is not None:
            self._body.addWidget(self._basis_button, 0, _TOP_LEFT)
        icon = icon_label(look.icon, look.tone)
        whole = row(space=10, margins=(12, 8, 12, 8))
        # No stretch inside: it would make the strip take all the room there is.
        whole.addWidget(_lowered(icon), 0, Qt.AlignmentFlag.AlignTop)
        whole.addWidget(label(t(look.word), tone=look.tone), 0, Qt.AlignmentFlag.AlignTop)
        whole.addLayout(self._body, 1)
        self.setLayout(whole)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The basis stands beside the sentence where both have room, else beneath it.

        Where not even all of its words have room it says no more than that there is one.
        """
        super().resizeEvent(event)
        if self._basis_button is None:
            return
        metrics = self._basis_button.fontMetrics()
        room = event.size().width() - _FRAME - self._fix_width
        is_whole = metrics.horizontalAdvance(self._basis) <= room
        self._basis_button.setText(self._basis if is_whole else t("widgets.basis_short"))
        if self._has_fix:
            return
        words = self._words.fontMetrics().horizontalAdvance(self._words.text())
        wanted = words + self._basis_button.sizeHint().width() + _FRAME
        has_room, way = wanted <= event.size().width(), QBoxLayout.Direction
        self._body.setDirection(way.LeftToRight if has_room else way.TopToBottom)
        self._body.setStretch(0, int(has_room))

    def _made_basis(self, basis: str) -> QPushButton | None:
        if not basis:
            return None
        made = button(self._basis, "link", keys="Alt+Return", clicked=self._ask_basis)
        made.setMinimumWidth(_SHORT)  # its words never make the page wider than it is
        return made

    def _fix(self) -> None:
        self.fix_asked.emit()

    def _ask_basis(self) -> None:
        self.basis_asked.emit()


def _lowered(icon: QWidget) -> QWidget:
    """The icon at the top, level with the first line of the words beside it."""
    holder = QWidget()
    holder.setLayout(column(icon, margins=(0, 3, 0, 0)))
    return holder


class DerivedPanel(QFrame):
    """What follows from what was typed: dashed, never an input, each with its reason."""

    def __init__(self, title: str = "") -> None:
        super().__init__()
        self.setProperty("role", "derived")
        self._facts: tuple[tuple[str, str, str], ...] | None = None
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 16, 12)
        whole.setSpacing(8)
        head = row(icon_label("calculator"), label(title or t("widgets.derived"), "hint"), None)
        whole.addLayout(head)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(2, 1)
        whole.addLayout(self._grid)

    def show_facts(self, facts: Sequence[tuple[str, str, str]]) -> None:
        """Show name, value and reason of each fact; hidden where there is none."""
        if self._facts == tuple(facts):
            return
        self._facts = tuple(facts)
        clear(self._grid)
        for line, (name, value, reason) in enumerate(facts):
            self._grid.addWidget(label(name, "hint"), line, 0)
            self._grid.addWidget(label(value, "strong"), line, 1)
            self._grid.addWidget(label(reason, "hint", wrap=True), line, 2)
        self.setVisible(bool(facts))
        self.setAccessibleName("；".join(f"{name} {value}" for name, value, _ in facts))


class Chip(QWidget):
    """A state as a widget: the same drawing as in tables."""

    def __init__(self, state: str = "drafting") -> None:
        super().__init__()
        self._look, self._word = chips.STATES[state], ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_state(state)

    def show_state(self, state: str) -> None:
        """Show a state of `chips.STATES`.  Raises KeyError."""
        self.show_look(chips.STATES[state])

    def show_look(self, look: Look, word: str = "") -> None:
        """Show any look, with its own word or another."""
        word = word or t(look.word)
        if (look, word) != (self._look, self._word):
            self._look, self._word = look, word
            self.setAccessibleName(word)
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """As wide as its word asks."""
        return chips.chip_size(self._font(), self._word)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        chips.draw_chip(painter, self.rect(), self._word, self._look, self._font())

    def _font(self) -> QFont:
        return sized(self.font(), tk.LABEL)
