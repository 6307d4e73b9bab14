"""A contract that came back in Word, beside ours: every paragraph that does not say the same.

The two are compared by what they say; how they are set, and who set it, does not count.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Literal

import msgspec

from forms.exchange.word_words import MAX_WORD_BYTES, bare, paragraphs_of
from forms.facts.record import Case, Licence, Office
from forms.ground.files import read_bytes
from forms.office.paper_making import composed, written
from forms.office.store import CannotDo
from forms.pack.types import Pack

Change = Literal["changed", "added", "left_out"]
CHANGE_WORDS: dict[Change, str] = {"changed": "不一致", "added": "增加", "left_out": "缺少"}
HEAD = "首部"
_ARTICLE = re.compile("第[一二三四五六七八九十百]+条")
_ALIKE = 0.4  # of two paragraphs that stand for one another
_LOOKED_AT = 300  # characters of each, for that


class WordDifference(msgspec.Struct, frozen=True):
    """A paragraph that differs: where it stands, what ours says and what theirs says."""

    change: Change
    where: str
    ours: str = ""
    theirs: str = ""


def differences_of(
    pack: Pack, case: Case, licence: Licence, office: Office, file: Path
) -> tuple[WordDifference, ...]:
    """Compare a contract in Word with the one that the record makes.

    Raises CannotDo where the pack has no contract in Word, UnreadableFile, CannotRead.
    """
    paper = next(
        (one for one in pack.papers.values() if one.scope == "licence" and "docx" in one.formats),
        None,
    )
    if paper is None:
        raise CannotDo("所用的表单包没有 Word 格式的许可合同，无法核对。")
    theirs = paragraphs_of(read_bytes(file, most=MAX_WORD_BYTES), file.name)

    def differ(*, draft: bool) -> tuple[WordDifference, ...]:
        document = composed(pack, paper, case, office, licence=licence, draft=draft)
        ours = paragraphs_of(written(document, "docx", pack), file.name)
        return tuple(compared(ours, theirs))

    found = differ(draft=False)
    # A draft bears the notice's words too (附件 6), which say nothing.
    return min(found, differ(draft=True), key=len) if found else found


def compared(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[WordDifference]:
    """Find the paragraphs of two contracts that do not say the same, in their order."""
    left, right = [bare(one) for one in ours], [bare(one) for one in theirs]
    places = _places(left)
    for kind, start, end, other, other_end in SequenceMatcher(
        None, left, right, autojunk=False
    ).get_opcodes():
        if kind != "equal":
            where = places[min(start, len(places) - 1)] if places else HEAD
            pairs = _paired(left[start:end], right[other:other_end])
            for mine, yours in pairs:
                at = places[start + mine] if mine is not None else where
                yield _difference(
                    at,
                    ours[start + mine] if mine is not None else "",
                    theirs[other + yours] if yours is not None else "",
                )


def _difference(where: str, ours: str, theirs: str) -> WordDifference:
    change: Change = "changed" if ours and theirs else "left_out" if ours else "added"
    shown = (" ".join(text.split()) for text in (ours, theirs))
    return WordDifference(change, where, *shown)


def _paired(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[int | None, int | None]]:
    """Pair paragraphs that stand for one another; what has none stands alone."""
    taken = 0
    for mine, text in enumerate(ours):
        found = next(
            (yours for yours in range(taken, len(theirs)) if _alike(text, theirs[yours])),
            None,
        )
        if found is None:
            yield mine, None
            continue
        for yours in range(taken, found):
            yield None, yours
        yield mine, found
        taken = found + 1
    for yours in range(taken, len(theirs)):
        yield None, yours


def _alike(ours: str, theirs: str) -> bool:
    matcher = SequenceMatcher(None, ours[:_LOOKED_AT], theirs[:_LOOKED_AT], autojunk=False)
    return matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


def _places(paragraphs: Sequence[str]) -> list[str]:
    """Under which article each paragraph stands."""
    found: list[str] = []
    where = HEAD
    for text in paragraphs:
        if heading := _ARTICLE.match(text):
            where = heading[0]
        found.append(where)
    return found
