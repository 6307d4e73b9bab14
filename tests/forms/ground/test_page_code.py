"""What a page's code says is read again, and anything else is none of ours."""

import string

from hypothesis import given
from hypothesis import strategies as st

from forms.ground.page_code import LENGTH, PageCode, bits_of, page_code, read_page_code

hashes = st.text("0123456789abcdef", min_size=64, max_size=64)
SIGNS = string.digits + string.ascii_uppercase


@given(hashes, st.integers(1, 1295), st.integers(1, 1295))
def test_a_code_says_which_words_and_which_page(sha256: str, one: int, other: int) -> None:
    page, pages = sorted((one, other))
    text = page_code(sha256, page, pages)
    assert len(text) == LENGTH == 20
    assert set(text) <= set(SIGNS)
    assert read_page_code(text) == PageCode(bits_of(sha256), page, pages)


@given(hashes, st.integers(0, LENGTH - 1), st.sampled_from(SIGNS))
def test_one_wrong_character_is_always_found(sha256: str, place: int, sign: str) -> None:
    text = page_code(sha256, 2, 3)
    wrong = text[:place] + sign + text[place + 1 :]
    assert (read_page_code(wrong) is None) == (wrong != text)


@given(st.text(max_size=24))
def test_what_is_none_of_ours_is_none(text: str) -> None:
    assert read_page_code(text) is None


def test_a_paper_of_too_many_pages_has_no_code() -> None:
    assert page_code("0" * 64, 1, 1296) == ""
