"""A backup brought back: which one, with which of its settings, and the work itself in a job."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.desk.desk import Clock
from desktop.desk.jobs import Jobs
from desktop.installed.screen_texts import t
from desktop.parts.dialogs import Dialogs

if TYPE_CHECKING:
    from db.backup import Restored
    from desktop.desk.jobs import Report


class BackupReturn(QObject):
    """Asks what is to be brought back, and does it while no data are open."""

    returned = Signal(object, str)  # what db.backup.restore gives, and what is lacking beside it
    failed = Signal(object)  # the exception

    def __init__(self, dialogs: Dialogs, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._dialogs, self._clock = dialogs, clock
        self._jobs: Jobs | None = None

    def chosen(self, window: QWidget | None, database: Path) -> Path | None:
        """Let the clerk choose a backup of a database; None for none."""
        from db.rotation import backups_folder

        title, kinds = t("opening.choose_backup"), t("opening.backup_files")
        files = self._dialogs.files(window, title, kinds, backups_folder(database))
        return files[0] if files else None

    def takes_settings(self, window: QWidget | None, file: Path, database: Path) -> bool | None:
        """Whether the clerk wants the backup's settings that lead elsewhere; None to leave it."""
        from db.leading_settings import leading
        from db.store_problems import StoreProblem
        from desktop.installed.leading_words import told

        try:
            settings = leading(file, database)
        except StoreProblem:
            return False  # restoring says what is wrong with it
        if not settings:
            return False
        keep, take = t("opening.settings.keep"), t("opening.settings.take")
        words = t("opening.settings.words", lines="\n".join(f"· {one}" for one in told(settings)))
        answer = self._dialogs.pick(window, t("opening.settings.title"), words, (keep, take))
        return None if not answer else answer == take

    def begin(
        self, window: QWidget | None, file: Path, database: Path, *, takes_settings: bool
    ) -> None:
        """Bring a backup back; the window that was there waits."""
        from desktop.shell.progress import follow

        if window is not None:
            window.setEnabled(False)

        work = partial(_restored, file, database, self._clock, takes_settings)
        self._jobs = jobs = Jobs(self)
        jobs.slow.connect(partial(follow, window))
        jobs.run(work, t("opening.restoring"), finished=self._told, failed=self.failed.emit)

    def _told(self, done: tuple[Restored, str]) -> None:
        self.returned.emit(*done)

    def close(self) -> None:
        """Wait for what is under way."""
        if self._jobs is not None:
            self._jobs.close()


def _restored(
    file: Path, database: Path, clock: Clock, takes_settings: bool, _: Report
) -> tuple[Restored, str]:
    """Bring a backup back; with it what is to be told of originals that are not beside the data."""
    from db.backup import restore

    done = restore(file, database, now=clock, takes_settings=takes_settings)
    return done, _lacking(database, clock) if done.inside.records else ""


def _lacking(database: Path, clock: Clock) -> str:
    from db.store import open_store
    from db.store_problems import StoreProblem
    from desktop.installed.originals_told import lacking_originals, told_lacking
    from forms.bureau.originals import originals_folder

    folder = originals_folder(database.parent)
    try:
        with open_store(database, now=clock, create=False, check=False) as store:
            found = lacking_originals(store, folder)
    except StoreProblem:  # it is brought back; the opening that follows says what is wrong
        return ""
    return told_lacking(found, folder) if found else ""
