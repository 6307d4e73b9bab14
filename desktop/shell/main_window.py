"""The window: the rail, the pages, the strip of messages, the keys that work everywhere.

Which pages there are the table of pages says; the window knows nothing of what is on them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QCoreApplication, QEvent, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeySequence,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.desk.desk import Desk
from desktop.desk.others import Others
from desktop.desk.page_base import Page, Shortcut
from desktop.installed.screen_texts import t
from desktop.parts.notice_strip import NoticeStrip
from desktop.shell.page_table import FOLDER, PAGES, PageRow, rail_of
from desktop.shell.rail import Rail

if TYPE_CHECKING:
    from desktop.desk.jobs import Job

LEAST_SIZE = QSize(900, 500)
USUAL_SIZE = QSize(1440, 900)
FRAME = QSize(16, 40)  # what a system draws around a window: a 900 high screen holds all of it
BADGES_AFTER_MS = 300  # after the last of what is told in a row


class MainWindow(QMainWindow):
    """The program's one window."""

    painted = Signal()  # for the first time, with all that stands in it

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._places = PAGES
        self._pages: dict[str, Page] = {}
        self._current = self._before_help = ""
        self._focus_before_help: QWidget | None = None
        self._is_let_go = self._is_painted = False
        self._rail = Rail(rail_of(desk.workplace), desk.workplace)
        self._show_works()
        self._stack = QStackedWidget()
        self._over = QWidget()
        self._strip = NoticeStrip(self._over)
        self._lay_out()
        self.setAcceptDrops(True)
        self.setMinimumSize(LEAST_SIZE)
        self._restore_size()
        self._badges_soon = QTimer(self, singleShot=True, interval=BADGES_AFTER_MS)
        self._badges_soon.timeout.connect(self._show_badges)
        self._connect()
        self.others = Others(desk, self)
        self._keys = self._window_shortcuts()
        for shortcut in self._keys:
            self._install(shortcut)

    @property
    def page(self) -> Page | None:
        """The page that is shown."""
        return self._pages.get(self._current)

    @property
    def notices(self) -> NoticeStrip:
        """The strip of messages."""
        return self._strip

    @Slot(str, object)
    def show_place(self, name: str, arguments: Mapping[str, object] | None = None) -> None:
        """Show a page; it is made if need be.  The page in hand may refuse to be left."""
        here, focus = self.page, QApplication.focusWidget()
        if here is not None and self._current != name and not here.leave():
            self._rail.show_current(self._places[self._current].place)
            return
        page = self._pages.get(name)
        if page is None:
            page = self._places[name].load()(self.desk)
            page.setAccessibleName(page.title)
            self._pages[name] = page
            self._stack.addWidget(page)
        if name == "help" and here is not page:
            self._before_help, self._focus_before_help = self._current, focus
        before, self._current = self._current, name
        try:
            page.enter(**(arguments or {}))
        except BaseException:  # a lock of another program's: what was shown still is
            self._current = before
            if before:
                self._rail.show_current(self._places[before].place)
            raise
        self._bring(name, page)
        if here is not page:
            self._strip.leave_page()
            _focus_into((*page.panes(), page)[0])

    def _bring(self, name: str, page: Page) -> None:
        """Show a page that is made and entered."""
        self._current = name
        self._stack.setCurrentWidget(page)
        self._rail.show_current(self._places[name].place)
        self.setWindowTitle(t("frame.window_title", page=page.title))

    def raise_up(self) -> None:
        """Come to the front, since the program was started again."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def let_go(self) -> bool:
        """Save what is in hand, since the window or its data are about to be closed.

        False where the page in hand refuses.  Else nothing is begun later that would open the
        data anew: on Windows they could not be replaced then, as a backup's return does.
        """
        self._is_let_go = self.page is None or self.page.leave()
        if self._is_let_go:
            self.look_no_more()
        return self._is_let_go

    def look_no_more(self) -> None:
        """Begin nothing later: the data are about to be closed, whether it was let go or not."""
        timers: list[QTimer] = list(self.findChildren(QTimer))
        for timer in timers:
            timer.stop()

    # --- what Qt tells the window -----------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the rail to the height."""
        super().resizeEvent(event)
        self._rail.fit(event.size().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Have the first paint told of once all that waits is heard: other paints, keys."""
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            later = Qt.EventPriority.LowEventPriority.value
            QCoreApplication.postEvent(self, QEvent(QEvent.Type.User), later)

    def event(self, event: QEvent) -> bool:
        """Tell of the first paint."""
        if event.type() == QEvent.Type.User:
            self.painted.emit()
            return True
        return super().event(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save what is in hand, remember the size, close."""
        if not self._is_let_go and not self.let_go():
            event.ignore()
            return
        from forms.ground.files import CannotWrite

        with suppress(CannotWrite, OSError):
            geometry = bytes(self.saveGeometry().toBase64().data()).decode()
            self.desk.settings.set("window", geometry)
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take workbooks, scans and packs, wherever they are dropped."""
        if self._takes(event)[1]:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the page that a dropped file is for."""
        page, files = self._takes(event)
        if files:
            event.acceptProposedAction()
            self.show_place(page.name, {**page.dropped_with, "files": files})

    def _takes(self, event: QDragEnterEvent | QDropEvent) -> tuple[PageRow, list[Path]]:
        """The page of this workplace that dropped files are for, and those it takes."""
        here = [one for one in self._places.values() if self.desk.workplace in one.workplaces]
        urls = event.mimeData().urls()
        files = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
        page = max(here, key=lambda one: max(map(partial(_ending, one), files), default=0))
        return page, [file for file in files if _ending(page, file)]

    # --- inside ---------------------------------------------------------------------------

    def _lay_out(self) -> None:
        right = QVBoxLayout(self._over)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self._stack)
        whole = QHBoxLayout()
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._rail)
        whole.addWidget(self._over, 1)
        centre = QWidget()
        centre.setLayout(whole)
        self.setCentralWidget(centre)

    def _connect(self) -> None:
        desk = self.desk
        self._rail.chosen.connect(self.show_place)
        self._rail.workplace_asked.connect(desk.workplace_asked)
        desk.place_asked.connect(self.show_place)
        desk.keys_asked.connect(self.show_keys)
        desk.jobs.slow.connect(self._follow)
        changes = (desk.cases_changed, desk.papers_changed, desk.pack_changed)
        for signal in (*changes, desk.records_changed):
            signal.connect(self._badges_soon.start)
        desk.overdue_counted.connect(self._badges_soon.start)
        for signal in (desk.settings.changed, desk.cases_changed):
            signal.connect(self._show_works)
        if desk.is_open:
            self._badges_soon.start()
        else:
            desk.opened.connect(self._badges_soon.start)
            desk.opened.connect(self._show_works)

    @Slot(object)
    def _follow(self, job: Job) -> None:
        from desktop.shell.progress import follow

        follow(self, job)

    @Slot()
    def _show_works(self) -> None:
        """Show those places only whose work the office does (用到的工作)."""
        if self.desk.is_closed:  # the settings go on, with other data
            return
        from db.store_problems import LockedDatabase

        with suppress(LockedDatabase):  # the rail stays as it is; asked again with the next change
            for name, one in self._rail.buttons.items():
                work = self._places[name].work
                one.setVisible(not work or self.desk.settings.flag(work))

    @Slot()
    def _show_badges(self) -> None:
        """Show what waits; while another program holds the data the numbers stay, and are asked
        for again: nobody asked for them, so nobody is told."""
        if self.desk.is_closed:
            return
        from desktop.desk.unasked import unasked

        with unasked(self, self._show_badges):
            for name, one in self._rail.buttons.items():
                waiting = self._places[name].waiting
                one.show_badge(waiting(self.desk) if waiting else 0)

    def _restore_size(self) -> None:
        self.resize(USUAL_SIZE)
        screen = self.screen().availableGeometry().size()
        self.resize(self.size().boundedTo(screen - FRAME).expandedTo(LEAST_SIZE))
        geometry = self.desk.settings.text("window")
        if geometry:
            self.restoreGeometry(QByteArray.fromBase64(QByteArray(geometry.encode())))

    def _window_shortcuts(self) -> Sequence[Shortcut]:
        go = [
            Shortcut(place.keys, place.title, _going(self, place.name))
            for place in rail_of(self.desk.workplace)
            if place.name != "help"
        ]
        return (
            *go,
            Shortcut("F6", "frame.keys.next_pane", self._next_pane),
            Shortcut("Esc", "frame.keys.escape", self._escape),
            Shortcut("F1", "frame.places.help", self._help),
            Shortcut("Ctrl+/", "frame.keys.list", self.show_keys),
            Shortcut("Ctrl+Q", "frame.keys.quit", self.close),
        )

    def _install(self, shortcut: Shortcut) -> None:
        action = QAction(t(shortcut.text), self)
        action.setShortcut(QKeySequence(shortcut.keys))
        slot = shortcut.slot
        assert slot is not None
        action.triggered.connect(slot)
        self.addAction(action)

    def show_keys(self) -> None:
        """Show the list of keys."""
        from desktop.shell.shortcut_sheet import ShortcutSheet

        page = self.page
        groups = [(t("frame.keys.everywhere"), self._keys)]
        if page is not None:
            groups.insert(0, (page.title, page.shortcuts()))
        ShortcutSheet(groups, self).open()

    def _next_pane(self) -> None:
        page = self.page
        panes = [self._rail, *(page.panes() if page else ())]
        panes = [pane for pane in panes if pane.isVisible()]
        here = next((i for i, pane in enumerate(panes) if _has_focus(pane)), -1)
        _focus_into(panes[(here + 1) % len(panes)])

    def _help(self) -> None:
        """Show the guide, at the chapter on the page in hand."""
        page = self.page
        if page is not None and page.name == "help":
            return
        topic = page.topic if page is not None else ""
        self.show_place("help", {"topic": topic} if topic else None)

    def _escape(self) -> None:
        if self.page is not None and self.page.escape():
            return
        if self._current == "help" and self._before_help:
            self._leave_help()
        else:
            self._strip.close_notice()

    def _leave_help(self) -> None:
        """Back to where help was asked for, and the focus to where it was."""
        name, self._before_help = self._before_help, ""
        page, focus = self._pages[name], self._focus_before_help
        self._bring(name, page)
        _focus_into((*page.panes(), page)[0])
        with suppress(RuntimeError):  # it is gone since
            if focus is not None and page.isAncestorOf(focus):
                focus.setFocus(Qt.FocusReason.OtherFocusReason)


def _going(window: MainWindow, name: str) -> Callable[[], None]:
    def go() -> None:
        window.show_place(name)

    return go


def _has_focus(pane: QWidget) -> bool:
    focus: QWidget | None = QApplication.focusWidget()
    return focus is not None and (pane is focus or pane.isAncestorOf(focus))


def _focus_into(pane: QWidget) -> None:
    """Give the focus to the pane, or to the first widget in it that takes it."""
    if pane.focusPolicy() & Qt.FocusPolicy.TabFocus:
        pane.setFocus(Qt.FocusReason.TabFocusReason)
        return
    widget = pane.nextInFocusChain()
    while widget is not None and widget is not pane:
        takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if takes and pane.isAncestorOf(widget) and widget.isVisible() and widget.isEnabled():
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            return
        widget = widget.nextInFocusChain()


def _ending(page: PageRow, file: Path) -> int:
    """How long the ending is by which a page takes a file, 0 where it does not."""
    name = FOLDER if file.is_dir() else file.name.lower()
    return max((len(one) for one in page.drops if name.endswith(one)), default=0)
