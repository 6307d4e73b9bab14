"""The self-test's windows: what is drawn is looked at, what can not be drawn is named."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from desktop.command_line.selftest import window_part
from desktop.command_line.selftest.windowless_parts import Missing
from desktop.installed.settings import Settings
from desktop.screens import Screen, screens
from desktop.screens.scene_waits import NeverReady


def test_every_screen_has_a_name_of_its_own() -> None:
    names = [one.name for one in screens()]
    assert len(names) == len(set(names)) > 50


def test_a_blank_picture_has_one_colour() -> None:
    image = QImage(200, 100, QImage.Format.Format_RGB32)
    image.fill(QColor("#F6F5F1"))
    assert window_part.colours(image) == 1
    image.setPixel(0, 0, 0)
    assert window_part.colours(image) == 2


def test_a_screen_that_can_not_be_drawn_is_named_beside_those_that_can(
    qapp: QApplication, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(_: object) -> None:
        raise NeverReady("it did not come")

    chosen = [one for one in screens() if one.name == "help"]
    monkeypatch.setattr(window_part, "screens", lambda: [Screen("broken", never), *chosen])
    dressed = qapp.font(), qapp.styleSheet(), qapp.palette()
    try:
        with pytest.raises(Missing, match=r"broken \(NeverReady: it did not come\)"):
            window_part._drawn(qapp, settings, tmp_path / "room", tmp_path / "screens")
    finally:
        qapp.setFont(dressed[0])
        qapp.setStyleSheet(dressed[1])
        qapp.setPalette(dressed[2])
    assert [file.name for file in (tmp_path / "screens").iterdir()] == ["help.png"]


def test_icons_and_plug_ins_are_looked_at(qapp: QApplication, theme: object) -> None:
    assert window_part._icons() > 50
    assert window_part._plugins()["platform"] == os.environ["QT_QPA_PLATFORM"]


@pytest.mark.qt_log_ignore("Cannot (read|open) file")
def test_a_broken_icon_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "icons").mkdir()
    (tmp_path / "icons" / "stamp.svg").write_text("<svg><path", encoding="utf-8")
    monkeypatch.setattr(window_part, "resources", lambda: tmp_path)
    with pytest.raises(Missing, match=r"stamp\.svg"):
        window_part._icons()
