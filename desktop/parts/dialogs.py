"""The system's dialogs for files and folders, and the one question: nowhere else are they opened.

They are an object on the desk, so that a test can answer instead of a clerk.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.installed.screen_texts import t

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog

COMES_AGAIN = "comes_again"
"""A property of a sheet that its asker lets go once it was agreed to; others go at once."""


def kinds_of(key: str, endings: Iterable[str]) -> str:
    """Qt's filter of files from a text with a place for their endings."""
    return t(key, endings=" ".join(f"*{ending}" for ending in endings))


class Dialogs:
    """Asks the clerk, beginning where a file was chosen last, else in the clerk's documents."""

    _last: Path | None = None

    @property
    def _start(self) -> Path:
        from desktop.installed.program_places import documents_folder

        return self._last or documents_folder()

    def _taken(self, files: list[Path]) -> list[Path]:
        if files:
            self._last = files[0].parent
        return files

    def folder(self, parent: QWidget | None, title: str, start: Path | None = None) -> Path | None:
        """A folder, or None."""
        from desktop.parts.widgets.file_dialog import FileDialog

        dialog = FileDialog(parent, title, str(start or self._start))
        dialog.setFileMode(FileDialog.FileMode.Directory)
        dialog.setOption(FileDialog.Option.ShowDirsOnly)
        chosen = next(iter(dialog.ask()), None)
        self._last = chosen or self._last
        return chosen

    def files(
        self, parent: QWidget | None, title: str, kinds: str, start: Path | None = None
    ) -> list[Path]:
        """Files that are there; `kinds` is Qt's filter ("表格 (*.xlsx *.csv)")."""
        from desktop.parts.widgets.file_dialog import FileDialog

        dialog = FileDialog(parent, title, str(start or self._start))
        dialog.setNameFilter(kinds)
        dialog.setFileMode(FileDialog.FileMode.ExistingFiles)
        return self._taken(dialog.ask())

    def save(self, parent: QWidget | None, title: str, kinds: str, name: Path) -> Path | None:
        """A file to write, or None."""
        from desktop.parts.widgets.file_dialog import FileDialog

        wished = name if name.is_absolute() else self._start / name
        dialog = FileDialog(parent, title, str(wished))
        dialog.setNameFilter(kinds)
        dialog.setAcceptMode(FileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(FileDialog.FileMode.AnyFile)
        dialog.selectFile(name.name)
        return next(iter(self._taken(dialog.ask())), None)

    def confirm(
        self, parent: QWidget | None, title: str, text: str, yes: str, *, danger: bool = False
    ) -> bool:
        """Whether the clerk says yes; `yes` is verb and object ("删除 3 件案卷")."""
        from desktop.parts.question import Question

        return Question(title, text, (yes,), parent, danger=danger).ask() == yes

    def pick(self, parent: QWidget | None, title: str, text: str, answers: Sequence[str]) -> str:
        """The answer the clerk gives, "" where all stays as it is; the first is the usual one."""
        from desktop.parts.question import Question

        return Question(title, text, answers, parent).ask()

    def agrees(self, sheet: QDialog) -> bool:
        """Whether the clerk agrees to what a sheet shows."""
        from PySide6.QtWidgets import QDialog

        is_yes = sheet.exec() == QDialog.DialogCode.Accepted
        if not (is_yes and sheet.property(COMES_AGAIN)):
            sheet.deleteLater()
        return is_yes

    def choose(
        self, parent: QWidget | None, title: str, text: str, names: Sequence[str], yes: str
    ) -> int | None:
        """The place of one of the names, none of them chosen at first, or None."""
        from desktop.parts.question import AskChoice

        return AskChoice(title, text, names, yes, parent).ask()

    def text(
        self, parent: QWidget | None, title: str, label: str, yes: str, *, start: str = ""
    ) -> str | None:
        """A line of words, or None; `yes` is verb and object ("存为模板")."""
        from desktop.parts.question import AskText

        return AskText(title, label, yes, parent, start=start).ask()
