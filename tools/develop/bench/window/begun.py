"""One start of a window, told and ended once it is usable: the program's own, or a bare one.

`python -m tools.develop.bench.window.begun ours FOLDER` or `… bare`.  Usable means that it is
painted, the register with rows in it, and that a key does something.  Nothing is imported here
but what both need.
"""

import json
import os
import sys
import time
from typing import Any

NEEDED = ("QtCore", "QtGui", "QtWidgets", "QtNetwork", "QtSvg")
"""Qt's modules of which the program's first sight is made."""


def bare() -> None:
    """Open a window that holds nothing."""
    from importlib import import_module

    for name in NEEDED:
        import_module(f"PySide6.{name}")
    from PySide6.QtGui import QKeyEvent, QPaintEvent
    from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

    class Middle(QWidget):
        def paintEvent(self, _event: QPaintEvent) -> None:
            _press_soon(self)

        def keyPressEvent(self, _event: QKeyEvent) -> None:
            _tell()

    app = QApplication(["bare"])
    window = QMainWindow()
    middle = Middle()
    window.setCentralWidget(middle)
    window.resize(1440, 900)
    window.show()
    middle.setFocus()
    app.exec()


def ours(folder: str) -> None:
    """Open the program on a folder of data."""
    from desktop.__main__ import prepare

    prepare()
    from desktop.program import app
    from desktop.shell.main_window import MainWindow

    opened = app.Program.open

    def open_and_watch(program: app.Program, *arguments: object) -> None:
        opened(program, *arguments)  # type: ignore[arg-type]
        assert isinstance(program.window, MainWindow)
        _watch(program.window)

    app.Program.open = open_and_watch  # type: ignore[assignment]
    app.main(["--data", folder])


def _watch(window: object) -> None:
    """See to it that a key is pressed once the table is painted, and tell when it is heard.

    The table's class is given the watch: to ask for the widget in the table's middle would have
    the binding load every widget that it could be, which is none of the program's doing.
    """
    from PySide6.QtGui import QPaintEvent

    table = window.page.table  # type: ignore[attr-defined]
    kind = type(table)
    paint = kind.paintEvent

    def paint_and_press(self: Any, event: QPaintEvent) -> None:
        paint(self, event)
        if self is table and table.model().rowCount():
            kind.paintEvent = paint
            table.setFocus()
            table.selectionModel().currentRowChanged.connect(_tell)
            _press_soon(table)

    kind.paintEvent = paint_and_press


def _press_soon(widget: object) -> None:
    """Press the arrow down, in its turn after all that waits already."""
    from PySide6.QtCore import QEvent, Qt
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QApplication

    press = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier)
    QApplication.postEvent(widget, press)  # type: ignore[arg-type]


def _tell(*_: object) -> None:
    """Say what it took until now, in seconds, and end at once: the end is not measured."""
    began = float(os.environ["BENCH_BEGAN"])
    told: dict[str, object] = {"wall": time.perf_counter() - began, "cpu": time.process_time()}
    told |= {"modules": sorted(sys.modules)}
    print(json.dumps(told), flush=True)
    os._exit(0)


if __name__ == "__main__":
    if sys.argv[1] == "bare":
        bare()
    else:
        ours(sys.argv[2])
