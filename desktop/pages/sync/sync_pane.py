"""The patent in hand: what is said anew of it, and all that must then be done, with its basis."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.installed.screen_texts import t
from desktop.pages.sync.sync_table import FactRow, until_words
from desktop.parts.widgets.basics import clear, column, label, line
from desktop.parts.widgets.labelled import scrolled
from desktop.parts.widgets.messages import MessageStrip

if TYPE_CHECKING:
    from forms.office.status_consequences import ToDo


class SyncPane(QFrame):
    """The pane beside the table, or beneath it."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "side")
        self.setAccessibleName(t("sync.pane"))
        self._body = column(space=8)
        inside = QWidget()
        whole = QVBoxLayout(inside)
        whole.setContentsMargins(24, 16, 20, 16)
        whole.addLayout(self._body)
        whole.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolled(inside))

    def show_nothing(self) -> None:
        """No patent is in hand."""
        clear(self._body)
        self._body.addWidget(label(t("sync.pane_nothing"), "hint", wrap=True))

    def show_fact(self, one: FactRow, today: date) -> None:
        """Show a fact, and what must be done once its patent stands so."""
        clear(self._body)
        row, fact = one.row, one.fact
        before = fact.before or t("sync.blank")
        words = t("sync.changes", label=fact.label, before=before, after=fact.after)
        self._body.addWidget(_read(words, "pane"))
        patent = (row.holding.number, row.holding.entry.patent.title)
        self._body.addWidget(_read("　".join(filter(None, patent)), "hint"))
        if fact.conflict and not one.is_done:
            self._body.addWidget(MessageStrip("pending", t("sync.conflict", why=fact.conflict)))
        self._body.addWidget(line())
        self._body.addWidget(label(t("sync.to_do" if row.to_do else "sync.no_to_do"), "strong"))
        for act in row.to_do:
            self._body.addWidget(_act(act, today))


def _act(act: ToDo, today: date) -> QWidget:
    words, ink = until_words(act, today)
    made = QWidget()
    made.setLayout(
        column(
            _read(act.what),
            label(words, "caption", tone=ink if ink != "text2" else ""),
            label(t("widgets.basis", basis=act.basis), "caption", wrap=True),
            space=0,
        )
    )
    return made


def _read(words: str, role: str = "") -> QWidget:
    made = label(words, role, wrap=True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made
