"""How long the window stops listening in an office's work, thing by thing.

`python -m tools.develop.bench.window.stops FOLDER COUNT` on fresh data: opens every page, types,
imports a workbook of COUNT rows, exports, checks, submits, changes and bins many.  Tells the
longest stop of each in ms, and where it was.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.installed.settings import Settings
from desktop.program.app import Program
from desktop.program.qt_application import application
from desktop.shell.main_window import MainWindow
from forms.ground.locate import packs_folder
from forms.pack.load import load
from tools.develop.bench.patents import PACK, patents
from tools.develop.bench.window.data import fill
from tools.develop.bench.window.live import TYPED, _press, wait_for
from tools.develop.bench.window.watchdog import Watchdog
from tools.develop.bench.workbook import write_workbook

_PAGES = ("wizard", "submission", "seals", "licences", "parties", "settings", "help", "register")


class Office:
    """A window at work on a folder."""

    def __init__(self, folder: Path, count: int) -> None:
        fill(folder, 300)
        self.book = folder / "book.xlsx"
        write_workbook(list(patents(300 + count))[300:], load(packs_folder() / PACK), self.book)
        self.folder, self.count = folder, count
        settings = Settings(folder / "settings.toml")
        self.program = Program(application(settings), settings, folder, own_fonts=True)

    @property
    def window(self) -> MainWindow:
        """The main window."""
        window = self.program.window
        assert isinstance(window, MainWindow)
        return window

    @property
    def page(self) -> Any:
        """The page in hand."""
        return self.window.page

    def calm(self) -> None:
        """Wait until nothing is done beside the window any more."""
        QTest.qWait(400)
        wait_for(lambda: not self.window.desk.jobs.running)
        QTest.qWait(400)

    # --- what is done -----------------------------------------------------------------------

    def things(self) -> Iterator[tuple[str, Callable[[], object]]]:
        """Everything there is to do, in order."""
        yield "start", self.open
        for name in _PAGES:
            yield f"first sight of {name}", lambda name=name: self.window.show_place(name)  # type: ignore[misc]
        for name in _PAGES:
            yield f"{name} again", lambda name=name: self.window.show_place(name)  # type: ignore[misc]
        yield "open a case and type", self.type
        yield "leave it", lambda: self.window.show_place("register")
        yield f"look at {self.count} rows", self.look_at_book
        yield "import them", self.import_book
        yield "count a year", lambda: self.window.show_place("overview", {"tab": "statistics"})
        yield "to the cases of a bar", self.to_cases
        yield "the year's report", self.report
        yield "back to the register", lambda: self.window.show_place("register")
        yield "all cases", self.page.filters.show_all
        yield "tick all", self.page.table.tick_all_or_none
        yield "set the region of all", self.change_all
        yield "take it back", self.page.doing.undo
        yield "export 40 cases", self.export
        yield "check 300 for submission", self.check
        yield "bin 300", self.bin
        yield "take them out again", self.page.doing.undo
        yield "back up", self.back_up

    def open(self) -> None:
        """Start, until the data are open."""
        self.program.open()
        self.window.resize(1440, 900)
        self.window.activateWindow()
        wait_for(lambda: self.window.desk.is_open)

    def type(self) -> None:
        """Type into a stored case."""
        self.window.show_place("wizard", {"case_id": self.window.desk.store.register.ids()[0]})
        self.window.activateWindow()
        page = self.page
        for path, text in TYPED[:2]:
            page.go_to(path)
            wait_for(lambda: QApplication.focusWidget() is not None)
            QTest.qWait(300)
            for character in text:
                field = QApplication.focusWidget()
                assert field is not None
                _press(field, character)
                QTest.qWait(80)

    def look_at_book(self) -> None:
        """Open the workbook's dry run."""
        self.window.show_place("import", {"files": [self.book]})
        wait_for(lambda: self.page.look is not None)

    def import_book(self) -> None:
        """Import it."""
        self.page.do_import()
        wait_for(lambda: self.page.name == "register" and self.page.loader.is_whole)

    def to_cases(self) -> None:
        """Press the bar of most patents."""
        chart = self.page.statistics.view.charts["departments"]
        middle = chart.room_of(0).center().toPoint()
        QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=middle)
        wait_for(lambda: self.page.name == "register")

    def report(self) -> None:
        """Make the report of the year."""
        self.window.show_place("overview", {"tab": "statistics"})
        folder = self.folder / "report"
        self.window.desk.dialogs.folder = lambda *_: folder  # type: ignore[method-assign]
        self.page.statistics.export_report()

    def change_all(self) -> None:
        """Set the region of all ticked."""
        page = self.page
        page.doing.change("region", page.model.ticked_ids())
        wait_for(lambda: page.doing.sheet is not None)
        sheet = page.doing.sheet
        sheet.editors["region"].setText("武汉市")
        sheet.show_changes()
        sheet.accept()

    def export(self) -> None:
        """Make the papers of 40 cases."""
        desk, folder = self.window.desk, self.folder / "papers"
        folder.mkdir()
        desk.dialogs.folder = lambda *_: folder  # type: ignore[method-assign]
        self.page.doing.export(desk.store.register.ids()[:40], "pdf")

    def check(self) -> None:
        """Choose 300 cases for a submission."""
        self.window.show_place(
            "submission", {"case_ids": self.window.desk.store.register.ids()[:300]}
        )

    def bin(self) -> None:
        """Bin 300 cases."""
        self.window.show_place("register")
        self.page.doing.bin(self.window.desk.store.register.ids()[:300])

    def back_up(self) -> None:
        """Back up by hand, from the settings."""
        self.window.show_place("settings", {"group": "backup"})
        made = [one for one in self.page.findChildren(QWidget) if hasattr(one, "restore_current")]
        made[0].make()


def main() -> int:
    """Do everything and tell each thing's longest stop."""
    office = Office(Path(sys.argv[1]), int(sys.argv[2]))
    told: dict[str, tuple[float, float, list[str]]] = {}
    for name, do in office.things():
        dog = Watchdog()
        fault = ""
        with dog.watching():
            try:
                do()
                office.calm()
            except Exception as error:
                fault = repr(error)
        places = [f"{count} x {place}" for place, count in dog.places.most_common(3)]
        busy = max(dog.busy)
        told[name] = (dog.longest_ms, busy, [fault, *places] if fault else places)
        lines = (f"{dog.longest_ms:6.0f} ms, busy {busy:4.0f}  {name}", *told[name][2])
        print(*lines, sep="\n            ", file=sys.stderr)
    print(json.dumps(told, ensure_ascii=False), flush=True)
    office.window.close()
    office.program.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
