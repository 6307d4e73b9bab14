"""Packages being taken in: beside the window, with how far it is and the way to stop it."""

from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame

from desktop.desk.desk import Desk
from desktop.desk.jobs import Job
from desktop.installed.screen_texts import t
from desktop.pages.intake.intake_jobs import take
from desktop.parts.dialogs import kinds_of
from desktop.parts.widgets.basics import button, icon_label, row
from desktop.parts.widgets.one_line import Elided
from forms.bureau.intake import TakenIn
from forms.exchange.came import CONTAINERS


class Taking(QFrame):
    """Takes packages in, one lot after the other; it is seen while it does.

    `changed` is emitted when some are kept, `last` carries the id of the last of them.
    """

    changed = Signal()
    last = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.job: Job | None = None
        self._waiting: list[Path] = []
        self.setProperty("role", "bar")
        self._far = Elided("")
        stop = button(t("frame.stop"), icon="x", clicked=self.stop)
        whole = row(icon_label("clock"), self._far, stop, margins=(24, 6, 24, 6))
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.hide()

    # --- what is asked --------------------------------------------------------------------------

    def paste(self) -> None:
        """Take in files that were copied in a file manager."""
        self.take_urls(QGuiApplication.clipboard().mimeData().urls())

    def take_urls(self, urls: Sequence[QUrl]) -> None:
        """Take in what was dropped or pasted, where it lies on the disk."""
        self.take_in([Path(url.toLocalFile()) for url in urls if url.isLocalFile()])

    def ask_files(self) -> None:
        """Let the clerk choose files."""
        kinds = kinds_of("intake.kinds", CONTAINERS)
        self.take_in(self.desk.dialogs.files(self, t("intake.choose"), kinds))

    def ask_folder(self) -> None:
        """Let the clerk choose a folder, of one package or of many."""
        folder = self.desk.dialogs.folder(self, t("intake.choose_folder"))
        if folder is not None:
            self.take_in([folder])

    # --- the work -------------------------------------------------------------------------------

    def take_in(self, paths: Sequence[Path], passwords: Sequence[str] = ()) -> None:
        """Take packages in beside the window; what comes meanwhile is taken in after them."""
        if self.job is not None and not self.job.is_over:
            self._waiting += paths
            return
        if not paths:
            return
        self._far.say(t("intake.beginning"))
        self.show()
        self.job = self.desk.jobs.run(
            partial(take, self.desk, list(paths), tuple(passwords)),
            t("intake.taking"),
            finished=partial(self._taken, list(paths)),
            failed=self._not_taken,
            cancelled=self._stopped,
            progressed=self._tell,
            quiet=True,
        )

    def stop(self) -> None:
        """Stop the intake; what is done stays."""
        self._waiting = []
        if self.job is not None:
            self._far.say(t("frame.stopping"))
            self.job.cancel()

    def _tell(self, done: int, total: int, what: str) -> None:
        self._far.say(t("intake.far", done=min(done + 1, total), total=total, name=what))

    def _taken(self, paths: list[Path], taken: list[TakenIn]) -> None:
        self.hide()
        self._say_taken(taken)
        self.changed.emit()
        waiting, self._waiting = self._waiting, []
        if waiting:
            self.take_in(waiting)
        elif any(one.wants_password for one in taken):
            self._ask_password(paths, [one for one in taken if one.wants_password])

    def _say_taken(self, taken: Sequence[TakenIn]) -> None:
        """Say what came; of what came before, when."""
        counts = Counter(one.package.verdict for one in taken)
        kept = [one for one in taken if one.package.verdict not in ("again", "unreadable")]
        if kept:
            self.last.emit(kept[-1].package_id or 0)
            cases = sum(one.new + one.conflict for one in kept)
            words = t("intake.told.taken", packages=len(kept), cases=f"{cases:,}")
            odd = counts["faulty"]
            words += t("intake.told.faulty", count=odd) if odd else ""
            self.desk.notices.tell("pending" if odd else "done", words)
        again = [one for one in taken if one.package.verdict == "again" and not one.new]
        if len(again) == 1 and again[0].package.faults:
            self.desk.notices.tell("advice", again[0].package.faults[-1].message)
        elif again:
            self.desk.notices.tell("advice", t("intake.told.again", count=len(again)))
        for one in [one for one in taken if one.package_id is None and one not in again][:3]:
            message = one.package.faults[0].message if one.package.faults else ""
            if message:
                self.desk.notices.tell("error", message)

    def _ask_password(self, paths: list[Path], locked: Sequence[TakenIn]) -> None:
        name = locked[0].package.source
        typed = self.desk.dialogs.text(
            self,
            t("intake.password.title"),
            t("intake.password.label", name=name),
            t("intake.password.yes"),
        )
        if typed:
            self.take_in(paths, [typed])

    def _not_taken(self, error: BaseException) -> None:
        self.hide()
        self.changed.emit()
        self.desk.jobs.unheard.emit(error)

    def _stopped(self) -> None:
        self.hide()
        self.desk.notices.tell("advice", t("intake.told.stopped"))
        self.changed.emit()
