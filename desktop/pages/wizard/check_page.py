"""The page after the steps: what is missing, what is promised, what is made, what comes next.

Saving, finishing, exporting and submitting are different words here and different places.
"""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop.installed.screen_texts import t
from desktop.pages.wizard.basis import notes_on, promises
from desktop.pages.wizard.problem_list import Entry
from desktop.pages.wizard.reply_strip import ReplyCard
from desktop.parts.theme.chips import SEVERITIES
from desktop.parts.widgets.basics import button, clear, icon_label, label, line, row
from desktop.parts.widgets.frames import Card
from forms.ground.problems import SEVERITY_ORDER
from forms.office.paper_making import by_weight
from forms.office.replies import Reply
from forms.pack.types import Pack

_MOST = 6


class EntryRow(QWidget):
    """One thing that is missing, and the way to it."""

    asked = Signal(object)

    def __init__(self, entry: Entry) -> None:
        super().__init__()
        self.entry = entry
        look = SEVERITIES[entry.problem.severity]
        go = button(entry.place, "link", clicked=self._ask)
        go.setAccessibleName(f"{entry.place}：{entry.message}")
        layout = row(
            icon_label(look.icon, look.tone),
            label(t(look.word), tone=look.tone),
            label(entry.message, wrap=True),
            go,
            margins=(16, 4, 12, 4),
        )
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def _ask(self) -> None:
        self.asked.emit(self.entry.problem)


class CheckPage(QWidget):
    """Says how the case stands as a whole."""

    problem_asked = Signal(object)
    export_asked = Signal()
    print_asked = Signal()
    submit_asked = Signal()
    basis_asked = Signal(object)  # Problem

    def __init__(self, pack: Pack, *, is_packless: bool = False) -> None:
        """`is_packless` where the case's own pack is missing, and this one merely shows it."""
        super().__init__()
        self._is_packless = is_packless
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(16)
        self._verdict = label("", "pane", wrap=True)
        self._verdict_icon = icon_label("circle-check", "done", 20)
        verdict = row(self._verdict_icon, self._verdict, space=10)
        verdict.setStretch(1, 1)
        whole.addLayout(verdict)
        self._reply = QVBoxLayout()
        whole.addLayout(self._reply)
        self._missing = Card(t("wizard.check.missing"))
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(0, 6, 0, 6)
        self._rows.setSpacing(0)
        self._missing.body.addLayout(self._rows)
        whole.addWidget(self._missing)
        whole.addWidget(self._next())
        whole.addWidget(self._papers(pack))
        self._add_promises(whole, pack)
        whole.addStretch()

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show what is missing, most severe first."""
        entries = sorted(entries, key=lambda one: SEVERITY_ORDER[one.problem.severity])
        errors = sum(one.problem.severity == "error" for one in entries)
        pending = sum(one.problem.severity == "pending" for one in entries)
        state = "errors" if errors else "pending" if pending else "ready"
        state = "packless" if self._is_packless else state
        self._verdict.setText(t(f"wizard.check.verdict.{state}", errors=errors, pending=pending))
        look = {
            "errors": ("octagon-x", "error"),
            "pending": ("clock", "pending"),
            "packless": ("circle-help", "pending"),
        }
        self._verdict_icon.show_icon(*look.get(state, ("circle-check", "done")))
        clear(self._rows)
        for entry in entries[: 3 * _MOST]:
            made = EntryRow(entry)
            made.asked.connect(self.problem_asked)
            self._rows.addWidget(made)
        if len(entries) > 3 * _MOST:
            more = label(t("wizard.check.more", count=len(entries) - 3 * _MOST), "hint")
            more.setContentsMargins(16, 4, 0, 4)
            self._rows.addWidget(more)
        self._missing.setVisible(bool(entries))

    def show_reply(self, reply: Reply | None, today: date) -> None:
        """Show what a bureau says is to be corrected; None where it is nothing, or was done."""
        clear(self._reply)
        if reply is None:
            return
        card = ReplyCard(reply, today)
        card.basis_asked.connect(self.basis_asked)
        self._reply.addWidget(card)

    def focus_first(self) -> None:
        """Put the focus on the first thing that can be done here."""
        first: QPushButton | None = self.findChild(QPushButton)
        if first is not None:
            first.setFocus()

    def _next(self) -> Card:
        card = Card(t("wizard.check.next"))
        for word, action, asked in (
            ("saved", "", None),
            ("export", t("wizard.check.do.export"), self._export),
            ("print", t("wizard.check.do.print"), self._print),
            ("submit", t("wizard.check.do.submit"), self._submit),
        ):
            words = label(t(f"wizard.check.words.{word}"), wrap=True)
            name = label(t(f"wizard.check.names.{word}"), "strong")
            name.setFixedWidth(48)
            parts: list[QWidget] = [name, words]
            if asked is not None:
                parts.append(button(action, clicked=asked))
            layout = row(*parts, space=12, margins=(16, 8, 12, 8))
            layout.setStretch(1, 1)
            card.body.addLayout(layout)
            if word != "submit":
                card.body.addWidget(line())
        return card

    def _papers(self, pack: Pack) -> Card:
        card = Card(t("wizard.check.papers"))
        for paper in by_weight(pack, ("case", "licence", "batch")):
            words = t(f"wizard.check.scope.{paper.scope}")
            title = label(paper.title, wrap=True)
            layout = row(
                icon_label("file-text"), title, label(words, "hint"), margins=(16, 6, 16, 6)
            )
            layout.setStretch(1, 1)
            card.body.addLayout(layout)
        return card

    def _add_promises(self, whole: QVBoxLayout, pack: Pack) -> None:
        found = promises(pack)
        if found is None:
            return
        heading, text = found
        card = Card(heading)
        inside = QVBoxLayout()
        inside.setContentsMargins(16, 12, 16, 12)
        inside.setSpacing(8)
        inside.addWidget(label(t("wizard.check.promise"), "hint", wrap=True))
        inside.addWidget(label(text, wrap=True))
        for note in notes_on(heading, pack):
            cost = row(icon_label("circle-alert", "pending"), label(note, wrap=True))
            cost.setStretch(1, 1)
            inside.addLayout(cost)
        card.body.addLayout(inside)
        whole.addWidget(card)

    def _export(self) -> None:
        self.export_asked.emit()

    def _print(self) -> None:
        self.print_asked.emit()

    def _submit(self) -> None:
        self.submit_asked.emit()
