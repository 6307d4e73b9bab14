"""A clerk pastes a number as it comes; it is read, checked and written one way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.facts.patent_number import NotAPatentNumber, PatentNumber, check_character, parse

# Numbers of real patents, as the facts have them.
REAL = [
    "201710601862.3",
    "200710308494.X",
    "201310699744.2",
    "95115608.X",
    "97101765.4",
    "200820132792.8",
    "200480002090.2",
    "200930143483.0",
]
KINDS = "12389"


@pytest.mark.parametrize("text", REAL)
def test_the_check_character_of_real_numbers_is_right(text: str) -> None:
    number = parse(text)
    assert number.check_is_right is True
    assert number.text == number.corrected == f"ZL{text}"


@pytest.mark.parametrize(
    "text",
    [
        "ZL200710308494.X",
        "zl200710308494.x",
        "CN200710308494.X",
        "CNZL200710308494.X",
        "ZLCN200710308494X",
        "ZL 2007 1 0308494.X",
        "ZL2007\u00a01\u30000308494.X\n",
        "ＺＬ２００７１０３０８４９４．Ｘ",
        "200710308494x",
        "200710308494,X",
        "200710308494，X",
        "200710308494。X",
        "200710308494·x",
        "200710308494-X",
        "2007-1-0308494.X",
        "2007.1.0308494.X",
        "专利号：ZL200710308494.X",
        "专利号ZL200710308494.X",
        "申请号: 200710308494.X",
        "No. 200710308494.X",
        "（ZL200710308494.X）",
        "“ZL200710308494.X”",
        "'200710308494.X",
        "\u202a200710308494.X\u202c",
        "\ufeff200710308494.X",
        "200710308494.×",
        "200710308494.Х",
        "200710308494.X.",
        "200710308494X.0",
    ],
)
def test_however_it_is_written_it_is_one_number(text: str) -> None:
    assert parse(text).text == "ZL200710308494.X"


def test_the_parts_of_a_number() -> None:
    number = parse("ZL 2008 2 0132792.8")
    assert (number.year, number.kind, number.kind_digit) == (2008, "utility_model", "2")
    assert not number.is_old_form
    assert not number.is_pct


@pytest.mark.parametrize(
    ("text", "kind", "is_pct"),
    [
        ("202110345678", "invention", False),
        ("202120345678", "utility_model", False),
        ("202130345678", "design", False),
        ("202180345678", "invention", True),
        ("202190345678", "utility_model", True),
    ],
)
def test_the_digit_says_the_kind(text: str, kind: str, is_pct: bool) -> None:
    number = parse(text)
    assert (number.kind, number.is_pct) == (kind, is_pct)


def test_a_number_without_check_character_is_read_and_told_so() -> None:
    number = parse("ZL202110345678")
    assert number.check_is_right is None
    assert number.text == "ZL202110345678"
    assert number.corrected == "ZL202110345678.3"
    assert not number.may_lack_check


def test_a_wrong_check_character_is_kept() -> None:
    number = parse("202110345678.4")
    assert (number.check, number.expected_check, number.check_is_right) == ("4", "3", False)


@pytest.mark.parametrize(
    ("text", "year", "may_lack_check"),
    [("85100001", 1985, True), ("88100001", 1988, True), ("ZL03 1 00001.2", 2003, False)],
)
def test_numbers_of_the_old_form(text: str, year: int, may_lack_check: bool) -> None:
    number = parse(text)
    assert number.is_old_form
    assert (number.year, number.may_lack_check) == (year, may_lack_check)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        (" \u3000\n", "empty"),
        ("CN1234567B", "publication"),
        ("CN101234567A", "publication"),
        ("CN208765432U", "publication"),
        ("CN305123456S", "publication"),
        ("CN 113000000 B", "publication"),
        ("CN101234567", "publication"),
        ("CN1234567", "publication"),
        ("101234567B", "publication"),
        ("PCT/CN2020/123456", "international"),
        ("WO2020/123456", "international"),
        ("2.02110345678E+12", "lost_digits"),
        ("2.02E12", "lost_digits"),
        ("1234567", "shape"),
        ("面议", "shape"),
        ("20211034567.83", "shape"),
        ("2021103456783 4", "shape"),
        ("ZL202110345678.3（已授权）", "shape"),
        ("202140345678.3", "kind"),
        ("202100345678.3", "kind"),
        ("95415608.X", "kind"),
        ("198410345678.3", "year"),
        ("210010345678.3", "year"),
        ("04115608.X", "year"),
        ("84115608.X", "year"),
    ],
)
def test_what_is_no_patent_number_is_told_why(text: str, reason: str) -> None:
    with pytest.raises(NotAPatentNumber) as fault:
        parse(text)
    assert fault.value.reason == reason
    assert fault.value.text == text


new_digits = st.builds(
    "{}{}{:07d}".format,
    st.integers(1985, 2099),
    st.sampled_from(KINDS),
    st.integers(0, 9_999_999),
)
old_digits = st.builds(
    "{:02d}{}{:05d}".format,
    st.sampled_from([*range(85, 100), *range(4)]),
    st.sampled_from(KINDS),
    st.integers(0, 99_999),
)
any_digits = st.one_of(new_digits, old_digits)


@given(any_digits)
def test_what_is_written_is_read_again(digits: str) -> None:
    number = PatentNumber(digits, check_character(digits))
    assert parse(number.text) == number
    assert parse(number.text.replace(".", "").removeprefix("ZL")) == number
    assert number.check_is_right


@given(any_digits, st.data())
def test_every_single_wrong_digit_is_caught(digits: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(digits) - 1))
    wrong = data.draw(st.sampled_from([d for d in "0123456789" if d != digits[place]]))
    mistyped = digits[:place] + wrong + digits[place + 1 :]
    assert check_character(mistyped) != check_character(digits)


@given(any_digits, st.data())
def test_every_swap_of_neighbours_is_caught(digits: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(digits) - 2))
    left, right = digits[place], digits[place + 1]
    swapped = digits[:place] + right + left + digits[place + 2 :]
    assert (check_character(swapped) == check_character(digits)) == (left == right)


@given(st.text())
def test_any_text_is_a_number_or_refused(text: str) -> None:
    try:
        number = parse(text)
    except NotAPatentNumber:
        return
    assert parse(number.text) == number
