"""A paper of records that are no cases: filled from plain facts.

Facts are any frozen record: texts, numbers, Decimals, dates, ticks (bool), records in it, and
tuples of texts or records.  A path names its way into them (`pool.name`, `members.0.name`); a
block's `over` names a list, `item.` what it holds (`item` alone where it holds texts).  Of the
record's pack are `text.NAME` (a sentence, its slots filled) and `parameter.NAME`; `row` is the
number of a table's row.  A word of the facts' own is printed as the pack's code list of that name
calls it: `decision` by the list “decision”.
"""

from collections.abc import Mapping
from typing import Any

import msgspec

from forms.facts.paths import UnknownPath, value_at
from forms.pack.language import Paper
from forms.pack.paper_faults import ONCE
from forms.pack.record_types import RecordPack
from forms.pack.slots import parse
from forms.paper.answers import PEN, Answers, none_if_blank
from forms.paper.compose import Composer
from forms.paper.document import Document


class Facts(Answers, frozen=True, kw_only=True):
    """One reading of a record's facts, in a pack's words where there is one."""

    facts: Any
    pack: RecordPack | None = None

    def path(self, path: str) -> str:
        """The path in the facts, with {item.…} resolved."""
        root, dot, rest = path.partition(".")
        return f"{self.item}{dot}{rest}" if root == "item" else path

    def value(self, path: str) -> Any:
        """The value a path has, None where it is blank.  Raises UnknownPath."""
        return None if self.closed else none_if_blank(self._read(path))

    def unread(self, _path: str) -> str:
        """Nothing: facts are read."""
        return ""

    def label(self, path: str, word: str) -> str | None:
        """How the pack's code list of the path's last name calls a word."""
        if self.pack is None:
            return None
        return self.pack.label(path.rpartition(".")[2], word)

    def each(self, over: str) -> list["Facts"]:
        """One reading for each of a list; at least one, for the pen."""
        if over == ONCE:
            return [self]
        place = self.path(over)
        count = max(1, len(self._list(place)))
        return [self._of(f"{place}.{number}", self.row) for number in range(count)]

    def rows(self, over: str) -> list["Facts"]:
        """One reading for each of a list, numbered from 1."""
        place = self.path(over)
        return [
            self._of(f"{place}.{number}", number + 1) for number in range(len(self._list(place)))
        ]

    def _of(self, item: str, row: int | None) -> "Facts":
        return msgspec.structs.replace(self, item=item, row=row)

    def _list(self, place: str) -> tuple[Any, ...]:
        found = self._at(place)
        if found is None:
            return ()
        if not isinstance(found, tuple):
            raise UnknownPath(place)
        return found

    def _read(self, path: str) -> Any:
        place = self.path(path)
        root, _, rest = place.partition(".")
        if root == "row" and not rest:
            return self.row
        if root == "text":
            return None if self.in_phrase else self._sentence(rest)
        if root == "parameter":
            return self._parameter(rest)
        return self._at(place)

    def _parameter(self, name: str) -> Any:
        try:
            return None if self.pack is None else self.pack.parameter(name)
        except KeyError:
            raise UnknownPath(f"parameter.{name}") from None

    def _at(self, place: str) -> Any:
        root = place.partition(".")[0]
        if isinstance(self.facts, Mapping) and root not in self.facts:
            raise UnknownPath(place)
        return value_at(self.facts, place)

    def _sentence(self, name: str) -> str:
        text = self.pack.texts.get(name) if self.pack is not None else None
        if text is None:
            raise UnknownPath(f"text.{name}")
        return self.said(text)

    def said(self, text: str) -> str:
        """A text with its slots filled, room for the pen where an answer is missing."""
        inside = msgspec.structs.replace(self, in_phrase=True)
        return "".join(
            piece if isinstance(piece, str) else inside.answer(piece) or PEN
            for piece in parse(text)
        )


def compose_facts(
    paper: Paper,
    facts: Any,
    pack: RecordPack | None = None,
    *,
    number: str = "",
    draft: bool = False,
) -> Document:
    """Return the paper of a record's facts; `number` names it in the file's title.

    Raises UnknownPath where the paper asks what the facts have not.
    """
    return Composer(paper).document([Facts(facts=facts, pack=pack)], number, draft)


def say(text: str, facts: Any, pack: RecordPack | None = None) -> str:
    """Return a sentence of a pack with its slots filled.  Raises UnknownPath, SlotFault."""
    return Facts(facts=facts, pack=pack).said(text)
