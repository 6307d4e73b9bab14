"""What may be of a person, told before it goes out: one sentence a kind, and what to do with it."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from desktop.installed.screen_texts import t
from desktop.parts.widgets.basics import (
    button,
    clear,
    column,
    frame,
    icon_label,
    label,
    row,
    set_role,
)
from desktop.parts.widgets.frames import Card
from desktop.parts.widgets.labelled import scrolled

if TYPE_CHECKING:
    from desktop.pages.publish.publish_jobs import Look
    from forms.bureau.publication_plan import ConcernKind

_BESIDE_FROM = 620  # logical pixels


class PrivacyCard(Card):
    """The privacy check; `decided` carries kind and how, `asked` a kind to be gone through."""

    decided = Signal(str, str)
    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__(t("publish.privacy.title"), beside=" ")
        self._strips: list[QBoxLayout] = []
        inside = QWidget()
        self._rows = column(space=8, margins=(10, 10, 10, 12))
        inside.setLayout(self._rows)
        self.body.addWidget(scrolled(inside))

    def show_look(self, look: Look) -> None:
        """Show what was found: what is to be decided first, then what holds."""
        clear(self._rows)
        self._strips = []
        undecided = Counter(one.kind for one in look.found.open)
        found = Counter(one.kind for one in look.found.concerns)
        count = len(undecided)
        beside = t("publish.privacy.to_decide", count=count) if count else t("publish.privacy.none")
        self.show_title(t("publish.privacy.title"), beside)
        for kind, places in undecided.items():
            self._rows.addWidget(self._strip(look, kind, places))
        self._fit()
        for kind, places in found.items():
            if not undecided[kind]:
                self._rows.addWidget(self._settled(look, kind, places))
        for words in _holds(look, found):
            self._rows.addLayout(row(icon_label("circle-check", "done"), label(words), None))
        if look.found.unreachable:
            words = t("publish.privacy.unreachable", count=len(look.found.unreachable))
            self._rows.addLayout(row(icon_label("clock", "pending"), label(words), None))
        self._rows.addStretch()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let what may be done stand beneath the sentence where there is little room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        way = QBoxLayout.Direction
        for one in self._strips:
            one.setDirection(way.LeftToRight if self.width() >= _BESIDE_FROM else way.TopToBottom)

    def _strip(self, look: Look, kind: ConcernKind, places: int) -> QWidget:
        told = look.plan.concern(kind)
        sentence = t("publish.privacy.asks", count=places, what=told.word)
        said = row(
            icon_label("clock", "pending"),
            label(t("publish.privacy.pending"), tone="pending"),
            label(sentence),
            None,
            space=10,
        )
        links = row(self._each("each", kind), space=8)
        for how in told.ways:
            links.addWidget(self._way(t(f"publish.privacy.all.{how}"), kind, how))
        links.addStretch()
        both = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        both.setContentsMargins(10, 6, 10, 6)
        both.addLayout(said)
        both.addLayout(links, 1)
        self._strips.append(both)
        made = frame("strip", both)
        made.setProperty("tone", "pending")
        set_role(made, "strip")
        made.setAccessibleName(sentence)
        return made

    def _settled(self, look: Look, kind: ConcernKind, places: int) -> QWidget:
        from forms.bureau.publication_choice import way_of
        from forms.bureau.publication_words import HOW_WORDS

        told = look.plan.concern(kind)
        ways = Counter(
            way_of(look.plan, look.choice, one.number, kind)
            for one in look.found.concerns
            if one.kind == kind
        )
        how = "，".join(f"{HOW_WORDS[way]} {count} 处" for way, count in ways.items() if way)
        holder = QWidget()
        words = t("publish.privacy.settled", what=told.word, how=how)
        line = row(icon_label("circle-check", "done"), label(words), space=8)
        if len(told.ways) > 1:
            line.addWidget(self._each("change", kind))
        line.addStretch()
        holder.setLayout(line)
        return holder

    def _each(self, words: str, kind: ConcernKind) -> QWidget:
        return button(t(f"publish.privacy.{words}"), "link", clicked=partial(self.asked.emit, kind))

    def _way(self, words: str, kind: ConcernKind, how: str) -> QWidget:
        return button(words, "link", clicked=partial(self.decided.emit, kind, how))


def _holds(look: Look, found: Counter[ConcernKind]) -> list[str]:
    """What may be said for certain."""
    words = [] if found["number_in_text"] else [t("publish.privacy.no_numbers")]
    words.append(t("publish.privacy.no_scans"))
    if taken := len(look.choice.taken_down):
        words.append(t("publish.privacy.taken_down", count=taken))
    return words
