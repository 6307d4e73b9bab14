"""Sheets of the page 公布: reasons, past issues, and what is of a person, one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.installed.screen_texts import t
from desktop.parts.widgets.basics import button, label, row
from desktop.parts.widgets.sheet import Sheet
from desktop.parts.widgets.table import RowsTable
from desktop.parts.widgets.table_model import Column

if TYPE_CHECKING:
    from forms.bureau.privacy import Concern
    from forms.bureau.publication_plan import How, PublicationPlan


class ListSheet(Sheet):
    """A list to be read, and a button to leave it."""

    def __init__(
        self,
        title: str,
        columns: Sequence[Column],
        rows: Iterable[Any],
        parent: QWidget | None = None,
        *,
        words: str = "",
        buttons: Sequence[QWidget] = (),
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.resize(860, 520)
        self.table = RowsTable(columns, title)
        self.table.show_rows(rows)
        close = button(t("frame.close"), mnemonic="C", clicked=self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(label(title, "step"))
        if words:
            layout.addWidget(label(words, "hint", wrap=True))
        layout.addWidget(self.table, 1)
        layout.addLayout(row(*buttons, None, close))
        self.table.setFocus()


def withheld_columns() -> list[Column]:
    """Which patents do not go out, and why."""
    return [
        Column(header=t("publish.columns.number"), text=lambda one: one.number, width=168),
        Column(header=t("publish.columns.title"), text=lambda one: one.title),
        Column(header=t("publish.columns.unit"), text=lambda one: one.unit, width=180),
        Column(header=t("publish.columns.reason"), text=lambda one: one.reason, width=200),
    ]


def issue_columns() -> list[Column]:
    """The issues there were."""

    def count(name: str) -> Column:
        return Column(
            header=t(f"publish.columns.{name}"),
            text=lambda one: f"{getattr(one, name):,}",
            width=72,
            is_right=True,
        )

    return [
        Column(
            header=t("publish.columns.issue"),
            text=lambda one: t("publish.issue_word", number=one.number),
        ),
        Column(header=t("publish.columns.day"), text=lambda one: one.day.isoformat(), width=120),
        *(count(name) for name in ("count", "added", "removed", "changed")),
    ]


class ConcernSheet(ListSheet):
    """Goes through what is of a person, patent by patent; each is decided at once."""

    def __init__(
        self,
        plan: PublicationPlan,
        concerns: Sequence[Concern],
        way: Callable[[Concern], How | None],
        decide: Callable[[Concern, How], None],
        parent: QWidget | None = None,
    ) -> None:
        from forms.bureau.publication_words import HOW_WORDS

        told = plan.concern(concerns[0].kind)
        self._way, self._decide = way, decide
        self.ways = [button(HOW_WORDS[how], clicked=partial(self._take, how)) for how in told.ways]

        def shown(one: Concern) -> str:
            decided = self._way(one)
            return HOW_WORDS[decided] if decided else t("publish.privacy.open")

        columns = [
            Column(header=t("publish.columns.number"), text=lambda one: one.number, width=168),
            Column(
                header=t("publish.columns.field"),
                text=lambda one: t(f"publish.field.{one.field}"),
                width=110,
            ),
            Column(header=t("publish.columns.words"), text=lambda one: one.words),
            Column(header=t("publish.columns.how"), text=shown, width=140),
        ]
        words = t("publish.privacy.sheet_words")
        super().__init__(told.word, columns, concerns, parent, words=words, buttons=self.ways)
        self.table.choose(0)

    def _take(self, how: How) -> None:
        if (one := self.table.current) is None:
            return
        self._decide(one, how)
        self.table.rows_model.redraw()
        place = self.table.rows.index(one)
        if place + 1 < len(self.table.rows):
            self.table.choose(place + 1)
