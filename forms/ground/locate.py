"""Where the program's own data lies: packs, fonts and icons, in the source tree or frozen.

Only places that ship with the program are named here; a user's data folder is the desktop's
to choose.
"""

import sys
from pathlib import Path

_BESIDE = Path(__file__).resolve().parents[2] / "resources"
EDITION_FILE = "edition.toml"
"""What a bureau's edition says of itself: among the resources, or beside its pack."""


def resources() -> Path:
    """Return the folder `resources`: beside the packages, or where a frozen build unpacked it."""
    frozen: str | None = getattr(sys, "_MEIPASS", None)
    return Path(frozen) / "resources" if frozen else _BESIDE


def is_edition() -> bool:
    """Whether the program is a bureau's edition; what it says is not read."""
    return (resources() / EDITION_FILE).is_file()


def packs_folder() -> Path:
    """Return the folder that holds the shipped form packs, one folder each."""
    return resources() / "packs"


def fonts_folder() -> Path:
    """Return the folder that holds the fonts of the papers."""
    return resources() / "fonts"
