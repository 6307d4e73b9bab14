"""Which facts stand at a place of a paper, and which papers have a place for a fact.

A place is named by what its slot reads: "patent.title", or several as the paper writes them,
"patent.number+patent.title" and "owners.0.phone|contact.phone".  A fact stands there if it is
read, and also if what is read follows from it, is a part of it or holds it.

This module must not know a case, a page or a screen.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from forms.facts.derived import GROUNDS
from forms.facts.paths import without_places
from forms.pack import language as lang
from forms.pack.slots import Slot, parse

if TYPE_CHECKING:  # the pack's types stand on the paper language, so they can not be met here
    from forms.pack.types import Field, Pack

_GROUNDS = {**GROUNDS, **dict.fromkeys(("statement_characters", "statement_text"), ("statement",))}
_ITEMS = {"licensee": "licence.licensee", "statement": "statement"}  # what {item.…} is, else owners
_TEXTS = frozenset({"text", "long_text", "names", "parties", "postcode", "phone", "email"})
_STATEMENT = "statement."
_AGREED = ("licence.royalty.", "royalty.")  # printed in the same lines: the one that is agreed


def standing(fact: str, places: Sequence[str]) -> frozenset[str]:
    """Return those of the places at which a fact stands best, none where it stands nowhere.

    Best is where it is read itself, then where its list is, then where a part of it is, then
    where something is that follows from it.
    """
    own, offered = _AGREED
    found = _standing(fact, places)
    if not found and fact.startswith(own):
        return _standing(offered + fact.removeprefix(own), places)
    return found


def prints(paper: lang.Paper, fact: str) -> bool:
    """Whether a paper has a place for a fact, or for the list it belongs to."""
    return how_well(paper, fact) is not None


def how_well(paper: lang.Paper, fact: str) -> int | None:
    """Return how well a paper prints a fact, 0 for the fact itself; None where it does not."""
    bare, places = without_places(fact), _places_of(paper.blocks)
    found = (any(is_met(bare, place) for place in places) for is_met in _WAYS)
    return next((rank for rank, is_so in enumerate(found) if bare and is_so), None)


def reads(paper: lang.Paper, fact: str) -> bool:
    """Whether a paper prints a fact itself; its list, or what follows from it, is not enough."""
    return any(_is_read(without_places(fact), place) for place in _places_of(paper.blocks))


def fields_at(pack: "Pack", place: str) -> "list[Field]":
    """Return the fields whose answers stand at a place, those that hold words first."""
    fields = [
        pack.field(path) for path in (*_read_at(place), *_grounds_at(place), *_said_at(pack, place))
    ]
    return sorted((field for field in fields if field), key=lambda one: one.kind not in _TEXTS)


def _standing(fact: str, places: Sequence[str]) -> frozenset[str]:
    for is_met in _WAYS:
        if fact and (found := frozenset(place for place in places if is_met(fact, place))):
            return found
    return frozenset()


def _is_read(fact: str, place: str) -> bool:
    return any(path == fact or _is_element(path, fact) for path in _read_at(place))


def _is_element(path: str, fact: str) -> bool:
    return path.startswith(f"{fact}.") and path[len(fact) + 1 :].isdecimal()


def _is_in_list(fact: str, place: str) -> bool:
    return any(fact.startswith(f"{path}.") for path in _read_at(place))


def _has_part(fact: str, place: str) -> bool:
    return any(path.startswith(f"{fact}.") for path in _read_at(place))


def _has_ground(fact: str, place: str) -> bool:
    return any(f"{fact}.".startswith(f"{path}.") for path in _grounds_at(place))


def _is_said(fact: str, place: str) -> bool:
    """Whether a paper has the words of the 简要说明 there, and it is a fact of theirs.

    In which of its paragraphs a fact is said `forms.paper.statement_parts` knows.
    """
    return fact.startswith(_STATEMENT) and place == f"{_STATEMENT}text"


_WAYS = (_is_read, _is_said, _is_in_list, _has_part, _has_ground)


def _read_at(place: str) -> Iterator[str]:
    for path in re.split(r"[+|]", place):
        root, _, rest = path.partition(".")
        if root == "bank":
            yield from (f"licence.bank.{rest}", f"owners.0.bank.{rest}", f"owners.bank.{rest}")
        yield "statement.text" if root == "part" else path


def _grounds_at(place: str) -> Iterator[str]:
    for path in re.split(r"[+|]", place):
        yield from _GROUNDS.get(path.removeprefix("derived."), ())


def _said_at(pack: "Pack", place: str) -> Iterator[str]:
    """The paths that the pack's phrases at a place read."""
    for phrase in pack.phrases:
        if f"phrase.{phrase.name}" in re.split(r"[+|]", place):
            for way in phrase.ways:
                yield from _places(way.text, "owners")


@lru_cache(maxsize=64)
def _places_of(blocks: tuple[lang.AnyBlock, ...]) -> tuple[str, ...]:
    """The places of a paper, whoever they are repeated for."""
    return tuple(dict.fromkeys(_places(blocks, "owners")))


def _places(node: Any, over: str) -> Iterator[str]:
    if isinstance(node, str):
        for piece in parse(node):
            if isinstance(piece, Slot) and piece.ways:
                yield from _resolved("|".join("+".join(way) for way in piece.ways), over)
    elif isinstance(node, tuple):
        for part in node:
            yield from _places(part, over)
    elif isinstance(node, lang.Node) and not isinstance(node, lang.When):
        if isinstance(node, lang.Choice):
            yield from _resolved(node.path, over)
        inner = node.over if isinstance(node, lang.Repeat | lang.Signatures | lang.Table) else over
        for name in node.__struct_fields__:
            yield from _places(getattr(node, name), inner)


def _resolved(place: str, over: str) -> Iterator[str]:
    item = _ITEMS.get(over, "owners")
    paths = [
        without_places(path)
        .replace("item.", f"{item}.")
        .replace("offer_contact.", "contact.")
        .replace("agreed.", "licence.royalty.")
        for path in re.split(r"[+|]", place)
    ]
    yield "|".join(paths)
    yield from (path.removeprefix("licence.") for path in paths if path.startswith(_AGREED[0]))
    if over == "signers":
        yield "signing_representative"
