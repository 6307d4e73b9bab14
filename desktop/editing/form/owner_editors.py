"""An ordered list of parties: dragged by the grip or moved by Alt+Up and Alt+Down."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import msgspec
from PySide6.QtCore import QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QCompleter,
    QFrame,
    QGridLayout,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from desktop.editing.draft import Draft
from desktop.editing.form.editors import EDITORS, Editor
from desktop.editing.form.line_editor import BoundLine, Line
from desktop.editing.form.segments import BoundSegments
from desktop.installed.screen_texts import t
from desktop.parts.theme import tokens as tk
from desktop.parts.widgets.basics import button, icon_button, icon_label, label, row
from desktop.parts.widgets.labelled import LabelledField
from desktop.parts.widgets.plain_tip import plain_tip
from forms.facts.record import Party
from forms.ground.combining import new_places
from forms.office.offered_values import Entries
from forms.pack.reading import Unreadable, read
from forms.pack.types import Field, Pack

Book = Callable[[], Sequence[Party]]
_ROW = 48


class Grip(QWidget):
    """The handle a row is dragged by."""

    pressed = Signal()
    moved = Signal(int)  # the pointer's y on the screen
    dropped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(20, 32)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setToolTip(t("wizard.owners.grip"))
        icon = icon_label("grip-vertical", "text3")
        row_of_one = row(icon)
        self.setLayout(row_of_one)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to drag."""
        self.pressed.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag on."""
        self.moved.emit(round(event.globalPosition().y()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Drop."""
        self.dropped.emit()


