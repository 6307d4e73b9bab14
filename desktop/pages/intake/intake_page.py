"""收件: packages are dropped, looked into beside the window, and stand here until sent on."""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QBoxLayout, QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from desktop.desk.desk import Desk
from desktop.desk.jobs import Job
from desktop.desk.page_base import Page, Shortcut
from desktop.installed.screen_texts import t
from desktop.pages.intake.bulk_bar import BulkBar
from desktop.pages.intake.drop_zone import DropZone
from desktop.pages.intake.intake_actions import IntakeActions
from desktop.pages.intake.intake_jobs import look, packages_with
from desktop.pages.intake.intake_rows import Looked, Row, columns
from desktop.pages.intake.package_pane import WIDTH, PackagePane
from desktop.pages.intake.taking import Taking
from desktop.pages.intake.unit_strip import UnitStrip
from desktop.parts.widgets.basics import button, label, row
from desktop.parts.widgets.frames import FilterBar, PageHead
from desktop.parts.widgets.search_line import SearchLine
from desktop.parts.widgets.table import RowsTable
from forms.bureau.package_care import STANDINGS
from forms.bureau.records import PACKAGE_CASES

_SORTS = ("received", "office", "standing")
_BESIDE_FROM = 1100
_MOST_CASES = 400  # of a package, in the pane


