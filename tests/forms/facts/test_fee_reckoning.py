"""The sum of a fee: what is printed can be recomputed with pencil and paper, to the yuan."""

from decimal import Decimal
from fractions import Fraction

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.facts.fee_reckoning import Gap, gap, offered, reckoned, sorts_of
from forms.facts.paths import with_value, with_values
from forms.facts.record import Case, EntryRunning, Factor, Royalty, Running, Statement
from tests.forms.stated import ANY_STATED, STATED

SHARES = st.decimals("0.01", 10, places=2)


def of(**facts: object) -> Case:
    return with_values(STATED, {f"statement.{name}": value for name, value in facts.items()})


def half_up(value: Fraction) -> int:
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def test_every_step_is_shown_and_the_next_goes_on_from_what_was_shown() -> None:
    made = reckoned(STATED, "fee")
    assert made.steps == (
        "1,660,000 ÷ 3.0 ＝ 553,333 元",
        "553,333 × 1.1 × 0.60 × 0.85 ÷ 6 ＝ 51,737 元",
    )
    assert (made.base, made.value, made.lacking) == (Decimal(553_333), Decimal(51_737), ())


def test_a_rate_is_multiplied_and_not_divided_among_licensees() -> None:
    running = Royalty(way="running", running=Running(rate_percent=Decimal(3), base="profit"))
    case = msgspec.structs.replace(STATED, royalty=running)
    case = with_values(
        case,
        {
            "statement.base_rate": Decimal("3.75"),
            "statement.factors": (Factor(name="一对多", value=Decimal("0.8")),),
        },
    )
    assert sorts_of(case.royalty) == ("rate",)
    made = reckoned(case, "rate")
    assert made.steps == ("3.75% × 0.8 ＝ 3%",)
    assert reckoned(with_value(case, "statement.licensees", 60), "rate") == made


def test_beside_an_entry_fee_the_factors_are_the_fees_alone() -> None:
    case = of(base_rate=Decimal("3.5"))
    assert sorts_of(case.royalty) == ("fee", "rate")
    assert reckoned(case, "rate").steps == ("3.5%",)


@pytest.mark.parametrize(
    ("facts", "lacking"),
    [
        ({"base_amount": None}, "statement.base_amount"),
        ({"base_amount": Decimal(-1)}, "statement.base_amount"),
        ({"base_years": Decimal(0)}, "statement.base_years"),
        ({"licensees": None}, "statement.licensees"),
        ({"licensees": 0}, "statement.licensees"),
        ({"factors": (Factor(name="甲"),)}, "statement.factors.0.value"),
        (
            {"factors": (Factor(value=Decimal(1)), Factor(value=Decimal(-1)))},
            "statement.factors.1.value",
        ),
        ({"factors": (Factor(value=Decimal(1)),) * 41}, "statement.factors"),
    ],
)
def test_what_is_wanting_is_named_and_nothing_is_guessed(
    facts: dict[str, object], lacking: str
) -> None:
    made = reckoned(of(**facts), "fee")
    assert made.value is None
    assert made.lacking == (lacking,)


def test_what_is_offered_is_known_for_each_way_of_paying() -> None:
    assert offered(Royalty(way="free")).fee == 0
    entry = EntryRunning(entry_fee=Decimal(5), rate_percent=Decimal(3), base="profit")
    both = offered(Royalty(way="entry_running", entry_running=entry))
    assert (both.fee, both.rate, both.base) == (5, 3, "profit")
    instalments = with_values(
        Case(),
        {
            "royalty.way": "instalments",
            "royalty.instalments.first_amount": Decimal(10),
            "royalty.instalments.each_amount": Decimal(5),
            "royalty.instalments.batches": 2,
        },
    )
    assert offered(instalments.royalty).fee == 20
    assert offered(Royalty(way="other")) == offered(Royalty())


def test_the_offer_is_held_against_the_sum() -> None:
    assert gap(Decimal(50_000), Decimal(51_737)) == Gap(side="lower", percent=Decimal("3.4"))
    assert gap(Decimal(3), Decimal(3)) == Gap(side="equal", percent=Decimal(0))
    higher = gap(Decimal(6), Decimal(4))
    assert higher is not None and higher.side == "higher"
    assert gap(Decimal(6), Decimal(0)) is None
    assert gap(None, Decimal(1)) is None


@given(
    amount=st.decimals(0, 10**12, places=2),
    years=st.none() | st.decimals("0.1", 30, places=1),
    values=st.lists(SHARES, max_size=5),
    licensees=st.integers(1, 10**6),
)
def test_the_sum_is_exact(
    amount: Decimal, years: Decimal | None, values: list[Decimal], licensees: int
) -> None:
    factors = tuple(Factor(name="甲", value=value) for value in values)
    case = of(base_amount=amount, base_years=years, licensees=licensees, factors=factors)
    base = (
        Fraction(amount) if years is None else Fraction(half_up(Fraction(amount) / Fraction(years)))
    )
    for value in values:
        base *= Fraction(value)
    assert reckoned(case, "fee").value == half_up(base / licensees)


@given(
    amount=st.decimals(0, 10**9, places=2),
    licensees=st.integers(1, 10**4),
    more=st.integers(1, 10**4),
)
def test_more_licensees_never_raise_the_fee(amount: Decimal, licensees: int, more: int) -> None:
    few = reckoned(of(base_amount=amount, licensees=licensees), "fee").value
    many = reckoned(of(base_amount=amount, licensees=licensees + more), "fee").value
    assert few is not None and many is not None
    assert many <= few


@given(ANY_STATED)
def test_nothing_raises_whatever_the_figures(case: Case) -> None:
    for sort in sorts_of(case.royalty):
        made = reckoned(case, sort)
        assert (made.value is None) == bool(made.lacking)
        offer = offered(case.royalty)
        gap(offer.fee if sort == "fee" else offer.rate, made.value)


def test_a_statement_that_says_nothing_lacks_what_every_method_asks() -> None:
    blank = msgspec.structs.replace(STATED, statement=Statement())
    assert reckoned(blank, "fee").lacking == ("statement.base_amount", "statement.licensees")
