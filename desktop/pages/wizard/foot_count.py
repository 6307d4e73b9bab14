"""What the foot says of a step: how long its text is, what is still wanting.  Nothing stops."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from desktop.installed.screen_texts import t
from desktop.parts.widgets.basics import icon_label, label, restyle, row
from desktop.parts.widgets.one_line import Elided

_WIDTH, _WIDEST = 96, 320


class FootWanting(QWidget):
    """What is still wanting; it may wait."""

    def __init__(self) -> None:
        super().__init__()
        self._words = Elided("", shrinks=False)
        self._words.setProperty("tone", "pending")
        self.setLayout(row(icon_label("clock", "pending"), self._words, space=6))
        self.hide()

    def say(self, words: str) -> None:
        """Say it, or nothing."""
        self._words.say(words)
        self.setVisible(bool(words))


class FootCount(QWidget):
    """So many characters of so many."""

    def __init__(self) -> None:
        super().__init__()
        self._words, self._bar = label("", "hint"), QProgressBar()
        self._words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._bar.setTextVisible(False)
        self._bar.setMaximumWidth(_WIDTH)  # where there is little room the words are enough
        self._bar.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        layout = row(self._words, self._bar, space=10)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.setMaximumWidth(_WIDEST)
        self.hide()

    def sizeHint(self) -> QSize:
        """Room for the words and the whole bar."""
        hint = super().sizeHint()
        return QSize(hint.width() + (0 if self._bar.isHidden() else _WIDTH), hint.height())

    def show_count(self, count: tuple[int, int] | None) -> None:
        """Show how many there are of how many; None for a step without a text."""
        self.setVisible(count is not None)
        if count is None:
            return
        used, most = count
        is_over = used > most
        words = t(
            f"statement.count.{'over' if is_over else 'within'}", used=f"{used:,}", most=f"{most:,}"
        )
        self._words.setText(words)
        self.setAccessibleName(words)
        for widget in (self._words, self._bar):
            widget.setProperty("tone", "pending" if is_over else "")
            restyle(widget)
        self._bar.setMaximum(most)
        self._bar.setValue(min(used, most))
        self._bar.setVisible(not is_over)
