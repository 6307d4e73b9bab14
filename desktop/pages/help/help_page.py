"""The user's guide inside the program: the tasks at the left, the words at the right."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QVBoxLayout, QWidget

from desktop.desk.desk import Desk
from desktop.desk.page_base import Page, Shortcut
from desktop.installed.screen_texts import t
from desktop.pages.help.guide import guide_file, tasks
from desktop.parts.markdown_reader import GuideReader
from desktop.parts.widgets.basics import button, column, frame, label
from desktop.parts.widgets.frames import PageHead
from desktop.parts.widgets.search_line import SearchLine

_LIST = 224


class HelpPage(Page):
    """The page "help"."""

    name = "help"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.tasks = QListWidget()
        self.tasks.setAccessibleName(t("help.tasks"))
        self.tasks.setProperty("role", "contents")
        self.tasks.currentRowChanged.connect(self._show_task)
        self.words = GuideReader()
        self.words.setAccessibleName(t("help.title"))
        self.search = SearchLine(t("help.search"))
        self.search.textChanged.connect(self._seek)
        self.search.returnPressed.connect(self._seek_on)
        self.search.left_down.connect(self._seek_on)
        self._found = label("", "hint", wrap=True)
        self._found.setContentsMargins(4, 0, 4, 0)
        keys = button(t("frame.keys.list"), icon="keyboard", keys="Ctrl+/", clicked=self._keys)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(PageHead(t("help.title"), buttons=[keys]))
        whole.addLayout(self._panes(), 1)
        desk.theme.changed.connect(self.words.dress)
        self.install_shortcuts()

    def enter(self, topic: str = "") -> None:
        """Open at a task, if one is named."""
        if topic:
            self._refresh_now()
            exactly, within = Qt.MatchFlag.MatchExactly, Qt.MatchFlag.MatchContains
            found = self.tasks.findItems(topic, exactly) or self.tasks.findItems(topic, within)
            if found:
                self.tasks.setCurrentItem(found[0])
                self._show_task(self.tasks.currentRow())

    def refresh(self) -> None:
        """Read the guide once."""
        if self.tasks.count():
            return
        file = guide_file()
        try:
            markdown = file.read_text(encoding="utf-8")
        except OSError:
            markdown = f"# {t('help.title')}\n\n{t('help.missing')}\n"
        self.words.show_guide(markdown, file.parent)
        self.tasks.addItems(tasks(markdown))
        if self.tasks.count():
            self.tasks.setCurrentRow(0)

    def shortcuts(self) -> list[Shortcut]:
        """The search."""
        return [Shortcut("Ctrl+F", "help.search", self.search.setFocus)]

    def panes(self) -> list[QWidget]:
        """Tasks and words."""
        return [self.tasks, self.words]

    def _panes(self) -> QHBoxLayout:
        self.tasks.setFixedWidth(_LIST)
        inside = column(self.search, self._found, self.tasks, margins=(8, 12, 8, 12))
        inside.setStretch(2, 1)
        left = frame("map", inside)
        panes = QHBoxLayout()
        panes.setSpacing(0)
        panes.addWidget(left)
        panes.addWidget(self.words, 1)
        return panes

    def _show_task(self, row: int) -> None:
        if row == 0:
            self.words.verticalScrollBar().setValue(0)  # with what stands above the first task
        elif row > 0:
            self.words.go_to(self.tasks.item(row).text())

    def _seek(self, text: str) -> None:
        """Show the first place where the guide says so, from its beginning on."""
        self.words.moveCursor(QTextCursor.MoveOperation.Start)
        self._say(text, is_found=not text.strip() or self.words.find(text.strip()))

    def _seek_on(self) -> None:
        """Show the next place; after the last the first."""
        text = self.search.text().strip()
        if text and not self.words.find(text):
            self._seek(text)

    def _say(self, text: str, *, is_found: bool) -> None:
        self._found.setText("" if is_found else t("widgets.none_found", text=text.strip()))
        self._found.setVisible(not is_found)

    def _keys(self) -> None:
        self.desk.keys_asked.emit()
