"""How a patent is graded and priced: marks with their weights, the grade, what each licensee pays.

All is reckoned while it is typed; nothing is kept before the clerk agrees.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

import msgspec
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QGridLayout,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desktop.installed.screen_texts import t
from desktop.parts.widgets.basics import button, label, line, row
from desktop.parts.widgets.labelled import scrolled
from desktop.parts.widgets.plain_tip import plain_tip
from desktop.parts.widgets.sheet import Sheet
from forms.facts.amounts import grouped
from forms.facts.record import Factor, Statement
from forms.ground.cleaning import clean_line, narrow
from forms.stock.grading import (
    MOST_MARK,
    Grading,
    GradingForm,
    by_licensees,
    judged,
    priced,
)
from forms.stock.way_money import Published

_FACTORS = 3  # rows of factors
_MOST_LICENSEES = 999
_MOST_DIGITS = 14


class GradeSheet(Sheet):
    """Asks for marks and a price; `grading` is what was given."""

    def __init__(
        self,
        form: GradingForm,
        weights: Mapping[str, int],
        before: Grading,
        former: Sequence[str],
        published: Sequence[Published],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._form, self._weights, self._before = form, dict(weights), before
        self.setWindowTitle(t("stock.grades.title"))
        self.setMinimumSize(620, 640)
        self.category = _combo(t("stock.grades.class"), [("", t("stock.grades.none"))])
        for one in form.classes:
            self.category.addItem(one.label, one.code)
        self.marks: dict[str, QSpinBox] = {}
        self.told = label("", "pane", wrap=True)
        self.given = _combo(t("stock.grades.given"), [("", t("stock.grades.by_score"))])
        for each in form.grades:
            self.given.addItem(each.label, each.code)
        self.reason = _line(t("stock.grades.reason"), before.reason)
        self.by = _line(t("stock.grades.by"), before.by)
        self.base = _line(t("stock.grades.base"), _typed(before.price.base_amount))
        self.years = _line(t("stock.grades.years"), _typed(before.price.base_years))
        self.source = _line(t("stock.grades.source"), before.price.base_note)
        self.licensees = QSpinBox()
        self.licensees.setRange(0, _MOST_LICENSEES)
        self.licensees.setSpecialValueText(t("stock.grades.unfilled"))
        self.licensees.setValue(before.price.licensees or 0)
        self.licensees.setAccessibleName(t("stock.grades.licensees"))
        self.factors = [self._factor(place) for place in range(_FACTORS)]
        self.price = label("", "hint", wrap=True)
        self.yes = button(t("stock.grades.yes"), "primary", mnemonic="Y", clicked=self.accept)
        self._lay_out(former, published)
        self.category.setCurrentIndex(max(0, self.category.findData(before.category)))
        self.given.setCurrentIndex(max(0, self.given.findData(before.grade)))
        self._connect()
        self._follow()

    def _lay_out(self, former: Sequence[str], published: Sequence[Published]) -> None:
        inside = QWidget()
        inside.setProperty("role", "plain")
        whole = QVBoxLayout(inside)
        whole.setContentsMargins(0, 0, 12, 0)
        whole.setSpacing(12)
        whole.addLayout(_fields((t("stock.grades.class"), self.category)))
        whole.addLayout(self._criteria())
        whole.addWidget(self.told)
        whole.addLayout(
            _fields(
                (t("stock.grades.given"), self.given),
                (t("stock.grades.reason"), self.reason),
                (t("stock.grades.by"), self.by),
            )
        )
        whole.addWidget(line())
        whole.addWidget(label(t("stock.grades.price"), "strong"))
        whole.addWidget(label(t("stock.grades.price_words"), "hint", wrap=True))
        whole.addLayout(
            _fields(
                (t("stock.grades.base"), self.base),
                (t("stock.grades.years"), self.years),
                (t("stock.grades.source"), self.source),
            )
        )
        for one in published:
            if one.amount is not None:
                words = t("stock.grades.take", year=one.year, industry=one.industry)
                take = button(words, "link", tip=one.caution)
                take.clicked.connect(lambda _checked=False, one=one: self._take(one))
                whole.addLayout(row(take, None))
        for name, value in self.factors:
            whole.addLayout(row(name, value))
        whole.addLayout(_fields((t("stock.grades.licensees"), self.licensees)))
        whole.addWidget(self.price)
        if former:
            whole.addWidget(line())
            whole.addWidget(label(t("stock.grades.former"), "strong"))
            whole.addWidget(label("\n".join(former), "hint", wrap=True))
        whole.addWidget(label(self._form.note, "third", wrap=True))
        whole.addStretch()
        stay = button(t("frame.leave_as_is"), mnemonic="C", clicked=self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(label(t("stock.grades.title"), "step"))
        layout.addWidget(scrolled(inside), 1)
        layout.addLayout(row(None, stay, self.yes))

    def _criteria(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(6)
        grid.setHorizontalSpacing(12)
        grid.setColumnStretch(1, 1)
        group = ""
        for at, one in enumerate(self._form.criteria):
            grid.addWidget(label(one.group if one.group != group else "", "label"), at, 0)
            group = one.group
            words = label(one.label)
            words.setToolTip(plain_tip(one.means))
            spin = QSpinBox()
            spin.setRange(0, MOST_MARK)
            spin.setSpecialValueText(t("stock.grades.unmarked"))
            spin.setValue(self._before.marks.get(one.code, 0))
            spin.setFixedWidth(96)
            spin.setToolTip(plain_tip(one.means))
            spin.setAccessibleName(f"{one.group}：{one.label}")
            self.marks[one.code] = spin
            grid.addWidget(words, at, 1)
            weight = t("stock.grades.weight", weight=self._weights[one.code])
            grid.addWidget(label(weight, "caption"), at, 2)
            grid.addWidget(spin, at, 3)
        return grid

    def _factor(self, place: int) -> tuple[QLineEdit, QLineEdit]:
        factors = self._before.price.factors
        one = factors[place] if place < len(factors) else Factor()
        name = _line(t("stock.grades.factor"), one.name)
        name.setPlaceholderText(t("stock.grades.factor"))
        value = _line(t("stock.grades.value"), _typed(one.value))
        value.setPlaceholderText(t("stock.grades.value"))
        value.setFixedWidth(120)
        return name, value

    def _connect(self) -> None:
        for spin in (*self.marks.values(), self.licensees):
            spin.valueChanged.connect(self._follow)
        lines = (self.reason, self.base, self.years, *(one for two in self.factors for one in two))
        for one in lines:
            one.textChanged.connect(self._follow)
        self.given.currentIndexChanged.connect(self._follow)

    @property
    def grading(self) -> Grading:
        """What was given; marks and figures that are none are left out."""
        return msgspec.structs.replace(
            self._before,
            category=str(self.category.currentData()),
            marks={code: spin.value() for code, spin in self.marks.items() if spin.value()},
            weights=self._weights,
            grade=str(self.given.currentData()),
            reason=clean_line(self.reason.text()),
            by=clean_line(self.by.text()),
            price=self._price(),
        )

    def _price(self) -> Statement:
        factors = tuple(
            Factor(name=clean_line(name.text()), value=_figure(value.text()))
            for name, value in self.factors
            if name.text().strip() or value.text().strip()
        )
        return msgspec.structs.replace(
            self._before.price,
            base_amount=_figure(self.base.text()),
            base_years=_figure(self.years.text()),
            base_note=clean_line(self.source.text()),
            licensees=self.licensees.value() or None,
            factors=(*factors, *self._before.price.factors[_FACTORS:]),
        )

    def _take(self, one: Published) -> None:
        self.base.setText(_typed(one.amount))
        self.years.setText(_typed(one.years))
        self.source.setText(one.source)

    def _follow(self, *_: object) -> None:
        now = self.grading
        found = judged(self._form, now)
        if found.score is None:
            words = t("stock.grades.lacking", names="、".join(found.lacking))
        else:
            words = t("stock.grades.score", score=found.score)
        grade = self._form.grade_label(found.grade) if found.grade else ""
        self.told.setText("　".join(filter(None, (words, grade))))
        self.yes.setEnabled(not now.grade or bool(now.reason))
        price = priced(now.price)
        lines = [*price.steps]
        lines += [
            t("stock.grades.each", count=count, yuan=grouped(value))
            for count, value in by_licensees(now.price)
        ]
        odd = [one for one in self._figures() if one.text().strip() and _figure(one.text()) is None]
        if odd:
            lines = [t("stock.grades.odd", text=odd[0].text().strip())]
        self.price.setText("\n".join(lines) or t("stock.grades.no_price"))

    def _figures(self) -> tuple[QLineEdit, ...]:
        return (self.base, self.years, *(value for _, value in self.factors))


def _combo(name: str, first: Sequence[tuple[str, str]]) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    for code, word in first:
        made.addItem(word, code)
    return made


def _line(name: str, text: str) -> QLineEdit:
    made = QLineEdit(text)
    made.setMaxLength(200)
    made.setAccessibleName(name)
    return made


def _fields(*fields: tuple[str, QWidget]) -> QFormLayout:
    made = QFormLayout()
    made.setVerticalSpacing(8)
    made.setHorizontalSpacing(16)
    for name, widget in fields:
        words = label(name, "label")
        words.setFixedWidth(120)
        made.addRow(words, widget)
    return made


def _typed(value: Decimal | None) -> str:
    return "" if value is None else f"{value:,f}"


def _figure(text: str) -> Decimal | None:
    """The number of a line; None for a blank and for what is none."""
    bare = narrow(text).replace(",", "").strip()
    whole, dot, part = bare.partition(".")
    is_number = bare.isascii() and whole.isdecimal() and (part.isdecimal() or not dot)
    return Decimal(bare) if is_number and len(bare) <= _MOST_DIGITS else None
