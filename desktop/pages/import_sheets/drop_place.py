"""Where the import begins: a place to drop a file, and what was wrong with the last one."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.installed.screen_texts import t
from desktop.parts.widgets.basics import button, column, frame, icon_label, label, row
from desktop.parts.widgets.messages import MessageStrip


class AskingPane(QWidget):
    """Asks for a file, says that one is being read, or why it can not be."""

    files_asked = Signal()
    template_asked = Signal()
    header_asked = Signal()  # the clerk will say where the header is

    def __init__(self) -> None:
        super().__init__()
        centre = Qt.AlignmentFlag.AlignHCenter
        self._title = label("", "step")
        self._words = label(t("import.ask.words"), "hint", wrap=True)
        self._words.setAlignment(centre)
        self._choose = button(t("import.ask.choose"), "primary", clicked=self._ask_files)
        template = button(t("import.template"), icon="download", clicked=self._ask_template)
        self._strips = QVBoxLayout()
        inside = QVBoxLayout()
        inside.setContentsMargins(40, 36, 40, 36)
        inside.setSpacing(12)
        inside.addWidget(icon_label("file-spreadsheet", "accent", 40), 0, centre)
        inside.addWidget(self._title, 0, centre)
        inside.addWidget(self._words)
        inside.addLayout(self._strips)
        inside.addSpacing(8)
        inside.addLayout(row(None, template, self._choose, None))
        self.setFocusProxy(self._choose)
        card = frame("derived", inside)
        card.setMaximumWidth(680)
        card.setMinimumWidth(520)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 16, 24, 24)
        whole.addStretch(2)
        whole.addLayout(row(None, card, None))
        whole.addStretch(3)
        self.show_nothing()

    def show_nothing(self) -> None:
        """Ask for a file."""
        self._say(t("import.ask.title"))

    def show_reading(self) -> None:
        """A file is being read."""
        self._say(t("import.ask.reading"))

    def show_trouble(self, words: str, *, has_rows: bool = False) -> None:
        """Say why the file can not be imported; one that has rows may still be told apart."""
        self._say(t("import.ask.trouble"))
        self._strips.addWidget(MessageStrip("error", words))
        if has_rows:
            hint = label(t("import.header.ask_words"), "hint", wrap=True)
            ask = button(t("import.header.ask"), icon="table-2", clicked=self._ask_header)
            holder = QWidget()
            holder.setLayout(column(hint, ask, space=8, margins=(0, 8, 0, 0)))
            self._strips.addWidget(holder)

    def _say(self, title: str) -> None:
        self._title.setText(title)
        while self._strips.count():
            strip = self._strips.takeAt(0).widget()
            if strip is not None:
                strip.deleteLater()

    def _ask_header(self) -> None:
        self.header_asked.emit()

    def _ask_files(self) -> None:
        self.files_asked.emit()

    def _ask_template(self) -> None:
        self.template_asked.emit()