class PartyRow(QFrame):
    """One party: place, name, unit or person, take away; below, folded, what else is asked."""

    moved = Signal(int, int)  # place, by how many
    dragged = Signal(int, int)  # place, the pointer's y on the screen
    dropped = Signal()
    removed = Signal(int)

    opened = Signal()  # what else is asked was folded or unfolded

    def __init__(self, draft: Draft, path: str, place: int) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.place = place
        self._draft, self._path = draft, path
        self.line = BoundLine(draft, f"{path}.{place}.name")
        self.line.setAccessibleName(t("wizard.owners.name", place=place + 1))
        self.line.setFrame(False)
        self.line.setProperty("role", "inner")
        self.kind = BoundSegments(draft, f"{path}.{place}.kind")
        self.kind.setAccessibleName(t("wizard.owners.kind", place=place + 1))
        self.details: PartyDetails | None = None
        self._grip = Grip()
        self._grip.moved.connect(self._drag)
        self._grip.dropped.connect(self.dropped)
        self._number = label(str(place + 1), "hint")
        self._number.setFixedWidth(20)
        self.more = button(t("wizard.owners.details"), "quiet", trailing="chevron-down")
        self.more.setAccessibleName(t("wizard.owners.details_of", place=place + 1))
        self.more.setCheckable(True)
        self.more.toggled.connect(self._fold)
        if not further_fields(draft.pack, path):
            self.more.hide()
        remove = icon_button("x", t("wizard.owners.remove", place=place + 1), clicked=self._remove)
        head = QWidget()
        head.setFixedHeight(_ROW)
        parts = (self._grip, self._number, self.line, self.kind, self.more, remove)
        head.setLayout(row(*parts, margins=(8, 0, 8, 0)))
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(0)
        self._whole.addWidget(head)

    def renumber(self, path: str, place: int) -> None:
        """The row stands for the party at another place now."""
        self.place = place
        self._number.setText(str(place + 1))
        self.line.path, self.kind.path = f"{path}.{place}.name", f"{path}.{place}.kind"
        if self.details is not None:
            self._fold(False)
            self._fold(self.more.isChecked())
        self.refresh()

    def refresh(self) -> None:
        """Show what stands in the draft."""
        self.line.refresh()
        self.kind.refresh()
        if self.details is not None:
            self.details.refresh()

    @Slot(bool)
    def _fold(self, is_open: bool) -> None:
        if self.details is not None:
            self._whole.removeWidget(self.details)
            self.details.hide()
            self.details.deleteLater()
            self.details = None
        if is_open:
            self.details = PartyDetails(self._draft, self._path, self.place)
            self._whole.addWidget(self.details)
            self.details.show()  # a field in it may be wanted at once
        self.opened.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by Alt+Up and Alt+Down."""
        ways = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        way = ways.get(Qt.Key(event.key()))
        if way is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.moved.emit(self.place, way)
            return
        super().keyPressEvent(event)

    @Slot(int)
    def _drag(self, y: int) -> None:
        self.dragged.emit(self.place, y)

    def _remove(self) -> None:
        self.removed.emit(self.place)


def further_fields(pack: Pack, path: str) -> list[Field]:
    """What the pack asks of a party besides its name and kind."""
    told = (f"{path}.name", f"{path}.kind")
    return [f for f in pack.fields if f.path.startswith(f"{path}.") and f.path not in told]


class PartyDetails(QWidget):
    """What else is asked of a party, as contracts need it: short answers two in a line."""

    def __init__(self, draft: Draft, path: str, place: int) -> None:
        super().__init__()
        self.editors: dict[str, Editor] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(56, 4, 16, 16)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        grid.addWidget(label(t("wizard.owners.details_words"), "hint", wrap=True), 0, 0, 1, 2)
        for number, field in enumerate(further_fields(draft.pack, path)):
            own = f"{path}.{place}.{field.path.removeprefix(f'{path}.')}"
            editor = EDITORS[field.kind](draft, own)
            self.editors[own] = editor
            made = LabelledField(field.label, editor.main)
            made.setToolTip(plain_tip(field.help))
            grid.addWidget(made, 1 + number // 2, number % 2)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)

    def refresh(self) -> None:
        """Show what stands in the draft."""
        for editor in self.editors.values():
            editor.refresh()


class PartiesEditor(Editor):
    """All parties in order, and a line to add one from the address book or anew."""

    added = Signal(object)  # a party that was added: the address book may want it
    rebuilt = Signal()  # rows came or went

    def __init__(self, draft: Draft, path: str, book: Book) -> None:
        super().__init__(draft, path)
        self._book = book
        self._rows: list[PartyRow] = []
        self._shown: tuple[Party, ...] = ()
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self.whole.setSpacing(8)
        self.whole.addLayout(self._list)
        self.new = Line()
        self.new.setPlaceholderText(t("wizard.owners.new"))
        self.new.returnPressed.connect(self.add_typed)
        self.new.entered.connect(self._entered)
        self.new.left.connect(self._left)
        self._from_book = button(t("wizard.owners.book"), icon="book-user", clicked=self.open_book)
        line = row(self.new, self._from_book)
        self.whole.addLayout(line)
        self._hint = label(t("wizard.owners.hint"), "caption")
        self.whole.addWidget(self._hint)
        self.refresh()

    @property
    def main(self) -> QWidget:
        """The line a party is added with."""
        return self.new

    @property
    def rows(self) -> Sequence[PartyRow]:
        """The parties' rows in order."""
        return self._rows

    def lines(self) -> Mapping[str, QWidget]:
        """The names by their paths."""
        named: dict[str, QWidget] = {one.line.path: one.line for one in self._rows}
        for one in self._rows:
            if one.details is not None:
                named |= {path: editor.main for path, editor in one.details.editors.items()}
        return {self.path: self.new, **named}

    def reveal(self, path: str) -> None:
        """Unfold the party of whom a fact is asked."""
        for one in self._rows:
            prefix = f"{self.path}.{one.place}."
            told = (one.line.path, one.kind.path)
            if path.startswith(prefix) and path not in told and not one.more.isHidden():
                one.more.setChecked(True)

    def refresh(self) -> None:
        """Show the parties; rows are made anew only where their number changed."""
        parties = self.draft.value(self.path) or ()
        count = len(parties)
        is_other = count != len(self._rows)
        while len(self._rows) < count:
            self._add_row(PartyRow(self.draft, self.path, len(self._rows)))
        self._follow(parties)
        while len(self._rows) > count:
            last = self._rows.pop()
            self._list.removeWidget(last)
            last.hide()
            last.deleteLater()
        if any(one.place != place for place, one in enumerate(self._rows)):
            self._renumber()
        for one in self._rows:
            one.refresh()
        self._hint.setVisible(count > 1)
        if is_other:
            self.rebuilt.emit()

    def _follow(self, parties: tuple[Party, ...]) -> None:
        """Let the row in hand go with its party, for which what is composed there is meant."""
        in_hand, before, self._shown = self.window().focusWidget(), self._shown, parties
        for hand in self._rows:
            if not hand.isAncestorOf(in_hand):
                continue
            place = new_places(before, parties).get(hand.place)
            if place is None:
                self.new.setFocus()
            elif place != hand.place:
                self._rows.insert(place, self._rows.pop(self._rows.index(hand)))
                self._list.removeWidget(hand)
                self._list.insertWidget(place, hand)
            return

    def _add_row(self, made: PartyRow) -> None:
        self._rows.append(made)
        self._list.addWidget(made)
        made.moved.connect(self.move_party)
        made.dragged.connect(self._dragged)
        made.removed.connect(self.remove_party)
        made.opened.connect(partial(self._unfolded, made))
        self.follow(made.line)
        self.follow(made.kind)

    def _unfolded(self, one: PartyRow) -> None:
        for editor in one.details.editors.values() if one.details is not None else ():
            editor.at.connect(self.at)
            editor.gone.connect(self.gone)
        self.rebuilt.emit()

    # --- changing ---------------------------------------------------------------------------

    @Slot()
    def add_typed(self) -> None:
        """Add what was typed: one party, or several parted by semicolons."""
        text = self.new.text().strip()
        if not text:
            return
        try:
            typed = read(self.draft.field(self.path), text)
        except Unreadable:
            return
        assert isinstance(typed, tuple)
        known = {party.name: party for party in self._book()}
        self.new.clear()
        self._add([known.get(p.name, p) for p in typed if isinstance(p, Party)])

    def _add(self, parties: Sequence[Party]) -> None:
        self.draft.put(self.path, (*self.draft.value(self.path), *parties))
        for party in parties:
            self.added.emit(party)

    @Slot(int)
    def remove_party(self, place: int) -> None:
        """Take a party out of the list; undo brings it back."""
        parties = self.draft.value(self.path)
        self.draft.put(self.path, (*parties[:place], *parties[place + 1 :]))
        self.new.setFocus()

    @Slot(int, int)
    def move_party(self, place: int, way: int) -> None:
        """Move a party up (-1) or down (1); the focus goes with it."""
        target = place + way
        parties = list(self.draft.value(self.path))
        if not 0 <= target < len(parties):
            return
        parties.insert(target, parties.pop(place))
        on_kind = self._rows[place].kind.hasFocus()
        self.draft.put(self.path, tuple(parties))
        there = self._rows[target]
        (there.kind if on_kind else there.line).setFocus()

    @Slot(int, int)
    def _dragged(self, place: int, y: int) -> None:
        here = self._rows[place]
        top = here.mapToGlobal(QPoint(0, 0)).y()
        if y < top - 8:
            self._drag_by(place, -1)
        elif y > top + here.height() + 8:
            self._drag_by(place, 1)

    def _drag_by(self, place: int, way: int) -> None:
        """The grip in hand stays with its row of widgets: the parties change places under it."""
        target = place + way
        if not 0 <= target < len(self._rows):
            return
        parties = list(self.draft.value(self.path))
        parties[place], parties[target] = parties[target], parties[place]
        first, second = self._rows[place], self._rows[target]
        self._list.removeWidget(first)
        self._list.insertWidget(target, first)
        self._rows[place], self._rows[target] = second, first
        self.draft.put(self.path, tuple(parties))
        self._renumber()

    def _renumber(self) -> None:
        for place, one in enumerate(self._rows):
            one.renumber(self.path, place)

    @Slot()
    def open_book(self) -> None:
        """Offer the address book's entries."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        here = {party.name for party in self.draft.value(self.path)}
        book = self._book()
        for party in book:
            if party.name and party.name not in here:
                here.add(party.name)
                own = isinstance(book, Entries) and party is book.own
                action = menu.addAction(party.name + (t("parties.from_office") if own else ""))
                action.setData(msgspec.json.encode(party).decode())
        if menu.isEmpty():
            menu.addAction(t("wizard.owners.empty_book")).setEnabled(False)
        menu.triggered.connect(self._from_menu)
        menu.setMinimumSize(QSize(280, tk.ROW))
        menu.popup(self._from_book.mapToGlobal(QPoint(0, self._from_book.height() + 2)))

    @Slot(object)
    def _from_menu(self, action: object) -> None:
        data = getattr(action, "data", str)()
        if data:
            self._add([msgspec.json.decode(data, type=Party)])

    @Slot()
    def _entered(self) -> None:
        completer = QCompleter([p.name for p in self._book() if p.name], self.new)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.new.setCompleter(completer)  # deletes the one before
        self.at.emit(self.path)

    @Slot()
    def _left(self) -> None:
        self.add_typed()
        self.gone.emit(self.path)
