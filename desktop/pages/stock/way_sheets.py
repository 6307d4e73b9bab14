"""What is asked of the ways: another than the one suggested and why, and what each point weighs."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desktop.installed.screen_texts import t
from desktop.pages.stock.stock_paths import RowWays
from desktop.parts.widgets.basics import button, label, row
from desktop.parts.widgets.labelled import scrolled
from desktop.parts.widgets.sheet import Sheet
from forms.stock.grading import MOST_WEIGHT, GradingForm
from forms.stock.records import ChosenPath
from forms.stock.way_rules import MOST_POINTS, WayRules, WayWeights


class OtherWaySheet(Sheet):
    """Asks for a way and the reason; `path` is the way's code, "" for that which is suggested."""

    def __init__(self, ways: RowWays, chosen: ChosenPath | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(t("stock.ways.other"))
        self.setMinimumWidth(460)
        self.way = QComboBox()
        self.way.setAccessibleName(t("stock.ways.way"))
        for one in ways.ways:
            word = one.label if one.is_open else t("stock.ways.now_closed", way=one.label)
            self.way.addItem(word, one.way)
        self.reason = QLineEdit(chosen.reason if chosen else "")
        self.reason.setMaxLength(200)
        self.reason.setAccessibleName(t("stock.ways.reason"))
        self.yes = button(t("stock.ways.yes"), "primary", mnemonic="Y", clicked=self.accept)
        self.yes.setDefault(True)
        stay = button(t("frame.leave_as_is"), mnemonic="C", clicked=self.reject)
        self._is_back = False
        back = button(t("stock.ways.back"), clicked=self._take_back)
        back.setVisible(chosen is not None)
        if chosen is not None:
            self.way.setCurrentIndex(max(0, self.way.findData(chosen.path)))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(label(t("stock.ways.other_title"), "step"))
        layout.addWidget(label(t("stock.ways.way"), "label"))
        layout.addWidget(self.way)
        layout.addWidget(label(t("stock.ways.reason"), "label"))
        layout.addWidget(self.reason)
        layout.addSpacing(4)
        layout.addLayout(row(back, None, stay, self.yes))
        self.reason.textChanged.connect(self._follow)
        self._follow()

    @property
    def path(self) -> str:
        """The code of the way; "" to go back to what is suggested."""
        return "" if self._is_back else str(self.way.currentData())

    def _follow(self, *_: object) -> None:
        self.yes.setEnabled(bool(self.reason.text().strip()))

    def _take_back(self) -> None:
        self._is_back = True
        self.accept()


class WeightsSheet(Sheet):
    """Shows what each point and each criterion weighs, to be weighed otherwise.

    `shown` is what the office weighs otherwise than the pack before anything was turned.
    """

    def __init__(
        self,
        rules: WayRules,
        shipped: WayRules,
        grading: GradingForm,
        weights: Mapping[str, int],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(t("stock.ways.weights"))
        self.setMinimumSize(560, 560)
        self._shipped = {one.code: one.points for one in shipped.points}
        self._weights = {one.code: one.weight for one in grading.criteria}
        self.spins: dict[str, QSpinBox] = {}
        self.weights: dict[str, QSpinBox] = {}
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 12, 0)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        at = 0
        for way in rules.ways:
            points = [one for one in rules.points if one.way == way.code]
            if points:
                grid.addWidget(
                    label(t("stock.ways.least", way=way.label, points=way.least), "strong"),
                    at,
                    0,
                    1,
                    2,
                )
                at += 1
            for point in points:
                name = f"{way.label}：{point.message}"
                spin = _spin(name, -MOST_POINTS, MOST_POINTS, point.points)
                self.spins[point.code] = spin
                grid.addWidget(label(point.message, "hint"), at, 0)
                grid.addWidget(spin, at, 1)
                at += 1
        grid.addWidget(label(t("stock.grades.weights"), "strong"), at, 0, 1, 2)
        for place, one in enumerate(grading.criteria, at + 1):
            name = f"{one.group}：{one.label}"
            spin = _spin(name, 0, MOST_WEIGHT, weights[one.code])
            self.weights[one.code] = spin
            grid.addWidget(label(name, "hint"), place, 0)
            grid.addWidget(spin, place, 1)
        inside = QWidget()
        inside.setProperty("role", "plain")
        inside.setLayout(grid)
        yes = button(t("stock.ways.weights_yes"), "primary", mnemonic="Y", clicked=self.accept)
        stay = button(t("frame.leave_as_is"), mnemonic="C", clicked=self.reject)
        back = button(t("stock.ways.weights_back"), clicked=self._shipped_again)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(label(t("stock.ways.weights"), "step"))
        layout.addWidget(label(t("stock.ways.weights_words"), "hint", wrap=True))
        layout.addWidget(scrolled(inside), 1)
        layout.addLayout(row(back, None, stay, yes))
        self.shown = WayWeights(points=self.points, criteria=self.criteria)

    @property
    def points(self) -> dict[str, int]:
        """The points that are not the pack's."""
        given = {code: spin.value() for code, spin in self.spins.items()}
        return {code: value for code, value in given.items() if value != self._shipped.get(code)}

    @property
    def criteria(self) -> dict[str, int]:
        """The weights that are not the pack's."""
        given = {code: spin.value() for code, spin in self.weights.items()}
        return {code: value for code, value in given.items() if value != self._weights[code]}

    def _shipped_again(self) -> None:
        for code, spin in self.spins.items():
            spin.setValue(self._shipped.get(code, 0))
        for code, spin in self.weights.items():
            spin.setValue(self._weights[code])


def _spin(name: str, least: int, most: int, value: int) -> QSpinBox:
    made = QSpinBox()
    made.setRange(least, most)
    made.setValue(value)
    made.setFixedWidth(96)
    made.setAccessibleName(name)
    return made
