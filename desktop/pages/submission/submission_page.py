"""报送: from the cases chosen to the mail draft, and what was sent before.

The page says where the clerk is among four steps; each step is a view of its own.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.desk.desk import Desk
from desktop.desk.jobs import Job
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
from forms.office.store import case_name
from forms.office.stored import Submission

_STEPS = ("choose", "check", "make", "sent")


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
        self.home.replies_asked.connect(lambda ask: desk.go("replies", ask=ask))
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
        if (
            isinstance(case_ids, Sequence)
            and not isinstance(case_ids, str)
            and case_ids
            and self._is_mailed()
        ):
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
            partial(package_actions.changed_in_each, self.desk),
            t("submission.home.looking"),
            finished=self.home.show_changed,
            quiet=True,
        )

    # --- choosing -----------------------------------------------------------------------------

    def _is_mailed(self) -> bool:
        """Whether the pack in use is sent by mail; told where it is not."""
        pack = self.desk.pack
        if not pack.submission.is_mailed:
            words = t("submission.not_mailed", name=pack.identity.name)
            self.desk.notices.tell("pending", words)
        return pack.submission.is_mailed

    def begin(self) -> None:
        """A new submission: with the cases chosen last if it was not made, else those ready."""
        if not self._is_mailed():
            return
        self.case_ids = package_actions.chosen_last(self.desk)
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
        package_actions.keep_chosen(self.desk, self.case_ids)
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
        work = partial(look_ahead, self.desk, ids)
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
        package_actions.keep_chosen(self.desk, [])
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
            partial(package_actions.looked_at, self.desk, submission.id),
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
            package = replace(package, took_s=known.took_s)
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
        day, number = package_actions.place_of(self.desk, submission)
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
