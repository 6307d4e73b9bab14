"""Importing workbooks: how they were understood, what would come of it, then the import."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.desk.desk import Desk
from desktop.desk.jobs import Job, Report
from desktop.desk.page_base import Page, Shortcut
from desktop.installed.known import sentence
from desktop.installed.screen_texts import t
from desktop.pages.import_sheets.columns_card import ColumnsCard
from desktop.pages.import_sheets.drop_place import AskingPane
from desktop.pages.import_sheets.import_actions import (
    as_table,
    importing,
    looking,
    reading,
    tell_imported,
)
from desktop.pages.import_sheets.import_look import (
    ImportLook,
    NotAList,
    is_of_known,
    remember,
    shown_names,
)
from desktop.pages.import_sheets.rows_card import RowsCard
from desktop.parts.dialogs import kinds_of
from desktop.parts.widgets.basics import button
from desktop.parts.widgets.frames import FilterBar, FootBar, PageHead, StepsBar
from forms.exchange.import_plan import ImportPlan
from forms.exchange.sheet_layout import Decisions, likely
from forms.exchange.sheets import Sheet
from forms.ground.endings import TABLES
from forms.ground.files import write_atomically

_AGAIN_AFTER_MS = 60
_BESIDE_FROM = 1000
STEPS = ("files", "columns", "rows", "done")


class ImportPage(Page):
    """The page "import"."""

    name = "import"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.look: ImportLook | None = None
        self._files: tuple[Path, ...] = ()
        self._sheets: tuple[Sheet, ...] = ()
        self._odd: tuple[Sheet, ...] = ()  # read, and no list that was recognised
        self._decisions: Decisions | None = None
        self._job: Job | None = None
        self._is_importing = False
        self._again = QTimer(self, singleShot=True, interval=_AGAIN_AFTER_MS)
        self._again.timeout.connect(self._look_again)
        self.asking = AskingPane()
        self.columns, self.rows = ColumnsCard(), RowsCard()
        self.primary = button("", "primary", trailing="arrow-right", clicked=self.do_import)
        self._other = button(
            t("import.other"), icon="file-spreadsheet", keys="Ctrl+I", clicked=self.ask_files
        )
        self._sync = button(t("import.sync"), icon="refresh-cw", clicked=self.sync)
        leave = button(t("frame.leave_as_is"), clicked=self.back)
        self.foot = FootBar(self.primary, others=(leave,))
        buttons = (self._sync, self._other)
        self.head = PageHead(self.title, back=t("frame.places.register"), buttons=buttons)
        self.steps = StepsBar([t(f"import.steps.{step}") for step in STEPS])
        self.turn = FilterBar([(n, t(f"import.{n}.title")) for n in ("rows", "columns")])
        self._lay_out()
        self._connect()
        self.install_shortcuts()
        self._show_asking()

    def _lay_out(self) -> None:
        cards = QWidget()
        beside = QHBoxLayout(cards)
        beside.setContentsMargins(24, 0, 24, 16)
        beside.setSpacing(16)
        beside.addWidget(self.columns, 5)
        beside.addWidget(self.rows, 6)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.asking)
        self._stack.addWidget(cards)
        steps = QHBoxLayout()
        steps.setContentsMargins(24, 0, 24, 8)
        steps.addWidget(self.steps, 1)
        steps.addWidget(self.turn)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.head)
        whole.addLayout(steps)
        whole.addWidget(self._stack, 1)
        whole.addWidget(self.foot)

    def _connect(self) -> None:
        self.head.back_asked.connect(self.back)
        self.asking.files_asked.connect(self.ask_files)
        self.asking.template_asked.connect(self.save_template)
        self.columns.column_decided.connect(self._decide_column)
        self.columns.word_decided.connect(self._decide_word)
        self.columns.header_decided.connect(self._decide_header)
        self.asking.header_asked.connect(self.say_header)
        self.rows.reasons_asked.connect(self.save_reasons)
        self.turn.chosen.connect(self._show_cards)

    def shortcuts(self) -> Sequence[Shortcut]:
        """The page's keys."""
        return (
            Shortcut("Ctrl+I", "import.other", self.ask_files),
            Shortcut("Ctrl+Return", "import.keys.do", self.do_import),
        )

    def panes(self) -> Sequence[QWidget]:
        """Rows, columns, foot; or what asks for a file."""
        return (self.rows.table, self.columns, self.foot) if self.look else (self.asking,)

    def enter(self, **arguments: object) -> None:
        """Read the `files` given."""
        files = arguments.get("files")
        if isinstance(files, list | tuple) and files:
            self.open_files([Path(file) for file in files])

    def refresh(self) -> None:
        """Look again where cases or the pack have changed since; what is being imported goes on."""
        if self._sheets and not self._is_importing:
            self._again.start()

    def escape(self) -> bool:
        """Go back to the register."""
        self.back()
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the cards one at a time where it is narrow."""
        super().resizeEvent(event)
        self._show_cards()

    def _show_cards(self) -> None:
        is_wide = self.width() >= _BESIDE_FROM
        self.turn.setVisible(not is_wide and self.look is not None)
        self.columns.setVisible(is_wide or self.turn.current == "columns")
        self.rows.setVisible(is_wide or self.turn.current == "rows")

    def back(self) -> None:
        """Leave everything as it is."""
        self._forget()
        self.desk.go("register")

    # --- files ----------------------------------------------------------------------------

    def ask_files(self) -> None:
        """Choose workbooks."""
        files = self.desk.dialogs.files(self, self.title, kinds_of("register.workbooks", TABLES))
        if files:
            self.open_files(files)

    def open_files(self, files: Sequence[Path]) -> None:
        """Read files and look what importing them would do."""
        self._forget()
        self._files = tuple(files)
        self.head.show_beside(shown_names(self._files))
        self.asking.show_reading()
        self._run(reading(self.desk, self._files), t("import.reading"))

    def sync(self) -> None:
        """Take of the file only how the patents stand."""
        files = self._files
        self._forget()
        self.desk.go("sync", files=files)

    def save_template(self) -> None:
        """Write the workbook that has every column."""
        file = self.desk.dialogs.save(
            self, t("import.template"), t("import.xlsx"), Path(t("import.template_name"))
        )
        if file is not None:
            from forms.exchange.template import write_template

            write_template(self.desk.pack, file)
            self.desk.notices.tell("done", t("import.template_saved", name=file.name))

    # --- looking --------------------------------------------------------------------------

    def _run(self, work: Callable[[Report], ImportLook], words: str) -> None:
        self._stop_looking()
        self._job = self.desk.jobs.run(
            work, words, finished=self._looked, failed=self._could_not, cancelled=None
        )

    def _looked(self, found: ImportLook) -> None:
        if self.sender() is not self._job and self.sender() is not None:
            return
        self.columns.show_look(found, self.desk.pack, partial(self._show_look, found))

    def _show_look(self, found: ImportLook) -> None:
        """Show all that was found, at once; what was shown before has stood until now."""
        self.look = found
        self._sheets, self._decisions = found.sheets, found.decisions
        self.rows.show_look(found)
        self._stack.setCurrentIndex(1)
        self._show_cards()
        doubtful = any(view.choice is None for view in found.words)
        self.steps.show_current(1 if doubtful else 2)
        self.head.show_beside(_beside(self._files, found))
        self._other.show()
        self._sync.setVisible(len(self._files) == 1 and is_of_known(found))
        self._show_foot(found)
        if not self.columns.has_in_hand():
            self.give_focus(self.rows.table)

    def _show_foot(self, found: ImportLook) -> None:
        plan = found.plan
        taken = found.taken
        self.foot.show()
        self.primary.setText(t("import.do", count=taken))
        self.primary.setAccessibleName(self.primary.text())
        parts = [
            t(f"import.foot.{action}", count=plan.count(action))
            for action in ("refused", "unchanged")
            if plan.count(action)
        ]
        doubtful = sum(one.is_doubtful for one in found.lines)
        if doubtful:
            parts.append(t("import.foot.doubtful", count=doubtful))
        self.foot.say("".join([*parts, t("import.foot.again")]) if parts else t("import.foot.all"))
        self.foot.block("" if taken else t("import.foot.nothing"))

    def _could_not(self, error: BaseException) -> None:
        words = sentence(error)
        if words is None:
            self._forget()
            self.desk.jobs.unheard.emit(error)
            return
        if self.look is not None:  # what was decided leaves no list of patents
            self._decisions = self.look.decisions
            tell = partial(self.desk.notices.tell, "error", words)
            self.columns.show_look(self.look, self.desk.pack, tell)
            return
        self._forget()
        self._odd = error.sheets if isinstance(error, NotAList) else ()
        has_rows = any(likely(sheet) for sheet in self._odd if not sheet.hidden)
        self.asking.show_trouble(words, has_rows=has_rows)

    def _look_soon(self) -> None:
        """Look again by what was just decided; a look that knows nothing of it is not shown."""
        self._stop_looking()
        self._again.start()

    def _look_again(self) -> None:
        if self._sheets:
            work = looking(self.desk, self._sheets, self._decisions)
            self._run(work, t("import.looking"))

    def _decide_column(self, header: str, path: str) -> None:
        decided = self._decisions or Decisions()
        columns = {**decided.columns, header: path}
        self._decisions = msgspec.structs.replace(decided, columns=columns)
        self._look_soon()

    def say_header(self) -> None:
        """Go on with a file whose header was not recognised: the likeliest row is taken for it."""
        seen = [sheet for sheet in self._odd if not sheet.hidden]
        headers = {sheet.name: row for sheet in seen if (row := likely(sheet))}
        self._sheets, self._odd = self._odd, ()
        self._decisions = Decisions(headers=headers)
        self._look_again()

    def _decide_header(self, sheet: str, row: int) -> None:
        decided = self._decisions or Decisions()
        headers = {**decided.headers, sheet: row}
        self._decisions = msgspec.structs.replace(decided, headers=headers)
        self._look_soon()

    def _decide_word(self, path: str, text: str, value: str) -> None:
        decided = self._decisions or Decisions()
        words = {**decided.words, path: {**decided.words.get(path, {}), text: value}}
        self._decisions = msgspec.structs.replace(decided, words=words)
        self._look_soon()

    def save_reasons(self) -> None:
        """Write the rows that are shown, with their reasons, as a table."""
        file = self.desk.dialogs.save(
            self, t("import.rows.reasons"), t("import.csv"), Path(t("import.reasons_name"))
        )
        if file is not None:
            write_atomically(file, as_table(self.rows.lines))
            self.desk.notices.tell("done", t("import.reasons_saved", name=file.name))

    # --- importing ------------------------------------------------------------------------

    def do_import(self) -> None:
        """Import what was shown."""
        found = self.look
        if found is None or not self.primary.isEnabled() or self._is_looking():
            return
        self.primary.setEnabled(False)
        self._is_importing = True
        if self.columns.remember.isChecked() and found.decisions != Decisions():
            remember(self.desk.store, found.layout, found.decisions)
        self._job = self.desk.jobs.run(
            importing(self.desk, found),
            t("import.importing", count=found.taken),
            finished=self._imported,
            failed=self._not_imported,
            cancelled=self._stopped,
        )

    def _imported(self, result: tuple[ImportPlan, list[int]]) -> None:
        plan, case_ids = result
        self._is_importing = False
        self._forget()
        desk = self.desk
        desk.cases_changed.emit()
        desk.parties_changed.emit()
        words = t("import.just_imported", count=len(case_ids))
        desk.go("register", only=case_ids, words=words)
        tell_imported(desk, plan, case_ids)

    def _not_imported(self, error: BaseException) -> None:
        self._is_importing = False
        self.primary.setEnabled(True)
        self.desk.jobs.unheard.emit(error)

    def _stopped(self) -> None:
        self._is_importing = False
        self.primary.setEnabled(True)
        self.desk.notices.tell("advice", t("import.stopped"))

    def _is_looking(self) -> bool:
        """Whether what is shown is about to give way to another look."""
        is_at_work = self._job is not None and not self._job.is_over
        return self._again.isActive() or is_at_work or self.columns.is_making

    def _stop_looking(self) -> None:
        if self._job is not None and not self._job.is_over:
            self._job.cancel()
        self.columns.stop()

    def _forget(self) -> None:
        self._stop_looking()
        self._again.stop()
        self._job, self.look, self._decisions = None, None, None
        self._sheets = ()
        self._show_asking()

    def _show_asking(self) -> None:
        self._stack.setCurrentIndex(0)
        self.steps.show_current(0)
        self.head.show_beside("")
        self.asking.show_nothing()
        self._other.hide()
        self._sync.hide()
        self.foot.hide()
        self._show_cards()


def _beside(files: Sequence[Path], found: ImportLook) -> str:
    read = [sheet for sheet in found.plan.sheets if sheet.header_row is not None]
    parts = [shown_names(files)]
    if len(read) == 1 and read[0].sheet:
        parts.append(t("import.sheet", name=read[0].sheet))
    parts.append(t("import.rows_count", count=len(found.lines)))
    return "　·　".join(parts)
