"""The program started as a clerk starts it; what is left of windows that were closed."""

import gc
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.desk.desk import Desk
from desktop.program.single import SingleInstance
from desktop.shell.main_window import MainWindow

ROOT = Path(__file__).resolve().parents[3]
WINDOWS = 20


@pytest.fixture
def started(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The program, running beside the test on a folder of its own."""
    with _start(tmp_path) as program:
        yield program
        program.kill()


def _start(tmp_path: Path) -> "subprocess.Popen[bytes]":
    surroundings = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
    }
    command = [sys.executable, "-m", "desktop", "--data", str(tmp_path / "资料")]
    return subprocess.Popen(command, cwd=ROOT, env=surroundings, stderr=subprocess.PIPE)


def test_a_second_start_ends_at_once_and_without_a_word(
    started: subprocess.Popen[bytes], tmp_path: Path, qtbot: QtBot
) -> None:
    qtbot.waitUntil((tmp_path / "资料" / "openlicense.db").is_file)
    assert not SingleInstance(tmp_path / "资料").is_first([])
    with _start(tmp_path) as second:
        assert second.wait(timeout=30) == 0
        assert second.stderr is not None
        assert second.stderr.read() == b""
    assert started.poll() is None


def test_windows_that_are_closed_are_gone(sample_desk: Desk, qtbot: QtBot) -> None:
    def open_and_close() -> None:
        window = MainWindow(sample_desk)
        window.show_place("help")
        window.show()
        window.close()
        window.deleteLater()

    open_and_close()
    before = _widgets(qtbot)
    for _ in range(WINDOWS):
        open_and_close()
    assert _widgets(qtbot) <= before


def _widgets(qtbot: QtBot) -> int:
    for _ in range(3):
        gc.collect()
        qtbot.wait(1)  # deleteLater is done by the loop
    return len(QApplication.allWidgets())
