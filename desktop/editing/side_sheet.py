"""A sheet at the right over the page: history, the words of a basis, the help of a step."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.installed.screen_texts import t
from desktop.parts.theme import tokens as tk
from desktop.parts.widgets.basics import icon_button, label, line, row
from desktop.parts.widgets.labelled import scrolled

SHEET_WIDTH = 432
"""That of the slimmest preview: it lies over it, and no strip of that looks out beside it."""


class SideSheet(QFrame):
    """Title, content that scrolls, and the way to close it (Esc); under the head of its page."""

    closed = Signal()

    def __init__(self, parent: QWidget, title: str, *, under: int = tk.BAR) -> None:
        super().__init__(parent)
        self._under = under
        self.setProperty("role", "side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(title)
        self._page, self._opener = parent, parent
        close = icon_button("x", t("wizard.sheet.close"), keys="Esc", clicked=self.close_sheet)
        head = QWidget()
        head.setFixedHeight(tk.BAR)
        head.setLayout(row(label(title, "pane"), None, close, margins=(24, 0, 12, 0)))
        inside = QWidget()
        self.body = QVBoxLayout(inside)
        self.body.setContentsMargins(24, 16, 24, 24)
        self.body.setSpacing(12)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(head)
        whole.addWidget(line())
        whole.addWidget(scrolled(inside), 1)
        self._close = close

    def open_sheet(self, opener: QWidget | None) -> None:
        """Show it; the focus comes here and goes back when it closes."""
        self._opener = opener or self._page
        self.body.addStretch()
        self.fit()
        self.show()
        self.raise_()
        self._close.setFocus()

    def fit(self) -> None:
        """Take the right of the page."""
        page = self._page
        wide = min(SHEET_WIDTH, page.width())
        self.setGeometry(page.width() - wide, self._under, wide, page.height() - self._under)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_sheet()
            return
        super().keyPressEvent(event)

    @Slot()
    def close_sheet(self) -> None:
        """Close it."""
        self.hide()
        self.closed.emit()
        self._opener.setFocus()
        self.deleteLater()

    def add_text(self, heading: str, text: str) -> None:
        """Words under a heading."""
        if heading:
            self.body.addWidget(label(heading, "strong", wrap=True))
        words = label(text, wrap=True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.body.addWidget(words)

    def add_heading(self, text: str) -> None:
        """A heading by itself."""
        self.body.addWidget(label(text, "hint", wrap=True))

    def add_line(self) -> None:
        """A hairline."""
        self.body.addWidget(line())
