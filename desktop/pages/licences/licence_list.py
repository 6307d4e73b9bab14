"""The licences that were granted, and the cases one may be granted under."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.register_rows import RegisterRow
from desktop.installed.screen_texts import t
from desktop.pages.licences.terms_compared import period
from desktop.parts.theme.chips import STANDINGS, STATES, Look
from desktop.parts.widgets.basics import button, label, row
from desktop.parts.widgets.frames import Card, EmptyPage, FootBar, PageHead, under_head
from desktop.parts.widgets.search_line import SearchLine
from desktop.parts.widgets.table import RowsTable
from desktop.parts.widgets.table_model import Column
from forms.facts.derived import licence_royalty, number_text
from forms.office.case_states import royalty_in_short
from forms.office.paper_making import Standing
from forms.office.stored import StoredCase, StoredLicence


@dataclass(frozen=True, kw_only=True)
class Granted:
    """A licence with its case and what the check by the case's own pack found.

    `standing` is None where that pack is missing: then nothing was checked.
    """

    case: StoredCase
    stored: StoredLicence
    errors: int = 0
    pending: int = 0
    standing: Standing | None = None

    @property
    def found(self) -> str:
        """What a search looks at."""
        case = self.case.case
        names = (self.stored.licence.licensee.name, number_text(case), case.patent.title)
        return " ".join(names).casefold()


class ListView(QWidget):
    """Lists licences."""

    opened = Signal(object)  # Granted
    new_asked = Signal()
    all_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Granted] = []
        self.everything = button(t("licences.show_all"), clicked=self.all_asked.emit)
        self.new = button(
            t("licences.new"), "primary", icon="plus", keys="Ctrl+N", clicked=self.new_asked.emit
        )
        self.head = PageHead(t("licences.title"), buttons=(self.everything, self.new))
        self.search = _search(t("licences.search"), self._show)
        self.table = RowsTable(_columns(), t("licences.title"))
        self.table.opened.connect(self.opened)
        self.search.leads_to(self.table)
        card = Card()
        card.body.addLayout(row(self.search, None, margins=(16, 10, 16, 10)))
        card.body.addWidget(self.table, 1)
        full = QWidget()
        inside = QVBoxLayout(full)
        inside.setContentsMargins(24, 8, 24, 24)
        inside.addWidget(card)
        empty = EmptyPage("handshake", t("licences.none"), t("licences.none_words"))
        self._stack = under_head(self, self.head, empty, full)

    def show_licences(self, rows: Sequence[Granted], of_case: str = "") -> None:
        """Show these; `of_case` names the one case they are of."""
        self._rows = list(rows)
        self.everything.setVisible(bool(of_case))
        counted = (
            t("licences.counted_of", name=of_case, count=len(rows))
            if of_case
            else t("licences.counted", count=len(rows))
        )
        self.head.show_beside(counted if rows else "")
        self._stack.setCurrentIndex(1 if rows else 0)
        self._show()

    def _show(self) -> None:
        words = self.search.text().casefold().split()
        self.table.show_rows(
            [one for one in self._rows if all(word in one.found for word in words)]
        )


class PickView(QWidget):
    """Picks the case that a licence is granted under."""

    picked = Signal(int)
    back_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[RegisterRow] = []
        head = PageHead(t("licences.pick.title"), back=t("licences.pick.back"))
        head.back_asked.connect(self.back_asked)
        self.search = _search(t("licences.pick.search"), self._show)
        self.table = RowsTable(_case_columns(), t("licences.pick.title"))
        self.table.opened.connect(self._opened)
        self.search.leads_to(self.table)
        self.table.chosen.connect(self._chosen)
        hint = label(t("licences.pick.hint"), "hint")
        card = Card()
        card.body.addLayout(row(self.search, hint, None, space=12, margins=(16, 10, 16, 10)))
        card.body.addWidget(self.table, 1)
        inside = QVBoxLayout()
        inside.setContentsMargins(24, 8, 24, 16)
        inside.addWidget(card)
        self.go_on = button(t("licences.pick.go_on"), "primary", clicked=self.take)
        self.foot = FootBar(self.go_on)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(head)
        whole.addLayout(inside, 1)
        whole.addWidget(self.foot)

    def show_cases(self, rows: Sequence[RegisterRow]) -> None:
        """Show these cases."""
        self._rows = sorted(rows, key=lambda one: one.id)
        self.search.clear()
        self._show()
        self.search.setFocus()

    def take(self) -> None:
        """Take the case in hand."""
        if self.table.current is not None:
            self.picked.emit(self.table.current.id)

    def _opened(self, one: RegisterRow) -> None:
        self.picked.emit(one.id)

    def _chosen(self, _one: RegisterRow) -> None:
        self.foot.block("")

    def _show(self) -> None:
        words = self.search.text().casefold().split()
        self.table.show_rows(
            [one for one in self._rows if all(word in one.folded for word in words)]
        )
        if self.table.rows and (self.search.text().strip() or len(self.table.rows) == 1):
            self.table.choose(0)
        self.foot.block("" if self.table.current else t("licences.pick.none"), is_fault=False)


def _search(words: str, show: Callable[[], None]) -> SearchLine:
    made = SearchLine(words)
    made.setMinimumWidth(320)
    made.textChanged.connect(show)
    return made


def _found(one: Granted) -> tuple[str, str, str]:
    """Word, icon and colour of what the check found."""
    if one.standing is None:
        return t("state.packless"), "circle-help", "pending"
    if one.errors:
        return t("licences.list.errors", count=one.errors), "octagon-x", "error"
    if one.pending:
        return t("licences.list.pendings", count=one.pending), "clock", "pending"
    return t("licences.list.fine"), "circle-check", "done"


def _sealed(one: Granted) -> tuple[Look, str]:
    return STANDINGS[one.standing or ""], t(f"seals.states.{one.standing}")


def _royalty(one: Granted) -> tuple[str, ...]:
    lines = royalty_in_short(licence_royalty(one.case.case, one.stored.licence))
    return (*lines, "", "")[:2]


def _columns() -> tuple[Column, ...]:
    return (
        Column(
            header=t("licences.list.licensee"),
            text=lambda one: one.stored.licence.licensee.name or t("licences.no_name"),
            second=lambda one: one.stored.licence.licensee.identity_number,
        ),
        Column(
            header=t("licences.list.case"),
            text=lambda one: one.case.case.patent.title,
            second=lambda one: number_text(one.case.case),
        ),
        Column(
            header=t("licences.list.royalty"),
            text=lambda one: _royalty(one)[0] or "—",
            second=lambda one: _royalty(one)[1],
            width=150,
            may_go=True,
        ),
        Column(
            header=t("licences.list.term"),
            text=lambda one: period(one.case.case, one.stored.licence) or "—",
            width=210,
            may_go=True,
        ),
        Column(
            header=t("licences.list.state"),
            text=lambda one: _found(one)[0],
            icon=lambda one: _found(one)[1:],
            ink=lambda one: _found(one)[2],
            width=130,
        ),
        Column(
            header=t("licences.list.sealed"),
            text=lambda one: _sealed(one)[1] if one.standing else "—",
            chip=lambda one: _sealed(one) if one.standing else None,
            width=136,
            may_go=True,
        ),
    )


def _state(one: RegisterRow) -> tuple[Look, str] | None:
    look = STATES.get(one.state or "")
    return (look, t(look.word)) if look else None


def _case_columns() -> tuple[Column, ...]:
    return (
        Column(
            header=t("licences.pick.case"),
            text=lambda one: one.title,
            second=lambda one: one.number_text or "",
        ),
        Column(
            header=t("licences.pick.owners"), text=lambda one: one.owners, width=280, may_go=True
        ),
        Column(
            header=t("licences.pick.state"),
            text=lambda one: one.state or "",
            chip=_state,
            width=140,
        ),
    )
