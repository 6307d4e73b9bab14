"""Takes the picture of a screen: a program of its own, prepared, settled, grabbed."""

from pathlib import Path

from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from desktop.desk.desk import Clock
from desktop.installed.settings import Settings
from desktop.program.app import Program
from desktop.screens.catalogue import Screen
from desktop.screens.scene_waits import settle

PACK = "hubei-2022"
"""The pack whose sample the scenes play with, in whatever edition of the program."""
SMALL = (900, 500)
SHOWN_MS, SETTLE_MS = 50, 400


def picture_taken(
    app: QApplication,
    settings: Settings,
    folder: Path,
    screen: Screen,
    *,
    clock: Clock,
    size: tuple[int, int],
    settle_ms: int = SETTLE_MS,
) -> QPixmap:
    """Open the program on an empty folder, go to the screen, take its picture.

    Raises NeverReady, and whatever the program raises on the way.
    """
    settings.set("workplace", screen.workplace)
    program = Program(app, settings, folder, clock=clock, own_fonts=True, first_pack=PACK)
    try:
        program.open()
        if not screen.is_empty:
            program.show_sample(quietly=True)
        widget = _prepared(program, screen, SMALL if screen.is_small else size)
        settle(settle_ms)
        return widget.grab()
    finally:
        for window in QApplication.topLevelWidgets():
            window.close()  # what is in hand is saved while the data are open
        program.close()
        for left in QApplication.topLevelWidgets():  # else the next would be dressed with them
            left.deleteLater()
        settle(0)


def _prepared(program: Program, screen: Screen, size: tuple[int, int]) -> QWidget:
    window = program.window
    assert window is not None
    window.resize(*size)
    made = screen.prepare(program)
    assert program.window is not None
    widget: QWidget = program.window if made is None else made
    if widget is program.window:
        widget.resize(*size)
    widget.show()
    widget.activateWindow()
    settle(SHOWN_MS)
    return widget
