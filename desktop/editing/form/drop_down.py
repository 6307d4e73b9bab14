"""A choice of many answers, one below the other: too many to stand side by side."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFocusEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy

from desktop.editing.draft import Draft
from desktop.parts.widgets.one_line import ElidedCombo

MOST_BESIDE = 6  # so many answers still stand side by side


class BoundDropDown(ElidedCombo):
    """The answers of one fact, the first of them none."""

    at = Signal(str)
    gone = Signal(str)

    def __init__(self, draft: Draft, path: str) -> None:
        super().__init__()
        field = draft.field(path)
        self.path = path
        self._draft = draft
        self.setAccessibleName(field.label)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.addItem("", "")
        for choice in field.choices:
            self.addItem(choice.label, choice.value)
        self.activated.connect(self._take)
        self.refresh()

    def refresh(self) -> None:
        """Show what stands in the draft."""
        with QSignalBlocker(self):
            self.setCurrentIndex(max(0, self.findData(self._draft.value(self.path) or "")))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll: a turn of the wheel over it is no answer."""
        event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say so."""
        super().focusInEvent(event)
        self.at.emit(self.path)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say so."""
        super().focusOutEvent(event)
        self.gone.emit(self.path)

    def _take(self, _place: int) -> None:
        self._draft.put(self.path, self.currentData() or None)
