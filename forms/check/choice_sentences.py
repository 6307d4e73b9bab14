"""The sentences of a choice as the form prints them, with their blanks: what a screen draws.

A paper's option ("采用一次总付的方式，在合同生效后{royalty.lump_sum.days:blank=2.5}日内…") becomes
words, blanks for fields of the pack, derived values and choices inside the sentence.
This module must not know a case or a screen.
"""

from collections.abc import Iterator, Mapping
from typing import TypeAlias

import msgspec

from forms.pack import language as lang
from forms.pack.slots import Slot, parse
from forms.pack.types import Field, Pack

NEGOTIATED = ("agreed.", "licence.royalty.")  # how the contract's paper names a licence's royalty


class Words(msgspec.Struct, frozen=True, tag=True):
    """Words of the form; a line end of the paper is none on a screen."""

    text: str


class Blank(msgspec.Struct, frozen=True, tag=True):
    """A blank for a field, at least so many characters wide; `fills` runs to the margin."""

    field: Field
    least_em: float
    fills: bool = False


class Ticks(msgspec.Struct, frozen=True, tag=True):
    """A choice inside the sentence (月份/季度/年度)."""

    field: Field


class Derived(msgspec.Struct, frozen=True, tag=True):
    """A value that follows from others: shown, never typed.  `name` as in `forms.facts.derived`."""

    name: str
    least_em: float


Piece: TypeAlias = Words | Blank | Ticks | Derived
Sentence: TypeAlias = tuple[Piece, ...]


def sentences(pack: Pack, path: str) -> Mapping[str, Sentence]:
    """Return value -> sentence of a choice, {} where no paper prints its options."""
    for paper in pack.papers.values():
        for block in _choices(paper.blocks):
            if _own(block.path) == path:
                return {option.value: sentence_of(pack, option.text) for option in block.options}
    return {}


def _choices(blocks: tuple[lang.AnyBlock | lang.InRow, ...]) -> Iterator[lang.Choice]:
    for block in blocks:
        match block:
            case lang.Choice():
                yield block
            case lang.Grid():
                for row in block.rows:
                    yield from _choices(row.body)
            case lang.Repeat():
                yield from _choices(block.blocks)
            case _:
                pass


def _own(path: str) -> str:
    """A paper's path as the pack's fields have it."""
    slot, own = NEGOTIATED
    return own + path.removeprefix(slot) if path.startswith(slot) else path


def sentence_of(pack: Pack, text: str) -> Sentence:
    """Return a text of a pack's with its slots as blanks for the pack's fields."""
    pieces: list[Piece] = []
    for part in parse(text):
        if isinstance(part, str):
            _add_words(pieces, part.replace("\n", "\u3000"))
        else:
            _add_slot(pieces, part, pack)
    return tuple(pieces)


def _add_words(pieces: list[Piece], text: str) -> None:
    if pieces and isinstance(pieces[-1], Ticks):
        text = _without_labels(text, pieces[-1].field)
    if text:
        pieces.append(Words(text))


def _without_labels(text: str, field: Field) -> str:
    """What is left of the words between ticks: their labels stand on the ticks themselves."""
    for choice in field.choices:
        text = text.removeprefix(choice.label)
    return "" if text == "/" else text


def _add_slot(pieces: list[Piece], slot: Slot, pack: Pack) -> None:
    if slot.words is not None:
        pieces.append(Words(slot.words))
        return
    if not slot.paths or "capitals" in slot.options:
        return
    path, wide = _own(slot.paths[0]), slot.blank_em or 4
    field = pack.field(path)
    if field is None:
        pieces.append(Derived(path.removeprefix("derived."), wide))
    elif slot.tick is None:
        pieces.append(Blank(field, wide, slot.fills))
    elif not (pieces and pieces[-1] == Ticks(field)):
        pieces.append(Ticks(field))
