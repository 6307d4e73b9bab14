"""Where a Chinese line may end, and what stands close or apart: the marks and their manners.

Source: GB/T 15834-2011 §5.1 (placing of punctuation), CLREQ §3.1 (prohibition at line start and
end, compression of marks, spacing of Han and Latin).  It knows characters, not widths.
"""

import re
import unicodedata
from functools import lru_cache

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

_UNITS = frozenset("元％%日次年月号个万亿千百十份天条款项页批期时分秒人家件台套种米吨克度倍角周季")
_SPACED_BEFORE = frozenset("#$@&£¥")
_SPACED_AFTER = frozenset(".%&")

_TOKENS = re.compile(
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


def held_together(text: str) -> set[int]:
    """Return the offsets inside dates and amounts in words at which a line does not break.

    Capitals break only after 人民币.
    """
    held: set[int] = set()
    for token in _TOKENS.finditer(text):
        inside = range(token.start() + 1, token.end())
        held.update(inside)
        if token.group("capitals"):
            held.discard(token.start() + 3)
    return held


def _is_wide(code: int) -> bool:
    return 0x2018 <= code <= 0x201F or 0x2460 <= code <= 0x27BF or code in (0x2014, 0x2015, 0x2026)
