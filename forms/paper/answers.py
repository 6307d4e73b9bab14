"""A slot's answer as printed words, whatever facts it is read from.

`Answers` is one reading of facts: of a case (`forms.paper.printed_values`) or of plain records
(`forms.paper.facts_view`).  What a path means is the reading's to say; how a value is printed,
when a condition holds and which of several answers stands in a slot are the same for all.  This
module must not know blocks, formats or whose facts they are.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from forms.facts import amounts
from forms.facts.record import Duration, Party
from forms.pack.language import When
from forms.pack.slots import Slot

NAME_JOIN = "；"
WORD_JOIN = "、"
PEN = "\u3000" * 3  # what a phrase leaves where an answer is missing


class Answers(msgspec.Struct, frozen=True, kw_only=True):
    """One reading of facts.  `item` is the path an {item.…} stands for.

    Where it is `plain`, answers that are not ruled stand in the voice of the text.
    """

    item: str = ""
    row: int | None = None
    plain: bool = False
    closed: bool = False
    in_phrase: bool = False

    def path(self, path: str) -> str:
        """The path in the facts, with {item.…} resolved."""
        raise NotImplementedError

    def value(self, path: str) -> Any:
        """The value a path has, None where it is blank or not to be printed.

        Raises UnknownPath.
        """
        raise NotImplementedError

    def unread(self, path: str) -> str:
        """What was typed and could not be read, "" where nothing stands so."""
        raise NotImplementedError

    def label(self, path: str, word: str) -> str | None:
        """How a pack calls a word of the facts' own, None where it has no name for it."""
        raise NotImplementedError

    def each(self, over: str) -> Sequence["Answers"]:
        """One reading for each that a block is repeated for; at least one, for the pen."""
        raise NotImplementedError

    def rows(self, over: str) -> Sequence["Answers"]:
        """One reading for each row of a table."""
        raise NotImplementedError

    def marked(self, values: tuple[Any, ...], _mark: str) -> tuple[Any, ...]:
        """Several values with words after the one who signs for all."""
        return values

    def shut(self) -> "Answers":
        """The same facts where none of them may be printed: inside an option not chosen."""
        return msgspec.structs.replace(self, closed=True)

    def place(self, slot: Slot) -> str:
        """What a slot reads, as the paper writes it but with each path resolved: a, a+b, a|b."""
        ways = slot.ways
        if len(ways) == 1 and len(ways[0]) == 1:
            return self.path(ways[0][0])
        return "|".join("+".join(self.path(path) for path in way) for way in ways)

    def holds(self, when: When | None) -> bool:
        """Whether a condition holds; none always does."""
        if when is None:
            return True
        answer = self.key(when.path)
        if when.is_ is not None:
            return answer == when.is_
        if when.not_ is not None:
            return answer != when.not_
        if when.in_ is not None:
            return answer in when.in_
        return bool(answer) == when.filled

    def key(self, path: str) -> str:
        """An answer as conditions and ticks compare it: the record's own word."""
        value = self.value(path)
        if value is None:
            return self.unread(path) and "?"
        return str(value).lower() if isinstance(value, bool) else str(value)

    def answer(self, slot: Slot) -> str:
        """The words that stand in a slot, "" where it stays blank."""
        if slot.words is not None:
            return "" if self.closed else slot.words
        ways, options = slot.ways, slot.options
        if len(ways) == 1 and len(ways[0]) == 1:
            return self._words(ways[0][0], options)
        for way in ways:
            parts = [self._words(path, options) for path in way]
            filled = [part for part in parts if part]
            if filled and ("all" not in slot.options or len(filled) == len(parts)):
                return slot.options.get("join", "").join(filled)
        return ""

    def _words(self, path: str, options: Mapping[str, str]) -> str:
        value = self.value(path)
        if value is None:
            unread = self.unread(path)
            return "" if {"month", "day", "capitals"} & set(options) else unread
        if type(value) is str and not options:
            return self.label(path, value) or value
        word = str(value).lower() if isinstance(value, bool) else value
        if "marked" in options and isinstance(value, tuple):
            value = self.marked(value, options["marked"])
        label = self.label(path, word) if isinstance(word, str) and "place" not in options else None
        return printed(value, options) if label is None else label


def printed(value: Any, options: Mapping[str, str]) -> str:
    """A value in the words of a paper, as the slot's options ask."""
    if isinstance(value, bool):
        return "有" if value else "无"
    if isinstance(value, date):
        return _day(value, options)
    if isinstance(value, Duration):
        return amounts.duration_text(value)
    if isinstance(value, Decimal | int):
        return _number(value, options)
    if isinstance(value, tuple):
        return _names(value, options)
    text = str(value)
    if "place" in options:
        return _place(text, options["place"].split("/"))
    return text.removesuffix(options.get("without", ""))


def _day(day: date, options: Mapping[str, str]) -> str:
    if "iso" in options:
        return day.isoformat()
    for part in ("year", "month", "day"):
        if part in options:
            return str(getattr(day, part))
    return amounts.chinese_date(day)


def _number(number: Decimal | int, options: Mapping[str, str]) -> str:
    try:
        if "capitals" in options:
            return f"（{amounts.capitals(Decimal(number))}）"
        if "numeral" in options:
            return amounts.capital_number(int(number))
        if "count" in options:
            return amounts.counted(int(number))
    except ValueError:  # no such capitals: the check names the amount, the paper shows figures
        return "" if "capitals" in options else str(number)
    if "money" in options:
        return amounts.grouped(Decimal(number))
    return amounts.plain(number) if isinstance(number, Decimal) else str(number)


def _names(parts: tuple[Any, ...], options: Mapping[str, str]) -> str:
    if not all(isinstance(part, Party) for part in parts):
        first = options.get("from")
        join = WORD_JOIN if first is None else NAME_JOIN
        return join.join(str(part) for part in parts[int(float(first or 0)) :])
    names = [part.name for part in parts if part.name]
    least = int(float(options.get("number_from", "0")))
    if least and len(names) >= least:
        names = [f"{place}. {name}" for place, name in enumerate(names, 1)]
    return NAME_JOIN.join(names)


def _place(value: str, among: Collection[str]) -> str:
    places = {name: place for place, name in enumerate(among, 1)}
    return str(places[value]) if value in places else ""


def none_if_blank(value: Any) -> Any:
    """A value, None where it says nothing."""
    return None if value in ("", ()) else value
