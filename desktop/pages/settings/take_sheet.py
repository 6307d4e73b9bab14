"""The sheet before a form pack is taken in: what it would change, the grave first."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop.installed.screen_texts import t
from desktop.parts.widgets.basics import button, frame, icon_label, label, line, row
from desktop.parts.widgets.frames import Card
from desktop.parts.widgets.one_line import CardColumn
from desktop.parts.widgets.sheet import Sheet
from forms.vetting.pack_changes import Difference
from forms.vetting.pack_intake import SEAL_WORDS, Offered

_WIDE, _HIGH = 820, 620


class TakeSheet(Sheet):
    """Shows a pack beside the one in use; whoever presses nothing takes nothing."""

    def __init__(self, offer: Offered, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        identity = offer.pack.identity
        self.setWindowTitle(t("settings.pack.take_title"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        title = t("settings.pack.take_which", name=identity.name, version=identity.version)
        layout.addWidget(label(title, "step", wrap=True))
        layout.addWidget(label(_beside(offer), wrap=True))
        for sentence in (SEAL_WORDS[offer.seal], *(f"{one}。" for one in offer.ahead)):
            if sentence:
                layout.addWidget(_warning(sentence))
        column = CardColumn()
        column.show_cards([_changes(offer.changes, is_new=not offer.in_use)])
        layout.addWidget(column, 1)
        layout.addWidget(label(t("settings.pack.take_advice"), "hint", wrap=True))
        self.no = button(t("settings.pack.take_no"), mnemonic="C", clicked=self.reject)
        yes = "take_older" if offer.is_older else "take_yes"
        self.yes = button(t(f"settings.pack.{yes}"), mnemonic="Y", clicked=self.accept)
        for one, is_default in ((self.yes, False), (self.no, True)):
            one.setAutoDefault(is_default)
            one.setDefault(is_default)
        layout.addLayout(row(None, self.no, self.yes))
        self.no.setFocus()
        self.resize(_WIDE, _HIGH)


def _warning(sentence: str) -> QWidget:
    whole = row(icon_label("circle-alert", "pending"), space=12, margins=(12, 8, 12, 8))
    whole.addWidget(label(sentence, wrap=True), 1)
    strip = frame("strip", whole)
    strip.setProperty("tone", "pending")
    return strip


def _beside(offer: Offered) -> str:
    if not offer.in_use:
        return t("settings.pack.take_new", code=offer.pack.identity.code)
    words = "take_is_older" if offer.is_older else "take_changes"
    return t(f"settings.pack.{words}", in_use=offer.in_use)


def _changes(changes: Sequence[Difference], *, is_new: bool) -> Card:
    card = Card()
    grid = QGridLayout()
    grid.setContentsMargins(16, 12, 16, 12)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(10)
    names = ("what", "is") if is_new else ("what", "before", "after")
    for place, name in enumerate(names):
        grid.addWidget(label(t(f"settings.pack.compare.{name}"), "hint"), 0, place + 1)
        grid.setColumnStretch(place + 1, 2 if place else 1)
    grid.addWidget(line(), 1, 0, 1, len(names) + 1)
    for number, one in enumerate(changes, start=2):
        if one.is_grave:
            mark = icon_label("circle-alert", "pending")
            mark.setAccessibleName(t("settings.pack.compare.grave"))
            grid.addWidget(mark, number, 0, Qt.AlignmentFlag.AlignTop)
        what = label(one.what, "strong" if one.is_grave else "", wrap=True)
        grid.addWidget(what, number, 1)
        if is_new or not one.before:
            grid.addWidget(_text(one.after), number, 2, 1, len(names) - 1)
        else:
            grid.addWidget(_text(one.before), number, 2)
            grid.addWidget(_text(one.after), number, 3)
    if not changes:
        grid.addWidget(label(t("settings.pack.compare.same"), wrap=True), 2, 1, 1, len(names))
    card.body.addLayout(grid)
    return card


def _text(text: str) -> QWidget:
    made = label(text, wrap=True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made
