"""A dialog that is at least as large as its words ask for, wherever it is shown."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog

_FRAME = 40  # of a window: its title, in logical pixels


class Sheet(QDialog):
    """Asks or shows something above a window; every dialog of the program is one.

    Qt makes a dialog no larger than two thirds of the screen, and reckons its height for the width
    before that: on a small screen at 150 % sentences and fields were cut.
    """

    def showEvent(self, event: QShowEvent) -> None:
        """Grow before it is seen."""
        super().showEvent(event)
        self.grow()

    def grow(self) -> None:
        """Be as large as what is inside asks for, as far as the screen has room; never smaller."""
        layout = self.layout()
        if layout is None:
            return
        room = self.screen().availableGeometry().size() - QSize(0, _FRAME)
        least = layout.totalMinimumSize().expandedTo(self.minimumSize())
        wide = max(self.width(), min(least.width(), room.width()))
        high = max(layout.totalHeightForWidth(wide), least.height())
        self.resize(wide, max(self.height(), min(high, room.height())))
