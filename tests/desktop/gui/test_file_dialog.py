"""The dialogs for files: what is chosen comes back, and none opens the files it lists."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QTreeView
from pytestqt.qtbot import QtBot

from desktop.desk.desk import Desk
from desktop.parts.dialogs import Dialogs
from desktop.parts.widgets.file_dialog import FileDialog
from tests.locks import LOCKS, SHARED, locks_on

pytestmark = [
    pytest.mark.skipif(os.name == "nt", reason="there the system's own dialog is shown"),
    pytest.mark.qt_log_ignore("does not support propagateSizeHints"),  # offscreen
]


class Seen:
    """What the clerk sees in the next dialog, and what they do with it."""

    def __init__(self, do: Callable[[FileDialog], object]) -> None:
        self.names: list[str] = []
        self.kinds: list[str] = []
        self.titles: list[str] = []
        self._do = do
        self._looking = QTimer(interval=10)
        self._looking.timeout.connect(self._look)
        self._looking.start()

    def _look(self) -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, FileDialog):
            return
        tree = dialog.findChild(QTreeView, "treeView")
        assert isinstance(tree, QTreeView)
        model, folder = tree.model(), tree.rootIndex()
        rows = [model.index(row, 0, folder) for row in range(model.rowCount(folder))]
        kinds = [str(one.siblingAtColumn(2).data()) for one in rows]
        if not rows or not all(kinds):
            return  # not listed yet
        self.names, self.kinds = [str(one.data()) for one in rows], kinds
        self.titles.append(dialog.windowTitle())
        self._looking.stop()
        self._do(dialog)


def types(dialog: FileDialog, name: str) -> None:
    """Types a name and takes it; `selectFile` does nothing while the line has the focus."""
    line = dialog.findChild(QLineEdit)
    assert isinstance(line, QLineEdit)
    line.setText(name)
    dialog.accept()


@pytest.fixture
def folder(desk: Desk) -> Path:
    """The folder of the data, where a clerk may well look for files."""
    folder = desk.store.path.parent
    desk.store.settings.put("x", "y")
    (folder / "专利.xlsx").write_bytes(b"PK")
    (folder / "备份").mkdir()
    return folder


def test_the_data_keep_their_lock_while_their_folder_is_looked_at(
    desk: Desk, folder: Path, qtbot: QtBot
) -> None:
    for ask in (
        lambda: Dialogs().files(None, "选择文件", "全部文件 (*)", folder),
        lambda: Dialogs().save(None, "另存", "表格 (*.xlsx)", folder / "新.xlsx"),
        lambda: Dialogs().folder(None, "选择文件夹", folder),
    ):
        seen = Seen(FileDialog.reject)
        assert not ask()
        assert "备份" in seen.names
        assert not LOCKS.exists() or SHARED in locks_on(desk.store.path)


def test_what_is_chosen_comes_back(folder: Path, qtbot: QtBot) -> None:
    chooses = Seen(lambda dialog: types(dialog, "专利.xlsx"))
    chosen = Dialogs().files(None, "选择清单", "表格 (*.xlsx *.csv)", folder)
    assert chosen == [folder / "专利.xlsx"]
    assert chooses.titles == ["选择清单"]
    assert dict(zip(chooses.names, chooses.kinds, strict=True))["专利.xlsx"] == "xlsx 文件"

    name = folder / "申请表.pdf"
    takes_as_offered = Seen(FileDialog.accept)
    assert Dialogs().save(None, "另存", "PDF (*.pdf)", name) == name
    assert takes_as_offered.titles == ["另存"]

    steps_in = Seen(lambda dialog: types(dialog, "备份"))
    assert Dialogs().folder(None, "选择文件夹", folder) == folder / "备份"
    assert steps_in.names == ["备份"]
