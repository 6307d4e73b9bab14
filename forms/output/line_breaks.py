"""Where a Chinese line may end, and what stands close or apart: the marks and their manners.

Source: GB/T 15834-2011 §5.1 (placing of punctuation), CLREQ §3.1 (prohibition at line start and
end, compression of marks, spacing of Han and Latin).  It knows characters, not widths.
"""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from forms.ground.late_pattern import late_pattern

# May break; only in need (a label from its blank); only in greater need (inside a word or a
# figure and its unit); never while any other place is left.
FREE, RELUCTANT, LOOSE, FORBIDDEN = range(4)

OPENING = frozenset("（《〈「『【〔〖｛［“‘([{￥$¥£")
CLOSING = frozenset("）》〉」』】〕〗｝］”’、。，．：；！？")
NOT_AT_START = CLOSING | frozenset(")]},.:;!?%/％‰℃°′″·・‧•—―…～~－-–／々ー")
NOT_AT_END = OPENING | frozenset("/／#＃@№")
# Marks whose glyph fills half their em, by the side that is white.
WHITE_BEFORE = frozenset("（《〈「『【〔〖｛［“‘")
WHITE_AFTER = CLOSING
_POINTS = frozenset("·•‧・")  # between the parts of a name

_UNITS = frozenset("元％%日次年月号个万亿千百十份天条款项页批期时分秒人家件台套种米吨克度倍角周季")
_SPACED_BEFORE = frozenset("#$@&£¥")
_SPACED_AFTER = frozenset(".%&")

_LATIN = "A-Za-z\u00c0-\u024f"
_HAN = "\u3400-\u9fff"
# Quotation marks of Latin words, which Unicode does not tell from Chinese ones: an apostrophe
# between letters (L’Oréal), a pair after a Latin word (Robert “Bob” Smith) or before one.
_LATIN_QUOTES = late_pattern(
    rf"(?<=[{_LATIN}])[‘’](?=[{_LATIN}])|(?<=s)’(?= [{_LATIN}])"
    rf"|(?<=[{_LATIN}.,] )(?:“[^“”{_HAN}\n]+”|‘[^‘’{_HAN}\n]+’)"
    rf"|^(?:“[^“”{_HAN}\n]+”|‘[^‘’{_HAN}\n]+’)(?= [{_LATIN}])"
)
# 努尔买买提·阿不都热依木: a name breaks at its points alone
PERSON = late_pattern(rf"[{_HAN}]{{1,8}}(?:[·•‧・][{_HAN}]{{1,8}})+")
_MAIL = late_pattern(r"[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_MARKED = late_pattern("[·•‧・@‘’“”]")
_TOKENS = late_pattern(
    r"\d{1,4}年(?:\d{1,2}月(?:\d{1,2}日)?)?|\d{1,2}月\d{1,2}日"  # dates
    r"|第\d+"
    r"|(?P<capitals>人民币[零〇壹贰叁肆伍陆柒捌玖拾佰仟万亿元圆角分整正负点]+[）)]?)"
)


@lru_cache(maxsize=16384)
def meeting(before: str, after: str) -> tuple[int, bool, bool]:
    """Return how two characters meet: `between`, `apart`, and whether inside a Latin word."""
    word = is_latin(before) and is_latin(after)
    return between(before, after), apart(before, after), word


@lru_cache(maxsize=4096)
def is_han(character: str) -> bool:
    """Tell whether a character is an ideograph or the like, which Latin stands apart from."""
    return ord(character) >= 0x2E80 and unicodedata.category(character) in ("Lo", "Lm", "Nl", "No")


@lru_cache(maxsize=4096)
def is_latin(character: str) -> bool:
    """Tell whether a character joins its like to a word that does not break."""
    code = ord(character)
    return code < 0x2E80 and not character.isspace() and not _is_wide(code)


def apart(before: str, after: str) -> bool:
    """Tell whether Han and Latin or figures meet here, to stand a thin space apart."""
    if is_han(before):
        return (after.isalnum() and is_latin(after)) or after in _SPACED_BEFORE
    if is_han(after):
        return (before.isalnum() and is_latin(before)) or before in _SPACED_AFTER
    return False


def between(before: str, after: str) -> int:
    """Return whether a line may break between two characters."""
    if after.isspace():
        return FORBIDDEN
    if before.isspace():
        return FORBIDDEN if after in NOT_AT_START else FREE
    if after in NOT_AT_START or before in NOT_AT_END or unicodedata.combining(after):
        return FORBIDDEN
    if is_latin(before) and is_latin(after):
        return FREE if before == "-" and after.isalpha() else LOOSE
    if takes_unit(before) and after in _UNITS:
        return LOOSE
    return FREE


def takes_unit(character: str) -> bool:
    """Tell whether a unit after this character is held to it."""
    return character.isdecimal() or character == "."


def is_unit(character: str) -> bool:
    """Tell whether a figure never parts from this character after it."""
    return character in _UNITS


def held_together(text: str) -> dict[int, int]:
    """Return the offsets inside dates, names and the like at which a line should not break.

    With each stands how hard it is held.  Capitals break only after 人民币, persons' names after a
    point, an e-mail address after its @ or a dot.
    """
    held: dict[int, int] = {}
    for token in _TOKENS.finditer(text):
        held.update(dict.fromkeys(range(token.start() + 1, token.end()), LOOSE))
        if token.group("capitals"):
            del held[token.start() + 3]
    if _MARKED.search(text):
        for pattern in (PERSON, _MAIL):
            for token in pattern.finditer(text):
                held.update(_within(text, token.start(), token.end()))
        for at in latin_quotes(text):
            held[at] = held[at + 1] = LOOSE
    return held


def _within(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """How the inside of a name or an e-mail address is held."""
    for at in range(start + 1, end):
        if text[at - 1] not in _POINTS:
            yield at, RELUCTANT if text[at - 1] in "@." else LOOSE


def latin_quotes(text: str) -> set[int]:
    """Return the offsets of quotation marks and apostrophes that belong to Latin words."""
    return {
        place
        for found in _LATIN_QUOTES.finditer(text)
        for place in (found.start(), found.end() - 1)
    }


def _is_wide(code: int) -> bool:
    return 0x2018 <= code <= 0x201F or 0x2460 <= code <= 0x27BF or code in (0x2014, 0x2015, 0x2026)
