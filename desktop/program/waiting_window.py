"""What is shown while data of an older version are renewed, or a server is reached."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from desktop.installed.screen_texts import t
from desktop.parts.widgets.basics import label


class WaitingWindow(QWidget):
    """Says what is being done, and that closing it stops nothing half-way."""

    def __init__(self, what: str = "renewing") -> None:
        super().__init__()
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(t("frame.app"))
        self.setFixedWidth(480)
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setAccessibleName(t(f"opening.{what}"))
        self._whole = whole = QVBoxLayout(self)
        whole.setContentsMargins(32, 28, 32, 28)
        whole.setSpacing(16)
        whole.addWidget(label(t(f"opening.{what}"), "title", wrap=True))
        whole.addWidget(bar)
        whole.addWidget(label(t(f"opening.{what}_words"), wrap=True))

    def showEvent(self, event: QShowEvent) -> None:
        """Be as high as the words ask."""
        super().showEvent(event)
        self.setFixedHeight(self._whole.totalHeightForWidth(self.width()))
