"""What is kept of a field once it is left: only what a person has typed into it.

A field that shows what stands in the data may be behind what another program has saved there.
Left without a touch it must not write: what it shows would take the other's save back.

What can not be kept just now (another program holds the data, the disk is full) is told, and counts
as typed on: it is tried again after a while, and whenever the field is left.
"""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QSpinBox

from forms.ground.for_the_clerk import ForTheClerk

AGAIN_MS = 3_000


def when_typed(line: QLineEdit, take: Callable[[str], object]) -> None:
    """Give a line's text to `take` when the line is left, if a person has changed it.

    What is put there by `setText` was typed by nobody.
    """

    def left() -> None:
        if line.isModified():
            line.setModified(False)  # leaving it once more is no new typing
            try:
                take(line.text())
            except ForTheClerk:
                line.setModified(True)
                QTimer.singleShot(AGAIN_MS, line, left)
                raise

    line.editingFinished.connect(left)


def when_turned(box: QSpinBox, take: Callable[[int], object]) -> None:
    """Give a box's number to `take` when the box is left, if it is another than was shown."""
    shown = box.value()

    def left() -> None:
        nonlocal shown
        if box.value() != shown:
            before, shown = shown, box.value()
            try:
                take(shown)
            except ForTheClerk:
                shown = before
                QTimer.singleShot(AGAIN_MS, box, left)
                raise

    box.editingFinished.connect(left)
