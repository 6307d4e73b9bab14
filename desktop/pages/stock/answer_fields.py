"""The fields of the pane: an item each, with the widget that suits its answers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.editing.form.segments import Segments
from desktop.installed.screen_texts import t
from desktop.pages.stock.stock_row import StockRow
from desktop.parts.widgets.basics import label, restyle, row
from desktop.parts.widgets.one_line import ElidedCombo
from desktop.parts.widgets.plain_tip import plain_tip
from desktop.parts.widgets.stars import Stars
from forms.pack.types import Choice
from forms.stock.records import values_of
from forms.stock.stock_items import Item, shown

_NAME, _ROOM = 92, 212
_PAUSE_MS = 800  # after which what was typed is given, the line still open
_ALONG = 2  # ticks side by side


class AnswerField(QWidget):
    """An item with its widget; `given` carries the item's code and the text of the answer."""

    given = Signal(str, str)

    def __init__(self, item: Item) -> None:
        super().__init__()
        self.item = item
        self._shown = 0  # the record that is shown
        name = (item.short or item.header).replace("\n", "")
        self._name = label(name, "label")
        self._name.setFixedWidth(_NAME)
        self._name.setToolTip(plain_tip(item.label))
        self._odd = label("", "caption", tone="error", wrap=True)
        widget = self._made()
        widget.setAccessibleName(item.label)
        widget.setToolTip(plain_tip(item.help))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        line = row(self._name, widget, space=8)
        line.setAlignment(self._name, Qt.AlignmentFlag.AlignTop)
        line.setStretch(1, 1)
        if not isinstance(widget, QLineEdit | ElidedCombo):
            line.addStretch()
        layout.addLayout(line)
        layout.addWidget(self._odd)
        self._name.setMinimumHeight(32)

    def show_row(self, row: StockRow) -> None:
        """Show what a patent says."""
        values = values_of(row.answers, self.item.code)
        is_wanted = self.item.code in row.lacking
        self._name.setProperty("tone", "pending" if is_wanted else "")
        restyle(self._name)
        unread = row.texts[self.item.code] if row.is_unread(self.item.code) else ""
        self._odd.setText(t("stock.unread", text=unread) if unread else "")
        self._odd.setVisible(bool(unread))
        is_same, self._shown = self._shown == row.id, row.id
        self._show(values, row.texts[self.item.code], is_same=is_same)

    # --- the widget -------------------------------------------------------------------------

    def _made(self) -> QWidget:
        match self.item.kind:
            case "stars":
                self.stars = Stars(self.item.label)
                self.stars.chosen.connect(self._give_stars)
                return self.stars
            case "choices":
                return self._ticks()
            case "choice":
                return self._choice()
        self.line = QLineEdit()
        self.line.setMaxLength(self.item.most)
        self.line.editingFinished.connect(self._give_line)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._give_line)
        self.line.textEdited.connect(self._pause.start)
        return self.line

    def _choice(self) -> QWidget:
        choices = [Choice(value=one.code, label=one.label) for one in self.item.choices]
        self.segments: Segments | None = Segments(self.item.label, choices)
        if self.segments.sizeHint().width() <= _ROOM:
            self.segments.chosen.connect(self._give_code)
            return self.segments
        self.segments.deleteLater()
        self.segments = None
        self.combo = ElidedCombo()
        self.combo.addItem(t("stock.choose"), "")
        for one in self.item.choices:
            self.combo.addItem(one.label, one.code)
        self.combo.activated.connect(self._give_combo)
        return self.combo

    def _ticks(self) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 4, 0, 4)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        self.boxes: dict[str, QCheckBox] = {}
        for place, one in enumerate(self.item.choices):
            box = QCheckBox(one.label)
            box.clicked.connect(self._give_boxes)
            self.boxes[one.code] = box
            grid.addWidget(box, place // _ALONG, place % _ALONG)
        return holder

    def _show(self, values: Sequence[str], text: str, *, is_same: bool) -> None:
        match self.item.kind:
            case "stars":
                self.stars.show_count(int(values[0]) if values else 0)
            case "choices":
                for code, box in self.boxes.items():
                    box.setChecked(code in values)
            case "choice":
                code = values[0] if values else ""
                if self.segments is not None:
                    self.segments.show_value(code)
                else:
                    self.combo.setCurrentIndex(max(0, self.combo.findData(code)))
            case _:
                if not (is_same and self.line.hasFocus()):  # who types is not disturbed
                    self.line.setText(text)

    # --- what is given ----------------------------------------------------------------------

    def _give(self, codes: Sequence[str]) -> None:
        self.given.emit(self.item.code, shown(self.item, tuple(codes)))

    def _give_stars(self, count: int) -> None:
        self._give([str(count)] if count else [])

    def _give_code(self, code: str) -> None:
        self._give([code] if code else [])

    def _give_combo(self, place: int) -> None:
        self._give_code(str(self.combo.itemData(place)))

    def _give_boxes(self) -> None:
        clicked = self.sender()
        alone = {one.code for one in self.item.choices if one.alone}
        for code, box in self.boxes.items():
            is_it = box is clicked
            if box.isChecked() and not is_it and self._excludes(code, clicked, alone):
                box.setChecked(False)
        self._give([code for code, box in self.boxes.items() if box.isChecked()])

    def _excludes(self, code: str, clicked: object, alone: set[str]) -> bool:
        """Whether what was clicked goes with no other, or this one does not."""
        now = next((name for name, box in self.boxes.items() if box is clicked), "")
        return self.boxes[now].isChecked() and (now in alone or code in alone)

    def _give_line(self) -> None:
        if self.line.isModified():
            self.line.setModified(False)
            self.given.emit(self.item.code, self.line.text())
