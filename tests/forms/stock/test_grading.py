"""Grading stock patents: weighed marks, grades given otherwise, prices for one and for many."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from forms.facts.record import Factor, Statement
from forms.stock.grading import Grading, by_licensees, judged, load_grading, priced

FORM = load_grading()
CODES = [one.code for one in FORM.criteria]


def test_the_weights_that_ship_come_to_a_hundred() -> None:
    assert sum(one.weight for one in FORM.criteria) == 100


def test_the_score_is_the_weighed_marks_in_percent_and_gives_the_grade() -> None:
    marks = dict.fromkeys(CODES, 4) | {"market_demand": 5, "legal_scope": 1}
    found = judged(FORM, Grading(marks=marks))
    # 4/5 of 100, +15/5 for the demand, -3*10/5 for the scope
    assert found.score == Decimal("77.0")
    assert (FORM.grade_label(found.grade), found.is_given) == ("乙级", False)
    given_ = judged(FORM, Grading(marks=marks, grade="a", reason="标准必要"))
    assert (FORM.grade_label(given_.grade), given_.is_given) == ("甲级", True)


def test_without_all_marks_there_is_no_score_and_no_grade() -> None:
    found = judged(FORM, Grading(marks={"legal_stable": 5}))
    assert (found.score, found.grade, len(found.lacking)) == (None, "", len(CODES) - 1)


def test_a_criterion_without_weight_is_not_asked() -> None:
    marks = dict.fromkeys(CODES[1:], 3)
    found = judged(FORM, Grading(marks=marks, weights={CODES[0]: 0}))
    assert found.score == Decimal("60.0")


def test_the_price_is_lower_for_each_the_more_are_expected() -> None:
    price = Statement(
        base_amount=Decimal(1660000),
        base_years=Decimal("3.0"),
        factors=(Factor(name="技术成熟度", value=Decimal("0.6")),),
        licensees=4,
    )
    assert priced(price).value == Decimal(83000)
    found = by_licensees(price)
    assert found[0] == (1, Decimal(332000))
    assert [count for count, _ in found] == [1, 3, 4, 5, 10]
    assert by_licensees(Statement(licensees=4)) == ()


MARKS = st.fixed_dictionaries({code: st.integers(1, 5) for code in CODES})
WEIGHTS = st.fixed_dictionaries({code: st.integers(0, 100) for code in CODES})


@given(MARKS, WEIGHTS, st.sampled_from(CODES))
def test_a_better_mark_never_lowers_the_score(
    marks: dict[str, int], weights: dict[str, int], code: str
) -> None:
    before = judged(FORM, Grading(marks=marks, weights=weights)).score
    better = marks | {code: min(5, marks[code] + 1)}
    after = judged(FORM, Grading(marks=better, weights=weights)).score
    assert (before is None) == (not any(weights.values()))
    if before is not None and after is not None:
        assert after >= before
        exact = Fraction(20 * sum(weights[c] * marks[c] for c in CODES), sum(weights.values()))
        assert abs(Fraction(before) - exact) <= Fraction(1, 20)
