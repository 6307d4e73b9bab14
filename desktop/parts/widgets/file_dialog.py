"""The system's dialog for files and folders, and one that reads no file it lists.

WORKAROUND: Qt's own dialog opens the files of a folder to tell what they are (whatever its
filter shows; seen with PySide6 6.8), GTK's does so in the same process, and on POSIX the closing
of the database would drop every lock that SQLite has on it here; see `forms.ground.held`.
Windows has no such locks, and there the system's dialog is shown.
"""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QFileInfo
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QFileDialog, QFileIconProvider, QWidget


class FileDialog(QFileDialog):
    """Asks for files, a folder or a place to write, as its mode says."""

    def __init__(self, parent: QWidget | None, title: str, start: str) -> None:
        """Begin in a folder, or at a file in one; "" begins where the clerk was last."""
        super().__init__(parent, title, start)
        self._kinds = KindsByName()  # the dialog does not own it
        if os.name != "nt":
            self.setOption(QFileDialog.Option.DontUseNativeDialog)
            self.setIconProvider(self._kinds)

    def ask(self) -> list[Path]:
        """What the clerk chooses, nothing where they leave the dialog."""
        try:
            return [Path(file) for file in self.selectedFiles()] if self.exec() else []
        finally:
            self.deleteLater()


class KindsByName(QFileIconProvider):
    """Icons and kinds by the names alone; asked in a thread of Qt's."""

    def icon(self, of: QFileInfo | QFileIconProvider.IconType) -> QIcon:
        """The icon of a folder or of a file."""
        if isinstance(of, QFileInfo):
            kind = QFileIconProvider.IconType
            of = kind.Folder if of.isDir() else kind.File
        return super().icon(of)

    def type(self, info: QFileInfo) -> str:
        """The kind in Qt's own words."""
        if info.isDir():
            return _said("Folder")
        return _said("%1 File").replace("%1", info.suffix()) if info.suffix() else _said("File")


def _said(words: str) -> str:
    return QCoreApplication.translate("QFileDialog", words)
