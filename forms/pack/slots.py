"""Slots: the only thing a paper's text may hold besides words.

    {path}                    the answer
    {path=value}              a tick box, ticked where the answer is that value
    {path:option,option=x}    the answer, shaped by options (see `OPTIONS`)
    {a+b:join=，}             several answers in one place; with `all`, all of them or none
    {a|b}                     the first that is filled
    {'words':blank}           fixed words standing where an answer would
    {:blank=4}                a blank for the pen

This module reads the writing only; what a path means is `forms.paper.printed_values`'s to know.
"""

import re
from functools import lru_cache
from typing import Literal

import msgspec

_MOST_KEPT = 512  # texts of papers and web forms: those of the packs at hand

# What an option's value must be: "none", a "number" (may be left out), "text", or for
# `blank` also "fill".
OPTIONS: dict[str, Literal["none", "width", "number", "text"]] = {
    "blank": "width",  # a ruled blank of at least so many em (4), or up to the margin: fill
    "money": "none",  # 100,000.00
    "capitals": "none",  # （人民币壹拾万元整）, ruled; nothing at all where there is no amount
    "numeral": "none",  # a count in capitals: 伍
    "count": "none",  # a count as a text says it before a word: 两, 三
    "date": "none",  # 2023年5月16日
    "iso": "none",  # 2023-05-16
    "year": "none",
    "month": "none",
    "day": "none",
    "names": "none",  # the parties' names
    "number_from": "number",  # names are numbered where there are at least so many
    "from": "number",  # of several words, those from this place on (0 is the first)
    "marked": "text",  # words after the name of the party that signs for all
    "without": "text",  # an ending the form prints itself and the answer may carry: left out
    "join": "text",  # what stands between the parts
    "all": "none",  # several parts: all of them or none
    "place": "text",  # the answer's place in the list a/b/c: 1, 2, 3
    "plain": "none",  # in the voice of the printed text, not of an answer
}

DEFAULT_BLANK_EM = 4.0
_PATH = re.compile(r"[a-z_][a-z0-9_]*(\.[a-z0-9_]+)*")
_SLOT = re.compile(r"\{([^{}]*)\}|([{}])")


class SlotFault(ValueError):
    """A slot is not written as the language asks; the reason says how."""


class Slot(msgspec.Struct, frozen=True, kw_only=True):
    """One slot.  `ways` are the alternatives, each of one or more paths."""

    source: str
    ways: tuple[tuple[str, ...], ...] = ()
    tick: str | None = None
    words: str | None = None
    options: dict[str, str] = {}

    @property
    def paths(self) -> tuple[str, ...]:
        """Every path the slot reads."""
        return tuple(path for way in self.ways for path in way)

    @property
    def blank_em(self) -> float | None:
        """The least width of the blank in em; None where the answer is not ruled."""
        text = self.options.get("blank")
        if text is None:
            return None
        return DEFAULT_BLANK_EM if text in ("", "fill") else float(text)

    @property
    def fills(self) -> bool:
        """Whether the blank runs to the margin."""
        return self.options.get("blank") == "fill"


@lru_cache(maxsize=_MOST_KEPT)
def parse(text: str) -> tuple[str | Slot, ...]:
    """Split a paper's text into words and slots.  Raises SlotFault."""
    pieces: list[str | Slot] = []
    end = 0
    for match in _SLOT.finditer(text):
        if match[2]:
            raise SlotFault(f"“{text}”里有一个不成对的 {match[2]}")
        if match.start() > end:
            pieces.append(text[end : match.start()])
        pieces.append(_slot(match[1]))
        end = match.end()
    if end < len(text):
        pieces.append(text[end:])
    return tuple(pieces)


def _slot(body: str) -> Slot:
    source = "{" + body + "}"
    if body.startswith("'"):
        words, _, rest = body[1:].partition("'")
        if rest and not rest.startswith(":"):
            raise SlotFault(f"{source}：文字之后只能写冒号和选项")
        return Slot(source=source, words=words, options=_options(rest[1:], source))
    head, _, tail = body.partition(":")
    path, tick, value = head.partition("=")
    if tick:
        if not _PATH.fullmatch(path) or not _PATH.fullmatch(value) or tail:
            raise SlotFault(f"{source}：打勾处应写成 {{事项=选项值}}")
        return Slot(source=source, ways=((path,),), tick=value)
    options = _options(tail, source)
    if not head and "blank" in options:
        return Slot(source=source, options=options)
    ways = tuple(tuple(way.split("+")) for way in head.split("|"))
    for name in (name for way in ways for name in way):
        if not _PATH.fullmatch(name):
            raise SlotFault(f"{source}：“{name}”不是事项的名称")
    return Slot(source=source, ways=ways, options=options)


def _options(text: str, source: str) -> dict[str, str]:
    options: dict[str, str] = {}
    for part in text.split(",") if text else ():
        name, equals, value = part.partition("=")
        kind = OPTIONS.get(name)
        if kind is None:
            raise SlotFault(f"{source}：没有名为“{name}”的选项")
        if not _fits(kind, value, bool(equals)):
            raise SlotFault(f"{source}：选项“{name}”不能这样写")
        options[name] = value
    return options


def _fits(kind: str, value: str, given: bool) -> bool:
    if kind == "none":
        return not given
    if kind == "text":
        return bool(value)
    if kind == "width" and (not given or value == "fill"):
        return True
    return re.fullmatch(r"\d{1,3}(\.\d{1,2})?", value) is not None
