"""专利池: a pool's tabs, its charter and checklists, charts of evidence; pools to choose among."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from desktop.desk.desk import Desk
from desktop.desk.jobs import Job
from desktop.desk.page_base import Page, Shortcut
from desktop.installed.screen_texts import t
from desktop.pages.pool.charter_view import CharterView
from desktop.pages.pool.evidence_view import EvidenceView
from desktop.pages.pool.pool_actions import PoolActions
from desktop.pages.pool.pool_look import PoolLook, look
from desktop.pages.pool.tab_table import TABS, PoolTab
from desktop.parts.widgets.basics import button, icon_button, row
from desktop.parts.widgets.frames import EmptyPage, PageHead, PageTabs
from forms.ground.endings import TABLES

_MOST_NAME = 16  # letters of a pool's name in the head


class PoolPage(Page):
    """The page "pool"."""

    name = "pool"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.look: PoolLook | None = None
        self._pool_id = 0
        self._job: Job | None = None
        self._case_ids: list[int] = []
        self._is_new_here = True  # nothing of it has the focus yet
        self.doing = PoolActions(desk, self, self)
        self.tabs = PageTabs([(one.name, t(f"pool.tabs.{one.name}")) for one in TABS])
        self.tabs.setAccessibleName(t("pool.tabs.name"))
        self.switch = icon_button("chevron-down", t("pool.switch"), clicked=self.show_pools)
        self.shown: dict[str, PoolTab] = {}
        for made in TABS:
            if not made.leads_to:
                one = made.load()(self.doing)
                one.tab_asked.connect(self.show_tab_of)
                self.shown[made.name] = one
        self.papers = button(t("pool.papers.name"), icon="file-text")
        self.papers.clicked.connect(self.show_papers)
        tools = [tool for one in self.shown.values() for tool in one.tools]
        self.head = PageHead(self.title, buttons=[self.papers, *tools])
        self._strip = QWidget()
        self._strip.setLayout(row(None, margins=(24, 0, 24, 8)))
        self.head.put_beside(self.tabs)
        self.head.put_beside(self.switch)
        self._is_in_head = True
        self.charter, self.evidence = CharterView(self.doing), EvidenceView(self.doing)
        for view in (self.charter, self.evidence):
            view.left.connect(self._come_back)
        self._tab_stack = QStackedWidget()
        for one in self.shown.values():
            self._tab_stack.addWidget(one)
        self._tabbed = QWidget()
        inside = QVBoxLayout(self._tabbed)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self.head)
        inside.addWidget(self._strip)
        inside.addWidget(self._tab_stack, 1)
        self._stack = QStackedWidget()
        self.empty = self._made_empty()
        for page in (self.empty, self._tabbed, self.charter, self.evidence):
            self._stack.addWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)
        self.tabs.chosen.connect(self._tab_chosen)
        self._turn_to("overview")
        self.setAcceptDrops(True)
        self.install_shortcuts()

    def _made_empty(self) -> EmptyPage:
        new = button(t("pool.empty.run"), "primary", icon="plus")
        new.clicked.connect(partial(self.new_pool, "run"))
        joined = button(t("pool.empty.joined"))
        joined.clicked.connect(partial(self.new_pool, "joined"))
        return EmptyPage("layers", t("pool.empty.title"), t("pool.empty.words"), new, joined)

    # --- what the window asks ---------------------------------------------------------------

    def enter(self, **arguments: object) -> None:
        """Show a pool (`pool_id`), a `tab`; or begin an application with cases (`case_ids`)."""
        pool_id, tab, ids = (arguments.get(name) for name in ("pool_id", "tab", "case_ids"))
        if isinstance(pool_id, int) and pool_id != self._pool_id:
            self._pool_id = pool_id
            self.mark_stale()
        if tab in self.shown:
            self._turn_to(str(tab))
        elif not self.shown.get(self.tabs.current):  # back from a page that a tab leads to
            self._turn_to("overview")
        if isinstance(ids, list | tuple):
            self._case_ids = [one for one in ids if isinstance(one, int)]
            self.mark_stale()

    def leave(self) -> bool:
        """Save what is in hand."""
        return all([self.charter.keep(), self.evidence.keep()])

    def refresh(self) -> None:
        """Read the pool anew, in a job."""
        if self._job is not None:
            self._job.cancel()
        self._job = self.desk.jobs.run(
            partial(look, self.desk, self._pool_id),
            t("pool.reading"),
            finished=self._take,
            failed=self.look_failed,
            quiet=True,
        )

    def shortcuts(self) -> Sequence[Shortcut]:
        """New, find, in, out, tabs."""
        return (
            Shortcut("Ctrl+N", "pool.keys.new", self.new),
            Shortcut("Ctrl+F", "pool.keys.find", self.search),
            Shortcut("Ctrl+I", "pool.keys.import", self.doing.import_),
            Shortcut("Ctrl+E", "pool.keys.export", self.doing.export),
            Shortcut("Return", "pool.keys.open"),
            Shortcut("Ctrl+Tab", "pool.keys.tab", self.next_tab),
        )

    def panes(self) -> Sequence[QWidget]:
        """What the tab has first."""
        shown = self._stack.currentWidget()
        if shown is self._tabbed:
            return (self.shown[self.tabs.current].first_focus(), self.head)
        return (shown,)

    def escape(self) -> bool:
        """Back to the tabs."""
        if self._stack.currentWidget() in (self.charter, self.evidence):
            self.leave()
            self._come_back()
            return True
        return False

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take workbooks and packages of members."""
        if self.look is not None and self.look.view is not None and _dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Look at what was dropped."""
        if files := _dropped(event):
            event.acceptProposedAction()
            self.doing.take_files(files)

    # --- what is shown ----------------------------------------------------------------------

    def _take(self, found: PoolLook) -> None:
        self.look = found
        if found.view is None:
            self._stack.setCurrentWidget(self.empty)
            return
        self._pool_id = found.view.pool.id
        pool = found.view.pool.record
        long = len(pool.name) > _MOST_NAME
        self.head.show_title(f"{pool.name[:_MOST_NAME]}…" if long else pool.name)
        self.head.show_beside(t("pool.joined_word") if pool.run == "joined" else "")
        counts = {one.name: one.count(found) for one in TABS}
        self.tabs.show_counts({name: one for name, one in counts.items() if one is not None})
        for one in self.shown.values():
            one.show_look(found)
        shown = self._stack.currentWidget()
        if shown is self.charter:
            self.charter.show_look(found)
        elif shown is self.empty:
            self._stack.setCurrentWidget(self._tabbed)
        self._place_tabs()
        if self._is_new_here and shown is not self.charter:
            self.give_focus(self.panes()[0])
        self._is_new_here = False
        if self._case_ids:
            ids, self._case_ids = self._case_ids, []
            QTimer.singleShot(0, self, partial(self.doing.apply_with, ids))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the tabs have a line of their own where the head has no room for them."""
        super().resizeEvent(event)
        self._place_tabs()

    def _place_tabs(self) -> None:
        taken = self.head.sizeHint().width()
        wanted = taken if self._is_in_head else taken + self.tabs.sizeHint().width() + 24
        is_in_head = wanted <= self.width()
        if is_in_head != self._is_in_head:
            self._is_in_head = is_in_head
            if is_in_head:
                self.head.put_beside(self.tabs)
                self.head.put_beside(self.switch)
            else:
                strip = self._strip.layout()
                assert isinstance(strip, QHBoxLayout)
                strip.insertWidget(0, self.tabs)
        self._strip.setVisible(not is_in_head)

    def show_pool(self, pool_id: int) -> None:
        """Show another pool."""
        self._pool_id = pool_id
        self._turn_to("overview")
        self.mark_stale()

    def show_pools(self) -> None:
        """Offer the pools there are, and new ones."""
        menu = QMenu(self)
        for one in self.look.pools if self.look is not None else ():
            action = menu.addAction(one.record.name)
            action.setCheckable(True)
            action.setChecked(one.id == self._pool_id)
            action.triggered.connect(partial(self._show_chosen, one.id))
        menu.addSeparator()
        menu.addAction(t("pool.empty.run")).triggered.connect(partial(self.new_pool, "run"))
        menu.addAction(t("pool.empty.joined")).triggered.connect(partial(self.new_pool, "joined"))
        menu.popup(self.switch.mapToGlobal(QPoint(0, self.switch.height())))

    def show_papers(self) -> None:
        """Offer the papers that can be made."""
        if self.look is not None and self.look.view is not None:
            menu = self.doing.papers.menu(self)
            menu.popup(self.papers.mapToGlobal(QPoint(0, self.papers.height())))

    def _show_chosen(self, pool_id: int, _checked: bool = False) -> None:
        self.show_pool(pool_id)

    def new_pool(self, run: str, _checked: bool = False) -> None:
        """Ask for a new pool."""
        self.doing.new_pool("joined" if run == "joined" else "run")

    # --- tabs -------------------------------------------------------------------------------

    def _tab_chosen(self, name: str) -> None:
        chosen = next(one for one in TABS if one.name == name)
        if chosen.leads_to:
            self.desk.go(chosen.leads_to, pool_id=self._pool_id)
        else:
            self._turn_to(name)

    def _turn_to(self, name: str) -> None:
        if self.tabs.current != name:
            self.tabs.choose(name)  # comes here again
            return
        self._tab_stack.setCurrentWidget(self.shown[name])
        for other, one in self.shown.items():
            for tool in one.tools:
                tool.setVisible(other == name)
        self._place_tabs()

    def show_tab_of(self, name: str, wanted: object) -> None:
        """Turn to a tab, narrowed to what was asked for."""
        self._turn_to(name)
        self.shown[name].narrow(wanted)
        self.shown[name].first_focus().setFocus()

    def next_tab(self) -> None:
        """Turn to the tab after this."""
        names = list(self.shown)
        self._turn_to(names[(names.index(self.tabs.current) + 1) % len(names)])

    def show_charter(self) -> None:
        """Turn to the charter and the checklists."""
        if self.look is not None and self.look.view is not None:
            self.charter.show_look(self.look)
            self._stack.setCurrentWidget(self.charter)

    def show_evidence(self, number: str) -> None:
        """Turn to the charts of a patent."""
        if self.look is not None and self.look.view is not None:
            self.evidence.show_patent(self.look, number)
            self._stack.setCurrentWidget(self.evidence)

    def _come_back(self) -> None:
        self._stack.setCurrentWidget(self._tabbed)
        self.mark_stale()

    def new(self) -> None:
        """Whatever is new on the tab that is shown."""
        does = {
            "patents": self.doing.new_patents,
            "members": self.doing.new_member,
            "licences": self.doing.new_licence,
        }
        if self.look is None or self.look.view is None:
            self.new_pool("run")
        else:
            does.get(self.tabs.current, self.doing.new_application)()

    def search(self) -> None:
        """Search the list; from the overview that of the patents."""
        if self.tabs.current == "overview":
            self._turn_to("patents")
        line: QWidget = getattr(self.shown[self.tabs.current], "search", self)
        line.setFocus()


def _dropped(event: QDragEnterEvent | QDropEvent) -> list[Path]:
    files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    ends = (*TABLES, ".zip", ".eml", ".msg")
    return [file for file in files if file.is_dir() or file.suffix.lower() in ends]
