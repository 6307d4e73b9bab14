"""Setting a fact for many cases: what it becomes, case by case, before it is done."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.parties.contacts import offer_contacts
from desktop.texts import t
from desktop.theme import tokens as tk
from desktop.widgets.basics import button, label, line, row
from desktop.widgets.fields import FieldProblem, LabelledField, scrolled
from forms.exchange.merging import shown
from forms.office.bulk import Change, planned
from forms.office.store import StoredCase, case_name
from forms.pack.types import Field, Pack
from forms.reading import Unreadable, read
from forms.record import Party

PATHS: Mapping[str, tuple[str, ...]] = {
    "contact": (
        "contact.name",
        "contact.phone",
        "contact.address",
        "contact.postcode",
        "contact.email",
    ),
    "region": ("region",),
    "end": ("offer_end", "single_term"),
    "royalty": ("royalty.",),
    "terms": ("other_terms",),
}
"""The fields that stand on each sheet; one that ends in a dot means all beneath it."""

_AFTER_MS = 120
_MOST_SHOWN = 300
_CASE = 270
_WAY = "royalty.way"
Editor = QLineEdit | QPlainTextEdit | QComboBox


def fields_of(pack: Pack, what: str) -> list[Field]:
    """The pack's fields of a sheet, in the sheet's order; none that a source merely states."""
    found = []
    for path in PATHS[what]:
        found += [
            field
            for field in pack.fields
            if (field.path.startswith(path) if path.endswith(".") else field.path == path)
            and not field.path.endswith("_stated")
            and field.step
        ]
    return found


class BulkSheet(QDialog):
    """Asks for the new answers, shows old and new of every case, and says how many change.

    Only what the clerk touched is set; answers that differ between the cases begin blank.
    """

    def __init__(
        self,
        what: str,
        cases: Sequence[StoredCase],
        pack: Pack,
        parent: QWidget | None = None,
        *,
        book: Sequence[Party] = (),
    ) -> None:
        """`book` are the address book's entries, of which a contact may be taken."""
        super().__init__(parent)
        self._book = book
        self.what = what
        self.changes: list[Change] = []
        self._cases, self._pack = cases, pack
        self._fields = fields_of(pack, what)
        self._touched: set[str] = set()
        self.editors: dict[str, Editor] = {}
        self._rows: dict[str, LabelledField] = {}
        title = t(f"register.bulk.{what}")
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.resize(1040, 640)
        self.setMinimumSize(720, 440)
        self._soon = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._soon.timeout.connect(self.show_changes)
        self._table = self._new_table()
        self.primary = button("", "primary", clicked=self.accept)
        self._lay_out(title)
        self._show_way()
        self.show_changes()

    def _lay_out(self, title: str) -> None:
        left = QVBoxLayout()
        left.setContentsMargins(24, 16, 24, 16)
        left.setSpacing(12)
        for field in self._fields:
            left.addWidget(self._row(field))
        self.from_book = button(t("wizard.owners.book"), icon="book-user", clicked=self.open_book)
        if self._book:
            left.insertLayout(0, row(self.from_book, None))
        left.addStretch()
        form = QWidget()
        form.setLayout(left)
        area = scrolled(form)
        area.setFixedWidth(330)
        middle = row(area, self._table, space=0)
        middle.setStretch(1, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        beside = label(t("register.sheet.words", count=len(self._cases)), "hint")
        whole.addLayout(row(label(title, "step"), beside, None, margins=(24, 18, 24, 14), space=12))
        whole.addWidget(line())
        whole.addLayout(middle, 1)
        whole.addWidget(line())
        self._says = label("", "hint")
        stay = button(t("frame.leave_as_is"), mnemonic="C", clicked=self.reject)
        foot = row(self._says, None, stay, self.primary, margins=(24, 12, 24, 12))
        whole.addLayout(foot)

    def _new_table(self) -> QTableWidget:
        table = QTableWidget(0, 3)
        table.setHorizontalHeaderLabels([t(f"register.sheet.{n}") for n in ("case", "old", "new")])
        table.setAccessibleName(t("register.sheet.name"))
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
        table.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        table.setShowGrid(False)
        table.setWordWrap(True)
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        header.setFixedHeight(tk.HEADER)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.resizeSection(0, _CASE)
        for section in (1, 2):
            header.setSectionResizeMode(section, QHeaderView.ResizeMode.Stretch)
        table.setProperty("role", "changes")
        return table

    def open_book(self) -> None:
        """Offer the contacts of the address book."""
        offer_contacts(self.from_book, self._book, self._take)

    def _take(self, said: Mapping[str, str]) -> None:
        for path, text in said.items():
            editor = self.editors.get(path)
            if isinstance(editor, QLineEdit):
                editor.setText(text)

    # --- the fields -----------------------------------------------------------------------

    def _row(self, field: Field) -> LabelledField:
        texts = {shown(stored.case, field) for stored in self._cases}
        common = texts.pop() if len(texts) == 1 else ""
        hint = t("register.sheet.differ") if texts else ""
        editor = self._editor(field, common)
        self.editors[field.path] = editor
        self._rows[field.path] = LabelledField(field.label, editor, hint=hint)
        return self._rows[field.path]

    def _editor(self, field: Field, text: str) -> Editor:
        if field.kind == "choice":
            combo = QComboBox()
            combo.addItem(t("register.sheet.choose"), "")
            for choice in field.choices:
                combo.addItem(choice.label, choice.value)
            combo.setCurrentText(text)
            combo.currentIndexChanged.connect(self._touching(field.path))
            return combo
        if field.kind == "long_text":
            words = QPlainTextEdit(text)
            words.setFixedHeight(120)
            words.setTabChangesFocus(True)
            words.textChanged.connect(self._touching(field.path))
            return words
        edit = QLineEdit(text)
        edit.textChanged.connect(self._touching(field.path))
        return edit

    def _touching(self, path: str) -> Any:
        def touch(*_: object) -> None:
            self._touched.add(path)
            if path == _WAY:
                self._show_way()
            self._soon.start()

        return touch

    def _show_way(self) -> None:
        """Of the royalty, ask only what belongs to the way that is chosen."""
        way = self.editors.get(_WAY)
        if isinstance(way, QComboBox):
            chosen = f"royalty.{way.currentData()}."
            for path, widget in self._rows.items():
                widget.setVisible(path == _WAY or path.startswith(chosen))

    # --- what becomes of it -----------------------------------------------------------------

    def show_changes(self) -> None:
        """Show what the answers make of each case."""
        values, is_readable = self._values()
        self.changes = planned(self._cases, self._pack, values) if values else []
        differ = [change for change in self.changes if change.texts]
        self._fill(differ)
        self.primary.setText(t("register.sheet.do", count=len(differ)))
        self.primary.setEnabled(bool(differ) and is_readable)
        self._say(len(differ), is_readable)

    def _say(self, count: int, is_readable: bool) -> None:
        if not is_readable:
            says = t("register.sheet.unreadable")
        elif not count:
            says = t("register.sheet.untouched" if not self._touched else "register.sheet.same")
        else:
            says = t("register.sheet.undo")
        self._says.setText(says)
        self.primary.setToolTip("" if self.primary.isEnabled() else says)

    def _values(self) -> tuple[dict[str, Any], bool]:
        values: dict[str, Any] = {}
        is_readable = True
        for field in self._fields:
            if field.path not in self._touched or self._rows[field.path].isHidden():
                continue
            try:
                values[field.path] = read(field, _text(self.editors[field.path]))
                self._rows[field.path].show_problems([])
            except Unreadable:
                is_readable = False
                words = t("register.sheet.cannot_read", sample=field.sample or field.label)
                self._rows[field.path].show_problems([FieldProblem("error", words)])
        return values, is_readable

    def _fill(self, changes: Sequence[Change]) -> None:
        few = changes[:_MOST_SHOWN]
        rest = len(changes) - len(few)
        self._table.setRowCount(len(few) + bool(rest))
        of = {one[0].label for change in changes for one in change.texts}
        is_one = len(of) == 1
        for column, name in enumerate(("old", "new"), 1):
            words = t(f"register.sheet.{name}")
            said = t(f"register.sheet.{name}_of", field=min(of)) if is_one else words
            self._table.setHorizontalHeaderItem(column, QTableWidgetItem(said))
        for place, change in enumerate(few):
            case = change.stored.case
            for column, text in enumerate(
                (
                    f"{case_name(case)}\n{case.patent.title}",
                    _texts(change, 1, is_one),
                    _texts(change, 2, is_one),
                )
            ):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self._table.setItem(place, column, item)
        if rest:
            more = QTableWidgetItem(t("register.sheet.more", count=rest))
            self._table.setItem(len(few), 0, more)
        self._table.resizeRowsToContents()
        for place in range(self._table.rowCount()):
            self._table.setRowHeight(place, max(tk.ROW, self._table.rowHeight(place) + 8))


def _text(editor: Editor) -> str:
    if isinstance(editor, QComboBox):
        return str(editor.currentData())
    return editor.text() if isinstance(editor, QLineEdit) else editor.toPlainText()


def _texts(change: Change, which: Literal[1, 2], is_one: bool) -> str:
    blank = t("register.sheet.blank")
    if is_one:
        return change.texts[0][which] or blank
    return "\n".join(f"{one[0].label}：{one[which] or blank}" for one in change.texts)
