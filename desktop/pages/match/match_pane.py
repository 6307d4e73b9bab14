"""Why a patent answers a need: its four parts with a bar each; what the company answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.installed.screen_texts import t
from desktop.parts.theme.tokens import tokens
from desktop.parts.widgets.basics import clear, column, label, row
from desktop.parts.widgets.labelled import scrolled

if TYPE_CHECKING:
    from forms.office.matching import Match, Part
    from forms.office.needs import Push

_BAR_WIDE, _BAR_HIGH = 120, 8


class ShareBar(QWidget):
    """A bar from nothing to all; empty and outlined where nothing is known."""

    def __init__(self, share: float | None) -> None:
        super().__init__()
        self._share = share
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Always as wide, so that bars compare."""
        return QSize(_BAR_WIDE, _BAR_HIGH + 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the track and what is filled of it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = tokens()
        box = QRectF(0.5, (self.height() - _BAR_HIGH) / 2, self.width() - 1, _BAR_HIGH)
        painter.setPen(colours.colour("line"))
        painter.setBrush(Qt.BrushStyle.NoBrush if self._share is None else colours.colour("sunken"))
        painter.drawRoundedRect(box, 4, 4)
        if self._share:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.colour("accent"))
            painter.drawRoundedRect(QRectF(box.x(), box.y(), box.width() * self._share, 8), 4, 4)


class MatchPane(QFrame):
    """Beneath the table; `answered` carries the code of what the company answered."""

    answered = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "side")
        self.setAccessibleName(t("match.columns.why"))
        self._body = column(space=8)
        inside = QWidget()
        whole = QVBoxLayout(inside)
        whole.setContentsMargins(24, 12, 24, 12)
        whole.addLayout(self._body)
        whole.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolled(inside))

    def show_nothing(self, words: str) -> None:
        """No match is in hand: say why."""
        clear(self._body)
        self._body.addWidget(label(words, "hint", wrap=True))

    def show_match(self, match: Match, push: Push | None) -> None:
        """Show what a match comes from."""
        clear(self._body)
        offer = match.offer
        head = f"{t('match.points', score=match.score)}　{offer.number}　{offer.title}"
        self._body.addWidget(_read(head, "strong"))
        self._body.addWidget(_read("　".join(filter(None, (offer.owners, offer.fee))), "hint"))
        self._body.addLayout(_parts(match.parts))
        if push is not None:
            self._body.addLayout(self._answer(push))
        self._body.addWidget(label(t("match.advice"), "caption", wrap=True))

    def _answer(self, push: Push) -> QGridLayout:
        from forms.office.needs import ANSWERS

        choice = QComboBox()
        for code, word in ANSWERS.items():
            choice.addItem(word, code)
        choice.setCurrentIndex(list(ANSWERS).index(push.answer))
        choice.setAccessibleName(t("match.answer"))
        choice.activated.connect(lambda _: self.answered.emit(choice.currentData()))
        grid = QGridLayout()
        sent = t("match.sent_on", day=push.on) if push.on else t("match.not_sent")
        grid.addLayout(row(label(sent, "caption"), label(t("match.answer")), choice, None), 0, 0)
        return grid


def _parts(parts: tuple[Part, ...]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(3, 1)
    for place, part in enumerate(parts):
        share = part.value
        grid.addWidget(label(t(f"match.parts.{part.name}"), "caption"), place, 0)
        grid.addWidget(ShareBar(share), place, 1)
        grid.addWidget(label("—" if share is None else f"{share:.0%}", "caption"), place, 2)
        grid.addWidget(_read(part.reason), place, 3)
    return grid


def _read(words: str, role: str = "") -> QWidget:
    made = label(words, role, wrap=True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made
