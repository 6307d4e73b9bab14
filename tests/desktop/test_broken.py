"""A program that has lost a part of itself says so, and what to do, in the clerk's words."""

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication

from desktop import __main__ as start
from desktop.installed.broken import lacking_platform

AGAIN = "请重新安装本程序"


@pytest.fixture
def told(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> pytest.CaptureFixture[str]:
    """What the program says where no window can be opened."""
    monkeypatch.setattr(start, "prepare", lambda: None)  # it is for a process of its own
    if sys.platform == "win32":
        pytest.skip("Windows shows it in a window of its own")
    return capsys


def test_nothing_is_lacking_here(monkeypatch: pytest.MonkeyPatch) -> None:
    for platform in ("offscreen", "offscreen:size=800x600", "nonsense;offscreen"):
        monkeypatch.setenv("QT_QPA_PLATFORM", platform)
        assert lacking_platform() == ""


def test_qts_part_for_the_screen_is_missed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, told: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setattr(QCoreApplication, "libraryPaths", lambda: [str(tmp_path)])
    assert start.main() == 1
    said = told.readouterr().err
    assert "libqoffscreen.so" in said
    assert AGAIN in said


def test_a_module_that_is_gone_is_named(
    monkeypatch: pytest.MonkeyPatch, told: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "desktop.program.app", None)
    assert start.main() == 1
    said = told.readouterr().err
    assert "desktop.program.app" in said
    assert AGAIN in said
