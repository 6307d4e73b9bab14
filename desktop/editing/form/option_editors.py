"""A choice as the form prints it: one sentence a way, the chosen one open with its blanks live.

Ways not chosen are quiet and keep their answers.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from desktop.editing.draft import Draft, shown_text
from desktop.editing.form.editors import Editor, capitals_of
from desktop.editing.form.form_row import FieldRow
from desktop.editing.form.line_editor import BlankLine
from desktop.editing.form.segments import BoundSegments
from desktop.editing.form.sentence import Kept, SentenceFlow, Shown
from desktop.editing.form.troubles import Troubles
from desktop.installed.screen_texts import t
from desktop.parts.widgets.basics import label, set_role
from desktop.parts.widgets.plain_tip import plain_tip
from forms.check.choice_sentences import Blank, Derived, Ticks, Words
from forms.check.wizard_steps import Item, Option
from forms.facts.derived import derived, instalment_times, instalment_total
from forms.facts.record import Case
from forms.pack.types import Field

MakeRow = Callable[[Field], FieldRow]


class Radio(QRadioButton):
    """The button of a way; says when it is entered and left."""

    entered = Signal()
    left = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setProperty("role", "way")

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say so."""
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say so."""
        super().focusOutEvent(event)
        self.left.emit()


class OptionCard(QFrame):
    """One way: button, sentence, key; below them its further fields and what is wrong."""

    asked = Signal(str)  # chosen by a click anywhere on it

    def __init__(self, draft: Draft, option: Option, place: int, make_row: MakeRow) -> None:
        super().__init__()
        self.option = option
        self._draft = draft
        self._is_chosen: bool | None = None
        self.blanks: dict[str, BlankLine | BoundSegments] = {}
        self._derived: dict[str, Shown] = {}
        self.sentence = SentenceFlow(self._pieces())
        self.rows = [make_row(field) for field in option.below]
        self.radio = Radio(self._name())
        self.troubles = Troubles()
        self._capitals = label("", "caption")
        self._lay_out(place)
        self.refresh()
        self.show_chosen(False)

    def _lay_out(self, place: int) -> None:
        key = label(str(place), "key")
        key.setAlignment(Qt.AlignmentFlag.AlignCenter)
        key.setFixedSize(20, 20)
        key.setToolTip(plain_tip(t("wizard.form.key", place=place)))
        self._below = QWidget()
        below = QVBoxLayout(self._below)
        below.setContentsMargins(0, 4, 0, 4)
        below.setSpacing(12)
        for one in self.rows:
            below.addWidget(one)
            if one.editor.is_short:
                below.addWidget(one.troubles)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.sentence)
        words.addWidget(self._capitals)
        if self.rows:
            words.addWidget(self._below)
        words.addWidget(self.troubles)
        self._beside = [QVBoxLayout(), QVBoxLayout()]
        for side, widget in zip(self._beside, (self.radio, key), strict=True):
            side.addWidget(widget)
            side.addStretch()
        whole = QHBoxLayout(self)
        whole.setContentsMargins(14, 8, 12, 8)
        whole.setSpacing(10)
        whole.addLayout(self._beside[0])
        whole.addLayout(words, 1)
        whole.addLayout(self._beside[1])

    def _pieces(self) -> list[str | QWidget]:
        made: list[str | QWidget] = []
        if not self.option.sentence:
            made.append(self.option.label)
        before = ""
        for piece in self.option.sentence:
            match piece:
                case Words():
                    made.append(piece.text)
                    before = piece.text
                case Blank():
                    blank = BlankLine(
                        self._draft, piece.field.path, piece.least_em, fills=piece.fills
                    )
                    blank.setAccessibleName(f"{piece.field.label}，{before.strip('，。')}")
                    blank.setToolTip(plain_tip(piece.field.help))
                    blank.at.connect(self._show_capitals)
                    self.blanks[piece.field.path] = blank
                    made.append(blank)
                case Ticks():
                    ticks = BoundSegments(self._draft, piece.field.path)
                    self.blanks[piece.field.path] = ticks
                    made.append(ticks)
                case Derived():
                    name = piece.name.removeprefix("licence_")
                    shown = Shown(t(f"wizard.derived.{name}.label"))
                    self._derived[piece.name] = shown
                    made.append(shown)
        for widget in self.blanks.values():
            if isinstance(widget, BlankLine):
                widget.grown.connect(self._grown)
        if len(self.option.below) == 1:
            made.append(Kept(partial(self._draft.shown, self.option.below[0].path)))
        return made

    def _name(self) -> str:
        words = (piece.text for piece in self.option.sentence if isinstance(piece, Words))
        return (
            f"{self.option.label}：{'…'.join(words)}" if self.option.sentence else self.option.label
        )

    # --- showing --------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show what stands in the draft."""
        for blank in self.blanks.values():
            blank.refresh()
        for name, shown in self._derived.items():
            shown.show_text(self._derived_text(name))
        for one in self.rows:
            one.editor.refresh()
        self._show_capitals()
        self.sentence.refresh()

    def _derived_text(self, name: str) -> str:
        record = self._draft.record
        if isinstance(record, Case):
            value = derived(name, record)
        elif name.endswith("times"):
            value = instalment_times(record.royalty.instalments)
        else:
            value = instalment_total(record.royalty.instalments)
        field = next((f for f in self.option.fields if f.kind == "money"), None)
        is_money = name.endswith("total") and field is not None
        return shown_text(field, value) if is_money and field else str(value or "")

    def show_chosen(self, is_chosen: bool) -> None:
        """Open or close the card."""
        if is_chosen == self._is_chosen:
            return
        self._is_chosen = is_chosen
        set_role(self, "chosen" if is_chosen else "way")
        self.setCursor(
            Qt.CursorShape.ArrowCursor if is_chosen else Qt.CursorShape.PointingHandCursor
        )
        self.sentence.set_live(is_chosen)
        middle = self.sentence.line_height // 2
        for side, half in zip(self._beside, (14, 10), strict=True):
            side.setContentsMargins(0, max(0, middle - half), 0, 0)
        self._below.setVisible(is_chosen and bool(self.rows))
        self._show_capitals()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose this way."""
        if not self._is_chosen:
            self.asked.emit(self.option.value)
        super().mousePressEvent(event)

    @Slot()
    def _grown(self) -> None:
        self.sentence.refresh()

    @Slot()
    def _show_capitals(self) -> None:
        """The amount in hand in capitals; without one in hand, the last of the sentence."""
        text = ""
        for path, blank in self.blanks.items():
            field = self._draft.field(path)
            if field.kind == "money" and (blank.hasFocus() or not text):
                capitals = capitals_of(self._draft.value(path))
                if capitals:
                    text = t("wizard.form.capitals_of", field=field.label, capitals=capitals)
                if blank.hasFocus():
                    break
        self._capitals.setText(text)
        self._capitals.setVisible(bool(text) and bool(self._is_chosen))


class OptionsEditor(Editor):
    """All ways of a choice."""

    fix_asked = Signal(object)
    basis_asked = Signal(object)

    def __init__(self, draft: Draft, item: Item, make_row: MakeRow) -> None:
        super().__init__(draft, item.field.path)
        self.whole.setSpacing(6)
        self._group = QButtonGroup(self)
        self.cards = [
            OptionCard(draft, option, place, make_row)
            for place, option in enumerate(item.options, 1)
        ]
        for card in self.cards:
            self._add(card)
        self.refresh()

    def _add(self, card: OptionCard) -> None:
        self._group.addButton(card.radio)
        card.radio.toggled.connect(self._toggled)
        card.radio.entered.connect(self._entered)
        card.radio.left.connect(self._left)
        card.asked.connect(self.choose)
        for blank in card.blanks.values():
            self.follow(blank)
        card.troubles.fix_asked.connect(self.fix_asked)
        card.troubles.basis_asked.connect(self.basis_asked)
        self.whole.addWidget(card)

    @property
    def main(self) -> QWidget:
        """The button of the way chosen, else the first."""
        chosen = next((card for card in self.cards if card.radio.isChecked()), self.cards[0])
        return chosen.radio

    def lines(self) -> Mapping[str, QWidget]:
        """The blanks by the paths of their facts, and the choice itself."""
        named: dict[str, QWidget] = {self.path: self.main}
        for card in self.cards:
            named |= card.blanks
            for one in card.rows:
                named |= one.editor.lines()
        return named

    def refresh(self) -> None:
        """Show what stands in the draft."""
        value = self.draft.value(self.path)
        self._group.setExclusive(False)
        for card in self.cards:
            is_chosen = card.option.value == value
            card.radio.blockSignals(True)
            card.radio.setChecked(is_chosen)
            card.radio.blockSignals(False)
            card.show_chosen(is_chosen)
            card.refresh()
        self._group.setExclusive(True)

    @Slot(str)
    def choose(self, value: str) -> None:
        """Choose a way; the answers of the others are kept."""
        self.draft.put(self.path, value)
        self.main.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1 to 9 choose while a way has the focus."""
        key = event.text()
        if key.isdecimal() and 0 < int(key) <= len(self.cards):
            self.choose(self.cards[int(key) - 1].option.value)
            return
        super().keyPressEvent(event)

    def card_of(self, path: str) -> OptionCard | None:
        """The card in which a fact is asked."""
        return next((c for c in self.cards if path in [f.path for f in c.option.fields]), None)

    @property
    def rows(self) -> Sequence[FieldRow]:
        """The rows of fields below the sentences."""
        return [one for card in self.cards for one in card.rows]

    @Slot(bool)
    def _toggled(self, is_on: bool) -> None:
        if is_on:
            pressed = self.sender()
            card = next(card for card in self.cards if card.radio is pressed)
            self.draft.put(self.path, card.option.value)

    @Slot()
    def _entered(self) -> None:
        self.at.emit(self.path)

    @Slot()
    def _left(self) -> None:
        self.gone.emit(self.path)
