"""The window at work, offscreen: the page after a keystroke, the register with very many cases.

`python -m tools.develop.bench.window.live FOLDER` on data that `data.fill` has made; tells what
it measured in milliseconds as JSON.  Keys are real key events, and a thing is there once it is
painted.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QEventLoop, QObject
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.installed.settings import Settings
from desktop.program.app import Program
from desktop.program.qt_application import application

if TYPE_CHECKING:
    from desktop.pages.register import RegisterPage
    from desktop.pages.wizard import WizardPage
    from desktop.shell.main_window import MainWindow

SEARCHES = ("水", "水冷", "装置", "ZL2021", "示例大学", "李四", "没有符合条件的")
TYPED = (
    ("patent.title", "一种带有余热回收的水冷装置及其控制方法"),
    ("contact.address", "湖北省武汉市洪山区示例路八十八号科技楼"),
    ("contact.name", "陈思远张喆李四"),
    ("other_terms", "另附技术资料一套，许可人每年到现场指导两次。"),
)
"""What is typed, key by key, after what stands in these fields."""
_LONGEST_S = 20.0


class Paints(QObject):
    """Counts the paints of a widget."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Count a paint."""
        if event.type() == QEvent.Type.Paint:
            self.count += 1
        return False


def wait_for(is_so: Callable[[], bool]) -> None:
    """Let the window live until something is so.  Raises TimeoutError."""
    until = time.perf_counter() + _LONGEST_S
    while not is_so():
        if time.perf_counter() > until:
            raise TimeoutError
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 5)


def took(begin: Callable[[], object], is_done: Callable[[], bool]) -> float:
    """How many ms it is from the beginning of something until it is done."""
    begun = time.perf_counter()
    begin()
    wait_for(is_done)
    return (time.perf_counter() - begun) * 1000


def keystrokes(window: MainWindow) -> list[float]:
    """Ms from each key to the painted page on which it stands."""
    register = cast("RegisterPage", window.page)
    window.show_place("wizard", {"case_id": register.table.current_id})
    page = cast("WizardPage", window.page)
    preview, session = page.preview, page.session
    sheet = Paints(preview._view.sheet)

    def is_fresh() -> bool:
        shown = preview.page_shown
        return shown is not None and shown.wanted.case == session.case and not preview._running

    wait_for(is_fresh)
    all_took = []
    for path, text in TYPED:
        page.go_to(path)
        wait_for(is_fresh)
        QTest.qWait(400)
        field = QApplication.focusWidget()
        for character in text:
            painted = sheet.count
            all_took.append(
                took(
                    lambda field=field, character=character: _press(field, character),  # type: ignore[misc]
                    lambda painted=painted: is_fresh() and sheet.count > painted,  # type: ignore[misc]
                )
            )
            QTest.qWait(60)
    page.leave()
    return all_took


def _press(field: QWidget, character: str) -> None:
    """Commit a character as an input method does."""
    event = QInputMethodEvent()
    event.setCommitString(character)
    QApplication.sendEvent(field, event)


def register(window: MainWindow) -> dict[str, list[float]]:
    """Ms until the register's page is there with its first rows, and until each search is."""
    from desktop.pages.register import RegisterPage

    opened = []
    for _ in range(5):
        page = RegisterPage(window.desk)
        page.resize(1368, 900)
        painted = Paints(page.table.viewport())
        opened.append(
            took(
                page.show,
                lambda page=page, painted=painted: page.model.rowCount() > 0 and painted.count > 0,  # type: ignore[misc]
            )
        )
        wait_for(lambda page=page: page.loader.is_whole)  # type: ignore[misc]
        page.close()
        page.deleteLater()
    window.show_place("register")
    page = cast("RegisterPage", window.page)
    wait_for(lambda: page.loader.is_whole)
    painted = Paints(page.table.viewport())
    searched = [_searched(page, painted, text) for one in SEARCHES for text in (one, "")]
    return {"open": opened, "search": searched}


def _searched(page: RegisterPage, painted: Paints, text: str) -> float:
    before = painted.count

    def is_shown() -> bool:
        is_painted = painted.count > before or not page.table.isVisible()
        return page.model.filter.text == text and is_painted

    QTest.qWait(100)
    return took(lambda: page.filters.search.setText(text), is_shown)


def main() -> int:
    """Measure both and tell."""
    folder = Path(sys.argv[1])
    app = application(Settings(folder / "settings.toml"))
    program = Program(app, Settings(folder / "settings.toml"), folder, own_fonts=True)
    program.open()
    window = cast("MainWindow", program.window)
    window.resize(1440, 900)
    wait_for(lambda: window.desk.is_open and cast("RegisterPage", window.page).loader.is_whole)
    told: dict[str, object] = {"keys": keystrokes(window)}
    told |= register(window)
    print(json.dumps(told), flush=True)
    window.close()
    program.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
