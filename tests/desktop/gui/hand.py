"""A clerk's hand: presses real buttons and keys of real widgets, and counts what it pressed."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QMenu,
    QRadioButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.desktop.gui.seat import PATIENCE_MS, type_chinese

LEFT = Qt.MouseButton.LeftButton
NO_KEYS = Qt.KeyboardModifier.NoModifier
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


class Hand:
    """Every press counts one, a character typed too; what can not be seen can not be pressed.

    After each the window may work, as it does between two presses of a real hand.
    """

    def __init__(self, qtbot: QtBot) -> None:
        self.presses = 0
        self._qtbot = qtbot

    def waits(self, holds: Callable[[], object], timeout_ms: int = PATIENCE_MS) -> None:
        """Wait as a clerk does, until the window shows something."""
        self._qtbot.waitUntil(lambda: bool(holds()), timeout=timeout_ms)

    # --- mouse ----------------------------------------------------------------------------

    def clicks(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Click a widget that is there and takes it."""
        self.waits(lambda: widget.isVisible() and widget.isEnabled())
        self._wakes()
        self.presses += 1
        QTest.mouseClick(widget, LEFT, NO_KEYS, at if at is not None else widget.rect().center())
        QApplication.processEvents()

    def presses_button(self, words: str, *, within: QWidget | None = None) -> None:
        """Press the one button that says so, once it is there."""
        found: list[QAbstractButton] = []

        def is_there() -> bool:
            found[:] = [one for one in buttons(words, within) if one.isEnabled()]
            return bool(found)

        self.waits(is_there)
        assert len(found) == 1, f"{len(found)} buttons say {words}"
        self.clicks(found[0])

    def clicks_row(self, view: QAbstractItemView, place: int, column: int = 1) -> None:
        """Click a row of a table."""
        index = view.model().index(place, column)
        view.scrollTo(index)
        self.clicks(view.viewport(), view.visualRect(index).center())

    def picks(self, words: str) -> None:
        """Pick the entry of the open menu that begins so."""
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        action = next(one for one in menu.actions() if one.text().startswith(words))
        self.presses += 1
        QTest.mouseClick(menu, LEFT, NO_KEYS, menu.actionGeometry(action).center())

    # --- keys -----------------------------------------------------------------------------

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NO_KEYS) -> None:
        """Press a key where the focus is."""
        self._wakes()
        self.waits(QApplication.focusWidget)
        self.presses += 1
        QTest.keyClick(focused(), key, modifiers)
        QApplication.processEvents()

    def types(self, text: str) -> None:
        """Type a text: ASCII by keys, anything else as an input method commits it."""
        self._wakes()
        self.waits(QApplication.focusWidget)
        self.presses += len(text)
        if text.isascii():
            QTest.keyClicks(focused(), text)
        else:
            type_chinese(text)
        QApplication.processEvents()

    def _wakes(self) -> None:
        """Have a window active: offscreen nobody gives it back after a popup or a dialog."""
        if QApplication.activeWindow() is None and QApplication.activePopupWidget() is None:
            tops = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
            top = QApplication.activeModalWidget() or tops[0]
            top.activateWindow()
            self.waits(top.isActiveWindow)

    def types_over(self, text: str) -> None:
        """Select all that stands in the field and type."""
        self.key(Qt.Key.Key_A, CTRL)
        self.types(text)


def focused() -> QWidget:
    """The widget that has the focus."""
    widget: QWidget | None = QApplication.focusWidget()
    assert widget is not None
    return widget


def buttons(words: str, within: QWidget | None = None) -> list[QAbstractButton]:
    """The buttons in sight that say so; an icon's words are its name."""
    tops = [within] if within is not None else QApplication.topLevelWidgets()
    return [
        one
        for top in tops
        if top.isVisible()
        for one in top.findChildren(QAbstractButton)
        if one.isVisible() and not isinstance(one, QRadioButton)
        if words in (one.text(), one.accessibleName())
    ]
