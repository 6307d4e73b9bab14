"""What a patent's legal status says of the right, by whole known words and never by a part.

避免重复授权 holds 授权 and is the word of a dead right, "not granted" holds granted: a status is
looked up whole in the lists of the offices and databases (resources/reading).  A cell that
holds several is parted first.  What stands in no list says nothing.

This module must not know cases or rules.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, Literal, get_args

import tomli

from forms.ground.cleaning import fold
from forms.ground.late_pattern import late_pattern
from forms.ground.locate import resources

Standing = Literal["valid", "partly", "pending", "over", "events"]
End = Literal["arrears", "unpaid", "expired", "invalid", "given_up"]

_PARTING = late_pattern(
    r"[|｜;；,，、。/／\\&+＋\n()（）\[\]【】〔〕<>《》]|\s[-–—]+\s|(?<=[^\x00-\x7f])[-–—]+"
)
_BLANKS = late_pattern(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])")  # between Chinese words
_DATES = late_pattern(
    r"[0-9]{4}\s*[-/.年]\s*[0-9]{1,2}(?:\s*[-/.月]\s*[0-9]{1,2}\s*日?|\s*月)|(?<![0-9])[0-9]{8}(?![0-9])"
)


def standings(text: str, more: Mapping[Standing, Iterable[str]]) -> frozenset[Standing | None]:
    """Return what each word of a status says; None stands for a word that no list has.

    `more` are further words that a pack knows.
    """
    own = {fold(word): standing for standing, words in more.items() for word in words}
    return frozenset(own.get(word) or known().get(word) for word in _words(text, own))


def says_valid(found: frozenset[Standing | None]) -> bool:
    """Whether a status is surely that of a right in force, whole or in part."""
    return bool(found & {"valid", "partly"}) and found <= {"valid", "partly", "events"}


def says_over(found: frozenset[Standing | None]) -> bool:
    """Whether any word of a status says that there is no right, or none yet."""
    return bool(found & {"over", "pending"})


def end_of(text: str) -> End | None:
    """Return how a right ended, or is about to, where a status says so; None where it does not.

    "arrears" is a right that can still be kept by paying, "unpaid" one that may be asked back.
    """
    return next((end for word in _words(text, {}) if (end := _ends().get(word))), None)


def _words(text: str, own: Mapping[str, Standing]) -> Iterator[str]:
    """The words of a status, folded: the whole if it is known, else its parts."""
    bare = _DATES.sub("|", text)
    if fold(bare) in own or fold(bare) in known():
        yield fold(bare)
        return
    for piece in _PARTING.split(bare):
        whole = fold(piece)
        if whole in own or whole in known():
            yield whole
        else:
            yield from filter(None, map(fold, _BLANKS.split(piece)))


@cache
def known() -> Mapping[str, Standing]:
    """The known words, folded, with what each says."""
    lists = _lists()
    return {fold(word): standing for standing in get_args(Standing) for word in lists[standing]}


@cache
def _ends() -> Mapping[str, End]:
    ends = _lists()["ends"]
    return {fold(word): end for end in get_args(End) for word in ends[end]}


def _lists() -> dict[str, Any]:
    file = resources() / "reading" / "legal_status.toml"
    return tomli.loads(file.read_text(encoding="utf-8"))
