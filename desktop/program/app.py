"""The program with windows: from the start to the main window, and out again.

Here everything is wired: settings, log, theme, the one instance, the data, the window.  The
clock and the user's name are read here.

The window comes first: what is slow to load (the database's library, packs, papers) is loaded
where it is wanted, and data in which all is in order are opened while the register is read.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, Qt, QTranslator, Signal, Slot
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

from db.data_places import database_file
from desktop.desk.desk import WINDOW_WAIT_S, Clock, Desk, user
from desktop.desk.jobs import Job, Jobs
from desktop.desk.opened_data import Data, Opening
from desktop.installed.program_places import settings_file, usual_data_folder
from desktop.installed.program_version import program_version
from desktop.installed.screen_texts import t
from desktop.installed.settings import Settings
from desktop.parts.dialogs import Dialogs
from desktop.parts.notices import Notices
from desktop.parts.theme import type as types
from desktop.parts.theme.theme import Theme
from desktop.program import log
from desktop.program.asked_to_stop import asked_by_the_system
from desktop.program.crash_hook import CrashHook
from desktop.program.garbage import Collector
from desktop.program.single import SingleInstance
from desktop.shell.main_window import LEAST, USUAL, MainWindow
from forms.ground.locate import fonts_folder, resources

if TYPE_CHECKING:
    from db.backup import Restored
    from db.glance import Glance
    from db.store_problems import StoreProblem
    from desktop.installed.bureau_edition import Edition
    from desktop.pages.first_start import Answers, FirstStart
    from desktop.program.opening_window import TroubleWindow
    from desktop.program.waiting_window import WaitingWindow
    from forms.pack.load import PackFault

    Window = MainWindow | FirstStart | TroubleWindow | WaitingWindow

SAMPLE_FOLDER = "sample"
FIRST_ROWS = 60
"""How many rows of the register the first glance shows."""


@dataclass(frozen=True)
class Options:
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


def application(settings: Settings) -> QApplication:
    """The application, with scaling, fonts' rounding and Qt's own words in Chinese."""
    scale = settings.text("scale")
    if scale != "system":
        os.environ["QT_SCALE_FACTOR"] = str(int(scale) / 100)
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(
        Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    )
    app = QApplication(["openlicense-desk", "-style", "fusion"])
    app.setApplicationName("OpenLicense Desk")
    app.setApplicationDisplayName(t("frame.app"))
    app.setDesktopFileName("openlicense-desk")
    app.setWindowIcon(QIcon(str(resources() / "app-icon" / "openlicense-desk.png")))
    speak_chinese(app)
    return app


def speak_chinese(app: QApplication) -> None:
    """Let Qt's own dialogs and menus speak Chinese, and dates and numbers follow."""
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load("qtbase_zh_CN", folder):
        app.installTranslator(translator)


def dress(app: QApplication, settings: Settings, *, own_fonts: bool = False) -> Theme:
    """Fonts, palette and style sheet; `own_fonts` leaves the system's aside."""
    family = types.load(fonts_folder(), ours_only=own_fonts)
    app.setFont(types.body(family))
    return Theme(app, settings.text("theme"))  # type: ignore[arg-type]


def data_folder(settings: Settings) -> Path:
    """The folder of the data: the one chosen, else the usual one."""
    chosen = settings.text("data_folder")
    return Path(chosen) if chosen else usual_data_folder()


def present() -> datetime:
    """The present moment."""
    return datetime.now(UTC)


