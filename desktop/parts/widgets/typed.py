"""What is kept of a field once it is left: only what a person has typed into it.

A field that shows what stands in the data may be behind what another program has saved there.
Left without a touch it must not write: what it shows would take the other's save back.
"""

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QSpinBox


def when_typed(line: QLineEdit, take: Callable[[str], object]) -> None:
    """Give a line's text to `take` when the line is left, if a person has changed it.

    What is put there by `setText` was typed by nobody.
    """

    def left() -> None:
        if line.isModified():
            line.setModified(False)  # leaving it once more is no new typing
            take(line.text())

    line.editingFinished.connect(left)


def when_turned(box: QSpinBox, take: Callable[[int], object]) -> None:
    """Give a box's number to `take` when the box is left, if it is another than was shown."""
    shown = box.value()

    def left() -> None:
        nonlocal shown
        if box.value() != shown:
            shown = box.value()
            take(shown)

    box.editingFinished.connect(left)
