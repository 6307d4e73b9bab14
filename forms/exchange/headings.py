"""A heading read: the name it holds, and what its brackets say of it.

专利权人（变更前） is not 专利权人, and 联系人（代理机构） nobody whom the form asks for.  A bracket
names a unit, says nothing (必填), makes the column the better or the worse of two, or says that
it is another thing; one that nobody knows is asked about.  The words are data (resources/reading).

This module must not know fields, packs or sheets.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import combinations
from typing import Any

import msgspec
import tomli

from forms.ground.cleaning import fold
from forms.ground.locate import resources

_BRACKETS = re.compile(r"[(\[【〔{<〈《]([^()\[\]【】〔〕{}<>〈〉《》]*)[)\]】〕}>〉》]")
_MOST_BRACKETS = 4
_BEHIND_A_STROKE = re.compile(r"(.{2,40}?)\s*[-—–_:/·|]\s*(.{1,20})", re.DOTALL)
_ORDINAL = re.compile(r"第?\s*([0-9]{1,2}|[一二三四五六七八九十])\s*[位个名]?")
_NUMBERED = re.compile(r"(.{2,40}?)\s*([0-9]{1,2}|[一二三四五六七八九十])", re.DOTALL)
_FIRST_OF = re.compile(
    r"第\s*([0-9]{1,2}|[一二三四五六七八九十])\s*[位个名]?\s*(.{2,40})", re.DOTALL
)
_GROUP_ENDS = re.compile("(?:基本)?(?:信息|情况|联系方式|资料|内容|部分|栏)$")
_FIGURES = "零一二三四五六七八九十"

BETTER, PLAIN, WORSE = 0, 1, 2
OF_A_PARTY = "单位或者个人的，不是专利的"


class Heading(msgspec.Struct, frozen=True):
    """What a heading says: the known name in it (folded), and what stands beside that.

    `quality` is BETTER, PLAIN or WORSE than another column of the name; `units` are words in
    brackets that a unit may be, `part` is its place where a list is spread over columns (1 for
    专利权人1), `aside` says whose or what else it is, `asked` is what nobody knows.
    """

    name: str
    quality: int = PLAIN
    units: frozenset[str] = frozenset()
    part: int = 0
    aside: str = ""
    asked: str = ""


def read_heading(
    text: str, is_known: Callable[[str], bool], units: frozenset[str], group: str = ""
) -> Heading | None:
    """Return what a heading says, None where no known name is in it.

    `is_known` is asked of folded names, `units` are folded words; `group` is what a header above
    says of several columns (代理机构 over 联系人 and 电话).
    """
    if group:
        whole = fold(group + text)
        if is_known(whole):
            return Heading(whole)
    found = _named(unicodedata.normalize("NFKC", text), is_known)
    if found is None:
        return None
    name, insides = found
    heading = _qualified(name, insides, units)
    return _in_group(heading, group) if group else heading


def _named(text: str, is_known: Callable[[str], bool]) -> tuple[str, tuple[str, ...]] | None:
    """The known name in a heading with what stands in the brackets that are no part of it."""
    for candidate in (text, *_other_ways(text)):
        places = list(_BRACKETS.finditer(candidate))[:_MOST_BRACKETS]
        for count in range(len(places) + 1):
            for without in combinations(places, count):
                left = candidate
                for match in reversed(without):
                    left = left[: match.start()] + left[match.end() :]
                if is_known(fold(left)):
                    return fold(left), tuple(match[1] for match in without)
    return None


def _other_ways(text: str) -> Iterator[str]:
    """The heading written with brackets: 专利权人-变更后, 专利权人1, 第二专利权人, 现专利权人."""
    if match := _BEHIND_A_STROKE.fullmatch(text):
        yield f"{match[1]}({match[2]})"
        yield f"{match[2]}({match[1]})"
    if match := _NUMBERED.fullmatch(text):
        yield f"{match[1]}({match[2]})"
    if match := _FIRST_OF.fullmatch(text):
        yield f"{match[2]}({match[1]})"
    for word in (*_words()["better"], *_words()["ours"]):
        if text.startswith(word):
            yield f"{text.removeprefix(word)}({word})"


def _qualified(name: str, insides: tuple[str, ...], units: frozenset[str]) -> Heading:
    quality, part, aside, asked = PLAIN, 0, "", ""
    named: set[str] = set()
    for inside in insides:
        word = fold(inside)
        if word in units:
            named.add(word)
        elif word == "原" and name.startswith("当前"):
            quality = BETTER  # the original spelling of who is the owner now
        elif reason := _of_another(word, inside):
            aside = aside or reason
        elif match := _ORDINAL.fullmatch(inside.strip()):
            part = int(match[1]) if match[1].isascii() else _FIGURES.index(match[1])
        elif word in _folded("ours") and name in _folded("plain"):
            aside = aside or OF_A_PARTY
        elif word in _folded("better") or word in _folded("ours"):
            quality = BETTER
        elif word in _folded("worse"):
            quality = WORSE
        elif word and word not in _folded("same") and not _is_hint(inside):
            asked = asked or inside
    return Heading(name, quality, frozenset(named), part, aside, asked)


def _in_group(heading: Heading, group: str) -> Heading:
    said = (group, _GROUP_ENDS.sub("", group))
    reason = next((found for one in said if (found := _of_another(fold(one), one))), "")
    is_ours = any(fold(one) in _folded("ours") for one in said)
    if is_ours and heading.name in _folded("plain"):
        reason = OF_A_PARTY
    is_better = is_ours or any(fold(one) in _folded("better") for one in said)
    return msgspec.structs.replace(
        heading,
        aside=heading.aside or reason,
        quality=BETTER if is_better else heading.quality,
    )


def _of_another(word: str, text: str) -> str:
    """Whose or what else a qualifier says a column is; nothing of our own side."""
    return "" if word in _folded("ours") else aside_of(text)


def aside_of(text: str) -> str:
    """Return whose or what else a qualifier says a column is, "" where it says no such thing."""
    word = fold(text)
    if word in _asides():
        return _asides()[word]
    long = (one for one in _asides() if len(one) > 2 and not one.isascii() and one in word)
    return next((_asides()[one] for one in long), "")


def _is_hint(inside: str) -> bool:
    return any(word in inside for word in _words()["hints"]["words"])


def is_footer(text: str) -> bool:
    """Whether a cell opens a line that stands under a list and is no patent (合计：3件)."""
    match = re.match(r"\s*([^\s:：0-9（(]{1,8}(?: [^\s:：0-9（(]{1,4})?)\s*(?:$|[:：0-9（(])", text)
    return match is not None and fold(match[1]) in _folded("footer")


def is_remark(heading: str) -> bool:
    """Whether a column holds remarks, in which anything may stand."""
    return fold(heading) in _folded("remarks")


@cache
def _words() -> Mapping[str, Any]:
    file = resources() / "reading" / "headings.toml"
    return tomli.loads(file.read_text(encoding="utf-8"))


@cache
def _folded(which: str) -> frozenset[str]:
    words = _words()[which]
    return frozenset(map(fold, words["words"] if isinstance(words, dict) else words))


@cache
def _asides() -> Mapping[str, str]:
    """Folded word -> what it says."""
    return {fold(word): said for said, words in _words()["aside"].items() for word in words}
