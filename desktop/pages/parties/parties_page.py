"""名册: the address book as a table and an entry beside it; in and out as a workbook."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from desktop.desk.desk import Desk
from desktop.desk.jobs import Report
from desktop.desk.page_base import Page, Shortcut
from desktop.installed.screen_texts import t
from desktop.pages.parties.party_fields import PartyEditor
from desktop.parts.dialogs import kinds_of
from desktop.parts.outside import open_outside
from desktop.parts.widgets.basics import button, label, row
from desktop.parts.widgets.frames import Card, EmptyPage, PageHead
from desktop.parts.widgets.search_line import SearchLine
from desktop.parts.widgets.table import RowsTable
from desktop.parts.widgets.table_model import Column
from forms.facts.record import Party
from forms.ground.endings import TABLES
from forms.ground.files import write_atomically
from forms.office.stored import StoredParty


@dataclass(frozen=True)
class Imported:
    """What an import has done; `nameless` are rows as Excel counts them."""

    count: int
    new: int
    changed: int
    nameless: tuple[int, ...]


class PartiesPage(Page):
    """The page "parties"."""

    name = "parties"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._stored: list[StoredParty] = []
        self._here: int | None = None
        self.head = PageHead(t("parties.title"), buttons=self._buttons())
        self.search = SearchLine(t("parties.search"), t("parties.search_name"))
        self.search.setMinimumWidth(220)
        self.search.setMaximumWidth(420)
        self.search.textChanged.connect(self._show)
        self.table = RowsTable(_columns(), t("parties.title"))
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(self._edit)
        self.search.leads_to(self.table)
        self.editor = PartyEditor()
        self.editor.saved.connect(self.save)
        self.editor.delete_asked.connect(self.delete)
        self._nothing = label(t("parties.nothing_found"), "hint")
        self._nothing.setContentsMargins(16, 12, 16, 12)
        self._stack = QStackedLayout()
        self._stack.addWidget(EmptyPage("book-user", t("parties.none"), t("parties.none_words")))
        self._stack.addWidget(self._full())
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.head)
        whole.addLayout(self._stack, 1)
        self.setAcceptDrops(True)
        self.install_shortcuts()

    def _buttons(self) -> Sequence[QWidget]:
        self._new = button(
            t("parties.new"), "primary", icon="plus", keys="Ctrl+N", clicked=self.new
        )
        return (
            button(t("parties.match"), "quiet", icon="search", clicked=self._match),
            button(t("parties.gather"), icon="folder-open", clicked=self.gather),
            button(t("parties.import"), icon="file-spreadsheet", clicked=self.ask_import),
            button(t("parties.export"), icon="download", clicked=self.export),
            self._new,
        )

    def _full(self) -> QWidget:
        card = Card()
        card.body.addLayout(row(self.search, None, margins=(16, 10, 16, 10)))
        card.body.addWidget(self._nothing)
        card.body.addWidget(self.table, 1)
        hint = label(t("parties.no_changes"), "hint", wrap=True)
        hint.setContentsMargins(16, 10, 16, 10)
        card.body.addWidget(hint)
        panes = QHBoxLayout()
        panes.setContentsMargins(24, 8, 24, 24)
        panes.setSpacing(16)
        panes.addWidget(card, 1)
        self.editor.setMinimumWidth(320)
        self.editor.setMaximumWidth(420)
        panes.addWidget(self.editor, 1)
        whole = QWidget()
        whole.setLayout(panes)
        return whole

    # --- what the window asks -----------------------------------------------------------------

    def _edit(self, _one: StoredParty) -> None:
        """Go on to the entry's fields."""
        self.editor.fields["name"].setFocus()

    def leave(self) -> bool:
        """Keep what is typed; a name that is blank is let go."""
        if self.editor.is_changed and self.editor.party.name:
            self.save(self.editor.party)
        return True

    def refresh(self) -> None:
        """Read the address book again."""
        self._stored = self.desk.store.parties.listed()
        self.head.show_beside(t("parties.counted", count=len(self._stored)))
        here = next((one for one in self._stored if one.id == self._here), None)
        if self._here is not None and not self.editor.is_changed:
            if here is None:  # deleted elsewhere
                self._here = None
                self.editor.close_party()
            elif here.party != self.editor.shown:
                self.editor.show_party(here.party)
        self._show()

    def shortcuts(self) -> Sequence[Shortcut]:
        """New, find, save."""
        return (
            Shortcut("Ctrl+N", "parties.keys.new", self.new),
            Shortcut("Ctrl+F", "parties.keys.find", self._find),
            Shortcut("Ctrl+S", "parties.keys.save", self.editor.save),
        )

    def panes(self) -> Sequence[QWidget]:
        """Table and entry."""
        return (self.table, self.editor) if self._stored else (self._new,)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take workbooks."""
        if _workbooks(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Import what is dropped."""
        event.acceptProposedAction()
        self.import_file(_workbooks(event)[0])

    # --- entries ------------------------------------------------------------------------------

    def new(self) -> None:
        """Begin a new entry."""
        self.leave()
        self._here = None
        self.table.clearSelection()
        self._stack.setCurrentIndex(1)
        self.editor.show_party(Party(), is_new=True)
        self.editor.fields["name"].setFocus()

    def save(self, party: Party) -> None:
        """Keep what is typed of an entry; what others have changed of it meanwhile is shown."""
        book = self.desk.store.parties
        if self._here is None:
            kept = book.remember(party)
        else:
            kept = book.change(self._here, self.editor.shown, party)
        self._here = kept.id
        self.editor.show_party(kept.party)
        self.desk.notices.tell("done", t("parties.edit.saved", name=party.name))
        self.desk.parties_changed.emit()
        self.refresh()

    def delete(self) -> None:
        """Take the entry in hand out of the book, with a way back."""
        stored = next((one for one in self._stored if one.id == self._here), None)
        if stored is None:
            return
        name, yes = stored.party.name, t("parties.edit.delete")
        words = t("parties.edit.delete_words", name=name)
        if not self.desk.dialogs.confirm(self, yes, words, yes, danger=True):
            return
        gone = self.desk.store.parties.forget(stored.id) or stored.party
        self._here = None
        self.editor.close_party()
        back = (t("parties.edit.undo"), partial(self._bring_back, gone))
        self.desk.notices.tell("done", t("parties.edit.deleted", name=name), action=back)
        self.desk.parties_changed.emit()
        self.refresh()

    def _bring_back(self, party: Party) -> None:
        self.desk.store.parties.complete(party)
        self.desk.parties_changed.emit()
        self.refresh()

    def _choose(self, one: StoredParty) -> None:
        if one.id == self._here:
            return
        if self.editor.is_changed and self.editor.party.name:
            self.leave()
        self._here = one.id
        self.editor.show_party(one.party)

    def _show(self) -> None:
        words = self.search.text().casefold().split()
        shown = [one for one in self._stored if all(word in _searched(one) for word in words)]
        self.table.show_rows(shown)
        self._nothing.setVisible(bool(self._stored) and not shown)
        self._stack.setCurrentIndex(1 if self._stored or self.editor.is_new else 0)
        place = next((p for p, one in enumerate(shown) if one.id == self._here), None)
        if place is not None:
            self.table.choose(place)

    def _find(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _match(self) -> None:
        """Go to the needs of companies."""
        self.desk.go("match")

    # --- in and out -----------------------------------------------------------------------------

    def ask_import(self) -> None:
        """Let the clerk choose a workbook."""
        chosen = self.desk.dialogs.files(
            self, t("parties.io.choose"), kinds_of("parties.io.kinds", TABLES)
        )
        if chosen:
            self.import_file(chosen[0])

    def import_file(self, file: Path) -> None:
        """Read a workbook into the book; what is there already is completed."""
        work = partial(_import, self.desk, file)
        self.desk.jobs.run(work, t("parties.io.reading"), finished=self._imported)

    def _imported(self, done: Imported) -> None:
        words = t("parties.io.imported", count=done.count, new=done.new, changed=done.changed)
        if done.nameless:
            rows = "、".join(str(one) for one in done.nameless[:10])
            words += t("parties.io.nameless", rows=rows)
        self.desk.notices.tell("pending" if done.nameless else "done", words)
        self.desk.parties_changed.emit()
        self.refresh()

    def gather(self) -> None:
        """Take in the owners of all cases that are not in the book yet."""
        self.desk.jobs.run(
            partial(_gather, self.desk), t("parties.io.reading"), finished=self._gathered
        )

    def _gathered(self, count: int) -> None:
        key = "parties.gathered" if count else "parties.gathered_none"
        self.desk.notices.tell("done", t(key, count=count))
        self.desk.parties_changed.emit()
        self.refresh()

    def export(self) -> None:
        """Write the book as a workbook."""
        name = self.desk.store.path.parent / f"{t('parties.io.file')}_{self.desk.today}.xlsx"
        title, kinds = t("parties.io.save_as"), t("parties.io.xlsx")
        file = self.desk.dialogs.save(self, title, kinds, name)
        if file is None:
            return
        from forms.exchange.address_book import write_book

        file = file if file.suffix.lower() == ".xlsx" else file.with_name(f"{file.name}.xlsx")
        write_atomically(file, write_book([one.party for one in self._stored]))
        show = (t("parties.io.open"), partial(open_outside, file, self.desk.notices))
        self.desk.notices.tell("done", t("parties.io.exported", name=file.name), action=show)


def _import(desk: Desk, file: Path, report: Report) -> Imported:
    """Read a workbook into the book, all of it or nothing; in a job."""
    from forms.exchange.address_book import read_book
    from forms.exchange.workbook_reader import read_file

    read = read_book(read_file(file))
    with desk.own_store() as store, store.transaction():
        before = {one.id: one.party for one in store.parties.listed()}
        for place, party in enumerate(read.parties):
            report(place, len(read.parties), party.name)
            store.parties.remember(party)
        after = {one.id: one.party for one in store.parties.listed()}
    new = len(after.keys() - before.keys())
    changed = sum(after[one] != before[one] for one in before if one in after)
    return Imported(len(read.parties), new, changed, read.nameless)


def _workbooks(event: QDragEnterEvent | QDropEvent) -> list[Path]:
    files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return [file for file in files if file.suffix.lower() in TABLES]


def _searched(one: StoredParty) -> str:
    party = one.party
    parts = (party.name, party.identity_number, party.contact, party.phone, party.address)
    return " ".join(parts).casefold()


def _columns() -> tuple[Column, ...]:
    return (
        Column(
            header=t("parties.table.name"),
            text=lambda one: one.party.name,
            second=lambda one: one.party.address,
            icon=lambda one: ("user" if one.party.kind == "person" else "building-2", "text2"),
        ),
        Column(
            header=t("parties.table.identity"),
            text=lambda one: one.party.identity_number,
            second=lambda one: t(f"parties.kind.{one.party.kind or 'unknown'}"),
            width=200,
            may_go=True,
        ),
        Column(
            header=t("parties.table.contact"),
            text=lambda one: one.party.contact or one.party.representative,
            second=lambda one: one.party.phone or one.party.email,
            width=170,
            may_go=True,
        ),
    )


def _gather(desk: Desk, _report: Report) -> int:
    from forms.office.offered_values import gather

    with desk.own_store() as store, store.transaction():
        return gather(store.parties, [one.case for one in store.cases.listed()])
