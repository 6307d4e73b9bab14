"""The list of problems at the foot of the page: folded to its counts, open to jump from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.installed.screen_texts import t
from desktop.parts.theme import icons
from desktop.parts.theme import tokens as tk
from desktop.parts.theme.chips import SEVERITIES
from desktop.parts.theme.tokens import tokens
from desktop.parts.theme.type import sized
from desktop.parts.widgets.basics import clear, icon_button, icon_label, label
from desktop.parts.widgets.plain_tip import plain_tip
from forms.ground.problems import Problem, Severity

_HEAD, _ROW, _MOST = 40, 32, 5


@dataclass(frozen=True)
class Entry:
    """A problem with its short words and the name of its step."""

    problem: Problem
    message: str
    place: str


class ProblemRow(QAbstractButton):
    """One problem: severity, words, where."""

    def __init__(self, entry: Entry) -> None:
        super().__init__()
        self.entry = entry
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFixedHeight(_ROW)
        word = t(SEVERITIES[entry.problem.severity].word)
        self.setAccessibleName(f"{word}：{entry.message}，{entry.place}")
        self.setToolTip(plain_tip(entry.problem.message))

    def sizeHint(self) -> QSize:
        """A row."""
        return QSize(200, _ROW)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = tokens()
        if self.isChecked() or self.underMouse():
            painter.fillRect(
                self.rect(), colours.colour("selected" if self.isChecked() else "hover")
            )
        if self.hasFocus():
            painter.setPen(QPen(colours.colour("accent"), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        look = SEVERITIES[self.entry.problem.severity]
        ink = colours.tone(look.tone)[0]
        icons.draw(painter, look.icon, QRectF(24, (_ROW - 16) / 2, 16, 16), ink)
        font = sized(self.font(), tk.BODY)
        painter.setFont(font)
        metrics = painter.fontMetrics()
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.setPen(ink)
        painter.drawText(QRectF(48, 0, 40, _ROW), middle, t(look.word))
        place_wide = min(metrics.horizontalAdvance(self.entry.place), self.width() // 3)
        painter.setPen(colours.colour("text2"))
        place = metrics.elidedText(self.entry.place, Qt.TextElideMode.ElideRight, place_wide + 2)
        right = QRectF(self.width() - place_wide - 24, 0, place_wide + 4, _ROW)
        painter.drawText(right, middle, place)
        painter.setPen(colours.colour("text"))
        room = self.width() - place_wide - 24 - 88 - 16
        shown = metrics.elidedText(self.entry.message, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(88, 0, room, _ROW), middle, shown)


class ProblemList(QFrame):
    """All problems that may be shown, most severe first."""

    chosen = Signal(object)  # a Problem
    folded = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "foot")
        self.setAccessibleName(t("wizard.problems.name"))
        self._entries: tuple[Entry, ...] = ()
        self._current: Problem | None = None
        self._is_open, self._most, self._picture = False, _MOST, ""
        self._counts: dict[Severity, tuple[QWidget, Callable[[str], object]]] = {}
        self._toggle = icon_button("chevron-up", t("wizard.problems.open"), clicked=self.toggle)
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(0, 0, 0, 4)
        self._rows.setSpacing(0)
        inside = QWidget()
        inside.setProperty("role", "plain")
        inside.setLayout(self._rows)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 1, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._head())
        whole.addWidget(self._area)
        self.set_open(False)

    def _head(self) -> QWidget:
        layout = QHBoxLayout()
        layout.setContentsMargins(24, 0, 12, 0)
        layout.setSpacing(8)
        layout.addWidget(label(t("wizard.problems.name"), "strong"))
        for severity, look in SEVERITIES.items():
            words = label("", "hint")
            self._counts[severity] = (words, words.setText)
            layout.addSpacing(4)
            layout.addWidget(icon_label(look.icon, look.tone))
            layout.addWidget(words)
        layout.addStretch()
        self._next_hint = label(t("wizard.problems.next"), "caption")
        layout.addWidget(self._next_hint)
        layout.addWidget(self._toggle)
        head = QWidget()
        head.setLayout(layout)
        head.setFixedHeight(_HEAD)
        self._head_line = head
        return head

    @property
    def entries(self) -> Sequence[Entry]:
        """What is listed."""
        return self._entries

    @property
    def is_open(self) -> bool:
        """Whether the rows are shown."""
        return self._is_open

    def toggle(self) -> None:
        """Fold or open."""
        self.set_open(not self._is_open)
        self.folded.emit(not self._is_open)

    def set_open(self, is_open: bool) -> None:
        """Fold or open."""
        self._is_open = is_open
        self._fit()

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """List these."""
        if tuple(entries) != self._entries:
            self._entries = tuple(entries)
            clear(self._rows)
            for entry in entries:
                made = ProblemRow(entry)
                made.setChecked(entry.problem == self._current)
                made.clicked.connect(self._clicked)
                self._rows.addWidget(made)
            self._rows.addStretch()
        for severity, (_, say) in self._counts.items():
            count = sum(entry.problem.severity == severity for entry in entries)
            say(f"{t(SEVERITIES[severity].word)} {count}")
        self._fit()

    def show_current(self, problem: Problem | None) -> None:
        """Show which problem is in hand."""
        self._current = problem
        for place in range(self._rows.count()):
            widget = self._rows.itemAt(place).widget()
            if isinstance(widget, ProblemRow):
                widget.setChecked(widget.entry.problem == problem)
                if widget.isChecked() and self._is_open:
                    self._area.ensureWidgetVisible(widget, 0, 0)

    def fit(self, most_rows: int, *, dense: bool) -> None:
        """Show so many rows at most, and a low head where there is little height."""
        self._most = most_rows
        self._head_line.setFixedHeight(_ROW if dense else _HEAD)
        self._fit()

    def _fit(self) -> None:
        shows = self._is_open and bool(self._entries)
        self._area.setVisible(shows)
        rows = min(len(self._entries), self._most)
        self._area.setFixedHeight(rows * _ROW + 4 if shows else 0)
        name = t("wizard.problems.fold" if self._is_open else "wizard.problems.open")
        self._toggle.setAccessibleName(name)
        self._toggle.setToolTip(plain_tip(name))
        picture = "chevron-down" if self._is_open else "chevron-up"
        if picture != self._picture:  # a new icon has the foot laid out anew
            self._picture = picture
            self._toggle.setIcon(icons.icon(picture))
        self._toggle.setVisible(bool(self._entries))
        self._next_hint.setVisible(bool(self._entries))

    @Slot()
    def _clicked(self) -> None:
        pressed = self.sender()
        assert isinstance(pressed, ProblemRow)
        self.chosen.emit(pressed.entry.problem)
