"""A choice among many that is found by typing any part of its name."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter

from desktop.parts.widgets.one_line import ElidedCombo

_FOR_A_WHILE = (
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SearchCombo(ElidedCombo):
    """While it has the focus one types into it; Enter takes the first that fits, else all stays.

    The line and the list of what fits are made when it is entered: there may be very many combos.
    It leaves the wheel to the page, so that scrolling changes nothing.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(18)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Let one type; what was typed before a dialog came and went stands still."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._begin()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show again what is chosen."""
        super().focusOutEvent(event)
        if event.reason() not in _FOR_A_WHILE:
            self._end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Let one type at once; only the arrow opens the whole list."""
        self._begin()
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes what fits first."""
        line = self.lineEdit()
        if line is not None and event.key() in _ENTER and line.isModified():
            self._take_first()
            return
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave it to the page."""
        event.ignore()

    def _begin(self) -> None:
        if self.isEditable():
            return
        self.setEditable(True)
        found = QCompleter(self.model(), self)
        found.setFilterMode(Qt.MatchFlag.MatchContains)
        found.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        found.setMaxVisibleItems(12)
        self.setCompleter(found)
        found.popup().setMinimumWidth(280)
        line = self.lineEdit()
        assert line is not None
        line.setAccessibleName(self.accessibleName())
        line.selectAll()

    def _end(self) -> None:
        if self.isEditable():
            self.setEditable(False)

    def _take_first(self) -> None:
        found, line = self.completer(), self.lineEdit()
        if found is None or line is None:
            return
        at = found.popup().currentIndex()
        if not at.isValid():
            found.setCompletionPrefix(line.text().strip())
            at = found.completionModel().index(0, 0)
        found.popup().hide()
        place = self.findText(str(at.data())) if at.isValid() else -1
        if place >= 0:
            self.setCurrentIndex(place)
            line.setText(self.itemText(place))
        line.selectAll()
        if place >= 0:
            self.activated.emit(place)
