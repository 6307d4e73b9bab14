"""The bars (不得实行的情形): each known, not needed or to be confirmed; what conversion does."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.installed.screen_texts import t
from desktop.parts.widgets.basics import clear, column, frame, icon_label, label, row
from desktop.parts.widgets.labelled import scrolled
from desktop.parts.widgets.plain_tip import plain_tip
from forms.check.conversion import BarRow, BarState
from forms.pack.conversion import Conversion

WIDTH, NARROW = 376, 288
_NUMBER = 20
_LOOKS: dict[BarState, tuple[str, str]] = {
    "known": ("circle-check", "done"),
    "needless": ("circle-minus", "text3"),
    "asked": ("clock", "pending"),
    "stands": ("octagon-x", "error"),
}
_TONES: dict[BarState, str] = {"asked": "pending", "stands": "error"}


class BarsPane(QFrame):
    """The pane at the right."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "side")
        self.setFixedWidth(WIDTH)
        self._body = column(space=10, margins=(24, 20, 20, 20))
        inside = QWidget()
        inside.setLayout(self._body)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(inside))

    def show_bars(self, plan: Conversion, bars: Sequence[BarRow]) -> None:
        """Show how each stands."""
        clear(self._body)
        self.setAccessibleName(plan.bars_title)
        asked = sum(bar.state == "asked" for bar in bars)
        counted = t("convert.known", known=len(bars) - asked, asked=asked)
        self._body.addLayout(
            _lines(
                label(plan.bars_title, "pane"),
                label(counted, "caption"),
                label(plan.bars_basis, "caption", wrap=True),
            )
        )
        self._body.addSpacing(2)
        for place, bar in enumerate(bars, start=1):
            self._body.addWidget(_bar(place, bar))
        self._body.addSpacing(6)
        done = _lines(label(t("convert.afterwards"), "strong"), label(plan.done, wrap=True))
        done.setContentsMargins(12, 8, 12, 10)
        told = frame("strip", done)
        told.setProperty("tone", "advice")
        self._body.addWidget(told)
        self._body.addStretch()


def _lines(*widgets: QWidget) -> QVBoxLayout:
    return column(*widgets, space=2)


def _bar(place: int, bar: BarRow) -> QWidget:
    """A bar: its number, what it is, what is known of it, and a sign."""
    made = QWidget()
    number = label(str(place), "hint")
    number.setFixedWidth(_NUMBER)
    words = bar.words or t("convert.needless" if bar.state == "needless" else "convert.confirm")
    said = label(words, "caption", tone=_TONES.get(bar.state, ""), wrap=True)
    what = label(bar.label, wrap=True)
    beside = row(space=4)
    beside.addWidget(number, 0, Qt.AlignmentFlag.AlignTop)
    beside.addLayout(column(what, said, space=0), 1)
    beside.addWidget(icon_label(*_LOOKS[bar.state]), 0, Qt.AlignmentFlag.AlignTop)
    made.setLayout(beside)
    made.setAccessibleName(f"{place} {bar.label}：{words}")
    made.setToolTip(plain_tip(bar.basis))
    return made
