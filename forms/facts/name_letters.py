"""Two writings of one name, letter by letter: so 专利业务办理系统 compares names with the register.

Full-width brackets included (its checks JY010335, JY010316): what a clerk types or imports may
differ by a bracket's width, a blank or a letter that looks alike.

This module must not know fields, packs or workbooks.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import Literal

from forms.ground.cleaning import INVISIBLE, fold, with_letters

Difference = Literal["invisible", "blank", "width", "lookalike", "marks", "letter"]
Oddity = Literal["half_width", "blank", "invisible", "lookalike"]

_CHINESE = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HALF_BRACKET = re.compile(rf"[{_CHINESE}]\(|\([{_CHINESE}]|[{_CHINESE}]\)|\)[{_CHINESE}]")
_BLANK_INSIDE = re.compile(rf"[{_CHINESE}（）()]\s+[{_CHINESE}（）()]")
_SHORTEST = 4  # of names that one letter may tell apart; 张三 and 张五 are two people
_LONGEST = 200


def difference(one: str, other: str) -> Difference | None:
    """Return in what two writings of what seems one name differ; None for the same or two names."""
    if one == other or not one or not other or max(len(one), len(other)) > _LONGEST:
        return None
    one, other = INVISIBLE.sub("", one), INVISIBLE.sub("", other)
    if one == other:
        return "invisible"
    one, other = "".join(one.split()), "".join(other.split())
    if one == other:
        return "blank"
    one, other = (unicodedata.normalize("NFKC", name) for name in (one, other))
    if one == other:
        return "width"
    one, other = with_letters(one), with_letters(other)
    if one == other:
        return "lookalike"
    if fold(one) == fold(other) != "":
        return "marks"
    return "letter" if _is_a_letter_apart(one, other) else None


def _is_a_letter_apart(one: str, other: str) -> bool:
    """Whether one letter of a name is another one, is missing, or stands there besides."""
    if min(len(one), len(other)) < _SHORTEST or abs(len(one) - len(other)) > 1:
        return False
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) == 1
    short, long = sorted((one, other), key=len)
    return any(long[:place] + long[place + 1 :] == short for place in range(len(long)))


def nearly(name: str, stated: Sequence[str]) -> tuple[str, Difference] | None:
    """Return the writing among those stated that nearly is this name; None where one is it."""
    if name in stated:
        return None
    each = ((other, difference(name, other)) for other in stated)
    return next(((other, what) for other, what in each if what is not None), None)


def oddities(name: str) -> tuple[Oddity, ...]:
    """Return what of a name itself a certificate hardly has: half-width brackets in Chinese…"""
    found: list[Oddity] = []
    if _HALF_BRACKET.search(name):
        found.append("half_width")
    if _BLANK_INSIDE.search(name):
        found.append("blank")
    if INVISIBLE.search(name):
        found.append("invisible")
    if with_letters(name) != name:
        found.append("lookalike")
    return tuple(found)
