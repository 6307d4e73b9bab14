"""The table of terms: the offer beside the contract; what is equal is quiet."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from desktop.installed.screen_texts import t
from desktop.pages.licences.terms_compared import Term
from desktop.parts.widgets.basics import (
    button,
    clear,
    frame,
    icon_button,
    icon_label,
    label,
    row,
)

_LINE = 48


class ComparedTerms(QFrame):
    """Draws the terms; a pencil asks for the field that says it."""

    field_asked = Signal(str)
    all_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(1, 1, 1, 1)
        self._grid.setSpacing(0)
        self._grid.setColumnMinimumWidth(0, 112)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        self.terms: Sequence[Term] = ()

    def show_terms(self, terms: Sequence[Term], source: str) -> None:
        """Show these; `source` says where the offer stands."""
        if terms == self.terms:
            return
        self.terms = terms
        clear(self._grid)
        self._head(source)
        for place, term in enumerate(terms, start=1):
            self._line(place, term, is_last=place == len(terms))

    def _head(self, source: str) -> None:
        every = button(t("licences.compare.all"), "quiet", icon="copy", clicked=self.all_asked.emit)
        cells = (
            row(label(t("licences.compare.term"), "hint"), None, margins=(16, 0, 8, 0)),
            row(
                label(t("licences.compare.offered"), "strong"),
                label(source, "hint"),
                None,
                margins=(16, 0, 8, 0),
            ),
            row(
                label(t("licences.compare.contract"), "strong"),
                None,
                every,
                margins=(16, 0, 8, 0),
            ),
        )
        for place, cell in enumerate(cells):
            self._put(0, place, cell, "heading")

    def _line(self, place: int, term: Term, *, is_last: bool) -> None:
        is_other = term.standing == "otherwise"
        name = row(label(term.name, "hint"), None, margins=(16, 0, 8, 0))
        offered = term.offered or t("licences.compare.not_offered")
        words = label(offered, "hint" if is_other or not term.offered else "", wrap=True)
        left = row(margins=(16, 8, 12, 8))
        left.addWidget(words, 1)
        left.setAlignment(words, Qt.AlignmentFlag.AlignVCenter)
        right = row(margins=(16, 8, 8, 8))
        own = label(
            term.contract or t("licences.compare.blank"),
            "strong" if is_other else "" if term.contract else "hint",
            wrap=True,
        )
        right.addWidget(own, 1)
        right.setAlignment(own, Qt.AlignmentFlag.AlignVCenter)
        for one in self._marks(term):
            right.addWidget(one)
        end = " last" if is_last else ""
        self._put(place, 0, name, f"cell{end}")
        self._put(place, 1, left, f"cell{end}")
        self._put(place, 2, right, f"differing{end}" if is_other else f"cell{end}")

    def _marks(self, term: Term) -> list[QWidget]:
        if term.standing == "fixed":
            return [label(t("licences.compare.fixed"), "hint"), _as_button(icon_label("lock"))]
        edit = icon_button(
            "pencil-line",
            t("licences.compare.edit", name=term.name),
            clicked=partial(self.field_asked.emit, term.path),
        )
        if term.standing == "otherwise":
            words = label(t("licences.compare.otherwise"), "label", tone="accent")
            return [icon_label("git-compare", "accent"), words, edit]
        if term.standing == "same":
            return [label(t("licences.compare.as_offered"), "hint"), edit]
        return [edit]

    def _put(self, line: int, column: int, inside: object, look: str) -> None:
        holder = frame("compared")
        holder.setProperty("look", look.split(" ", maxsplit=1)[0])
        holder.setProperty("at", ("first", "middle", "last")[column])
        holder.setMinimumHeight(_LINE)
        holder.setLayout(inside)  # type: ignore[arg-type]
        self._grid.addWidget(holder, line, column)


def _as_button(icon: QWidget) -> QWidget:
    """An icon in the room of an icon button, so that it stands below and above such buttons."""
    holder = QWidget()
    holder.setLayout(row(icon, margins=(8, 0, 8, 0)))
    return holder
