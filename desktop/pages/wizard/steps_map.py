"""The map of the steps: always visible, each with its state, any of them a click away."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QProgressBar,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.installed.screen_texts import t
from desktop.parts.theme import icons
from desktop.parts.theme import tokens as tk
from desktop.parts.theme.tokens import tokens
from desktop.parts.theme.type import sized
from desktop.parts.widgets.basics import button, label, row
from desktop.parts.widgets.plain_tip import plain_tip
from forms.check.wizard_steps import Standing, Step, StepState

LOOKS: Mapping[StepState, tuple[str, str]] = {
    "empty": ("circle", "field_border"),
    "working": ("circle-dot", "accent"),
    "error": ("octagon-x", "error"),
    "pending": ("clock", "pending"),
    "done": ("circle-check", "done"),
}
WIDE, SLIM, STRIP = 208, 192, 56
_ROW, _TALL, _DENSE = 40, 48, 36
_LOW = 30  # in a strip where there is little height: all steps are seen without scrolling


class StepButton(QAbstractButton):
    """A step: its mark, its title, how it stands."""

    def __init__(self, step_id: str, mark: str, title: str) -> None:
        super().__init__()
        self.step_id = step_id
        self._mark, self._title = mark, title
        self._standing = Standing("empty")
        self.is_strip = self.is_dense = False
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.show_standing(Standing("empty"))

    @property
    def standing(self) -> Standing:
        """How the step stands."""
        return self._standing

    def show_standing(self, standing: Standing) -> None:
        """Show how the step stands."""
        self._standing = standing
        name = f"{self._mark} {self._title}".strip()
        self.setAccessibleName(f"{name}，{self.words()}")
        self.setToolTip(plain_tip(f"{name}  {self.words()}") if self.is_strip else "")
        self.updateGeometry()
        self.update()

    def words(self) -> str:
        """How it stands in words."""
        standing = self._standing
        if standing.words:
            return standing.words
        if standing.state == "error":
            return t("wizard.map.error", count=standing.errors)
        if standing.state == "pending":
            return t("wizard.map.pending", count=standing.pending)
        return t(f"wizard.map.{standing.state}")

    def sizeHint(self) -> QSize:
        """Two lines where there is something to say."""
        return QSize(40 if self.is_strip else SLIM - 16, self._high())

    def _says(self) -> bool:
        if self.is_strip or self.is_dense:
            return False
        return self._standing.state in ("error", "pending") or self.isChecked()

    def _high(self) -> int:
        if self._says():
            return _TALL
        return (_LOW if self.is_strip else _DENSE) if self.is_dense else _ROW

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = tokens()
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self.isChecked():
            painter.setPen(QPen(colours.colour("tint_border"), 1))
            painter.setBrush(colours.colour("tint"))
            painter.drawRoundedRect(box, 6, 6)
        elif self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.colour("hover"))
            painter.drawRoundedRect(box, 6, 6)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.colour("accent"), 2))
            painter.drawRoundedRect(box, 6, 6)
        if self.is_strip:
            self._draw_strip(painter)
        else:
            self._draw_wide(painter)

    def _draw_strip(self, painter: QPainter) -> None:
        icon, colour = LOOKS[self._standing.state]
        several = len(self._mark) > 1  # ①⑨: neither alone would stand in its order
        painter.setFont(sized(self.font(), tk.CAPTION if several else tk.BODY))
        painter.setPen(tokens().colour("accent" if self.isChecked() else "text"))
        mark = self._mark or self._title[:1]
        place = QRectF(0, 0, self.width() - (20 if several else 18), self.height())
        painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), mark)
        at = QRectF(self.width() - 20, (self.height() - 14) / 2, 14, 14)
        icons.draw(painter, icon, at, tokens().colour(colour))

    def _draw_wide(self, painter: QPainter) -> None:
        colours = tokens()
        icon, colour = LOOKS[self._standing.state]
        middle, says = self.height() / 2, self._says()
        painter.setFont(sized(self.font(), tk.BODY, medium=self.isChecked()))
        painter.setPen(colours.colour("accent" if self.isChecked() else "text"))
        left = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        line = QRectF(0, middle - (20 if says else 11), self.width() - 36, 22)
        painter.drawText(line.adjusted(12, 0, 0, 0), left, self._mark)
        title = line.adjusted(44 if len(self._mark) > 1 else 38, 0, 0, 0)
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(self._title, Qt.TextElideMode.ElideRight, round(title.width()))
        painter.drawText(title, left, shown)
        if says:
            painter.setFont(sized(self.font(), tk.CAPTION))
            painter.setPen(colours.colour(colour if self._standing.state != "empty" else "text3"))
            painter.drawText(title.translated(0, 20), left, self.words())
        at = QRectF(self.width() - 28, middle - 8, 16, 16)
        icons.draw(painter, icon, at, colours.colour(colour))


class StepsMap(QFrame):
    """All steps and the last page."""

    chosen = Signal(str)

    def __init__(self, steps: Sequence[Step], last: tuple[str, str]) -> None:
        """`last` is the id and the name of the page after the steps."""
        super().__init__()
        self.setProperty("role", "map")
        self.setAccessibleName(t("wizard.map.name"))
        self.buttons: dict[str, StepButton] = {}
        self._count, self._progress = label("", "hint"), QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName(t("wizard.map.name"))
        self._others = label(t("wizard.map.others"), "caption")
        self._others.setContentsMargins(12, 8, 0, 4)
        self.last = button(last[1], icon="list-checks", clicked=self._last)
        self.last.setCheckable(True)
        self._last_id = last[0]
        self._head = QWidget()
        head = QVBoxLayout(self._head)
        head.setContentsMargins(12, 0, 12, 8)
        head.setSpacing(8)
        head.addLayout(row(label(t("wizard.map.name"), "label"), None, self._count))
        head.addWidget(self._progress)
        self._whole = whole = QVBoxLayout(self)
        whole.setContentsMargins(8, 16, 8, 12)
        whole.setSpacing(4)
        whole.addWidget(self._head)
        whole.addWidget(self._scrolled(steps), 1)
        whole.addWidget(self.last)

    def _scrolled(self, steps: Sequence[Step]) -> QScrollArea:
        inside = QWidget()
        inside.setProperty("role", "plain")
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        has_marks = any(step.mark for step in steps)
        first_other = next((step for step in steps if has_marks and not step.mark), None)
        self._has_others = first_other is not None
        if first_other is not None and first_other.heading:
            self._others.setText(first_other.heading)
        for step in steps:
            if step is first_other:
                layout.addWidget(self._others)
            made = StepButton(step.id, step.mark, step.title)
            made.clicked.connect(self._clicked)
            self.buttons[step.id] = made
            layout.addWidget(made)
        layout.addStretch()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        self._area = area
        return area

    def show_standings(self, standings: Mapping[str, Standing]) -> None:
        """Show how all steps stand."""
        for step_id, standing in standings.items():
            if standing != self.buttons[step_id].standing:
                self.buttons[step_id].show_standing(standing)
        done = sum(one.state == "done" for one in standings.values())
        self._count.setText(f"{done} / {len(standings)}")
        self._progress.setMaximum(max(len(standings), 1))
        if done != self._progress.value():  # which Qt would draw at once, whatever else is to come
            self._progress.setUpdatesEnabled(False)
            self._progress.setValue(done)
            self._progress.setUpdatesEnabled(True)

    def show_current(self, step_id: str) -> None:
        """Show which page is open."""
        for one in self.buttons.values():
            one.setChecked(one.step_id == step_id)
            one.updateGeometry()
        self.last.setChecked(step_id == self._last_id)
        current = self.buttons.get(step_id)
        if current is not None:
            self._area.ensureWidgetVisible(current, 0, 24)

    def fit(self, width: int, *, dense: bool) -> None:
        """Take so much width; a strip has marks only."""
        is_strip = width <= STRIP
        self.setFixedWidth(width)
        self._whole.setContentsMargins(*((4, 8, 4, 8) if is_strip else (8, 16, 8, 12)))
        self._head.setVisible(not is_strip)
        self._others.setVisible(self._has_others and not is_strip)
        self.last.setText("" if is_strip else self.last.accessibleName())
        self.last.setToolTip(plain_tip(self.last.accessibleName()) if is_strip else "")
        for one in self.buttons.values():
            one.is_strip, one.is_dense = is_strip, dense
            one.show_standing(one.standing)

    @Slot()
    def _clicked(self) -> None:
        pressed = self.sender()
        assert isinstance(pressed, StepButton)
        pressed.setChecked(True)
        self.chosen.emit(pressed.step_id)

    def _last(self) -> None:
        self.chosen.emit(self._last_id)
