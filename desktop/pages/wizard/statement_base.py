"""The method of a statement and what its reckoning begins with: pills, and a sentence of blanks."""

from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QFrame, QVBoxLayout, QWidget

from desktop.editing.draft import Draft
from desktop.editing.form.line_editor import BlankLine
from desktop.editing.form.option_editors import Radio
from desktop.editing.form.sentence import SentenceFlow, Shown
from desktop.installed.screen_texts import t
from desktop.parts.widgets.basics import clear, label, set_role
from desktop.parts.widgets.plain_tip import plain_tip
from forms.check.choice_sentences import Blank, Derived, Words, sentence_of
from forms.facts.amounts import grouped
from forms.facts.fee_reckoning import Sort, reckoned, sorts_of
from forms.facts.record import Case
from forms.pack.implied_fields import METHOD
from forms.pack.types import Choice


class _Pill(Radio):
    """One method."""

    def __init__(self, choice: Choice) -> None:
        super().__init__(choice.label)
        self.value = choice.value
        self.setText(choice.label)
        set_role(self, "pill")


class MethodChoice(QWidget):
    """The methods side by side, in as many lines as they need; one is chosen."""

    at = Signal(str)
    gone = Signal(str)

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self._draft = draft
        self._group = QButtonGroup(self)
        self.pills = [_Pill(choice) for choice in draft.field(METHOD).choices]
        for pill in self.pills:
            self._group.addButton(pill)
            pill.toggled.connect(self._toggled)
            pill.entered.connect(self._entered)
            pill.left.connect(self._left)
        self._flow = SentenceFlow(self.pills, side=0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._flow)
        self.refresh()

    @property
    def main(self) -> QWidget:
        """The method chosen, or the first."""
        return next((one for one in self.pills if one.isChecked()), self.pills[0])

    def refresh(self) -> None:
        """Show what stands in the draft."""
        chosen = self._draft.value(METHOD)
        self._group.setExclusive(False)
        for pill in self.pills:
            with QSignalBlocker(pill):
                pill.setChecked(pill.value == chosen)
        self._group.setExclusive(True)

    @Slot(bool)
    def _toggled(self, is_on: bool) -> None:
        pressed = self.sender()
        assert isinstance(pressed, _Pill)
        if is_on:
            self._draft.put(METHOD, pressed.value)
        self._flow.refresh()  # the one chosen is set wider

    @Slot()
    def _entered(self) -> None:
        self.at.emit(METHOD)

    @Slot()
    def _left(self) -> None:
        self.gone.emit(METHOD)


class BaseCard(QFrame):
    """What the reckoning begins with, as the method's sentence; made anew with another method."""

    at = Signal(str)
    gone = Signal(str)
    rebuilt = Signal()

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self.setProperty("role", "chosen")
        self._draft = draft
        self._built: object = None
        self.blanks: dict[str, BlankLine] = {}
        self._derived: list[tuple[Sort, Shown]] = []
        self._flows: list[SentenceFlow] = []
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(16, 10, 16, 10)
        self._inside.setSpacing(4)
        self.refresh()

    def refresh(self) -> None:
        """Show what stands in the draft."""
        case = self._draft.record
        assert isinstance(case, Case)
        wanted = (case.statement.method, sorts_of(case.royalty), case.royalty.way == "free")
        if wanted != self._built:
            self._built = wanted
            self._build(case)
        for blank in self.blanks.values():
            blank.refresh()
        for sort, shown in self._derived:
            base = reckoned(case, sort).base
            shown.show_text(grouped(base).removesuffix(".00") if base is not None else "")
        for flow in self._flows:
            flow.refresh()

    def _build(self, case: Case) -> None:
        clear(self._inside)
        self.blanks, self._derived, self._flows = {}, [], []
        moulds = self._draft.pack.statement
        method = moulds.method(case.statement.method) if moulds else None
        if case.royalty.way == "free" or method is None:
            words = t("statement.free" if case.royalty.way == "free" else "statement.choose_method")
            self._inside.addWidget(label(words, "hint", wrap=True))
            self.rebuilt.emit()
            return
        for sort in sorts_of(case.royalty):
            flow = SentenceFlow(
                list(self._pieces(method.fee if sort == "fee" else method.rate, sort))
            )
            self._flows.append(flow)
            self._inside.addWidget(flow)
        for blank in self.blanks.values():
            for flow in self._flows:
                blank.grown.connect(flow.refresh)
        if method.hint:
            self._inside.addWidget(label(method.hint, "hint", wrap=True))
        self.rebuilt.emit()

    def _pieces(self, text: str, sort: Sort) -> Iterator[str | QWidget]:
        before = ""
        for piece in sentence_of(self._draft.pack, text):
            match piece:
                case Words():
                    before = piece.text
                    yield piece.text
                case Blank() if piece.field.path not in self.blanks:
                    yield self._blank(piece, before)
                case Blank():  # asked in the sentence above already
                    yield self._draft.shown(piece.field.path)
                case Derived():
                    shown = Shown(t("statement.result.base"))
                    self._derived.append((sort, shown))
                    yield shown

    def _blank(self, piece: Blank, before: str) -> BlankLine:
        path = piece.field.path
        blank = BlankLine(self._draft, path, piece.least_em, fills=piece.fills)
        blank.setAccessibleName(f"{piece.field.label}，{before.strip('，。')}")
        blank.setToolTip(plain_tip(piece.field.help))
        blank.at.connect(self.at)
        blank.gone.connect(self.gone)
        self.blanks[path] = blank
        return blank

    def lines(self) -> Mapping[str, QWidget]:
        """The blanks by the path of their facts."""
        return dict(self.blanks)

    def in_order(self) -> Sequence[QWidget]:
        """The blanks as they stand."""
        return list(self.blanks.values())
