"""The part of the self-test that needs Qt: its plug-ins, our icons and fonts, every screen."""

import os
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from PySide6 import __version__ as pyside_version
from PySide6.QtCore import (
    QCoreApplication,
    QtMsgType,
    qInstallMessageHandler,
    qVersion,
)
from PySide6.QtGui import QFontDatabase, QGuiApplication, QImage, QImageReader
from PySide6.QtNetwork import QLocalServer
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from desktop.command_line.selftest.windowless_parts import TODAY, Missing
from desktop.installed.broken import lacking_platform
from desktop.installed.settings import Settings
from desktop.installed.stop_signals import heed
from desktop.parts.theme import type as types
from desktop.program.qt_application import application
from desktop.screens import Screen, picture_taken, screens
from forms.ground.locate import resources

NOW = datetime(TODAY.year, TODAY.month, TODAY.day, 2, tzinfo=UTC)  # ten in the morning in China
SIZE = (1280, 720)
SCREENS = "screens"
_LEAST_COLOURS = 8
_STEP = 7  # every seventh pixel of a picture is looked at, both ways


def windows(out: Path) -> dict[str, Any]:
    """Draw every screen once, into pictures."""
    without_display = sys.platform == "linux" and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )
    if without_display:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if lacking := lacking_platform():
        raise Missing(f"{lacking} is not there")
    said: list[str] = []
    before = qInstallMessageHandler(lambda kind, _, text: _note(said, kind, text))
    room = Path(mkdtemp())
    try:
        settings = Settings(room / "settings.toml")
        app = application(settings)
        found = _plugins()
        found["icons"] = _icons()
        found["screens"] = _drawn(app, settings, room, out / SCREENS)
        found["fonts"] = _families()
        return {**found, "said": sorted(set(said))}
    finally:
        qInstallMessageHandler(before)
        # Windows keeps a file that a late thread still reads; that is no missing part.
        shutil.rmtree(room, ignore_errors=True)


def _note(said: list[str], kind: QtMsgType, text: str) -> None:
    if kind != QtMsgType.QtDebugMsg:
        said.append(text)


def _plugins() -> dict[str, Any]:
    formats = {bytes(one.data()).decode() for one in QImageReader.supportedImageFormats()}
    lacking = {"png", "jpeg", "svg"} - formats
    if lacking:
        raise Missing(f"Qt reads no {', '.join(sorted(lacking))}")
    cancel = QCoreApplication.translate("QPlatformTheme", "Cancel")
    if cancel != "取消":
        raise Missing("Qt's own words are not in Chinese")
    if not QLocalServer().listen(f"openlicense-selftest-{os.getpid()}"):
        raise Missing("a second start could not be told to the first")
    QPrinter()
    return {
        "platform": QGuiApplication.platformName(),
        "qt": qVersion(),
        "pyside": pyside_version,
        "formats": sorted(formats),
        "scale": QGuiApplication.primaryScreen().devicePixelRatio(),
    }


def _icons() -> int:
    files = sorted((resources() / "icons").rglob("*.svg"))
    files.append(resources() / "app-icon" / "openlicense-desk.svg")
    broken = [file.name for file in files if not QSvgRenderer(str(file)).isValid()]
    if broken or len(files) == 1:
        raise Missing(f"icons: {', '.join(broken) or 'none is there'}")
    return len(files)


def _families() -> list[str]:
    families = set(QFontDatabase.families())
    lacking = {types.OUR_SANS, types.SERIF} - families
    if lacking:
        raise Missing(f"Qt has not loaded {', '.join(sorted(lacking))}")
    return [types.OUR_SANS, types.SERIF]


def _drawn(app: QApplication, settings: Settings, room: Path, folder: Path) -> list[str]:
    """Draw every screen.  Raises Missing with all that could not be drawn."""
    folder.mkdir(exist_ok=True)
    names, faults = [], []
    for place, screen in enumerate(screens()):
        heed()
        try:
            _picture(app, settings, room / str(place), screen, folder)
        except Exception as error:
            faults.append(f"{screen.name} ({type(error).__name__}: {error})")
        else:
            names.append(screen.name)
    if faults:
        raise Missing(f"not drawn: {'; '.join(faults)}")
    return names


def _picture(
    app: QApplication, settings: Settings, data: Path, screen: Screen, folder: Path
) -> None:
    picture = picture_taken(app, settings, data, screen, clock=lambda: NOW, size=SIZE)
    image = picture.toImage()
    if colours(image) < _LEAST_COLOURS:
        raise Missing("the picture is blank")
    if not picture.save(str(folder / f"{screen.name}.png")):
        raise Missing("the picture could not be written")


def colours(image: QImage) -> int:
    """How many colours a picture has, as far as one pixel in many tells."""
    return len(
        {
            image.pixel(x, y)
            for x in range(0, image.width(), _STEP)
            for y in range(0, image.height(), _STEP)
        }
    )
