"""How much of a Chinese text stands in another: by pieces of two characters, each with its weight.

A piece that few texts have says more than one that many have.  What agrees can be shown: pieces
side by side are one word again (碳纤维, not 碳纤 and 纤维).  Words that say nothing (一种, 装置)
are left out; they are the caller's.

This module must not know patents or needs.
"""

import re
import unicodedata
from array import array
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import lru_cache
from itertools import groupby
from math import log

import msgspec

_WORDS = re.compile(
    r"[a-z][a-z0-9+#]*|[0-9]+(?:\.[0-9]+)?|[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]+"
)
_LETTERS = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")


class Agreement(msgspec.Struct, frozen=True):
    """How much of a text stands in another, from 0 to 1, and the words that do."""

    share: float
    words: tuple[str, ...]


class Wanted(msgspec.Struct, frozen=True):
    """A text that is looked for: its pieces' weights; `runs` keep their order; what nobody has."""

    weights: dict[str, float]
    runs: tuple[tuple[str, ...], ...]
    missing: tuple[str, ...]
    whole: float


def pieces_of(text: str, idle: Iterable[str] = ()) -> tuple[tuple[str, ...], ...]:
    """Return the pieces of a text, run by run in their order.

    A run of Chinese characters gives each two that stand side by side (one alone, itself); a Latin
    word or a number is one piece.  `idle` words break a run and give none.
    """
    return _pieces(text, tuple(idle))


@lru_cache(maxsize=256)
def _pieces(text: str, idle: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    even = unicodedata.normalize("NFKC", text).casefold()
    for word in idle:
        even = even.replace(word, " ")
    return tuple(_of_run(run) for run in _WORDS.findall(even))


def _of_run(run: str) -> tuple[str, ...]:
    if len(run) == 1 or not _LETTERS.match(run):
        return (run,)
    return tuple(run[place : place + 2] for place in range(len(run) - 1))


class Likeness:
    """Texts by the pieces in them; built once, asked often.

    Building takes some 15 microseconds a title, a question under 2 microseconds a title.
    """

    def __init__(self, texts: Sequence[str], idle: Iterable[str] = ()) -> None:
        """Take the texts; they are named by their places from now on."""
        self._idle = tuple(sorted(idle, key=lambda word: (-len(word), word)))
        self._count = len(texts)
        self._places: dict[str, array[int]] = {}
        for place, text in enumerate(texts):
            for piece in {piece for run in _fresh(text, self._idle) for piece in run}:
                for one in (piece, *piece) if _is_pair(piece) else (piece,):
                    known = self._places.get(one)
                    if known is None:
                        known = self._places[one] = array("I")
                    if not known or known[-1] != place:
                        known.append(place)

    def wanted(self, text: str) -> Wanted:
        """Weigh a text that is looked for: ln(1 + texts / texts that have it) for each piece."""
        runs = pieces_of(text, self._idle)
        weights: dict[str, float] = {}
        missing: set[str] = set()
        for piece in dict.fromkeys(piece for run in runs for piece in run):
            having = self._places.get(piece)
            if having is None:
                missing.add(piece)
            else:
                weights[piece] = log(1 + self._count / len(having))
        unknown = (word for run in runs for word in _gaps(run, missing))
        told = tuple(dict.fromkeys(unknown))
        return Wanted(weights=weights, runs=runs, missing=told, whole=sum(weights.values()))

    def ranked(self, wanted: Wanted) -> list[tuple[float, int]]:
        """Return (share, place) of every text with any of the pieces, the largest share first.

        The share is of the weight of the pieces that some text has: what nobody has tells none
        from another.  Equal shares stand in the order of the texts.
        """
        sums: dict[int, float] = {}
        for piece, weight in wanted.weights.items():
            for place in self._places[piece]:
                sums[place] = sums.get(place, 0.0) + weight
        whole = wanted.whole
        found = [(min(1.0, total / whole), place) for place, total in sums.items()]
        found.sort(key=lambda one: (-one[0], one[1]))
        return found

    def agreement(self, wanted: Wanted, text: str) -> Agreement:
        """Return how much of what is wanted stands in one text, and the words that do."""
        own = {piece for run in pieces_of(text, self._idle) for piece in run}
        own |= {letter for piece in own if _is_pair(piece) for letter in piece}
        both = own & wanted.weights.keys()
        share = sum(wanted.weights[piece] for piece in both) / wanted.whole if both else 0.0
        words = dict.fromkeys(word for run in wanted.runs for word in runs_of(run, both))
        return Agreement(min(1.0, share), tuple(words))


def runs_of(run: Sequence[str], some: Iterable[str]) -> list[str]:
    """Return the words that some pieces of a run make: those side by side are one."""
    held, words, is_open = set(some), list[str](), False
    for piece in run:
        if piece not in held:
            is_open = False
        elif is_open:
            words[-1] += piece[-1]
        else:
            words.append(piece)
            is_open = _is_pair(piece)
    return words


def _gaps(run: Sequence[str], missing: Set[str]) -> Iterator[str]:
    """The words between those that some text has: what two words merely share is none."""
    for is_gap, group in groupby(range(len(run)), lambda place: run[place] in missing):
        if not is_gap:
            continue
        places = list(group)
        word = run[places[0]] + "".join(run[place][-1] for place in places[1:])
        begin = 1 if places[0] > 0 else 0
        end = len(word) - (1 if places[-1] < len(run) - 1 else 0)
        if word[begin:end]:
            yield word[begin:end]


def _is_pair(piece: str) -> bool:
    return len(piece) == 2 and _LETTERS.match(piece) is not None


def _fresh(text: str, idle: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The same as `pieces_of` without keeping them: a stock's titles come but once."""
    return _pieces.__wrapped__(text, idle)
