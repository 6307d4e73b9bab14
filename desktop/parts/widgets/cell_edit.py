"""The line in which a cell of a grid is typed, with the words to choose from beneath."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QStringListModel,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

BETWEEN = "、"


class _Words(QCompleter):
    """Offers words; of several, one chosen is put to those typed, or taken away again."""

    def __init__(self, line: "CellEdit", words: Sequence[str], *, several: bool) -> None:
        super().__init__(line)
        self._line, self._several = line, several
        self.setModel(QStringListModel(list(words), self))
        self.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        """What the line says once a word is chosen."""
        word = str(index.data(Qt.ItemDataRole.DisplayRole))
        if not self._several:
            return word
        typed = [one for one in self._line.typed.split(BETWEEN) if one]
        known = {str(self.model().index(row, 0).data()) for row in range(self.model().rowCount())}
        kept = [one for one in typed if one in known and one != word]
        return BETWEEN.join(kept if word in typed else [*kept, word])


_PAUSE_MS = 800


class CellEdit(QLineEdit):
    """A line over a cell.  Alt+Down opens its list; `paused` where a text is not typed on."""

    paused = Signal()

    def __init__(self, parent: QWidget, words: Sequence[str], *, several: bool) -> None:
        super().__init__(parent)
        self.setProperty("role", "cell")
        self.typed = ""
        """What stood in the line before a word of the list was looked at."""
        self._words = _Words(self, words, several=several) if words else None
        if self._words is not None:  # asked for by keys: typing opens no list
            self._words.setWidget(self)
            self._words.activated.connect(self._take)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.paused)
        self.textEdited.connect(self._remember)

    def begin(self, text: str) -> None:
        """Show a text to begin with, all of it chosen: what is typed takes its place."""
        self.setText(text)
        self.selectAll()
        self.typed = text

    def open_list(self) -> None:
        """Show all words to choose from."""
        if self._words is not None:
            self._words.setCompletionPrefix("")
            self._words.complete()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+Down opens the list."""
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if alt and event.key() == Qt.Key.Key_Down:
            self.open_list()
        else:
            super().keyPressEvent(event)

    def _take(self, text: str) -> None:
        self.setText(text)
        self.typed = text

    def _remember(self, text: str) -> None:
        self.typed = text
        if self._words is None:  # half a word of a list is no answer
            self._pause.start()
