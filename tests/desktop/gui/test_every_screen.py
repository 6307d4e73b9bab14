"""Every screen, looked over in a small window and in middling ones: names, and words not cut.

The sizes are logical: 900 x 500 is a laptop of 1366 x 768 at 150 %, 1280 x 720 a desk's screen
at 150 %.
"""

import gc
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.installed.settings import Settings
from desktop.installed.workplaces import OFFICE
from desktop.pages.register.state_settling import STAMP
from desktop.parts.theme.theme import Theme
from desktop.parts.widgets.basics import button, icon_button
from desktop.parts.widgets.one_line import Elided
from desktop.program.app import SAMPLE_FOLDER, Program
from desktop.screens import Screen, screens
from desktop.screens.picture_taking import PACK, begin
from desktop.screens.scene_waits import settle, until
from forms.pack.load import load
from tests.desktop.gui.looking_over import faults

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
SIZES = ((900, 500), (1366, 768), (1280, 720))
WIDER = 103  # per cent: no two systems set the same words equally wide
SETTLE_MS = 120
TRIES = 20  # a loaded machine settles late; a fault that is one stays for all of them
POPUPS = ("does not support (raise|propagateSizeHints)", "does not support grabbing")  # offscreen
# Their papers take long to make; the result is looked over once, in "submission-result".
SLOW = ("submission-stale", "submission-home", "submission-result-small")
SCREENS = [one for one in screens() if one.name not in SLOW]


def started(app: QApplication, folder: Path) -> Program:
    settings = Settings(folder / "settings.toml")
    settings.set("theme", "light")
    return Program(
        app, settings, folder / "资料", clock=lambda: NOW, own_fonts=True, first_pack=PACK
    )


def closed(program: Program) -> None:
    window: QWidget | None = program.window
    if window is not None:
        window.close()
    program.close()
    if window is not None:  # else the next one would be dressed with it
        window.deleteLater()
    settle(0)


def sample_of(program: Program) -> Path:
    return program.database(OFFICE).parent / SAMPLE_FOLDER


@pytest.fixture(scope="session")
def sample(qapp: QApplication, theme: Theme, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an office's sample in which the register has settled all: made once."""
    program = started(qapp, tmp_path_factory.mktemp("office"))
    program.show_sample(quietly=True)
    desk = program.desk
    assert desk is not None
    until(lambda: desk.store.settings.get(STAMP))
    until(lambda: not desk.jobs.running)
    closed(program)
    return sample_of(program)


@pytest.fixture(scope="module")
def packs_once() -> Iterator[None]:
    """A pack is read once for all screens: what follows from it is found once then too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("desktop.program.opening_window.load", cache(load))
        yield


@pytest.fixture
def program(
    qapp: QApplication, theme: Theme, tmp_path: Path, packs_once: None, sample: Path, screen: Screen
) -> Iterator[Program]:
    """The program, with nothing open yet where a screen goes on to the office's sample."""
    made = started(qapp, tmp_path)
    usual, wide = qapp.font(), qapp.font()
    wide.setLetterSpacing(QFont.SpacingType.PercentageSpacing, WIDER)
    qapp.setFont(wide)
    if screen.is_empty or screen.workplace != OFFICE:
        made.open()
    else:
        shutil.copytree(sample, sample_of(made))
        gc.freeze()  # as a program does that opens: what is there is not looked through again
    yield made
    closed(made)
    qapp.setFont(usual)


def lasting_faults(window: QWidget) -> list[str]:
    found: list[str] = []
    for _ in range(TRIES):
        settle(SETTLE_MS)
        found = list(faults(window))
        if not found:
            break
    return found


@pytest.mark.qt_log_ignore(*POPUPS)
@pytest.mark.parametrize("screen", SCREENS, ids=[one.name for one in SCREENS])
def test_a_screen_names_its_widgets_and_cuts_no_words(screen: Screen, program: Program) -> None:
    begin(program, screen, NOW.date())
    assert program.window is not None
    program.window.resize(*SIZES[-1])
    dialog = screen.prepare(program)
    found = []
    for size in SIZES if dialog is None else SIZES[-1:]:
        window = dialog or program.window
        assert window is not None
        if dialog is None:
            window.resize(*size)
        window.show()
        found += [f"{size[0]} x {size[1]}: {fault}" for fault in lasting_faults(window)]
    if dialog is not None:
        dialog.close()
    assert found == []


def test_what_a_clerk_would_trip_over_is_found(theme: Theme, qtbot: QtBot) -> None:
    """The looking over itself: a button without a name, words without room, words hidden."""
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    nameless, narrow = QPushButton(), button("生成报送包", "primary")
    narrow.setFixedWidth(40)
    low = QLabel("一次填写，文书、汇总与合同一并生成" * 4)
    low.setWordWrap(True)
    low.setFixedSize(120, 20)
    sideways = QListWidget(accessibleName="目录")
    sideways.addItem("一次填写，文书、汇总与合同一并生成" * 4)
    hidden = Elided("示例大学桥梁工程研究院")
    hidden.setFixedWidth(40)
    for one in (nameless, narrow, low, hidden, sideways, icon_button("x", "关闭")):
        column.addWidget(one)
    window.show()
    qtbot.waitExposed(window)
    hidden.setToolTip("")
    found = list(faults(window))
    assert len(found) == 5
    assert "no name" in found[0]
    assert found[1].endswith("生成报送包")
    assert "hides words" in found[3]
    assert found[4].endswith("scrolls sideways")
