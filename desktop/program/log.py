"""The log: what the program did and what went wrong, in codes and places, never in data.

It rotates, so that it stays small: three files of half a megabyte.
"""

import logging
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

_NAME = "openlicense"
LOG_FOLDER, LOG_FILE = "logs", "openlicense.log"
_SIZE, _COUNT = 512 * 1024, 2

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def logger() -> logging.Logger:
    """The program's log."""
    return logging.getLogger(_NAME)


def begin(data_folder: Path) -> logging.Handler | None:
    """Write the log into the data folder; None where that can not be done."""
    folder = data_folder / LOG_FOLDER
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return None
    handler = _Late(folder / LOG_FILE)
    logger().addHandler(handler)
    logger().setLevel(logging.INFO)
    return handler


class _Late(logging.Handler):
    """Opens the file when there is something to write: most starts have nothing."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._path = file
        self._file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Write what is told."""
        if self._file is None:
            from logging.handlers import RotatingFileHandler  # slow to load

            self._file = RotatingFileHandler(
                self._path, maxBytes=_SIZE, backupCount=_COUNT, encoding="utf-8", delay=True
            )
            self._file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        self._file.handle(record)

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()
        super().close()


def end(handler: logging.Handler | None) -> None:
    """Close the log."""
    if handler is not None:
        logger().removeHandler(handler)
        handler.close()


def take_qt_messages() -> None:
    """Let Qt's own messages go to the log instead of the terminal."""
    qInstallMessageHandler(_from_qt)


def _from_qt(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    category: str | None = getattr(context, "category", None)  # the stubs lack it
    logger().log(_LEVELS.get(kind, logging.INFO), "%s: %s", category or "qt", message)
