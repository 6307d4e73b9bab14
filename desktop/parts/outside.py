"""Hand a file or a folder over to the system's own program for it."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from desktop.installed.screen_texts import t
from desktop.parts.notices import Notices

_OPENED = frozenset({".pdf", ".docx", ".xlsx", ".csv", ".eml", ".zip", ".txt", ".md"})


def open_outside(path: Path, notices: Notices) -> bool:
    """Open a folder, a paper, a mail draft; say so where it is gone or nothing opens it.

    Return whether a program was found for it.

    Where it lies may come out of data from somebody else: a program is not started so.
    """
    if not path.exists():
        notices.tell("error", t("widgets.gone", name=path.name))
    elif not path.is_dir() and path.suffix.lower() not in _OPENED:
        notices.tell("error", t("widgets.not_opened", name=path.name))
    elif not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        notices.tell("error", t("widgets.nothing_opens", name=path.name), details=str(path))
    else:
        return True
    return False


def open_page(path: Path, notices: Notices) -> bool:
    """Open a page that the program itself made in the browser; say so where that fails."""
    if path.exists() and QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        return True
    key = "widgets.nothing_opens" if path.exists() else "widgets.gone"
    notices.tell("error", t(key, name=path.name), details=str(path))
    return False