class Program(QObject):
    """Holds what lives as long as the program, and shows one window after the other."""

    _told_by_store = Signal(str)  # in whatever thread

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
        super().__init__()
        self._collector = Collector(self)
        self._app = app
        self._settings = settings
        self._folder = folder
        self._is_fixed = is_fixed
        self._clock = clock
        self._dialogs = dialogs or Dialogs()
        self._log = log.begin(folder)
        self._theme = dress(app, settings, own_fonts=own_fonts)
        self.notices = Notices(self)
        self.hook = CrashHook(self.notices, program_version, self.leave)
        self.desk: Desk | None = None
        self.window: Window | None = None
        self._files: tuple[Path, ...] = ()
        self._renewing: Opening | None = None
        self._restoring: Jobs | None = None
        self._first_pack = first_pack
        self._told_by_store.connect(self._tell_pending)

    @property
    def folder(self) -> Path:
        """The folder of the data."""
        return self._folder

    # --- opening ----------------------------------------------------------------------------

    def open(self, files: Sequence[Path] = ()) -> None:
        """Open the data and show what comes first: first start, window, or the trouble.

        Data that a glance finds in order are opened while the window is there already.
        """
        from db.glance import glance, is_older

        self._files = tuple(files)
        file = database_file(self._folder)
        seen = glance(file, limit=FIRST_ROWS)
        if seen is not None and seen.settings.get("started") == "true":
            self._open_beside(file, seen)
        elif seen is None and is_older(file):
            self._open_older(file)
        else:
            self._open_first(file)

    def _open_beside(self, file: Path, seen: Glance) -> None:
        """Show the window with what was seen, and open the data once it is painted."""
        opening = Opening(partial(self._data_of, file), self)
        opening.failed.connect(self._fail)
        self.desk = self._desk_on(opening, seen=seen)
        self.desk.opened.connect(self._tell_faults)
        self.desk.opened.connect(self._preload)
        self.desk.opened.connect(self._ask_for_pack)
        window = self._show_main()
        window.painted.connect(self._collector.begin)
        window.painted.connect(opening.begin)
        if self._files:
            self._show_files(window)

    @Slot()
    def _preload(self) -> None:
        from desktop.program.preload import preload

        if self.desk is None:  # closed meanwhile
            return
        pack, words = self.desk.pack, t("opening.preloading")
        self.desk.jobs.run(lambda _: preload(pack), words, drawing=True, quiet=True)

    def _open_older(self, file: Path) -> None:
        """Bring data up to date in a thread, and say so until it is done."""
        from desktop.program.waiting_window import WaitingWindow

        self._collector.begin()
        self._renewing = opening = Opening(partial(self._data_of, file), self)
        opening.opened.connect(self._renewed)
        opening.failed.connect(self._fail)
        self._show(WaitingWindow())
        opening.begin()

    @Slot()
    def _renewed(self) -> None:
        if self._renewing is not None:  # else the program was closed meanwhile
            self.desk = self._desk_on(self._renewing.wait())
            self._renewing = None
            self._show_opened()

    def _open_first(self, file: Path) -> None:
        """Open the data, then show what is called for."""
        from db.store_problems import StoreProblem
        from forms.pack.load import PackFault

        self._collector.begin()
        try:
            self.desk = self._opened(file)
        except (StoreProblem, PackFault) as problem:
            self._show_trouble(problem)
            return
        self._show_opened()

    def _show_opened(self) -> None:
        """Show what is called for by the data that are open now."""
        assert self.desk is not None
        self._tell_faults()
        if self._settings.flag("started") or self.desk.store.parties.office().name:
            self._show_files(self._show_main())
            self._ask_for_pack()
        else:
            self._show_first_start()

    def _opened(self, file: Path, *, is_sample: bool = False) -> Desk:
        """The desk on a database that is open.  Raises a StoreProblem, PackFault."""
        return self._desk_on(self._data_of(file), is_sample=is_sample)

    def _data_of(self, file: Path) -> Data:
        """Open a database, in any thread.  Raises a StoreProblem, PackFault."""
        from db.store import open_store
        from desktop.installed.packs_here import default_code, stock_beside
        from desktop.program.opening_window import pack_in_use

        stock, tell = stock_beside(file), self._told_by_store.emit
        packs = stock.counting
        for one in stock.unusable:
            tell(t("opening.unusable_pack", name=one.name, reason=one.reason))
        store = open_store(
            file, now=self._clock, busy_timeout_s=WINDOW_WAIT_S, tell=tell, backs_up_beside=True
        )
        try:
            self._settings.keep_data_in(store)
            chosen = self._settings.text("pack")
            code = default_code(
                packs, chosen=chosen, of_cases=store.register.packs, edition=self._pack_first()
            )
            pack = pack_in_use(packs, chosen, tell, first=code or "")
            return Data(store=store, pack=pack, packs=packs, asks_for_pack=code is None)
        except BaseException:
            store.close()
            raise

    def _edition(self) -> Edition | None:
        """The bureau's edition this is, if any."""
        from desktop.installed.bureau_edition import edition_here

        return edition_here() if self._first_pack is None else None

    def _pack_first(self) -> str:
        """The code of the pack to use where none was chosen; "" for any."""
        edition = self._edition()
        return edition.pack if edition else self._first_pack or ""

    def _desk_on(
        self, data: Data | Opening, *, is_sample: bool = False, seen: Glance | None = None
    ) -> Desk:
        jobs = Jobs()
        jobs.unheard.connect(self.hook.meet)
        desk = Desk(
            data=data,
            clock=self._clock,
            settings=self._settings,
            theme=self._theme,
            notices=self.notices,
            jobs=jobs,
            who=user(),
            dialogs=self._dialogs,
            is_sample=is_sample,
            seen=seen,
            parent=self,
        )
        desk.sample_asked.connect(self.show_sample)
        desk.own_data_asked.connect(self.show_own_data)
        desk.restore_asked.connect(self.restore_backup)
        return desk

    @Slot(object)
    def _fail(self, error: BaseException) -> None:
        """The data that a glance found in order, or older, do not open: show why."""
        from db.store_problems import StoreProblem
        from forms.pack.load import PackFault

        self.notices.show_in(None)
        self._renewing = None
        self._close_desk()
        if not isinstance(error, StoreProblem | PackFault):
            raise error
        self._show_trouble(error)

    @Slot()
    def _ask_for_pack(self) -> None:
        """Let the clerk say which pack to use, where neither a choice nor the cases do."""
        desk = self.desk
        if desk is None or not desk.asks_for_pack:
            return
        codes = list(desk.packs)
        names = [_pack_name(desk.packs[code]) for code in codes]
        title, words, yes = (t(f"opening.which_pack.{one}") for one in ("title", "words", "yes"))
        place = self._dialogs.choose(self.window, title, words, names, yes)
        if place is None:
            name = desk.pack.identity.name
            self.notices.tell("pending", t("opening.which_pack.none", name=name))
        elif self.desk is desk:
            desk.choose_pack(codes[place])

    def _tell_faults(self) -> None:
        faults = self._settings.take_faults()
        if faults:
            names = "、".join(faults)
            text = t("opening.faulty_settings", count=len(faults), names=names)
            self.notices.tell("pending", text)

    @Slot(str)
    def _tell_pending(self, sentence: str) -> None:
        self.notices.tell("pending", sentence)

    # --- windows ----------------------------------------------------------------------------

    def _show(self, window: Window) -> None:
        """Show a window instead of the one before; it also shows what is said.

        What is said while one waits is kept for the next.
        """
        old, self.window = self.window, window
        strip = getattr(window, "notices", None)
        self.notices.show_in(strip.show_notice if strip is not None else None)
        window.show()
        if old is not None:
            old.close()
            old.deleteLater()

    def _show_main(self, place: str = "register", **arguments: object) -> MainWindow:
        assert self.desk is not None
        window = MainWindow(self.desk)
        window.show_place(place, arguments)
        self._show(window)
        return window

    def _show_files(self, window: MainWindow) -> None:
        """Open the files that the program was started with, once."""
        files, self._files = self._files, ()
        _open_in(window, files)

    def _show_first_start(self) -> None:
        assert self.desk is not None
        from desktop.pages.first_start import FirstStart

        edition, packs = self._edition(), self.desk.packs
        asks = self.desk.asks_for_pack
        first = () if asks else (self.desk.pack.identity.code,)
        names = {code: _pack_name(packs[code]) for code in dict.fromkeys((*first, *packs))}
        if asks:
            names = {"": t("first_start.pack_ask"), **names}
        office = edition.offered() if edition else self.desk.store.parties.office()
        whose = edition.name if edition else ""
        window = FirstStart(names, self._folder, self._dialogs, office=office, edition=whose)
        window.setMinimumSize(LEAST)
        window.resize(USUAL.boundedTo(window.screen().availableGeometry().size()))
        window.answered.connect(self.begin)
        window.sample_asked.connect(self.show_sample)
        self._show(window)
        self._preload()

    def _show_trouble(self, problem: StoreProblem | PackFault) -> None:
        from desktop.program.opening_window import TroubleWindow

        window = TroubleWindow(problem)
        window.again_asked.connect(self.try_again)
        window.backups_asked.connect(self.restore_backup)
        window.folder_asked.connect(self.choose_folder)
        window.leave_asked.connect(self.leave)
        self._show(window)

    # --- what the clerk asks ------------------------------------------------------------------

    @Slot(object)
    def begin(self, answers: Answers) -> None:
        """Keep the answers of the first start and open the register."""
        assert self.desk is not None
        if answers.folder != self._folder:
            desk = self._opened(database_file(answers.folder))  # the old one stays if this fails
            self._settings.set("data_folder", str(answers.folder))
            self.desk.close()
            self._folder, self.desk = answers.folder, desk
        desk = self.desk
        desk.store.parties.set_office(answers.office)
        if answers.pack in desk.packs:
            desk.choose_pack(answers.pack)
        self._keep_edition(desk)
        self._settings.set("started", True)
        self._show_files(self._show_main())

    def _keep_edition(self, desk: Desk) -> None:
        """Keep with the data what the first start did not ask and the edition says."""
        from msgspec.structs import replace

        edition = self._edition()
        if edition is not None:
            desk.store.parties.set_office(
                replace(desk.store.parties.office(), kind=edition.office.kind)
            )

    @Slot()
    def show_sample(self, *, quietly: bool = False) -> None:
        """Show the invented sample in a folder of its own; the office's data stay as they are.

        `quietly` does not say so on the window, for pictures.
        """
        from desktop.program.sample import fill_with_sample
        from forms.ground.for_the_clerk import ForTheClerk

        if not self._let_go():
            return
        try:
            file = database_file(self._folder / SAMPLE_FOLDER)
            self.desk = self._opened(file, is_sample=True)
            fill_with_sample(self.desk)
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

            self._folder = chosen
            if not self._is_fixed:
                with suppress(CannotWrite, OSError):
                    self._settings.set("data_folder", str(chosen))
            self.open(self._files)

    @Slot()
    @Slot(object)
    def restore_backup(self, file: Path | None = None) -> None:
        """Bring a backup back, the one named or one the clerk chooses.

        What is there now is backed up, or where it can not be read set aside.
        """
        from db.rotation import backups_folder

        if file is None:
            title, kinds = t("opening.choose_backup"), t("opening.backup_files")
            start = backups_folder(database_file(self._folder))
            chosen = self._dialogs.files(self.window, title, kinds, start)
            if not chosen:
                return
            file = chosen[0]
        takes = self._takes_settings(file)
        if takes is not None and self._let_go():
            self._restore_beside(file, takes_settings=takes)

    def _takes_settings(self, file: Path) -> bool | None:
        """Whether the clerk wants the backup's settings that lead elsewhere; None to leave it."""
        from db.leading_settings import leading
        from db.store_problems import StoreProblem
        from desktop.installed.leading_words import told

        try:
            settings = leading(file, database_file(self._folder))
        except StoreProblem:
            return False  # restoring says what is wrong with it
        if not settings:
            return False
        keep, take = t("opening.settings.keep"), t("opening.settings.take")
        words = t("opening.settings.words", lines="\n".join(f"· {one}" for one in told(settings)))
        title = t("opening.settings.title")
        answer = self._dialogs.pick(self.window, title, words, (keep, take))
        return None if not answer else answer == take

    def _restore_beside(self, file: Path, *, takes_settings: bool) -> None:
        """Bring a backup back in a job; the window that was there waits."""
        from db.backup import restore

        if self.window is not None:
            self.window.setEnabled(False)
        self._restoring = jobs = Jobs(self)
        jobs.slow.connect(self._show_progress)
        jobs.run(
            lambda _: restore(
                file, database_file(self._folder), now=self._clock, takes_settings=takes_settings
            ),
            t("opening.restoring"),
            finished=self._restored,
            failed=self._not_restored,
        )

    @Slot(object)
    def _show_progress(self, job: Job) -> None:
        from desktop.shell.progress import ProgressDialog

        dialog = ProgressDialog(job, self.window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    @Slot(object)
    def _restored(self, restored: Restored) -> None:
        kept = restored.kept
        words = t("opening.restored_kept", file=kept) if kept else t("opening.restored")
        self.notices.tell("done", words)
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
            _open_in(self.window, [Path(file) for file in files])
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
        if self._restoring is not None:
            self._restoring.close()
        if self._renewing is not None:  # it is not left half done
            with suppress(Exception):
                self._renewing.wait().store.close()
            self._renewing = None
        self.notices.show_in(None)
        self._close_desk()
        self.hook.end()
        log.end(self._log)
        self._collector.end()

    def _let_go(self) -> bool:
        """Save what is in hand and close the data; False where the page refuses to be left."""
        if isinstance(self.window, MainWindow) and not self.window.let_go():
            return False
        self.notices.show_in(None)
        self._close_desk()
        return True

    def _close_desk(self) -> None:
        if self.desk is not None:
            self._settings.keep_data_in(None)
            self.desk.close()
            self.desk.deleteLater()
            self.desk = None


def _open_in(window: MainWindow, files: Sequence[Path]) -> None:
    """Open files in the window: a form pack is taken in, all else imported."""
    if not files:
        return
    from forms.vetting.pack_intake import ENDING

    packs = [file for file in files if file.name.lower().endswith(ENDING)]
    if packs:
        window.show_place("settings", {"group": "pack", "files": packs})
    else:
        window.show_place("import", {"files": list(files)})


def _pack_name(folder: Path) -> str:
    from forms.pack.load import PackFault, load

    try:
        return load(folder).identity.name
    except PackFault:
        return folder.name


def _options(argv: Sequence[str]) -> Options:
    parser = argparse.ArgumentParser(prog="openlicense-desk", add_help=True)
    parser.add_argument("--data", type=Path, metavar="DIR")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    given, _ = parser.parse_known_args(list(argv))
    return Options(given.data, tuple(given.files))


if __name__ == "__main__":
    sys.exit(main())
