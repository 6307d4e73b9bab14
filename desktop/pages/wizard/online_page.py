"""The step 网上填报: the fields of a web form copied one by one, and what is uploaded with them.

Nothing is opened and nothing is sent: the clerk pastes.  What was copied is noted at once, so that
it is known after a restart; a value that has changed since is told.
"""

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.desk.unasked import unasked
from desktop.editing.form.segments import Segments
from desktop.installed.screen_texts import t
from desktop.on_paper.upload_folders import ask_for_folders
from desktop.pages.wizard.case_session import CaseSession
from desktop.pages.wizard.online_files import FilesCard
from desktop.pages.wizard.online_rows import FieldRows
from desktop.pages.wizard.step_page import StepPage
from desktop.parts.outside import open_outside
from desktop.parts.theme import tokens as tk
from desktop.parts.widgets.basics import button, frame, icon_label, label, line, row, upright
from desktop.parts.widgets.one_line import Elided
from forms.check.wizard_steps import Standing, Step
from forms.office.online_folders import FoldersMade
from forms.office.online_form import OnlineRow, rows_of, writings_of
from forms.office.online_uploads import Upload, taken
from forms.office.online_view import stated_names, uploads_now, writing_setting
from forms.pack.types import Choice

COPY_KEYS = "Ctrl+Shift+C"
_AROUND = 90
_SHORT_NAME = 8  # characters of an attachment that the foot has room for


