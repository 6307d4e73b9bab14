"""Where the program keeps what is its own: its settings, and with them the way to the data."""

import sys
from pathlib import Path

import tomli

from db.data_places import APP_NAME, PORTABLE_MARK, data_folder
from desktop.installed.workplaces import Workplace, shared_key

SETTINGS_NAME = "settings.toml"


def program_folder() -> Path:
    """The folder of the executable, or of the source tree."""
    if getattr(sys, "frozen", False):
        return Path(sys.executable).resolve().parent
    return Path(__file__).resolve().parents[2]


def settings_file() -> Path:
    """The file of the program's settings; beside the data where the program is portable."""
    if (program_folder() / PORTABLE_MARK).is_file():
        return usual_data_folder() / SETTINGS_NAME
    import platformdirs  # slow to load, and a portable program has no need of it

    return platformdirs.user_config_path(APP_NAME, appauthor=False) / SETTINGS_NAME


def usual_data_folder() -> Path:
    """The folder of the data where nobody has chosen another."""
    return data_folder([program_folder()])


def data_folder_in_use(settings: Path | None = None) -> Path:
    """The folder the clerk chose in the window, else the usual one; for those without a window."""
    chosen = _chosen("data_folder", settings)
    return Path(chosen) if chosen else usual_data_folder()


def workplace_chosen(settings: Path | None = None) -> str:
    """The workplace the clerk chose in the window, "" where none was chosen."""
    return _chosen("workplace", settings)


def shared_address_in_use(workplace: Workplace, settings: Path | None = None) -> str:
    """The address of a workplace's shared database, as it was chosen in the window; "" for none."""
    return _chosen(shared_key(workplace), settings)


def page_codes_chosen(settings: Path | None = None) -> str:
    """Whether the clerk chose codes on papers (页脚识别码): "on" or "off", "" for neither."""
    return _chosen("page_codes", settings)


def _chosen(key: str, settings: Path | None) -> str:
    """A setting of the program, for those without a window; "" where it says nothing usable."""
    try:
        text = (settings or settings_file()).read_text(encoding="utf-8")
        chosen = tomli.loads(text).get(key)
    except (OSError, ValueError):
        chosen = None
    return chosen if isinstance(chosen, str) else ""


def taken_packs_folder(database: Path) -> Path:
    """The folder of the packs that were taken in, beside the data."""
    return database.parent / "packs"


def documents_folder() -> Path:
    """The folder of the clerk's own documents."""
    from PySide6.QtCore import QStandardPaths

    place = QStandardPaths.StandardLocation.DocumentsLocation
    return Path(QStandardPaths.writableLocation(place) or Path.home())
