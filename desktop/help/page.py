"""The user's guide inside the program: the tasks at the left, the words at the right."""

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import (
    QResizeEvent,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QTextBrowser, QVBoxLayout, QWidget

from desktop.desk import Desk
from desktop.help.guide import guide_file, tasks
from desktop.page import Page, Shortcut
from desktop.texts import t
from desktop.theme import tokens as tk
from desktop.theme.type import serif
from desktop.widgets.basics import button, column, frame
from desktop.widgets.frames import PageHead

_LINE_PERCENT = 115
_GAP = 10
_LIST, _EDGE = 232, 48
_WIDEST = 720


class HelpPage(Page):
    """The page "help"."""

    name = "help"
    title_key = "frame.places.help"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.tasks = QListWidget()
        self.tasks.setAccessibleName(t("help.tasks"))
        self.tasks.setProperty("role", "contents")
        self.tasks.currentRowChanged.connect(self._show_task)
        self.words = QTextBrowser()
        self.words.setAccessibleName(t("help.title"))
        self.words.setOpenLinks(False)
        self.words.setLineWrapMode(QTextBrowser.LineWrapMode.FixedPixelWidth)
        self.words.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        keys = button(t("frame.keys.list"), icon="keyboard", keys="Ctrl+/", clicked=self._keys)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(PageHead(t("help.title"), buttons=[keys]))
        whole.addLayout(self._panes(), 1)
        desk.theme.changed.connect(self._dress)
        self.install_shortcuts()

    def enter(self, topic: str = "") -> None:
        """Open at a task, if one is named."""
        if topic:
            self._refresh_now()
            found = self.tasks.findItems(topic, Qt.MatchFlag.MatchContains)
            if found:
                self.tasks.setCurrentItem(found[0])

    def refresh(self) -> None:
        """Read the guide once."""
        if self.tasks.count():
            return
        file = guide_file()
        try:
            self._markdown = file.read_text(encoding="utf-8")
        except OSError:
            self._markdown = f"# {t('help.title')}\n\n{t('help.missing')}\n"
        self.words.document().setBaseUrl(QUrl.fromLocalFile(f"{file.parent}/"))
        self._dress()
        self.tasks.addItems(tasks(self._markdown))
        if self.tasks.count():
            self.tasks.setCurrentRow(0)

    def shortcuts(self) -> list[Shortcut]:
        """None of its own but the list's."""
        return []

    def panes(self) -> list[QWidget]:
        """Tasks and words."""
        return [self.tasks, self.words]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the lines short enough to be read."""
        super().resizeEvent(event)
        room = self.width() - _LIST - 2 * _EDGE
        self.words.setLineWrapColumnOrWidth(min(_WIDEST, room))

    def _panes(self) -> QHBoxLayout:
        self.tasks.setFixedWidth(_LIST)
        left = frame("map", column(self.tasks, margins=(8, 12, 8, 12)))
        panes = QHBoxLayout()
        panes.setSpacing(0)
        panes.addWidget(left)
        panes.addWidget(self.words, 1)
        return panes

    def _dress(self) -> None:
        """Set the guide in the colours and sizes that hold."""
        if not hasattr(self, "_markdown"):
            return
        document = self.words.document()
        document.setDefaultFont(self.font())
        document.setMarkdown(self._markdown, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
        document.setDocumentMargin(24)
        block = document.begin()
        while block.isValid():
            self._set(QTextCursor(block), block.blockFormat().headingLevel())
            block = block.next()

    def _set(self, cursor: QTextCursor, heading: int) -> None:
        form = cursor.blockFormat()
        form.setLineHeight(_LINE_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        form.setBottomMargin(_GAP)
        form.setTopMargin(3 * _GAP if heading == 2 else 0)
        cursor.setBlockFormat(form)
        if heading:
            ink = cursor.charFormat()
            ink.clearProperty(QTextFormat.Property.FontSizeAdjustment)
            ink.setFont(serif(tk.PAGE if heading == 1 else tk.STEP))
            cursor.movePosition(
                QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor
            )
            cursor.setCharFormat(ink)

    def _show_task(self, row: int) -> None:
        if row < 0:
            return
        wanted = self.tasks.item(row).text()
        block = self.words.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() == 2 and block.text() == wanted:
                layout = self.words.document().documentLayout()
                self.words.verticalScrollBar().setValue(
                    round(layout.blockBoundingRect(block).y()) - 8
                )
                return
            block = block.next()

    def _keys(self) -> None:
        self.desk.keys_asked.emit()