class OnlinePage(StepPage):
    """Shows what a web form asks of the case in hand."""

    stays_open = True

    def __init__(self, session: CaseSession, step: Step) -> None:
        super().__init__(session, step)
        online = session.pack.online
        assert online is not None
        self.online, self.desk = online, session.desk
        self._folder: Path | None = None
        self._made_of: tuple[Upload, ...] = ()  # the attachments as that folder has them
        self._files_soon = QTimer(self, singleShot=True, interval=300)
        self._files_soon.timeout.connect(self._show_files)
        self.rows, self.files = FieldRows(), FilesCard()
        self.writing = self._writings()
        self._count = label("", "hint")
        self.start = button(t("online.rows.start_over"), "link", clicked=self.start_over)
        self._lay_out()
        self._listen()
        self.refresh()

    def _writings(self) -> Segments:
        kept = self.desk.store.settings.get(writing_setting(self.session.pack)) or ""
        offered = writings_of(self.online)
        choices = [Choice(value=one.form, label=one.label) for one in offered]
        made = Segments(t("online.rows.writing"), choices)
        known = [one.value for one in choices]
        made.show_value(kept if kept in known else next(iter(known), ""))
        if not known:
            made.hide()  # what has no parent yet is never shown: it would be a window
        return made

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(16)
        whole.addWidget(self._address())
        inside = QVBoxLayout()
        inside.setContentsMargins(1, 1, 1, 1)
        inside.setSpacing(0)
        inside.addWidget(self._head())
        inside.addWidget(line())
        inside.addWidget(self.rows)
        whole.addWidget(frame("card", inside))
        whole.addWidget(self.files)
        if not self.online.attachments:
            self.files.hide()

    def _address(self) -> QWidget:
        address = Elided(self.online.address, "strong", shrinks=False, least=120)
        name = Elided(self.online.name, "hint")
        self.copy_address = button(t("online.copy_address"), "link", clicked=self._copy_address)
        first = row(icon_label("globe"), address, name, self.copy_address, space=10)
        first.setStretch(2, 1)
        inside = QVBoxLayout()
        inside.setContentsMargins(14, 8, 12, 8)
        inside.setSpacing(2)
        inside.addLayout(first)
        if self.online.note:
            note = label(self.online.note, "caption", wrap=True)
            note.setContentsMargins(26, 0, 0, 0)
            inside.addWidget(note)
        return frame("card", inside)

    def _head(self) -> QWidget:
        head = QWidget()
        head.setMinimumHeight(tk.HEADER + 4)
        layout = QHBoxLayout(head)
        layout.setContentsMargins(14, 4, 12, 4)
        layout.setSpacing(10)
        self._title = label(t("online.rows.name"), "strong")
        self._written = label(t("online.rows.writing"), "hint")
        if self.writing.isHidden():
            self._written.hide()
        between = upright()
        between.setFixedHeight(16)
        for widget in (self._title, None, self._written, self.writing, self._count, between):
            if widget is None:
                layout.addStretch(1)
            else:
                layout.addWidget(widget)
        layout.addWidget(self.start)
        return head

    def _listen(self) -> None:
        self.rows.done_asked.connect(self.do)
        self.rows.fill_asked.connect(self.place_asked)
        self.rows.reached.connect(self.at)
        self.rows.reached.connect(self._keep_in_sight)
        self.writing.chosen.connect(self._write)
        self.files.open_asked.connect(self._open)
        self.files.put_in_asked.connect(self.put_in)
        self.files.folder_asked.connect(self.make_folder)
        self.files.rebuilt.connect(self.rebuilt)
        self.desk.papers_changed.connect(self._files_soon.start)
        self.session.saved.connect(self._files_soon.start)
        copy = QAction(self)
        copy.setShortcut(QKeySequence(COPY_KEYS))
        copy.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        copy.triggered.connect(self.rows.do_current)
        self.addAction(copy)

    # --- showing ----------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show what the case says now."""
        rows = self.shown()
        self.rows.show_rows(rows)
        done, total = counted(rows)
        self._count.setText(t("online.rows.count", done=done, total=total))
        self.start.setEnabled(any(one.state in ("copied", "ticked", "changed") for one in rows))

    def shown(self) -> tuple[OnlineRow, ...]:
        """The rows as they stand."""
        return rows_of_session(self.session, self.writing.value)

    def showEvent(self, event: QShowEvent) -> None:
        """Attachments are looked at when they are seen."""
        super().showEvent(event)
        self._show_files()

    @Slot()
    def _show_files(self) -> None:
        case_id = self.session.case_id
        if case_id is None or not self.isVisible():
            return
        with unasked(self, self._show_files):
            stored = self.desk.store.cases.one(case_id)
            self.files.show_uploads(uploads_now(self.desk.store, stored, self.session.pack))
        self.stood.emit()

    def focus(self, path: str) -> bool:
        """Make the row of a fact current."""
        if not self.rows.go_to(path):
            return False
        self.rows.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def first(self) -> QWidget:
        """The rows."""
        return self.rows

    def widget_of(self, path: str) -> QWidget | None:
        """The row of a fact."""
        return next((one for one in self.rows.rows if path and one.row.path == path), None)

    @Slot()
    def _keep_in_sight(self) -> None:
        """Scroll so that the current row is seen, with those around it."""
        area, shown = self.parentWidget(), self.rows.current_row
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None and shown is not None:
            area.ensureWidgetVisible(shown, 0, _AROUND)

    def wanting(self) -> str:
        """The attachments that are not ready; the fields may be copied all the same."""
        names = [one.upload.label for one in self.files.rows.values() if one.upload.is_missing]
        if not names:
            return ""
        is_short = len(names) == 1 and len(names[0]) <= _SHORT_NAME
        key = "wanting" if is_short else "wanting_some"
        return t(f"online.files.{key}", name=names[0], count=len(names))

    # --- doing ------------------------------------------------------------------------------

    @Slot(str)
    def do(self, field_id: str) -> None:
        """Copy a field, or note that it was ticked, and go on to the next."""
        self.session.save()
        case_id = self.session.case_id
        found = next((one for one in self.shown() if one.id == field_id), None)
        if case_id is None or found is None or not found.is_asked:
            return
        if found.kind == "copy":
            QGuiApplication.clipboard().setText(found.value)
        self.desk.store.web.note_copied(case_id, found.id, found.sha256)
        self.refresh()
        self.rows.go_on()
        self.stood.emit()

    @Slot()
    def start_over(self) -> None:
        """Forget what was copied, once the clerk agrees."""
        case_id = self.session.case_id
        yes = t("online.rows.start_over")
        words = t("online.rows.start_over_ask")
        if case_id is None or not self.desk.dialogs.confirm(self, yes, words, yes):
            return
        self.desk.store.web.start_over(case_id)
        self.refresh()
        self.rows.start_over()
        self.stood.emit()

    @Slot(str)
    def _write(self, form: str) -> None:
        if not form:  # a second click takes nothing back here
            self.writing.show_value(
                self.desk.store.settings.get(writing_setting(self.session.pack))
                or writings_of(self.online)[0].form
            )
            return
        self.desk.store.settings.put(writing_setting(self.session.pack), form)
        self.refresh()

    def _copy_address(self) -> None:
        QGuiApplication.clipboard().setText(self.online.address)
        self.desk.notices.tell("advice", t("online.address_copied"))

    @Slot(str)
    def put_in(self, attachment_id: str) -> None:
        """Ask for the file of an attachment and keep it."""
        attachment = self.online.attachment(attachment_id)
        self.session.save()
        case_id = self.session.case_id
        if attachment is None or case_id is None:
            return
        title = t("online.files.put_in_title", label=attachment.label)
        pictures = ("*.jpg", "*.jpeg", "*.png", "*.tif", "*.tiff")
        kinds = t("online.files.kinds", endings=" ".join(("*.pdf", *pictures)))
        chosen = self.desk.dialogs.files(self, title, kinds)
        if not chosen:
            return
        file = taken(chosen[0], attachment)
        self.desk.store.web.keep_file(
            case_id, attachment.id, file.name, file.content, who=self.desk.who
        )
        for words in file.words:
            self.desk.notices.tell("pending", words)
        self.desk.notices.tell("done", t("online.files.taken", label=attachment.label))
        self._show_files()

    @Slot()
    def _open(self) -> None:
        """Open the folder in which a file lies, made first where it is not as all stands now."""
        if self._folder is not None and self._folder.exists() and self._made_of == self.files.shown:
            open_outside(self._folder, self.desk.notices)
        else:
            self.make_folder()

    @Slot()
    def make_folder(self) -> None:
        """Make the upload folder of the case in hand."""
        self.session.save()
        case_id = self.session.case_id
        if case_id is not None:
            ask_for_folders(
                self.desk, self, [case_id], writing=self.writing.value, made=self._made_folder
            )

    def _made_folder(self, made: FoldersMade) -> None:
        self._show_files()  # what was made of it counts as printed
        self._folder, self._made_of = made.folders[0].folder, self.files.shown
        open_outside(self._folder, self.desk.notices)


