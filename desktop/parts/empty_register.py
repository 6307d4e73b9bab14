"""The register with nothing in it: three ways in, one of them the usual one."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.installed.screen_texts import t
from desktop.parts.widgets.basics import button, icon_label, label, row
from desktop.parts.widgets.frames import PaperPicture
from desktop.parts.widgets.labelled import scrolled

_PICTURE_FROM_HEIGHT, _BESIDE_FROM_WIDTH = 720, 760


class EmptyRegister(QWidget):
    """Says what to do next; the page it stands on sees to it."""

    import_asked = Signal()
    new_asked = Signal()
    sample_asked = Signal()
    restore_asked = Signal()
    bin_asked = Signal()

    def __init__(self, *, is_sample: bool = False) -> None:
        """In the sample itself the third way is not offered."""
        super().__init__()
        self._picture = PaperPicture(168, t("first_start.paper"))
        ways = [
            _Way("import", "file-spreadsheet", "Ctrl+I", is_usual=True),
            _Way("new", "file-plus", "Ctrl+N"),
            *([] if is_sample else [_Way("sample", "book-open")]),
        ]
        for way, asked in zip(ways, (self._import, self._new, self._sample), strict=False):
            way.button.clicked.connect(asked)
        self._ways = QHBoxLayout()
        self._ways.setSpacing(16)
        for way in ways:
            self._ways.addWidget(way)
        self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the picture out where it is low, set the ways below each other where narrow."""
        super().resizeEvent(event)
        self._picture.setVisible(event.size().height() >= _PICTURE_FROM_HEIGHT)
        is_wide = event.size().width() >= _BESIDE_FROM_WIDTH
        direction = QBoxLayout.Direction
        self._ways.setDirection(direction.LeftToRight if is_wide else direction.TopToBottom)

    def _lay_out(self) -> None:
        centre = Qt.AlignmentFlag.AlignHCenter
        column = QVBoxLayout()
        column.setContentsMargins(24, 24, 24, 24)
        column.addStretch(2)
        column.addWidget(self._picture, 0, centre)
        column.addSpacing(16)
        column.addWidget(label(t("first_start.empty.title"), "title"), 0, centre)
        words = label(t("first_start.empty.words"), "", wrap=True)
        words.setAlignment(centre)
        column.addWidget(words)
        column.addSpacing(16)
        column.addLayout(self._ways)
        column.setAlignment(self._ways, centre)
        column.addStretch(3)
        restore = button(t("first_start.empty.restore"), "link", clicked=self._restore)
        before = label(t("first_start.empty.before"), "hint")
        self._binned = button("", "link", icon="trash-2", clicked=self._show_bin)
        self._binned.hide()
        column.addLayout(row(None, before, restore, self._binned, None))
        inside = QWidget()
        inside.setLayout(column)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(inside))

    def _import(self) -> None:
        self.import_asked.emit()

    def _new(self) -> None:
        self.new_asked.emit()

    def _sample(self) -> None:
        self.sample_asked.emit()

    def _restore(self) -> None:
        self.restore_asked.emit()

    def show_binned(self, count: int) -> None:
        """Show the way to the bin, where so many cases are in it."""
        self._binned.setVisible(count > 0)
        self._binned.setText(t("first_start.empty.binned", count=count))
        self._binned.setAccessibleName(self._binned.text())

    def _show_bin(self) -> None:
        self.bin_asked.emit()


class _Way(QFrame):
    """One way in: icon, name, keys, a sentence, a button."""

    def __init__(self, name: str, icon: str, keys: str = "", *, is_usual: bool = False) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setMaximumWidth(320)
        self.setMinimumWidth(220)
        title = t(f"first_start.empty.{name}")
        self.button: QPushButton = button(
            t(f"first_start.empty.{name}_button"), "primary" if is_usual else ""
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        column.addWidget(icon_label(icon, "accent", 26))
        column.addSpacing(8)
        column.addLayout(row(label(title, "pane"), None, label(keys, "caption")))
        column.addWidget(label(t(f"first_start.empty.{name}_words"), "hint", wrap=True), 1)
        column.addSpacing(12)
        column.addWidget(self.button)

    def sizeHint(self) -> QSize:
        """All ways are of one width."""
        return QSize(280, super().sizeHint().height())
