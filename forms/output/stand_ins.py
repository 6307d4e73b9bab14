"""A draft with a visible mark for every character that no font has.

A paper that is signed never has one: there the print stops.  On a draft the clerk sees where the
character stands, and one case of a summary does not take the others down.
"""

from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

from forms.ground.fonts import MissingGlyph, with_stand_ins
from forms.paper import document as doc
from forms.paper.document import Document

_NO_WORDS = frozenset({"path", "value", "code", "plain"})


T = TypeVar("T")


def drawn(document: Document, draw: Callable[[Document], T]) -> T:
    """Draw a document, a draft with 〓 for what has no glyph.  Raises MissingGlyph for a final."""
    try:
        return draw(document)
    except MissingGlyph:
        if not document.draft:
            raise
        return draw(standing_in(document))


def standing_in(document: Document) -> Document:
    """Return a document in whose words 〓 stands for each character that no font has."""
    changed: Document = _changed(document)
    return changed


def _changed(node: Any) -> Any:
    if isinstance(node, str):
        return with_stand_ins(node)
    if isinstance(node, tuple):
        return tuple(map(_changed, node))
    if type(node).__module__ != doc.__name__:  # the paper's own measures and words
        return node
    names = [name for name in node.__struct_fields__ if name not in _NO_WORDS]
    return msgspec.structs.replace(node, **{name: _changed(getattr(node, name)) for name in names})
