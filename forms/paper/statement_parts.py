"""The statement of how a fee was reached (简要说明), part by part, as it is printed and handed in.

Source: 审查指南 第五部分第十一章 3.3.  The moulds of the pack write it (`statement_words`); a
part that was rewritten by hand (`Statement.edited`) stands as it was written, and a whole text of
the office's own (`Statement.text`) stands instead of all.

This module must not know blocks, formats or a screen.
"""

from typing import TYPE_CHECKING

import msgspec

from forms.facts.declaration import characters as counted
from forms.facts.record import Case

if TYPE_CHECKING:  # the pack's types stand on the paper language, which prints these parts
    from forms.pack.types import Pack


class Part(msgspec.Struct, frozen=True):
    """A part: its id in the pack ("" for a whole own text), heading and text, "" for none.

    The heading bears its number (一、计算方法); paragraphs of the text are parted by line ends.
    `is_edited` tells that the text was written by hand, `facts` what each paragraph was made of.
    """

    id: str
    heading: str
    text: str
    is_edited: bool = False
    facts: tuple[frozenset[str], ...] = ()


def parts(case: Case, pack: "Pack") -> tuple[Part, ...]:
    """Return the statement as it is printed; none where the pack has no moulds for it."""
    statement = case.statement
    if statement.text.strip():
        return (Part("", "", statement.text.strip(), is_edited=True),)
    from forms.paper.statement_words import written  # whose views may ask for these parts

    return written(case, pack, statement.edited)


def paragraphs(case: Case, pack: "Pack") -> tuple[Part, ...]:
    """Return the statement paragraph by paragraph; a part's heading stands with its first."""
    return tuple(
        Part(
            part.id,
            "" if place else part.heading,
            line,
            part.is_edited,
            part.facts[place : place + 1],
        )
        for part in parts(case, pack)
        for place, line in enumerate(part.text.splitlines() or ("",))
        if line.strip() or not place
    )


def places_of(case: Case, pack: "Pack", fact: str) -> frozenset[str]:
    """Return where a fact stands in the 简要说明, as places of its paper: part.2.text.

    It stands where it is said; else where one of its list is; else in the sum, if it is reckoned
    with.
    """
    made = [
        (f"part.{place}.text", frozenset[str]().union(*one.facts))
        for place, one in enumerate(paragraphs(case, pack))
    ]
    for stands in (
        lambda facts: fact in facts,
        lambda facts: any(one.startswith(f"{fact}.") for one in facts),
        lambda facts: _is_reckoned_with(fact) and _SUMS & facts,
    ):
        if found := frozenset(place for place, facts in made if stands(facts)):
            return found
    return frozenset()


_SUMS = frozenset(("reckoned.fee_sum", "reckoned.rate_sum"))


def _is_reckoned_with(fact: str) -> bool:
    return fact.startswith(("statement.base_", "statement.factors", "statement.licensees"))


def characters(case: Case, pack: "Pack") -> int | None:
    """Return how many characters the statement has, headings too; None where it has none."""
    return counted(as_text(parts(case, pack))) or None


def whole_text(case: Case, pack: "Pack") -> str | None:
    """Return the statement as plain text, as a web form takes it; None where there is none."""
    return as_text(parts(case, pack)) or None


def as_text(written: tuple[Part, ...]) -> str:
    """Return the statement as plain text: headings and paragraphs in lines."""
    return "\n".join(line for part in written for line in (part.heading, part.text) if line)
