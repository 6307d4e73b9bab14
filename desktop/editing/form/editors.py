"""One widget for each kind of field: `EDITORS` is the one mapping from kind to widget."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from PySide6.QtCore import QDate, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from desktop.editing.draft import Draft
from desktop.editing.form.drop_down import MOST_BESIDE, BoundDropDown
from desktop.editing.form.line_editor import BoundLine, BoundText
from desktop.editing.form.number_editor import NumberBoxes
from desktop.editing.form.segments import BoundSegments
from desktop.installed.screen_texts import t
from desktop.parts.widgets.basics import icon_button, label, row, set_state
from desktop.parts.widgets.calendar import Calendar
from forms.facts.amounts import capitals, duration_text
from forms.facts.record import Duration
from forms.pack.types import FieldKind


class Editor(QWidget):
    """A widget for one fact.  `main` takes the focus and the name of the field."""

    at = Signal(str)
    gone = Signal(str)
    is_short = False  # two of them stand side by side where there is room

    def __init__(self, draft: Draft, path: str) -> None:
        super().__init__()
        self.draft, self.path = draft, path
        self.whole = QVBoxLayout(self)
        self.whole.setContentsMargins(0, 0, 0, 0)
        self.whole.setSpacing(4)

    @property
    def main(self) -> QWidget:
        """The widget that takes the focus."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Show what stands in the draft."""

    def lines(self) -> Mapping[str, QWidget]:
        """The widgets by the path of their facts."""
        return {self.path: self.main}

    def reveal(self, path: str) -> None:
        """Unfold what hides a fact."""

    def mark(self, path: str, severity: str) -> None:
        """Mark the fact's widget with a severity, "" for none."""
        widget = self.lines().get(path)
        if widget is not None:
            set_state(widget, severity)

    def describe(self, path: str, text: str) -> None:
        """Say for screen readers what is wrong with a fact."""
        widget = self.lines().get(path)
        if widget is not None:
            widget.setAccessibleDescription(text)

    def follow(self, widget: "BoundLine | BoundText | BoundSegments | BoundDropDown") -> None:
        """Pass on where the focus is."""
        widget.at.connect(self.at)
        widget.gone.connect(self.gone)


class LineEditor(Editor):
    """A line; a unit after it and a remark beneath where the kind has them."""

    def __init__(self, draft: Draft, path: str, *, unit: str = "", width: int = 0) -> None:
        super().__init__(draft, path)
        self.line = BoundLine(draft, path)
        if width:
            self.line.setMaximumWidth(width)
        self.follow(self.line)
        holder = row(self.line, *([label(unit, "hint")] if unit else []))
        if width:
            holder.addStretch()
        self.whole.addLayout(holder)
        self._remark = label("", "caption", wrap=True)
        self.whole.addWidget(self._remark)
        self.refresh()

    @property
    def main(self) -> QWidget:
        """The line."""
        return self.line

    def refresh(self) -> None:
        """Show the text and the remark."""
        self.line.refresh()
        remark = self.remark()
        self._remark.setText(remark)
        self._remark.setVisible(bool(remark))

    def remark(self) -> str:
        """What stands beneath the line."""
        return ""


class ShortLineEditor(LineEditor):
    """A line for a short text."""

    is_short = True


class MoneyEditor(LineEditor):
    """An amount in yuan, with its capitals beneath."""

    is_short = True

    def __init__(self, draft: Draft, path: str) -> None:
        super().__init__(draft, path, unit=t("wizard.form.yuan"), width=220)

    def remark(self) -> str:
        """The amount in capitals."""
        return capitals_of(self.draft.value(self.path))


class PercentEditor(LineEditor):
    """A percentage."""

    is_short = True

    def __init__(self, draft: Draft, path: str) -> None:
        super().__init__(draft, path, unit="%", width=120)


class CountEditor(LineEditor):
    """A count, or a number by itself."""

    is_short = True

    def __init__(self, draft: Draft, path: str) -> None:
        super().__init__(draft, path, width=160)


class DurationEditor(LineEditor):
    """A length of time; beneath stands how it was read, where it was typed otherwise."""

    is_short = True

    def remark(self) -> str:
        """How it was read."""
        value = self.draft.value(self.path)
        if isinstance(value, Duration) and duration_text(value) != self.line.text().strip():
            return t("wizard.form.read_as", text=duration_text(value))
        return ""


class NamesEditor(LineEditor):
    """Several names in one line, parted by semicolons."""

    def remark(self) -> str:
        """How many were read."""
        names = self.draft.value(self.path)
        return t("wizard.form.names", count=len(names)) if len(names) > 1 else ""


