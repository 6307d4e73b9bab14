"""A form out of a pack's items: the builder, and the form it builds.

A field's kind chooses its widget, a choice with ways is drawn as the form's sentences; the
contact, which the address book knows, and the account of a contract have widgets of their own.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.editing.draft import Draft
from desktop.editing.form.bank_editor import ACCOUNT, Accounts, BankEditor
from desktop.editing.form.contact_editor import ContactEditor
from desktop.editing.form.editors import EDITORS, Editor
from desktop.editing.form.form_row import FieldRow
from desktop.editing.form.option_editors import OptionsEditor
from desktop.editing.form.owner_editors import Book, PartiesEditor
from desktop.editing.form.troubles import FixWords, Trouble, Troubles, troubles_of
from forms.check.wizard_steps import Item, nearest
from forms.ground.problems import SEVERITY_ORDER, Problem
from forms.office.offered_values import CONTACT
from forms.pack.types import Field

_SHORT = 320  # the width of a short widget that stands alone


class Form(QWidget):
    """The fields of a step."""

    at = Signal(str)  # the fact in hand
    gone = Signal(str)  # the fact that was left
    fix_asked = Signal(object)  # a Problem
    basis_asked = Signal(object)
    party_added = Signal(object)
    rebuilt = Signal()  # widgets came or went: the order of Tab is to be laid again

    def __init__(self, draft: Draft, items: Sequence[Item], book: Book, accounts: Accounts) -> None:
        super().__init__()
        self._draft, self._book, self._accounts = draft, book, accounts
        self._rows: list[FieldRow] = []
        self._areas: dict[str, Troubles] = {}
        self._named: set[str] = set()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(20)
        for line in self._in_lines(items):
            whole.addLayout(line)
        draft.changed.connect(self.refresh)

    # --- building -------------------------------------------------------------------------

    def _in_lines(self, items: Sequence[Item]) -> list[QVBoxLayout]:
        """The items below each other, short ones two in a line with their troubles beneath."""
        lines: list[list[FieldRow]] = []
        for item in items:
            made = self._row(item, is_alone=len(items) == 1)
            last = lines[-1] if lines else []
            if made.editor.is_short and len(last) == 1 and last[0].editor.is_short:
                last.append(made)
            else:
                lines.append([made])
        return [_line(rows) for rows in lines]

    def _row(self, item: Item, *, is_alone: bool) -> FieldRow:
        if item.options:
            editor: Editor = self._options(item)
        elif item.field.kind == "parties":
            parties = PartiesEditor(self._draft, item.field.path, self._book)
            parties.added.connect(self.party_added)
            parties.rebuilt.connect(self.rebuilt)
            editor = parties
        elif item.field.path == f"{CONTACT}name":
            editor = ContactEditor(self._draft, item.field.path, self._book)
        elif item.field.path == f"{ACCOUNT}name":
            editor = BankEditor(self._draft, item.field.path, self._accounts)
        else:
            editor = EDITORS[item.field.kind](self._draft, item.field.path)
        return self._add(FieldRow(item.field, editor, is_alone=is_alone))

    def _options(self, item: Item) -> OptionsEditor:
        editor = OptionsEditor(self._draft, item, self._inner_row)
        editor.fix_asked.connect(self.fix_asked)
        editor.basis_asked.connect(self.basis_asked)
        for card in editor.cards:
            card.troubles.rebuilt.connect(self.rebuilt)
            for field in card.option.fields:
                self._areas.setdefault(field.path, card.troubles)
                self._named.add(field.path)
        return editor

    def _inner_row(self, field: Field) -> FieldRow:
        return self._add(FieldRow(field, EDITORS[field.kind](self._draft, field.path)))

    def _add(self, made: FieldRow) -> FieldRow:
        made.editor.at.connect(self.at)
        made.editor.gone.connect(self.gone)
        made.troubles.rebuilt.connect(self.rebuilt)
        made.troubles.fix_asked.connect(self.fix_asked)
        made.troubles.basis_asked.connect(self.basis_asked)
        self._rows.append(made)
        self._areas[made.field.path] = made.troubles
        return made

    # --- showing --------------------------------------------------------------------------

    @property
    def paths(self) -> Sequence[str]:
        """The paths of all facts that are asked."""
        return tuple(self._areas)

    @Slot()
    def refresh(self) -> None:
        """Show what stands in the draft."""
        for one in self._rows:
            one.editor.refresh()

    def show_problems(self, problems: Sequence[Problem], fix_words: FixWords) -> None:
        """Show these problems beside their fields and no others."""
        by_area: dict[Troubles, list[Problem]] = {area: [] for area in self._areas.values()}
        named: set[Troubles] = set()
        worst: dict[str, str] = {}
        for problem in problems:
            path = nearest(problem.field, self._areas)
            if path is None:
                continue
            by_area[self._areas[path]].append(problem)
            if self._is_shared(path):
                named.add(self._areas[path])
            for marked in {path, problem.field}:
                known = worst.get(marked)
                if known is None or SEVERITY_ORDER[problem.severity] < SEVERITY_ORDER[known]:  # type: ignore[index]
                    worst[marked] = problem.severity
        pack = self._draft.pack
        for area, mine in by_area.items():
            area.show_troubles(troubles_of(mine, pack, fix_words, named=area in named))
        self._mark(worst, by_area)

    def _is_shared(self, path: str) -> bool:
        """Whether the messages of a fact do not stand right under its own label."""
        row = next((one for one in self._rows if one.field.path == path), None)
        return path in self._named if row is None else row.editor.is_short

    def _mark(self, worst: dict[str, str], by_area: dict[Troubles, list[Problem]]) -> None:
        said = {p.field: p.message for problems in by_area.values() for p in problems}
        for one in self._rows:
            for path in one.editor.lines():
                severity = worst.get(path, "")
                one.editor.mark(path, "" if severity == "advice" else severity)
                one.editor.describe(path, said.get(path, ""))

    def troubles(self) -> Sequence[Trouble]:
        """What is shown just now."""
        areas = dict.fromkeys(self._areas.values())
        return [one for area in areas for one in area.shown]

    def widget_of(self, path: str) -> QWidget | None:
        """The widget of a fact, or of the nearest that is asked here."""
        for one in self._rows:
            lines = one.editor.lines()
            if path in lines:
                return lines[path]
        found = nearest(path, self._areas)
        for one in self._rows:
            lines = one.editor.lines()
            if found is not None and found in lines:
                return lines[found]
        return None

    def focus(self, path: str) -> bool:
        """Put the focus on a fact's widget."""
        for one in self._rows:
            one.editor.reveal(path)
        widget = self.widget_of(path)
        if widget is None:
            return False
        if not widget.isVisibleTo(self):  # a way that is not chosen
            path = next(
                (o.field.path for o in self._rows if widget in o.editor.lines().values()), ""
            )
            widget = self.widget_of(path) or widget
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def first(self) -> QWidget | None:
        """The first widget."""
        return self._rows_in_order()[0].editor.main if self._rows else None

    def _rows_in_order(self) -> list[FieldRow]:
        inner = {
            id(row)
            for one in self._rows
            if isinstance(one.editor, OptionsEditor)
            for row in one.editor.rows
        }
        return [one for one in self._rows if id(one) not in inner]


def _line(rows: Sequence[FieldRow]) -> QVBoxLayout:
    beside = QHBoxLayout()
    beside.setSpacing(24)
    whole = QVBoxLayout()
    whole.setSpacing(6)
    whole.addLayout(beside)
    for one in rows:
        beside.addWidget(one, 1, Qt.AlignmentFlag.AlignTop)
        if one.editor.is_short:
            whole.addWidget(one.troubles)
            if len(rows) == 1:
                one.editor.setMaximumWidth(_SHORT)
    return whole


class FormBuilder:
    """Builds forms over one draft."""

    def __init__(
        self, draft: Draft, book: Book = lambda: (), accounts: Accounts = lambda: ()
    ) -> None:
        """`book` gives the address book's parties when they are wanted, `accounts` accounts."""
        self._draft, self._book, self._accounts = draft, book, accounts

    def build(self, items: Sequence[Item]) -> Form:
        """Build the form of some items (`forms.check.wizard_steps.items_of`)."""
        return Form(self._draft, items, self._book, self._accounts)
