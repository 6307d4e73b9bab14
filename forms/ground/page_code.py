"""What the small code in a foot margin says (页脚识别码): which words, which page of how many.

It is 20 characters of those a QR code packs best: a mark, 60 bits of the SHA-256 of the paper's
words (which are of one paper of one case), the page and how many there are, three characters to
check by.  It holds nothing of a person, and nothing that could be looked up without the data.
"""

import msgspec

_MARK = "A"
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MOST_PAGES = 36 * 36 - 1
_WORDS, _PAGE, _CHECK = 12, 2, 3
LENGTH = len(_MARK) + _WORDS + 2 * _PAGE + _CHECK
BITS = 60


class PageCode(msgspec.Struct, frozen=True):
    """A page's code: the first 60 bits of its paper's words' hash, page and pages from 1."""

    words: int
    page: int
    pages: int


def bits_of(sha256: str) -> int:
    """The bits of a hash (hexadecimal) that a code holds."""
    return int(sha256[: BITS // 4], 16)


def page_code(sha256: str, page: int, pages: int) -> str:
    """The code of a page; "" for a paper of more pages than can be said (1295)."""
    if not 1 <= page <= pages <= _MOST_PAGES:
        return ""
    said = _MARK + _in_36(bits_of(sha256), _WORDS) + _in_36(page, _PAGE) + _in_36(pages, _PAGE)
    return said + _check(said)


def read_page_code(text: str) -> PageCode | None:
    """What a code says; None where it is none of ours, or was read wrongly."""
    if len(text) != LENGTH or not text.startswith(_MARK) or not set(text) <= set(_DIGITS):
        return None
    said, check = text[:-_CHECK], text[-_CHECK:]
    words, page, pages = said[1 : 1 + _WORDS], said[-2 * _PAGE : -_PAGE], said[-_PAGE:]
    found = PageCode(int(words, 36), int(page, 36), int(pages, 36))
    is_right = check == _check(said) and found.words < 1 << BITS
    return found if is_right and 1 <= found.page <= found.pages else None


def _in_36(number: int, places: int) -> str:
    said = ""
    for _ in range(places):
        number, digit = divmod(number, 36)
        said = _DIGITS[digit] + said
    return said


def _check(said: str) -> str:
    """Three characters that a wrong or swapped character changes: a polynomial modulo a prime."""
    total = 7
    for character in said:
        total = (total * 37 + _DIGITS.index(character) + 1) % 46_649  # a prime under 36 ** 3
    return _in_36(total, _CHECK)
