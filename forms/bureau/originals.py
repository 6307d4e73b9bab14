"""Where the originals of packages lie: beside the data, by their hash, never altered.

`intake/ab/abcd…/` in the folder of the data holds what came as it came: one file, or a folder's
files with their names.  Nothing is ever written there a second time.
"""

from pathlib import Path

FOLDER = "intake"


def originals_folder(data_folder: Path) -> Path:
    """Return the folder of all originals, which need not exist yet."""
    return data_folder / FOLDER


def place_of(whole_sha256: str) -> str:
    """Return where an original lies in the folder of originals ("ab/abcd…"), by its hash."""
    return f"{whole_sha256[:2]}/{whole_sha256}"
