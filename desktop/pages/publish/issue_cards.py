"""Which patents go out, unit by unit, and which files are made of them."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPushButton

from desktop.installed.screen_texts import t
from desktop.parts.theme import tokens as tk
from desktop.parts.widgets.basics import button, column, icon_label, label, line, row
from desktop.parts.widgets.frames import Card
from desktop.parts.widgets.one_line import Elided
from desktop.parts.widgets.table import RowsTable
from desktop.parts.widgets.table_model import Column
from desktop.parts.widgets.typed import when_typed

if TYPE_CHECKING:
    from desktop.pages.publish.publish_jobs import Look
    from forms.bureau.publication import UnitCount

OUTPUTS: tuple[tuple[str, str, str], ...] = (
    ("site", "globe", "index.html"),
    ("summary", "file-spreadsheet", "汇总表.pdf"),
    ("data", "database", "公布.xlsx"),
    ("changes", "git-compare", "issues.html"),
)
"""Name, icon and the file that is opened to look at it."""
_LEAST = 120  # of the table of units, in logical pixels


class UnitsCard(Card):
    """Units with how many are examined, published, not; `reasons_asked` where not all are."""

    reasons_asked = Signal()

    def __init__(self) -> None:
        self._reasons = button("", "link")
        super().__init__(
            t("publish.units.title"), beside=" ", buttons=(self._reasons,), high=tk.HEADER
        )
        self._reasons.clicked.connect(self.reasons_asked)
        self.table = RowsTable(
            [
                Column(
                    header=t("publish.units.unit"),
                    text=lambda one: one.unit or t("publish.units.unnamed"),
                ),
                _count("examined"),
                _count("published"),
                Column(
                    header=t("publish.units.withheld"),
                    text=lambda one: f"{one.withheld:,}" if one.withheld else "—",
                    width=72,
                    is_right=True,
                ),
            ],
            t("publish.units.title"),
        )
        self.table.setMinimumHeight(_LEAST)
        self.table.empty_words = lambda: t("publish.units.none")
        self._sum = label("", "strong")
        self.body.addWidget(self.table, 1)
        self.body.addWidget(line())
        self.body.addLayout(row(self._sum, None, margins=(16, 8, 16, 8)))

    def show_look(self, look: Look) -> None:
        """Show the counts of the units."""
        units, withheld = look.found.units, len(look.found.withheld)
        self.show_title(t("publish.units.title"), t("publish.units.beside", count=len(units)))
        self.table.show_rows(units)
        examined = sum(one.examined for one in units)
        published = len(look.found.published.patents)
        self._sum.setText(t("publish.units.sum", examined=examined, published=published))
        self._reasons.setText(t("publish.units.reasons", count=withheld))
        self._reasons.setVisible(bool(withheld))


def _count(name: str) -> Column:
    def text(one: UnitCount) -> str:
        return f"{getattr(one, name):,}"

    return Column(header=t(f"publish.units.{name}"), text=text, width=64, is_right=True)


class OutputsCard(Card):
    """The files that are made; `preview_asked` carries one to be looked at, `day_typed` a day."""

    preview_asked = Signal(str)
    day_typed = Signal(str)

    def __init__(self) -> None:
        super().__init__(t("publish.outputs.title"), beside=" ")
        self.previews: dict[str, QPushButton] = {}
        self._words: dict[str, Elided] = {}
        inside = column(space=0, margins=(16, 4, 12, 8))
        for place, (name, icon, file) in enumerate(OUTPUTS):
            if place:
                inside.addWidget(line())
            self._words[name] = Elided("", "hint")
            words = column(label(t(f"publish.outputs.{name}")), self._words[name], space=0)
            one = row(icon_label(icon), space=12, margins=(0, 6, 0, 6))
            one.addLayout(words, 1)
            self.previews[name] = button(
                t("publish.outputs.preview"),
                "link",
                clicked=partial(self.preview_asked.emit, file),
            )
            self.previews[name].setAccessibleName(
                t("publish.outputs.preview_of", what=t(f"publish.outputs.{name}"))
            )
            one.addWidget(self.previews[name])
            inside.addLayout(one)
        self._issue = label("", "strong")
        self.day = QLineEdit()
        self.day.setAccessibleName(t("publish.outputs.day"))
        self.day.setFixedWidth(120)
        when_typed(self.day, self.day_typed.emit)
        inside.addLayout(
            row(
                label(t("publish.outputs.issue"), "hint"),
                self._issue,
                None,
                label(t("publish.outputs.day"), "hint"),
                self.day,
                space=12,
                margins=(0, 8, 0, 4),
            )
        )
        self.body.addLayout(inside)

    def show_look(self, look: Look) -> None:
        """Say what each file has."""
        published = look.found.published
        count = len(published.patents)
        self.show_title(t("publish.outputs.title"), t("publish.outputs.beside", count=count))
        changed = [sum(one.what == what for one in published.changes) for what in _WHATS]
        added, removed, other = changed
        differs = {"added": added, "removed": removed, "changed": other}
        for name, words in self._words.items():
            words.say(t(f"publish.outputs.of.{name}", count=count, **differs))
        if not look.issues:
            self._words["changes"].say(t("publish.outputs.first"))
        self._issue.setText(published.issue_word)
        if not self.day.hasFocus():
            self.day.setText(published.day.isoformat())
        for one in self.previews.values():
            one.setEnabled(bool(count))


_WHATS = ("added", "removed", "changed")


def is_page(file: str) -> bool:
    """Whether an output is a page for the browser."""
    return Path(file).suffix == ".html"
