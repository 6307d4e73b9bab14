"""报送: from the cases chosen to the mail draft, and what was sent before.

The page says where the clerk is among four steps; each step is a view of its own.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.desk.desk import Desk
from desktop.desk.jobs import Job, Report
from desktop.desk.page_base import Page, Shortcut
from desktop.installed.screen_texts import t
from desktop.pages.submission import package_actions
from desktop.pages.submission.check_step import CheckView
from desktop.pages.submission.choose_step import ChooseView
from desktop.pages.submission.mail_sheet import MailSheet
from desktop.pages.submission.outlook import Outlook, look_ahead
from desktop.pages.submission.package_actions import Package
from desktop.pages.submission.past_submissions import HomeView
from desktop.pages.submission.result_step import ResultView
from desktop.parts.outside import open_outside
from desktop.parts.widgets.frames import PageHead, StepsBar
from forms.office.past_packages import changed_since
from forms.office.store import case_name
from forms.office.stored import Submission

_STEPS = ("choose", "check", "make", "sent")
_LOOKED_BACK = 20  # so many packages are compared with today's cases


class SubmissionPage(Page):
    """The page "submission"."""

    name = "submission"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.case_ids: list[int] = []
        self._skipped: list[tuple[int, str]] = []
        self._job: Job | None = None
        self._check: Job | None = None
        self._wanted = 0  # the package that is looked at, by its id
        self._out: Path | None = None
        self.home, self.choose = HomeView(), ChooseView()
        self.checking, self.result = CheckView(), ResultView()
        self.head = PageHead("", back=t("submission.title"))
        self.steps = StepsBar([t(f"submission.steps.{step}") for step in _STEPS])
        self.stack = QStackedWidget()
        for view in (self.choose, self.checking, self.result):
            self.stack.addWidget(view)
        self.stages = QStackedWidget()
        self.stages.addWidget(self.home)
        self.stages.addWidget(self._task())
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.stages)
        self._connect()
        desk.packs_changed.connect(self.mark_stale)
        self.install_shortcuts()

    def _task(self) -> QWidget:
        holder = QWidget()
        steps = QVBoxLayout()
        steps.setContentsMargins(24, 0, 24, 8)
        steps.addWidget(self.steps)
        whole = QVBoxLayout(holder)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.head)
        whole.addLayout(steps)
        whole.addWidget(self.stack, 1)
        return holder

    def _connect(self) -> None:
        desk, view = self.desk, self.checking
        self.head.back_asked.connect(self.go_home)
        self.home.new_asked.connect(self.begin)
        self.home.seals_asked.connect(partial(desk.go, "seals"))
        self.home.opened.connect(self.show_submission)
        self.choose.chosen.connect(self.take_chosen)
        view.ordered.connect(self.take_cases)
        view.add_asked.connect(self.choose_cases)
        view.case_asked.connect(self._to_case)
        view.seals_asked.connect(partial(desk.go, "seals"))
        view.office_asked.connect(partial(desk.go, "settings", group="office"))
        view.files_asked.connect(self.ask_files)
        view.folder_asked.connect(self.ask_folder)
        view.odd_file.connect(partial(desk.notices.tell, "pending"))
        view.make_asked.connect(self.make)
        self.result.folder_asked.connect(self._open)
        self.result.mail_asked.connect(self._open_mail)
        self.result.words_asked.connect(self.show_mail)
        self.mail_sheet: MailSheet | None = None
        self.result.case_asked.connect(self._to_case)
        self.result.seals_asked.connect(partial(desk.go, "seals"))
        self.result.sent_noted.connect(self.note_sent)
        desk.case_saved.connect(self.mark_stale)

    # --- what the window asks -----------------------------------------------------------------

    def enter(self, **arguments: object) -> None:
        """`case_ids`: begin with these cases."""
        case_ids = arguments.get("case_ids")
        if isinstance(case_ids, Sequence) and not isinstance(case_ids, str) and case_ids:
            self._skipped = []
            self.take_cases([int(one) for one in case_ids])

    def refresh(self) -> None:
        """Check again, or list again what was sent."""
        if self.stages.currentIndex() == 0:
            self._list()
        elif self.stack.currentWidget() is self.checking:
            if self._job is None:
                self.check(again=bool(self.case_ids) and self.checking.ids == self.case_ids)
        elif self.stack.currentWidget() is self.result and self.result.package is not None:
            self.show_submission(self.result.package.submission)

    def shortcuts(self) -> Sequence[Shortcut]:
        """New, move, make."""
        return (
            Shortcut("Ctrl+N", "submission.keys.new", self.begin),
            Shortcut("Alt+Up", "submission.keys.up"),
            Shortcut("Alt+Down", "submission.keys.down"),
            Shortcut("Ctrl+Return", "submission.keys.make", self.make),
        )

    def panes(self) -> Sequence[QWidget]:
        """List and cards."""
        if self.stages.currentIndex() == 0:
            return (self.home.table if self.home.table.rows else self.home.new, self.home.head)
        if self.stack.currentWidget() is self.checking:
            return (self.checking.table, self.checking.right, self.checking.foot)
        return (self.stack.currentWidget(),)

    def escape(self) -> bool:
        """Back to the list of what was sent."""
        if self.stages.currentIndex() == 0:
            return False
        self.go_home()
        return True

    # --- home ---------------------------------------------------------------------------------

    def go_home(self) -> None:
        """Show the packages made before; the cases chosen are kept."""
        self._wanted = 0
        self.stages.setCurrentIndex(0)
        self._list()
        self.panes()[0].setFocus()

    def _list(self) -> None:
        self.home.show_submissions(self.desk.store.papers.submissions())
        self.desk.jobs.run(
            self._compare, t("submission.home.looking"), finished=self._compared, quiet=True
        )

    def _compare(self, report: Report) -> dict[int, int | None]:
        """How many papers of each package have changed since; in a job.

        None where its form pack is missing.
        """
        shelf = self.desk.shelf
        with self.desk.own_store() as store:
            found: dict[int, int | None] = {}
            for one in store.papers.submissions()[:_LOOKED_BACK]:
                report.check()
                pack = shelf.in_version(one.pack_code, one.pack_version)
                found[one.id] = None if pack is None else len(changed_since(store, pack, one.files))
            return found

    def _compared(self, changed: dict[int, int | None]) -> None:
        self.home.show_changed(changed)

    # --- choosing -----------------------------------------------------------------------------

    def begin(self) -> None:
        """A new submission: with the cases chosen last if it was not made, else those ready."""
        kept = self.desk.store.settings.get(package_actions.CASES)
        self.case_ids = _ids(kept)
        self._skipped = []
        self.choose_cases()

    def choose_cases(self) -> None:
        """Show the list of cases to choose from."""
        store, code = self.desk.store, self.desk.pack.identity.code
        others = set(store.register.ids(not_of=code))
        rows = [one for some in store.register.rows() for one in some if one.id not in others]
        self.choose.show_cases(rows, self.case_ids or None, others=len(others))
        self._show(self.choose, 0)
        self.choose.search.setFocus()

    def take_chosen(self, case_ids: Sequence[int]) -> None:
        """Go on with the cases ticked: those there before keep their order, new ones come last."""
        kept = [one for one in self.case_ids if one in case_ids]
        self.take_cases([*kept, *(one for one in case_ids if one not in kept)])

    def take_cases(self, case_ids: Sequence[int]) -> None:
        """Go on with these cases, in this order."""
        gone = set(self.case_ids) - set(case_ids)
        self.case_ids = list(case_ids)
        if self.stack.currentWidget() is self.checking:
            self._note_skipped(gone)
        self.desk.store.settings.put(package_actions.CASES, json.dumps(self.case_ids))
        self._show(self.checking, 1)
        self.checking.show_folder(self.folder)
        self.checking.table.setFocus()
        self.check()

    def _note_skipped(self, gone: set[int]) -> None:
        """Keep what was taken out for its errors, so that the result can say so."""
        self._skipped = [one for one in self._skipped if one[0] not in self.case_ids]
        self._skipped += [
            (one.stored.id, one.stored.case.patent.title or case_name(one.stored.case))
            for one in self.checking.outlook.checked
            if one.stored.id in gone and one.errors()
        ]

    # --- checking -----------------------------------------------------------------------------

    def check(self, *, again: bool = False) -> None:
        """Check the cases chosen, beside the window.

        Where the same are checked again what was found stays to see, and to go on with, until
        there is news: making a package checks for itself.
        """
        self._drop_check()
        self._is_stale = False  # all that was news by now is seen by this check
        if not again:
            self.checking.show_checking()
        ids = list(self.case_ids)
        work = partial(_outlook, self.desk, ids)
        self._check = self.desk.jobs.run(
            work, t("submission.checking"), finished=self._checked, quiet=len(ids) < 200
        )

    def _drop_check(self) -> None:
        if self._check is not None:
            self._check.cancel()
            self._check = None

    def _checked(self, outlook: Outlook) -> None:
        self._check = None
        self.case_ids = [one.stored.id for one in outlook.checked]
        self.checking.show_outlook(outlook)
        if outlook.others:
            self.desk.notices.tell("pending", t("submission.other_pack", count=outlook.others))
        self.checking.show_folder(self.folder)

    @property
    def folder(self) -> Path:
        """Where the package will go."""
        return self._out or package_actions.usual_folder(self.desk)

    def ask_folder(self) -> None:
        """Let the clerk choose where packages go."""
        title = t("submission.check.choose_folder")
        chosen = self.desk.dialogs.folder(self, title, self.folder)
        if chosen is not None:
            self._out = chosen
            self.desk.store.settings.put(package_actions.FOLDER, str(chosen))
            self.checking.show_folder(chosen)

    def ask_files(self) -> None:
        """Let the clerk choose further papers."""
        title, kinds = t("submission.check.add_files"), t("submission.check.any_file")
        chosen = self.desk.dialogs.files(self, title, kinds)
        if chosen:
            self.checking.attach(chosen)

    # --- making -------------------------------------------------------------------------------

    def make(self) -> None:
        """Make the package; nothing is left half-made where it is stopped or fails."""
        if self.stack.currentWidget() is not self.checking or not self.checking.make.isEnabled():
            return
        self._drop_check()
        ids = list(self.case_ids)
        work = partial(
            package_actions.make,
            self.desk,
            ids,
            self.folder,
            tuple(self.checking.attached),
            tuple(self._skipped),
            self.checking.lock.password,
        )
        self.steps.show_current(2)
        self.checking.show_busy(t("submission.making", count=len(ids)))
        self._job = self.desk.jobs.run(
            work,
            t("submission.making", count=len(ids)),
            finished=self._made,
            failed=self._failed,
            cancelled=self._stopped,
        )

    @property
    def job(self) -> Job | None:
        """The making under way."""
        return self._job

    def _made(self, package: Package) -> None:
        self._job = None
        self.case_ids, self._skipped = [], []
        self.checking.attached = []
        self.checking.lock.forget()
        self.desk.store.settings.put(package_actions.CASES, "[]")
        self._show_package(package)
        self.desk.papers_changed.emit()

    def _failed(self, error: BaseException) -> None:
        self._job = None
        self.steps.show_current(1)
        self.check()
        self.desk.jobs.unheard.emit(error)

    def _stopped(self) -> None:
        self._job = None
        self.steps.show_current(1)
        self.check()
        self.desk.notices.tell("advice", t("submission.stopped"))

    # --- after ----------------------------------------------------------------------------------

    def show_submission(self, submission: Submission) -> None:
        """Show an earlier package."""
        self._wanted = submission.id
        self.desk.jobs.run(
            partial(_looked_at, self.desk, submission.id),
            t("submission.home.looking"),
            finished=self._looked,
            quiet=True,
        )

    def _looked(self, package: Package) -> None:
        if self._wanted == package.submission.id:  # else one has gone elsewhere meanwhile
            self._show_package(package)

    def _show_package(self, package: Package) -> None:
        known = self.result.package
        if package.took_s is None and known and known.submission.id == package.submission.id:
            package = _with_time(package, known)
        pack = package.pack or self.desk.pack
        self.result.show_package(package, pack, self.desk.store.parties.office(), self.desk.today)
        self._show(self.result, 3 if package.submission.sent_at is None else len(_STEPS))
        self._wanted = package.submission.id
        self._show_title(package.submission)

    def note_sent(self, submission_id: int, day: date) -> None:
        """Keep that a package was sent."""
        moment = datetime.combine(day, time(12)).astimezone()
        self.desk.store.papers.note_sent(submission_id, moment)
        self.desk.papers_changed.emit()

    # --- inside -----------------------------------------------------------------------------------

    def _show(self, view: QWidget, step: int) -> None:
        self._wanted = 0
        self.stages.setCurrentIndex(1)
        self.stack.setCurrentWidget(view)
        self.steps.show_current(step)
        self._show_title(None)

    def _show_title(self, submission: Submission | None) -> None:
        earlier = self.desk.store.papers.submissions()
        day = (submission.made_at if submission else self.desk.now()).astimezone().date()
        same_day = [one for one in earlier if one.made_at.astimezone().date() == day]
        if submission is None:
            number = len(same_day) + 1
        else:
            number = sum(one.id <= submission.id for one in same_day)
        self.head.show_title(t("submission.new_title", day=day.isoformat(), number=number))
        self.head.show_beside(t("submission.to", authority=self.desk.pack.identity.authority))

    def _to_case(self, case_id: int, field: str) -> None:
        self.desk.go("wizard", case_id=case_id, path=field)

    def _open(self, path: Path) -> None:
        open_outside(path, self.desk.notices)

    def _open_mail(self, draft: Path) -> None:
        """Open a draft in the mail program; without one, offer what it says to be copied."""
        if not open_outside(draft, self.desk.notices) and draft.exists():
            self.show_mail(draft)

    def show_mail(self, draft: Path) -> None:
        """Offer what a draft says to be copied."""
        if draft.exists():
            self.mail_sheet = MailSheet(self.desk, draft, self)
            self.mail_sheet.open()
        else:
            self.desk.notices.tell("error", t("widgets.gone", name=draft.name))


def _outlook(desk: Desk, case_ids: Sequence[int], report: Report) -> Outlook:
    return look_ahead(desk, case_ids, report)


def _looked_at(desk: Desk, submission_id: int, report: Report) -> Package:
    with desk.own_store() as store:
        submission = next(one for one in store.papers.submissions() if one.id == submission_id)
        report.check()
        pack = desk.shelf.in_version(submission.pack_code, submission.pack_version)
        return package_actions.look_at(store, pack, submission)


def _with_time(package: Package, known: Package) -> Package:
    return replace(package, took_s=known.took_s)


def _ids(text: str | None) -> list[int]:
    try:
        data = json.loads(text or "[]")
    except ValueError:
        return []
    return [one for one in data if isinstance(one, int)] if isinstance(data, list) else []