class IntakePage(Page):
    """The page "intake"."""

    name = "intake"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.looked: Looked | None = None
        self._looking: Job | None = None
        self._in_hand, self._shows_silent = 0, False
        self.taking = Taking(desk)
        self.taking.changed.connect(self.changed)
        self.taking.last.connect(partial(setattr, self, "_in_hand"))
        self.doing = IntakeActions(desk, self, self.changed)
        self.strip = UnitStrip()
        self._units = label("", "hint")
        self._silent = button("", "link", clicked=self.show_silent)
        self._to_roll = button(t("intake.no_units"), "link", clicked=partial(desk.go, "units"))
        self._zone = DropZone()
        self._zone.asked.connect(self.taking.ask_files)
        self._zone.folder_asked.connect(self.taking.ask_folder)
        filters = [("all", t("intake.all"))]
        filters += [(name, t(f"intake.filters.{name}")) for name in STANDINGS]
        self.filters = FilterBar(filters)
        self.filters.chosen.connect(self._show_rows)
        self.search = SearchLine(t("intake.search"))
        self.search.setFixedWidth(216)
        self.search.textChanged.connect(self._show_rows)
        self.order = QComboBox()
        self.order.setFixedWidth(132)
        self.order.setAccessibleName(t("intake.order"))
        for name in _SORTS:
            self.order.addItem(t(f"intake.sort.{name}"), name)
        self.order.activated.connect(self._show_rows)
        self.table = RowsTable(columns(desk.today), t("intake.packages"), ticks=True)
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(self._open_pane)
        self.table.rows_model.ticked.connect(self._show_bulk)
        self.search.leads_to(self.table)
        self.pane = self._made_pane()
        self.bulk = BulkBar()
        self.bulk.none_asked.connect(self.tick_none)
        self.bulk.receipt_asked.connect(self.acknowledge)
        self.bulk.send_asked.connect(self.send_ticked)
        self._lay_out()
        self.setAcceptDrops(True)
        desk.opened.connect(self.mark_stale)
        self.install_shortcuts()

    # --- layout ---------------------------------------------------------------------------------

    def _made_pane(self) -> PackagePane:
        pane, doing = PackagePane(), self.doing
        pane.closed.connect(self.close_pane)
        pane.resend_asked.connect(self._with_row(doing.ask_again))
        pane.accept_asked.connect(self._with_row(doing.accept))
        pane.folder_asked.connect(self._with_row(doing.open_original))
        pane.office_asked.connect(self._with_row(doing.name_office))
        pane.case_asked.connect(self._complete)
        pane.counts_asked.connect(doing.let_count)
        pane.agree_asked.connect(doing.ask_to_agree)
        pane.send_asked.connect(self._with_row(lambda row: doing.send([row])))
        pane.take_back_asked.connect(self._with_row(lambda row: doing.take_back([row.kept.id])))
        return pane

    def _with_row(self, do: Callable[[Row], object]) -> Callable[[], None]:
        """What does something with the package in hand."""

        def work() -> None:
            if (one := self.current) is not None:
                do(one)

        return work

    def _lay_out(self) -> None:
        buttons = (
            button(t("intake.do.folder"), icon="folder", clicked=self.taking.ask_folder),
            button(
                t("intake.do.add"),
                icon="folder-input",
                keys="Ctrl+O",
                clicked=self.taking.ask_files,
            ),
        )
        self.head = PageHead(
            self.title,
            tabs=_holding(row(self.strip, self._units, self._silent, self._to_roll, space=10)),
            buttons=buttons,
        )
        zone = QHBoxLayout()
        zone.setContentsMargins(24, 0, 24, 12)
        zone.addWidget(self._zone)
        beside = row(self.search, self.order)
        self._tools = tools = row(self.filters, None, margins=(24, 0, 24, 12))
        tools.insertLayout(0, beside)
        listed = QVBoxLayout()
        listed.setContentsMargins(0, 0, 0, 0)
        listed.setSpacing(0)
        listed.addWidget(self.table, 1)
        listed.addWidget(self.bulk)
        panes = QHBoxLayout()
        panes.setContentsMargins(0, 0, 0, 0)
        panes.setSpacing(0)
        panes.addLayout(listed, 1)
        panes.addWidget(self.pane)
        self._list = QWidget()
        below = QVBoxLayout(self._list)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(0)
        below.addLayout(tools)
        below.addLayout(panes, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.head)
        whole.addWidget(self.taking)
        whole.addLayout(zone)
        whole.addWidget(self._list, 1)
        self._zone.show_alone(True)
        self._list.hide()
        self.pane.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow the filters go below the search, and the pane is shown when asked."""
        super().resizeEvent(event)
        is_wide = self._is_wide
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._tools.setDirection(across if is_wide else down)
        self.pane.setFixedWidth(WIDTH if is_wide else 340)
        if not is_wide and event.oldSize().width() != event.size().width():
            self.pane.hide()

    @property
    def _is_wide(self) -> bool:
        return self.width() >= _BESIDE_FROM

    # --- what the window asks -------------------------------------------------------------------

    def enter(self, **arguments: object) -> None:
        """`files`: what was dropped on the window; `standing`: the filter to show; `package_id`:
        the one to take in hand; `ask` asks for files, `silent` lists the units not heard from."""
        files, stands = arguments.get("files"), arguments.get("standing")
        if arguments.get("ask"):
            QTimer.singleShot(0, self, self.taking.ask_files)
        self._shows_silent = bool(arguments.get("silent"))
        package_id = arguments.get("package_id")
        if self._shows_silent:
            self.mark_stale()
        if isinstance(package_id, int):
            self._in_hand = package_id
            self.mark_stale()
        if stands in STANDINGS or stands == "all":
            self.search.clear()
            self.filters.choose(str(stands))
        if isinstance(files, Sequence) and files:
            paths = [Path(str(one)) for one in files]
            QTimer.singleShot(0, self, partial(self.taking.take_in, paths))

    def refresh(self) -> None:
        """Look at all packages anew, beside the window; of data that open, once they are open."""
        if not self.desk.is_open:
            return
        if self._looking is not None:
            self._looking.cancel()
        self._looking = self.desk.jobs.run(
            partial(look, self.desk),
            t("intake.looking"),
            finished=self._show,
            failed=self.look_failed,
            quiet=True,
        )

    def shortcuts(self) -> Sequence[Shortcut]:
        """Add, look, send."""
        return (
            Shortcut("Ctrl+O", "intake.keys.add", self.taking.ask_files),
            Shortcut("Ctrl+V", "intake.keys.paste", self.taking.paste),
            Shortcut("Ctrl+Return Ctrl+Enter", "intake.keys.send", self.send_ticked),
            Shortcut("Return", "intake.keys.open"),
            Shortcut("Space", "intake.keys.tick"),
            Shortcut("Ctrl+F", "intake.keys.find", self.search.setFocus),
            Shortcut("Ctrl+A", "intake.keys.all", self.tick_ready),
        )

    def panes(self) -> Sequence[QWidget]:
        """Packages, then the one in hand."""
        shown = (self.table, self.pane, self.head) if self._list.isVisibleTo(self) else ()
        return tuple(one for one in shown if one.isVisibleTo(self)) or (self._zone,)

    def escape(self) -> bool:
        """Put the pane away, then the ticks."""
        if self.pane.isVisible():
            self.close_pane()
            return True
        if self.table.rows_model.ticked_rows():
            self.tick_none()
            return True
        return False

    # --- what comes ------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take whatever lies on the disk; what it is is told then."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()
            self._zone.show_held(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """It went away again."""
        self._zone.show_held(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take in what is dropped."""
        event.acceptProposedAction()
        self._zone.show_held(False)
        self.taking.take_urls(event.mimeData().urls())

    def changed(self) -> None:
        """Something was kept: pages and badges follow."""
        self.desk.records_changed.emit()

    # --- what is shown ----------------------------------------------------------------------------

    def _show(self, looked: Looked) -> None:
        self.looked = looked
        is_empty = not looked.rows
        self._zone.show_alone(is_empty)
        was_empty = self._list.isHidden()
        self._list.setVisible(not is_empty)
        if was_empty:
            self.give_focus(self._zone if is_empty else self.table)
        self._show_units(looked)
        if self._shows_silent:
            self._shows_silent = False
            self.show_silent()
        counts = Counter(one.standing for one in looked.rows)
        self.filters.show_counts(
            {"all": len(looked.rows), **{name: counts[name] for name in STANDINGS}}
        )
        self.filters.show_only(["all", *(name for name in STANDINGS if counts[name])])
        self._show_rows()

    def _show_units(self, looked: Looked) -> None:
        self.head.show_beside(looked.quarter.words)
        self.strip.show_units(looked.units)
        heard = len(looked.units) - len(looked.silent)
        self._units.setText(t("intake.units", due=len(looked.units), heard=heard))
        self._units.setVisible(looked.knows_units)
        self._silent.setText(t("intake.silent.link", count=len(looked.silent)))
        self._silent.setVisible(bool(looked.silent))
        self._to_roll.setVisible(not looked.knows_units)

    @property
    def current(self) -> Row | None:
        """The package in hand."""
        one = self.table.current
        return one if isinstance(one, Row) else None

    def _show_rows(self, _changed: object = None) -> None:
        """Show what filter and search leave, in the order chosen; the one in hand stays."""
        if self.looked is None:
            return
        ticked = {one.kept.id for one in self.table.rows_model.ticked_rows()}
        shown = [row for row in self.looked.rows if self.filters.current in ("all", row.standing)]
        for word in self.search.text().casefold().split():
            parents = packages_with(self.desk, word)
            shown = [row for row in shown if word in row.found or row.kept.id in parents]
        if self.order.currentData() == "office":
            shown.sort(key=lambda row: (row.package.office, -row.kept.id))
        elif self.order.currentData() == "standing":
            shown.sort(key=lambda row: STANDINGS.index(row.standing))
        self.table.show_rows(shown)
        places = [place for place, row in enumerate(shown) if row.kept.id in ticked]
        if places:
            self.table.rows_model.tick(places)
        place = next((at for at, row in enumerate(shown) if row.kept.id == self._in_hand), None)
        if place is not None:
            self.table.choose(place)
        elif self.pane.isVisible():
            self.close_pane()
        self._show_bulk()

    def _choose(self, row: Row) -> None:
        self._in_hand = row.kept.id
        self._fill_pane(row)

    def _fill_pane(self, row: Row) -> None:
        cases = self.desk.store.records.of(PACKAGE_CASES).listed(
            parent=row.kept.id, limit=_MOST_CASES
        )
        self.pane.show_package(row, cases, self.desk.today)
        if self._is_wide:
            self.pane.show()

    def _open_pane(self, row: Row) -> None:
        self._choose(row)
        self.pane.show()
        self.pane.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_pane(self) -> None:
        """Put the pane away."""
        self.pane.hide()
        self._in_hand = 0
        self.table.clearSelection()
        self.table.setFocus()

    # --- many at once -----------------------------------------------------------------------------

    def _show_bulk(self) -> None:
        ticked = self.table.rows_model.ticked_rows()
        self.bulk.show_count(len(ticked), sum(one.package.cases for one in ticked))

    def tick_ready(self) -> None:
        """Tick all packages shown that can go to review."""
        rows = self.table.rows
        self.table.rows_model.tick(
            place for place, one in enumerate(rows) if one.standing in ("ready", "duplicate")
        )

    def tick_none(self) -> None:
        """Take the ticks off."""
        self.table.rows_model.tick(range(len(self.table.rows)), False)

    def send_ticked(self) -> None:
        """Send the ticked packages to review, else the one in hand."""
        rows = self.table.rows_model.ticked_rows() or [self.current]
        if chosen := [one for one in rows if one is not None]:
            self.tick_none()
            self.doing.send(chosen)

    def acknowledge(self) -> None:
        """Make receipts for the ticked packages, and note that."""
        if rows := self.table.rows_model.ticked_rows():
            self.tick_none()
            self.doing.acknowledge(rows)

    def show_silent(self) -> None:
        """List the units not heard from."""
        if self.looked is not None:
            self.doing.show_silent(self.looked)

    def _complete(self, kept: object) -> None:
        if (one := self.current) is not None:
            self.doing.complete(one, kept)  # type: ignore[arg-type]


def _holding(layout: QHBoxLayout) -> QWidget:
    made = QWidget()
    made.setLayout(layout)
    return made
