"""How a pack lets a statement of a fee be written (简要说明): methods, parts, reference figures.

A pack's statement.toml, as frozen data.  Text holds words and slots (`forms.pack.slots`); beside
the paths of papers it may read `reckoned.NAME` (`forms.paper.statement_parts`), and `item.…` where
it is said over each of a list.  docs/paper-language.md describes it.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal

from forms.facts.declaration import FeeMethod
from forms.facts.quantities import MOST_MONEY
from forms.pack.language import Node, When
from forms.pack.slots import SlotFault, parse

MOST_PARTS = 20
MOST_TEXTS = 60  # of a part
MOST_CHARACTERS = 1_000  # of a text
MOST_REFERENCES = 500
MOST_OFFERED = 40  # names of factors
MOST_NAME = 200  # characters of an industry, of a source
_ID = re.compile("[a-z][a-z0-9_]{0,39}")

ListOver = Literal["factors", "sources"]


class StatementText(Node, frozen=True, kw_only=True):
    """A paragraph, said where all of `when` holds, once or for each of a list.

    A `numbered` one begins with its number in the part: （一）.  One that `joins` goes on where the
    paragraph before it ends.
    """

    text: str
    when: tuple[When, ...] = ()
    over: ListOver | None = None
    numbered: bool = False
    joins: bool = False


class StatementPart(Node, frozen=True, kw_only=True):
    """A part of the statement under its heading, which is numbered: 一、."""

    id: str
    heading: str
    texts: tuple[StatementText, ...]


class StatementMethod(Node, frozen=True, kw_only=True):
    """A method: what it asks for as a sentence with blanks, for a fee and for a rate."""

    id: FeeMethod
    fee: str
    rate: str
    hint: str = ""


class ReferenceFigure(Node, frozen=True, kw_only=True):
    """A published figure that a reckoning may begin with: yuan over so many years, or percent.

    `caution` is what is to be told of it, such as that only a copy was seen.
    """

    industry: str
    year: int
    amount: Decimal | None = None
    years: Decimal | None = None
    rate: Decimal | None = None
    source: str
    day: date | None = None
    caution: str = ""


class StatementMoulds(Node, frozen=True, kw_only=True):
    """What statement.toml holds.  `factors` are names of factors that are offered."""

    methods: tuple[StatementMethod, ...]
    parts: tuple[StatementPart, ...]
    factors: tuple[str, ...] = ()
    references: tuple[ReferenceFigure, ...] = ()

    def method(self, name: str | None) -> StatementMethod | None:
        """The method of a name; None where there is none."""
        return next((one for one in self.methods if one.id == name), None)


def mould_faults(moulds: StatementMoulds) -> Iterator[tuple[str, str]]:
    """Yield key and reason (Chinese) of all for which a pack is refused: too much, or no slots."""
    for key, found, most in (
        ("parts", moulds.parts, MOST_PARTS),
        ("references", moulds.references, MOST_REFERENCES),
        ("factors", moulds.factors, MOST_OFFERED),
    ):
        if len(found) > most:
            yield key, f"过多（超过 {most} 项）"
    yield from _doubles("methods", [one.id for one in moulds.methods])
    yield from _doubles("parts", [one.id for one in moulds.parts])
    for place, part in enumerate(moulds.parts):
        if not _ID.fullmatch(part.id):
            yield f"parts[{place}].id", f"“{part.id}”应由小写字母、数字和下划线组成"
        if not part.heading.strip():
            yield f"parts[{place}].heading", "不能空着"
        if len(part.texts) > MOST_TEXTS:
            yield f"parts[{place}].texts", f"过多（超过 {MOST_TEXTS} 段）"
    for key, text in mould_texts(moulds):
        if len(text) > MOST_CHARACTERS:
            yield key, f"过长（超过 {MOST_CHARACTERS} 字）"
            continue
        try:
            parse(text)
        except SlotFault as fault:
            yield key, str(fault)
    for place, one in enumerate(moulds.references):
        if len(one.industry) > MOST_NAME or len(one.source) > MOST_NAME:
            yield f"references[{place}]", f"行业或者来源过长（超过 {MOST_NAME} 字）"
        for name, value in (("amount", one.amount), ("years", one.years), ("rate", one.rate)):
            if value is not None and not (value.is_finite() and 0 < value < MOST_MONEY):
                yield f"references[{place}].{name}", "应为大于零的数"


def mould_texts(moulds: StatementMoulds) -> Iterator[tuple[str, str]]:
    """Yield key and text of all that holds slots."""
    for place, method in enumerate(moulds.methods):
        yield f"methods[{place}].fee", method.fee
        yield f"methods[{place}].rate", method.rate
    for place, part in enumerate(moulds.parts):
        for inner, text in enumerate(part.texts):
            yield f"parts[{place}].texts[{inner}].text", text.text


def _doubles(key: str, ids: Sequence[str]) -> Iterator[tuple[str, str]]:
    for one, count in Counter(ids).items():
        if count > 1:
            yield key, f"id “{one}”出现了 {count} 次"
