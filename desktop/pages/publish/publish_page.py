"""公布: from what passed to the files of an issue, step by step, and what was put up before.

Everything decided is kept at once.  Nothing is uploaded: the files go to whoever keeps the website.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from desktop.desk.attempts import attempts_at_line
from desktop.desk.desk import Desk
from desktop.desk.jobs import Job, Report
from desktop.desk.page_base import Page, Shortcut
from desktop.installed.known import sentence
from desktop.installed.program_places import documents_folder
from desktop.installed.screen_texts import t
from desktop.pages.publish.fields_card import FieldsCard
from desktop.pages.publish.issue_cards import OutputsCard, UnitsCard, is_page
from desktop.pages.publish.privacy_card import PrivacyCard
from desktop.pages.publish.publish_jobs import Look, making, reading, registering, weighing
from desktop.pages.publish.publish_sheets import (
    ConcernSheet,
    ListSheet,
    issue_columns,
    withheld_columns,
)
from desktop.parts.outside import open_outside, open_page
from desktop.parts.widgets.basics import button, column
from desktop.parts.widgets.frames import FootBar, PageHead, StepsBar
from desktop.parts.widgets.labelled import scrolled
from forms.bureau.publication_choice import Choice, for_the_next, way_of, with_all, with_one
from forms.bureau.publish import (
    OURS,
    change_choice,
    choice_of,
    decide_anew,
    put_back,
    take_down,
)
from forms.facts.patent_number import NotAPatentNumber, parse
from forms.facts.quantities import Unreadable, read_date
from forms.office.store import CannotDo

if TYPE_CHECKING:
    from forms.bureau.issues import Issue
    from forms.bureau.privacy import Concern
    from forms.bureau.publication_plan import ConcernKind, How
    from forms.bureau.publish import Made

STEPS = ("examined", "merged", "checked", "made", "registered")
_EXAMINED, _CHECKED, _MAKE, _REGISTER = 0, 2, 3, 4
_RIGHT, _NARROW, _BESIDE_FROM = 540, 384, 1160
_FOLDER = "开放许可公布"


class PublishPage(Page):
    """The page "publish"."""

    name = "publish"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.look: Look | None = None
        self.choice = Choice()
        self.made: Issue | None = None
        self._job: Job | None = None
        self._preview: tempfile.TemporaryDirectory[str] | None = None
        past = button(t("publish.past"), icon="history", clicked=self.show_past)
        take = button(t("publish.take_down"), icon="circle-minus", clicked=self.take_one_down)
        self.head = PageHead(self.title, buttons=(past, take))
        self.steps = StepsBar([t(f"publish.steps.{step}") for step in STEPS])
        self.fields, self.privacy = FieldsCard(), PrivacyCard()
        self.units, self.outputs = UnitsCard(), OutputsCard()
        self._change = button(t("publish.change_folder"), "link", clicked=self.ask_folder)
        self._open = button(t("publish.open_folder"), icon="folder-open", clicked=self.open_folder)
        self.primary = button(t("publish.make"), "primary", clicked=self.go_on)
        self.foot = FootBar(self.primary, beside=self._change, others=(self._open,))
        self._lay_out()
        self.fields.turned.connect(self.turn)
        self.privacy.decided.connect(self.decide_all)
        self.privacy.asked.connect(self.go_through)
        self.units.reasons_asked.connect(self.show_reasons)
        self.outputs.preview_asked.connect(self.preview)
        self.outputs.day_typed.connect(self.take_day)
        self.install_shortcuts()

    def _lay_out(self) -> None:
        left = column(self.fields, self.privacy, space=12)
        left.setStretch(0, 3)
        left.setStretch(1, 1)
        right = column(self.units, self.outputs, space=12)
        right.setStretch(0, 1)
        inside = QWidget()
        inside.setLayout(right)
        self._right = scrolled(inside)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setContentsMargins(24, 0, 24, 12)
        self._sides.setSpacing(16)
        self._sides.addLayout(left, 1)
        self._sides.addWidget(self._right)
        steps = column(self.steps, margins=(24, 0, 24, 8))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.head)
        whole.addLayout(steps)
        whole.addLayout(self._sides, 1)
        whole.addWidget(self.foot)

    # --- the page's life ----------------------------------------------------------------------

    def refresh(self) -> None:
        """Read again what came in and what was decided."""
        self.choice = choice_of(self.desk.store)
        self._run(reading(self.desk, self.choice, self.day), t("publish.looking"))

    def shortcuts(self) -> Sequence[Shortcut]:
        """Make or register; the issues before."""
        return (
            Shortcut("Ctrl+Return", "publish.keys.make", self.go_on),
            Shortcut("Ctrl+H", "publish.keys.past", self.show_past),
        )

    def panes(self) -> Sequence[QWidget]:
        """Fields, privacy, units, outputs, foot."""
        return (self.fields, self.privacy, self.units.table, self.outputs, self.foot)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the right side be narrower where the window is."""
        super().resizeEvent(event)
        self._right.setFixedWidth(_RIGHT if self.width() >= _BESIDE_FROM else _NARROW)

    @property
    def day(self) -> date:
        """The day of the next issue."""
        return self.choice.day or self.desk.today

    @property
    def folder(self) -> Path:
        """Where the files go: as chosen, else a folder for the issue in the clerk's documents."""
        if self.choice.folder:
            return Path(self.choice.folder)
        number = self.look.found.published.issue if self.look else 1
        return documents_folder() / _FOLDER / t("publish.issue_word", number=number)

    def _run(self, work: Callable[[Report], Look], words: str, *, drawing: bool = False) -> None:
        if self._job is not None and not self._job.is_over:
            self._job.cancel()
        self._job = self.desk.jobs.run(
            work,
            words,
            finished=self._looked,
            failed=self._could_not,
            drawing=drawing,
            quiet=drawing,
        )

    def _looked(self, look: Look) -> None:
        if look.choice != self.choice:
            return  # something was decided meanwhile, and is being weighed
        self.look, self.made = look, look.made
        published = look.found.published
        title = t("publish.beside", issue=published.issue_word, title=look.plan.title)
        self.head.show_beside(title)
        for card in (self.fields, self.privacy, self.units, self.outputs):
            card.show_look(look)
        self._show_foot()

    def _could_not(self, error: BaseException) -> None:
        words = sentence(error)
        if words is None:
            self.desk.jobs.unheard.emit(error)
        else:
            self.desk.notices.tell("error", words)

    # --- deciding -----------------------------------------------------------------------------

    def _decide(self, made_of: Callable[[Choice], Choice]) -> None:
        """Keep what was decided beside what others decide, and show what comes of it."""
        self.choice = decide_anew(self.desk.store, made_of, who=self.desk.who)
        self._show_choice()

    def _show_choice(self) -> None:
        self.made = None
        if self.look is not None:
            self.foot.block(t("publish.looking"), is_fault=False)
            work = weighing(self.look, self.choice, self.day)
            self._run(work, t("publish.looking"), drawing=True)

    def turn(self, field: str, on: bool) -> None:
        """Let a field go out, or not."""
        self._decide(lambda choice: msgspec.structs.replace(choice, on=choice.on | {field: on}))

    def decide_all(self, kind: ConcernKind, how: How) -> None:
        """Decide on all of a kind."""
        self._decide(lambda choice: with_all(choice, kind, how))

    def decide_one(self, one: Concern, how: How) -> None:
        """Decide on a patent's."""
        self._decide(lambda choice: with_one(choice, one.number, one.kind, how))

    def go_through(self, kind: ConcernKind) -> None:
        """Show all of a kind, to be decided one by one."""
        if self.look is None:
            return
        plan = self.look.plan
        concerns = [one for one in self.look.found.concerns if one.kind == kind]

        def way(one: Concern) -> How | None:
            return way_of(plan, self.choice, one.number, one.kind)

        self.desk.dialogs.agrees(ConcernSheet(plan, concerns, way, self.decide_one, self))

    def take_day(self, text: str) -> None:
        """Take the day of the issue."""
        try:
            day = read_date(text)
        except Unreadable:
            self.desk.notices.tell("error", t("publish.bad_day"))
            self.outputs.day.setText(self.day.isoformat())
            return
        if day != self.day:
            self._decide(lambda choice: msgspec.structs.replace(choice, day=day))

    def take_one_down(self) -> None:
        """Ask for a patent and why it is taken down (撤下)."""
        if self.look is None:
            return
        known = {one.number for one in self.look.found.published.patents}
        title, number = t("publish.take.title"), ""
        asked = t("publish.take.number"), t("publish.take.next")
        for words, attempt in attempts_at_line(self.desk, self, title, *asked):
            with attempt:
                if _number(words) not in known:
                    raise CannotDo(t("publish.take.unknown", number=words))
                number = _number(words)
        if not number:
            return
        asked, kept = (t("publish.take.reason"), t("publish.take.do")), ""
        for said, attempt in attempts_at_line(self.desk, self, title, *asked):
            with attempt:
                made_of = partial(take_down, number=number, reason=said)
                self.choice = decide_anew(self.desk.store, made_of, who=self.desk.who)
                kept = said
        if kept:
            self._show_choice()
            undo = (t("publish.take.undo"), partial(self._put_back, number, kept))
            self.desk.notices.tell("done", t("publish.take.done", number=number), action=undo)

    def _put_back(self, number: str, said: str) -> None:
        """Let a patent go out again, unless another has taken it down for a reason of their own."""
        self._decide(
            lambda choice: (
                put_back(choice, [number]) if choice.taken_down.get(number) == said else choice
            )
        )
        if number in self.choice.taken_down:
            self.desk.notices.tell("pending", t("publish.take.by_another", number=number))

    # --- looking ------------------------------------------------------------------------------

    def show_reasons(self) -> None:
        """List the patents that do not go out, each with the reason."""
        if self.look is not None:
            title = t("publish.units.reasons", count=len(self.look.found.withheld))
            self._list(title, ListSheet(title, withheld_columns(), self.look.found.withheld, self))

    def show_past(self) -> None:
        """List the issues there were, the last one first."""
        if self.look is not None:
            lines = [one.line for one in reversed(self.look.issues)]
            title = t("publish.past")
            self._list(title, ListSheet(title, issue_columns(), lines, self))

    def _list(self, _title: str, sheet: ListSheet) -> None:
        self.desk.dialogs.agrees(sheet)

    def preview(self, file: str) -> None:
        """Make the files where nobody keeps them, and open one."""
        if self.look is None:
            return
        if self._preview is not None:
            self._preview.cleanup()
        self._preview = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        folder = Path(self._preview.name)
        self.desk.jobs.run(
            making(self.desk, self.look, folder, force=True, is_kept=False),
            t("publish.making"),
            finished=lambda made: self._open_file(made.folder / file),
            failed=self._could_not,
        )

    def _open_file(self, file: Path) -> None:
        opens = open_page if is_page(file.name) else open_outside
        opens(file, self.desk.notices)

    # --- making -------------------------------------------------------------------------------

    def ask_folder(self) -> None:
        """Choose where the files go."""
        chosen = self.desk.dialogs.folder(self, t("publish.choose_folder"))
        if chosen is not None:
            folder = str(chosen)
            self._decide(lambda choice: msgspec.structs.replace(choice, folder=folder))

    def open_folder(self) -> None:
        """Open the folder of the files."""
        open_outside(self.folder, self.desk.notices)

    def go_on(self) -> None:
        """Make the files; once they are made, register that they were put up."""
        if self.look is None or not self.primary.isEnabled():
            return
        if self.made is not None:
            self._register()
        else:
            self._make(self.look)

    def _make(self, look: Look) -> None:
        folder, is_there = self.folder, (self.folder / OURS).exists()
        if is_there and not self.desk.dialogs.confirm(
            self,
            t("publish.replace_title"),
            t("publish.replace", folder=folder),
            t("publish.replace_yes"),
        ):
            return
        self.primary.setEnabled(False)
        self.desk.jobs.run(
            making(self.desk, look, folder, force=is_there, is_kept=True),
            t("publish.making"),
            finished=self._is_made,
            failed=self._not_done,
            cancelled=self._show_foot,
        )

    def _is_made(self, made: Made) -> None:
        if self.look is not None:
            published = self.look.found.published
            self.made = self.look.found.issue()
            self.look = replace(self.look, made=self.made)
            words = t("publish.made", number=published.issue, count=len(published.patents))
            self.desk.notices.tell("done", words + "".join(made.told))
        self._show_foot()

    def _register(self) -> None:
        self.primary.setEnabled(False)
        self.desk.jobs.run(
            registering(self.desk),
            t("publish.registering"),
            finished=self._is_registered,
            failed=self._not_done,
        )

    def _is_registered(self, issue: Issue) -> None:
        self.made = None
        words = t("publish.registered", number=issue.number, count=len(issue.patents))
        self.desk.notices.tell("done", words)
        self.choice = change_choice(self.desk.store, for_the_next, who=self.desk.who)
        self.desk.records_changed.emit()

    def _not_done(self, error: BaseException) -> None:
        self._could_not(error)
        self._show_foot()

    def _show_foot(self) -> None:
        if self.look is None:
            return
        count = len(self.look.found.published.patents)
        is_made = self.made is not None
        self.primary.setText(t("publish.register" if is_made else "publish.make"))
        self.primary.setAccessibleName(self.primary.text())
        said = "publish.handed" if is_made else "publish.save_to"
        self.foot.say(t(said, folder=self.folder), "folder-open")
        self._change.setVisible(not is_made)
        self._open.setVisible(is_made)
        self.foot.block(self._reason(), is_fault=False)
        undecided = bool(self.look.found.open)
        place = _REGISTER if is_made else _CHECKED if undecided else _MAKE
        self.steps.show_current(place if count else _EXAMINED)

    def _reason(self) -> str:
        """Why the files can not be made yet, "" where they can."""
        assert self.look is not None
        if not self.look.found.published.patents:
            return t("publish.nothing")
        undecided = Counter(one.kind for one in self.look.found.open)
        for kind, count in undecided.items():
            word = self.look.plan.concern(kind).word
            return t("publish.decide_first", count=count, what=word)
        return ""


def _number(text: str) -> str:
    try:
        return parse(text).text
    except NotAPatentNumber:
        return ""