class DateEditor(Editor):
    """A date, typed in any usual way or taken from the calendar (Alt+Down)."""

    is_short = True

    def __init__(self, draft: Draft, path: str) -> None:
        super().__init__(draft, path)
        self.line = BoundLine(draft, path)
        self.follow(self.line)
        self._button = icon_button(
            "calendar", t("wizard.form.calendar"), keys="Alt+Down", clicked=self.open_calendar
        )
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QHBoxLayout(self.line)
        inside.setContentsMargins(0, 0, 2, 0)
        inside.addStretch()
        inside.addWidget(self._button)
        self._button.setProperty("role", "inside")
        self._button.setFixedSize(28, 26)
        self._button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.line.setTextMargins(0, 0, 28, 0)
        self.whole.addWidget(self.line)

    @property
    def main(self) -> QWidget:
        """The line."""
        return self.line

    def refresh(self) -> None:
        """Show the date as text."""
        self.line.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the calendar by Alt+Down."""
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_calendar()
            return
        super().keyPressEvent(event)

    def open_calendar(self) -> None:
        """Show the calendar below the line."""
        popup = CalendarPopup(self)
        popup.chosen.connect(self._take)
        popup.open_at(self.draft.value(self.path), self.line)

    @Slot(object)
    def _take(self, day: date) -> None:
        self.draft.put(self.path, day)
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)


class CalendarPopup(QFrame):
    """A calendar that closes when a day is chosen."""

    chosen = Signal(object)  # datetime.date

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "card")
        self.calendar = Calendar()
        self.calendar.clicked.connect(self._take)
        self.calendar.activated.connect(self._take)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.addWidget(self.calendar)

    def open_at(self, day: object, line: QWidget) -> None:
        """Show it below a line, at a day."""
        if isinstance(day, date):
            self.calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self.adjustSize()
        place = line.mapToGlobal(QPoint(0, line.height() + 2))
        screen = line.screen().availableGeometry()
        if place.y() + self.height() > screen.bottom():
            place.setY(line.mapToGlobal(QPoint(0, 0)).y() - self.height() - 2)
        self.move(place)
        self.show()
        self.calendar.setFocus()

    @Slot(QDate)
    def _take(self, day: QDate) -> None:
        self.chosen.emit(date(day.year(), day.month(), day.day()))
        self.close()


class NumberEditor(Editor):
    """A patent number as it was pasted, read into its parts beneath."""

    def __init__(self, draft: Draft, path: str) -> None:
        super().__init__(draft, path)
        self.line = BoundLine(draft, path)
        self.follow(self.line)
        self.boxes = NumberBoxes()
        self.whole.setSpacing(8)
        self.whole.addWidget(self.line)
        self.whole.addWidget(self.boxes)
        self.refresh()

    @property
    def main(self) -> QWidget:
        """The line."""
        return self.line

    def refresh(self) -> None:
        """Show the number and its parts."""
        self.line.refresh()
        self.boxes.show_number(self.draft.value(self.path) or "")


class LongEditor(Editor):
    """Several lines of text."""

    def __init__(self, draft: Draft, path: str) -> None:
        super().__init__(draft, path)
        self.box = BoundText(draft, path)
        self.follow(self.box)
        self._count = label("", "caption")
        self.whole.addWidget(self.box)
        self.whole.addWidget(self._count, 0, Qt.AlignmentFlag.AlignRight)
        self.refresh()

    @property
    def main(self) -> QWidget:
        """The box."""
        return self.box

    def refresh(self) -> None:
        """Show the text and how long it is."""
        self.box.refresh()
        count = len(self.draft.shown(self.path))
        self._count.setText(t("wizard.form.characters", count=count) if count else "")


class SegmentsEditor(Editor):
    """A choice with short answers, or yes and no."""

    def __init__(self, draft: Draft, path: str) -> None:
        super().__init__(draft, path)
        self.segments = BoundSegments(draft, path)
        self.follow(self.segments)
        self.whole.addLayout(row(self.segments, None))

    @property
    def main(self) -> QWidget:
        """The answers."""
        return self.segments

    def refresh(self) -> None:
        """Show the answer chosen."""
        self.segments.refresh()


class DropDownEditor(Editor):
    """A choice of many answers."""

    def __init__(self, draft: Draft, path: str) -> None:
        super().__init__(draft, path)
        self.answers = BoundDropDown(draft, path)
        self.follow(self.answers)
        self.whole.addWidget(self.answers)

    @property
    def main(self) -> QWidget:
        """The answers."""
        return self.answers

    def refresh(self) -> None:
        """Show the answer chosen."""
        self.answers.refresh()


def _choice(draft: Draft, path: str) -> Editor:
    many = len(draft.field(path).choices) > MOST_BESIDE
    return DropDownEditor(draft, path) if many else SegmentsEditor(draft, path)


def capitals_of(value: object) -> str:
    """An amount in capitals with its word before it, "" where there are none."""
    if not isinstance(value, Decimal):
        return ""
    try:
        return t("wizard.form.capitals", text=capitals(value))
    except ValueError:
        return ""


# The kinds that have a widget of their own elsewhere are put in by the builder: parties.
EDITORS: Mapping[FieldKind, Callable[[Draft, str], Editor]] = {
    "text": LineEditor,
    "long_text": LongEditor,
    "patent_number": NumberEditor,
    "date": DateEditor,
    "money": MoneyEditor,
    "percent": PercentEditor,
    "number": CountEditor,
    "integer": CountEditor,
    "duration": DurationEditor,
    "choice": _choice,
    "flag": SegmentsEditor,
    "names": NamesEditor,
    "postcode": ShortLineEditor,
    "phone": ShortLineEditor,
    "email": LineEditor,
}
