"""The user's guide inside the program: the tasks at the left, the words at the right."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QVBoxLayout, QWidget

from desktop.desk import Desk
from desktop.help.guide import guide_file, tasks
from desktop.help.reader import GuideReader
from desktop.page import Page, Shortcut
from desktop.texts import t
from desktop.widgets.basics import button, column, frame
from desktop.widgets.frames import PageHead

_LIST = 208


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
        self.words = GuideReader()
        self.words.setAccessibleName(t("help.title"))
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
            found = self.tasks.findItems(topic, Qt.MatchFlag.MatchContains)
            if found:
                self.tasks.setCurrentItem(found[0])

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
        """None of its own but the list's."""
        return []

    def panes(self) -> list[QWidget]:
        """Tasks and words."""
        return [self.tasks, self.words]

    def _panes(self) -> QHBoxLayout:
        self.tasks.setFixedWidth(_LIST)
        left = frame("map", column(self.tasks, margins=(8, 12, 8, 12)))
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

    def _keys(self) -> None:
        self.desk.keys_asked.emit()
