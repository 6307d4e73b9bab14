"""A few answers side by side, one chosen: for choices with short words, alone or in a sentence."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.editing.draft import Draft
from desktop.parts.theme.tokens import tokens
from forms.pack.reading import write
from forms.pack.types import Choice

_PAD, _HEIGHT, _RADIUS = 12, 32, 6


class Segments(QWidget):
    """The answers of a choice.  Arrows and 1 to 9 choose; Delete or a second click takes back."""

    chosen = Signal(str)  # the value, "" for none
    entered = Signal()
    left = Signal()

    def __init__(self, name: str, choices: Sequence[Choice]) -> None:
        super().__init__()
        self._choices = tuple(choices)
        self._value = ""
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def value(self) -> str:
        """The value that is shown as chosen."""
        return self._value

    def text(self) -> str:
        """The label of the answer chosen."""
        return next((c.label for c in self._choices if c.value == self._value), "")

    def show_value(self, value: str) -> None:
        """Show a value as chosen."""
        self._value = value
        self.setAccessibleDescription(self.text())
        self.update()

    def sizeHint(self) -> QSize:
        """Room for all answers."""
        return QSize(round(sum(self._widths())) + 2, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """As much as the hint."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the answers and the ring of the focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = tokens()
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setBrush(colours.colour("surface"))
        painter.setPen(QPen(colours.colour("field_border"), 1))
        painter.drawRoundedRect(box, _RADIUS, _RADIUS)
        x = 1.0
        for choice, wide in zip(self._choices, self._widths(), strict=True):
            self._segment(painter, choice, QRectF(x, 0, wide, self.height()))
            x += wide
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.colour("accent"), 2))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)

    def _segment(self, painter: QPainter, choice: Choice, place: QRectF) -> None:
        colours = tokens()
        is_chosen = choice.value == self._value
        if is_chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.colour("accent"))
            painter.drawRoundedRect(place.adjusted(3, 4, -3, -4), 4, 4)
        painter.setPen(colours.colour("on_accent" if is_chosen else "text"))
        painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), choice.label)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose what is clicked; a second click takes it back."""
        value = self._at(event.position())
        if value is not None:
            self._choose("" if value == self._value else value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by arrows and digits."""
        values = [choice.value for choice in self._choices]
        here = values.index(self._value) if self._value in values else -1
        key = event.key()
        if key in (Qt.Key.Key_Right, Qt.Key.Key_Space) and here + 1 < len(values):
            self._choose(values[here + 1])
        elif key == Qt.Key.Key_Left and here > 0:
            self._choose(values[here - 1])
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._choose("")
        elif event.text().isdecimal() and 0 < int(event.text()) <= len(values):
            self._choose(values[int(event.text()) - 1])
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say so."""
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say so."""
        super().focusOutEvent(event)
        self.left.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Another font needs another width."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()

    def _widths(self) -> list[float]:
        metrics = self.fontMetrics()
        return [metrics.horizontalAdvance(c.label) + 2 * _PAD for c in self._choices]

    def _at(self, place: QPointF) -> str | None:
        x = 1.0
        for choice, wide in zip(self._choices, self._widths(), strict=True):
            if x <= place.x() < x + wide:
                return choice.value
            x += wide
        return None

    def _choose(self, value: str) -> None:
        if value != self._value:
            self.show_value(value)
            self.chosen.emit(value)


class BoundSegments(Segments):
    """Segments of one fact: a choice, or a flag as yes and no."""

    at = Signal(str)
    gone = Signal(str)

    def __init__(self, draft: Draft, path: str) -> None:
        field = draft.field(path)
        self.path = path
        self._draft = draft
        choices = field.choices or tuple(
            Choice(value=str(flag).lower(), label=write(field, flag)) for flag in (True, False)
        )
        super().__init__(field.label, choices)
        self.chosen.connect(self._take)
        self.entered.connect(self._entered)
        self.left.connect(self._left)
        self.refresh()

    def refresh(self) -> None:
        """Show what stands in the draft."""
        value = self._draft.value(self.path)
        self.show_value(str(value).lower() if isinstance(value, bool) else value or "")

    def _take(self, value: str) -> None:
        is_flag = self._draft.field(self.path).kind == "flag"
        self._draft.put(self.path, (value == "true" if is_flag else value) if value else None)

    def _entered(self) -> None:
        self.at.emit(self.path)

    def _left(self) -> None:
        self.gone.emit(self.path)
