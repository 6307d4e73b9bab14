"""A sheet at the right over the page: history, the words of a basis, the help of a step."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from db.stored import Version
from desktop.texts import t
from desktop.theme import tokens as tk
from desktop.widgets.basics import button, icon_button, label, line, row
from desktop.widgets.fields import scrolled

_WIDTH = 420
_TOGETHER_S = 600  # saves of one person closer than this are one entry of the history


class SideSheet(QFrame):
    """Title, content that scrolls, and the way to close it (Esc)."""

    closed = Signal()

    def __init__(self, parent: QWidget, title: str) -> None:
        super().__init__(parent)
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
        wide = min(_WIDTH, page.width())
        self.setGeometry(page.width() - wide, tk.BAR, wide, page.height() - tk.BAR)

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


class VersionRow(QWidget):
    """A saved version: when, by whom, what; the way back to it."""

    asked = Signal(int)

    def __init__(self, version: Version, now: datetime, *, is_latest: bool) -> None:
        super().__init__()
        self.version = version.version
        when = version.made_at.astimezone(now.tzinfo)
        is_today = when.date() == now.date()
        day = (
            t("wizard.history.today", time=f"{when:%H:%M}")
            if is_today
            else f"{when:%Y-%m-%d %H:%M}"
        )
        what = version.what or t("wizard.history.typed")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(day, "strong"))
        words.addWidget(label("　".join(part for part in (what, version.who) if part), "hint"))
        holder = row(margins=(0, 4, 0, 4))
        holder.addLayout(words, 1)
        if is_latest:
            holder.addWidget(label(t("wizard.history.now"), "hint"))
        else:
            back = button(t("wizard.history.restore"), clicked=self._ask)
            back.setAccessibleName(t("wizard.history.restore_of", day=day))
            holder.addWidget(back)
        self.setLayout(holder)

    def _ask(self) -> None:
        self.asked.emit(self.version)


def grouped(versions: Sequence[Version]) -> list[Version]:
    """The latest version of each stretch of work, the latest first; the first of all stays."""
    kept: list[Version] = []
    for version in versions:
        last = kept[-1] if kept else None
        is_same = (
            last is not None
            and (version.who, version.what) == (last.who, last.what)
            and (last.made_at - version.made_at).total_seconds() < _TOGETHER_S
        )
        if not is_same or version is versions[-1]:
            kept.append(version)
    return kept


def fill_history(
    sheet: SideSheet, versions: Sequence[Version], now: datetime, asked: Callable[[int], object]
) -> None:
    """List the versions of a case."""
    if not versions:
        sheet.add_text("", t("wizard.history.none"))
        return
    sheet.body.addWidget(label(t("wizard.history.hint"), "hint", wrap=True))
    for place, version in enumerate(grouped(versions)):
        made = VersionRow(version, now, is_latest=place == 0)
        made.asked.connect(asked)
        sheet.body.addWidget(made)
        sheet.add_line()
