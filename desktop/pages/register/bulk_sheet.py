"""Setting facts for many cases: those of one kind, or whatever they still lack."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from desktop.editing.contact_menu import offer_contacts
from desktop.installed.screen_texts import t
from desktop.pages.register.bulk_bar import GAPS
from desktop.pages.register.changes_sheet import ChangesSheet
from desktop.parts.widgets.basics import button, row
from desktop.parts.widgets.labelled import FieldProblem, LabelledField
from desktop.parts.widgets.search_combo import SearchCombo
from forms.exchange.row_merge import shown
from forms.facts.paths import value_at
from forms.facts.record import Party
from forms.facts.ways import CHOICES, way_of
from forms.office.bulk_change import Change, gaps, is_shared, planned
from forms.office.offered_values import CONTACT
from forms.office.stored import StoredCase
from forms.pack.reading import Unreadable, read
from forms.pack.types import Field, Pack

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

NOTHING: Mapping[str, str] = MappingProxyType({})
_Editor = QLineEdit | QPlainTextEdit | QComboBox


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


class _Choice(QComboBox):
    """The answers of a choice; 1 to 9 choose, the wheel does not."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by the answer's place."""
        key = event.text()
        if key.isdecimal() and 0 < int(key) < self.count():
            self.setCurrentIndex(int(key))
            return
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave it to the sheet."""
        event.ignore()


class BulkSheet(ChangesSheet):
    """Asks for the new answers; only what the clerk touched is set.

    Answers that differ between the cases begin blank.  Of what belongs to a way of a choice only
    that of the way is asked which is chosen here, or by some of the cases.
    """

    def __init__(
        self,
        what: str,
        cases: Sequence[StoredCase],
        pack: Pack,
        parent: QWidget | None = None,
        *,
        book: Sequence[Party] = (),
        kept: Mapping[str, str] | None = None,
        office: Mapping[str, str] = NOTHING,
    ) -> None:
        """`office` is what its profile answers, path -> text: put in where cases lack it.

        `book` are the address book's entries, of which a contact may be taken.

        `kept` is what was typed on such a sheet before and not done: path -> text.
        """
        super().__init__(what, cases, pack, parent)
        self._book = book
        self._office = office
        self._blank: dict[str, int] = {}
        self._touched: set[str] = set()
        self._fields = self._asked()
        self.editors: dict[str, _Editor] = {}
        self._rows: dict[str, LabelledField] = {}
        self.only_blank = QCheckBox(t("register.sheet.only_blank"))
        self.only_blank.setChecked(True)
        self.only_blank.setVisible(what == GAPS)
        self.only_blank.toggled.connect(self.look_soon)
        self.from_book = button(t("wizard.owners.book"), icon="book-user", clicked=self.open_book)
        self.from_book.setAutoDefault(False)
        self.further = SearchCombo(t("register.sheet.further"))
        self._lay_out_form()
        self._put_back(kept or {})
        self._show_ways()
        self.show_changes()

    def _asked(self) -> list[Field]:
        if self.what != GAPS:
            return fields_of(self._pack, self.what)
        lacking = {gap.field.path: gap.blank for gap in gaps(self._cases, self._pack)}
        self._blank = lacking
        return [
            field
            for field in self._pack.fields
            if field.path in lacking
            or (is_shared(field) and (way_of(field.path) or ("",))[0] in lacking)
        ]

    def _lay_out_form(self) -> None:
        if self._book and any(field.path.startswith(CONTACT) for field in self._fields):
            self.form.addLayout(row(self.from_book, None))
        for field in self._fields:
            self.form.addWidget(self._row(field))
        if self.what == GAPS:
            self._fill_further()
            self.form.addWidget(LabelledField(t("register.sheet.further"), self.further))
            self.form.addWidget(self.only_blank)
        self.form.addStretch()

    @property
    def first(self) -> QWidget | None:
        """The first field that is asked."""
        asked = (self.editors[p] for p, one in self._rows.items() if not one.isHidden())
        return next(asked, self.further if self.what == GAPS else None)

    @property
    def kept(self) -> dict[str, str]:
        """What was typed."""
        return {path: _text(self.editors[path]) for path in self.editors if path in self._touched}

    def _put_back(self, kept: Mapping[str, str]) -> None:
        for path, text in kept.items():
            if path not in self.editors and (field := self._pack.field(path)) is not None:
                self._add(field)
            editor = self.editors.get(path)
            if isinstance(editor, QComboBox):
                editor.setCurrentIndex(max(0, editor.findData(text)))
            elif isinstance(editor, QLineEdit):
                editor.setText(text)
            elif editor is not None:
                editor.setPlainText(text)

    def open_book(self) -> None:
        """Offer the contacts of the address book."""
        offer_contacts(self.from_book, self._book, self._take)

    def _take(self, said: Mapping[str, str]) -> None:
        for path, text in said.items():
            editor = self.editors.get(path)
            if isinstance(editor, QLineEdit):
                editor.setText(text)

    # --- the fields -----------------------------------------------------------------------

    def _fill_further(self) -> None:
        """Offer every field that is not asked yet."""
        self.further.addItem(t("register.sheet.further_none"), "")
        for field in self._pack.fields:
            if is_shared(field) and field.path not in self.editors:
                self.further.addItem(field.label, field.path)
        self.further.activated.connect(self._add_further)

    def _add_further(self, place: int) -> None:
        field = self._pack.field(str(self.further.itemData(place)))
        if field is None:
            return
        self.further.removeItem(place)
        self.further.setCurrentIndex(0)
        self._add(field)
        self.editors[field.path].setFocus()

    def _add(self, field: Field) -> None:
        self._fields.append(field)
        self.form.insertWidget(self.form.count() - 3, self._row(field))

    def _row(self, field: Field) -> LabelledField:
        texts = {shown(stored.case, field) for stored in self._cases}
        common = texts.pop() if len(texts) == 1 else ""
        hint = t("register.sheet.differ") if texts else ""
        if blank := self._blank.get(field.path):
            common = self._office.get(field.path, "")
            key = "register.sheet.lacking_office" if common else "register.sheet.lacking"
            hint = t(key, count=blank)
            if common:
                self._touched.add(field.path)
        editor = self._editor(field, common)
        self.editors[field.path] = editor
        self._rows[field.path] = LabelledField(field.label, editor, hint=hint)
        return self._rows[field.path]

    def _editor(self, field: Field, text: str) -> _Editor:
        if field.kind in ("choice", "flag") and field.choices:
            combo = _Choice()
            combo.addItem(t("register.sheet.choose"), "")
            for choice in field.choices:
                combo.addItem(choice.label, choice.value)
            combo.setCurrentText(text)
            combo.setToolTip(t("register.sheet.by_number"))
            combo.currentIndexChanged.connect(self._touching(field.path))
            return combo
        if field.kind == "long_text":
            words = QPlainTextEdit(text)
            words.setFixedHeight(120)
            words.setTabChangesFocus(True)
            words.textChanged.connect(self._touching(field.path))
            return words
        edit = QLineEdit(text)
        edit.setPlaceholderText(field.sample)
        edit.textChanged.connect(self._touching(field.path))
        return edit

    def _touching(self, path: str) -> Any:
        def touch(*_: object) -> None:
            self._touched.add(path)
            if path in CHOICES:
                self._show_ways()
            self.look_soon()

        return touch

    def _show_ways(self) -> None:
        """Of every choice, ask only what belongs to the way that is chosen."""
        for path, widget in self._rows.items():
            if way := way_of(path):
                widget.setVisible(self._is_chosen(*way))

    def _is_chosen(self, choice: str, way: str) -> bool:
        combo = self.editors.get(choice)
        if isinstance(combo, QComboBox) and combo.currentData():
            return bool(combo.currentData() == way)
        if isinstance(combo, QComboBox) and self.what != GAPS:
            return False
        return any(value_at(one.case, choice) == way for one in self._cases)

    # --- what becomes of it -----------------------------------------------------------------

    def plan(self) -> tuple[list[Change], str]:
        """What the answers make of each case."""
        values, is_readable = self._values()
        only_blank = self.what == GAPS and self.only_blank.isChecked()
        changes = planned(self.cases, self._pack, values, only_blank=only_blank) if values else []
        if not is_readable:
            return changes, t("register.sheet.unreadable")
        if not any(change.texts for change in changes):
            key = "same" if self._touched else self._untouched()
            return changes, t(f"register.sheet.{key}")
        return changes, ""

    def _untouched(self) -> str:
        return "untouched" if self.what != GAPS or self._fields else "no_gaps"

    def _values(self) -> tuple[dict[str, Any], bool]:
        values: dict[str, Any] = {}
        is_readable = True
        for field in self._fields:
            if field.path not in self._touched or self._rows[field.path].isHidden():
                continue
            text = _said(self.editors[field.path])
            if not text and self.what == GAPS:  # nothing was chosen after all
                continue
            try:
                values[field.path] = read(field, text)
                self._rows[field.path].show_problems([])
            except Unreadable:
                is_readable = False
                words = t("register.sheet.cannot_read", sample=field.sample or field.label)
                self._rows[field.path].show_problems([FieldProblem("error", words)])
        return values, is_readable


def _said(editor: _Editor) -> str:
    """What is answered, in words: the codes of answers ("none") are words of another meaning."""
    if isinstance(editor, QComboBox):
        return editor.currentText() if editor.currentData() else ""
    return _text(editor)


def _text(editor: _Editor) -> str:
    """What is answered, as it is kept: the code of a choice."""
    if isinstance(editor, QComboBox):
        return str(editor.currentData())
    return editor.text() if isinstance(editor, QLineEdit) else editor.toPlainText()
