"""Breaks a program in one place at a time: what proves it must notice each, and name it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

_INSIDE = "_internal"


@dataclass(frozen=True)
class Control:
    """What is broken, how, which parts of the self-test look, and the word they must say."""

    what: str
    spoil: Callable[[Path], None]
    parts: Sequence[str]
    word: str


def _gone(pattern: str) -> Callable[[Path], None]:
    """Remove what a pattern finds inside the program.  Raises LookupError for nothing."""

    def spoil(program: Path) -> None:
        found = sorted((program / _INSIDE).glob(pattern))
        if not found:
            raise LookupError(pattern)
        for path in found:
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()

    return spoil


def _cut(pattern: str) -> Callable[[Path], None]:
    """Leave only the first half of a file, as a broken download does."""

    def spoil(program: Path) -> None:
        file = next((program / _INSIDE).glob(pattern))
        content = file.read_bytes()
        file.unlink()  # it is a link to the good one
        file.write_bytes(content[: len(content) // 2])

    return spoil


CONTROLS = (
    Control("a font gone", _gone("resources/fonts/HanaMinB.ttf"), ["fonts"], "HanaMinB"),
    Control("the packs gone", _gone("resources/packs/*"), ["papers"], "no form pack"),
    Control("the guide gone", _gone("resources/docs/*"), ["resources"], "user-guide"),
    Control("the laws gone", _gone("resources/laws"), ["resources"], "no law"),
    Control("the notices gone", _gone("resources/THIRD-*"), ["resources"], "THIRD-PARTY"),
    Control("the licences gone", _gone("licences"), ["licences"], "licences"),
    Control("an icon cut in two", _cut("resources/icons/stamp.svg"), ["windows"], "stamp.svg"),
    Control("SQLite gone", _gone("libsqlite3.so*"), ["program"], "sqlite3"),
    Control("PDFium gone", _gone("pypdfium2_raw/libpdfium.so"), ["papers", "pages"], "pages"),
    Control("a library of Qt gone", _gone("PySide6/Qt/lib/libQt6Svg.so*"), ["windows"], "Qt6Svg"),
    Control(
        "Qt's Chinese words gone",
        _gone("PySide6/Qt/translations"),
        ["windows"],
        "not in Chinese",
    ),
    Control(
        "Qt's screen plug-in gone",
        _gone("PySide6/Qt/plugins/platforms/libqoffscreen.so"),
        ["windows"],
        "libqoffscreen.so is not there",
    ),
)
