"""The packages made before: when, how many cases, whether sent, whether cases changed since."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from desktop.installed.screen_texts import t
from desktop.pages.submission.result_step import day_of
from desktop.parts.widgets.basics import button
from desktop.parts.widgets.frames import Card, EmptyPage, PageHead
from desktop.parts.widgets.table import RowsTable
from desktop.parts.widgets.table_model import Column
from forms.office.stored import Submission


class HomeView(QWidget):
    """Lists them; the newest first."""

    opened = Signal(object)  # Submission
    new_asked = Signal()
    seals_asked = Signal()
    replies_asked = Signal(bool)  # whether some are to be read

    def __init__(self) -> None:
        super().__init__()
        self._changed: Mapping[int, int | None] = {}
        self.table = RowsTable(self._columns(), t("submission.home.earlier"))
        self.table.opened.connect(self.opened)
        self.table.clicked.connect(self._clicked)
        card = Card(t("submission.home.earlier"))
        card.body.addWidget(self.table, 1)
        full = QWidget()
        inside = QVBoxLayout(full)
        inside.setContentsMargins(24, 8, 24, 24)
        inside.addWidget(card)
        self._stack = QStackedLayout()
        self._stack.addWidget(
            EmptyPage("send", t("submission.home.none"), t("submission.home.none_words"))
        )
        self._stack.addWidget(full)
        seals = button(t("submission.home.seals"), icon="stamp", clicked=self.seals_asked.emit)
        self.new = button(
            t("submission.new"), "primary", icon="plus", keys="Ctrl+N", clicked=self.new_asked.emit
        )
        replies = button(t("frame.places.replies"), icon="inbox")
        replies.clicked.connect(partial(self.replies_asked.emit, False))
        read = button(t("replies.read"), clicked=partial(self.replies_asked.emit, True))
        buttons = (seals, replies, read, self.new)
        self.head = PageHead(t("submission.title"), buttons=buttons)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.head)
        whole.addLayout(self._stack, 1)

    def show_submissions(self, submissions: Sequence[Submission]) -> None:
        """Show them; whether they have changed since comes later."""
        self._changed = {}
        self.table.show_rows(submissions)
        self._stack.setCurrentIndex(1 if submissions else 0)

    def show_changed(self, changed: Mapping[int, int | None]) -> None:
        """Say how many papers of each (by id) have changed since; None where nobody can tell."""
        self._changed = changed
        self.table.viewport().update()

    def _clicked(self) -> None:
        if self.table.current is not None:
            self.opened.emit(self.table.current)

    def _since(self, one: Submission) -> tuple[str, str, str]:
        """Word, icon and colour of what became of it."""
        if one.id not in self._changed:
            return t("submission.home.looking"), "clock", "text3"
        count = self._changed[one.id]
        if count is None:
            return t("submission.home.packless"), "circle-help", "pending"
        if count:
            return t("submission.home.changed_count", count=count), "refresh-cw", "pending"
        return t("submission.home.same"), "circle-check", "done"

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(
                header=t("submission.home.made"),
                text=lambda one: f"{one.made_at.astimezone():%Y-%m-%d %H:%M}",
                second=lambda one: one.who,
                icon=lambda one: ("package-check", "text2"),
            ),
            Column(header=t("submission.home.cases"), text=_cases, width=110, may_go=True),
            Column(
                header=t("submission.home.files"),
                text=lambda one: t("submission.home.file_count", count=len(one.files)),
                width=110,
                may_go=True,
            ),
            Column(
                header=t("submission.home.state"),
                text=_sent,
                icon=lambda one: ("send", "done") if one.sent_at else ("clock", "pending"),
                ink=lambda one: "done" if one.sent_at else "pending",
                width=190,
            ),
            Column(
                header=t("submission.home.changed"),
                text=lambda one: self._since(one)[0],
                icon=lambda one: self._since(one)[1:],
                ink=lambda one: self._since(one)[2],
                width=220,
            ),
        )


def _cases(one: Submission) -> str:
    count = len({file.case_id for file in one.files if file.case_id is not None})
    return t("submission.home.case_count", count=count)


def _sent(one: Submission) -> str:
    if one.sent_at is None:
        return t("submission.home.waiting")
    return t("submission.home.sent", day=day_of(one.sent_at))
