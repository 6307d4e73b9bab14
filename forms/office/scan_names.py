"""Tell from a file's name which paper its scan is of: the name it was exported under, or the
patent's number with words of the paper's title.  A name that could mean two papers means none.
"""

import re
import unicodedata
from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)

_SHORTEST = 2  # characters of a title that tell a paper
_COPY = re.compile(r"(?:\s*\(\d+\)|[-_ ]*(?:副本|扫描件?|签章|盖章|已签章?|已盖章?|签字))+$")
_NOT_WORD = re.compile(r"[\W_]+")
_DIGITS = re.compile(r"\d{8,13}")


@dataclass(frozen=True, kw_only=True)
class Candidate(Generic[K]):
    """A paper that a scan may be of; `digits` are its number's without the check character.

    `stem` is the name it is exported under, without its extension.
    """

    key: K
    digits: str
    paper: str
    title: str
    stem: str


def matched(name: str, candidates: Sequence[Candidate[K]]) -> K | None:
    """The one paper that a file of this name is of, or None."""
    stem = _plain(name.rpartition(".")[0] or name)
    bare = _plain(_COPY.sub("", unicodedata.normalize("NFKC", name.rpartition(".")[0] or name)))
    exact = {one.key for one in candidates if _plain(one.stem) in (stem, bare)}
    if len(exact) == 1:
        return exact.pop()
    best = _best_paper(stem, {one.paper for one in candidates})
    fits = _of_number(name, stem, candidates)
    if fits:
        keys = {one.key for one in fits if best in (None, one.paper)}
    else:
        keys = {one.key for one in candidates if not one.digits and one.paper == best}
    return keys.pop() if len(keys) == 1 else None


def _of_number(name: str, stem: str, candidates: Sequence[Candidate[K]]) -> list[Candidate[K]]:
    """The papers whose number stands in the name; else whose patent's title does."""
    found = set(_DIGITS.findall(_NOT_WORD.sub("", unicodedata.normalize("NFKC", name))))
    by_number = [
        one
        for one in candidates
        if one.digits and any(digits.startswith(one.digits) for digits in found)
    ]
    if by_number:
        return by_number
    return [one for one in candidates if one.title and _plain(one.title) in stem]


def _best_paper(stem: str, papers: Collection[str]) -> str | None:
    """The paper whose title's own words are longest in the name; None where none or two are."""
    scores = {
        paper: _own_words(stem, _plain(paper), [_plain(o) for o in papers if o != paper])
        for paper in papers
    }
    most = max(scores.values(), default=0)
    best = [paper for paper, score in scores.items() if score == most]
    return best[0] if most >= _SHORTEST and len(best) == 1 else None


def _own_words(stem: str, title: str, others: Sequence[str]) -> int:
    """The length of the longest piece of a title that stands in the name and in no other title."""
    for length in range(len(title), _SHORTEST - 1, -1):
        for start in range(len(title) - length + 1):
            piece = title[start : start + length]
            if piece in stem and not any(piece in other for other in others):
                return length
    return 0


def _plain(text: str) -> str:
    return _NOT_WORD.sub("", unicodedata.normalize("NFKC", text)).casefold()
