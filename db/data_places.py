"""Where the data lie: the per-user folder the system has for it, or beside a portable program;
and how many backups lie with them.

Knows nothing of what is kept there.
"""

from collections.abc import Iterable
from pathlib import Path

APP_NAME = "OpenLicenseDesk"
PORTABLE_MARK = "portable"
DATABASE_NAME = "openlicense.db"
KEPT_OF_EACH = 10
"""How many backups of each reason are kept, unless the office says otherwise."""


def data_folder(program_folders: Iterable[Path] = ()) -> Path:
    """Return the data folder; it need not exist yet.

    `program_folders` are those of the executable or of the source tree.  The first with a
    file named `portable` in it makes the program portable: the data lie in `data` beside it.
    """
    for folder in program_folders:
        if (folder / PORTABLE_MARK).is_file():
            return folder / "data"
    import platformdirs  # slow to load, and not asked where the folder is known

    return platformdirs.user_data_path(APP_NAME, appauthor=False)


def database_file(folder: Path) -> Path:
    """Return the database's place in a data folder."""
    return folder / DATABASE_NAME
