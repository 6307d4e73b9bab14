"""The fields of a web form as rows that are copied one after the other, by mouse or by keys."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.installed.screen_texts import t
from desktop.parts.theme import tokens as tk
from desktop.parts.theme.icons import icon as icon_of
from desktop.parts.theme.tokens import tokens
from desktop.parts.widgets.basics import (
    button,
    clear,
    icon_label,
    label,
    line,
    restyle,
    row,
)
from desktop.parts.widgets.one_line import TwoLines
from forms.office.online_form import OnlineRow, RowState

_LOOKS: Mapping[RowState, tuple[str, str]] = {
    "missing": ("clock", "pending"),
    "blank": ("circle-minus", "text3"),
    "todo": ("circle", "text3"),
    "copied": ("check", "done"),
    "changed": ("refresh-cw", "pending"),
    "ticked": ("check", "done"),
}
_NEXT = ("circle-dot", "accent")
_NUMBER, _STATE, _BUTTON = 20, 68, 112
_WIDE_LABEL, _SLIM_LABEL, _WIDE = 168, 122, 620
_SIDE, _END, _GAP, _AIR = 14, 10, 8, 3
_MIDDLE_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class FieldRow(QFrame):
    """A field: its number, its label, what is copied, how it stands, what copies it."""

    pressed = Signal()
    done_asked = Signal()
    fill_asked = Signal()

    def __init__(self, place: int, shown: OnlineRow) -> None:
        super().__init__()
        self.row = shown
        self._place = place
        self.is_current = self.is_in_hand = False
        self._number = label(str(place), "hint")
        self._number.setFixedWidth(_NUMBER)
        self._label = label("", "hint", wrap=True)
        self._label.setAlignment(_MIDDLE_LEFT)
        self._value = TwoLines()
        self._more = label("", "caption", wrap=True)
        self._fill = button(t("online.rows.go_fill"), "link", clicked=self.fill_asked.emit)
        self._fill.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._icon, self._state = icon_label("circle"), label("", "hint")
        self.button = button("", icon="copy", clicked=self.done_asked.emit)
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.button.setFixedWidth(_BUTTON)
        self._lay_out()
        self.show_row(shown)

    def _lay_out(self) -> None:
        whole = QHBoxLayout()
        whole.setContentsMargins(_SIDE, _AIR, _END, _AIR)
        whole.setSpacing(_GAP)
        whole.addWidget(self._number)
        whole.addWidget(self._label)
        whole.addWidget(self._value, 1)
        state = QWidget()
        state.setFixedWidth(_STATE)
        state.setLayout(row(self._icon, self._state, None, space=6))
        whole.addWidget(state)
        end = QWidget()
        end.setFixedWidth(_BUTTON)
        end.setLayout(row(None, self._fill, self.button, space=0))
        whole.addWidget(end)
        self._more.setContentsMargins(_SIDE + _NUMBER + _GAP, 0, _SIDE, 6)
        both = QVBoxLayout(self)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(0)
        both.addLayout(whole)
        both.addWidget(self._more)

    def fit(self, wide: bool) -> None:
        """Give the label the room there is; what is too long for a line takes a second."""
        self._label.setFixedWidth(_WIDE_LABEL if wide else _SLIM_LABEL)
        self._take_height()

    def _take_height(self) -> None:
        """Be as high as the words ask at this width.

        The layout's own least height takes them for one line, and what it once measured it keeps.
        """
        taken = _SIDE + _END + _NUMBER + self._label.width() + _STATE + _BUTTON + 4 * _GAP
        value = self._value.heightForWidth(max(self.width() - taken, 1))
        high = max(self._label.heightForWidth(self._label.width()), value, tk.CONTROL) + 2 * _AIR
        if not self._more.isHidden():
            high += self._more.heightForWidth(self.width())
        if high != self.minimumHeight():
            self.setMinimumHeight(high)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may ask for another height."""
        super().resizeEvent(event)
        self._take_height()

    def event(self, event: QEvent) -> bool:
        """Other words or another font inside may, too."""
        is_taken = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._take_height()
        return is_taken

    def show_row(self, shown: OnlineRow) -> None:
        """Show how the field stands now."""
        self.row = shown
        self._label.setText(shown.label)
        value = "　".join((shown.value or shown.help).splitlines())
        if shown.state == "missing":
            names = "、".join(shown.lacks)
            value = t("online.rows.missing", names=names) if names else t("online.rows.missing_all")
        self._value.say(value)
        self._value.setProperty("tone", "pending" if shown.state == "missing" else "")
        restyle(self._value)
        more = list(shown.hints)
        if shown.state == "changed":
            more.insert(0, t("online.rows.changed"))
        self._more.setText("\n".join(more))
        self._more.setProperty("tone", "pending")
        restyle(self._more)
        self._more.setVisible(bool(more))
        self._show_state()
        self._show_button()

    def show_current(self, *, is_current: bool, is_in_hand: bool) -> None:
        """Say whether it is the one that is copied next, and whether keys go to it."""
        if (is_current, is_in_hand) != (self.is_current, self.is_in_hand):
            self.is_current, self.is_in_hand = is_current, is_in_hand
            self._show_state()
            self.update()

    @property
    def said(self) -> str:
        """The row as a screen reader says it."""
        return t(
            "online.rows.said",
            place=self._place,
            label=self.row.label,
            value=self._value.text(),
            state=self._state.text(),
        )

    def _show_state(self) -> None:
        state = self.row.state
        icon, colour = _LOOKS[state]
        name = f"{state}_tick" if state == "todo" and self.row.kind == "tick" else state
        if state == "todo" and self.is_current:
            (icon, colour), name = _NEXT, "next"
        self._icon.show_icon(icon, colour)
        self._state.setText(t(f"online.state.{name}"))
        self._state.setProperty("tone", {"text3": ""}.get(colour, colour))
        restyle(self._state)

    def _show_button(self) -> None:
        shown, is_tick = self.row, self.row.kind == "tick"
        self._fill.setVisible(shown.state == "missing" and bool(shown.fill))
        self.button.setVisible(shown.is_asked and shown.state != "ticked")
        words = "tick" if is_tick else "again" if shown.state == "copied" else "copy"
        self.button.setText(t(f"online.rows.{words}"))
        self.button.setIcon(icon_of("check" if is_tick else "copy", on="accent"))
        of = "tick_of" if is_tick else "copy_of"
        self.button.setAccessibleName(t(f"online.rows.{of}", label=shown.label))
        self.button.setProperty("role", "quiet" if shown.state == "copied" else "")
        restyle(self.button)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Make it the current one."""
        self.pressed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The current row is tinted, with a bar at its left; a ring where keys go to it."""
        if not self.is_current:
            return
        painter = QPainter(self)
        colours = tokens()
        painter.fillRect(self.rect(), colours.colour("tint"))
        bar = QRectF(0, 0, 3, self.height())
        painter.fillRect(bar, colours.colour("accent"))
        if self.is_in_hand:
            painter.setPen(colours.colour("accent"))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


