"""The program with windows: from the start to the main window, and out again.

Here everything is wired: settings, log, the one instance, the data, the window.  The clock is
read here.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QApplication

from db.data_places import database_file
from desktop.desk.desk import Clock
from desktop.installed.program_places import settings_file, usual_data_folder
from desktop.installed.program_version import program_version
from desktop.installed.screen_texts import t
from desktop.installed.settings import Settings
from desktop.installed.workplaces import Workplace, data_folder_around, folder_of, workplace_of
from desktop.parts.dialogs import Dialogs
from desktop.program import log
from desktop.program.asked_to_stop import asked_by_the_system
from desktop.program.backup_return import BackupReturn
from desktop.program.crash_hook import CrashHook
from desktop.program.desk_maker import AroundDesks, DeskMaker
from desktop.program.qt_application import application, dress
from desktop.program.single import SingleInstance
from desktop.program.window_of_data import WindowOfData, open_in
from desktop.shell.main_window import MainWindow

if TYPE_CHECKING:
    from db.backup import Restored
    from desktop.pages.first_start import Answers

SAMPLE_FOLDER = "sample"


class Options(NamedTuple):
    """What the program was started with."""

    data: Path | None = None
    files: tuple[Path, ...] = ()


def main(argv: Sequence[str] | None = None) -> int:
    """Open the program and return its exit code when it is closed."""
    options = _options(sys.argv[1:] if argv is None else argv)
    settings = Settings(settings_file())
    app = application(settings)
    folder = options.data or data_folder(settings)
    single = SingleInstance(folder)
    if not single.is_first([str(file) for file in options.files]):
        return 0
    program = Program(app, settings, folder, is_fixed=options.data is not None)
    single.asked_to_rise.connect(program.rise)
    program.hook.begin()
    log.take_qt_messages()
    try:
        with asked_by_the_system(program.leave):
            program.open(options.files)
            return app.exec()
    finally:
        program.close()
        single.close()


def data_folder(settings: Settings) -> Path:
    """The folder of the data: the one chosen, else the usual one."""
    chosen = settings.text("data_folder")
    return Path(chosen) if chosen else usual_data_folder()


def present() -> datetime:
    """The present moment."""
    return datetime.now(UTC)


class Program(WindowOfData):
    """Holds what lives as long as the program, and does what the clerk asks of its windows."""

    def __init__(
        self,
        app: QApplication,
        settings: Settings,
        folder: Path,
        *,
        is_fixed: bool = False,
        clock: Clock = present,
        own_fonts: bool = False,
        dialogs: Dialogs | None = None,
        first_pack: str | None = None,
    ) -> None:
        """Begin with a data folder; `is_fixed` where the command line names it.

        `first_pack` makes it nobody's edition: the pack of that code is used first.
        """
        super().__init__(settings, folder, dialogs or Dialogs())
        self._app = app
        self._is_fixed = is_fixed
        self._log = log.begin(folder)
        self.hook = CrashHook(self.notices, program_version, self.leave)
        around = AroundDesks(
            settings=settings,
            clock=clock,
            theme=dress(app, settings, own_fonts=own_fonts),
            notices=self.notices,
            dialogs=self._dialogs,
            hook=self.hook,
        )
        self._maker = DeskMaker(around, first_pack, self)
        self._maker.told.connect(self._tell_pending)
        self._return = BackupReturn(self._dialogs, clock, self)
        self._return.returned.connect(self._restored)
        self._return.failed.connect(self._not_restored)
        self.answered.connect(self.begin)
        self.sample_asked.connect(self.show_sample)
        self.own_data_asked.connect(self.show_own_data)
        self.restore_asked.connect(self.restore_backup)
        self.backups_asked.connect(self.restore_backup)
        self.again_asked.connect(self.try_again)
        self.folder_asked.connect(self.choose_folder)
        self.leave_asked.connect(self.leave)
        self.workplace_asked.connect(self.go_to_workplace)

    # --- what the clerk asks ------------------------------------------------------------------

    @Slot(object)
    def begin(self, answers: Answers) -> None:
        """Keep the answers of the first start and open the register."""
        assert self.desk is not None
        if (answers.folder, answers.workplace) != (self._folder, self.workplace):
            before = self.workplace
            self._choose_workplace(answers.workplace)
            try:
                desk = self._opened(database_file(folder_of(answers.folder, answers.workplace)))
            except BaseException:  # the old one stays
                self._choose_workplace(before)
                raise
            if answers.folder != self._folder:
                self._settings.set("data_folder", str(answers.folder))
            self.desk.close()
            self._folder, self.desk = answers.folder, desk
        desk = self.desk
        desk.store.parties.change_office(answers.onto)
        if answers.pack in desk.packs:
            desk.choose_pack(answers.pack)
        if (edition := self._maker.edition()) is not None:
            from desktop.program.first_questions import keep_edition

            keep_edition(desk, edition)
        self._choose_workplace(answers.workplace)  # it holds in a later program that is no edition
        self._settings.set("started", True)
        self._show_files(self._show_main())

    @Slot()
    def show_sample(self, *, quietly: bool = False) -> None:
        """Show the invented sample in a folder of its own; the office's data stay as they are.

        `quietly` does not say so on the window, for pictures.
        """
        from desktop.program.sample import fill
        from forms.ground.for_the_clerk import ForTheClerk

        if not self._let_go():
            return
        try:
            file = database_file(folder_of(self._folder, self.workplace) / SAMPLE_FOLDER)
            self.desk = self._opened(file, is_sample=True)
            fill(self.desk)
        except ForTheClerk as problem:
            self.notices.tell("error", str(problem))
            self._close_desk()
            self.open()
            return
        self._show_main()
        if not quietly:
            way_back = (t("opening.back_to_own"), self.show_own_data)
            self.notices.tell("advice", t("opening.sample"), action=way_back)

    @Slot()
    def show_own_data(self) -> None:
        """Come back from the sample."""
        if self._let_go():
            self.open()

    @Slot(str)
    def go_to_workplace(self, asked: str) -> None:
        """Go to another workplace, with its data; those of this one stay as they are.

        What is in hand is saved first, and a page that refuses to be left keeps it all.
        """
        workplace = workplace_of(asked)
        if workplace == self.workplace or not self._let_go():
            return
        self._choose_workplace(workplace)
        self.open()

    def _choose_workplace(self, workplace: Workplace) -> None:
        """Say which workplace is in use; also where the settings can not be written now."""
        from forms.ground.files import CannotWrite

        if workplace != self._settings.text("workplace"):
            with suppress(CannotWrite, OSError):
                self._settings.set("workplace", workplace)

    @Slot()
    def try_again(self) -> None:
        """Try to open the data once more."""
        self.open(self._files)

    @Slot()
    def choose_folder(self) -> None:
        """Let the clerk point at the folder where the data lie now."""
        chosen = self._dialogs.folder(self.window, t("opening.choose_folder"), self._folder)
        if chosen is not None:
            from forms.ground.files import CannotWrite

            self._folder = folder = data_folder_around(chosen, self.workplace)
            if not self._is_fixed:
                with suppress(CannotWrite, OSError):
                    self._settings.set("data_folder", str(folder))
            self.open(self._files)

    @Slot()
    @Slot(object)
    def restore_backup(self, file: Path | None = None) -> None:
        """Bring a backup back, the one named or one the clerk chooses.

        What is there now is backed up, or where it can not be read set aside.
        """
        database = self.database()
        chosen = file or self._return.chosen(self.window, database)
        if chosen is None:
            return
        takes = self._return.takes_settings(self.window, chosen, database)
        if takes is not None and self._let_go():
            self._return.begin(self.window, chosen, database, takes_settings=takes)

    @Slot(object, str)
    def _restored(self, restored: Restored, lacking: str) -> None:
        kept = restored.kept
        words = t("opening.restored_kept", file=kept) if kept else t("opening.restored")
        self.notices.tell("pending" if lacking else "done", words + lacking)
        self.open(self._files)

    @Slot(object)
    def _not_restored(self, error: BaseException) -> None:
        from db.store_problems import StoreProblem

        self.open(self._files)
        if not isinstance(error, StoreProblem):
            raise error
        self.notices.tell("error", str(error))

    @Slot(list)
    def rise(self, files: list[str]) -> None:
        """The program was started again: come to the front, and open what it was given."""
        if isinstance(self.window, MainWindow):
            self.window.raise_up()
            open_in(self.window, [Path(file) for file in files])
        elif self.window is not None:
            self._files += tuple(Path(file) for file in files)  # opened when the data are
            self.window.raise_()
            self.window.activateWindow()

    @Slot()
    def leave(self) -> None:
        """Leave the program; the window saves what is in hand."""
        if self.window is not None:
            self.window.close()
        self._app.quit()

    def close(self) -> None:
        """Put everything away."""
        self._return.close()
        if self._renewing is not None:  # it is not left half done
            with suppress(Exception):
                self._renewing.wait().store.close()
            self._renewing = None
        self.notices.show_in(None)
        self._close_desk()
        self.hook.end()
        log.end(self._log)
        self._collector.end()


def _options(argv: Sequence[str]) -> Options:
    parser = argparse.ArgumentParser(prog="openlicense-desk", add_help=True)
    parser.add_argument("--data", type=Path, metavar="DIR")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    given, _ = parser.parse_known_args(list(argv))
    return Options(given.data, tuple(given.files))


if __name__ == "__main__":
    sys.exit(main())
