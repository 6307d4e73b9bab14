"""What the window asks of a page, and what every page is given for nothing."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, NamedTuple

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence, QShowEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from db.store_problems import PASSING, LockedDatabase
from desktop.desk.desk import Desk
from desktop.installed.screen_texts import t

_RETRY_MS = 500  # after a lock, for which the store has waited already, and other passing trouble


class Shortcut(NamedTuple):
    """Keys ("Ctrl+N", or several "Ctrl+Z"), the key of the text that says what they do, and it.

    One without a slot is listed only: the widget in hand sees to it.
    """

    keys: str
    text: str
    slot: Callable[[], object] | None = None


class Page(QWidget):
    """A page of the window.  Pages are made when first shown and kept.

    A subclass sets `name`, which it bears in the table of pages, builds its widgets in `__init__`,
    fills them in `refresh` and calls `install_shortcuts` at the end of `__init__`.
    """

    name: ClassVar[str]
    again_ms: ClassVar[int] = 1_000
    """When a look beside the window that met a lock is tried again."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._is_stale = True
        self._trouble = ""  # the trouble that the last refresh met, for the clerk
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._refresh_now)
        self._retry = QTimer(self, singleShot=True, interval=_RETRY_MS)
        self._retry.timeout.connect(self._refresh_now)
        for signal in (desk.cases_changed, desk.pack_changed, desk.office_changed):
            signal.connect(self.mark_stale)
        desk.case_saved.connect(self._case_saved)
        desk.papers_changed.connect(self.mark_stale)
        desk.parties_changed.connect(self.mark_stale)
        desk.records_changed.connect(self.mark_stale)
        desk.licences_changed.connect(self._case_saved)

    @property
    def title(self) -> str:
        """The page's title in the window's title bar and for screen readers."""
        return t(f"frame.places.{self.name}")

    @property
    def topic(self) -> str:
        """The heading of the guide's chapter on the page."""
        return t(f"help.of.{self.name}")

    def enter(self, *_: Any, **arguments: Any) -> None:
        """The page is about to be shown; the arguments are those of `desk.go`.

        A subclass names those it takes: `def enter(self, case_id: int = 0) -> None`.
        """

    def leave(self) -> bool:
        """Another page is about to be shown: save.  False keeps this one (say why)."""
        return True

    def refresh(self) -> None:
        """Show the data as they now are.  Called when shown, if something changed since."""

    def give_focus(self, widget: QWidget) -> None:
        """Give the keys to a widget when a job has ended: not if the clerk has gone elsewhere.

        Qt gives them to what nobody sees too, and Del would then bin what nobody sees. Who types
        in a line of the page goes on there, even if another program is in front for a moment:
        what the window has in hand counts, not what the system gives keys to.
        """
        in_hand = self.window().focusWidget()
        is_typing = (
            isinstance(in_hand, QLineEdit | QTextEdit | QPlainTextEdit)
            and in_hand.isVisible()
            and self.isAncestorOf(in_hand)
        )
        if self.isVisible() and not is_typing:
            widget.setFocus()

    def escape(self) -> bool:
        """Close what is on top of the page; False where nothing was."""
        return False

    def shortcuts(self) -> Sequence[Shortcut]:
        """The page's keys, as Ctrl+/ lists them."""
        return ()

    def panes(self) -> Sequence[QWidget]:
        """The panes F6 goes round, in order."""
        return (self,)

    def install_shortcuts(self) -> None:
        """Let the keys of `shortcuts` work wherever the focus is inside the page."""
        for shortcut in self.shortcuts():
            if shortcut.slot is None:
                continue
            action = QAction(t(shortcut.text), self)
            action.setShortcuts([QKeySequence(keys) for keys in shortcut.keys.split(" ")])
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(_without_arguments(shortcut.slot))
            self.addAction(action)

    def mark_stale(self) -> None:
        """Something changed: refresh soon, or when next shown."""
        self._is_stale = True
        if self.isVisible():
            self._soon.start()

    def look_failed(self, error: BaseException) -> None:
        """A look beside the window failed: where another program held the data, nobody is told.

        It is looked again a little later.
        """
        if isinstance(error, LockedDatabase):
            QTimer.singleShot(self.again_ms, self, self.mark_stale)
        else:
            self.desk.jobs.unheard.emit(error)

    def showEvent(self, event: QShowEvent) -> None:
        """Refresh before the first paint, if need be."""
        super().showEvent(event)
        self._refresh_now()

    def changeEvent(self, event: QEvent) -> None:
        """Draw anew in another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update()

    def _case_saved(self, _case_id: int) -> None:
        if not self.isVisible():  # a visible page follows single cases by itself
            self._is_stale = True

    def _refresh_now(self) -> None:
        """Refresh if need be; what could not be read comes later, once the trouble is over.

        Nobody would ask again: others' saves are told of once.  A lock is not even told.
        """
        if not self._is_stale or self.desk.is_closed:
            return
        self._is_stale = False
        try:
            self.refresh()
        except BaseException as error:
            self._is_stale = True
            if not isinstance(error, PASSING):
                raise
            self._retry.start()
            before, self._trouble = self._trouble, str(error)
            if not isinstance(error, LockedDatabase) and self._trouble != before:
                raise
        else:
            self._trouble = ""


def _without_arguments(slot: Callable[[], object]) -> Callable[[bool], None]:
    def call(_checked: bool = False) -> None:
        slot()

    return call