class FieldRows(QWidget):
    """The rows; ↑↓ go through them, Enter does what the row's button does."""

    done_asked = Signal(str)  # a field's id: copy it, or note that it was ticked
    fill_asked = Signal(str)  # the fact that is missing
    reached = Signal(str)  # the fact of the row that is current now

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[FieldRow] = []
        self._current = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(t("online.rows.name"))
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(0)
        self._whole.setDirection(QBoxLayout.Direction.TopToBottom)

    @property
    def current(self) -> OnlineRow | None:
        """The row that is current."""
        return self.current_row.row if self.current_row is not None else None

    @property
    def current_row(self) -> FieldRow | None:
        """Its widget."""
        return self.rows[self._current] if self._current < len(self.rows) else None

    def show_rows(self, shown: Sequence[OnlineRow]) -> None:
        """Show how the fields stand; those of another set are made anew."""
        if [one.id for one in shown] == [one.row.id for one in self.rows]:
            for widget, one in zip(self.rows, shown, strict=True):
                if widget.row != one:
                    widget.show_row(one)
        else:
            self._make(shown)
        self._mark()

    def _make(self, shown: Sequence[OnlineRow]) -> None:
        kept = self.current.id if self.current else ""
        clear(self._whole)
        self.rows = []
        for place, one in enumerate(shown, 1):
            made = FieldRow(place, one)
            made.pressed.connect(self._pressed)
            made.done_asked.connect(self._asked)
            made.fill_asked.connect(self._asked_to_fill)
            if place > 1:
                self._whole.addWidget(line())
            self._whole.addWidget(made)
            self.rows.append(made)
        ids = [one.id for one in shown]
        self._current = ids.index(kept) if kept in ids else self._first_open(0)
        self._fit()

    def _first_open(self, begin: int) -> int:
        """The next row that is not done, from a place on and round; the place where all are."""
        order = [*range(begin, len(self.rows)), *range(begin)]
        is_open = (at for at in order if self.rows[at].row.state in ("todo", "changed"))
        return next(is_open, min(begin, max(len(self.rows) - 1, 0)))

    def go_on(self) -> None:
        """Make the next row current that is not done."""
        self._go(self._first_open(self._current + 1 if self._current + 1 < len(self.rows) else 0))

    def start_over(self) -> None:
        """Begin with the first row again."""
        self._go(self._first_open(0))

    def go_to(self, path: str) -> bool:
        """Make the row of a fact current; False where there is none."""
        found = next((at for at, one in enumerate(self.rows) if one.row.path == path), None)
        if found is not None:
            self._go(found)
        return found is not None

    def _go(self, place: int) -> None:
        if 0 <= place < len(self.rows):
            self._current = place
            self._mark()
            self.reached.emit(self.rows[place].row.path)

    def _mark(self) -> None:
        for place, one in enumerate(self.rows):
            is_current = place == self._current
            one.show_current(is_current=is_current, is_in_hand=is_current and self.hasFocus())
        if self.rows:
            self.setAccessibleDescription(self.rows[self._current].said)

    def _pressed(self) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._go(self._place_of(self.sender()))

    def _asked(self) -> None:
        self._pressed()
        self._do()

    def _asked_to_fill(self) -> None:
        self.fill_asked.emit(self.rows[self._place_of(self.sender())].row.fill)

    def _place_of(self, widget: object) -> int:
        return next(place for place, one in enumerate(self.rows) if one is widget)

    def _do(self) -> None:
        current = self.current
        if current is not None and current.is_asked:
            self.done_asked.emit(current.id)
        elif current is not None and current.fill:
            self.fill_asked.emit(current.fill)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go through the rows, and do what the current one is for."""
        key = event.key()
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if key in steps:
            self._go(min(max(self._current + steps[Qt.Key(key)], 0), len(self.rows) - 1))
        elif key == Qt.Key.Key_Home:
            self._go(0)
        elif key == Qt.Key.Key_End:
            self._go(len(self.rows) - 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._do()
        else:
            super().keyPressEvent(event)

    def do_current(self) -> None:
        """Do what the current row is for, wherever the focus is."""
        self._do()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where keys go to."""
        super().focusInEvent(event)
        self._mark()
        if self.current is not None:
            self.reached.emit(self.current.path)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keys go elsewhere."""
        super().focusOutEvent(event)
        self._mark()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        for one in self.rows:
            one.fit(self.width() >= _WIDE)
