"""Names in the order of their pinyin, as a list of Chinese names is read.

Reading by reading, tone after letters, then the character: as GB/T 13418-1992 puts entries in
order, but for strokes, which are not known here.  Neither ICU nor a library has those readings
right by which a list is looked through: of places (长沙, 厦门, 重庆) and surnames (单, 仇, 曾, 解).
They stand in `resources/reading/pinyin.txt` (`tools/make_pinyin.py`) and, our own, in `names.txt`.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from forms.ground.files import name_key
from forms.ground.late_pattern import late_pattern
from forms.ground.locate import resources

_FIRST_READING = 0x100  # what has no reading stands before: ASCII, Latin
_LONGEST_NAME = 4
_IDEOGRAPHS = late_pattern("[\u3400-\u9fff\U00020000-\U0003ffff]+")
_SEVERAL = "、"


class _Readings(NamedTuple):
    """What is known, as it is compared: signs by themselves, words, surnames; which are places.

    `begins` finds a sign that words begin with, `lengths` are theirs by it, the longest first.
    """

    signs: Mapping[int, str]
    words: Mapping[str, str]
    surnames: Mapping[str, str]
    places: frozenset[str]
    begins: re.Pattern[str]
    lengths: Mapping[str, tuple[int, ...]]


@lru_cache(maxsize=1 << 17)
def title_order(text: str) -> str:
    """Return what a text is compared by, in the order of its pinyin."""
    return _read(name_key(text), _readings())


@lru_cache(maxsize=1 << 17)
def name_order(text: str) -> str:
    """Return what a name is compared by: a person's, a unit's, or several with 、 between."""
    readings = _readings()
    return " ".join(_name(one, readings) for one in name_key(text).split(_SEVERAL))


def _name(name: str, readings: _Readings) -> str:
    is_short = len(name) <= _LONGEST_NAME and _IDEOGRAPHS.fullmatch(name) is not None
    if is_short and not any(name[:length] in readings.places for length in (2, 3, 4)):
        for length in (2, 1):
            surname = readings.surnames.get(name[:length])
            if surname is not None:
                return surname + _read(name[length:], readings)
    return _read(name, readings)


def _read(text: str, readings: _Readings) -> str:
    """Put the reading before each sign that has one; words have theirs."""
    pieces: list[str] = []
    place, words = 0, readings.words
    for found in readings.begins.finditer(text):
        start = found.start()
        if start < place:
            continue
        for length in readings.lengths[found[0]]:
            word = words.get(text[start : start + length])
            if word is not None:
                pieces += (text[place:start].translate(readings.signs), word)
                place = start + length
                break
    return "".join((*pieces, text[place:].translate(readings.signs)))


@cache
def _readings() -> _Readings:
    folder = resources() / "reading"
    made = (folder / "pinyin.txt").read_text(encoding="utf-8")
    by_reading, _, of_words = made.partition("\n\n")
    lines = [line.partition(" ") for line in by_reading.splitlines()]
    marks = {line[0]: chr(_FIRST_READING + place) for place, line in enumerate(lines)}
    signs = {ord(sign): marks[line[0]] + sign for line in lines for sign in line[2]}

    def compared(word: str, readings: list[str]) -> str:
        return "".join(marks[one] + sign for sign, one in zip(word, readings, strict=True))

    own = (folder / "names.txt").read_text(encoding="utf-8")
    words = {word: compared(word, said) for word, said in _words(of_words)}
    sorts = {sort: dict(_words(own, sort)) for sort in ("姓", "地")}
    surnames = {word: compared(word, said) for word, said in sorts["姓"].items()}
    words |= {word: compared(word, said) for word, said in sorts["地"].items()}
    lengths: dict[str, set[int]] = {}
    for word in words:
        lengths.setdefault(word[0], set()).add(len(word))
    longest_first = {sign: tuple(sorted(found, reverse=True)) for sign, found in lengths.items()}
    begins = re.compile(f"[{''.join(lengths)}]")
    return _Readings(signs, words, surnames, frozenset(sorts["地"]), begins, longest_first)


def _words(text: str, sort: str = "") -> Iterator[tuple[str, list[str]]]:
    """The words of a table with the readings of their signs; of one sort alone if it is named."""
    for line in text.splitlines():
        parts = line.split()
        if parts and not line.startswith("#") and (not sort or parts[0] == sort):
            word, *said = parts[1:] if sort else parts
            yield word, said
