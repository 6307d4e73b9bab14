"""Grading a stock patent (分级分类) and guidance on its price (定价指导).

Classes, criteria, weights and the limits of the grades are a pack's (grading.toml) and the
office's own: no published standard is known.  A mark is 1 to 5; the score is the weighed marks in
percent of the most there can be, exact and shown to a tenth.  A price is reckoned as that of the
statutory statement, by the clerk's own figures (`forms.facts.fee_reckoning`).

Sources: 专利池运营规范 (draft) 5.2 a; 专利开放许可试点实施方案 三(二)(三); 审查指南 第五部分
第十一章 3.3.  This module must not know a store, a screen or today's date.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

import msgspec

from forms.facts.fee_reckoning import Reckoning, reckoned
from forms.facts.record import Case, Statement
from forms.facts.record_shape import Record
from forms.ground.for_the_clerk import ForTheClerk
from forms.ground.record_kind import RecordKind
from forms.stock.pack_data import own_or_shipped, read_shaped
from forms.stock.stock_items import Shape

GRADING_FILE = "grading.toml"
MOST_MARK = 5
MOST_WEIGHT = 100
SHOWN_LICENSEES = (1, 3, 5, 10)
"""For how many licensees a price is shown side by side (一对多)."""


class Named(Shape, frozen=True):
    """A class of patents: its code, its word, what it means."""

    code: str
    label: str
    means: str = ""


class GradeWords(Shape, frozen=True):
    """A grade and the `least` score with which it is given."""

    code: str
    label: str
    least: int


class Criterion(Shape, frozen=True):
    """What is marked, in which group (法律、技术、市场), and how much it weighs."""

    code: str
    group: str
    label: str
    weight: int
    means: str = ""


class GradingForm(Shape, frozen=True):
    """What a pack says of grading; the grades stand from the best to the least."""

    note: str
    classes: tuple[Named, ...]
    grades: tuple[GradeWords, ...]
    criteria: tuple[Criterion, ...]

    def class_label(self, code: str) -> str:
        """The word of a class; its code where the pack has none."""
        return next((one.label for one in self.classes if one.code == code), code)

    def grade_label(self, code: str) -> str:
        """The word of a grade; its code where the pack has none."""
        return next((one.label for one in self.grades if one.code == code), code)


class Grading(Record, omit_defaults=True, frozen=True):
    """How a patent was judged: marks by the criteria's codes, with the weights of that day.

    `grade` is one that was given otherwise than reckoned, for the `reason`.  `price` is how its
    price was reckoned.  Former judgments are the record's versions.
    """

    version: int = 1
    number: str = ""
    title: str = ""
    category: str = ""
    marks: dict[str, int] = {}
    weights: dict[str, int] = {}
    grade: str = ""
    reason: str = ""
    by: str = ""
    on: date | None = None
    price: Statement = Statement()


GRADINGS = RecordKind(
    name="stock_grading",
    shape=Grading,
    word="存量专利的分级",
    key=lambda one: one.number,
    state=lambda one: one.grade,
    searched=lambda one: (one.title, one.by, one.reason),
)


class GradingFault(ForTheClerk):
    """A pack's grading.toml can not be used; the sentence says what is wrong."""


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """What the marks come to: the score in percent, None while some criterion has no mark.

    `grade` is the code of the grade that counts; `lacking` are the criteria without a mark.
    """

    score: Decimal | None
    grade: str
    is_given: bool
    lacking: tuple[str, ...]


@lru_cache(maxsize=4)
def load_grading(folder: Path | None = None) -> GradingForm:
    """Return what a pack's folder says of grading; what ships where it says nothing.

    Raises GradingFault.
    """
    file = own_or_shipped(folder, GRADING_FILE)
    return read_shaped(file, GradingForm, _faults, GradingFault)


def _faults(form: GradingForm) -> Iterator[str]:
    for name, codes in (
        ("classes", [one.code for one in form.classes]),
        ("grades", [one.code for one in form.grades]),
        ("criteria", [one.code for one in form.criteria]),
    ):
        if not codes or len(set(codes)) < len(codes):
            yield f"{name} 至少一项，代码不能重复"
    limits = [one.least for one in form.grades]
    if limits != sorted(limits, reverse=True) or (limits and limits[-1] != 0):
        yield "grades 从高到低排列，最后一级从 0 分起"
    if any(not 0 <= one.weight <= MOST_WEIGHT for one in form.criteria):
        yield f"权重应在 0 至 {MOST_WEIGHT} 之间"


def weights_of(form: GradingForm, own: Mapping[str, int]) -> dict[str, int]:
    """Return the weight of each criterion, the office's own before the pack's."""
    return {one.code: own.get(one.code, one.weight) for one in form.criteria}


def judged(form: GradingForm, grading: Grading) -> Judged:
    """Return what the marks come to, by the weights of the day they were given."""
    weights = weights_of(form, grading.weights)
    counted = [one.code for one in form.criteria if weights[one.code]]
    lacking = tuple(
        one.label
        for one in form.criteria
        if one.code in counted and not 1 <= grading.marks.get(one.code, 0) <= MOST_MARK
    )
    total = sum(weights[code] for code in counted)
    score: Decimal | None = None
    if not lacking and total:
        sum_ = sum(weights[code] * grading.marks[code] for code in counted)
        score = _tenth(Fraction(100 * sum_, MOST_MARK * total))
    grade = grading.grade
    if not grade and score is not None:
        grade = next(one.code for one in form.grades if score >= one.least)
    return Judged(score=score, grade=grade, is_given=bool(grading.grade), lacking=lacking)


def _tenth(value: Fraction) -> Decimal:
    """A value of nought or more rounded half up to a tenth, exactly."""
    scaled = value * 10
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(f"{whole}E-1")


def priced(price: Statement) -> Reckoning:
    """Return what a licensee pays by the figures of a price: base ÷ years × factors ÷ licensees."""
    return reckoned(Case(statement=price), "fee")


def by_licensees(price: Statement) -> tuple[tuple[int, Decimal], ...]:
    """Return what each licensee would pay if so many were expected (一对多): the more, the less.

    Empty while a figure is wanting.
    """
    counts = sorted({*SHOWN_LICENSEES, *((price.licensees,) if price.licensees else ())})
    found = []
    for count in counts:
        value = priced(msgspec.structs.replace(price, licensees=count)).value
        if value is not None:
            found.append((count, value))
    return tuple(found)
