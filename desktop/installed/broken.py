"""Says that a built program has lost a part of itself, as where an anti-virus took a file away.

Nothing else of ours can be relied on then: the words stand here, and the system shows them.
"""

import os
import sys
from pathlib import Path

TITLE = "开放许可通"
_WORDS = (
    "开放许可通无法打开：程序的文件不完整（{what}），可能已被安全软件隔离。\n\n"
    "请重新安装本程序即可修复；案卷数据、设置和备份不受影响。"
)
_STOP = 0x10  # MB_ICONERROR


def lacking_platform() -> str:
    """The file of Qt's part for this screen, where it is not there; "" where all is well.

    Qt itself would end the program at once, with a word in English.
    """
    from PySide6.QtCore import QCoreApplication

    usual = {"win32": "windows"}.get(sys.platform, "")
    wanted = os.environ.get("QT_QPA_PLATFORM") or usual
    before, after = ("q", ".dll") if sys.platform == "win32" else ("libq", ".so")
    files = [f"{before}{one.partition(':')[0]}{after}" for one in wanted.split(";") if one]
    folders = [Path(folder) / "platforms" for folder in QCoreApplication.libraryPaths()]
    there = any((folder / file).is_file() for folder in folders for file in files)
    return "" if there or not files else files[0]


def tell_broken(what: str) -> None:
    """Tell the clerk what is lacking and what to do: in a window of Windows', else in a line."""
    words = _WORDS.format(what=what)
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.MessageBoxW(None, words, TITLE, _STOP)
    elif sys.stderr is not None:
        print(words, file=sys.stderr)
