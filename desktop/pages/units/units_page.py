"""名册 of a bureau: the units that report and the experts, each an entry beside the table."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from db.records import RecordShelf
from desktop.desk.desk import Desk
from desktop.desk.jobs import Report
from desktop.desk.page_base import Page, Shortcut
from desktop.installed.screen_texts import t
from desktop.pages.units.entry_editor import EntryEditor
from desktop.parts.dialogs import kinds_of
from desktop.parts.outside import open_outside
from desktop.parts.widgets.basics import button, row
from desktop.parts.widgets.frames import Card, PageHead, PageTabs
from desktop.parts.widgets.search_line import SearchLine
from desktop.parts.widgets.table import RowsTable
from desktop.parts.widgets.table_model import Column
from forms.bureau.units import EXPERTS, UNITS, Expert, Unit, unit_key
from forms.bureau.units_book import completed, read_roll, write_roll
from forms.exchange.workbook_reader import read_file
from forms.ground.endings import TABLES
from forms.ground.files import write_atomically
from forms.ground.record_kind import RecordKind
from forms.office.stored import Kept

_TABS = ("units", "experts")
_KINDS: dict[str, RecordKind[Any]] = {"units": UNITS, "experts": EXPERTS}
Entry = Kept[Any]


class UnitsPage(Page):
    """The page "units"."""

    name = "units"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._kept: list[Entry] = []
        self._here: Entry | None = None
        self.tabs = PageTabs([(name, t(f"units.tabs.{name}")) for name in _TABS])
        self.tabs.chosen.connect(self._turn)
        self._new = button(t("units.new"), "primary", icon="plus", keys="Ctrl+N", clicked=self.new)
        buttons = (
            button(t("parties.match"), "quiet", icon="search", clicked=self._match),
            button(t("units.import"), icon="file-spreadsheet", clicked=self.ask_import),
            button(t("units.export"), icon="download", clicked=self.export),
            self._new,
        )
        self.head = PageHead(self.title, tabs=self.tabs, buttons=buttons)
        self.search = SearchLine(t("units.search"))
        self.search.setMinimumWidth(232)
        self.search.setMaximumWidth(420)
        self.search.textChanged.connect(self._show)
        self.tables = {"units": _units_table(), "experts": _experts_table()}
        self.editor = EntryEditor()
        self.editor.saved.connect(self.save)
        self.editor.left.connect(self.keep)
        self.editor.delete_asked.connect(self.delete)
        self.editor.setMinimumWidth(320)
        self.editor.setMaximumWidth(420)
        self.editor.hide()
        card = Card()
        card.body.addLayout(row(self.search, None, margins=(16, 10, 16, 10)))
        for table in self.tables.values():
            table.chosen.connect(self._choose)
            table.empty_words = self._nothing
            card.body.addWidget(table, 1)
        panes = QHBoxLayout()
        panes.setContentsMargins(24, 8, 24, 24)
        panes.setSpacing(16)
        panes.addWidget(card, 1)
        panes.addWidget(self.editor, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.head)
        whole.addLayout(panes, 1)
        self.setAcceptDrops(True)
        self._turn()
        self.install_shortcuts()

    @property
    def table(self) -> RowsTable:
        """The table that is shown."""
        return self.tables[self.tabs.current]

    @property
    def _kind(self) -> RecordKind[Any]:
        return _KINDS[self.tabs.current]

    # --- what the window asks -------------------------------------------------------------------

    def leave(self) -> bool:
        """Keep what is typed; an entry without a name is let go."""
        self._keep_typed()
        return True

    def _keep_typed(self) -> None:
        if self.editor.isVisibleTo(self) and self.editor.is_changed and self.editor.typed().name:
            self.keep(self.editor.typed())

    def refresh(self) -> None:
        """Read the roll again."""
        self._kept = list(self.desk.store.records.of(self._kind).listed())
        due = sum(one.record.reports for one in self._kept) if self._kind is UNITS else 0
        key = "units.counted" if self._kind is UNITS else "units.counted_experts"
        self.head.show_beside(t(key, count=len(self._kept), due=due))
        is_gone = self._here is not None and all(one.id != self._here.id for one in self._kept)
        if is_gone and not self.editor.is_changed:
            self._close()
        self._show()

    def shortcuts(self) -> Sequence[Shortcut]:
        """New, find, save."""
        return (
            Shortcut("Ctrl+N", "units.keys.new", self.new),
            Shortcut("Ctrl+F", "units.keys.find", self.search.setFocus),
            Shortcut("Ctrl+S", "units.keys.save", self.editor.save),
        )

    def panes(self) -> Sequence[QWidget]:
        """Table and entry."""
        return tuple(one for one in (self.table, self.editor, self.head) if one.isVisibleTo(self))

    def escape(self) -> bool:
        """Put the entry away."""
        if not self.editor.isVisible():
            return False
        self._keep_typed()
        self._close()
        return True

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take workbooks."""
        if _workbooks(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Import what is dropped."""
        if files := _workbooks(event):
            event.acceptProposedAction()
            self.import_file(files[0])

    # --- entries ----------------------------------------------------------------------------------

    def _turn(self, _tab: str = "") -> None:
        """Show the units or the experts."""
        self._keep_typed()
        self._close()
        for name, table in self.tables.items():
            table.setVisible(name == self.tabs.current)
        if self.isVisible():
            self.refresh()

    def _close(self) -> None:
        self._here = None
        self.editor.hide()

    def new(self) -> None:
        """Begin a new entry."""
        self._keep_typed()
        self._here = None
        self.table.clearSelection()
        entry = Unit(name="") if self._kind is UNITS else Expert(name="")
        self.editor.show_entry(entry, is_new=True)
        self.editor.fields["name"].setFocus()

    def save(self, entry: Unit | Expert) -> None:
        """Keep an entry as it is typed, and say so."""
        self.keep(entry)
        self.desk.notices.tell("done", t("units.saved", name=entry.name))

    def keep(self, entry: Unit | Expert) -> None:
        """Keep what was typed of an entry; what another has changed of it meanwhile stays."""
        kind: RecordKind[Any] = UNITS if isinstance(entry, Unit) else EXPERTS
        shelf, here, who = self.desk.store.records.of(kind), self._here, self.desk.who
        if here is None:
            self._here = shelf.add(entry, who=who)
        else:
            self._here = shelf.save_typed(here.id, self.editor.entry, entry, who=who)
        self.editor.entry = entry
        self.desk.records_changed.emit()

    def delete(self) -> None:
        """Take the entry in hand out, with a way back."""
        kept, shelf = self._here, self.desk.store.records.of(self._kind)
        if kept is None:
            return
        shelf.bin([kept.id])

        def back() -> None:
            shelf.unbin([kept.id])
            self.desk.records_changed.emit()

        words = t("units.deleted", name=kept.record.name)
        self._close()
        self.desk.notices.tell("done", words, action=(t("units.undo"), back))
        self.desk.records_changed.emit()

    def _choose(self, kept: Entry) -> None:
        if self._here is not None and kept.id == self._here.id:
            return
        self._keep_typed()
        self._here = kept
        self.editor.show_entry(kept.record)

    def _show(self, _text: str = "") -> None:
        words = self.search.text().casefold().split()
        shown = [one for one in self._kept if all(word in _searched(one) for word in words)]
        self.table.show_rows(shown)
        here = self._here.id if self._here is not None else 0
        place = next((at for at, one in enumerate(shown) if one.id == here), None)
        if place is not None:
            self._here = shown[place]
            self.table.choose(place)

    def _nothing(self) -> str:
        return t("units.nothing_found" if self._kept else f"units.none.{self.tabs.current}")

    # --- in and out -------------------------------------------------------------------------------

    def _match(self) -> None:
        """Go to the needs of companies."""
        self.desk.go("match")

    def ask_import(self) -> None:
        """Let the clerk choose a workbook."""
        kinds = kinds_of("units.kinds", TABLES)
        if chosen := self.desk.dialogs.files(self, t("units.choose"), kinds):
            self.import_file(chosen[0])

    def import_file(self, file: Path) -> None:
        """Read a workbook into the roll; what is there already is completed."""
        self.desk.jobs.run(
            partial(_import, self.desk, file), t("units.reading"), finished=self._imported
        )

    def _imported(self, done: tuple[int, int, int]) -> None:
        new, changed, nameless = done
        words = t("units.imported", new=new, changed=changed)
        words += t("units.nameless", count=nameless) if nameless else ""
        self.desk.notices.tell("pending" if nameless else "done", words)
        self.desk.records_changed.emit()

    def export(self) -> None:
        """Write the roll as a workbook."""
        name = self.desk.store.path.parent / f"{t('units.file')}_{self.desk.today}.xlsx"
        file = self.desk.dialogs.save(self, t("units.save_as"), t("units.xlsx"), name)
        if file is None:
            return
        file = file if file.suffix.lower() == ".xlsx" else file.with_name(f"{file.name}.xlsx")
        records = self.desk.store.records
        units = [one.record for one in records.of(UNITS).listed()]
        experts = [one.record for one in records.of(EXPERTS).listed()]
        write_atomically(file, write_roll(units, experts))
        show = (t("units.open"), partial(open_outside, file, self.desk.notices))
        self.desk.notices.tell("done", t("units.exported", name=file.name), action=show)


def _import(desk: Desk, file: Path, report: Report) -> tuple[int, int, int]:
    """Read a workbook into the roll, all of it or nothing; how many are new, changed, nameless."""
    read = read_roll(read_file(file))
    with desk.own_store() as store, store.transaction():
        units = _merged(store.records.of(UNITS), read.units, desk.who, report)
        experts = _merged(store.records.of(EXPERTS), read.experts, desk.who, report)
    return units[0] + experts[0], units[1] + experts[1], len(read.nameless)


def _merged(
    shelf: RecordShelf[Any], entries: Sequence[Any], who: str, report: Report
) -> tuple[int, int]:
    """Put entries into the roll; those whose names are there already are completed."""
    new = changed = 0
    known = {unit_key(one.record.name): one for one in shelf.listed()}
    for place, entry in enumerate(entries):
        report(place, len(entries), entry.name)
        key = unit_key(entry.name)
        old = known.get(key)
        if old is None:
            known[key] = shelf.add(entry, who=who, what="导入")
            new += 1
            continue
        merged = completed(old.record, entry)
        changed += merged != old.record
        known[key] = shelf.save(old.id, merged, who=who, what="导入")
    return new, changed


def _workbooks(event: QDragEnterEvent | QDropEvent) -> list[Path]:
    files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return [file for file in files if file.suffix.lower() in TABLES]


def _searched(one: Entry) -> str:
    kind: RecordKind[Any] = UNITS if isinstance(one.record, Unit) else EXPERTS
    return " ".join(kind.searched(one.record)).casefold()


def _units_table() -> RowsTable:
    return RowsTable(
        (
            Column(
                header=t("units.unit.name"),
                text=lambda one: one.record.name,
                second=lambda one: one.record.kind,
                icon=lambda one: ("school", "text2"),
            ),
            Column(
                header=t("units.unit.region"),
                text=lambda one: one.record.region,
                width=110,
                may_go=True,
            ),
            Column(
                header=t("units.unit.contact"),
                text=lambda one: one.record.contact,
                second=lambda one: one.record.phone or one.record.email,
                width=170,
                may_go=True,
            ),
            Column(
                header=t("units.due"),
                text=lambda one: t("units.yes" if one.record.reports else "units.no"),
                width=72,
            ),
        ),
        t("units.tabs.units"),
    )


def _experts_table() -> RowsTable:
    return RowsTable(
        (
            Column(
                header=t("units.expert.name"),
                text=lambda one: one.record.name,
                second=lambda one: one.record.title,
                icon=lambda one: ("user", "text2"),
                width=180,
            ),
            Column(
                header=t("units.expert.employer"),
                text=lambda one: one.record.employer,
                second=lambda one: one.record.region,
            ),
            Column(
                header=t("units.expert.field"),
                text=lambda one: one.record.field,
                width=180,
                may_go=True,
            ),
            Column(
                header=t("units.expert.phone"),
                text=lambda one: one.record.phone or one.record.email,
                width=170,
                may_go=True,
            ),
        ),
        t("units.tabs.experts"),
    )
