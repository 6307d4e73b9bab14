"""Takes the picture of a screen: a program of its own, prepared, settled, grabbed."""

import atexit
import shutil
import tempfile
from datetime import date
from functools import cache
from pathlib import Path

from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from desktop.desk.desk import Clock
from desktop.installed.settings import Settings
from desktop.installed.workplaces import BUREAU, OFFICE
from desktop.program.app import SAMPLE_FOLDER, Program
from desktop.screens.catalogue import Screen
from desktop.screens.scene_waits import settle, until

PACK = "hubei-2022"
"""The pack whose sample the scenes play with, in whatever edition of the program."""
SMALL = (900, 500)


def picture_taken(
    app: QApplication,
    settings: Settings,
    folder: Path,
    screen: Screen,
    *,
    clock: Clock,
    size: tuple[int, int],
) -> QPixmap:
    """Open the program on an empty folder, go to the screen, take its picture.

    Raises NeverReady, and whatever the program raises on the way.
    """
    program = Program(app, settings, folder, clock=clock, own_fonts=True, first_pack=PACK)
    try:
        program.open()
        begin(program, screen, clock().date())
        widget = _prepared(program, screen, SMALL if screen.is_small else size)
        settle()
        return widget.grab()
    finally:
        for window in QApplication.topLevelWidgets():
            window.close()  # what is in hand is saved while the data are open
        program.close()
        for left in QApplication.topLevelWidgets():  # else the next would be dressed with them
            left.deleteLater()
        settle(0)


def begin(program: Program, screen: Screen, day: date) -> None:
    """Bring a program that is freshly opened to where a screen begins: its workplace, its sample.

    A bureau's sample takes seconds to make: it is made once for a day and kept.
    """
    program.go_to_workplace(screen.workplace)
    if screen.is_empty:
        return
    if screen.workplace == OFFICE:
        program.show_sample(quietly=True)
        return
    kept = _kept_samples() / f"{day}"
    if kept.is_dir():
        shutil.copytree(kept, _sample_of(program), dirs_exist_ok=True)
    program.show_sample(quietly=True)
    desk = program.desk
    assert desk is not None
    until(lambda: not desk.jobs.running)
    if not kept.is_dir():  # before anything is done with it, and while no data are open
        program.show_own_data()
        shutil.copytree(_sample_of(program), kept)
        program.show_sample(quietly=True)


def _sample_of(program: Program) -> Path:
    return program.database(BUREAU).parent / SAMPLE_FOLDER


@cache
def _kept_samples() -> Path:
    """Where samples are kept while the program runs."""
    folder = tempfile.TemporaryDirectory()
    atexit.register(folder.cleanup)
    return Path(folder.name)


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
    return widget
