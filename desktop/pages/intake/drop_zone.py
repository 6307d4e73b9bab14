"""The place to drop packages: a dashed field that grows while something is held over it."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.installed.screen_texts import t
from desktop.parts.theme import tokens as tk
from desktop.parts.theme.tokens import tokens
from desktop.parts.widgets.basics import button, icon_label, label, row

_HIGH, _HELD = 60, 120


class DropZone(QWidget):
    """Says what may be dropped; `asked` and `folder_asked` are clicks on its buttons."""

    asked = Signal()
    folder_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._is_held = self._is_alone = False
        self._words = label(t("intake.drop"))
        self._words.setProperty("tone", "")
        self._icon = icon_label("package-open")
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addStretch()
        line.addWidget(self._icon)
        line.addWidget(self._words)
        line.addStretch()
        files = button(t("intake.do.add"), "primary", icon="folder-input", clicked=self.asked.emit)
        folder = button(t("intake.do.folder"), icon="folder", clicked=self.folder_asked.emit)
        self.setFocusProxy(files)
        self._buttons = QWidget()
        self._buttons.setLayout(row(None, files, folder, None, space=12))
        self._hint = label(t("intake.drop_words"), "hint")
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        whole = QVBoxLayout(self)
        whole.setSpacing(14)
        whole.addStretch()
        whole.addLayout(line)
        whole.addWidget(self._hint)
        whole.addWidget(self._buttons)
        whole.addStretch()
        self.show_alone(False)

    def show_alone(self, is_alone: bool) -> None:
        """Fill the page where there is nothing else on it."""
        self._is_alone = is_alone
        self._buttons.setVisible(is_alone)
        self._hint.setVisible(is_alone)
        self._fit()

    def show_held(self, is_held: bool) -> None:
        """Grow while something is held over it."""
        self._is_held = is_held
        self._icon.show_icon("package-open", "accent" if is_held else "text2")
        self._fit()
        self.update()

    def _fit(self) -> None:
        if self._is_alone:
            self.setMinimumHeight(_HELD)
            self.setMaximumHeight(16_777_215)
        else:
            self.setFixedHeight(_HELD if self._is_held else _HIGH)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field."""
        painter, colours = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(colours.colour("accent" if self._is_held else "field_border"), 1)
        pen.setDashPattern([3, 3])
        painter.setPen(pen)
        painter.setBrush(colours.colour("tint" if self._is_held else "sunken"))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, tk.RADIUS_CARD, tk.RADIUS_CARD)
