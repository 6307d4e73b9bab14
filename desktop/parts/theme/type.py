"""The type of the screens: a sans for reading, a Song serif for titles, one scale of sizes.

The serif is always ours.  The sans is the system's where it has a good Chinese one, since it is
hinted for that system's screens; else ours.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

from desktop.parts.theme import tokens as t

GOOD_SANS = (
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "PingFang SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Noto Sans SC",
)
OUR_SANS = "Noto Sans SC"
SERIF = "Noto Serif SC"
_SANS_FILES = ("NotoSansSC-Regular-8105.ttf", "NotoSansSC-Medium-8105.ttf")
_SERIF_FILE = "NotoSerifSC-Bold-8105.ttf"


def load(fonts: Path, *, ours_only: bool = False) -> str:
    """Load what is ours and return the family of the sans.

    `ours_only` leaves the system's fonts aside, so that pictures are alike everywhere.
    """
    there = () if ours_only else QFontDatabase.families()
    _add(fonts / _SERIF_FILE)
    family = chosen(there)
    if family is None:
        for name in _SANS_FILES:
            _add(fonts / name)
        family = OUR_SANS
    return family


@cache
def _add(file: Path) -> None:
    if QFontDatabase.addApplicationFont(str(file)) < 0:
        # Qt's offscreen screen on Windows opens no path beyond the system's code page.
        QFontDatabase.addApplicationFontFromData(file.read_bytes())


def chosen(families: Sequence[str]) -> str | None:
    """The best Chinese sans among the families of a system, None where there is none."""
    known = set(families)
    return next((family for family in GOOD_SANS if family in known), None)


def body(family: str) -> QFont:
    """The font of the whole application."""
    font = QFont(family)
    font.setPixelSize(t.BODY)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def sized(font: QFont, pixels: int, *, medium: bool = False) -> QFont:
    """The same font in another size (logical pixels) and perhaps a heavier weight."""
    made = QFont(font)
    made.setPixelSize(pixels)
    made.setWeight(QFont.Weight.Medium if medium else QFont.Weight.Normal)
    return made


def serif(pixels: int) -> QFont:
    """The serif of titles."""
    font = QFont(SERIF)
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight.Bold)
    return font
