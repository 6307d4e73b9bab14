"""Amounts and dates as the papers print them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.facts.amounts import (
    capital_number,
    capitals,
    chinese_date,
    chinese_period,
    counted,
    duration_text,
    grouped,
    has_part_of_a_cent,
    plain,
)
from forms.facts.record import Duration, TimeUnit


# The examples of 正确填写票据和结算凭证的基本规定, and the corners of our papers.
@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("1409.50", "壹仟肆佰零玖元伍角"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
        ("107000.53", "壹拾万柒仟元伍角叁分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("100000", "壹拾万元整"),
        ("100000.00", "壹拾万元整"),
        ("1E+5", "壹拾万元整"),
        ("1005.3", "壹仟零伍元叁角"),
        ("10", "壹拾元整"),
        ("0", "零元整"),
        ("0.5", "伍角"),
        ("0.05", "伍分"),
        ("20000000", "贰仟万元整"),
        ("100000000", "壹亿元整"),
        ("100001000", "壹亿零壹仟元整"),
        ("100000500", "壹亿零伍佰元整"),
        ("100010000", "壹亿零壹万元整"),
        (
            "9999999999999999.99",
            "玖仟玖佰玖拾玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分",
        ),
    ],
)
def test_amounts_in_capitals(amount: str, words: str) -> None:
    assert capitals(Decimal(amount)) == "人民币" + words


@pytest.mark.parametrize("amount", ["-1", "1E+16", "0.001", "1000.005", "NaN", "Infinity"])
def test_what_has_no_capitals_is_refused(amount: str) -> None:
    with pytest.raises(ValueError, match="no capitals"):
        capitals(Decimal(amount))


@given(st.decimals(0, 10**12, places=2))
def test_capitals_hold_no_figures_and_never_two_zeros(amount: Decimal) -> None:
    words = capitals(amount)
    assert not any(character.isascii() for character in words)
    assert "零零" not in words
    assert words.endswith(("整", "角", "分"))


def test_copies_in_capitals() -> None:
    assert (capital_number(5), capital_number(12)) == ("伍", "壹拾贰")
    for wrong in (-1, 10**16):
        with pytest.raises(ValueError, match="no capitals"):
            capital_number(wrong)


def test_counts_before_a_word() -> None:
    assert [counted(number) for number in (1, 2, 3, 10, 12, 20, 22, 99)] == [
        *("一", "两", "三", "十", "十二", "二十", "二十二", "九十九")
    ]
    for wrong in (-1, 100):
        with pytest.raises(ValueError, match="no short word"):
            counted(wrong)


def test_grouped_digits() -> None:
    assert grouped(Decimal("100000")) == "100,000.00"
    assert grouped(Decimal("1234567.5")) == "1,234,567.50"
    assert grouped(Decimal("0.125")) == "0.125"
    assert grouped(Decimal("-5")) == "-5.00"


def test_plain_numbers() -> None:
    assert [plain(Decimal(n)) for n in ("5", "2.50", "20", "2E+1")] == ["5", "2.5", "20", "20"]


def test_parts_of_a_cent() -> None:
    assert has_part_of_a_cent(Decimal("1.001"))
    assert not has_part_of_a_cent(Decimal("1.100"))
    assert not has_part_of_a_cent(Decimal("1E+30"))


def test_dates_and_periods() -> None:
    assert chinese_date(date(2023, 5, 16)) == "2023年5月16日"
    assert chinese_period(date(2021, 3, 26), date(2041, 3, 25)) == "2021年3月26日至2041年3月25日"


@pytest.mark.parametrize(
    ("count", "unit", "text"), [(3, "year", "3年"), (18, "month", "18个月"), (90, "day", "90日")]
)
def test_lengths_of_time(count: int, unit: TimeUnit, text: str) -> None:
    assert duration_text(Duration(count=count, unit=unit)) == text
