"""The text of a statement part by part: as the program writes it, or as it was written by hand."""

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.editing.draft import Draft
from desktop.editing.form.line_editor import BoundText
from desktop.editing.form.segments import Segments
from desktop.installed.screen_texts import t
from desktop.parts.widgets.basics import button, icon_label, label, row
from forms.facts.record import Case
from forms.pack.types import Choice
from forms.paper.statement_parts import Part, as_text, parts

TEXT, EDITED = "statement.text", "statement.edited."
_AUTO, _OWN = "auto", "own"
_INDENT = "\u3000\u3000"


class PartWords(QWidget):
    """A part: its heading, its text, and what lets it be rewritten or follow the fields again."""

    at = Signal(str)
    gone = Signal(str)
    rebuilt = Signal()

    def __init__(self, draft: Draft, part: Part) -> None:
        super().__init__()
        self._draft, self.path = draft, EDITED + part.id
        self._written = ""
        self._heading = label(part.heading, "strong")
        self._mark = QWidget()
        self._mark.setLayout(
            row(
                icon_label("pencil-line", "pending"),
                label(t("statement.text.edited"), "hint", tone="pending"),
                space=4,
            )
        )
        self.edit = button(t("statement.text.edit"), "link", clicked=self.begin)
        self.edit.setAccessibleName(t("statement.text.edit_of", heading=part.heading))
        self.back = button(t("statement.text.back"), "link", icon="undo-2", clicked=self.follow)
        self.back.setAccessibleName(t("statement.text.back_of", heading=part.heading))
        self._words = label("", wrap=True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.box = BoundText(draft, self.path)
        self.box.setAccessibleName(part.heading)
        self.box.at.connect(self.at)
        self.box.gone.connect(self.gone)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        whole.addLayout(row(self._heading, self._mark, None, self.edit, self.back))
        whole.addWidget(self._words)
        whole.addWidget(self.box)
        self.show_part(part)

    def show_part(self, part: Part) -> None:
        """Show a part; a box that was emptied stays while it is in hand."""
        self._written = part.text
        is_by_hand = part.is_edited or self.box.hasFocus()
        lines = part.text.split("\n")
        self._words.setText("\n".join(_INDENT + line for line in lines))
        self.box.refresh()
        was_shown = not self.box.isHidden()
        for widget in (self.box, self._mark, self.back):
            widget.setVisible(is_by_hand)
        for widget in (self._words, self.edit):
            widget.setVisible(not is_by_hand)
        if was_shown != is_by_hand:
            self.rebuilt.emit()

    def begin(self) -> None:
        """Rewrite the part, beginning with what it says."""
        self._draft.put(self.path, self._written)
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def follow(self) -> None:
        """Let the program write the part again."""
        self._draft.put(self.path, "")
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)


class StatementWords(QWidget):
    """All parts, or the whole text of one's own."""

    at = Signal(str)
    gone = Signal(str)
    rebuilt = Signal()

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self._draft = draft
        self.parts: list[PartWords] = []
        self.way = Segments(
            t("statement.text.way"),
            (
                Choice(value=_AUTO, label=t("statement.text.auto")),
                Choice(value=_OWN, label=t("statement.text.own")),
            ),
        )
        self.way.chosen.connect(self._choose)
        self._hint = label(t("statement.text.own_hint"), "hint", wrap=True)
        self.box = BoundText(draft, TEXT)
        self.box.setAccessibleName(draft.field(TEXT).label)
        self.box.at.connect(self.at)
        self.box.gone.connect(self._left)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        whole.addLayout(row(label(t("statement.text.title"), "label"), None, self.way))
        whole.addWidget(self._hint)
        whole.addWidget(self.box)
        self._inside = QVBoxLayout()
        self._inside.setSpacing(14)
        whole.addLayout(self._inside)
        self.refresh()

    def refresh(self) -> None:
        """Show what stands in the draft."""
        case = self._draft.record
        assert isinstance(case, Case)
        is_own = bool(case.statement.text) or self.box.hasFocus()
        with QSignalBlocker(self.way):
            self.way.show_value(_OWN if is_own else _AUTO)
        self._hint.setVisible(is_own)
        self.box.refresh()
        if is_own == self.box.isHidden():
            self.box.setVisible(is_own)
            self.rebuilt.emit()
        if not is_own:
            self._show_parts(parts(case, self._draft.pack))
        for one in self.parts:
            one.setVisible(not is_own)

    def _show_parts(self, written: tuple[Part, ...]) -> None:
        for place, part in enumerate(written):
            if place < len(self.parts):
                self.parts[place].show_part(part)
                continue
            made = PartWords(self._draft, part)
            made.at.connect(self.at)
            made.gone.connect(self._left)  # one that was emptied is written by the program again
            made.rebuilt.connect(self.rebuilt)
            self.parts.append(made)
            self._inside.addWidget(made)
            self.rebuilt.emit()

    def _choose(self, value: str) -> None:
        """Write all by oneself, beginning with what the program wrote, or let it write again."""
        case = self._draft.record
        assert isinstance(case, Case)
        if value != _OWN:
            self._draft.put(TEXT, "")
            self.refresh()
        elif not case.statement.text:
            self._draft.put(TEXT, as_text(parts(case, self._draft.pack)))

    def _left(self, path: str) -> None:
        self.gone.emit(path)
        self.refresh()

    def lines(self) -> Mapping[str, QWidget]:
        """The boxes by the path of their facts; of a part that follows the fields what edits it."""
        boxes: dict[str, QWidget] = {
            one.path: one.edit if one.box.isHidden() else one.box for one in self.parts
        }
        boxes[TEXT] = self.way if self.box.isHidden() else self.box
        return boxes