def rows_of_session(session: CaseSession, writing: str = "") -> tuple[OnlineRow, ...]:
    """The rows of the case in hand."""
    store, case_id = session.desk.store, session.case_id
    copied = {} if case_id is None else store.web.copied(case_id)
    stored = session.stored
    office = store.parties.office()
    stated = () if stored is None else stated_names(stored, session.others())
    asked = (session.case, session.pack, copied, office, stated, writing)
    if session.rows_kept is None or session.rows_kept[0] != asked:
        case, pack = session.case, session.pack
        rows = rows_of(case, pack, copied, office=office, stated=stated, writing=writing)
        session.rows_kept = asked, rows
    return session.rows_kept[1]


def counted(rows: tuple[OnlineRow, ...]) -> tuple[int, int]:
    """How many rows are done, and how many there are to do."""
    return sum(one.is_done for one in rows), sum(one.state != "blank" for one in rows)


def standing_of(session: CaseSession) -> Standing | None:
    """How far the clerk is with the web form, for the map; None where the pack has none."""
    if session.pack.online is None:
        return None
    done, total = counted(rows_of_session(session))
    words = t("online.rows.count", done=done, total=total)
    state = "done" if total and done == total else "working" if done else "empty"
    return Standing(state, words=words)  # type: ignore[arg-type]
