"""Qt's application, dressed: its scale, its fonts, its look, and its own words in Chinese."""

import os

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

from desktop.installed.screen_texts import t
from desktop.installed.settings import Settings
from desktop.parts.theme import type as types
from desktop.parts.theme.theme import Theme
from forms.ground.locate import fonts_folder, resources


def application(settings: Settings) -> QApplication:
    """The application, with scaling, fonts' rounding and Qt's own words in Chinese."""
    scale = settings.text("scale")
    if scale != "system":
        os.environ["QT_SCALE_FACTOR"] = str(int(scale) / 100)
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(
        Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    )
    app = QApplication(["openlicense-desk", "-style", "fusion"])
    app.setApplicationName("OpenLicense Desk")
    app.setApplicationDisplayName(t("frame.app"))
    app.setDesktopFileName("openlicense-desk")
    app.setWindowIcon(QIcon(str(resources() / "app-icon" / "openlicense-desk.png")))
    speak_chinese(app)
    return app


def speak_chinese(app: QApplication) -> None:
    """Let Qt's own dialogs and menus speak Chinese, and dates and numbers follow."""
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load("qtbase_zh_CN", folder):
        app.installTranslator(translator)


def dress(app: QApplication, settings: Settings, *, own_fonts: bool = False) -> Theme:
    """Fonts, palette and style sheet; `own_fonts` leaves the system's aside."""
    family = types.load(fonts_folder(), ours_only=own_fonts)
    app.setFont(types.body(family))
    return Theme(app, settings.text("theme"))  # type: ignore[arg-type]
