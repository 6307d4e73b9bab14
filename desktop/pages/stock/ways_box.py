"""The ways for the patent in hand: what is suggested and why, each way with its reasons.

A suggestion is the office's own arithmetic: every point of it is shown, and the clerk decides.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QPushButton, QVBoxLayout, QWidget

from desktop.installed.screen_texts import t
from desktop.pages.stock.stock_paths import LOOKS, NONE, Paths, RowWays
from desktop.pages.stock.stock_row import StockRow
from desktop.parts.theme.icons import icon as icon_of
from desktop.parts.widgets.basics import button, frame, icon_label, label, line, row
from desktop.parts.widgets.messages import Chip
from desktop.parts.widgets.plain_tip import plain_tip
from forms.stock.way_money import Figure
from forms.stock.ways import Part, Reason, Suggestion, WayFound

_ALONG = 3  # ways side by side
_ICONS = {
    "bar": ("ban", "error"),
    "unknown": ("circle-help", "pending"),
    "ends": ("clock", "text2"),
    "note": ("info", "text2"),
}


class WaysBox(QWidget):
    """Shows ways and grade of a row; what is asked for is done by whoever holds it."""

    other_asked = Signal()
    export_asked = Signal()
    grade_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._row: StockRow | None = None
        self._paths: Paths | None = None
        self._shown: WayFound | None = None
        self.chip = Chip()
        self._why = label("", "caption", wrap=True)
        self.ways: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._grid = QGridLayout()
        self._grid.setSpacing(4)
        self._head = label("", "strong", wrap=True)
        self._kept: list[_Line] = []
        self._used = 0
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        inside = QVBoxLayout()
        inside.setContentsMargins(12, 10, 12, 10)
        inside.setSpacing(8)
        inside.addWidget(self._head)
        inside.addLayout(self._lines)
        self.other = button(t("stock.ways.other"), "link", clicked=self.other_asked.emit)
        self.export = button(t("stock.ways.export"), "link", clicked=self.export_asked.emit)
        self._note = label("", "caption", wrap=True)
        self.grade = button(t("stock.grades.open"), "link", clicked=self.grade_asked.emit)
        self._graded = label("", "hint", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(row(label(t("stock.columns.path"), "label"), None, self.chip))
        layout.addWidget(self._why)
        layout.addLayout(self._grid)
        layout.addWidget(frame("derived", inside))
        layout.addWidget(self._note)
        layout.addLayout(row(self.other, self.export, None, space=16))
        layout.addWidget(line())
        layout.addLayout(row(label(t("stock.grades.name"), "label"), None, self.grade))
        layout.addWidget(self._graded)

    def show_row(self, shown: StockRow, paths: Paths | None) -> None:
        """Show the ways of a patent: that which is suggested opened."""
        is_same = self._row is not None and self._row.id == shown.id
        opened = self._shown.way if is_same and self._shown else None
        self._row, self._paths = shown, paths
        self.setVisible(shown.ways is not None and paths is not None)
        if shown.ways is None or paths is None:
            return
        told = shown.ways.suggestion
        self._graded.setText(paths.grade(shown.found) or t("stock.grades.not_yet"))
        self._show_suggestion(told, shown.ways)
        self._note.setText(_note(told, shown.ways, paths.rules.note))
        if not self.ways:
            self._make(shown.ways)
        for one in shown.ways.ways:
            self._mark(self.ways[one.way], one)
        self.open_way(opened or told.way or _best(shown.ways))

    def open_way(self, way: str) -> None:
        """Show the reasons of a way."""
        if self._row is None or self._row.ways is None or self._paths is None:
            return
        self._shown = next(one for one in self._row.ways.ways if one.way == way)
        self.ways[way].setChecked(True)
        self._head.setText(_head(self._shown))
        self._used = 0
        for part in self._shown.parts if self._shown.is_open else ():
            self._add_part(part)
        for reason in self._shown.reasons:
            self._add_reason(reason)
        for figure in self._paths.figures(self._row.found, self._shown):
            self._add_figure(figure)
        for spare in self._kept[self._used :]:
            spare.setVisible(False)

    def _show_suggestion(self, told: Suggestion, ways: RowWays) -> None:
        if told.way is not None:
            self.chip.show_look(LOOKS[told.way], told.label)
        else:
            self.chip.show_look(NONE, told.label or t("stock.ways.none"))
        words = t("stock.ways.chosen", reason=told.reason) if told.chosen else told.reason
        lacking = t("stock.ways.lacking", count=told.open_items) if told.open_items else ""
        self._why.setText("　".join(filter(None, (words, lacking))))
        self._why.setVisible(bool(self._why.text()))

    def _make(self, ways: RowWays) -> None:
        for place, one in enumerate(ways.ways):
            made = button(one.label, "filter", icon="check")
            made.setCheckable(True)
            made.clicked.connect(lambda _checked=False, way=one.way: self.open_way(way))
            self.ways[one.way] = made
            self._group.addButton(made)
            self._grid.addWidget(made, place // _ALONG, place % _ALONG)

    def _mark(self, made: QPushButton, one: WayFound) -> None:
        is_unsure = one.is_open and any(reason.kind == "unknown" for reason in one.reasons)
        name, colour, word = (
            ("ban", "text3", "stock.ways.closed")
            if not one.is_open
            else ("circle-help", "pending", "stock.ways.unsure")
            if is_unsure
            else ("check", "done", "stock.ways.open")
        )
        made.setIcon(icon_of(name, colour))
        made.setToolTip(plain_tip(f"{one.label}：{t(word)}"))
        made.setAccessibleName(f"{one.label}：{t(word)}")

    def _add_part(self, part: Part) -> None:
        if part.points is None:
            self._add("circle-dashed", "pending", part.message, t("stock.ways.to_fill"))
        elif part.points > 0:
            self._add("check", "done", part.message, f"{part.points:+d}")
        else:
            self._add("minus", "text2", part.message, f"{part.points:+d}")

    def _add_reason(self, reason: Reason) -> None:
        icon, colour = _ICONS[reason.kind]
        self._add(icon, colour, reason.message, "", reason.basis)

    def _add_figure(self, figure: Figure) -> None:
        self._add("coins", "text2", figure.message, "", figure.source)

    def _add(self, icon: str, colour: str, words: str, mark: str, basis: str = "") -> None:
        if self._used == len(self._kept):
            self._kept.append(_Line())
            self._lines.addWidget(self._kept[-1])
        self._kept[self._used].show_words(icon, colour, words, mark, basis)
        self._used += 1


class _Line(QWidget):
    """A reason with its icon, its basis beneath, its points beside.

    Lines are kept and filled anew: making them for each row would be felt while going down the
    grid.
    """

    def __init__(self) -> None:
        super().__init__()
        self._icon = icon_label("info")
        self._words = label("", "hint", wrap=True)
        self._basis = label("", "third", wrap=True)
        self._mark = label("", "caption")
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self._words)
        texts.addWidget(self._basis)
        whole = row(space=8)
        whole.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        whole.addLayout(texts, 1)
        whole.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(whole)

    def show_words(self, icon: str, colour: str, words: str, mark: str, basis: str) -> None:
        self._icon.show_icon(icon, colour)
        self._words.setText(words)
        self._basis.setText(basis)
        self._basis.setVisible(bool(basis))
        self._mark.setText(mark)
        self._mark.setVisible(bool(mark))
        self.setVisible(True)


def _head(one: WayFound) -> str:
    key = "stock.ways.head_open" if one.is_open else "stock.ways.head_closed"
    until = t("stock.ways.until", day=one.until) if one.until else ""
    return t(key, way=one.label, until=until, score=one.score)


def _best(ways: RowWays) -> str:
    """The open way with the most points, else the first."""
    return max(ways.ways, key=lambda one: (one.is_open, one.score)).way


def _note(told: Suggestion, ways: RowWays, note: str) -> str:
    others = sorted(
        (one for one in ways.ways if one.may_be_suggested and one.way != told.way),
        key=lambda one: -one.score,
    )
    if not others or told.way is None:
        return note
    return t("stock.ways.also", ways="、".join(one.label for one in others[:2])) + note
